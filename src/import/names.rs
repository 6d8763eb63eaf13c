//! Headers that say what a column is, whatever its values: names of patients, of people, of forms.

use crate::cohort::header;

/// Whether a header says that its column names patients.
pub(crate) fn is_identifier_header(text: &str) -> bool {
    const WHOLE: [&str; 30] = [
        "id",
        "patient",
        "patients",
        "subject",
        "sujet",
        "participant",
        "ipp",
        "nip",
        "nda",
        "num",
        "numero",
        "no",
        "code",
        "identifiant",
        "identifier",
        "record",
        "dossier",
        "case",
        "cas",
        "usubjid",
        "subjid",
        "patid",
        "idpatient",
        "patientid",
        "numpatient",
        "nopatient",
        "pid",
        "mrn",
        "pseudonym",
        "pseudonyme",
    ];
    const NOUNS: [&str; 9] = [
        "patient",
        "patients",
        "subject",
        "sujet",
        "participant",
        "dossier",
        "record",
        "inclusion",
        "case",
    ];
    const MARKS: [&str; 11] = [
        "id",
        "num",
        "numero",
        "no",
        "n",
        "code",
        "number",
        "nr",
        "identifiant",
        "ref",
        "identifier",
    ];
    let folded = header::fold(text);
    if WHOLE.contains(&folded.as_str()) {
        return true;
    }
    let words = header::words(text);
    let small = |word: &String| {
        matches!(
            word.as_str(),
            "du" | "de" | "the" | "of" | "le" | "anonyme" | "anonymous" | "study"
        )
    };
    let has = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    let known = |word: &String| {
        small(word)
            || NOUNS.contains(&word.as_str())
            || MARKS.contains(&word.as_str())
            || word == "ipp"
    };
    words.iter().all(known)
        && ((has(&NOUNS) && has(&MARKS)) || words.iter().any(|word| word == "ipp"))
}

/// Whether a header says that its column holds people's names.
pub(crate) fn names_a_person(text: &str) -> bool {
    header::words(text).iter().any(|word| {
        matches!(
            word.as_str(),
            "nom"
                | "prenom"
                | "surname"
                | "firstname"
                | "lastname"
                | "initiales"
                | "initials"
                | "adresse"
                | "address"
                | "email"
                | "telephone"
        )
    })
}

/// Whether a header is REDCap's status of a form.
pub(crate) fn is_form_status(text: &str) -> bool {
    text.len() > "_complete".len() && text.ends_with("_complete")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_of_identifiers_are_known_in_both_languages() {
        for header in [
            "ID",
            "patient_id",
            "Num_patient",
            "N° patient",
            "IPP",
            "subject id",
            "Numéro de dossier",
            "PatientID",
        ] {
            assert!(is_identifier_header(header), "{header}");
        }
        for header in [
            "n_surgeries",
            "code_postal",
            "pain",
            "patient_age",
            "nb patients",
            "numero_lit",
        ] {
            assert!(!is_identifier_header(header), "{header}");
        }
    }
}
