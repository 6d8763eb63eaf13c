//! Sample size of a prediction model for a binary outcome: the four criteria of Riley and others
//! (Stat Med 2019;38:1276; BMJ 2020;368:m441).

use crate::base::num::normal_quantile;

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Question {
    /// Candidate parameters, at least 1.
    pub n_parameters: usize,
    /// Share of events in (0, 1).
    pub event_rate: f64,
    /// Cox-Snell R2 that the model is expected to reach, in (0, largest possible).
    pub r2_cox_snell: f64,
}

/// Patients that each criterion asks for, rounded up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Required {
    /// Uniform shrinkage of at least 0.9.
    pub shrinkage: usize,
    /// Apparent and adjusted Nagelkerke R2 differ by at most 0.05.
    pub optimism: usize,
    /// The overall risk is estimated to within 0.05.
    pub overall_risk: usize,
    /// Mean absolute error of a risk of at most 0.05 (van Smeden 2019).
    pub mape: usize,
}

impl Required {
    /// Names and numbers, in the order of the paper by Riley (Stat Med 2019).
    pub fn criteria(self) -> [(&'static str, usize); 4] {
        [
            ("shrinkage", self.shrinkage),
            ("optimism", self.optimism),
            ("overall-risk", self.overall_risk),
            ("mape", self.mape),
        ]
    }

    /// The largest of those that depend on the number of parameters.
    fn n_for_parameters(self) -> usize {
        self.shrinkage.max(self.optimism).max(self.mape)
    }

    /// The largest.
    pub fn n(self) -> usize {
        self.criteria()
            .into_iter()
            .map(|(_, n)| n)
            .max()
            .unwrap_or(0)
    }
}

/// Largest possible Cox-Snell R2 at this event rate: `1 - exp(2 lnL0 / n)`.
pub fn max_r2_cox_snell(event_rate: f64) -> f64 {
    1.0 - (2.0 * null_log_likelihood(event_rate)).exp()
}

fn null_log_likelihood(event_rate: f64) -> f64 {
    event_rate * event_rate.ln() + (1.0 - event_rate) * (1.0 - event_rate).ln()
}

/// Patients required; `None` where the question has no answer (a rate outside (0, 1), an R2 out of range).
pub fn required(question: &Question) -> Option<Required> {
    let &Question {
        n_parameters,
        event_rate: phi,
        r2_cox_snell: r2,
    } = question;
    if n_parameters == 0 || !(phi > 0.0 && phi < 1.0) {
        return None;
    }
    let max_r2 = max_r2_cox_snell(phi);
    if !(r2 > 0.0 && r2 < max_r2) {
        return None;
    }
    let p = n_parameters as f64;
    let for_shrinkage = |s: f64| p / ((s - 1.0) * (1.0 - r2 / s).ln());
    let up = |n: f64| n.ceil() as usize;
    Some(Required {
        shrinkage: up(for_shrinkage(0.9)),
        optimism: up(for_shrinkage(r2 / (r2 + 0.05 * max_r2))),
        overall_risk: up((1.96_f64 / 0.05).powi(2) * phi * (1.0 - phi)),
        mape: up(n_for_mape(p, phi, 0.05)),
    })
}

/// Most parameters for which `n` patients are enough at this event rate and Cox-Snell R2, by the three criteria that
/// depend on their number (the overall risk does not); 0 where even one is too many.
pub fn budget(n: usize, event_rate: f64, r2_cox_snell: f64) -> usize {
    let is_enough = |n_parameters: &usize| {
        required(&Question {
            n_parameters: *n_parameters,
            event_rate,
            r2_cox_snell,
        })
        .is_some_and(|required| required.n_for_parameters() <= n)
    };
    (1..=n).take_while(is_enough).count()
}

/// Rates above one half count by their complement, as in [`expected_mape`].
fn n_for_mape(p: f64, phi: f64, mape: f64) -> f64 {
    let phi = phi.min(1.0 - phi);
    ((-0.508 + 0.259 * phi.ln() + 0.504 * p.ln() - mape.ln()) / 0.544).exp()
}

/// Mean absolute error of a risk to be expected with `n` patients (van Smeden 2019, solved for the error);
/// rates above one half count by their complement.
pub fn expected_mape(n: usize, n_parameters: usize, event_rate: f64) -> f64 {
    let phi = event_rate.min(1.0 - event_rate);
    (-0.508 + 0.259 * phi.ln() + 0.504 * (n_parameters as f64).ln() - 0.544 * (n as f64).ln()).exp()
}

/// Cox-Snell R2 of a calibrated model with this AUC and event rate, when the linear predictor is
/// N(0, 1) without and N(sqrt(2) qnorm(AUC), 1) with the event (Riley 2021 simulates it; here by
/// quadrature). `None` unless 0.5 < AUC < 1 and the rate is in (0, 1).
pub fn r2_from_auc(auc: f64, event_rate: f64) -> Option<f64> {
    if !(auc > 0.5 && auc < 1.0 && event_rate > 0.0 && event_rate < 1.0) {
        return None;
    }
    let shift = std::f64::consts::SQRT_2 * normal_quantile(auc);
    let odds = (event_rate / (1.0 - event_rate)).ln() - shift * shift / 2.0;
    // Log-likelihood of the best logistic curve, which by Bayes is the true one.
    let log_likelihood_at = |x: f64, event: bool| {
        let lp = odds + shift * x;
        let signed = if event { -lp } else { lp };
        -(signed.max(0.0) + (-signed.abs()).exp().ln_1p())
    };
    let mean = |centre: f64, event: bool| {
        // Midpoint rule over ten standard deviations: the error is far below rounding of n.
        let n_steps = 20_000;
        let width = 20.0 / f64::from(n_steps);
        (0..n_steps)
            .map(|step| {
                let z = -10.0 + (f64::from(step) + 0.5) * width;
                let density = (-0.5 * z * z).exp() / (2.0 * std::f64::consts::PI).sqrt();
                density * width * log_likelihood_at(centre + z, event)
            })
            .sum::<f64>()
    };
    let model = event_rate * mean(shift, true) + (1.0 - event_rate) * mean(0.0, false);
    Some(1.0 - (-2.0 * (model - null_log_likelihood(event_rate))).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_help_example_of_pmsampsize_is_reproduced() {
        let question = Question {
            n_parameters: 24,
            event_rate: 0.174,
            r2_cox_snell: 0.288,
        };
        let required = required(&question).expect("a valid question");
        assert_eq!(required.shrinkage, 623);
        assert_eq!(required.optimism, 662);
        assert_eq!(required.overall_risk, 221);
    }

    #[test]
    fn the_expected_error_at_the_required_size_is_the_target() {
        let n = n_for_mape(12.0, 0.45, 0.05).ceil() as usize;
        assert!((expected_mape(n, 12, 0.45) - 0.05).abs() < 1e-3);
    }

    #[test]
    fn the_budget_is_the_most_that_the_patients_pay_for() {
        let r2 = r2_from_auc(0.75, 0.45).expect("in range");
        for n in [40, 200, 500, 3_000] {
            let most = budget(n, 0.45, r2);
            let asks = |n_parameters: usize| {
                let question = Question {
                    n_parameters,
                    event_rate: 0.45,
                    r2_cox_snell: r2,
                };
                required(&question).map(|required| {
                    let Required {
                        shrinkage,
                        optimism,
                        mape,
                        ..
                    } = required;
                    shrinkage.max(optimism).max(mape)
                })
            };
            assert!(most == 0 || asks(most).is_some_and(|asked| asked <= n));
            assert!(asks(most + 1).is_some_and(|asked| asked > n));
        }
        // The mean absolute error asks for 184 patients at 3 parameters, for 240 at 4.
        assert_eq!(budget(200, 0.45, r2), 3);
        assert_eq!(budget(200, 1.0, 0.1), 0);
    }

    #[test]
    fn what_is_called_the_event_changes_no_criterion() {
        let of = |event_rate| {
            let question = Question {
                n_parameters: 10,
                event_rate,
                r2_cox_snell: 0.15,
            };
            required(&question).unwrap()
        };
        assert_eq!(of(0.3), of(0.7));
        // At the size that the criterion asks for the error is the one that it allows.
        let n = of(0.7).mape;
        assert!((expected_mape(n, 10, 0.7) - 0.05).abs() < 1e-4);
    }

    #[test]
    fn the_published_table_of_r2_by_auc_is_reproduced() {
        for (auc, r2) in [(0.65, 0.069), (0.70, 0.121), (0.75, 0.185), (0.80, 0.261)] {
            assert!((r2_from_auc(auc, 0.5).expect("in range") - r2).abs() < 6e-4);
        }
        assert_eq!(r2_from_auc(0.5, 0.5), None);
    }
}
