//! `sample-size`: how many patients a prediction model asks for, by each criterion.

use crate::base::issue::Failure;
use crate::base::text::Lang;
use crate::cli::arguments::SampleSizeArguments;
use crate::cli::say;
use crate::design::sample_size::{Question, budget, expected_mape, r2_from_auc, required};

/// Says the size by each criterion and, for patients that there are, what they pay for. Fails where the AUC says
/// nothing (0.5 and less).
pub(crate) fn say_size(order: &SampleSizeArguments, lang: Lang) -> Result<(), Failure> {
    let answer = r2_from_auc(order.auc, order.events_rate).and_then(|r2_cox_snell| {
        let question = Question {
            n_parameters: order.predictors as usize,
            event_rate: order.events_rate,
            r2_cox_snell,
        };
        Some((required(&question)?, r2_cox_snell))
    });
    let (required, r2) = answer.ok_or_else(|| Failure::new("sample-size-unanswerable"))?;
    let mut lines: Vec<String> = required
        .criteria()
        .iter()
        .map(|(name, n)| {
            let name = lang.t(&format!("criterion-{name}"));
            format!("{name}: {}", lang.count(*n as i64))
        })
        .collect();
    let n = order.patients.unwrap_or_else(|| required.n());
    lines.push(lang.with(
        "sample-size-answer",
        &[
            ("n", lang.count(required.n() as i64).into()),
            ("parameters", (order.predictors as usize).into()),
            ("r2", lang.number(r2, 3).into()),
        ],
    ));
    if order.patients.is_some() {
        let error = expected_mape(n, order.predictors as usize, order.events_rate);
        lines.push(lang.with(
            "sample-size-budget",
            &[
                ("n", lang.count(n as i64).into()),
                ("budget", budget(n, order.events_rate, r2).into()),
                ("error", lang.number(100.0 * error, 1).into()),
            ],
        ));
    }
    say(&(lines.join("\n") + "\n"))
}
