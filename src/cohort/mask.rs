//! Issues without what they quote of a patient: what leaves the program may say where, not who.

use std::collections::BTreeSet;

use crate::base::issue::{Arg, Issue};
use crate::cohort::{Cohort, Kind};

/// Stands for text that might name a patient.
pub const MASK: &str = "•••";

/// Headers and names of the columns whose cells may name a patient.
pub fn private_headers(cohort: &Cohort) -> BTreeSet<String> {
    cohort
        .variables
        .iter()
        .filter(|v| matches!(v.kind, Kind::Identifier | Kind::Text))
        .flat_map(|v| [v.name.clone(), v.origin.header.clone()])
        .collect()
}

/// The issues of a cohort as an export may hold them.
pub fn masked_issues(cohort: &Cohort) -> Vec<Issue> {
    let private = private_headers(cohort);
    let issues = cohort.issues.iter();
    issues.map(|issue| masked(issue, &private)).collect()
}

/// An issue in a private column without its quotes; any issue without the patient it names.
pub fn masked(issue: &Issue, private: &BTreeSet<String>) -> Issue {
    let names_patient = matches!(
        issue.code.as_str(),
        "duplicate-id" | "unmatched-id" | "duplicate-visit"
    );
    // A column left out earlier is no longer in the cohort, but its findings are masked already.
    let column = issue.place.column.as_ref();
    if names_patient || column.is_some_and(|column| private.contains(column)) {
        return quoting_nothing(issue);
    }
    let mut copy = issue.clone();
    for (name, arg) in &mut copy.args {
        if matches!(name.as_str(), "id" | "patient" | "identifier") {
            *arg = Arg::Text(MASK.to_owned());
        }
    }
    copy
}

/// An issue that says where and what kind, and quotes nothing.
pub fn quoting_nothing(issue: &Issue) -> Issue {
    let mut copy = issue.clone();
    copy.found = copy.found.map(|_text| MASK.to_owned());
    for (name, arg) in &mut copy.args {
        match arg {
            // The code of what is counted is no value.
            Arg::Text(_) if name != "code" => *arg = Arg::Text(MASK.to_owned()),
            Arg::Issue(issue) => **issue = quoting_nothing(issue),
            _ => {}
        }
    }
    copy
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cohort::{Origin, Source, Variable};

    #[test]
    fn what_leaves_the_program_quotes_no_identifier() {
        let mut cohort = Cohort::new(Source::default(), 0);
        let origin = Origin {
            header: "Nom".to_owned(),
            ..Origin::default()
        };
        let name = Variable::new("nom", Kind::Identifier, origin);
        cohort.push_texts(name, &[]).unwrap();
        cohort.issues = vec![
            Issue::warning("more-cells")
                .in_column("Nom")
                .found("Durand")
                .with("code", "x")
                .with("others", "Petit"),
            Issue::warning("duplicate-id")
                .found("80001")
                .in_column("ID of a joined sheet"),
            Issue::warning("out-of-range").in_column("age").found("540"),
        ];
        let text = format!("{:?}", masked_issues(&cohort));
        for secret in ["Durand", "Petit", "80001"] {
            assert!(!text.contains(secret), "{secret}");
        }
        assert!(text.contains("540") && text.contains("\"x\""));
    }
}
