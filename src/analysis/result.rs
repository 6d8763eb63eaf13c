//! What an analysis found. Plain data: it is saved, shown and printed, never computed with.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::analysis::{
    Comparison, External, MissingSummary, ModelDifference, ModelEffects, Movement, Profiles,
    Prospect, Sensitivity, Settings, Specification, Subgroup,
};
use crate::base::issue::Issue;
use crate::base::num::risk_from_linear_predictor;
use crate::cohort::{Domain, Kind, Timing};
use crate::design::Form;
use crate::explain::DomainCheck;
use crate::learn::{Calibrator, ForestParams};
use crate::outcome::{Exclusion, Flow};
use crate::recipe::Learner;
use crate::solve::GroupTest;
use crate::stratify::{Placed, Stratum};
use crate::validate::{
    CentreValidation, CurvePoint, DecisionPoint, Later, Measure, Performance, PermutationTest,
    Proportions, RefitCurve, Rule632, Stability,
};

/// A corrected figure: estimate and, where there is a method for it, an interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    /// The estimate.
    pub estimate: f64,
    /// 95 % limits; `None` where no honest method ran.
    pub limits: Option<(f64, f64)>,
    /// Where the limits come from.
    #[serde(default)]
    pub limits_by: LimitsBy,
}

/// The method behind the limits of a corrected figure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LimitsBy {
    /// The standard error over patients, the fitted model held fixed: too narrow.
    #[default]
    FixedModel,
    /// 1.96 standard deviations of the figure over the outer resamples of a two-stage bootstrap.
    TwoStage,
    /// 1.96 standard deviations by a jackknife that grows the forest again without a fifth of the patients.
    Jackknife,
}

impl LimitsBy {
    /// Name in `results.json`; the message of an AUC is `auc-limits-NAME`.
    pub fn name(self) -> &'static str {
        match self {
            Self::FixedModel => "fixed-model",
            Self::TwoStage => "two-stage",
            Self::Jackknife => "jackknife",
        }
    }
}

/// The cohort that was analysed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CohortSummary {
    /// File name.
    pub file: String,
    /// SHA-256 of the file.
    pub sha256: String,
    /// Patients in the file.
    pub n_rows: usize,
    /// Patients analysed.
    pub n_analysed: usize,
    /// Everyone else, by reason.
    pub exclusions: Vec<Exclusion>,
    /// What was noticed in the file.
    pub issues: Vec<Issue>,
    /// Whether the cohort is synthetic.
    pub synthetic: bool,
}

/// The outcome that was predicted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OutcomeSummary {
    /// Responders.
    pub n_events: usize,
    /// Share of responders in [0, 1].
    pub event_rate: f64,
    /// Counted as non-responders because the trial failed.
    pub n_failed_trial: usize,
    /// Counted as non-responders because explanted.
    pub n_explanted: usize,
    /// Whether "follow the lead trial" can be drawn.
    pub has_lead_trial: bool,
    /// Where every patient ends.
    #[serde(default)]
    pub flow: Flow,
    /// What the lost could change; `None` where the outcome of everyone is known.
    #[serde(default)]
    pub sensitivity: Option<Sensitivity>,
}

/// One predictor as it entered the models.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PredictorSummary {
    /// Name of the variable.
    pub name: String,
    /// Words for people.
    pub label: String,
    /// How it was read.
    pub kind: Kind,
    /// Its levels, reference first; empty for a number.
    pub levels: Vec<String>,
    /// How it enters a logistic model.
    #[serde(default)]
    pub form: Form,
    /// Unit.
    pub unit: Option<String>,
    /// When it is measured.
    pub timing: Timing,
    /// Analysed patients without a value.
    pub n_missing: usize,
    /// Parameters that it spends in a logistic model, missing indicator included.
    pub n_parameters: usize,
    /// Lower quartile, median, upper quartile of the analysed patients; `None` unless numeric.
    pub quartiles: Option<[f64; 3]>,
    /// Smallest and largest value of the analysed patients; `None` unless numeric.
    pub range: Option<(f64, f64)>,
}

/// Riley's criteria for the sample size of a prediction model (BMJ 2020;368:m441).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SampleSize {
    /// AUC that was assumed to turn it into a Cox-Snell R2.
    pub assumed_auc: f64,
    /// Name of each criterion and the patients it asks for.
    pub criteria: Vec<(String, usize)>,
    /// The largest of them.
    pub n_required: usize,
    /// Patients analysed.
    pub n_available: usize,
    /// Candidate parameters.
    pub n_parameters: usize,
    /// Most parameters for which these patients are enough.
    #[serde(default)]
    pub budget: usize,
    /// Share of responders.
    #[serde(default)]
    pub event_rate: f64,
    /// Responders (or non-responders, whichever are fewer) for each parameter.
    pub events_per_parameter: f64,
    /// Expected mean absolute error of a risk at this size (van Smeden 2019).
    pub expected_mape: f64,
}

/// How the model fitted to all analysed patients.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FitSummary {
    /// Whether the fit converged; a forest always does.
    pub converged: bool,
    /// Iterations of the solver; 0 for a forest.
    pub n_iterations: usize,
    /// What was noticed: separation, singularity, constant columns.
    pub issues: Vec<Issue>,
    /// Log-likelihood; `None` for a forest.
    pub log_likelihood: Option<f64>,
    /// Deviance of the model with an intercept only.
    pub null_deviance: Option<f64>,
    /// Deviance of the model.
    pub deviance: Option<f64>,
    /// Akaike's criterion; maximum likelihood only.
    pub aic: Option<f64>,
    /// Schwarz' criterion; maximum likelihood only.
    #[serde(default)]
    pub bic: Option<f64>,
    /// McFadden's R2.
    #[serde(default)]
    pub mcfadden_r2: Option<f64>,
    /// Cox and Snell's R2.
    #[serde(default)]
    pub cox_snell_r2: Option<f64>,
    /// Nagelkerke's R2.
    pub nagelkerke_r2: Option<f64>,
    /// Penalty: mixing parameter alpha and lambda (glmnet's scale).
    pub penalty: Option<(f64, f64)>,
    /// Likelihood-ratio test of all predictors together; maximum likelihood and Firth, without imputation.
    #[serde(default)]
    pub likelihood_ratio: Option<GroupTest>,
    /// Uniform shrinkage factor in [0, 1] (van Houwelingen and le Cessie 1990); maximum likelihood only, without
    /// imputation.
    #[serde(default)]
    pub shrinkage: Option<f64>,
    /// What the limits of the terms are; `None` for a forest and in a result of an older program.
    #[serde(default)]
    pub limits: Option<Limits>,
    /// The curve that recalibrates the chances; `None` where nothing does. Terms are those before it.
    #[serde(default)]
    pub calibrator: Option<Calibrator>,
    /// How a forest was grown, tuned settings as they were chosen; `None` for a logistic model.
    #[serde(default)]
    pub grown: Option<ForestParams>,
}

/// What the limits of coefficients are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Limits {
    /// Wald's 95 % interval, over imputations by Rubin's rules.
    Wald,
    /// 95 % interval of the profile likelihood.
    Profile,
    /// 95 % interval of Firth's profile penalised likelihood.
    PenalisedProfile,
    /// Refit range of a penalised model: not a confidence interval.
    RefitRange,
}

impl Limits {
    /// Name in `results.json`; the message is `limits-NAME`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Wald => "wald",
            Self::Profile => "profile",
            Self::PenalisedProfile => "penalised-profile",
            Self::RefitRange => "refit-range",
        }
    }
}

/// A test of a predictor that has several coefficients.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PredictorTest {
    /// Name of the variable.
    pub variable: String,
    /// Likelihood-ratio test of all its coefficients together.
    pub test: GroupTest,
}

/// One coefficient.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Term {
    /// Name of the design column: `age`, `sex[M]`, `vas_back (missing)`.
    pub term: String,
    /// Name of the variable; `None` for the intercept.
    pub variable: Option<String>,
    /// Level, for a categorical variable.
    pub level: Option<String>,
    /// Log odds ratio for one unit of the column.
    pub estimate: f64,
    /// Standard error; maximum likelihood and Firth only.
    pub std_error: Option<f64>,
    /// Wald statistic; maximum likelihood and Firth only.
    pub z: Option<f64>,
    /// Two-sided p-value of it; maximum likelihood and Firth only.
    pub p: Option<f64>,
    /// 95 % limits, or the refit range of a tuned penalty; [`FitSummary::limits`] says which.
    pub limits: Option<(f64, f64)>,
    /// Degrees of freedom of the t distribution behind the figures (Barnard and Rubin 1999); `None`
    /// unless pooled over imputations.
    #[serde(default)]
    pub df: Option<f64>,
    /// Fraction of missing information in [0, 1]; `None` unless pooled over imputations.
    #[serde(default)]
    pub fmi: Option<f64>,
    /// Step for which the odds ratio is given: an interquartile range, or 1 for a level.
    pub or_unit: f64,
    /// A second step that clinicians think in, such as ten years of age; `None` where there is none.
    #[serde(default)]
    pub clinical_step: Option<f64>,
    /// Share of the refits on half-samples that kept the term; `None` for a model that drops none.
    #[serde(default)]
    pub kept: Option<f64>,
}

impl Term {
    /// Odds ratio for `or_unit`, with its limits where there are any.
    pub fn odds_ratio(&self) -> (f64, Option<(f64, f64)>) {
        self.odds_ratio_per(self.or_unit)
    }

    /// Odds ratio for a step, with its limits where there are any.
    pub fn odds_ratio_per(&self, step: f64) -> (f64, Option<(f64, f64)>) {
        let ratio = |x: f64| (x * step).exp();
        (
            ratio(self.estimate),
            self.limits.map(|(low, high)| (ratio(low), ratio(high))),
        )
    }
}

/// Rise of a loss on unseen patients, with limits from refits on half-samples.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rise {
    /// Mean rise.
    pub mean: f64,
    /// Lower limit.
    pub low: f64,
    /// Upper limit.
    pub high: f64,
}

/// How much a predictor matters: rise of the Brier score on unseen patients when its values are shuffled.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ImportanceRow {
    /// Name of the variable.
    pub variable: String,
    /// Mean rise of the Brier score.
    pub mean: f64,
    /// Lower limit, from refits on half-samples.
    pub low: f64,
    /// Upper limit.
    pub high: f64,
    /// The same for the log loss.
    #[serde(default)]
    pub log_loss: Option<Rise>,
    /// Rise of the Brier score when it is shuffled among patients who are alike in the other predictors: what it adds to
    /// them. By refits on half-samples.
    #[serde(default)]
    pub conditional: Option<Rise>,
    /// Decrease of Gini impurity, corrected for its bias (Nembrini 2018); forest only.
    #[serde(default)]
    pub impurity_corrected: Option<f64>,
    /// Best rank in 95 % of the refits (1 is the most important).
    pub rank_low: usize,
    /// Worst rank in 95 % of the refits.
    pub rank_high: usize,
}

/// How much all predictors of a domain matter together: predictors that tell the same share what each alone
/// does not seem to bring.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DomainImportance {
    /// What they describe.
    pub domain: Domain,
    /// How many predictors it has.
    pub n_predictors: usize,
    /// Mean rise of the Brier score when they are shuffled together.
    pub mean: f64,
    /// Lower limit, from refits on half-samples.
    pub low: f64,
    /// Upper limit.
    pub high: f64,
}

/// Where a chance comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RiskSource {
    /// Trees that did not see the patient.
    OutOfBag,
    /// Models of the folds that did not hold the patient.
    OutOfFold,
    /// The final model, for someone who is not in the cohort.
    NewPatient,
}

/// One analysed patient under one model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PatientResult {
    /// Pseudonym.
    pub id: String,
    /// Position in the cohort.
    pub row: usize,
    /// Chance of response in [0, 1].
    pub risk: f64,
    /// 95 % spread over refits that did not see the patient, and over imputations where values are
    /// missing, centred on the chance: lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Where the chance comes from.
    pub source: RiskSource,
    /// Position in `ModelResult::strata`; `None`: undetermined, the spread crosses a cut.
    pub stratum: Option<usize>,
    /// Whether the patient responded.
    pub observed: bool,
    /// What each predictor adds: log-odds for a logistic model, chance for a forest; in the order of the predictors.
    pub contributions: Vec<f64>,
    /// What the average patient has, on the same scale; with the contributions it makes the prediction.
    pub base_value: f64,
    /// Predictors whose value lies outside the range of the other patients, or that is missing in no other.
    pub outside: Vec<String>,
    /// Whether the patient lacks values in a combination that no other patient has.
    #[serde(default)]
    pub gaps_alone: bool,
    /// The patients that are likest to this one, the likest first; forest only.
    #[serde(default)]
    pub alike: Vec<Alike>,
    /// Where the patient stands among the others; `None` in a result of an older program.
    #[serde(default)]
    pub domain_check: Option<DomainCheck>,
}

/// A patient who is like another.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Alike {
    /// Position among the patients of the result.
    pub patient: usize,
    /// Share of the trees that saw neither in which both end in the same leaf, in (0, 1].
    pub share: f64,
}

impl ModelResult {
    /// What the limits of the terms are; `None` for a forest.
    pub fn limits(&self) -> Option<Limits> {
        match self.learner {
            Learner::Forest => None,
            Learner::Ridge | Learner::Lasso | Learner::ElasticNet => Some(Limits::RefitRange),
            // Older programs computed Wald's.
            Learner::Logistic | Learner::Firth => Some(self.fit.limits.unwrap_or(Limits::Wald)),
        }
    }
}

impl PatientResult {
    /// Chance before a recalibration: what base value and contributions come to.
    pub fn before_recalibration(&self, learner: Learner) -> f64 {
        let sum = self.base_value + self.contributions.iter().sum::<f64>();
        match learner {
            Learner::Forest => sum,
            _ => risk_from_linear_predictor(sum),
        }
    }

    /// The patient as the strata see one.
    pub fn placed(&self) -> Placed {
        Placed {
            risk: self.risk,
            stratum: self.stratum,
            observed: self.observed,
        }
    }
}

/// Everything about one model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ModelResult {
    /// Which model.
    pub learner: Learner,
    /// How it fitted.
    pub fit: FitSummary,
    /// Coefficients, the intercept first; empty for a forest.
    pub terms: Vec<Term>,
    /// Tests of predictors with more than one coefficient; empty for a tuned penalty, a forest, and over imputations.
    #[serde(default)]
    pub tests: Vec<PredictorTest>,
    /// On the training patients: never shown alone.
    pub apparent: Performance,
    /// Mean optimism and its Monte-Carlo error; empty for a forest. Harrell's, but for AUC and
    /// calibration slope that of the .632+ rule.
    pub optimism: BTreeMap<Measure, (f64, f64)>,
    /// Harrell's optimism of the AUC and its Monte-Carlo error; `None` for a forest.
    pub harrell_auc: Option<(f64, f64)>,
    /// AUC, calibration slope and Brier score by the .632 and .632+ rules; empty for a forest and in a result of an older program.
    #[serde(default)]
    pub rules_632: BTreeMap<Measure, Rule632>,
    /// `optimism` or `out-of-bag`.
    pub corrected_method: String,
    /// The figures to believe.
    pub corrected: BTreeMap<Measure, Estimate>,
    /// Where each figure of calibration of a perfectly calibrated model with these chances would lie in 95 of 100
    /// cohorts of this size; empty in a result of an older program.
    #[serde(default)]
    pub calibrated: BTreeMap<Measure, (f64, f64)>,
    /// Cross-validated: mean over repeats and SD between repeats (Monte-Carlo error, not an interval).
    pub cross_validated: BTreeMap<Measure, (f64, f64)>,
    /// Out-of-bag AUC, Brier score and log loss; forest only.
    pub out_of_bag: Option<[f64; 3]>,
    /// Resamples planned and failed, all methods together.
    pub n_resamples: usize,
    /// Of these, failed.
    pub n_failed: usize,
    /// Smooth calibration curve of the out-of-fold or out-of-bag chances.
    pub calibration_curve: Vec<CurvePoint>,
    /// The same by a restricted cubic spline; empty in a result of an older program.
    #[serde(default)]
    pub spline_curve: Vec<CurvePoint>,
    /// Mean width of cross Venn-Abers predictors on the same chances, which is no interval of a patient's chance;
    /// `None` where there are too few patients and in a result of an older program.
    #[serde(default)]
    pub venn_abers_width: Option<f64>,
    /// Each centre under the models of the others; `None` where there are not two.
    #[serde(default)]
    pub centres: Option<CentreValidation>,
    /// Later patients under the model of earlier ones; `None` where no date tells them apart.
    #[serde(default)]
    pub later: Option<Later>,
    /// Decision curve of the same chances.
    pub decision_curve: Vec<DecisionPoint>,
    /// Classification at the cuts.
    pub thresholds: Vec<Proportions>,
    /// Predictors, in the order of `Analysis::predictors`.
    pub importance: Vec<ImportanceRow>,
    /// Domains that predictors come from; empty in a result of an older program.
    #[serde(default)]
    pub importance_by_domain: Vec<DomainImportance>,
    /// How far predictions move.
    pub stability: Stability,
    /// Curves of some of the refits on the patients that each left out; empty in a result of an older program.
    #[serde(default)]
    pub refit_curves: Vec<RefitCurve>,
    /// Analysed patients, in the order of the cohort.
    pub patients: Vec<PatientResult>,
    /// Strata by chance.
    pub strata: Vec<Stratum>,
}

/// Everything that an analysis found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Analysis {
    /// What was decided.
    pub settings: Settings,
    /// When, as ISO 8601; given by the caller.
    pub created: String,
    /// The cohort.
    pub cohort: CohortSummary,
    /// The outcome.
    pub outcome: OutcomeSummary,
    /// The predictors.
    pub predictors: Vec<PredictorSummary>,
    /// Whether the cohort is large enough.
    pub sample_size: SampleSize,
    /// Warnings that can't be hidden.
    pub notices: Vec<Issue>,
    /// Interactions of the logistic models: `age × pcs`.
    #[serde(default)]
    pub interactions: Vec<String>,
    /// How what was trained stands to the specification that was locked.
    #[serde(default)]
    pub specification: Specification,
    /// The models, in the order of the settings.
    pub models: Vec<ModelResult>,
    /// How far the models differ on the same patients; empty in a result of an older program.
    #[serde(default)]
    pub differences: Vec<ModelDifference>,
    /// Whether the first model finds anything at all; `None` where it was not asked.
    #[serde(default)]
    pub permutation: Option<PermutationTest>,
    /// What simulated cohorts of the same design show; `None` where it was not asked for.
    #[serde(default)]
    pub prospect: Option<Prospect>,
    /// What there is to see of the imputation; `None` where gaps are filled with the median or mode.
    #[serde(default)]
    pub missing: Option<MissingSummary>,
    /// The learners beside challengers on identical folds; `None`: not asked for.
    #[serde(default)]
    pub comparison: Option<Comparison>,
    /// What the models make of their predictors; empty: not asked for.
    #[serde(default)]
    pub effects: Vec<ModelEffects>,
    /// How the models do within groups of patients; empty where the cohort knows none, and in a result of an older program.
    #[serde(default)]
    pub subgroups: Vec<Subgroup>,
    /// The models on another cohort; `None` where none was named.
    #[serde(default)]
    pub external: Option<External>,
    /// Message keys of what was not finished when the work was stopped; empty for whole results.
    #[serde(default)]
    pub unfinished: Vec<String>,
    /// Responder profiles; `None`: not asked for.
    #[serde(default)]
    pub profiles: Option<Profiles>,
    /// Where the patients would stand with another outcome; `None`: not asked for.
    #[serde(default)]
    pub movement: Option<Movement>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture;

    #[test]
    fn a_result_of_an_older_program_opens_without_what_it_did_not_know() {
        let mut saved = serde_json::to_value(fixture::analysis()).expect("plain data");
        let without = |value: &mut serde_json::Value, names: &[&str]| {
            let fields = value.as_object_mut().expect("a struct");
            for name in names {
                assert!(fields.remove(*name).is_some(), "{name}");
            }
        };
        without(&mut saved, &["differences", "permutation"]);
        without(
            &mut saved["settings"]["plan"],
            &["n_outer", "n_inner", "n_permutations"],
        );
        for model in saved["models"].as_array_mut().expect("a list") {
            let new = [
                "rules_632",
                "calibrated",
                "spline_curve",
                "venn_abers_width",
                "centres",
            ];
            without(model, &new);
            without(&mut model["corrected"]["auc"], &["limits_by"]);
            without(&mut model["decision_curve"][0], &["std_error"]);
            without(&mut model["thresholds"][0], &["counts"]);
        }
        let opened: Analysis = serde_json::from_value(saved).expect("the rest is there");
        let model = &opened.models[0];
        assert_eq!(
            model.corrected[&Measure::Auc].limits_by,
            LimitsBy::FixedModel
        );
        assert!(model.centres.is_none() && model.calibrated.is_empty());
        assert!(opened.permutation.is_none() && opened.settings.plan.n_outer == 0);
    }
}
