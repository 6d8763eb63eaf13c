//! Taking a file in: where its bytes come from, how it is looked at before it is used, and the
//! recipe by which the next file of its shape is read.
//!
//! The file itself is only ever read.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::{Context, ViewportCommand};

use crate::app::action::LookAt;
use crate::app::jobs::{Job, JobKind, Outcome};
use crate::app::overlay::After;
use crate::app::pages::cohort::{self, Tab};
use crate::app::state::Page;
use crate::app::window::Window;
use crate::app::writing;
use crate::base::issue::{Failure, Issue};
use crate::base::task::TaskHandle;
use crate::cohort::{Change, Cohort};
use crate::import::{self, ImportOptions, Preview};
use crate::study::recipes::{self, Recipe, Shape};
use crate::{dictionary, simulate};

/// A pasted table is called that; its cells are separated by tabs.
const PASTED: &str = "clipboard.tsv";
/// Frames after which a clipboard that was asked for has nothing to give.
const N_FRAMES_PASTE: u8 = 12;
/// What other ways of reading can't help.
const HOPELESS: [&str; 5] = [
    "file-empty",
    "file-is-folder",
    "file-too-large",
    "file-unreadable",
    "internal",
];

/// Where the bytes come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A file.
    Path(PathBuf),
    /// A sample cohort.
    Sample(String),
    /// What was pasted.
    Pasted(Arc<str>),
}

impl Input {
    fn bytes(&self) -> Result<(String, Vec<u8>), Failure> {
        match self {
            Self::Path(path) => {
                let bytes = import::read_file(path)?;
                Ok((path.to_string_lossy().into_owned(), bytes))
            }
            Self::Sample(name) => {
                let sample = simulate::sample(name)
                    .ok_or_else(|| Issue::error("unknown-sample").with("name", name.as_str()))?;
                Ok((sample.file.to_owned(), sample.bytes))
            }
            Self::Pasted(text) => Ok((PASTED.to_owned(), text.as_bytes().to_vec())),
        }
    }
}

/// How a file is understood, for the options that were tried.
#[derive(Clone, Debug)]
pub struct Previewed {
    /// Of what.
    pub input: Input,
    /// With which options.
    pub options: ImportOptions,
    /// What came of it.
    pub result: Result<Arc<Preview>, Issue>,
}

/// The recipe by which the open file was read.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadAs {
    /// The recipe as it was found.
    pub recipe: Recipe,
    /// How the file differs from the one that the recipe was made for.
    pub differences: recipes::Differences,
}

/// What is known of the file besides its cohort.
#[derive(Default)]
pub struct Intake {
    /// What was pasted, where the cohort was.
    pub pasted: Option<Arc<str>>,
    /// A file that could not be read without help.
    pub waiting: Option<Input>,
    /// Its shape, as read without any choice; unknown for a study.
    pub shape: Option<Shape>,
    /// By which recipe it was read.
    pub read_as: Option<ReadAs>,
    /// The last look at it that worked.
    pub preview: Option<Arc<Preview>>,
    /// The last look at it.
    pub previewed: Option<Previewed>,
    /// What was saved last.
    kept: Option<Recipe>,
}

/// What a person may ask of the import.
#[derive(Clone, Debug, PartialEq)]
pub enum Wish {
    /// How the file would be understood with these options.
    Preview(ImportOptions),
    /// Read it again without the recipe.
    Afresh,
    /// Say no more about the recipe.
    Dismiss,
    /// This text was pasted.
    Paste(String),
}

/// A file to be read for the first time.
pub struct IntakeOrder {
    /// Where it comes from.
    pub input: Input,
    /// How it is read; `None`: as a recipe says, else as it is found.
    pub options: Option<ImportOptions>,
    /// Where recipes are kept.
    pub recipes: Option<PathBuf>,
}

/// A file that was read.
pub struct Taken {
    /// Where it came from.
    pub input: Input,
    /// How it was read.
    pub options: ImportOptions,
    /// The cohort.
    pub cohort: Arc<Cohort>,
    /// Its shape; `None` where it is known already.
    pub shape: Option<Shape>,
    /// The recipe that was used.
    pub read_as: Option<ReadAs>,
}

/// Reads a file. One that can't be read as it is, but may be with a choice, is an answer too.
pub fn take_in(order: IntakeOrder, task: &TaskHandle) -> Result<Outcome, Failure> {
    let IntakeOrder {
        input,
        options,
        recipes,
    } = order;
    let (name, bytes) = input.bytes()?;
    let read = |options: &ImportOptions| import::read_bytes(&name, &bytes, options, task);
    if let Some(options) = options {
        let cohort = read(&options)?;
        return Ok(taken(input, options, cohort, None, None));
    }
    match read(&ImportOptions::default()) {
        Ok(plain) => {
            let shape = Shape::of(&plain);
            let recipe = recipes.and_then(|folder| recipes::find(&folder, &shape));
            // A recipe that can't be followed any more is no reason not to read the file.
            let followed = recipe.and_then(|recipe| {
                let cohort = read(&recipe.options).ok()?;
                Some((recipe, cohort))
            });
            task.check()?;
            Ok(match followed {
                Some((recipe, cohort)) => by_recipe(input, recipe, cohort, shape),
                None => taken(input, ImportOptions::default(), plain, Some(shape), None),
            })
        }
        Err(Failure::Because(issue)) if !HOPELESS.contains(&issue.code.as_str()) => {
            // Without a choice nothing tells its shape: the recipe that reads it as its own fits.
            let all = recipes.map(|folder| recipes::all(&folder));
            for recipe in all.unwrap_or_default() {
                task.check()?;
                if let Ok(cohort) = read(&recipe.options)
                    && recipe.fits(&Shape::of(&cohort))
                {
                    let shape = Shape::of(&cohort);
                    return Ok(by_recipe(input, recipe, cohort, shape));
                }
            }
            Ok(Outcome::NotTaken(input, *issue))
        }
        Err(failure) => Err(failure),
    }
}

fn by_recipe(input: Input, recipe: Recipe, cohort: Cohort, shape: Shape) -> Outcome {
    let options = recipe.options.clone();
    let differences = recipe.differences(&shape);
    let read_as = ReadAs {
        recipe,
        differences,
    };
    taken(input, options, cohort, Some(shape), Some(read_as))
}

/// A cohort as it was read, with the meaning that the dictionary gives it.
fn taken(
    input: Input,
    options: ImportOptions,
    mut cohort: Cohort,
    shape: Option<Shape>,
    read_as: Option<ReadAs>,
) -> Outcome {
    dictionary::annotate(&mut cohort);
    Outcome::TakenIn(Box::new(Taken {
        input,
        options,
        cohort: Arc::new(cohort),
        shape,
        read_as,
    }))
}

/// Looks at a file; what can't be read is an answer too.
pub fn look(input: Input, options: ImportOptions, task: &TaskHandle) -> Result<Outcome, Failure> {
    let seen = input
        .bytes()
        .and_then(|(name, bytes)| import::preview(&name, &bytes, &options, task));
    let result = match seen {
        Ok(preview) => Ok(Arc::new(preview)),
        Err(Failure::Cancelled) => return Err(Failure::Cancelled),
        Err(failure) => Err(failure.issue()),
    };
    Ok(Outcome::Previewed(Box::new(Previewed {
        input,
        options,
        result,
    })))
}

impl Window {
    /// Carries out what a person asked of the import.
    pub(super) fn intake(&mut self, ctx: &Context, wish: Wish) {
        match wish {
            Wish::Preview(options) => {
                if let Some(input) = self.input() {
                    self.jobs.cancel(JobKind::Preview);
                    self.submit(Job::Preview { input, options });
                }
            }
            Wish::Afresh => {
                self.session.intake.read_as = None;
                self.session
                    .study
                    .edits
                    .retain(|edit| !is_meaning(&edit.change));
                self.views.cohort.tab = Tab::File;
                self.take_again(ImportOptions::default());
            }
            Wish::Dismiss => self.session.intake.read_as = None,
            Wish::Paste(text) => self.leave_for(ctx, After::Pasted(text.into())),
        }
    }

    /// What the open cohort was read from; `None` for a study whose file is not known.
    pub(super) fn input(&self) -> Option<Input> {
        let session = &self.session;
        if let Some(waiting) = &session.intake.waiting {
            return Some(waiting.clone());
        }
        if let Some(text) = &session.intake.pasted {
            return Some(Input::Pasted(Arc::clone(text)));
        }
        if let Some(name) = &session.sample {
            return Some(Input::Sample(name.clone()));
        }
        let path = session.study.cohort_path.as_ref()?;
        Some(Input::Path(PathBuf::from(path)))
    }

    /// Opens a file or what was pasted.
    pub(super) fn take(&mut self, input: Input) {
        let recipes = match &input {
            Input::Path(_) | Input::Pasted(_) => self.recipes_folder(),
            Input::Sample(_) => None,
        };
        self.submit(Job::TakeIn(IntakeOrder {
            input,
            options: None,
            recipes,
        }));
    }

    /// Reads the open file in another way.
    pub(super) fn take_again(&mut self, options: ImportOptions) {
        if let Some(input) = self.input() {
            self.submit(Job::TakeIn(IntakeOrder {
                input,
                options: Some(options),
                recipes: None,
            }));
        }
    }

    /// Shows cells of a column on the review tab.
    pub(super) fn look_at(&mut self, what: LookAt) {
        let (LookAt::Column(column) | LookAt::Missing(column) | LookAt::Unread(column)) = what;
        self.views.page = Page::Cohort;
        self.views.cohort.tab = Tab::Review;
        self.views.cohort.review.column = Some(column);
    }

    fn recipes_folder(&self) -> Option<PathBuf> {
        let recovery = self.recovery.as_ref()?.folder();
        Some(recovery.parent()?.join("recipes"))
    }

    /// Takes in a cohort that was read.
    pub(super) fn taken_in(&mut self, taken: Taken) {
        let Taken {
            input,
            options,
            cohort,
            shape,
            read_as,
        } = taken;
        let again = self.input().as_ref() == Some(&input) && self.session.opened.is_some();
        let path = match &input {
            Input::Path(path) => Some(path.clone()),
            Input::Sample(_) | Input::Pasted(_) => None,
        };
        let shape = shape
            .or_else(|| self.session.intake.shape.clone())
            .unwrap_or_else(|| Shape::of(&cohort));
        self.cohort_read(path, options, cohort);
        let intake = &mut self.session.intake;
        intake.waiting = None;
        intake.shape = Some(shape);
        intake.pasted = match input {
            Input::Pasted(text) => Some(text),
            Input::Path(_) | Input::Sample(_) => None,
        };
        if !again {
            intake.read_as = read_as;
            self.follow_recipe();
            let asks = self.session.intake.read_as.is_none()
                && self.session.opened.as_ref().is_some_and(|cohort| {
                    !cohort::questions(&cohort.issues, &self.session.study.import).is_empty()
                });
            self.views.cohort.tab = if asks { Tab::File } else { Tab::Review };
        }
        self.keep_recipe();
    }

    /// Says again what columns mean where the recipe says so.
    fn follow_recipe(&mut self) {
        let session = &mut self.session;
        let (Some(read_as), Some(cohort)) = (&session.intake.read_as, &session.opened) else {
            return;
        };
        let changes: Vec<Change> = read_as
            .recipe
            .meanings
            .iter()
            .filter(|change| cohort.variable(variable_of(change)).is_some())
            .cloned()
            .collect();
        if changes.is_empty() || !session.study.edits.is_empty() {
            return;
        }
        let why = self.preferences.lang.t("recipe-why");
        for change in changes {
            let who = self.preferences.initials.clone();
            session.study.edit(change, why.clone(), who, writing::now());
        }
        session.revision.settings += 1;
        self.check();
    }

    /// A file that can't be read as it is: the import page opens on it.
    pub(super) fn not_taken(&mut self, input: Input, issue: Issue) {
        self.close_study();
        self.views.page = Page::Cohort;
        self.views.cohort.tab = Tab::File;
        self.session.intake.waiting = Some(input);
        self.session.problems.insert(Page::Cohort, issue);
        self.session.touch();
    }

    /// Takes in a look at the file, unless another file is open by now.
    pub(super) fn previewed(&mut self, previewed: Previewed) {
        if self.input().as_ref() != Some(&previewed.input) {
            return;
        }
        let intake = &mut self.session.intake;
        if let Ok(preview) = &previewed.result {
            intake.preview = Some(Arc::clone(preview));
        }
        intake.previewed = Some(previewed);
        self.session.touch();
    }

    /// Saves how the file was read, where anything was chosen and it is not saved yet.
    pub(super) fn keep_recipe(&mut self) {
        let (Some(folder), Some(input)) = (self.recipes_folder(), self.input()) else {
            return;
        };
        let session = &mut self.session;
        let (Some(shape), Some(cohort)) = (&session.intake.shape, &session.opened) else {
            return;
        };
        if matches!(input, Input::Sample(_)) {
            return;
        }
        let name = &cohort.source.file;
        let study = &session.study;
        let at = writing::now();
        let Some(recipe) = Recipe::of(name, &at, shape, &study.import, &study.edits) else {
            return;
        };
        let same =
            |kept: &Recipe| kept.options == recipe.options && kept.meanings == recipe.meanings;
        if session.intake.kept.as_ref().is_some_and(same) {
            return;
        }
        session.intake.kept = Some(recipe.clone());
        self.submit(Job::KeepRecipe { folder, recipe });
    }

    // --- pasting and dropping --------------------------------------------------------------

    /// Asks the desktop for the clipboard; its text comes with a later frame.
    pub(super) fn ask_paste(&mut self, ctx: &Context) {
        ctx.send_viewport_cmd(ViewportCommand::RequestPaste);
        self.paste_frames = N_FRAMES_PASTE;
    }

    /// Takes pasted text where no text field wants it.
    pub(super) fn pasted(&mut self, ctx: &Context) {
        let text = ctx.input(|input| {
            input.events.iter().find_map(|event| match event {
                egui::Event::Paste(text) => Some(text.clone()),
                _ => None,
            })
        });
        let asked = self.paste_frames > 0;
        let Some(text) = text else {
            if asked {
                self.paste_frames -= 1;
                ctx.request_repaint();
                if self.paste_frames == 0 {
                    self.say("paste-nothing");
                }
            }
            return;
        };
        let is_free = self.modal.is_none() && self.palette.is_none() && !ctx.text_edit_focused();
        let page = matches!(self.views.page, Page::Home | Page::Cohort);
        self.paste_frames = 0;
        if !(asked || is_free && page) {
            return;
        }
        if is_table(&text) {
            self.intake(ctx, Wish::Paste(text));
        } else {
            self.say("paste-no-table");
        }
    }

    /// Opens what was dropped on the window.
    pub(super) fn dropped(&mut self, ctx: &Context) {
        let dropped: Vec<PathBuf> = ctx.input(|input| {
            let files = input.raw.dropped_files.iter();
            files.map(|file| file.path().to_owned()).collect()
        });
        let Some(path) = dropped.first() else {
            return;
        };
        self.leave_for(ctx, After::Open(path.clone()));
        if dropped.len() > 1 {
            self.say("dropped-several");
        }
    }
}

/// Whether pasted text may be a table: more than one line, more than one cell.
fn is_table(text: &str) -> bool {
    text.trim_end().contains(['\n', '\r']) && text.contains(['\t', ';', ',', '|'])
}

fn is_meaning(change: &Change) -> bool {
    matches!(change, Change::Meaning { .. } | Change::Kind { .. })
}

fn variable_of(change: &Change) -> &str {
    match change {
        Change::Meaning { variable, .. } | Change::Kind { variable, .. } => variable,
        _ => "",
    }
}

/// The name of a file for people.
pub fn file_name(input: &Input) -> String {
    match input {
        Input::Path(path) => name_of(path),
        Input::Sample(name) => name.clone(),
        Input::Pasted(_) => PASTED.to_owned(),
    }
}

fn name_of(path: &Path) -> String {
    path.file_name().map_or_else(
        || path.display().to_string(),
        |name| name.to_string_lossy().into_owned(),
    )
}
