//! What a form takes over from another: `extends:` merges the YAML of both before anything is read from it, so that
//! there is one reader. The built-in forms (`presets.yaml`) and words (`words.yaml`) come through here, too.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::config::Language;
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::yaml::{self, Node, Spanned, Value};

static PRESETS: LazyLock<Node> = LazyLock::new(|| built_in(include_str!("presets.yaml")));
static WORDS: LazyLock<Node> = LazyLock::new(|| built_in(include_str!("words.yaml")));

fn built_in(text: &str) -> Node {
    yaml::parse(text, 0, "").expect("the built-in forms are read by a test")
}

/// A form's file as YAML, where it could be read.
pub(super) struct Draft {
    pub(super) id: String,
    pub(super) path: String,
    pub(super) node: Option<Node>,
}

/// The whole of a draft: with what it extends, and that with what it extends in turn. `None` where that leads to
/// nothing or in a circle; that is reported for the form where the mistake is.
pub(super) fn resolve(
    draft: &Draft,
    all: &BTreeMap<&str, &Draft>,
    languages: &[Language],
    diagnostics: &mut Diagnostics,
) -> Option<Node> {
    let mut node = draft.node.clone()?;
    let Some(first) = extends(&node) else { return Some(node) };
    let mut chain = vec![draft];
    let mut name = first.clone();
    loop {
        let last = chain[chain.len() - 1];
        // A form that has the name of a built-in one may extend that.
        let Some(base) = all.get(name.value.as_str()).filter(|base| base.id != last.id) else {
            let Some(preset) = get(&PRESETS, &name.value) else {
                if chain.len() == 1 {
                    diagnostics.push(unknown(draft, &name, all));
                }
                return None;
            };
            return Some(merged(&with_span(&in_languages(preset, languages), first.span), node));
        };
        if base.id == draft.id {
            let message = format!("`{}` extends itself through `{}`", base.id, last.id);
            diagnostics.push(
                Diagnostic::new(Code::ExtendsLoop, message)
                    .at(&draft.path, first.span)
                    .help("remove `extends:` from one of these forms"),
            );
        }
        if chain.iter().any(|known| known.id == base.id) {
            return None;
        }
        let below = base.node.as_ref()?;
        node = merged(&with_span(below, first.span), node);
        chain.push(base);
        match extends(below) {
            Some(next) => name = next,
            None => return Some(node),
        }
    }
}

fn unknown(draft: &Draft, name: &Spanned<String>, all: &BTreeMap<&str, &Draft>) -> Diagnostic {
    let presets = keys(&PRESETS);
    let known = presets.iter().copied().chain(all.keys().copied().filter(|id| *id != draft.id));
    let (code, message) = if name.value == draft.id {
        (Code::ExtendsLoop, format!("`{}` extends itself", draft.id))
    } else {
        (Code::UnknownForm, format!("there is no form `{}` to extend", name.value))
    };
    Diagnostic::new(code, message).at(&draft.path, name.span).suggest(&name.value, known).help(format!(
        "the built-in forms are {}; any other form of the site works, too",
        yaml::listed(&presets)
    ))
}

/// The consents of the built-in forms, in every language that they have.
pub(super) fn preset_consents() -> Vec<super::PresetConsent> {
    let mut all = Vec::new();
    let Value::Map(presets) = &PRESETS.value else { return all };
    for (form, preset) in presets {
        let Some(Value::List(consents)) = get(preset, "consent").map(|node| &node.value) else { continue };
        for consent in consents {
            let of = |name| get(consent, name).and_then(scalar).map(|text| text.value);
            let Some(Value::Map(texts)) = get(consent, "text").map(|node| &node.value) else { continue };
            all.extend(texts.iter().filter_map(|(lang, text)| {
                Some(super::PresetConsent {
                    form: form.value.clone(),
                    id: of("id")?,
                    version: of("version"),
                    lang: lang.value.clone(),
                    text: scalar(text)?.value,
                })
            }));
        }
    }
    all
}

/// The built-in label of a usual field.
pub(super) fn label(id: &str, languages: &[Language]) -> Option<Node> {
    let label = get(get(&WORDS, "labels")?, id)?;
    Some(in_languages(label, languages))
}

/// A built-in word: `submit`, `thanks`.
pub(super) fn word(name: &str, languages: &[Language]) -> Node {
    in_languages(get(&WORDS, name).expect("it is in `words.yaml`"), languages)
}

fn get<'n>(node: &'n Node, name: &str) -> Option<&'n Node> {
    let Value::Map(entries) = &node.value else { return None };
    entries.iter().find(|(key, _)| key.value == name).map(|(_, node)| node)
}

fn keys(node: &Node) -> Vec<&str> {
    let Value::Map(entries) = &node.value else { return Vec::new() };
    entries.iter().map(|(key, _)| key.value.as_str()).collect()
}

fn extends(node: &Node) -> Option<Spanned<String>> {
    scalar(get(node, "extends")?)
}

fn scalar(node: &Node) -> Option<Spanned<String>> {
    match &node.value {
        Value::Scalar { text, .. } => Some(Spanned { value: text.trim().to_string(), span: node.span }),
        _ => None,
    }
}

/// The same with all texts in the languages of the site. A text of which it has none stays in English.
fn in_languages(node: &Node, languages: &[Language]) -> Node {
    let same = |node: &Node| in_languages(node, languages);
    let value = match &node.value {
        Value::Map(entries) if get(node, "en").is_some() => {
            let texts: Vec<(Spanned<String>, Node)> =
                languages.iter().filter_map(|language| translation(entries, &language.code)).collect();
            if texts.is_empty() {
                get(node, "en").expect("it was just there").value.clone()
            } else {
                Value::Map(texts)
            }
        }
        Value::Map(entries) => {
            Value::Map(entries.iter().map(|(key, node)| (key.clone(), same(node))).collect())
        }
        Value::List(items) => Value::List(items.iter().map(same).collect()),
        other => other.clone(),
    };
    Node { value, span: node.span }
}

/// The text for a language of the site: `pt` serves `pt-br`, and Bokmål any Norwegian.
fn translation(texts: &[(Spanned<String>, Node)], code: &str) -> Option<(Spanned<String>, Node)> {
    let general = code.split('-').next().unwrap_or(code);
    let general = if matches!(general, "no" | "nn") { "nb" } else { general };
    let found = |wanted: &str| texts.iter().find(|(key, _)| key.value == wanted);
    let (key, text) = found(code).or_else(|| found(general))?;
    Some((Spanned { value: code.to_string(), span: key.span }, text.clone()))
}

/// The same with every place at `span`: what stands in another file can only be shown by its name in this one.
fn with_span(node: &Node, span: Span) -> Node {
    let value = match &node.value {
        Value::Map(entries) => {
            let entries = entries
                .iter()
                .map(|(key, node)| (Spanned { value: key.value.clone(), span }, with_span(node, span)));
            Value::Map(entries.collect())
        }
        Value::List(items) => Value::List(items.iter().map(|item| with_span(item, span)).collect()),
        other => other.clone(),
    };
    Node { value, span }
}

/// `base` with `own` over it, key by key. Fields and consents are merged one by one.
fn merged(base: &Node, own: Node) -> Node {
    let (Value::Map(base), Value::Map(own_entries)) = (&base.value, own.value) else { return base.clone() };
    let mut entries: Vec<(Spanned<String>, Node)> = Vec::new();
    for (key, node) in own_entries {
        let below =
            base.iter().find(|(found, _)| yaml::is_same_key(&found.value, &key.value)).map(|(_, node)| node);
        let node = match below {
            Some(below) if matches!(key.value.as_str(), "fields" | "consent") => with_ids(below, node),
            _ => node,
        };
        entries.push((key, node));
    }
    for (key, node) in base.iter().filter(|(key, _)| key.value != "extends") {
        if !entries.iter().any(|(own, _)| yaml::is_same_key(&own.value, &key.value)) {
            entries.push((key.clone(), node.clone()));
        }
    }
    Node { value: Value::Map(entries), span: own.span }
}

/// Two lists of maps with ids: the same id is one entry, `remove: true` takes it out, others follow.
fn with_ids(base: &Node, own: Node) -> Node {
    let (Value::List(base), Value::List(own_items)) = (&base.value, &own.value) else { return own };
    let id = |node: &Node| get(node, "id").and_then(scalar).map(|id| id.value);
    // What is still as the base has it; a second change to it is a mistake, which the reader finds.
    let mut items: Vec<(Node, Option<String>)> = base.iter().map(|node| (node.clone(), id(node))).collect();
    for item in own_items {
        let at = id(item).and_then(|id| items.iter().position(|(_, base)| base.as_ref() == Some(&id)));
        match at {
            Some(at) if is_removed(item) => drop(items.remove(at)),
            Some(at) => items[at] = (overlaid(&items[at].0, item), None),
            None => items.push((item.clone(), None)),
        }
    }
    Node { value: Value::List(items.into_iter().map(|(node, _)| node).collect()), span: own.span }
}

fn is_removed(item: &Node) -> bool {
    get(item, "remove").and_then(scalar).is_some_and(|value| value.value == "true")
}

fn overlaid(base: &Node, own: &Node) -> Node {
    let (Value::Map(base), Value::Map(entries)) = (&base.value, &own.value) else { return own.clone() };
    let mut entries = entries.clone();
    for (key, node) in base {
        if !entries.iter().any(|(own, _)| yaml::is_same_key(&own.value, &key.value)) {
            entries.push((key.clone(), node.clone()));
        }
    }
    Node { value: Value::Map(entries), span: own.span }
}
