//! The strata of a model in words: how they are cut, who is in them, how many of them responded.

use maud::{Markup, html};

use crate::analysis::{CutBy, ModelResult, StrataRule, Stratum};
use crate::base::text::Lang;
use crate::report::blocks::{head, note, table};

/// Titles of the columns of [`strata_rows`], by message.
pub const STRATA_COLUMNS: [&str; 6] = [
    "report-stratum",
    "report-chance-range",
    "report-patients-n",
    "report-responders",
    "report-observed-share",
    "report-mean-chance",
];

/// What a stratum is called: "response likely", "group 2 of 4", "undetermined".
pub fn stratum_name(stratum: &Stratum, lang: Lang) -> String {
    let Some((at, of)) = stratum.part() else {
        return lang.t(&format!("stratum-{}", stratum.name));
    };
    let place = match at {
        1 => "lowest",
        _ if at == of => "highest",
        _ => "between",
    };
    let args = [
        ("place", place.into()),
        ("at", at.into()),
        ("of", of.into()),
    ];
    lang.with("stratum-part", &args)
}

/// A row a stratum, lowest first, and one for the undetermined: name, range of chances, patients, responders, observed
/// share with its interval, mean chance. No rows for a model without strata.
pub fn strata_rows(model: &ModelResult, lang: Lang) -> Vec<[String; 6]> {
    let strata = model.strata.iter();
    let mut rows: Vec<[String; 6]> = strata
        .map(|stratum| row(stratum, lang.percent_range(stratum.from, stratum.to), lang))
        .collect();
    if !model.patients.is_empty() {
        rows.push(row(
            &model.undetermined(),
            lang.t("report-band-crosses"),
            lang,
        ));
    }
    rows
}

fn row(stratum: &Stratum, range: String, lang: Lang) -> [String; 6] {
    let nobody = || "–".to_owned();
    let share = stratum.observed.as_ref().map(|observed| {
        let limits = lang.percent_range(observed.low, observed.high);
        format!("{} ({limits})", lang.percent(observed.estimate))
    });
    let mean = stratum.mean_risk.map(|risk| lang.percent(risk));
    [
        stratum_name(stratum, lang),
        range,
        lang.count(stratum.n as i64),
        lang.count(stratum.n_events as i64),
        share.unwrap_or_else(nobody),
        mean.unwrap_or_else(nobody),
    ]
}

/// By which rule the strata of a model are cut, and where.
pub fn rule_words(rule: StrataRule, model: &ModelResult, lang: Lang) -> String {
    let cuts = model.cuts();
    let at: Vec<String> = cuts.at().iter().map(|cut| lang.percent(*cut)).collect();
    let cuts = at.join(", ");
    match rule.by {
        CutBy::Hand => lang.with("strata-by-hand", &[("cuts", cuts.into())]),
        CutBy::Threshold(_) => lang.with("strata-by-threshold", &[("cuts", cuts.into())]),
        CutBy::Quantiles(asked) => {
            let args = [("n", asked.into()), ("cuts", cuts.into())];
            let mut words = lang.with("strata-by-quantiles", &args);
            let parts = model.strata.len();
            if parts < asked {
                let args = [("asked", asked.into()), ("parts", parts.into())];
                words.push(' ');
                words.push_str(&lang.with("strata-fewer", &args));
            }
            words
        }
    }
}

/// The strata of a model in the report.
pub(super) fn section(rule: StrataRule, model: &ModelResult, lang: Lang) -> Markup {
    let header = html! {
        @for (at, key) in STRATA_COLUMNS.into_iter().enumerate() { (head(key, at > 1, lang)) }
    };
    let body = html! {
        @for row in strata_rows(model, lang) {
            tr {
                @for (at, cell) in row.iter().enumerate() {
                    @match at {
                        0 => th scope="row" { (cell) },
                        1 => td { (cell) },
                        _ => td.n { (cell) },
                    }
                }
            }
        }
    };
    html! {
        h3 { (lang.t("report-strata")) }
        p { (rule_words(rule, model, lang)) }
        (table(&header, &body))
        (note(&lang.t("report-strata-note")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{fixture, recut};

    fn rule(by: CutBy) -> StrataRule {
        StrataRule {
            by,
            ..StrataRule::default()
        }
    }

    #[test]
    fn every_rule_and_stratum_has_words_in_both_languages() {
        let analysis = fixture::analysis();
        for by in [CutBy::Hand, CutBy::Quantiles(3), CutBy::Threshold(0.4)] {
            let cut = recut(&analysis, rule(by)).expect("patients");
            let model = &cut.models[0];
            for lang in Lang::ALL {
                let words = rule_words(rule(by), model, lang);
                let rows = strata_rows(model, lang);
                assert_eq!(rows.len(), model.strata.len() + 1);
                assert!(!format!("{words} {rows:?}").contains('⟦'), "{words}");
                let html = section(rule(by), model, lang).into_string();
                assert!(html.contains(&words), "{html}");
            }
        }
    }

    #[test]
    fn parts_are_counted_from_the_lowest_chance() {
        let cut = recut(&fixture::analysis(), rule(CutBy::Quantiles(3))).expect("patients");
        let names: Vec<String> = cut.models[0]
            .strata
            .iter()
            .map(|stratum| stratum_name(stratum, Lang::En))
            .collect();
        assert_eq!(
            names,
            [
                "group 1 of 3, lowest chances",
                "group 2 of 3",
                "group 3 of 3, highest chances"
            ]
        );
    }

    #[test]
    fn parts_that_could_not_be_told_apart_are_said() {
        let mut analysis = fixture::analysis();
        for patient in &mut analysis.models[0].patients {
            patient.risk = 0.5;
        }
        let cut = recut(&analysis, rule(CutBy::Quantiles(4))).expect("patients");
        let words = rule_words(rule(CutBy::Quantiles(4)), &cut.models[0], Lang::En);
        assert!(words.ends_with("2 remain."), "{words}");
    }
}
