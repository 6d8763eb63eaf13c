//! The window.
//!
//! `state` is what is known, `action` what a person can do, `update` the one place where an
//! action changes anything, `jobs` the work that takes longer than a frame, `pages` what is
//! shown. The window computes no result: it arranges what the core gives.

mod action;
mod columns;
mod dialogs;
mod figure_view;
mod icons;
mod jobs;
mod overlay;
mod pages;
mod preferences;
mod recovery;
mod shell;
mod start;
mod state;
mod table;
mod theme;
mod update;
mod widgets;
mod window;
mod words;
mod writing;

pub use preferences::Preferences;
pub use start::run;
pub use window::Window;
