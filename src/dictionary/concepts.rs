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
    /// What names a person: anything but two levels, which say whether there is one.
    Identity,
}

impl Needs {
    /// Whether a column of that kind may be the concept.
    pub(super) fn allow(self, kind: Kind) -> bool {
        match self {
            Self::Number => kind == Kind::Numeric,
            Self::Levels => matches!(kind, Kind::Numeric | Kind::Binary | Kind::Categorical),
            Self::Date => kind == Kind::Date,
            Self::Any => kind != Kind::Identifier,
            Self::Identity => kind != Kind::Binary,
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
    "person-name" Other Timing::Unknown, Identity "" None, [
        "nom/noms/prenom/prenoms/surname/forename/firstname/lastname/fullname/initiales/initials/name",
        "nom prenom/prenoms/famille/naissance/usage/usuel/marital/patronymique", "nom jeune fille",
        "first/last/family/maiden/full/given/middle/birth name", "name/surname/nom/prenom/initiales/initials patient/patients/subject/sujet",
        "nom prenom patient/patients", "nom/prenom naissance/usage patient", "last first name",
    ];
    "birth-date" Other Timing::Unknown, Identity "" None, [
        "naissance/ddn/dob/dnais/birthdate/birthday/datenaissance/datnaiss", "date naissance/birth/naiss", "ne e le", "ne le",
        "date naissance/birth patient/subject/sujet",
    ];
    "national-number" Other Timing::Unknown, Identity "" None, [
        "nir/nss/ssn/insee/ins", "securite/sec sociale", "social security", "social security number/no/n",
        "n/no/num/numero/nb securite/secu/sec sociale", "n/no/num/numero secu/ss/nir/insee/nss", "matricule ins", "nhs number/no",
        "national id/number/identifier",
    ];
    "address" Other Timing::Unknown, Identity "" None, [
        "adresse/address/rue/street/domicile/zip/zipcode/postcode/codepostal", "adresse/address patient/domicile/postale/complete/1/2",
        "code postal", "postal/zip code", "home/street/postal address", "ville/commune/city/town domicile/residence/patient/naissance",
        "lieu naissance", "place birth",
    ];
    "phone" Other Timing::Unknown, Identity "" None, [
        "telephone/tel/phone/portable/gsm/tph/cellphone", "n/no/num/numero telephone/tel/portable/gsm",
        "telephone/tel/phone/mobile number/fixe/portable/mobile/patient/domicile/1/2/home/work", "cell/mobile/home phone",
    ];
    "email" Other Timing::Unknown, Identity "" None, [
        "email/mail/courriel/mel", "e mail", "adresse/address mail/email/electronique/courriel", "adresse/address e mail",
        "email/mail/courriel patient/address",
    ];
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
    "height" Person Timing::Baseline, Number "cm" Some((100.0, 230.0)), [
        "height/taille/stature", "height/taille/stature m/metre/metres/inclusion", "body height",
    ];
    "weight" Person Timing::Baseline, Number "kg" Some((30.0, 250.0)), [
        "weight/poids", "weight/poids g/lb/lbs/pounds/livres/kilos/inclusion", "body weight", "poids corporel",
    ];
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
    "last-surgery-date" History Timing::Baseline, Date "" None, [
        "date last/latest/derniere surgery/operation/chirurgie/intervention",
        "date last/latest/derniere spine/spinal/back/lumbar/rachis/rachidienne/lombaire surgery/operation/chirurgie/intervention",
        "last/derniere surgery/operation/chirurgie/intervention", "date index surgery/operation",
    ];
    "surgery-type" History Timing::Baseline, Levels "" None, [
        "type surgery/operation/chirurgie/intervention", "type last/derniere surgery/operation/chirurgie/intervention",
        "type spine/spinal/back/lumbar/rachis surgery/operation/chirurgie/intervention", "procedure type",
    ];
    "psychiatric-history" History Timing::Baseline, Levels "" None, [
        "psychiatric/psychiatrique/psychiatriques/psy/psych history/antecedent/antecedents/atcd/atcds/comorbidity/disorder/trouble/troubles",
        "history psychiatric disorder/disorders/illness",
    ];
    "mri-date" Course Timing::Baseline, Date "" None, [
        "date mri/irm", "mri/irm", "date last/derniere mri/irm", "date mri/irm lumbar/lombaire/rachis/spine",
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
    "sf12-pcs" QualityOfLife Timing::Baseline, Number "" Some((0.0, 100.0)), [
        "sf12/sf36 pcs/physical/physique/pcs12", "sf 12/36 pcs/physical/physique/pcs12", "pcs12/pcs36", "pcs 12",
        "sf12/sf36 physical component/composante/summary", "sf 12/36 physical component/summary",
        "sf12/sf36 composante physique", "sf 12/36 composante physique", "physical component", "physical component summary",
        "sf12/sf36 physical component summary", "sf 12/36 physical component summary", "composante physique",
    ];
    "sf12-mcs" QualityOfLife Timing::Baseline, Number "" Some((0.0, 100.0)), [
        "mcs/mcs12/mcs36", "sf12/sf36 mcs/mental/mentale/mcs12", "sf 12/36 mcs/mental/mentale/mcs12", "mcs 12",
        "sf12/sf36 mental component/summary", "sf 12/36 mental component/summary", "sf12/sf36 composante mentale",
        "sf 12/36 composante mentale", "mental component", "mental component summary",
        "sf12/sf36 mental component summary", "sf 12/36 mental component summary", "composante mentale",
    ];
    "psqi" QualityOfLife Timing::Baseline, Number "" Some((0.0, 21.0)), [
        "psqi", "pittsburgh sleep quality", "pittsburgh", "psqi sommeil/sleep", "pittsburgh qualite sommeil",
    ];
    "isi" QualityOfLife Timing::Baseline, Number "" Some((0.0, 28.0)), [
        "isi", "insomnia severity", "isi insomnie/insomnia/sommeil", "severite insomnie",
    ];
    "promis-pf" Disability Timing::Baseline, Number "" Some((10.0, 90.0)), [
        "promis pf/physical/physique/function", "promis physical function", "promis fonction physique", "promispf",
    ];
    "hads-a" Distress Timing::Baseline, Number "" Some((0.0, 21.0)), ["hads/had a/anxiety/anxiete/anx", "hads/had a anxiety/anxiete"];
    "hads-d" Distress Timing::Baseline, Number "" Some((0.0, 21.0)), ["hads/had d/depression/dep", "hads/had d depression"];
    "pcs" Distress Timing::Baseline, Number "" Some((0.0, 52.0)), [
        "pcs", "pcs cf/catastrophisme/catastrophizing/catastrophising",
        "pain catastrophizing/catastrophising/catastrophisation",
        "catastrophisme/catastrophizing/catastrophising/catastrophisation",
    ];
    "fabq-pa" Distress Timing::Baseline, Number "" Some((0.0, 24.0)), [
        "fabq pa/ap/p/physique/physical/activity/activite/fabqpa", "fabqpa/fabqap/fabqp", "fabq activite physique",
        "fabq physical activity", "fear avoidance physical activity", "fear avoidance beliefs physical activity",
    ];
    "fabq-w" Distress Timing::Baseline, Number "" Some((0.0, 42.0)), [
        "fabq work/w/t/travail", "fabqw/fabqt", "fear avoidance work", "fear avoidance beliefs work",
    ];
    "csq" Distress Timing::Baseline, Number "" None, [
        "csq/csqf/coping", "csq f/coping/strategies", "coping strategies", "strategies coping", "coping strategies questionnaire",
    ];
    "tsk" Distress Timing::Baseline, Number "" Some((17.0, 68.0)), [
        "tsk/tsk17/kinesiophobie/kinesiophobia/tampa", "tsk 17/kinesiophobie/kinesiophobia/cf", "tampa kinesiophobie/kinesiophobia",
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
    "benzodiazepine" Treatment Timing::Baseline, Levels "" None, [
        "benzodiazepine/benzodiazepines/benzo/benzos/bzd", "prise benzodiazepine/benzodiazepines",
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
    "trial-relief-reported" Course Timing::Trial, Number "%" Some((-100.0, 100.0)), [
        "trial/test/essai relief/reduction/soulagement reported/stated/perceived/rapporte/declare/ressenti/estime",
        "trial/test/essai pain relief/reduction reported/stated/perceived",
        "phase test/essai soulagement rapporte/declare/ressenti/estime",
        "reported/stated/perceived trial relief", "soulagement rapporte/declare/ressenti/estime test/essai",
    ];
    "trial-days" Course Timing::Trial, Number "days" Some((0.0, 90.0)), [
        "trial/test/essai duration/duree/days/jours/length", "duree/duration phase test/essai", "trial/test/essai days/jours number/n/nb/nombre",
        "phase test/essai duree jours", "trial/test/essai duree/duration days/jours",
    ];
    "waveform" Course IMPLANT, Levels "" None, [
        "waveform/waveforms/stimulation", "forme onde", "type/mode/waveform stimulation", "type/mode waveform", "stimulation waveform/paradigm",
    ];
    "lead-type" Course IMPLANT, Levels "" None, [
        "lead/electrode/electrodes/sonde", "type lead/electrode/electrodes/sonde", "electrode/lead percutaneous/chirurgicale/surgical/paddle",
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
    "died" Course IMPLANT, Levels "" None, [
        "died/dead/death/deceased/deces/decede/decedee/mort/morte", "patient died/deceased/decede/dead",
    ];
    "death-date" Course IMPLANT, Date "" None, ["date death/deces/mort"];
    "adverse-event" Course IMPLANT, Any "" None, [
        "ei/eig/ae/sae/complication/complications", "adverse event/events", "serious adverse event/events",
        "evenement/evenements indesirable/indesirables", "evenement/evenements indesirable/indesirables grave/graves",
    ];
    "visit-date" Course Timing::Unknown, Date "" None, ["date visit/visite/suivi/followup/consultation", "date follow up"];
    "satisfaction" Course IMPLANT, Levels "" None, ["satisfaction/satisfied/satisfait/satisfaite"];
    "pgic" Course IMPLANT, Levels "" Some((1.0, 7.0)), [
        "pgic/igc/cgi/cgic", "global impression change", "impression globale changement",
    ];
];

/// Which way a measure is better, where the instrument says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// More of it is worse: pain, disability, distress.
    HighIsWorse,
    /// More of it is better: quality of life, relief.
    HighIsBetter,
}

/// Which way a measure is better; `None` where it has no better end (age, dates, levels).
pub(super) fn direction(id: &str) -> Option<Direction> {
    match id {
        "pain-back" | "pain-leg" | "pain-global" | "odi" | "hads-a" | "hads-d" | "pcs"
        | "fabq-pa" | "fabq-w" | "tsk" | "psqi" | "isi" | "pain-detect" | "dn4"
        | "pain-surface" | "mme" | "pgic" => Some(Direction::HighIsWorse),
        "eq5d"
        | "eq-vas"
        | "sf12-pcs"
        | "sf12-mcs"
        | "promis-pf"
        | "trial-relief"
        | "trial-relief-reported" => Some(Direction::HighIsBetter),
        _ => None,
    }
}

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
    "naissance",
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
