//! Shortcodes, `[caption]…[/caption]`, as the HTML that they stand for. What nobody knows stays as it is written, and is told.

use crate::authoring::markup::{ImportNote, Weight};
use crate::encode::html::{escape_attribute, escape_text};

/// Shortcodes within shortcodes, at most.
const DEEPEST: usize = 20;

/// Beginnings of names that only lay out what they hold.
const LAYOUT: &[&str] = &[
    "vc_",
    "et_pb_",
    "fusion_",
    "av_",
    "one_",
    "two_",
    "three_",
    "col",
    "row",
    "section",
    "container",
    "box",
    "su_row",
    "su_column",
    "tabs",
    "tab",
    "accordion",
    "toggle",
    "clear",
    "divider",
    "spacer",
    "br",
    "fullwidth",
];

/// Shortcodes that show a form of a plug-in.
const FORMS: &[&str] = &[
    "contact-form-7",
    "contact-form",
    "gravityform",
    "gravityforms",
    "wpforms",
    "ninja_form",
    "ninja_forms",
    "formidable",
    "mc4wp_form",
    "fluentform",
    "forminator_form",
    "hubspot",
    "caldera_form",
    "contact-field",
];

/// Shortcodes that show code with colours.
const CODE: &[&str] = &[
    "code",
    "sourcecode",
    "source",
    "php",
    "js",
    "css",
    "html",
    "xml",
    "python",
    "bash",
    "sql",
    "ruby",
    "java",
];

/// What shortcodes stand for that name something of the site.
pub(super) struct Media<'a> {
    /// HTML of the images with these ids; of those that belong to the post for none.
    pub(super) gallery: &'a dyn Fn(&[&str]) -> String,
    /// Our name for a form: of the plugin, by its id and title there.
    pub(super) form: &'a dyn Fn(&str, &str, &str) -> String,
}

/// A shortcode, as a text has it.
#[derive(Debug, PartialEq, Eq)]
struct Shortcode<'t> {
    name: &'t str,
    attributes: Vec<(String, String)>,
    inner: Option<&'t str>,
    /// Bytes that it takes up.
    length: usize,
}

impl Shortcode<'_> {
    fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }

    /// The first of these attributes that is there.
    fn any(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| self.get(name)).filter(|value| !value.is_empty())
    }
}

/// A text with HTML in the place of its shortcodes.
pub(super) fn replace(text: &str, media: &Media<'_>, notes: &mut Vec<ImportNote>) -> String {
    replace_within(text, media, notes, 0)
}

fn replace_within(text: &str, media: &Media<'_>, notes: &mut Vec<ImportNote>, depth: usize) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['[', '<']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        // Nothing in code and comments is a shortcode.
        if let Some(length) = untouched(rest) {
            out.push_str(&rest[..length]);
            rest = &rest[length..];
            continue;
        }
        if rest.starts_with("[[")
            && let Some(end) = rest.find("]]")
            && read(&rest[1..]).is_some()
        {
            // Two brackets say that one is meant.
            out.push_str(&rest[1..end + 1]);
            rest = &rest[end + 2..];
            continue;
        }
        match read(rest).filter(|_| depth < DEEPEST) {
            Some(found) => {
                let whole = &rest[..found.length];
                match html(&found, media, notes, depth) {
                    Some(html) => out.push_str(&html),
                    None => unknown(&found, whole, notes, &mut out),
                }
                rest = &rest[found.length..];
            }
            None => {
                out.push_str(&rest[..1]);
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// Bytes at the beginning in which no shortcode is read.
fn untouched(rest: &str) -> Option<usize> {
    let pairs = [
        ("<!--", "-->"),
        ("<pre", "</pre>"),
        ("<code", "</code>"),
        ("<script", "</script>"),
        ("<style", "</style>"),
    ];
    let (_, end) = pairs
        .iter()
        .find(|(start, _)| rest.get(..start.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(start)))?;
    Some(rest.find(end).map_or(rest.len(), |at| at + end.len()))
}

/// Reads the shortcode at the beginning.
fn read(text: &str) -> Option<Shortcode<'_>> {
    let after = text.strip_prefix('[')?;
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let name = &after[..after.find(|c| !is_name(c)).unwrap_or(after.len())];
    if !name.starts_with(|c: char| c.is_ascii_alphabetic())
        || !after[name.len()..].starts_with([' ', ']', '/', '\n', '\t', '\r', '='])
    {
        return None;
    }
    let rest = &after[name.len()..];
    let end = tag_end(rest)?;
    let written = &rest[..end];
    let attributes = attributes(written.trim_end_matches('/'));
    let length = 1 + name.len() + end + 1;
    let is_closed = written.ends_with('/');
    let inner = if is_closed { None } else { closing(&text[length..], name) };
    Some(match inner {
        Some((inner, behind)) => Shortcode { name, attributes, inner: Some(inner), length: length + behind },
        None => Shortcode { name, attributes, inner: None, length },
    })
}

/// Where the bracket is that closes, outside of quotation marks.
fn tag_end(text: &str) -> Option<usize> {
    let mut quote = None;
    for (at, c) in text.char_indices().take(4_000) {
        match (c, quote) {
            (']', None) => return Some(at),
            ('[', None) => return None,
            ('"' | '\'', None) if text[..at].ends_with('=') => quote = Some(c),
            (c, Some(open)) if c == open => quote = None,
            _ => {}
        }
    }
    None
}

/// What a shortcode holds, and the bytes up to behind its end; the same within it belongs to it.
fn closing<'t>(text: &'t str, name: &str) -> Option<(&'t str, usize)> {
    let (open, close) = (format!("[{name}"), format!("[/{name}]"));
    let (mut depth, mut at) = (1, 0);
    while let Some(found) = text[at..].find('[') {
        let here = at + found;
        let rest = &text[here..];
        if rest.starts_with(&close) {
            depth -= 1;
            if depth == 0 {
                return Some((&text[..here], here + close.len()));
            }
        } else if rest.starts_with(&open)
            && rest[open.len()..].starts_with([' ', ']'])
            && text[here..].contains(&close)
        {
            depth += 1;
        }
        at = here + 1;
    }
    // One that was opened within and never closed belongs to nothing.
    text.find(&close).map(|at| (&text[..at], at + close.len()))
}

fn attributes(text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let end = rest.find(|c: char| c.is_whitespace() || c == '=').unwrap_or(rest.len());
        let name = &rest[..end];
        rest = &rest[end..];
        let value = match rest.strip_prefix('=') {
            Some(value) => {
                let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
                let (value, behind) = match quote {
                    Some(quote) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
                    None => value.split_at(value.find(char::is_whitespace).unwrap_or(value.len())),
                };
                rest = behind;
                value
            }
            None => "",
        };
        if !name.is_empty() {
            found.push((name.to_lowercase(), crate::content::markup::unescaped(value).into_owned()));
        }
        rest = rest.trim_start();
    }
    found
}

/// The HTML that a shortcode stands for; `None` for one that nobody knows.
fn html(
    found: &Shortcode<'_>,
    media: &Media<'_>,
    notes: &mut Vec<ImportNote>,
    depth: usize,
) -> Option<String> {
    let inner = |notes: &mut Vec<ImportNote>| {
        replace_within(found.inner.unwrap_or_default(), media, notes, depth + 1)
    };
    Some(match found.name {
        "caption" | "wp_caption" => caption(&inner(notes), found.get("caption")),
        "gallery" => {
            let ids = found.any(&["ids", "include"]).unwrap_or_default();
            let ids: Vec<&str> = ids.split(',').map(str::trim).filter(|id| !id.is_empty()).collect();
            note(
                notes,
                Weight::Hand,
                "a gallery: give it a heading with `{role=gallery}`, and its images are a grid",
            );
            format!("\n\n{}\n\n", (media.gallery)(&ids))
        }
        "embed" | "youtube" | "vimeo" => {
            let address =
                found.inner.map(str::trim).filter(|inner| !inner.is_empty()).or(found.any(&["url", "src"]))?;
            format!("\n\n{}\n\n", link(address, address))
        }
        "audio" | "video" => {
            let source = found.any(&["src", "mp3", "m4a", "ogg", "mp4", "webm", "m4v", "ogv", "wav"])?;
            format!(
                "\n\n{}\n\n",
                with_attribute(&format!("<{}", found.name), "src", source) + &format!("></{}>", found.name)
            )
        }
        "button" | "su_button" => {
            let address = found.any(&["link", "url", "href"])?.to_string();
            let words = inner(notes);
            with_attribute("<a class=\"button\"", "href", &address) + ">" + &words + "</a>"
        }
        "quote" | "blockquote" | "pullquote" => format!("\n\n<blockquote>{}</blockquote>\n\n", inner(notes)),
        name if CODE.contains(&name) && found.inner.is_some() => code(found),
        name if FORMS.contains(&name) => {
            let title = found.any(&["title", "name"]).unwrap_or_default();
            let name = (media.form)(name, found.any(&["id", "form_id"]).unwrap_or_default(), title);
            let what =
                format!("the form `{title}` of `[{}]` is `[form:{name}]`: look at its fields", found.name);
            note(notes, Weight::Hand, what);
            format!(
                "\n\n{}{name}</div>\n\n",
                with_attribute("<div", crate::authoring::markup::FORM, &name) + ">"
            )
        }
        name if LAYOUT.iter().any(|start| name.starts_with(start)) => {
            note(
                notes,
                Weight::Changed,
                format!("`[{name}]`, which only laid out what it holds, is left out"),
            );
            format!("\n\n{}\n\n", inner(notes))
        }
        _ => return None,
    })
}

/// An image with what is written below it: `<img …> words`, or an attribute of older versions.
fn caption(inner: &str, attribute: Option<&str>) -> String {
    let end = inner.rfind("</a>").map(|at| at + "</a>".len());
    let end = end.or_else(|| inner.find("<img").and_then(|at| inner[at..].find('>').map(|end| at + end + 1)));
    let (image, words) = inner.split_at(end.unwrap_or(0));
    let mut caption = words.trim().to_string();
    if let Some(more) = attribute.filter(|_| caption.is_empty()) {
        escape_text(more, &mut caption);
    }
    format!("\n\n<figure>{}<figcaption>{caption}</figcaption></figure>\n\n", image.trim())
}

fn code(found: &Shortcode<'_>) -> String {
    let language =
        found.any(&["language", "lang"]).unwrap_or(if found.name == "code" { "" } else { found.name });
    let class = if matches!(language, "" | "sourcecode" | "source") {
        String::new()
    } else {
        format!("language-{language}")
    };
    let text = found.inner.unwrap_or_default().trim_matches(['\n', '\r']);
    let mut out = with_attribute("\n\n<pre", "class", &class) + ">";
    // Editors store `<` as it is or as a reference; either is the sign.
    escape_text(&crate::content::markup::unescaped(text), &mut out);
    out + "</pre>\n\n"
}

fn link(address: &str, words: &str) -> String {
    let mut out = with_attribute("<p><a", "href", address) + ">";
    escape_text(words, &mut out);
    out + "</a></p>"
}

fn with_attribute(start: &str, name: &str, value: &str) -> String {
    let mut out = format!("{start} {name}=\"");
    escape_attribute(value, &mut out);
    out.push('"');
    out
}

/// Leaves a shortcode as it is written; words in brackets that look like one and may be none aren't told.
fn unknown(found: &Shortcode<'_>, whole: &str, notes: &mut Vec<ImportNote>, out: &mut String) {
    let is_one = found.inner.is_some()
        || found.attributes.iter().any(|(_, value)| !value.is_empty())
        || found.name.contains('_');
    if is_one {
        note(
            notes,
            Weight::Hand,
            format!("the shortcode `[{}]` is shown as it is written: nothing here knows it", found.name),
        );
    }
    let tag =
        found.inner.map_or(whole.len(), |inner| whole.len() - inner.len() - "[/]".len() - found.name.len());
    out.push_str(&whole[..tag]);
    if let Some(inner) = found.inner {
        out.push_str(inner);
        out.push_str(&whole[tag + inner.len()..]);
    }
}

fn note(notes: &mut Vec<ImportNote>, weight: Weight, what: impl Into<String>) {
    let one = ImportNote { weight, what: what.into(), line: 0 };
    if !notes.contains(&one) {
        notes.push(one);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rewritten(text: &str) -> (String, usize) {
        let mut notes = Vec::new();
        let gallery = |ids: &[&str]| format!("<g {}>", ids.join("+"));
        let html =
            replace(text, &Media { gallery: &gallery, form: &|_, id, _| format!("f{id}") }, &mut notes);
        (html.split_whitespace().collect::<Vec<_>>().join(" "), notes.len())
    }

    #[test]
    fn known_ones_become_html() {
        let cases = [
            (
                "[caption id=\"a\" width=\"9\"]<a href=\"x\"><img src=\"y\"></a> Our <b>town</b>[/caption]",
                "<figure><a href=\"x\"><img src=\"y\"></a><figcaption>Our <b>town</b></figcaption></figure>",
            ),
            ("[gallery ids=\"1, 2\"]", "<g 1+2>"),
            (
                "[embed width=\"3\"]https://x.example/?a=1&b[/embed]",
                "<p><a href=\"https://x.example/?a=1&amp;b\">https://x.example/?a=1&amp;b</a></p>",
            ),
            ("[audio mp3=\"/a.mp3\"][/audio]", "<audio src=\"/a.mp3\"></audio>"),
            ("a [button link='/x/']Go[/button]", "a <a class=\"button\" href=\"/x/\">Go</a>"),
            ("[code lang=\"js\"]a &lt; [b][/code]", "<pre class=\"language-js\">a &lt; [b]</pre>"),
            ("[vc_row][vc_column width=\"1/2\"]a[/vc_column][vc_column]b[/vc_column][/vc_row]", "a b"),
            (
                "x [contact-form-7 id=\"4\" title=\"Kontakt\"] y",
                "x <div data-ringback-form=\"f4\">f4</div> y",
            ),
            (
                "[[gallery]] <code>[gallery]</code> <!-- wp:x [gallery] -->",
                "[gallery] <code>[gallery]</code> <!-- wp:x [gallery] -->",
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(rewritten(text).0, expected, "{text}");
        }
    }

    #[test]
    fn unknown_ones_stay_and_are_told() {
        assert_eq!(rewritten("[pricing id=\"3\"]a[/pricing]"), ("[pricing id=\"3\"]a[/pricing]".into(), 1));
        assert_eq!(rewritten("as he said [sic], [1] [a b]"), ("as he said [sic], [1] [a b]".into(), 0));
        assert_eq!(
            rewritten("[quote]a [quote]b[/quote] c[/quote]"),
            ("<blockquote>a <blockquote>b</blockquote> c</blockquote>".into(), 0)
        );
        let deep = format!("{}x{}", "[row]".repeat(500), "[/row]".repeat(500));
        assert!(rewritten(&deep).0.contains('x'));
        assert!(rewritten(&"[a".repeat(2_000)).0.starts_with("[a"));
    }
}
