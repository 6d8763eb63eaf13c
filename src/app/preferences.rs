//! What the window remembers of its user, and nothing of a patient: language, theme, size,
//! the paths opened last, and how fast this machine trains.
//!
//! Kept by eframe beside the window's place. Losing it costs a few clicks.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::base::text::Lang;
use crate::cli::{Theme, WindowRequest};

const KEY: &str = "preferences";
const N_RECENT: usize = 8;

/// The preferences.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Preferences {
    /// Language.
    pub lang: Lang,
    /// Theme: light, dark or that of the desktop.
    pub theme: egui::ThemePreference,
    /// Zoom, 0.8 to 2.
    pub zoom: f32,
    /// Paths opened or saved last, newest first.
    pub recent: Vec<PathBuf>,
    /// Folder of the last report.
    pub report_folder: Option<PathBuf>,
    /// Initials that stand beside every correction.
    pub initials: String,
}

impl Default for Preferences {
    fn default() -> Self {
        Self {
            lang: Lang::En,
            theme: egui::ThemePreference::Light,
            zoom: 1.0,
            recent: Vec::new(),
            report_folder: None,
            initials: String::new(),
        }
    }
}

impl Preferences {
    /// Reads them; the defaults where there are none.
    pub fn load(storage: Option<&dyn eframe::Storage>) -> Self {
        let mut preferences: Self = storage
            .and_then(|storage| eframe::get_value(storage, KEY))
            .unwrap_or_default();
        preferences.zoom = preferences.zoom.clamp(0.8, 2.0);
        preferences
    }

    /// Puts in what the command line asks for.
    pub fn take(&mut self, request: &WindowRequest) {
        if let Some(lang) = request.lang {
            self.lang = lang;
        }
        match request.theme {
            Some(Theme::Light) => self.theme = egui::ThemePreference::Light,
            Some(Theme::Dark) => self.theme = egui::ThemePreference::Dark,
            None => {}
        }
    }

    /// Writes them.
    pub fn save(&self, storage: &mut dyn eframe::Storage) {
        eframe::set_value(storage, KEY, self);
    }

    /// Puts a path on top of the recent ones.
    pub fn remember(&mut self, path: &Path) {
        self.recent.retain(|recent| recent != path);
        self.recent.insert(0, path.to_owned());
        self.recent.truncate(N_RECENT);
    }

    /// Larger or smaller by a step of a tenth.
    pub fn zoom_by(&mut self, steps: f32) {
        let tenths = (self.zoom * 10.0).round() + steps;
        self.zoom = (tenths / 10.0).clamp(0.8, 2.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recent_paths_are_few_and_the_newest_is_first() {
        let mut preferences = Preferences::default();
        for number in 0..12 {
            preferences.remember(Path::new(&format!("study-{number}")));
        }
        preferences.remember(Path::new("study-7"));
        assert_eq!(preferences.recent.len(), N_RECENT);
        assert_eq!(preferences.recent[0], Path::new("study-7"));
        preferences.zoom_by(100.0);
        assert_eq!(preferences.zoom, 2.0);
    }
}
