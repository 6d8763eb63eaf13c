//! File dialogs of the desktop, never in the way of the window.
//!
//! A dialog is asked for on the main thread (macOS demands it) and waited for on another. No
//! portal may answer, or none that can be seen: then the path is typed.

use std::future::Future;
use std::path::PathBuf;
use std::pin::pin;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::Thread;
use std::time::{Duration, Instant};

use crate::app::action::Ask;
use crate::base::text::Lang;

/// An answer "nothing" that comes faster than a person can cancel means that no dialog opened.
const TOO_FAST: Duration = Duration::from_millis(400);

/// Endings of studies and cohorts.
const COHORTS: [&str; 10] = [
    "prognostim",
    "xlsx",
    "xlsm",
    "xlsb",
    "xls",
    "ods",
    "csv",
    "tsv",
    "txt",
    "parquet",
];

/// A dialog that is open.
pub struct Dialog {
    /// What it is for.
    pub ask: Ask,
    since: Instant,
    answer: Receiver<Option<PathBuf>>,
}

/// What a dialog says.
pub enum Answer {
    /// It is still open.
    Waiting,
    /// A path was chosen.
    Chosen(PathBuf),
    /// It was closed.
    Cancelled,
    /// It could not be opened: the path must be typed.
    Unavailable,
}

impl Dialog {
    /// Opens a dialog.
    pub fn open(ask: Ask, lang: Lang, name: &str, ctx: &egui::Context) -> Self {
        let (sender, answer) = channel();
        let pending = request(&ask, lang, name);
        let ctx = ctx.clone();
        let spawned = std::thread::Builder::new()
            .name("dialog".to_owned())
            .spawn(move || {
                let waited = std::panic::AssertUnwindSafe(|| block_on(pending));
                let path = std::panic::catch_unwind(waited).unwrap_or_default();
                // The window may be gone by now; then nobody waits for the answer.
                sender.send(path).unwrap_or_default();
                ctx.request_repaint();
            });
        drop(spawned);
        Self {
            ask,
            since: Instant::now(),
            answer,
        }
    }

    /// What it says now.
    pub fn poll(&self) -> Answer {
        match self.answer.try_recv() {
            Err(TryRecvError::Empty) => Answer::Waiting,
            Ok(Some(path)) => Answer::Chosen(path),
            Ok(None) if self.since.elapsed() > TOO_FAST => Answer::Cancelled,
            Ok(None) | Err(TryRecvError::Disconnected) => Answer::Unavailable,
        }
    }
}

type Pending = std::pin::Pin<Box<dyn Future<Output = Option<PathBuf>> + Send>>;

fn request(ask: &Ask, lang: Lang, name: &str) -> Pending {
    let dialog = rfd::AsyncFileDialog::new();
    match ask {
        Ask::Open | Ask::Elsewhere => {
            let is_other = *ask == Ask::Elsewhere;
            let title = if is_other {
                "ask-elsewhere"
            } else {
                "ask-open"
            };
            let dialog = dialog
                .set_title(lang.t(title))
                .add_filter(lang.t("ask-files"), &COHORTS)
                .pick_file();
            Box::pin(async { dialog.await.map(|file| file.path().to_owned()) })
        }
        Ask::Save { .. } => {
            let dialog = dialog
                .set_title(lang.t("ask-save"))
                .set_file_name(format!("{name}.prognostim"))
                .save_file();
            Box::pin(async { dialog.await.map(|file| file.path().to_owned()) })
        }
        Ask::ReportFolder => {
            let dialog = dialog.set_title(lang.t("ask-folder")).pick_folder();
            Box::pin(async { dialog.await.map(|file| file.path().to_owned()) })
        }
        Ask::SaveQueries => {
            let dialog = dialog
                .set_title(lang.t("ask-save"))
                .set_file_name(lang.t("queries-file"))
                .save_file();
            Box::pin(async { dialog.await.map(|file| file.path().to_owned()) })
        }
        Ask::Answers => {
            let dialog = dialog
                .set_title(lang.t("ask-answers"))
                .add_filter(lang.t("queries"), &["xlsx", "csv", "txt"])
                .pick_file();
            Box::pin(async { dialog.await.map(|file| file.path().to_owned()) })
        }
        Ask::SaveFigure { .. } | Ask::SaveSheet { .. } | Ask::SavePage { .. } => {
            let name = ask.file_name().unwrap_or_default();
            let dialog = dialog
                .set_title(lang.t("ask-save"))
                .set_file_name(name)
                .save_file();
            Box::pin(async { dialog.await.map(|file| file.path().to_owned()) })
        }
    }
}

struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

/// Waits for a future on this thread.
fn block_on<T>(future: impl Future<Output = T>) -> T {
    let waker = Waker::from(Arc::new(Unpark(std::thread::current())));
    let mut context = Context::from_waker(&waker);
    let mut future = pin!(future);
    loop {
        match future.as_mut().poll(&mut context) {
            Poll::Ready(value) => return value,
            Poll::Pending => std::thread::park(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_future_is_waited_for() {
        let mut n_polls = 0;
        let value = block_on(std::future::poll_fn(|context| {
            n_polls += 1;
            if n_polls < 3 {
                context.waker().wake_by_ref();
                Poll::Pending
            } else {
                Poll::Ready(7)
            }
        }));
        assert_eq!(value, 7);
    }
}
