//! What can be said on the command line.

use std::collections::BTreeSet;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::analysis::{
    Challenger, DeltaPlan, Draw, ForestSettings, Gaps, ImputeParams, Learner, MissingPlan,
    PenaltyRule, Recalibration, Settings, SplitRule, StrataRule,
};
use crate::base::text::Lang;
use crate::cli::strata::parse_strata;
use crate::design::{Curve, Form};
use crate::outcome::{Absent, Explanted, Moment, PRESETS, Rule};
use crate::report::Format;

/// Predicts the outcome of spinal cord stimulation from a centre's own cohort, and says how far
/// the prediction can be trusted. Not a medical device; for research and discussion.
#[derive(Debug, Parser)]
#[command(name = "prognostim", version, args_conflicts_with_subcommands = true)]
pub struct Arguments {
    /// Study or cohort file to open in the window
    pub file: Option<PathBuf>,
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
    /// Language of window, messages and report
    #[arg(long, global = true, value_parser = parse_lang)]
    pub lang: Option<Lang>,
    /// Theme of the window
    #[arg(long, global = true)]
    pub theme: Option<Theme>,
    /// Renderer of the window, where the automatic choice fails
    #[arg(long, global = true)]
    pub renderer: Option<Renderer>,
}

/// Theme of the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Theme {
    /// Paper.
    Light,
    /// Night.
    Dark,
}

/// What draws the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Renderer {
    /// OpenGL.
    Glow,
    /// Direct3D 12, Metal or Vulkan.
    Wgpu,
}

impl Renderer {
    /// `glow` or `wgpu`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Glow => "glow",
            Self::Wgpu => "wgpu",
        }
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Train the embedded multicentre sample and show it; without a display write the report to ./prognostim-demo
    Demo,
    /// Say what was understood of a cohort file, and every doubt with its cell
    Check(CheckArguments),
    /// Write the cohort as it was understood: UTF-8, comma, decimal point, ISO dates, empty for missing
    Export(ExportArguments),
    /// Import, train, validate, explain, report
    Analyse(Box<AnalyseArguments>),
    /// Write one of the synthetic sample cohorts
    SampleCohort(SampleArguments),
    /// How many patients a prediction model asks for (Riley and others, BMJ 2020)
    SampleSize(SampleSizeArguments),
}

#[derive(Debug, Args)]
pub(crate) struct SampleSizeArguments {
    /// Expected share of responders
    #[arg(long, value_parser = parse_share)]
    pub(crate) events_rate: f64,
    /// Expected AUC, above 0.5
    #[arg(long, default_value_t = crate::analysis::ASSUMED_AUC, value_parser = parse_share)]
    pub(crate) auc: f64,
    /// Parameters: one for a number, one for each further level, two more for a spline of four knots
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub(crate) predictors: u32,
    /// Patients that there are, for the parameters that they pay for
    #[arg(long)]
    pub(crate) patients: Option<usize>,
}

#[derive(Debug, Args)]
pub(crate) struct SampleArguments {
    /// single-centre-fr, multicentre or registry
    pub(crate) name: String,
    /// File to write
    #[arg(long)]
    pub(crate) out: PathBuf,
}

/// How a cohort file is read.
#[derive(Clone, Debug, Args)]
pub(crate) struct ReadArguments {
    /// Cohort file (csv, xlsx), or a study
    pub(crate) cohort: PathBuf,
    /// Sheet of the patients
    #[arg(long)]
    pub(crate) sheet: Option<String>,
    /// Codebook or REDCap data dictionary of a delimited cohort
    #[arg(long, value_name = "FILE")]
    pub(crate) codebook: Option<PathBuf>,
    /// Accept proposals of the check: their codes, or all
    #[arg(long, value_delimiter = ',', value_name = "CODES")]
    pub(crate) accept: Vec<String>,
}

#[derive(Debug, Args)]
pub(crate) struct CheckArguments {
    #[command(flatten)]
    pub(crate) read: ReadArguments,
    /// Format of the answer
    #[arg(long, default_value = "text")]
    pub(crate) format: CheckFormat,
    /// Write the findings as a list of questions, with room for answers (xlsx, or csv by its name)
    #[arg(long, value_name = "FILE")]
    pub(crate) queries: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct ExportArguments {
    #[command(flatten)]
    pub(crate) read: ReadArguments,
    /// File to write
    #[arg(long, value_name = "FILE.csv")]
    pub(crate) out: PathBuf,
    /// Original identifiers and free text instead of pseudonyms
    #[arg(long)]
    pub(crate) keep_id: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum CheckFormat {
    Text,
    Json,
}

#[derive(Debug, Args)]
pub(crate) struct AnalyseArguments {
    #[command(flatten)]
    pub(crate) read: ReadArguments,
    /// Folder of the report
    #[arg(long)]
    pub(crate) out: PathBuf,
    /// Column of the outcome
    #[arg(long, requires = "event", conflicts_with = "preset")]
    pub(crate) outcome: Option<String>,
    /// Level of that column that means "responder"
    #[arg(long, requires = "outcome")]
    pub(crate) event: Option<String>,
    /// Definition of a responder: pain50-12m, pain30-leg-6m, prediback2, chr, holistic, two-of-four, opioid-stable, satisfaction, pgic, …
    #[arg(long, value_parser = parse_preset)]
    pub(crate) preset: Option<Rule>,
    /// Predictors, by column name; default: every candidate measured before the decision
    #[arg(long, value_delimiter = ',')]
    pub(crate) predictors: Option<Vec<String>>,
    /// Numeric columns that are codes
    #[arg(long, value_delimiter = ',')]
    pub(crate) categorical: Option<Vec<String>>,
    /// Forms in logistic models: age=spline-4, duration=log, work=pool-10 (levels of fewer patients are pooled)
    #[arg(long, value_delimiter = ',', value_name = "COLUMN=FORM", value_parser = parse_form)]
    pub(crate) form: Vec<(String, Form)>,
    /// Interactions in logistic models: age:pcs
    #[arg(long, value_delimiter = ',', value_name = "COLUMN:COLUMN", value_parser = parse_pair)]
    pub(crate) interaction: Vec<(String, String)>,
    /// A variable computed from others, as "gap = age / 10"; may be said again
    #[arg(long, value_name = "NAME = FORMULA", value_parser = parse_derived)]
    pub(crate) derive: Vec<(String, String)>,
    /// Why a predictor that all but tells the outcome may predict, as "COLUMN=reason"; may be said again
    #[arg(long, value_name = "COLUMN=REASON", value_parser = parse_derived)]
    pub(crate) confirm: Vec<(String, String)>,
    /// Models: logistic, firth, ridge, lasso, elastic-net, forest; default ridge,forest
    #[arg(long, value_delimiter = ',', value_parser = parse_learner)]
    pub(crate) learners: Option<Vec<Learner>>,
    /// Compares the models on identical folds with others that are for comparison only: all, or some of naive-bayes, knn, svm, extra-trees, boosting
    #[arg(long, value_delimiter = ',', value_parser = parse_challengers)]
    pub(crate) compare: Vec<Challengers>,
    /// Works out what the models make of their predictors too: partial dependence, local effects, interactions, nomogram
    #[arg(long)]
    pub(crate) effects: bool,
    /// Looks for responder profiles: groups of patients that this cohort can tell from chance
    #[arg(long)]
    pub(crate) profiles: bool,
    /// Share of the lasso in the elastic net, between 0 and 1; default 0.5
    #[arg(long, value_parser = parse_share)]
    pub(crate) alpha: Option<f64>,
    /// How the penalty of ridge, lasso and elastic net is chosen: minimum or one-se (of the cross-validated deviance), or aic; default minimum
    #[arg(long, value_parser = parse_penalty_rule)]
    pub(crate) penalty_rule: Option<PenaltyRule>,
    /// Missing values, learnt in every resample: single (median or mode with an indicator) or mice:M (M imputations); default single
    #[arg(long, value_parser = parse_missing)]
    pub(crate) missing: Option<MissingPlan>,
    /// Recalibration on patients that a model has not seen, learnt in every resample: none (default), intercept, intercept-slope, logistic, beta or isotonic
    #[arg(long, value_parser = parse_recalibration)]
    pub(crate) recalibrate: Option<Recalibration>,
    /// Sensitivity analysis of a numeric predictor: what is added to its imputed values, as pcs=-5,0,5; needs --missing mice:M
    #[arg(long, value_name = "COLUMN=SHIFT,…", value_parser = parse_delta)]
    pub(crate) delta: Option<DeltaPlan>,
    /// Who is predicted: before-trial or after-trial
    #[arg(long, value_parser = parse_moment)]
    pub(crate) model_time: Option<Moment>,
    /// Weeks before and after the due date within which the nearest visit is taken; default: the columns of that month
    #[arg(long, value_name = "WEEKS", value_parser = clap::value_parser!(u16).range(1..=104))]
    pub(crate) window: Option<u16>,
    /// Patients explanted before the visit: inefficacy (failure unless for another reason), failure, censor or exclude
    #[arg(long, value_parser = parse_explanted)]
    pub(crate) explanted: Option<Explanted>,
    /// Patients not seen at the visit: exclude or failure
    #[arg(long, value_parser = parse_absent)]
    pub(crate) lost: Option<Absent>,
    /// Patients who died before the visit: exclude or failure
    #[arg(long, value_parser = parse_absent)]
    pub(crate) died: Option<Absent>,
    /// How the strata are cut: two cut points (default 0.4,0.6), quantiles:N of each model's chances, or threshold:CHANCE
    #[arg(long, value_parser = parse_strata)]
    pub(crate) strata: Option<StrataRule>,
    /// Original identifiers in the report instead of pseudonyms
    #[arg(long)]
    pub(crate) keep_id: bool,
    /// Bootstrap resamples; default 500
    #[arg(long)]
    pub(crate) bootstraps: Option<usize>,
    /// Folds of the cross-validation; default 10
    #[arg(long)]
    pub(crate) folds: Option<usize>,
    /// Repeats of the cross-validation; default 20
    #[arg(long)]
    pub(crate) repeats: Option<usize>,
    /// Refits on half-samples; default 200
    #[arg(long)]
    pub(crate) half_samples: Option<usize>,
    /// Two-stage bootstrap for the limits of corrected figures, as outer and inner resamples such as 80x12; default: not run
    #[arg(long, value_name = "OUTERxINNER", value_parser = parse_two_stage)]
    pub(crate) two_stage: Option<(usize, usize)>,
    /// Permuted outcomes on which the first model is tried: is there anything here at all? Default: not asked
    #[arg(long, value_name = "N")]
    pub(crate) permutations: Option<usize>,
    /// Another cohort, with the same column names, on which the models are judged: external validation
    #[arg(long, value_name = "FILE")]
    pub(crate) external: Option<PathBuf>,
    /// Another definition of the outcome: who would move between the strata? The models are trained a second time
    #[arg(long, value_name = "PRESET", value_parser = parse_preset)]
    pub(crate) other_outcome: Option<Rule>,
    /// Simulated cohorts of the same size, event rate and predictors: what could such a cohort ever show? Default: not asked
    #[arg(long, value_name = "N")]
    pub(crate) simulate: Option<usize>,
    /// Trees of the forest; default 500
    #[arg(long)]
    pub(crate) trees: Option<usize>,
    /// A node with so many patients or fewer is not split; default 10
    #[arg(long)]
    pub(crate) min_node: Option<usize>,
    /// Columns that the forest tries at each split; default: the square root of their number
    #[arg(long)]
    pub(crate) mtry: Option<usize>,
    /// What the forest splits by: gini (default) or log-loss
    #[arg(long, value_parser = parse_split_rule)]
    pub(crate) split_rule: Option<SplitRule>,
    /// Splits between the root of a tree and a leaf at most; default: no limit
    #[arg(long)]
    pub(crate) max_depth: Option<usize>,
    /// Patients in a leaf at least, copies counted; default 1
    #[arg(long)]
    pub(crate) min_leaf: Option<usize>,
    /// How each tree draws its patients: with-replacement (default) or without-replacement
    #[arg(long, value_parser = parse_draw)]
    pub(crate) tree_draw: Option<Draw>,
    /// Share of the patients that each tree draws, above 0 and at most 1; default 1
    #[arg(long)]
    pub(crate) tree_share: Option<f64>,
    /// Each tree draws that share of responders and of the others
    #[arg(long)]
    pub(crate) tree_within_class: bool,
    /// What trees do about missing values: imputed (default) or better-side
    #[arg(long, value_parser = parse_gaps)]
    pub(crate) tree_gaps: Option<Gaps>,
    /// Columns tried and smallest leaf of the forest are chosen by the log loss of out-of-bag patients
    #[arg(long)]
    pub(crate) tune_forest: bool,
    /// Seed of all random numbers; default 1
    #[arg(long)]
    pub(crate) seed: Option<u64>,
    /// Threads; 0: one a core
    #[arg(long, default_value_t = 0)]
    pub(crate) threads: usize,
    /// Formats of the report
    #[arg(long, value_delimiter = ',', default_value = "html,json", value_parser = parse_format)]
    pub(crate) formats: Vec<Format>,
    /// Progress as JSON lines on standard error
    #[arg(long)]
    pub(crate) json: bool,
}

impl AnalyseArguments {
    /// The settings with everything that was said on the command line put in.
    pub(crate) fn settings(&self, mut settings: Settings) -> Settings {
        fn put<T: Clone>(slot: &mut T, said: Option<&T>) {
            if let Some(said) = said {
                slot.clone_from(said);
            }
        }
        if let Some((column, event)) = self.outcome.clone().zip(self.event.clone()) {
            settings.outcome.rule = Rule::Level { column, event };
        }
        put(&mut settings.outcome.rule, self.preset.as_ref());
        put(&mut settings.outcome.moment, self.model_time.as_ref());
        put(&mut settings.outcome.explanted, self.explanted.as_ref());
        put(&mut settings.outcome.lost, self.lost.as_ref());
        put(&mut settings.outcome.died, self.died.as_ref());
        if self.window.is_some() {
            settings.outcome.window_weeks = self.window;
        }
        if self.predictors.is_some() {
            settings.predictors.clone_from(&self.predictors);
        }
        put(&mut settings.categorical, self.categorical.as_ref());
        settings.design.forms.extend(self.form.iter().cloned());
        settings
            .design
            .interactions
            .extend(self.interaction.iter().cloned());
        settings.confirmed.extend(self.confirm.iter().cloned());
        put(&mut settings.learners, self.learners.as_ref());
        settings.profiles |= self.profiles;
        settings
            .compare
            .extend(self.compare.iter().flat_map(|said| said.0.clone()));
        settings.effects |= self.effects;
        put(&mut settings.penalty.alpha, self.alpha.as_ref());
        put(&mut settings.penalty.rule, self.penalty_rule.as_ref());
        put(&mut settings.missing, self.missing.as_ref());
        put(&mut settings.recalibration, self.recalibrate.as_ref());
        if self.delta.is_some() {
            settings.delta.clone_from(&self.delta);
        }
        put(&mut settings.strata, self.strata.as_ref());
        put(&mut settings.plan.n_bootstraps, self.bootstraps.as_ref());
        put(&mut settings.plan.n_folds, self.folds.as_ref());
        put(&mut settings.plan.n_repeats, self.repeats.as_ref());
        put(
            &mut settings.plan.n_half_samples,
            self.half_samples.as_ref(),
        );
        if let Some((n_outer, n_inner)) = self.two_stage {
            (settings.plan.n_outer, settings.plan.n_inner) = (n_outer, n_inner);
        }
        put(
            &mut settings.plan.n_permutations,
            self.permutations.as_ref(),
        );
        put(&mut settings.plan.n_simulated, self.simulate.as_ref());
        put(&mut settings.forest.n_trees, self.trees.as_ref());
        put(&mut settings.forest.min_node, self.min_node.as_ref());
        self.put_forest(&mut settings.forest);
        put(&mut settings.seed, self.seed.as_ref());
        let mut seen = BTreeSet::new();
        settings.learners.retain(|learner| seen.insert(*learner));
        let mut seen = BTreeSet::new();
        settings
            .compare
            .retain(|challenger| seen.insert(*challenger));
        settings
    }

    /// What was said of how trees draw, split and end.
    fn put_forest(&self, forest: &mut ForestSettings) {
        forest.mtry = self.mtry.or(forest.mtry);
        forest.max_depth = self.max_depth.or(forest.max_depth);
        forest.rule = self.split_rule.unwrap_or(forest.rule);
        forest.min_leaf = self.min_leaf.unwrap_or(forest.min_leaf);
        forest.draw = self.tree_draw.unwrap_or(forest.draw);
        forest.sample_share = self.tree_share.unwrap_or(forest.sample_share);
        forest.within_class |= self.tree_within_class;
        forest.gaps = self.tree_gaps.unwrap_or(forest.gaps);
        forest.tuned |= self.tune_forest;
    }
}

fn parse_gaps(text: &str) -> Result<Gaps, String> {
    match text {
        "imputed" => Ok(Gaps::Imputed),
        "better-side" => Ok(Gaps::BetterSide),
        _ => Err("choose imputed or better-side".to_owned()),
    }
}

fn parse_two_stage(text: &str) -> Result<(usize, usize), String> {
    let counts = text.split_once('x');
    counts
        .and_then(|(outer, inner)| Some((outer.trim().parse().ok()?, inner.trim().parse().ok()?)))
        .ok_or_else(|| "two numbers with an x between them, such as 80x12".to_owned())
}

fn parse_split_rule(text: &str) -> Result<SplitRule, String> {
    match text {
        "gini" => Ok(SplitRule::Gini),
        "log-loss" => Ok(SplitRule::LogLoss),
        _ => Err("choose gini or log-loss".to_owned()),
    }
}

fn parse_draw(text: &str) -> Result<Draw, String> {
    match text {
        "with-replacement" => Ok(Draw::WithReplacement),
        "without-replacement" => Ok(Draw::WithoutReplacement),
        _ => Err("choose with-replacement or without-replacement".to_owned()),
    }
}

fn parse_lang(text: &str) -> Result<Lang, String> {
    Lang::ALL
        .into_iter()
        .find(|lang| lang.code() == text)
        .ok_or_else(|| "choose en or fr".to_owned())
}

fn parse_preset(text: &str) -> Result<Rule, String> {
    let names = PRESETS.map(|preset| preset.name).join(", ");
    Rule::preset(text).ok_or_else(|| {
        format!("choose one of {names}; with another month after it if wanted, such as chr-6m")
    })
}

fn parse_share(text: &str) -> Result<f64, String> {
    let share = text.parse::<f64>().ok();
    share
        .filter(|x| *x > 0.0 && *x < 1.0)
        .ok_or_else(|| "a number between 0 and 1, with a decimal point".to_owned())
}

fn parse_form(text: &str) -> Result<(String, Form), String> {
    let wrong = || "COLUMN=linear, =spline-3, =spline-4, =spline-5, =log or =pool-N".to_owned();
    let (name, form) = text.split_once('=').ok_or_else(wrong)?;
    let mut found = Form::default();
    match form.trim().split_once('-') {
        None if form.trim() == "linear" => {}
        None if form.trim() == "log" => found.curve = Curve::Log,
        Some(("spline", knots)) => {
            let knots = knots.parse().ok().filter(|n| (3..=5).contains(n));
            found.curve = Curve::Spline(knots.ok_or_else(wrong)?);
        }
        Some(("pool", least)) => found.least = least.parse().map_err(|_not_a_count| wrong())?,
        _ => return Err(wrong()),
    }
    Ok((name.trim().to_owned(), found))
}

fn parse_pair(text: &str) -> Result<(String, String), String> {
    let pair = text
        .split_once(':')
        .map(|(a, b)| (a.trim().to_owned(), b.trim().to_owned()));
    pair.filter(|(a, b)| !a.is_empty() && !b.is_empty() && a != b)
        .ok_or_else(|| "two columns with a colon between them, such as age:pcs".to_owned())
}

fn parse_derived(text: &str) -> Result<(String, String), String> {
    let parts = text
        .split_once('=')
        .map(|(a, b)| (a.trim().to_owned(), b.trim().to_owned()));
    parts
        .filter(|(name, rest)| !name.is_empty() && !rest.is_empty())
        .ok_or_else(|| "a name, an equals sign, and what follows from it".to_owned())
}

fn parse_delta(text: &str) -> Result<DeltaPlan, String> {
    let (variable, shifts) = parse_derived(text)?;
    let deltas: Result<Vec<f64>, _> = shifts.split(',').map(|one| one.trim().parse()).collect();
    deltas
        .map(|deltas| DeltaPlan { variable, deltas })
        .map_err(|_error| format!("`{shifts}` is not a list of numbers, such as -5,0,5"))
}

fn parse_learner(text: &str) -> Result<Learner, String> {
    let names = Learner::ALL.map(Learner::name).join(", ");
    Learner::ALL
        .into_iter()
        .find(|learner| learner.name() == text)
        .ok_or_else(|| format!("choose from {names}"))
}

/// Challengers that one word names.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Challengers(Vec<Challenger>);

fn parse_challengers(text: &str) -> Result<Challengers, String> {
    if text == "all" {
        return Ok(Challengers(Challenger::ALL.to_vec()));
    }
    let names = Challenger::ALL.map(Challenger::name).join(", ");
    Challenger::ALL
        .into_iter()
        .find(|challenger| challenger.name() == text)
        .map(|challenger| Challengers(vec![challenger]))
        .ok_or_else(|| format!("choose all, or from {names}"))
}

fn parse_penalty_rule(text: &str) -> Result<PenaltyRule, String> {
    let names = PenaltyRule::ALL.map(PenaltyRule::name).join(", ");
    let mut rules = PenaltyRule::ALL.into_iter();
    rules
        .find(|rule| rule.name() == text)
        .ok_or_else(|| format!("choose one of {names}"))
}

fn parse_recalibration(text: &str) -> Result<Recalibration, String> {
    let names = Recalibration::ALL.map(Recalibration::name).join(", ");
    let mut kinds = Recalibration::ALL.into_iter();
    kinds
        .find(|kind| kind.name() == text)
        .ok_or_else(|| format!("choose one of {names}"))
}

fn parse_missing(text: &str) -> Result<MissingPlan, String> {
    if text == "single" {
        return Ok(MissingPlan::Single);
    }
    let n_imputations = text.strip_prefix("mice:").and_then(|m| m.parse().ok());
    let params = n_imputations.map(|n_imputations| ImputeParams {
        n_imputations,
        ..ImputeParams::default()
    });
    params
        .filter(|params| params.check().is_ok())
        .map(MissingPlan::Multiple)
        .ok_or_else(|| "choose single or mice:M with M from 2 to 1000".to_owned())
}

fn parse_format(text: &str) -> Result<Format, String> {
    let names = Format::ALL.map(Format::name).join(", ");
    Format::from_name(text).ok_or_else(|| format!("choose from {names}"))
}

fn parse_moment(text: &str) -> Result<Moment, String> {
    match text {
        "before-trial" => Ok(Moment::BeforeTrial),
        "after-trial" => Ok(Moment::AfterTrial),
        _ => Err("choose before-trial or after-trial".to_owned()),
    }
}

fn parse_explanted(text: &str) -> Result<Explanted, String> {
    let names = Explanted::ALL.map(Explanted::name).join(", ");
    let mut choices = Explanted::ALL.into_iter();
    choices
        .find(|choice| choice.name() == text)
        .ok_or_else(|| format!("choose one of {names}"))
}

fn parse_absent(text: &str) -> Result<Absent, String> {
    let mut choices = Absent::ALL.into_iter();
    choices
        .find(|choice| choice.name() == text)
        .ok_or_else(|| "choose exclude or failure".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn the_command_line_is_consistent() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn challengers_are_named_one_by_one_or_all_at_once_and_each_is_taken_once() {
        let settings = |said: &str| {
            let line = format!("prognostim analyse c.csv --out o {said}");
            let parsed = Arguments::try_parse_from(line.split_whitespace()).unwrap();
            let Some(Command::Analyse(order)) = parsed.command else {
                panic!("analyse was said");
            };
            order.settings(Settings::default()).compare
        };
        assert!(settings("").is_empty());
        assert_eq!(settings("--compare all"), Challenger::ALL);
        let some = settings("--compare svm,knn,svm");
        assert_eq!(some, [Challenger::Svm, Challenger::Knn]);
        let wrong = "prognostim analyse c.csv --out o --compare forest";
        assert!(Arguments::try_parse_from(wrong.split(' ')).is_err());
    }

    #[test]
    fn how_trees_draw_split_and_end_can_be_said() {
        let line = "prognostim analyse c.csv --out o --mtry 3 --split-rule log-loss --max-depth 4 --min-leaf 5 --tree-draw without-replacement --tree-share 0.5 --tree-within-class";
        let parsed = Arguments::try_parse_from(line.split(' ')).expect("a valid line");
        let Some(Command::Analyse(order)) = parsed.command else {
            panic!("analyse was said");
        };
        let wanted = ForestSettings {
            mtry: Some(3),
            rule: SplitRule::LogLoss,
            max_depth: Some(4),
            min_leaf: 5,
            draw: Draw::WithoutReplacement,
            sample_share: 0.5,
            within_class: true,
            ..ForestSettings::default()
        };
        assert_eq!(order.settings(Settings::default()).forest, wanted);
    }

    #[test]
    fn what_is_said_replaces_the_default_and_nothing_else() {
        let line = "prognostim analyse c.csv --out o --preset pain30-12m --learners forest,forest --strata 0.3,0.5";
        let parsed = Arguments::try_parse_from(line.split(' ')).expect("a valid line");
        let Some(Command::Analyse(order)) = parsed.command else {
            panic!("analyse was said");
        };
        let settings = order.settings(Settings::default());
        assert_eq!(
            settings.outcome.rule.preset_name().as_deref(),
            Some("pain30-12m")
        );
        assert_eq!(settings.learners, [Learner::Forest]);
        assert_eq!(settings.penalty, Settings::default().penalty);
        assert_eq!(
            settings.strata,
            StrataRule {
                low: 0.3,
                high: 0.5,
                ..StrataRule::default()
            }
        );
        assert_eq!(settings.seed, Settings::default().seed);
    }

    #[test]
    fn every_learner_and_every_rule_of_a_penalty_can_be_said() {
        let names = Learner::ALL.map(Learner::name).join(",");
        for rule in PenaltyRule::ALL {
            let said = rule.name();
            let line = format!(
                "prognostim analyse c.csv --out o --learners {names} --alpha 0.2 --penalty-rule {said}"
            );
            let parsed = Arguments::try_parse_from(line.split(' ')).expect("a valid line");
            let Some(Command::Analyse(order)) = parsed.command else {
                panic!("analyse was said");
            };
            let settings = order.settings(Settings::default());
            assert_eq!(settings.learners, Learner::ALL);
            assert_eq!((settings.penalty.alpha, settings.penalty.rule), (0.2, rule));
        }
    }

    #[test]
    fn the_design_is_said_in_a_line() {
        let line = "prognostim analyse c.csv --out o --form age=spline-4,work=pool-10 --interaction age:pcs";
        let mut words: Vec<&str> = line.split(' ').collect();
        words.extend([
            "--derive",
            "gap = leg - back",
            "--confirm",
            "gap=measured before",
            "--missing",
            "mice:5",
            "--delta",
            "pcs=-5,0,2.5",
        ]);
        let parsed = Arguments::try_parse_from(words).expect("a valid line");
        let Some(Command::Analyse(order)) = parsed.command else {
            panic!("analyse was said");
        };
        let settings = order.settings(Settings::default());
        assert_eq!(settings.design.form("age").curve, Curve::Spline(4));
        let delta = settings.delta.as_ref().expect("shifts");
        assert_eq!(
            (delta.variable.as_str(), &delta.deltas[..]),
            ("pcs", &[-5.0, 0.0, 2.5][..])
        );
        assert_eq!(settings.design.form("work").least, 10);
        assert_eq!(
            settings.design.interactions,
            [("age".to_owned(), "pcs".to_owned())]
        );
        assert_eq!(order.derive, [("gap".to_owned(), "leg - back".to_owned())]);
        assert_eq!(settings.confirmed["gap"], "measured before");
    }

    #[test]
    fn every_preset_can_be_said_at_any_month() {
        for preset in PRESETS {
            let name = format!("{}-6m", preset.name);
            assert_eq!(parse_preset(&name), Ok(preset.rule(6)));
            assert_eq!(parse_preset(preset.name), Ok(preset.rule(preset.month)));
            assert_eq!(preset.rule(6).preset_name(), Some(name));
        }
        let line = "prognostim analyse c.csv --out o --window 8 --explanted censor --lost failure";
        let parsed = Arguments::try_parse_from(line.split(' ')).expect("a valid line");
        let Some(Command::Analyse(order)) = parsed.command else {
            panic!("analyse was said");
        };
        let outcome = order.settings(Settings::default()).outcome;
        assert_eq!(outcome.window_weeks, Some(8));
        assert_eq!(outcome.explanted, Explanted::Censor);
        assert_eq!(
            (outcome.lost, outcome.died),
            (Absent::Failure, Absent::Exclude)
        );
    }

    #[test]
    fn a_wrong_word_is_wrong_usage() {
        for line in [
            "prognostim analyse c.csv --out o --form age=spline-9",
            "prognostim analyse c.csv --out o --interaction age:age",
            "prognostim sample-size --events-rate 45 --predictors 12",
            "prognostim analyse c.csv --out o --preset pain99",
            "prognostim analyse c.csv --out o --preset chr-0m",
            "prognostim analyse c.csv --out o --window 0",
            "prognostim analyse c.csv --out o --alpha 1",
            "prognostim analyse c.csv --out o --penalty-rule best",
            "prognostim analyse c.csv --out o --recalibrate twice",
            "prognostim analyse c.csv --out o --strata 0.6,0.4",
            "prognostim analyse c.csv --out o --outcome y",
            "prognostim analyse c.csv",
        ] {
            assert!(
                Arguments::try_parse_from(line.split(' ')).is_err(),
                "{line}"
            );
        }
    }
}
