//! Rules about single values: blank where required, not what the column is, outside the usual range, wrong
//! calculation, not of this sex.

use std::collections::BTreeSet;

use crate::base::issue::Issue;
use crate::cohort::{Cohort, Kind, Variable, header, variable_named};
use crate::dictionary;
use crate::review::columns::{find_any, is_female, named, yes_or_no};
use crate::review::raised::Raised;
use crate::review::rules::Scene;

/// A number as the source writes it.
pub(super) fn written(cohort: &Cohort, value: f64) -> String {
    let text = value.to_string();
    if cohort.source.decimal_mark == Some(',') {
        text.replace('.', ",")
    } else {
        text
    }
}

/// Blank cells of required variables and of the identifier.
pub(super) fn required(scene: &Scene<'_>) -> Vec<Raised> {
    let cohort = scene.cohort;
    let mut raised = Vec::new();
    let mut wanted = BTreeSet::new();
    let mut variables = cohort.variables.iter();
    wanted.extend(variables.position(|v| v.kind == Kind::Identifier));
    for name in &scene.params.required {
        match variable_named(cohort, name) {
            Some(idx) => {
                wanted.insert(idx);
            }
            None => raised.push(Raised {
                variable: None,
                row: None,
                issue: Issue::warning("required-unknown").found(name),
                rule: None,
            }),
        }
    }
    for idx in wanted {
        let Some(variable) = cohort.variables.get(idx) else {
            continue;
        };
        if cohort.n_missing(&variable.name) == 0 {
            continue;
        }
        let unread = unread_rows(cohort, variable);
        let is_blank = blanks(cohort, variable);
        let blank = scene
            .rows()
            .filter(|row| is_blank(*row) && !unread.contains(row));
        raised.extend(
            blank.map(|row| Raised::at(idx, variable, row, Issue::warning("blank-required"))),
        );
    }
    raised
}

fn unread_rows(cohort: &Cohort, variable: &Variable) -> BTreeSet<usize> {
    let cells = cohort.unread.get(&variable.name).into_iter().flatten();
    cells.map(|(row, _)| *row as usize).collect()
}

/// Tells which cells of a column are missing.
pub(in crate::review) fn blanks(cohort: &Cohort, variable: &Variable) -> impl Fn(usize) -> bool {
    let missing: Vec<bool> = match cohort.numbers(&variable.name) {
        Ok(numbers) => numbers.iter().map(|x| x.is_nan()).collect(),
        Err(_not_numbers) => {
            let texts = cohort.text_refs(&variable.name).unwrap_or_default();
            texts.iter().map(Option::is_none).collect()
        }
    };
    move |row| missing.get(row).copied().unwrap_or(true)
}

/// Cells whose text is not what the column is; those that the import lists have its words already.
pub(super) fn unread(
    scene: &Scene<'_>,
    idx: usize,
    variable: &Variable,
    known: &[&Raised],
) -> Vec<Raised> {
    let listed: BTreeSet<usize> = known.iter().filter_map(|raised| raised.row).collect();
    let cells = scene
        .cohort
        .unread
        .get(&variable.name)
        .into_iter()
        .flatten();
    let cells = cells.map(|(row, text)| (*row as usize, text));
    let fresh = cells.filter(|(row, _)| {
        !listed.contains(row) && scene.looked_at.get(*row).copied().unwrap_or(false)
    });
    fresh
        .map(|(row, text)| {
            let code = match variable.kind {
                Kind::Numeric => "number-unreadable",
                Kind::Date => "date-unreadable",
                _ => "not-of-kind",
            };
            let issue = Issue::new(crate::base::issue::Severity::Warning, code).found(text);
            Raised::at(idx, variable, row, issue)
        })
        .collect()
}

/// Every value outside the plausible range; what is taken for a missing code is not called out of range too.
pub(super) fn out_of_range(
    scene: &Scene<'_>,
    idx: usize,
    variable: &Variable,
    known: &[&Raised],
) -> Vec<Raised> {
    let Some((low, high)) = variable.range.filter(|_| variable.kind == Kind::Numeric) else {
        return Vec::new();
    };
    let values = scene.cohort.numbers(&variable.name).unwrap_or_default();
    // A cell with a repair is asked about once; codes are told by their text, in every row.
    let doubted = || {
        known
            .iter()
            .filter(|raised| dictionary::is_repair(&raised.issue.code))
    };
    if doubted().any(|raised| raised.row.is_none()) {
        return Vec::new();
    }
    let repaired: BTreeSet<usize> = doubted().filter_map(|raised| raised.row).collect();
    let suspected = doubted().filter(|raised| raised.issue.code == "missing-code-suspected");
    let codes: BTreeSet<&str> = suspected.filter_map(|r| r.issue.found.as_deref()).collect();
    let outside = scene.rows().filter_map(|row| {
        let value = *values.get(row)?;
        let is_outside = (value < low || value > high) && !repaired.contains(&row);
        is_outside.then_some((row, value))
    });
    outside
        .map(|(row, value)| (row, written(scene.cohort, value)))
        .filter(|(_, text)| !codes.contains(text.as_str()))
        .map(|(row, text)| {
            let issue = Issue::warning("out-of-range").found(&text);
            Raised::at(
                idx,
                variable,
                row,
                issue.with("low", low).with("high", high),
            )
        })
        .collect()
}

/// The body mass index against height and weight. Both are written to the unit, and the index to one decimal or
/// to none, so that half a point (or one) of difference says nothing.
pub(super) fn body_mass(scene: &Scene<'_>) -> Vec<Raised> {
    let cohort = scene.cohort;
    let numbers = |(idx, variable): (usize, &Variable)| {
        let values = cohort.numbers(&variable.name).ok()?;
        Some((idx, values))
    };
    let bmi = find_any(cohort, "bmi").and_then(numbers);
    let height = named(cohort, "height", &["height", "taille"]).and_then(numbers);
    let weight = named(cohort, "weight", &["weight", "poids"]).and_then(numbers);
    let (Some((idx, bmi)), Some((_, height)), Some((_, weight))) = (bmi, height, weight) else {
        return Vec::new();
    };
    let Some(variable) = cohort.variables.get(idx) else {
        return Vec::new();
    };
    let is_whole = bmi.iter().all(|x| x.is_nan() || x.fract() == 0.0);
    let tolerance = if is_whole { 1.05 } else { 0.55 };
    let computed = |row: usize| {
        let height = *height.get(row)?;
        let metres = if height > 3.0 { height / 100.0 } else { height };
        let computed = weight.get(row)? / (metres * metres);
        (computed.is_finite() && (5.0..200.0).contains(&computed)).then_some(computed)
    };
    let differs = scene.rows().filter_map(|row| {
        let own = bmi.get(row).copied().filter(|x| !x.is_nan())?;
        let computed = computed(row)?;
        ((own - computed).abs() > tolerance).then_some((row, own, computed))
    });
    differs
        .map(|(row, own, computed)| {
            let issue = Issue::warning("bmi-differs")
                .found(&written(cohort, own))
                .with("computed", (computed * 10.0).round() / 10.0);
            Raised::at(idx, variable, row, issue)
        })
        .collect()
}

/// Words of headers that concern one sex only.
const OF_MEN: [&str; 8] = [
    "prostate",
    "prostatique",
    "prostatic",
    "psa",
    "testicule",
    "testicular",
    "testicle",
    "prostatectomie",
];
const OF_WOMEN: [&str; 14] = [
    "pregnant",
    "pregnancy",
    "pregnancies",
    "grossesse",
    "grossesses",
    "enceinte",
    "menopause",
    "menopausee",
    "menopausal",
    "uterus",
    "hysterectomy",
    "hysterectomie",
    "allaitement",
    "breastfeeding",
];

/// Values in a column that concerns the other sex; "no" and 0 are no such values.
pub(super) fn of_one_sex(scene: &Scene<'_>) -> Vec<Raised> {
    let cohort = scene.cohort;
    let sex = find_any(cohort, "sex").and_then(|(_, v)| cohort.text_refs(&v.name).ok());
    let Some(sex) = sex else {
        return Vec::new();
    };
    let mut raised = Vec::new();
    for (idx, variable) in cohort.variables.iter().enumerate() {
        let words = header::words(&variable.origin.header);
        let has = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
        let (of_men, of_women) = (has(&OF_MEN), has(&OF_WOMEN));
        if of_men == of_women || variable.kind == Kind::Identifier {
            continue;
        }
        for row in scene.rows() {
            let female = sex.get(row).copied().flatten().and_then(is_female);
            if female != Some(of_men) {
                continue;
            }
            let found = cohort.cell(row, &variable.name);
            let text = found.map(|cell| crate::cohort::cell_text(&cell));
            let says = |text: &String| {
                let none = [
                    "na",
                    "n a",
                    "so",
                    "sans objet",
                    "not applicable",
                    "non applicable",
                ];
                yes_or_no(text) != Some(false) && !none.contains(&header::fold(text).as_str())
            };
            if let Some(text) = text.filter(says) {
                let issue = Issue::warning("of-other-sex")
                    .found(&text)
                    .with("sex", if of_men { "female" } else { "male" });
                raised.push(Raised::at(idx, variable, row, issue));
            }
        }
    }
    raised
}
