//! The pieces that a report is built from: tables, figures with their data, facts, notices.

use maud::{Markup, PreEscaped, html};

use crate::base::text::Lang;
use crate::figure::Figure;
use crate::report::svg::svg;

/// A header cell: the message, its definition on hover where it has one.
pub(super) fn head(key: &str, is_number: bool, lang: Lang) -> Markup {
    let definition = format!("{key}.definition");
    let definition = lang.has(&definition).then(|| lang.t(&definition));
    let class = is_number.then_some("n");
    html! { th scope="col" class=[class] { (defined(&lang.t(key), definition.as_deref())) } }
}

/// Words with their definition on hover.
pub(super) fn defined(words: &str, definition: Option<&str>) -> Markup {
    html! {
        @match definition {
            Some(definition) => span title=(definition) { (words) },
            None => (words),
        }
    }
}

/// A table in a card that scrolls sideways on a narrow screen.
pub(super) fn table(header: &Markup, body: &Markup) -> Markup {
    html! {
        div.scroll { table { thead { tr { (header) } } tbody { (body) } } }
    }
}

/// A figure with its text alternative as caption and its numbers folded beneath.
pub(super) fn figure(figure: &Figure, width: u32, height: u32, lang: Lang) -> Markup {
    if figure.marks.is_empty() {
        return html! {};
    }
    let (header, rows) = &figure.table;
    html! {
        figure {
            (PreEscaped(svg(figure, width, height, lang)))
            figcaption { (figure.alt) }
            details {
                summary { (lang.t("report-data")) }
                div.scroll {
                    table {
                        thead { tr { @for name in header { th scope="col" { (name) } } } }
                        tbody { @for row in rows { tr { @for cell in row { td { (cell) } } } } }
                    }
                }
            }
        }
    }
}

/// One fact of the header: what it is and its value.
pub(super) fn fact(key: &str, value: &str, lang: Lang) -> Markup {
    html! { div { dt { (lang.t(key)) } dd { (value) } } }
}

/// A paragraph of quiet small text.
pub(super) fn note(text: &str) -> Markup {
    html! { p.quiet.small { (text) } }
}
