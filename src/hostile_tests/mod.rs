//! Hostile text in every string that a site can have, and nothing of it in the markup that comes out.
//!
//! The site in `tests/hostile/` sets every key that a reader asks for: one that it doesn't set fails the test with its
//! name. Each of its values, and each key that is the author's own, becomes hostile, but for those that a reader refuses
//! at their very place. The same site with harmless words of the same shape must have the same elements with the same
//! attributes in the same order.

#![allow(clippy::disallowed_methods, reason = "the site of the test is read from disk")]

mod pages;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use self::pages::{Wants, accepted, shapes};
use crate::diag::{Diagnostic, Diagnostics, Severity, Span};
use crate::edition::inputs::Options;
use crate::edition::{artifact, linking};
use crate::encode::{slug, terminal};
use crate::plan::Artifact;
use crate::project::MemoryProject;
use crate::site::Unpublished;
use crate::yaml::{self, Node, Value};
use crate::{build, content, theme};

/// Ends of everything that a text could be in. A comment that begins is an error of its own.
const HOSTILE: &str = "</script></style></title></textarea>--><img src=x onerror=alert(1)>'\"`><svg/onload=alert(1)>\
    {{ 7 * 7 }}{% raw %}{# x #}]]>&lt;b&gt;\r\nX-Evil: 1\u{1b}[31m\u{7}\u{2028}\u{202e}::error::x ##[error]y";

/// What is a program where an address is expected.
const ADDRESSES: [&str; 4] = [
    "javascript:alert(1)",
    " JaVa\tScRiPt:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "//evil.example/",
];

/// In texts: on one line, and every sign of Markdown's with a backslash before it.
const IN_TEXT: &str = "</script><img src=x onerror=alert(1)>'\"><svg/onload=alert(1)>]]>--> javascript: \u{1b}[31m\u{2028}\u{202e}::error::";

/// In the names of files.
const IN_NAMES: &str = "a '\"><img src=x onerror=alert(1)>&amp;\u{202e}{%";

const SECRET: &str = "q7Zp2Lx9Vt4Nc8Rb1Wm6Kd3Hs5Jf0YgA-uEoTiQ_zPx";

/// Where an address may lead that the page doesn't have from a template.
const SCHEMES: &[&str] = &["https", "http", "mailto", "tel", "sms"];

/// A text of the same shape: letters in the place of signs.
fn harmless(text: &str) -> String {
    text.chars().map(|c| if c.is_alphanumeric() || c.is_ascii_whitespace() { c } else { 'x' }).collect()
}

type Files = BTreeMap<String, Vec<u8>>;

/// The site of the test, with these words in its texts and names.
fn site(in_text: &str, in_names: &str) -> Files {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/hostile");
    let escaped: String = in_text
        .chars()
        .flat_map(|c| if c.is_ascii_punctuation() { vec!['\\', c] } else { vec![c] })
        .collect();
    let mut files = Files::new();
    for entry in walkdir::WalkDir::new(&root).sort_by_file_name() {
        let entry = entry.expect("readable");
        if entry.file_type().is_file() {
            let path = entry.path().strip_prefix(&root).expect("below").to_string_lossy().replace('\\', "/");
            let text = std::fs::read_to_string(entry.path()).expect("text").replace("WORDS", &escaped);
            files.insert(path, text.into_bytes());
        }
    }
    let picture =
        std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/hostile.png")).expect("a picture");
    for folder in ["content/insights/crm", "content/people", "content/category", "themes/ringback/cards"] {
        files.insert(format!("{folder}/crm.png"), picture.clone());
    }
    files.insert("themes/ringback/img/logo.png".into(), picture.clone());
    // A term's page is found by the term's name, which is one of these two.
    let term = files["content/category/selling.md"].clone();
    for name in [HOSTILE.to_string(), harmless(HOSTILE)] {
        files.insert(format!("content/category/{}.md", slug::term(&name)), term.clone());
    }
    files.insert("content/insights/crm/plan.txt".into(), b"A plan".to_vec());
    let page = format!(
        "---\ntitle: A named page\ndescription: By its file.\ndate: 2026-11-05\n---\n\n![a](<{}.png>)\n",
        in_names.replace(['<', '>'], "x").replace('&', "\\&")
    );
    files.insert(format!("content/insights/{in_names}/index.md"), page.into_bytes());
    files.insert(
        format!("content/insights/{in_names}/{}.png", in_names.replace(['<', '>'], "x")),
        picture.clone(),
    );
    files.insert(format!("content/insights/{in_names}/{in_names}.png"), picture);
    files.insert(format!("static/{in_names}.txt"), b"x".to_vec());
    files.insert(format!("content/{in_names}/_index.md"), b"---\ntitle: A section\n---\n".to_vec());
    files.insert(format!("content/{in_names}/page.md"), b"---\ntitle: In it\n---\n\nText.\n".to_vec());
    for code in ["en", "sv"] {
        let path = format!("themes/ringback/i18n/{code}.yaml");
        files.insert(path.clone(), theme::built_in_text(&path).expect("words").into_bytes());
    }
    files
}

/// A place in a file's YAML where an author's own text is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Spot {
    file: String,
    span: (usize, usize),
    old: String,
    /// Words are added to; values of other files are, too, and addresses take their place.
    is_key: bool,
}

fn spots(files: &Files) -> Vec<Spot> {
    let mut found = Vec::new();
    for (path, bytes) in files {
        let Ok(text) = std::str::from_utf8(bytes) else { continue };
        let range = match path.rsplit('.').next() {
            Some("yaml") => 0..text.len(),
            Some("md") => match content::front_matter_of(text) {
                Some((range, _)) => range,
                None => continue,
            },
            _ => continue,
        };
        let node = yaml::parse(&text[range.clone()], range.start, path).expect("YAML");
        walk(&node, path, &mut found);
    }
    found
}

fn walk(node: &Node, file: &str, found: &mut Vec<Spot>) {
    let spot = |span: Span, old: &str, is_key| {
        let range = span.range();
        Spot { file: file.into(), span: (range.start, range.end), old: old.into(), is_key }
    };
    match &node.value {
        Value::Null => {}
        Value::Scalar { text, .. } => found.push(spot(node.span, text, false)),
        Value::List(items) => items.iter().for_each(|item| walk(item, file, found)),
        Value::Map(entries) => {
            for (key, value) in entries {
                found.push(spot(key.span, &key.value, true));
                walk(value, file, found);
            }
        }
    }
}

/// The files with other text in these places, and where each of them is then.
fn with(files: &Files, spots: &[Spot], change: &dyn Fn(&Spot) -> String) -> (Files, Vec<(usize, usize)>) {
    let mut files = files.clone();
    let mut places = Vec::new();
    let mut shift = BTreeMap::<&str, isize>::new();
    for spot in spots {
        let shift = shift.entry(&spot.file).or_default();
        let text = files.get_mut(&spot.file).expect("a file");
        let json = serde_json::to_string(&change(spot)).expect("JSON");
        let quoted = terminal::json(&json).replace('\u{fffd}', "x");
        let start = spot.span.0.checked_add_signed(*shift).expect("inside");
        let old = spot.span.1 - spot.span.0;
        text.splice(start..start + old, quoted.bytes());
        places.push((start, start + quoted.len()));
        *shift += isize::try_from(quoted.len()).expect("small") - isize::try_from(old).expect("small");
    }
    (files, places)
}

fn project(files: &Files) -> MemoryProject {
    let mut project = MemoryProject::new();
    project.files = files.clone();
    project.variables.insert("RINGBACK_SECRET".into(), SECRET.into());
    project
        .variables
        .insert("RINGBACK_PASSPHRASE".into(), "seven grey herons wait by the cold river mouth".into());
    project
}

const OPTIONS: Options = Options { edition: None, base_url: None, unpublished: Unpublished::Hide };

/// The errors of a site, and the files of all its editions.
fn built(files: &Files, wants_files: Wants) -> (Vec<Diagnostic>, BTreeMap<String, Vec<u8>>) {
    let project = project(files);
    let mut diagnostics = Diagnostics::new();
    let mut made = BTreeMap::new();
    if let Some(loaded) = build::load(&project, &mut diagnostics) {
        for edition in loaded.content.config.editions.iter().filter(|edition| edition.name != "sealed") {
            let linked = linking::link(&project, &loaded, edition, &OPTIONS, &mut diagnostics);
            if wants_files == Wants::Errors || diagnostics.has_errors() {
                continue;
            }
            for (path, artifact) in linked.plan.iter() {
                // What is no text: copies of files, what is sealed already, and pictures.
                if matches!(artifact, Artifact::Copy(_) | Artifact::Sealed(_) | Artifact::Card(_)) {
                    continue;
                }
                if let Ok(bytes) = artifact::bytes(&project, &linked, artifact) {
                    made.insert(format!("{} {}", edition.name, path.as_str()), bytes);
                }
            }
        }
    }
    let errors = diagnostics.sorted().into_iter().filter(|found| found.severity == Severity::Error);
    (errors.collect(), made)
}

/// Runs on one thread, because what is noted of the readers is.
fn on_one_thread(run: impl FnOnce() + Send) {
    rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread").install(run);
}

/// Keys that can't be set beside others, each with the reason.
const UNSET: &[(&str, &str, &str)] = &[
    ("a field", "remove", "is taken out where a form extends another; what is left is a mistake"),
    ("a consent", "remove", "likewise"),
];

/// Kinds of pages and of webhooks are read by the same code.
fn reader(what: &str) -> &str {
    match what {
        "an insight"
        | "a playbook"
        | "a script"
        | "a call script"
        | "a person"
        | "a page"
        | "a section"
        | "a term's page"
        | "an email template"
        | "a plan of follow-ups" => "front matter",
        webhook if webhook.starts_with("a webhook") => "a webhook",
        other => other,
    }
}

#[test]
fn every_key_that_is_read_is_in_the_hostile_site() {
    on_one_thread(|| {
        yaml::seen::start();
        let (errors, _) = built(&site("words", "words"), Wants::Errors);
        assert!(
            errors.is_empty(),
            "{:#?}",
            errors.iter().map(|error| (&error.message, &error.place)).collect::<Vec<_>>()
        );
        let mut keys = BTreeMap::<(String, String), bool>::new();
        for (what, read) in yaml::seen::end().maps {
            for (key, is_set) in read.known {
                *keys.entry((reader(&what).to_string(), key)).or_default() |= is_set;
            }
        }
        assert!(keys.len() > 120, "only {} keys are noted", keys.len());
        let missing: Vec<_> = keys
            .into_iter()
            .filter(|((what, key), is_set)| {
                !is_set && !UNSET.iter().any(|(other, name, _)| other == what && name == key)
            })
            .map(|((what, key), _)| format!("{what}: `{key}`"))
            .collect();
        assert!(missing.is_empty(), "tests/hostile/ doesn't set:\n{}", missing.join("\n"));
    });
}

fn keys_of_readers(files: &Files) -> BTreeSet<String> {
    yaml::seen::start();
    let _ = built(files, Wants::Errors);
    yaml::seen::end().maps.into_values().flat_map(|keys| keys.known.into_keys()).collect()
}

/// All values hostile at once, under a setting of raw HTML; gives how many were.
fn attack(raw_html: &str, payload: &dyn Fn(&Spot) -> String, calm: &dyn Fn(&Spot) -> String) -> usize {
    let prepare = |in_text: &str, in_names: &str| {
        let mut files = site(in_text, in_names);
        let config = String::from_utf8(files["ringback.yaml"].clone()).expect("text");
        files.insert(
            "ringback.yaml".into(),
            config.replace("raw_html: refuse", &format!("raw_html: {raw_html}")).into_bytes(),
        );
        files
    };
    let (hostile, calmer) = (prepare(IN_TEXT, IN_NAMES), prepare(&harmless(IN_TEXT), &harmless(IN_NAMES)));
    let known = keys_of_readers(&calmer);
    let wanted = |files: &Files| -> Vec<Spot> {
        spots(files)
            .into_iter()
            .filter(|spot| !spot.is_key || !known.contains(&spot.old) && !spot.file.contains("i18n"))
            .collect()
    };
    let (errors, _) = built(&hostile, Wants::Errors);
    assert!(
        errors.is_empty(),
        "{:#?}",
        errors.iter().map(|error| (&error.message, &error.place)).collect::<Vec<_>>()
    );
    let kept = accepted(&hostile, wanted(&hostile), payload);
    // The same places in the other site, whose texts have another length and another name.
    let index: BTreeSet<usize> = wanted(&hostile)
        .iter()
        .enumerate()
        .filter(|(_, spot)| kept.contains(spot))
        .map(|(at, _)| at)
        .collect();
    let same: Vec<Spot> = wanted(&calmer)
        .into_iter()
        .enumerate()
        .filter(|(at, _)| index.contains(at))
        .map(|(_, spot)| spot)
        .collect();
    let of = |files: &Files, spots: &[Spot], change: &dyn Fn(&Spot) -> String| {
        let (changed, _) = with(files, spots, change);
        let (errors, made) = built(&changed, Wants::Files);
        assert!(
            errors.is_empty(),
            "{:?}",
            errors.iter().map(|error| (&error.message, &error.place)).collect::<Vec<_>>()
        );
        shapes(&made)
    };
    let (attacked, peaceful) = (of(&hostile, &kept, payload), of(&calmer, &same, calm));
    if let Some(shape) = attacked.keys().find(|shape| !peaceful.contains_key(*shape)) {
        let nearest = peaceful
            .keys()
            .max_by_key(|other| other.lines().zip(shape.lines()).take_while(|(a, b)| a == b).count());
        let differs = nearest.and_then(|other| shape.lines().zip(other.lines()).find(|(a, b)| a != b));
        panic!("a page has markup that no template wrote; the first that differs: {differs:?}");
    }
    assert_eq!(attacked, peaceful);
    kept.len()
}

#[test]
fn hostile_text_makes_no_markup() {
    on_one_thread(|| {
        for raw_html in ["refuse", "keep"] {
            let count = attack(raw_html, &|spot| format!("{}{HOSTILE}", spot.old), &|spot| {
                format!("{}{}", spot.old, harmless(HOSTILE))
            });
            assert!(count > 400, "only {count} values can be hostile");
        }
    });
}

#[test]
fn hostile_addresses_lead_nowhere() {
    on_one_thread(|| {
        // No key is an address, and no word of the theme.
        let is_address = |spot: &Spot| !spot.is_key && !spot.file.contains("i18n");
        for hostile in ADDRESSES {
            let calm = harmless(hostile).trim().to_string();
            attack(
                "refuse",
                &|spot| if is_address(spot) { hostile.to_string() } else { spot.old.clone() },
                &|spot| if is_address(spot) { calm.clone() } else { spot.old.clone() },
            );
        }
    });
}
