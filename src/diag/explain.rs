//! What `ringback explain` prints: the explanation of one [`Code`], or a list of them all.

use super::{Code, Severity, nearest};

/// The width that explanations are wrapped to.
const WIDTH: usize = 78;

/// The explanation of the code called `name`, also when it is pasted as `error[name]`. For an unknown name, which
/// [`Code::from_name`] tells: the nearest one, and how to see them all.
#[must_use]
pub fn explain(name: &str) -> String {
    let name = name.trim();
    let name = name.split_once('[').map_or(name, |(_, inner)| inner.trim_end_matches(']'));
    let Some(code) = Code::from_name(name) else {
        let known = nearest(name, Code::ALL.iter().map(|code| code.name()));
        let guess = known.map(|near| format!("Did you mean `{near}`?\n")).unwrap_or_default();
        return format!(
            "No problem is called `{name}`.\n{guess}`ringback explain` without a name lists them all.\n"
        );
    };
    let meaning = match code.severity() {
        _ if code.is_editorial() => "only `check` reports it (`checks:`)",
        Severity::Error => "nothing is published until it is fixed",
        Severity::Warning => "the site is built anyway",
    };
    format!("{}[{code}]: {meaning}\n\n{}", code.severity().name(), for_terminal(code.explanation()))
}

/// Every code with the first sentence of its explanation.
#[must_use]
pub fn list() -> String {
    let width = Code::ALL.iter().map(|code| code.name().len()).max().unwrap_or(0);
    let line = |code: &Code| format!("{:width$}  {}\n", code.name(), code.summary());
    Code::ALL.iter().map(line).collect()
}

/// Wraps the paragraphs of an explanation, and indents its examples instead of fencing them.
fn for_terminal(markdown: &str) -> String {
    let mut out = String::new();
    let mut in_example = false;
    for line in markdown.lines() {
        if line.starts_with("```") {
            in_example = !in_example;
        } else if line.is_empty() {
            out.push('\n');
        } else if in_example {
            out += &format!("    {line}\n");
        } else {
            wrap(line, &mut out);
        }
    }
    out
}

/// Breaks at spaces, but not within backticks.
fn wrap(paragraph: &str, out: &mut String) {
    let mut in_code = false;
    let words = paragraph.split(|c| {
        in_code ^= c == '`';
        c == ' ' && !in_code
    });
    let mut column = 0;
    for word in words {
        let length = word.chars().count();
        if column > 0 && column + 1 + length > WIDTH {
            out.push('\n');
            column = 0;
        } else if column > 0 {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += length;
    }
    out.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_explanation_with_an_example() {
        assert_eq!(
            explain("unknown-form"),
            "\
error[unknown-form]: nothing is published until it is fixed

There is no form with this name.

Gates, next steps, `[form:guide]` in a text and `extends:` name a form by its
file: `guide` is `content/forms/guide.yaml`. The form named here doesn't
exist, so readers would have nothing to fill in. Correct the name, or write
the form.

    gate: {form: guide}
"
        );
        assert_eq!(explain(" error[unknown-form] "), explain("unknown-form"));
    }

    #[test]
    fn a_name_of_before_is_explained_as_that_of_now() {
        assert_eq!(explain("warning[talks-of-us]"), explain("self-centred"));
        assert!(explain("dead-link").starts_with("warning[external-link-broken]"));
        for (old, new) in crate::diag::code::RENAMED {
            assert!(Code::ALL.iter().any(|code| code.name() == *new), "{new}");
            assert!(Code::ALL.iter().all(|code| code.name() != *old), "{old}");
        }
    }

    #[test]
    fn an_unknown_name() {
        assert_eq!(
            explain("unknwon-form"),
            "No problem is called `unknwon-form`.\nDid you mean `unknown-form`?\n\
             `ringback explain` without a name lists them all.\n"
        );
        assert_eq!(
            explain("§"),
            "No problem is called `§`.\n`ringback explain` without a name lists them all.\n"
        );
    }

    #[test]
    fn everything_fits_the_width() {
        for code in Code::ALL {
            for line in explain(code.name()).lines() {
                assert!(line.chars().count() <= WIDTH, "{code}: {line}");
            }
        }
        for line in list().lines() {
            assert!(line.chars().count() <= 80, "{line}");
        }
    }

    #[test]
    fn every_explanation_is_complete() {
        for code in Code::ALL {
            let (summary, rest) = code.explanation().split_once("\n\n").expect("a summary and a paragraph");
            assert_eq!(summary, code.summary());
            assert!(summary.ends_with('.') && !summary.contains(". "), "{code}: one sentence: {summary}");
            assert!(rest.len() > 80 && !rest.contains("  "), "{code}: {rest}");
            assert_eq!(rest.matches("```").count() % 2, 0, "{code}: an open fence");
        }
    }
}
