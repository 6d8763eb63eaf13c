//! Relief at the lead trial: as it follows from the scores, and as the patient reports it. The two are
//! kept apart: they differ by -30 to +41 points (174 trials, doi 10.1136/rapm-2020-102238).

use crate::cohort::{Cohort, Kind, Timing, Variable};

/// Difference in points beyond which the two need to be looked at.
pub const RELIEF_LIMIT: f64 = 20.0;

/// Both reliefs of every patient, in per cent, NaN where missing.
#[derive(Clone, Debug, PartialEq)]
pub struct TrialRelief {
    /// `100 (before - during) / before`, undefined where there was no pain before.
    pub calculated: Vec<f64>,
    /// As the patient says.
    pub reported: Vec<f64>,
    /// Name of the column of the patient's word.
    pub reported_name: String,
    /// Names of the columns from which the other follows.
    pub calculated_from: Vec<String>,
}

impl TrialRelief {
    /// Patients who have both, with both: `(row, calculated, reported)`.
    pub fn pairs(&self) -> impl Iterator<Item = (usize, f64, f64)> + '_ {
        let both = self.calculated.iter().zip(&self.reported).enumerate();
        both.filter(|(_, (a, b))| a.is_finite() && b.is_finite())
            .map(|(row, (a, b))| (row, *a, *b))
    }
}

/// Both reliefs; `None` where the cohort has only one of them.
///
/// Calculated from pain before and during the trial: overall pain, else the larger of back and leg
/// pain, else the one there is. Without such scores a column of the relief stands for it beside a
/// column of the relief as reported.
pub fn trial_relief(cohort: &Cohort) -> Option<TrialRelief> {
    let find = |concept: &str| {
        let found = cohort
            .variables
            .iter()
            .find(|v| v.concept.as_deref() == Some(concept));
        found.filter(|variable| variable.kind == Kind::Numeric)
    };
    let (stated, own_word) = (find("trial-relief"), find("trial-relief-reported"));
    let numbers = |variable: &Variable| cohort.numbers(&variable.name).ok();
    if let Some((before, during, calculated_from)) = scores(cohort) {
        let reported = own_word.or(stated)?;
        let relief = |(before, during): (f64, f64)| {
            if before > 0.0 {
                100.0 * (before - during) / before
            } else {
                f64::NAN
            }
        };
        return Some(TrialRelief {
            calculated: before.into_iter().zip(during).map(relief).collect(),
            reported: numbers(reported)?,
            reported_name: reported.name.clone(),
            calculated_from,
        });
    }
    let (stated, own_word) = stated.zip(own_word)?;
    Some(TrialRelief {
        calculated: numbers(stated)?,
        reported: numbers(own_word)?,
        reported_name: own_word.name.clone(),
        calculated_from: vec![stated.name.clone()],
    })
}

/// Pain before and during the trial on one scale, and the columns of it.
fn scores(cohort: &Cohort) -> Option<(Vec<f64>, Vec<f64>, Vec<String>)> {
    let sites: [&[&str]; 4] = [
        &["pain-global"],
        &["pain-back", "pain-leg"],
        &["pain-back"],
        &["pain-leg"],
    ];
    sites.into_iter().find_map(|site| {
        let mut columns = Vec::new();
        let mut at = |timing: Timing| -> Option<Vec<f64>> {
            let mut larger: Option<Vec<f64>> = None;
            for concept in site {
                let variable = cohort.find(concept, timing)?;
                let mut values = cohort.numbers(&variable.name).ok()?;
                let is_of_ten = variable.range.is_some_and(|(_, top)| top <= 10.0);
                if is_of_ten {
                    values.iter_mut().for_each(|value| *value *= 10.0);
                }
                columns.push(variable.name.clone());
                larger = Some(match larger {
                    None => values,
                    Some(first) => first
                        .iter()
                        .zip(values)
                        .map(|(a, b)| larger_of(*a, b))
                        .collect(),
                });
            }
            larger
        };
        let (before, during) = at(Timing::Baseline).zip(at(Timing::Trial))?;
        Some((before, during, columns))
    })
}

/// The larger; missing where one is missing.
fn larger_of(a: f64, b: f64) -> f64 {
    if a.is_nan() || b.is_nan() {
        f64::NAN
    } else {
        a.max(b)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cohort::{Origin, Source};

    fn push(cohort: &mut Cohort, name: &str, concept: &str, timing: Timing, values: &[f64]) {
        let mut variable = Variable::new(name, Kind::Numeric, Origin::default());
        variable.concept = Some(concept.to_owned());
        variable.timing = timing;
        cohort.push_numbers(variable, values).unwrap();
    }

    #[test]
    fn relief_follows_from_the_scores_and_stands_beside_the_word_of_the_patient() {
        let mut cohort = Cohort::new(Source::default(), 3);
        let nan = f64::NAN;
        push(
            &mut cohort,
            "back",
            "pain-back",
            Timing::Baseline,
            &[80.0, 0.0, 60.0],
        );
        push(
            &mut cohort,
            "relief",
            "trial-relief",
            Timing::Trial,
            &[70.0, 10.0, nan],
        );
        assert_eq!(trial_relief(&cohort), None, "one of them only");
        push(
            &mut cohort,
            "back_trial",
            "pain-back",
            Timing::Trial,
            &[40.0, 0.0, 30.0],
        );
        let both = trial_relief(&cohort).unwrap();
        assert_eq!(both.pairs().collect::<Vec<_>>(), [(0, 50.0, 70.0)]);
        assert_eq!(both.reported_name, "relief");
        assert_eq!(both.calculated_from, ["back", "back_trial"]);
    }

    #[test]
    fn two_columns_of_relief_are_the_calculated_and_the_reported_one() {
        let mut cohort = Cohort::new(Source::default(), 2);
        push(
            &mut cohort,
            "relief",
            "trial-relief",
            Timing::Trial,
            &[50.0, 20.0],
        );
        push(
            &mut cohort,
            "said",
            "trial-relief-reported",
            Timing::Trial,
            &[80.0, 20.0],
        );
        let both = trial_relief(&cohort).unwrap();
        assert_eq!(
            both.pairs().collect::<Vec<_>>(),
            [(0, 50.0, 80.0), (1, 20.0, 20.0)]
        );
    }
}
