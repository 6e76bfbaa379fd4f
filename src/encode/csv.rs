//! Rows of a table for spreadsheets (RFC 4180), as `client/calls-file.js` of the cadences writes them.

/// What a file begins with, so that spreadsheets read it as UTF-8.
pub const START: &str = "\u{feff}";

/// A row with its end. What a spreadsheet would take for a formula gets an apostrophe before it: others wrote these texts.
#[must_use]
pub fn row<T: AsRef<str>>(cells: &[T]) -> String {
    cells.iter().map(|text| cell(text.as_ref())).collect::<Vec<_>>().join(",") + "\r\n"
}

fn cell(text: &str) -> String {
    let safe = match text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        true => format!("'{text}"),
        false => text.to_string(),
    };
    if safe.contains(['"', ',', '\r', '\n']) { format!("\"{}\"", safe.replace('"', "\"\"")) } else { safe }
}

/// The rows of a table, with commas or semicolons between cells, as spreadsheets of one country or another write them. The
/// apostrophe that [`row`] puts before a formula stays.
#[must_use]
pub fn rows(text: &str) -> Vec<Vec<String>> {
    let text = text.strip_prefix(START).unwrap_or(text);
    let first = text.lines().next().unwrap_or_default();
    let between = if first.matches(';').count() > first.matches(',').count() { ';' } else { ',' };
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
    let mut is_quoted = false;
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        match sign {
            '"' if is_quoted && signs.peek() == Some(&'"') => {
                signs.next();
                cell.push('"');
            }
            '"' => is_quoted = !is_quoted,
            '\r' if !is_quoted => {}
            '\n' if !is_quoted => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            sign if sign == between && !is_quoted => row.push(std::mem::take(&mut cell)),
            sign => cell.push(sign),
        }
    }
    if !cell.is_empty() || !row.is_empty() {
        row.push(cell);
        rows.push(row);
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_read_as_it_was_written() {
        let cells = ["say \"yes\", please", "two\r\nlines", "", "a;b"];
        let text = format!("{START}{}{}", row(&["a", "b", "c", "d"]), row(&cells));
        assert_eq!(rows(&text)[1], cells);
        assert_eq!(rows("a;b;c\n1,5;\"x;y\";3"), [["a", "b", "c"], ["1,5", "x;y", "3"]]);
        assert!(rows("").is_empty());
    }

    #[test]
    fn a_row_is_whole_and_computes_nothing() {
        assert_eq!(row(&["a", "b c", ""]), "a,b c,\r\n");
        assert_eq!(
            row(&["say \"yes\", please", "two\r\nlines"]),
            "\"say \"\"yes\"\", please\",\"two\r\nlines\"\r\n"
        );
        assert_eq!(
            row(&["=1+1", "+46 8 1", "-2", "@SUM(A1)", "\tx"]),
            "'=1+1,'+46 8 1,'-2,'@SUM(A1),'\tx\r\n"
        );
        assert_eq!(row(&["=HYPERLINK(\"x\",\"y\")"]), "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"\r\n");
    }
}
