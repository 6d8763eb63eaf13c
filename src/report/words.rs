//! Sentences about an analysis that screen and paper share.

use crate::analysis::{
    Analysis, Calibrator, Estimate, Learner, LimitsBy, Measure, ModelResult, PatientResult,
    PredictorSummary, RiskSource, Sensitivity, Settings, Spread, Term,
};
use crate::base::issue::Arg;
use crate::base::text::Lang;
use crate::cohort::{Domain, Kind, Timing};
use crate::dictionary;
use crate::outcome::{
    CHR_PERCENT, CHR_POINTS, Criterion, Moment, OutcomeParams, PRESETS, Preset, Rule,
};
use crate::report::strata::stratum_name;

/// Name of a learner.
pub fn learner(learner: Learner, lang: Lang) -> String {
    lang.t(&format!("learner-{}", learner.name()))
}

/// Name of a measure.
pub fn measure(measure: Measure, lang: Lang) -> String {
    lang.t(&measure_key(measure))
}

/// What a measure means, for the hover and the glossary.
pub fn measure_definition(measure: Measure, lang: Lang) -> String {
    lang.t(&format!("{}.definition", measure_key(measure)))
}

fn measure_key(measure: Measure) -> String {
    format!("measure-{}", measure.name().replace('_', "-"))
}

/// Decimals with which a measure is printed.
pub fn decimals(measure: Measure) -> usize {
    match measure {
        Measure::Auc
        | Measure::ScaledBrier
        | Measure::NagelkerkeR2
        | Measure::TjurR2
        | Measure::CalibrationIntercept
        | Measure::CalibrationSlope
        | Measure::OeRatio => 2,
        Measure::Eci => 4,
        Measure::Brier
        | Measure::LogLoss
        | Measure::Ici
        | Measure::E50
        | Measure::E90
        | Measure::Emax => 3,
    }
}

/// A corrected figure: `0.69 (0.63 to 0.75)`, or the estimate alone where no honest interval exists.
pub fn estimate(measure: Measure, value: &Estimate, lang: Lang) -> String {
    let n_decimals = decimals(measure);
    let number = lang.number(value.estimate, n_decimals);
    match value.limits {
        Some((low, high)) => format!("{number} ({})", lang.range(low, high, n_decimals)),
        None => number,
    }
}

/// A p-value below this is called a signal.
const LEVEL: f64 = 0.05;

/// How the corrected figures of a model were made: "Optimism-corrected", "Out-of-bag".
pub fn correction(model: &ModelResult, lang: Lang) -> String {
    lang.t(&format!("correction-{}", model.corrected_method))
}

/// What the limits of the AUC are, in a sentence.
pub fn auc_limits(model: &ModelResult, lang: Lang) -> String {
    let key = match limits_of_auc(model) {
        LimitsBy::FixedModel => model.corrected_method.as_str(),
        by => by.name(),
    };
    let name = learner(model.learner, lang);
    lang.with(&format!("auc-limits-{key}"), &[("model", name.into())])
}

/// Where the limits of the AUC come from; those that hold the model fixed are too narrow.
pub fn limits_of_auc(model: &ModelResult) -> LimitsBy {
    let auc = model.corrected.get(&Measure::Auc);
    auc.map_or_else(LimitsBy::default, |auc| auc.limits_by)
}

/// Whether the limits of some AUC are too narrow.
pub fn has_narrow_limits(analysis: &Analysis) -> bool {
    let mut models = analysis.models.iter();
    models.any(|model| limits_of_auc(model) == LimitsBy::FixedModel)
}

/// What the permutation test found, in sentences; `None` where it was not asked for.
pub fn permutation(analysis: &Analysis, lang: Lang) -> Option<String> {
    let test = analysis.permutation.as_ref()?;
    let key = if test.p < LEVEL {
        "report-permutation-signal"
    } else {
        "report-permutation-chance"
    };
    let words = [
        ("model", learner(test.learner, lang).into()),
        ("auc", lang.number(test.observed, 2).into()),
        ("chance", lang.number(test.chance, 2).into()),
        ("high", lang.number(test.chance_high, 2).into()),
        ("n", lang.count(test.n as i64).into()),
        ("k", lang.count(test.n_as_large as i64).into()),
        ("p", lang.p_value(test.p).into()),
    ];
    Some(lang.with(key, &words))
}

/// What simulated cohorts of the same design show, in sentences; `None` where it was not asked for.
pub fn prospect(analysis: &Analysis, lang: Lang) -> Option<String> {
    let found = analysis.prospect.as_ref()?;
    let range = |of: Spread, n_decimals| lang.range(of.low, of.high, n_decimals);
    let name = lang.t(&format!("learner-{}.inner", found.learner.name()));
    let said = lang.with(
        "report-prospect-words",
        &[
            ("ok", lang.count(found.n_ok as i64).into()),
            ("n", lang.count(found.design.n as i64).into()),
            ("rate", lang.percent(found.design.event_rate).into()),
            ("k", found.design.k_predictors.into()),
            ("auc", lang.number(found.design.auc, 2).into()),
            ("model", name.into()),
            ("apparent", range(found.apparent_auc, 2).into()),
            ("truth", range(found.true_auc, 2).into()),
            ("error", lang.number(100.0 * found.error.middle, 0).into()),
        ],
    );
    let slope = found.true_slope.map(|slope| {
        let slope = range(slope, 2);
        lang.with("report-prospect-slope", &[("slope", slope.into())])
    });
    Some(slope.map_or(said.clone(), |slope| format!("{said} {slope}")))
}

/// What the limits of the coefficients are: a confidence interval of some kind or a refit range; empty for a forest.
pub fn limits_name(model: &ModelResult, lang: Lang) -> String {
    let kind = model.limits();
    kind.map_or_else(String::new, |kind| {
        lang.t(&format!("limits-{}", kind.name()))
    })
}

/// What that means, in a sentence; empty for a forest.
pub fn limits_definition(model: &ModelResult, lang: Lang) -> String {
    let kind = model.limits();
    kind.map_or_else(String::new, |kind| {
        lang.t(&format!("limits-{}.definition", kind.name()))
    })
}

/// Name of the recalibration that was asked for.
pub fn recalibration(settings: &Settings, lang: Lang) -> String {
    lang.t(&format!("recalibration-{}", settings.recalibration.name()))
}

/// The curve that recalibrates the chances of a model, in a sentence; `None` where nothing does.
pub fn calibrator(model: &ModelResult, lang: Lang) -> Option<String> {
    let number = |value: f64| Arg::from(lang.number(value, 3));
    Some(match model.fit.calibrator.as_ref()? {
        Calibrator::Line { intercept, slope } => lang.with(
            "recalibrated-line",
            &[("intercept", number(*intercept)), ("slope", number(*slope))],
        ),
        Calibrator::Beta { a, b, c } => lang.with(
            "recalibrated-beta",
            &[("a", number(*a)), ("b", number(*b)), ("c", number(*c))],
        ),
        Calibrator::Steps(steps) => lang.with("recalibrated-steps", &[("n", steps.len().into())]),
    })
}

/// Where the chances of a model's patients come from; `None` without patients.
pub fn source(model: &ModelResult, lang: Lang) -> Option<String> {
    let patient = model.patients.first()?;
    Some(lang.t(match patient.source {
        RiskSource::OutOfBag => "risk-source-out-of-bag",
        RiskSource::OutOfFold => "risk-source-out-of-fold",
        RiskSource::NewPatient => "risk-source-new-patient",
    }))
}

/// Name of a risk source in `results.json`.
pub fn source_name(source: RiskSource) -> &'static str {
    match source {
        RiskSource::OutOfBag => "out-of-bag",
        RiskSource::OutOfFold => "out-of-fold",
        RiskSource::NewPatient => "new-patient",
    }
}

/// Words for a predictor; its name where it has none.
pub fn predictor(analysis: &Analysis, name: &str) -> String {
    analysis
        .predictors
        .iter()
        .find(|predictor| predictor.name == name)
        .map_or_else(|| name.to_owned(), |predictor| predictor.label.clone())
}

/// Name of a domain.
pub fn domain(domain: Domain, lang: Lang) -> String {
    lang.t(&format!("domain-{}", domain.name()))
}

/// Words for one coefficient: `Age`, `Sex: M rather than F`, `Duration: not known`.
pub fn term(analysis: &Analysis, term: &Term, lang: Lang) -> String {
    let Some(variable) = &term.variable else {
        return lang.t("report-intercept");
    };
    let label = predictor(analysis, variable);
    if is_missing_indicator(term) {
        return lang.with("report-term-missing", &[("predictor", label.into())]);
    }
    let Some(level) = &term.level else {
        return label;
    };
    let summary = analysis.predictors.iter().find(|p| p.name == *variable);
    let reference = summary.and_then(|p| p.levels.first());
    match reference.filter(|reference| *reference != level) {
        Some(reference) => lang.with(
            "report-term-level",
            &[
                ("predictor", label.into()),
                ("level", level.as_str().into()),
                ("reference", reference.as_str().into()),
            ],
        ),
        None => format!("{label} [{level}]"),
    }
}

/// Whether a design column says only that the value is not known.
pub fn is_missing_indicator(term: &Term) -> bool {
    term.term.ends_with("(missing)")
}

/// Unit of a predictor as printed after a number, with its space.
pub fn unit(predictor: &PredictorSummary, lang: Lang) -> String {
    let unit = predictor.unit.as_ref();
    unit.map_or_else(String::new, |unit| {
        format!("\u{a0}{}", dictionary::unit(unit, lang))
    })
}

/// When a variable is measured.
pub fn timing(timing: Timing, lang: Lang) -> String {
    match timing {
        Timing::Baseline => lang.t("report-timing-baseline"),
        Timing::Trial => lang.t("report-timing-trial"),
        Timing::After(month) => lang.with(
            "report-timing-after",
            &[("month", Arg::Number(f64::from(month)))],
        ),
        Timing::Unknown => lang.t("report-timing-unknown"),
    }
}

/// How a variable is read.
pub fn kind(kind: Kind, lang: Lang) -> String {
    lang.t(match kind {
        Kind::Identifier => "report-kind-identifier",
        Kind::Numeric => "report-kind-numeric",
        Kind::Binary => "report-kind-binary",
        Kind::Categorical => "report-kind-categorical",
        Kind::Date => "report-kind-date",
        Kind::Text => "report-kind-text",
    })
}

/// A rule in words, without a full stop.
pub fn rule(rule: &Rule, lang: Lang) -> String {
    let (key, args) = rule.wording();
    lang.with(key, &args)
}

/// What the rule works out exactly, and who published it.
pub fn formula(params: &OutcomeParams, lang: Lang) -> String {
    let (key, mut args) = params.rule.wording();
    args.push(("floor", usize::from(params.baseline_floor).into()));
    if matches!(params.rule, Rule::Chr { .. }) {
        args.push(("points", lang.number(CHR_POINTS, 2).into()));
        args.push(("percent", lang.number(CHR_PERCENT, 1).into()));
    }
    lang.with(&format!("{key}.formula"), &args)
}

/// Where the criteria of a preset come from, where that needs saying, and what of them is not verified; the
/// number that must be met may be the site's own.
pub fn rule_source(rule: &Rule, lang: Lang) -> Option<String> {
    let Rule::Criteria { criteria, .. } = rule else {
        return None;
    };
    let is_of = |preset: &&Preset| match preset.rule(preset.month) {
        Rule::Criteria {
            criteria: theirs, ..
        } => theirs == *criteria,
        _ => false,
    };
    let preset = PRESETS.iter().find(is_of)?;
    Some(lang.t(&format!("preset-{}.source", preset.name)))
}

/// The criteria of a rule that has some, one a line: measure and least improvement.
pub fn criteria(params: &OutcomeParams, lang: Lang) -> Vec<String> {
    let Rule::Criteria { criteria, .. } = &params.rule else {
        return Vec::new();
    };
    let line = |criterion: &Criterion| {
        let mcid = params.mcid(criterion.measure).map(|row| row.points);
        let (key, args) = criterion.least.wording(mcid);
        let args = [
            ("measure", lang.t(&criterion.measure.key()).into()),
            ("least", lang.with(key, &args).into()),
        ];
        lang.with("criterion", &args)
    };
    criteria.iter().map(line).collect()
}

/// Which visit counts; empty for a column and a level.
pub fn visit(params: &OutcomeParams, lang: Lang) -> String {
    let Some(month) = params.rule.month() else {
        return String::new();
    };
    let month = usize::from(month);
    match params.window_weeks {
        Some(weeks) => lang.with(
            "visit-window",
            &[
                ("month", month.into()),
                ("weeks", usize::from(weeks).into()),
            ],
        ),
        None => lang.with("visit-by-column", &[("month", month.into())]),
    }
}

/// How explanted, lost and dead patients count, one a line; none for a column and a level.
pub fn handling(params: &OutcomeParams, lang: Lang) -> Vec<String> {
    if params.rule.month().is_none() {
        return Vec::new();
    }
    let line = |what: &str, how: String| {
        let args = [
            ("measure", lang.t(what).into()),
            ("least", lang.t(&how).into()),
        ];
        lang.with("criterion", &args)
    };
    vec![
        line(
            "outcome-explanted",
            format!("explanted-{}", params.explanted.name()),
        ),
        line("outcome-lost", format!("lost-{}", params.lost.name())),
        line("outcome-died", format!("died-{}", params.died.name())),
    ]
}

/// Which definition it is: its fingerprint, its number in the study, when it changed last.
pub fn label_version(settings: &Settings, lang: Lang) -> String {
    let args = [
        ("fingerprint", settings.outcome.fingerprint().into()),
        ("version", settings.label.version().into()),
    ];
    let version = lang.with("label-version", &args);
    let Some((_, at)) = settings.label.changes.last() else {
        return version;
    };
    let date = at.get(..10).unwrap_or(at);
    let args = [
        ("n", settings.label.changes.len().into()),
        ("date", date.into()),
    ];
    format!("{version} ({})", lang.with("label-changed", &args))
}

/// The definition and which it is, on one line, for lists that go out.
pub fn label_note(settings: &Settings, lang: Lang) -> String {
    let rule = rule(&settings.outcome.rule, lang);
    format!("{rule} – {}", label_version(settings, lang))
}

/// How many are unknown, between which ends the truth lies, and who is in neither.
pub fn sensitivity_lead(found: &Sensitivity, lang: Lang) -> String {
    let lead = lang.with("sensitivity-lead", &[("n", found.n_unobserved.into())]);
    if found.n_explanted_out == 0 {
        return lead;
    }
    let outside = lang.with(
        "sensitivity-outside",
        &[("n", found.n_explanted_out.into())],
    );
    format!("{lead} {outside}")
}

/// The share of responders under what may have become of the lost: name, share in [0, 1], share in words.
pub fn sensitivity(found: &Sensitivity, lang: Lang) -> Vec<(String, f64, String)> {
    let row = |key: &str, share: f64| (lang.t(key), share, lang.percent(share));
    let mut rows = Vec::new();
    rows.extend(found.known().map(|share| row("sensitivity-known", share)));
    if let Ok(weighted) = &found.weighted {
        rows.push(row("sensitivity-weighted", weighted.event_rate));
    }
    rows.push(row("sensitivity-worst", found.worst));
    rows.push(row("sensitivity-best", found.best));
    rows
}

/// What the weighting rests on, or why there is none.
pub fn weighting(found: &Sensitivity, lang: Lang) -> String {
    match &found.weighted {
        Ok(weighted) => lang.with(
            "sensitivity-weights",
            &[
                ("largest", lang.number(weighted.largest_weight, 1).into()),
                ("n", weighted.variables.len().into()),
            ],
        ),
        Err(issue) => {
            let remedy = lang.remedy(issue).unwrap_or_default();
            format!("{} {remedy}", lang.issue(issue)).trim().to_owned()
        }
    }
}

/// What a responder is, in one sentence.
pub fn outcome(params: &OutcomeParams, lang: Lang) -> String {
    format!("{}.", rule(&params.rule, lang))
}

/// Who is predicted.
pub fn population(params: &OutcomeParams, lang: Lang) -> String {
    lang.t(match params.moment {
        Moment::BeforeTrial => "report-population-before",
        Moment::AfterTrial => "report-population-after",
    })
}

/// When the prediction is made.
pub fn moment(params: &OutcomeParams, lang: Lang) -> String {
    lang.t(match params.moment {
        Moment::BeforeTrial => "report-moment-before",
        Moment::AfterTrial => "report-moment-after",
    })
}

/// How far ahead is predicted.
pub fn horizon(params: &OutcomeParams, lang: Lang) -> String {
    match (&params.rule, params.rule.month()) {
        (Rule::Level { column, .. }, _) => lang.with(
            "report-horizon-column",
            &[("variable", column.as_str().into())],
        ),
        (_, month) => lang.with(
            "report-horizon-months",
            &[("month", Arg::Number(f64::from(month.unwrap_or_default())))],
        ),
    }
}

/// The stratum of a patient, or "undetermined".
pub fn stratum(model: &ModelResult, patient: &PatientResult, lang: Lang) -> String {
    let stratum = patient
        .stratum
        .and_then(|position| model.strata.get(position));
    match stratum {
        Some(stratum) => stratum_name(stratum, lang),
        None => lang.t("stratum-undetermined"),
    }
}

/// A chance with its spread over refits: `58 % (41 to 72 %)`.
pub fn chance(patient: &PatientResult, lang: Lang) -> String {
    format!(
        "{} ({})",
        lang.percent(patient.risk),
        lang.percent_range(patient.low, patient.high)
    )
}

/// The day of a moment in ISO 8601: "12 March 2026"; as it is where it is no moment.
pub fn day(at: &str, lang: Lang) -> String {
    let date = at.get(..10).and_then(|date| date.parse().ok());
    date.map_or_else(|| at.to_owned(), |date| date_words(date, lang))
}

/// A date in words: "12 March 2026".
pub fn date_words(date: jiff::civil::Date, lang: Lang) -> String {
    let month = usize::from(date.month().unsigned_abs());
    let month = lang.with("month-name", &[("month", month.into())]);
    lang.with(
        "day-month-year",
        &[
            ("day", usize::from(date.day().unsigned_abs()).into()),
            ("month", month.into()),
            ("year", date.year().to_string().into()),
        ],
    )
}
/// A number as it was written: no rounding beyond four decimals, no grouping.
pub fn plain_number(x: f64, lang: Lang) -> String {
    if x.fract() == 0.0 {
        return lang.number(x, 0);
    }
    let text = lang.number(x, 4);
    text.trim_end_matches('0')
        .trim_end_matches(['.', ','])
        .to_owned()
}

/// The first letter as a capital.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

/// What was observed of a patient.
pub fn observed(responded: bool, lang: Lang) -> String {
    lang.t(if responded {
        "responded"
    } else {
        "did-not-respond"
    })
}

/// Outcome, moment and population on one line.
pub fn setting(params: &OutcomeParams, lang: Lang) -> String {
    [
        rule(&params.rule, lang),
        moment(params, lang),
        population(params, lang),
    ]
    .map(|part| capital(&part))
    .join(" · ")
}
