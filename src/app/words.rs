//! Words of the window for what the core names: domains, columns, progress, time.

use std::time::Duration;

use crate::base::issue::Arg;
use crate::base::task::Progress;
use crate::base::text::Lang;
pub use crate::report::words::{capital, date_words, day, domain};

/// "12 patients".
pub fn patients(n: usize, lang: Lang) -> String {
    lang.with("n-patients", &[("n", n.into())])
}

/// "12 of 40 (30%)".
pub fn part(n: usize, of: usize, lang: Lang) -> String {
    let share = if of == 0 { 0.0 } else { n as f64 / of as f64 };
    lang.with(
        "n-of",
        &[
            ("n", lang.count(n as i64).into()),
            ("of", lang.count(of as i64).into()),
            ("share", Arg::Share(share)),
        ],
    )
}

/// A duration as a person says it: "20 s", "3 min", "1 h 20 min".
pub fn duration(duration: Duration, lang: Lang) -> String {
    let secs = duration.as_secs_f64().ceil() as u64;
    match secs {
        0..60 => lang.with("duration-secs", &[("n", (secs.max(1) as usize).into())]),
        60..3600 => {
            let minutes = secs.div_ceil(60) as usize;
            lang.with("duration-mins", &[("n", minutes.into())])
        }
        _ => lang.with(
            "duration-hours",
            &[
                ("hours", ((secs / 3600) as usize).into()),
                ("mins", ((secs % 3600 / 60) as usize).into()),
            ],
        ),
    }
}

/// What a job is at: "Forest: resample 212 of 500".
pub fn progress(progress: &Progress, lang: Lang) -> String {
    let stage = if lang.has(&progress.stage) {
        lang.t(&progress.stage)
    } else {
        String::new()
    };
    let name = format!("learner-{}", progress.subject);
    let subject = if lang.has(&name) {
        lang.t(&name)
    } else {
        progress.subject.clone()
    };
    match (subject.is_empty(), stage.is_empty()) {
        (true, _) => stage,
        (false, true) => subject,
        (false, false) => lang.with(
            "stage-of",
            &[("subject", subject.into()), ("stage", stage.into())],
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_and_parts_are_worded_in_both_languages() {
        let words = |secs| duration(Duration::from_secs(secs), Lang::En);
        assert_eq!(words(20), "20 s");
        assert_eq!(words(150), "3 min");
        assert_eq!(words(4800), "1 h 20 min");
        assert_eq!(part(12, 40, Lang::En), "12 of 40 (30%)");
        assert_eq!(part(12, 40, Lang::Fr), "12 sur 40 (30\u{a0}%)");
        assert_eq!(capital("état"), "État");
        assert_eq!(day("2026-03-01T10:00:00Z", Lang::Fr), "1er mars 2026");
        assert_eq!(day("whenever", Lang::En), "whenever");
    }
}
