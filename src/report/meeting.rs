//! The page of one person, in words: one number with its spread, and why. The window, the printed page and the page to
//! take home say the same, because all come from here.

use crate::analysis::{
    Alike, Analysis, DomainCheck, Gaps, Learner, MissingPlan, ModelResult, Near, PatientResult,
    PredictorSummary, RiskSource,
};
use crate::base::issue::Arg;
use crate::base::num::{Interval, wilson};
use crate::base::text::Lang;
use crate::cohort::{Cell, Cohort, Domain};
use crate::figure::Figure;
use crate::outcome::Outcome;
use crate::report::words::capital;
use crate::report::{figures, profiles, words};

/// Reasons that are named.
const N_REASONS: usize = 8;
/// Nearest patients that are named.
const N_NEAR: usize = 5;
/// Chances that differ by less are called about the same.
const ABOUT_THE_SAME: f64 = 0.05;

/// Whom a page is about, and what is known of the person.
#[derive(Clone, Debug)]
pub struct Subject<'a> {
    /// The model that is shown.
    pub result: &'a ModelResult,
    /// What it says of the person.
    pub shown: PatientResult,
    /// Position among the patients of the result; `None` for someone who is not in the cohort.
    pub patient: Option<usize>,
    /// What is known, one a predictor; `None` where the data are not at hand.
    pub values: Option<Vec<Option<Cell>>>,
    /// Share of the retrainings in which each predictor points the same way; empty before that is known.
    pub same_signs: Vec<Option<f64>>,
    /// What the other models say.
    pub others: Vec<(Learner, PatientResult)>,
    /// How the lead trial went; `None` where it is not known.
    pub trial: Option<bool>,
}

impl<'a> Subject<'a> {
    /// A patient of the analysis; `None` where there is no such model or patient.
    pub fn member(
        analysis: &'a Analysis,
        cohort: Option<&Cohort>,
        outcome: Option<&Outcome>,
        model: usize,
        patient: usize,
    ) -> Option<Self> {
        let result = analysis.models.get(model)?;
        let shown = result.patients.get(patient)?.clone();
        let others = analysis.models.iter().enumerate();
        let others = others.filter(|(at, _)| *at != model);
        let said = |(_, other): (usize, &ModelResult)| {
            Some((other.learner, other.patients.get(patient)?.clone()))
        };
        let trials = outcome.and_then(|outcome| trials(outcome, result));
        let cell = |cohort: &Cohort| {
            let predictors = analysis.predictors.iter();
            predictors
                .map(|predictor| cohort.cell(shown.row, &predictor.name))
                .collect()
        };
        Some(Self {
            result,
            patient: Some(patient),
            values: cohort.map(cell),
            same_signs: Vec::new(),
            others: others.filter_map(said).collect(),
            trial: trials.and_then(|trials| trials.get(patient).copied().flatten()),
            shown,
        })
    }

    /// Whether the person is not in the cohort.
    pub fn is_new(&self) -> bool {
        self.shown.source == RiskSource::NewPatient
    }
}

/// A reason: which predictor, whether it raises the chance, and the sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct Reason {
    /// Position of the predictor.
    pub predictor: usize,
    /// Whether it raises the chance.
    pub raises: bool,
    /// The value and what is usual.
    pub words: String,
}

/// Reasons of one part of the patient.
#[derive(Clone, Debug, PartialEq)]
pub struct Reasons {
    /// Which part, and which way all its predictors together point; empty where parts are not known.
    pub title: String,
    /// The largest first.
    pub lines: Vec<Reason>,
}

/// The page of one person.
#[derive(Clone, Debug, PartialEq)]
pub struct MeetingPage {
    /// Pseudonym or code.
    pub id: String,
    /// "Patient P012", "Candidate C01".
    pub title: String,
    /// Outcome, moment, population.
    pub setting: String,
    /// The chance: "58%".
    pub number: String,
    /// Its spread: "41 to 72%".
    pub range: String,
    /// Over what it spreads.
    pub range_is: String,
    /// "About 6 in 10 such patients respond".
    pub frequency: String,
    /// How many of a hundred.
    pub of_hundred: usize,
    /// The stratum, in words.
    pub stratum: String,
    /// Whether the stratum is undetermined.
    pub undetermined: bool,
    /// What the other models say, and whether they agree.
    pub others: Vec<String>,
    /// What the lead trial alone would say.
    pub trial: Vec<String>,
    /// What was observed; `None` where nobody knows.
    pub observed: Option<String>,
    /// Why the number should not be looked at, where the person is outside the data.
    pub covered: Option<String>,
    /// Reasons in words, by part of the patient.
    pub reasons: Vec<Reasons>,
    /// How base value and contributions make the chance.
    pub sum: String,
    /// The reasons as a figure.
    pub figure: Figure,
    /// The likest patients: their position, and who they are.
    pub alike: Vec<(usize, String)>,
    /// To which profiles the person belongs, and how surely.
    pub profiles: Vec<String>,
    /// How pain and function went in them.
    pub courses: Vec<Figure>,
    /// How many of them responded, in words; empty where there are none.
    pub alike_lead: String,
    /// Whether they are near by scaled distance, rather than alike to the trees.
    pub alike_by_distance: bool,
    /// What is missing or outside the range of the others.
    pub unusual: Vec<String>,
}

impl MeetingPage {
    /// Puts a page in words. `cohort` gives the part of the patient that each predictor describes.
    pub fn new(
        analysis: &Analysis,
        cohort: Option<&Cohort>,
        outcome: Option<&Outcome>,
        subject: &Subject<'_>,
        lang: Lang,
    ) -> Self {
        let Subject { result, shown, .. } = subject;
        let of_ten = (10.0 * shown.risk).round() as usize;
        let title = if subject.is_new() {
            "candidate-title"
        } else {
            "patient-title"
        };
        let neighbours = neighbours(shown);
        Self {
            id: shown.id.clone(),
            title: lang.with(title, &[("id", shown.id.as_str().into())]),
            setting: words::setting(&analysis.settings.outcome, lang),
            number: lang.percent(shown.risk),
            range: lang.percent_range(shown.low, shown.high),
            range_is: range_is(analysis, subject, lang),
            frequency: lang.with("about-in-ten", &[("n", of_ten.into())]),
            of_hundred: (100.0 * shown.risk).round() as usize,
            stratum: words::stratum(result, shown, lang),
            undetermined: shown.stratum.is_none(),
            others: others(subject, lang),
            trial: trial(analysis, outcome, subject, lang),
            observed: (!subject.is_new()).then(|| words::observed(shown.observed, lang)),
            covered: covered(analysis, shown, lang),
            reasons: reasons(analysis, cohort, subject, lang),
            sum: sum(result.learner, shown, lang),
            figure: figure(analysis, result, shown, lang),
            alike: alike(result, shown, lang),
            profiles: subject.patient.map_or_else(Vec::new, |patient| {
                profiles::memberships(analysis, patient, lang)
            }),
            courses: cohort.map_or_else(Vec::new, |cohort| {
                let own = subject.patient.map(|_| shown.row);
                let params = &analysis.settings.outcome;
                figures::courses(cohort, params, result, &neighbours, own, lang)
            }),
            alike_lead: alike_lead(result, &neighbours, lang),
            alike_by_distance: shown.alike.is_empty(),
            unusual: unusual(analysis, subject, lang),
        }
    }
}

/// The reasons as a figure. Of someone outside the data neither title nor description tell the chance, which is covered.
fn figure(analysis: &Analysis, result: &ModelResult, shown: &PatientResult, lang: Lang) -> Figure {
    let drawn = figures::contributions(analysis, result, shown, N_REASONS, lang);
    if covered(analysis, shown, lang).is_none() {
        return drawn;
    }
    Figure {
        title: lang.t("reasons-title"),
        alt: lang.t("covered.remedy"),
        ..drawn
    }
}

/// What the spread holds: retrainings, and what is not known where values are missing and the recipe says so.
fn range_is(analysis: &Analysis, subject: &Subject<'_>, lang: Lang) -> String {
    let mut values = subject.values.iter().flatten();
    let is_imputed = matches!(analysis.settings.missing, MissingPlan::Multiple(_));
    let holds = values.any(Option::is_none) && (subject.is_new() || is_imputed);
    lang.t(if holds {
        "chance-range-gaps"
    } else {
        "chance-range"
    })
}

/// Each other model's chance, and whether the models agree.
fn others(subject: &Subject<'_>, lang: Lang) -> Vec<String> {
    let shown = &subject.shown;
    let line = |(learner, other): &(Learner, PatientResult)| {
        lang.with(
            "other-says",
            &[
                ("model", capital(&words::learner(*learner, lang)).into()),
                ("chance", words::chance(other, lang).into()),
            ],
        )
    };
    let mut lines: Vec<String> = subject.others.iter().map(line).collect();
    let apart = |other: &PatientResult| (other.risk - shown.risk).abs();
    let within = |other: &PatientResult| {
        (other.low..=other.high).contains(&shown.risk)
            && (shown.low..=shown.high).contains(&other.risk)
    };
    let others = subject.others.iter().map(|(_, other)| other);
    let Some(farthest) = others.clone().map(apart).reduce(f64::max) else {
        return lines;
    };
    let key = if farthest < ABOUT_THE_SAME {
        "models-agree"
    } else if others.clone().all(within) {
        "models-within"
    } else {
        "models-apart"
    };
    let points = lang.number(100.0 * farthest, 0);
    lines.push(lang.with(key, &[("points", points.into())]));
    lines
}

/// What following the lead trial alone would say.
fn trial(
    analysis: &Analysis,
    outcome: Option<&Outcome>,
    subject: &Subject<'_>,
    lang: Lang,
) -> Vec<String> {
    let Some(outcome) = outcome.filter(|_| analysis.outcome.has_lead_trial) else {
        return vec![lang.t("trial-none")];
    };
    let asked = subject.trial.unwrap_or(true);
    let Some((n, n_events)) = after_trial(outcome, subject.result, asked) else {
        return Vec::new();
    };
    let key = match subject.trial {
        Some(true) => "trial-good",
        Some(false) => "trial-bad",
        None => "trial-unknown",
    };
    let range = wilson(n_events, n).map_or_else(
        || "–".to_owned(),
        |Interval { low, high, .. }| lang.percent_range(low, high),
    );
    let counts = [
        ("n", n.into()),
        ("responded", n_events.into()),
        ("range", range.into()),
    ];
    let mut lines = vec![lang.with(key, &counts)];
    if outcome.n_failed_trial > 0 {
        lines.push(lang.t("trial-favoured"));
    }
    lines
}

/// How the trial of each patient of the result went; `None` where it is not known, and where the outcome is another by now
/// than the one that the results are of.
fn trials<'a>(outcome: &'a Outcome, result: &ModelResult) -> Option<&'a Vec<Option<bool>>> {
    let labels = outcome.rows.iter().zip(&outcome.y);
    let same = labels.eq(result.patients.iter().map(|one| (&one.row, &one.observed)));
    outcome.lead_trial.as_ref().filter(|_| same)
}

/// Patients whose lead trial went so, and those of them who responded.
fn after_trial(outcome: &Outcome, result: &ModelResult, asked: bool) -> Option<(usize, usize)> {
    let pairs = trials(outcome, result)?.iter().zip(&result.patients);
    let same: Vec<&PatientResult> = pairs
        .filter(|(trial, _)| **trial == Some(asked))
        .map(|(_, patient)| patient)
        .collect();
    let n_events = same.iter().filter(|patient| patient.observed).count();
    Some((same.len(), n_events))
}

/// Why the number is covered: values beyond those of the patients, or that no patient has together.
fn covered(analysis: &Analysis, shown: &PatientResult, lang: Lang) -> Option<String> {
    if !shown.outside.is_empty() {
        let labels: Vec<String> = shown
            .outside
            .iter()
            .map(|name| words::predictor(analysis, name))
            .collect();
        let labels = labels.join(", ");
        return Some(lang.with("covered-outside", &[("labels", labels.into())]));
    }
    let check = shown.domain_check.as_ref();
    check
        .is_some_and(DomainCheck::is_far)
        .then(|| lang.t("covered-together"))
}

/// The largest contributions as sentences, by part of the patient; parts by the size of all their contributions.
fn reasons(
    analysis: &Analysis,
    cohort: Option<&Cohort>,
    subject: &Subject<'_>,
    lang: Lang,
) -> Vec<Reasons> {
    let contributions = &subject.shown.contributions;
    let mut order: Vec<usize> = (0..contributions.len())
        .filter(|&at| contributions[at] != 0.0 && contributions[at].is_finite())
        .collect();
    let size = |at: usize| contributions[at].abs();
    order.sort_by(|&a, &b| size(b).total_cmp(&size(a)).then(a.cmp(&b)));
    let domain = |at: usize| -> Option<Domain> {
        let name = &analysis.predictors.get(at)?.name;
        Some(cohort?.variable(name)?.domain)
    };
    let named: Vec<usize> = order.iter().copied().take(N_REASONS).collect();
    let mut parts: Vec<(Option<Domain>, f64)> = Vec::new();
    for &at in &named {
        let part = domain(at);
        if parts.iter().all(|(other, _)| *other != part) {
            let of_part = order.iter().filter(|other| domain(**other) == part);
            parts.push((part, of_part.map(|&at| contributions[at]).sum()));
        }
    }
    parts.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
    let title = |part: Domain, sum: f64| {
        let key = if sum > 0.0 {
            "reasons-part-raises"
        } else {
            "reasons-part-lowers"
        };
        let part = capital(&words::domain(part, lang));
        lang.with(key, &[("part", part.into())])
    };
    let lines = |part: Option<Domain>| {
        let named = named.iter().filter(|at| domain(**at) == part);
        named
            .filter_map(|&at| reason(analysis, subject, at, lang))
            .collect()
    };
    parts
        .into_iter()
        .map(|(part, sum)| Reasons {
            title: part.map_or_else(String::new, |part| title(part, sum)),
            lines: lines(part),
        })
        .collect()
}

fn reason(
    analysis: &Analysis,
    subject: &Subject<'_>,
    predictor: usize,
    lang: Lang,
) -> Option<Reason> {
    let summary = analysis.predictors.get(predictor)?;
    let contribution = *subject.shown.contributions.get(predictor)?;
    let mut said = match &subject.values {
        Some(values) => value_words(summary, values.get(predictor)?.as_ref(), lang),
        None => summary.label.clone(),
    };
    let held = subject.same_signs.get(predictor).copied().flatten();
    if let Some(share) = held {
        let holds = lang.with("reason-holds", &[("share", lang.percent(share).into())]);
        said = format!("{said} · {holds}");
    }
    Some(Reason {
        predictor,
        raises: contribution > 0.0,
        words: said,
    })
}

/// A predictor with this person's value and, for a number, where half of the patients lie.
fn value_words(predictor: &PredictorSummary, value: Option<&Cell>, lang: Lang) -> String {
    let label = predictor.label.as_str();
    match value {
        None => lang.with("reason-missing", &[("label", label.into())]),
        Some(Cell::Text(text)) => lang.with(
            "reason-level",
            &[("label", label.into()), ("value", text.as_str().into())],
        ),
        Some(Cell::Number(x)) => {
            let number = words::plain_number(*x, lang);
            let value = format!("{number}{}", words::unit(predictor, lang));
            match predictor.quartiles {
                Some([lower, _, upper]) => lang.with(
                    "reason-number",
                    &[
                        ("label", label.into()),
                        ("value", value.into()),
                        ("low", lang.short(lower).into()),
                        ("high", lang.short(upper).into()),
                    ],
                ),
                None => lang.with(
                    "reason-level",
                    &[("label", label.into()), ("value", value.into())],
                ),
            }
        }
    }
}

/// How base value and contributions make the chance: the reader can add them up.
fn sum(learner: Learner, shown: &PatientResult, lang: Lang) -> String {
    let total: f64 = shown.contributions.iter().sum();
    let chance = shown.before_recalibration(learner);
    let said = |x: f64| match learner {
        Learner::Forest => lang.number(100.0 * x, 1),
        _ => lang.number(x, 2),
    };
    let key = match learner {
        Learner::Forest => "reasons-sum-share",
        _ => "reasons-sum-log-odds",
    };
    let args = [
        ("base", said(shown.base_value).into()),
        ("reasons", said(total).into()),
        ("total", said(shown.base_value + total).into()),
        ("chance", Arg::Share(chance)),
    ];
    lang.with(key, &args)
}

/// The likest patients, else the nearest ones: positions.
fn neighbours(shown: &PatientResult) -> Vec<usize> {
    if shown.alike.is_empty() {
        let nearest = shown.domain_check.iter().flat_map(|check| &check.nearest);
        return nearest.take(N_NEAR).map(|near| near.patient).collect();
    }
    shown.alike.iter().map(|alike| alike.patient).collect()
}

fn alike_lead(result: &ModelResult, neighbours: &[usize], lang: Lang) -> String {
    let known: Vec<&PatientResult> = neighbours
        .iter()
        .filter_map(|&at| result.patients.get(at))
        .collect();
    if known.is_empty() {
        return String::new();
    }
    let n_events = known.iter().filter(|patient| patient.observed).count();
    let counts = [("n", known.len().into()), ("responded", n_events.into())];
    lang.with("alike-lead", &counts)
}

fn alike(result: &ModelResult, shown: &PatientResult, lang: Lang) -> Vec<(usize, String)> {
    let line = |alike: &Alike| {
        let other = result.patients.get(alike.patient)?;
        let args = [
            ("id", other.id.as_str().into()),
            ("observed", words::observed(other.observed, lang).into()),
            ("share", Arg::Share(alike.share)),
        ];
        Some((alike.patient, lang.with("alike-line", &args)))
    };
    if shown.alike.is_empty() {
        return near(result, shown, lang);
    }
    shown.alike.iter().filter_map(line).collect()
}

/// The nearest patients by scaled distance, where the model itself knows no likeness.
fn near(result: &ModelResult, shown: &PatientResult, lang: Lang) -> Vec<(usize, String)> {
    let nearest = shown.domain_check.iter().flat_map(|check| &check.nearest);
    let line = |near: &Near| {
        let other = result.patients.get(near.patient)?;
        let args = [
            ("id", other.id.as_str().into()),
            ("observed", words::observed(other.observed, lang).into()),
            ("distance", lang.number(near.distance, 2).into()),
        ];
        Some((near.patient, lang.with("alike-near", &args)))
    };
    nearest.take(N_NEAR).filter_map(line).collect()
}

fn unusual(analysis: &Analysis, subject: &Subject<'_>, lang: Lang) -> Vec<String> {
    let shown = &subject.shown;
    let outside = shown.outside.iter().map(|name| {
        let label = words::predictor(analysis, name);
        lang.with("outside-words", &[("label", label.into())])
    });
    let mut lines: Vec<String> = outside.collect();
    let values = subject.values.iter().flatten();
    let missing = analysis.predictors.iter().zip(values);
    let missing = missing.filter(|(_, value)| value.is_none());
    let key = missing_key(analysis, subject);
    lines.extend(missing.map(|(predictor, _)| {
        let label = predictor.label.as_str();
        lang.with(key, &[("label", label.into())])
    }));
    let check = shown.domain_check.as_ref();
    if check.is_some_and(DomainCheck::is_far) {
        lines.push(lang.t("together-unusual"));
    }
    if shown.gaps_alone {
        lines.push(lang.t("gaps-alone-words"));
    }
    if lines.is_empty() {
        lines.push(lang.t("nothing-unusual"));
    }
    lines
}

/// What is said of a value that is not known.
fn missing_key(analysis: &Analysis, subject: &Subject<'_>) -> &'static str {
    let grown = subject.result.fit.grown;
    let has_a_side = grown.is_some_and(|grown| grown.gaps == Gaps::BetterSide);
    match analysis.settings.missing {
        MissingPlan::Single if subject.is_new() => "missing-words-new",
        _ if has_a_side => "missing-words-side",
        MissingPlan::Single => "missing-words",
        MissingPlan::Multiple(_) => "missing-words-imputed",
    }
}

#[cfg(test)]
mod tests;
