//! What a person does on the cohort page: forms, going to a cell, stepping through findings, copying.

use std::sync::Arc;

use egui::Context;

use crate::app::action::{Action, Command};
use crate::app::forms::{Form, FormOf};
use crate::app::jobs::{Job, JobKind};
use crate::app::overlay::Modal;
use crate::app::pages::cohort::Tab;
use crate::app::state::Page;
use crate::app::table::{self, Block, Wanted};
use crate::app::window::Window;
use crate::review::Status;

/// Larger blocks are put together by a job.
const N_COPIED_AT_ONCE: usize = 50_000;

impl Window {
    /// Opens a form; what can't be corrected is said.
    pub(super) fn open_form(&mut self, of: FormOf) {
        match Form::new(&self.session, of, self.preferences.lang) {
            Some(form) => self.modal = Some(Modal::Form(Box::new(form))),
            None => self.say("form-not-here"),
        }
    }

    fn show_review(&mut self) {
        self.views.page = Page::Cohort;
        self.views.cohort.tab = Tab::Review;
    }

    /// Goes to a cell of the cohort.
    pub(super) fn show_cell(&mut self, row: usize, name: Option<&str>) {
        self.show_review();
        if let Some(checked) = self.session.checked.clone() {
            let lang = self.preferences.lang;
            self.views.cohort.review.go_to(&checked, lang, row, name);
        }
    }

    /// Has the rows put in order; an order that is not wanted any more is not waited for.
    pub(super) fn arrange(&mut self, wanted: Wanted) {
        self.jobs.cancel(JobKind::Arrange);
        if let Some((rows, _)) = self.views.cohort.review.copy_of() {
            self.submit(Job::Arrange { rows, wanted });
        }
    }

    /// Copies a block, a large one by a job.
    pub(super) fn copy_block(&mut self, ctx: &Context, block: Block) {
        let Some((rows, order)) = self.views.cohort.review.copy_of() else {
            return;
        };
        if block.n_cells() > N_COPIED_AT_ONCE {
            self.submit(Job::CopyBlock { rows, order, block });
        } else {
            ctx.copy_text(table::block_text(rows.as_ref(), &order, &block));
            self.say("copied");
        }
    }

    /// Carries out a command of the review.
    pub(super) fn review(&mut self, ctx: &Context, command: Command) {
        self.show_review();
        match command {
            Command::Find => self.views.cohort.review.seek(),
            Command::GoToRow => self.open_form(FormOf::GoTo),
            Command::EditCell => match self.views.cohort.review.cell() {
                Some((row, name)) => self.open_form(FormOf::Cell(row, name)),
                None => self.say("form-not-here"),
            },
            Command::NextFinding | Command::PreviousFinding => {
                let forward = command == Command::NextFinding;
                self.with_pages(None, |cx, views| {
                    views.cohort.review.step_finding(cx, forward);
                });
            }
            Command::AcceptFinding => self.mark_chosen(ctx, Status::Accepted),
            Command::QueryFinding => self.mark_chosen(ctx, Status::Queried),
            _ => {}
        }
    }

    fn mark_chosen(&mut self, ctx: &Context, status: Status) {
        let action: Option<Action> = self.with_pages(None, |cx, views| {
            views.cohort.review.mark_chosen(cx, status)
        });
        match action {
            Some(action) => self.apply(ctx, action),
            None => self.say("finding-choose"),
        }
    }

    /// Number of the study's corrections that do not fit its file.
    pub(super) fn n_conflicts(&self) -> usize {
        let checked: Option<&Arc<_>> = self.session.checked.as_ref();
        checked.map_or(0, |checked| checked.replayed.conflicts.len())
    }
}
