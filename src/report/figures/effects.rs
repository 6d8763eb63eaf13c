//! What a model makes of its predictors: curves, swarms of contributions, interactions, the nomogram.

use crate::analysis::{
    Analysis, Effect, Interaction, Learner, ModelEffects, Nomogram, PredictorSummary, Scale, Swarm,
};
use crate::base::num::quantile;
use crate::base::text::Lang;
use crate::cohort::Kind;
use crate::figure::palette::model_role;
use crate::figure::ticks::{percent_ticks, ticks as round_ticks};
use crate::figure::{Axis, Figure, Mark, Role, Stroke};
use crate::report::figures::{empty, headers, row_axis, signed, zero_line};
use crate::report::words;

/// Height over which the patients of one row of a swarm are spread.
const SWARM_HEIGHT: f64 = 0.8;
/// Places along the axis at which patients of a swarm stand side by side.
const SWARM_BINS: usize = 90;

/// What is known of one model: its position, its effects.
fn of(analysis: &Analysis, model: usize) -> Option<&ModelEffects> {
    let learner = analysis.models.get(model)?.learner;
    analysis.effects.iter().find(|one| one.learner == learner)
}

fn titled(key: &str, found: &ModelEffects, variable: &str, lang: Lang) -> String {
    lang.with(
        key,
        &[
            ("model", words::learner(found.learner, lang).into()),
            ("predictor", variable.into()),
        ],
    )
}

/// A predictor's effect with what is known of the predictor.
fn effect_of<'a>(
    analysis: &'a Analysis,
    model: usize,
    variable: &str,
) -> Option<(&'a ModelEffects, &'a Effect, &'a PredictorSummary)> {
    let found = of(analysis, model)?;
    let one = found.effects.iter().find(|one| one.variable == variable)?;
    let mut predictors = analysis.predictors.iter();
    let predictor = predictors.find(|predictor| predictor.name == variable)?;
    Some((found, &one.effect, predictor))
}

/// Name and unit of a predictor.
fn axis_label(predictor: &PredictorSummary) -> String {
    match predictor.unit.as_deref().filter(|unit| !unit.is_empty()) {
        Some(unit) => format!("{} ({unit})", predictor.label),
        None => predictor.label.clone(),
    }
}

/// A value as the reader knows it: the number, or the level.
fn value_words(predictor: &PredictorSummary, value: f64, lang: Lang) -> String {
    if predictor.kind == Kind::Numeric {
        return lang.short(value);
    }
    let level = predictor.levels.get(value as usize);
    level.cloned().unwrap_or_default()
}

fn chance_axis(lang: Lang) -> Axis {
    Axis {
        label: lang.t("figure-effect-chance-axis"),
        from: 0.0,
        to: 1.0,
        ticks: percent_ticks(lang),
    }
}

/// Partial dependence of the chance on one predictor, with lines of single patients; of levels the middle 80 % of the
/// patients and their mean.
pub fn partial_dependence(analysis: &Analysis, model: usize, variable: &str, lang: Lang) -> Figure {
    let Some((found, effect, predictor)) = effect_of(analysis, model, variable) else {
        return empty("partial-dependence");
    };
    let chances = effect.partial.iter().copied();
    let rows = effect
        .grid
        .iter()
        .zip(&effect.partial)
        .map(|(value, chance)| vec![value_words(predictor, *value, lang), lang.percent(*chance)]);
    let base = Figure {
        id: format!("partial-{}-{variable}", found.learner.name()),
        title: titled("figure-partial", found, &predictor.label, lang),
        alt: partial_alt(effect, predictor, lang),
        table: (
            headers(&["figure-value", "figure-chance"], lang),
            rows.collect(),
        ),
        ..empty("partial")
    };
    if predictor.kind != Kind::Numeric {
        return of_levels(base, effect, predictor, model, lang);
    }
    let line = |name: String, role, curve: &[f64]| Mark::Line {
        name,
        role,
        stroke: Stroke::Solid,
        points: effect
            .grid
            .iter()
            .zip(curve)
            .map(|(x, y)| [*x, *y])
            .collect(),
    };
    let of_patients = effect.lines.iter().enumerate().map(|(at, curve)| {
        let name = if at == 0 {
            lang.t("figure-single-patients")
        } else {
            String::new()
        };
        line(name, Role::Reference, curve)
    });
    let mut marks: Vec<Mark> = of_patients.collect();
    let mean: Vec<f64> = chances.collect();
    marks.push(line(lang.t("figure-mean"), model_role(model), &mean));
    Figure {
        x: number_axis(effect, predictor),
        y: chance_axis(lang),
        marks,
        ..base
    }
}

fn of_levels(
    base: Figure,
    effect: &Effect,
    predictor: &PredictorSummary,
    model: usize,
    lang: Lang,
) -> Figure {
    let n = effect.grid.len();
    let height = |place: usize| (n - 1 - place) as f64;
    let row = |(place, chance): (usize, &f64)| {
        let of_patients: Vec<f64> = effect.lines.iter().map(|line| line[place]).collect();
        let at = |share| quantile(&of_patients, share).unwrap_or(*chance);
        [
            height(place),
            at(0.1).min(*chance),
            *chance,
            at(0.9).max(*chance),
        ]
    };
    let names = effect.grid.iter().enumerate();
    Figure {
        x: chance_axis(lang),
        y: row_axis(
            n,
            names
                .map(|(place, value)| (height(place), value_words(predictor, *value, lang)))
                .collect(),
        ),
        marks: vec![Mark::Intervals {
            name: lang.t("figure-mean-and-most"),
            role: model_role(model),
            rows: effect.partial.iter().enumerate().map(row).collect(),
        }],
        ..base
    }
}

fn number_axis(effect: &Effect, predictor: &PredictorSummary) -> Axis {
    let first = effect.grid.first().copied().unwrap_or(0.0);
    let last = effect.grid.last().copied().unwrap_or(1.0);
    Axis {
        label: axis_label(predictor),
        from: first,
        to: if last > first { last } else { first + 1.0 },
        ticks: Vec::new(),
    }
}

fn partial_alt(effect: &Effect, predictor: &PredictorSummary, lang: Lang) -> String {
    let pairs = || effect.grid.iter().zip(&effect.partial);
    let least = pairs().min_by(|a, b| a.1.total_cmp(b.1));
    let most = pairs().max_by(|a, b| a.1.total_cmp(b.1));
    let (Some(least), Some(most)) = (least, most) else {
        return lang.t("figure-effect-none");
    };
    lang.with(
        "figure-partial-alt",
        &[
            ("predictor", predictor.label.as_str().into()),
            ("low", lang.percent(*least.1).into()),
            ("low-at", value_words(predictor, *least.0, lang).into()),
            ("high", lang.percent(*most.1).into()),
            ("high-at", value_words(predictor, *most.0, lang).into()),
        ],
    )
}

/// Accumulated local effects of one predictor, in percentage points; without marks where its levels have no order.
pub fn local_effects(analysis: &Analysis, model: usize, variable: &str, lang: Lang) -> Figure {
    let Some((found, effect, predictor)) = effect_of(analysis, model, variable) else {
        return empty("local-effects");
    };
    if effect.local.is_empty() {
        return empty("local-effects");
    }
    let points: Vec<[f64; 2]> = effect.local.iter().map(|(x, y)| [*x, 100.0 * y]).collect();
    let farthest = points.iter().map(|[_, y]| y.abs()).fold(5.0, f64::max);
    let (first, last) = (points[0], points[points.len() - 1]);
    let is_number = predictor.kind == Kind::Numeric;
    let tick = |(value, _): &(f64, f64)| (*value, value_words(predictor, *value, lang));
    let mut x = number_axis(effect, predictor);
    if !is_number {
        (x.from, x.to) = (first[0] - 0.5, last[0] + 0.5);
        x.ticks = effect.local.iter().map(tick).collect();
    }
    let level = |y: f64| [[x.from, y], [x.to, y]].to_vec();
    let zero = Mark::Line {
        name: String::new(),
        role: Role::Reference,
        stroke: Stroke::Dashed,
        points: level(0.0),
    };
    let curve = Mark::Line {
        name: String::new(),
        role: model_role(model),
        stroke: Stroke::Solid,
        points: points.clone(),
    };
    let rows = points
        .iter()
        .map(|[value, y]| vec![value_words(predictor, *value, lang), signed(*y, 1, lang)]);
    Figure {
        id: format!("local-{}-{variable}", found.learner.name()),
        title: titled("figure-local", found, &predictor.label, lang),
        alt: lang.with(
            "figure-local-alt",
            &[
                ("predictor", predictor.label.as_str().into()),
                ("first", value_words(predictor, first[0], lang).into()),
                ("last", value_words(predictor, last[0], lang).into()),
                ("change", signed(last[1] - first[1], 1, lang).into()),
            ],
        ),
        y: Axis {
            label: lang.t("figure-local-axis"),
            from: -1.15 * farthest,
            to: 1.15 * farthest,
            ticks: Vec::new(),
        },
        marks: vec![zero, curve],
        table: (
            headers(&["figure-value", "figure-local-axis"], lang),
            rows.collect(),
        ),
        x,
    }
}

/// What each predictor adds for every patient, low and high values told apart, the most important on top.
pub fn swarm(analysis: &Analysis, model: usize, lang: Lang) -> Figure {
    let Some(found) = of(analysis, model).filter(|found| !found.swarms.is_empty()) else {
        return empty("swarm");
    };
    let (scale, axis_key, n_decimals) = match found.learner {
        Learner::Forest => (100.0, "figure-contribution-axis-share", 1),
        _ => (1.0, "figure-contribution-axis-log-odds", 2),
    };
    let n = found.swarms.len();
    let height = |place: usize| (n - 1 - place) as f64;
    let all = || found.swarms.iter().flat_map(|swarm| &swarm.points);
    let widest = all()
        .map(|p| (scale * p.contribution).abs())
        .fold(1e-3, f64::max);
    let mut points: [Vec<[f64; 2]>; 3] = Default::default();
    for (place, swarm) in found.swarms.iter().enumerate() {
        for (kind, x, offset) in stacked(swarm, scale, widest) {
            points[kind].push([x, height(place) + offset]);
        }
    }
    let [low, high, other] = points;
    let dots = |name: &str, role, filled, points| Mark::Dots {
        name: lang.t(name),
        role,
        filled,
        points,
    };
    let name = |swarm: &Swarm| words::predictor(analysis, &swarm.variable);
    let ticks = found.swarms.iter().enumerate();
    let rows = found.swarms.iter().map(|swarm| {
        let of: Vec<f64> = swarm
            .points
            .iter()
            .map(|p| scale * p.contribution)
            .collect();
        let at = |share| quantile(&of, share).unwrap_or(0.0);
        let cell = |share| signed(at(share), n_decimals, lang);
        vec![name(swarm), cell(0.05), cell(0.5), cell(0.95)]
    });
    Figure {
        id: format!("swarm-{}", found.learner.name()),
        title: titled("figure-swarm", found, "", lang),
        alt: lang.with(
            "figure-swarm-alt",
            &[("predictor", name(&found.swarms[0]).into())],
        ),
        x: Axis {
            label: lang.t(axis_key),
            from: -1.05 * widest,
            to: 1.05 * widest,
            ticks: Vec::new(),
        },
        y: row_axis(
            n,
            ticks
                .map(|(place, swarm)| (height(place), name(swarm)))
                .collect(),
        ),
        marks: vec![
            zero_line(n),
            dots("figure-swarm-other", Role::Reference, false, other),
            dots("figure-swarm-low", Role::ModelB, false, low),
            dots("figure-swarm-high", Role::ModelA, true, high),
        ],
        table: (
            headers(
                &[
                    "figure-predictor",
                    "figure-swarm-p5",
                    "figure-swarm-p50",
                    "figure-swarm-p95",
                ],
                lang,
            ),
            rows.collect(),
        ),
    }
}

/// For each patient of a row: 0 for a value in the lower half, 1 in the upper one, 2 for neither; the contribution; and how
/// far above or below the row it stands, so that equals stand side by side.
fn stacked(swarm: &Swarm, scale: f64, widest: f64) -> Vec<(usize, f64, f64)> {
    let bin = |x: f64| {
        let along = (x / widest + 1.0) / 2.0 * (SWARM_BINS - 1) as f64;
        (along.round().max(0.0) as usize).min(SWARM_BINS - 1)
    };
    let finite = || swarm.points.iter().filter(|p| p.contribution.is_finite());
    let mut counts = vec![0_usize; SWARM_BINS];
    finite().for_each(|p| counts[bin(scale * p.contribution)] += 1);
    let fullest = counts.iter().copied().max().unwrap_or(1).max(12) as f64;
    let mut placed = vec![0_usize; SWARM_BINS];
    finite()
        .map(|point| {
            let x = scale * point.contribution;
            let at = bin(x);
            placed[at] += 1;
            // Above and below in turn, from the middle.
            let step = (placed[at] / 2) as f64
                * if placed[at].is_multiple_of(2) {
                    1.0
                } else {
                    -1.0
                };
            let kind = match point.rank {
                Some(rank) if rank < 0.5 => 0,
                Some(_) => 1,
                None => 2,
            };
            (kind, x, SWARM_HEIGHT * step / fullest)
        })
        .collect()
}

/// Friedman's H of pairs of predictors of a forest, beside what it comes to where there are no interactions.
pub fn interactions(analysis: &Analysis, model: usize, lang: Lang) -> Figure {
    let Some(found) = of(analysis, model).filter(|found| !found.interactions.is_empty()) else {
        return empty("interactions");
    };
    let pairs = &found.interactions;
    let n = pairs.len();
    let height = |place: usize| (n - 1 - place) as f64;
    let name = |pair: &Interaction| {
        let of = |variable: &str| words::predictor(analysis, variable);
        format!("{} × {}", of(&pair.first), of(&pair.second))
    };
    let places = || pairs.iter().enumerate();
    let strength = |(place, pair): (usize, &Interaction)| {
        Some([height(place), 0.0, pair.strength?, pair.strength?])
    };
    let without = |(place, pair): (usize, &Interaction)| Some([pair.without?, height(place)]);
    let cell = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |h| lang.number(h, 2));
    let highest = pairs.iter().flat_map(|pair| [pair.strength, pair.without]);
    let highest = highest.flatten().fold(0.2, f64::max);
    let clear: Vec<String> = pairs
        .iter()
        .filter(|pair| pair.is_clear())
        .map(&name)
        .collect();
    let alt = if clear.is_empty() {
        lang.t("figure-interactions-none")
    } else {
        lang.with(
            "figure-interactions-alt",
            &[("pairs", clear.join(", ").into())],
        )
    };
    Figure {
        id: format!("interactions-{}", found.learner.name()),
        title: titled("figure-interactions", found, "", lang),
        alt,
        x: Axis {
            label: lang.t("figure-interactions-axis"),
            from: 0.0,
            to: 1.08 * highest,
            ticks: Vec::new(),
        },
        y: row_axis(
            n,
            places()
                .map(|(place, pair)| (height(place), name(pair)))
                .collect(),
        ),
        marks: vec![
            Mark::Intervals {
                name: lang.t("figure-interactions-own"),
                role: model_role(model),
                rows: places().filter_map(strength).collect(),
            },
            Mark::Dots {
                name: lang.t("figure-interactions-without"),
                role: Role::ModelF,
                filled: false,
                points: places().filter_map(without).collect(),
            },
        ],
        table: (
            headers(
                &[
                    "figure-pair",
                    "figure-interactions-axis",
                    "figure-interactions-without",
                ],
                lang,
            ),
            pairs
                .iter()
                .map(|pair| vec![name(pair), cell(pair.strength), cell(pair.without)])
                .collect(),
        ),
    }
}

/// The nomogram of a logistic model: points of each value, and the chance that their sum stands for.
pub fn nomogram(analysis: &Analysis, model: usize, lang: Lang) -> Figure {
    let found = of(analysis, model).and_then(|found| Some((found, found.nomogram.as_ref()?)));
    let Some((found, nomogram)) = found else {
        return empty("nomogram");
    };
    let Nomogram { scales, chances } = nomogram;
    let n = scales.len() + 2;
    let height = |place: usize| (n - 1 - place) as f64;
    let total = chances.last().map_or(1.0, |(points, _)| points.max(1.0));
    let label = |scale: &Scale| words::predictor(analysis, &scale.variable);
    let mut marks = Vec::new();
    let mut rows = Vec::new();
    let mut ticks = Vec::new();
    for (place, scale) in scales.iter().enumerate() {
        let known = analysis
            .predictors
            .iter()
            .find(|p| p.name == scale.variable);
        let point_words = |value: Option<f64>| match (value, known) {
            (Some(value), Some(predictor)) => value_words(predictor, value, lang),
            _ => lang.t("figure-not-known"),
        };
        let points: Vec<(f64, String)> = scale
            .points
            .iter()
            .map(|(value, points)| (*points, point_words(*value)))
            .collect();
        rows.extend(
            points
                .iter()
                .map(|(points, value)| vec![label(scale), value.clone(), lang.number(*points, 0)]),
        );
        marks.extend(scale_marks(&points, height(place), model_role(model)));
        ticks.push((height(place), label(scale)));
    }
    // Sums run over a wider range: their scale, and beneath it that of the chances, is drawn on the same width.
    let sums = Axis {
        label: String::new(),
        from: 0.0,
        to: total,
        ticks: Vec::new(),
    };
    let of_sums: Vec<(f64, String)> = round_ticks(&sums, 10, lang)
        .into_iter()
        .map(|(points, words)| (100.0 * points / total, words))
        .collect();
    let of_chances: Vec<(f64, String)> = chances
        .iter()
        .map(|(points, chance)| (100.0 * points / total, lang.percent(*chance)))
        .collect();
    let [sum, chance] = ["figure-nomogram-sum", "figure-nomogram-chance"].map(|key| lang.t(key));
    rows.extend(chances.iter().map(|(points, of_sum)| {
        let points = lang.number(*points, 0);
        vec![chance.clone(), lang.percent(*of_sum), points]
    }));
    for (height, name, points) in [(1.0, sum, &of_sums), (0.0, chance, &of_chances)] {
        marks.extend(scale_marks(points, height, Role::ModelF));
        ticks.push((height, name));
    }
    Figure {
        id: format!("nomogram-{}", found.learner.name()),
        title: titled("figure-nomogram", found, "", lang),
        alt: lang.t("figure-nomogram-alt"),
        x: Axis {
            label: lang.t("figure-nomogram-axis"),
            from: -8.0,
            to: 106.0,
            ticks: (0..=5)
                .map(|k| (20.0 * f64::from(k), lang.number(20.0 * f64::from(k), 0)))
                .collect(),
        },
        y: Axis {
            to: n as f64 - 0.2,
            ..row_axis(n, ticks)
        },
        marks,
        table: (
            headers(&["figure-predictor", "figure-value", "figure-points"], lang),
            rows,
        ),
    }
}

/// A scale with its values; of values that lie too close together only some are written.
fn scale_marks(points: &[(f64, String)], y: f64, role: Role) -> Vec<Mark> {
    let mut sorted: Vec<&(f64, String)> = points.iter().collect();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let ends = [sorted.first(), sorted.last()].map(|end| end.map_or(0.0, |(x, _)| *x));
    let mut written: Vec<([f64; 2], String)> = Vec::new();
    for (x, words) in &sorted {
        let room = 1.6 + 0.85 * words.chars().count() as f64;
        let is_free = written.last().is_none_or(|([last, _], before)| {
            let other = 1.6 + 0.85 * before.chars().count() as f64;
            x - last >= (room + other) / 2.0
        });
        if is_free {
            written.push(([*x, y], (*words).clone()));
        }
    }
    vec![
        Mark::Line {
            name: String::new(),
            role,
            stroke: Stroke::Solid,
            points: vec![[ends[0], y], [ends[1], y]],
        },
        Mark::Dots {
            name: String::new(),
            role,
            filled: true,
            points: sorted.iter().map(|(x, _)| [*x, y]).collect(),
        },
        Mark::Words { at: written },
    ]
}
