//! What the outcome page shows.

use crate::app::state::Session;
use crate::app::words as app_words;
use crate::base::issue::Arg;
use crate::base::text::Lang;
use crate::cohort::{Cohort, Kind, Timing};
use crate::dictionary;
use crate::figure::Figure;
use crate::outcome::{
    Comparison, Example, Fate, Flow, Mcid, Outcome, OutcomeParams, PRESETS, Preset, Rule, Step,
};
use crate::report::{figures, words};

/// A preset beside the others.
#[derive(Clone, Debug, PartialEq)]
pub struct PresetRow {
    /// The preset.
    pub preset: Preset,
    /// Its rule at the current visit.
    pub rule: Rule,
    /// Its name for people.
    pub title: String,
    /// What it means exactly, and why this cohort can't answer it where it can't.
    pub definition: String,
    /// Patients analysed; empty where this cohort can't answer it.
    pub n: String,
    /// Share of responders, and its words.
    pub rate: Option<(f64, String)>,
    /// How many labels differ from the current definition, of how many; empty for the current one.
    pub changed: String,
    /// Whether it is chosen.
    pub selected: bool,
}

/// A box of the flow chart and who leaves after it.
#[derive(Clone, Debug, PartialEq)]
pub struct FlowBox {
    /// Number of patients.
    pub n: String,
    /// What the box is.
    pub name: String,
    /// Who leaves.
    pub leaving: Vec<LeavingGroup>,
}

/// Patients who leave the main line with the same fate.
#[derive(Clone, Debug, PartialEq)]
pub struct LeavingGroup {
    /// What becomes of them.
    pub fate: Fate,
    /// The same in words.
    pub heading: String,
    /// Number and reason.
    pub lines: Vec<(String, String)>,
}

/// The share of responders under what may have become of the lost.
#[derive(Clone, Debug, PartialEq)]
pub struct LostCard {
    /// How many were not seen.
    pub lead: String,
    /// Name, share, share in words.
    pub rows: Vec<(String, f64, String)>,
    /// What the weighting rests on, or why there is none.
    pub weighting: String,
}

/// The foot of the flow chart: those that the models learn from.
#[derive(Clone, Debug, PartialEq)]
pub struct Analysed {
    /// How many.
    pub n: String,
    /// Of whom they are made, and who is not among them.
    pub words: Vec<String>,
    /// Responders and non-responders: number and name.
    pub ends: [(String, String); 2],
}

/// What follows from the choice.
#[derive(Clone, Debug, PartialEq)]
pub enum Following {
    /// It is being worked out.
    Pending,
    /// It can't be decided: what and what to do.
    Impossible(String, String),
    /// The share of responders, its words, and the way from the file to the analysis.
    Decided {
        /// Share of responders.
        share: f64,
        /// "186 of 398 analysed patients".
        words: String,
        /// The boxes from the file to the observed.
        flow: Vec<FlowBox>,
        /// Those that the models learn from.
        analysed: Box<Analysed>,
        /// What the lost could change.
        lost: Option<LostCard>,
    },
}

/// Agreement of the presets that can be answered.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AgreementTable {
    /// Their names, one a row.
    pub names: Vec<String>,
    /// Below the diagonal: strength of the agreement in [0, 1], share and kappa in words, the sentence for the pointer.
    pub cells: Vec<Vec<(f64, String, String, String)>>,
}

/// A row of the table of differences.
#[derive(Clone, Debug, PartialEq)]
pub struct McidRow {
    /// Its values.
    pub mcid: Mcid,
    /// The measure.
    pub name: String,
    /// Where the delivered values come from; empty where the site added it.
    pub source: String,
}

/// The outcome page.
#[derive(Clone, Debug, PartialEq)]
pub struct OutcomePage {
    /// Where things stand.
    pub sentence: String,
    /// The rule in words.
    pub rule: String,
    /// What it works out, line by line.
    pub formula: Vec<String>,
    /// Which definition it is.
    pub version: String,
    /// The presets.
    pub presets: Vec<PresetRow>,
    /// Months at which anything is known.
    pub months: Vec<u16>,
    /// Columns that could hold an outcome, with their levels.
    pub columns: Vec<(String, String, Vec<String>)>,
    /// What follows.
    pub following: Following,
    /// One patient's way, in sentences.
    pub example: Vec<String>,
    /// How far the presets agree.
    pub agreement: AgreementTable,
    /// The table of differences.
    pub mcids: Vec<McidRow>,
    /// Relief at the trial, reported against calculated: a sentence and the figure.
    pub relief: Option<(String, Figure)>,
}

impl OutcomePage {
    /// Builds the page.
    pub fn new(session: &Session, cohort: &Cohort, lang: Lang) -> Self {
        let settings = &session.study.settings;
        let params = &settings.outcome;
        let rule = words::rule(&params.rule, lang);
        let following = following(session, lang);
        let sentence = match &following {
            Following::Decided { share, .. } => lang.with(
                "outcome-sentence",
                &[("rule", rule.clone().into()), ("share", Arg::Share(*share))],
            ),
            Following::Pending | Following::Impossible(..) => rule.clone(),
        };
        let derived = session.derived.as_deref();
        let example = derived.and_then(|derived| derived.example.as_ref());
        let comparison = derived.map(|derived| &derived.comparison);
        let relief = derived.and_then(|derived| derived.relief.as_ref());
        let mut formula = vec![words::formula(params, lang)];
        formula.extend(words::rule_source(&params.rule, lang));
        let criteria = words::criteria(params, lang);
        formula.extend(criteria.iter().map(|line| app_words::capital(line)));
        Self {
            sentence,
            rule,
            formula,
            version: words::label_version(settings, lang),
            presets: presets(comparison, params, lang),
            months: months(cohort),
            columns: level_columns(cohort, lang),
            following,
            example: example.map_or_else(Vec::new, |example| {
                example_words(example, &params.rule, lang)
            }),
            agreement: comparison.map_or_else(AgreementTable::default, |comparison| {
                agreement(comparison, lang)
            }),
            mcids: mcids(params, lang),
            relief: relief.and_then(|relief| figures::trial_relief(relief, lang)),
        }
    }
}

/// A rule in words.
pub fn rule_words(rule: &Rule, lang: Lang) -> String {
    words::rule(rule, lang)
}

fn presets(comparison: Option<&Comparison>, params: &OutcomeParams, lang: Lang) -> Vec<PresetRow> {
    let month = params.rule.month_or_usual();
    let row = |(place, preset): (usize, &Preset)| {
        let rule = preset.rule(month);
        let of_preset = OutcomeParams {
            rule: rule.clone(),
            ..params.clone()
        };
        let mut definition = words::formula(&of_preset, lang);
        for line in words::rule_source(&rule, lang)
            .into_iter()
            .chain(words::criteria(&of_preset, lang))
        {
            definition = format!("{definition}\n{line}");
        }
        let rated = comparison.and_then(|comparison| comparison.presets.get(place));
        let selected = rule == params.rule;
        let mut row = PresetRow {
            preset: *preset,
            rule,
            title: lang.t(&format!("preset-{}", preset.name)),
            definition,
            n: String::new(),
            rate: None,
            changed: String::new(),
            selected,
        };
        match rated.map(|rated| &rated.result) {
            Some(Ok(rated)) => {
                let share = rated.n_events as f64 / rated.n.max(1) as f64;
                row.n = lang.count(rated.n as i64);
                row.rate = Some((share, lang.percent(share)));
                if !selected && rated.n_both > 0 {
                    let share = rated.n_changed as f64 / rated.n_both as f64;
                    let changed = lang.count(rated.n_changed as i64);
                    row.changed = if share > 0.0 && share < 0.005 {
                        format!("{changed} (< {})", lang.percent(0.01))
                    } else {
                        format!("{changed} ({})", lang.percent(share))
                    };
                }
            }
            Some(Err(issue)) => {
                row.definition = format!("{}\n\n{}", row.definition, lang.issue(issue));
            }
            None => {}
        }
        row
    };
    PRESETS.iter().enumerate().map(row).collect()
}

/// Months at which anything was measured after implantation, ascending.
fn months(cohort: &Cohort) -> Vec<u16> {
    let mut months: Vec<u16> = cohort
        .variables
        .iter()
        .filter(|variable| variable.is_candidate() && variable.concept.is_some())
        .filter_map(|variable| match variable.timing {
            Timing::After(month) if month > 0 => Some(month),
            _ => None,
        })
        .collect();
    months.sort_unstable();
    months.dedup();
    months
}

/// Columns with levels, those measured after implantation first: name, label, levels.
fn level_columns(cohort: &Cohort, lang: Lang) -> Vec<(String, String, Vec<String>)> {
    let mut columns: Vec<_> = cohort
        .variables
        .iter()
        .filter(|variable| matches!(variable.kind, Kind::Binary | Kind::Categorical))
        .collect();
    columns.sort_by_key(|variable| !matches!(variable.timing, Timing::After(_)));
    columns
        .into_iter()
        .map(|variable| {
            (
                variable.name.clone(),
                dictionary::label(variable, lang),
                variable.levels.clone(),
            )
        })
        .collect()
}

fn following(session: &Session, lang: Lang) -> Following {
    let Some(derived) = &session.derived else {
        return Following::Pending;
    };
    let outcome = match &derived.outcome {
        Ok(outcome) => outcome,
        Err(failure) => {
            let issue = failure.issue();
            return Following::Impossible(
                lang.issue(&issue),
                lang.remedy(&issue).unwrap_or_default(),
            );
        }
    };
    let count = |n: usize| lang.count(n as i64);
    let flow = &outcome.flow;
    let end = |n: usize, key: &str| (count(n), lang.t(key));
    let lost = derived.sensitivity.as_ref().map(|found| LostCard {
        lead: words::sensitivity_lead(found, lang),
        rows: words::sensitivity(found, lang),
        weighting: words::weighting(found, lang),
    });
    Following::Decided {
        share: outcome.event_rate().unwrap_or_default(),
        words: lang.with(
            "responders-of",
            &[
                ("n", count(outcome.n_events()).into()),
                ("of", count(outcome.y.len()).into()),
            ],
        ),
        flow: boxes(flow, lang),
        analysed: Box::new(Analysed {
            n: count(outcome.y.len()),
            words: analysed_words(flow, outcome, lang),
            ends: [
                end(outcome.n_events(), "flow-responders"),
                end(outcome.y.len() - outcome.n_events(), "flow-non-responders"),
            ],
        }),
        lost,
    }
}

/// How the analysed are made of those seen and those who count as non-responders, and who is not analysed.
fn analysed_words(flow: &Flow, outcome: &Outcome, lang: Lang) -> Vec<String> {
    let count = |n: usize| lang.count(n as i64).into();
    let n_seen = flow.n_responders + flow.n_non_responders;
    let n_counted = flow.n_with(Fate::NonResponder);
    let n_all = flow.stages.first().map_or(0, |stage| stage.n);
    let n_analysed = outcome.y.len();
    let sum = lang.with(
        "flow-sum",
        &[("seen", count(n_seen)), ("counted", count(n_counted))],
    );
    let others = lang.with(
        "flow-not-analysed",
        &[
            ("n", count(n_all - n_analysed.min(n_all))),
            ("of", count(n_all)),
        ],
    );
    vec![sum, others]
}

fn boxes(flow: &Flow, lang: Lang) -> Vec<FlowBox> {
    let count = |n: usize| lang.count(n as i64);
    let fates = [
        (Fate::Excluded, "flow-left-out"),
        (Fate::Unobserved, "flow-unknown"),
        (Fate::NonResponder, "flow-counted"),
    ];
    let stage = |stage: &crate::outcome::Stage| {
        let leaving = fates.iter().filter_map(|(fate, key)| {
            let own = stage.leaving.iter().filter(|l| l.fate == *fate);
            let lines: Vec<_> = own.map(|l| (count(l.n), l.words(lang))).collect();
            (!lines.is_empty()).then(|| LeavingGroup {
                fate: *fate,
                heading: lang.t(key),
                lines,
            })
        });
        FlowBox {
            n: count(stage.n),
            name: lang.t(&format!("flow-{}", stage.name)),
            leaving: leaving.collect(),
        }
    };
    flow.stages.iter().map(stage).collect()
}

fn mcids(params: &OutcomeParams, lang: Lang) -> Vec<McidRow> {
    let delivered = Mcid::defaults();
    let row = |mcid: &Mcid| McidRow {
        mcid: *mcid,
        name: app_words::capital(&lang.t(&mcid.measure.key())),
        source: if delivered.iter().any(|row| row.measure == mcid.measure) {
            lang.t(&format!("mcid-source-{}", mcid.measure.name()))
        } else {
            String::new()
        },
    };
    params.mcids.iter().map(row).collect()
}

fn agreement(comparison: &Comparison, lang: Lang) -> AgreementTable {
    let answered: Vec<usize> = comparison
        .presets
        .iter()
        .enumerate()
        .filter(|(_, preset)| preset.result.is_ok())
        .map(|(place, _)| place)
        .collect();
    let name = |place: &usize| {
        let preset = comparison.presets.get(*place).map(|rate| rate.preset.name);
        lang.t(&format!("preset-{}", preset.unwrap_or_default()))
    };
    let cell = |a: &usize, b: &usize| {
        let Some(found) = comparison.between(*a, *b) else {
            return (0.0, "–".to_owned(), String::new(), String::new());
        };
        let kappa = found
            .kappa
            .map_or_else(|| "–".to_owned(), |kappa| lang.number(kappa, 2));
        let args = [
            ("a", name(a).into()),
            ("b", name(b).into()),
            ("share", Arg::Share(found.share)),
            ("n", lang.count(found.n as i64).into()),
        ];
        let tip = lang.with("agreement-tip", &args);
        let tint = found.kappa.unwrap_or(found.share).clamp(0.0, 1.0);
        (tint, lang.percent(found.share), kappa, tip)
    };
    let rows = answered.iter().enumerate();
    let cells = rows.map(|(row, a)| answered[..row].iter().map(|b| cell(a, b)).collect());
    AgreementTable {
        names: answered.iter().map(name).collect(),
        cells: cells.collect(),
    }
}

fn example_words(example: &Example, rule: &Rule, lang: Lang) -> Vec<String> {
    let number = |x: f64| Arg::from(lang.short(x));
    let mut lines = vec![lang.with("example-patient", &[("id", example.id.as_str().into())])];
    if let Some(month) = example.month {
        lines.push(lang.with("example-visit", &[("month", usize::from(month).into())]));
        if example.steps.is_empty() {
            lines.push(lang.t("example-by-word"));
        }
    }
    let judges = matches!(
        rule,
        Rule::PainReduction { .. } | Rule::Criteria { .. } | Rule::Holistic { .. }
    );
    lines.extend(
        example
            .steps
            .iter()
            .map(|step| step_words(step, judges, lang)),
    );
    lines.extend(example.total.map(|(a, b)| match rule {
        Rule::Weighted { .. } => lang.with(
            "example-total-weighted",
            &[("sum", number(a)), ("least", number(b))],
        ),
        _ => lang.with(
            "example-total-chr",
            &[
                ("baseline", number(a)),
                ("after", number(b)),
                ("fall", number(a - b)),
            ],
        ),
    }));
    lines.push(lang.t(if example.responder {
        "example-responder"
    } else {
        "example-non-responder"
    }));
    lines
}

/// One measure of the example; `judges`: whether the rule asks each measure for something.
fn step_words(step: &Step, judges: bool, lang: Lang) -> String {
    let number = |x: f64| {
        if x.is_nan() {
            Arg::from("–")
        } else {
            Arg::from(lang.short(x))
        }
    };
    let mut args = vec![
        (
            "measure",
            app_words::capital(&lang.t(&step.measure.key())).into(),
        ),
        ("baseline", number(step.baseline)),
        ("after", number(step.follow_up)),
    ];
    let mut line = match step.percent {
        Some(percent) => {
            args.push(("percent", Arg::Share(percent.abs() / 100.0)));
            let side = if percent < 0.0 { "worse" } else { "better" };
            args.push(("side", side.into()));
            lang.with("example-step-percent", &args)
        }
        None => lang.with("example-step", &args),
    };
    if judges && step.least.is_some() {
        let met = match step.met {
            Some(true) => "example-met",
            Some(false) => "example-not-met",
            None => "example-open",
        };
        line = format!("{line} – {}", lang.t(met));
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture;
    use crate::app::perform::derive;
    use crate::simulate;

    fn session(lang_rule: Rule) -> (Session, Cohort) {
        let cohort = simulate::simulated("multicentre").unwrap().cohort();
        let mut session = Session::default();
        session.study.settings.outcome.rule = lang_rule;
        let derived = derive(&cohort, &session.study.settings);
        session.derived = Some(std::sync::Arc::new(derived));
        (session, cohort)
    }

    #[test]
    fn the_way_from_the_file_to_the_rate_is_told() {
        let (session, cohort) = session(Rule::default());
        let page = OutcomePage::new(&session, &cohort, Lang::En);
        let Following::Decided {
            flow,
            lost,
            analysed,
            ..
        } = &page.following
        else {
            panic!("the outcome is decided");
        };
        assert_eq!(flow[0].n, Lang::En.count(cohort.n_rows() as i64));
        assert!(flow.len() >= 3);
        let number = |text: &str| -> usize {
            let digits: String = text.chars().filter(char::is_ascii_digit).collect();
            digits.parse().unwrap()
        };
        let all = |text: &str| -> Vec<usize> {
            text.split(|c: char| !c.is_ascii_digit())
                .filter_map(|word| word.parse().ok())
                .collect()
        };
        let n = number(&analysed.n);
        // "206 seen + 83 counted as non-responders", "131 of 420 are not analysed".
        assert_eq!(all(&analysed.words[0]).iter().sum::<usize>(), n);
        assert_eq!(
            all(&analysed.words[1]),
            [cohort.n_rows() - n, cohort.n_rows()]
        );
        let [(responders, _), (others, _)] = &analysed.ends;
        assert_eq!(number(responders) + number(others), n);
        assert_eq!(lost.as_ref().unwrap().rows.len(), 4);
        assert_eq!(page.presets.iter().filter(|row| row.selected).count(), 1);
        let answered = page.presets.iter().filter(|row| row.rate.is_some()).count();
        assert_eq!(page.agreement.names.len(), answered);
        assert!(answered >= 6, "{answered}");
        assert!(page.example.len() >= 4);
    }

    #[test]
    fn every_rule_has_words_in_both_languages() {
        let mut rules: Vec<Rule> = PRESETS.iter().map(|preset| preset.rule(12)).collect();
        rules.push(Rule::Weighted {
            weights: Vec::new(),
            least: 1.0,
            month: 12,
        });
        for rule in rules {
            let (session, cohort) = session(rule);
            for lang in Lang::ALL {
                let page = OutcomePage::new(&session, &cohort, lang);
                assert!(!format!("{page:?}").contains('⟦'), "{page:?}");
            }
        }
    }

    #[test]
    fn before_anything_is_worked_out_the_page_says_so() {
        let session = Session::default();
        let page = OutcomePage::new(&session, &fixture::cohort(), Lang::Fr);
        assert_eq!(page.following, Following::Pending);
        assert!(page.presets.iter().all(|row| row.rate.is_none()));
    }
}
