//! The comparison of learners in words: the table and the sentences that window, report and command line share.

use maud::{Markup, html};

use crate::analysis::{Analysis, Compared, Comparison, Contender, Difference, Standing};
use crate::base::text::Lang;
use crate::report::blocks::{note, table};

/// A comparison in words.
#[derive(Clone, Debug, PartialEq)]
pub struct ComparisonWords {
    /// What it comes to, one sentence for each standing that some model has.
    pub sentences: Vec<String>,
    /// Titles of the columns and what they mean; the first names the model.
    pub header: Vec<(String, String)>,
    /// One row a model, in the order of the comparison.
    pub rows: Vec<ComparedRow>,
    /// Models whose fits failed, with the reason.
    pub failures: Vec<String>,
    /// How it was made and what its limits leave out.
    pub about: String,
}

/// A model in a comparison.
#[derive(Clone, Debug, PartialEq)]
pub struct ComparedRow {
    /// Its name.
    pub name: String,
    /// What it is.
    pub definition: String,
    /// Whether it is for comparison only.
    pub is_challenger: bool,
    /// Its figures, in the order of the header.
    pub cells: Vec<String>,
}

/// A comparison in words.
pub fn comparison_words(comparison: &Comparison, lang: Lang) -> ComparisonWords {
    let column = |name: &str| {
        let key = format!("compare-{name}");
        (lang.t(&key), lang.t(&format!("{key}.definition")))
    };
    ComparisonWords {
        sentences: [Standing::Better, Standing::Alike, Standing::Worse]
            .into_iter()
            .filter_map(|standing| sentence(comparison, standing, lang))
            .collect(),
        header: ["model", "auc", "difference", "brier", "log-loss", "slope"]
            .map(column)
            .to_vec(),
        rows: comparison.models.iter().map(|one| row(one, lang)).collect(),
        failures: comparison
            .models
            .iter()
            .filter_map(|one| failure(one, comparison.n_folds, lang))
            .collect(),
        about: lang.with(
            "compare-about",
            &[("n", lang.count(comparison.n_folds as i64).into())],
        ),
    }
}

/// Name of a model inside a sentence.
fn inner(model: Contender, lang: Lang) -> String {
    lang.t(&format!("learner-{}.inner", model.name()))
}

/// A difference and its limits: `0.01` and `-0.04 to 0.06`. With a third decimal where a limit would round to 0 that is not.
fn apart(difference: &Difference, lang: Lang) -> (String, String) {
    let Difference {
        estimate,
        low,
        high,
    } = *difference;
    let nearest = low.abs().min(high.abs());
    let n_decimals = if nearest < 0.005 && !difference.holds_zero() {
        3
    } else {
        2
    };
    (
        lang.number(estimate, n_decimals),
        lang.range(low, high, n_decimals),
    )
}

/// The models of one standing, but for the first named one, with their differences; `None` where there is none.
fn sentence(comparison: &Comparison, standing: Standing, lang: Lang) -> Option<String> {
    let of_standing = comparison
        .models
        .iter()
        .filter(|one| one.standing == standing);
    let others: Vec<String> = of_standing
        .filter_map(|one| {
            let (estimate, limits) = apart(one.auc_difference.as_ref()?, lang);
            let words = [
                ("model", inner(one.model, lang).into()),
                ("apart", format!("{estimate}, {limits}").into()),
            ];
            Some(lang.with("compare-one", &words))
        })
        .collect();
    if others.is_empty() {
        return None;
    }
    let key = match standing {
        Standing::Better => "compare-better",
        Standing::Worse => "compare-worse",
        Standing::Alike | Standing::Unknown => "compare-alike",
    };
    Some(lang.with(
        key,
        &[
            ("first", inner(comparison.first, lang).into()),
            ("others", others.join("; ").into()),
        ],
    ))
}

fn row(one: &Compared, lang: Lang) -> ComparedRow {
    let number = |value: Option<f64>, n_decimals| {
        value.map_or_else(|| "–".to_owned(), |value| lang.number(value, n_decimals))
    };
    let difference = one.auc_difference.as_ref().map_or_else(
        || "–".to_owned(),
        |difference| {
            let (estimate, limits) = apart(difference, lang);
            format!("{estimate} ({limits})")
        },
    );
    let key = format!("learner-{}", one.model.name());
    ComparedRow {
        name: lang.t(&key),
        definition: lang.t(&format!("{key}.definition")),
        is_challenger: matches!(one.model, Contender::Challenger(_)),
        cells: vec![
            number(one.auc, 2),
            difference,
            number(one.brier, 3),
            number(one.log_loss, 3),
            number(one.calibration_slope, 2),
        ],
    }
}

/// How many fits of a model failed and why; `None` where none did.
fn failure(one: &Compared, n_folds: usize, lang: Lang) -> Option<String> {
    let why = one.failure.as_ref()?;
    Some(lang.with(
        "compare-failed",
        &[
            (
                "model",
                lang.t(&format!("learner-{}", one.model.name())).into(),
            ),
            ("failed", lang.count(one.n_failed as i64).into()),
            ("n", lang.count(n_folds as i64).into()),
            ("why", lang.issue(why).into()),
        ],
    ))
}

/// The section of the report; nothing where no comparison was asked for.
pub(super) fn section(analysis: &Analysis, lang: Lang) -> Markup {
    let Some(comparison) = &analysis.comparison else {
        return html! {};
    };
    let words = comparison_words(comparison, lang);
    let header = html! {
        @for (at, (title, definition)) in words.header.iter().enumerate() {
            th scope="col" class=[(at > 0).then_some("n")] { span title=(definition) { (title) } }
        }
    };
    let body = html! {
        @for row in &words.rows {
            tr {
                th scope="row" {
                    span title=(row.definition) { (row.name) }
                    @if row.is_challenger { br; span.quiet.small { (lang.t("compare-only")) } }
                }
                @for (at, cell) in row.cells.iter().enumerate() {
                    td.n.strong[at == 0] { (cell) }
                }
            }
        }
    };
    html! {
        section id="comparison" {
            h2 { (lang.t("report-comparison")) }
            @for sentence in &words.sentences { p { (sentence) } }
            (table(&header, &body))
            @for failure in &words.failures { (note(failure)) }
            (note(&words.about))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture;

    #[test]
    fn models_that_can_not_be_told_apart_are_said_to_be_so_with_their_difference() {
        let comparison = fixture::comparison();
        let words = comparison_words(&comparison, Lang::En);
        assert_eq!(
            words.sentences[0],
            "This cohort can’t tell the ridge model apart from these (difference in AUC, 95% interval): the forest \
             (\u{2212}0.01, \u{2212}0.05 to 0.03); naive Bayes (0.01, \u{2212}0.04 to 0.06). The simpler one is shown first."
        );
        assert!(
            words.sentences[1].contains("do worse"),
            "{:?}",
            words.sentences
        );
        assert_eq!(words.rows[0].name, "Ridge regression");
        assert!(!words.rows[0].is_challenger && words.rows[2].is_challenger);
        assert!(
            words.failures[0].contains("3 of 200"),
            "{:?}",
            words.failures
        );
    }

    #[test]
    fn a_limit_that_is_not_zero_is_not_printed_as_zero() {
        let words = |low, high| {
            let difference = Difference {
                estimate: (low + high) / 2.0,
                low,
                high,
            };
            apart(&difference, Lang::En).1
        };
        assert_eq!(words(-0.12, -0.002), "\u{2212}0.120 to \u{2212}0.002");
        assert_eq!(words(-0.12, 0.002), "\u{2212}0.12 to 0.00");
    }

    #[test]
    fn a_comparison_reads_in_both_languages_whatever_is_missing() {
        let mut comparison = fixture::comparison();
        for lang in Lang::ALL {
            let shown = format!("{:?}", comparison_words(&comparison, lang));
            assert!(
                !shown.contains(['⟦', '{']) || !shown.contains('⟦'),
                "{shown}"
            );
        }
        for one in &mut comparison.models {
            (one.auc, one.auc_difference) = (None, None);
            one.standing = Standing::Unknown;
        }
        let words = comparison_words(&comparison, Lang::Fr);
        assert!(words.sentences.is_empty());
        assert_eq!(words.rows[1].cells[..2], ["–", "–"]);
    }
}
