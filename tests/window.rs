//! Walks the window from the home page to the report by what a screen reader hears, without a
//! graphics card: the same code as the window, the same core, a sample cohort.

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use prognostim::app::table::{Source, TableCell, TableColumn, TableView, table_ui};
use prognostim::app::{Window, theme};
use prognostim::base::text::Lang;

#[path = "window/steps.rs"]
mod steps;

use steps::{choose, click, count, fill, go, open, press, said, sees, set, wait};

fn walk(lang: Lang, folder: &Path) {
    let mut harness = open(lang, Some(&folder.join("recovery")));
    harness.run_steps(3);
    harness.check_accessibility();

    let sample = lang.t("sample-multicentre");
    click(
        &mut harness,
        &lang.with("open-sample", &[("name", sample.into())]),
    );
    wait(&mut harness);
    sees(&harness, "420 patients");

    go(&mut harness, lang, "page-outcome");
    sees(&harness, &lang.t("outcome-flow"));
    sees(&harness, &lang.t("flow-observed"));

    go(&mut harness, lang, "page-predictors");
    sees(&harness, &lang.t("size-title"));

    go(&mut harness, lang, "page-train");
    set(&mut harness, &lang.t("forest-trees"), 50.0);
    set(&mut harness, &lang.t("plan-bootstraps"), 20.0);
    set(&mut harness, &lang.t("plan-folds"), 3.0);
    set(&mut harness, &lang.t("plan-repeats"), 1.0);
    set(&mut harness, &lang.t("plan-halves"), 20.0);
    wait(&mut harness);
    click(&mut harness, &lang.t("command-train"));
    wait(&mut harness);

    // The window shows what came of it by itself.
    sees(&harness, &lang.t("next-patients"));
    go(&mut harness, lang, "page-performance");
    sees(&harness, "AUC");
    sees(&harness, &lang.t("apparent-warning"));
    click(&mut harness, &lang.t("plot-as-table"));

    // How long a comparison takes is tried by itself; then it is asked for.
    let offer = lang.t("comparison-offer");
    sees(&harness, &offer);
    wait(&mut harness);
    click(&mut harness, &lang.t("command-compare"));
    wait(&mut harness);
    sees(&harness, &lang.t("learner-boosting"));
    sees(&harness, &lang.t("compare-difference"));
    assert!(!said(&harness).contains(&offer));

    // What the models make of their predictors, on demand.
    sees(&harness, &lang.t("explanation-offer"));
    click(&mut harness, &lang.t("command-explain"));
    wait(&mut harness);
    sees(&harness, &lang.t("explanation-predictor"));
    sees(&harness, &lang.t("figure-swarm-high"));

    judge_elsewhere(&mut harness, lang, folder);

    go(&mut harness, lang, "page-patients");
    sees(&harness, &lang.t("patients-about"));
    sees(&harness, ": P");
    strata_and_strips(&mut harness, lang);
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::PageDown);
    harness.run_steps(4);
    sees(&harness, &lang.t("chance-title"));
    click(&mut harness, &lang.t("command-next-patient"));
    meet(&mut harness, lang);

    // Profiles are looked for where they are asked for, and what was found or refused is said.
    go(&mut harness, lang, "page-profiles");
    let offer = lang.t("profiles-offer");
    sees(&harness, &offer);
    wait(&mut harness);
    click(&mut harness, &lang.t("command-profiles"));
    wait(&mut harness);
    sees(&harness, &lang.t("profiles-refused"));
    sees(&harness, &lang.t("profiles-about"));
    assert!(!said(&harness).contains(&offer));

    go(&mut harness, lang, "page-report");
    let report = folder.join("report");
    harness
        .get_by_role_and_label(Role::TextInput, &lang.t("report-folder"))
        .set_text_value_accesskit(&report.display().to_string());
    harness.run_steps(3);
    click(&mut harness, &lang.t("report-write"));
    wait(&mut harness);
    assert!(report.join("report.html").exists());
    let results = std::fs::read_to_string(report.join("results.json")).expect("written");
    assert!(results.contains("others.csv"));
    let page = std::fs::read_to_string(report.join("report.html")).expect("written");
    assert!(page.contains(&lang.t("report-external")));
    sees(&harness, "report.html");

    go(&mut harness, lang, "page-train");
    set(&mut harness, &lang.t("plan-seed"), 2.0);
    wait(&mut harness);
    go(&mut harness, lang, "page-performance");
    sees(&harness, &lang.t("stale"));
}

/// The strata are cut otherwise without a training, and who is where is shown in three ways.
fn strata_and_strips(harness: &mut Harness<'_, Window>, lang: Lang) {
    click(harness, &lang.t("list-strata"));
    sees(harness, &lang.t("stratum-likely"));
    sees(harness, &lang.t("movement-offer"));
    click(harness, &lang.t("strata-rule-quantiles"));
    wait(harness);
    let part = |at: usize, place: &str| {
        let args = [
            ("place", place.into()),
            ("at", at.into()),
            ("of", 3_usize.into()),
        ];
        lang.with("stratum-part", &args)
    };
    for (at, place) in [(1, "lowest"), (2, "between"), (3, "highest")] {
        sees(harness, &part(at, place));
    }
    assert!(!said(harness).contains(&lang.t("stale")));
    click(harness, &lang.t("list-plot"));
    sees(harness, &lang.t("figure-strip-alt"));
    click(harness, &lang.t("list-strata"));
    // Undone, the cut points are those of before, still without a training.
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Z);
    wait(harness);
    sees(harness, &lang.t("stratum-likely"));
    assert!(!said(harness).contains(&lang.t("stale")));
    click(harness, &lang.t("list-table"));
}

/// Judges the models on other files: one that is no cohort, then other patients.
fn judge_elsewhere(harness: &mut Harness<'_, Window>, lang: Lang, folder: &Path) {
    sees(harness, &lang.t("elsewhere-offer"));
    let wrong = folder.join("wrong.csv");
    std::fs::write(&wrong, "name;colour\na;red\nb;blue\nc;red\n").expect("a folder to write in");
    click(harness, &lang.t("command-elsewhere"));
    choose(harness, lang, &wrong);
    sees(harness, "wrong.csv");
    sees(harness, &lang.t("elsewhere-offer"));

    let registry = prognostim::simulate::sample("registry").expect("a sample");
    let text = String::from_utf8(registry.bytes).expect("plain text");
    let lines: Vec<&str> = text.lines().take(301).collect();
    let others = folder.join("others.csv");
    std::fs::write(&others, lines.join("\n")).expect("a folder to write in");
    click(harness, &lang.t("command-elsewhere"));
    choose(harness, lang, &others);
    sees(harness, "others.csv");
    sees(harness, &lang.t("report-external-synthetic"));
    sees(harness, &lang.t("elsewhere-again"));
    assert!(!said(harness).iter().any(|text| text.contains("wrong.csv")));
}

#[test]
fn from_a_sample_to_the_report_in_english() {
    let folder = tempfile::tempdir().expect("as it is");
    walk(Lang::En, folder.path());
}

#[test]
fn from_a_sample_to_the_report_in_french() {
    let folder = tempfile::tempdir().unwrap();
    walk(Lang::Fr, folder.path());
}

/// The page of a patient in a meeting: a decision, the day's list, a candidate typed in.
fn meet(harness: &mut Harness<'_, Window>, lang: Lang) {
    wait(harness);
    sees(harness, &lang.t("not-benefit"));
    sees(harness, &lang.t("foot-external"));
    click(harness, &lang.t("choice-trial"));
    sees(harness, &lang.t("people-hint"));
    fill(harness, &lang.t("people-hint"), "Dr A, Dr B");
    harness
        .get_by_role_and_label(Role::MultilineTextInput, &lang.t("note-field"))
        .set_text_value_accesskit("discussed");
    harness.run_steps(3);
    click(harness, &lang.t("day-join"));
    sees(harness, &lang.t("day-leave"));
    click(harness, &lang.t("all-patients"));
    sees(harness, &lang.t("day-title"));

    click(harness, &lang.t("new-candidate"));
    wait(harness);
    sees(
        harness,
        &lang.with("candidate-title", &[("id", "N01".into())]),
    );
    let age = "Age at inclusion";
    fill(harness, age, "abc");
    sees(harness, &lang.t("candidate-no-number"));
    fill(harness, age, "54");
    wait(harness);
    assert!(!said(harness).contains(&lang.t("candidate-no-number")));
    sees(harness, &lang.t("chance-title"));
    click(harness, &lang.t("what-if-worth"));
    wait(harness);
    assert!(!said(harness).contains(&lang.t("what-if-waiting")));
    fill(harness, age, "19");
    let beyond = lang.t("candidate-beyond");
    let beyond = beyond.split('{').next().unwrap_or_default();
    sees(harness, beyond.split(':').next().unwrap_or_default().trim());
    wait(harness);
    sees(harness, &lang.t("covered.remedy"));
    click(harness, &lang.t("covered-show"));
    assert!(!said(harness).contains(&lang.t("covered.remedy")));
    click(harness, &lang.t("candidate-forget"));
    assert!(!said(harness).contains(&lang.t("candidates-title")));
}

fn design(lang: Lang) {
    let mut harness = open(lang, None);
    harness.run_steps(3);
    let sample = lang.t("sample-multicentre");
    click(
        &mut harness,
        &lang.with("open-sample", &[("name", sample.into())]),
    );
    wait(&mut harness);
    go(&mut harness, lang, "page-predictors");
    wait(&mut harness);
    sees(&harness, &lang.t("redundancy-title"));
    sees(&harness, &lang.t("lock-open"));
    // The form of a predictor: a spline spends two parameters more.
    let opener = lang.t("form-open");
    let open = said(&harness)
        .into_iter()
        .find(|text| text.contains(&opener));
    click(&mut harness, &open.expect("each predictor has a form"));
    click(
        &mut harness,
        &lang.with("curve-spline", &[("n", 4_usize.into())]),
    );
    wait(&mut harness);
    sees(
        &harness,
        &lang.with("n-parameters", &[("n", 3_usize.into())]),
    );
    sees(&harness, &lang.t("curve-spline.about"));
    // A new variable, refused and then made.
    fill(&mut harness, &lang.t("derived-name"), "pain_gap");
    fill(
        &mut harness,
        &lang.t("derived-formula"),
        "vas_leg_M0 - no_such",
    );
    click(&mut harness, &lang.t("derived-add"));
    sees(&harness, "no_such");
    fill(&mut harness, &lang.t("derived-formula"), "age / 10");
    click(&mut harness, &lang.t("derived-add"));
    wait(&mut harness);
    sees(&harness, "pain_gap = age / 10");
    click(&mut harness, &lang.t("lock-now"));
    wait(&mut harness);
    assert!(harness.query_by_label(&lang.t("lock-open")).is_none());
}

#[test]
fn a_form_is_chosen_a_variable_computed_and_the_specification_locked_in_english() {
    design(Lang::En);
}

#[test]
fn a_form_is_chosen_a_variable_computed_and_the_specification_locked_in_french() {
    design(Lang::Fr);
}

#[test]
fn an_unreadable_file_is_a_sentence_on_the_page() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("empty.csv");
    std::fs::write(&file, b"").unwrap();
    let mut harness = open(Lang::En, None);
    harness.run_steps(3);
    harness
        .get_by_role_and_label(Role::TextInput, "Path of a file")
        .set_text_value_accesskit(&file.display().to_string());
    harness.run_steps(3);
    click(&mut harness, "Open");
    wait(&mut harness);
    sees(&harness, "Dismiss");
    click(&mut harness, "Dismiss");
    assert!(harness.query_by_label("Dismiss").is_none());
}

#[test]
fn what_is_decided_can_be_undone_with_the_keyboard() {
    let mut harness = open(Lang::En, None);
    harness.run_steps(3);
    click(&mut harness, "Open Five centres");
    wait(&mut harness);
    go(&mut harness, Lang::En, "page-train");
    let ticked = |harness: &Harness<'_, Window>| {
        harness
            .get_by_role_and_label(Role::CheckBox, "Forest")
            .accesskit_node()
            .toggled()
    };
    let before = ticked(&harness);
    harness
        .get_by_role_and_label(Role::CheckBox, "Forest")
        .click_accesskit();
    wait(&mut harness);
    assert_ne!(ticked(&harness), before);
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Z);
    wait(&mut harness);
    assert_eq!(ticked(&harness), before);
    sees(&harness, "Filled once");
    click(&mut harness, "Imputed several times");
    wait(&mut harness);
    sees(&harness, "Imputations");
    sees(&harness, "Sensitivity analysis");
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Z);
    wait(&mut harness);
    assert!(!said(&harness).iter().any(|text| text == "Imputations"));
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::K);
    harness.run_steps(3);
    harness
        .query_all_by_role_and_label(Role::TextInput, "Search or command")
        .next()
        .unwrap()
        .set_text_value_accesskit("no such thing");
    harness.run_steps(3);
    sees(&harness, "No command has these words");
}

/// Goes on to a finding at a cell of numbers and opens its form with another value; the column.
fn begin_correction(
    harness: &mut Harness<'_, Window>,
    lang: Lang,
    n_open: usize,
) -> Option<String> {
    let [correct, value, cancel] =
        ["finding-correct", "form-value", "cancel"].map(|key| lang.t(key));
    let kept = lang.with("form-kept", &[("value", "41".into())]);
    let has = |harness: &Harness<'_, Window>, role, name: &str| {
        harness.query_by_role_and_label(role, name).is_some()
    };
    for _ in 0..n_open {
        press(harness, egui::Modifiers::NONE, egui::Key::F8);
        if !has(harness, Role::Button, &correct) {
            continue;
        }
        click(harness, &correct);
        if has(harness, Role::TextInput, &value) {
            fill(harness, &value, "41");
            let said = said(harness);
            let title = said.iter().find(|text| text.starts_with("Patient "));
            if said.contains(&kept)
                && let Some(title) = title
            {
                return title.rsplit(": ").next().map(str::to_owned);
            }
        }
        click(harness, &cancel);
    }
    None
}

/// Corrects what was found, undoes, redoes, accepts another finding, and looks at the trail.
fn review(lang: Lang) {
    let mut harness = open(lang, None);
    harness.run_steps(3);
    let sample = lang.t("sample-single-centre-fr");
    let sample = lang.with("open-sample", &[("name", sample.into())]);
    click(&mut harness, &sample);
    wait(&mut harness);
    let [open, accepted] = ["status-open", "status-accepted"].map(|key| lang.t(key));
    let n_open = count(&harness, &open);
    assert!(n_open > 3, "the sample has little flaws: {n_open}");
    let column = begin_correction(&mut harness, lang, n_open).unwrap_or_default();
    assert!(!column.is_empty(), "no finding at a cell of numbers");
    fill(&mut harness, &lang.t("form-initials"), "AB");
    click(&mut harness, &lang.t("reason-typing"));
    click(&mut harness, &lang.t("form-apply"));
    wait(&mut harness);
    let cell = format!("{column}: 41");
    let shows = |harness: &Harness<'_, Window>| {
        harness
            .query_all_by_role_and_label(Role::Cell, &cell)
            .count()
    };
    let n_with = shows(&harness);
    assert!(n_with > 0, "no cell {cell}");
    let n_after = count(&harness, &open);
    assert!(n_after < n_open, "{n_after} of {n_open} still open");

    press(&mut harness, egui::Modifiers::COMMAND, egui::Key::Z);
    assert_eq!(shows(&harness), n_with - 1);
    assert_eq!(count(&harness, &open), n_open);
    press(
        &mut harness,
        egui::Modifiers::COMMAND | egui::Modifiers::SHIFT,
        egui::Key::Z,
    );
    assert_eq!(shows(&harness), n_with);
    assert_eq!(count(&harness, &open), n_after);

    press(&mut harness, egui::Modifiers::NONE, egui::Key::F8);
    click(&mut harness, &lang.t("finding-accept"));
    wait(&mut harness);
    assert_eq!(count(&harness, &open), n_after - 1);
    assert_eq!(count(&harness, &accepted), 1);

    click(&mut harness, &lang.t("tab-trail"));
    for key in ["did-read", "did-cell", "did-marked"] {
        sees(&harness, &lang.t(key));
    }
    sees(&harness, &lang.with("did-undone", &[("n", 1.0.into())]));
    sees(&harness, &lang.with("did-redone", &[("n", 1.0.into())]));
    sees(&harness, &lang.t("reason-typing"));
    sees(&harness, "AB");
}

#[test]
fn a_finding_is_corrected_undone_redone_and_another_accepted_in_french() {
    review(Lang::Fr);
}

#[test]
fn a_finding_is_corrected_undone_redone_and_another_accepted_in_english() {
    review(Lang::En);
}

#[test]
fn an_updated_file_keeps_corrections_and_asks_about_those_that_do_not_fit() {
    let lang = Lang::En;
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("cohort.csv");
    let rows = |age: &str| {
        let mut text = String::from("patient;age;sex\n");
        for n in 1..=40 {
            let age = if n == 7 {
                age.to_owned()
            } else {
                (40 + n % 30).to_string()
            };
            text.push_str(&format!(
                "P{n:02};{age};{}\n",
                if n % 2 == 0 { "F" } else { "M" }
            ));
        }
        text
    };
    std::fs::write(&file, rows("47")).unwrap();
    let mut harness = open(lang, None);
    harness.run_steps(3);
    let read = |harness: &mut Harness<'_, Window>| {
        go(harness, lang, "page-home");
        fill(harness, "Path of a file", &file.display().to_string());
        click(harness, "Open");
        wait(harness);
    };
    read(&mut harness);
    // To the patient, to the cell, to another value.
    press(&mut harness, egui::Modifiers::COMMAND, egui::Key::G);
    fill(&mut harness, &lang.t("form-go-to-name"), "p07");
    click(&mut harness, &lang.t("form-go"));
    harness
        .get_by_role_and_label(Role::Cell, "age: 47")
        .click_accesskit();
    harness.run_steps(3);
    press(&mut harness, egui::Modifiers::NONE, egui::Key::F2);
    fill(&mut harness, &lang.t("form-value"), "74");
    click(&mut harness, &lang.t("form-apply"));
    wait(&mut harness);
    assert!(
        harness
            .query_by_role_and_label(Role::Cell, "age: 74")
            .is_some()
    );

    // The file is exported again with another value there; saved work is asked about first.
    std::fs::write(&file, rows("57")).unwrap();
    read(&mut harness);
    if harness.query_by_label(&lang.t("unsaved-discard")).is_some() {
        click(&mut harness, &lang.t("unsaved-discard"));
        wait(&mut harness);
    }
    sees(&harness, &lang.t("updated-title"));
    click(&mut harness, &lang.t("updated-keep"));
    wait(&mut harness);
    sees(&harness, &lang.t("conflicts-title"));
    click(&mut harness, &lang.t("conflict-again"));
    wait(&mut harness);
    go(&mut harness, lang, "page-cohort");
    assert!(
        harness
            .query_by_role_and_label(Role::Cell, "age: 74")
            .is_some()
    );
    assert!(!said(&harness).contains(&lang.t("conflicts-title")));
    press(&mut harness, egui::Modifiers::COMMAND, egui::Key::Z);
    assert!(
        harness
            .query_by_role_and_label(Role::Cell, "age: 57")
            .is_some()
    );
}

/// A hundred thousand rows of two hundred columns, counting the cells that are asked for.
struct Large {
    columns: Vec<TableColumn>,
    n_asked: AtomicUsize,
}

impl Source for Large {
    fn columns(&self) -> &[TableColumn] {
        &self.columns
    }
    fn n_rows(&self) -> usize {
        100_000
    }
    fn cell(&self, row: usize, column: usize) -> TableCell {
        self.n_asked.fetch_add(1, Ordering::Relaxed);
        TableCell::text(format!("{row} {column}"))
    }
    fn sort(&self, _rows: &mut [usize], _column: usize) {}
    fn matches(&self, _row: usize, _search: &str) -> bool {
        true
    }
    fn is_large(&self) -> bool {
        true
    }
}

#[test]
fn a_frame_of_a_large_table_words_only_the_cells_that_are_seen() {
    let columns = (0..200).map(|number| TableColumn {
        title: format!("column {number}"),
        tip: String::new(),
        width: 90.0,
        is_number: true,
    });
    let large = Large {
        columns: columns.collect(),
        n_asked: AtomicUsize::new(0),
    };
    let mut view = TableView::default();
    view.order(&large, 0);
    let ctx = egui::Context::default();
    theme::install(&ctx);
    let size = egui::vec2(1920.0, 1080.0);
    let screen_rect = Some(egui::Rect::from_min_size(egui::Pos2::ZERO, size));
    let frame = |view: &mut TableView| {
        let input = egui::RawInput {
            screen_rect,
            ..egui::RawInput::default()
        };
        let output = ctx.run_ui(input, |ui| {
            table_ui(ui, "large", &large, 0, view);
        });
        ctx.tessellate(output.shapes, output.pixels_per_point).len()
    };
    for _ in 0..3 {
        frame(&mut view);
    }
    let n_frames = 60;
    large.n_asked.store(0, Ordering::Relaxed);
    for number in 0..n_frames {
        view.go_to(number * 1600, 1 + number * 3);
        assert!(frame(&mut view) > 0);
    }
    let n_asked = large.n_asked.load(Ordering::Relaxed) / n_frames;
    // 40 rows and 22 columns fit the window.
    assert!((300..1600).contains(&n_asked), "{n_asked} cells a frame");
}

/// Looks at every part of the cohort page.
fn walk_the_cohort_page(lang: Lang) {
    let mut harness = open(lang, None);
    harness.run_steps(3);
    let sample = lang.t("sample-multicentre");
    click(
        &mut harness,
        &lang.with("open-sample", &[("name", sample.into())]),
    );
    wait(&mut harness);

    click(&mut harness, &lang.t("tab-file"));
    wait(&mut harness);
    sees(&harness, &lang.t("file-values"));
    sees(&harness, &lang.t("reading-decimal"));
    click(&mut harness, &lang.t("file-columns-title"));
    click(&mut harness, &lang.t("file-lines"));

    click(&mut harness, &lang.t("tab-measures"));
    wait(&mut harness);
    sees(&harness, &lang.t("measures-measure"));
    sees(&harness, &lang.t("sureness-sure"));
    click(&mut harness, &lang.t("measures-open"));
    click(&mut harness, &lang.t("measures-all"));

    click(&mut harness, &lang.t("tab-missing"));
    wait(&mut harness);
    click(&mut harness, &lang.t("tab-follow-up"));
    wait(&mut harness);
    sees(&harness, &lang.t("follow-up-as-of"));
    click(&mut harness, &lang.t("tab-table-one"));
    wait(&mut harness);
    sees(&harness, &lang.t("table-one-by"));
    click(&mut harness, &lang.t("table-one-by-centre"));
    wait(&mut harness);
    // Predictors beside the outcome are shown once the specification is locked.
    go(&mut harness, lang, "page-predictors");
    click(&mut harness, &lang.t("lock-now"));
    wait(&mut harness);
    go(&mut harness, lang, "page-cohort");
    click(&mut harness, &lang.t("table-one-by-outcome"));
    wait(&mut harness);
    click(&mut harness, &lang.t("table-one-median"));
    click(&mut harness, &lang.t("tab-review"));
    sees(&harness, &lang.t("cohort-findings"));
}

#[test]
fn every_part_of_the_cohort_page_can_be_looked_at_in_english() {
    walk_the_cohort_page(Lang::En);
}

#[test]
fn every_part_of_the_cohort_page_can_be_looked_at_in_french() {
    walk_the_cohort_page(Lang::Fr);
}

const EXPORT: &str = "id;age;inclusion_date;vas_back_J0\n\
    1;54;03/04/2025;72\n2;61;05/06/2025;48\n3;47;01/02/2025;81\n4;58;07/08/2025;66\n";

/// Opens a file by its path.
fn open_path(harness: &mut Harness<'_, Window>, file: &Path) {
    go(harness, Lang::En, "page-home");
    harness
        .get_by_role_and_label(Role::TextInput, "Path of a file")
        .set_text_value_accesskit(&file.display().to_string());
    harness.run_steps(3);
    click(harness, "Open");
    wait(harness);
}

#[test]
fn what_is_decided_once_is_not_asked_of_the_next_file_of_the_shape() {
    let folder = tempfile::tempdir().unwrap();
    let march = folder.path().join("march.csv");
    std::fs::write(&march, EXPORT).unwrap();
    let before = std::fs::metadata(&march).unwrap().modified().unwrap();
    let mut harness = open(Lang::En, Some(&folder.path().join("recovery")));
    harness.run_steps(3);
    open_path(&mut harness, &march);

    // Nothing in the file says whether 03/04 is in March or in April: the import step asks.
    sees(&harness, &Lang::En.t("file-values"));
    click(&mut harness, &Lang::En.t("ask-date-mdy"));
    std::thread::sleep(Duration::from_millis(300));
    harness.run_steps(2);
    wait(&mut harness);
    click(&mut harness, &Lang::En.t("file-use"));
    wait(&mut harness);
    assert!(
        harness
            .query_by_label(&Lang::En.t("ask-date-mdy"))
            .is_none()
    );

    let april = folder.path().join("april.csv");
    let text = EXPORT.replace("vas_back_J0", "vas_back_J0;bmi");
    let text = text.replace(";72", ";70;24.1").replace(";48", ";50;31.2");
    std::fs::write(&april, text).unwrap();
    open_path(&mut harness, &april);
    sees(&harness, "(1 choice)");
    sees(&harness, "New column: bmi.");
    sees(&harness, &Lang::En.t("cohort-findings"));
    click(&mut harness, &Lang::En.t("recipe-afresh"));
    wait(&mut harness);
    sees(&harness, &Lang::En.t("ask-date-mdy"));

    assert_eq!(std::fs::read_to_string(&march).unwrap(), EXPORT);
    assert_eq!(
        std::fs::metadata(&march).unwrap().modified().unwrap(),
        before
    );
}

#[test]
fn a_table_is_pasted_where_no_text_field_wants_it() {
    let mut harness = open(Lang::En, None);
    harness.run_steps(3);
    harness.event(egui::Event::Paste("only words".to_owned()));
    harness.run_steps(3);
    sees(&harness, &Lang::En.t("paste-no-table"));
    let table = EXPORT.replace(';', "\t").replace('\n', "\r\n");
    harness.event(egui::Event::Paste(table));
    harness.run_steps(3);
    wait(&mut harness);
    sees(&harness, "4 patients");
}

#[test]
fn a_file_that_can_not_be_read_as_it_is_opens_the_import_step() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("one-column.csv");
    std::fs::write(&file, "just one column\n1\n2\n3\n").unwrap();
    let mut harness = open(Lang::En, None);
    harness.run_steps(3);
    open_path(&mut harness, &file);
    sees(&harness, &Lang::En.t("file-rows-title"));
    sees(&harness, "one-column.csv");
}
