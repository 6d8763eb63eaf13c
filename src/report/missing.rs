//! The section on imputed values, and the words of the sensitivity analysis for paper and screen.

use maud::{Markup, html};

use crate::analysis::{Analysis, DeltaRow, MissingSummary, Term};
use crate::base::issue::Arg;
use crate::base::text::Lang;
use crate::report::blocks::{figure, note, table};
use crate::report::figures::{self, signed};
use crate::report::words;

/// Most predictors whose imputed values are drawn on paper; the window has all of them.
const N_SHOWN: usize = 6;

/// What was imputed, and how far the models hang on it; nothing where gaps are filled once.
pub(super) fn section(analysis: &Analysis, lang: Lang) -> Markup {
    let Some(summary) = &analysis.missing else {
        return html! {};
    };
    html! {
        section id="imputation" {
            h2 { (lang.t("report-imputation")) }
            p { (how(analysis, lang)) }
            @for at in most_missing(summary) {
                (figure(&figures::imputed_values(analysis, at, lang), 640, 300, lang))
            }
            @if summary.distributions.len() > N_SHOWN {
                (note(&lang.with("report-imputation-shown", &[("n", N_SHOWN.into())])))
            }
            @if !summary.distributions.is_empty() { (note(&lang.t("report-imputation-note"))) }
            @if let Some((title, header, rows)) = delta_table(analysis, lang) {
                h3 { (title) }
                (table(
                    &html! { @for name in &header { th scope="col" { (name) } } },
                    &html! { @for row in &rows { tr { @for cell in row { td { (cell) } } } } },
                ))
                (note(&lang.t("report-delta-note")))
            }
        }
    }
}

/// Positions of the distributions that are printed, most missing values first.
fn most_missing(summary: &MissingSummary) -> Vec<usize> {
    let mut order: Vec<usize> = (0..summary.distributions.len()).collect();
    order.sort_by_key(|&at| std::cmp::Reverse(summary.distributions[at].n_missing));
    order.truncate(N_SHOWN);
    order
}

/// How the values were imputed, in a sentence; empty where they were not.
pub fn how(analysis: &Analysis, lang: Lang) -> String {
    let Some(summary) = &analysis.missing else {
        return String::new();
    };
    let params = summary.params;
    let args: [(&str, Arg); 3] = [
        ("m", params.n_imputations.into()),
        ("rounds", params.n_iterations.into()),
        (
            "visit",
            lang.t(&format!("visit-{}", params.visit.name())).into(),
        ),
    ];
    lang.with("report-imputation-how", &args)
}

/// Title, header and rows of the sensitivity analysis: the shift, the odds ratio of the shifted
/// variable, the apparent AUC, the odds ratios of the others. `None` where there was none.
pub fn delta_table(
    analysis: &Analysis,
    lang: Lang,
) -> Option<(String, Vec<String>, Vec<Vec<String>>)> {
    let plan = analysis.settings.delta.as_ref()?;
    let deltas = &analysis.missing.as_ref()?.deltas;
    let first = deltas.first()?;
    let label = words::predictor(analysis, &plan.variable);
    let mut header = vec![lang.with("report-delta", &[("predictor", label.as_str().into())])];
    let is_shifted = |term: &&Term| term.variable.as_ref() == Some(&plan.variable);
    let is_other = |term: &&Term| term.variable.is_some() && !is_shifted(term);
    let name = |term: &Term| words::term(analysis, term, lang);
    header.extend(first.terms.iter().filter(is_shifted).map(name));
    header.push(lang.t("report-delta-auc"));
    header.extend(first.terms.iter().filter(is_other).map(name));
    let row = |row: &DeltaRow| {
        let auc = row.auc.map_or_else(String::new, |auc| lang.number(auc, 3));
        let mut cells = vec![signed(row.delta, 2, lang)];
        cells.extend(
            row.terms
                .iter()
                .filter(is_shifted)
                .map(|term| ratio(term, lang)),
        );
        cells.push(auc);
        cells.extend(
            row.terms
                .iter()
                .filter(is_other)
                .map(|term| ratio(term, lang)),
        );
        cells
    };
    let title = lang.with("report-delta-title", &[("predictor", label.into())]);
    Some((title, header, deltas.iter().map(row).collect()))
}

/// Odds ratio with its limits.
fn ratio(term: &Term, lang: Lang) -> String {
    let (ratio, limits) = term.odds_ratio();
    match limits {
        Some((low, high)) => format!("{} ({})", lang.number(ratio, 2), lang.range(low, high, 2)),
        None => lang.number(ratio, 2),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture;

    #[test]
    fn the_imputation_and_its_sensitivity_are_worded_in_both_languages() {
        let analysis = fixture::imputed();
        for lang in Lang::ALL {
            let section = section(&analysis, lang).into_string();
            assert!(!section.contains('⟦'), "{section}");
            assert!(section.contains("<svg"));
            let (_, header, rows) = delta_table(&analysis, lang).expect("it was asked for");
            assert_eq!(rows.len(), 3);
            assert!(rows.iter().all(|row| row.len() == header.len()));
        }
        let plain = fixture::analysis();
        assert!(section(&plain, Lang::En).into_string().is_empty());
        assert_eq!(delta_table(&plain, Lang::En), None);
    }
}
