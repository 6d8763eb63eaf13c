//! What was understood of a cohort, as text and as JSON.
use crate::base::text::Lang;
use crate::cohort::Cohort;
/// text
pub fn text(_c: &Cohort, _l: Lang) -> String {
    String::new()
}
/// json
pub fn json(_c: &Cohort, _l: Lang) -> String {
    String::new()
}
