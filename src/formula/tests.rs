//! Expressions that nurses and statisticians write, and lines that are none.

use proptest::prelude::{prop, proptest};

use super::*;
use crate::base::text::Lang;

/// A patient with a few values; `None` where the name is unknown.
fn patient(name: &str) -> Option<(Type, Value<'static>)> {
    Some(match name {
        "odi_m12" => (Type::Number, Value::Number(42.0)),
        "weight" => (Type::Number, Value::Number(80.0)),
        "height" => (Type::Number, Value::Number(180.0)),
        "bmi" => (Type::Number, Value::Number(24.7)),
        "gone" => (Type::Number, Value::Missing),
        "sex" => (Type::Text, Value::Text("F")),
        "smoker" => (Type::Text, Value::Text("1")),
        "prostate" => (Type::Text, Value::Text("Oui")),
        "Date d'implant" | "implant_date" => (Type::Date, Value::Date(19_000.0)),
        "m12_date" => (Type::Date, Value::Date(19_365.0)),
        _ => return None,
    })
}

fn asked(text: &str) -> Result<Value<'static>, Failure> {
    let expression = parse(text)?;
    let cells: Vec<(Type, Value<'static>)> = expression
        .names()
        .iter()
        .map(|name| patient(name).unwrap_or_else(|| panic!("{name} in {text}")))
        .collect();
    let types: Vec<Type> = cells.iter().map(|(t, _)| *t).collect();
    let bound = expression.bind(&types)?;
    Ok(match bound.value(&|idx| cells[idx].1) {
        Value::Text(_) => Value::Missing,
        Value::Number(x) => Value::Number(x),
        Value::Date(x) => Value::Date(x),
        Value::Truth(x) => Value::Truth(x),
        Value::Missing => Value::Missing,
    })
}

#[test]
fn rules_are_true_false_or_neither() {
    let (yes, no, open) = (Value::Truth(true), Value::Truth(false), Value::Missing);
    for (text, expected) in [
        ("odi_m12 <= 100", yes),
        ("odi_m12 > 100", no),
        ("gone <= 100", open),
        ("0 <= odi_m12 <= 100", yes),
        ("0 <= odi_m12 < 42", no),
        ("implant_date >= 2022-01-08", yes),
        ("implant_date < \"2022-01-08\"", no),
        ("if sex = \"F\" then prostate is missing", no),
        ("if sex = \"M\" then prostate is missing", yes),
        ("si sexe_pas = 1 alors 1 = 1", yes),
        ("if gone > 1 then odi_m12 > 100", open),
        ("if gone > 1 then odi_m12 < 100", yes),
        ("abs(bmi - weight / (height / 100)^2) < 0.5", yes),
        ("days(implant_date, m12_date) > 300", yes),
        ("m12_date - implant_date = 365", yes),
        ("implant_date + 365 = m12_date", yes),
        ("months(`Date d'implant`, m12_date) < 13", yes),
        ("sex in (\"f\", \"h\")", yes),
        ("sex not in ('M', 'H')", yes),
        ("odi_m12 in (1, 2, 3)", no),
        ("gone in (1, 2)", open),
        ("smoker = 1 and not smoker = 0", yes),
        ("not (sex = 'M' or odi_m12 > 50)", yes),
        ("gone is missing", yes),
        ("gone is not missing", no),
        ("odi_m12 is known", yes),
        ("gone est manquant et sex = \"F\"", yes),
        ("gone > 1 or odi_m12 = 42", yes),
        ("gone > 1 and odi_m12 = 41", no),
        ("odi_m12 / 0 > 1", open),
        ("sex = 3", no),
        ("sex != 3", yes),
    ] {
        let text = text.replace("sexe_pas", "odi_m12");
        assert_eq!(asked(&text).unwrap(), expected, "{text}");
    }
}

#[test]
fn arithmetic_has_the_usual_order() {
    for (text, expected) in [
        ("1 + 2 * 3", 7.0),
        ("(1 + 2) * 3", 9.0),
        ("-2^2", -4.0),
        ("2^3^2", 512.0),
        ("10 - 4 - 3", 3.0),
        ("16 / 4 / 2", 2.0),
        ("2 * -3", -6.0),
        ("1.5e2 + .5", 150.5),
        ("max(1, 5, 3) - min(2, 4)", 3.0),
        ("sqrt(16) + round(2.6) + ln(1)", 7.0),
        ("years(2020-01-01, 2024-01-01)", 4.0),
    ] {
        assert_eq!(asked(text).unwrap(), Value::Number(expected), "{text}");
    }
}

#[test]
fn a_line_that_is_no_rule_says_where_it_stopped() {
    for (text, wanted, seen) in [
        ("odi_m12 <=", "operand", "nothing"),
        ("odi_m12 <= ) 3", "operand", ") 3"),
        ("odi_m12 100", "operator", "100"),
        ("(odi_m12 < 3", "close", "nothing"),
        ("if sex = 'F' prostate is missing", "then", "prostate is "),
        ("sex = 'F", "quote", "'F"),
        ("odi_m12 is red", "missing", "red"),
        ("sex in 'F'", "list", "'F'"),
        ("12abc > 3", "number", "12abc > 3"),
        ("odi_m12 # 3", "known", "# 3"),
        ("sum(odi_m12) > 3", "function", "sum(odi_m12)"),
        ("abs(1, 2) > 3", "one-argument", "(1, 2) > 3"),
        ("days(implant_date) > 3", "two-arguments", "(implant_dat"),
        ("and = 3", "operand", "and = 3"),
        ("", "operand", "nothing"),
    ] {
        let issue = parse(text).unwrap_err().issue();
        let arg = |name: &str| {
            format!(
                "{:?}",
                issue.args.iter().find(|(n, _)| n == name).unwrap().1
            )
        };
        assert_eq!(issue.code, "rule-stopped", "{text}");
        assert_eq!(arg("wanted"), format!("Text({wanted:?})"), "{text}");
        assert_eq!(arg("seen"), format!("Text({seen:?})"), "{text}");
        for lang in Lang::ALL {
            let words = lang.issue(&issue);
            assert!(!words.contains(['⟦', '{']), "{words}");
        }
    }
}

#[test]
fn types_that_do_not_fit_are_told() {
    for (text, wrong) in [
        ("implant_date > 3", "date-with-other"),
        ("sex + 1 > 3", "arithmetic"),
        ("abs(sex) > 3", "arithmetic"),
        ("days(odi_m12, 3) > 3", "dates"),
        ("odi_m12 and sex = 'F'", "no-condition"),
        ("(odi_m12 > 3) > 2", "compared-condition"),
        ("(odi_m12 > 3) is missing", "missing-condition"),
    ] {
        let issue = asked(text).unwrap_err().issue();
        assert_eq!(issue.code, "rule-types", "{text}");
        let is_wrong = |(name, arg): &(String, crate::base::issue::Arg)| {
            name == "wrong" && *arg == crate::base::issue::Arg::Text(wrong.to_owned())
        };
        assert!(issue.args.iter().any(is_wrong), "{text} {issue:?}");
        for lang in Lang::ALL {
            let words = lang.issue(&issue);
            assert!(!words.contains(['⟦', '{']), "{words}");
        }
    }
}

#[test]
fn a_line_of_a_thousand_parentheses_is_refused() {
    let deep = format!("{}1{} = 1", "(".repeat(900), ")".repeat(900));
    assert_eq!(parse(&deep).unwrap_err().issue().code, "rule-stopped");
    let minus = format!("{}1 = 1", "-".repeat(1500));
    assert_eq!(parse(&minus).unwrap_err().issue().code, "rule-stopped");
    let nots = format!("{}1 = 1", "not ".repeat(400));
    assert_eq!(parse(&nots).unwrap_err().issue().code, "rule-stopped");
    assert_eq!(
        parse(&"x".repeat(5000)).unwrap_err().issue().code,
        "rule-too-long"
    );
}

proptest! {
    #[test]
    fn no_line_ends_the_program(line in ".{0,60}") {
        let _ended = parse(&line).map(|e| e.bind(&vec![Type::Number; e.names().len()]));
    }

    #[test]
    fn no_line_of_rule_words_ends_the_program(words in prop::collection::vec(
        prop::sample::select(vec!["a", "(", ")", "not", "in", "is", "missing", "if", "then", "and", "or", "<", "=", "-", "^",
            "1", "2024-01-01", "'t'", "`b c`", "abs", ",", "é", "."]), 0..25)) {
        let line = words.join(" ");
        if let Ok(expression) = parse(&line)
            && let Ok(bound) = expression.bind(&vec![Type::Number; expression.names().len()])
        {
            let value = bound.value(&|_| Value::Number(1.0));
            assert!(!matches!(value, Value::Number(x) if x.is_nan()), "{line}");
        }
    }
}
