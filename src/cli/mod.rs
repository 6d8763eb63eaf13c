//! The command line: the same core as the window, without a display.
//!
//! Says on standard output only what was asked for, on standard error what went wrong and, on a
//! terminal, how far the work is. Exit codes: 0 done, 1 the work failed, 2 wrong usage.

mod analyse;
mod arguments;
pub mod check;
mod export;
mod progress;
mod sample_size;
mod strata;

use std::ffi::OsString;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser as _;

use crate::base::issue::Failure;
use crate::base::text::Lang;
pub use arguments::{Arguments, Renderer, Theme};
use arguments::{Command, SampleArguments};

/// What the window opens with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Start {
    /// Home.
    #[default]
    Home,
    /// A study or a cohort file.
    File(PathBuf),
    /// The multicentre sample, trained at once.
    Demo,
}

/// What the command line asks of the window; `None`: as the user left it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WindowRequest {
    /// What to open.
    pub start: Start,
    /// Language.
    pub lang: Option<Lang>,
    /// Theme.
    pub theme: Option<Theme>,
    /// Renderer.
    pub renderer: Option<Renderer>,
}

/// Opens the window and returns when it closes; `None` in a program that was built without it.
pub type OpenWindow = Option<fn(&WindowRequest) -> Result<(), Failure>>;

/// Runs the program with its arguments, the program's own name first.
pub fn run(arguments: impl Iterator<Item = OsString>, open_window: OpenWindow) -> ExitCode {
    let arguments: Vec<OsString> = arguments.collect();
    if let Some(ended) = crate::import::serve(&arguments) {
        return ended;
    }
    let parsed = match Arguments::try_parse_from(arguments) {
        Ok(parsed) => parsed,
        Err(error) => {
            // Help and version are not errors and go to standard output.
            let code = if error.use_stderr() {
                ExitCode::from(2)
            } else {
                ExitCode::SUCCESS
            };
            return if error.print().is_ok() {
                code
            } else {
                ExitCode::from(1)
            };
        }
    };
    let lang = parsed.lang.unwrap_or_else(system_lang);
    match dispatch(parsed, lang, open_window) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            complain(&failure, lang);
            ExitCode::from(1)
        }
    }
}

fn dispatch(arguments: Arguments, lang: Lang, open_window: OpenWindow) -> Result<(), Failure> {
    let request = |start| WindowRequest {
        start,
        lang: arguments.lang,
        theme: arguments.theme,
        renderer: arguments.renderer,
    };
    match arguments.command {
        None => {
            // The window remembers the path, and is opened from another folder the next time.
            let absolute = |file: PathBuf| std::path::absolute(&file).unwrap_or(file);
            let start = arguments
                .file
                .map_or(Start::Home, |file| Start::File(absolute(file)));
            let open_window = open_window.ok_or_else(|| Failure::new("no-window-built"))?;
            open_window(&request(start))
        }
        Some(Command::Demo) => demo(&request(Start::Demo), lang, open_window),
        Some(Command::Check(order)) => analyse::check(&order, lang),
        Some(Command::Export(order)) => export::export(&order, lang),
        Some(Command::Analyse(order)) => analyse::analyse(&order, lang),
        Some(Command::SampleCohort(order)) => sample_cohort(&order),
        Some(Command::SampleSize(order)) => sample_size::say_size(&order, lang),
    }
}

/// Opens the window on the demonstration; without a display, or where no renderer works, does the
/// same work and writes the report.
fn demo(request: &WindowRequest, lang: Lang, open_window: OpenWindow) -> Result<(), Failure> {
    if let Some(open_window) = open_window.filter(|_| has_display()) {
        match open_window(request) {
            Err(failure) if failure.issue().code == "no-window" => complain(&failure, lang),
            ended => return ended,
        }
    } else {
        say_aside(&lang.t("demo-without-display"))?;
    }
    analyse::demo(Path::new("prognostim-demo"), lang)
}

fn sample_cohort(order: &SampleArguments) -> Result<(), Failure> {
    let sample = crate::simulate::sample(&order.name).ok_or_else(|| {
        crate::base::issue::Issue::error("unknown-sample")
            .with("name", order.name.as_str())
            .with("names", crate::simulate::SAMPLES.join(", "))
    })?;
    crate::base::disk::write_whole(
        &order.out,
        &sample.bytes,
        crate::base::disk::Readers::AsUsual,
    )
}

/// Whether a window could be shown at all. Only Unix desktops say so beforehand.
fn has_display() -> bool {
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    cfg!(any(target_os = "windows", target_os = "macos"))
        || is_set("DISPLAY")
        || is_set("WAYLAND_DISPLAY")
        || is_set("WAYLAND_SOCKET")
}

/// French where the system's language is French, else English.
fn system_lang() -> Lang {
    let set = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|value| !value.is_empty());
    match set {
        Some(value) if value.starts_with("fr") => Lang::Fr,
        _ => Lang::En,
    }
}

/// Writes to standard output; a closed pipe ends the work quietly.
fn say(text: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes())
        .and_then(|()| out.flush())
        .map_err(broken_pipe)
}

/// Writes a line to standard error.
fn say_aside(line: &str) -> Result<(), Failure> {
    writeln!(std::io::stderr().lock(), "{line}").map_err(broken_pipe)
}

#[expect(clippy::needless_pass_by_value, reason = "handed to map_err")]
fn broken_pipe(error: std::io::Error) -> Failure {
    crate::base::issue::Issue::error("output-closed")
        .with("detail", error.to_string())
        .into()
}

/// Says what went wrong, where, and what to do.
fn complain(failure: &Failure, lang: Lang) {
    let issue = failure.issue();
    let place = lang.place(&issue.place);
    let mut lines = vec![if place.is_empty() {
        lang.issue(&issue)
    } else {
        format!("{place}: {}", lang.issue(&issue))
    }];
    lines.extend(lang.remedy(&issue));
    for line in lines {
        // Where standard error is closed there is nobody to tell.
        if say_aside(&line).is_err() {
            return;
        }
    }
}
