//! The template engine of one language: Tera with the site's templates and the filters that speak the language.

use std::collections::BTreeMap;
use std::sync::Arc;

use tera::{ErrorKind, Kwargs, ReportError, State, Tera, TeraResult, Value};

use super::values::Values;
use crate::config::LangId;
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::encode;
use crate::ids::IdVec;
use crate::languages::formats::LocaleFormats;

/// A template's name, the file it comes from, and its text.
#[derive(Debug, Clone)]
pub struct TemplateFile {
    /// As templates name each other: `insight.html`.
    pub name: String,
    /// The file: `themes/ringback/templates/insight.html`.
    pub source: String,
    /// The template's source.
    pub text: String,
}

/// Compiled templates of one language.
#[derive(Debug)]
pub struct Engine {
    tera: Tera,
    /// Name to file and text, for messages.
    files: Arc<BTreeMap<String, (String, String)>>,
}

impl Engine {
    /// Compiles the templates; mistakes in them are reported, and `None` is given.
    #[must_use]
    pub fn compile(
        templates: &[TemplateFile],
        tools: Arc<IdVec<LangId, LocaleFormats>>,
        lang: LangId,
        diagnostics: &mut Diagnostics,
    ) -> Option<Self> {
        let files = templates.iter().map(|t| (t.name.clone(), (t.source.clone(), t.text.clone()))).collect();
        let files: Arc<BTreeMap<String, (String, String)>> = Arc::new(files);
        for template in templates {
            diagnostics.extend(json_in_attributes(template));
        }
        let mut tera = Tera::new();
        register(&mut tera, tools, lang);
        let all = templates.iter().map(|template| (template.name.clone(), template.text.clone()));
        match tera.add_raw_templates(all) {
            Ok(()) => Some(Self { tera, files }),
            Err(error) => {
                let unknown = match error.kind() {
                    ErrorKind::Msg(report) => unknown_names(report, &files),
                    _ => Vec::new(),
                };
                if unknown.is_empty() {
                    diagnostics.push(explain(&error, Code::TemplateSyntax, &files));
                }
                diagnostics.extend(unknown);
                None
            }
        }
    }

    /// Is there a template of this name?
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.files.contains_key(name)
    }

    /// The names of all templates that render pages, for suggestions.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// Renders a template; `subject` is the page being rendered, for the message.
    ///
    /// # Errors
    ///
    /// A diagnostic with the template, line and column, and the page.
    pub fn render(&self, name: &str, values: &Values, subject: &str) -> Result<String, Box<Diagnostic>> {
        self.tera.render(name, values.context()).map_err(|error| {
            let problem = explain(&error, Code::TemplateFailed, &self.files);
            Box::new(problem.help(format!("this happened while rendering {subject}")))
        })
    }
}

fn register(tera: &mut Tera, tools: Arc<IdVec<LangId, LocaleFormats>>, lang: LangId) {
    tera.register_filter("count", move |forms: &Value, arguments: Kwargs, _: &State<'_>| {
        let number: i64 = arguments.must_get("n")?;
        let tools = &tools[lang];
        let form = match forms.as_map() {
            Some(forms) => {
                let key = tools.plural(number);
                let form = forms.iter().find(|(name, _)| name.as_str() == Some(key));
                let other = || forms.iter().find(|(name, _)| name.as_str() == Some("other"));
                form.or_else(other).and_then(|(_, text)| text.as_str())
            }
            None => forms.as_str(),
        };
        let form =
            form.ok_or_else(|| tera::Error::message("`count` needs text, or a map with `one` and `other`"))?;
        TeraResult::Ok(form.replace("{n}", &tools.number(number)))
    });
    tera.register_filter("fill", |text: &str, arguments: Kwargs, _: &State<'_>| {
        let mut filled = text.to_string();
        for (name, value) in arguments.iter() {
            if let Some(name) = name.as_str() {
                let value = value.as_str().map_or_else(|| value.to_string(), str::to_string);
                filled = filled.replace(&format!("{{{name}}}"), &value);
            }
        }
        filled
    });
    tera.register_filter("date", tera_contrib::dates::date);
    tera.register_filter("json", |value: &Value, arguments: Kwargs, _: &State<'_>| {
        let made = match arguments.get::<bool>("pretty")? {
            Some(true) => serde_json::to_string_pretty(value),
            _ => serde_json::to_string(value),
        };
        let json = made.map_err(|error| tera::Error::message(format!("no JSON can be made: {error}")))?;
        TeraResult::Ok(html(&encode::script::escaped(&json)))
    });
    tera.register_filter("attribute", |value: &Value, _: Kwargs, _: &State<'_>| {
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_string);
        let mut out = String::with_capacity(text.len());
        encode::html::escape_attribute(&text, &mut out);
        html(&out)
    });
    tera.register_filter("mailto", |address: &str, _: Kwargs, _: &State<'_>| encode::mail::to(address));
    tera.register_filter("urlencode", tera_contrib::urlencode::urlencode);
}

/// Where a template writes JSON between the quotation marks of an attribute, which those of the JSON would end.
fn json_in_attributes(template: &TemplateFile) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (end, _) in template.text.match_indices("}}\"") {
        let before = template.text[..end].trim_end_matches('-').trim_end();
        let Some(start) = before.rfind("{{") else { continue };
        let inner = before[start + 2..].trim_start_matches('-');
        let last = inner.rsplit('|').next().unwrap_or_default().trim();
        let is_json = inner.contains('|') && (last == "json" || last.starts_with("json("));
        if is_json && before[..start].ends_with("=\"") {
            let at = Span::new(before.len() - last.len(), before.len());
            let message = "`json` alone is for script elements; its quotation marks would end this attribute";
            found.push(
                Diagnostic::new(Code::TemplateSyntax, message)
                    .at(&template.source, at)
                    .help("write `| json | attribute`"),
            );
        }
    }
    found
}

fn explain(error: &tera::Error, code: Code, files: &BTreeMap<String, (String, String)>) -> Diagnostic {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => at(report, code, files),
        other => {
            let message = other.to_string();
            let blamed = files.iter().find(|(name, _)| message.contains(&format!("'{name}'")));
            let problem = Diagnostic::new(code, format!("a template can't be used: {message}"));
            match blamed {
                Some((_, (source, _))) => problem.in_file(source),
                None => problem,
            }
        }
    }
}

/// Filters, functions, components and templates that templates name and nobody has. Tera gives them as a finished
/// text: `error: Unknown filter` with the name in backticks, and below it the place, `--> insight.html:1:21`.
fn unknown_names(report: &str, files: &BTreeMap<String, (String, String)>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut lines = report.lines();
    while let Some(line) = lines.next() {
        let Some(what) = line.strip_prefix("error: Unknown ") else { continue };
        let name = what.split('`').nth(1).unwrap_or_default();
        let place = lines.next().and_then(|line| line.split_once("--> ")).map_or("", |(_, place)| place);
        let mut parts = place.rsplitn(3, ':');
        let (column, line, file) = (parts.next(), parts.next(), parts.next());
        let number = |part: Option<&str>| part.and_then(|part| part.parse::<usize>().ok()).unwrap_or(1);
        let problem =
            Diagnostic::new(Code::TemplateSyntax, format!("the template has a mistake: unknown {what}"));
        found.push(match file.and_then(|file| files.get(file)) {
            Some((source, text)) => {
                let from = offset(text, number(line), number(column).saturating_sub(1));
                let start = from + text[from..].find(name).unwrap_or(0);
                let problem = problem.at(source, Span::new(start, start + name.len()));
                if what.starts_with("template") {
                    problem.suggest(name, files.keys().map(String::as_str))
                } else {
                    problem
                }
            }
            None => problem,
        });
    }
    found
}

/// What a template asks for and isn't there, with what is.
fn with_nearest_field(problem: Diagnostic, message: &str) -> Diagnostic {
    let Some((missing, known)) = message.split_once(" is not defined. Available fields: ") else {
        return problem;
    };
    let missing = missing.split('`').nth(1).unwrap_or_default();
    problem.suggest(missing, known.split(", "))
}

fn at(report: &ReportError, code: Code, files: &BTreeMap<String, (String, String)>) -> Diagnostic {
    let message = report.message().trim().trim_end_matches('.');
    let problem = Diagnostic::new(code, format!("the template can't be rendered: {message}"));
    let problem = if code == Code::TemplateSyntax {
        Diagnostic::new(code, format!("the template has a mistake: {message}"))
    } else {
        problem
    };
    let Some((source, text)) = files.get(report.filename()) else {
        return problem.in_file(report.filename());
    };
    let span = report.span();
    let start = offset(text, span.start_line, span.start_col);
    let end = offset(text, span.end_line, span.end_col).max(start);
    with_nearest_field(problem.at(source, Span::new(start, end)), message)
}

/// The byte at a line (from 1) and column (from 0, in characters) of a text.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest = text[before..].split('\n').next().map_or("", |line| line);
    before + rest.char_indices().nth(column).map_or(rest.len(), |(at, _)| at)
}

/// HTML that is not escaped again.
fn html(html: &str) -> Value {
    Value::safe_string(html)
}
