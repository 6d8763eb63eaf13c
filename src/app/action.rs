//! Everything that a person can do, in one list.
//!
//! A [`Command`] needs nothing but a click; menus, buttons, keyboard and the command palette
//! come from [`Command::ALL`]. An [`Action`] is what a page returns: a command or a decision
//! with its values. Nothing happens here; [`crate::app::update`] carries it out.

use std::path::PathBuf;

use egui::{Key, KeyboardShortcut, Modifiers};

use crate::analysis::{
    Analysis, DeltaPlan, ForestSettings, Learner, MissingPlan, PenaltyParams, Plan, Recalibration,
    StrataRule,
};
use crate::app::forms::FormOf;
use crate::app::intake;
use crate::app::live_models;
use crate::app::moving;
use crate::app::overlay::{After, Leave};
use crate::app::pages::patients::Open;
use crate::app::state::{Page, Session};
use crate::app::surveys;
use crate::app::table::{Block, Wanted};
use crate::base::text::Lang;
use crate::cohort::{Change, Conflict};
use crate::design::DesignSpec;
use crate::figure::Figure;
use crate::import::ImportOptions;
use crate::outcome::OutcomeParams;
use crate::report::Picture;
use crate::review::{Difference, FindingKey, Mark, ReviewParams, Sheet};
use crate::study::MeetingChange;

/// Something that needs no further values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Command {
    /// Choose a file to open.
    Open,
    /// Open the table on the clipboard.
    Paste,
    /// Save the study.
    Save,
    /// Save the study under a new name.
    SaveAs,
    /// Save a copy that holds no patients.
    SaveWithoutPatients,
    /// Close the study.
    Close,
    /// Take back the last decision.
    Undo,
    /// Do it again.
    Redo,
    /// Train and validate.
    Train,
    /// Compare the learners with others.
    Compare,
    /// Work out curves, interactions and points of the models.
    Explain,
    /// Look for responder profiles.
    Profiles,
    /// Judge the models on another cohort.
    Elsewhere,
    /// Stop the running job.
    Cancel,
    /// Write the report.
    WriteReport,
    /// The next patient.
    NextPatient,
    /// The previous patient.
    PreviousPatient,
    /// Search in the table of the cohort.
    Find,
    /// Go to a row of the cohort.
    GoToRow,
    /// Correct the cell under the cursor.
    EditCell,
    /// The finding before.
    PreviousFinding,
    /// The next finding.
    NextFinding,
    /// The chosen finding is right as it is.
    AcceptFinding,
    /// Ask about the chosen finding.
    QueryFinding,
    /// Find a command.
    Palette,
    /// Show a page.
    Go(Page),
    /// Larger.
    ZoomIn,
    /// Smaller.
    ZoomOut,
    /// Size 100 %.
    ZoomReset,
    /// For the projector: large, without what surrounds the page.
    Present,
    /// Light or dark.
    SwitchTheme,
    /// English or French.
    SwitchLanguage,
    /// What the program is, and its keys.
    About,
}

impl Command {
    /// Every command, in the order of the palette.
    pub const ALL: [Self; 41] = [
        Self::Open,
        Self::Paste,
        Self::Save,
        Self::SaveAs,
        Self::SaveWithoutPatients,
        Self::Close,
        Self::Undo,
        Self::Redo,
        Self::Train,
        Self::Compare,
        Self::Explain,
        Self::Profiles,
        Self::Elsewhere,
        Self::Cancel,
        Self::WriteReport,
        Self::NextPatient,
        Self::PreviousPatient,
        Self::Find,
        Self::GoToRow,
        Self::EditCell,
        Self::PreviousFinding,
        Self::NextFinding,
        Self::AcceptFinding,
        Self::QueryFinding,
        Self::Go(Page::Home),
        Self::Go(Page::Cohort),
        Self::Go(Page::Outcome),
        Self::Go(Page::Predictors),
        Self::Go(Page::Train),
        Self::Go(Page::Performance),
        Self::Go(Page::Patients),
        Self::Go(Page::Profiles),
        Self::Go(Page::Report),
        Self::Palette,
        Self::ZoomIn,
        Self::ZoomOut,
        Self::ZoomReset,
        Self::Present,
        Self::SwitchTheme,
        Self::SwitchLanguage,
        Self::About,
    ];

    /// Message key of its words; the attribute `.tip` says more.
    pub fn key(self) -> &'static str {
        match self {
            Self::Open => "command-open",
            Self::Paste => "command-paste",
            Self::Save => "command-save",
            Self::SaveAs => "command-save-as",
            Self::SaveWithoutPatients => "command-save-without-patients",
            Self::Close => "command-close",
            Self::Undo => "command-undo",
            Self::Redo => "command-redo",
            Self::Train => "command-train",
            Self::Compare => "command-compare",
            Self::Explain => "command-explain",
            Self::Profiles => "command-profiles",
            Self::Elsewhere => "command-elsewhere",
            Self::Cancel => "command-cancel",
            Self::WriteReport => "command-write-report",
            Self::NextPatient => "command-next-patient",
            Self::PreviousPatient => "command-previous-patient",
            Self::Find => "command-find",
            Self::GoToRow => "command-go-to-row",
            Self::EditCell => "command-edit-cell",
            Self::PreviousFinding => "command-previous-finding",
            Self::NextFinding => "command-next-finding",
            Self::AcceptFinding => "command-accept-finding",
            Self::QueryFinding => "command-query-finding",
            Self::Palette => "command-palette",
            Self::Go(page) => page.key(),
            Self::ZoomIn => "command-zoom-in",
            Self::ZoomOut => "command-zoom-out",
            Self::ZoomReset => "command-zoom-reset",
            Self::Present => "command-present",
            Self::SwitchTheme => "command-switch-theme",
            Self::SwitchLanguage => "command-switch-language",
            Self::About => "command-about",
        }
    }

    /// Its words.
    pub fn text(self, lang: Lang) -> String {
        lang.t(self.key())
    }

    /// What it does, with its keys.
    pub fn tip(self, lang: Lang) -> String {
        let text = lang.t(&format!("{}.tip", self.key()));
        match self.shortcut_text(lang) {
            Some(keys) => format!("{text} ({keys})"),
            None => text,
        }
    }

    /// Its keys.
    pub fn shortcut(self) -> Option<KeyboardShortcut> {
        let ctrl = |key| Some(KeyboardShortcut::new(Modifiers::COMMAND, key));
        let ctrl_shift = |key| {
            Some(KeyboardShortcut::new(
                Modifiers::COMMAND | Modifiers::SHIFT,
                key,
            ))
        };
        let plain = |key| Some(KeyboardShortcut::new(Modifiers::NONE, key));
        match self {
            Self::Open => ctrl(Key::O),
            Self::Paste => ctrl(Key::V),
            Self::Save => ctrl(Key::S),
            Self::SaveAs => ctrl_shift(Key::S),
            Self::Undo => ctrl(Key::Z),
            Self::Redo => ctrl(Key::Y),
            Self::Train => ctrl(Key::Enter),
            Self::Palette => ctrl(Key::K),
            Self::NextPatient => ctrl(Key::PageDown),
            Self::PreviousPatient => ctrl(Key::PageUp),
            Self::Go(page) => ctrl(page.shortcut_key()),
            Self::ZoomIn => ctrl(Key::Plus),
            Self::ZoomOut => ctrl(Key::Minus),
            Self::ZoomReset => ctrl(Key::Num0),
            Self::Find => ctrl(Key::F),
            Self::GoToRow => ctrl(Key::G),
            Self::EditCell => plain(Key::F2),
            Self::PreviousFinding => Some(KeyboardShortcut::new(Modifiers::SHIFT, Key::F8)),
            Self::NextFinding => plain(Key::F8),
            Self::AcceptFinding => ctrl_shift(Key::A),
            Self::QueryFinding => ctrl_shift(Key::Q),
            Self::About => plain(Key::F1),
            Self::Present => plain(Key::F11),
            Self::SaveWithoutPatients
            | Self::Close
            | Self::Compare
            | Self::Explain
            | Self::Profiles
            | Self::Elsewhere
            | Self::Cancel
            | Self::WriteReport
            | Self::SwitchTheme
            | Self::SwitchLanguage => None,
        }
    }

    /// Its keys in words.
    pub fn shortcut_text(self, lang: Lang) -> Option<String> {
        let shortcut = self.shortcut()?;
        let mut parts = Vec::new();
        if shortcut.modifiers.command {
            parts.push(lang.t("key-ctrl"));
        }
        if shortcut.modifiers.shift {
            parts.push(lang.t("key-shift"));
        }
        let key = match shortcut.logical_key {
            Key::Plus => "+".to_owned(),
            Key::Minus => "\u{2212}".to_owned(),
            Key::Enter => lang.t("key-enter"),
            Key::PageDown => lang.t("key-page-down"),
            Key::PageUp => lang.t("key-page-up"),
            key => key.symbol_or_name().to_owned(),
        };
        parts.push(key);
        Some(parts.join("+"))
    }

    /// Whether it can be done now.
    pub fn enabled(self, session: &Session, training: bool) -> bool {
        match self {
            Self::Save | Self::SaveAs | Self::SaveWithoutPatients | Self::Close => {
                session.opened.is_some()
            }
            Self::Undo => session.history.can_undo(),
            Self::Redo => session.history.can_redo(),
            Self::Train => session.can_train() && !training,
            Self::Compare => {
                let is_compared = |analysis: &Analysis| analysis.comparison.is_some();
                let found = session.analysis.as_deref().filter(|a| !is_compared(a));
                found.is_some() && session.checked.is_some() && !session.is_stale() && !training
            }
            Self::Explain => {
                let is_open = |analysis: &&Analysis| analysis.effects.is_empty();
                let found = session.analysis.as_deref().filter(is_open);
                found.is_some() && session.checked.is_some() && !session.is_stale() && !training
            }
            Self::Profiles => {
                let is_known = |analysis: &Analysis| analysis.profiles.is_some();
                let found = session.analysis.as_deref().filter(|a| !is_known(a));
                found.is_some() && session.checked.is_some() && !session.is_stale() && !training
            }
            Self::Elsewhere => {
                let is_there = session.analysis.is_some() && session.checked.is_some();
                is_there && !session.is_stale() && !training
            }
            Self::Cancel => training,
            Self::WriteReport => session.analysis.is_some(),
            Self::NextPatient | Self::PreviousPatient => session.analysis.is_some(),
            Self::Find | Self::GoToRow | Self::EditCell => session.checked.is_some(),
            Self::PreviousFinding
            | Self::NextFinding
            | Self::AcceptFinding
            | Self::QueryFinding => {
                let checked = session.checked.as_ref();
                checked.is_some_and(|checked| !checked.to_review.is_empty())
            }
            Self::Open
            | Self::Paste
            | Self::Palette
            | Self::Go(_)
            | Self::ZoomIn
            | Self::ZoomOut
            | Self::ZoomReset
            | Self::Present
            | Self::SwitchTheme
            | Self::SwitchLanguage
            | Self::About => true,
        }
    }
}

/// A decision: saved with the study, and undone.
#[derive(Clone, Debug, PartialEq)]
pub enum Decision {
    /// What a responder is and who is predicted.
    Outcome(Box<OutcomeParams>),
    /// A repair that was accepted as a whole is taken back.
    TakeBack(String),
    /// The predictors; `None`: every candidate by default.
    Predictors(Option<Vec<String>>),
    /// A numeric column is a code or not.
    Categorical(String, bool),
    /// How predictors enter the logistic models.
    Design(DesignSpec),
    /// Why a predictor that all but tells the outcome may predict; `None`: it may not.
    Confirm(String, Option<String>),
    /// The specification is locked.
    Lock,
    /// A model is trained or not.
    Learner(Learner, bool),
    /// How the forest is grown.
    Forest(ForestSettings),
    /// How the strength of penalties is chosen.
    Penalty(PenaltyParams),
    /// How chances are recalibrated.
    Recalibration(Recalibration),
    /// How the models are validated.
    Plan(Plan),
    /// What happens to missing values.
    Missing(MissingPlan),
    /// Which gaps are moved in a sensitivity analysis; `None`: none.
    Delta(Option<DeltaPlan>),
    /// How the strata are cut.
    Strata(StrataRule),
    /// Seed of all random numbers.
    Seed(u64),
    /// A note on a patient.
    Note(String, String),
    /// What the team keeps of its meeting.
    Meeting(MeetingChange),
    /// Name of the study.
    Name(String),
    /// The data are corrected: what, and why.
    Edit(Change, String),
    /// The data are corrected in several ways at once, by a repair.
    Edits(Vec<Change>, String),
    /// The data are corrected, and with them what was found: what, why, the findings.
    Correct(Change, String, Vec<FindingKey>),
    /// Corrections that do not fit the file any more: made again if true, else given up.
    Resolve(Vec<Conflict>, bool),
    /// Something is done about findings.
    Mark(Vec<FindingKey>, Mark),
    /// Answers to questions are taken over, with the corrections that they bring.
    Answers(Vec<Difference>),
    /// What the review checks.
    ReviewParams(ReviewParams),
    /// Study and reports call patients by keyed pseudonym, or by row.
    KeyedPseudonyms(bool),
}

impl Decision {
    /// Changes of the same kind in quick succession (dragging, typing) are undone as one.
    pub fn kind(&self) -> String {
        match self {
            // Another kind of rule or another choice is a step of its own; a number that is dragged is not.
            Self::Outcome(params) => format!(
                "outcome {} {} {} {} {}",
                params.rule.wording().0,
                params.moment.name(),
                params.explanted.name(),
                params.lost.name(),
                params.died.name()
            ),
            Self::TakeBack(code) => format!("take-back {code}"),
            Self::Predictors(_) => "predictors".to_owned(),
            Self::Categorical(name, _) => format!("categorical {name}"),
            Self::Design(_) => "design".to_owned(),
            Self::Confirm(name, _) => format!("confirm {name}"),
            Self::Lock => "lock".to_owned(),
            Self::Learner(learner, _) => format!("learner {}", learner.name()),
            Self::Forest(_) => "forest".to_owned(),
            Self::Penalty(penalty) => format!("penalty {}", penalty.rule.name()),
            Self::Recalibration(_) => "recalibration".to_owned(),
            Self::Plan(_) => "plan".to_owned(),
            Self::Missing(_) => "missing".to_owned(),
            Self::Delta(_) => "delta".to_owned(),
            Self::Strata(rule) => {
                let by = std::mem::discriminant(&rule.by);
                format!("strata {by:?}")
            }
            Self::Seed(_) => "seed".to_owned(),
            Self::Note(id, _) => format!("note {id}"),
            Self::Meeting(change) => change.kind(),
            Self::Name(_) => "name".to_owned(),
            Self::Edit(..) | Self::Edits(..) | Self::Correct(..) => "edit".to_owned(),
            Self::Resolve(..) => "resolve".to_owned(),
            Self::Mark(..) => "mark".to_owned(),
            Self::Answers(_) => "answers".to_owned(),
            Self::ReviewParams(_) => "review-params".to_owned(),
            Self::KeyedPseudonyms(_) => "keyed-pseudonyms".to_owned(),
        }
    }

    /// Whether it is made bit by bit (typing, dragging), so that steps are undone together.
    pub fn is_gradual(&self) -> bool {
        if let Self::Meeting(change) = self {
            return change.is_gradual();
        }
        matches!(
            self,
            Self::Outcome(_)
                | Self::Forest(_)
                | Self::Penalty(_)
                | Self::Plan(_)
                | Self::Missing(_)
                | Self::Delta(_)
                | Self::Strata(_)
                | Self::Seed(_)
                | Self::Note(..)
                | Self::Name(_)
        )
    }
}

/// What a report is to hold, and where it goes.
#[derive(Clone, Debug, PartialEq)]
pub struct ReportOrder {
    /// Folder.
    pub folder: PathBuf,
    /// Language.
    pub lang: Lang,
    /// The page for people.
    pub html: bool,
    /// The numbers for programs.
    pub json: bool,
    /// Every figure as a file.
    pub figures: bool,
    /// Original identifiers instead of pseudonyms.
    pub original_ids: bool,
}

/// What a file dialog is for.
#[derive(Clone, Debug, PartialEq)]
pub enum Ask {
    /// A study or a cohort file to open.
    Open,
    /// Where to save the study; without the patients if true.
    Save {
        /// Leaves the snapshot and the results out.
        without_patients: bool,
    },
    /// Another cohort on which the models are judged.
    Elsewhere,
    /// The folder of the report.
    ReportFolder,
    /// Where to write the list of questions, as a workbook.
    SaveQueries,
    /// The list of questions that came back with its answers.
    Answers,
    /// Where to save a figure.
    SaveFigure {
        /// The figure.
        figure: Box<Figure>,
        /// As what.
        kind: Picture,
    },
    /// Where to save a page for printing.
    SavePage {
        /// Proposed file name.
        name: String,
        /// The page.
        html: String,
    },
    /// Where to save a list: a workbook, or delimited text by its ending.
    SaveSheet {
        /// Proposed file name.
        name: String,
        /// The list.
        sheet: Sheet,
    },
}

impl Ask {
    /// The file name that is proposed; `None` where the file exists already or the study has a name of its own.
    pub fn file_name(&self) -> Option<String> {
        match self {
            Self::SaveFigure {
                figure,
                kind: Picture::Png(dpi),
            } => Some(format!("{}-{dpi}-dpi.png", figure.id)),
            Self::SaveFigure { figure, kind } => Some(format!("{}.{}", figure.id, kind.ending())),
            Self::SaveSheet { name, .. } | Self::SavePage { name, .. } => Some(name.clone()),
            _ => None,
        }
    }
}

/// Cells of a column that are to be looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LookAt {
    /// The column.
    Column(String),
    /// Its missing values.
    Missing(String),
    /// What could not be read in it.
    Unread(String),
}

/// What a page asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// A command.
    Do(Command),
    /// A decision.
    Decide(Decision),
    /// Open this file: a study or a cohort.
    OpenPath(PathBuf),
    /// Open a sample cohort.
    OpenSample(String),
    /// Read the cohort file again in this way.
    Reimport(ImportOptions),
    /// Go on with what a crash left.
    Recover(PathBuf),
    /// Throw away what a crash left.
    DiscardRecovery(PathBuf),
    /// Choose a file or folder.
    Ask(Ask),
    /// A path was typed or chosen.
    Chosen(Ask, PathBuf),
    /// No dialog is to be seen: type the path instead.
    TypePath,
    /// What happens to unsaved work before something else follows.
    Leave(Leave, After),
    /// Write the report.
    WriteReport(ReportOrder),
    /// Show this model.
    ShowModel(usize),
    /// Show this patient of the models.
    ShowPatient(usize),
    /// Show this patient or candidate.
    ShowPerson(Open),
    /// Type in a candidate.
    NewCandidate,
    /// Back to the list of patients.
    ShowPatientList,
    /// Show this column of the cohort.
    ShowColumn(String),
    /// Show this row of the cohort, and this column of it.
    ShowCell(usize, Option<String>),
    /// Fill in a form.
    Form(FormOf),
    /// Put the rows of the cohort in this order.
    Arrange(Wanted),
    /// Copy this block of the cohort.
    CopyBlock(Block),
    /// Read the cohort file again, as it was read.
    ReadAgain,
    /// The file that was read again has changed: keep what was done to the data if true, else start over.
    TakeUpdated(bool),
    /// Take over the answers at these places of the list that was read, or leave them; all of them where `None`.
    TakeAnswers(Option<usize>, bool),
    /// Show the corrections that do not fit the file any more.
    ShowConflicts,
    /// Copy text.
    Copy(String),
    /// Forget a problem that was shown.
    Dismiss(Page),
    /// Set the language.
    Language(Lang),
    /// Remove a path from the list of recent ones.
    ForgetRecent(PathBuf),
    /// Something about the import.
    Intake(intake::Wish),
    /// Something about another definition of the outcome.
    Movement(moving::Wish),
    /// Count something over the whole cohort.
    Survey(surveys::Question),
    /// Ask the live models: the first of these that has no answer yet.
    AskLive(Vec<live_models::Question>),
    /// Show these cells of a column on the review tab.
    LookAt(LookAt),
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_command_has_words_and_a_tip_in_both_languages() {
        for lang in Lang::ALL {
            for command in Command::ALL {
                assert!(lang.has(command.key()), "{}", command.key());
                assert!(!command.tip(lang).contains('⟦'), "{}", command.key());
            }
        }
    }

    #[test]
    fn no_two_commands_share_their_keys() {
        let shortcuts: Vec<String> = Command::ALL
            .iter()
            .filter_map(|command| command.shortcut_text(Lang::En))
            .collect();
        let distinct: BTreeSet<&String> = shortcuts.iter().collect();
        assert_eq!(distinct.len(), shortcuts.len());
    }

    #[test]
    fn without_a_cohort_nothing_can_be_saved_trained_or_undone() {
        let session = Session::default();
        for command in [
            Command::Save,
            Command::Train,
            Command::Undo,
            Command::WriteReport,
        ] {
            assert!(!command.enabled(&session, false), "{command:?}");
        }
        assert!(Command::Open.enabled(&session, false));
    }
}
