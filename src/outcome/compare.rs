//! The presets side by side: how many respond by each, and how far two of them agree.

use crate::base::issue::Issue;
use crate::cohort::Cohort;
use crate::outcome::decide::{Outcome, Scene, label};
use crate::outcome::{OutcomeParams, PRESETS, Preset};

/// A preset beside the others, at the visit of the current definition.
#[derive(Clone, Debug, PartialEq)]
pub struct PresetRate {
    /// The preset.
    pub preset: Preset,
    /// What it comes to, or why this cohort can't answer it.
    pub result: Result<Rated, Box<Issue>>,
}

/// What a preset comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rated {
    /// Patients analysed.
    pub n: usize,
    /// Responders.
    pub n_events: usize,
    /// Patients whom both it and the current definition label.
    pub n_both: usize,
    /// Of these, patients whose label differs.
    pub n_changed: usize,
}

/// How far two definitions agree among the patients whom both label.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Agreement {
    /// Patients whom both label.
    pub n: usize,
    /// Share of equal labels, in [0, 1].
    pub share: f64,
    /// Cohen's kappa (1960), `(share - by chance) / (1 - by chance)`; `None` where both say the same of
    /// everyone, which leaves nothing to agree beyond chance.
    pub kappa: Option<f64>,
}

/// The presets and their agreement.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Comparison {
    /// Every preset, in the order of the choice.
    pub presets: Vec<PresetRate>,
    /// Agreement of those that can be answered, the first position the lower one: `(i, j, agreement)`
    /// with positions in `presets`, `i < j`.
    pub agreement: Vec<(usize, usize, Agreement)>,
}

impl Comparison {
    /// The agreement of two presets by position, in either order.
    pub fn between(&self, a: usize, b: usize) -> Option<&Agreement> {
        let (low, high) = (a.min(b), a.max(b));
        let found = self
            .agreement
            .iter()
            .find(|(i, j, _)| (*i, *j) == (low, high));
        found.map(|(_, _, agreement)| agreement)
    }
}

/// Compares every preset at the month of the current definition, with its moment, its window and its
/// handling of explants, deaths and losses.
pub fn compare(cohort: &Cohort, params: &OutcomeParams) -> Comparison {
    let scene = Scene::read(cohort);
    let month = params.rule.month_or_usual();
    let n = cohort.n_rows();
    let current = label(cohort, params, &scene).ok();
    let current = current.map(|outcome| labels(&outcome, n));
    let mut all: Vec<Option<Vec<Option<bool>>>> = Vec::new();
    let mut presets = Vec::new();
    for preset in PRESETS {
        let params = OutcomeParams {
            rule: preset.rule(month),
            ..params.clone()
        };
        let outcome = label(cohort, &params, &scene).map_err(|failure| Box::new(failure.issue()));
        let outcome = outcome.and_then(|outcome| {
            if outcome.y.is_empty() {
                Err(Box::new(Issue::error("outcome-nobody-here")))
            } else {
                Ok(outcome)
            }
        });
        let own = outcome.as_ref().ok().map(|outcome| labels(outcome, n));
        let against = own.as_ref().zip(current.as_ref());
        let (n_both, n_changed) = against.map_or((0, 0), |(own, current)| changed(own, current));
        presets.push(PresetRate {
            preset,
            result: outcome.map(|outcome| Rated {
                n: outcome.y.len(),
                n_events: outcome.n_events(),
                n_both,
                n_changed,
            }),
        });
        all.push(own);
    }
    let mut agreement = Vec::new();
    for (i, a) in all.iter().enumerate() {
        for (j, b) in all.iter().enumerate().skip(i + 1) {
            if let (Some(a), Some(b)) = (a, b) {
                agreement.extend(agree(a, b).map(|found| (i, j, found)));
            }
        }
    }
    Comparison { presets, agreement }
}

/// The label of every patient of the cohort; `None` where not analysed.
fn labels(outcome: &Outcome, n: usize) -> Vec<Option<bool>> {
    let mut labels = vec![None; n];
    for (&row, &event) in outcome.rows.iter().zip(&outcome.y) {
        if let Some(label) = labels.get_mut(row) {
            *label = Some(event);
        }
    }
    labels
}

fn changed(own: &[Option<bool>], current: &[Option<bool>]) -> (usize, usize) {
    let both = own.iter().zip(current).filter_map(|(a, b)| a.zip(*b));
    both.fold((0, 0), |(n, n_changed), (a, b)| {
        (n + 1, n_changed + usize::from(a != b))
    })
}

/// Agreement among the patients whom both label; `None` where there is none.
fn agree(a: &[Option<bool>], b: &[Option<bool>]) -> Option<Agreement> {
    let mut counts = [[0_usize; 2]; 2];
    for (a, b) in a.iter().zip(b).filter_map(|(a, b)| a.zip(*b)) {
        counts[usize::from(a)][usize::from(b)] += 1;
    }
    let n: usize = counts.iter().flatten().sum();
    if n == 0 {
        return None;
    }
    let of = |count: usize| count as f64 / n as f64;
    let share = of(counts[0][0] + counts[1][1]);
    let (yes_a, yes_b) = (
        of(counts[1][0] + counts[1][1]),
        of(counts[0][1] + counts[1][1]),
    );
    let by_chance = yes_a * yes_b + (1.0 - yes_a) * (1.0 - yes_b);
    let kappa = (by_chance < 1.0 - 1e-12).then(|| (share - by_chance) / (1.0 - by_chance));
    Some(Agreement { n, share, kappa })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kappa_is_that_worked_out_by_hand() {
        // 20 both yes, 5 yes-no, 10 no-yes, 15 both no: equal 0.7, by chance 0.5, kappa 0.4.
        let mut a = Vec::new();
        let mut b = Vec::new();
        for (times, x, y) in [
            (20, true, true),
            (5, true, false),
            (10, false, true),
            (15, false, false),
        ] {
            a.extend(std::iter::repeat_n(Some(x), times));
            b.extend(std::iter::repeat_n(Some(y), times));
        }
        a.push(None);
        b.push(Some(true));
        let found = agree(&a, &b).unwrap();
        assert_eq!(found.n, 50);
        assert!((found.share - 0.7).abs() < 1e-12);
        assert!((found.kappa.unwrap() - 0.4).abs() < 1e-12);
        assert_eq!(changed(&a, &b), (50, 15));
        let same = agree(&[Some(true)], &[Some(true)]).unwrap();
        assert_eq!((same.share, same.kappa), (1.0, None));
        assert_eq!(agree(&[None], &[Some(true)]), None);
    }
}
