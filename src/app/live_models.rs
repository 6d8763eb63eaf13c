//! The live models of the results: what is asked of them, and what they said. They answer on a thread of their own, so
//! that no question stops the window.

use std::sync::Arc;

use crate::analysis::{Assessment, Chance, Learner, Live, Values, Who, Worth};
use crate::app::state::Revision;
use crate::base::issue::Failure;
use crate::base::task::TaskHandle;

/// Answers that are kept; enough for a page, its other models and a few steps of a slider.
const N_KEPT: usize = 24;

/// What is asked about someone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// The chance alone.
    Chance,
    /// Chance, reasons, neighbours, domain check.
    Everything,
    /// What it would be worth to know each missing value.
    Worth,
}

/// A question to a live model.
#[derive(Clone, Debug)]
pub struct Question {
    /// Which model.
    pub learner: Learner,
    /// About whom.
    pub who: Who,
    /// With which values.
    pub values: Values,
    /// What.
    pub what: What,
}

impl PartialEq for Question {
    /// Values that are not known are the same.
    fn eq(&self, other: &Self) -> bool {
        let bits = |values: &Values| -> Vec<(u64, Option<u64>)> {
            let pairs = values.recorded.iter().zip(&values.supposed);
            pairs
                .map(|(known, other)| (known.to_bits(), other.map(f64::to_bits)))
                .collect()
        };
        (self.learner, self.who, self.what) == (other.learner, other.who, other.what)
            && bits(&self.values) == bits(&other.values)
    }
}

/// What a live model said.
#[derive(Clone, Debug)]
pub enum Answer {
    /// The chance.
    Chance(Chance),
    /// Everything.
    Everything(Box<Assessment>),
    /// The worth of each missing value.
    Worth(Vec<Worth>),
    /// It can't be said.
    Nothing,
}

/// Asks a live model. Fails only where it is cancelled.
pub fn ask(live: &Live, question: &Question, task: &TaskHandle) -> Result<Answer, Failure> {
    let Question { who, values, .. } = question;
    let found = match question.what {
        What::Chance => live.chance(*who, values).map(Answer::Chance),
        What::Everything => {
            let found = live.assess(*who, values);
            found.map(|assessment| Answer::Everything(Box::new(assessment)))
        }
        What::Worth => live.worth(*who, values, task).map(Answer::Worth),
    };
    match found {
        Err(Failure::Because(_)) => Ok(Answer::Nothing),
        found => found,
    }
}

/// The live models of the results of one revision.
#[derive(Default)]
pub struct LiveModels {
    of: Revision,
    /// Those that were made, and those that could not be.
    made: Vec<(Learner, Option<Arc<Live>>)>,
    answers: Vec<(Question, Answer)>,
    /// What is being asked now.
    pub asked: Option<Question>,
}

impl LiveModels {
    /// Keeps a model that was made of the results of a revision, or that none could be made.
    pub fn keep(&mut self, of: Revision, learner: Learner, live: Option<Arc<Live>>) {
        if self.of != of {
            *self = Self {
                of,
                ..Self::default()
            };
        }
        self.made.retain(|(other, _)| *other != learner);
        self.made.push((learner, live));
    }

    /// Whether the model of a learner was made, or can't be.
    pub fn is_known(&self, of: Revision, learner: Learner) -> bool {
        self.of == of && self.made.iter().any(|(other, _)| *other == learner)
    }

    /// The model of a learner of the results of that revision.
    pub fn get(&self, of: Revision, learner: Learner) -> Option<&Arc<Live>> {
        let made = self.made.iter().find(|(other, _)| *other == learner);
        made.filter(|_| self.of == of)?.1.as_ref()
    }

    /// Keeps an answer, where it is about the results of that revision.
    pub fn answered(&mut self, of: Revision, question: Question, answer: Answer) {
        if self.asked.as_ref() == Some(&question) {
            self.asked = None;
        }
        if self.of != of {
            return;
        }
        if self.answers.len() == N_KEPT {
            self.answers.remove(0);
        }
        self.answers.push((question, answer));
    }

    /// What was said to a question.
    pub fn answer(&self, question: &Question) -> Option<&Answer> {
        let answers = self.answers.iter().rev();
        answers
            .filter(|(asked, _)| asked == question)
            .map(|(_, answer)| answer)
            .next()
    }

    /// The newest answer to a question about the same person, whatever the values: shown until the answer is there.
    pub fn latest(&self, question: &Question) -> Option<&Answer> {
        let same = |asked: &Question| {
            (asked.learner, asked.who, asked.what)
                == (question.learner, question.who, question.what)
        };
        let answers = self.answers.iter().rev();
        answers
            .filter(|(asked, _)| same(asked))
            .map(|(_, answer)| answer)
            .next()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(value: f64) -> Question {
        Question {
            learner: Learner::Ridge,
            who: Who::New,
            values: Values::new(vec![value, f64::NAN]),
            what: What::Worth,
        }
    }

    #[test]
    fn an_answer_is_found_again_by_its_question_with_gaps_and_all() {
        let (of, other) = (
            Revision {
                cohort: 1,
                settings: 2,
            },
            Revision::default(),
        );
        let mut models = LiveModels::default();
        models.keep(of, Learner::Ridge, None);
        assert!(models.is_known(of, Learner::Ridge) && !models.is_known(other, Learner::Ridge));
        assert!(!models.is_known(of, Learner::Forest));
        models.answered(other, question(1.0), Answer::Nothing);
        assert!(models.answer(&question(1.0)).is_none());
        for step in 0..40 {
            models.answered(of, question(f64::from(step)), Answer::Worth(Vec::new()));
        }
        assert!(models.answer(&question(39.0)).is_some());
        assert!(models.answer(&question(1.0)).is_none(), "forgotten");
        assert!(models.latest(&question(1.0)).is_some());
        models.keep(other, Learner::Ridge, None);
        assert!(models.answer(&question(39.0)).is_none());
    }
}
