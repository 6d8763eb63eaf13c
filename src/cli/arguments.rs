//! What can be said on the command line.

use std::collections::BTreeSet;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::analysis::{ImputeParams, Learner, MissingPlan, Settings, StrataCuts};
use crate::base::text::Lang;
use crate::outcome::{Explanted, Moment, Rule};
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
#[derive(Debug, Args)]
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
    /// Definition of a responder: pain50-12m, pain50-back-12m, pain50-leg-12m, pain30-12m, …
    #[arg(long, value_parser = parse_preset)]
    pub(crate) preset: Option<Rule>,
    /// Predictors, by column name; default: every candidate measured before the decision
    #[arg(long, value_delimiter = ',')]
    pub(crate) predictors: Option<Vec<String>>,
    /// Numeric columns that are codes
    #[arg(long, value_delimiter = ',')]
    pub(crate) categorical: Option<Vec<String>>,
    /// Models: logistic, ridge, forest; default ridge,forest
    #[arg(long, value_delimiter = ',', value_parser = parse_learner)]
    pub(crate) learners: Option<Vec<Learner>>,
    /// Missing values, learnt in every resample: single (median or mode with an indicator) or mice:M (M imputations); default single
    #[arg(long, value_parser = parse_missing)]
    pub(crate) missing: Option<MissingPlan>,
    /// Who is predicted: before-trial or after-trial
    #[arg(long, value_parser = parse_moment)]
    pub(crate) model_time: Option<Moment>,
    /// Patients explanted before the visit: failure or exclude
    #[arg(long, value_parser = parse_explanted)]
    pub(crate) explanted: Option<Explanted>,
    /// Cut points between the strata; default 0.4,0.6
    #[arg(long, value_parser = parse_cuts)]
    pub(crate) strata: Option<StrataCuts>,
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
    /// Trees of the forest; default 500
    #[arg(long)]
    pub(crate) trees: Option<usize>,
    /// A node with so many patients or fewer is not split; default 10
    #[arg(long)]
    pub(crate) min_node: Option<usize>,
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
        if self.predictors.is_some() {
            settings.predictors.clone_from(&self.predictors);
        }
        put(&mut settings.categorical, self.categorical.as_ref());
        put(&mut settings.learners, self.learners.as_ref());
        put(&mut settings.missing, self.missing.as_ref());
        put(&mut settings.strata, self.strata.as_ref());
        put(&mut settings.plan.n_bootstraps, self.bootstraps.as_ref());
        put(&mut settings.plan.n_folds, self.folds.as_ref());
        put(&mut settings.plan.n_repeats, self.repeats.as_ref());
        put(
            &mut settings.plan.n_half_samples,
            self.half_samples.as_ref(),
        );
        put(&mut settings.forest.n_trees, self.trees.as_ref());
        put(&mut settings.forest.min_node, self.min_node.as_ref());
        put(&mut settings.seed, self.seed.as_ref());
        let mut seen = BTreeSet::new();
        settings.learners.retain(|learner| seen.insert(*learner));
        settings
    }
}

fn parse_lang(text: &str) -> Result<Lang, String> {
    Lang::ALL
        .into_iter()
        .find(|lang| lang.code() == text)
        .ok_or_else(|| "choose en or fr".to_owned())
}

fn parse_preset(text: &str) -> Result<Rule, String> {
    let names: Vec<&str> = Rule::presets().into_iter().map(|(name, _)| name).collect();
    Rule::preset(text).ok_or_else(|| format!("choose one of {}", names.join(", ")))
}

fn parse_learner(text: &str) -> Result<Learner, String> {
    let names = Learner::ALL.map(Learner::name).join(", ");
    Learner::ALL
        .into_iter()
        .find(|learner| learner.name() == text)
        .ok_or_else(|| format!("choose from {names}"))
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
    match text {
        "failure" => Ok(Explanted::Failure),
        "exclude" => Ok(Explanted::Exclude),
        _ => Err("choose failure or exclude".to_owned()),
    }
}

fn parse_cuts(text: &str) -> Result<StrataCuts, String> {
    let wrong = || "two numbers between 0 and 1, the lower one first, such as 0.4,0.6".to_owned();
    let (low, high) = text.split_once(',').ok_or_else(wrong)?;
    let number = |text: &str| {
        text.trim()
            .parse::<f64>()
            .ok()
            .filter(|x| *x > 0.0 && *x < 1.0)
    };
    let (low, high) = number(low).zip(number(high)).ok_or_else(wrong)?;
    if low < high {
        Ok(StrataCuts { low, high })
    } else {
        Err(wrong())
    }
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
    fn what_is_said_replaces_the_default_and_nothing_else() {
        let line = "prognostim analyse c.csv --out o --preset pain30-12m --learners forest,forest --strata 0.3,0.5";
        let parsed = Arguments::try_parse_from(line.split(' ')).expect("a valid line");
        let Some(Command::Analyse(order)) = parsed.command else {
            panic!("analyse was said");
        };
        let settings = order.settings(Settings::default());
        assert_eq!(settings.outcome.rule.preset_name(), Some("pain30-12m"));
        assert_eq!(settings.learners, [Learner::Forest]);
        assert_eq!(
            settings.strata,
            StrataCuts {
                low: 0.3,
                high: 0.5
            }
        );
        assert_eq!(settings.seed, Settings::default().seed);
    }

    #[test]
    fn a_wrong_word_is_wrong_usage() {
        for line in [
            "prognostim analyse c.csv --out o --preset pain99",
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
