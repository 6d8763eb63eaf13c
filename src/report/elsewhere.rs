//! Models on patients of another time or another cohort, in words: the tables that window and report share.

use crate::analysis::{Analysis, Judged, Measure};
use crate::base::text::Lang;
use crate::report::words;

/// The measures that are shown.
const SHOWN: [Measure; 5] = [
    Measure::Auc,
    Measure::CalibrationIntercept,
    Measure::CalibrationSlope,
    Measure::OeRatio,
    Measure::Brier,
];

/// Who was trained on and who was judged, and how.
#[derive(Clone, Debug, PartialEq)]
pub struct JudgedWords {
    /// Who was trained on and who is judged.
    pub intro: String,
    /// Titles of the table.
    pub header: Vec<String>,
    /// A row a model that was judged.
    pub rows: Vec<Vec<String>>,
    /// Why a model was not.
    pub notes: Vec<String>,
}

/// `None` where no date tells earlier from later patients.
pub fn later_words(analysis: &Analysis, lang: Lang) -> Option<JudgedWords> {
    let mut models = analysis.models.iter();
    let found = models.find_map(|model| model.later.as_ref())?;
    let judged = analysis
        .models
        .iter()
        .find_map(|model| model.later.as_ref()?.judged.as_ref());
    let n_later = judged.map_or(0, |judged| judged.n);
    let intro = lang.with(
        "report-later-intro",
        &[
            ("earlier", lang.count(found.n_earlier as i64).into()),
            ("events", lang.count(found.n_earlier_events as i64).into()),
            ("later", lang.count(n_later as i64).into()),
            ("day", words::day(&found.from, lang).into()),
            ("date", found.variable.as_str().into()),
        ],
    );
    let mut header = vec![lang.t("figure-model")];
    header.extend(SHOWN.map(|measure| words::measure(measure, lang)));
    let (mut rows, mut notes) = (Vec::new(), Vec::new());
    for model in &analysis.models {
        let name = words::learner(model.learner, lang);
        match model.later.as_ref().map(|later| later.judged.as_ref()) {
            Some(Some(judged)) if judged.figures.is_empty() => {
                let said = [
                    ("model", name.into()),
                    ("n", lang.count(judged.n as i64).into()),
                    ("events", lang.count(judged.n_events as i64).into()),
                ];
                notes.push(lang.with("report-judged-few", &said));
            }
            Some(Some(judged)) => rows.push(row(name, judged, lang)),
            Some(None) => {
                notes.push(lang.with("report-later-failed", &[("model", name.into())]));
            }
            None => {}
        }
    }
    Some(JudgedWords {
        intro,
        header,
        rows,
        notes,
    })
}

/// The models on another cohort; `None` where none was named.
pub fn external_words(analysis: &Analysis, lang: Lang) -> Option<JudgedWords> {
    let found = analysis.external.as_ref()?;
    let n = found.models.first().map_or(0, |(_, judged)| judged.n);
    let n_events = found
        .models
        .first()
        .map_or(0, |(_, judged)| judged.n_events);
    let intro = lang.with(
        "report-external-intro",
        &[
            ("file", found.file.as_str().into()),
            ("n", lang.count(n as i64).into()),
            ("all", lang.count(found.n_rows as i64).into()),
            ("events", lang.count(n_events as i64).into()),
        ],
    );
    let mut header = vec![lang.t("figure-model")];
    header.extend(SHOWN.map(|measure| words::measure(measure, lang)));
    let (mut rows, mut notes) = (Vec::new(), Vec::new());
    for (learner, judged) in &found.models {
        let name = words::learner(*learner, lang);
        if judged.figures.is_empty() {
            let said = [
                ("model", name.into()),
                ("n", lang.count(judged.n as i64).into()),
                ("events", lang.count(judged.n_events as i64).into()),
            ];
            notes.push(lang.with("report-judged-few", &said));
        } else {
            rows.push(row(name, judged, lang));
        }
    }
    let labels = |names: &mut dyn Iterator<Item = &String>| {
        let labels: Vec<String> = names.map(|name| words::predictor(analysis, name)).collect();
        lang.list(&labels)
    };
    let only = |said: bool, key: &str| said.then(|| lang.t(key));
    notes.extend(only(found.synthetic, "report-external-synthetic"));
    if found.n_same > 0 {
        let said = [
            ("same", lang.count(found.n_same as i64).into()),
            ("n", lang.count(n as i64).into()),
        ];
        notes.push(lang.with("report-external-same", &said));
    }
    if !found.corrected.is_empty() {
        let corrected = labels(&mut found.corrected.iter());
        notes.push(lang.with(
            "report-external-corrected",
            &[("columns", corrected.into())],
        ));
    }
    if !found.absent.is_empty() {
        let absent = labels(&mut found.absent.iter());
        notes.push(lang.with("report-external-absent", &[("predictors", absent.into())]));
    }
    if !found.unknown_levels.is_empty() {
        let unknown = labels(&mut found.unknown_levels.iter().map(|(name, _)| name));
        notes.push(lang.with("report-external-levels", &[("predictors", unknown.into())]));
    }
    Some(JudgedWords {
        intro,
        header,
        rows,
        notes,
    })
}

fn row(name: String, judged: &Judged, lang: Lang) -> Vec<String> {
    let cell = |measure: Measure| {
        let n_decimals = words::decimals(measure);
        match judged.figures.get(&measure) {
            Some((value, Some((low, high)))) => {
                let range = lang.range(*low, *high, n_decimals);
                format!("{} ({range})", lang.number(*value, n_decimals))
            }
            Some((value, None)) => lang.number(*value, n_decimals),
            None => "–".to_owned(),
        }
    };
    std::iter::once(name).chain(SHOWN.map(cell)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture;

    #[test]
    fn another_cohort_is_told_with_all_that_speaks_against_its_figures() {
        let mut analysis = fixture::analysis();
        assert_eq!(external_words(&analysis, Lang::En), None);
        let found = fixture::external(&analysis.models);
        analysis.external = Some(found);
        for lang in Lang::ALL {
            let words = external_words(&analysis, lang).expect("judged");
            assert_eq!(words.rows.len(), analysis.models.len());
            assert!(words.intro.contains("lille.xlsx"));
            assert_eq!(words.notes.len(), 4, "{:?}", words.notes);
            assert_eq!(words.notes[0], lang.t("report-external-synthetic"));
            assert!(words.notes[1].contains('3'));
            assert!(!format!("{words:?}").contains('⟦'));
        }
    }

    #[test]
    fn later_patients_are_judged_or_it_is_said_why_not() {
        let mut analysis = fixture::analysis();
        for lang in Lang::ALL {
            let found = later_words(&analysis, lang).expect("the fixture has dates");
            assert_eq!(found.rows.len(), analysis.models.len());
            assert!(found.rows[0][1].contains('('), "with limits");
            assert!(!format!("{found:?}").contains('⟦'));
        }
        let later = analysis.models[0].later.as_mut().expect("there");
        later.judged.as_mut().expect("judged").figures.clear();
        analysis.models[1].later.as_mut().expect("there").judged = None;
        let found = later_words(&analysis, Lang::En).expect("dates");
        assert!(found.rows.is_empty() && found.notes.len() == 2);
        analysis
            .models
            .iter_mut()
            .for_each(|model| model.later = None);
        assert_eq!(later_words(&analysis, Lang::En), None);
    }
}
