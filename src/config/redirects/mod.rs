//! `redirects:` in `ringback.yaml`, and `redirects.csv` beside it: old addresses, whole or as patterns, and where each
//! leads.

mod csv;

pub(crate) use csv::csv;

use super::Parser;
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::encode::address::Web;
use crate::encode::percent;
use crate::project::CONFIG_FILE;
use crate::yaml::{Node, Spanned, Value};

/// How a pattern and a target name what a `*` stands for, beside `*` itself.
const REST: &str = "splat";

/// A part of a path between slashes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Segment {
    /// This text alone, not percent-encoded.
    Text(String),
    /// Any one part, by its name: `:slug`.
    Name(String),
    /// All that follows: `*`.
    Rest,
}

/// An address that may stand for many: a path, and what its query must have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    /// The parts of its path.
    pub segments: Vec<Segment>,
    /// Does it name a folder, by a slash at its end?
    pub is_folder: bool,
    /// Names and values of its query, a value as a segment.
    pub query: Vec<(String, Segment)>,
}

/// Where a redirect leads, in the site or out of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RedirectTarget {
    /// A path of this site, which takes parts of the old one, with its query and fragment.
    Path(Pattern, String),
    /// A page's file, by its content path.
    Page(String),
    /// Another site; `:name` and `:splat` in it are parts of the old address.
    Web(String),
}

/// An old address, or a pattern of them, and where it leads now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redirect {
    /// What visitors ask for; a pattern stands for many addresses.
    pub from: Pattern,
    /// Where they are led, with the parts of the old address that `:name` stands for.
    pub to: RedirectTarget,
    /// Only for a while: a 302, which browsers and search engines don't remember.
    pub is_temporary: bool,
    /// The file that says so.
    pub file: &'static str,
    /// Where the old address stands in it.
    pub from_span: Span,
    /// Where the new address is in the file.
    pub to_span: Span,
}

impl Redirect {
    /// Can there be a page at each old address that leads on? It is one address alone, or the new ones tell which the old
    /// ones are.
    #[must_use]
    pub fn can_have_stubs(&self) -> bool {
        let told = |name: &str| match &self.to {
            RedirectTarget::Path(to, _) => to.names().any(|found| found == name),
            RedirectTarget::Page(_) | RedirectTarget::Web(_) => false,
        };
        self.from.query.is_empty() && self.from.names().all(told)
    }
}

impl Pattern {
    /// Reads a path, with its query where it has one. A word says what is wrong with it.
    fn read(text: &str) -> Result<Self, &'static str> {
        let (path, query) = text.split_once('?').map_or((text, None), |(path, query)| (path, Some(query)));
        if !path.starts_with('/') || path.starts_with("//") {
            return Err("begin it with one slash: it is a path of this site");
        }
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        let mut segments = Vec::with_capacity(parts.len());
        for (index, part) in parts.iter().enumerate() {
            let segment = segment(part)?;
            if segment == Segment::Rest && index + 1 < parts.len() {
                return Err("`*` can only be at the end, for all that follows");
            }
            segments.push(segment);
        }
        let mut pairs = Vec::new();
        for pair in query.unwrap_or_default().split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').ok_or("write each part of the query as `name=value`")?;
            let value = match segment(value)? {
                Segment::Rest => return Err("name a value of the query with a colon: `?p=:id`"),
                value => value,
            };
            pairs.push((percent::decode(name).into_owned(), value));
        }
        Ok(Self { segments, is_folder: path.ends_with('/'), query: pairs })
    }

    /// Does it stand for one path alone, whatever the query?
    #[must_use]
    pub fn is_exact(&self) -> bool {
        self.segments.iter().all(|segment| matches!(segment, Segment::Text(_)))
    }

    /// The names of the parts that it leaves open.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let values = self.query.iter().map(|(_, value)| value);
        self.segments.iter().chain(values).filter_map(|segment| match segment {
            Segment::Text(_) => None,
            Segment::Name(name) => Some(name.as_str()),
            Segment::Rest => Some(REST),
        })
    }

    /// The parts that a path (not percent-encoded) has in the place of the names, if the pattern fits it. `*` stands for
    /// nothing, too, as it does for hosts.
    #[must_use]
    pub fn parts<'p>(&'p self, path: &'p str) -> Option<Vec<(&'p str, &'p str)>> {
        let mut rest = path.strip_prefix('/')?;
        let mut found = Vec::new();
        for segment in &self.segments {
            if *segment == Segment::Rest {
                found.push((REST, rest));
                return Some(found);
            }
            let (part, behind) = rest.split_once('/').unwrap_or((rest, ""));
            match segment {
                Segment::Text(text) if text == part => {}
                Segment::Name(name) if !part.is_empty() => found.push((name, part)),
                _ => return None,
            }
            rest = behind;
        }
        rest.is_empty().then_some(found)
    }

    /// The path with these parts in the place of the names, not percent-encoded; `None` where one is missing.
    #[must_use]
    pub fn fill(&self, parts: &[(&str, &str)]) -> Option<String> {
        let part = |name: &str| parts.iter().find(|(found, _)| *found == name).map(|(_, part)| *part);
        let mut path = String::new();
        for segment in &self.segments {
            path.push('/');
            path.push_str(match segment {
                Segment::Text(text) => text,
                Segment::Name(name) => part(name)?,
                Segment::Rest => part(REST)?,
            });
        }
        if path.is_empty() || self.is_folder && !path.ends_with('/') {
            path.push('/');
        }
        Some(path)
    }

    /// A path that it fits.
    #[must_use]
    pub fn example(&self) -> String {
        let names: Vec<(&str, &str)> = self.names().map(|name| (name, "x")).collect();
        self.fill(&names).unwrap_or_default()
    }

    /// Its path as hosts read it: parts that are themselves by `literal`, names as `:name` and the rest as `rest`.
    #[must_use]
    pub fn rule(&self, literal: &dyn Fn(&str) -> String, rest: &str) -> String {
        let mut path = String::new();
        for segment in &self.segments {
            path.push('/');
            match segment {
                Segment::Text(text) => path.push_str(&literal(text)),
                Segment::Name(name) => path.extend([":", name]),
                Segment::Rest => path.push_str(rest),
            }
        }
        if path.is_empty() || self.is_folder {
            path.push('/');
        }
        path
    }
}

/// One part between slashes, or a value of a query.
fn segment(part: &str) -> Result<Segment, &'static str> {
    if matches!(part, "*" | ":splat") {
        return Ok(Segment::Rest);
    }
    if let Some(name) = part.strip_prefix(':') {
        let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic())
            && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
        return match is_name {
            true => Ok(Segment::Name(name.to_string())),
            false => Err("a name after a colon is letters, digits and `_`: `:slug`"),
        };
    }
    let text = percent::decode(part);
    if text.contains('*') {
        return Err("`*` can only be at the end, after a slash, for all that follows");
    }
    if matches!(&*text, "." | "..") || text.contains(|c: char| c.is_control() || "\\#".contains(c)) {
        return Err("write it as browsers show it, without `..`, `\\` and `#`");
    }
    Ok(Segment::Text(text.into_owned()))
}

/// Reads a redirect. What is wrong with it is reported at its place.
fn redirect(
    from: &Spanned<String>,
    to: &Spanned<String>,
    file: &'static str,
    diagnostics: &mut Diagnostics,
) -> Option<Redirect> {
    let bad = |text: &Spanned<String>, what: &str, help: &str| {
        Diagnostic::new(Code::BadRedirect, format!("`{}` {what}", text.value)).at(file, text.span).help(help)
    };
    let pattern = Pattern::read(from.value.trim())
        .map_err(|help| diagnostics.push(bad(from, "can't be redirected", help)))
        .ok()?;
    let names: Vec<&str> = pattern.names().collect();
    if names.iter().enumerate().any(|(index, name)| names[..index].contains(name)) {
        diagnostics.push(bad(from, "has one name twice", "give each part a name of its own"));
        return None;
    }
    let found = target(to.value.trim(), &names);
    let target = found.map_err(|help| diagnostics.push(bad(to, "can't be redirected to", &help))).ok()?;
    Some(Redirect {
        from: pattern,
        to: target,
        is_temporary: false,
        file,
        from_span: from.span,
        to_span: to.span,
    })
}

/// Where a redirect leads that knows the parts `names` of the old address.
fn target(text: &str, names: &[&str]) -> Result<RedirectTarget, String> {
    let unknown = |name: &str| match name {
        REST => "the old address has no `*` that it could be".to_string(),
        name => format!("the old address has no part `:{name}`"),
    };
    if text.contains("://") || text.starts_with("//") {
        let web = Web::new(text).ok_or("write a whole web address: `https://www.example.org/x/`")?;
        let after_host = web.splitn(4, '/').nth(3).unwrap_or_default();
        let parts = after_host.split(['/', '?', '&', '=', '#']).filter_map(|part| part.strip_prefix(':'));
        return match parts.into_iter().find(|name| !names.contains(name)) {
            Some(name) => Err(unknown(name)),
            None => Ok(RedirectTarget::Web(web.to_string())),
        };
    }
    if !text.starts_with('/') {
        let key = text.strip_suffix(".md").unwrap_or(text).trim_matches('/');
        return match key.is_empty() || key.contains([':', '*', '?', '#', ' ']) {
            true => {
                Err("name a path (`/insights/`), a page's file (`insights/empty-crm.md`) or a web address"
                    .into())
            }
            false => Ok(RedirectTarget::Page(key.to_string())),
        };
    }
    let (path, rest) = text.split_at(text.find(['?', '#']).unwrap_or(text.len()));
    if rest.contains(|c: char| c.is_whitespace() || c.is_control()) {
        return Err("write a space as `%20`".into());
    }
    let pattern = Pattern::read(path)?;
    if let Some(name) = pattern.names().find(|name| !names.contains(name)) {
        return Err(unknown(name));
    }
    Ok(RedirectTarget::Path(pattern, rest.to_string()))
}

impl Parser<'_> {
    /// Reads `redirects: {/old/: /new/}`, a value with its status as `{to: /new/, temporary: true}`.
    pub(super) fn redirects(&mut self, node: &Node) -> Vec<Redirect> {
        let mut found = Vec::new();
        for (from, node) in self.reader.entries(node).unwrap_or_default() {
            let (to, is_temporary) = if let Value::Scalar { .. } = node.value {
                (self.reader.text(node), false)
            } else {
                let Some(mut fields) = self.reader.fields(node) else { continue };
                let to = fields.require("to", "a redirect", &mut self.reader);
                let to = to.and_then(|node| self.reader.text(node));
                let temporary = fields.take("temporary").and_then(|node| self.reader.truth(node));
                fields.finish("a redirect", [], &mut self.reader);
                (to, temporary.unwrap_or_default())
            };
            let Some(to) = to else { continue };
            let redirect = redirect(from, &to, CONFIG_FILE, self.reader.diagnostics);
            found.extend(redirect.map(|redirect| Redirect { is_temporary, ..redirect }));
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(from: &str, to: &str) -> Result<Redirect, String> {
        let mut diagnostics = Diagnostics::new();
        let spanned = |text: &str| Spanned { value: text.to_string(), span: Span::default() };
        let found = redirect(&spanned(from), &spanned(to), CONFIG_FILE, &mut diagnostics);
        found.ok_or_else(|| diagnostics.sorted()[0].help[0].clone())
    }

    #[test]
    fn patterns_take_parts_of_a_path() {
        let pattern = |text: &str| Pattern::read(text).unwrap();
        for (text, path, parts) in [
            ("/blog/*", "/blog/2024/a/", Some(vec![("splat", "2024/a/")])),
            ("/blog/*", "/blog/", Some(vec![("splat", "")])),
            ("/blog/*", "/blog", Some(vec![("splat", "")])),
            ("/blog/*", "/blogs/a", None),
            ("/tag/:slug/", "/tag/crm", Some(vec![("slug", "crm")])),
            ("/tag/:slug", "/tag/crm/more/", None),
            ("/:year/:slug", "/2024/a/", Some(vec![("year", "2024"), ("slug", "a")])),
            ("/old", "/old/", Some(vec![])),
            ("/?p=1", "/", Some(vec![])),
            ("/g%C3%A5/", "/gå/", Some(vec![])),
        ] {
            assert_eq!(pattern(text).parts(path), parts, "{text} {path}");
        }
        let target = pattern("/insights/:slug/");
        assert_eq!(target.fill(&[("slug", "crm")]).as_deref(), Some("/insights/crm/"));
        assert_eq!(target.fill(&[]), None);
        assert_eq!(pattern("/a/*").fill(&[("splat", "b/c/")]).as_deref(), Some("/a/b/c/"));
    }

    #[test]
    fn what_cannot_be_a_redirect_is_told() {
        assert!(read("/blog/*", "/insights/:splat").is_ok());
        assert!(read("/?p=:id", "https://old.example/:id").is_ok());
        assert!(read("/a", "insights/empty-crm.md").is_ok());
        assert!(read("/a/:id", "/b/?id=:id").is_ok());
        for (from, to, help) in [
            ("blog/", "/x/", "begin it"),
            ("https://old.example/x", "/x/", "begin it"),
            ("/blog*", "/x/", "`*` can only"),
            ("/*/x", "/x/", "`*` can only"),
            ("/a/:1", "/x/", "a name after a colon"),
            ("/a/../b", "/x/", "write it as"),
            ("/a?b", "/x/", "write each part"),
            ("/:a/:a", "/x/", "give each part"),
            ("/a", "/b/:slug", "the old address has no part `:slug`"),
            ("/a", "/b/*", "the old address has no `*`"),
            ("/a", "https://x.example/:slug", "the old address has no part `:slug`"),
            ("/a", "mailto:x", "name a path"),
            ("/a", "//x", "write a whole"),
        ] {
            let problem = read(from, to).unwrap_err();
            assert!(problem.starts_with(help), "{from} {to}: {problem}");
        }
    }

    #[test]
    fn cells_are_as_spreadsheets_write_them() {
        let table = |text: &str| {
            let mut diagnostics = Diagnostics::new();
            let found = csv(text, &mut diagnostics);
            let shown: Vec<_> = found
                .iter()
                .map(|one| format!("{} > {}", &text[one.from_span.range()], &text[one.to_span.range()]))
                .collect();
            (shown, diagnostics.sorted().into_iter().map(|problem| problem.message).collect::<Vec<_>>())
        };
        // A comma in an address, in a table with commas and in one with semicolons.
        assert_eq!(table("\"/a,b/\",/c/,302\r\n\"/d\" , \"/e/\"\r\n").0, ["/a,b/ > /c/", "/d > /e/"]);
        assert_eq!(table("sep=;\r\n/a,b/;/c/;301;note\r\n;;\r\n/d/;/e/\r\n").0, ["/a,b/ > /c/", "/d/ > /e/"]);
        assert_eq!(table("\"Old\";\"New, or so\"\n/a,b;/c/\n").0, ["/a,b > /c/"]);
        assert_eq!(table("/a\t/b/\n").0, ["/a > /b/"]);
        let (found, told) = table("/a/,\"/b\n/c/,/d/\n\"/e\"\"f/\",/g/\n");
        assert_eq!(found, ["/c/ > /d/", "/e\"\"f/ > /g/"]);
        assert_eq!(told, ["this quotation mark is never closed"]);
    }

    #[test]
    fn a_table_has_a_redirect_a_line() {
        let text = "\u{feff}from;to\r\n/a;/b/\r\n\r\n# later\r\n\"/c\" ; \"/d/\";302\r\n/e\r\n/f;/g/;200\r\n";
        let mut diagnostics = Diagnostics::new();
        let found = csv(text, &mut diagnostics);
        let shown: Vec<_> = found
            .iter()
            .map(|one| (&text[one.from_span.range()], &text[one.to_span.range()], one.is_temporary))
            .collect();
        assert_eq!(shown, [("/a", "/b/", false), ("/c", "/d/", true)]);
        let problems = diagnostics.sorted();
        let told: Vec<_> = problems.iter().map(|problem| problem.message.as_str()).collect();
        assert_eq!(told, ["this line has no new address", "`200` isn't the status of a redirect"]);
    }
}
