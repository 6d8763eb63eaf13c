//! The program: hands its arguments to the command line, which opens the window where none is given.

use std::process::ExitCode;

use prognostim::cli::{self, OpenWindow};

fn main() -> ExitCode {
    #[cfg(feature = "gui")]
    let open_window: OpenWindow = Some(prognostim::app::run);
    #[cfg(not(feature = "gui"))]
    let open_window: OpenWindow = None;
    cli::run(std::env::args_os(), open_window)
}
