//! Folds of patients for a cross-validation inside the training patients.

use std::collections::BTreeMap;

use crate::base::seed::Stream;

/// Stratified folds of patients, as training and test rows: all rows of a patient are on one side. Copies dealt out
/// freely would be held out against themselves, which looks like signal.
pub(crate) fn patient_folds(
    y: &[bool],
    patients: &[usize],
    n_folds: usize,
    stream: Stream,
) -> Vec<(Vec<usize>, Vec<usize>)> {
    let mut rows_of: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (row, &patient) in patients.iter().enumerate() {
        rows_of.entry(patient).or_default().push(row);
    }
    let rows_of: Vec<Vec<usize>> = rows_of.into_values().collect();
    let label: Vec<bool> = rows_of.iter().map(|rows| y[rows[0]]).collect();
    let rows = |patients: Vec<usize>| {
        let rows = patients
            .into_iter()
            .flat_map(|patient| rows_of[patient].iter().copied());
        rows.collect()
    };
    stratified_folds(&label, n_folds, stream)
        .into_iter()
        .map(|(train, test)| (rows(train), rows(test)))
        .collect()
}

/// Training and test rows of stratified folds: each class is shuffled and dealt out in turn.
/// At least two folds, at most as many as the smaller class has rows.
pub fn stratified_folds(
    y: &[bool],
    n_folds: usize,
    stream: Stream,
) -> Vec<(Vec<usize>, Vec<usize>)> {
    let n_events = y.iter().filter(|&&event| event).count();
    let n_folds = n_folds.min(n_events).min(y.len() - n_events).max(2);
    let mut rng = stream.rng();
    let mut fold_of = vec![0; y.len()];
    let mut next = 0;
    for class in [true, false] {
        let mut rows: Vec<usize> = (0..y.len()).filter(|&row| y[row] == class).collect();
        rng.shuffle(&mut rows);
        for row in rows {
            fold_of[row] = next % n_folds;
            next += 1;
        }
    }
    (0..n_folds)
        .map(|fold| (0..y.len()).partition(|&row| fold_of[row] != fold))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_tested_once_and_classes_are_spread() {
        let y: Vec<bool> = (0..53).map(|i| i % 4 == 0).collect();
        let folds = stratified_folds(&y, 5, Stream::new(1));
        let mut tested: Vec<usize> = folds.iter().flat_map(|(_, test)| test.clone()).collect();
        tested.sort_unstable();
        assert_eq!(tested, (0..53).collect::<Vec<_>>());
        for (train, test) in &folds {
            assert_eq!(train.len() + test.len(), 53);
            let n_events = test.iter().filter(|&&row| y[row]).count();
            assert!((2..=3).contains(&n_events));
        }
    }

    #[test]
    fn copies_of_a_patient_are_never_on_both_sides_of_a_fold() {
        let mut rng = Stream::new(6).rng();
        let patients = rng.bootstrap(60);
        let y: Vec<bool> = patients.iter().map(|patient| patient % 3 == 0).collect();
        for (train, test) in patient_folds(&y, &patients, 10, Stream::new(1)) {
            assert_eq!(train.len() + test.len(), 60);
            let is_seen =
                |row: &usize| train.iter().any(|&other| patients[other] == patients[*row]);
            assert!(!test.iter().any(is_seen));
        }
    }
}
