//! What the keyboard, and a drag beyond the edge, do to a table.

use egui::{EventFilter, Id, Key, Modifiers, Rect, Ui};

use super::{MenuOf, N_COPIED_AT_ONCE, Source, TableEvents, TableView, block_text};

/// While a block is drawn beyond the edge of the table it grows row by row.
pub(super) fn drag_beyond(ui: &Ui, area: Rect, source: &dyn Source, view: &mut TableView) {
    let (down, pointer) =
        ui.input(|input| (input.pointer.primary_down(), input.pointer.interact_pos()));
    view.is_dragging &= down;
    let (true, Some(pointer)) = (view.is_dragging, pointer) else {
        return;
    };
    let rows = if pointer.y > area.bottom() {
        1
    } else if pointer.y < area.top() {
        -1
    } else {
        0
    };
    if rows != 0 {
        view.step((rows, 0), true, source.columns().len());
        ui.ctx()
            .request_repaint_after(std::time::Duration::from_millis(30));
    }
}

pub(super) fn keyboard(
    ui: &Ui,
    id: Id,
    source: &dyn Source,
    view: &mut TableView,
    events: &mut TableEvents,
) {
    let filter = EventFilter {
        vertical_arrows: true,
        horizontal_arrows: true,
        escape: true,
        ..EventFilter::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    let n_columns = source.columns().len();
    let before = view.cell();
    let pressed = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
    // Chords with Alt or Shift first: those without would match them too.
    if let (Some((row, column)), Some(rect)) = (view.cell(), view.cursor_rect) {
        if pressed(Modifiers::ALT, Key::ArrowDown) {
            events.menu = Some((MenuOf::Column(column), rect.left_bottom()));
        }
        if pressed(Modifiers::SHIFT, Key::F10) {
            events.menu = Some((MenuOf::Cell(row, column), rect.left_bottom()));
        }
    }
    for (modifiers, key, by) in moves(view.n_page as isize) {
        for extends in [true, false] {
            let shift = if extends {
                Modifiers::SHIFT
            } else {
                Modifiers::NONE
            };
            if pressed(modifiers | shift, key) {
                view.step(by, extends, n_columns);
            }
        }
    }
    if pressed(Modifiers::COMMAND, Key::A) {
        view.selection.choose_all();
    }
    if pressed(Modifiers::COMMAND, Key::Space) {
        view.selection.widen_to_columns();
    }
    if pressed(Modifiers::SHIFT, Key::Space) {
        view.selection.widen_to_rows();
    }
    if pressed(Modifiers::NONE, Key::Escape) {
        view.selection.collapse();
    }
    if pressed(Modifiers::NONE, Key::Enter) || pressed(Modifiers::NONE, Key::F2) {
        events.opened = view.cell();
    }
    let after = view.cell();
    if after != before {
        events.column = after.map(|(_, column)| column);
    }
    let copy = ui.input(|input| {
        input
            .events
            .iter()
            .any(|event| matches!(event, egui::Event::Copy))
    });
    if copy && let Some(block) = view.block(n_columns) {
        if block.n_cells() <= N_COPIED_AT_ONCE {
            ui.ctx().copy_text(block_text(source, &view.order, &block));
        } else {
            events.copy = Some(block);
        }
    }
}

/// Keys that move the cursor: with what, which, by how many rows and columns.
fn moves(page: isize) -> [(Modifiers, Key, (isize, isize)); 12] {
    const FAR: isize = isize::MAX / 2;
    let (plain, ctrl) = (Modifiers::NONE, Modifiers::COMMAND);
    let page = page.max(2) - 1;
    [
        (ctrl, Key::Home, (-FAR, -FAR)),
        (ctrl, Key::End, (FAR, FAR)),
        (ctrl, Key::ArrowDown, (FAR, 0)),
        (ctrl, Key::ArrowUp, (-FAR, 0)),
        (plain, Key::ArrowDown, (1, 0)),
        (plain, Key::ArrowUp, (-1, 0)),
        (plain, Key::ArrowRight, (0, 1)),
        (plain, Key::ArrowLeft, (0, -1)),
        (plain, Key::PageDown, (page, 0)),
        (plain, Key::PageUp, (-page, 0)),
        (plain, Key::Home, (0, -FAR)),
        (plain, Key::End, (0, FAR)),
    ]
}
