//! Marginals, truth, determinism and files of the simulator.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::*;
use crate::base::num::{mean, median, quantile, sd};
use crate::outcome::{Explanted, Moment, OutcomeParams, Rule, decide};
use crate::simulate::measure::{MEASURES, at, level};

/// Patients of a large draw.
const N: usize = 100_000;

fn column(simulated: &Simulated, index: usize) -> Vec<f64> {
    let patients = simulated.patients.iter();
    patients.map(|patient| patient.baseline[index]).collect()
}

fn share<T>(items: &[T], is: impl Fn(&T) -> bool) -> f64 {
    items.iter().filter(|item| is(item)).count() as f64 / items.len() as f64
}

fn correlation(x: &[f64], y: &[f64]) -> f64 {
    let (mx, my) = (mean(x).unwrap(), mean(y).unwrap());
    let cross: f64 = x.iter().zip(y).map(|(x, y)| (x - mx) * (y - my)).sum();
    cross / (x.len() - 1) as f64 / sd(x).unwrap() / sd(y).unwrap()
}

/// Area under the ROC curve by mid-ranks.
fn auc(risk: &[f64], y: &[bool]) -> f64 {
    let mut order: Vec<usize> = (0..risk.len()).collect();
    order.sort_unstable_by(|&a, &b| risk[a].total_cmp(&risk[b]));
    let (mut sum, mut n_before) = (0.0, 0.0);
    for ties in order.chunk_by(|&a, &b| risk[a] == risk[b]) {
        let n = ties.len() as f64;
        let rank = n_before + (n + 1.0) / 2.0;
        sum += rank * ties.iter().filter(|&&i| y[i]).count() as f64;
        n_before += n;
    }
    let n_events = y.iter().filter(|&&event| event).count() as f64;
    let n_others = y.len() as f64 - n_events;
    (sum - n_events * (n_events + 1.0) / 2.0) / (n_events * n_others)
}

fn with_rule(preset: &str) -> OutcomeParams {
    OutcomeParams {
        rule: Rule::preset(preset).unwrap(),
        ..OutcomeParams::default()
    }
}

fn after_trial(explanted: Explanted) -> OutcomeParams {
    OutcomeParams {
        moment: Moment::AfterTrial,
        explanted,
        ..OutcomeParams::default()
    }
}

/// `value` within `tolerance` of `wanted`.
#[track_caller]
fn near(what: &str, value: f64, wanted: f64, tolerance: f64) {
    assert!(
        (value - wanted).abs() <= tolerance,
        "{what}: {value:.4}, wanted {wanted} within {tolerance}"
    );
}

#[test]
fn marginals_are_those_of_the_table() {
    let big = simulate(&Scenario::complete(N), Stream::new(1));
    // Measure, mean, SD, tolerance of both: what the ends of the scales cut off.
    let table = [
        (at::AGE, 54.0, 11.5, 0.5),
        (at::BMI, 28.0, 5.0, 0.3),
        (at::BACK, 69.0, 20.0, 1.2),
        (at::LEG, 68.0, 21.0, 1.2),
        (at::ODI, 49.0, 14.0, 0.5),
        (at::EQ5D, 0.38, 0.24, 0.01),
        (at::EQ_VAS, 45.0, 19.0, 0.5),
        (at::HADS_A, 9.4, 4.2, 0.1),
        (at::HADS_D, 8.1, 4.1, 0.1),
        (at::PCS, 24.0, 12.0, 0.5),
        (at::PAIN_DETECT, 19.0, 7.0, 0.2),
        (at::DN4, 5.0, 2.1, 0.1),
    ];
    for (index, wanted_mean, wanted_sd, tolerance) in table {
        let values = column(&big, index);
        let name = MEASURES[index].name;
        near(name, mean(&values).unwrap(), wanted_mean, tolerance);
        near(name, sd(&values).unwrap(), wanted_sd, tolerance);
    }
}

#[test]
fn shares_and_quantiles_are_those_of_the_table() {
    let big = simulate(&Scenario::complete(N), Stream::new(1));
    let shares = [
        (at::SEX, 0.0, 0.54),
        (at::SMOKER, level::YES, 0.32),
        (at::EDUCATION, 0.0, 0.25),
        (at::EDUCATION, level::TERTIARY, 0.25),
        (at::CLAIM, level::YES, 0.18),
        (at::SURGERIES, 1.0, 0.45),
        (at::SURGERIES, 2.0, 0.28),
        (at::SURGERIES, 3.0, 0.15),
        (at::LOCATION, level::LEG, 0.30),
        (at::LOCATION, level::BACK, 0.30),
        (at::LOCATION, level::BOTH, 0.40),
        (at::MME, 0.0, 0.45),
        (at::GABAPENTINOID, level::YES, 0.55),
        (at::SENSORY, level::YES, 0.15),
    ];
    for (index, value, wanted) in shares {
        let seen = share(&column(&big, index), |x| *x == value);
        near(MEASURES[index].name, seen, wanted, 0.01);
    }
    near(
        "DN4 of 4 and more",
        share(&column(&big, at::DN4), |x| *x >= 4.0),
        0.75,
        0.02,
    );
    near(
        "surgeries",
        mean(&column(&big, at::SURGERIES)).unwrap(),
        2.1,
        0.1,
    );
    near(
        "duration",
        median(&column(&big, at::DURATION)).unwrap(),
        5.5,
        0.15,
    );
    let surface = column(&big, at::SURFACE);
    near("surface", median(&surface).unwrap(), 180.0, 4.0);
    near(
        "surface, first quartile",
        quantile(&surface, 0.25).unwrap(),
        95.0,
        5.0,
    );
    near(
        "surface, third quartile",
        quantile(&surface, 0.75).unwrap(),
        330.0,
        12.0,
    );
    let mut doses = column(&big, at::MME);
    doses.retain(|dose| *dose > 0.0);
    near(
        "dose of those who take opioids",
        median(&doses).unwrap(),
        40.0,
        2.5,
    );
    let young: Vec<&Patient> = big
        .patients
        .iter()
        .filter(|p| p.baseline[at::AGE] < 62.0)
        .collect();
    let inactive = share(&young, |p| p.baseline[at::WORK] == level::INACTIVE);
    near("inactive under 62", inactive, 0.72, 0.01);
    let least = big
        .patients
        .iter()
        .map(|p| p.baseline[at::BACK].max(p.baseline[at::LEG]));
    assert!(least.fold(f64::INFINITY, f64::min) >= 40.0);
}

#[test]
fn correlations_have_the_signs_and_sizes_of_the_skeleton() {
    let big = simulate(&Scenario::complete(N), Stream::new(2));
    // Normal measures keep the latent correlation but for what their scales cut off.
    let pairs = [
        (at::BACK, at::ODI, 0.35),
        (at::LEG, at::ODI, 0.35),
        (at::ODI, at::EQ5D, -0.60),
        (at::HADS_D, at::EQ5D, -0.45),
        (at::HADS_A, at::PCS, 0.50),
        (at::HADS_D, at::PCS, 0.45),
        (at::HADS_A, at::HADS_D, 0.60),
        (at::BACK, at::PCS, 0.30),
        (at::BACK, at::LEG, 0.25),
    ];
    for (a, b, wanted) in pairs {
        let seen = correlation(&column(&big, a), &column(&big, b));
        near(
            &format!("{} and {}", MEASURES[a].name, MEASURES[b].name),
            seen,
            wanted,
            0.06,
        );
    }
    let skewed = [
        (at::DURATION, at::SURGERIES),
        (at::MME, at::ODI),
        (at::SURFACE, at::PAIN_DETECT),
        (at::SURFACE, at::ODI),
    ];
    for (a, b) in skewed {
        let seen = correlation(&column(&big, a), &column(&big, b));
        assert!(
            (0.12..0.40).contains(&seen),
            "{} and {}: {seen}",
            MEASURES[a].name,
            MEASURES[b].name
        );
    }
}

#[test]
fn the_true_chance_is_that_of_the_decided_event() {
    let big = simulate(&Scenario::complete(4 * N), Stream::new(3));
    let outcome = decide(&big.cohort(), &OutcomeParams::default()).unwrap();
    assert_eq!(outcome.rows.len(), 4 * N, "nobody is excluded");
    // The figures of the README of the sample cohorts.
    near("oracle AUC", auc(&big.true_risk, &outcome.y), 0.719, 0.004);
    near("event rate", outcome.event_rate().unwrap(), 0.380, 0.004);
    let mut order: Vec<usize> = (0..4 * N).collect();
    order.sort_unstable_by(|&a, &b| big.true_risk[a].total_cmp(&big.true_risk[b]));
    for tenth in order.chunks(4 * N / 10) {
        let risk = tenth.iter().map(|&i| big.true_risk[i]).sum::<f64>() / tenth.len() as f64;
        near(
            "events of a tenth",
            share(tenth, |&i| outcome.y[i]),
            risk,
            0.01,
        );
    }
    let after = decide(&big.cohort(), &after_trial(Explanted::Failure)).unwrap();
    let risk: Vec<f64> = after
        .rows
        .iter()
        .map(|&row| big.true_risk_after_trial[row])
        .collect();
    near(
        "oracle AUC after the trial",
        auc(&risk, &after.y),
        0.693,
        0.004,
    );
    near(
        "mean chance after the trial",
        mean(&risk).unwrap(),
        after.event_rate().unwrap(),
        0.004,
    );
}

#[test]
fn the_true_model_stays_within_its_range_in_every_scenario() {
    for n_centres in [1, 5, 24] {
        for scenario in [Scenario::complete(N), Scenario::clinical(N)] {
            let big = simulate(&scenario.in_centres(n_centres), Stream::new(4));
            let outcome = decide(&big.cohort(), &OutcomeParams::default()).unwrap();
            let risk: Vec<f64> = outcome.rows.iter().map(|&row| big.true_risk[row]).collect();
            let seen = auc(&risk, &outcome.y);
            assert!((0.70..0.74).contains(&seen), "{n_centres} centres: {seen}");
        }
    }
}

#[test]
fn the_label_through_the_scores_is_the_response_that_was_drawn() {
    let everyone = simulate(&Scenario::complete(20_000), Stream::new(5));
    let outcome = decide(&everyone.cohort(), &OutcomeParams::default()).unwrap();
    assert_eq!(outcome.y, everyone.response);
    let seen = simulate(&Scenario::clinical(20_000), Stream::new(5));
    let outcome = decide(&seen.cohort(), &OutcomeParams::default()).unwrap();
    assert!(outcome.rows.len() < 16_000);
    for (&row, &y) in outcome.rows.iter().zip(&outcome.y) {
        assert_eq!(y, seen.response[row]);
    }
    let n_excluded: usize = outcome.exclusions.iter().map(|exclusion| exclusion.n).sum();
    assert_eq!(outcome.rows.len() + n_excluded, 20_000);
}

#[test]
fn trials_implants_explants_and_losses_have_their_published_rates() {
    let big = simulate(&Scenario::complete(N), Stream::new(6));
    near(
        "trial success",
        share(&big.patients, |p| p.trial_success),
        0.80,
        0.01,
    );
    let cohort = big.cohort();
    let implanted = decide(&cohort, &after_trial(Explanted::Failure)).unwrap();
    let with_score = decide(&cohort, &after_trial(Explanted::Exclude)).unwrap();
    for outcome in [&implanted, &with_score] {
        let rate = outcome.event_rate().unwrap();
        assert!(
            (0.45..0.50).contains(&rate),
            "half relief among the implanted: {rate}"
        );
    }
    let n_implanted = implanted.y.len() as f64;
    near(
        "explanted by 12 months",
        implanted.n_explanted as f64 / n_implanted,
        0.041,
        0.005,
    );
    let n_explanted = big
        .patients
        .iter()
        .filter(|p| p.explant_day.is_some())
        .count() as f64;
    near(
        "explanted by 24 months",
        n_explanted / n_implanted,
        0.08,
        0.006,
    );

    let lossy = simulate(&Scenario::clinical(N), Stream::new(6));
    for (visit, wanted) in [(2, 0.15), (3, 0.30)] {
        let due = |&(whole, _): &(&Patient, &Patient)| whole.visits[visit].day.is_some();
        let pairs: Vec<_> = big
            .patients
            .iter()
            .zip(&lossy.patients)
            .filter(due)
            .collect();
        let lost = |(_, seen): &(&Patient, &Patient)| seen.visits[visit].day.is_none();
        near("lost", share(&pairs, lost), wanted, 0.01);
        let sad = |pair: &(&Patient, &Patient)| pair.0.baseline[at::HADS_D] > 12.0;
        let (sad, others): (Vec<_>, Vec<_>) = pairs.into_iter().partition(sad);
        assert!(
            share(&sad, lost) > share(&others, lost) + 0.04,
            "the distressed more often"
        );
    }
}

#[test]
fn missing_values_are_as_many_as_the_table_says() {
    let seen = simulate(&Scenario::clinical(N), Stream::new(7));
    for (index, measure) in MEASURES.iter().enumerate() {
        let missing = share(&column(&seen, index), |x| x.is_nan());
        near(measure.name, missing, measure.missing, 0.006);
    }
    let surface = |patients: &[&Patient]| share(patients, |p| p.baseline[at::SURFACE].is_nan());
    let is_old = |p: &&Patient| p.baseline[at::AGE] > 62.0;
    let (old, young): (Vec<_>, Vec<_>) = seen.patients.iter().partition(is_old);
    assert!(
        surface(&old) > surface(&young) + 0.03,
        "more often in the old"
    );
}

#[test]
fn gaps_change_nothing_but_what_they_hide() {
    let whole = simulate(&Scenario::complete(2_000), Stream::new(8));
    let gaps = simulate(&Scenario::clinical(2_000), Stream::new(8));
    assert_eq!(whole.true_risk, gaps.true_risk);
    assert_eq!(whole.response, gaps.response);
    for (whole, seen) in whole.patients.iter().zip(&gaps.patients) {
        assert_eq!(whole.trial_day, seen.trial_day);
        for (value, seen) in whole.baseline.iter().zip(seen.baseline) {
            assert!(seen.is_nan() || seen == *value);
        }
        for (visit, seen) in whole.visits.iter().zip(seen.visits) {
            assert!(seen.day.is_none() || seen.day == visit.day);
        }
    }
}

#[test]
fn dirt_is_duplicates_and_centimetres() {
    let clean = simulate(&Scenario::clinical(20_000), Stream::new(9));
    let raw = simulate(&Scenario::raw(20_000), Stream::new(9));
    assert_eq!(raw.patients.len(), 20_000);
    let numbers: BTreeSet<usize> = raw.patients.iter().map(|patient| patient.number).collect();
    assert_eq!(numbers.len(), 20_000 - 200);
    let in_cm = raw
        .patients
        .iter()
        .zip(&clean.patients)
        .take(19_800)
        .filter(|(raw, clean)| {
            let back = raw.baseline[at::BACK];
            (10.0 * back - clean.baseline[at::BACK]).abs() < 1e-9 && back.fract() != 0.0
        });
    near("forms in cm", in_cm.count() as f64 / 19_800.0, 0.02, 0.004);
}

#[test]
fn the_same_seed_gives_the_same_patients_on_any_number_of_threads() {
    let on = |n_threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(n_threads)
            .build()
            .unwrap();
        pool.install(|| simulate(&Scenario::raw(500), Stream::new(10)))
    };
    assert_eq!(on(1), on(3));
    let other = simulate(&Scenario::raw(500), Stream::new(11));
    assert_ne!(on(1), other);
}

#[test]
fn tiny_scenarios_do_not_fail() {
    for n in 0..4 {
        let few = simulate(&Scenario::raw(n).in_centres(0), Stream::new(12));
        assert_eq!(few.patients.len(), n);
        assert_eq!(few.cohort().n_rows(), n);
    }
}

#[test]
fn the_cohort_names_what_outcome_needs() {
    let cohort = simulate(&Scenario::raw(300), Stream::new(13)).cohort();
    assert!(cohort.source.synthetic);
    assert!(cohort.issues.is_empty());
    let names: BTreeSet<&str> = cohort.variables.iter().map(|v| v.name.as_str()).collect();
    assert_eq!(names.len(), cohort.variables.len());
    let of_back_and_leg = [
        "pain50",
        "pain50-back",
        "pain50-leg",
        "pain30",
        "pain30-back",
        "pain30-leg",
    ];
    for preset in of_back_and_leg.iter().chain(&["chr", "holistic"]) {
        assert!(decide(&cohort, &with_rule(preset)).is_ok(), "{preset}");
    }
    assert_eq!(
        cohort
            .levels("smoker")
            .unwrap()
            .iter()
            .filter(|l| l.is_none())
            .count(),
        0
    );
}

#[test]
fn centre_intercepts_have_the_published_spread() {
    for n_centres in [4, 5, 24] {
        let centres = truth::Centres::new(n_centres);
        near("mean", mean(centres.intercepts()).unwrap(), 0.0, 1e-12);
        near("SD", sd(centres.intercepts()).unwrap(), 0.35, 1e-12);
    }
    assert_eq!(truth::Centres::new(3).intercepts(), [0.0; 3]);
}

fn committed(file: &str) -> Option<Vec<u8>> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("sample-cohorts");
    std::fs::read(folder.join(file)).ok()
}

#[test]
fn the_committed_samples_are_what_the_simulator_makes() {
    for name in SAMPLES {
        let file = sample(name).unwrap();
        let again = sample(name).unwrap();
        assert!(file.bytes == again.bytes, "{name} differs from run to run");
        let dictionary = data_dictionary(name).unwrap();
        assert!(
            committed(dictionary.file).as_ref() == Some(&dictionary.bytes),
            "sample-cohorts/{} differs from what the simulator makes",
            dictionary.file
        );
        if name != "registry" {
            assert!(
                committed(file.file).as_ref() == Some(&file.bytes),
                "sample-cohorts/{0} differs from what the simulator makes; write it anew with \
                 `prognostim sample-cohort {name} --out sample-cohorts/{0}`",
                file.file
            );
        }
    }
    assert!(sample("nothing").is_none() && data_dictionary("nothing").is_none());
}

#[test]
fn every_coefficient_stands_in_the_read_me_of_the_samples() {
    let text = String::from_utf8(committed("README.md").unwrap()).unwrap();
    let (intercept, terms) = terms();
    assert!(text.contains(&format!("| intercept | {intercept:.3} | |")));
    for Term { name, effect, per } in terms {
        let line = format!("| {name} | {effect:.3} | {per} |");
        assert!(text.contains(&line), "{line}");
    }
    for (centre, intercept) in truth::Centres::new(5).intercepts().iter().enumerate() {
        let line = format!("| {} | {intercept:.3} |", columns::centre_name(centre));
        assert!(text.contains(&line), "{line}");
    }
}

#[test]
fn the_french_file_is_written_as_a_hospital_writes() {
    let bytes = sample("single-centre-fr").unwrap().bytes;
    assert!(
        std::str::from_utf8(&bytes).is_err(),
        "Windows-1252, not UTF-8"
    );
    let (text, _, _) = encoding_rs::WINDOWS_1252.decode(&bytes);
    for sign in ["synthétiques", "Gabapentinoïde", ";NSP;", "retraité", ";0,"] {
        assert!(text.contains(sign), "{sign}");
    }
    assert_eq!(text.lines().count(), 1 + 1 + 120);
    let n_fields: BTreeSet<usize> = text
        .lines()
        .skip(1)
        .map(|line| line.split(';').count())
        .collect();
    assert_eq!(n_fields.len(), 1);
}
