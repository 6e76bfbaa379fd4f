//! What other programs leave in texts: templates, shortcodes, names of blocks.

use super::{At, Place, Walk, words};
use crate::diag::Code;

impl Walk<'_> {
    /// `[gallery ids="1,2"]`, `[/caption]`.
    pub(super) fn shortcode(&mut self, at: &At<'_>) -> Option<usize> {
        let line = self.rest_of_line(at.start);
        let inner = line[1..].strip_prefix('/').unwrap_or(&line[1..]);
        let is_end = line.starts_with("[/");
        let end = inner.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-')))?;
        let (name, behind) = inner.split_at(end);
        let has_attribute =
            behind.strip_prefix(' ').and_then(|rest| rest.split_once('=')).is_some_and(|(key, _)| {
                !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-".contains(&b))
            });
        let is_known = words::is_shortcode(name) && behind.starts_with([']', ' ', '=']);
        if name.is_empty() || !(has_attribute || is_end && behind.starts_with(']') || is_known) {
            return None;
        }
        let length = line.find(']').map_or(line.len(), |end| end + 1);
        self.leftover((at.start, length), "a shortcode of WordPress, or of a forum");
        Some(length)
    }

    /// Liquid, Jinja, Hugo: `{% … %}`, `{{< … >}}`, `{{ page.title }}`, `{: .class}`.
    pub(super) fn left_over(&mut self, at: &At<'_>) -> Option<usize> {
        let line = self.rest_of_line(at.start);
        let is_attribute = |rest: &str| rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == ' ');
        let what = match line {
            _ if line.starts_with("{%") => "a command of another program (Liquid, Jinja, Twig)",
            _ if line.starts_with("{#") && line.contains("#}") => {
                "a comment of another program (Jinja, Twig)"
            }
            _ if line.starts_with("{{<") || line.starts_with("{{%") => "a shortcode of Hugo",
            _ if line.starts_with("{{/*") || line.starts_with("{{- /*") => "a comment of Hugo",
            _ if line.starts_with("{/*") => "a comment of MDX",
            _ if ["{{#", "{{/", "{{>", "{{^", "{{!"].iter().any(|sign| line.starts_with(sign)) => {
                "a mark of a template (Handlebars, Mustache)"
            }
            _ if line.strip_prefix("{$").is_some_and(is_attribute) && line.contains('}') => {
                "a value of another program's template"
            }
            _ if line.starts_with("{{") => return self.value(at.start, line),
            _ if line.starts_with("{:") && line.contains('}') => "a mark of Jekyll (kramdown)",
            _ if line.strip_prefix("{.").or_else(|| line.strip_prefix("{#")).is_some_and(is_attribute)
                && line.contains('}') =>
            {
                "a class or id, which only headings can have here"
            }
            _ => return None,
        };
        let ends = match line.starts_with("{/*") {
            true => [("*/}", 3)].as_slice(),
            false => &[("%}", 2), ("#}", 2), ("*/}}", 4), ("}}", 2), ("}", 1)],
        };
        let end = ends.iter().find_map(|(end, length)| Some(line.find(end)? + length));
        let length = end.unwrap_or(line.len());
        self.leftover((at.start, length), what);
        Some(length)
    }

    /// `{{ page.title }}`; `{{name}}` is a placeholder in a call script.
    pub(super) fn value(&mut self, start: usize, line: &str) -> Option<usize> {
        let inner = line[2..].split_once("}}")?.0;
        let name = inner.trim_matches(['-', ' ', '{', '}']);
        let begins_so = name.starts_with(|c: char| c.is_alphabetic() || matches!(c, '.' | '$' | '_'));
        let length = inner.len() + 4;
        if !begins_so {
            return None;
        }
        if name.contains(['.', '|', '$', '"', '(']) {
            self.leftover((start, length), "a value of another program's template");
        } else if !self.kind.has_placeholders() {
            let said = (
                format!("the placeholder `{}` was left in the text", &line[..length]),
                "write what belongs there; only call scripts, emails and plans have placeholders",
            );
            self.report(Code::Placeholder, (start, length), said);
        }
        Some(length)
    }

    /// Reports something that only another program would have understood: `what` names it.
    pub(super) fn leftover(&mut self, place: Place, what: &str) {
        let said = (
            format!("this is {what}, and is shown as text"),
            "write it in Markdown or HTML, or remove it; if readers should see it, put it between backticks",
        );
        self.report(Code::LeftOver, place, said);
    }

    /// `[recent_posts]`, `[@smith2020]`.
    pub(super) fn bare_shortcode(&mut self, at: &At<'_>) -> Option<usize> {
        let inner = at.text[1..].split_once(']')?.0;
        let is_name =
            |name: &str| name.len() > 2 && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
        let parts = || inner.split(['_', '-']);
        let what = if inner.contains('_') && parts().all(is_name) {
            "a shortcode of WordPress, or of a forum"
        } else if inner.len() > 1 && inner.starts_with('@') && !inner.contains([' ', '.']) {
            "a citation of Pandoc"
        } else {
            return None;
        };
        if at.text[inner.len() + 2..].starts_with(['(', '[', ':']) {
            return None;
        }
        self.leftover((at.start, inner.len() + 2), what);
        Some(inner.len() + 2)
    }

    /// `*|NAME|*`, whose stars are emphasis.
    pub(super) fn merge_tag(&mut self, at: &At<'_>) -> Option<usize> {
        let inner = at.text.strip_prefix('|')?.strip_suffix('|')?;
        let is_tag = self.source[..at.start].ends_with('*')
            && self.source[at.start + at.text.len()..].starts_with('*')
            && !inner.contains(char::is_whitespace);
        if !is_tag {
            return None;
        }
        self.leftover((at.start - 1, at.text.len() + 2), "a merge tag of Mailchimp");
        Some(at.text.len())
    }

    /// `^abc123` at the end of a line.
    pub(super) fn block_id(&mut self, at: &At<'_>) -> Option<usize> {
        let name = at.text.strip_prefix('^')?.trim_end();
        let is_name = name.len() > 2 && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        let is_last = self.rest_of_line(at.start).trim_end().len() == name.len() + 1;
        let is_apart = self.source[..at.start].ends_with([' ', '\n']);
        if !is_name || !is_last || !is_apart {
            return None;
        }
        self.leftover((at.start, name.len() + 1), "the name of a block in Obsidian");
        Some(name.len() + 1)
    }
}
