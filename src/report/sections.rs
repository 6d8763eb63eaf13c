//! The sections of a report that concern the whole analysis.

use std::borrow::Cow;

use maud::{Markup, html};

use crate::analysis::{Analysis, Measure, ModelResult, PredictorSummary, Sensitivity};
use crate::base::text::Lang;
use crate::cohort::Kind;
use crate::design::Curve;
use crate::outcome::{Fate, Flow, Leaving, Stage};
use crate::report::blocks::{defined, figure, head, note, table};
use crate::report::{figures, validation_sections, words};

/// Most findings of the check that are listed; beyond it they are counted.
const N_FINDINGS: usize = 60;

/// Who was analysed, and why the others were not: the inclusion flow chart.
pub(super) fn cohort(analysis: &Analysis, lang: Lang) -> Markup {
    let flow = flow_of(analysis);
    let count = |n: usize| lang.count(n as i64);
    let n_events = analysis.outcome.n_events;
    let n_others = analysis.cohort.n_analysed.saturating_sub(n_events);
    html! {
        section id="cohort" {
            h2 { (lang.t("report-cohort")) }
            ol.chart {
                @for stage in &flow.stages {
                    li {
                        div.box { b { (count(stage.n)) } (lang.t(&format!("flow-{}", stage.name))) }
                        @if !stage.leaving.is_empty() {
                            div.leaving {
                                @for (fate, key) in FATES {
                                    @if stage.leaving.iter().any(|l| l.fate == fate) {
                                        p { (lang.t(key)) }
                                        ul {
                                            @for leaving in stage.leaving.iter().filter(|l| l.fate == fate) {
                                                li { (count(leaving.n)) " " (leaving.words(lang)) }
                                            }
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
            }
            ol.flow {
                li { b { (count(analysis.cohort.n_analysed)) } (lang.t("report-flow-analysed")) }
                li {
                    b { (count(n_events)) }
                    (lang.with("report-flow-responders", &[("share", lang.percent(analysis.outcome.event_rate).into())]))
                }
                li {
                    b { (count(n_others)) } (lang.t("report-flow-others"))
                    ul {
                        @for leaving in flow.leaving().filter(|l| l.fate == Fate::NonResponder) {
                            li { (lang.t("flow-of-these")) " " (count(leaving.n)) " " (leaving.words(lang)) }
                        }
                    }
                }
            }
            @if let Some(sensitivity) = &analysis.outcome.sensitivity { (lost(sensitivity, lang)) }
        }
    }
}

/// What becomes of those who leave the main line, with the words above them.
const FATES: [(Fate, &str); 3] = [
    (Fate::Excluded, "flow-left-out"),
    (Fate::Unobserved, "flow-unknown"),
    (Fate::NonResponder, "flow-counted"),
];

/// The flow chart of an analysis; one that was saved before there was a chart has its counts only.
fn flow_of(analysis: &Analysis) -> Cow<'_, Flow> {
    let (cohort, outcome) = (&analysis.cohort, &analysis.outcome);
    if !outcome.flow.stages.is_empty() {
        return Cow::Borrowed(&outcome.flow);
    }
    let leaving = |reason: &str, why: Option<&String>, fate, n| Leaving {
        reason: reason.to_owned(),
        why: why.cloned(),
        fate,
        n,
    };
    let mut left: Vec<Leaving> = cohort
        .exclusions
        .iter()
        .map(|e| leaving(&e.reason, e.why.as_ref(), Fate::Excluded, e.n))
        .collect();
    let counted = [
        ("failed-trial", outcome.n_failed_trial),
        ("explanted", outcome.n_explanted),
    ];
    left.extend(counted.map(|(reason, n)| leaving(reason, None, Fate::NonResponder, n)));
    left.retain(|leaving| leaving.n > 0);
    let n_counted = outcome.n_failed_trial + outcome.n_explanted;
    let n_seen = cohort.n_analysed.saturating_sub(n_counted);
    let stage = |name: &str, n, leaving| Stage {
        name: name.to_owned(),
        n,
        leaving,
    };
    Cow::Owned(Flow {
        stages: vec![
            stage("file", cohort.n_rows, left),
            stage("observed", n_seen, Vec::new()),
        ],
        n_responders: outcome.n_events,
        n_non_responders: n_seen.saturating_sub(outcome.n_events),
    })
}

/// What the lost could change.
fn lost(sensitivity: &Sensitivity, lang: Lang) -> Markup {
    let rows = words::sensitivity(sensitivity, lang);
    let header =
        html! { (head("sensitivity-title", false, lang)) (head("flow-responders", true, lang)) };
    let body = html! {
        @for (name, _, share) in &rows { tr { th scope="row" { (name) } td.n { (share) } } }
    };
    html! {
        h3 { (lang.t("sensitivity-title")) }
        p { (words::sensitivity_lead(sensitivity, lang)) }
        (table(&header, &body))
        (note(&words::weighting(sensitivity, lang)))
    }
}

/// What a responder is.
pub(super) fn outcome(analysis: &Analysis, lang: Lang) -> Markup {
    let params = &analysis.settings.outcome;
    let criteria = words::criteria(params, lang);
    html! {
        section id="outcome" {
            h2 { (lang.t("report-outcome")) }
            p.lead { (words::outcome(params, lang)) }
            p { (words::formula(params, lang)) }
            @if let Some(source) = words::rule_source(&params.rule, lang) { p { (source) } }
            @if !criteria.is_empty() { ul { @for line in criteria { li { (line) } } } }
            p { (words::visit(params, lang)) }
            ul { @for line in words::handling(params, lang) { li { (line) } } }
            @if params.moment == crate::outcome::Moment::BeforeTrial && params.rule.month().is_some() {
                p { (lang.t("report-failed-trial-counts")) }
            }
            p.quiet { (words::label_version(&analysis.settings, lang)) }
            p.quiet { (lang.t("report-not-benefit")) }
        }
    }
}

/// Every predictor with its moment, missing values and parameters.
pub(super) fn predictors(analysis: &Analysis, lang: Lang) -> Markup {
    let header = html! {
        (head("report-predictor", false, lang))
        (head("report-timing", false, lang))
        (head("report-kind", false, lang))
        (head("report-form-column", false, lang))
        (head("report-distribution", false, lang))
        (head("report-missing", true, lang))
        (head("report-parameters", true, lang))
    };
    let body = html! {
        @for predictor in &analysis.predictors {
            tr {
                th scope="row" { (predictor.label) }
                td { (words::timing(predictor.timing, lang)) }
                td { (words::kind(predictor.kind, lang)) }
                td { (form(predictor, lang)) }
                td { (distribution(predictor, lang)) }
                td.n { (missing(predictor.n_missing, analysis.cohort.n_analysed, lang)) }
                td.n { (predictor.n_parameters) }
            }
        }
    };
    html! {
        section id="predictors" {
            h2 { (lang.t("report-predictors")) }
            (table(&header, &body))
            @if !analysis.interactions.is_empty() {
                (note(&lang.with(
                    "report-interactions",
                    &[("pairs", analysis.interactions.join("; ").into())],
                )))
            }
            (note(&specification(analysis, lang)))
            (note(&lang.t("report-predictors-note")))
        }
    }
}

/// How a predictor enters a logistic model.
fn form(predictor: &PredictorSummary, lang: Lang) -> String {
    match (predictor.kind, predictor.form.curve) {
        (Kind::Numeric, Curve::Linear) => lang.t("form-line"),
        (Kind::Numeric, Curve::Log) => lang.t("form-log"),
        (Kind::Numeric, Curve::Spline(n)) => {
            lang.with("form-spline", &[("n", usize::from(n).into())])
        }
        (Kind::Categorical, _) if predictor.form.least > 0 => {
            lang.with("form-pooled", &[("n", predictor.form.least.into())])
        }
        _ => String::new(),
    }
}

/// Whether the specification was locked, and what was changed after that.
fn specification(analysis: &Analysis, lang: Lang) -> String {
    let specification = &analysis.specification;
    let locked = specification.locked_at.as_deref();
    lang.with(
        "report-specification",
        &[
            ("hash", specification.hash.as_str().into()),
            ("locked", if locked.is_some() { "yes" } else { "no" }.into()),
            ("date", words::day(locked.unwrap_or_default(), lang).into()),
            ("n", specification.n_changes.into()),
        ],
    )
}

fn distribution(predictor: &PredictorSummary, lang: Lang) -> String {
    match predictor.quartiles {
        Some([low, middle, high]) => lang.with(
            "report-quartiles",
            &[
                ("median", lang.short(middle).into()),
                ("low", lang.short(low).into()),
                ("high", lang.short(high).into()),
                ("unit", words::unit(predictor, lang).into()),
            ],
        ),
        None => predictor.levels.join(", "),
    }
}

fn missing(n_missing: usize, n: usize, lang: Lang) -> String {
    if n_missing == 0 || n == 0 {
        return n_missing.to_string();
    }
    let share = lang.percent(n_missing as f64 / n as f64);
    format!("{} ({share})", lang.count(n_missing as i64))
}

/// Whether the cohort is large enough, by each criterion.
pub(super) fn sample_size(analysis: &Analysis, lang: Lang) -> Markup {
    let size = &analysis.sample_size;
    let count = |n: usize| lang.count(n as i64);
    let verdict = if size.n_available < size.n_required {
        "report-size-short"
    } else {
        "report-size-enough"
    };
    let sentence = lang.with(
        verdict,
        &[
            ("available", count(size.n_available).into()),
            ("required", count(size.n_required).into()),
            (
                "short",
                count(size.n_required.saturating_sub(size.n_available)).into(),
            ),
            ("parameters", size.n_parameters.into()),
            ("epp", lang.short(size.events_per_parameter).into()),
            ("auc", lang.number(size.assumed_auc, 2).into()),
            ("error", lang.number(100.0 * size.expected_mape, 1).into()),
        ],
    );
    let header =
        html! { (head("report-criterion", false, lang)) (head("report-required", true, lang)) };
    let body = html! {
        @for (name, n) in &size.criteria {
            tr { th scope="row" { (lang.t(&format!("criterion-{name}"))) } td.n { (count(*n)) } }
        }
    };
    html! {
        section id="sample-size" {
            h2 { (lang.t("report-sample-size")) }
            p { (sentence) }
            (table(&header, &body))
            p { (lang.with("report-size-budget", &[("n", size.budget.into())])) }
            (note(&lang.t("report-size-source")))
        }
    }
}

/// Corrected figures of all models side by side, the apparent ones greyed beside them.
pub(super) fn performance(analysis: &Analysis, lang: Lang) -> Markup {
    if analysis.models.is_empty() {
        return html! {};
    }
    html! {
        section id="performance" {
            h2 { (lang.t("report-performance")) }
            p { (lang.t("report-performance-intro")) }
            (corrected_table(analysis, lang))
            @for model in &analysis.models {
                (note(&words::auc_limits(model, lang)))
            }
            (validation_sections::permutation(analysis, lang))
            (validation_sections::prospect(analysis, lang))
            (validation_sections::calibrated(analysis, lang))
            (validation_sections::centres(analysis, lang))
            (validation_sections::elsewhere(analysis, lang))
            h3 { (lang.t("report-cross-validated")) }
            (cross_validated_table(analysis, lang))
            (note(&lang.t("report-monte-carlo")))
        }
    }
}

fn corrected_table(analysis: &Analysis, lang: Lang) -> Markup {
    let header = html! {
        th scope="col" { (lang.t("report-measure")) }
        @for model in &analysis.models {
            th.n scope="col" {
                (words::learner(model.learner, lang)) br;
                (defined(&words::correction(model, lang), Some(&lang.t(&format!("correction-{}.definition", model.corrected_method)))))
            }
            th.n.apparent scope="col" { (defined(&lang.t("report-apparent"), Some(&lang.t("report-apparent.definition")))) }
        }
    };
    let body = html! {
        @for measure in Measure::ALL {
            tr {
                th scope="row" {
                    (defined(&words::measure(measure, lang), Some(&words::measure_definition(measure, lang))))
                    @if measure == Measure::Auc && words::has_narrow_limits(analysis) { " " span.apparent { (lang.t("report-too-narrow")) } }
                }
                @for model in &analysis.models { (performance_cells(model, measure, lang)) }
            }
        }
        (resamples_row(analysis, lang))
    };
    table(&header, &body)
}

fn performance_cells(model: &ModelResult, measure: Measure, lang: Lang) -> Markup {
    let is_main = matches!(measure, Measure::Auc | Measure::CalibrationSlope);
    let corrected = model.corrected.get(&measure).map_or_else(
        || "–".to_owned(),
        |value| words::estimate(measure, value, lang),
    );
    let apparent = model.apparent.get(&measure).map_or_else(
        || "–".to_owned(),
        |value| lang.number(*value, words::decimals(measure)),
    );
    html! {
        td.n.strong[is_main] { (corrected) }
        td.n.apparent { (apparent) }
    }
}

fn resamples_row(analysis: &Analysis, lang: Lang) -> Markup {
    html! {
        tr {
            th scope="row" { (lang.t("report-resamples")) }
            @for model in &analysis.models {
                td.n {
                    (lang.with("report-resamples-ok", &[
                        ("ok", lang.count(model.n_resamples.saturating_sub(model.n_failed) as i64).into()),
                        ("n", lang.count(model.n_resamples as i64).into()),
                    ]))
                }
                td.n.apparent {}
            }
        }
    }
}

fn cross_validated_table(analysis: &Analysis, lang: Lang) -> Markup {
    let header = html! {
        th scope="col" { (lang.t("report-measure")) }
        @for model in &analysis.models { th.n scope="col" { (words::learner(model.learner, lang)) } }
    };
    let body = html! {
        @for measure in Measure::ALL {
            @if analysis.models.iter().any(|model| model.cross_validated.contains_key(&measure)) {
                tr {
                    th scope="row" { (words::measure(measure, lang)) }
                    @for model in &analysis.models {
                        td.n {
                            @match model.cross_validated.get(&measure) {
                                Some((mean, sd)) => {
                                    (lang.number(*mean, words::decimals(measure)))
                                    span.apparent { " ± " (lang.number(*sd, words::decimals(measure))) }
                                },
                                None => "–",
                            }
                        }
                    }
                }
            }
        }
    };
    table(&header, &body)
}

/// Net benefit of all models.
pub(super) fn decision(analysis: &Analysis, lang: Lang) -> Markup {
    html! {
        section id="decision" {
            h2 { (lang.t("report-decision")) }
            p { (lang.t("report-decision-intro")) }
            (figure(&figures::decision_curve(analysis, lang), 880, 440, lang))
            @if !analysis.outcome.has_lead_trial { p.quiet { (lang.t("report-lead-trial-absent")) } }
            @else { p.quiet { (lang.t("report-lead-trial-favoured")) } }
        }
    }
}

/// What the check of the file noticed.
pub(super) fn findings(analysis: &Analysis, lang: Lang) -> Markup {
    let issues = &analysis.cohort.issues;
    if issues.is_empty() {
        return html! {};
    }
    let header = html! {
        (head("report-finding-place", false, lang))
        (head("report-finding-what", false, lang))
    };
    let body = html! {
        @for issue in issues.iter().take(N_FINDINGS) {
            tr {
                td { (lang.place(&issue.place)) }
                td { (lang.issue(issue)) }
            }
        }
    };
    html! {
        section id="findings" {
            h2 { (lang.t("report-findings")) }
            (table(&header, &body))
            @if issues.len() > N_FINDINGS {
                (note(&lang.with("report-findings-more", &[("n", (issues.len() - N_FINDINGS).into())])))
            }
        }
    }
}
