//! What HTML and style sheets load from other sites by themselves: scripts, style sheets and frames. Browsers refuse scripts
//! and style sheets of a host that the site hasn't declared, and a frame would be loaded before the reader asked for it.

use std::ops::Range;

use super::markup::{self, Tag};
use crate::config::Config;
use crate::diag::{Code, Diagnostic, Span};
use crate::encode::origin;

/// Something that is loaded from another site.
#[derive(Debug, PartialEq, Eq)]
pub struct Load {
    /// What loads it: "script", "frame".
    pub what: &'static str,
    /// The directive of a Content-Security-Policy that allows it.
    pub directive: &'static str,
    /// The origin that it is loaded from: protocol, host and port.
    pub origin: String,
    /// The bytes of its address in the text that was read.
    pub place: Range<usize>,
}

/// What a piece of HTML, or a template, loads from other sites. An address whose host a template fills in is passed over.
#[must_use]
pub fn in_html(html: &str) -> Vec<Load> {
    // Most pieces have no address of another site at all.
    if !html.contains("//") {
        return Vec::new();
    }
    markup::tags(html).iter().filter_map(in_tag).collect()
}

fn in_tag(tag: &Tag<'_>) -> Option<Load> {
    let find = |wanted: &str| tag.attributes.iter().find(|one| one.name.eq_ignore_ascii_case(wanted));
    let name = tag.name.to_ascii_lowercase();
    let (what, directive, attribute) = match name.as_str() {
        "script" => ("script", "script-src", find("src").or_else(|| find("href"))?),
        "iframe" | "frame" => ("frame", "frame-src", find("src")?),
        "embed" => ("frame", "frame-src", find("src")?),
        "object" => ("frame", "frame-src", find("data")?),
        "link" => {
            let rel = markup::unescaped(find("rel")?.raw).to_ascii_lowercase();
            let has = |wanted: &str| rel.split_ascii_whitespace().any(|one| one == wanted);
            let early = ["preload", "prefetch", "preconnect", "dns-prefetch"];
            let href = find("href")?;
            match () {
                () if has("stylesheet") => ("style sheet", "style-src", href),
                () if has("modulepreload") => ("script", "script-src", href),
                () if early.iter().any(|one| has(one)) => ("early connection", "connect-src", href),
                () => return None,
            }
        }
        _ => return None,
    };
    let address = markup::unescaped(attribute.raw);
    let origin = origin::source(&address).filter(|origin| origin.contains("://"))?;
    Some(Load { what, directive, origin, place: attribute.place.clone() })
}

/// What a style sheet imports from other sites, and the fonts that it names there.
#[must_use]
pub fn in_style_sheet(css: &str) -> Vec<Load> {
    let mut found = Vec::new();
    for (at, _) in css.match_indices("//") {
        let start =
            css[..at].rfind(|c: char| c.is_whitespace() || "\"'(,".contains(c)).map_or(0, |at| at + 1);
        let Some(origin) = origin::source(&css[start..]).filter(|origin| origin.contains("://")) else {
            continue;
        };
        let statement = css[..start].rfind(['{', '}', ';']).map_or(0, |at| at + 1);
        let before = css[statement..start].trim_start().to_ascii_lowercase();
        let is_font = before.starts_with("src:") || before.starts_with("src :");
        let (what, directive) = match () {
            () if before.starts_with("@import") => ("style sheet", "style-src"),
            () if is_font && before.contains("url(") => ("font", "font-src"),
            () => continue,
        };
        let end = css[start..].find(|c: char| c.is_whitespace() || "\"');".contains(c));
        found.push(Load { what, directive, origin, place: start..end.map_or(css.len(), |end| start + end) });
    }
    found
}

/// What a script imports from another site; `at` is the name that it gives.
#[must_use]
pub fn in_script(text: &str, at: Range<usize>) -> Option<Load> {
    let origin = origin::source(&text[at.clone()]).filter(|origin| origin.contains("://"))?;
    Some(Load { what: "script", directive: "script-src", origin, place: at })
}

/// The report of something that nobody has declared; nothing where it is declared.
#[must_use]
pub fn undeclared(load: &Load, config: &Config, (file, span): (&str, Span)) -> Option<Diagnostic> {
    let Load { what, directive, origin, .. } = load;
    // A connection that is made early is for something else that is declared.
    let is_declared = match *directive {
        "connect-src" => ["connect-src", "script-src", "style-src", "font-src", "img-src", "frame-src"]
            .iter()
            .any(|directive| config.declares(directive, origin)),
        directive => config.declares(directive, origin),
    };
    if is_declared {
        return None;
    }
    let message = match *what {
        "frame" => format!(
            "this frame loads `{origin}` before readers ask for it, and the site doesn't declare that host"
        ),
        "early connection" => {
            format!(
                "this connects to `{origin}` before readers ask for it, and the site doesn't declare that host"
            )
        }
        what => format!("browsers won't load this {what}, because the site doesn't declare `{origin}`"),
    };
    let declare =
        format!("declare it in `ringback.yaml`: `hosting: {{policy: {{{directive}: [\"{origin}\"]}}}}`");
    let help = match *what {
        "script" => {
            "declare it in `ringback.yaml`, under `integrations: {script: …}`, with what it is for".into()
        }
        "frame" => format!("write a link to it instead, or {declare}"),
        "early connection" => "remove it".into(),
        _ => format!("copy it to the site, or {declare}"),
    };
    Some(Diagnostic::new(Code::UndeclaredHost, message).at(file, span).help(help))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_loads_scripts_styles_and_frames() {
        for (html, expected) in [
            ("<script src=\"https://a.example/x.js\"></script>", Some(("script-src", "https://a.example"))),
            ("<SCRIPT SRC=//a.example/x.js></SCRIPT>", Some(("script-src", "https://a.example"))),
            ("<script src='https&#58;//a.example/x.js'></script>", Some(("script-src", "https://a.example"))),
            (
                "<link href=\"https://f.example/css\" rel=\"preload stylesheet\">",
                Some(("style-src", "https://f.example")),
            ),
            (
                "<link rel=modulepreload href=https://a.example/x.js>",
                Some(("script-src", "https://a.example")),
            ),
            ("<link rel=preconnect href=https://a.example>", Some(("connect-src", "https://a.example"))),
            (
                "<iframe title=x src=\"https://v.example/1\"></iframe>",
                Some(("frame-src", "https://v.example")),
            ),
            ("<object data=https://v.example/1></object>", Some(("frame-src", "https://v.example"))),
            ("<script src=\"/js//x.js\"></script>", None),
            ("<script src=\"{{ assets[\"js/x.js\"] }}\"></script> //", None),
            ("<script src=\"https://{{ host }}/x.js\"></script>", None),
            ("<link rel=canonical href=https://a.example/>", None),
            ("<!-- <script src=https://a.example/x.js></script> -->", None),
            ("<img src=https://a.example/x.png>", None),
        ] {
            let found = in_html(html);
            let found = found.first().map(|load| (load.directive, load.origin.as_str()));
            assert_eq!(found, expected, "{html}");
        }
    }

    #[test]
    fn style_sheets_load_others_and_fonts() {
        let css = "@import url(\"https://f.example/css?a\");\n@import 'https://g.example/x.css' print;\n\
                   @font-face{font-family:x;src:url(https://h.example/x.woff2)}\n\
                   a{background:url(https://i.example/x.png)} /* https://j.example */";
        let found = in_style_sheet(css);
        let found: Vec<_> = found.iter().map(|load| (load.directive, load.origin.as_str())).collect();
        assert_eq!(
            found,
            [
                ("style-src", "https://f.example"),
                ("style-src", "https://g.example"),
                ("font-src", "https://h.example")
            ]
        );
    }
}
