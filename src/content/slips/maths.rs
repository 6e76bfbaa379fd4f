//! Formulas and commands of LaTeX: none is typeset, so readers see their signs.

use super::{At, Place, Walk};
use crate::diag::Code;

/// Formulas over several lines are looked at as far as this, in bytes.
const FORMULA: usize = 2_000;

/// Words that formulas are made of.
const FUNCTIONS: &[&str] = &[
    "sin", "cos", "tan", "log", "ln", "exp", "max", "min", "lim", "sup", "inf", "mod", "det", "gcd", "dx",
    "dy", "dt",
];

/// Commands that are known without an argument in braces.
const COMMANDS: &[&str] = &[
    "LaTeX",
    "TeX",
    "alpha",
    "approx",
    "bar",
    "beta",
    "bigskip",
    "cap",
    "cdot",
    "cdots",
    "clearpage",
    "cup",
    "delta",
    "Delta",
    "div",
    "dots",
    "epsilon",
    "equiv",
    "eta",
    "exists",
    "forall",
    "frac",
    "gamma",
    "Gamma",
    "geq",
    "hline",
    "infty",
    "int",
    "item",
    "lambda",
    "Lambda",
    "ldots",
    "left",
    "leftarrow",
    "leq",
    "log",
    "maketitle",
    "medskip",
    "mu",
    "nabla",
    "neq",
    "newline",
    "newpage",
    "noindent",
    "omega",
    "Omega",
    "pagebreak",
    "partial",
    "phi",
    "Phi",
    "pi",
    "pm",
    "prod",
    "psi",
    "qquad",
    "quad",
    "rho",
    "right",
    "rightarrow",
    "Rightarrow",
    "sigma",
    "Sigma",
    "sim",
    "smallskip",
    "sqrt",
    "subset",
    "sum",
    "tableofcontents",
    "tau",
    "theta",
    "Theta",
    "times",
    "to",
    "varepsilon",
    "xi",
    "zeta",
];

impl Walk<'_> {
    /// Reports a formula between dollar signs, `$x^2$` or `$$ … $$`, and gives its length in bytes; `None` where it
    /// is none.
    pub(super) fn dollars(&mut self, at: &At<'_>, before: Option<char>) -> Option<usize> {
        let line = self.rest_of_line(at.start);
        let length = match line.strip_prefix("$$") {
            Some(_) => displayed(self.block(at.start), "$$")?,
            None => inline(line, before)?,
        };
        Some(self.formula((at.start, length)))
    }

    /// `\(x\)` and `\[x\]`, whose backslashes are gone from the text.
    pub(super) fn bracketed_formula(&mut self, at: &At<'_>) -> Option<usize> {
        let block = self.block(at.start);
        let end = if block.starts_with('(') { "\\)" } else { "\\]" };
        let length = displayed(block, &block[..1]).is_none().then(|| block.find(end)).flatten()?;
        is_formula(block[1..length].trim()).then(|| self.formula((at.start - 1, length + 3)) - 1)
    }

    /// `\frac{a}{b}`, `\alpha`, `\begin{…}`.
    pub(super) fn command(&mut self, at: &At<'_>, before: Option<char>) -> Option<usize> {
        let line = self.rest_of_line(at.start);
        let length = command(line).filter(|_| !before.is_some_and(is_path))?;
        let what = format!("`{}` is a command of LaTeX, and is shown as text", &line[..length]);
        self.report(Code::LeftOver, (at.start, length), (what, HELP));
        Some(length)
    }

    fn formula(&mut self, (start, length): Place) -> usize {
        let message = "this is a formula of LaTeX, which isn't typeset here: readers see the signs";
        self.report(Code::LeftOver, (start, length), (message, HELP));
        // Nothing in it is told as something else, even if its signs are emphasis.
        self.formula_until = start + length;
        length
    }

    /// The rest of the file up to an empty line, as far as anybody looks.
    fn block(&self, at: usize) -> &'_ str {
        let rest = self.source.get(at..).unwrap_or_default();
        let rest = &rest[..rest.floor_char_boundary(FORMULA)];
        let end = rest.find("\n\n").or_else(|| rest.find("\r\n\r\n")).unwrap_or(rest.len());
        &rest[..end]
    }
}

const HELP: &str = "write it in plain characters (`x² + 1`, `→`) or show an image of it; if readers should see the signs, put \
    them between backticks";

/// The bytes of `$…$` at the start of a line's rest. A price is none: `$5 to $10`, `US$5`.
pub(super) fn inline(line: &str, before: Option<char>) -> Option<usize> {
    let inner = line.strip_prefix('$')?;
    let end = inner.find('$')?;
    let is_outside = |c: Option<char>| !c.is_some_and(|c| c.is_alphanumeric() || matches!(c, '$' | '\\'));
    let is_closed = is_outside(before) && is_outside(inner[end + 1..].chars().next());
    let content = &inner[..end];
    let is_tight = !content.starts_with(char::is_whitespace) && !content.ends_with(char::is_whitespace);
    (is_closed && is_tight && is_formula(content)).then_some(end + 2)
}

/// The bytes of a formula between two marks, which may be on lines of their own.
fn displayed(block: &str, mark: &str) -> Option<usize> {
    let inner = block.strip_prefix(mark)?;
    let end = inner.find(mark)?;
    let content = &inner[..end];
    let is_block = content.starts_with(['\n', '\r']) && content.contains(['\\', '=', '^', '_', '{']);
    (is_block || is_formula(content.trim())).then_some(end + 2 * mark.len())
}

/// Does a text read as a formula: with a command, a small number above or below, or letters that stand alone?
fn is_formula(text: &str) -> bool {
    if text.is_empty() || text.len() > FORMULA || text.contains('`') || text.contains("](") {
        return false;
    }
    let is_command = |(at, _)| text[at + 1..].starts_with(|c: char| c.is_ascii_alphabetic());
    if text.match_indices('\\').any(is_command) || has_small(text) {
        return true;
    }
    let is_sign = |c: char| " +-−*/=<>≤≥≠±·×()[],.|!'".contains(c) || c.is_ascii_alphanumeric();
    let mut words = text.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| !word.is_empty());
    let is_short = |word: &str| word.len() == 1 || FUNCTIONS.contains(&word);
    let has_operator =
        text.contains(['+', '-', '−', '*', '/', '=', '<', '>', '≤', '≥', '≠', '±', '·', '×', '(']);
    let has_letter = text.contains(|c: char| c.is_ascii_alphabetic());
    text.chars().all(is_sign) && has_letter && words.all(is_short) && (has_operator || text.len() == 1)
}

/// `x^2`, `a_{ij}`, `CO_2`, but not `first_name`.
fn has_small(text: &str) -> bool {
    text.match_indices(['^', '_']).any(|(at, _)| {
        let before = text[..at].bytes().rev().take_while(u8::is_ascii_alphabetic).count();
        let is_base = before > 0
            || text[..at].ends_with([')', '}', ']'])
            || text[..at].ends_with(|c: char| c.is_ascii_digit());
        let mut rest = text[at + 1..].chars();
        let (first, second) = (rest.next(), rest.next());
        let is_one = first.is_some_and(|c| c.is_ascii_digit())
            || first.is_some_and(|c| c.is_ascii_alphabetic()) && !second.is_some_and(char::is_alphanumeric);
        is_base && before < 3 && (first == Some('{') || is_one)
    })
}

/// What a backslash may follow in a path or an address.
fn is_path(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, ':' | '\\' | '/' | '.' | '%')
}

/// The bytes of a command with its arguments.
fn command(line: &str) -> Option<usize> {
    let inner = line.strip_prefix('\\')?;
    let name = inner.bytes().take_while(u8::is_ascii_alphabetic).count();
    let mut length = 1 + name;
    let starred = usize::from(inner[name..].starts_with('*'));
    let is_known = COMMANDS.contains(&&inner[..name]) && !inner[name..].starts_with(['\\', '.', '-', '_']);
    let has_argument = name > 1 && inner[name + starred..].starts_with(['{']);
    let has_option = name > 1 && inner[name..].starts_with('[') && inner.contains("]{");
    if !(is_known && !inner[name..].starts_with(|c: char| c.is_alphanumeric()) || has_argument || has_option)
    {
        return None;
    }
    length += starred;
    while let Some(close) = [('{', '}'), ('[', ']')].into_iter().find_map(|(open, close)| {
        line[length..].starts_with(open).then(|| line[length..].find(close)).flatten()
    }) {
        length += close + 1;
    }
    Some(length)
}
