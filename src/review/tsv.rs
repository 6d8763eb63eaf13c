//! Tab-separated text that a spreadsheet takes from the clipboard, and cells that no spreadsheet runs.

/// Text that a spreadsheet would take for a formula gets an apostrophe before it. Numbers are not text.
pub(super) fn harmless(text: &str) -> String {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if is_formula {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// Text that came back from a spreadsheet without the apostrophe of [`harmless`].
pub(super) fn without_apostrophe(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@', '\t', '\r']) => rest,
        _ => text,
    }
}

/// Lines of cells as tab-separated text. Tabs and line breaks within a cell become spaces.
pub(super) fn write(lines: &[Vec<String>]) -> String {
    let mut text = String::new();
    for line in lines {
        let cells: Vec<String> = line
            .iter()
            .map(|cell| {
                let is_number = cell.replace(',', ".").parse::<f64>().is_ok();
                let cell = cell.replace(['\t', '\n', '\r'], " ");
                if is_number { cell } else { harmless(&cell) }
            })
            .collect();
        text.push_str(&cells.join("\t"));
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula_and_none_breaks_its_line() {
        let cells = ["=1+1", "a\tb\nc", "-0.5", "@x", "+", "x"].map(str::to_owned);
        assert_eq!(write(&[cells.to_vec()]), "'=1+1\ta b c\t-0.5\t'@x\t'+\tx\n");
        for text in ["=1", "x", "'x", "-1", "@"] {
            assert_eq!(without_apostrophe(&harmless(text)), text);
        }
    }
}
