//! One logistic model out of the fits to several completed data sets.

use std::collections::BTreeSet;

use crate::impute::{Pooled, pool};
use crate::solve::{LogisticFit, Penalty, Trouble};

/// Coefficients averaged over the fits, and for each term (the intercept first) its pooled figures
/// by Rubin's rules; `None` where a term has no variance (penalised, aliased). The covariance is
/// `W + (1 + 1/m) B`; penalty and log-likelihood are means; a trouble of any fit is a trouble.
/// A single fit comes back untouched and without pooled figures; `None` for no fit.
pub fn pooled_fit(mut fits: Vec<LogisticFit>) -> Option<(LogisticFit, Vec<Option<Pooled>>)> {
    let last = fits.pop()?;
    if fits.is_empty() {
        return Some((last, Vec::new()));
    }
    fits.push(last);
    let (first, m) = (&fits[0], fits.len() as f64);
    let order = first.coefficients.len() + 1;
    let mean = |of: &dyn Fn(&LogisticFit) -> f64| fits.iter().map(of).sum::<f64>() / m;
    let df_complete = first.counts.n - order as f64;
    let pooled = (0..order)
        .map(|at| {
            let estimates: Vec<f64> = fits.iter().map(|fit| term(fit, at)).collect();
            let variance = |fit: &LogisticFit| Some(fit.covariance.as_ref()?[at * order + at]);
            let variances: Option<Vec<f64>> = fits.iter().map(variance).collect();
            pool(&estimates, &variances?, df_complete)
        })
        .collect();
    let fit = LogisticFit {
        intercept: mean(&|fit| fit.intercept),
        coefficients: (1..order).map(|at| mean(&|fit| term(fit, at))).collect(),
        covariance: covariance(&fits, order),
        penalty: mean_penalty(&fits),
        log_likelihood: mean(&|fit| fit.log_likelihood),
        penalised_log_likelihood: first
            .penalised_log_likelihood
            .map(|_| mean(&|fit| fit.penalised_log_likelihood.unwrap_or(0.0))),
        counts: first.counts,
        converged: fits.iter().all(|fit| fit.converged),
        n_iterations: fits.iter().map(|fit| fit.n_iterations).max().unwrap_or(0),
        troubles: troubles(&fits),
    };
    Some((fit, pooled))
}

/// The penalty that all share, with the mean of their strengths.
fn mean_penalty(fits: &[LogisticFit]) -> Penalty {
    let strength = |fit: &LogisticFit| match fit.penalty {
        Penalty::ElasticNet { lambda, .. } => lambda,
        Penalty::None | Penalty::Jeffreys => 0.0,
    };
    let lambda = fits.iter().map(strength).sum::<f64>() / fits.len() as f64;
    match fits[0].penalty {
        Penalty::ElasticNet { alpha, .. } => Penalty::ElasticNet { alpha, lambda },
        shared => shared,
    }
}

/// The intercept, then the coefficients.
fn term(fit: &LogisticFit, at: usize) -> f64 {
    match at {
        0 => fit.intercept,
        _ => fit.coefficients[at - 1],
    }
}

/// Total covariance; a term that has no variance in some fit has none here.
fn covariance(fits: &[LogisticFit], order: usize) -> Option<Vec<f64>> {
    let m = fits.len() as f64;
    let of_fits: Option<Vec<&Vec<f64>>> = fits.iter().map(|fit| fit.covariance.as_ref()).collect();
    let of_fits = of_fits?;
    let centre: Vec<f64> = (0..order)
        .map(|at| fits.iter().map(|fit| term(fit, at)).sum::<f64>() / m)
        .collect();
    let is_known = |at: usize| of_fits.iter().all(|c| c[at * order + at] > 0.0);
    let mut total = vec![0.0; order * order];
    for i in (0..order).filter(|&i| is_known(i)) {
        for j in (0..order).filter(|&j| is_known(j)) {
            let within = of_fits.iter().map(|c| c[i * order + j]).sum::<f64>() / m;
            let apart = |fit: &LogisticFit, at: usize| term(fit, at) - centre[at];
            let between = fits
                .iter()
                .map(|fit| apart(fit, i) * apart(fit, j))
                .sum::<f64>()
                / (m - 1.0);
            total[i * order + j] = within + (1.0 + 1.0 / m) * between;
        }
    }
    Some(total)
}

/// Troubles of the same kind become one, its columns together.
fn troubles(fits: &[LogisticFit]) -> Vec<Trouble> {
    let all = || fits.iter().flat_map(|fit| &fit.troubles);
    let joined = |of: fn(&Trouble) -> Option<&Vec<usize>>| -> Vec<usize> {
        let columns: BTreeSet<usize> = all().filter_map(of).flatten().copied().collect();
        columns.into_iter().collect()
    };
    let constant = joined(|t| match t {
        Trouble::Constant(columns) => Some(columns),
        _ => None,
    });
    let aliased = joined(|t| match t {
        Trouble::Aliased(columns) => Some(columns),
        _ => None,
    });
    let separated = joined(|t| match t {
        Trouble::Separated(columns) => Some(columns),
        _ => None,
    });
    let mut troubles = Vec::new();
    if !constant.is_empty() {
        troubles.push(Trouble::Constant(constant));
    }
    if all().any(|t| *t == Trouble::TooManyColumns) {
        troubles.push(Trouble::TooManyColumns);
    }
    if !separated.is_empty() {
        troubles.push(Trouble::Separated(separated));
    }
    if !aliased.is_empty() {
        troubles.push(Trouble::Aliased(aliased));
    }
    if all().any(|t| *t == Trouble::Unsettled) {
        troubles.push(Trouble::Unsettled);
    }
    troubles
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::num::Matrix;
    use crate::base::seed::Stream;
    use crate::solve::fit;

    #[test]
    fn the_pooled_model_is_the_mean_of_the_fits_with_the_total_variance() {
        let mut rng = Stream::new(1).rng();
        let x: Vec<f64> = (0..200).map(|_| rng.normal()).collect();
        let y: Vec<bool> = x.iter().map(|x| rng.normal() < *x).collect();
        let fits: Vec<LogisticFit> = (0..4)
            .map(|_| {
                let moved: Vec<f64> = x.iter().map(|x| x + 0.2 * rng.normal()).collect();
                fit(&Matrix::from_columns(200, &[moved]), &y, 0.0)
            })
            .collect();
        let (model, pooled) = pooled_fit(fits.clone()).expect("four fits");
        let slope = pooled[1].expect("a slope with variance");
        assert_eq!(model.coefficients[0], slope.estimate);
        let std_error = model.std_error(Some(0)).expect("a variance");
        assert!((std_error.powi(2) - slope.total).abs() < 1e-15);
        assert!(slope.between > 0.0 && slope.total > slope.within);
        // Covariances are symmetric, and those of the mean of equal fits are its own.
        let covariance = model.covariance.expect("maximum likelihood");
        assert_eq!(covariance[1], covariance[2]);
        let (same, _) = pooled_fit(vec![fits[0].clone(); 3]).expect("three fits");
        let (one, none) = pooled_fit(vec![fits[0].clone()]).expect("a fit");
        assert!(none.is_empty());
        assert_eq!(one, fits[0]);
        for (a, b) in same
            .covariance
            .iter()
            .flatten()
            .zip(one.covariance.iter().flatten())
        {
            assert!((a - b).abs() < 1e-15);
        }
    }
}
