//! How long somebody waits at the meeting: `cargo bench --bench live`.
//!
//! The median and the longest of many calls, one JSON line a task: the words and figures of another patient's page, which
//! the window makes itself; and what a live model answers on a thread of its own: all reasons, a slider that moves, the
//! worth of what is missing. Arguments after `--`: patients (420), refits (200), trees (500).

use std::io::Write as _;
use std::time::Instant;

use prognostim::analysis::{ImputeParams, Learner, Live, MissingPlan, Settings, Values, Who, run};
use prognostim::base::seed::Stream;
use prognostim::base::task::TaskHandle;
use prognostim::base::text::Lang;
use prognostim::cohort::Cohort;
use prognostim::outcome::decide;
use prognostim::report::meeting::{MeetingPage, Subject};
use prognostim::simulate::{Scenario, simulate};

fn main() {
    let said: Vec<usize> = std::env::args()
        .filter_map(|word| word.parse().ok())
        .collect();
    let said = |at: usize, default: usize| said.get(at).copied().unwrap_or(default);
    let (n, n_refits, n_trees) = (said(0, 420), said(1, 200), said(2, 500));
    let cohort = simulate(&Scenario::clinical(n), Stream::new(1)).cohort();
    pages(&cohort);
    let imputed = MissingPlan::Multiple(ImputeParams::default());
    for (learner, missing, name) in [
        (Learner::Forest, MissingPlan::Single, "forest"),
        (Learner::Forest, imputed, "forest, 20 imputations"),
        (Learner::Ridge, MissingPlan::Single, "ridge"),
        (Learner::Ridge, imputed, "ridge, 20 imputations"),
    ] {
        let mut settings = Settings {
            learners: vec![learner],
            missing,
            ..Settings::default()
        };
        settings.plan.n_half_samples = n_refits;
        settings.forest.n_trees = n_trees;
        let start = Instant::now();
        let task = TaskHandle::unattended();
        let live = Live::prepare(&cohort, &settings, learner, &task)
            .expect("a simulated cohort can be analysed");
        say(name, "prepare", &mut [start.elapsed().as_secs_f64()]);
        for (who, gaps) in [("member", 0), ("member", 2), ("new", 0), ("new", 2)] {
            asked(&live, name, who, gaps);
        }
    }
}

/// The page of each patient under each model, by the results of a short analysis.
fn pages(cohort: &Cohort) {
    let mut settings = Settings::default();
    (settings.plan.n_bootstraps, settings.plan.n_repeats) = (20, 1);
    let task = TaskHandle::unattended();
    let analysis =
        run(cohort, &settings, "now", &task).expect("a simulated cohort can be analysed");
    let outcome = decide(cohort, &settings.outcome).expect("a simulated cohort has the outcome");
    for (model, result) in analysis.models.iter().enumerate() {
        let made = (0..result.patients.len()).map(|patient| {
            let start = Instant::now();
            let (cohort, outcome) = (Some(cohort), Some(&outcome));
            let subject = Subject::member(&analysis, cohort, outcome, model, patient);
            let subject = subject.expect("a patient");
            let page = MeetingPage::new(&analysis, cohort, outcome, &subject, Lang::En);
            assert!(!page.reasons.is_empty());
            start.elapsed().as_secs_f64()
        });
        say(
            result.learner.name(),
            "page",
            &mut made.collect::<Vec<f64>>(),
        );
    }
}

/// Thirty patients, of each the first `n_gaps` predictors taken away.
fn asked(live: &Live, name: &str, who: &str, n_gaps: usize) {
    let (mut chosen, mut moved, mut worth) = (Vec::new(), Vec::new(), Vec::new());
    for at in 0..30 {
        let mut values: Values = live.recorded(at * 7).expect("a patient");
        let known = values.recorded[0];
        values.recorded[..n_gaps].fill(f64::NAN);
        let person = if who == "member" {
            Who::Member(at * 7)
        } else {
            Who::New
        };
        let start = Instant::now();
        live.assess(person, &values).expect("an answer");
        chosen.push(start.elapsed().as_secs_f64());
        values.supposed[0] = Some(if known.is_nan() { 50.0 } else { known });
        // The first frame of a slider opens the trees for it.
        live.chance(person, &values).expect("an answer");
        for step in 0..5 {
            values.supposed[0] = Some(50.0 + f64::from(step));
            let start = Instant::now();
            live.chance(person, &values).expect("an answer");
            moved.push(start.elapsed().as_secs_f64());
        }
        if n_gaps > 0 {
            values.supposed[0] = None;
            let start = Instant::now();
            live.worth(person, &values, &TaskHandle::unattended())
                .expect("an answer");
            worth.push(start.elapsed().as_secs_f64());
        }
    }
    let of = |task: &str| format!("{task}, {who}, {n_gaps} missing");
    say(name, &of("choose"), &mut chosen);
    say(name, &of("move"), &mut moved);
    say(name, &of("worth"), &mut worth);
}

fn say(model: &str, task: &str, seconds: &mut [f64]) {
    seconds.sort_by(f64::total_cmp);
    let Some(longest) = seconds.last() else {
        return;
    };
    let line = serde_json::json!({
        "model": model,
        "task": task,
        "median_ms": 1000.0 * seconds[seconds.len() / 2],
        "longest_ms": 1000.0 * longest,
    });
    writeln!(std::io::stdout(), "{line}").expect("standard output is open");
}
