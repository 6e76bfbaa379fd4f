//! The rules of the design that the compiler doesn't hold, read from the source.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use syn::visit::Visit;

use crate::support::tree;

/// The rooms in the order in which content flows, which is that of `lib.rs`, and what each of them uses. Everybody may use
/// the ground: `encode`, `diag`, `languages`, `highlight` and `ids`, in this order.
const ARROWS: &[(&str, &[&str])] = &[
    ("encode", &[]),
    ("diag", &[]),
    ("languages", &[]),
    ("highlight", &[]),
    ("ids", &[]),
    ("yaml", &[]),
    ("network", &[]),
    ("project", &[]),
    ("config", &["yaml", "project"]),
    ("content", &["yaml", "project", "config"]),
    ("site", &["yaml", "project", "config", "content"]),
    ("plan", &["config", "content", "site"]),
    ("links", &["project", "config", "content", "site", "plan"]),
    ("publishing", &["project", "config", "content", "site", "plan"]),
    ("leads", &["yaml", "project", "config", "content", "site", "plan"]),
    ("sales", &["project", "config", "content", "site", "plan"]),
    ("editorial", &["yaml", "project", "config", "content", "site", "plan"]),
    ("findings", &["plan", "links", "publishing", "leads", "sales", "editorial"]),
    ("html", &["content", "sales"]),
    ("theme", &["yaml", "project", "config", "content", "plan", "publishing"]),
    (
        "pages",
        &[
            "yaml",
            "config",
            "content",
            "site",
            "plan",
            "links",
            "publishing",
            "leads",
            "sales",
            "editorial",
            "findings",
            "html",
            "theme",
        ],
    ),
    (
        "edition",
        &[
            "project",
            "config",
            "content",
            "site",
            "plan",
            "links",
            "publishing",
            "leads",
            "sales",
            "editorial",
            "findings",
            "theme",
            "pages",
        ],
    ),
    ("output", &["project", "plan"]),
    ("relay", &["network", "config", "content", "leads"]),
    ("authoring", &["yaml", "project", "config", "content", "site"]),
    (
        "build",
        &[
            "yaml",
            "project",
            "config",
            "content",
            "site",
            "plan",
            "publishing",
            "leads",
            "editorial",
            "findings",
            "theme",
            "pages",
            "edition",
            "output",
            "authoring",
        ],
    ),
    (
        "commands",
        &[
            "yaml",
            "network",
            "project",
            "config",
            "content",
            "site",
            "links",
            "publishing",
            "leads",
            "sales",
            "editorial",
            "pages",
            "edition",
            "relay",
            "build",
        ],
    ),
    (
        "serve",
        &[
            "yaml",
            "network",
            "project",
            "config",
            "content",
            "site",
            "plan",
            "leads",
            "editorial",
            "theme",
            "pages",
            "edition",
            "output",
            "authoring",
            "relay",
            "build",
            "commands",
        ],
    ),
    (
        "cli",
        &[
            "network",
            "project",
            "config",
            "content",
            "site",
            "leads",
            "sales",
            "editorial",
            "theme",
            "edition",
            "output",
            "relay",
            "build",
            "commands",
            "authoring",
            "serve",
        ],
    ),
];

/// What the ground is; each may use those before it.
const GROUND: &[&str] = &["encode", "diag", "languages", "highlight", "ids"];

/// Rooms that consist of rooms, and what these use of each other.
const INSIDE: &[(&str, &str)] = &[
    ("authoring/importers", "authoring/markup"),
    ("authoring/importers", "authoring/scaffold"),
    ("authoring/leftovers", "authoring/scaffold"),
    ("commands/calls_page", "commands/calls"),
    ("commands/doctor", "commands/receivers"),
    ("commands/graph", "commands/lookup"),
    ("commands/here", "commands/doctor"),
    ("commands/share", "commands/lookup"),
    ("editorial/admin", "editorial/labels"),
    ("editorial/admin", "editorial/schema"),
    ("leads/webhooks", "leads/forms"),
    ("publishing/cards", "publishing/media"),
    ("sales/cadences", "sales/calls"),
    ("sales/cadences", "sales/mails"),
    ("sales/mails", "sales/calls"),
    ("sales/mails", "sales/sharing"),
];

/// The rooms whose folders are rooms of their own.
const OF_ROOMS: &[&str] = &["publishing", "leads", "sales", "editorial", "commands", "authoring"];

/// No room holds more than this part of the code, in percent.
const LARGEST: usize = 20;

/// Our own sources, without what is only for tests.
fn sources() -> BTreeMap<String, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let files = tree(&root).into_iter().filter(|(path, _)| path.ends_with(".rs"));
    let is_test = |path: &str| path == "testing.rs" || path.ends_with("tests.rs") || path.contains("tests/");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    let found: BTreeMap<String, String> =
        files.filter(|(path, _)| !is_test(path)).map(|(path, bytes)| (path, text(bytes))).collect();
    assert!(found.len() > 40, "{} files", found.len());
    found
}

/// The lines of a source that are code: no comments, and nothing behind the unit tests' `#[cfg(test)]`.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_tests = |line: &str| line.trim_start().starts_with("#[cfg(test)]");
    let has_tests_inside = text.contains("#[cfg(test)]\nmod tests {");
    text.lines()
        .enumerate()
        .take_while(move |(_, line)| !(has_tests_inside && is_tests(line)))
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
        .map(|(number, line)| (number + 1, line))
}

/// `leads` of `leads/gates/mod.rs`.
fn room(path: &str) -> &str {
    path.split(['/', '.']).next().unwrap_or(path)
}

/// A file's place in the tree of modules: `leads`, `gates`, `seal`.
fn module(path: &str) -> Vec<String> {
    let path = path.strip_suffix(".rs").unwrap_or(path);
    let mut parts: Vec<String> = path.split('/').map(str::to_string).collect();
    parts.pop_if(|last| last == "mod");
    parts
}

/// Paths that a file names, from the root of the crate; what is only for tests is left out.
struct Named {
    module: Vec<String>,
    paths: Vec<Vec<String>>,
}

impl Named {
    fn new(path: &str, text: &str) -> Self {
        let mut named = Self { module: module(path), paths: Vec::new() };
        named.visit_file(&syn::parse_file(text).unwrap_or_else(|error| panic!("src/{path}: {error}")));
        named
    }

    fn add(&mut self, path: &[String]) {
        let climbs = path.iter().take_while(|part| *part == "super").count();
        let rest = path[climbs..].iter().cloned();
        let found = match path.first().map(String::as_str) {
            Some("crate") => path[1..].to_vec(),
            Some("self") => self.module.iter().cloned().chain(path[1..].iter().cloned()).collect(),
            Some("super") => {
                let above = self.module.len().saturating_sub(climbs);
                self.module[..above].iter().cloned().chain(rest).collect()
            }
            _ => return,
        };
        self.paths.push(found);
    }

    fn add_tree(&mut self, before: &[String], tree: &syn::UseTree) {
        let with = |name: &syn::Ident| [before, &[name.to_string()]].concat();
        match tree {
            syn::UseTree::Path(path) => self.add_tree(&with(&path.ident), &path.tree),
            syn::UseTree::Name(name) => self.add(&with(&name.ident)),
            syn::UseTree::Rename(rename) => self.add(&with(&rename.ident)),
            syn::UseTree::Glob(_) => self.add(before),
            syn::UseTree::Group(group) => group.items.iter().for_each(|tree| self.add_tree(before, tree)),
        }
    }

    /// What a macro is given is no Rust until it is expanded: its words are read one by one.
    fn add_words(&mut self, words: &str) {
        let words = words.replace("::", " :: ");
        let is_between = |c: char| !c.is_alphanumeric() && c != '_' && c != ':';
        let words: Vec<&str> = words.split(is_between).filter(|word| !word.is_empty()).collect();
        for (at, word) in words.iter().enumerate() {
            if !matches!(*word, "crate" | "super" | "self") || at > 0 && words[at - 1] == "::" {
                continue;
            }
            let mut path = vec![(*word).to_string()];
            let mut rest = words[at + 1..].chunks(2);
            while let Some(["::", name]) = rest.next() {
                path.push((*name).to_string());
            }
            if path.len() > 1 {
                self.add(&path);
            }
        }
    }
}

/// Is it behind `#[cfg(test)]`?
fn is_for_tests(item: &syn::Item) -> bool {
    let is_test = |attribute: &syn::Attribute| {
        attribute.path().is_ident("cfg")
            && attribute.meta.require_list().is_ok_and(|list| list.tokens.to_string() == "test")
    };
    let attributes = match item {
        syn::Item::Mod(item) => &item.attrs,
        syn::Item::Fn(item) => &item.attrs,
        syn::Item::Use(item) => &item.attrs,
        syn::Item::Impl(item) => &item.attrs,
        _ => return false,
    };
    attributes.iter().any(is_test)
}

impl<'a> Visit<'a> for Named {
    fn visit_item(&mut self, item: &'a syn::Item) {
        if !is_for_tests(item) {
            syn::visit::visit_item(self, item);
        }
    }

    fn visit_item_use(&mut self, item: &'a syn::ItemUse) {
        self.add_tree(&[], &item.tree);
    }

    // `pub(in crate::leads)` is no use.
    fn visit_vis_restricted(&mut self, _: &'a syn::VisRestricted) {}

    fn visit_path(&mut self, path: &'a syn::Path) {
        let parts: Vec<String> = path.segments.iter().map(|part| part.ident.to_string()).collect();
        if parts.len() > 1 {
            self.add(&parts);
        }
        syn::visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, item: &'a syn::Macro) {
        self.add_words(&item.tokens.to_string());
        syn::visit::visit_macro(self, item);
    }
}

/// Which files use which, by their modules: the one that names something, and the innermost module in what it names.
fn uses() -> BTreeSet<(Vec<String>, Vec<String>)> {
    let sources = sources();
    let modules: BTreeSet<Vec<String>> = sources.keys().map(|path| module(path)).collect();
    let mut found = BTreeSet::new();
    for (path, text) in sources.iter().filter(|(path, _)| !matches!(room(path), "lib" | "main")) {
        let named = Named::new(path, text);
        for used in named.paths {
            let innermost =
                (1..=used.len()).rev().map(|end| &used[..end]).find(|part| modules.contains(*part));
            if let Some(used) = innermost.filter(|used| **used != named.module) {
                found.insert((named.module.clone(), used.to_vec()));
            }
        }
    }
    assert!(found.len() > 500, "only {} uses found", found.len());
    found
}

/// A room, or the room within a room of rooms.
fn inner_room(module: &[String]) -> String {
    let depth = if OF_ROOMS.contains(&module[0].as_str()) { 2 } else { 1 };
    module[..depth.min(module.len())].join("/")
}

#[test]
fn a_room_uses_only_what_is_listed() {
    let mut unused: BTreeSet<(&'static str, &'static str)> =
        ARROWS.iter().flat_map(|(from, to)| to.iter().map(move |to| (*from, *to))).collect();
    let mut wrong = BTreeSet::new();
    for (from, to) in uses() {
        let (own, other) = (from[0].as_str(), to[0].as_str());
        if own == other {
            continue;
        }
        unused.retain(|used| *used != (own, other));
        let rank = |room: &str| GROUND.iter().position(|ground| *ground == room);
        let is_ground = rank(other).is_some_and(|other| rank(own).is_none_or(|own| other < own));
        let is_listed = ARROWS.iter().any(|(room, used)| *room == own && used.contains(&other));
        if !is_ground && !is_listed {
            wrong.insert(format!("{} uses {}", from.join("::"), to.join("::")));
        }
    }
    assert!(wrong.is_empty(), "not in ARROWS: {wrong:#?}");
    assert!(unused.is_empty(), "in ARROWS, and nobody uses it any more: {unused:?}");
    let position = |room: &str| ARROWS.iter().position(|(other, _)| *other == room);
    for (room, used) in ARROWS {
        assert!(used.iter().all(|used| position(used) < position(room)), "an arrow of {room} leads back up");
    }
}

#[test]
fn rooms_within_a_room_use_only_what_is_listed() {
    let mut unused: BTreeSet<(&'static str, &'static str)> = INSIDE.iter().copied().collect();
    let mut wrong = BTreeSet::new();
    for (from, to) in uses() {
        let (own, other) = (inner_room(&from), inner_room(&to));
        let is_between = own.contains('/') && other.contains('/') && own != other;
        if is_between && room(&own) == room(&other) {
            unused.retain(|used| *used != (own.as_str(), other.as_str()));
            if !INSIDE.contains(&(own.as_str(), other.as_str())) {
                wrong.insert(format!("{} uses {}", from.join("::"), to.join("::")));
            }
        }
    }
    assert!(wrong.is_empty(), "not in INSIDE: {wrong:#?}");
    assert!(unused.is_empty(), "in INSIDE, and nobody uses it any more: {unused:?}");
}

/// A module and its parent are one thought in two files; all others are read one after the other, or not understood.
#[test]
fn no_files_use_each_other_in_a_circle() {
    let mut after: BTreeMap<Vec<String>, BTreeSet<Vec<String>>> = BTreeMap::new();
    for (from, to) in uses() {
        if !from.starts_with(&to) && !to.starts_with(&from) {
            after.entry(from).or_default().insert(to);
        }
    }
    // What nobody uses, and what uses nothing more, is on no circle: it is taken off until nothing is left.
    loop {
        let used: BTreeSet<Vec<String>> = after.values().flatten().cloned().collect();
        let before = after.len();
        after.retain(|from, _| used.contains(from));
        let left: BTreeSet<Vec<String>> = after.keys().cloned().collect();
        for to in after.values_mut() {
            to.retain(|to| left.contains(to));
        }
        after.retain(|_, to| !to.is_empty());
        if after.len() == before {
            break;
        }
    }
    let circles: Vec<String> = after.keys().map(|module| module.join("::")).collect();
    assert!(circles.is_empty(), "on a circle, or between two: {circles:#?}");
}

#[test]
fn no_room_is_a_house_of_its_own() {
    let mut lines: BTreeMap<String, usize> = BTreeMap::new();
    for (path, text) in sources() {
        *lines.entry(room(&path).to_string()).or_default() += text.lines().count();
    }
    let all: usize = lines.values().sum();
    let large: Vec<_> = lines.iter().filter(|(_, lines)| **lines * 100 > all * LARGEST).collect();
    assert!(large.is_empty(), "{large:?} of {all} lines");
}

/// How many lines a file may have.
const LONGEST: usize = 450;

/// Files that are longer, as a table is read by looking something up in it.
const TABLES: &[(&str, &str)] = &[
    ("config/integrations/providers.rs", "what each service looks like and asks of browsers"),
    ("diag/code.rs", "each code with its explanation"),
    ("relay/admin/words.rs", "the words of a page in all languages"),
    ("serve/editor/words.rs", "the words of a page in all languages"),
];

/// Whoever opens a file wants to know one thing, and reads it from top to bottom. Functions are held short by
/// `too_many_lines` (`clippy.toml`).
#[test]
fn files_are_short_but_for_tables() {
    let all = tree(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    let sources = all.iter().filter(|(path, _)| path.ends_with(".rs"));
    let lines = |bytes: &[u8]| bytes.split(|byte| *byte == b'\n').count() - 1;
    let long: BTreeMap<&str, usize> = sources
        .map(|(path, bytes)| (path.as_str(), lines(bytes)))
        .filter(|(_, lines)| *lines > LONGEST)
        .collect();
    let known: Vec<&str> = TABLES.iter().map(|(path, _)| *path).collect();
    assert_eq!(long.keys().copied().collect::<Vec<_>>(), known, "{long:?}: divide it by what it is for");
}

/// `of` says nothing of what comes of what: `on_page`, `from_text`, `for_kind` and `new` do.
#[test]
fn functions_say_what_they_give() {
    let silent: Vec<String> = sources()
        .into_iter()
        .filter(|(_, text)| code(text).any(|(_, line)| line.contains("fn of(") || line.contains("fn of<")))
        .map(|(path, _)| path)
        .collect();
    assert!(silent.is_empty(), "{silent:?}");
}

/// Everybody else makes a view, a `struct` with `Serialize`: its names are checked by the compiler, and documented.
#[test]
fn only_the_engine_and_its_values_know_tera() {
    let knows = |text: &str| code(text).any(|(_, line)| line.contains("tera::"));
    let found: Vec<String> =
        sources().into_iter().filter(|(_, text)| knows(text)).map(|(path, _)| path).collect();
    assert_eq!(found, ["theme/engine.rs", "theme/values.rs"]);
}

/// Values of JSON that a source makes by hand, without what is only for tests. Patterns read values, and are fine.
#[derive(Default)]
struct HandMade(Vec<String>);

impl<'a> Visit<'a> for HandMade {
    fn visit_item(&mut self, item: &'a syn::Item) {
        if !is_for_tests(item) {
            syn::visit::visit_item(self, item);
        }
    }

    fn visit_expr_path(&mut self, expression: &'a syn::ExprPath) {
        let parts: Vec<String> = expression.path.segments.iter().map(|part| part.ident.to_string()).collect();
        let made = ["Array", "Bool", "Number", "Object", "String", "from"];
        if let [.., of, name] = parts.as_slice() {
            let is_value = matches!(of.as_str(), "Json" | "Value") && made.contains(&name.as_str());
            if is_value || of == "Map" && name == "new" {
                self.0.push(format!("{of}::{name}"));
            }
        }
        syn::visit::visit_expr_path(self, expression);
    }

    fn visit_macro(&mut self, item: &'a syn::Macro) {
        if item.path.segments.last().is_some_and(|last| last.ident == "json") {
            self.0.push("json!".into());
        }
    }
}

/// Where that is right, by the beginning of the path: what is in the value isn't ours to say.
const FREE_VALUES: &[(&str, &str)] = &[
    ("authoring/", "front matter of other programs and of authors, with keys of their own"),
    ("commands/doctor/", "a lead, whose fields are those of a form"),
    ("editorial/admin/", "the configuration of Sveltia"),
    ("editorial/schema/", "a JSON Schema"),
    ("leads/forms/answers.rs", "answers, by the ids of a form's fields"),
    ("leads/webhooks/", "what each receiver of leads wants, under the names that a site has given"),
    ("publishing/search/export.rs", "documents, with a key for each taxonomy of a site"),
    ("relay/crm.rs", "what CRMs are asked"),
    ("relay/intake.rs", "a lead, with the fields of other versions of a form"),
    ("relay/native.rs", "a lead, whose fields are those of a form"),
    ("serve/editor/document.rs", "front matter as authors have written it, or none"),
    ("yaml/", "YAML as authors have written it"),
];

/// Everything else that becomes JSON is a `struct` with `Serialize`, as views are.
#[test]
fn values_are_made_of_types() {
    let made = |path: &str, text: &str| {
        let mut found = HandMade::default();
        if text.contains("serde_json") {
            let parsed = syn::parse_file(text).unwrap_or_else(|error| panic!("src/{path}: {error}"));
            found.visit_file(&parsed);
        }
        found.0
    };
    let mut unused: Vec<&str> = FREE_VALUES.iter().map(|(start, _)| *start).collect();
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let found = made(&path, &text);
        match FREE_VALUES.iter().find(|(start, _)| path.starts_with(start)) {
            _ if found.is_empty() => {}
            Some((start, _)) => unused.retain(|other| other != start),
            None => wrong.push((path, found)),
        }
    }
    assert!(wrong.is_empty(), "make a `struct` with `Serialize` of it: {wrong:?}");
    assert!(unused.is_empty(), "nothing is made by hand here any more: {unused:?}");
    let text = "use serde_json::{Value, json};\nfn f(x: &Value) { json!({}); g(x.map(Value::String)) }\n\
        fn h(x: &Value) { match x { Value::String(_) => {} _ => {} } }\n#[cfg(test)]\nmod tests { fn i() { json!(1); } }";
    assert_eq!(made("x.rs", text), ["json!", "Value::String"]);
}

/// Who looks at gated text, and what for. Whatever is made of it must be sealed, or tell nothing of it.
const SEES_GATED_TEXT: &[(&str, &str)] = &[
    ("authoring/leftovers.rs", "a starter's addresses and sentences in it are told to the author"),
    ("leads/forms/mod.rs", "ids of forms differ from its headings and forms"),
    ("links/addresses.rs", "its links by URL are checked"),
    ("links/mod.rs", "its files are sealed, its links checked"),
    ("links/resolve/fragments.rs", "headings in it are told from those that aren't there"),
    ("links/resolve/inputs.rs", "links of it may lead to ids in its raw HTML"),
    ("links/resolve/mod.rs", "its links are checked"),
    ("pages/gated.rs", "it is sealed"),
    ("site/calls_to_action.rs", "its forms have a page of thanks"),
    ("site/foreign.rs", "its pictures make the page's policy wider, without a name"),
];

#[test]
fn only_these_look_at_gated_text() {
    let looks = |text: &str| {
        code(text).any(|(_, line)| line.contains(".secret()") || line.contains("GatedBody::secret"))
    };
    let found: Vec<String> =
        sources().into_iter().filter(|(_, text)| looks(text)).map(|(path, _)| path).collect();
    let known: Vec<&str> = SEES_GATED_TEXT.iter().map(|(path, _)| *path).collect();
    assert_eq!(found, known);
}

/// Who reads a text as it would be without its gate, whatever the edition, and what for: nobody who shows something.
const SEES_WHOLE_TEXT: &[(&str, &str)] = &[
    ("editorial/checks/mod.rs", "its author is told what is wrong with it"),
    ("links/files.rs", "what it names isn't published with a folder"),
    ("sales/calls/answers.rs", "outcomes that it leads to are used"),
    ("sales/playbooks/check.rs", "its author is told what is wrong with it"),
    ("site/page.rs", "an edition where gates stand open shows it"),
];

#[test]
fn only_these_look_at_the_whole_text() {
    let looks = |text: &str| code(text).any(|(_, line)| line.contains(".text.entire()"));
    let found: Vec<String> =
        sources().into_iter().filter(|(_, text)| looks(text)).map(|(path, _)| path).collect();
    let known: Vec<&str> = SEES_WHOLE_TEXT.iter().map(|(path, _)| *path).collect();
    assert_eq!(found, known);
}

#[test]
fn the_crate_lists_its_rooms_in_order() {
    let library =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).expect("readable");
    let modules: Vec<&str> =
        library.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    let rooms: Vec<&str> = ARROWS.iter().map(|(room, _)| *room).collect();
    assert_eq!(modules, rooms);
    for room in rooms {
        assert!(
            library.contains(&format!("[`{room}`]")),
            "the documentation of the crate doesn't name {room}"
        );
    }
}

#[test]
fn every_file_says_what_it_is_for() {
    let silent: Vec<String> =
        sources().into_iter().filter(|(_, text)| !text.starts_with("//! ")).map(|(path, _)| path).collect();
    assert!(silent.is_empty(), "{silent:?}");
}

#[test]
fn nothing_is_unwrapped_printed_or_exited() {
    // Only the command line speaks.
    let speaks = ["println!", "eprintln!", "print!(", "dbg!", "process::exit"];
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        for (number, line) in code(&text) {
            let is_bad = line.contains(".unwrap()")
                || line.contains("todo!")
                || line.contains("unimplemented!")
                || room(&path) != "cli" && speaks.iter().any(|word| line.contains(word));
            if is_bad {
                wrong.push(format!("src/{path}:{number}: {}", line.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The rooms that make an edition of what was read. A panic in one of them would end a build without a word on the file.
const RENDERING: &[&str] = &[
    "site",
    "plan",
    "links",
    "publishing",
    "leads",
    "sales",
    "editorial",
    "findings",
    "html",
    "theme",
    "pages",
    "edition",
];

/// Calls and macros after which a program ends.
const PANICS: &[&str] = &[
    "unwrap",
    "unwrap_err",
    "expect",
    "expect_err",
    "panic",
    "unreachable",
    "unimplemented",
    "todo",
    "assert",
    "assert_eq",
    "assert_ne",
];

/// Where a source may panic, without what is only for tests.
#[derive(Default)]
struct Panics(Vec<String>);

impl<'a> Visit<'a> for Panics {
    fn visit_item(&mut self, item: &'a syn::Item) {
        // What is asserted of a constant is found by the compiler.
        if !is_for_tests(item) && !matches!(item, syn::Item::Const(_)) {
            syn::visit::visit_item(self, item);
        }
    }

    fn visit_expr_method_call(&mut self, call: &'a syn::ExprMethodCall) {
        let name = call.method.to_string();
        if PANICS.contains(&name.as_str()) {
            self.0.push(name);
        }
        syn::visit::visit_expr_method_call(self, call);
    }

    fn visit_macro(&mut self, item: &'a syn::Macro) {
        let name = item.path.segments.last().map(|part| part.ident.to_string()).unwrap_or_default();
        let words = item.tokens.to_string();
        let inside = PANICS.iter().filter(|name| words.contains(&format!(". {name} (")));
        let own = PANICS.iter().filter(|known| **known == name);
        self.0.extend(own.chain(inside).map(|name| (*name).to_string()));
    }
}

fn panics(path: &str, text: &str) -> Vec<String> {
    let mut found = Panics::default();
    found.visit_file(&syn::parse_file(text).unwrap_or_else(|error| panic!("src/{path}: {error}")));
    found.0
}

#[test]
fn nothing_that_makes_an_edition_can_panic() {
    let rooms = sources().into_iter().filter(|(path, _)| RENDERING.contains(&room(path)));
    let found: Vec<(String, Vec<String>)> = rooms
        .map(|(path, text)| {
            let found = panics(&path, &text);
            (path, found)
        })
        .filter(|(_, found)| !found.is_empty())
        .collect();
    assert!(found.is_empty(), "{found:#?}");
    let text = "fn f() { a().expect(\"b\"); format!(\"{}\", c.unwrap()); unreachable!(); d.unwrap_or(1) }\n\
        #[cfg(test)]\nmod tests { fn g() { panic!() } }";
    assert_eq!(panics("x.rs", text), ["expect", "unwrap", "unreachable"]);
}

/// What depends on several files is made anew, and shares by `Arc` what is as it was: nobody changes what somebody else
/// may be reading.
const NEVER_CHANGED: &[&str] = &["Content", "Site", "Page", "Findings", "Edition", "Theme"];

/// Where pages are put together, before anybody else has them.
const PUTS_TOGETHER: &[&str] = &["site/linking.rs", "theme/mod.rs"];

#[test]
fn a_site_is_never_changed() {
    let borrows = |line: &str| {
        let rest = line.split("&mut ").skip(1);
        let mut names = rest.map(|rest| rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or(rest));
        names.any(|name| NEVER_CHANGED.contains(&name))
    };
    let mut wrong = Vec::new();
    let rooms = ["site", "findings", "pages", "edition", "build", "commands", "serve"];
    for (path, text) in sources().into_iter().filter(|(path, _)| rooms.contains(&room(path))) {
        let of_these = |line: &str| NEVER_CHANGED.iter().any(|name| line == format!("impl {name} {{"));
        let mut is_own = false;
        for (number, line) in code(&text) {
            is_own = of_these(line) || is_own && line != "}";
            let changes = borrows(line) || is_own && line.contains("(&mut self");
            if changes && !PUTS_TOGETHER.contains(&path.as_str()) {
                wrong.push(format!("src/{path}:{number}: {}", line.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(borrows("fn f(linked: &mut Edition)") && !borrows("fn f(x: &mut Editions, y: &Site)"));
}

/// Names of fields and parameters that say which thing of its kind is meant: those have an id (`ids.rs`), so that the
/// compiler finds a language where a taxonomy is meant.
const NAMES_OF_IDS: &[&str] = &[
    "lang",
    "language",
    "taxonomy",
    "term",
    "series",
    "stage",
    "form",
    "page",
    "alias",
    "feed",
    "step",
    "objection",
    "field",
    "assessment",
    "calculator",
    "survey",
    "question",
    "person",
    "author",
    "rep",
    "gate",
    "asset",
    "sealed",
    "section",
    "document",
    "entry",
    "event",
    "offer",
    "script",
    "mail",
    "cadence",
    "playbook",
];

/// Where a bare number goes by such a name: terms of the search are words, not those of a taxonomy.
const BARE: &[&str] = &["publishing/search/"];

/// Fields and parameters of which a number says which thing is meant.
#[derive(Default)]
struct BareIds(Vec<String>);

impl BareIds {
    fn look(&mut self, name: &str, kind: &syn::Type) {
        let is_number = |path: &syn::TypePath| path.path.segments.last().is_some_and(is_usize);
        let is_bare = matches!(kind, syn::Type::Path(path) if is_number(path));
        if is_bare && NAMES_OF_IDS.contains(&name) {
            self.0.push(name.to_string());
        }
    }
}

/// `usize`, or a type around one: `Option<usize>`, `Vec<usize>`.
fn is_usize(last: &syn::PathSegment) -> bool {
    last.ident == "usize"
        || matches!(&last.arguments, syn::PathArguments::AngleBracketed(of) if of.args.iter().any(|one| {
            matches!(one, syn::GenericArgument::Type(syn::Type::Path(path)) if path.path.is_ident("usize"))
        }))
}

impl<'a> Visit<'a> for BareIds {
    fn visit_item(&mut self, item: &'a syn::Item) {
        if !is_for_tests(item) {
            syn::visit::visit_item(self, item);
        }
    }

    fn visit_field(&mut self, field: &'a syn::Field) {
        let name = field.ident.as_ref().map(ToString::to_string).unwrap_or_default();
        self.look(&name, &field.ty);
        syn::visit::visit_field(self, field);
    }

    fn visit_pat_type(&mut self, pattern: &'a syn::PatType) {
        if let syn::Pat::Ident(name) = &*pattern.pat {
            self.look(&name.ident.to_string(), &pattern.ty);
        }
        syn::visit::visit_pat_type(self, pattern);
    }
}

#[test]
fn what_is_meant_has_an_id() {
    let bare = |path: &str, text: &str| {
        let mut found = BareIds::default();
        found.visit_file(&syn::parse_file(text).unwrap_or_else(|error| panic!("src/{path}: {error}")));
        found.0
    };
    let looked_at =
        sources().into_iter().filter(|(path, _)| !BARE.iter().any(|start| path.starts_with(start)));
    let found: Vec<(String, Vec<String>)> = looked_at
        .map(|(path, text)| {
            let found = bare(&path, &text);
            (path, found)
        })
        .filter(|(_, found)| !found.is_empty())
        .collect();
    assert!(found.is_empty(), "{found:#?}");
    let text =
        "struct S { form: usize, forms: usize, series: Option<usize> }\nfn f(lang: LangId, term: usize) {}";
    assert_eq!(bare("x.rs", text), ["form", "series", "term"]);
}

/// What a copy of an encoding would have, and who may have it beside `encode`.
const SIGNS_OF_ENCODING: &[(&str, &[&str])] = &[
    ("02x}", &[]),
    ("02X}", &[]),
    ("u003c", &[]),
    ("&amp;", &[]),
    ("&lt;", &[]),
    ("&quot;", &[]),
    ("from_str_radix", &[]),
    ("normalize_untrusted", &[]),
    ("utf8_percent_encode", &[]),
    ("data_encoding::", &[]),
    ("mailto:{", &[]),
    // Where all else that is printed passes.
    ("eprint", &["cli/mod.rs"]),
    ("stdout().write_all", &["cli/mod.rs"]),
];

#[test]
fn only_encode_encodes() {
    let mut wrong = Vec::new();
    for (path, text) in sources().into_iter().filter(|(path, _)| room(path) != "encode") {
        for (number, line) in code(&text) {
            let copies =
                |(sign, fine): &&(&str, &[&str])| line.contains(sign) && !fine.contains(&path.as_str());
            if SIGNS_OF_ENCODING.iter().any(|sign| copies(&sign)) {
                wrong.push(format!("src/{path}:{number}: {}", line.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "call `encode` instead:\n{}", wrong.join("\n"));
}

#[test]
fn the_spine_is_short() {
    let lines = sources()["build/mod.rs"].lines().count();
    assert!(lines < 125, "{lines} lines: move what is no step elsewhere");
}

/// A call such as `folder(edition, true)` says nothing.
#[test]
fn no_function_takes_a_bare_bool() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let code: String = code(&text).flat_map(|(_, line)| [line, "\n"]).collect();
        for (at, _) in code.match_indices("fn ") {
            let rest = &code[at..];
            let Some((head, parameters)) = rest.split_once('(') else { continue };
            let mut depth = 1;
            let end = parameters.find(|c: char| {
                depth += i32::from(c == '(') - i32::from(c == ')');
                depth == 0
            });
            let parameters = &parameters[..end.unwrap_or(0)];
            let is_bare = parameters.split(',').any(|parameter| {
                parameter
                    .split_once(':')
                    .is_some_and(|(name, kind)| kind.trim() == "bool" && name.trim() != "_")
            });
            if is_bare && !head.contains(['{', ';', '\n']) {
                wrong.push(format!(
                    "src/{path}: {head}({})",
                    parameters.split_whitespace().collect::<Vec<_>>().join(" ")
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_scans_find_what_they_look_for() {
    let text = "//! x\nuse crate::a::{b, c::{self, D}};\nuse super::e;\n// crate::b\n/// crate::c\nfn f() { \
        crate::g::h(self::i::J); println!(\"{}\", crate::k::l(super::m::n)); }\n\
        #[cfg(test)]\nmod tests {\n    use crate::o;\n}\npub(in crate::p) struct Q;\n";
    let paths: Vec<String> = Named::new("x/y.rs", text).paths.iter().map(|path| path.join("::")).collect();
    assert_eq!(paths, ["a::b", "a::c::self", "a::c::D", "x::e", "g::h", "x::y::i::J", "k::l", "x::m::n"]);
    let text = "//! x\nuse crate::a;\n#[cfg(test)]\nmod tests {\n    use crate::d;\n}\n";
    assert_eq!(code(text).map(|(number, _)| number).collect::<Vec<_>>(), [2]);
    assert_eq!(module("leads/gates/mod.rs"), ["leads", "gates"]);
    assert_eq!(room("plan.rs"), "plan");
    assert_eq!(inner_room(&module("leads/gates/seal.rs")), "leads/gates");
    assert_eq!(inner_room(&module("site/page.rs")), "site");
}
