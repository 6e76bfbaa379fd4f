//! Forms of plugins as ours: those of Contact Form 7 with their fields, which the export has; of others, a form that somebody has to fill
//! in, because they keep their fields in tables of their own.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::index::{FormRow, Index};
use crate::authoring::importers::site::name_of;
use crate::authoring::importers::{ImportError, Report, Sink, without_contacts};
use crate::authoring::markup::Weight;
use crate::authoring::scaffold::quoted;
use crate::encode::slug::slug;

/// Names of fields that mean something to browsers or to leads (see `docs/content/leads.md`).
const RESERVED: &[&str] = &[
    "submit",
    "reset",
    "page",
    "lead",
    "form",
    "meta",
    "consent",
    "attribution",
    "constructor",
    "action",
    "method",
];

/// The forms that texts show.
pub(super) struct Forms<'a> {
    index: &'a Index,
    /// Those that were asked for, as YAML, by our names.
    used: RefCell<BTreeMap<String, Used>>,
}

struct Used {
    yaml: String,
    notes: Vec<String>,
}

impl<'a> Forms<'a> {
    pub(super) fn new(index: &'a Index) -> Self {
        Self { index, used: RefCell::default() }
    }

    /// Our name for a form of a plugin.
    pub(super) fn name(&self, plugin: &str, id: &str, title: &str) -> String {
        let known =
            self.index.forms.iter().find(|form| form.keys.iter().any(|key| key == id && !id.is_empty()));
        let known =
            known.or_else(|| self.index.forms.iter().find(|form| form.title == title && !title.is_empty()));
        let known = known.filter(|_| plugin.starts_with("contact-form"));
        let wanted = known.map_or(title, |form| form.title.as_str());
        let wanted = if wanted.is_empty() { format!("{plugin}-{id}") } else { wanted.to_string() };
        let name = name_of(&wanted, "form");
        let made = || match known {
            Some(form) => of_contact_form(form),
            None => Used {
                yaml: format!(
                    "# The fields of the old form aren't in the export: make them here.\nextends: contact\ntitle: {}\n",
                    quoted(&wanted)
                ),
                notes: vec![format!(
                    "a form of `{plugin}`: its fields aren't in the export, so it is the built-in `contact`"
                )],
            },
        };
        self.used.borrow_mut().entry(name.clone()).or_insert_with(made);
        name
    }

    /// Writes them, and gives the lines of the configuration that they need.
    pub(super) fn write(&self, sink: &mut dyn Sink, report: &mut Report) -> Result<String, ImportError> {
        let used = self.used.borrow();
        for (name, form) in used.iter() {
            let path = format!("content/forms/{name}.yaml");
            report.count("forms");
            form.notes.iter().for_each(|what| report.note(Weight::Hand, &path, what.clone()));
            sink.text(&path, format!("{}webhook: crm\n", form.yaml))?;
        }
        if used.is_empty() {
            return Ok(String::new());
        }
        report.note(
            Weight::Hand,
            "ringback.yaml",
            "say where answers to forms go: the address under `webhooks` is only an example",
        );
        Ok("webhooks:\n  crm: {url: \"https://example.org/leads\"}\n".into())
    }
}

/// A form as its author wrote it: labels, and `[text* your-name]`.
fn of_contact_form(form: &FormRow) -> Used {
    let (mut fields, mut consents, mut notes): (Vec<String>, Vec<String>, Vec<String>) = Default::default();
    let mut submit = String::new();
    let mut has_contact = false;
    let mut rest = form.template.as_str();
    let mut before = String::new();
    while let Some((text, tail)) = rest.split_once('[') {
        before.push_str(text);
        let Some((tag, behind)) = tail.split_once(']') else { break };
        rest = behind;
        let Some(tag) = Tag::read(tag) else { continue };
        let label = label(&before).unwrap_or_else(|| readable(&tag.name));
        before.clear();
        let kind = match tag.kind.as_str() {
            "text" => "text",
            "email" | "tel" | "url" | "number" | "date" | "textarea" => tag.kind.as_str(),
            "range" => "number",
            "select" | "radio" => "choice",
            "checkbox" => "choices",
            "acceptance" => {
                consents.push(consent(&tag, behind, &label));
                continue;
            }
            "submit" => {
                submit = tag.values.first().cloned().unwrap_or_default();
                continue;
            }
            "/acceptance" | "response" => continue,
            other => {
                notes.push(format!("a field of the type `{other}`, `{}`, is left out", tag.name));
                continue;
            }
        };
        has_contact |= matches!(kind, "email" | "tel");
        fields.push(field(&tag, kind, &label));
    }
    if !has_contact {
        fields.push("  - {id: email, type: email, required: true}\n".into());
        notes.push(
            "the form asked for neither an address nor a number: a field for the email address is added"
                .into(),
        );
    }
    let title = if form.title.is_empty() { "Contact" } else { &form.title };
    let mut yaml = format!("title: {}\n", quoted(title));
    if !submit.is_empty() {
        yaml.push_str(&format!("submit: {}\n", quoted(&submit)));
    }
    yaml.push_str(&format!("fields:\n{}", fields.concat()));
    if !consents.is_empty() {
        yaml.push_str(&format!("consent:\n{}", consents.concat()));
    }
    notes.push("a form of Contact Form 7: look at its fields, and at what it says about consent".into());
    Used { yaml, notes }
}

fn consent(tag: &Tag, behind: &str, label: &str) -> String {
    let text = behind.split_once("[/acceptance]").map_or_else(|| label.to_string(), |(text, _)| plain(text));
    let (id, is_required) = (tag.id(), !tag.has("optional"));
    format!("  - {{id: {id}, required: {is_required}, version: \"1\", text: {}}}\n", quoted(&text))
}

fn field(tag: &Tag, kind: &str, label: &str) -> String {
    let mut parts = vec![format!("id: {}", tag.id()), format!("label: {}", quoted(label))];
    if kind != "text" {
        parts.push(format!("type: {kind}"));
    }
    if tag.is_required {
        parts.push("required: true".into());
    }
    if matches!(kind, "choice" | "choices") {
        let options = tag.values.iter().map(|value| quoted(value.split('|').next().unwrap_or_default()));
        parts.push(format!("options: [{}]", options.collect::<Vec<_>>().join(", ")));
    } else if tag.has("placeholder")
        && let Some(value) = tag.values.first()
    {
        parts.push(format!("placeholder: {}", quoted(&without_contacts(value))));
    }
    format!("  - {{{}}}\n", parts.join(", "))
}

/// A field as Contact Form 7 writes it: `text* your-name placeholder "Kim"`.
struct Tag {
    kind: String,
    is_required: bool,
    name: String,
    options: Vec<String>,
    values: Vec<String>,
}

impl Tag {
    fn read(text: &str) -> Option<Self> {
        let mut values = Vec::new();
        let mut plain = String::new();
        let mut rest = text;
        while let Some(at) = rest.find(['"', '\'']) {
            plain.push_str(&rest[..at]);
            let quote = rest[at..].chars().next()?;
            let (value, behind) = rest[at + 1..].split_once(quote)?;
            values.push(value.to_string());
            rest = behind;
        }
        plain.push_str(rest);
        let mut words = plain.split_whitespace().map(str::to_string);
        let kind = words.next()?;
        let is_type = kind.starts_with(|c: char| c.is_ascii_lowercase() || c == '/');
        let is_required = kind.ends_with('*');
        let kind = kind.trim_end_matches('*').to_string();
        let name = if kind == "submit" { String::new() } else { words.next().unwrap_or_default() };
        is_type.then(|| Self { kind, is_required, name, options: words.collect(), values })
    }

    fn has(&self, option: &str) -> bool {
        self.options.iter().any(|one| one == option || one == "watermark" && option == "placeholder")
    }

    /// The name that it may have here.
    fn id(&self) -> String {
        let name = slug(&self.name);
        let name = name.strip_prefix("your-").unwrap_or(&name);
        match name {
            "" => "field".into(),
            name if RESERVED.iter().any(|word| name == *word || name.starts_with(&format!("{word}_"))) => {
                format!("field-{name}")
            }
            name => name.to_string(),
        }
    }
}

/// The words before a field: its label.
fn label(html: &str) -> Option<String> {
    let words = plain(html);
    let words = words.rsplit("  ").next().unwrap_or_default().trim().trim_end_matches([':', '*']).trim();
    (!words.is_empty() && words.chars().count() < 120).then(|| words.to_string())
}

fn plain(html: &str) -> String {
    crate::authoring::importers::posts::words(html).replace("(required)", "").trim().to_string()
}

/// A field's name as a label.
fn readable(name: &str) -> String {
    let words = name.trim_start_matches("your-").replace(['-', '_'], " ");
    let mut chars = words.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_keeps_its_fields() {
        let template = "<label> Your name (required)\n  [text* your-name placeholder \"Kim\"] </label>\n<label>Email [email* your-email]</label>\n\
            [select menu-1 \"Price|a@zq.example\" \"Other\"] [checkbox days \"Mon\" \"Tue\"] [textarea page]\n[file photo] [acceptance ok optional] I agree. [/acceptance]\n[submit \"Send it\"]";
        let form =
            FormRow { keys: ["4".into(), "abc".into()], title: "Contact".into(), template: template.into() };
        let index = Index { forms: vec![form], ..Index::default() };
        let forms = Forms::new(&index);
        assert_eq!(forms.name("contact-form-7", "abc", ""), "contact");
        assert_eq!(forms.name("gravityform", "3", ""), "gravityform-3");
        let used = forms.used.borrow();
        assert_eq!(
            used["contact"].yaml,
            "title: \"Contact\"\nsubmit: \"Send it\"\nfields:\n  - {id: name, label: \"Your name\", required: true, placeholder: \"Kim\"}\n  \
             - {id: email, label: \"Email\", type: email, required: true}\n  - {id: menu-1, label: \"Menu 1\", type: choice, options: [\"Price\", \"Other\"]}\n  \
             - {id: days, label: \"Days\", type: choices, options: [\"Mon\", \"Tue\"]}\n  - {id: field-page, label: \"Page\", type: textarea}\nconsent:\n  \
             - {id: ok, required: false, version: \"1\", text: \"I agree.\"}\n"
        );
        assert!(used["contact"].notes.iter().any(|note| note.contains("file")));
        assert!(used["gravityform-3"].yaml.contains("extends: contact"));
    }
}
