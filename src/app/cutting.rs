//! Cuts the strata of the results anew where another rule was decided: no training is needed for it.

use std::sync::Arc;

use crate::analysis;
use crate::app::state::Page;
use crate::app::window::Window;

impl Window {
    /// Brings the strata of the results that are shown in line with the settings. Results that hold no patients stay as
    /// they are, are out of date, and the page of the patients says why.
    pub(super) fn recut(&mut self) {
        let session = &mut self.session;
        let wanted = session.study.settings.strata;
        let (Some(analysis), Some(analysed)) = (&session.analysis, &mut session.analysed) else {
            return;
        };
        if analysed.strata == wanted {
            return;
        }
        match analysis::recut(analysis, wanted) {
            Ok(cut) => {
                analysed.strata = wanted;
                session.analysis = Some(Arc::new(cut));
                session.problems.remove(&Page::Patients);
                self.written = None;
            }
            Err(failure) => {
                session.problems.insert(Page::Patients, failure.issue());
            }
        }
        session.touch();
    }
}
