//! What `ringback init` fills in for an owner who hasn't decided yet, and what is still there of it.

use crate::yaml::{Node, Spanned, Value};

/// Addresses, numbers and sentences of new sites, which are nobody's. The room that writes them has a test that these
/// are all.
pub const VALUES: &[&str] = &[
    "https://www.your-site.example/",
    "https://crm.your-site.example/leads",
    "hello@your-site.example",
    "hej@your-site.example",
    "hei@your-site.example",
    "alex@your-site.example",
    "kim@your-site.example",
    "+44 20 7946 0018",
    "+44 20 7946 0019",
    "+46 8 465 004 70",
    "+46 8 465 004 71",
    "What this site helps its readers with, in one sentence. Search results show it.",
    "Vad den här webbplatsen hjälper sina läsare med, i en mening. Sökresultat visar den.",
    "Hva dette nettstedet hjelper leserne sine med, i én setning. Søkeresultater viser den.",
];

/// The values in a configuration that its owner hasn't changed, in the order of the file.
pub(super) fn untouched(node: &Node) -> Vec<Spanned<String>> {
    let mut found = Vec::new();
    collect(node, &mut found);
    found
}

fn collect(node: &Node, found: &mut Vec<Spanned<String>>) {
    match &node.value {
        Value::List(items) => items.iter().for_each(|item| collect(item, found)),
        Value::Map(entries) => entries.iter().for_each(|(_, value)| collect(value, found)),
        Value::Scalar { text, .. } if VALUES.contains(&text.as_str()) => {
            found.push(Spanned { value: text.clone(), span: node.span });
        }
        Value::Scalar { .. } | Value::Null => {}
    }
}
