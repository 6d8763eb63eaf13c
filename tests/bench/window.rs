//! How long a frame takes while predictors are ticked on the registry of 20,000 patients, how long
//! until the numbers beside them are new, and how long a training works on after it was stopped:
//! `cargo bench --profile release --bench window`.
//!
//! The same code as the window, without a graphics card: a frame is everything that the processor
//! does for it. Times are printed as JSON lines, in milliseconds.

use std::io::Write as _;
use std::time::{Duration, Instant};

use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use prognostim::app::{Preferences, Window};
use prognostim::cli::Start;
use prognostim::simulate::sample;

/// Trainings that are stopped.
const N_STOPS: u64 = 12;
/// Predictors that are ticked or unticked.
const N_TICKS: usize = 40;

fn main() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let registry = sample("registry").expect("a sample");
    let file = folder.path().join(registry.file);
    std::fs::write(&file, registry.bytes).expect("a file can be written");
    let mut harness = Harness::builder()
        .with_size([1280.0, 800.0])
        .with_max_steps(12)
        .build_eframe(|creation| {
            Window::new(
                &creation.egui_ctx,
                Preferences::default(),
                None,
                Start::File(file),
            )
        });
    settle(&mut harness);
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Num4);
    settle(&mut harness);
    let (mut frames, mut answers) = (Vec::new(), Vec::new());
    for tick in 0..N_TICKS {
        let boxes: Vec<_> = harness.query_all_by_role(Role::CheckBox).collect();
        assert!(boxes.len() > 5, "the registry has predictors");
        boxes[tick % boxes.len()].click_accesskit();
        let start = Instant::now();
        frames.extend(settle(&mut harness));
        answers.push(start.elapsed());
    }
    report("frame", &mut frames);
    report("from a tick to all numbers", &mut answers);
    report("from stop to stopped", &mut stops(&mut harness));
}

/// How long a training works on after it was stopped, at moments further and further into it.
fn stops(harness: &mut Harness<'_, Window>) -> Vec<Duration> {
    let lang = Preferences::default().lang;
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Num5);
    settle(harness);
    let click = |harness: &mut Harness<'_, Window>, key: &str| {
        let name = lang.t(key);
        let button = harness
            .query_all_by_role_and_label(Role::Button, &name)
            .next();
        button.expect("the button is there").click_accesskit();
        harness.step();
    };
    let mut times = Vec::new();
    for moment in 0..N_STOPS {
        click(harness, "command-train");
        let start = Instant::now();
        while start.elapsed() < Duration::from_millis(400 * (moment + 1)) {
            harness.step();
            std::thread::sleep(Duration::from_millis(5));
        }
        click(harness, "stop-training");
        let start = Instant::now();
        while !harness.state().is_idle() {
            harness.step();
            std::thread::sleep(Duration::from_millis(2));
        }
        times.push(start.elapsed());
    }
    times
}

/// Draws frames until no job is left; how long each took.
fn settle(harness: &mut Harness<'_, Window>) -> Vec<Duration> {
    let mut frames = Vec::new();
    // A job starts in the frame after the tick.
    while frames.len() < 3 || !harness.state().is_idle() {
        let start = Instant::now();
        harness.step();
        frames.push(start.elapsed());
        std::thread::sleep(Duration::from_millis(2));
    }
    frames
}

fn report(what: &str, times: &mut [Duration]) {
    times.sort_unstable();
    let at = |share: f64| {
        let place = (share * (times.len() - 1) as f64).round() as usize;
        times[place].as_secs_f64() * 1000.0
    };
    let line = serde_json::json!({
        "task": what,
        "n": times.len(),
        "median_ms": at(0.5),
        "p95_ms": at(0.95),
        "longest_ms": at(1.0),
    });
    writeln!(std::io::stdout(), "{line}").expect("standard output is open");
}
