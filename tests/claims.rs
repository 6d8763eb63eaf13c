//! No sentence on the page of a patient claims more than the numbers, for every patient of the sample cohorts.

use std::collections::BTreeSet;

use prognostim::analysis::{
    Analysis, DomainCheck, ForestSettings, Live, PatientResult, Plan, Settings, Values, Who, run,
};
use prognostim::base::task::TaskHandle;
use prognostim::base::text::Lang;
use prognostim::cohort::Cohort;
use prognostim::dictionary;
use prognostim::import::{ImportOptions, read_bytes};
use prognostim::outcome::{Outcome, decide};
use prognostim::report::meeting::{MeetingPage, Subject};
use prognostim::simulate::sample;

/// A sample, read as any file is, and a short analysis of it.
fn analysed(name: &str) -> (Cohort, Outcome, Analysis) {
    let file = sample(name).expect("as it is");
    let (options, task) = (ImportOptions::default(), TaskHandle::unattended());
    let mut cohort = read_bytes(file.file, &file.bytes, &options, &task).expect("as it is");
    dictionary::annotate(&mut cohort);
    dictionary::accept(&mut cohort, &BTreeSet::from(["all".to_owned()])).expect("as it is");
    let settings = settings();
    let outcome = decide(&cohort, &settings.outcome).expect("as it is");
    let now = "2026-11-21T09:00:00Z";
    let analysis = run(&cohort, &settings, now, &task).expect("as it is");
    (cohort, outcome, analysis)
}

fn settings() -> Settings {
    Settings {
        plan: Plan {
            n_bootstraps: 20,
            n_repeats: 2,
            n_half_samples: 30,
            ..Plan::default()
        },
        forest: ForestSettings {
            n_trees: 60,
            ..Settings::default().forest
        },
        ..Settings::default()
    }
}

/// Words that promise, or that make a cause of what a model uses.
const TOO_MUCH: [&str; 22] = [
    "because",
    "due to",
    "thanks to",
    "will respond",
    "will benefit",
    "guarantee",
    "proves",
    "certainly",
    "risk of response",
    "confidence",
    "causes",
    "leads to",
    "parce que",
    "grâce à",
    "va répondre",
    "répondra",
    "garanti",
    "prouve",
    "certainement",
    "risque de réponse",
    "provoque",
    "entraîne une",
];

fn all_words(page: &MeetingPage) -> String {
    let reasons = page.reasons.iter().flat_map(|part| {
        let lines = part.lines.iter().map(|reason| reason.words.clone());
        std::iter::once(part.title.clone()).chain(lines)
    });
    let mut words: Vec<String> = reasons.collect();
    words.extend([&page.frequency, &page.stratum, &page.sum, &page.alike_lead].map(String::clone));
    words.extend(
        page.others
            .iter()
            .chain(&page.trial)
            .chain(&page.unusual)
            .cloned(),
    );
    words.extend(page.covered.clone());
    words.join("\n").to_lowercase()
}

fn numbers(text: &str) -> Vec<f64> {
    text.replace(',', ".")
        .split(|c: char| !(c.is_ascii_digit() || c == '.'))
        .filter_map(|part| part.trim_end_matches('.').parse().ok())
        .collect()
}

/// Holds what the page says against the numbers behind it.
fn check(page: &MeetingPage, subject: &Subject<'_>, lang: Lang) {
    let shown = &subject.shown;
    let said = all_words(page);
    for word in TOO_MUCH {
        assert!(!said.contains(word), "{}: “{word}” in {said}", page.id);
    }
    assert!(!said.contains('⟦'), "{said}");
    let [tenths, _] = numbers(&page.frequency).try_into().unwrap_or([10.0; 2]);
    if !(0.05..=0.95).contains(&shown.risk) {
        assert!(page.frequency.contains("10") || tenths >= 10.0);
    } else {
        assert!(
            (tenths / 10.0 - shown.risk).abs() <= 0.05 + 1e-9,
            "{}",
            page.frequency
        );
    }
    assert!((page.of_hundred as f64 / 100.0 - shown.risk).abs() <= 0.005 + 1e-9);
    let [low, high] = numbers(&page.range).try_into().expect("as it is");
    let chance = numbers(&page.number)[0];
    assert!(
        low <= chance && chance <= high,
        "{} in {}",
        page.number,
        page.range
    );
    assert_eq!(
        [low, high],
        [shown.low, shown.high].map(|x| (100.0 * x).round())
    );
    match shown.stratum {
        None => assert!(page.undetermined),
        Some(at) => {
            let stratum = &subject.result.strata[at];
            let inside = stratum.from <= shown.low && shown.high <= stratum.to;
            assert!(
                inside && !page.undetermined,
                "{}: {}",
                page.id,
                page.stratum
            );
        }
    }
    for reason in page.reasons.iter().flat_map(|part| &part.lines) {
        assert_eq!(reason.raises, shown.contributions[reason.predictor] > 0.0);
    }
    let is_far = shown.domain_check.as_ref().is_some_and(DomainCheck::is_far);
    assert_eq!(page.covered.is_some(), is_far || !shown.outside.is_empty());
    check_models(page, subject, lang);
    check_neighbours(page, subject, lang);
}

fn check_models(page: &MeetingPage, subject: &Subject<'_>, lang: Lang) {
    let apart = |other: &PatientResult| (other.risk - subject.shown.risk).abs();
    let farthest = subject.others.iter().map(|(_, other)| apart(other));
    let Some(farthest) = farthest.reduce(f64::max) else {
        return;
    };
    let points = lang.number(100.0 * farthest, 0);
    let sentence = |key: &str| lang.with(key, &[("points", points.as_str().into())]);
    let last = page.others.last().expect("as it is");
    assert_eq!(*last == sentence("models-agree"), farthest < 0.05, "{last}");
    assert!(last.contains(&points));
}

fn check_neighbours(page: &MeetingPage, subject: &Subject<'_>, lang: Lang) {
    let patients = &subject.result.patients;
    let n_events = page.alike.iter().filter(|(at, _)| patients[*at].observed);
    let counts = [
        ("n", page.alike.len().into()),
        ("responded", n_events.count().into()),
    ];
    if !page.alike.is_empty() {
        assert_eq!(page.alike_lead, lang.with("alike-lead", &counts));
    }
}

fn check_trial(page: &MeetingPage, subject: &Subject<'_>, outcome: &Outcome, lang: Lang) {
    let Some(trials) = &outcome.lead_trial else {
        assert_eq!(page.trial, [lang.t("trial-none")]);
        return;
    };
    let asked = Some(subject.trial.unwrap_or(true));
    let same = trials
        .iter()
        .zip(&outcome.y)
        .filter(|(trial, _)| **trial == asked);
    let (mut n, mut n_events) = (0, 0);
    for (_, responded) in same {
        n += 1;
        n_events += usize::from(*responded);
    }
    let found = numbers(&page.trial[0]);
    assert_eq!(found[..2], [n as f64, n_events as f64], "{}", page.trial[0]);
}

#[test]
fn no_sentence_about_a_patient_of_the_samples_claims_more_than_the_numbers() {
    for name in ["multicentre", "single-centre-fr"] {
        let (cohort, outcome, analysis) = analysed(name);
        let n = analysis.models[0].patients.len();
        assert!(n > 50, "{name}");
        for lang in Lang::ALL {
            for (model, patient) in
                (0..analysis.models.len()).flat_map(|m| (0..n).map(move |p| (m, p)))
            {
                let (cohort, outcome) = (Some(&cohort), Some(&outcome));
                let subject =
                    Subject::member(&analysis, cohort, outcome, model, patient).expect("as it is");
                let page = MeetingPage::new(&analysis, cohort, outcome, &subject, lang);
                check(&page, &subject, lang);
                check_trial(&page, &subject, outcome.expect("as it is"), lang);
            }
        }
    }
}

#[test]
fn no_sentence_about_a_candidate_claims_more_than_the_numbers() {
    let (cohort, outcome, analysis) = analysed("single-centre-fr");
    let task = TaskHandle::unattended();
    for (model, result) in analysis.models.iter().enumerate() {
        let live = Live::prepare(&cohort, &settings(), result.learner, &task).expect("as it is");
        let n = live.predictors().len();
        let of_patient = |patient: usize| live.recorded(patient).expect("as it is").recorded;
        let mut people: Vec<Vec<f64>> = (0..12).map(of_patient).collect();
        people.push(vec![f64::NAN; n]);
        let mut extreme = of_patient(0);
        extreme[0] = 1e6;
        people.push(extreme);
        for (number, recorded) in people.into_iter().enumerate() {
            let found = live
                .assess(Who::New, &Values::new(recorded))
                .expect("as it is");
            let code = format!("C{number:02}");
            let subject = Subject {
                result: &analysis.models[model],
                shown: found.as_patient(&code, live.predictors(), &result.strata),
                patient: None,
                values: None,
                same_signs: found
                    .contributions
                    .iter()
                    .map(|one| one.same_sign)
                    .collect(),
                others: Vec::new(),
                trial: None,
            };
            for lang in Lang::ALL {
                let page =
                    MeetingPage::new(&analysis, Some(&cohort), Some(&outcome), &subject, lang);
                check(&page, &subject, lang);
                assert_eq!(page.observed, None);
                assert_eq!(
                    page.covered.is_some(),
                    number == 13 || subject_is_far(&subject)
                );
            }
        }
    }
}

fn subject_is_far(subject: &Subject<'_>) -> bool {
    let check = subject.shown.domain_check.as_ref();
    check.is_some_and(DomainCheck::is_far) || !subject.shown.outside.is_empty()
}
