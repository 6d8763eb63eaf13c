//! What the models make of their predictors, in words and on paper.

use maud::{Markup, html};

use crate::analysis::{Analysis, ImportanceRow, ModelEffects, ModelResult, rank_agreement};
use crate::base::text::Lang;
use crate::report::blocks::{figure, note};
use crate::report::{figures, words};

/// Predictors whose curves are printed; the window and `results.json` have more.
const N_CURVES: usize = 4;
/// Predictors that are named where several can't be told apart.
const N_NAMED: usize = 5;
/// Width and height of two figures side by side.
const PAIR: (u32, u32) = (470, 400);

/// Which predictors matter most as far as it can be told, and how far the models agree on it: one sentence a model and one
/// a pair of models.
pub fn agreement(analysis: &Analysis, lang: Lang) -> Vec<String> {
    let leaders = analysis
        .models
        .iter()
        .filter_map(|model| leaders(analysis, model, lang));
    let mut sentences: Vec<String> = leaders.collect();
    for (at, first) in analysis.models.iter().enumerate() {
        for second in &analysis.models[at + 1..] {
            sentences.extend(rank_agreement(first, second).map(|correlation| {
                let args = [
                    ("first", words::learner(first.learner, lang).into()),
                    ("second", words::learner(second.learner, lang).into()),
                    ("correlation", lang.number(correlation, 2).into()),
                ];
                lang.with("effects-agreement", &args)
            }));
        }
    }
    sentences
}

/// The most important predictor of a model and those whose rank over retrainings overlaps with its own.
fn leaders(analysis: &Analysis, model: &ModelResult, lang: Lang) -> Option<String> {
    let mut rows: Vec<&ImportanceRow> = model.importance.iter().collect();
    rows.sort_by(|a, b| b.mean.total_cmp(&a.mean));
    let first = *rows.first()?;
    let overlaps =
        |row: &&&ImportanceRow| row.rank_low <= first.rank_high && first.rank_low <= row.rank_high;
    let names: Vec<String> = rows
        .iter()
        .filter(overlaps)
        .map(|row| words::predictor(analysis, &row.variable))
        .collect();
    let name = words::learner(model.learner, lang);
    if names.len() < 2 {
        let args = [("model", name.into()), ("predictor", names.join("").into())];
        return Some(lang.with("effects-leader", &args));
    }
    let n_others = names.len().saturating_sub(N_NAMED);
    let named: Vec<String> = names.into_iter().take(N_NAMED).collect();
    let args = [
        ("model", name.into()),
        ("predictors", named.join(", ").into()),
        ("others", n_others.into()),
    ];
    Some(lang.with("effects-leaders", &args))
}

/// The section of the report; nothing where it was not asked for.
pub(super) fn section(analysis: &Analysis, lang: Lang) -> Markup {
    if analysis.effects.is_empty() {
        return html! {};
    }
    html! {
        section id="explanation" {
            h2 { (lang.t("report-explanation")) }
            @for sentence in agreement(analysis, lang) { p { (sentence) } }
            (note(&lang.t("effects-about")))
            @for found in &analysis.effects {
                @if let Some(at) = analysis.models.iter().position(|m| m.learner == found.learner) {
                    (of_model(analysis, at, found, lang))
                }
            }
        }
    }
}

fn of_model(analysis: &Analysis, at: usize, found: &ModelEffects, lang: Lang) -> Markup {
    let rows = |n: usize| 130 + 30 * n.max(3) as u32;
    let n_scales = found
        .nomogram
        .as_ref()
        .map_or(0, |nomogram| nomogram.scales.len());
    html! {
        h3 { (words::learner(found.learner, lang)) }
        @for one in found.effects.iter().take(N_CURVES) {
            div.pair {
                (figure(&figures::partial_dependence(analysis, at, &one.variable, lang), PAIR.0, PAIR.1, lang))
                (figure(&figures::local_effects(analysis, at, &one.variable, lang), PAIR.0, PAIR.1, lang))
            }
        }
        (figure(&figures::swarm(analysis, at, lang), 880, rows(found.swarms.len()) + 60, lang))
        (figure(&figures::interactions(analysis, at, lang), 880, rows(found.interactions.len()), lang))
        (figure(&figures::nomogram(analysis, at, lang), 880, 140 + 52 * (n_scales + 1) as u32, lang))
        @if found.nomogram.is_some() { (note(&lang.t("effects-nomogram-note"))) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture;

    #[test]
    fn predictors_that_can_not_be_told_apart_are_named_together() {
        let mut analysis = fixture::analysis();
        let model = &mut analysis.models[0];
        for (at, row) in model.importance.iter_mut().enumerate() {
            row.mean = -(at as f64);
            (row.rank_low, row.rank_high) = if at < 2 { (1, 3) } else { (4, 6) };
        }
        let names: Vec<String> = analysis.models[0].importance[..2]
            .iter()
            .map(|row| words::predictor(&analysis, &row.variable))
            .collect();
        let sentence = &agreement(&analysis, Lang::En)[0];
        assert!(sentence.contains(&names.join(", ")), "{sentence}");
        assert!(sentence.contains("can’t tell"), "{sentence}");
        analysis.models[0].importance[0].rank_high = 1;
        analysis.models[0].importance[1].rank_low = 2;
        let sentence = &agreement(&analysis, Lang::En)[0];
        assert!(!sentence.contains("can’t tell") && sentence.contains(&names[0]));
        for lang in Lang::ALL {
            let all = agreement(&analysis, lang);
            assert_eq!(all.len(), 3);
            assert!(
                all.iter().all(|sentence| !sentence.contains(['⟦', '{'])),
                "{all:?}"
            );
        }
    }
}
