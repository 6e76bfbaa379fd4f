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

#[cfg(test)]
mod tests {
    use super::*;

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
