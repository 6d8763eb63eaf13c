//! How the strata are cut, as it is said on the command line.

use crate::analysis::{CutBy, StrataRule};

/// Two cut points, `quantiles:N` or `threshold:CHANCE`.
pub(crate) fn parse_strata(text: &str) -> Result<StrataRule, String> {
    let wrong = || {
        "two cut points between 0 and 1, the lower one first, such as 0.4,0.6; or quantiles:N with N from 2 to 10; or threshold:CHANCE, such as threshold:0.4".to_owned()
    };
    let number = |text: &str| text.trim().parse::<f64>().map_err(|_not_a_number| wrong());
    let mut rule = StrataRule::default();
    match text.split_once(':') {
        Some(("quantiles", n)) => {
            let n = n.trim().parse().map_err(|_not_a_count| wrong())?;
            rule.by = CutBy::Quantiles(n);
        }
        Some(("threshold", at)) => rule.by = CutBy::Threshold(number(at)?),
        Some(_) => return Err(wrong()),
        None => {
            let (low, high) = text.split_once(',').ok_or_else(wrong)?;
            (rule.low, rule.high) = (number(low)?, number(high)?);
        }
    }
    if rule.trouble().is_some() {
        return Err(wrong());
    }
    Ok(rule)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strata_are_said_by_hand_by_quantile_or_by_threshold() {
        let by = |text: &str| parse_strata(text).map(|rule| rule.by);
        assert_eq!(by("quantiles:4"), Ok(CutBy::Quantiles(4)));
        assert_eq!(by("threshold:0.35"), Ok(CutBy::Threshold(0.35)));
        let hand = parse_strata("0.3, 0.5").expect("two cuts");
        assert_eq!((hand.by, hand.low, hand.high), (CutBy::Hand, 0.3, 0.5));
        for wrong in [
            "0.6,0.4",
            "0.4",
            "0,0.5",
            "quantiles:1",
            "quantiles:x",
            "threshold:1",
            "threshold:",
            "thirds:3",
            "NaN,0.5",
        ] {
            assert!(parse_strata(wrong).is_err(), "{wrong}");
        }
    }
}
