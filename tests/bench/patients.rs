//! How long a frame takes on the list of 20,000 patients: while it scrolls, when it is sorted, searched, copied and drawn as a
//! strip plot, and how long until the strata are cut anew:
//! `cargo bench --profile release --bench patients`.
//!
//! The same code as the window, without a graphics card: a frame is everything that the processor does for it. One
//! logistic model is trained first, with as few resamples as are allowed. Times are printed as JSON lines, in
//! milliseconds.

use std::io::Write as _;
use std::time::{Duration, Instant};

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, MouseWheelSource, MouseWheelUnit, Pos2, TouchPhase, Vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use egui_kittest::{Harness, Node};
use prognostim::app::{Preferences, Window};
use prognostim::base::text::Lang;
use prognostim::cli::Start;
use prognostim::simulate::sample;

/// Frames in which the wheel turns, or the pointer moves.
const N_FRAMES: usize = 300;

fn main() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let registry = sample("registry").expect("a sample");
    let file = folder.path().join(registry.file);
    std::fs::write(&file, registry.bytes).expect("a file can be written");
    let preferences = Preferences {
        lang: Lang::En,
        ..Preferences::default()
    };
    let mut harness = Harness::builder()
        .with_size([1280.0, 900.0])
        .with_max_steps(12)
        .build_eframe(|creation| {
            Window::new(&creation.egui_ctx, preferences, None, Start::File(file))
        });
    settle(&mut harness);
    train(&mut harness);
    go(&mut harness, Key::Num7);
    let middle = Pos2::new(700.0, 700.0);
    harness.hover_at(middle);
    report("scroll", &mut frames(&mut harness, wheel));
    report("sort", &mut sorts(&mut harness));
    report("search", &mut searches(&mut harness));
    find(&harness, Role::Button, "copy-table").click_accesskit();
    report("copy all rows", &mut [timed(&mut harness)]);
    click(&mut harness, Role::Button, "list-plot");
    let mut pointed = frames(&mut harness, |harness, frame| {
        harness.hover_at(Pos2::new(300.0 + 2.0 * frame as f32, 600.0));
    });
    let alt = Lang::En.t("figure-strip-alt");
    let is_there = harness.query_all_by_role(Role::Figure).any(|node| {
        let name = node.accesskit_node().label().unwrap_or_default();
        name.contains(&alt)
    });
    assert!(is_there, "the strip plot is looked at");
    report("point at the strip plot", &mut pointed);
    click(&mut harness, Role::Button, "list-strata");
    for rule in ["threshold", "quantiles", "hand", "quantiles", "hand"] {
        find(&harness, Role::Button, &format!("strata-rule-{rule}")).click_accesskit();
        let mut cut = [timed(&mut harness), timed(&mut harness)];
        report(&format!("cut the strata anew: {rule}"), &mut cut);
    }
}

/// Trains a logistic model with the fewest resamples.
fn train(harness: &mut Harness<'_, Window>) {
    go(harness, Key::Num5);
    for learner in ["ridge", "forest", "logistic"] {
        click(harness, Role::CheckBox, &format!("learner-{learner}"));
    }
    for (number, value) in [
        ("plan-bootstraps", 20.0),
        ("plan-folds", 2.0),
        ("plan-repeats", 1.0),
        ("plan-halves", 20.0),
    ] {
        let name = Lang::En.t(number);
        let field = harness.get_by_role_and_label(Role::SpinButton, &name);
        field.set_value_accesskit(value);
        harness.run_steps(3);
    }
    settle(harness);
    let start = Instant::now();
    click(harness, Role::Button, "command-train");
    settle(harness);
    report("training", &mut [start.elapsed()]);
}

fn go(harness: &mut Harness<'_, Window>, page: Key) {
    harness.key_press_modifiers(Modifiers::COMMAND, page);
    settle(harness);
}

/// What bears that message, whatever its first letter.
fn find<'a>(harness: &'a Harness<'_, Window>, role: Role, key: &str) -> Node<'a> {
    let name = Lang::En.t(key);
    let found = harness.query_all_by_role(role).find(|node| {
        let label = node.accesskit_node().label().unwrap_or_default();
        label.to_lowercase() == name.to_lowercase()
    });
    found.expect(&name)
}

/// Clicks what bears that message, and draws the two frames that follow.
fn click(harness: &mut Harness<'_, Window>, role: Role, key: &str) {
    find(harness, role, key).click_accesskit();
    harness.step();
    harness.step();
}

/// A turn of the wheel, further and further down.
fn wheel(harness: &mut Harness<'_, Window>, frame: usize) {
    harness.event(Event::MouseWheel {
        unit: MouseWheelUnit::Point,
        delta: Vec2::new(0.0, -(40.0 + 4.0 * frame as f32)),
        phase: TouchPhase::Move,
        source: MouseWheelSource::Unknown,
        modifiers: Modifiers::NONE,
    });
}

fn frames(
    harness: &mut Harness<'_, Window>,
    act: impl Fn(&mut Harness<'_, Window>, usize),
) -> Vec<Duration> {
    (0..N_FRAMES)
        .map(|frame| {
            act(harness, frame);
            timed(harness)
        })
        .collect()
}

/// A frame, the triangles that a graphics card would be handed included.
fn timed(harness: &mut Harness<'_, Window>) -> Duration {
    let start = Instant::now();
    harness.step();
    let shapes = harness.output().shapes.clone();
    std::hint::black_box(harness.ctx.tessellate(shapes, 1.0));
    start.elapsed()
}

/// The frames in which the list is sorted by each of its columns.
fn sorts(harness: &mut Harness<'_, Window>) -> Vec<Duration> {
    let mut times = Vec::new();
    let n = harness.query_all_by_role(Role::ColumnHeader).count();
    for at in (0..n).chain(0..n) {
        let header = harness.query_all_by_role(Role::ColumnHeader).nth(at);
        header.expect("a column").click_accesskit();
        times.push(timed(harness));
    }
    times
}

/// The frames in which a letter of a search is typed, and those in which it is taken away.
fn searches(harness: &mut Harness<'_, Window>) -> Vec<Duration> {
    let name = Lang::En.t("search-patients");
    let mut times = Vec::new();
    for text in ["P", "P0", "P00", "likely", "un", ""] {
        let field = harness.get_by_role_and_label(Role::TextInput, &name);
        field.set_text_value_accesskit(text);
        times.push(timed(harness));
        times.push(timed(harness));
    }
    times
}

/// Draws frames until no job is left.
fn settle(harness: &mut Harness<'_, Window>) {
    let mut n_frames = 0;
    // A job starts in the frame after the click.
    while n_frames < 3 || !harness.state().is_idle() {
        harness.step();
        n_frames += 1;
        std::thread::sleep(Duration::from_millis(4));
    }
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
