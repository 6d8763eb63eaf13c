//! Searches of cohorts with and without a planted profile.

use super::*;
use crate::base::seed::Rng;
use crate::cohort::Kind;
use crate::design::{Form, Predictor, Sample};

/// 400 patients with six predictors; those low in the first and in the second, a quarter, respond more often by 30
/// points.
pub(in crate::stratify) fn planted(seed: usize) -> Patients {
    let mut rng = Stream::new(seed as u64).rng();
    let columns: Vec<Vec<f64>> = (0..6)
        .map(|_| (0..400).map(|_| rng.uniform()).collect())
        .collect();
    let y = (0..400)
        .map(|at| {
            let is_in = columns[0][at] < 0.5 && columns[1][at] < 0.5;
            rng.uniform() < if is_in { 0.7 } else { 0.4 }
        })
        .collect();
    patients(&columns, y)
}

fn patients(columns: &[Vec<f64>], y: Vec<bool>) -> Patients {
    let predictor = |(at, values): (usize, &Vec<f64>)| Predictor {
        name: format!("x{at}"),
        kind: Kind::Numeric,
        levels: Vec::new(),
        form: Form::default(),
        values: values.clone(),
    };
    let sample = Sample {
        predictors: columns.iter().enumerate().map(predictor).collect(),
        interactions: Vec::new(),
        y,
    };
    let all: Vec<usize> = (0..columns.len()).collect();
    Patients::new(&sample, &all)
}

fn found(patients: &Patients, task: &TaskHandle) -> Vec<Tried> {
    search(patients, Stream::new(1), task).expect("nobody stops it")
}

fn of(tried: &[Tried], method: Method) -> &Tried {
    let mut all = tried.iter();
    all.find(|one| one.method == method)
        .expect("every way is tried")
}

/// `n` patients in two groups, three standard deviations apart in three measures; the outcome is a coin.
fn two_groups(n: usize) -> Patients {
    let mut rng = Stream::new(21).rng();
    let columns: Vec<Vec<f64>> = [3.0, 3.0, -3.0, 0.0]
        .iter()
        .map(|apart| {
            let value = |at: usize, rng: &mut Rng| {
                rng.normal() + if at.is_multiple_of(3) { *apart } else { 0.0 }
            };
            (0..n).map(|at| value(at, &mut rng)).collect()
        })
        .collect();
    let y = (0..n).map(|_| rng.uniform() < 0.5).collect();
    patients(&columns, y)
}

#[test]
fn a_planted_box_is_kept_with_its_limits_and_an_honest_rate() {
    let patients = planted(5);
    let task = TaskHandle::unattended();
    task.plan(n_steps());
    let tried = found(&patients, &task);
    let progress = task.progress();
    assert_eq!(progress.n_done, progress.n_total);
    let boxed = of(&tried, Method::FrequentBox);
    assert_eq!(
        (boxed.verdict, boxed.n_null, boxed.n_reached),
        (Verdict::Kept, N_NULL, 0)
    );
    assert!(boxed.score > boxed.highest && boxed.highest >= boxed.percentile_95);
    let group = &boxed.groups[0];
    let features: Vec<usize> = group
        .rule
        .iter()
        .flat_map(|r| &r.0)
        .map(|c| c.feature)
        .collect();
    assert!(
        features.contains(&0) && features.contains(&1),
        "{features:?}"
    );
    let rate =
        |members: &[usize]| Count::of(members.iter().copied(), &patients.y, &vec![1.0; 400]).rate();
    let expected = group.cross_fitted.expect("a box uses the outcome");
    assert!(expected < rate(&group.members) && boxed.lift > Some(0.0));
    for &member in &group.members {
        assert!((0.0..=1.0 + 1e-9).contains(&group.certainty[member]));
    }
    for one in &tried {
        let kept = one.verdict == Verdict::Kept;
        assert!(
            !kept || one.method.n_clusters().is_none(),
            "{:?}",
            one.method
        );
    }
}

#[test]
fn two_groups_are_kept_as_two_clusters_and_their_members_are_certain() {
    let tried = found(&two_groups(150), &TaskHandle::unattended());
    for method in [Method::KMeans(2), Method::Mixture(2)] {
        let two = of(&tried, method);
        assert!(
            two.n_reached == 0 && two.adjusted_rand > Some(0.9),
            "{two:?}"
        );
    }
    let two = of(&tried, Method::KMeans(2));
    let small = two.groups.iter().min_by_key(|group| group.members.len());
    let small = small.expect("two groups");
    let n_right = small.members.iter().filter(|at| *at % 3 == 0).count();
    assert!(n_right >= 48 && small.members.len() <= 53, "{n_right}");
    let certain = |at: &&usize| small.certainty[**at] > 0.8;
    assert!(small.members.iter().filter(certain).count() > 45);
    assert!(small.cross_fitted.is_none() && small.rule.is_none());
    // The mixture finds the same, which is said and not shown twice.
    let mixture = of(&tried, Method::Mixture(2));
    assert_eq!(mixture.verdict, Verdict::Repeated);
    let is_kept = |one: &&Tried| one.verdict == Verdict::Kept;
    assert_eq!(tried.iter().filter(is_kept).count(), 1);
}

#[test]
fn where_the_outcome_is_a_coin_and_patients_are_one_kind_nothing_is_kept() {
    let mut patients = planted(6);
    patients.y = (0..400).map(|at| at * 7 % 5 < 2).collect();
    let tried = found(&patients, &TaskHandle::unattended());
    for one in &tried {
        assert_eq!(one.verdict, Verdict::Reached, "{one:?}");
        assert!(one.n_reached > 0 && one.n_null >= N_FIRST && one.groups.is_empty());
    }
}

#[test]
fn one_thread_and_many_find_the_same_to_the_bit() {
    let patients = two_groups(90);
    let on = |n_threads| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(n_threads)
            .build();
        pool.expect("a pool")
            .install(|| found(&patients, &TaskHandle::unattended()))
    };
    assert_eq!(on(1), on(3));
}

#[test]
fn few_patients_are_not_searched_and_a_stopped_search_ends() {
    let tried = found(&two_groups(79), &TaskHandle::unattended());
    let impossible = |one: &Tried| one.verdict == Verdict::NotPossible && one.score.is_none();
    assert!(tried.iter().all(impossible));
    let task = TaskHandle::unattended();
    task.cancel();
    let stopped = search(&two_groups(90), Stream::new(1), &task);
    assert_eq!(stopped, Err(Cancelled));
}

#[test]
fn patients_without_a_measure_or_a_predictor_are_no_reason_to_stumble() {
    let coin: Vec<bool> = (0..100).map(|at| at % 2 == 0).collect();
    let none = patients(&[], coin.clone());
    let tried = found(&none, &TaskHandle::unattended());
    assert!(tried.iter().all(|one| one.verdict == Verdict::NotPossible));
    let gaps: Vec<f64> = (0..100)
        .map(|at| if at < 98 { f64::NAN } else { at as f64 })
        .collect();
    let ties: Vec<f64> = (0..100).map(|at| f64::from(at == 0)).collect();
    let odd = patients(&[gaps, ties, vec![f64::NAN; 100], vec![4.0; 100]], coin);
    assert_eq!(odd.measured(), [0, 1]);
    assert_eq!(
        found(&odd, &TaskHandle::unattended()).len(),
        Method::ALL.len()
    );
}
