//! `redirects.csv`: old and new addresses as a spreadsheet saves them.

use super::{Redirect, redirect};
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::project::REDIRECTS_FILE;
use crate::yaml::Spanned;

/// Reads `redirects.csv`, a table as RFC 4180 and spreadsheets write it: an old and a new address a line, divided by a
/// comma, a semicolon or a tab, and a status if it isn't 301. Empty lines, lines with `#` in front, and a line of names at
/// the top are passed over.
pub(crate) fn csv(text: &str, diagnostics: &mut Diagnostics) -> Vec<Redirect> {
    let mut found = Vec::new();
    let mut at = 0;
    let mut divider = None;
    for (number, whole) in text.split_inclusive('\n').enumerate() {
        let line = whole.trim_start_matches('\u{feff}').trim_end_matches(['\r', '\n']);
        let start = at + whole.len() - whole.trim_start_matches('\u{feff}').len();
        at += whole.len();
        // Spreadsheets in Swedish and Norwegian write semicolons, as numbers have commas there.
        divider = divider.or_else(|| divider_of(line));
        let is_names = number == 0 && !line.trim_start_matches(['"', ' ']).starts_with('/');
        let is_empty = line.trim_matches([' ', '\t', ';', ',']).is_empty();
        if is_empty || line.trim_start().starts_with('#') || is_names {
            continue;
        }
        let bad = |message: &str, help: &str, span| {
            Diagnostic::new(Code::BadRedirect, message).at(REDIRECTS_FILE, span).help(help)
        };
        let divider = divider.filter(|divider| line.contains(*divider)).or_else(|| divider_of(line));
        let cells = match cells(line, start, divider.unwrap_or(',')) {
            Ok(cells) => cells,
            Err(open) => {
                let help = "close it in the same line; a quotation mark within a cell is written twice";
                diagnostics.push(bad("this quotation mark is never closed", help, open));
                continue;
            }
        };
        let [from, to, status @ ..] = &cells[..] else {
            let help = "write the old address, a comma, and the new one: `/old/,/new/`";
            let span = Span::new(start, start + line.len());
            diagnostics.push(bad("this line has no new address", help, span));
            continue;
        };
        let status = status.first().map_or("", |status| status.value.trim());
        if !matches!(status, "" | "301" | "308" | "302" | "307") {
            let help = "write 301 or 308 for good, 302 or 307 for a while, or nothing";
            let message = format!("`{status}` isn't the status of a redirect");
            diagnostics.push(bad(&message, help, cells[2].span));
            continue;
        }
        let is_temporary = matches!(status, "302" | "307");
        let redirect = redirect(from, to, REDIRECTS_FILE, diagnostics);
        found.extend(redirect.map(|redirect| Redirect { is_temporary, ..redirect }));
    }
    found
}

/// What divides the cells of a line, as far as it tells: what is within quotation marks doesn't count.
fn divider_of(line: &str) -> Option<char> {
    let outside: String = line.split('"').step_by(2).collect();
    ['\t', ';', ','].into_iter().find(|divider| outside.contains(*divider))
}

/// The cells of a line of a table. One in quotation marks can have the divider in it, and a quotation mark that is written
/// twice; where one is never closed, its place is told.
fn cells(line: &str, start: usize, divider: char) -> Result<Vec<Spanned<String>>, Span> {
    let mut cells = Vec::new();
    let mut at = 0;
    loop {
        let rest = &line[at..];
        let from = at + rest.len() - rest.trim_start_matches(' ').len();
        let (value, inner) = if line[from..].starts_with('"') {
            let open = Span::new(start + from, start + from + 1);
            let end = closing(&line[from + 1..]).map(|end| from + 1 + end).ok_or(open)?;
            at = end + 1;
            (line[from + 1..end].replace("\"\"", "\""), from + 1..end)
        } else {
            at = line[from..].find(divider).map_or(line.len(), |end| from + end);
            let cell = line[from..at].trim_end();
            (cell.to_string(), from..from + cell.len())
        };
        let value = value.trim().to_string();
        cells.push(Spanned { value, span: Span::new(start + inner.start, start + inner.end) });
        match line[at..].find(divider) {
            Some(next) => at += next + 1,
            None => return Ok(cells),
        }
    }
}

/// Where the quotation mark is that closes a cell.
fn closing(text: &str) -> Option<usize> {
    let mut at = 0;
    loop {
        at += text[at..].find('"')?;
        if !text[at + 1..].starts_with('"') {
            return Some(at);
        }
        at += 2;
    }
}
