//! Tables with commas or semicolons between their cells (RFC 4180), as exports are: a row by the names of its columns.

use std::collections::BTreeMap;

/// A row by the names of its columns, in lower case.
pub(super) type Row = BTreeMap<String, String>;

/// The rows of a table, whose first line names the columns. A row that is too short has empty cells.
pub(super) fn rows(text: &str) -> Vec<Row> {
    let text = text.trim_start_matches('\u{feff}');
    let first = text.lines().next().unwrap_or_default();
    let divider = [',', ';', '\t'].into_iter().max_by_key(|sign| first.matches(*sign).count()).unwrap_or(',');
    let mut all = cells(text, divider).into_iter();
    let names: Vec<String> =
        all.next().unwrap_or_default().into_iter().map(|name| name.trim().to_lowercase()).collect();
    let row = |cells: Vec<String>| {
        names.iter().cloned().zip(cells.into_iter().chain(std::iter::repeat(String::new()))).collect()
    };
    all.filter(|cells| cells.iter().any(|cell| !cell.trim().is_empty())).map(row).collect()
}

fn cells(text: &str, divider: char) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
    let mut chars = text.chars().peekable();
    let mut is_quoted = false;
    while let Some(c) = chars.next() {
        match c {
            '"' if is_quoted && chars.peek() == Some(&'"') => {
                chars.next();
                cell.push('"');
            }
            '"' if is_quoted => is_quoted = false,
            '"' if cell.is_empty() => is_quoted = true,
            c if is_quoted => cell.push(c),
            '\r' if chars.peek() == Some(&'\n') => {}
            '\n' => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            c if c == divider => row.push(std::mem::take(&mut cell)),
            c => cell.push(c),
        }
    }
    if !cell.is_empty() || !row.is_empty() {
        row.push(cell);
        rows.push(row);
    }
    rows
}

/// The cell of the first column that is called so and has something in it.
pub(super) fn cell<'r>(row: &'r Row, names: &[&str]) -> &'r str {
    names
        .iter()
        .filter_map(|name| row.get(*name))
        .map(|cell| cell.trim())
        .find(|cell| !cell.is_empty())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_may_have_anything_in_them() {
        let all = rows("\u{feff}Title,Body\r\n\"A, b\",\"<p>say \"\"x\"\"\n\nmore</p>\"\r\nshort\n\n");
        assert_eq!(all.len(), 2);
        assert_eq!(
            (cell(&all[0], &["none", "title"]), cell(&all[0], &["body"])),
            ("A, b", "<p>say \"x\"\n\nmore</p>")
        );
        assert_eq!((cell(&all[1], &["title"]), cell(&all[1], &["body"])), ("short", ""));
        assert_eq!(cell(&rows("a;b\n1;2")[0], &["b"]), "2");
        assert!(rows("").is_empty());
    }
}
