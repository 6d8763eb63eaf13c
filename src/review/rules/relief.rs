//! Relief at the trial as the patient reports it, far from what the scores say.

use crate::base::issue::Issue;
use crate::dictionary::{RELIEF_LIMIT, trial_relief};
use crate::review::raised::Raised;
use crate::review::rules::Scene;

/// Every reported relief more than [`RELIEF_LIMIT`] points from the calculated one.
pub(super) fn apart(scene: &Scene<'_>) -> Vec<Raised> {
    let Some(relief) = trial_relief(scene.cohort) else {
        return Vec::new();
    };
    let mut variables = scene.cohort.variables.iter().enumerate();
    let Some((idx, variable)) = variables.find(|(_, v)| v.name == relief.reported_name) else {
        return Vec::new();
    };
    let is_looked_at = |row: usize| scene.looked_at.get(row) == Some(&true);
    relief
        .pairs()
        .filter(|(row, calculated, reported)| {
            is_looked_at(*row) && (calculated - reported).abs() > RELIEF_LIMIT
        })
        .map(|(row, calculated, reported)| {
            let issue = Issue::warning("trial-relief-apart")
                .found(&reported.to_string())
                .with("calculated", calculated.round())
                .with("from", relief.calculated_from.join(", "));
            Raised::at(idx, variable, row, issue)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cohort::{Cohort, Kind, Origin, Source, Timing, Variable};
    use crate::review::ReviewParams;

    #[test]
    fn a_reported_relief_more_than_twenty_points_from_the_scores_is_a_finding_with_its_place() {
        let mut cohort = Cohort::new(Source::default(), 3);
        let columns = [
            ("relief", "trial-relief", [50.0, 50.0, 50.0]),
            ("said", "trial-relief-reported", [70.0, 71.0, 10.0]),
        ];
        for (name, concept, values) in columns {
            let mut variable = Variable::new(name, Kind::Numeric, Origin::default());
            variable.concept = Some(concept.to_owned());
            variable.timing = Timing::Trial;
            cohort.push_numbers(variable, &values).unwrap();
        }
        let params = ReviewParams::default();
        let raised = apart(&Scene::of(&cohort, &params));
        let rows: Vec<_> = raised.iter().map(|raised| raised.row).collect();
        assert_eq!(rows, [Some(1), Some(2)], "20 points exactly are let pass");
        assert_eq!(raised[0].variable, Some(1));
        cohort.excluded.insert(1, "twice".to_owned());
        assert_eq!(apart(&Scene::of(&cohort, &params)).len(), 1);
    }
}
