//! What an analysis comes to, in a few plain sentences that are made from its numbers.

use crate::analysis::{Analysis, Estimate, Measure, ModelResult};
use crate::base::text::Lang;
use crate::report::figures::best_span;
use crate::report::words::capital;

/// Most sentences: what matters less than these is on the page.
const MOST: usize = 5;

/// An AUC this far below another one is worth a sentence: about the half-width of an interval at 400 patients.
const MUCH_LOWER: f64 = 0.05;

/// Two validated slopes this far apart lead to opposite words.
const SLOPES_APART: f64 = 0.5;

/// What an analysis comes to, in at most five sentences.
///
/// The first model is described (discrimination in words, calibration in words); the others are set against it on
/// the same patients: where their difference could be none, the cohort can't tell them apart, and that is what is said.
/// Then where acting on the first brings more than any other course, and how far it moves when it is trained
/// again. A model that did not converge is neither described nor compared. Empty for an analysis without models.
pub fn summary_sentence(analysis: &Analysis, lang: Lang) -> String {
    let (settled, unsettled): (Vec<&ModelResult>, Vec<&ModelResult>) = analysis
        .models
        .iter()
        .partition(|model| model.fit.converged);
    let mut sentences = Vec::new();
    if let Some((first, others)) = settled.split_first() {
        sentences.push(describe(first, lang));
        sentences.extend(doubted(first, lang));
        sentences.extend(compared(analysis, first, others, lang));
        sentences.extend(not_converged(&unsettled, lang));
        sentences.extend(benefit(first, lang));
        sentences.extend(moves(first, lang));
        sentences.extend(
            others
                .iter()
                .filter_map(|other| badly_calibrated(other, lang)),
        );
        sentences.extend(others.iter().filter_map(|other| doubted(other, lang)));
    } else {
        sentences.extend(not_converged(&unsettled, lang));
    }
    sentences.truncate(MOST);
    sentences.join(" ")
}

fn not_converged(models: &[&ModelResult], lang: Lang) -> Option<String> {
    let names: Vec<String> = models.iter().map(|model| inner(model, lang)).collect();
    let words = [
        ("models", lang.list(&names).into()),
        ("n", names.len().into()),
    ];
    let sentence = lang.with("summary-not-converged", &words);
    (!names.is_empty()).then(|| format!("{}.", capital(&sentence)))
}

/// The name of a model inside a sentence.
fn inner(model: &ModelResult, lang: Lang) -> String {
    lang.t(&format!("learner-{}.inner", model.learner.name()))
}

fn describe(model: &ModelResult, lang: Lang) -> String {
    let subject = lang.t(&format!("learner-{}.subject", model.learner.name()));
    let Some(auc) = model.corrected.get(&Measure::Auc) else {
        return lang.with("summary-auc-unknown", &[("model", subject.into())]);
    };
    let key = match auc {
        Estimate {
            limits: Some((low, _)),
            ..
        } if *low <= 0.5 => "summary-auc-chance",
        Estimate { estimate, .. } if *estimate <= 0.5 => "summary-auc-chance",
        Estimate { estimate, .. } if *estimate < 0.62 => "summary-auc-weak",
        Estimate { estimate, .. } if *estimate < 0.75 => "summary-auc-moderate",
        Estimate { estimate, .. } if *estimate < 0.85 => "summary-auc-good",
        _ => "summary-auc-very-good",
    };
    lang.with(
        key,
        &[
            ("model", subject.into()),
            ("auc", auc_words(auc, lang).into()),
            ("calibration", calibration_words(model, lang).into()),
        ],
    )
}

fn auc_words(auc: &Estimate, lang: Lang) -> String {
    let number = lang.number(auc.estimate, 2);
    match auc.limits {
        Some((low, high)) => format!("{number}, {}", lang.range(low, high, 2)),
        None => lang.with("summary-no-interval", &[("auc", number.into())]),
    }
}

fn calibration_words(model: &ModelResult, lang: Lang) -> String {
    let Some(slope) = model.corrected.get(&Measure::CalibrationSlope) else {
        return lang.t("summary-slope-unknown");
    };
    if let Some(crossed) = disagreeing_slope(model) {
        return lang.with(
            "summary-slope-disagreed",
            &[
                ("slope", lang.number(slope.estimate, 2).into()),
                ("crossed", lang.number(crossed, 2).into()),
            ],
        );
    }
    let is_far = !(0.8..=1.25).contains(&slope.estimate);
    if let Some((low, high)) = slope.limits
        && is_far
        && low <= 1.0
        && high >= 1.0
    {
        let range = lang.range(low, high, 2);
        let number = lang.number(slope.estimate, 2);
        return lang.with(
            "summary-slope-uncertain",
            &[("slope", number.into()), ("range", range.into())],
        );
    }
    let key = match slope.estimate {
        s if s < 0.8 => "summary-slope-extreme",
        s if s < 0.95 => "summary-slope-a-little-extreme",
        s if s <= 1.05 => "summary-slope-right",
        s if s <= 1.25 => "summary-slope-a-little-timid",
        _ => "summary-slope-timid",
    };
    lang.with(key, &[("slope", lang.number(slope.estimate, 2).into())])
}

/// The cross-validated slope, where it is so far from the corrected one that neither should be stated.
fn disagreeing_slope(model: &ModelResult) -> Option<f64> {
    let corrected = model.corrected.get(&Measure::CalibrationSlope)?.estimate;
    let (crossed, _) = *model.cross_validated.get(&Measure::CalibrationSlope)?;
    ((crossed - corrected).abs() > SLOPES_APART).then_some(crossed)
}

/// How a model stands to the first one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Beside {
    Better,
    Worse,
    Same,
    Unknown,
}

/// By the paired difference of the AUCs on the same patients, its limits around 0 or not; in a result of an older program
/// by whether the intervals of the two overlap.
fn beside(analysis: &Analysis, first: &ModelResult, other: &ModelResult) -> Beside {
    let pair = (first.learner, other.learner);
    let mut differences = analysis.differences.iter();
    let paired = differences.find(|one| (one.first, one.second) == pair);
    if let Some(difference) = paired.and_then(|one| one.auc) {
        return match difference.limits() {
            (low, _) if low > 0.0 => Beside::Worse,
            (_, high) if high < 0.0 => Beside::Better,
            _ => Beside::Same,
        };
    }
    let auc = |model: &ModelResult| {
        model
            .corrected
            .get(&Measure::Auc)
            .and_then(|auc| auc.limits)
    };
    match (auc(first), auc(other)) {
        (Some((low, _)), Some((_, high))) if high < low => Beside::Worse,
        (Some((_, high)), Some((low, _))) if low > high => Beside::Better,
        (Some(_), Some(_)) => Beside::Same,
        _ => Beside::Unknown,
    }
}

/// All further models against the first, in one sentence.
fn compared(
    analysis: &Analysis,
    first: &ModelResult,
    others: &[&ModelResult],
    lang: Lang,
) -> Option<String> {
    let first_name = inner(first, lang);
    let named = |model: &ModelResult| {
        let name = inner(model, lang);
        match model.corrected.get(&Measure::Auc) {
            Some(auc) => format!("{name} (AUC {})", auc_words(auc, lang)),
            None => name,
        }
    };
    let clauses = [
        (Beside::Same, "summary-same"),
        (Beside::Better, "summary-better"),
        (Beside::Worse, "summary-worse"),
        (Beside::Unknown, "summary-not-comparable"),
    ]
    .into_iter()
    .filter_map(|(standing, key)| {
        let of: Vec<String> = others
            .iter()
            .filter(|other| beside(analysis, first, other) == standing)
            .map(|other| named(other))
            .collect();
        let words = [
            ("others", lang.list(&of).into()),
            ("n", of.len().into()),
            ("first", first_name.as_str().into()),
        ];
        (!of.is_empty()).then(|| lang.with(key, &words))
    });
    let clauses: Vec<String> = clauses.collect();
    let sentence = clauses.join(&lang.t("summary-and"));
    (!clauses.is_empty()).then(|| format!("{}.", capital(&sentence)))
}

/// Between which thresholds acting on the first model brings more than any other course.
fn benefit(model: &ModelResult, lang: Lang) -> Option<String> {
    if model.decision_curve.is_empty() {
        return None;
    }
    let has_trial = model
        .decision_curve
        .iter()
        .any(|point| point.lead_trial.is_some());
    let rivals = lang.t(if has_trial {
        "summary-rivals-trial"
    } else {
        "summary-rivals"
    });
    Some(match best_span(model) {
        Some((from, to)) => lang.with(
            "summary-benefit",
            &[
                ("model", inner(model, lang).into()),
                ("rivals", rivals.into()),
                ("range", lang.percent_range(from, to).into()),
            ],
        ),
        None => lang.with(
            "summary-no-benefit",
            &[
                ("model", inner(model, lang).into()),
                ("rivals", rivals.into()),
            ],
        ),
    })
}

/// How far a patient's chance moves, and how many are undetermined.
fn moves(model: &ModelResult, lang: Lang) -> Option<String> {
    let n = model.patients.len();
    let undetermined = model
        .patients
        .iter()
        .filter(|one| one.stratum.is_none())
        .count();
    let words = [
        (
            "points",
            lang.number(100.0 * model.stability.mape, 0).into(),
        ),
        ("undetermined", lang.count(undetermined as i64).into()),
        ("n", lang.count(n as i64).into()),
    ];
    (n > 0 && model.stability.n_ok > 0).then(|| lang.with("summary-moves", &words))
}

/// A warning where cross-validation finds a much lower AUC than the corrected figure: with many
/// parameters for few patients the bootstrap leaves part of the optimism in.
fn doubted(model: &ModelResult, lang: Lang) -> Option<String> {
    let corrected = model.corrected.get(&Measure::Auc)?.estimate;
    let (crossed, _) = *model.cross_validated.get(&Measure::Auc)?;
    if crossed > corrected - MUCH_LOWER {
        return None;
    }
    Some(lang.with(
        "summary-doubted",
        &[
            ("model", inner(model, lang).into()),
            ("auc", lang.number(crossed, 2).into()),
        ],
    ))
}

/// A sentence on the calibration of a further model, only where it is poor.
fn badly_calibrated(model: &ModelResult, lang: Lang) -> Option<String> {
    let Estimate {
        estimate, limits, ..
    } = *model.corrected.get(&Measure::CalibrationSlope)?;
    let may_be_right = limits.is_some_and(|(low, high)| low <= 1.0 && high >= 1.0);
    if may_be_right || disagreeing_slope(model).is_some() {
        return None;
    }
    let slope = estimate;
    let key = match slope {
        s if s < 0.8 => "summary-other-extreme",
        s if s > 1.25 => "summary-other-timid",
        _ => return None,
    };
    let subject = lang.t(&format!("learner-{}.subject", model.learner.name()));
    Some(lang.with(
        key,
        &[
            ("model", subject.into()),
            ("slope", lang.number(slope, 2).into()),
        ],
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{LimitsBy, fixture};

    fn set(analysis: &mut Analysis, model: usize, measure: Measure, estimate: f64, half: f64) {
        analysis.models[model].corrected.insert(
            measure,
            Estimate {
                estimate,
                limits: Some((estimate - half, estimate + half)),
                limits_by: LimitsBy::FixedModel,
            },
        );
        let crossed = &mut analysis.models[model].cross_validated;
        crossed.insert(measure, (estimate, 0.01));
    }

    #[test]
    fn two_models_whose_intervals_overlap_are_said_to_be_indistinguishable() {
        let text = summary_sentence(&fixture::analysis(), Lang::En);
        assert_eq!(
            text,
            "The ridge model tells responders from others moderately (AUC 0.69, 0.63 to 0.75) and \
is a little too sure of itself (slope 0.88). This cohort can’t tell the forest (AUC \
             0.68, 0.62 to 0.74) and the ridge model apart. With the ridge model, acting on the \
             chances brings more than offering it to everyone or to no one, or following the lead \
             trial where a chance of 29 to 74% is enough to act. Training again on half of the \
             patients moves a patient’s chance by 7 points on average; 71 of 120 patients are \
             undetermined."
        );
        let french = summary_sentence(&fixture::analysis(), Lang::Fr);
        assert!(french.contains("0,69") && !french.contains('⟦'), "{french}");
    }

    #[test]
    fn a_model_whose_interval_reaches_one_half_is_not_praised() {
        let mut analysis = fixture::analysis();
        set(&mut analysis, 0, Measure::Auc, 0.58, 0.1);
        let text = summary_sentence(&analysis, Lang::En);
        assert!(text.contains("no better than chance"), "{text}");
    }

    #[test]
    fn two_validations_that_disagree_on_the_slope_are_both_named() {
        let mut analysis = fixture::analysis();
        set(&mut analysis, 0, Measure::CalibrationSlope, 2.08, 0.4);
        let crossed = &mut analysis.models[0].cross_validated;
        crossed.insert(Measure::CalibrationSlope, (1.1, 0.07));
        let text = summary_sentence(&analysis, Lang::En);
        let words = "its calibration is uncertain (slope 2.08 corrected, 1.10 cross-validated)";
        assert!(text.contains(words), "{text}");
    }

    #[test]
    fn a_slope_that_could_as_well_be_right_is_called_uncertain() {
        let mut analysis = fixture::analysis();
        set(&mut analysis, 0, Measure::CalibrationSlope, 1.9, 1.2);
        let text = summary_sentence(&analysis, Lang::En);
        assert!(
            text.contains("its calibration is uncertain (slope 1.90, 0.70 to 3.10)"),
            "{text}"
        );
    }

    #[test]
    fn a_model_that_did_not_converge_is_not_praised() {
        let mut analysis = fixture::maximum_likelihood();
        analysis.models[0].fit.converged = false;
        let text = summary_sentence(&analysis, Lang::En);
        assert!(text.starts_with("The forest tells"), "{text}");
        assert!(
            text.contains("The logistic model did not converge on this cohort: its figures"),
            "{text}"
        );
    }

    #[test]
    fn a_corrected_figure_far_above_the_cross_validated_one_is_doubted() {
        let mut analysis = fixture::analysis();
        let crossed = &mut analysis.models[0].cross_validated;
        crossed.insert(Measure::Auc, (0.55, 0.02));
        let text = summary_sentence(&analysis, Lang::En);
        assert!(text.contains("an AUC of only 0.55"), "{text}");
    }

    #[test]
    fn a_clearly_worse_model_is_said_to_be_worse() {
        let mut analysis = fixture::analysis();
        set(&mut analysis, 0, Measure::Auc, 0.8, 0.03);
        set(&mut analysis, 1, Measure::Auc, 0.6, 0.03);
        let text = summary_sentence(&analysis, Lang::En);
        assert!(
            text.contains("the forest (AUC 0.60, 0.57 to 0.63) does worse"),
            "{text}"
        );
    }

    #[test]
    fn a_model_without_an_auc_is_not_compared() {
        let mut analysis = fixture::analysis();
        analysis.models[1].corrected.remove(&Measure::Auc);
        for lang in Lang::ALL {
            let text = summary_sentence(&analysis, lang);
            assert!(!text.contains(['⟦', '{']), "{text}");
        }
    }

    #[test]
    fn every_class_of_sentence_exists_in_both_languages() {
        for auc in [0.4, 0.6, 0.7, 0.8, 0.9] {
            for slope in [0.5, 0.9, 1.0, 1.1, 1.6] {
                let mut analysis = fixture::maximum_likelihood();
                set(&mut analysis, 0, Measure::Auc, auc, 0.02);
                set(&mut analysis, 1, Measure::CalibrationSlope, slope, 0.02);
                set(&mut analysis, 0, Measure::CalibrationSlope, slope, 0.02);
                for lang in Lang::ALL {
                    let text = summary_sentence(&analysis, lang);
                    assert!(!text.contains(['⟦', '{']), "{text}");
                }
            }
        }
    }
}
