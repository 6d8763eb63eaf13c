//! What pages count over all patients: missing values, follow-up, table one, predictors that say the same.
//!
//! Counted by a job when a tab is looked at, and kept until the cohort or the question changes.

use std::sync::Arc;

use jiff::civil::Date;

use crate::analysis::{self, Redundancy, Settings};
use crate::app::action::Action;
use crate::app::jobs::{Job, Outcome};
use crate::app::pages::Cx;
use crate::app::state::Checked;
use crate::app::window::Window;
use crate::base::issue::Failure;
use crate::base::task::TaskHandle;
use crate::dictionary::{self, Match, Score};
use crate::review::{self, FollowUp, Groups, Missingness, ReviewParams, TableOne};

/// A question about the whole cohort.
#[derive(Clone, Debug, PartialEq)]
pub enum Question {
    /// Who lacks what.
    Missing,
    /// What each column may mean, and the totals that its items give.
    Measures,
    /// Who has been seen, is due, overdue, lost, as of a day.
    FollowUp(Date, ReviewParams),
    /// Who the patients are, overall and by group.
    TableOne(Option<Groups>),
    /// What the predictors of these settings say twice.
    Redundancy(Box<Settings>),
}

/// Its answer.
#[derive(Clone, Debug)]
pub enum Survey {
    /// Who lacks what.
    Missing(Missingness),
    /// What each column may mean, and the totals that were computed.
    Measures(Vec<Match>, Vec<Score>),
    /// The follow-up board.
    FollowUp(FollowUp),
    /// The table.
    TableOne(TableOne),
    /// Correlations and inflation; `None` where there is no outcome or no predictor yet.
    Redundancy(Option<Redundancy>),
}

/// An answer with what it answers.
pub struct Surveyed {
    /// Counts the answers, so that what is made of one is made once.
    pub number: u64,
    /// The cohort that was counted.
    pub checked: Arc<Checked>,
    /// What was asked.
    pub question: Question,
    /// What came of it.
    pub survey: Survey,
}

/// The answers that are known.
#[derive(Default)]
pub struct Surveys {
    known: Vec<Arc<Surveyed>>,
    asked: Option<(Arc<Checked>, Question)>,
    n_answers: u64,
}

impl Surveys {
    fn find(&self, checked: &Arc<Checked>, question: &Question) -> Option<&Arc<Surveyed>> {
        let is_it = |known: &&Arc<Surveyed>| {
            Arc::ptr_eq(&known.checked, checked) && known.question == *question
        };
        self.known.iter().find(is_it)
    }
}

/// Counts.
pub fn survey(
    checked: Arc<Checked>,
    question: Question,
    task: &TaskHandle,
) -> Result<Outcome, Failure> {
    task.check()?;
    let cohort = &checked.cohort;
    let survey = match &question {
        Question::Missing => Survey::Missing(review::missingness(cohort)),
        Question::Measures => {
            Survey::Measures(dictionary::matches(cohort), dictionary::scores(cohort))
        }
        Question::FollowUp(today, params) => {
            Survey::FollowUp(review::follow_up(cohort, *today, params))
        }
        Question::Redundancy(settings) => {
            Survey::Redundancy(analysis::redundancy(cohort, settings).ok())
        }
        Question::TableOne(groups) => Survey::TableOne(review::table_one(cohort, groups.as_ref())),
    };
    Ok(Outcome::Surveyed(Box::new(Surveyed {
        number: 0,
        checked,
        question,
        survey,
    })))
}

/// The answer to a question; where it is not known yet it is asked for.
pub fn ask(
    cx: &Cx<'_>,
    checked: &Arc<Checked>,
    question: Question,
    actions: &mut Vec<Action>,
) -> Option<Arc<Surveyed>> {
    let known = cx.session.surveys.find(checked, &question);
    if known.is_none() {
        actions.push(Action::Survey(question));
    }
    known.cloned()
}

impl Window {
    /// Asks a question once.
    pub(super) fn survey(&mut self, question: Question) {
        let session = &mut self.session;
        let Some(checked) = session.checked.clone() else {
            return;
        };
        let is_asked = |(of, asked): &(Arc<Checked>, Question)| {
            Arc::ptr_eq(of, &checked) && *asked == question
        };
        if session.surveys.asked.as_ref().is_some_and(is_asked) {
            return;
        }
        session.surveys.asked = Some((Arc::clone(&checked), question.clone()));
        self.submit(Job::Survey { checked, question });
    }

    /// Takes in an answer.
    pub(super) fn surveyed(&mut self, mut surveyed: Surveyed) {
        let surveys = &mut self.session.surveys;
        surveys.n_answers += 1;
        surveyed.number = surveys.n_answers;
        let kind = std::mem::discriminant(&surveyed.question);
        let other = |known: &Arc<Surveyed>| std::mem::discriminant(&known.question) != kind;
        surveys.known.retain(other);
        surveys.known.push(Arc::new(surveyed));
        surveys.asked = None;
    }
}
