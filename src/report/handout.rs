//! One person on paper: a page for the file, and a page to take home in plain words.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::analysis::Analysis;
use crate::base::text::Lang;
use crate::figure::Role;
use crate::figure::palette::light;
use crate::report::meeting::MeetingPage;
use crate::report::words;
use crate::report::words::capital;

/// People in a row of the picture of a hundred.
const ROW: usize = 20;

/// What is put on paper.
#[derive(Clone, Copy)]
pub struct Sheet<'a> {
    /// The results behind it.
    pub analysis: &'a Analysis,
    /// The page of the person.
    pub page: &'a MeetingPage,
    /// Protocol and ethics reference; `None` where nobody was asked, empty where there is none.
    pub protocol: Option<&'a str>,
    /// What was decided, when, and who was present, in words; empty where nothing was.
    pub decided: &'a str,
    /// The note.
    pub note: &'a str,
}

/// A way to put someone on paper.
pub type Paper = fn(&Sheet<'_>, Lang) -> String;

/// One page for the file: the chance with its spread, reasons, warnings, decision.
pub fn for_the_file(sheet: &Sheet<'_>, lang: Lang) -> String {
    let page = sheet.page;
    let body = html! {
        (banner(sheet, lang))
        h1 { (page.title) }
        p.quiet { (page.setting) }
        div.two {
            div { (chance(page, lang)) }
            div { (reasons(page, lang)) }
        }
        div.two {
            div {
                h2 { (lang.t("unusual-title")) }
                ul { @for line in &page.unusual { li { (line) } } }
                @if !page.alike_lead.is_empty() { p { (lang.t("alike-title")) " · " (page.alike_lead) } }
                @for line in &page.profiles { p { (line) } }
            }
            div {
                h2 { (lang.t("note-title")) }
                p { (if sheet.decided.is_empty() { lang.t("choice-none") } else { sheet.decided.to_owned() }) }
                p.note { (sheet.note) }
            }
        }
        (warnings(sheet, lang))
        footer { @for line in foot(sheet.analysis, sheet.protocol, lang) { p { (line) } } }
    };
    document(&page.title, &body, lang)
}

/// One page to take home: what the number means, in plain words and a picture of a hundred people.
pub fn to_take_home(sheet: &Sheet<'_>, lang: Lang) -> String {
    let page = sheet.page;
    let title = lang.t("handout-title");
    let response = words::outcome(&sheet.analysis.settings.outcome, lang);
    let n = sheet.analysis.cohort.n_analysed;
    let body = html! {
        (banner(sheet, lang))
        h1 { (title) }
        @if let Some(why) = &page.covered {
            p.lead { (lang.t("handout-covered")) }
            p { (why) }
        } @else {
            p.lead { (lang.with("handout-lead", &[("n", page.of_hundred.into())])) }
            (people(page, lang))
            p { (lang.with("handout-range", &[("range", page.range.as_str().into())])) }
        }
        p { (lang.with("handout-response", &[("response", response.into())])) }
        p { (lang.with("handout-from", &[("n", n.into())])) }
        p { (lang.t("handout-not-you")) }
        p { strong { (lang.t("not-benefit")) } }
        p { (lang.t("handout-ask")) }
        footer { p { (lang.t("not-a-device")) } p { (page.id) } }
    };
    document(&title, &html! { div.home { (body) } }, lang)
}

/// What stands beneath everything that is said of one person.
pub fn foot(analysis: &Analysis, protocol: Option<&str>, lang: Lang) -> Vec<String> {
    let external = if analysis.external.is_some() {
        "foot-external"
    } else {
        "foot-not-external"
    };
    let model = [
        ("day", words::day(&analysis.created, lang).into()),
        ("n", analysis.cohort.n_analysed.into()),
        ("external", lang.t(external).into()),
    ];
    let under = match protocol.map(str::trim) {
        Some("") => Some(lang.t("foot-no-protocol")),
        Some(text) => Some(lang.with("foot-protocol", &[("protocol", text.into())])),
        None => None,
    };
    let mut lines = vec![format!(
        "{} {}",
        lang.t("not-a-device"),
        lang.t("not-benefit")
    )];
    lines.push(lang.with("foot-model", &model));
    lines.extend(under);
    lines
}

fn banner(sheet: &Sheet<'_>, lang: Lang) -> Markup {
    html! {
        @if sheet.analysis.cohort.synthetic { p.banner role="note" { (capital(&lang.t("synthetic"))) } }
    }
}

fn chance(page: &MeetingPage, lang: Lang) -> Markup {
    html! {
        h2 { (lang.t("chance-title")) }
        @if let Some(why) = &page.covered {
            p.lead { (why) }
            p { (lang.t("covered.remedy")) }
        } @else {
            p.lead { (page.frequency) }
            p.lead { strong { (page.number) } " · " strong { (page.range) } " " (page.range_is) }
            (people(page, lang))
            p { (page.stratum) @if page.undetermined { " · " (lang.t("undetermined-why")) } }
        }
        p { strong { (lang.t("not-benefit")) } }
        @if page.covered.is_none() { @for line in &page.others { p.small { (line) } } }
        @for line in &page.trial { p.small { (line) } }
        @if let Some(observed) = &page.observed { p.small { (lang.t("patients-observed")) " · " (observed) } }
    }
}

/// A hundred people: filled and coloured for those who respond, an outline for the others.
fn people(page: &MeetingPage, lang: Lang) -> Markup {
    let name = lang.with("of-hundred", &[("n", page.of_hundred.into())]);
    let (filled, open) = (light(Role::Responder), light(Role::Reference));
    html! {
        svg role="img" aria-label=(name) viewBox="0 0 400 150" width="100%" style="max-width: 560px" {
            @for at in 0..100 {
                @let (x, y) = ((at % ROW) * 20 + 4, (at / ROW) * 30 + 2);
                @let responds = at < page.of_hundred;
                @let (fill, line) = if responds { (filled, filled) } else { ("none", open) };
                g transform={ "translate(" (x) " " (y) ")" } fill=(fill) stroke=(line) stroke-width="1.2" {
                    circle cx="6" cy="4" r="3.4" {}
                    path d="M1 25 V14 Q1 9 6 9 Q11 9 11 14 V25 Z" {}
                }
            }
        }
        p.small.quiet { (name) }
    }
}

/// Why, by part of the patient.
fn reasons(page: &MeetingPage, lang: Lang) -> Markup {
    html! {
        h2 { (lang.t("reasons-title")) }
        @for part in &page.reasons {
            h3 { (part.title) }
            ul.signs {
                @for reason in &part.lines {
                    li { b { (if reason.raises { "+ " } else { "\u{2212} " }) } (reason.words) }
                }
            }
        }
        p.small.quiet { @if page.covered.is_none() { (page.sum) " " } (lang.t("reasons-about")) }
    }
}

fn warnings(sheet: &Sheet<'_>, lang: Lang) -> Markup {
    let notices = &sheet.analysis.notices;
    html! {
        @if !notices.is_empty() {
            h2 { (lang.t("keep-in-mind")) }
            ul { @for issue in notices { li { (lang.issue(issue)) } } }
        }
    }
}

fn document(title: &str, body: &Markup, lang: Lang) -> String {
    html! {
        (DOCTYPE)
        html lang=(lang.code()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="Content-Security-Policy"
                    content="default-src 'none'; style-src 'unsafe-inline'; img-src data:";
                title { (title) }
                style { (PreEscaped(include_str!("style.css"))) (PreEscaped(include_str!("handout.css"))) }
            }
            body { main { (body) } }
        }
    }
    .into_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture;
    use crate::report::meeting::Subject;

    fn page(analysis: &Analysis, lang: Lang) -> MeetingPage {
        let cohort = fixture::cohort();
        let subject = Subject::member(analysis, Some(&cohort), None, 0, 0).unwrap();
        MeetingPage::new(analysis, Some(&cohort), None, &subject, lang)
    }

    #[test]
    fn paper_says_what_the_page_says_and_what_was_decided_and_nothing_can_break_out_of_it() {
        let analysis = fixture::analysis();
        for lang in Lang::ALL {
            let page = page(&analysis, lang);
            let sheet = Sheet {
                analysis: &analysis,
                page: &page,
                protocol: Some("CPP 2026-1"),
                decided: "A trial",
                note: "privately noted <script>alert(1)</script>",
            };
            let file = for_the_file(&sheet, lang);
            for said in [&page.number, &page.range, &page.stratum, &page.sum] {
                assert!(file.contains(said.as_str()), "{said}");
            }
            assert!(file.contains("CPP 2026-1") && file.contains("A trial"));
            assert!(!file.contains("<script>"));
            let home = to_take_home(&sheet, lang);
            assert!(home.contains(&page.range) && !home.contains("privately"));
            for text in [file, home] {
                assert!(!text.contains('⟦'), "{text}");
                assert!(text.contains(&lang.t("not-benefit")));
            }
        }
    }

    #[test]
    fn a_number_that_is_covered_stands_on_no_paper() {
        let analysis = fixture::analysis();
        let mut page = page(&analysis, Lang::En);
        page.number = "77 %".to_owned();
        page.sum = "77 % in all".to_owned();
        page.others = vec!["Forest: 77 %".to_owned()];
        page.covered = Some("Outside the data".to_owned());
        let sheet = Sheet {
            analysis: &analysis,
            page: &page,
            protocol: None,
            decided: "",
            note: "",
        };
        for paper in [for_the_file, to_take_home] as [Paper; 2] {
            let text = paper(&sheet, Lang::En);
            assert!(text.contains("Outside the data") && !text.contains("77 %"));
        }
    }
}
