//! `docs/content/templates.md` says of every value of a template what it is: its tables are made from the views in `src/pages`,
//! from the names, types and docstrings of their fields. `UPDATE_EXPECTED=1 cargo test --test all templates` writes them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use syn::{Fields, GenericArgument, Item, ItemStruct, PathArguments, Type};

use crate::support::tree;

const DOCUMENT: &str = "docs/content/templates.md";
const BEGIN: &str = "<!-- From here on made from the docstrings in src/pages: change them, not this. -->\n";
const END: &str = "<!-- Up to here made from the docstrings. -->\n";

/// A view: a `struct` that templates get.
struct View {
    about: String,
    fields: Vec<Field>,
}

struct Field {
    name: String,
    shape: Shape,
    about: String,
}

/// What a value is, for people who write templates.
struct Shape {
    words: String,
    /// The views that it holds.
    views: Vec<String>,
}

/// The docstring of an item, its lines joined.
fn docstring(attributes: &[syn::Attribute]) -> String {
    let lines = attributes.iter().filter_map(|attribute| {
        let syn::Meta::NameValue(meta) = &attribute.meta else { return None };
        let syn::Expr::Lit(literal) = &meta.value else { return None };
        let syn::Lit::Str(text) = &literal.lit else { return None };
        meta.path.is_ident("doc").then(|| text.value().trim().to_string())
    });
    lines.collect::<Vec<_>>().join(" ")
}

fn is_view(item: &ItemStruct) -> bool {
    item.attrs.iter().any(|attribute| {
        let mut found = false;
        let _ = attribute.path().is_ident("derive").then(|| {
            attribute.parse_nested_meta(|meta| {
                found |= meta.path.is_ident("Serialize");
                Ok(())
            })
        });
        found
    })
}

/// The name of a field in templates: its own, or that of `#[serde(rename = "…")]`.
fn name_in_templates(field: &syn::Field) -> String {
    let mut name = field.ident.as_ref().expect("views have named fields").to_string();
    for attribute in field.attrs.iter().filter(|attribute| attribute.path().is_ident("serde")) {
        let parsed = attribute.parse_nested_meta(|meta| {
            assert!(meta.path.is_ident("rename"), "{name}: serde's other attributes aren't understood here");
            name = meta.value()?.parse::<syn::LitStr>()?.value();
            Ok(())
        });
        parsed.expect("an attribute of serde");
    }
    name
}

/// The views of `src/pages` that templates get, by name. `call.rs` has JSON for a script besides.
fn views() -> BTreeMap<String, View> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/pages");
    let mut views = BTreeMap::new();
    for (file, bytes) in tree(&folder) {
        let text = String::from_utf8(bytes).expect("source is text");
        let items = syn::parse_file(&text).unwrap_or_else(|error| panic!("{file}: {error}")).items;
        for item in items {
            let Item::Struct(item) = item else { continue };
            let about = docstring(&item.attrs);
            if !is_view(&item) || about.starts_with("JSON ") {
                continue;
            }
            let Fields::Named(fields) = &item.fields else { panic!("{file}: `{}` has no names", item.ident) };
            let fields = fields.named.iter().map(|field| Field {
                name: name_in_templates(field),
                shape: shape(&field.ty),
                about: docstring(&field.attrs),
            });
            let view = View { about, fields: fields.collect() };
            let name = item.ident.to_string();
            assert!(views.insert(name.clone(), view).is_none(), "two views are called `{name}`");
        }
    }
    views
}

fn arguments(arguments: &PathArguments) -> Vec<Shape> {
    let PathArguments::AngleBracketed(arguments) = arguments else { return Vec::new() };
    let types = arguments.args.iter().filter_map(|argument| match argument {
        GenericArgument::Type(inner) => Some(shape(inner)),
        _ => None,
    });
    types.collect()
}

fn shape(of: &Type) -> Shape {
    let plain = |words: &str| Shape { words: words.to_string(), views: Vec::new() };
    let path = match of {
        Type::Reference(reference) => return shape(&reference.elem),
        Type::Path(path) => &path.path,
        _ => panic!("a type of a field that isn't understood here"),
    };
    let last = path.segments.last().expect("a path has an end");
    let mut inner = arguments(&last.arguments);
    let mut first = || inner.remove(0);
    match last.ident.to_string().as_str() {
        "str" | "String" => plain("text"),
        "bool" => plain("true or false"),
        "usize" | "u32" | "i64" | "i16" | "i8" => plain("number"),
        "Html" => plain("*HTML*"),
        "Value" => plain("anything"),
        "Word" => plain("text or map"),
        "Shared" | "Box" => first(),
        "Option" => {
            let some = first();
            Shape { words: format!("{} or `null`", some.words), ..some }
        }
        "Vec" => {
            let one = first();
            Shape { words: format!("list of {}", one.words), ..one }
        }
        "BTreeMap" => {
            let value = inner.remove(1);
            Shape { words: format!("map of {}", value.words), ..value }
        }
        // The parameter of a view that is the same for several.
        "T" => plain("entries"),
        name => {
            let mut words = format!("[{}](#{})", title(name), title(name).to_lowercase());
            let mut views = vec![name.to_string()];
            for one in inner {
                let _ = write!(words, " of {}", one.words);
                views.extend(one.views);
            }
            Shape { words, views }
        }
    }
}

/// What a view is called in the documentation: `FormView` is `Form`.
fn title(name: &str) -> &str {
    name.strip_suffix("View").unwrap_or(name)
}

fn table(view: &View, out: &mut String) {
    out.push_str("| value | is | what it is |\n|---|---|---|\n");
    for field in &view.fields {
        assert!(field.about.ends_with('.'), "`{}` isn't told in sentences", field.name);
        let about = field.about.trim_end_matches('.').replace('|', "\\|");
        let _ = writeln!(out, "| `{}` | {} | {about} |", field.name, field.shape.words);
    }
    out.push('\n');
}

/// Which templates get a view, as its docstring begins: "What `home.html` gets."
fn templates_of(view: &View) -> Option<&str> {
    let (templates, rest) = view.about.strip_prefix("What ")?.split_once(" get")?;
    rest.trim_start_matches('s').starts_with(['.', ',']).then_some(templates)
}

/// The tables: first what each template gets, then the objects in these.
fn tables(views: &BTreeMap<String, View>) -> String {
    let mut out = String::new();
    let (of_templates, others): (Vec<_>, Vec<_>) =
        views.iter().partition(|(_, view)| templates_of(view).is_some());
    let heading = |templates: &str| {
        let mut letters = templates.chars();
        let first = letters.next().expect("a template");
        format!("{}{}", first.to_uppercase(), letters.as_str())
    };
    let of_templates = of_templates.iter().map(|(_, view)| view);
    let of_templates = of_templates.filter_map(|view| Some((heading(templates_of(view)?), view)));
    let mut of_templates: Vec<_> = of_templates.collect();
    // What all get comes first: it has no name between backticks.
    of_templates.sort_by_key(|(heading, _)| (heading.starts_with('`'), heading.clone()));
    out.push_str("## What each template gets\n\n");
    for (heading, view) in &of_templates {
        let _ = writeln!(out, "### {heading}\n");
        if let Some((_, more)) = view.about.split_once(". ") {
            let _ = writeln!(out, "{more}\n");
        }
        table(view, &mut out);
    }
    out.push_str("## Objects in these values\n\n");
    let mut others: Vec<_> = others.iter().map(|(name, view)| (title(name), view)).collect();
    others.sort_by_key(|(name, _)| *name);
    for (name, view) in others {
        let _ = writeln!(out, "### {name}\n\n{}\n", view.about);
        table(view, &mut out);
    }
    out
}

#[test]
fn every_value_is_documented_as_it_is() {
    let views = views();
    assert!(views.len() > 60, "the views are somewhere else now: {}", views.len());
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(DOCUMENT);
    let document = std::fs::read_to_string(&path).expect("the document");
    let (before, rest) = document.split_once(BEGIN).expect("where the tables begin");
    let (_, after) = rest.split_once(END).expect("where the tables end");
    let made = format!("{before}{BEGIN}\n{}{END}{after}", tables(&views));
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        std::fs::write(&path, &made).expect("the document can be written");
    }
    let wrong = document.lines().zip(made.lines()).find(|(is, should)| is != should);
    assert!(document == made || std::env::var_os("UPDATE_EXPECTED").is_some(), "{DOCUMENT}: {wrong:#?}");
}

#[test]
fn every_view_is_part_of_what_a_template_gets() {
    let views = views();
    let mut known = BTreeSet::new();
    let mut open: Vec<&str> = views
        .iter()
        .filter(|(_, view)| templates_of(view).is_some())
        .map(|(name, _)| name.as_str())
        .collect();
    while let Some(name) = open.pop() {
        if known.insert(name) {
            let view = views.get(name).unwrap_or_else(|| panic!("`{name}` is no view of src/pages"));
            open.extend(view.fields.iter().flat_map(|field| field.shape.views.iter().map(String::as_str)));
        }
    }
    let unused: Vec<&String> = views.keys().filter(|name| !known.contains(name.as_str())).collect();
    assert!(unused.is_empty(), "no template gets {unused:?}");
}
