//! The documentation is true: its examples are sites that build, what it shows of the console is what ringback prints,
//! its links lead somewhere, and it names every key and value that there is.
//!
//! `CONTRIBUTING.md` says how a fenced block is marked. A section (`## …`) is one site; blocks act on it in their order.
//! After a change of wording, `UPDATE_EXPECTED=1 cargo test --test all docs` writes the consoles anew.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use ringback::diag::Code;

use crate::support::{CONFIG, FORM, NO_ADVICE, Site, WEBHOOK, png};

/// What a site has whose section shows only a part of a configuration.
const STOCK: &[(&str, &str)] = &[
    ("content/people/anna-berg.md", "---\ntitle: Anna Berg\n---\nText.\n"),
    ("content/insights/ready-to-talk.md", "---\ntitle: Ready to talk\ndate: 2026-09-01\n---\nText.\n"),
    ("content/playbooks/first-meeting.md", "---\ntitle: The first meeting\ndate: 2026-09-02\n---\nText.\n"),
    ("content/scripts/opener.md", "---\ntitle: Opener\n---\nText.\n"),
    ("content/pages/about.md", "---\ntitle: About\n---\nText.\n"),
    ("content/pages/contact.md", "---\ntitle: Contact\n---\nText.\n"),
    ("content/forms/guide.yaml", FORM),
];

/// Folders of the kinds of page that a block can be the front matter of.
const KINDS: &[(&str, &str)] = &[
    ("insight", "content/insights/example.md"),
    ("playbook", "content/playbooks/example.md"),
    ("script", "content/scripts/example.md"),
    ("person", "content/people/example.md"),
    ("section", "content/insights/_index.md"),
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The documents, by their paths from the root.
fn documents() -> Vec<String> {
    let folder = fs::read_dir(root().join("docs/content")).expect("the documentation");
    let mut all: Vec<String> = folder
        .map(|entry| format!("docs/content/{}", entry.expect("a file").file_name().to_string_lossy()))
        .filter(|name| name.ends_with(".md"))
        .collect();
    all.extend(["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md"].map(String::from));
    all.sort();
    all
}

/// A fenced block.
struct Block {
    /// The section that it stands in, and the line, for messages.
    place: String,
    /// Is it the first of its section?
    starts_section: bool,
    language: String,
    /// What stands behind the language.
    mark: String,
    text: String,
}

/// The fenced blocks of a document. Fences stand at the start of a line and have three backticks.
fn blocks(path: &str) -> Vec<Block> {
    let document = read(path);
    let mut blocks = Vec::new();
    let (mut section, mut starts_section) = (String::new(), true);
    let mut lines = document.lines().enumerate();
    while let Some((number, line)) = lines.next() {
        if let Some(title) = line.strip_prefix("## ") {
            (section, starts_section) = (title.to_string(), true);
        }
        let Some(info) = line.strip_prefix("```") else { continue };
        let (language, mark) = info.split_once(' ').unwrap_or((info, ""));
        let text: String = lines
            .by_ref()
            .map(|(_, line)| line)
            .take_while(|line| *line != "```")
            .flat_map(|line| [line, "\n"])
            .collect();
        let place = format!("{path}:{} ({section})", number + 1);
        blocks.push(Block { place, starts_section, language: language.into(), mark: mark.into(), text });
        starts_section = false;
    }
    blocks
}

/// One section's site.
struct Example {
    site: Site,
    place: String,
    config: String,
    /// Were files written that no console has been run on?
    is_unchecked: bool,
}

impl Example {
    fn new(place: &str) -> Self {
        let example =
            Self { site: Site::empty(), place: place.into(), config: String::new(), is_unchecked: false };
        for (path, text) in STOCK {
            example.site.write(path, text);
        }
        for path in ["content/insights/desk.png", "content/people/anna.png"] {
            example.site.write(path, png(8, 6));
        }
        example.site.write("ringback.yaml", format!("{CONFIG}{WEBHOOK}"));
        example
    }

    /// Writes the file that a block is.
    fn add(&mut self, block: &Block) {
        let text = &block.text;
        let kind = KINDS.iter().find(|(kind, _)| *kind == block.mark);
        match (block.language.as_str(), block.mark.as_str(), kind) {
            (_, "", _) => return,
            (_, "ringback.yaml", _) if text.starts_with("title:") => {
                self.finish();
                self.site = Site::empty().with("ringback.yaml", text);
            }
            (_, "ringback.yaml", _) => {
                self.config.push_str(text);
                let webhook = if self.config.contains("webhooks:") { "" } else { WEBHOOK };
                self.site.write("ringback.yaml", format!("{CONFIG}{webhook}{}", self.config));
            }
            ("markdown", _, Some((_, path))) => {
                self.site.write(path, format!("---\ntitle: Example\n---\n\n{text}"))
            }
            (_, _, Some((_, path))) => {
                let title = if text.contains("title:") { "" } else { "title: Example\n" };
                self.site.write(path, format!("---\n{title}{text}---\nText.\n"));
            }
            (_, path, None) => self.site.write(path, text),
        }
        (self.is_unchecked, self.place) = (true, block.place.clone());
    }

    /// What a section leaves without a console has to build without a word.
    fn finish(&mut self) {
        if std::mem::take(&mut self.is_unchecked) {
            if !self.site.path("content").exists() {
                self.site.write(STOCK[0].0, STOCK[0].1);
            }
            // An example shows one thing, and is no good page besides.
            let config = self.site.read("ringback.yaml");
            if config.contains("checks:") {
                let (printed, status) = self.ringback(&["build"]);
                assert_eq!(status, 0, "{}:\n{printed}", self.place);
                return;
            }
            self.site.write("ringback.yaml", format!("{}\n{NO_ADVICE}", config.trim_end()));
            let (printed, status) = self.ringback(&["check"]);
            assert!(status == 0 && printed.starts_with("Nothing to fix"), "{}:\n{printed}", self.place);
        }
    }

    /// Runs each `$ ringback …` of a console, and gives the console with what is printed now.
    fn run(&mut self, block: &Block) -> String {
        self.is_unchecked = false;
        let mut console = String::new();
        for session in block.text.split("$ ").skip(1) {
            let (command, shown) = session.split_once('\n').unwrap_or((session, ""));
            let arguments = words(command);
            assert_eq!(arguments[0], "ringback", "{}: only ringback is run", block.place);
            let (printed, status) = self.ringback(&arguments[1..]);
            let has_failed =
                ["says more", "::error", "\"severity\":\"error\""].iter().any(|sign| printed.contains(sign));
            assert_eq!(status, i32::from(has_failed), "{}: the exit status of `{command}`", block.place);
            let is_same = without_measures(shown) == without_measures(&printed);
            console += &format!("$ {command}\n{}", if is_same { shown } else { &printed });
        }
        console
    }

    /// Both streams, in the order in which they are read on a terminal, and the exit status.
    fn ringback(&self, arguments: &[&str]) -> (String, i32) {
        let run = self.site.run(arguments);
        (run.stderr + &run.stdout, run.status)
    }
}

/// The words of a command, as a shell reads them: those between quotation marks are one.
fn words(command: &str) -> Vec<&str> {
    let mut words = Vec::new();
    for (index, part) in command.split('"').enumerate() {
        if index % 2 == 1 { words.push(part) } else { words.extend(part.split_whitespace()) }
    }
    words
}

/// Without times, and without the numbers of files, which depend on the theme.
fn without_measures(text: &str) -> String {
    let mut out = String::new();
    for line in text.lines() {
        let words: Vec<&str> = line.split(' ').collect();
        for (index, word) in words.iter().enumerate() {
            let next = words.get(index + 1).copied().unwrap_or_default();
            let is_measure = word.starts_with(|c: char| c.is_ascii_digit()) && next == "s."
                || word.starts_with('(') && next == "written,";
            out.push_str(if is_measure { "?" } else { word });
            out.push(' ');
        }
        out.push('\n');
    }
    out.truncate(out.trim_end().len());
    out
}

#[test]
fn examples_are_sites_and_consoles_show_what_is_printed() {
    let update = std::env::var_os("UPDATE_EXPECTED").is_some();
    let (mut tested, mut wrong) = (0, Vec::new());
    // The first steps are one long story, with a server in it: they have a test of their own.
    for document in documents().into_iter().filter(|document| document != "docs/content/getting-started.md") {
        let mut text = read(&document);
        let mut example = Example::new(&document);
        for block in blocks(&document) {
            if block.starts_section {
                example.finish();
                example = Example::new(&block.place);
            }
            tested += usize::from(!block.mark.is_empty() || block.language == "console");
            if block.language != "console" {
                example.add(&block);
                continue;
            }
            let console = example.run(&block);
            if console != block.text {
                text = text.replacen(&block.text, &console, 1);
                wrong.push(format!("{}: the console has now\n{console}", block.place));
            }
        }
        example.finish();
        if update && text != read(&document) {
            fs::write(root().join(&document), text).expect("the document");
        }
    }
    assert!(tested > 50, "only {tested} blocks were found to be tested");
    assert!(update || wrong.is_empty(), "{}\n(UPDATE_EXPECTED=1 writes the new consoles)", wrong.join("\n"));
}

/// The targets of Markdown's inline links outside of fenced blocks and code.
fn links(document: &str) -> Vec<String> {
    let mut in_fence = false;
    let mut links = Vec::new();
    for line in document.lines() {
        in_fence ^= line.starts_with("```");
        let outside_code = line.split('`').step_by(2).collect::<Vec<_>>().join("");
        if !in_fence {
            let targets = outside_code.split("](").skip(1).filter_map(|rest| rest.split(')').next());
            links.extend(targets.map(String::from));
        }
    }
    links
}

/// The ids of a document's headings, as code hosts make them.
fn heading_ids(document: &str) -> BTreeSet<String> {
    let headings = document.lines().filter(|line| line.starts_with('#'));
    let id = |heading: &str| {
        let text = heading.trim_start_matches('#').trim().to_lowercase();
        let kept = text.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
        kept.map(|c| if c == ' ' { '-' } else { c }).collect()
    };
    headings.map(id).collect()
}

#[test]
fn links_lead_somewhere() {
    let mut broken = Vec::new();
    for document in documents() {
        let folder = root().join(&document).parent().map(PathBuf::from).unwrap_or_default();
        for link in links(&read(&document)) {
            if link.starts_with("https://") {
                continue;
            }
            let (path, fragment) = link.split_once('#').unwrap_or((&link, ""));
            let target = if path.is_empty() { root().join(&document) } else { folder.join(path) };
            let has_fragment = |target: &Path| {
                fragment.is_empty()
                    || fs::read_to_string(target).is_ok_and(|text| heading_ids(&text).contains(fragment))
            };
            if !target.exists() || !has_fragment(&target) {
                broken.push(format!("{document}: {link}"));
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

/// What `docs/content/security.md` says a promise is tested by is a test of that name, in that file.
#[test]
fn every_promise_names_its_test() {
    let text = read("docs/content/security.md");
    let mut count = 0;
    for piece in text.split("[`").skip(1) {
        let Some((name, rest)) = piece.split_once("`](../../") else { continue };
        let path = rest.split(')').next().expect("a path");
        if !path.ends_with(".rs") || path.starts_with("src/") && name.ends_with('/') {
            continue;
        }
        count += 1;
        assert!(read(path).contains(&format!("fn {name}(")), "{path} has no test `{name}`");
    }
    assert!(count > 20, "{count}");
}

/// The words between `before` and `"` in some files of the program.
fn words_behind(files: &[&str], before: &[&str]) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    for file in files {
        let text = read(file);
        for before in before {
            words.extend(
                text.split(before).skip(1).filter_map(|rest| rest.split('"').next()).map(String::from),
            );
        }
    }
    words
}

/// Those of `words` that a document doesn't have as a word of its own in code or in an example.
fn missing(words: BTreeSet<String>, document: &str) -> Vec<String> {
    let text = read(document);
    let named: BTreeSet<&str> = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').collect();
    words.into_iter().filter(|word| !named.contains(word.as_str())).collect()
}

#[test]
fn every_key_is_documented() {
    let takes = ["take(\"", "require(\""];
    let config = [
        "src/config/mod.rs",
        "src/config/calls.rs",
        "src/config/journey.rs",
        "src/config/redirects/mod.rs",
        "src/config/sections.rs",
        "src/config/webhooks/mod.rs",
        "src/config/webhooks/email.rs",
        "src/config/webhooks/files.rs",
        "src/config/webhooks/hubspot.rs",
        "src/config/webhooks/salesforce.rs",
        "src/config/feeds.rs",
        "src/config/languages.rs",
        "src/config/markdown.rs",
    ];
    for (files, document) in [
        (&config[..], "docs/content/configuration.md"),
        (
            &["src/content/front_matter/mod.rs", "src/content/form/mod.rs", "src/content/form/field.rs"],
            "docs/content/content.md",
        ),
        (&["src/content/front_matter/script.rs", "src/config/calls.rs"], "docs/content/scripts.md"),
        (&["src/theme/settings/mod.rs"], "docs/content/theme.md"),
    ] {
        let words = words_behind(files, &takes);
        assert!(words.len() > 5, "{files:?} is read in another way now");
        assert_eq!(missing(words, document), Vec::<String>::new(), "{document} has to say what these are");
    }
}

#[test]
fn every_editorial_check_is_documented() {
    let text = read("docs/content/checks.md");
    let missing: Vec<&str> =
        Code::editorial().filter(|name| !text.contains(&format!("| `{name}` |"))).collect();
    assert_eq!(missing, Vec::<&str>::new(), "the table of docs/content/checks.md has to say what they find");
}

#[test]
fn every_filter_of_templates_is_documented() {
    let filters = words_behind(&["src/theme/engine.rs"], &["register_filter(\""]);
    assert!(filters.len() > 5, "filters are registered in another way now");
    assert_eq!(missing(filters, "docs/content/templates.md"), Vec::<String>::new());
}
