//! The report as one HTML file that stands alone: no script, no font, no picture from outside.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::analysis::{Analysis, Gaps, Measure, MissingPlan, Recalibration};
use crate::base::issue::Issue;
use crate::base::text::Lang;
use crate::report::blocks::fact;
use crate::report::{
    ReportOptions, comparison, effects, missing, model_sections, profiles, sections, summary, words,
};

/// Notice that has its own banner.
const SYNTHETIC: &str = "synthetic-cohort";

/// One HTML file that stands alone.
pub fn html(analysis: &Analysis, options: &ReportOptions) -> String {
    let lang = options.lang;
    let title = lang.with(
        "report-title",
        &[("file", analysis.cohort.file.as_str().into())],
    );
    html! {
        (DOCTYPE)
        html lang=(lang.code()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="Content-Security-Policy"
                    content="default-src 'none'; style-src 'unsafe-inline'; img-src data:";
                meta name="generator" content={ "Prognostim " (options.version) };
                title { (title) }
                style { (PreEscaped(include_str!("style.css"))) }
            }
            body {
                (header(analysis, options))
                main {
                    (summary(analysis, lang))
                    (sections::cohort(analysis, lang))
                    (sections::outcome(analysis, lang))
                    (sections::predictors(analysis, lang))
                    (missing::section(analysis, lang))
                    (sections::sample_size(analysis, lang))
                    (sections::performance(analysis, lang))
                    (comparison::section(analysis, lang))
                    (sections::decision(analysis, lang))
                    (profiles::section(analysis, lang))
                    @for model in 0..analysis.models.len() { (model_sections::model(analysis, model, lang)) }
                    (effects::section(analysis, lang))
                    (model_sections::patients(analysis, options))
                    (sections::findings(analysis, lang))
                    (method(analysis, lang))
                    (glossary(lang))
                }
                (footer(analysis, options))
            }
        }
    }
    .into_string()
}

fn header(analysis: &Analysis, options: &ReportOptions) -> Markup {
    let lang = options.lang;
    let params = &analysis.settings.outcome;
    let seed = analysis.settings.seed.to_string();
    html! {
        header {
            h1 { (lang.t("report-heading")) }
            p.quiet { (lang.with("report-subheading", &[("file", analysis.cohort.file.as_str().into())])) }
            @if analysis.cohort.synthetic { p.banner role="note" { (words::capital(&lang.t("synthetic"))) } }
            p.device { strong { (lang.t("not-a-device")) } " " (lang.t("report-not-benefit")) }
            dl.facts {
                (fact("report-fact-population", &words::population(params, lang), lang))
                (fact("report-fact-moment", &words::moment(params, lang), lang))
                (fact("report-fact-horizon", &words::horizon(params, lang), lang))
                (fact("report-fact-cohort", &analysis.cohort.file, lang))
                (fact("report-fact-created", &moment_in_words(&analysis.created), lang))
                (fact("report-fact-version", &format!("Prognostim {}", options.version), lang))
                (fact("report-fact-seed", &seed, lang))
                (fact("report-fact-hash", &analysis.cohort.sha256, lang))
            }
            (contents(analysis, lang))
        }
    }
}

fn contents(analysis: &Analysis, lang: Lang) -> Markup {
    let mut before = vec!["summary", "cohort", "outcome", "predictors"];
    if analysis.missing.is_some() {
        before.push("imputation");
    }
    before.extend(["sample-size", "performance"]);
    if analysis.comparison.is_some() {
        before.push("comparison");
    }
    before.push("decision");
    if analysis.profiles.is_some() {
        before.push("profiles");
    }
    let mut after = vec!["patients", "method", "glossary"];
    if !analysis.effects.is_empty() {
        after.insert(0, "explanation");
    }
    let link = |id: &str| html! { a href={ "#" (id) } { (lang.t(&format!("report-{id}"))) } };
    html! {
        nav aria-label=(lang.t("report-contents")) {
            @for id in before { (link(id)) }
            @for model in &analysis.models {
                a href={ "#model-" (model.learner.name()) } { (words::learner(model.learner, lang)) }
            }
            @for id in after { (link(id)) }
        }
    }
}

/// The plain-language summary and the warnings that can't be hidden.
fn summary(analysis: &Analysis, lang: Lang) -> Markup {
    let notices: Vec<&Issue> = analysis
        .notices
        .iter()
        .filter(|notice| notice.code != SYNTHETIC)
        .collect();
    let n_outside = model_sections::n_outside(analysis);
    html! {
        section id="summary" {
            h2 { (lang.t("report-summary")) }
            p.lead { (summary::summary_sentence(analysis, lang)) }
            p.quiet.small {
                @if words::has_narrow_limits(analysis) { (lang.t("report-summary-basis")) }
                @else { (lang.t("report-summary-basis-resampled")) }
            }
            @if !notices.is_empty() || n_outside > 0 {
                h3 { (lang.t("report-notices")) }
                ul.notices {
                    @for notice in notices {
                        li {
                            (lang.issue(notice))
                            @if let Some(remedy) = lang.remedy(notice) { span.remedy { (remedy) } }
                        }
                    }
                    @if n_outside > 0 {
                        li { (lang.with("report-outside-notice", &[("n", n_outside.into())])) }
                    }
                }
            }
        }
    }
}

fn method(analysis: &Analysis, lang: Lang) -> Markup {
    let plan = &analysis.settings.plan;
    let forest = &analysis.settings.forest;
    let count = |n: usize| lang.count(n as i64).into();
    let args = [
        ("bootstraps", count(plan.n_bootstraps)),
        ("folds", count(plan.n_folds)),
        ("repeats", count(plan.n_repeats)),
        ("halves", count(plan.n_half_samples)),
        ("outer", count(plan.n_outer)),
        ("inner", count(plan.n_inner)),
        ("permutations", count(plan.n_permutations)),
        ("trees", count(forest.n_trees)),
        ("node", count(forest.min_node)),
        ("seed", analysis.settings.seed.to_string().into()),
        (
            "recalibration",
            words::recalibration(&analysis.settings, lang).into(),
        ),
    ];
    let has = |is_forest: bool| {
        analysis
            .models
            .iter()
            .any(|model| model.out_of_bag.is_some() == is_forest)
    };
    let missing = match analysis.settings.missing {
        MissingPlan::Single => "method-missing",
        MissingPlan::Multiple(_) => "method-imputation",
    };
    let mut keys = vec!["method-leakage", missing];
    if has(false) {
        keys.push("method-optimism");
        keys.push(if plan.n_outer == 0 {
            "method-delong-shift"
        } else {
            "method-two-stage"
        });
    }
    if has(true) {
        keys.push(if forest.tuned {
            "method-tuned"
        } else {
            "method-out-of-bag"
        });
        keys.extend((forest.gaps == Gaps::BetterSide).then_some("method-gaps-side"));
        keys.push(if plan.n_outer == 0 {
            "method-delong-forest"
        } else {
            "method-jackknife"
        });
    }
    keys.extend([
        "method-other-limits",
        "method-cross-validation",
        "method-chances",
        "method-strata",
        "method-importance",
        "method-calibration",
        "method-calibrated",
        "method-resamples",
        "method-decision",
        "method-seed",
    ]);
    if plan.n_permutations > 0 {
        keys.push("method-permutation");
    }
    if analysis.settings.recalibration != Recalibration::None {
        keys.push("method-recalibration");
    }
    html! {
        section id="method" {
            h2 { (lang.t("report-method")) }
            ul.method { @for key in keys { li { (lang.with(key, &args)) } } }
        }
    }
}

fn glossary(lang: Lang) -> Markup {
    html! {
        section id="glossary" {
            h2 { (lang.t("report-glossary")) }
            dl.glossary {
                @for measure in Measure::ALL {
                    div { dt { (words::measure(measure, lang)) } dd { (words::measure_definition(measure, lang)) } }
                }
                @for key in ["stratum-undetermined", "report-chance", "report-importance", "report-stability", "odds-ratio"] {
                    div { dt { (lang.t(key)) } dd { (lang.t(&format!("{key}.definition"))) } }
                }
            }
        }
    }
}

fn footer(analysis: &Analysis, options: &ReportOptions) -> Markup {
    let lang = options.lang;
    html! {
        footer {
            @if analysis.cohort.synthetic { p { strong { (words::capital(&lang.t("synthetic"))) } } }
            p { (lang.t("not-a-device")) " " (lang.t("report-not-benefit")) }
            p { (lang.t(if options.ids.is_some() { "report-original-ids" } else { "report-pseudonyms" })) }
            p { (lang.t("report-not-validated-outside")) }
        }
    }
}

/// `2026-11-20T10:00:00Z` as `2026-11-20 10:00 UTC`; anything else as it is.
fn moment_in_words(iso: &str) -> String {
    match iso.split_once('T') {
        Some((date, time)) if time.ends_with('Z') && time.is_ascii() && time.len() > 5 => {
            format!("{date} {} UTC", &time[..5])
        }
        _ => iso.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture;

    fn page(analysis: &Analysis, lang: Lang) -> String {
        let options = ReportOptions {
            lang,
            version: "0.1.0".to_owned(),
            ids: None,
        };
        html(analysis, &options)
    }

    #[test]
    fn the_report_stands_alone_and_every_word_is_translated() {
        for lang in Lang::ALL {
            let mut compared = fixture::analysis();
            compared.comparison = Some(fixture::comparison());
            compared.effects = fixture::effects();
            let analyses = [fixture::analysis(), fixture::maximum_likelihood(), compared];
            for mut analysis in analyses {
                // Their words belong to the room that decides the outcome, and are tested there.
                analysis.cohort.exclusions.clear();
                let page = page(&analysis, lang);
                for foreign in ["<script", "src=", "@import", "url(http", "⟦", "{ $", "NaN"] {
                    let at = page
                        .find(foreign)
                        .map(|at| page[at..].chars().take(80).collect::<String>());
                    assert!(at.is_none(), "{lang:?}: {at:?}");
                }
                assert!(page.contains("default-src 'none'"));
            }
        }
    }

    #[test]
    fn a_synthetic_cohort_says_so_at_top_and_bottom() {
        let mut analysis = fixture::analysis();
        let words = "Synthetic, not for clinical use";
        assert!(page(&analysis, Lang::En).matches(words).count() >= 2);
        analysis.cohort.synthetic = false;
        assert_eq!(page(&analysis, Lang::En).matches(words).count(), 0);
    }

    #[test]
    fn the_honest_words_are_there() {
        let page = page(&fixture::analysis(), Lang::En);
        for words in [
            "Not a medical device",
            "too narrow",
            "not a confidence interval",
            "Monte-Carlo",
            "undetermined",
            "not benefit caused by it",
            "outside the data",
        ] {
            assert!(page.contains(words), "{words}");
        }
        assert!(!page.to_lowercase().contains("risk of response"));
    }

    #[test]
    fn a_comparison_stands_in_the_report_only_where_it_was_asked_for() {
        let mut analysis = fixture::analysis();
        assert!(!page(&analysis, Lang::En).contains("id=\"comparison\""));
        analysis.comparison = Some(fixture::comparison());
        let page = page(&analysis, Lang::En);
        assert!(page.contains("href=\"#comparison\"") && page.contains("id=\"comparison\""));
        assert!(page.contains("This cohort can’t tell the ridge model apart"));
        assert!(page.contains("for comparison only"));
    }

    #[test]
    fn what_the_models_make_of_their_predictors_stands_in_the_report_only_where_it_was_asked_for() {
        let mut analysis = fixture::analysis();
        assert!(!page(&analysis, Lang::En).contains("id=\"explanation\""));
        analysis.effects = fixture::effects();
        let page = page(&analysis, Lang::En);
        assert!(page.contains("href=\"#explanation\"") && page.contains("id=\"explanation\""));
        assert!(page.contains("not what they do to patients"));
    }

    #[test]
    fn the_text_of_a_file_can_not_break_the_page() {
        let mut analysis = fixture::analysis();
        analysis.cohort.file = "<script>alert(1)</script>.csv".to_owned();
        analysis.predictors[0].label = "\"><img src=x>".to_owned();
        let page = page(&analysis, Lang::En);
        assert!(!page.contains("<script>") && !page.contains("<img"));
    }

    #[test]
    fn a_report_without_models_or_patients_is_written_all_the_same() {
        let analysis = crate::study::without_patients(&fixture::analysis());
        assert!(page(&analysis, Lang::Fr).contains("</html>"));
        let nothing = Analysis {
            models: Vec::new(),
            ..analysis
        };
        assert!(page(&nothing, Lang::En).contains("</html>"));
    }

    #[test]
    fn a_time_stamp_is_readable_and_an_odd_one_is_kept() {
        assert_eq!(
            moment_in_words("2026-11-20T10:00:12Z"),
            "2026-11-20 10:00 UTC"
        );
        assert_eq!(moment_in_words("2026-11-20T1Z"), "2026-11-20T1Z");
        assert_eq!(moment_in_words("yesterday"), "yesterday");
    }

    #[test]
    fn ids_in_the_page_are_unique() {
        let page = page(&fixture::analysis(), Lang::En);
        let mut ids: Vec<&str> = page
            .split(" id=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .collect();
        let n = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), n);
    }
}
