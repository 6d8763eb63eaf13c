//! Who would move between the strata with another outcome, in words: a sentence and a table, strata by strata.

use maud::{Markup, html};

use crate::analysis::{Analysis, Movement, Moves};
use crate::base::text::Lang;
use crate::report::blocks::{note, table};
use crate::report::strata::stratum_name;
use crate::report::words;

/// The movement of one model's patients.
#[derive(Clone, Debug, PartialEq)]
pub struct MovementWords {
    /// How many change stratum, and for how many the observed outcome differs.
    pub sentence: String,
    /// Titles of the columns: the strata with the other outcome.
    pub header: Vec<String>,
    /// A row a stratum of the analysis: its name, then patients by stratum with the other outcome.
    pub rows: Vec<Vec<String>>,
    /// How the table is read, and who is in it.
    pub about: String,
}

/// The movement of the patients of a model in words; `None` where it was not asked for, and in results without patients.
pub fn movement_words(analysis: &Analysis, model: usize, lang: Lang) -> Option<MovementWords> {
    let movement = analysis.movement.as_ref()?;
    let moves = movement.moves(analysis.settings.strata, analysis.models.get(model)?)?;
    let names = moves.to.iter().map(|stratum| stratum_name(stratum, lang));
    let rows = moves.from.iter().zip(&moves.counts).map(|(from, counts)| {
        let counts = counts.iter().map(|n| lang.count(*n as i64));
        std::iter::once(stratum_name(from, lang))
            .chain(counts)
            .collect()
    });
    Some(MovementWords {
        sentence: sentence(analysis, movement, &moves, lang),
        header: std::iter::once(lang.t("movement-from"))
            .chain(names)
            .collect(),
        rows: rows.collect(),
        about: lang.with(
            "movement-about",
            &[
                ("n", moves.n.into()),
                ("own", analysis.cohort.n_analysed.into()),
                ("other", movement.n_analysed.into()),
            ],
        ),
    })
}

fn sentence(analysis: &Analysis, movement: &Movement, moves: &Moves, lang: Lang) -> String {
    let rule = |rule| words::rule(rule, lang);
    lang.with(
        "movement-sentence",
        &[
            ("changed", moves.n_changed.into()),
            ("n", moves.n.into()),
            ("other", rule(&movement.rule).into()),
            ("own", rule(&analysis.settings.outcome.rule).into()),
            ("relabelled", moves.n_relabelled.into()),
        ],
    )
}

/// The movement of a model's patients in the report; nothing where it was not asked for.
pub(super) fn section(analysis: &Analysis, model: usize, lang: Lang) -> Markup {
    let Some(words) = movement_words(analysis, model, lang) else {
        return html! {};
    };
    let header = html! {
        @for (at, title) in words.header.iter().enumerate() {
            th scope="col" class=[(at > 0).then_some("n")] { (title) }
        }
    };
    let body = html! {
        @for row in &words.rows {
            tr {
                @for (at, cell) in row.iter().enumerate() {
                    @if at == 0 { th scope="row" { (cell) } } @else { td.n { (cell) } }
                }
            }
        }
    };
    html! {
        h3 { (lang.t("movement-title")) }
        p { (words.sentence) }
        (table(&header, &body))
        (note(&words.about))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture;

    #[test]
    fn the_sentence_counts_who_moves_and_the_table_holds_everyone() {
        let mut analysis = fixture::analysis();
        assert!(movement_words(&analysis, 0, Lang::En).is_none());
        assert!(section(&analysis, 0, Lang::En).into_string().is_empty());
        analysis.movement = Some(fixture::movement(&analysis));
        let moves = analysis.movement.as_ref().expect("just put");
        let moves = moves.moves(analysis.settings.strata, &analysis.models[0]);
        let moves = moves.expect("patients");
        for lang in Lang::ALL {
            let words = movement_words(&analysis, 0, lang).expect("words");
            assert!(!format!("{words:?}").contains('⟦'), "{words:?}");
            assert_eq!(words.rows.len(), moves.from.len());
            for row in &words.rows {
                assert_eq!(row.len(), words.header.len());
            }
            let html = section(&analysis, 0, lang).into_string();
            assert!(html.contains(&lang.t("movement-title")));
        }
        let words = movement_words(&analysis, 0, Lang::En).expect("words");
        let start = format!("{} of {} patients change stratum", moves.n_changed, moves.n);
        assert!(words.sentence.starts_with(&start), "{}", words.sentence);
    }
}
