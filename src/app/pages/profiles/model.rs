//! What the profiles page shows.

use crate::analysis::Analysis;
use crate::base::text::Lang;
use crate::report::profiles::{ProfilesWords, profiles_words};
use crate::report::words;

/// The profiles page.
#[derive(Clone, Debug, PartialEq)]
pub struct ProfilesPage {
    /// Cohort, outcome and moment.
    pub setting: String,
    /// What was found; `None` where nobody has looked.
    pub found: Option<ProfilesWords>,
}

impl ProfilesPage {
    /// Builds the page.
    pub fn new(analysis: &Analysis, lang: Lang) -> Self {
        Self {
            setting: words::setting(&analysis.settings.outcome, lang),
            found: profiles_words(analysis, lang),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture;

    #[test]
    fn the_page_offers_a_search_until_there_are_results_of_one() {
        let mut analysis = fixture::analysis();
        assert!(ProfilesPage::new(&analysis, Lang::En).found.is_none());
        analysis.profiles = Some(fixture::profiles());
        let page = ProfilesPage::new(&analysis, Lang::Fr);
        let found = page.found.expect("profiles");
        assert_eq!((found.ways.len(), found.refused.len()), (2, 2));
    }
}
