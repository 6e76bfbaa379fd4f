//! Shortcodes and tags in Markdown, `{{< name … >}}`, `{{ name(…) }}`, `{% name … %}`: replaced where it is known what they stand
//! for, else told. One that nobody knows becomes a comment, which no reader sees, and what it holds stays.

use crate::authoring::markup::{ImportNote, Weight};

/// How a generator writes them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tags {
    /// `{{< name a="b" >}}…{{< /name >}}`, also with `%`.
    Hugo,
    /// `{{ name(a="b") }}`, `{% name() %}…{% end %}`.
    Zola,
    /// `{% name a %}…{% endname %}`, `{{ value | filter }}`.
    Liquid,
}

/// A shortcode, as it is called in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Call<'t> {
    /// The shortcode's name.
    pub(super) name: &'t str,
    /// All behind the name, as written.
    pub(super) written: &'t str,
    /// Names and values; those without a name have their number.
    pub(super) arguments: Vec<(String, String)>,
    /// The text between its beginning and its end; `None` where it has no end.
    pub(super) inner: Option<&'t str>,
}

impl Call<'_> {
    /// The first of these arguments that is there.
    pub(super) fn any(&self, names: &[&str]) -> Option<&str> {
        let find = |name: &&str| {
            self.arguments.iter().find(|(found, _)| found == *name).map(|(_, value)| value.as_str())
        };
        names.iter().find_map(find)
    }
}

/// What a shortcode stands for; `None` for one that isn't known.
pub(super) type ShortcodeLookup<'k> = &'k dyn Fn(&Call<'_>, &mut Vec<ImportNote>) -> Option<String>;

/// A tag: where it begins and ends, and what is in it.
struct Tag<'t> {
    end: usize,
    inner: &'t str,
    form: Form,
}

/// Whether a tag has an end of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// An end of its own.
    Block,
    /// No end: it is replaced alone.
    Value,
}

/// A text with Markdown in the place of what is known.
pub(super) fn rewrite(
    text: &str,
    tags: Tags,
    known: ShortcodeLookup<'_>,
    notes: &mut Vec<ImportNote>,
) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(found) = text[at..].find('{') {
        let start = at + found;
        out.push_str(&text[at..start]);
        let Some(tag) = tag(&text[start..], tags) else {
            out.push('{');
            at = start + 1;
            continue;
        };
        let line = text[..start].matches('\n').count() + 1;
        let is_first = out.is_empty() || out.ends_with('\n');
        at = start + tag.end;
        let is_in_code = is_in_code(&text[..start]);
        if tags != Tags::Hugo && is_in_code {
            out.push_str(&text[start..at]);
            continue;
        }
        // Hugo's way to show one: `{{</* name */>}}`.
        if let Some(shown) = tag.inner.strip_prefix("/*").and_then(|rest| rest.trim_end().strip_suffix("*/"))
        {
            let whole = &text[start..at];
            out.push_str(&whole.replace(tag.inner, shown));
            continue;
        }
        let inner = tag.inner.trim();
        let mut call = call(inner, tags);
        if call.name.is_empty() || inner.starts_with('/') || inner.starts_with("end") {
            // An end without a beginning.
            continue;
        }
        let is_open = tag.form == Form::Block && !inner.ends_with('/');
        if is_open && let Some((content, behind)) = closing(&text[at..], call.name, tags) {
            call.inner = Some(content);
            at += behind;
        }
        match known(&call, notes) {
            // What is shown as it is written is no tag.
            Some(new) if call.name == "raw" => out.push_str(&new),
            Some(new) => out.push_str(&rewrite(&new, tags, known, notes)),
            None => {
                let what = format!(
                    "the shortcode `{}` isn't known here: it is a comment now, and what it held stays",
                    call.name
                );
                notes.push(ImportNote { weight: Weight::Hand, what, line });
                if is_in_code {
                    out.push_str(&text[start..start + tag.end]);
                } else {
                    out.push_str(&format!("<!-- {} -->", text[start..start + tag.end].replace("--", "- -")));
                }
                if let Some(inner) = call.inner {
                    // A comment at the beginning of a line takes all of it (CommonMark, section 4.6).
                    if is_first {
                        out.push_str("\n\n");
                    }
                    out.push_str(&rewrite(inner, tags, known, notes));
                }
            }
        }
    }
    out.push_str(&text[at..]);
    out
}

/// Is the end of this text within a fence or a span of code?
fn is_in_code(text: &str) -> bool {
    let fences = text
        .lines()
        .filter(|line| line.trim_start().starts_with("```") || line.trim_start().starts_with("~~~"))
        .count();
    let line = text.rsplit('\n').next().unwrap_or_default();
    fences % 2 == 1 || line.matches('`').count() % 2 == 1
}

/// The tag at the beginning.
fn tag(text: &str, tags: Tags) -> Option<Tag<'_>> {
    let pairs: &[(&str, &str, Form)] = match tags {
        Tags::Hugo => &[("{{<", ">}}", Form::Block), ("{{%", "%}}", Form::Block)],
        Tags::Zola => &[("{%", "%}", Form::Block), ("{{", "}}", Form::Value)],
        Tags::Liquid => &[
            ("{%-", "-%}", Form::Block),
            ("{%", "%}", Form::Block),
            ("{{-", "-}}", Form::Value),
            ("{{", "}}", Form::Value),
        ],
    };
    let (open, close, form) = pairs.iter().find(|(open, ..)| text.starts_with(open))?;
    let close = if tags == Tags::Liquid { &close[close.len() - 2..] } else { close };
    let end = text[open.len()..].find(close)?;
    let inner = text[open.len()..open.len() + end].trim_end_matches('-');
    Some(Tag { end: open.len() + end + close.len(), inner, form: *form })
}

/// Reads the name and what follows it.
fn call(inner: &str, tags: Tags) -> Call<'_> {
    let inner = inner.trim_end_matches('/').trim();
    let end = inner.find(|c: char| c.is_whitespace() || c == '(' || c == '|').unwrap_or(inner.len());
    let (name, rest) = inner.split_at(end);
    let written = rest.trim();
    let list = match tags {
        Tags::Zola => written.trim_start_matches('(').trim_end_matches(')'),
        _ => written,
    };
    Call { name, written, arguments: arguments(list), inner: None }
}

fn arguments(text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut rest = text.trim_start_matches([' ', ',', '\n', '\t']);
    while !rest.is_empty() {
        let (name, behind) = match rest.find(['=', ' ', '"', '`', '\'', ',', '\n']) {
            Some(at) if rest[at..].starts_with('=') => (Some(&rest[..at]), &rest[at + 1..]),
            _ => (None, rest),
        };
        let quote = behind.chars().next().filter(|c| matches!(c, '"' | '`' | '\''));
        let (value, behind) = match quote {
            Some(quote) => behind[1..].split_once(quote).unwrap_or((&behind[1..], "")),
            None => behind.split_at(behind.find([' ', ',', '\n']).unwrap_or(behind.len())),
        };
        let name = name.map_or_else(|| found.len().to_string(), |name| name.trim().to_string());
        found.push((name, value.to_string()));
        let next = behind.trim_start_matches([' ', ',', '\n', '\t']);
        if next.len() == rest.len() {
            break;
        }
        rest = next;
    }
    found
}

/// What stands before the end of a tag, and the bytes up to behind it.
fn closing<'t>(text: &'t str, name: &str, tags: Tags) -> Option<(&'t str, usize)> {
    let mut at = 0;
    let mut depth = 1;
    while let Some(found) = text[at..].find('{') {
        let start = at + found;
        let Some(tag) = tag(&text[start..], tags) else {
            at = start + 1;
            continue;
        };
        let inner = tag.inner.trim();
        let is_end = match tags {
            Tags::Hugo => inner.strip_prefix('/').is_some_and(|end| end.trim() == name),
            Tags::Zola => inner == "end",
            Tags::Liquid => inner.strip_prefix("end").is_some_and(|end| end == name),
        };
        let is_same = tag.form == Form::Block
            && match tags {
                Tags::Zola => inner.contains('('),
                _ => inner.split([' ', '/']).next() == Some(name) && !inner.ends_with('/'),
            };
        depth += i32::from(is_same) - i32::from(is_end);
        if is_end && depth <= 0 {
            return Some((&text[..start], start + tag.end));
        }
        at = start + tag.end;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rewritten(text: &str, tags: Tags) -> (String, usize) {
        let mut notes = Vec::new();
        let known = |call: &Call<'_>, _: &mut Vec<ImportNote>| match call.name {
            "youtube" => Some(format!("YT {}", call.any(&["id", "0"])?)),
            "box" => Some(format!("[{}]", call.inner.unwrap_or_default())),
            _ => None,
        };
        let out = rewrite(text, tags, &known, &mut notes);
        (out, notes.len())
    }

    #[test]
    fn each_generator_has_its_own_signs() {
        let cases = [
            ("a {{< youtube id=\"x y\" >}} b {{% box %}}in{{% /box %}}", Tags::Hugo, "a YT x y b [in]", 0),
            (
                "{{< other a >}}in{{< /other >}} {{ .Title }}",
                Tags::Hugo,
                "<!-- {{< other a >}} -->\n\nin {{ .Title }}",
                1,
            ),
            ("{{</* youtube x */>}}", Tags::Hugo, "{{< youtube x >}}", 0),
            (
                "{{ youtube(id=\"x\") }} {% box() %}in{% end %} `{{ y }}`",
                Tags::Zola,
                "YT x [in] `{{ y }}`",
                0,
            ),
            ("{% youtube x %} {% box %}a{% box %}b{% endbox %}{% endbox %}", Tags::Liquid, "YT x [a[b]]", 0),
            ("{ a } {{ unclosed", Tags::Liquid, "{ a } {{ unclosed", 0),
        ];
        for (text, tags, expected, notes) in cases {
            assert_eq!(rewritten(text, tags), (expected.to_string(), notes), "{text}");
        }
    }
}
