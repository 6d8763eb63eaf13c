//! `check`, `analyse` and the demonstration without a display.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Instant;

use crate::analysis::{self, Analysis, Settings};
use crate::base::issue::{Failure, Issue};
use crate::base::task::TaskHandle;
use crate::base::text::Lang;
use crate::cli::arguments::{AnalyseArguments, CheckArguments, CheckFormat, ReadArguments};
use crate::cli::progress::{Telling, watched};
use crate::cli::{check as answer, export, say, say_aside};
use crate::cohort::{self, Cohort};
use crate::import::{self, ImportOptions};
use crate::outcome::Rule;
use crate::report::comparison::comparison_words;
use crate::report::movement::movement_words;
use crate::report::profiles::profiles_words;
use crate::report::{self, Format, ReportOptions, words};
use crate::review;
use crate::study::{self, Other, Study};
use crate::{dictionary, simulate};

/// Says what was understood of a cohort.
pub(crate) fn check(order: &CheckArguments, lang: Lang) -> Result<(), Failure> {
    let accepted: BTreeSet<String> = order.read.accept.iter().cloned().collect();
    let (mut cohort, findings) = watched(Telling::Line, lang, |task| {
        let opening = open(&order.read, &accepted, task)?;
        let findings = review::findings(&opening.cohort, &opening.study.review, task)?;
        Ok((opening.cohort, findings))
    })?;
    if let Some(path) = &order.queries {
        export::queries(path, &cohort, &findings, lang)?;
    }
    let more = review::as_issues(&cohort, &findings);
    cohort.issues.extend(more);
    say(&match order.format {
        CheckFormat::Text => answer::text(&cohort, lang),
        CheckFormat::Json => answer::json(&cohort, lang),
    })
}

/// Imports, trains, validates, explains and writes the report.
pub(crate) fn analyse(order: &AnalyseArguments, lang: Lang) -> Result<(), Failure> {
    let telling = if order.json {
        Telling::Json
    } else {
        Telling::Line
    };
    let work = Work {
        lang,
        out: &order.out,
        formats: &order.formats,
        n_threads: order.threads,
        keep_id: order.keep_id,
        other_outcome: order.other_outcome.as_ref(),
    };
    watched(telling, lang, |task| {
        let accepted = order.read.accept.iter().cloned().collect();
        let derive = |cohort: &mut Cohort| {
            let mut wanted = order.derive.iter();
            wanted.try_for_each(|(name, formula)| cohort::derive(cohort, name, formula))
        };
        let mut opening = open(&order.read, &accepted, task)?;
        derive(&mut opening.cohort)?;
        let of_pairs = order.interaction.iter().flat_map(|(a, b)| [a, b]);
        let names = order.form.iter().map(|(name, _)| name).chain(of_pairs);
        for name in names.chain(order.confirm.iter().map(|(name, _)| name)) {
            if opening.cohort.variable(name).is_none() {
                return Err(Issue::error("unknown-column").in_column(name).into());
            }
        }
        let other = order.external.as_ref().map(|path| {
            let read = || {
                let mut other = study::read_other(path, &opening.study, task)?;
                derive(&mut other.cohort)?;
                Ok(other)
            };
            read().map_err(|failure| study::failed_on(path, failure))
        });
        let other = other.transpose()?;
        let settings = order.settings(opening.study.settings);
        work.run(&opening.cohort, other.as_ref(), &settings, task)
    })
}

/// Trains the embedded multicentre sample and writes the report.
pub(crate) fn demo(out: &Path, lang: Lang) -> Result<(), Failure> {
    let work = Work {
        lang,
        out,
        formats: &Format::ALL,
        n_threads: 0,
        keep_id: false,
        other_outcome: None,
    };
    watched(Telling::Line, lang, |task| {
        let sample = simulate::sample("multicentre").ok_or_else(|| Failure::new("internal"))?;
        let options = ImportOptions::default();
        let mut cohort = import::read_bytes(sample.file, &sample.bytes, &options, task)?;
        dictionary::annotate(&mut cohort);
        work.run(&cohort, None, &Settings::default(), task)
    })
}

/// A cohort with everything that a person decided about it carried out.
pub(super) struct Opening {
    pub(super) cohort: Cohort,
    pub(super) study: Study,
}

/// Opens a cohort file, or a study with its snapshot and settings. A snapshot is kept as it was
/// read, so accepted proposals, those of the study and those of the command line, and the study's
/// corrections are carried out here.
pub(super) fn open(
    order: &ReadArguments,
    accepted: &BTreeSet<String>,
    task: &TaskHandle,
) -> Result<Opening, Failure> {
    let is_study = order
        .cohort
        .extension()
        .is_some_and(|extension| extension == "prognostim");
    let (cohort, mut study) = if is_study {
        let opened = study::open(&order.cohort)?;
        let cohort = opened
            .cohort
            .ok_or_else(|| Failure::new("study-without-cohort"))?;
        (cohort, opened.study)
    } else {
        let options = ImportOptions {
            sheet: order.sheet.clone(),
            codebook: order.codebook.as_ref().map(|path| {
                // Relative to where the command is given, not to the cohort's folder.
                let path = std::path::absolute(path).unwrap_or_else(|_no_folder| path.clone());
                path.to_string_lossy().into_owned()
            }),
            ..ImportOptions::default()
        };
        let mut cohort = import::read(&order.cohort, &options, task)?;
        dictionary::annotate(&mut cohort);
        let study = Study {
            import: options,
            ..Study::default()
        };
        (cohort, study)
    };
    study.settings.accepted.extend(accepted.iter().cloned());
    Ok(Opening {
        cohort: study::decided(cohort, &study.settings.accepted, &study.edits)?,
        study,
    })
}

/// An analysis that ends in a folder.
struct Work<'a> {
    lang: Lang,
    out: &'a Path,
    formats: &'a [Format],
    n_threads: usize,
    keep_id: bool,
    /// Another definition of the outcome, with which the models are trained too.
    other_outcome: Option<&'a Rule>,
}

impl Work<'_> {
    /// Analyses the cohort, judges the models on the other one, and writes the report.
    fn run(
        &self,
        cohort: &Cohort,
        other: Option<&Other>,
        settings: &Settings,
        task: &TaskHandle,
    ) -> Result<(), Failure> {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(self.n_threads)
            .build()
            .map_err(|error| Issue::error("internal").with("detail", error.to_string()))?;
        let created = jiff::Timestamp::now().to_string();
        if !settings.compare.is_empty() {
            let start = Instant::now();
            let clock = || start.elapsed();
            let named = &settings.compare;
            let time =
                pool.install(|| analysis::compare_trial(cohort, settings, named, &clock, task))?;
            let n_secs = time.as_secs_f64().ceil();
            say_aside(&self.lang.with("compare-takes", &[("n", n_secs.into())]))?;
        }
        let mut analysis = pool.install(|| analysis::run(cohort, settings, &created, task))?;
        if let Some(other) = other {
            let found = pool.install(|| analysis::external(cohort, settings, &other.cohort, task));
            let file = Path::new(&other.cohort.source.file);
            let mut found = found.map_err(|failure| study::failed_on(file, failure))?;
            found.corrected.clone_from(&other.corrected);
            analysis.external = Some(found);
        }
        if let Some(rule) = self.other_outcome {
            let found =
                pool.install(|| analysis::movement(cohort, settings, &analysis, rule, task))?;
            analysis.movement = Some(found);
        }
        task.check()?;
        let options = ReportOptions {
            lang: self.lang,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            ids: self.keep_id.then(|| original_ids(cohort, &analysis)),
        };
        let written = report::write(self.out, &analysis, &options, self.formats)?;
        for notice in &analysis.notices {
            say_aside(&self.lang.issue(notice))?;
        }
        if let Some(comparison) = &analysis.comparison {
            let words = comparison_words(comparison, self.lang);
            for sentence in words.sentences.iter().chain(&words.failures) {
                say_aside(sentence)?;
            }
        }
        for (at, model) in analysis.models.iter().enumerate() {
            if let Some(moved) = movement_words(&analysis, at, self.lang) {
                let name = words::learner(model.learner, self.lang);
                say_aside(&format!("{name}: {}", moved.sentence))?;
            }
        }
        if let Some(words) = profiles_words(&analysis, self.lang) {
            say_aside(&words.lead)?;
            let found = words.ways.iter().flat_map(|way| &way.profiles);
            for profile in found {
                say_aside(&format!("{}: {}", profile.name, profile.summary))?;
            }
        }
        for path in written {
            say(&format!("{}\n", path.display()))?;
        }
        Ok(())
    }
}

/// Original identifiers of the analysed patients.
fn original_ids(cohort: &Cohort, analysis: &Analysis) -> Vec<String> {
    let ids = cohort.ids();
    let analysed = analysis
        .models
        .first()
        .map_or(&[][..], |model| &model.patients);
    analysed
        .iter()
        .map(|patient| ids[patient.row].clone())
        .collect()
}
