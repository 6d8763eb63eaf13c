//! Opens the window on whatever draws: one renderer after the other until one works.
//!
//! A weak office machine, a remote desktop or a virtual machine may lack the graphics that the
//! first renderer needs, and some drivers hang or end the process instead of saying so. So a
//! marker is written before a renderer is tried and removed after the first frame; a marker
//! found at the start means that the renderer it names did not get that far, and the next one
//! is tried first.

use std::cell::Cell;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use crate::app::preferences::Preferences;
use crate::app::window::Window;
use crate::base::issue::{Failure, Issue};
use crate::cli::{Renderer, WindowRequest};

const APP_ID: &str = "prognostim";
const ICON: &[u8] = include_bytes!("../../assets/icons/prognostim-256.png");

/// The renderers in the order in which they are tried.
///
/// Windows offers remote desktops and virtual machines OpenGL 1.1 only, but Direct3D 12 with a
/// software adapter; on Linux without a graphics card OpenGL is several times as fast.
fn ladder() -> [Renderer; 2] {
    if cfg!(any(target_os = "windows", target_os = "macos")) {
        [Renderer::Wgpu, Renderer::Glow]
    } else {
        [Renderer::Glow, Renderer::Wgpu]
    }
}

/// The ladder after what an unfinished start left: from the rung below, the rest at the end.
fn rungs(unfinished: Option<Renderer>) -> Vec<Renderer> {
    let mut rungs = ladder().to_vec();
    if let Some(failed) = unfinished
        && let Some(place) = rungs.iter().position(|rung| *rung == failed)
    {
        rungs.rotate_left(place + 1);
    }
    rungs
}

/// Opens the window and returns when it is closed.
///
/// Fails where no renderer works; the failure names the command that needs no window.
pub fn run(request: &WindowRequest) -> Result<(), Failure> {
    let folder = eframe::storage_dir(APP_ID);
    let marker = folder.as_deref().map(|folder| folder.join("starting"));
    let rungs = match request.renderer {
        Some(renderer) => vec![renderer],
        None => rungs(marker.as_deref().and_then(unfinished)),
    };
    let mut reasons = Vec::new();
    for rung in rungs {
        if let Some(marker) = &marker {
            mark(marker, rung);
        }
        let shown = Rc::new(Cell::new(false));
        let result = attempt(rung, request, folder.as_deref(), marker.clone(), &shown);
        if let Some(marker) = &marker {
            unmark(marker);
        }
        match result {
            Ok(()) => return Ok(()),
            Err(reason) => reasons.push(format!("{}: {reason}", rung.name())),
        }
        if shown.get() {
            // It drew and failed later: what was open is in its recovery copy.
            break;
        }
    }
    Err(Issue::error("no-window")
        .with("detail", reasons.join("; "))
        .into())
}

fn unfinished(marker: &Path) -> Option<Renderer> {
    let text = std::fs::read_to_string(marker).ok()?;
    ladder().into_iter().find(|rung| rung.name() == text.trim())
}

/// Without a marker a hanging driver is met again at the next start; nothing else is lost.
fn mark(marker: &Path, rung: Renderer) {
    if let Some(folder) = marker.parent() {
        std::fs::create_dir_all(folder).unwrap_or_default();
    }
    std::fs::write(marker, rung.name()).unwrap_or_default();
}

/// Removes the marker: the window draws, or this renderer was given up in order.
pub fn unmark(marker: &Path) {
    std::fs::remove_file(marker).unwrap_or_default();
}

fn attempt(
    rung: Renderer,
    request: &WindowRequest,
    folder: Option<&Path>,
    marker: Option<PathBuf>,
    shown: &Rc<Cell<bool>>,
) -> Result<(), String> {
    let (request, shown) = (request.clone(), Rc::clone(shown));
    let recovery = folder.map(|folder| folder.join("recovery"));
    let create: eframe::AppCreator<'_> = Box::new(move |creation| {
        let mut preferences = Preferences::load(creation.storage);
        preferences.take(&request);
        let start = request.start;
        let mut window = Window::new(&creation.egui_ctx, preferences, recovery.as_deref(), start);
        window.on_first_frame(Box::new(move || {
            shown.set(true);
            if let Some(marker) = &marker {
                unmark(marker);
            }
        }));
        window.drawn_by(rung);
        Ok(Box::new(window))
    });
    // Some drivers panic where they should fail.
    let run = std::panic::AssertUnwindSafe(|| eframe::run_native(APP_ID, options(rung), create));
    match std::panic::catch_unwind(run) {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) => Err(plain(&error.to_string())),
        Err(panic) => Err(panic
            .downcast_ref::<String>()
            .cloned()
            .or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()))
            .unwrap_or_default()),
    }
}

/// The reason at the end of a chain of errors; what stands before names source files.
fn plain(reason: &str) -> String {
    reason.rsplit(": ").next().unwrap_or(reason).to_owned()
}

fn options(rung: Renderer) -> eframe::NativeOptions {
    let mut viewport = egui::ViewportBuilder::default()
        .with_title("Prognostim")
        .with_app_id(APP_ID)
        .with_inner_size([1280.0, 800.0])
        .with_min_inner_size([1024.0, 640.0])
        .with_drag_and_drop(true);
    if let Ok(icon) = eframe::icon_data::from_png_bytes(ICON) {
        viewport = viewport.with_icon(icon);
    }
    let mut options = eframe::NativeOptions {
        viewport,
        renderer: match rung {
            Renderer::Glow => eframe::Renderer::Glow,
            Renderer::Wgpu => eframe::Renderer::Wgpu,
        },
        system_font_fallback: false,
        ..eframe::NativeOptions::default()
    };
    if let eframe::egui_wgpu::WgpuSetup::CreateNew(setup) = &mut options.wgpu_options.wgpu_setup {
        setup.power_preference = wgpu::PowerPreference::LowPower;
    }
    options
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_start_that_did_not_finish_begins_one_rung_lower() {
        let [first, second] = ladder();
        assert_eq!(rungs(None), [first, second]);
        assert_eq!(rungs(Some(first)), [second, first]);
        assert_eq!(rungs(Some(second)), [first, second]);
    }

    #[test]
    fn a_reason_names_no_source_file() {
        let reason = "winit EventLoopError: os error at lib.rs:788: Failed to open connection";
        assert_eq!(plain(reason), "Failed to open connection");
    }

    #[test]
    fn the_marker_names_the_renderer_that_was_tried() {
        let folder = tempfile::tempdir().unwrap();
        let marker = folder.path().join("new/starting");
        mark(&marker, Renderer::Wgpu);
        assert_eq!(unfinished(&marker), Some(Renderer::Wgpu));
        unmark(&marker);
        assert_eq!(unfinished(&marker), None);
    }
}
