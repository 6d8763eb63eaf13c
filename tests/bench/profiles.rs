//! Are profiles found where there are some, and only there? Cohorts of simulated patients without and with profiles.
//!
//! `cargo bench --bench profiles` ; prints one JSON line a scenario. Arguments after `--`: number of cohorts (400), patients
//! a cohort (400), and names of scenarios, all without. The baseline is that of the simulated cohorts, with its levels,
//! ties and gaps:
//!
//! * `null`: the outcome is a coin. Anything found is wrong.
//! * `logistic`: the outcome follows the simulation's logistic model, which has no subgroup: what is found is where the
//!   model's chances are high or low, which is no mistake, and is counted for comparison.
//! * `box`: patients below the median of age and of pain duration, a quarter, respond at 70 %, the others at 35 %; eight
//!   predictors, as many as a cohort of this size bears. Found: a kept profile shares at least half of its patients with
//!   them (Jaccard).
//! * `box-weaker`: at 65 %.
//! * `box-24`: at 70 %, among all 24 measures of the simulation.
//! * `clusters`: two of five patients are 2 standard deviations higher in pain and disability and as much lower in
//!   distress than the others. Found: kept clusters agree with them (adjusted Rand index of at least 0.8).

use std::io::Write as _;
use std::time::Instant;

use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};

use prognostim::analysis::{Settings, chosen, sample_of};
use prognostim::base::seed::{Rng, Stream};
use prognostim::base::task::TaskHandle;
use prognostim::cohort::Kind;
use prognostim::design::{Form, Predictor, Sample};
use prognostim::outcome::decide;
use prognostim::simulate::{Scenario, simulate};
use prognostim::stratify::{Patients, Tried, Verdict, search};

/// Patients and what is true of them.
struct Cohort {
    patients: Patients,
    /// Who is in the planted profile.
    planted: Vec<bool>,
}

/// Names of the measures that the program makes clusters of, in the simulated cohorts.
fn is_measure(predictor: &Predictor) -> bool {
    const NAMES: [&str; 11] = [
        "vas_back",
        "vas_leg",
        "odi",
        "eq5d",
        "eq_vas",
        "hads_a",
        "hads_d",
        "pcs",
        "pain_detect",
        "dn4",
        "pain_surface",
    ];
    predictor.kind == Kind::Numeric && NAMES.contains(&predictor.name.as_str())
}

fn baseline(n: usize, stream: Stream) -> Sample {
    // Some are lost or not yet followed up.
    let simulated = simulate(&Scenario::clinical(2 * n), stream);
    let cohort = simulated.cohort();
    let settings = Settings::default();
    let outcome = decide(&cohort, &settings.outcome).expect("an outcome");
    let admitted = chosen(&cohort, &settings, &outcome).expect("predictors");
    let sample = sample_of(&cohort, &settings, &outcome, &admitted).expect("a sample");
    sample.taken(&(0..n).collect::<Vec<_>>())
}

fn coin(n: usize, rng: &mut Rng) -> Vec<bool> {
    (0..n).map(|_| rng.uniform() < 0.45).collect()
}

fn null(n: usize, stream: Stream) -> (Sample, Vec<bool>) {
    let mut sample = baseline(n, stream);
    sample.y = coin(n, &mut stream.named("coin").rng());
    (sample, vec![false; n])
}

/// What a team might have chosen beforehand.
const CHOSEN: [&str; 8] = [
    "age",
    "smoker",
    "pain_duration_years",
    "pain_location",
    "vas_leg",
    "odi",
    "hads_d",
    "pcs",
];

fn boxed(n: usize, stream: Stream, rate: f64, all: bool) -> (Sample, Vec<bool>) {
    let mut sample = baseline(n, stream);
    let mut rng = stream.named("coin").rng();
    let below = |name: &str| -> Vec<bool> {
        let mut of = sample.predictors.iter().filter(|p| p.name == name);
        let predictor = of.next().expect("in the simulation");
        let middle = prognostim::base::num::median(&predictor.known()).expect("values");
        predictor
            .values
            .iter()
            .map(|value| *value < middle)
            .collect()
    };
    let (first, second) = (below("age"), below("pain_duration_years"));
    let planted: Vec<bool> = first.iter().zip(&second).map(|(a, b)| *a && *b).collect();
    let event = |is_in: &bool| rng.uniform() < if *is_in { rate } else { 0.35 };
    sample.y = planted.iter().map(event).collect();
    if !all {
        sample
            .predictors
            .retain(|one| CHOSEN.contains(&one.name.as_str()));
    }
    (sample, planted)
}

/// Eight measures: three of pain, three of disability, two of distress.
fn clustered(n: usize, stream: Stream) -> (Sample, Vec<bool>) {
    const APART: [f64; 8] = [2.0, 2.0, 0.0, 2.0, 2.0, 0.0, -2.0, -2.0];
    let mut rng = stream.rng();
    let planted: Vec<bool> = (0..n).map(|_| rng.uniform() < 0.4).collect();
    let mut columns = vec![Vec::with_capacity(n); APART.len()];
    for is_in in &planted {
        let shared = rng.normal();
        for (column, apart) in columns.iter_mut().zip(APART) {
            let own = 0.5 * shared + 0.75_f64.sqrt() * rng.normal();
            let value = own + if *is_in { apart } else { 0.0 };
            // In tenths, a twentieth missing.
            let value = if rng.uniform() < 0.05 {
                f64::NAN
            } else {
                value
            };
            column.push((10.0 * value).round() / 10.0);
        }
    }
    let predictors = columns
        .into_iter()
        .enumerate()
        .map(|(at, values)| Predictor {
            name: format!("measure {at}"),
            kind: Kind::Numeric,
            levels: Vec::new(),
            form: Form::default(),
            values,
        });
    let sample = Sample {
        predictors: predictors.collect(),
        interactions: Vec::new(),
        y: coin(n, &mut rng),
    };
    (sample, planted)
}

fn cohort(scenario: &str, n: usize, stream: Stream) -> Cohort {
    let (sample, planted) = match scenario {
        "null" => null(n, stream),
        "logistic" => (baseline(n, stream), vec![false; n]),
        "box" => boxed(n, stream, 0.70, false),
        "box-weaker" => boxed(n, stream, 0.65, false),
        "box-24" => boxed(n, stream, 0.70, true),
        _ => clustered(n, stream),
    };
    let measured: Vec<usize> = (0..sample.predictors.len())
        .filter(|&at| scenario == "clusters" || is_measure(&sample.predictors[at]))
        .collect();
    Cohort {
        patients: Patients::new(&sample, &measured),
        planted,
    }
}

/// Patients in both over patients in either.
fn jaccard(members: &[usize], planted: &[bool]) -> f64 {
    let both = members.iter().filter(|&&at| planted[at]).count();
    let n_planted = planted.iter().filter(|planted| **planted).count();
    both as f64 / (members.len() + n_planted - both).max(1) as f64
}

/// Which ways were kept, the best overlap of a kept profile with the planted one, and the seconds it took.
struct Answer {
    tried: Vec<Tried>,
    overlap: f64,
    seconds: f64,
}

fn answer(scenario: &str, n: usize, stream: Stream) -> Answer {
    let Cohort { patients, planted } = cohort(scenario, n, stream.named("cohort"));
    let start = Instant::now();
    let task = TaskHandle::unattended();
    let found = search(&patients, stream.named("search"), &task).expect("nobody stops it");
    let groups = found.iter().flat_map(|one| &one.groups);
    let overlap = groups.map(|group| jaccard(&group.members, &planted));
    Answer {
        overlap: overlap.fold(0.0, f64::max),
        seconds: start.elapsed().as_secs_f64(),
        tried: found,
    }
}

/// A share of cohorts with its Monte-Carlo error.
fn share(answers: &[Answer], is: impl Fn(&Answer) -> bool) -> serde_json::Value {
    let n = answers.len() as f64;
    let share = answers.iter().filter(|answer| is(answer)).count() as f64 / n;
    let error = (share * (1.0 - share) / n).sqrt();
    let rounded = |x: f64| (x * 1e4).round() / 1e4;
    serde_json::json!([rounded(share), rounded(error)])
}

fn main() {
    let words: Vec<String> = std::env::args()
        .skip(1)
        .filter(|word| word != "--bench")
        .collect();
    let number = |at: usize, usual: usize| {
        words
            .get(at)
            .and_then(|word| word.parse().ok())
            .unwrap_or(usual)
    };
    let (n_cohorts, n) = (number(0, 400), number(1, 400));
    let asked = words.get(2..).unwrap_or_default();
    for scenario in [
        "null",
        "logistic",
        "box",
        "box-weaker",
        "box-24",
        "clusters",
    ] {
        if !asked.is_empty() && !asked.iter().any(|word| word == scenario) {
            continue;
        }
        let stream = Stream::new(7).named(scenario);
        let answers: Vec<Answer> = (0..n_cohorts)
            .into_par_iter()
            .map(|at| answer(scenario, n, stream.at(at)))
            .collect();
        let kept = |answer: &Answer, place: usize| answer.tried[place].verdict == Verdict::Kept;
        let ways = answers[0].tried.iter().enumerate().map(|(place, one)| {
            let name = format!(
                "{}-{}",
                one.method.name(),
                one.method.n_clusters().unwrap_or(0)
            );
            (name, share(&answers, |answer| kept(answer, place)))
        });
        let ways: serde_json::Map<String, serde_json::Value> = ways.collect();
        let seconds = answers.iter().map(|answer| answer.seconds).sum::<f64>();
        let line = serde_json::json!({
            "scenario": scenario,
            "n_cohorts": n_cohorts,
            "n": n,
            "any": share(&answers, |answer| answer.tried.iter().any(|one| one.verdict == Verdict::Kept)),
            "recovered": share(&answers, |answer| answer.overlap >= 0.5),
            "ways": ways,
            "seconds": seconds / n_cohorts as f64,
        });
        writeln!(std::io::stdout(), "{line}").expect("standard output");
    }
}
