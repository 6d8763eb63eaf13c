//! What a real cohort does to the truth: values not filled in, patients lost, scores in cm.
//!
//! Each kind of gap has its own random stream, so that switching one off changes nothing else.

use crate::base::seed::Stream;
use crate::simulate::Scenario;
use crate::simulate::course::{Patient, Visit, tilted};
use crate::simulate::measure::{MEASURES, N_FORMS, at, has, level};

/// Cumulative share lost by each visit.
const LOST_BY: [f64; 4] = [0.03, 0.08, 0.15, 0.30];

/// Share of filled-in pain forms (back and leg together) in cm. Only forms whose scores both show
/// a decimal in cm can be (60 %), so that about 2 % of all are.
const IN_CM: f64 = 0.033;

/// Opens the gaps that the scenario asks for.
pub(super) fn open(patient: &mut Patient, scenario: &Scenario, person: Stream) {
    if scenario.missing {
        leave_out(patient, person.named("missing"));
    }
    if scenario.loss {
        lose(patient, person.named("loss"));
    }
    if scenario.dirt {
        write_in_cm(patient, person.named("dirt"));
    }
}

/// Missing at random given age and work status, which are always known: a form is left out more
/// often by older and inactive patients. Back and leg pain stand on one form, so do the two parts
/// of the HADS and of the EQ-5D.
fn leave_out(patient: &mut Patient, stream: Stream) {
    let mut rng = stream.rng();
    let age = (patient.baseline[at::AGE] - 54.0) / 11.5;
    let is_inactive = has(&patient.baseline, at::WORK, level::INACTIVE);
    let tilt = 0.35 * age + if is_inactive { 0.12 } else { -0.18 };
    let draws: [f64; N_FORMS] = std::array::from_fn(|_| rng.uniform());
    for (value, measure) in patient.baseline.iter_mut().zip(&MEASURES) {
        if measure.missing > 0.0 && draws[measure.form] < tilted(measure.missing, tilt) {
            *value = f64::NAN;
        }
    }
    if rng.uniform() < 0.04 {
        patient.trial_relief = f64::NAN;
    }
    for visit in &mut patient.visits {
        let (odi, eq5d) = (rng.uniform(), rng.uniform());
        if odi < 0.04 {
            visit.scores[2] = f64::NAN;
        }
        if eq5d < 0.06 {
            visit.scores[3] = f64::NAN;
            visit.scores[4] = f64::NAN;
        }
    }
}

/// Lost at random given the anxiety and depression that were filled in (an average one where they
/// were not): once lost, no later visit takes place. Explants are known of all.
fn lose(patient: &mut Patient, stream: Stream) {
    let known = |value: f64, mean: f64, sd: f64| {
        if value.is_nan() {
            0.0
        } else {
            (value - mean) / sd
        }
    };
    let anxiety = known(patient.baseline[at::HADS_A], 9.4, 4.2);
    let depression = known(patient.baseline[at::HADS_D], 8.1, 4.1);
    let tilt = 0.225 * (anxiety + depression);
    let draw = stream.rng().uniform();
    for (visit, share) in patient.visits.iter_mut().zip(LOST_BY) {
        if draw < tilted(share, tilt) {
            *visit = Visit::MISSED;
        }
    }
}

fn write_in_cm(patient: &mut Patient, stream: Stream) {
    let mut rng = stream.rng();
    let mut dirty = |pair: [f64; 2]| {
        let shows_decimal = pair.iter().all(|mm| *mm > 10.0 && mm % 10.0 != 0.0);
        if rng.uniform() < IN_CM && shows_decimal {
            pair.map(|mm| mm / 10.0)
        } else {
            pair
        }
    };
    let [back, leg] = dirty([patient.baseline[at::BACK], patient.baseline[at::LEG]]);
    patient.baseline[at::BACK] = back;
    patient.baseline[at::LEG] = leg;
    for visit in &mut patient.visits {
        let [back, leg] = dirty([visit.scores[0], visit.scores[1]]);
        visit.scores[0] = back;
        visit.scores[1] = leg;
    }
}
