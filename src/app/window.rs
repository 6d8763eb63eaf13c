//! The window as eframe sees it: what is open, what is shown, and the order of a frame.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use egui::{Context, ThemePreference, Ui, ViewportCommand};

use crate::app::action::{Action, Command};
use crate::app::dialogs::Dialog;
use crate::app::jobs::{JobKind, Jobs, REPAINT, Status};
use crate::app::overlay::{Modal, Palette};
use crate::app::pages::{Cx, Views};
use crate::app::preferences::Preferences;
use crate::app::recovery::{self, Keeper};
use crate::app::shell;
use crate::app::state::Session;
use crate::app::theme;
use crate::base::text::Lang;
use crate::cli::{Renderer, Start};
use crate::cohort::Cohort;
use crate::import::ImportOptions;
use crate::study;

/// How much larger everything is on a projector.
const ENLARGED: f32 = 1.4;

/// A cohort that was read and waits for an answer.
pub(super) struct Arrived {
    /// Where it came from; `None` for a sample.
    pub path: Option<PathBuf>,
    /// How it was read.
    pub options: ImportOptions,
    /// The cohort.
    pub cohort: Arc<Cohort>,
}

/// The program's window.
pub struct Window {
    pub(super) session: Session,
    pub(super) views: Views,
    pub(super) preferences: Preferences,
    pub(super) jobs: Jobs,
    pub(super) recovery: Option<Keeper>,
    pub(super) orphans: Vec<study::Recovery>,
    /// What a crash left and this window goes on with, until it has its own copy.
    pub(super) recovered_from: Option<PathBuf>,
    /// Held while a study file is edited.
    pub(super) lock: Option<study::Lock>,
    /// An updated source, until it is said what happens to the corrections.
    pub(super) arrived: Option<Arrived>,
    /// Whether corrections that do not fit are shown once the check is made.
    pub(super) asks_about_conflicts: bool,
    pub(super) dialog: Option<Dialog>,
    pub(super) modal: Option<Modal>,
    pub(super) palette: Option<Palette>,
    /// Folder and files of the report that was written last.
    pub(super) written: Option<(PathBuf, Vec<String>)>,
    /// A short word on what has just been done.
    pub(super) message: Option<(String, Instant)>,
    /// Train as soon as everything is there.
    pub(super) train_when_ready: bool,
    /// What follows once the study is saved.
    pub(super) after_save: Option<crate::app::overlay::After>,
    /// Count of changes that the running save holds.
    pub(super) saving: Option<u64>,
    /// Whether the window may close without a question.
    pub(super) closing: bool,
    /// Whether the page fills the screen, for a projector.
    pub(super) presenting: bool,
    pub(super) renderer: Option<Renderer>,
    /// Frames for which the clipboard is still waited for.
    pub(super) paste_frames: u8,
    last_autosave: Instant,
    first_frame: Option<Box<dyn FnOnce()>>,
    n_frames: u64,
    title: String,
    applied: Option<(ThemePreference, f32, Lang)>,
}

impl Window {
    /// Makes the window. Recovery copies are kept in `recovery`; none without a folder.
    pub fn new(
        ctx: &Context,
        preferences: Preferences,
        recovery: Option<&Path>,
        start: Start,
    ) -> Self {
        theme::install(ctx);
        let recovery = recovery.and_then(Keeper::new);
        let orphans = recovery.as_ref().map(Keeper::orphans).unwrap_or_default();
        let mut window = Self {
            session: Session::default(),
            views: Views::default(),
            preferences,
            jobs: Jobs::start(ctx),
            recovery,
            orphans,
            recovered_from: None,
            lock: None,
            arrived: None,
            asks_about_conflicts: false,
            dialog: None,
            modal: None,
            palette: None,
            written: None,
            message: None,
            train_when_ready: false,
            after_save: None,
            saving: None,
            closing: false,
            presenting: false,
            renderer: None,
            paste_frames: 0,
            last_autosave: Instant::now(),
            first_frame: None,
            n_frames: 0,
            title: String::new(),
            applied: None,
        };
        match start {
            Start::Home => {}
            Start::File(path) => window.apply(ctx, Action::OpenPath(path)),
            Start::Demo => {
                window.apply(ctx, Action::OpenSample("multicentre".to_owned()));
                window.train_when_ready = true;
            }
        }
        window
    }

    /// What to do once the first frame has been drawn.
    pub(super) fn on_first_frame(&mut self, call: Box<dyn FnOnce()>) {
        self.first_frame = Some(call);
    }

    /// Says what draws the window.
    pub(super) fn drawn_by(&mut self, renderer: Renderer) {
        self.renderer = Some(renderer);
    }

    /// Whether no job runs or waits.
    pub fn is_idle(&self) -> bool {
        self.jobs.is_idle()
    }

    /// Whether a training runs or waits.
    pub(super) fn is_training(&self) -> bool {
        self.jobs.is_busy(JobKind::Train)
    }

    /// What the pages may read, and their views beside it.
    pub(super) fn with_pages<R>(
        &mut self,
        status: Option<&Status>,
        show: impl FnOnce(&Cx<'_>, &mut Views) -> R,
    ) -> R {
        let cx = Cx {
            lang: self.preferences.lang,
            session: &self.session,
            preferences: &self.preferences,
            status,
            training: self.jobs.is_busy(JobKind::Train),
            comparing: self.jobs.is_busy(JobKind::Compare),
            explaining: self.jobs.is_busy(JobKind::Explain),
            profiling: self.jobs.is_busy(JobKind::Profiles),
            moving: self.jobs.is_busy(JobKind::Move),
            judging: self.jobs.is_busy(JobKind::Elsewhere),
            reading: self.jobs.is_busy(JobKind::Read) || self.jobs.is_busy(JobKind::Open),
            orphans: &self.orphans,
            written: self.written.as_ref(),
        };
        show(&cx, &mut self.views)
    }

    /// Brings title, theme and zoom up to date where they changed.
    fn dress(&mut self, ctx: &Context) {
        let Preferences {
            theme, zoom, lang, ..
        } = self.preferences;
        let (theme, zoom) = if self.presenting {
            // Paper stays readable on a weak projector; type is legible from five metres.
            (ThemePreference::Light, ENLARGED * zoom)
        } else {
            (theme, zoom)
        };
        let wanted = (theme, zoom, lang);
        if self.applied != Some(wanted) {
            ctx.set_theme(theme);
            ctx.set_zoom_factor(zoom);
            theme::speak(ctx, lang);
            self.applied = Some(wanted);
        }
        let name = self.session.name();
        let title = match (name.is_empty(), self.session.dirty) {
            (true, _) => "Prognostim".to_owned(),
            (false, false) => format!("{name} – Prognostim"),
            (false, true) => format!("{name}* – Prognostim"),
        };
        if title != self.title {
            ctx.send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }

    /// Writes the recovery copy when it is due.
    fn autosave(&mut self) {
        let due = self.last_autosave.elapsed() >= recovery::EVERY;
        if due && self.session.unrecovered {
            self.last_autosave = Instant::now();
            self.save_recovery();
        }
    }

    fn shortcuts(&mut self, ctx: &Context) {
        if self.modal.is_some() {
            return;
        }
        let training = self.is_training();
        let mut pressed = Vec::new();
        // Chords with shift first: one without it would match them too.
        let redo_too = egui::KeyboardShortcut::new(
            egui::Modifiers::COMMAND | egui::Modifiers::SHIFT,
            egui::Key::Z,
        );
        if ctx.input_mut(|input| input.consume_shortcut(&redo_too)) {
            pressed.push(Command::Redo);
        }
        let mut commands = Command::ALL;
        commands.sort_by_key(|command| {
            let shortcut = command.shortcut();
            !shortcut.is_some_and(|shortcut| shortcut.modifiers.shift)
        });
        for command in commands {
            if let Some(shortcut) = command.shortcut()
                && ctx.input_mut(|input| input.consume_shortcut(&shortcut))
            {
                pressed.push(command);
            }
        }
        // On many keyboards the plus sign is typed as an equals sign.
        let equals = egui::KeyboardShortcut::new(egui::Modifiers::COMMAND, egui::Key::Equals);
        if ctx.input_mut(|input| input.consume_shortcut(&equals)) {
            pressed.push(Command::ZoomIn);
        }
        for command in pressed {
            if command.enabled(&self.session, training) {
                self.apply(ctx, Action::Do(command));
            }
        }
    }
}

impl eframe::App for Window {
    fn logic(&mut self, ctx: &Context, _frame: &mut eframe::Frame) {
        for done in self.jobs.poll() {
            self.receive(ctx, done);
        }
        self.try_out();
        self.try_comparison();
        self.prepare_live();
        self.try_profiles();
        self.poll_dialog(ctx);
        self.autosave();
        if !self.jobs.is_idle() || self.dialog.is_some() {
            ctx.request_repaint_after(REPAINT);
        } else if self.session.unrecovered {
            ctx.request_repaint_after(Duration::from_secs(5));
        }
    }

    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        let ctx = ui.ctx().clone();
        self.n_frames += 1;
        if self.n_frames == 2
            && let Some(call) = self.first_frame.take()
        {
            call();
        } else if self.first_frame.is_some() {
            ctx.request_repaint();
        }
        self.dress(&ctx);
        self.shortcuts(&ctx);
        self.dropped(&ctx);
        self.pasted(&ctx);
        self.close_requested(&ctx);
        let actions = shell::ui(ui, self);
        for action in actions {
            self.apply(&ctx, action);
        }
    }

    fn save(&mut self, storage: &mut dyn eframe::Storage) {
        self.preferences.save(storage);
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        self.stop();
        if let Some(recovery) = &mut self.recovery {
            recovery.clear();
        }
    }

    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        visuals.panel_fill.to_normalized_gamma_f32()
    }

    fn persist_egui_memory(&self) -> bool {
        false
    }
}
