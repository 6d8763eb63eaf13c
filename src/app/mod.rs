//! The window.
//!
//! `state` is what is known, `action` what a person can do, `update` the one place where an
//! action changes anything (`receive` takes in what its jobs answer), `jobs` the work that takes
//! longer than a frame, `pages` what is shown. The window computes no result: it arranges what the core gives.

pub mod action;
mod asking;
pub mod columns;
pub mod corrections;
mod cutting;
pub mod dialogs;
pub mod elsewhere;
pub mod figure_view;
pub mod forms;
pub mod icons;
pub mod intake;
pub mod jobs;
pub mod linked;
pub mod live_models;
mod moving;
pub mod overlay;
pub mod pages;
pub mod perform;
pub mod places;
pub mod preferences;
pub mod receive;
pub mod recovery;
pub mod reviewing;
pub mod shell;
pub mod start;
pub mod state;
pub mod surveys;
pub mod table;
pub mod theme;
pub mod update;
pub mod widgets;
pub mod window;
pub mod words;
pub mod writing;

pub use preferences::Preferences;
pub use start::run;
pub use window::Window;
