//! Logistic regression for a matrix: maximum likelihood, ridge, and Firth's penalised likelihood.
//!
//! With a penalty it minimises `-(1/n) loglik(b0, b) + lambda [(1-alpha)/2 sum (b_j s_j)^2 + alpha sum |b_j s_j|]`
//! with `s_j` the standard deviation of column j (divisor n) and a free intercept: glmnet's scale.
//! scikit-learn's `C` is `1 / (n lambda)` at alpha 0.

use crate::base::num::Matrix;
use crate::solve::kernel::add_scaled;
use crate::solve::newton::{EXACT, Maximum, Prior};
use crate::solve::problem::{Counts, Standardised};

/// Standard errors above this on standardised columns tell of a coefficient that runs to infinity.
const SEPARATED_STD_ERROR: f64 = 100.0;

/// What was noticed in a fit.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Trouble {
    /// These columns are constant among the rows; coefficient 0.
    Constant(Vec<usize>),
    /// These columns depend on earlier ones; coefficient 0.
    Aliased(Vec<usize>),
    /// Some combination of columns separates the outcomes: by maximum likelihood these coefficients run to
    /// infinity; Firth's penalty keeps them finite, but its likelihood may have several maxima.
    Separated(Vec<usize>),
    /// There are at least as many coefficients as rows.
    TooManyColumns,
    /// The iterations ended before the objective settled.
    Unsettled,
}

/// What holds the coefficients back.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub enum Penalty {
    /// Nothing: maximum likelihood.
    None,
    /// Jeffreys' prior, half the log determinant of the information (Firth 1993).
    Jeffreys,
    /// Ridge (`alpha` 0), lasso (1) or a mixture, of strength `lambda` > 0.
    ElasticNet {
        /// Share of the lasso in [0, 1].
        alpha: f64,
        /// Strength.
        lambda: f64,
    },
}

/// A fitted logistic model on the scale of the matrix it was given.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct LogisticFit {
    /// Intercept, log-odds.
    pub intercept: f64,
    /// Log odds ratio for one unit of each column.
    pub coefficients: Vec<f64>,
    /// Inverse information at the estimate, `(k+1) x (k+1)` row by row, the intercept first; `None` for ridge,
    /// lasso and elastic net, where it would not be a covariance. For Firth's estimate it is the information
    /// without the penalty, as brglm2 and logistf have it.
    pub covariance: Option<Vec<f64>>,
    /// What held the coefficients back.
    pub penalty: Penalty,
    /// Log-likelihood without the penalty.
    pub log_likelihood: f64,
    /// Log-likelihood plus half the log determinant of the information in the units of the matrix; Firth only.
    pub penalised_log_likelihood: Option<f64>,
    /// Rows and events.
    pub counts: Counts,
    /// Whether the objective settled, on finite coefficients.
    pub converged: bool,
    /// Newton steps taken.
    pub n_iterations: usize,
    /// What was noticed.
    pub troubles: Vec<Trouble>,
}

impl LogisticFit {
    /// Linear predictor (log-odds) of every row of a matrix with the same columns.
    pub fn linear_predictors(&self, x: &Matrix) -> Vec<f64> {
        let mut sums = vec![self.intercept; x.n_rows];
        for (j, &b) in self
            .coefficients
            .iter()
            .enumerate()
            .filter(|(_, b)| **b != 0.0)
        {
            add_scaled(&mut sums, x.col(j), b);
        }
        sums
    }

    /// Standard error of column `j` (`None`: of the intercept); `None` without a covariance, and for
    /// what has no information.
    pub fn std_error(&self, j: Option<usize>) -> Option<f64> {
        let order = self.coefficients.len() + 1;
        let at = j.map_or(0, |j| j + 1);
        let variance = self.covariance.as_ref()?[at * order + at];
        (variance > 0.0).then(|| variance.sqrt())
    }

    /// Coefficients that were estimated, the intercept included: columns that are constant or depend on others
    /// are left out.
    pub fn n_parameters(&self) -> usize {
        let left_out = self.troubles.iter().map(|trouble| match trouble {
            Trouble::Constant(columns) | Trouble::Aliased(columns) => columns.len(),
            Trouble::Separated(_) | Trouble::TooManyColumns | Trouble::Unsettled => 0,
        });
        (self.coefficients.len() + 1).saturating_sub(left_out.sum())
    }

    /// Akaike's criterion; maximum likelihood only.
    pub fn aic(&self) -> Option<f64> {
        self.criterion(2.0)
    }

    /// Schwarz' criterion; maximum likelihood only.
    pub fn bic(&self) -> Option<f64> {
        self.criterion(self.counts.n.ln())
    }

    fn criterion(&self, of_parameter: f64) -> Option<f64> {
        let value = of_parameter * self.n_parameters() as f64 - 2.0 * self.log_likelihood;
        (self.penalty == Penalty::None).then_some(value)
    }

    /// R2 of McFadden, of Cox and Snell, and of Nagelkerke: `1 - l/l0`, `1 - exp(-2 (l - l0) / n)`, and the second
    /// over its largest possible value. `None` where there is one class only.
    pub fn r2(&self) -> Option<[f64; 3]> {
        let null = self.counts.null_log_likelihood();
        let cox_snell = 1.0 - (2.0 * (null - self.log_likelihood) / self.counts.n).exp();
        let largest = 1.0 - (2.0 * null / self.counts.n).exp();
        let mcfadden = 1.0 - self.log_likelihood / null;
        (null < 0.0).then_some([mcfadden, cox_snell, cox_snell / largest])
    }

    /// The same fit with the intercept at which the mean risk of these rows is their event rate: Firth's
    /// estimate draws risks towards one half (FLIC: Puhr and others 2017). The intercept then has no
    /// standard error. Unchanged where there is one class only.
    #[must_use]
    pub fn with_recalibrated_intercept(mut self, x: &Matrix, y: &[bool]) -> Self {
        let lp = self.linear_predictors(x);
        let Some((shift, _)) = offset_intercept(&lp, y) else {
            return self;
        };
        let order = self.coefficients.len() + 1;
        self.intercept += shift;
        for at in 0..order {
            if let Some(covariance) = &mut self.covariance {
                covariance[at] = 0.0;
                covariance[at * order] = 0.0;
            }
        }
        let shifted: Vec<f64> = lp.iter().map(|lp| lp + shift).collect();
        let rows = Matrix::zeros(x.n_rows, 0);
        self.log_likelihood = Standardised::new(&rows, y).look(&shifted).log_likelihood;
        self
    }
}

impl Standardised {
    /// Fits by maximum likelihood (`lambda` 0) or with a ridge penalty.
    pub fn fit(&self, lambda: f64) -> LogisticFit {
        let all: Vec<usize> = (0..self.order()).collect();
        let found = self.maximise(Prior::Ridge(lambda), self.start(), &all, EXACT);
        if lambda > 0.0 {
            return self.ridge(&found, lambda);
        }
        let information = self.information_at(&found.b);
        let inverse = information.inverse();
        let separated = self.separated(&found, &inverse);
        let is_separated = !separated.is_empty();
        let mut fit = self.described(&found, Penalty::None, separated);
        fit.converged &= !is_separated;
        fit.covariance = Some(self.unscale_covariance(&inverse));
        fit
    }

    /// Fits with Jeffreys' prior (Firth 1993); finite where maximum likelihood is not.
    pub fn fit_firth(&self) -> LogisticFit {
        let all: Vec<usize> = (0..self.order()).collect();
        let plain = self.maximise(Prior::Ridge(0.0), self.start(), &all, EXACT);
        let separated = if plain.has_settled {
            Vec::new()
        } else {
            self.separated(&plain, &self.information_at(&plain.b).inverse())
        };
        let found = self.maximise(Prior::Jeffreys, self.start(), &all, EXACT);
        let inverse = self.information_at(&found.b).inverse();
        let mut fit = self.described(&found, Penalty::Jeffreys, separated);
        fit.covariance = Some(self.unscale_covariance(&inverse));
        fit.penalised_log_likelihood = Some(found.value + self.log_scale());
        fit
    }

    fn ridge(&self, found: &Maximum, lambda: f64) -> LogisticFit {
        let penalty = Penalty::ElasticNet { alpha: 0.0, lambda };
        self.described(found, penalty, Vec::new())
    }

    /// A maximum on the scale of the matrix, with what was noticed.
    pub(super) fn described(
        &self,
        found: &Maximum,
        penalty: Penalty,
        separated: Vec<usize>,
    ) -> LogisticFit {
        let constant = self.constant_columns();
        let is_penalised = matches!(penalty, Penalty::ElasticNet { .. });
        let n_varying = self.z.k_cols - constant.len();
        let is_too_many = !is_penalised && n_varying + 1 > self.z.n_rows.saturating_sub(1);
        let aliased: Vec<usize> = found
            .aliased
            .iter()
            .filter_map(|at| at.checked_sub(1))
            .filter(|j| !constant.contains(j))
            .collect();
        let mut troubles = Vec::new();
        let is_unsettled = !found.has_settled && separated.is_empty();
        if !constant.is_empty() {
            troubles.push(Trouble::Constant(constant));
        }
        if is_too_many {
            troubles.push(Trouble::TooManyColumns);
        } else {
            if !separated.is_empty() {
                troubles.push(Trouble::Separated(separated));
            }
            if !aliased.is_empty() && !is_penalised {
                troubles.push(Trouble::Aliased(aliased));
            }
            if is_unsettled {
                troubles.push(Trouble::Unsettled);
            }
        }
        let (intercept, coefficients) = self.unscale(&found.b);
        LogisticFit {
            intercept,
            coefficients,
            covariance: None,
            penalty,
            log_likelihood: found.log_likelihood,
            penalised_log_likelihood: None,
            counts: self.counts,
            converged: found.has_settled && !is_too_many,
            n_iterations: found.n_iterations,
            troubles,
        }
    }

    /// Columns that run to infinity by maximum likelihood: all of them where the fit is perfect, else
    /// those with a huge standard error or none. Where the iterations settled, on the same rank as they
    /// began with, the maximum exists.
    fn separated(&self, found: &Maximum, inverse: &[f64]) -> Vec<usize> {
        let order = self.order();
        let variance = |j: usize| inverse[(j + 1) * order + j + 1];
        let lost = |j: &usize| variance(*j) <= 0.0 && !found.aliased.contains(&(j + 1));
        let constant = self.constant_columns();
        let varying = || (0..self.z.k_cols).filter(|j| !constant.contains(j));
        let lp = self.linear_predictors(&found.b);
        if found.has_settled && !varying().any(|j| lost(&j)) || lp.iter().all(|lp| lp.abs() < 12.0)
        {
            return Vec::new();
        }
        if -2.0 * found.log_likelihood < 1e-3 {
            return varying().collect();
        }
        varying()
            .filter(|j| lost(j) || variance(*j).sqrt() > SEPARATED_STD_ERROR)
            .collect()
    }
}

/// Fits a logistic model. `x`: n rows, finite values; `y`: n outcomes, both classes present;
/// `lambda`: ridge penalty >= 0, 0 for maximum likelihood. Constant and dependent columns get
/// the coefficient 0; separation and non-convergence are told in `troubles`, never hidden.
pub fn fit(x: &Matrix, y: &[bool], lambda: f64) -> LogisticFit {
    Standardised::new(x, y).fit(lambda)
}

/// Fits with Jeffreys' prior (Firth 1993): finite under separation. `x` and `y` as for [`fit`].
pub fn fit_firth(x: &Matrix, y: &[bool]) -> LogisticFit {
    Standardised::new(x, y).fit_firth()
}

/// What is to be added to these log-odds so that the mean risk is the event rate, by maximum likelihood,
/// and its standard error; `None` where there is one class only or all risks are 0 or 1.
pub fn offset_intercept(linear_predictors: &[f64], y: &[bool]) -> Option<(f64, f64)> {
    let n_events = y.iter().filter(|&&event| event).count();
    if n_events == 0 || n_events == y.len() {
        return None;
    }
    let rows = Matrix::zeros(y.len(), 0);
    let problem = Standardised::new(&rows, y).with_offset(linear_predictors.to_vec());
    let found = problem.maximise(Prior::Ridge(0.0), vec![0.0], &[0], EXACT);
    let look = problem.look(&problem.linear_predictors(&found.b));
    let information = crate::solve::kernel::sum(&look.information);
    let is_found = found.has_settled && information >= 1e-12;
    is_found.then(|| (found.b[0], information.sqrt().recip()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::num::risk_from_linear_predictor;
    use crate::base::seed::Stream;
    use crate::solve::kernel::dot;

    fn noisy(n: usize, k: usize) -> (Matrix, Vec<bool>) {
        let mut rng = Stream::new(5).rng();
        let columns: Vec<Vec<f64>> = (0..k)
            .map(|j| {
                (0..n)
                    .map(|_| rng.normal() * (j + 1) as f64 + 3.0)
                    .collect()
            })
            .collect();
        let x = Matrix::from_columns(n, &columns);
        let y = (0..n)
            .map(|i| rng.uniform() < risk_from_linear_predictor(x.get(i, 0) - 3.0))
            .collect();
        (x, y)
    }

    #[test]
    fn at_the_maximum_the_score_is_zero() {
        let (x, y) = noisy(200, 4);
        let fitted = fit(&x, &y, 0.0);
        assert!(fitted.converged);
        let lp = fitted.linear_predictors(&x);
        let residual: Vec<f64> = lp
            .iter()
            .zip(&y)
            .map(|(lp, &y)| f64::from(u8::from(y)) - risk_from_linear_predictor(*lp))
            .collect();
        for j in 0..4 {
            assert!(dot(x.col(j), &residual).abs() < 1e-6);
        }
    }

    #[test]
    fn a_huge_penalty_leaves_the_event_rate() {
        let (x, y) = noisy(150, 3);
        let fitted = fit(&x, &y, 1e6);
        assert!(fitted.coefficients.iter().all(|b| b.abs() < 1e-5));
        let rate = y.iter().filter(|&&y| y).count() as f64 / 150.0;
        assert!((risk_from_linear_predictor(fitted.linear_predictors(&x)[0]) - rate).abs() < 1e-4);
    }

    #[test]
    fn separation_constant_and_repeated_columns_are_told() {
        let (x, y) = noisy(100, 2);
        let label: Vec<f64> = y.iter().map(|&y| f64::from(u8::from(y))).collect();
        let separated = fit(
            &Matrix::from_columns(100, &[x.col(0).to_vec(), label]),
            &y,
            0.0,
        );
        assert!(!separated.converged);
        assert!(
            matches!(separated.troubles[0], Trouble::Separated(_)),
            "{:?}",
            separated.troubles
        );
        let columns = [x.col(0).to_vec(), vec![2.0; 100], x.col(0).to_vec()];
        let dependent = fit(&Matrix::from_columns(100, &columns), &y, 0.0);
        assert_eq!(
            dependent.troubles,
            [Trouble::Constant(vec![1]), Trouble::Aliased(vec![2])]
        );
        assert_eq!(dependent.coefficients[2], 0.0);
    }

    #[test]
    fn weights_are_copies_and_an_offset_is_a_known_part() {
        let (x, y) = noisy(90, 3);
        let copied: Vec<usize> = (0..90).chain(0..40).chain(0..40).collect();
        let label: Vec<bool> = copied.iter().map(|&row| y[row]).collect();
        let plain = fit(&x.rows(&copied), &label, 0.0);
        let weights: Vec<f64> = (0..90)
            .map(|row| if row < 40 { 3.0 } else { 1.0 })
            .collect();
        let weighted = Standardised::weighted(&x, &y, weights.clone()).fit(0.0);
        assert!((plain.log_likelihood - weighted.log_likelihood).abs() < 1e-9);
        for j in 0..3 {
            assert!((plain.coefficients[j] - weighted.coefficients[j]).abs() < 1e-9);
            let (a, b) = (plain.std_error(Some(j)), weighted.std_error(Some(j)));
            assert!((a.unwrap_or(0.0) - b.unwrap_or(1.0)).abs() < 1e-9);
        }
        let firth = fit_firth(&x.rows(&copied), &label);
        let firth_weighted = Standardised::weighted(&x, &y, weights).fit_firth();
        assert!((firth.coefficients[0] - firth_weighted.coefficients[0]).abs() < 1e-7);
        // With the first column's part known, the rest of the maximum stays where it is.
        let whole = fit(&x, &y, 0.0);
        let offset = x.col(0).iter().map(|v| whole.coefficients[0] * v).collect();
        let rest = Matrix::from_columns(90, &[x.col(1).to_vec(), x.col(2).to_vec()]);
        let rest = Standardised::new(&rest, &y).with_offset(offset).fit(0.0);
        assert!((rest.coefficients[0] - whole.coefficients[1]).abs() < 1e-8);
        assert!((rest.intercept - whole.intercept).abs() < 1e-7);
    }

    #[test]
    fn firth_is_finite_under_separation_and_says_so() {
        let (x, y) = noisy(60, 2);
        let label: Vec<f64> = y.iter().map(|&y| f64::from(u8::from(y))).collect();
        let separated = Matrix::from_columns(60, &[x.col(0).to_vec(), label]);
        let fitted = fit_firth(&separated, &y);
        assert!(fitted.converged);
        assert!(fitted.coefficients.iter().all(|b| b.abs() < 20.0));
        assert!(matches!(fitted.troubles[0], Trouble::Separated(_)));
        // One binary column: Firth's estimate adds half a patient to each cell of the table.
        let marker: Vec<f64> = (0..60).map(|i| f64::from(u8::from(i % 3 == 0))).collect();
        let one = Matrix::from_columns(60, std::slice::from_ref(&marker));
        let cell = |is_marked: bool, event: bool| {
            let is_in = |i: &usize| (marker[*i] == 1.0) == is_marked && y[*i] == event;
            (0..60).filter(is_in).count() as f64 + 0.5
        };
        let log_odds = |is_marked| (cell(is_marked, true) / cell(is_marked, false)).ln();
        let fitted = fit_firth(&one, &y);
        assert!((fitted.intercept - log_odds(false)).abs() < 1e-7);
        assert!((fitted.coefficients[0] - log_odds(true) + log_odds(false)).abs() < 1e-7);
    }

    #[test]
    fn flic_gives_the_event_rate_as_the_mean_risk() {
        let (x, y) = noisy(80, 3);
        let y: Vec<bool> = y
            .iter()
            .enumerate()
            .map(|(i, y)| *y && i % 4 == 0)
            .collect();
        let mean = |fit: &LogisticFit| {
            let risks = fit
                .linear_predictors(&x)
                .into_iter()
                .map(risk_from_linear_predictor);
            risks.sum::<f64>() / 80.0
        };
        let rate = y.iter().filter(|&&y| y).count() as f64 / 80.0;
        let firth = fit_firth(&x, &y);
        let flic = firth.clone().with_recalibrated_intercept(&x, &y);
        assert!(mean(&firth) > rate + 1e-3);
        assert!((mean(&flic) - rate).abs() < 1e-10);
        assert_eq!(flic.coefficients, firth.coefficients);
        assert_eq!(flic.std_error(None), None);
        assert_eq!(flic.std_error(Some(0)), firth.std_error(Some(0)));
    }

    #[test]
    fn more_columns_than_rows_are_named_and_never_loop() {
        let (x, y) = noisy(20, 30);
        for fitted in [fit(&x, &y, 0.0), fit_firth(&x, &y)] {
            assert!(!fitted.converged);
            assert!(fitted.troubles.contains(&Trouble::TooManyColumns));
        }
        assert!(fit(&x, &y, 0.1).converged);
    }

    #[test]
    fn one_class_gives_finite_numbers() {
        let (x, _) = noisy(30, 2);
        for y in [vec![true; 30], vec![false; 30]] {
            for fitted in [fit(&x, &y, 0.0), fit_firth(&x, &y), fit(&x, &y, 0.1)] {
                assert!(fitted.linear_predictors(&x).iter().all(|lp| lp.is_finite()));
            }
            assert_eq!(offset_intercept(&[0.0; 30], &y), None);
        }
    }
}
