//! The columns of a simulated cohort: one list for the cohort, the files and the codebooks.

use std::sync::Arc;

use crate::cohort::{Cohort, Domain, Kind, Origin, Source, Timing, Variable};
use crate::simulate::course::{Patient, VISIT_MONTHS};
use crate::simulate::measure::{Level, MEASURES, NO_YES, REPEATED, Scale};

/// What stands in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Content {
    Id,
    Centre,
    Baseline(usize),
    TrialDate,
    TrialSuccess,
    TrialRelief,
    Implanted,
    ImplantDate,
    Explanted,
    ExplantDate,
    VisitDate(usize),
    /// Visit, then position in [`REPEATED`].
    Score(usize, usize),
}

/// One column.
#[derive(Clone)]
pub(super) struct Column {
    /// Header in English and French.
    pub(super) header: (String, String),
    /// Words in English and French.
    pub(super) label: (String, String),
    pub(super) concept: &'static str,
    pub(super) kind: Kind,
    pub(super) timing: Timing,
    pub(super) domain: Domain,
    pub(super) unit: &'static str,
    pub(super) range: Option<(f64, f64)>,
    pub(super) levels: &'static [Level],
    pub(super) content: Content,
}

/// The value of one cell.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    Missing,
    Number(f64),
    Level(usize),
    /// Days since 1 January 1970.
    Day(i32),
    Text(String),
}

impl Column {
    fn new(content: Content, header: (&str, &str), label: (&str, &str)) -> Self {
        Self {
            header: (header.0.to_owned(), header.1.to_owned()),
            label: (label.0.to_owned(), label.1.to_owned()),
            concept: "",
            kind: Kind::Numeric,
            timing: Timing::Baseline,
            domain: Domain::Course,
            unit: "",
            range: None,
            levels: &[],
            content,
        }
    }

    fn course(mut self, concept: &'static str, kind: Kind, timing: Timing) -> Self {
        self.concept = concept;
        self.kind = kind;
        self.timing = timing;
        if kind == Kind::Binary {
            self.levels = NO_YES;
        }
        self
    }

    fn baseline(index: usize) -> Self {
        let measure = &MEASURES[index];
        let mut column = Self::new(
            Content::Baseline(index),
            (measure.name, measure.french),
            measure.label,
        );
        column.concept = measure.concept;
        column.domain = measure.domain;
        column.unit = measure.unit;
        match measure.scale {
            Scale::Range(low, high) => column.range = Some((low, high)),
            Scale::Levels(levels) => {
                column.levels = levels;
                column.kind = if levels.len() == 2 {
                    Kind::Binary
                } else {
                    Kind::Categorical
                };
            }
        }
        column
    }

    fn score(visit: usize, position: usize) -> Self {
        let month = VISIT_MONTHS[visit];
        let mut column = Self::baseline(REPEATED[position]);
        column.header.0 = format!("{}_M{month}", column.header.0);
        column.header.1 = format!("{}_M{month}", column.header.1);
        column.label.0 = format!("{}, {}", column.label.0, after(month).0);
        column.label.1 = format!("{}, {}", column.label.1, after(month).1);
        column.timing = Timing::After(month);
        column.content = Content::Score(visit, position);
        column
    }

    fn visit_date(visit: usize) -> Self {
        let month = VISIT_MONTHS[visit];
        let (english, french) = after(month);
        Self::new(
            Content::VisitDate(visit),
            (
                &format!("visit_date_M{month}"),
                &format!("Date_visite_M{month}"),
            ),
            (
                &format!("Date of the visit, {english}"),
                &format!("Date de la visite, {french}"),
            ),
        )
        .course("visit-date", Kind::Date, Timing::After(month))
    }
}

fn after(month: u16) -> (String, String) {
    let english = if month == 1 { "month" } else { "months" };
    (format!("{month} {english}"), format!("{month} mois"))
}

/// Identifier, centre and baseline, then trial, implant and explant.
pub(super) fn patient_columns() -> Vec<Column> {
    let mut id = Column::new(
        Content::Id,
        ("patient_id", "Identifiant"),
        ("Synthetic identifier", "Identifiant synthétique"),
    );
    id.kind = Kind::Identifier;
    id.timing = Timing::Unknown;
    id.domain = Domain::Other;
    id.concept = "patient-id";
    let centre = Column::new(Content::Centre, ("centre", "Centre"), ("Centre", "Centre")).course(
        "centre",
        Kind::Categorical,
        Timing::Baseline,
    );
    let mut columns = vec![id, centre];
    columns.extend((0..MEASURES.len()).map(Column::baseline));
    columns.extend(course_columns());
    columns
}

fn course_columns() -> [Column; 7] {
    let new = Column::new;
    let mut relief = new(
        Content::TrialRelief,
        ("trial_relief", "Soulagement_test"),
        (
            "Relief at the trial as reported",
            "Soulagement rapporté lors du test",
        ),
    )
    .course("trial-relief", Kind::Numeric, Timing::Trial);
    relief.unit = "%";
    relief.range = Some((-100.0, 100.0));
    [
        new(
            Content::TrialDate,
            ("trial_date", "Date_test"),
            ("Date of the lead trial", "Date du test de stimulation"),
        )
        .course("trial-date", Kind::Date, Timing::Trial),
        new(
            Content::TrialSuccess,
            ("trial_success", "Test_positif"),
            ("Successful lead trial", "Test de stimulation positif"),
        )
        .course("trial-success", Kind::Binary, Timing::Trial),
        relief,
        new(
            Content::Implanted,
            ("implanted", "Implanté"),
            ("Implanted", "Implanté"),
        )
        .course("implanted", Kind::Binary, Timing::After(0)),
        new(
            Content::ImplantDate,
            ("implant_date", "Date_implantation"),
            ("Date of the implant", "Date d’implantation"),
        )
        .course("implant-date", Kind::Date, Timing::After(0)),
        new(
            Content::Explanted,
            ("explanted", "Explanté"),
            ("Explanted within 24 months", "Explanté dans les 24 mois"),
        )
        .course("explanted", Kind::Binary, Timing::After(0)),
        new(
            Content::ExplantDate,
            ("explant_date", "Date_explantation"),
            ("Date of the explant", "Date d’explantation"),
        )
        .course("explant-date", Kind::Date, Timing::After(0)),
    ]
}

/// Scores of every visit side by side, with or without the dates of the visits.
pub(super) fn visit_columns(keep_dates: bool) -> Vec<Column> {
    let of_visit = |visit: usize| {
        let date = keep_dates.then(|| Column::visit_date(visit));
        let scores = (0..REPEATED.len()).map(move |position| Column::score(visit, position));
        date.into_iter().chain(scores)
    };
    (0..VISIT_MONTHS.len()).flat_map(of_visit).collect()
}

/// Identifier of a patient: says itself that it is synthetic.
pub(super) fn id(number: usize) -> String {
    format!("SYN-{number:05}")
}

/// Name of a centre.
pub(super) fn centre_name(centre: usize) -> String {
    format!("C{:02}", centre + 1)
}

impl Content {
    /// The value of this column for one patient.
    pub(super) fn of(self, patient: &Patient) -> Value {
        let number = |x: f64| {
            if x.is_nan() {
                Value::Missing
            } else {
                Value::Number(x)
            }
        };
        let day = |day: Option<i32>| day.map_or(Value::Missing, Value::Day);
        let yes = |word: bool| Value::Level(usize::from(word));
        match self {
            Self::Id => Value::Text(id(patient.number)),
            Self::Centre => Value::Text(centre_name(patient.centre)),
            Self::Baseline(index) => {
                let value = patient.baseline[index];
                match MEASURES[index].scale {
                    Scale::Levels(_) if !value.is_nan() => Value::Level(value as usize),
                    _ => number(value),
                }
            }
            Self::TrialDate => Value::Day(patient.trial_day),
            Self::TrialSuccess => yes(patient.trial_success),
            Self::TrialRelief => number(patient.trial_relief),
            Self::Implanted => yes(patient.implant_day.is_some()),
            Self::ImplantDate => day(patient.implant_day),
            Self::Explanted if patient.implant_day.is_none() => Value::Missing,
            Self::Explanted => yes(patient.explant_day.is_some()),
            Self::ExplantDate => day(patient.explant_day),
            Self::VisitDate(visit) => day(patient.visits[visit].day),
            Self::Score(visit, position) => number(patient.visits[visit].scores[position]),
        }
    }
}

/// The cohort as import and dictionary would leave it.
pub(super) fn cohort(patients: &[Patient]) -> Cohort {
    let source = Source {
        file: "simulated".to_owned(),
        synthetic: true,
        ..Source::default()
    };
    let mut cohort = Cohort::new(source, patients.len());
    let rows = Arc::new((2..patients.len() as u32 + 2).collect::<Vec<_>>());
    let mut columns = patient_columns();
    columns.extend(visit_columns(true));
    for (index, column) in columns.iter().enumerate() {
        let origin = Origin {
            sheet: None,
            header: column.header.0.clone(),
            column: index as u32 + 1,
            rows: Arc::clone(&rows),
        };
        if let Err(failure) = push(&mut cohort, column, origin, patients) {
            cohort.issues.push(failure.issue());
        }
    }
    cohort
}

fn push(
    cohort: &mut Cohort,
    column: &Column,
    origin: Origin,
    patients: &[Patient],
) -> Result<(), crate::base::issue::Failure> {
    let mut variable = Variable::new(&column.header.0, column.kind, origin);
    variable.label.clone_from(&column.label.0);
    variable.concept = (!column.concept.is_empty()).then(|| column.concept.to_owned());
    variable.timing = column.timing;
    variable.domain = column.domain;
    variable.unit = (!column.unit.is_empty()).then(|| column.unit.to_owned());
    variable.range = column.range;
    let value = |patient: &Patient| column.content.of(patient);
    if column.kind == Kind::Numeric {
        let numbers: Vec<f64> = patients
            .iter()
            .map(|patient| match value(patient) {
                Value::Number(x) => x,
                _ => f64::NAN,
            })
            .collect();
        return cohort.push_numbers(variable, &numbers);
    }
    let texts: Vec<Option<String>> = patients
        .iter()
        .map(|patient| match value(patient) {
            Value::Level(level) => Some(column.levels[level].0.to_owned()),
            Value::Day(day) => Some(iso_date(day)),
            Value::Text(text) => Some(text),
            Value::Number(_) | Value::Missing => None,
        })
        .collect();
    variable.levels = column
        .levels
        .iter()
        .map(|level| level.0.to_owned())
        .collect();
    if column.content == Content::Centre {
        let last = patients.iter().map(|patient| patient.centre).max();
        variable.levels = (0..=last.unwrap_or(0)).map(centre_name).collect();
    }
    cohort.push_texts(variable, &texts)
}

/// Year, month, day of a day since 1 January 1970 (Hinnant 2013, `civil_from_days`).
pub(super) fn civil(day: i32) -> (i32, u8, u8) {
    let shifted = day + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 {
        shifted_month + 3
    } else {
        shifted_month - 9
    };
    let year = year_of_era + era * 400 + i32::from(month <= 2);
    (year, month as u8, day as u8)
}

/// `2021-03-04`.
pub(super) fn iso_date(day: i32) -> String {
    let (year, month, day) = civil(day);
    format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_become_calendar_dates() {
        assert_eq!(iso_date(0), "1970-01-01");
        assert_eq!(iso_date(17_539), "2018-01-08");
        assert_eq!(iso_date(18_321), "2020-02-29");
        assert_eq!(iso_date(18_322), "2020-03-01");
    }
}
