//! How far the work is, on standard error: one line that renews itself on a terminal, JSON lines on request.

use std::io::{IsTerminal as _, Write as _};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use crate::base::issue::Failure;
use crate::base::task::{Progress, TaskHandle};
use crate::base::text::Lang;

/// How progress is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Telling {
    /// A line on a terminal, nothing elsewhere.
    Line,
    /// A JSON object a line.
    Json,
}

/// Pause between two reports.
const PAUSE: Duration = Duration::from_millis(250);

/// Does the work while its progress is told; Ctrl-C cancels it in order.
pub(crate) fn watched<T>(
    telling: Telling,
    lang: Lang,
    work: impl FnOnce(&TaskHandle) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let task = TaskHandle::unattended();
    let on_interrupt = task.clone();
    // A second handler in one process can't be set; the first one's task is then the one that stops.
    let is_handled = ctrlc::set_handler(move || on_interrupt.cancel()).is_ok();
    debug_assert!(is_handled);
    let is_silent = telling == Telling::Line && !std::io::stderr().is_terminal();
    if is_silent {
        return work(&task);
    }
    let (done, waiting) = mpsc::channel::<()>();
    std::thread::scope(|scope| {
        let watched = task.clone();
        scope.spawn(move || {
            let start = Instant::now();
            while waiting.recv_timeout(PAUSE) == Err(mpsc::RecvTimeoutError::Timeout) {
                tell(telling, lang, &watched.progress(), start.elapsed());
            }
            if telling == Telling::Line {
                write("\r\x1b[K");
            }
        });
        let result = work(&task);
        drop(done);
        result
    })
}

fn tell(telling: Telling, lang: Lang, progress: &Progress, elapsed: Duration) {
    if telling == Telling::Json {
        let line = serde_json::json!({
            "stage": progress.stage,
            "subject": progress.subject,
            "n_done": progress.n_done,
            "n_total": progress.n_total,
            "elapsed_secs": elapsed.as_secs_f64(),
        });
        write(&format!("{line}\n"));
        return;
    }
    let Some(share) = progress.share().filter(|_| !progress.stage.is_empty()) else {
        return;
    };
    let mut line = lang.t(&progress.stage);
    if !progress.subject.is_empty() {
        line = format!(
            "{}: {line}",
            lang.t(&format!("learner-{}", progress.subject))
        );
    }
    line = format!("{line}, {}", lang.percent(f64::from(share)));
    if share > 0.02 {
        let left = elapsed.as_secs_f64() * (1.0 / f64::from(share) - 1.0);
        line = format!(
            "{line}, {}",
            lang.with("seconds-left", &[("n", left.ceil().into())])
        );
    }
    write(&format!("\r\x1b[K{line}"));
}

/// Progress is a courtesy: where it can't be written, the work goes on.
fn write(text: &str) {
    let mut out = std::io::stderr().lock();
    let is_written = out
        .write_all(text.as_bytes())
        .and_then(|()| out.flush())
        .is_ok();
    debug_assert!(is_written);
}
