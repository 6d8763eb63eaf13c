//! A small, complete analysis and its cohort, made by hand for the tests of figures, reports and study files.
//!
//! Not computed by the program's own models: the numbers are plausible and keep the identities
//! (base value and contributions make the chance; strata count the patients), no more.

mod asked;
mod effects;
mod profiles;

use std::collections::BTreeMap;

use crate::analysis::{
    Alike, Analysis, Beside, CentreResult, CentreValidation, Challenger, CohortSummary, Compared,
    Comparison, Contender, Counts, CurvePoint, DecisionPoint, DeltaPlan, DeltaRow, Difference,
    Distribution, DomainCheck, DomainImportance, Estimate, FitSummary, GroupTest, ImportanceRow,
    ImputeParams, LEAST_EVENTS, Learner, Limits, LimitsBy, Measure, MissingPlan, MissingSummary,
    ModelResult, Near, OutcomeSummary, PatientResult, Performance, PooledFigure, PredictorSummary,
    PredictorTest, Proportions, Rise, RiskSource, SampleSize, Settings, Shape, Shared,
    Specification, Stability, Standing, StrataRule, Stratum, Subgroup, SubgroupFigures, Term,
    Trace,
};
use crate::base::issue::{Issue, Place};
use crate::base::num::{linear_predictor_from_risk, risk_from_linear_predictor, wilson};
use crate::base::seed::Stream;
use crate::cohort::{Cohort, Domain, Kind, Origin, Source, Timing, Variable};
use crate::outcome::{Exclusion, Flow};
use crate::stratify;
use crate::validate::centres::CentreState;
use crate::validate::curves::refit_curve;
use crate::validate::resample::auc_632;

use asked::later;
pub(crate) use asked::{external, movement, permutation_test, prospect};
pub(crate) use effects::effects;
pub(crate) use profiles::profiles;

const N_ROWS: usize = 130;
const N: usize = 120;

/// A cohort of 130 patients with identifiers, names in free text and a value out of range.
pub(crate) fn cohort() -> Cohort {
    let source = Source {
        file: "fixture.csv".to_owned(),
        sha256: "ab".repeat(32),
        synthetic: true,
        ..Source::default()
    };
    let mut cohort = Cohort::new(source, N_ROWS);
    let rows = std::sync::Arc::new((2..N_ROWS as u32 + 2).collect::<Vec<_>>());
    let origin = |column: u32, header: &str| Origin {
        sheet: None,
        header: header.to_owned(),
        column,
        rows: rows.clone(),
    };
    let texts = |make: &dyn Fn(usize) -> String| -> Vec<Option<String>> {
        (0..N_ROWS).map(|i| Some(make(i))).collect()
    };
    cohort
        .push_texts(
            Variable::new("ipp", Kind::Identifier, origin(1, "IPP")),
            &texts(&|i| format!("80{i:05}")),
        )
        .unwrap();
    cohort
        .push_texts(
            Variable::new("note", Kind::Text, origin(2, "Note")),
            &texts(&|i| format!("Mme Martin {i}")),
        )
        .unwrap();
    let mut sex = Variable::new("sex", Kind::Binary, origin(3, "Sexe"));
    sex.levels = vec!["F".to_owned(), "M".to_owned()];
    cohort
        .push_texts(
            sex,
            &texts(&|i| if i % 3 == 0 { "M" } else { "F" }.to_owned()),
        )
        .unwrap();
    let ages: Vec<f64> = (0..N_ROWS)
        .map(|i| {
            if i == 7 {
                f64::NAN
            } else {
                30.0 + (i % 45) as f64
            }
        })
        .collect();
    cohort
        .push_numbers(Variable::new("age", Kind::Numeric, origin(4, "Age")), &ages)
        .unwrap();
    cohort.issues = issues();
    cohort
}

fn issues() -> Vec<Issue> {
    let at = |row: u32, column: &str| Place {
        sheet: None,
        row: Some(row),
        column: Some(column.to_owned()),
        position: None,
    };
    vec![
        Issue::warning("column-not-numeric")
            .at(at(12, "Age"))
            .found("540"),
        Issue::warning("column-twice")
            .at(at(14, "IPP"))
            .found("8000012")
            .with("id", "8000012"),
    ]
}

/// An analysis of that cohort with a ridge model and a forest.
pub(crate) fn analysis() -> Analysis {
    let y: Vec<bool> = (0..N).map(|i| (i * 7 + i / 5) % 20 < 9).collect();
    let n_events = y.iter().filter(|&&event| event).count();
    Analysis {
        settings: Settings::default(),
        created: "2026-11-20T10:00:00Z".to_owned(),
        cohort: CohortSummary {
            file: "fixture.csv".to_owned(),
            sha256: "ab".repeat(32),
            n_rows: N_ROWS,
            n_analysed: N,
            exclusions: vec![
                Exclusion {
                    reason: "lost-to-follow-up".to_owned(),
                    why: None,
                    n: 8,
                },
                Exclusion {
                    reason: "baseline-too-low".to_owned(),
                    why: None,
                    n: 2,
                },
            ],
            issues: issues(),
            synthetic: true,
        },
        outcome: OutcomeSummary {
            n_events,
            event_rate: n_events as f64 / N as f64,
            n_failed_trial: 14,
            n_explanted: 3,
            has_lead_trial: true,
            flow: Flow::default(),
            sensitivity: None,
        },
        predictors: predictors(),
        sample_size: SampleSize {
            assumed_auc: 0.7,
            criteria: vec![("shrinkage".to_owned(), 612), ("optimism".to_owned(), 340)],
            n_required: 612,
            n_available: N,
            n_parameters: 9,
            budget: 2,
            event_rate: n_events as f64 / N as f64,
            events_per_parameter: n_events as f64 / 9.0,
            expected_mape: 0.083,
        },
        notices: vec![Issue::warning("cancelled")],
        interactions: Vec::new(),
        specification: Specification::default(),
        models: vec![
            model(Learner::Ridge, &y, 1.0),
            model(Learner::Forest, &y, 0.8),
        ],
        differences: Vec::new(),
        permutation: None,
        prospect: None,
        missing: None,
        comparison: None,
        effects: Vec::new(),
        profiles: None,
        movement: None,
        subgroups: subgroups(),
        external: None,
        unfinished: Vec::new(),
    }
}

/// Two sexes, and three bands of age of which the eldest are too few.
fn subgroups() -> Vec<Subgroup> {
    let group = |variable: &str, label: &str, shared, n, n_events: usize| {
        let figures = |learner, auc| SubgroupFigures {
            learner,
            auc: Some(auc),
            oe_ratio: Some(1.04),
            calibration_intercept: Some(0.06),
            calibration_slope: Some(0.93),
            net_benefit: 0.21,
        };
        Subgroup {
            variable: variable.to_owned(),
            label: label.to_owned(),
            shared,
            n,
            n_events,
            members: Vec::new(),
            models: if n_events < LEAST_EVENTS {
                Vec::new()
            } else {
                vec![
                    figures(Learner::Ridge, 0.68),
                    figures(Learner::Forest, 0.66),
                ]
            },
        }
    };
    let sex = |level: &str| Shared::Level(level.to_owned());
    vec![
        group("sex", "Sex", sex("F"), 80, 36),
        group("sex", "Sex", sex("M"), 40, 18),
        group("age", "Age", Shared::Ages(None, Some(50)), 52, 24),
        group("age", "Age", Shared::Ages(Some(50), Some(65)), 44, 20),
        group("age", "Age", Shared::Ages(Some(65), None), 23, 9),
        group("age", "Age", Shared::Unknown, 1, 1),
    ]
}

/// Ridge, forest, naive Bayes and a support vector machine on the same folds, some of which failed.
pub(crate) fn comparison() -> Comparison {
    let at = |model, auc: f64, half: f64, standing| {
        let difference = |estimate: f64| Difference {
            estimate,
            low: estimate - half,
            high: estimate + half,
        };
        let apart = auc - 0.69;
        let is_first = model == Contender::Learner(Learner::Ridge);
        Compared {
            model,
            auc: Some(auc),
            brier: Some(0.22),
            log_loss: Some(0.63),
            calibration_slope: Some(0.9),
            auc_difference: (!is_first).then(|| difference(apart)),
            brier_difference: (!is_first).then(|| difference(-apart / 4.0)),
            log_loss_difference: (!is_first).then(|| difference(-apart / 2.0)),
            standing,
            n_failed: 0,
            failure: None,
        }
    };
    let mut svm = at(
        Contender::Challenger(Challenger::Svm),
        0.62,
        0.05,
        Standing::Worse,
    );
    svm.n_failed = 3;
    svm.failure = Some(Issue::error("one-class"));
    let bayes = Contender::Challenger(Challenger::NaiveBayes);
    Comparison {
        first: Contender::Learner(Learner::Ridge),
        n_folds: 200,
        models: vec![
            at(
                Contender::Learner(Learner::Ridge),
                0.69,
                0.0,
                Standing::Alike,
            ),
            at(
                Contender::Learner(Learner::Forest),
                0.68,
                0.04,
                Standing::Alike,
            ),
            at(bayes, 0.70, 0.05, Standing::Alike),
            svm,
        ],
    }
}

/// The analysis by maximum likelihood, imputed three times, with a sensitivity analysis of the duration.
pub(crate) fn imputed() -> Analysis {
    let mut analysis = maximum_likelihood();
    let params = ImputeParams {
        n_imputations: 3,
        n_iterations: 4,
        ..ImputeParams::default()
    };
    let deltas = vec![-2.0, 0.0, 2.0];
    for term in &mut analysis.models[0].terms {
        term.df = Some(88.0);
        term.fmi = Some(0.21);
    }
    let rounds = |from: f64| -> Vec<Vec<f64>> {
        let chain = |chain: u8| {
            (0..4)
                .map(|at| from + f64::from((at + chain) % 3))
                .collect()
        };
        (0..3).map(chain).collect()
    };
    let curve = |centre: f64| -> Vec<(f64, f64)> {
        let height = |x: f64| (-(x - centre).powi(2) / 8.0).exp() / 5.0;
        (0..12)
            .map(|x| (f64::from(x), height(f64::from(x))))
            .collect()
    };
    analysis.missing = Some(MissingSummary {
        params,
        traces: vec![(
            "duration".to_owned(),
            Trace {
                predictor: 1,
                means: rounds(5.0),
                sds: rounds(2.0),
            },
        )],
        distributions: vec![
            Distribution {
                predictor: "duration".to_owned(),
                n_observed: 111,
                n_missing: 9,
                shape: Shape::Curves {
                    observed: curve(5.0),
                    imputed: curve(6.0),
                },
            },
            Distribution {
                predictor: "smoker".to_owned(),
                n_observed: 118,
                n_missing: 2,
                shape: Shape::Shares {
                    levels: vec![("no".to_owned(), 0.7, 0.5), ("yes".to_owned(), 0.3, 0.5)],
                },
            },
        ],
        deltas: deltas
            .iter()
            .map(|&delta| DeltaRow {
                delta,
                auc: Some(0.7 - 0.01 * delta),
                terms: analysis.models[0].terms.clone(),
            })
            .collect(),
    });
    analysis.settings.missing = MissingPlan::Multiple(params);
    analysis.settings.delta = Some(DeltaPlan {
        variable: "duration".to_owned(),
        deltas,
    });
    analysis
}

/// The same analysis with maximum likelihood in the place of ridge: Wald intervals and p-values.
pub(crate) fn maximum_likelihood() -> Analysis {
    let mut analysis = analysis();
    analysis.settings.learners = vec![Learner::Logistic, Learner::Forest];
    let first = &mut analysis.models[0];
    first.learner = Learner::Logistic;
    first.fit.penalty = None;
    first.fit.aic = Some(160.2);
    first.fit.limits = Some(Limits::Profile);
    let test = |chi2, df, p| GroupTest { chi2, df, p };
    first.fit.likelihood_ratio = Some(test(22.5, 9, 0.0074));
    first.fit.shrinkage = Some(0.6);
    first.tests = vec![PredictorTest {
        variable: "duration".to_owned(),
        test: test(6.1, 2, 0.047),
    }];
    for term in &mut first.terms {
        term.std_error = Some(0.2);
        term.z = Some(term.estimate / 0.2);
        term.p = Some(0.04);
        term.limits = Some((term.estimate - 0.392, term.estimate + 0.392));
    }
    analysis
}

const NAMES: [&str; 8] = [
    "leg_share",
    "duration",
    "smoker",
    "hads_a",
    "age",
    "sex",
    "odi",
    "opioids",
];

fn predictors() -> Vec<PredictorSummary> {
    let labels = [
        "Pain mostly in the leg",
        "Duration of the pain",
        "Current smoker",
        "Anxiety (HADS-A)",
        "Age",
        "Sex",
        "Disability (ODI)",
        "Opioids, oral morphine equivalent",
    ];
    NAMES
        .iter()
        .zip(labels)
        .enumerate()
        .map(|(j, (&name, label))| {
            let is_numeric = !matches!(name, "smoker" | "sex" | "leg_share");
            PredictorSummary {
                name: name.to_owned(),
                label: label.to_owned(),
                kind: if is_numeric {
                    Kind::Numeric
                } else {
                    Kind::Binary
                },
                levels: if is_numeric {
                    Vec::new()
                } else {
                    vec!["no".to_owned(), "yes".to_owned()]
                },
                form: Default::default(),
                unit: (name == "age").then(|| "years".to_owned()),
                timing: if j == 3 {
                    Timing::Trial
                } else {
                    Timing::Baseline
                },
                n_missing: if j == 1 { 9 } else { 0 },
                n_parameters: if j == 1 { 2 } else { 1 },
                quartiles: is_numeric.then_some([42.0, 51.5, 60.0]),
                range: is_numeric.then_some((24.0, 82.0)),
            }
        })
        .collect()
}

fn model(learner: Learner, y: &[bool], sharpness: f64) -> ModelResult {
    let is_forest = learner == Learner::Forest;
    let patients = patients(is_forest, y, sharpness);
    let corrected = corrected(is_forest);
    let risks: Vec<f64> = patients.iter().map(|patient| patient.risk).collect();
    ModelResult {
        learner,
        fit: fit(is_forest),
        terms: if is_forest { Vec::new() } else { terms() },
        tests: Vec::new(),
        apparent: corrected
            .iter()
            .map(|(&measure, value)| (measure, value.estimate + 0.03))
            .collect::<Performance>(),
        optimism: if is_forest {
            BTreeMap::new()
        } else {
            Measure::ALL
                .iter()
                .map(|&measure| (measure, (0.03, 0.002)))
                .collect()
        },
        harrell_auc: (!is_forest).then_some((0.025, 0.002)),
        rules_632: if is_forest {
            BTreeMap::new()
        } else {
            [(Measure::Auc, auc_632(0.72, 0.66))].into_iter().collect()
        },
        calibrated: Measure::OF_CALIBRATION
            .iter()
            .map(|&measure| (measure, (0.01, 0.09)))
            .collect(),
        corrected_method: if is_forest { "out-of-bag" } else { "optimism" }.to_owned(),
        cross_validated: corrected
            .iter()
            .map(|(&measure, value)| (measure, (value.estimate + 0.004, 0.011)))
            .collect(),
        corrected,
        out_of_bag: is_forest.then_some([0.66, 0.231, 0.655]),
        n_resamples: 700,
        n_failed: 2,
        calibration_curve: (10..=80)
            .map(|p| {
                let predicted = f64::from(p) / 100.0;
                let observed =
                    risk_from_linear_predictor(0.85 * linear_predictor_from_risk(predicted) - 0.05);
                let half = 0.06 + 0.25 * (predicted - 0.45).powi(2);
                CurvePoint {
                    predicted,
                    observed,
                    low: (observed - half).max(0.0),
                    high: (observed + half).min(1.0),
                }
            })
            .collect(),
        spline_curve: Vec::new(),
        venn_abers_width: Some(0.06),
        centres: Some(centres()),
        later: Some(later(&risks, y)),
        refit_curves: vec![refit_curve(&risks, y); 2],
        decision_curve: decision_curve(&patients),
        thresholds: [0.4, 0.6]
            .iter()
            .map(|&threshold| proportions(&patients, threshold))
            .collect(),
        importance: importance(),
        importance_by_domain: importance_by_domain(),
        stability: Stability {
            n_ok: 199,
            n_failed: 1,
            mape: 0.071,
            classification_instability: vec![(0.4, 0.17), (0.6, 0.21)],
            by_percent: (1..100)
                .map(|percent| 0.004 * f64::from(50 - i32::abs(50 - percent)))
                .collect(),
        },
        strata: strata(&patients),
        patients,
    }
}

fn fit(is_forest: bool) -> FitSummary {
    if is_forest {
        return FitSummary {
            converged: true,
            ..FitSummary::default()
        };
    }
    FitSummary {
        converged: true,
        n_iterations: 6,
        log_likelihood: Some(-71.3),
        null_deviance: Some(165.1),
        deviance: Some(142.6),
        nagelkerke_r2: Some(0.21),
        penalty: Some((0.0, 0.083)),
        ..FitSummary::default()
    }
}

fn corrected(is_forest: bool) -> BTreeMap<Measure, Estimate> {
    let shift = if is_forest { -0.01 } else { 0.0 };
    let value = |estimate: f64, half: f64| Estimate {
        estimate,
        limits: (half > 0.0).then_some((estimate - half, estimate + half)),
        limits_by: LimitsBy::FixedModel,
    };
    [
        (Measure::Auc, value(0.69 + shift, 0.06)),
        (Measure::Brier, value(0.223 - shift, 0.02)),
        (Measure::ScaledBrier, value(0.09 + shift, 0.0)),
        (Measure::CalibrationIntercept, value(-0.03, 0.35)),
        (Measure::CalibrationSlope, value(0.88 + shift, 0.3)),
        (Measure::OeRatio, value(0.98, 0.15)),
        (Measure::Ici, value(0.031, 0.0)),
        (Measure::E50, value(0.025, 0.0)),
        (Measure::E90, value(0.061, 0.0)),
        (Measure::LogLoss, value(0.66, 0.04)),
        (Measure::NagelkerkeR2, value(0.1 + shift, 0.0)),
        (Measure::TjurR2, value(0.08, 0.03)),
        (Measure::Eci, value(0.0016, 0.0)),
    ]
    .into_iter()
    .collect()
}

fn centres() -> CentreValidation {
    let pooled = PooledFigure {
        n_centres: 4,
        estimate: 0.67,
        limits: (0.6, 0.73),
        prediction: (0.52, 0.79),
        tau2: 0.03,
    };
    CentreValidation {
        centres: vec![CentreResult {
            name: "A".to_owned(),
            n: 40,
            n_events: 18,
            state: CentreState::Judged,
            auc: Some((0.66, 0.08)),
            slope: Some((0.8, 0.3)),
            intercept: Some((0.1, 0.3)),
        }],
        auc: Some(pooled),
        slope: None,
        intercept: None,
    }
}

fn terms() -> Vec<Term> {
    let term =
        |name: &str, variable: Option<&str>, level: Option<&str>, estimate: f64, unit| Term {
            term: name.to_owned(),
            variable: variable.map(str::to_owned),
            level: level.map(str::to_owned),
            estimate,
            std_error: None,
            z: None,
            p: None,
            limits: Some((estimate - 0.02 * 12.0 / unit, estimate + 0.02 * 10.0 / unit)),
            df: None,
            fmi: None,
            or_unit: unit,
            clinical_step: (name == "age").then_some(10.0),
            kept: Some(0.62),
        };
    vec![
        term("(intercept)", None, None, -0.21, 1.0),
        term("leg_share[yes]", Some("leg_share"), Some("yes"), 0.52, 1.0),
        term("duration", Some("duration"), None, -0.07, 5.0),
        term("duration (missing)", Some("duration"), None, 0.05, 1.0),
        term("smoker[yes]", Some("smoker"), Some("yes"), -0.33, 1.0),
        term("hads_a", Some("hads_a"), None, -0.06, 6.0),
        term("age", Some("age"), None, -0.011, 18.0),
    ]
}

fn patients(is_forest: bool, y: &[bool], sharpness: f64) -> Vec<PatientResult> {
    let mut rng = Stream::new(7).named("fixture").rng();
    y.iter()
        .enumerate()
        .map(|(i, &observed)| {
            let pull = if observed { 0.35 } else { -0.35 };
            let contributions: Vec<f64> = (0..NAMES.len())
                .map(|j| {
                    let size = sharpness * 0.5 / (1.0 + j as f64);
                    let on_log_odds = size * rng.normal() + pull / NAMES.len() as f64;
                    if is_forest {
                        0.12 * on_log_odds
                    } else {
                        on_log_odds
                    }
                })
                .collect();
            let base_value = if is_forest { 0.45 } else { -0.2 };
            let sum = base_value + contributions.iter().sum::<f64>();
            let risk = if is_forest {
                sum.clamp(0.0, 1.0)
            } else {
                risk_from_linear_predictor(sum)
            };
            let half = 0.05 + 0.08 * rng.uniform();
            let (low, high) = ((risk - half).max(0.0), (risk + half).min(1.0));
            PatientResult {
                id: format!("P{:03}", i + 1),
                row: i,
                risk,
                low,
                high,
                source: if is_forest {
                    RiskSource::OutOfBag
                } else {
                    RiskSource::OutOfFold
                },
                stratum: StrataRule::default().cuts(&[]).stratum_of(low, high),
                observed,
                contributions,
                base_value,
                outside: if i == 3 {
                    vec!["odi".to_owned()]
                } else {
                    Vec::new()
                },
                gaps_alone: i == 5,
                alike: vec![Alike {
                    patient: (i + 1) % N,
                    share: 0.4,
                }],
                domain_check: Some(DomainCheck {
                    distance: Some(Beside {
                        value: if i == 3 { 5.2 } else { 2.1 },
                        limit: 4.0,
                    }),
                    leverage: (!is_forest).then_some(Beside {
                        value: 0.03,
                        limit: 0.11,
                    }),
                    nearest: vec![Near {
                        patient: (i + 2) % N,
                        distance: 0.125,
                    }],
                }),
            }
        })
        .collect()
}

fn decision_curve(patients: &[PatientResult]) -> Vec<DecisionPoint> {
    let n = patients.len() as f64;
    let benefit = |treated: &dyn Fn(&PatientResult) -> bool, odds: f64| {
        let gain = |p: &PatientResult| if p.observed { 1.0 } else { -odds };
        patients
            .iter()
            .filter(|p| treated(p))
            .map(gain)
            .sum::<f64>()
            / n
    };
    (1..=90)
        .map(|percent| {
            let threshold = f64::from(percent) / 100.0;
            let odds = threshold / (1.0 - threshold);
            DecisionPoint {
                threshold,
                model: benefit(&|p| p.risk >= threshold, odds),
                std_error: Some(0.03),
                treat_all: benefit(&|_| true, odds),
                treat_none: 0.0,
                lead_trial: Some(benefit(&|p| p.row % 5 != 0 || p.observed, odds)),
            }
        })
        .collect()
}

fn proportions(patients: &[PatientResult], threshold: f64) -> Proportions {
    let count = |above: bool, observed: bool| {
        patients
            .iter()
            .filter(|p| (p.risk >= threshold) == above && p.observed == observed)
            .count()
    };
    let (hit, false_alarm) = (count(true, true), count(true, false));
    let (miss, rejected) = (count(false, true), count(false, false));
    Proportions {
        threshold,
        sensitivity: wilson(hit, hit + miss),
        specificity: wilson(rejected, rejected + false_alarm),
        ppv: wilson(hit, hit + false_alarm),
        npv: wilson(rejected, rejected + miss),
        counts: Some(Counts {
            true_positives: hit,
            false_positives: false_alarm,
            false_negatives: miss,
            true_negatives: rejected,
        }),
    }
}

fn importance() -> Vec<ImportanceRow> {
    NAMES
        .iter()
        .enumerate()
        .map(|(j, &name)| {
            let mean = 0.014 / (1.0 + j as f64) - 0.0015;
            ImportanceRow {
                variable: name.to_owned(),
                mean,
                low: mean - 0.003,
                high: mean + 0.004,
                log_loss: None,
                conditional: Some(Rise {
                    mean: mean / 2.0,
                    low: mean / 2.0 - 0.002,
                    high: mean / 2.0 + 0.002,
                }),
                impurity_corrected: None,
                rank_low: j.max(1),
                rank_high: (j + 3).min(NAMES.len()),
            }
        })
        .collect()
}

fn importance_by_domain() -> Vec<DomainImportance> {
    let row = |(domain, mean): (Domain, f64)| DomainImportance {
        domain,
        n_predictors: 2,
        mean,
        low: mean - 0.004,
        high: mean + 0.005,
    };
    [
        (Domain::Person, 0.001),
        (Domain::Pain, 0.016),
        (Domain::Distress, 0.009),
    ]
    .map(row)
    .to_vec()
}

fn strata(patients: &[PatientResult]) -> Vec<Stratum> {
    let placed: Vec<_> = patients.iter().map(PatientResult::placed).collect();
    stratify::strata(&StrataRule::default().cuts(&[]), &placed)
}
