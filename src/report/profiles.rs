//! Responder profiles in words: what window, report and command line share.

use maud::{Markup, html};

use crate::analysis::{
    Analysis, Limit, Profile, ProfileMethod, ProfileWay, Profiles, Trait, Verdict,
};
use crate::base::text::Lang;
use crate::figure::Figure;
use crate::report::blocks::{figure, note};
use crate::report::figures::{fingerprint, profile_outcomes};
use crate::report::words;

/// Jaccard index below which a profile's limits are said to be uncertain.
const UNSURE: f64 = 0.6;
/// Share of refits from which on a membership counts as certain.
const CERTAIN: f64 = 0.8;
/// Least difference, in standard deviations, that a name speaks of.
const TELLING: f64 = 0.5;
/// Differences that the name of a cluster tells at most.
const N_NAMED: usize = 3;

/// The profiles of an analysis in words.
#[derive(Clone, Debug, PartialEq)]
pub struct ProfilesWords {
    /// What it comes to, in a sentence or two.
    pub lead: String,
    /// The ways that were kept.
    pub ways: Vec<WayWords>,
    /// The others, each with its reason.
    pub refused: Vec<String>,
    /// How it was made and what it leaves out.
    pub about: Vec<String>,
}

/// A way of looking that was kept.
#[derive(Clone, Debug, PartialEq)]
pub struct WayWords {
    /// Its name.
    pub title: String,
    /// Why it is believed, with its figures.
    pub reason: String,
    /// Profile against outcome.
    pub outcomes: Figure,
    /// Its profiles.
    pub profiles: Vec<ProfileWords>,
}

/// A profile.
#[derive(Clone, Debug, PartialEq)]
pub struct ProfileWords {
    /// Its name, made from what defines it.
    pub name: String,
    /// Patients, and how many of them responded.
    pub summary: String,
    /// What else there is to say, a sentence each.
    pub details: Vec<String>,
    /// How its patients differ from the others.
    pub fingerprint: Figure,
}

/// The profiles of an analysis in words; `None` where none were looked for.
pub fn profiles_words(analysis: &Analysis, lang: Lang) -> Option<ProfilesWords> {
    let profiles = analysis.profiles.as_ref()?;
    let n_found: usize = profiles.kept().map(|way| way.profiles.len()).sum();
    let key = if n_found == 0 {
        "profiles-none"
    } else {
        "profiles-some"
    };
    let words = |(at, way)| way_words(analysis, at, way, lang);
    Some(ProfilesWords {
        lead: lang.with(key, &[("n", n_found.into())]),
        ways: profiles.kept().enumerate().map(words).collect(),
        refused: profiles
            .ways
            .iter()
            .filter_map(|way| refusal(way, lang))
            .collect(),
        about: about(analysis, profiles, lang),
    })
}

fn about(analysis: &Analysis, profiles: &Profiles, lang: Lang) -> Vec<String> {
    let names = profiles.measures.iter();
    let names: Vec<String> = names.map(|name| words::predictor(analysis, name)).collect();
    let mut about = vec![lang.t("profiles-about")];
    if names.len() > 1 {
        let words = [("measures", names.join(", ").into())];
        about.push(lang.with("profiles-measures", &words));
    }
    about.push(lang.t("profiles-impact"));
    about
}

/// Name of a way of looking.
pub fn method(method: ProfileMethod, lang: Lang) -> String {
    let key = format!("profile-method-{}", method.name());
    lang.with(&key, &[("k", method.n_clusters().unwrap_or(0).into())])
}

/// The figure of a way: a lift in points, a correlation, or a Jaccard index.
fn score(way: &ProfileWay, value: f64, lang: Lang) -> String {
    match way.method {
        ProfileMethod::Tree => lang.number(100.0 * value, 0),
        _ => lang.number(value, 2),
    }
}

fn kind(method: ProfileMethod) -> &'static str {
    match method {
        ProfileMethod::Tree => "tree",
        ProfileMethod::FrequentBox | ProfileMethod::RareBox => "box",
        ProfileMethod::KMeans(_) | ProfileMethod::Mixture(_) => "clusters",
    }
}

fn way_words(analysis: &Analysis, at: usize, way: &ProfileWay, lang: Lang) -> WayWords {
    let shown = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |v| score(way, v, lang));
    let words = [
        ("score", shown(way.score).into()),
        ("n", way.n_null.into()),
        ("highest", shown(way.highest).into()),
        ("percentile", shown(way.percentile_95).into()),
        (
            "rand",
            way.adjusted_rand
                .map_or_else(String::new, |r| lang.number(r, 2))
                .into(),
        ),
        (
            "lift",
            way.lift
                .map_or_else(String::new, |lift| lang.number(100.0 * lift, 0))
                .into(),
        ),
    ];
    let name = |profile: &Profile| profile_name(analysis, profile, lang);
    let names: Vec<String> = way.profiles.iter().map(name).collect();
    let profiles = way.profiles.iter().zip(&names);
    WayWords {
        title: method(way.method, lang),
        reason: lang.with(&format!("profile-kept-{}", kind(way.method)), &words),
        outcomes: profile_outcomes(analysis, at, way, &names, lang),
        profiles: profiles
            .enumerate()
            .map(|(place, (profile, name))| ProfileWords {
                name: name.clone(),
                summary: summary(analysis, profile, lang),
                details: details(analysis, profile, lang),
                fingerprint: fingerprint(analysis, (at, place), profile, name, lang),
            })
            .collect(),
    }
}

/// Why a way shows no profile; `None` where it does.
fn refusal(way: &ProfileWay, lang: Lang) -> Option<String> {
    let name = method(way.method, lang);
    let key = match way.verdict {
        Verdict::Kept => return None,
        Verdict::Reached => format!("profile-reached-{}", kind(way.method)),
        Verdict::Outdone => "profile-outdone".to_owned(),
        Verdict::Repeated => "profile-repeated".to_owned(),
        Verdict::Nothing => "profile-nothing".to_owned(),
        Verdict::NotPossible if way.method.n_clusters().is_some() => {
            "profile-no-measures".to_owned()
        }
        Verdict::NotPossible => "profile-too-few".to_owned(),
    };
    let shown = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |v| score(way, v, lang));
    let words = [
        ("method", name.into()),
        ("score", shown(way.score).into()),
        ("reached", way.n_reached.into()),
        ("n", way.n_null.into()),
        ("highest", shown(way.highest).into()),
    ];
    Some(lang.with(&key, &words))
}

/// To which profiles a patient belongs, and in what share of the refits on resamples: a sentence a profile that holds the
/// patient; nothing where nobody has looked for profiles or none holds the patient.
pub fn memberships(analysis: &Analysis, patient: usize, lang: Lang) -> Vec<String> {
    let kept = analysis.profiles.iter().flat_map(Profiles::kept);
    let holds = |profile: &&Profile| profile.members.binary_search(&patient).is_ok();
    let sentence = |profile: &Profile| {
        let share = profile.certainty.get(patient).copied().unwrap_or(0.0);
        let words = [
            ("name", profile_name(analysis, profile, lang).into()),
            ("share", lang.percent(share).into()),
        ];
        lang.with("profile-member", &words)
    };
    let found = kept.flat_map(|way| &way.profiles).filter(holds);
    found.map(sentence).collect()
}

/// A name made from what defines the profile: its limits, or how its patients differ most.
pub fn profile_name(analysis: &Analysis, profile: &Profile, lang: Lang) -> String {
    let limits = profile.limits.iter();
    let mut parts: Vec<String> = limits.map(|one| limit(analysis, one, lang)).collect();
    if parts.is_empty() {
        let is_told = |(at, one): &(usize, &Trait)| *at == 0 || one.difference.abs() >= TELLING;
        let told = profile.fingerprint.iter().take(N_NAMED).enumerate();
        parts = told
            .filter(is_told)
            .map(|(_, one)| {
                let key = if one.difference > 0.0 {
                    "profile-higher"
                } else {
                    "profile-lower"
                };
                lang.with(
                    key,
                    &[(
                        "what",
                        named(analysis, &one.variable, one.level.as_deref(), lang).into(),
                    )],
                )
            })
            .collect();
    }
    parts.join(", ")
}

/// A variable, or a level of one.
pub(crate) fn named(
    analysis: &Analysis,
    variable: &str,
    level: Option<&str>,
    lang: Lang,
) -> String {
    let label = words::predictor(analysis, variable);
    match level {
        None => label,
        Some(level) => {
            let words = [("label", label.into()), ("level", level.into())];
            lang.with("profile-level", &words)
        }
    }
}

fn limit(analysis: &Analysis, limit: &Limit, lang: Lang) -> String {
    let summary = analysis
        .predictors
        .iter()
        .find(|one| one.name == limit.variable);
    let unit = summary.map_or_else(String::new, |one| words::unit(one, lang));
    let number = |value: f64| format!("{}{unit}", lang.short(value));
    let label = words::predictor(analysis, &limit.variable);
    if let Some(level) = &limit.level {
        let key = if limit.at_least.is_some() {
            "profile-level"
        } else {
            "profile-not-level"
        };
        return lang.with(
            key,
            &[("label", label.into()), ("level", level.as_str().into())],
        );
    }
    let (key, low, high) = match (limit.at_least, limit.below) {
        (Some(low), Some(high)) => ("profile-between", lang.short(low), number(high)),
        (Some(low), None) => ("profile-at-least", number(low), String::new()),
        (None, Some(high)) => ("profile-below", String::new(), number(high)),
        (None, None) => return label,
    };
    lang.with(
        key,
        &[
            ("label", label.into()),
            ("low", low.into()),
            ("high", high.into()),
        ],
    )
}

fn summary(analysis: &Analysis, profile: &Profile, lang: Lang) -> String {
    let Some(observed) = profile.observed else {
        return String::new();
    };
    let words = [
        ("n", profile.n.into()),
        ("all", n_patients(analysis).into()),
        ("share", lang.percent(observed.estimate).into()),
        (
            "range",
            lang.percent_range(observed.low, observed.high).into(),
        ),
    ];
    lang.with("profile-summary", &words)
}

fn n_patients(analysis: &Analysis) -> usize {
    analysis.cohort.n_analysed
}

fn details(analysis: &Analysis, profile: &Profile, lang: Lang) -> Vec<String> {
    let first = analysis.models.first();
    let expected = profile.cross_fitted.map(|share| {
        let words = [("share", lang.percent(share).into())];
        lang.with("profile-cross-fitted", &words)
    });
    let predicted = profile.mean_risk.zip(first).map(|(risk, model)| {
        let name = lang.t(&format!("learner-{}.inner", model.learner.name()));
        let words = [("share", lang.percent(risk).into()), ("model", name.into())];
        lang.with("profile-predicted", &words)
    });
    let patient = first.and_then(|model| model.patients.get(profile.typical));
    let typical =
        patient.map(|patient| lang.with("profile-typical", &[("id", patient.id.as_str().into())]));
    let certain = |at: &&usize| {
        profile
            .certainty
            .get(**at)
            .is_some_and(|share| *share >= CERTAIN)
    };
    let n_certain = profile.members.iter().filter(certain).count();
    let words = [
        ("jaccard", lang.number(profile.jaccard, 2).into()),
        ("certain", n_certain.into()),
        ("n", profile.n.into()),
        ("share", lang.percent(CERTAIN).into()),
    ];
    // A copy without patients does not know them.
    let stable = (!profile.certainty.is_empty()).then(|| lang.with("profile-stable", &words));
    let unsure = (profile.jaccard < UNSURE).then(|| lang.t("profile-unsure"));
    let known = [expected, predicted, stable, unsure, typical];
    known.into_iter().flatten().collect()
}

/// The section of the report; nothing where no profiles were looked for.
pub(super) fn section(analysis: &Analysis, lang: Lang) -> Markup {
    let Some(words) = profiles_words(analysis, lang) else {
        return html! {};
    };
    html! {
        section id="profiles" {
            h2 { (lang.t("report-profiles")) }
            p { (words.lead) }
            @for way in &words.ways {
                h3 { (way.title) }
                p { (way.reason) }
                (figure(&way.outcomes, 640, 300, lang))
                @for profile in &way.profiles {
                    h4 { (profile.name) }
                    p { strong { (profile.summary) } }
                    ul { @for detail in &profile.details { li { (detail) } } }
                    (figure(&profile.fingerprint, 640, 300, lang))
                }
            }
            @if !words.refused.is_empty() {
                h3 { (lang.t("profiles-refused")) }
                ul { @for reason in &words.refused { li { (reason) } } }
            }
            @for line in &words.about { (note(line)) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture;

    fn analysis() -> Analysis {
        let mut analysis = fixture::analysis();
        analysis.profiles = Some(fixture::profiles());
        analysis
    }

    #[test]
    fn a_profile_is_named_by_its_limits_and_a_cluster_by_how_it_differs() {
        let words = profiles_words(&analysis(), Lang::En).expect("profiles");
        assert_eq!(
            words.ways[0].profiles[0].name,
            "Age below 50\u{a0}years, Sex: M"
        );
        let cluster = &words.ways[1].profiles[0].name;
        assert!(cluster.contains(" higher, "), "{cluster}");
        assert!(cluster.ends_with(" lower"), "{cluster}");
    }

    #[test]
    fn a_patient_hears_of_the_profiles_that_hold_the_patient_only() {
        let analysis = analysis();
        let ways = &analysis.profiles.as_ref().unwrap().ways;
        let boxed = &ways[1].profiles[0].members;
        for patient in 0..10 {
            let said = memberships(&analysis, patient, Lang::En);
            // Everyone is in one of two clusters.
            assert_eq!(said.len(), 1 + usize::from(boxed.contains(&patient)));
            assert!(said[0].contains("90%"), "{said:?}");
        }
        assert!(memberships(&fixture::analysis(), 0, Lang::En).is_empty());
    }

    #[test]
    fn every_profile_tells_size_rate_and_interval_and_every_refusal_its_figures() {
        let words = profiles_words(&analysis(), Lang::En).expect("profiles");
        let summary = &words.ways[0].profiles[0].summary;
        assert!(
            summary.contains("30 of 120 patients") && summary.contains("60%"),
            "{summary}"
        );
        let tree = &words.refused[0];
        assert!(
            tree.contains("Among 19 cohorts with shuffled outcomes as much was reached 3 times")
                && tree.contains("4 points"),
            "{tree}"
        );
    }

    #[test]
    fn profiles_read_in_both_languages() {
        for lang in Lang::ALL {
            let words = format!("{:?}", profiles_words(&analysis(), lang));
            assert!(!words.contains('⟦'), "{words}");
            let page = section(&analysis(), lang).into_string();
            assert!(page.contains("id=\"profiles\""));
        }
        assert!(profiles_words(&fixture::analysis(), Lang::En).is_none());
    }

    #[test]
    fn a_cohort_without_profiles_is_said_to_have_none() {
        let mut analysis = analysis();
        if let Some(profiles) = &mut analysis.profiles {
            profiles.ways.retain(|way| way.verdict != Verdict::Kept);
        }
        let words = profiles_words(&analysis, Lang::En).expect("profiles");
        assert!(
            words.ways.is_empty() && words.lead.starts_with("No profile"),
            "{}",
            words.lead
        );
    }
}
