//! How a model does within groups of patients, in words: the table that window and report share.

use maud::{Markup, html};

use crate::analysis::{Analysis, LEAST_EVENTS, Measure, Shared, Subgroup, SubgroupFigures};
use crate::base::text::Lang;
use crate::report::blocks::{note, table};
use crate::report::words;

/// The table of one model: titles of the columns with what they mean, and a row a group.
pub type SubgroupTable = (Vec<(String, String)>, Vec<Vec<String>>);

/// The groups of one model; no rows where the cohort knows no group, or nothing of the model.
pub fn subgroup_table(analysis: &Analysis, model: usize, lang: Lang) -> SubgroupTable {
    let plain = |key: &str| (lang.t(key), String::new());
    let measured = |measure| {
        (
            words::measure(measure, lang),
            words::measure_definition(measure, lang),
        )
    };
    let cut = analysis
        .models
        .get(model)
        .map_or(0.5, |one| one.cuts().lowest());
    let cut = lang.percent(cut);
    let header = vec![
        plain("subgroup-group"),
        plain("subgroup-n"),
        plain("subgroup-events"),
        // Known by these letters in both languages, and short.
        (
            "AUC".to_owned(),
            words::measure_definition(Measure::Auc, lang),
        ),
        (
            "O/E".to_owned(),
            words::measure_definition(Measure::OeRatio, lang),
        ),
        measured(Measure::CalibrationIntercept),
        measured(Measure::CalibrationSlope),
        (
            lang.with("subgroup-net-benefit", &[("cut", cut.into())]),
            lang.t("subgroup-net-benefit.definition"),
        ),
    ];
    let learner = analysis.models.get(model).map(|model| model.learner);
    let rows = analysis.subgroups.iter().filter(|_| learner.is_some());
    let rows = rows.map(|group| {
        let of_model = |one: &&SubgroupFigures| Some(one.learner) == learner;
        row(group, group.models.iter().find(of_model), lang)
    });
    (header, rows.collect())
}

fn row(group: &Subgroup, figures: Option<&SubgroupFigures>, lang: Lang) -> Vec<String> {
    let number = |value: Option<f64>, n_decimals| {
        value.map_or_else(|| "–".to_owned(), |value| lang.number(value, n_decimals))
    };
    let of = |pick: fn(&SubgroupFigures) -> Option<f64>| figures.and_then(pick);
    vec![
        name(group, lang),
        lang.count(group.n as i64),
        lang.count(group.n_events as i64),
        number(of(|f| f.auc), 2),
        number(of(|f| f.oe_ratio), 2),
        number(of(|f| f.calibration_intercept), 2),
        number(of(|f| f.calibration_slope), 2),
        number(of(|f| Some(f.net_benefit)), 3),
    ]
}

/// "Sex: F", "Age: 50 to 64", "Centre: not known".
fn name(group: &Subgroup, lang: Lang) -> String {
    let years = |age: u32| (age as usize).into();
    let shared = match &group.shared {
        Shared::Level(level) => level.clone(),
        Shared::Unknown => lang.t("subgroup-unknown"),
        Shared::Ages(None, None) => String::new(),
        Shared::Ages(None, Some(below)) => lang.with("subgroup-below", &[("age", years(*below))]),
        Shared::Ages(Some(from), None) => lang.with("subgroup-from", &[("age", years(*from))]),
        Shared::Ages(Some(from), Some(below)) => lang.with(
            "subgroup-between",
            &[
                ("from", years(*from)),
                ("to", years(below.saturating_sub(1))),
            ],
        ),
    };
    lang.with(
        "subgroup-name",
        &[
            ("label", group.label.as_str().into()),
            ("shared", shared.into()),
        ],
    )
}

/// Why some groups show no figures, and how the others are to be read.
pub fn subgroup_note(lang: Lang) -> String {
    lang.with("subgroup-about", &[("least", LEAST_EVENTS.into())])
}

/// The table of a model in the report; nothing where the cohort knows no group.
pub(super) fn section(analysis: &Analysis, model: usize, lang: Lang) -> Markup {
    let (header, rows) = subgroup_table(analysis, model, lang);
    if rows.is_empty() {
        return html! {};
    }
    let header = html! {
        @for (at, (title, definition)) in header.iter().enumerate() {
            th scope="col" class=[(at > 0).then_some("n")] {
                span title=[(!definition.is_empty()).then_some(definition)] { (title) }
            }
        }
    };
    let body = html! {
        @for row in &rows {
            tr {
                @for (at, cell) in row.iter().enumerate() {
                    @if at == 0 { th scope="row" { (cell) } } @else { td.n { (cell) } }
                }
            }
        }
    };
    html! {
        h3 { (lang.t("subgroup-title")) }
        (table(&header, &body))
        (note(&subgroup_note(lang)))
    }
}
