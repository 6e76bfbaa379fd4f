//! What keys are called by those who write, and what each is, in each language that a site can be begun in: `words.yaml`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::yaml::{self, Node, Value};

/// The file `words.yaml`, as it is read.
#[derive(Default)]
struct Written {
    labels: Rows,
    help: BTreeMap<String, Vec<String>>,
    values: Rows,
}

/// By name, in the file's order: English, Swedish, Norwegian.
#[derive(Default)]
struct Rows(Vec<(String, Vec<String>)>);

impl Rows {
    fn get(&self, name: &str, column: usize) -> Option<&str> {
        let row = self.0.iter().find(|(known, _)| known == name);
        row.and_then(|(_, words)| words.get(column)).map(String::as_str)
    }
}

static WRITTEN: LazyLock<Written> = LazyLock::new(|| {
    // A test shows that it can be read.
    let Ok(node) = yaml::parse(include_str!("words.yaml"), 0, "words.yaml") else {
        return Written::default();
    };
    let rows = |part: &str| match &node.value {
        Value::Map(parts) => {
            parts.iter().find(|(name, _)| name.value == part).map(|(_, node)| rows(node)).unwrap_or_default()
        }
        _ => Vec::new(),
    };
    Written {
        labels: Rows(rows("labels")),
        help: rows("help").into_iter().collect(),
        values: Rows(rows("values")),
    }
});

fn rows(node: &Node) -> Vec<(String, Vec<String>)> {
    let Value::Map(entries) = &node.value else { return Vec::new() };
    let words = |node: &Node| match &node.value {
        Value::List(items) => items.iter().filter_map(word).collect(),
        _ => Vec::new(),
    };
    entries.iter().map(|(name, node)| (name.value.clone(), words(node))).collect()
}

fn word(node: &Node) -> Option<String> {
    match &node.value {
        Value::Scalar { text, .. } => Some(text.clone()),
        _ => None,
    }
}

/// The languages that the file has, in its order.
const LANGUAGES: [&str; 3] = ["en", "sv", "nb"];

/// What `true` and `false` are called in fields, in the same order.
const YES_AND_NO: [(&str, &str); 3] = [("Yes", "No"), ("Ja", "Nej"), ("Ja", "Nei")];

/// The words of one language.
#[derive(Debug, Clone, Copy)]
pub struct KeyWords {
    /// The place of their language in the rows of the file.
    column: usize,
}

impl KeyWords {
    /// The words of a language by its code, English where there are none.
    #[must_use]
    pub fn new(language: &str) -> Self {
        Self { column: LANGUAGES.iter().position(|known| *known == language).unwrap_or_default() }
    }

    /// What a key is called in this map (such as `image`, or `front-matter` for each kind of pages); a key that has no words is
    /// its own, without underscores.
    #[must_use]
    pub fn label(self, map: &str, key: &str) -> String {
        let labels = &WRITTEN.labels;
        let found = labels.get(&format!("{map}.{key}"), self.column).or_else(|| labels.get(key, self.column));
        found.map_or_else(|| capitalized(&key.replace('_', " ")), str::to_string)
    }

    /// A sentence of the schemas in this language; the sentence itself where nobody has translated it.
    #[must_use]
    pub fn help<'t>(self, english: &'t str) -> &'t str
    where
        'static: 't,
    {
        match self.column.checked_sub(1) {
            Some(other) => {
                WRITTEN.help.get(english).and_then(|row| row.get(other)).map_or(english, String::as_str)
            }
            None => english,
        }
    }

    /// A sentence about a key where people choose between yes and no, instead of writing `true` or `false`.
    #[must_use]
    pub fn with_yes_and_no(self, sentence: &str) -> String {
        let (yes, no) = YES_AND_NO[self.column];
        sentence.replace("`true`", yes).replace("`false`", no)
    }

    /// What a value is called that can be chosen; empty where it is shown as it is written.
    #[must_use]
    pub fn value(self, map: &str, key: &str, value: &str) -> &'static str {
        let values = &WRITTEN.values;
        let own = format!("{map}.{key}.{value}");
        let found =
            values.get(&own, self.column).or_else(|| values.get(&format!("{key}.{value}"), self.column));
        found.unwrap_or_default()
    }

    /// Where a key comes in a form: those that have words come first, in their order.
    #[must_use]
    pub fn rank(self, map: &str, key: &str) -> usize {
        let own = format!("{map}.{key}");
        let is_it = |known: &String| *known == own || *known == key;
        WRITTEN.labels.0.iter().position(|(known, _)| is_it(known)).unwrap_or(usize::MAX)
    }
}

/// The first letter as a capital.
#[must_use]
pub(super) fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::{Document, schema};
    use super::*;
    use crate::content::PageKind;

    /// All keys that are written in an editor: the map, the key, and the sentence.
    fn keys() -> Vec<(String, String, String)> {
        let documents = Document::FILES.into_iter().filter(|file| *file != Document::Config);
        let all = documents.chain([Document::FrontMatter(None)]).flat_map(|document| {
            let schema = schema(document, None);
            let maps = schema["definitions"].as_object().expect("definitions").clone();
            maps.into_iter().flat_map(|(map, shape)| {
                let is_page = PageKind::ALL.iter().any(|kind| kind.name() == map);
                let map = if is_page { "front-matter".to_string() } else { map };
                let keys = shape["properties"].as_object().cloned().unwrap_or_default();
                keys.into_iter().map(move |(key, value)| {
                    (map.clone(), key, value["description"].as_str().unwrap_or_default().to_string())
                })
            })
        });
        all.collect()
    }

    #[test]
    fn every_key_of_the_schemas_has_words_in_every_language() {
        let (mut missing, mut labels, mut help) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        for (map, key, sentence) in keys().into_iter().filter(|(_, key, _)| key != "tags") {
            let own = format!("{map}.{key}");
            for name in [&own, &key] {
                if (0..3).all(|lang| WRITTEN.labels.get(name, lang).is_some_and(|word| !word.is_empty())) {
                    labels.insert(name.clone());
                    break;
                }
                if *name == key {
                    missing.insert(own.clone());
                }
            }
            let is_translated = WRITTEN
                .help
                .get(&sentence)
                .is_some_and(|row| row.len() == 2 && row.iter().all(|text| !text.is_empty()));
            if !is_translated {
                missing.insert(format!("{own}: {sentence}"));
            }
            help.insert(sentence);
        }
        assert!(missing.is_empty(), "words.yaml has no words for these: {missing:#?}");
        // Taxonomies are the site's own.
        labels.insert("terms".into());
        let gone: Vec<_> =
            WRITTEN.labels.0.iter().map(|(name, _)| name).filter(|name| !labels.contains(*name)).collect();
        assert!(gone.is_empty(), "nobody calls these any more: {gone:?}");
        let gone: Vec<_> = WRITTEN.help.keys().filter(|sentence| !help.contains(*sentence)).collect();
        assert!(gone.is_empty(), "no schema says these any more: {gone:?}");
    }

    #[test]
    fn words_are_in_the_language_that_is_asked_for() {
        let (english, swedish) = (KeyWords::new("en"), KeyWords::new("sv"));
        assert_eq!(english.label("front-matter", "review_by"), "To be reviewed by");
        assert_eq!(swedish.label("front-matter", "review_by"), "Ses över senast");
        assert_eq!(swedish.label("image", "alt"), "Vad bilden visar");
        assert_eq!(english.label("front-matter", "own_key"), "Own key");
        assert_eq!(swedish.help("Its heading."), "Rubriken.");
        assert_eq!(KeyWords::new("de").help("Its heading."), "Its heading.");
        let draft = "`true`: it is a draft, and isn't published.";
        assert_eq!(english.with_yes_and_no(english.help(draft)), "Yes: it is a draft, and isn't published.");
        assert_eq!(
            swedish.with_yes_and_no(swedish.help(draft)),
            "Ja: sidan är ett utkast och publiceras inte."
        );
        assert_eq!(swedish.value("front-matter", "audience", "team"), "Bara teamet");
        assert_eq!(swedish.value("front-matter", "audience", "none"), "");
        assert!(english.rank("front-matter", "title") < english.rank("image", "alt"));
        assert_eq!(english.rank("front-matter", "own_key"), usize::MAX);
    }
}
