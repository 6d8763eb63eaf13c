//! The sections of a report that concern one model, and the table of patients.

use maud::{Markup, html};

use crate::analysis::{Analysis, GroupTest, ModelResult, PatientResult, Proportions, Term};
use crate::base::num::Interval;
use crate::base::text::Lang;
use crate::figure::palette;
use crate::report::blocks::{figure, head, note, table};
use crate::report::{ReportOptions, figures, json, movement, strata, subgroups, words};

/// Most predictors in the figure of importance.
const N_IMPORTANT: usize = 15;
/// Most patients in the table; all of them stand in `results.json`.
const N_PATIENTS: usize = 1000;

/// Width and height of two figures side by side, so that their words are of reading size on paper too.
const PAIR: (u32, u32) = (470, 510);

/// Everything about one model.
pub(super) fn model(analysis: &Analysis, position: usize, lang: Lang) -> Markup {
    let Some(model) = analysis.models.get(position) else {
        return html! {};
    };
    let n_domains = model.importance_by_domain.len() as u32;
    let n_bars = model.importance.len().min(N_IMPORTANT) as u32;
    let name = words::learner(model.learner, lang);
    html! {
        section.model id={ "model-" (model.learner.name()) } {
            h2 { (name) }
            p.quiet { (lang.t(&format!("learner-{}.definition", model.learner.name()))) }
            @if let Some(source) = words::source(model, lang) {
                (note(&lang.with("report-chances-from", &[("source", source.into())])))
            }
            (fit(analysis, model, lang))
            div.pair {
                (figure(&figures::calibration(analysis, position, lang), PAIR.0, PAIR.1, lang))
                (figure(&figures::instability(analysis, position, lang), PAIR.0, PAIR.1, lang))
            }
            (stability(model, lang))
            (coefficients(analysis, model, lang))
            h3 { (lang.t("report-importance")) }
            p { (lang.t("report-importance.definition")) }
            (figure(&figures::importance(analysis, position, N_IMPORTANT, lang), 880, 110 + 28 * n_bars.max(3), lang))
            @if model.importance.iter().any(|row| row.conditional.is_some()) {
                p { (lang.t("report-conditional")) }
                (figure(&figures::conditional_importance(analysis, position, N_IMPORTANT, lang), 880, 110 + 28 * n_bars.max(3), lang))
            }
            p { (lang.t("report-domains")) }
            (figure(&figures::importance_by_domain(analysis, position, lang), 880, 110 + 28 * n_domains.max(3), lang))
            (strata::section(analysis.settings.strata, model, lang))
            (figure(&figures::strip(analysis, position, None, lang), 880, 470, lang))
            (movement::section(analysis, position, lang))
            (thresholds(model, lang))
            (subgroups::section(analysis, position, lang))
        }
    }
}

fn fit(analysis: &Analysis, model: &ModelResult, lang: Lang) -> Markup {
    let fit = &model.fit;
    html! {
        @if let Some((alpha, lambda)) = fit.penalty {
            (note(&lang.with("report-penalty", &[
                ("alpha", lang.short(alpha).into()),
                ("lambda", lang.short(lambda).into()),
                ("rule", analysis.settings.penalty.rule.name().into()),
            ])))
        }
        @if !fit.converged || !fit.issues.is_empty() {
            ul.notices {
                @if !fit.converged { li { (lang.t("report-not-converged")) } }
                @for issue in &fit.issues {
                    li {
                        (lang.issue(issue))
                        @if let Some(remedy) = lang.remedy(issue) { span.remedy { (remedy) } }
                    }
                }
            }
        }
    }
}

fn stability(model: &ModelResult, lang: Lang) -> Markup {
    let stability = &model.stability;
    let n = stability.n_ok + stability.n_failed;
    let cuts: Vec<String> = stability
        .classification_instability
        .iter()
        .map(|(cut, share)| {
            lang.with(
                "report-stability-cut",
                &[
                    ("cut", lang.percent(*cut).into()),
                    ("share", lang.percent(*share).into()),
                ],
            )
        })
        .collect();
    html! {
        h3 { (lang.t("report-stability")) }
        p {
            (lang.with("report-stability-text", &[
                ("ok", lang.count(stability.n_ok as i64).into()),
                ("n", lang.count(n as i64).into()),
                ("mape", lang.number(100.0 * stability.mape, 1).into()),
            ]))
            @for cut in cuts { " " (cut) }
        }
    }
}

/// Odds ratios per sensible unit, each with its limits; a term without limits shows no odds ratio.
fn coefficients(analysis: &Analysis, model: &ModelResult, lang: Lang) -> Markup {
    if model.terms.is_empty() {
        return html! {};
    }
    let has_p = model.terms.iter().any(|term| term.p.is_some());
    let has_kept = model.terms.iter().any(|term| term.kept.is_some());
    let header = html! {
        (head("report-predictor", false, lang))
        (head("report-step", false, lang))
        (head("odds-ratio", true, lang))
        th.n scope="col" { (words::limits_name(model, lang)) }
        (head("report-log-odds", true, lang))
        @if has_p { (head("report-p", true, lang)) }
        @if has_kept { (head("report-kept", true, lang)) }
    };
    let has = [has_p, has_kept];
    let body = html! { @for term in &model.terms { (coefficient(analysis, term, has, lang)) } };
    html! {
        h3 { (lang.t("report-coefficients")) }
        (table(&header, &body))
        (note(&words::limits_definition(model, lang)))
        (likelihood(analysis, model, lang))
        (note(&lang.t("report-not-causal")))
    }
}

/// Likelihood-ratio tests, and how far the coefficients should be shrunk.
fn likelihood(analysis: &Analysis, model: &ModelResult, lang: Lang) -> Markup {
    let all = model
        .fit
        .likelihood_ratio
        .map(|test| (lang.t("report-all-predictors"), test));
    let single = model.tests.iter().map(|one| {
        let name = words::predictor(analysis, &one.variable);
        (name, one.test)
    });
    let sentence = |(name, test): (String, GroupTest)| {
        lang.with(
            "report-likelihood-ratio",
            &[
                ("name", name.into()),
                ("chi2", lang.number(test.chi2, 2).into()),
                ("df", lang.count(test.df as i64).into()),
                ("p", lang.p_value(test.p).into()),
            ],
        )
    };
    html! {
        @for test in all.into_iter().chain(single) { (note(&sentence(test))) }
        @if let Some(factor) = model.fit.shrinkage {
            (note(&lang.with("report-shrinkage", &[("factor", lang.number(factor, 2).into())])))
        }
    }
}

fn coefficient(
    analysis: &Analysis,
    term: &Term,
    [has_p, has_kept]: [bool; 2],
    lang: Lang,
) -> Markup {
    let (ratio, limits) = term.odds_ratio();
    let limits = limits.filter(|_| term.variable.is_some());
    html! {
        tr {
            th scope="row" { (words::term(analysis, term, lang)) }
            td { @if term.variable.is_some() { (step(analysis, term, lang)) } }
            td.n.strong { @if limits.is_some() { (odds(ratio, lang)) } @else { "–" } }
            td.n {
                @match limits {
                    Some((low, high)) => (lang.with("range", &[("low", odds(low, lang).into()), ("high", odds(high, lang).into())])),
                    None => "–",
                }
            }
            td.n { (lang.number(term.estimate, 3)) }
            @if has_p { td.n { (term.p.map_or_else(|| "–".to_owned(), |p| lang.p_value(p))) } }
            @if has_kept { td.n { (term.kept.map_or_else(|| "–".to_owned(), |kept| lang.percent(kept))) } }
        }
    }
}

/// An odds ratio with two decimals, or with three digits where it is large.
fn odds(ratio: f64, lang: Lang) -> String {
    if ratio < 100.0 {
        lang.number(ratio, 2)
    } else {
        lang.short(ratio)
    }
}

/// For which step an odds ratio is given.
fn step(analysis: &Analysis, term: &Term, lang: Lang) -> Markup {
    // A level is set against its reference in the name already.
    if term.level.is_some() || words::is_missing_indicator(term) {
        return html! {};
    }
    let predictor = analysis
        .predictors
        .iter()
        .find(|predictor| Some(&predictor.name) == term.variable.as_ref());
    let unit = predictor.map_or_else(String::new, |predictor| words::unit(predictor, lang));
    let per = |amount: f64| {
        let amount = lang.short(amount).into();
        lang.with(
            "report-step-number",
            &[("amount", amount), ("unit", unit.as_str().into())],
        )
    };
    let clinical = term.clinical_step.filter(|step| *step != term.or_unit);
    let clinical = clinical.and_then(|step| {
        let (ratio, limits) = term.odds_ratio_per(step);
        let (low, high) = limits?;
        let range = [
            ("low", odds(low, lang).into()),
            ("high", odds(high, lang).into()),
        ];
        let words = [
            ("step", per(step).into()),
            ("ratio", odds(ratio, lang).into()),
            ("range", lang.with("range", &range).into()),
        ];
        Some(lang.with("report-step-clinical", &words))
    });
    html! {
        (per(term.or_unit))
        @if let Some(clinical) = clinical { br; span.quiet.small { (clinical) } }
    }
}

/// A share with its Wilson limits: `62 % (48 to 74 %)`.
fn share(interval: Option<Interval>, lang: Lang) -> String {
    interval.map_or_else(
        || "–".to_owned(),
        |interval| {
            format!(
                "{} ({})",
                lang.percent(interval.estimate),
                lang.percent_range(interval.low, interval.high)
            )
        },
    )
}

fn thresholds(model: &ModelResult, lang: Lang) -> Markup {
    if model.thresholds.is_empty() {
        return html! {};
    }
    let header = html! {
        (head("report-threshold", false, lang))
        (head("report-sensitivity", true, lang))
        (head("report-specificity", true, lang))
        (head("report-ppv", true, lang))
        (head("report-npv", true, lang))
    };
    let row = |at: &Proportions| {
        html! {
            tr {
                th scope="row" { (lang.percent(at.threshold)) }
                @for value in [at.sensitivity, at.specificity, at.ppv, at.npv] { td.n { (share(value, lang)) } }
            }
        }
    };
    let body = html! { @for at in &model.thresholds { (row(at)) } };
    html! {
        h3 { (lang.t("report-thresholds")) }
        (table(&header, &body))
        (note(&lang.t("report-thresholds-note")))
    }
}

/// Patients for whom some predictor lies outside the range of the others.
pub(super) fn n_outside(analysis: &Analysis) -> usize {
    analysis.models.first().map_or(0, |model| {
        let patients = model.patients.iter();
        patients.filter(|p| !p.outside.is_empty()).count()
    })
}

/// All patients, by falling chance under the first model, with the chances of every model.
pub(super) fn patients(analysis: &Analysis, options: &ReportOptions) -> Markup {
    let lang = options.lang;
    let Some(first) = analysis.models.first().filter(|m| !m.patients.is_empty()) else {
        return html! {};
    };
    let mut order: Vec<usize> = (0..first.patients.len()).collect();
    order.sort_by(|&a, &b| {
        first.patients[b]
            .risk
            .total_cmp(&first.patients[a].risk)
            .then(a.cmp(&b))
    });
    let header = html! {
        (head("report-patient", false, lang))
        (head("report-observed", false, lang))
        @for model in &analysis.models {
            th scope="col" colspan="2" { (lang.with("report-chance-by", &[("model", words::learner(model.learner, lang).into())])) }
            (head("report-stratum", false, lang))
        }
        (head("report-outside", false, lang))
    };
    let body = html! {
        @for &at in order.iter().take(N_PATIENTS) {
            @let patient = &first.patients[at];
            tr {
                th scope="row" { (json::id(patient, at, options)) }
                td.whole { (figures::outcome_word(patient.observed, lang)) }
                @for model in 0..analysis.models.len() { (chance_cells(analysis, model, at, lang)) }
                td { (outside(analysis, patient)) }
            }
        }
    };
    html! {
        section id="patients" {
            h2 { (lang.t("report-patients")) }
            p { (lang.t("report-patients-intro")) }
            div.dense { (table(&header, &body)) }
            @if order.len() > N_PATIENTS {
                (note(&lang.with("report-patients-more", &[("n", (order.len() - N_PATIENTS).into())])))
            }
        }
    }
}

fn chance_cells(analysis: &Analysis, position: usize, at: usize, lang: Lang) -> Markup {
    let model = analysis.models.get(position);
    let found = model.and_then(|model| Some((model, model.patients.get(at)?)));
    let Some((model, patient)) = found else {
        return html! { td {} td {} td {} };
    };
    html! {
        td { (spread_bar(analysis, patient, position)) }
        td.n { (words::chance(patient, lang)) }
        td { span.tag { (words::stratum(model, patient, lang)) } }
    }
}

/// The chance as a dot with its spread on a line from 0 to 1, the cuts as ticks.
fn spread_bar(analysis: &Analysis, patient: &PatientResult, position: usize) -> Markup {
    let cuts = analysis.models.get(position).map(ModelResult::cuts);
    let at = |chance: f64| format!("{:.1}", 4.0 + 80.0 * chance.clamp(0.0, 1.0));
    let colour = palette::light(palette::model_role(position));
    html! {
        svg.bar width="88" height="14" viewBox="0 0 88 14" aria-hidden="true" {
            path d="M4 7h80" stroke=(palette::LINE) {}
            @for cut in cuts.iter().flat_map(|cuts| cuts.at()) { path d={ "M" (at(*cut)) " 2v10" } stroke="#9AA4AD" {} }
            path d={ "M" (at(patient.low)) " 7H" (at(patient.high)) } stroke=(colour) stroke-width="2" {}
            circle cx=(at(patient.risk)) cy="7" r="3.5" fill=(colour) {}
        }
    }
}

fn outside(analysis: &Analysis, patient: &PatientResult) -> String {
    let labels: Vec<String> = patient
        .outside
        .iter()
        .map(|name| words::predictor(analysis, name))
        .collect();
    labels.join(", ")
}
