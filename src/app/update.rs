//! The only place that changes what is saved, undone or computed again.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use egui::{Context, ThemePreference, ViewportCommand};

use crate::analysis::{self, Analysis};
use crate::app::action::{Action, Ask, Command, Decision, ReportOrder};
use crate::app::columns::CheckOrder;
use crate::app::corrections;
use crate::app::dialogs::{Answer, Dialog};
use crate::app::intake::Input;
use crate::app::jobs::{Contents, FigureOrder, Job, JobKind};
use crate::app::overlay::{After, Leave, Modal, Palette};
use crate::app::pages::cohort::Tab;
use crate::app::pages::patients::Open;
use crate::app::recovery;
use crate::app::state::{Page, Session};
use crate::app::window::Window;
use crate::app::writing;
use crate::base::text::Lang;
use crate::cohort::Cohort;
use crate::study::{Candidate, MeetingChange, Study};

const STUDY: &str = "prognostim";

impl Window {
    /// Carries out what a person asked for.
    pub(super) fn apply(&mut self, ctx: &Context, action: Action) {
        match action {
            Action::Do(command) => self.command(ctx, command),
            Action::Decide(decision) => self.decide(decision),
            Action::OpenPath(path) => self.leave_for(ctx, After::Open(path)),
            Action::OpenSample(name) => self.leave_for(ctx, After::Sample(name)),
            Action::Reimport(options) => self.take_again(options),
            Action::Recover(path) => self.submit(Job::OpenStudy {
                path,
                recovered: true,
            }),
            Action::DiscardRecovery(path) => {
                recovery::remove(&path);
                self.orphans.retain(|orphan| orphan.path != path);
                self.session.touch();
            }
            Action::Ask(ask) => self.ask(ctx, ask),
            Action::Chosen(ask, path) => self.chosen(ctx, ask, path),
            Action::TypePath => {
                if let Some(dialog) = self.dialog.take() {
                    self.type_path(dialog.ask);
                }
            }
            Action::Leave(leave, after) => self.leave(ctx, leave, after),
            Action::WriteReport(order) => self.write_report(order),
            Action::ShowModel(model) => {
                self.session.model = model;
                self.session.touch();
            }
            Action::ShowPatient(patient) => self.show_person(Open::Member(patient)),
            Action::ShowPerson(open) => self.show_person(open),
            Action::NewCandidate => {
                let code = self.session.study.meeting.next_code();
                let candidate = Candidate {
                    code: code.clone(),
                    ..Candidate::default()
                };
                self.decide(Decision::Meeting(MeetingChange::Candidate(candidate)));
                self.show_person(Open::Candidate(code));
            }
            Action::ShowPatientList => self.views.patients.open = Open::List,
            Action::ShowColumn(name) => {
                self.views.cohort.tab = Tab::Review;
                self.views.cohort.review.column = Some(name);
            }
            Action::ShowCell(row, name) => self.show_cell(row, name.as_deref()),
            Action::Form(of) => self.open_form(of),
            Action::Arrange(wanted) => self.arrange(wanted),
            Action::CopyBlock(block) => self.copy_block(ctx, block),
            Action::ReadAgain => self.take_again(self.session.study.import.clone()),
            Action::TakeUpdated(keep) => self.take_updated(keep),
            Action::TakeAnswers(at, take) => self.take_answers(at, take),
            Action::ShowConflicts => self.modal = Some(Modal::Conflicts),
            Action::Copy(text) => {
                ctx.copy_text(text);
                self.say("copied");
            }
            Action::Dismiss(page) => {
                self.session.problems.remove(&page);
            }
            Action::Intake(wish) => self.intake(ctx, wish),
            Action::Movement(wish) => self.movement(wish),
            Action::Survey(question) => self.survey(question),
            Action::AskLive(questions) => self.ask_live(questions),
            Action::LookAt(what) => self.look_at(what),
            Action::Language(lang) => self.preferences.lang = lang,
            Action::ForgetRecent(path) => {
                self.preferences.recent.retain(|recent| *recent != path);
            }
        }
    }

    fn command(&mut self, ctx: &Context, command: Command) {
        match command {
            Command::Open => self.ask(ctx, Ask::Open),
            Command::Paste => self.ask_paste(ctx),
            Command::Save => match self.session.study_path.clone() {
                Some(path) => self.save(path),
                None => self.ask(
                    ctx,
                    Ask::Save {
                        without_patients: false,
                    },
                ),
            },
            Command::SaveAs => self.ask(
                ctx,
                Ask::Save {
                    without_patients: false,
                },
            ),
            Command::SaveWithoutPatients => self.ask(
                ctx,
                Ask::Save {
                    without_patients: true,
                },
            ),
            Command::Close => self.leave_for(ctx, After::Close),
            Command::Undo => self.travel(true),
            Command::Redo => self.travel(false),
            Command::Train => self.train(),
            Command::Compare => self.compare(),
            Command::Explain => self.explain(),
            Command::Profiles => self.look_for_profiles(),
            Command::Elsewhere => self.ask(ctx, Ask::Elsewhere),
            Command::Cancel => self.stop(),
            Command::WriteReport => {
                self.views.page = Page::Report;
                let order = self.with_pages(None, |cx, views| views.report.order(cx));
                self.write_report(order);
            }
            Command::NextPatient => self.step_patient(1),
            Command::PreviousPatient => self.step_patient(-1),
            Command::Find
            | Command::GoToRow
            | Command::EditCell
            | Command::PreviousFinding
            | Command::NextFinding
            | Command::AcceptFinding
            | Command::QueryFinding => self.review(ctx, command),
            Command::Palette => self.palette = Some(Palette::default()),
            Command::Go(page) => self.views.page = page,
            Command::ZoomIn => self.preferences.zoom_by(1.0),
            Command::ZoomOut => self.preferences.zoom_by(-1.0),
            Command::ZoomReset => self.preferences.zoom = 1.0,
            Command::Present => {
                self.presenting = !self.presenting;
                ctx.send_viewport_cmd(ViewportCommand::Fullscreen(self.presenting));
            }
            Command::SwitchTheme => {
                let dark = ctx.theme() == egui::Theme::Dark;
                self.preferences.theme = if dark {
                    ThemePreference::Light
                } else {
                    ThemePreference::Dark
                };
            }
            Command::SwitchLanguage => {
                self.preferences.lang = match self.preferences.lang {
                    Lang::En => Lang::Fr,
                    Lang::Fr => Lang::En,
                };
            }
            Command::About => self.modal = Some(Modal::About),
        }
    }

    fn step_patient(&mut self, step: isize) {
        let open = self.with_pages(None, |cx, views| views.patients.neighbour(cx, step));
        if let Some(open) = open {
            self.show_person(open);
        }
    }

    fn show_person(&mut self, open: Open) {
        self.views.patients.open = open;
        self.views.page = Page::Patients;
    }

    pub(super) fn say(&mut self, key: &str) {
        self.message = Some((self.preferences.lang.t(key), Instant::now()));
    }

    pub(super) fn submit(&mut self, job: Job) {
        let revision = self.session.revision;
        self.jobs.submit(job, revision);
    }

    // --- decisions -----------------------------------------------------------------------

    pub(super) fn decide(&mut self, decision: Decision) {
        let session = &mut self.session;
        let before = session.study.clone();
        session.history.remember(&before, &decision, Instant::now());
        let settings = &mut session.study.settings;
        match decision {
            Decision::Outcome(outcome) => settings.outcome = *outcome,
            Decision::TakeBack(code) => {
                settings.accepted.remove(&code);
            }
            Decision::Predictors(names) => settings.predictors = names,
            Decision::Categorical(name, is_code) => {
                settings.categorical.retain(|column| *column != name);
                if is_code {
                    settings.categorical.push(name);
                    settings.categorical.sort();
                }
            }
            Decision::Design(design) => settings.design = design,
            Decision::Confirm(name, why) => match why {
                Some(why) => {
                    settings.confirmed.insert(name, why);
                }
                None => {
                    settings.confirmed.remove(&name);
                }
            },
            Decision::Lock => self.lock_specification(),
            Decision::Learner(learner, wanted) => {
                settings.learners.retain(|chosen| *chosen != learner);
                if wanted {
                    settings.learners.push(learner);
                    settings.learners.sort();
                }
            }
            Decision::Forest(forest) => settings.forest = forest,
            Decision::Penalty(penalty) => settings.penalty = penalty,
            Decision::Recalibration(kind) => settings.recalibration = kind,
            Decision::Plan(plan) => settings.plan = plan,
            Decision::Missing(missing) => settings.missing = missing,
            Decision::Delta(delta) => settings.delta = delta,
            Decision::Strata(strata) => settings.strata = strata,
            Decision::Seed(seed) => settings.seed = seed,
            Decision::Note(id, text) => {
                if text.trim().is_empty() {
                    session.study.notes.remove(&id);
                } else {
                    session.study.notes.insert(id, text);
                }
            }
            Decision::Meeting(change) => session.study.meeting.apply(change, &writing::now()),
            Decision::Name(name) => session.study.name = name,
            Decision::Edit(..)
            | Decision::Edits(..)
            | Decision::Correct(..)
            | Decision::Resolve(..)
            | Decision::Answers(_)
            | Decision::Mark(..) => {
                let who = self.preferences.initials.trim().to_owned();
                corrections::carry_out(&mut session.study, decision, &who, &writing::now());
            }
            Decision::ReviewParams(params) => session.study.review.params = params,
            Decision::KeyedPseudonyms(by_key) => session.call_by_key(by_key),
        }
        self.decided(&before);
    }

    /// Undo or redo.
    fn travel(&mut self, back: bool) {
        let session = &mut self.session;
        let other = if back {
            session.history.undo(&session.study)
        } else {
            session.history.redo(&session.study)
        };
        let Some(study) = other else {
            return;
        };
        let before = std::mem::replace(&mut session.study, study);
        if before.keyed_pseudonyms != session.study.keyed_pseudonyms
            && let Some(opened) = &mut session.opened
        {
            Arc::make_mut(opened).keyed = session.study.keyed_pseudonyms;
        }
        session.study.results_of.clone_from(&before.results_of);
        session
            .study
            .keep_trail(&before, &self.preferences.initials, &writing::now());
        self.decided(&before);
    }

    /// Starts what follows from changed decisions.
    fn decided(&mut self, before: &Study) {
        self.session.edits += 1;
        self.session.mark_dirty();
        // The count of definitions only grows: undoing one is a change too.
        let settings = &mut self.session.study.settings;
        settings.label = before.settings.label.clone();
        let (old, new) = (&before.settings.outcome, &settings.outcome);
        settings.label.note(old, new, &writing::now());
        let now = &self.session.study;
        let data_changed =
            now.settings.accepted != before.settings.accepted || now.edits != before.edits;
        // Cut points follow a training: nothing is out of date for them.
        let settings_changed = !now.settings.trains_as(&before.settings) || data_changed;
        let review_changed = now.review != before.review;
        let names_changed = now.keyed_pseudonyms != before.keyed_pseudonyms;
        if settings_changed {
            self.session.revision.settings += 1;
            self.jobs.cancel(JobKind::Trial);
            self.jobs.cancel(JobKind::TryComparison);
            self.jobs.cancel(JobKind::TryProfiles);
            self.jobs.cancel(JobKind::TryMove);
        }
        if now.edits != before.edits {
            self.keep_recipe();
        }
        if data_changed || review_changed || names_changed {
            self.check();
        }
        if settings_changed && !data_changed {
            self.derive();
        }
        self.recut();
    }

    pub(super) fn check(&mut self) {
        if let Some(cohort) = self.session.opened.clone() {
            let study = &self.session.study;
            let order = CheckOrder {
                cohort,
                accepted: study.settings.accepted.clone(),
                edits: study.edits.clone(),
                review: study.review.clone(),
                previous: self.session.checked.clone(),
            };
            self.submit(Job::Check(order));
        }
    }

    pub(super) fn derive(&mut self) {
        if let Some(checked) = &self.session.checked {
            let cohort = Arc::clone(&checked.cohort);
            let settings = self.session.study.settings.clone();
            self.submit(Job::Derive { cohort, settings });
        }
    }

    /// Notes what would be trained now, where it is not what was noted last.
    fn lock_specification(&mut self) {
        let Some(cohort) = self.session.cohort() else {
            return;
        };
        let Ok(hash) = analysis::hash_of(cohort, &self.session.study.settings) else {
            return;
        };
        let locks = &mut self.session.study.settings.locks;
        if locks.last().is_none_or(|last| last.hash != hash) {
            let at = writing::now();
            locks.push(analysis::Lock { at, hash });
        }
    }

    pub(super) fn train(&mut self) {
        if !self.session.study.settings.locks.is_empty() {
            self.lock_specification();
        }
        if let Some(checked) = &self.session.checked {
            let cohort = Arc::clone(&checked.cohort);
            let checked_edits = checked.of.edits.iter().map(|edit| edit.number).collect();
            let settings = self.session.study.settings.clone();
            self.session.problems.remove(&Page::Train);
            for kind in [
                JobKind::Trial,
                JobKind::TryComparison,
                JobKind::Compare,
                JobKind::Explain,
                JobKind::Live,
                JobKind::TryProfiles,
                JobKind::Profiles,
                JobKind::TryMove,
                JobKind::Move,
                JobKind::Elsewhere,
            ] {
                self.jobs.cancel(kind);
            }
            self.session.training_on = checked_edits;
            self.submit(Job::Train { cohort, settings });
        }
    }

    /// Stops what can be stopped: a training, a comparison, curves, a search for profiles, a second training.
    pub(super) fn stop(&mut self) {
        self.jobs.cancel(JobKind::Train);
        self.jobs.cancel(JobKind::Compare);
        self.jobs.cancel(JobKind::Explain);
        self.jobs.cancel(JobKind::Live);
        self.jobs.cancel(JobKind::Profiles);
        self.jobs.cancel(JobKind::Move);
        self.jobs.cancel(JobKind::Elsewhere);
    }

    /// Leaves what is open for something else, asking first where it is not saved.
    pub(super) fn leave_for(&mut self, ctx: &Context, after: After) {
        if self.session.dirty {
            self.modal = Some(Modal::Unsaved(after));
        } else {
            self.follow(ctx, after);
        }
    }

    fn leave(&mut self, ctx: &Context, leave: Leave, after: After) {
        match leave {
            Leave::Discard => {
                self.session.dirty = false;
                self.follow(ctx, after);
            }
            Leave::Save => {
                self.after_save = Some(after);
                self.command(ctx, Command::Save);
            }
        }
    }

    pub(super) fn follow(&mut self, ctx: &Context, after: After) {
        match after {
            After::Quit => {
                self.closing = true;
                ctx.send_viewport_cmd(ViewportCommand::Close);
            }
            After::Close => {
                self.close_study();
                self.views.page = Page::Home;
            }
            After::Open(path) => {
                let is_study = path.extension().is_some_and(|end| end == STUDY);
                if is_study {
                    self.submit(Job::OpenStudy {
                        path,
                        recovered: false,
                    });
                } else {
                    self.take(Input::Path(path));
                }
            }
            After::Pasted(text) => self.take(Input::Pasted(text)),
            After::Sample(name) => self.take(Input::Sample(name)),
        }
    }

    pub(super) fn close_study(&mut self) {
        self.stop();
        self.forget_views();
        // Revisions go on, so that answers to the closed study are recognised as old.
        let mut revision = self.session.revision;
        revision.cohort += 1;
        self.session = Session {
            revision,
            version: self.session.version + 1,
            ..Session::default()
        };
        self.lock = None;
        if let Some(recovery) = &mut self.recovery {
            recovery.clear();
        }
    }

    /// Forgets what the pages remember of an earlier cohort.
    fn forget_views(&mut self) {
        let page = self.views.page;
        self.views = crate::app::pages::Views {
            page,
            ..Default::default()
        };
        self.written = None;
    }

    /// The window is asked to close: a question first where something is not saved.
    pub(super) fn close_requested(&mut self, ctx: &Context) {
        let requested = ctx.input(|input| input.viewport().close_requested());
        if requested && self.session.dirty && !self.closing {
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            self.modal = Some(Modal::Unsaved(After::Quit));
        }
    }

    // --- files ------------------------------------------------------------------------------

    fn ask(&mut self, ctx: &Context, ask: Ask) {
        if self.dialog.is_none() {
            let lang = self.preferences.lang;
            let name = self.session.name();
            let name = Path::new(&name)
                .file_stem()
                .map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
            self.dialog = Some(Dialog::open(ask, lang, &name, ctx));
        }
    }

    /// Looks whether the file dialog has been answered.
    pub(super) fn poll_dialog(&mut self, ctx: &Context) {
        let Some(dialog) = &self.dialog else {
            return;
        };
        let answer = dialog.poll();
        if matches!(answer, Answer::Waiting) {
            return;
        }
        let Some(Dialog { ask, .. }) = self.dialog.take() else {
            return;
        };
        match answer {
            Answer::Chosen(path) => self.chosen(ctx, ask, path),
            Answer::Unavailable => self.type_path(ask),
            Answer::Cancelled | Answer::Waiting => self.after_save = None,
        }
    }

    /// Asks for a path in the window; where something is written a path is proposed.
    fn type_path(&mut self, ask: Ask) {
        let beside = self
            .session
            .study_path
            .clone()
            .or_else(|| self.session.study.cohort_path.clone().map(PathBuf::from))
            .and_then(|path| path.parent().map(PathBuf::from))
            .or_else(std::env::home_dir)
            .unwrap_or_default();
        let name = self.session.name();
        let stem = Path::new(&name).file_stem().unwrap_or_default();
        let proposed = match &ask {
            Ask::Open | Ask::Elsewhere => beside.join(""),
            Ask::ReportFolder => beside.join("prognostim-report"),
            Ask::Save { .. } => beside.join(stem).with_extension(STUDY),
            Ask::SaveFigure { .. } | Ask::SaveSheet { .. } | Ask::SavePage { .. } => {
                beside.join(ask.file_name().unwrap_or_default())
            }
            Ask::SaveQueries | Ask::Answers => {
                let name = self.preferences.lang.t("queries-file");
                beside.join(name)
            }
        };
        self.modal = Some(Modal::Path(ask, proposed.display().to_string()));
    }

    fn chosen(&mut self, ctx: &Context, ask: Ask, path: PathBuf) {
        match ask {
            Ask::Open => self.leave_for(ctx, After::Open(path)),
            Ask::Elsewhere => self.judge_elsewhere(path),
            Ask::Save { without_patients } => {
                let path = with_ending(path, STUDY);
                if without_patients {
                    self.save_without_patients(path);
                } else {
                    self.save(path);
                }
            }
            Ask::ReportFolder => self.views.report.folder = path.display().to_string(),
            Ask::SaveFigure { figure, kind } => {
                let lang = self.preferences.lang;
                let path = with_ending(path, kind.ending());
                self.submit(Job::WriteFigure(FigureOrder {
                    path,
                    figure,
                    kind,
                    lang,
                }));
            }
            Ask::SaveSheet { sheet, .. } => {
                let lang = self.preferences.lang;
                let path = with_ending(path, "xlsx");
                self.submit(Job::WriteSheet { path, sheet, lang });
            }
            Ask::SavePage { html, .. } => {
                let path = with_ending(path, "html");
                self.submit(Job::WritePage { path, html });
            }
            Ask::SaveQueries => self.write_queries(with_ending(path, "xlsx")),
            Ask::Answers => self.read_answers(path),
        }
    }

    fn save(&mut self, path: PathBuf) {
        if self.session.study.name.is_empty()
            && let Some(stem) = path.file_stem()
        {
            self.session.study.name = stem.to_string_lossy().into_owned();
        }
        self.saving = Some(self.session.edits);
        let take_lock = self.lock.is_none() || self.session.study_path.as_ref() != Some(&path);
        self.submit(Job::Save {
            path,
            take_lock,
            contents: self.contents(),
        });
    }

    fn contents(&self) -> Contents {
        Contents {
            study: Box::new(self.session.study.clone()),
            cohort: self.session.opened.clone(),
            analysis: self.session.analysis.clone(),
        }
    }

    /// Decisions and figures, but no patient: neither the cohort nor a row nor a note.
    fn save_without_patients(&mut self, path: PathBuf) {
        let contents = Contents {
            cohort: None,
            ..self.contents()
        };
        self.submit(Job::Save {
            path,
            take_lock: false,
            contents,
        });
    }

    /// Writes the recovery copy.
    pub(super) fn save_recovery(&mut self) {
        let name = self.session.name();
        let mut contents = self.contents();
        let Some(recovery) = &mut self.recovery else {
            return;
        };
        if contents.cohort.is_none() {
            return;
        }
        let Some(name) = recovery.name_for(&name) else {
            return;
        };
        contents.study.name = name;
        let folder = recovery.folder().to_owned();
        let origin = self.session.study_path.clone();
        self.session.unrecovered = false;
        self.submit(Job::Autosave {
            folder,
            origin,
            contents,
        });
    }

    fn write_report(&mut self, order: ReportOrder) {
        let Some(analysis) = self.session.analysis.clone() else {
            return;
        };
        self.preferences.report_folder = Some(order.folder.clone());
        self.written = None;
        self.session.problems.remove(&Page::Report);
        let ids = order
            .original_ids
            .then(|| original_ids(&analysis, self.session.cohort()))
            .flatten();
        self.submit(Job::Report {
            order,
            analysis,
            ids,
        });
    }
}

/// Identifiers of the analysed patients as the source has them; `None` without a cohort.
fn original_ids(analysis: &Analysis, cohort: Option<&Cohort>) -> Option<Vec<String>> {
    let ids = cohort?.ids();
    let model = analysis.models.first()?;
    model
        .patients
        .iter()
        .map(|patient| ids.get(patient.row).cloned())
        .collect()
}

fn with_ending(path: PathBuf, ending: &str) -> PathBuf {
    if path.extension().is_some() {
        path
    } else {
        path.with_extension(ending)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_study_gets_its_ending_and_keeps_another() {
        assert_eq!(
            with_ending(PathBuf::from("a/study"), STUDY),
            PathBuf::from("a/study.prognostim")
        );
        assert_eq!(
            with_ending(PathBuf::from("study.other"), STUDY),
            PathBuf::from("study.other")
        );
    }
}
