//! What a person does with the window, by what a screen reader hears: click, type, wait, read.

use std::path::Path;
use std::time::{Duration, Instant};

use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use prognostim::app::{Preferences, Window};
use prognostim::base::text::Lang;
use prognostim::cli::Start;

/// How long a job may take.
const PATIENCE: Duration = Duration::from_secs(120);

pub(crate) fn open(lang: Lang, recovery: Option<&Path>) -> Harness<'static, Window> {
    let preferences = Preferences {
        lang,
        ..Preferences::default()
    };
    Harness::builder()
        .with_size([1280.0, 800.0])
        .with_max_steps(12)
        .build_eframe(|creation| {
            Window::new(&creation.egui_ctx, preferences, recovery, Start::Home)
        })
}

/// Runs until no job is left.
pub(crate) fn wait(harness: &mut Harness<'_, Window>) {
    let start = Instant::now();
    loop {
        harness.step();
        if harness.state().is_idle() {
            break;
        }
        assert!(start.elapsed() < PATIENCE, "a job does not end");
        std::thread::sleep(Duration::from_millis(20));
    }
    harness.run_steps(3);
    harness.check_accessibility();
}

pub(crate) fn click(harness: &mut Harness<'_, Window>, name: &str) {
    let node = harness
        .query_all_by_role_and_label(Role::Button, name)
        .next();
    assert!(node.is_some(), "no button {name}");
    let Some(node) = node else { return };
    node.click_accesskit();
    harness.run_steps(4);
    harness.check_accessibility();
}

/// Everything that is said now.
pub(crate) fn said(harness: &Harness<'_, Window>) -> Vec<String> {
    harness
        .query_all_by(|node| node.label().is_some() || node.value().is_some())
        .map(|node| {
            let node = node.accesskit_node();
            let (label, value) = (node.label(), node.value());
            label.or(value).unwrap_or_default()
        })
        .collect()
}

pub(crate) fn sees(harness: &Harness<'_, Window>, text: &str) {
    let said = said(harness);
    assert!(
        said.iter().any(|words| words.contains(text)),
        "nothing says “{text}” among {said:#?}"
    );
}

/// Goes to the page of that name.
pub(crate) fn go(harness: &mut Harness<'_, Window>, lang: Lang, page: &str) {
    click(harness, &lang.t(page));
}

/// Sets a number by its name.
pub(crate) fn set(harness: &mut Harness<'_, Window>, name: &str, value: f64) {
    harness
        .get_by_role_and_label(Role::SpinButton, name)
        .set_value_accesskit(value);
    harness.run_steps(3);
}

/// The number that stands before a word on a button ("12 open").
pub(crate) fn count(harness: &Harness<'_, Window>, word: &str) -> usize {
    said(harness)
        .iter()
        .filter_map(|text| text.strip_suffix(word)?.trim().parse().ok())
        .next()
        .unwrap_or(0)
}

/// Types into a field by its name.
pub(crate) fn fill(harness: &mut Harness<'_, Window>, name: &str, text: &str) {
    harness
        .get_by_role_and_label(Role::TextInput, name)
        .set_text_value_accesskit(text);
    harness.run_steps(3);
}

pub(crate) fn press(harness: &mut Harness<'_, Window>, modifiers: egui::Modifiers, key: egui::Key) {
    harness.key_press_modifiers(modifiers, key);
    wait(harness);
}

/// Types a path where a file is asked for.
pub(crate) fn choose(harness: &mut Harness<'_, Window>, lang: Lang, file: &Path) {
    let (start, type_it) = (Instant::now(), lang.t("dialog-type"));
    // A desktop may open a dialog, and where there is none the window asks by itself.
    while harness.query_by_label(&lang.t("ask-path")).is_none() {
        let typed = harness.query_by_role_and_label(Role::Button, &type_it);
        if let Some(typed) = typed {
            typed.click_accesskit();
        }
        harness.run_steps(3);
        assert!(start.elapsed() < PATIENCE, "no path is asked for");
        std::thread::sleep(Duration::from_millis(20));
    }
    fill(harness, &lang.t("ask-path"), &file.display().to_string());
    click(harness, &lang.t("ok"));
    wait(harness);
}
