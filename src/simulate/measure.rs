//! The baseline measures: headers in both languages, meaning, scale and share missing.

use crate::cohort::Domain;

/// Number of baseline measures.
pub const N_MEASURES: usize = 24;

/// Baseline values of one patient in the order of [`MEASURES`], NaN where missing; a level is its position.
pub(super) type Values = [f64; N_MEASURES];

/// Positions in [`MEASURES`].
pub(super) mod at {
    pub(in crate::simulate) const AGE: usize = 0;
    pub(in crate::simulate) const SEX: usize = 1;
    pub(in crate::simulate) const BMI: usize = 2;
    pub(in crate::simulate) const SMOKER: usize = 3;
    pub(in crate::simulate) const EDUCATION: usize = 4;
    pub(in crate::simulate) const WORK: usize = 5;
    pub(in crate::simulate) const CLAIM: usize = 6;
    pub(in crate::simulate) const DURATION: usize = 7;
    pub(in crate::simulate) const SURGERIES: usize = 8;
    pub(in crate::simulate) const LOCATION: usize = 9;
    pub(in crate::simulate) const BACK: usize = 10;
    pub(in crate::simulate) const LEG: usize = 11;
    pub(in crate::simulate) const ODI: usize = 12;
    pub(in crate::simulate) const EQ5D: usize = 13;
    pub(in crate::simulate) const EQ_VAS: usize = 14;
    pub(in crate::simulate) const HADS_A: usize = 15;
    pub(in crate::simulate) const HADS_D: usize = 16;
    pub(in crate::simulate) const PCS: usize = 17;
    pub(in crate::simulate) const PAIN_DETECT: usize = 18;
    pub(in crate::simulate) const DN4: usize = 19;
    pub(in crate::simulate) const MME: usize = 20;
    pub(in crate::simulate) const GABAPENTINOID: usize = 21;
    pub(in crate::simulate) const SURFACE: usize = 22;
    pub(in crate::simulate) const SENSORY: usize = 23;
}

/// Whether a categorical measure has this level; levels are whole numbers, so equality is exact.
pub(super) fn has(values: &Values, index: usize, level: f64) -> bool {
    values[index] == level
}

/// Levels of the categorical measures; positions as in the tables below.
pub(super) mod level {
    pub(in crate::simulate) const YES: f64 = 1.0;
    pub(in crate::simulate) const TERTIARY: f64 = 2.0;
    pub(in crate::simulate) const INACTIVE: f64 = 0.0;
    pub(in crate::simulate) const RETIRED: f64 = 1.0;
    pub(in crate::simulate) const WORKING: f64 = 2.0;
    pub(in crate::simulate) const BACK: f64 = 0.0;
    pub(in crate::simulate) const BOTH: f64 = 1.0;
    pub(in crate::simulate) const LEG: f64 = 2.0;
}

/// A level in English and French.
pub(super) type Level = (&'static str, &'static str);

/// No and yes.
pub(super) const NO_YES: &[Level] = &[("no", "Non"), ("yes", "Oui")];
const SEX: &[Level] = &[("F", "F"), ("M", "M")];
const EDUCATION: &[Level] = &[
    ("primary", "primaire"),
    ("secondary", "secondaire"),
    ("tertiary", "supérieur"),
];
const WORK: &[Level] = &[
    ("inactive", "inactif"),
    ("retired", "retraité"),
    ("working", "en activité"),
];
const LOCATION: &[Level] = &[
    ("back", "lombaire"),
    ("both", "mixte"),
    ("leg", "radiculaire"),
];

/// How the values look.
#[derive(Clone, Copy)]
pub(super) enum Scale {
    /// Plausible range, both ends included.
    Range(f64, f64),
    /// Levels, sorted by their English name.
    Levels(&'static [Level]),
}

/// One baseline measure.
pub(super) struct Measure {
    /// English header.
    pub(super) name: &'static str,
    /// French header.
    pub(super) french: &'static str,
    /// What it is, in English and French.
    pub(super) label: (&'static str, &'static str),
    /// The dictionary's name of it.
    pub(super) concept: &'static str,
    pub(super) domain: Domain,
    pub(super) scale: Scale,
    /// Unit; empty where there is none.
    pub(super) unit: &'static str,
    /// Share missing at the average age; measures of one form are missing together.
    pub(super) missing: f64,
    /// Number of the form on which it is asked.
    pub(super) form: usize,
}

const fn range(low: f64, high: f64) -> Scale {
    Scale::Range(low, high)
}

macro_rules! measures {
    ($($name:literal $french:literal $en:literal $fr:literal $concept:literal $domain:ident $scale:expr, $unit:literal $missing:literal $form:literal;)+) => {
        [$(Measure {
            name: $name,
            french: $french,
            label: ($en, $fr),
            concept: $concept,
            domain: Domain::$domain,
            scale: $scale,
            unit: $unit,
            missing: $missing,
            form: $form,
        }),+]
    };
}

/// The measures, in the order of the columns.
#[rustfmt::skip]
pub(super) static MEASURES: [Measure; N_MEASURES] = measures![
    "age" "Age" "Age at inclusion" "Âge à l’inclusion" "age" Person range(18.0, 100.0), "years" 0.0 0;
    "sex" "Sexe" "Sex" "Sexe" "sex" Person Scale::Levels(SEX), "" 0.0 0;
    "bmi" "IMC" "Body mass index" "Indice de masse corporelle" "bmi" Person range(12.0, 70.0), "kg/m²" 0.05 1;
    "smoker" "Tabac" "Current smoker" "Fumeur actuel" "smoker" Person Scale::Levels(NO_YES), "" 0.0 0;
    "education" "Niveau_études" "Highest education" "Niveau d’études" "education" Person Scale::Levels(EDUCATION), "" 0.05 2;
    "work_status" "Statut_professionnel" "Work status" "Statut professionnel" "work-status" Person Scale::Levels(WORK), "" 0.0 0;
    "claim" "Litige" "Compensation claim or litigation" "Litige ou demande d’indemnisation" "claim" Person Scale::Levels(NO_YES), "" 0.0 0;
    "pain_duration_years" "Durée_douleur_ans" "Duration of pain" "Durée de la douleur" "pain-duration" History range(0.0, 70.0), "years" 0.0 0;
    "n_surgeries" "Nb_chirurgies" "Number of spine operations" "Nombre d’opérations du rachis" "n-surgeries" History range(0.0, 20.0), "" 0.0 0;
    "pain_location" "Localisation_douleur" "Predominant pain" "Douleur prédominante" "pain-location" Pain Scale::Levels(LOCATION), "" 0.0 0;
    "vas_back" "EVA_lombaire" "Back pain, visual analogue scale" "Douleur lombaire, échelle visuelle analogique" "pain-back" Pain range(0.0, 100.0), "mm" 0.05 3;
    "vas_leg" "EVA_jambe" "Leg pain, visual analogue scale" "Douleur de jambe, échelle visuelle analogique" "pain-leg" Pain range(0.0, 100.0), "mm" 0.05 3;
    "odi" "ODI" "Oswestry disability index" "Indice d’incapacité d’Oswestry" "odi" Disability range(0.0, 100.0), "%" 0.08 4;
    "eq5d" "EQ5D" "EQ-5D-5L index, French value set" "Indice EQ-5D-5L, valeurs françaises" "eq5d" QualityOfLife range(-0.6, 1.0), "" 0.10 5;
    "eq_vas" "EQ_VAS" "EQ-5D health state scale" "Échelle d’état de santé EQ-5D" "eq-vas" QualityOfLife range(0.0, 100.0), "" 0.10 5;
    "hads_a" "HADS_A" "HADS anxiety" "HADS anxiété" "hads-a" Distress range(0.0, 21.0), "" 0.12 6;
    "hads_d" "HADS_D" "HADS depression" "HADS dépression" "hads-d" Distress range(0.0, 21.0), "" 0.12 6;
    "pcs" "PCS" "Pain catastrophizing scale" "Échelle de catastrophisme (PCS)" "pcs" Distress range(0.0, 52.0), "" 0.18 7;
    "pain_detect" "painDETECT" "painDETECT score" "Score painDETECT" "pain-detect" Pain range(-1.0, 38.0), "" 0.20 8;
    "dn4" "DN4" "DN4 neuropathic pain score" "Score de douleur neuropathique DN4" "dn4" Pain range(0.0, 10.0), "" 0.12 9;
    "mme" "Opioïdes_MME" "Opioids, morphine milligram equivalents a day" "Opioïdes, équivalent morphine par jour" "mme" Treatment range(0.0, 1500.0), "mg/d" 0.08 10;
    "gabapentinoid" "Gabapentinoïde" "Gabapentinoid taken" "Prise d’un gabapentinoïde" "gabapentinoid" Treatment Scale::Levels(NO_YES), "" 0.0 0;
    "pain_surface" "Surface_douloureuse_cm2" "Surface of the painful area" "Surface douloureuse" "pain-surface" Pain range(0.0, 5000.0), "cm²" 0.25 11;
    "sensory_deficit" "Déficit_sensitif" "Severe sensory deficit in the painful area" "Déficit sensitif sévère dans le territoire douloureux" "sensory-deficit" Pain Scale::Levels(NO_YES), "" 0.06 12;
];

/// Number of forms, the complete one (0) included.
pub(super) const N_FORMS: usize = 13;

/// Scores taken again at each visit, as positions in [`MEASURES`].
pub(super) const REPEATED: [usize; 5] = [at::BACK, at::LEG, at::ODI, at::EQ5D, at::EQ_VAS];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_and_names_agree() {
        let names = [
            (at::AGE, "age"),
            (at::SEX, "sex"),
            (at::BMI, "bmi"),
            (at::SMOKER, "smoker"),
            (at::EDUCATION, "education"),
            (at::WORK, "work_status"),
            (at::CLAIM, "claim"),
            (at::DURATION, "pain_duration_years"),
            (at::SURGERIES, "n_surgeries"),
            (at::LOCATION, "pain_location"),
            (at::BACK, "vas_back"),
            (at::LEG, "vas_leg"),
            (at::ODI, "odi"),
            (at::EQ5D, "eq5d"),
            (at::EQ_VAS, "eq_vas"),
            (at::HADS_A, "hads_a"),
            (at::HADS_D, "hads_d"),
            (at::PCS, "pcs"),
            (at::PAIN_DETECT, "pain_detect"),
            (at::DN4, "dn4"),
            (at::MME, "mme"),
            (at::GABAPENTINOID, "gabapentinoid"),
            (at::SURFACE, "pain_surface"),
            (at::SENSORY, "sensory_deficit"),
        ];
        for (position, (index, name)) in names.into_iter().enumerate() {
            assert_eq!((index, MEASURES[index].name), (position, name));
        }
        assert!(MEASURES.iter().all(|measure| measure.form < N_FORMS));
        assert_eq!(LOCATION[level::LEG as usize].0, "leg");
        assert_eq!(WORK[level::WORKING as usize].0, "working");
        assert_eq!(EDUCATION[level::TERTIARY as usize].0, "tertiary");
    }
}
