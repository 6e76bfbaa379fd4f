//! Pages as a browser reads them: their elements, and where their addresses lead.

use std::collections::BTreeMap;

use html5ever::tendril::TendrilSink as _;
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use serde_json::Value as Json;

use super::{Files, SCHEMES, Spot, built, with};
use crate::encode::address;

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Wants {
    Errors,
    Files,
}

/// Those places in which a reader takes the text: the others are refused where they are.
pub(super) fn accepted(files: &Files, spots: Vec<Spot>, change: &dyn Fn(&Spot) -> String) -> Vec<Spot> {
    let mut kept = spots;
    loop {
        let (changed, places) = with(files, &kept, change);
        let (errors, _) = built(&changed, Wants::Errors);
        if errors.is_empty() {
            return kept;
        }
        let is_refused = |spot: &Spot, place: (usize, usize)| {
            errors.iter().any(|error| {
                let at = error.place.iter().chain(error.related.iter().map(|related| &related.place));
                at.filter(|at| at.file == spot.file).filter_map(|at| at.span).any(|span| {
                    let span = span.range();
                    span.start < place.1 && place.0 < span.end.max(span.start + 1)
                })
            })
        };
        let before = kept.len();
        kept = kept
            .into_iter()
            .zip(places)
            .filter(|(spot, place)| !is_refused(spot, *place))
            .map(|(spot, _)| spot)
            .collect();
        if kept.len() == before {
            // A name that others name: they are told of where they are.
            let is_named =
                |spot: &Spot| errors.iter().any(|error| error.message.contains(&format!("`{}`", spot.old)));
            kept.retain(|spot| !is_named(spot));
        }
        if kept.len() == before {
            let shown: Vec<_> = errors.iter().map(|error| (&error.message, &error.place)).take(5).collect();
            panic!("errors that are at no changed place: {shown:#?}");
        }
    }
}

/// Elements with their attributes, and what a page says where it leads.
#[derive(Default)]
struct Page {
    pub(super) shape: Vec<String>,
    pub(super) addresses: Vec<(String, String)>,
    pub(super) scripts: Vec<(String, String)>,
}

fn read_page(bytes: &[u8]) -> Page {
    let text = String::from_utf8(bytes.to_vec()).expect("UTF-8");
    let dom = html5ever::parse_document(RcDom::default(), html5ever::ParseOpts::default()).one(text);
    let mut page = Page::default();
    visit(&dom.document, 0, &mut page);
    page
}

fn visit(node: &Handle, depth: usize, page: &mut Page) {
    if let NodeData::Element { name, attrs, template_contents, .. } = &node.data {
        let attrs = attrs.borrow();
        let mut names: Vec<String> = attrs.iter().map(|one| one.name.local.to_string()).collect();
        names.sort();
        page.shape.push(format!("{depth} {} {}", name.local, names.join(" ")));
        for attribute in attrs.iter() {
            let (name, value) = (attribute.name.local.to_string(), attribute.value.to_string());
            if ["href", "src", "action", "formaction", "poster", "srcset", "data"].contains(&name.as_str()) {
                page.addresses.push((name, value));
            }
        }
        if &*name.local == "script" {
            let kind = attrs.iter().find(|one| &*one.name.local == "type");
            let text: String = node
                .children
                .borrow()
                .iter()
                .map(|child| match &child.data {
                    NodeData::Text { contents } => contents.borrow().to_string(),
                    _ => String::new(),
                })
                .collect();
            page.scripts.push((kind.map(|one| one.value.to_string()).unwrap_or_default(), text));
        }
        if let Some(inside) = &*template_contents.borrow() {
            visit(inside, depth + 1, page);
        }
    }
    for child in node.children.borrow().iter() {
        visit(child, depth + 1, page);
    }
}

fn check_page(path: &str, page: &Page) {
    for line in &page.shape {
        assert!(!line.split(' ').skip(2).any(|name| name.starts_with("on")), "{path}: {line}");
    }
    for (name, value) in &page.addresses {
        let scheme = address::scheme(value);
        assert!(scheme.as_deref().is_none_or(|scheme| SCHEMES.contains(&scheme)), "{path}: {name}={value:?}");
    }
    for (kind, text) in &page.scripts {
        if kind.contains("json") {
            serde_json::from_str::<Json>(text).unwrap_or_else(|error| panic!("{path}: {error}: {text}"));
        } else {
            assert!(text.is_empty(), "{path}: a script in the page: {text}");
        }
    }
}

/// The shapes of all pages of a site, and of its lines for hosts; each file is well-formed.
pub(super) fn shapes(made: &BTreeMap<String, Vec<u8>>) -> BTreeMap<String, usize> {
    let mut all = BTreeMap::new();
    for (path, bytes) in made {
        let text = || String::from_utf8(bytes.clone()).expect("UTF-8");
        if path.ends_with(".html") {
            let page = read_page(bytes);
            check_page(path, &page);
            *all.entry(page.shape.join("\n")).or_default() += 1;
        } else if path.ends_with(".xml") {
            let mut reader = quick_xml::Reader::from_str(Box::leak(text().into_boxed_str()));
            loop {
                match reader.read_event() {
                    Ok(quick_xml::events::Event::Eof) => break,
                    Ok(_) => {}
                    Err(error) => panic!("{path}: {error}"),
                }
            }
        } else if path.ends_with(".json") {
            serde_json::from_slice::<Json>(bytes).unwrap_or_else(|error| panic!("{path}: {error}"));
        } else if path.ends_with("_headers") || path.ends_with("_redirects") {
            let text = text();
            assert!(!text.contains(|c: char| c.is_control() && c != '\n'), "{path}: {text:?}");
            for line in text.lines() {
                let parts = line.split(' ').count();
                let is_rule = line.is_empty() || line.starts_with('/') && [1, 3].contains(&parts);
                let is_header = line.starts_with("  ") && line.contains(": ") || line.starts_with("  ! ");
                assert!(is_rule || is_header, "{path}: {line}");
            }
            // The names of editions are hostile, too.
            let name = path.rsplit(' ').next().unwrap_or(path);
            *all.entry(format!("{name}: {} lines", text.lines().count())).or_default() += 1;
        }
    }
    all
}
