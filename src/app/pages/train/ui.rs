//! Paints the train page.

use egui::{Label, Ui};

use crate::analysis::{
    Draw, ForestSettings, Gaps, Learner, PenaltyRule, Plan, Recalibration, SplitRule,
};
use crate::app::action::{Action, Ask, Command, Decision};
use crate::app::pages::predictors::missing_data;
use crate::app::pages::train::TrainPage;
use crate::app::pages::{self, Cx, strata};
use crate::app::state::{Cached, Page};
use crate::app::theme::{self, SPACE_M, tokens};
use crate::app::widgets::{self, Tone};
use crate::app::words;
use crate::base::text::Lang;

/// Share of the patients that a tree draws without replacement: as many different ones as with it.
const WITHOUT_REPLACEMENT: f64 = 0.632;

/// What the page remembers.
#[derive(Default)]
pub struct View {
    page: Cached<(Lang, u64, bool), TrainPage>,
    missing: missing_data::PlanView,
}

/// Paints the page.
pub fn ui(ui: &mut Ui, cx: &Cx<'_>, view: &mut View) -> Vec<Action> {
    if let Some(actions) = pages::needs_cohort(ui, cx, Page::Train) {
        return actions;
    }
    let mut actions = Vec::new();
    let (lang, version) = cx.key();
    let page = view
        .page
        .get((lang, version, cx.training), || TrainPage::new(cx));
    widgets::page_header(ui, &cx.t(Page::Train.key()), &page.sentence, |ui| {
        let enabled = Command::Train.enabled(cx.session, cx.training);
        let button = widgets::primary_button(ui, &Command::Train.text(lang), enabled);
        if button.on_hover_text(Command::Train.tip(lang)).clicked() {
            actions.push(Action::Do(Command::Train));
        }
    });
    widgets::columns(ui, &[1.5, 1.0], 400.0, |place, ui| {
        ui.spacing_mut().item_spacing.y = SPACE_M;
        if place == 0 {
            learners_ui(ui, cx, page, &mut actions);
            penalty_ui(ui, cx, &mut actions);
            missing_data::plan_card(ui, cx, &mut view.missing, &mut actions);
            forest_ui(ui, cx, &mut actions);
            plan_ui(ui, cx, &mut actions);
        } else {
            run_ui(ui, cx, page, &mut actions);
            strata_ui(ui, cx, &mut actions);
            log_ui(ui, cx, page, &mut actions);
        }
    });
    actions
}

fn learners_ui(ui: &mut Ui, cx: &Cx<'_>, page: &TrainPage, actions: &mut Vec<Action>) {
    widgets::card(ui, &cx.t("train-models"), |ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        for row in &page.learners {
            let mut ticked = row.ticked;
            if ui.checkbox(&mut ticked, theme::strong(&row.name)).changed() {
                let decision = Decision::Learner(row.learner, ticked);
                actions.push(Action::Decide(decision));
            }
            ui.horizontal(|ui| {
                ui.add_space(24.0);
                ui.vertical(|ui| widgets::quiet_label(ui, &row.about));
            });
            ui.add_space(6.0);
        }
    });
}

/// How penalties are chosen, where a model with one is trained.
fn penalty_ui(ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
    let settings = &cx.session.study.settings;
    if !settings.learners.iter().any(|learner| learner.is_tuned()) {
        return;
    }
    let mut new = settings.penalty;
    widgets::card(ui, &cx.t("train-penalty"), |ui| {
        let rules = PenaltyRule::ALL.map(|rule| (rule, cx.t(&format!("penalty-{}", rule.name()))));
        let about = cx.t(&format!("penalty-{}.help", new.rule.name()));
        widgets::field(ui, &cx.t("penalty-rule"), &about, |ui| {
            if let Some(rule) = widgets::choices(ui, new.rule, &rules) {
                new.rule = rule;
            }
        });
        if settings.learners.contains(&Learner::ElasticNet) {
            let (name, help) = (cx.t("penalty-alpha"), cx.t("penalty-alpha.help"));
            widgets::field(ui, &name, &help, |ui| {
                if let Some(alpha) = widgets::number(ui, new.alpha, 0.01..=0.99, 0.01) {
                    new.alpha = alpha;
                }
            });
        }
    });
    if new != settings.penalty {
        actions.push(Action::Decide(Decision::Penalty(new)));
    }
}

fn forest_ui(ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
    let settings = &cx.session.study.settings;
    let forest = settings.forest;
    let mut new = forest;
    let enabled = settings.learners.contains(&Learner::Forest);
    widgets::card(ui, &cx.t("train-forest"), |ui| {
        ui.add_enabled_ui(enabled, |ui| {
            count_ui(ui, cx, "forest-trees", &mut new.n_trees, 50..=100_000, 5.0);
            count_ui(ui, cx, "forest-node", &mut new.min_node, 1..=500, 0.2);
            let (name, help) = (cx.t("forest-tuned"), cx.t("forest-tuned.help"));
            widgets::field(ui, &name, &help, |ui| {
                ui.checkbox(&mut new.tuned, cx.t("forest-tuned-on"));
            });
            ui.add_enabled_ui(!new.tuned, |ui| mtry_ui(ui, cx, &mut new));
            egui::CollapsingHeader::new(cx.t("forest-more"))
                .id_salt("forest-more")
                .show_unindented(ui, |ui| {
                    trees_ui(ui, cx, &mut new);
                    gaps_ui(ui, cx, &mut new);
                });
        });
    });
    if new != forest {
        let forest: ForestSettings = new;
        actions.push(Action::Decide(Decision::Forest(forest)));
    }
}

/// How many predictors are tried at a split.
fn mtry_ui(ui: &mut Ui, cx: &Cx<'_>, forest: &mut ForestSettings) {
    widgets::field(ui, &cx.t("forest-mtry"), &cx.t("forest-mtry.help"), |ui| {
        let mut auto = forest.mtry.is_none();
        if ui.checkbox(&mut auto, cx.t("automatic")).changed() {
            forest.mtry = (!auto).then_some(4);
        }
        if let Some(mtry) = forest.mtry
            && let Some(typed) = widgets::number(ui, mtry, 1..=500, 0.1)
        {
            forest.mtry = Some(typed);
        }
    });
}

/// How single trees are drawn, split and ended.
fn trees_ui(ui: &mut Ui, cx: &Cx<'_>, forest: &mut ForestSettings) {
    let named = |key: &str| cx.t(key);
    let rules = [
        (SplitRule::Gini, named("forest-gini")),
        (SplitRule::LogLoss, named("forest-log-loss")),
    ];
    widgets::field(
        ui,
        &named("forest-rule"),
        &named("forest-rule.help"),
        |ui| {
            if let Some(rule) = widgets::choices(ui, forest.rule, &rules) {
                forest.rule = rule;
            }
        },
    );
    ui.add_enabled_ui(!forest.tuned, |ui| {
        count_ui(ui, cx, "forest-leaf", &mut forest.min_leaf, 1..=500, 0.2);
    });
    widgets::field(
        ui,
        &named("forest-depth"),
        &named("forest-depth.help"),
        |ui| {
            let mut free = forest.max_depth.is_none();
            if ui.checkbox(&mut free, named("forest-no-limit")).changed() {
                forest.max_depth = (!free).then_some(4);
            }
            if let Some(depth) = forest.max_depth
                && let Some(typed) = widgets::number(ui, depth, 1..=100, 0.1)
            {
                forest.max_depth = Some(typed);
            }
        },
    );
    let draws = [
        (Draw::WithReplacement, named("forest-with")),
        (Draw::WithoutReplacement, named("forest-without")),
    ];
    widgets::field(
        ui,
        &named("forest-draw"),
        &named("forest-draw.help"),
        |ui| {
            if let Some(draw) = widgets::choices(ui, forest.draw, &draws) {
                forest.draw = draw;
                forest.sample_share = match draw {
                    Draw::WithReplacement => 1.0,
                    Draw::WithoutReplacement => WITHOUT_REPLACEMENT,
                };
            }
        },
    );
    let (name, help) = (named("forest-class"), named("forest-class.help"));
    widgets::field(ui, &name, &help, |ui| {
        ui.checkbox(&mut forest.within_class, named("forest-class-kept"));
    });
}

/// What trees do about missing values.
fn gaps_ui(ui: &mut Ui, cx: &Cx<'_>, forest: &mut ForestSettings) {
    let ways = [
        (Gaps::Imputed, cx.t("forest-gaps-imputed")),
        (Gaps::BetterSide, cx.t("forest-gaps-side")),
    ];
    let (name, help) = (cx.t("forest-gaps"), cx.t("forest-gaps.help"));
    widgets::field(ui, &name, &help, |ui| {
        if let Some(gaps) = widgets::choices(ui, forest.gaps, &ways) {
            forest.gaps = gaps;
        }
    });
}

fn plan_ui(ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
    let settings = &cx.session.study.settings;
    let mut new: Plan = settings.plan;
    widgets::card(ui, &cx.t("train-validation"), |ui| {
        count_ui(
            ui,
            cx,
            "plan-bootstraps",
            &mut new.n_bootstraps,
            20..=10_000,
            2.0,
        );
        count_ui(ui, cx, "plan-folds", &mut new.n_folds, 2..=50, 0.1);
        count_ui(ui, cx, "plan-repeats", &mut new.n_repeats, 1..=200, 0.2);
        count_ui(
            ui,
            cx,
            "plan-halves",
            &mut new.n_half_samples,
            20..=5000,
            1.0,
        );
        recalibration_ui(ui, cx, actions);
        asked_ui(ui, cx, &mut new);
        widgets::field(ui, &cx.t("plan-seed"), &cx.t("plan-seed.help"), |ui| {
            if let Some(seed) = widgets::number(ui, settings.seed, 0..=u64::from(u32::MAX), 0.2) {
                actions.push(Action::Decide(Decision::Seed(seed)));
            }
        });
    });
    if new != settings.plan {
        actions.push(Action::Decide(Decision::Plan(new)));
    }
}

/// How chances are recalibrated.
fn recalibration_ui(ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
    let chosen = cx.session.study.settings.recalibration;
    let key = |kind: Recalibration| format!("recalibration-{}", kind.name());
    let kinds = Recalibration::ALL.map(|kind| (kind, cx.t(&key(kind))));
    let help = cx.t(&format!("{}.help", key(chosen)));
    widgets::field(ui, &cx.t("recalibration"), &help, |ui| {
        if let Some(kind) = widgets::choices(ui, chosen, &kinds) {
            actions.push(Action::Decide(Decision::Recalibration(kind)));
        }
    });
}

/// Resamples of the patients, and refits in each, of the two-stage bootstrap.
const TWO_STAGE: (usize, usize) = (80, 12);
/// Shuffles of the outcome for the permutation test.
const N_PERMUTATIONS: usize = 200;

/// Simulated cohorts of the same design.
const N_SIMULATED: usize = 200;

/// What takes long and runs only where it is asked for.
fn asked_ui(ui: &mut Ui, cx: &Cx<'_>, plan: &mut Plan) {
    let (name, help) = (cx.t("plan-two-stage"), cx.t("plan-two-stage.help"));
    widgets::field(ui, &name, &help, |ui| {
        let mut on = plan.n_outer > 0;
        if ui.checkbox(&mut on, cx.t("plan-two-stage-on")).changed() {
            (plan.n_outer, plan.n_inner) = if on { TWO_STAGE } else { (0, 0) };
        }
    });
    let (name, help) = (cx.t("plan-permutation"), cx.t("plan-permutation.help"));
    widgets::field(ui, &name, &help, |ui| {
        let mut on = plan.n_permutations > 0;
        if ui.checkbox(&mut on, cx.t("plan-permutation-on")).changed() {
            plan.n_permutations = if on { N_PERMUTATIONS } else { 0 };
        }
    });
    let (name, help) = (cx.t("plan-simulation"), cx.t("plan-simulation.help"));
    widgets::field(ui, &name, &help, |ui| {
        let mut on = plan.n_simulated > 0;
        if ui.checkbox(&mut on, cx.t("plan-simulation-on")).changed() {
            plan.n_simulated = if on { N_SIMULATED } else { 0 };
        }
    });
}

/// A count with its help.
fn count_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    key: &str,
    value: &mut usize,
    range: std::ops::RangeInclusive<usize>,
    speed: f64,
) {
    let help = cx.t(&format!("{key}.help"));
    widgets::field(ui, &cx.t(key), &help, |ui| {
        if let Some(typed) = widgets::number(ui, *value, range, speed) {
            *value = typed;
        }
    });
}

fn run_ui(ui: &mut Ui, cx: &Cx<'_>, page: &TrainPage, actions: &mut Vec<Action>) {
    widgets::card(ui, &cx.t("train-run"), |ui| {
        if cx.training {
            progress_ui(ui, cx, actions);
            return;
        }
        if page.missing.is_empty() {
            ui.add(Label::new(&page.estimate).wrap());
            widgets::quiet_label(ui, cx.t("train-run.about"));
        } else {
            widgets::notice(ui, Tone::Attention, &page.missing, "", None);
        }
        if cx.session.analysis.is_some()
            && !cx.session.is_stale()
            && widgets::link_button(ui, &cx.t("see-performance")).clicked()
        {
            actions.push(Action::Do(Command::Go(Page::Performance)));
        }
    });
}

fn progress_ui(ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let width = ui.available_width();
    let color = tokens(ui).accent;
    let Some(status) = cx.status else {
        widgets::quiet_label(ui, cx.t("waiting"));
        return;
    };
    ui.label(words::progress(&status.progress, lang));
    let share = status.progress.share().unwrap_or(0.0);
    widgets::bar(ui, share, width, color);
    ui.horizontal(|ui| {
        ui.label(theme::strong(lang.percent(f64::from(share))));
        if let Some(left) = status.left() {
            let left = lang.with("time-left", &[("time", words::duration(left, lang).into())]);
            ui.label(widgets::quiet(ui, left));
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if widgets::button(ui, &cx.t("stop-training"), true).clicked() {
                actions.push(Action::Do(Command::Cancel));
            }
        });
    });
}

fn strata_ui(ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
    widgets::card(ui, &cx.t("train-strata"), |ui| {
        widgets::quiet_label(ui, cx.t("train-strata.about"));
        strata::rule_ui(ui, cx, actions);
    });
}

fn log_ui(ui: &mut Ui, cx: &Cx<'_>, page: &TrainPage, actions: &mut Vec<Action>) {
    let save = |ui: &mut Ui| {
        if !page.log.is_empty() && widgets::link_button(ui, &cx.t("plot-save")).clicked() {
            let (name, sheet) = (cx.t("train-log-file"), page.log_sheet(cx.lang));
            actions.push(Action::Ask(Ask::SaveSheet { name, sheet }));
        }
    };
    widgets::card_with(ui, &cx.t("train-log"), 0.0, save, |ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        if page.log.is_empty() {
            widgets::quiet_label(ui, cx.t("train-log.empty"));
        }
        for (at, text) in &page.log {
            ui.horizontal_top(|ui| {
                ui.label(widgets::quiet(ui, at));
                ui.add(Label::new(text).wrap());
            });
        }
    });
}
