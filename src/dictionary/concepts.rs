//! The measures that the program knows: one row a concept.
//!
//! `words` are ways to write the header: words in any order, `/` between words that stand for each
//! other, everything in lower case without accents. A header matches only when every word of it is
//! accounted for, so that `pain_medication` is not taken for pain.

use crate::cohort::{Domain, Kind, Timing};

/// Which columns a concept may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Needs {
    /// A quantity.
    Number,
    /// Levels, or a number that stands for them.
    Levels,
    /// A date.
    Date,
    /// Anything.
    Any,
}

impl Needs {
    /// Whether a column of that kind may be the concept.
    pub(super) fn allow(self, kind: Kind) -> bool {
        match self {
            Self::Number => kind == Kind::Numeric,
            Self::Levels => matches!(kind, Kind::Numeric | Kind::Binary | Kind::Categorical),
            Self::Date => kind == Kind::Date,
            Self::Any => kind != Kind::Identifier,
        }
    }
}

/// A measure.
pub(super) struct Concept {
    pub(super) id: &'static str,
    pub(super) domain: Domain,
    /// When it is measured where the header names no visit.
    pub(super) timing: Timing,
    pub(super) needs: Needs,
    /// Unit; empty where there is none.
    pub(super) unit: &'static str,
    /// Plausible range, both ends included.
    pub(super) range: Option<(f64, f64)>,
    pub(super) words: &'static [&'static str],
}

/// From implantation on: the month is not said.
const IMPLANT: Timing = Timing::After(0);

macro_rules! concepts {
    ($($id:literal $domain:ident $timing:expr, $needs:ident $unit:literal $range:expr, [$($words:literal),+ $(,)?];)+) => {
        &[$(Concept {
            id: $id,
            domain: Domain::$domain,
            timing: $timing,
            needs: Needs::$needs,
            unit: $unit,
            range: $range,
            words: &[$($words),+],
        }),+]
    };
}

/// The concepts. Ranges hold every score that the instrument can give and every value that a living
/// patient plausibly has; EQ-5D reaches below zero in every published value set.
#[rustfmt::skip]
pub(super) const CONCEPTS: &[Concept] = concepts![
    "patient-id" Other Timing::Unknown, Any "" None, ["patient id"];
    "centre" Course Timing::Baseline, Levels "" None, [
        "centre/center/site/hopital/hospital/etablissement/clinic/clinique", "centre/center/site code/id/no/name/nom/number",
        "study/investigator centre/center/site",
    ];
    "inclusion-date" Course Timing::Baseline, Date "" None, [
        "date inclusion/enrolment/enrollment/consultation/entree/selection/baseline/evaluation/assessment",
        "date visit/visite inclusion/baseline/selection/j0/m0",
    ];
    "age" Person Timing::Baseline, Number "years" Some((18.0, 100.0)), [
        "age", "age inclusion/implant/implantation/surgery/chirurgie/trial/baseline",
    ];
    "sex" Person Timing::Baseline, Levels "" None, ["sex/sexe/gender/genre"];
    "bmi" Person Timing::Baseline, Number "kg/m²" Some((12.0, 70.0)), [
        "bmi/imc", "body mass", "masse corporelle",
    ];
    "smoker" Person Timing::Baseline, Levels "" None, [
        "smoker/smoking/smokes/tobacco/tabac/tabagisme/fumeur/fumeuse", "smoking/smoker/tobacco status/use",
        "statut tabac/tabagique/tabagisme", "tabac/tabagisme/fumeur actif/active", "active smoker/smoking",
    ];
    "education" Person Timing::Baseline, Levels "" None, [
        "education/schooling/etudes/scolarite/diplome", "education/educational/school level/attainment",
        "highest education/degree/diploma", "niveau etudes/etude/scolaire/education/diplome/scolarite",
    ];
    "work-status" Person Timing::Baseline, Levels "" None, [
        "work/job/employment/occupational/professional/working status/situation",
        "statut/situation/activite professionnel/professionnelle/travail/emploi", "work/employment/occupation/travail/emploi/employed",
    ];
    "claim" Person Timing::Baseline, Levels "" None, [
        "claim/litigation/litige/compensation/indemnisation/contentieux", "compensation/insurance/legal claim/litigation",
        "work/workers/worker compensation", "claim/litige litigation/indemnisation", "accident travail", "at mp",
        "procedure judiciaire/indemnisation",
    ];
    "pain-duration" History Timing::Baseline, Number "years" Some((0.0, 70.0)), [
        "pain/symptom/symptoms duration", "duree/anciennete douleur/douleurs/evolution/symptomes",
        "duree evolution douleur/douleurs",
    ];
    "n-surgeries" History Timing::Baseline, Number "" Some((0.0, 20.0)), [
        "n/nb/nbr/nbre/nombre/number/count/num surgeries/surgery/operations/operation/chirurgies/chirurgie/interventions",
        "n/nb/nbr/nbre/nombre/number/count/num surgeries/surgery/operations/operation/chirurgies/chirurgie/interventions prior/previous/spine/spinal/back/lumbar/rachis/lombaires/rachidiennes/anterieures/prealables",
        "prior/previous surgeries/operations", "prior/previous spine/spinal/back/lumbar surgeries/operations",
        "chirurgies/operations/interventions anterieures/prealables",
    ];
    "pain-location" Pain Timing::Baseline, Levels "" None, [
        "pain location/localisation/localization/site/predominance/distribution/pattern", "predominant/dominant pain",
        "localisation/siege/topographie/predominance/repartition douleur/douleurs/douloureuse", "douleur predominante/dominante",
        "localisation/topographie",
    ];
    "pain-back" Pain Timing::Baseline, Number "mm" Some((0.0, 100.0)), [
        "eva/vas/en/ens/nrs/nprs/evn/evs/pain/douleur/intensite/intensity back/lumbar/lombaire/lombaires/dos/rachis/rachidienne/lombalgie/lombalgies/axial/axiale/lbp",
        "pain/douleur/douleurs back/lumbar/lombaire/lombaires/dos/rachis/axial/axiale eva/vas/en/ens/nrs/nprs/evn/intensity/intensite",
        "lombalgie/lombalgies/lbp",
    ];
    "pain-leg" Pain Timing::Baseline, Number "mm" Some((0.0, 100.0)), [
        "eva/vas/en/ens/nrs/nprs/evn/evs/pain/douleur/intensite/intensity leg/legs/jambe/jambes/radiculaire/radiculaires/radicular/sciatique/radiculalgie/mi",
        "pain/douleur/douleurs leg/legs/jambe/jambes/radiculaire/radicular eva/vas/en/ens/nrs/nprs/evn/intensity/intensite",
        "eva/vas/en/ens/nrs/nprs/evn/pain/douleur membre/membres/lower inferieur/inferieurs/limb/limbs", "radiculalgie/sciatalgie/sciatique",
    ];
    "pain-global" Pain Timing::Baseline, Number "mm" Some((0.0, 100.0)), [
        "eva/vas/nrs/nprs/evn/ens/douleur/pain",
        "eva/vas/en/ens/nrs/nprs/evn/pain/douleur global/globale/generale/overall/average/moyenne/mean",
        "eva/vas/en/ens/nrs/nprs/evn pain/douleur/douleurs", "pain/douleur intensity/intensite/level/niveau",
        "eva/vas/en/ens/nrs/nprs/evn pain/douleur global/globale/overall/average/moyenne/mean",
    ];
    "odi" Disability Timing::Baseline, Number "%" Some((0.0, 100.0)), [
        "odi/oswestry/ifo/iodi", "oswestry disability/incapacite", "odi oswestry",
    ];
    "eq5d" QualityOfLife Timing::Baseline, Number "" Some((-0.6, 1.0)), [
        "eq5d/eq5d5l/eq5d3l/euroqol", "eq 5d", "eq 5d 5l/3l", "eq5d 5l/3l", "eq5d/eq5d5l/eq5d3l utility/utilite/france/french",
        "eq 5d utility/utilite/france/french", "eq 5d 5l/3l utility/utilite/france/french",
    ];
    "eq-vas" QualityOfLife Timing::Baseline, Number "" Some((0.0, 100.0)), [
        "eq vas/eva", "eq5d/eq5d5l vas/eva", "eq 5d vas/eva", "eq 5d 5l vas/eva", "eva/vas sante/health", "eva etat sante",
        "health state vas",
    ];
    "hads-a" Distress Timing::Baseline, Number "" Some((0.0, 21.0)), ["hads/had a/anxiety/anxiete/anx", "hads/had a anxiety/anxiete"];
    "hads-d" Distress Timing::Baseline, Number "" Some((0.0, 21.0)), ["hads/had d/depression/dep", "hads/had d depression"];
    "pcs" Distress Timing::Baseline, Number "" Some((0.0, 52.0)), [
        "pcs", "pcs cf/catastrophisme/catastrophizing/catastrophising",
        "pain catastrophizing/catastrophising/catastrophisation",
        "catastrophisme/catastrophizing/catastrophising/catastrophisation",
    ];
    "pain-detect" Pain Timing::Baseline, Number "" Some((-1.0, 38.0)), ["paindetect/pdq", "pain detect", "pain detect questionnaire"];
    "dn4" Pain Timing::Baseline, Number "" Some((0.0, 10.0)), ["dn4", "dn 4"];
    "mme" Treatment Timing::Baseline, Number "mg/d" Some((0.0, 1500.0)), [
        "mme/emo/eqmo/ome/opioids/opioides/opioid", "morphine equivalent/equivalents/equivalence",
        "opioids/opioides/opioid mme/emo/eqmo/ome/dose/morphine", "dose morphine/opioids/opioides/opioid/mme/emo",
    ];
    "gabapentinoid" Treatment Timing::Baseline, Levels "" None, [
        "gabapentinoid/gabapentinoids/gabapentinoide/gabapentinoides/gabapentin/gabapentine/pregabalin/pregabaline",
        "prise gabapentinoide/gabapentinoides",
    ];
    "antidepressant" Treatment Timing::Baseline, Levels "" None, [
        "antidepressant/antidepressants/antidepresseur/antidepresseurs",
    ];
    "pain-surface" Pain Timing::Baseline, Number "cm²" Some((0.0, 5000.0)), [
        "pain/painful surface/area", "surface/aire/surf douleur/douloureuse/pain", "body pain surface", "pain drawing area",
        "cartographie", "cartographie douleur", "surface/surf",
    ];
    "sensory-deficit" Pain Timing::Baseline, Levels "" None, [
        "sensory deficit/loss", "deficit sensitif/sensoriel", "hypoesthesie",
    ];
    "trial-date" Course Timing::Trial, Date "" None, [
        "date trial/test/essai", "date phase test/essai", "date trial/test stimulation", "date lead trial",
    ];
    "trial-success" Course Timing::Trial, Levels "" None, [
        "trial success/successful/result/outcome/positive/response/responder",
        "test/essai positif/positive/reussi/reussie/concluant/resultat/succes/issue", "trial/test/essai", "phase test/essai",
        "phase test/essai positive/reussie/resultat/concluante", "lead trial", "lead trial success/result/positive",
    ];
    "trial-relief" Course Timing::Trial, Number "%" Some((-100.0, 100.0)), [
        "trial/test/essai relief/reduction/soulagement", "trial pain relief/reduction", "phase test/essai soulagement",
        "test/essai soulagement douleur", "trial/test/essai",
    ];
    "implanted" Course IMPLANT, Levels "" None, [
        "implanted/implant/implantation/implante/implantee", "permanent/definitive/definitif implanted/implant/implantation",
        "ipg", "scs/scm implanted/implant/implante",
    ];
    "implant-date" Course IMPLANT, Date "" None, [
        "date implanted/implant/implantation/ipg/pose", "date permanent/definitive/definitif implant/implantation", "date pose ipg/implant",
        "implantation", "date ipg implant/implantation",
    ];
    "explanted" Course IMPLANT, Levels "" None, [
        "explanted/explant/explantation/explante/explantee", "device/scs removed/removal/explanted", "retrait/ablation materiel",
    ];
    "explant-date" Course IMPLANT, Date "" None, [
        "date explanted/explant/explantation/removal/retrait/ablation", "explantation", "date device removal",
    ];
    "explant-reason" Course IMPLANT, Any "" None, [
        "explant/explantation reason/motif/cause/raison", "reason removal",
    ];
    "visit-date" Course Timing::Unknown, Date "" None, ["date visit/visite/suivi/followup/consultation", "date follow up"];
    "satisfaction" Course IMPLANT, Levels "" None, ["satisfaction/satisfied/satisfait/satisfaite"];
    "pgic" Course IMPLANT, Levels "" Some((1.0, 7.0)), [
        "pgic/igc/cgi/cgic", "global impression change", "impression globale changement",
    ];
];

/// Words that say nothing about which measure it is.
pub(super) const FILLERS: &[&str] = &[
    "a",
    "at",
    "au",
    "aux",
    "by",
    "calc",
    "current",
    "actuel",
    "actuelle",
    "d",
    "day",
    "de",
    "des",
    "du",
    "echelle",
    "fr",
    "for",
    "index",
    "indice",
    "j",
    "jour",
    "l",
    "la",
    "le",
    "les",
    "low",
    "of",
    "par",
    "patient",
    "per",
    "reported",
    "rapporte",
    "scale",
    "score",
    "severe",
    "sum",
    "the",
    "to",
    "total",
    "val",
    "valeur",
    "value",
    "value set",
    "version",
    "vs",
];

/// Words of a unit: they say nothing about the measure either, but are kept to tell the scale.
pub(super) const UNIT_WORDS: &[&str] = &[
    "0",
    "10",
    "100",
    "an",
    "annee",
    "annees",
    "ans",
    "cm",
    "cm2",
    "kg",
    "m2",
    "mg",
    "mm",
    "mois",
    "month",
    "months",
    "pct",
    "percent",
    "percentage",
    "pourcent",
    "pourcentage",
    "year",
    "years",
    "yr",
    "yrs",
];

/// Words that only a French header has, to choose the language of labels.
pub(super) const FRENCH: &[&str] = &[
    "anciennete",
    "annees",
    "ans",
    "antidepresseur",
    "centre",
    "chirurgies",
    "date",
    "deficit",
    "dos",
    "douleur",
    "douloureuse",
    "duree",
    "emo",
    "essai",
    "etudes",
    "eva",
    "explantation",
    "fumeur",
    "gabapentinoide",
    "identifiant",
    "imc",
    "implante",
    "implantation",
    "jambe",
    "litige",
    "localisation",
    "lombaire",
    "mois",
    "nb",
    "niveau",
    "nombre",
    "numero",
    "opioides",
    "professionnel",
    "professionnelle",
    "radiculaire",
    "sensitif",
    "sexe",
    "soulagement",
    "statut",
    "surface",
    "tabac",
    "tabagisme",
];

/// Words that only an English header has.
pub(super) const ENGLISH: &[&str] = &[
    "back",
    "claim",
    "deficit",
    "duration",
    "education",
    "explanted",
    "gender",
    "implant",
    "implanted",
    "leg",
    "location",
    "months",
    "mme",
    "opioids",
    "pain",
    "sensory",
    "sex",
    "smoker",
    "smoking",
    "status",
    "surgeries",
    "trial",
    "vas",
    "visit",
    "work",
    "years",
];
