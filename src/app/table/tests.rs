//! The table as a person handles it: order, cursor, matches, and orders that a job makes.

use super::*;

struct Words(Vec<&'static str>, Vec<TableColumn>);

impl Source for Words {
    fn columns(&self) -> &[TableColumn] {
        &self.1
    }
    fn n_rows(&self) -> usize {
        self.0.len()
    }
    fn cell(&self, row: usize, _column: usize) -> TableCell {
        TableCell::text(self.0[row])
    }
    fn sort(&self, rows: &mut [usize], _column: usize) {
        rows.sort_by_key(|&row| self.0[row]);
    }
    fn matches(&self, row: usize, search: &str) -> bool {
        self.0[row].contains(search)
    }
}

fn words() -> Words {
    let column = TableColumn {
        title: "word".to_owned(),
        tip: String::new(),
        width: 80.0,
        is_number: false,
    };
    Words(vec!["pear", "apple", "a\tplum"], vec![column])
}

#[test]
fn rows_are_sorted_filtered_and_copied() {
    let words = words();
    let mut view = TableView::default();
    assert_eq!(view.order(&words, 0), [0, 1, 2]);
    view.query.sort = Some((0, true));
    assert_eq!(view.order(&words, 0), [2, 1, 0]);
    view.query.sort = Some((0, false));
    view.query.search = "P ".to_owned();
    assert_eq!(view.order(&words, 0), [0, 1, 2]);
    view.query
        .filters
        .insert(0, Filter::Contains("PL".to_owned()));
    assert_eq!(view.order(&words, 0), [1, 2]);
    assert_eq!(tsv(&words, &[2]), "word\na plum");
}

#[test]
fn keys_stay_within_the_table() {
    let words = words();
    let mut view = TableView::default();
    view.order(&words, 0);
    view.step((1, 0), false, 1);
    assert_eq!(view.cell(), Some((0, 0)));
    view.step((isize::MAX / 2, 5), true, 1);
    assert_eq!(view.cell(), Some((2, 0)));
    assert_eq!(view.block(1).unwrap().n_cells(), 3);
    view.step((-isize::MAX / 2, 0), false, 1);
    assert_eq!(view.selected(), Some(0));
}

#[test]
fn the_cursor_follows_its_row_through_sorting_and_goes_to_rows_that_were_left_out() {
    let words = words();
    let mut view = TableView::default();
    view.order(&words, 0);
    view.go_to(1, 0);
    view.query.sort = Some((0, true));
    view.order(&words, 0);
    assert_eq!(view.selected(), Some(1));
    view.query.search = "pear".to_owned();
    assert_eq!(view.order(&words, 0), [0]);
    assert_eq!(view.selected(), None);
    view.go_to(2, 0);
    view.order(&words, 0);
    assert_eq!(view.selected(), Some(2));
}

#[test]
fn matches_are_stepped_through_in_both_directions() {
    let words = words();
    let mut view = TableView::default();
    view.query.search = "pl".to_owned();
    view.order(&words, 0);
    assert!(view.step_match(&words, true));
    assert_eq!(view.selected(), Some(1));
    assert!(view.step_match(&words, true));
    assert_eq!(view.selected(), Some(2));
    assert!(view.step_match(&words, true));
    assert_eq!(view.selected(), Some(1));
    assert!(view.step_match(&words, false));
    assert_eq!(view.selected(), Some(2));
    view.query.search = "nowhere".to_owned();
    view.order(&words, 0);
    assert!(!view.step_match(&words, true));
}

struct Many(Vec<TableColumn>);

impl Source for Many {
    fn columns(&self) -> &[TableColumn] {
        &self.0
    }
    fn n_rows(&self) -> usize {
        1000
    }
    fn cell(&self, row: usize, _column: usize) -> TableCell {
        TableCell::text(row.to_string())
    }
    fn sort(&self, _rows: &mut [usize], _column: usize) {}
    fn matches(&self, _row: usize, _search: &str) -> bool {
        true
    }
    fn is_large(&self) -> bool {
        true
    }
}

#[test]
fn a_large_table_is_put_in_order_by_a_job_and_an_old_answer_is_dropped() {
    let many = Many(words().1);
    let mut view = TableView::default();
    // As it stands a table needs no job.
    assert_eq!(view.refresh(&many, 0), None);
    assert_eq!(view.shown().len(), 1000);
    view.query.search = "1".to_owned();
    let first = view.refresh(&many, 0).unwrap();
    assert_eq!(view.refresh(&many, 0), None, "asked once");
    view.query.search = "7".to_owned();
    let second = view.refresh(&many, 0).unwrap();
    view.arranged(first, vec![1, 2]);
    assert!(view.is_waiting());
    view.arranged(second, vec![7]);
    assert_eq!(**view.shown(), [7]);
    assert!(!view.is_waiting() && view.refresh(&many, 0).is_none());
}
