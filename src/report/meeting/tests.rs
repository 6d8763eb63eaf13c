//! The page of one person, on results made by hand.

use super::*;
use crate::analysis::{Beside, fixture};

fn page(analysis: &Analysis, model: usize, patient: usize, lang: Lang) -> MeetingPage {
    let cohort = fixture::cohort();
    let subject = Subject::member(analysis, Some(&cohort), None, model, patient).unwrap();
    MeetingPage::new(analysis, Some(&cohort), None, &subject, lang)
}

#[test]
fn the_page_says_the_chance_its_spread_and_why() {
    let analysis = fixture::analysis();
    for lang in Lang::ALL {
        for model in 0..analysis.models.len() {
            let page = page(&analysis, model, 0, lang);
            let shown = &analysis.models[model].patients[0];
            assert!(page.of_hundred.abs_diff((100.0 * shown.risk) as usize) <= 1);
            assert_eq!(page.number, lang.percent(shown.risk));
            assert!(!page.reasons.is_empty());
            assert_eq!(page.others.len(), analysis.models.len());
            let words = format!("{page:?}");
            assert!(!words.contains('⟦'), "{words}");
        }
    }
    assert!(Subject::member(&analysis, None, None, 9, 0).is_none());
    assert!(Subject::member(&analysis, None, None, 0, 9999).is_none());
}

#[test]
fn reasons_come_by_size_within_the_part_of_the_patient_that_moves_the_chance_most() {
    let analysis = fixture::analysis();
    let page = page(&analysis, 0, 0, Lang::En);
    let contributions = &analysis.models[0].patients[0].contributions;
    for part in &page.reasons {
        let sizes = part.lines.iter().map(|one| contributions[one.predictor]);
        let sizes: Vec<f64> = sizes.map(f64::abs).collect();
        assert!(sizes.is_sorted_by(|a, b| a >= b), "{sizes:?}");
        for reason in &part.lines {
            assert_eq!(reason.raises, contributions[reason.predictor] > 0.0);
        }
    }
    let n_named: usize = page.reasons.iter().map(|part| part.lines.len()).sum();
    let n_given = contributions.iter().filter(|value| **value != 0.0).count();
    assert_eq!(n_named, n_given.min(N_REASONS));
}

#[test]
fn models_that_say_about_the_same_and_models_that_do_not_are_told_apart() {
    let analysis = fixture::analysis();
    let mut subject = Subject::member(&analysis, None, None, 0, 0).unwrap();
    let said = |risk: f64, low: f64, high: f64| PatientResult {
        risk,
        low,
        high,
        ..analysis.models[0].patients[0].clone()
    };
    subject.shown = said(0.5, 0.4, 0.6);
    for (other, key) in [
        (said(0.53, 0.3, 0.7), "models-agree"),
        (said(0.58, 0.45, 0.7), "models-within"),
        (said(0.75, 0.6, 0.9), "models-apart"),
    ] {
        subject.others = vec![(Learner::Forest, other.clone())];
        let points = Lang::En.number(100.0 * (other.risk - 0.5), 0);
        let expected = Lang::En.with(key, &[("points", points.into())]);
        assert_eq!(others(&subject, Lang::En).last(), Some(&expected));
    }
    subject.others.clear();
    assert!(others(&subject, Lang::En).is_empty());
}

#[test]
fn someone_outside_the_data_is_covered_and_someone_new_has_no_outcome() {
    let analysis = fixture::analysis();
    let cohort = fixture::cohort();
    let mut subject = Subject::member(&analysis, Some(&cohort), None, 0, 0).unwrap();
    let page = |subject: &Subject<'_>| MeetingPage::new(&analysis, None, None, subject, Lang::En);
    subject.shown.outside.clear();
    subject.shown.domain_check = None;
    assert_eq!(page(&subject).covered, None);
    assert!(page(&subject).observed.is_some());
    subject.shown.source = RiskSource::NewPatient;
    let new = page(&subject);
    assert!(new.observed.is_none() && new.title.starts_with("Candidate"));
    subject.shown.outside = vec!["age".to_owned()];
    assert!(page(&subject).covered.unwrap().contains("Age"));
    subject.shown.outside.clear();
    let far = Beside {
        value: 9.0,
        limit: 3.0,
    };
    subject.shown.domain_check = Some(DomainCheck {
        distance: Some(far),
        leverage: None,
        nearest: Vec::new(),
    });
    assert!(page(&subject).covered.is_some());
}

#[test]
fn the_sum_of_the_reasons_can_be_checked_by_the_reader() {
    let analysis = fixture::analysis();
    for (model, result) in analysis.models.iter().enumerate() {
        let shown = &result.patients[0];
        let said = page(&analysis, model, 0, Lang::En).sum;
        let total = shown.base_value + shown.contributions.iter().sum::<f64>();
        let text = match result.learner {
            Learner::Forest => Lang::En.number(100.0 * total, 1),
            _ => Lang::En.number(total, 2),
        };
        assert!(said.contains(&text), "{said} lacks {text}");
    }
}
