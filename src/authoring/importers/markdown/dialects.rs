//! What Markdown of documentation generators has besides Markdown: boxes (`:::note`, `!!! note`), tabs, modules and components of MDX. Boxes
//! become ours; a component that nobody knows goes, what it holds stays, and it is told.

use super::boxes::{Fences, boxed, kind};
use super::components::without_modules;
use crate::authoring::markup::{ImportNote, Weight};

/// Which of these a generator knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Dialect {
    /// Boxes between colons: `:::note Title` … `:::`
    pub(super) colons: bool,
    /// `!!! note "Title"`, with what it holds moved in by four spaces.
    pub(super) marks: bool,
    /// `import …`, `<Component prop={…}>`
    pub(super) modules: bool,
}

/// A text in our notation. Code stays as it is.
pub(super) fn rewrite(text: &str, dialect: Dialect, notes: &mut Vec<ImportNote>) -> String {
    let text = if dialect.modules { without_modules(text, notes) } else { text.to_string() };
    let text = if dialect.colons { colons(&text, notes) } else { text };
    let text = if dialect.marks { marks(&text, notes) } else { text };
    without_gaps(&text)
}

/// Two empty lines say no more than one.
fn without_gaps(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut fences = Fences::default();
    let mut was_blank = false;
    for line in text.split_inclusive('\n') {
        let is_code = fences.is_code(line);
        let is_blank = line.trim().is_empty();
        if is_code || !(is_blank && was_blank) {
            out.push_str(line);
        }
        was_blank = is_blank && !is_code;
    }
    out
}

/// Boxes between colons (Docusaurus, Starlight); they may be within one another.
fn colons(text: &str, notes: &mut Vec<ImportNote>) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let mut at = 0;
    let made = within_colons(&lines, &mut at, None, notes);
    made.join("\n") + if text.ends_with('\n') { "\n" } else { "" }
}

fn within_colons(
    lines: &[&str],
    at: &mut usize,
    open: Option<usize>,
    notes: &mut Vec<ImportNote>,
) -> Vec<String> {
    let mut out = Vec::new();
    let mut fences = Fences::default();
    while let Some(line) = lines.get(*at) {
        *at += 1;
        if fences.is_code(line) {
            out.push((*line).to_string());
            continue;
        }
        let bare = line.trim();
        let signs = bare.len() - bare.trim_start_matches(':').len();
        if signs < 3 {
            out.push((*line).to_string());
            continue;
        }
        let name = bare[signs..].trim();
        if name.is_empty() {
            if open.is_some_and(|open| signs >= open) {
                return out;
            }
            out.push((*line).to_string());
            continue;
        }
        let end = name.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(name.len());
        let title = name[end..].trim().trim_start_matches('[').trim_end_matches(']').trim();
        let title = title.split('{').next().unwrap_or_default().trim_end_matches(']').trim().to_string();
        let line_number = *at;
        let inner = within_colons(lines, at, Some(signs), notes);
        match kind(&name[..end]) {
            Some(kind) => {
                out.push(String::new());
                out.extend(boxed(kind, "", &title, &inner).lines().map(str::to_string));
                out.push(String::new());
            }
            None => {
                let what = format!("the box `{}` isn't known here: what it held stays", &name[..end]);
                notes.push(ImportNote { weight: Weight::Hand, what, line: line_number });
                out.extend(inner);
            }
        }
    }
    out
}

/// Boxes and tabs with marks (Python-Markdown, MkDocs): `!!! note`, `??? note`, `=== "Tab"`.
fn marks(text: &str, notes: &mut Vec<ImportNote>) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let mut out: Vec<String> = Vec::new();
    let mut fences = Fences::default();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        at += 1;
        if fences.is_code(line) {
            out.push((*line).to_string());
            continue;
        }
        let (indent, bare) = (line.len() - line.trim_start().len(), line.trim());
        let sign = ["!!! ", "???+ ", "??? ", "=== ", "===! ", "===+ "]
            .into_iter()
            .find(|sign| bare.starts_with(sign));
        if bare.starts_with("--8<--") || bare.starts_with(";--8<--") {
            let what = format!("`{bare}`, which took a text from another file, is a comment now");
            notes.push(ImportNote { weight: Weight::Hand, what, line: at });
            out.push(format!("<!-- {} -->", bare.replace("--", "- -")));
            continue;
        }
        let Some(sign) = sign else {
            out.push((*line).to_string());
            continue;
        };
        let inner = moved_in(&lines, &mut at, indent + 4);
        let inner: Vec<String> = marks(&inner.join("\n"), notes).lines().map(str::to_string).collect();
        let rest = bare[sign.len()..].trim();
        let title = rest
            .split_once('"')
            .and_then(|(_, rest)| rest.rsplit_once('"'))
            .map(|(title, _)| title.replace("\\\"", "\""));
        let name = rest.split([' ', '"']).next().unwrap_or_default();
        let space = " ".repeat(indent);
        let made = if sign.starts_with("===") {
            let what = "tabs are headings in bold, one after the other".to_string();
            if !notes.iter().any(|one| one.what == what) {
                notes.push(ImportNote { weight: Weight::Changed, what, line: at });
            }
            format!("**{}**\n\n{}\n", title.unwrap_or_default(), inner.join("\n").trim_matches('\n'))
        } else {
            let fold = match sign {
                "??? " => "-",
                "???+ " => "+",
                _ => "",
            };
            let known = kind(name);
            // A kind of its own is said in its title.
            let title =
                title.unwrap_or_else(|| if known.is_none() { name.to_string() } else { String::new() });
            boxed(known.unwrap_or("note"), fold, &title, &inner)
        };
        out.push(String::new());
        out.extend(made.lines().map(|line| format!("{space}{line}").trim_end().to_string()));
        out.push(String::new());
    }
    out.join("\n") + if text.ends_with('\n') { "\n" } else { "" }
}

/// The lines that are moved in, without what they are moved in by.
fn moved_in(lines: &[&str], at: &mut usize, indent: usize) -> Vec<String> {
    let mut inner = Vec::new();
    while let Some(line) = lines.get(*at) {
        let is_blank = line.trim().is_empty();
        if !is_blank && line.len() - line.trim_start().len() < indent {
            break;
        }
        inner.push(line.get(indent..).unwrap_or_default().to_string());
        *at += 1;
    }
    // What follows keeps its distance.
    while inner.last().is_some_and(|line| line.trim().is_empty()) {
        inner.pop();
        *at -= 1;
    }
    inner
}

#[cfg(test)]
mod tests {
    use super::*;

    fn converted(text: &str, dialect: Dialect) -> (String, usize) {
        let mut notes = Vec::new();
        let out = rewrite(text, dialect, &mut notes);
        (out, notes.len())
    }

    #[test]
    fn boxes_become_ours_and_code_stays() {
        let colons = Dialect { colons: true, ..Dialect::default() };
        assert_eq!(
            converted("a\n\n:::note[Mind] \nText\n\n```\n:::tip\n```\n:::\n::::danger Look\n:::tip\nin\n:::\n::::\n:::weird\nx\n:::\n", colons),
            ("a\n\n> [!note] Mind\n> Text\n>\n> ```\n> :::tip\n> ```\n\n> [!caution] Look\n> > [!tip]\n> > in\n\nx\n".into(), 1)
        );
        let marks = Dialect { marks: true, ..Dialect::default() };
        assert_eq!(
            converted("!!! warning \"Mind \\\"it\\\"\"\n    Text\n\n    - a\n\nAfter\n\n??? faq\n    x\n\n=== \"One\"\n\n    1\n", marks),
            ("\n> [!warning] Mind \"it\"\n> Text\n>\n> - a\n\nAfter\n\n> [!question]-\n> x\n\n**One**\n\n1\n\n".into(), 1)
        );
        assert_eq!(converted("```\n!!! note\n    x\n```\n", marks).0, "```\n!!! note\n    x\n```\n");
    }

    #[test]
    fn modules_go_and_what_components_hold_stays() {
        let modules = Dialect { modules: true, ..Dialect::default() };
        let (text, notes) = converted(
            "import A from './a'\nimport {\n  B,\n} from 'b'\n\nText `<A/>` {/* no */}<Aside type=\"tip\" title=\"T\">\nin **it**\n</Aside>\n<Tabs>\n<TabItem label=\"One\">\n1\n</TabItem>\n</Tabs>\n<Chart data={{a: '>'}} />\n<YouTube id=\"x\" />\n\n```jsx\nimport A from 'a'\n<B/>\n```\n",
            modules,
        );
        assert!(!text.contains("import A from './a'") && !text.contains("B,"), "{text}");
        for part in [
            "Text `<A/>` ",
            "> [!tip] T\n> in **it**\n",
            "**One**",
            "1\n",
            "https://www.youtube.com/watch?v=x",
            "import A from 'a'\n<B/>",
        ] {
            assert!(text.contains(part), "{part} in {text}");
        }
        assert!(!text.contains("Chart") && notes == 3, "{notes} {text}");
    }
}
