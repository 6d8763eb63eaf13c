//! The sample cohorts, read as any file is, give the outcome that their simulator drew.

use std::collections::BTreeSet;

use prognostim::base::task::TaskHandle;
use prognostim::dictionary;
use prognostim::import::{ImportOptions, read_bytes};
use prognostim::outcome::{OutcomeParams, decide};
use prognostim::simulate::{SAMPLES, sample, simulated};

#[test]
fn every_column_is_recognised_and_every_label_is_the_drawn_response() {
    for name in SAMPLES {
        let file = sample(name).unwrap();
        let options = ImportOptions::default();
        let mut cohort =
            read_bytes(file.file, &file.bytes, &options, &TaskHandle::unattended()).unwrap();
        dictionary::annotate(&mut cohort);
        assert!(cohort.source.synthetic, "{name}");
        let truth = simulated(name).unwrap();
        let known = truth.cohort();
        for variable in &cohort.variables {
            let same = known
                .find(
                    variable.concept.as_deref().unwrap_or_default(),
                    variable.timing,
                )
                .unwrap_or_else(|| panic!("{name}: {} is not recognised", variable.name));
            assert_eq!(
                (
                    variable.kind,
                    variable.range,
                    variable.domain,
                    &variable.unit
                ),
                (same.kind, same.range, same.domain, &same.unit),
                "{name}: {}",
                variable.name
            );
        }
        dictionary::accept(&mut cohort, &BTreeSet::from(["all".to_owned()])).unwrap();
        let outcome = decide(&cohort, &OutcomeParams::default()).unwrap();
        for (&row, &y) in outcome.rows.iter().zip(&outcome.y) {
            assert_eq!(y, truth.response[row], "{name}, patient {row}");
        }
    }
}
