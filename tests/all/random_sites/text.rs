//! A site's files, with a word of its own in each place, and what may become of each word.

mod blocks;
mod front;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::rules::{EDITIONS, Owner, PUBLIC, TEAM};
use super::site::{Beside, Block, FOLDERS, Shape, Site, Spelling, Static, Text};
use super::words::{Word, spelt};
use crate::support::png_saying;

/// What may happen to a word in an edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fate {
    Never,
    May,
    Must,
}

/// A word: where it stands, and its fate in each edition.
#[derive(Debug)]
pub(crate) struct Planted {
    pub(crate) place: String,
    pub(crate) fates: [Fate; EDITIONS.len()],
}

/// A site's files and words.
#[derive(Debug, Default)]
pub(crate) struct Written {
    pub(crate) files: BTreeMap<String, Vec<u8>>,
    pub(crate) words: Vec<Planted>,
}

/// The words of the configuration come first, so that it is the same for all sites.
const MENU: [Word; 2] = [0, 1];
/// Of each term its name, its labels in both languages and its description.
const TERMS: [[Word; 4]; 2] = [[2, 3, 4, 5], [6, 7, 8, 9]];
/// Of each series its id, its titles in both languages, its description and a planned part.
const SERIES: [[Word; 5]; 2] = [[10, 11, 12, 13, 14], [15, 16, 17, 18, 19]];
/// Of each folder its name, where that is a word.
const NAMES: Word = 20;
const RESERVED: Word = NAMES + FOLDERS.len();

/// `%7` stands for the seventh word.
pub(crate) const CONFIGS: [&str; 2] = [
    "title: Random
base_url: https://example.org/
languages: {en: {}, sv: {}}
pagination: 2
feeds: {content: full}
",
    "title: {en: Random, sv: Slumpad}
base_url: https://example.org/below/
languages: {en: {}, sv: {}}
markdown: {smart_punctuation: false}
journey: {calls_to_action: {attract: {form: plain}}}
",
];

const CONFIG: &str = "\
menus: {main: [{page: insights/first-insight, label: %0}, {label: More, children: [{page: scripts/first-script, label: %1}]}]}
taxonomies:
  category:
    terms:
      %2: {label: {en: %3, sv: %4}, description: %5}
      %6: {label: {en: %7, sv: %8}, description: %9}
  tags: {}
series:
  %10: {title: {en: %11, sv: %12}, description: %13, planned: [{part: 999, title: %14}]}
  %15: {title: {en: %16, sv: %17}, description: %18, planned: [{part: 999, title: %19}]}
webhooks: {crm: {url: \"https://crm.example.org/leads\"}}
editions:
  team: {audiences: [public, team], base_url: https://team.example.org/}
  public: {audiences: [public]}
  vault: {audiences: [public, team], base_url: https://vault.example.org/, seal: passphrase}
";

/// A file that a text may name, or that lies beside one.
struct File {
    path: String,
    /// Those of its content.
    words: Vec<Word>,
    /// The page in whose folder it lies.
    page: Option<usize>,
    is_picture: bool,
    /// By edition, how the texts that name it can be read there.
    named: [Named; EDITIONS.len()],
}

/// How a file is named in an edition.
#[derive(Debug, Clone, Copy, Default)]
struct Named {
    in_open: bool,
    /// Behind a gate that asks.
    in_gated: bool,
    /// In a text that the edition doesn't have.
    in_hidden: bool,
}

/// A form, with the words in it, and where it is shown.
struct Form {
    name: Word,
    words: Vec<Word>,
    /// Its fate where it is shown.
    fates: [Fate; EDITIONS.len()],
    /// Is it behind a gate of a page that everybody sees?
    is_gated: bool,
}

/// Which part of which text is being written.
#[derive(Clone, Copy)]
struct Part {
    owner: Owner,
    lang: usize,
    /// Editions whose readers may have its words.
    is_open: [bool; EDITIONS.len()],
}

pub(crate) struct Writer<'s> {
    site: &'s Site,
    written: Written,
    /// The folder of each page's files, or of the file itself.
    folders: Vec<String>,
    names: Vec<Word>,
    files: Vec<File>,
    forms: Vec<Form>,
    /// For labels of footnotes and the like.
    count: usize,
}

pub(crate) fn write(site: &Site) -> Written {
    let mut writer = Writer {
        site,
        written: Written::default(),
        folders: Vec::new(),
        names: Vec::new(),
        files: Vec::new(),
        forms: Vec::new(),
        count: 0,
    };
    for index in 0..RESERVED {
        writer.plant(&format!("word {index} of the configuration and the folders"), Fate::Never);
    }
    writer.config();
    writer.name_pages();
    writer.make_files();
    writer.make_forms();
    writer.make_statics();
    for folder in 0..FOLDERS.len() {
        writer.texts(Owner::Section(folder));
    }
    for page in 0..site.pages.len() {
        writer.texts(Owner::Page(page));
    }
    writer.menu();
    writer.decide_files();
    writer.decide_forms();
    if let Some(trouble) = site.trouble {
        for (name, text) in super::trouble::PAGES[trouble] {
            writer.put(&format!("content/trouble/{name}"), text.as_bytes());
        }
        writer.put("content/trouble/sealed.pdf", b"%PDF");
    }
    writer.written
}

impl Writer<'_> {
    fn put(&mut self, path: &str, bytes: &[u8]) {
        let before = self.written.files.insert(path.into(), bytes.to_vec());
        assert!(before.is_none(), "two files at {path}");
    }

    /// A new word with one fate everywhere.
    fn plant(&mut self, place: &str, fate: Fate) -> Word {
        self.written.words.push(Planted { place: place.into(), fates: [fate; EDITIONS.len()] });
        self.written.words.len() - 1
    }

    fn allow(&mut self, word: Word, edition: usize, fate: Fate) {
        let known = &mut self.written.words[word].fates[edition];
        *known = fate.max(*known);
    }

    /// Whoever may have what lies at a path may read the path.
    fn allow_path(&mut self, path: &str, edition: usize) {
        for word in 0..self.written.words.len() {
            if path.contains(&spelt(word)) {
                self.allow(word, edition, Fate::May);
            }
        }
    }

    fn config(&mut self) {
        let mut config = [CONFIGS[self.site.config], CONFIG].concat();
        for word in (0..RESERVED).rev() {
            config = config.replace(&format!("%{word}"), &spelt(word));
        }
        self.put("ringback.yaml", config.as_bytes());
    }

    fn folder(&self, folder: usize) -> String {
        let path = FOLDERS[folder].replace('%', &spelt(NAMES + folder));
        let (top, below) = path.split_once('/').unwrap_or((&path, ""));
        let known = ["insights", "playbooks", "scripts", "pages", "people"];
        let spelling = known.iter().position(|known| *known == top).map(|index| self.site.spellings[index]);
        let top = spelling.unwrap_or(Spelling::Small).of(top);
        ["content", &top, below].iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join("/")
    }

    /// Names, and the folder in which each page's file lies.
    fn name_pages(&mut self) {
        for (index, page) in self.site.pages.iter().enumerate() {
            let word = self.plant(&format!("the name of page {index}"), Fate::Never);
            let name = match index {
                0 => "first-insight".into(),
                1 => "first-script".into(),
                _ => spelt(word),
            };
            let folder = match page.shape {
                Shape::Inside => self.folders[self.site.host(index).expect("a host")].clone(),
                _ => self.folder(page.folder),
            };
            let has_folder = matches!(page.shape, Shape::Folder | Shape::Inside);
            self.folders.push(if has_folder { format!("{folder}/{name}") } else { folder });
            self.names.push(word);
        }
    }

    fn make_files(&mut self) {
        for (index, page) in self.site.pages.iter().enumerate() {
            for file in page.files.iter().filter(|_| self.site.has_folder(index)) {
                let folder = self.folders[index].clone();
                self.make_file(&folder, *file, Some(index));
            }
        }
        for (folder, file) in &self.site.loose {
            let folder = self.folder(*folder);
            self.make_file(&folder, *file, None);
        }
    }

    fn make_file(&mut self, folder: &str, file: Beside, page: Option<usize>) {
        let name = self.plant(&format!("the name of a file in {folder}"), Fate::Never);
        let inside = self.plant(&format!("the content of that file in {folder}"), Fate::Never);
        let (name, content) = (spelt(name), spelt(inside));
        let (path, bytes) = match file {
            Beside::Pdf => (format!("{folder}/{name}.pdf"), format!("%PDF {content}").into_bytes()),
            Beside::Png => (format!("{folder}/{name}.png"), png_saying(&content)),
            Beside::Text => (format!("{folder}/{name}.txt"), content.into_bytes()),
            Beside::Below => (format!("{folder}/{name}/{name}.bin"), content.into_bytes()),
            Beside::Leftover(pattern) => {
                let path = format!("{folder}/{}", pattern.replace('%', &name));
                let text = format!("---\ntitle: {content}\ndraft: true\n---\n{content}\n");
                // The same twice has the same name.
                self.written.files.entry(path).or_insert(text.into_bytes());
                return;
            }
        };
        self.put(&path, &bytes);
        let is_picture = file == Beside::Png;
        self.files.push(File { path, words: vec![inside], page, is_picture, named: Default::default() });
    }

    fn make_statics(&mut self) {
        for file in &self.site.statics {
            let (pattern, fate) = match file {
                Static::Open(pattern) => (pattern, Fate::Must),
                Static::Hidden(pattern) => (pattern, Fate::Never),
            };
            let name = self.plant(&format!("the name of a file in static ({pattern})"), fate);
            let inside = self.plant("the content of that file in static", fate);
            let path = format!("static/{}", pattern.replace('%', &spelt(name)));
            if !pattern.contains('%') {
                self.written.words[name].fates = [Fate::Never; 2];
            }
            self.put(&path, spelt(inside).as_bytes());
        }
    }

    fn make_forms(&mut self) {
        let folder = format!("content/{}", self.site.spellings[5].of("forms"));
        let plain = b"title: Plain\nwebhook: crm\nfields: [{id: email, type: email}]\n";
        self.put(&format!("{folder}/plain.yaml"), plain);
        for index in 0..3 {
            let name = self.plant(&format!("the name of form {index}"), Fate::Never);
            let remark = self.plant(&format!("a remark in form {index}"), Fate::Never);
            let words = ["title", "intro", "submit", "label", "help", "consent", "message"]
                .map(|key| self.plant(&format!("{key} of form {index}"), Fate::Never));
            let [title, intro, submit, label, help, consent, message] = words.map(spelt);
            let text = format!(
                "title: {title}\nintro: {intro}\nsubmit: {submit}\nwebhook: crm # {}\n\
                 fields: [{{id: email, type: email, label: {label}, help: {help}}}]\n\
                 consent: [{{id: ok, version: '1', text: {consent}}}]\nthank_you: {{message: {message}}}\n",
                spelt(remark)
            );
            self.put(&format!("{folder}/{}.yaml", spelt(name)), text.as_bytes());
            self.forms.push(Form { name, words: words.to_vec(), fates: [Fate::Never; 2], is_gated: false });
        }
    }

    fn path(&self, owner: Owner, lang: usize) -> String {
        let (folder, name, spelling) = match owner {
            Owner::Section(folder) => {
                let spelling = self.site.spellings[folder % self.site.spellings.len()];
                (self.folder(folder), spelling.of("_index"), spelling)
            }
            Owner::Page(page) => {
                let Some(found) = self.site.pages.get(page) else { unreachable!("a page") };
                let name = match (page, found.shape) {
                    (_, Shape::Folder | Shape::Inside) => found.spelling.of("index"),
                    (0, _) => "first-insight".into(),
                    (1, _) => "first-script".into(),
                    (_, Shape::Dated(true)) => format!("2030-01-01-{}", spelt(self.names[page])),
                    (_, Shape::Dated(false)) => format!("2026-01-01-{}", spelt(self.names[page])),
                    (_, Shape::File) => spelt(self.names[page]),
                };
                (self.folders[page].clone(), name, found.spelling)
            }
        };
        let suffix = ["", ".sv"][lang];
        format!("{folder}/{name}{suffix}.{}", spelling.of("md"))
    }

    /// A path as a file in the folder of another names it.
    fn relative(&self, from: (Owner, usize), to: &str) -> String {
        let depth = self.path(from.0, from.1).matches('/').count() - 1;
        format!("{}{}", "../".repeat(depth), to.trim_start_matches("content/"))
    }

    fn texts(&mut self, owner: Owner) {
        for lang in 0..2 {
            let Some(text) = self.site.text(owner, lang).cloned() else { continue };
            let path = self.path(owner, lang);
            let seen = [PUBLIC, TEAM].map(|edition| self.site.is_seen(owner, lang, edition));
            for edition in [PUBLIC, TEAM].into_iter().filter(|edition| seen[*edition]) {
                self.allow_path(&path, edition);
                if let Owner::Page(page) = owner {
                    let has_slug = text.front.contains(&super::site::Front::Slug);
                    if page > 1 && !has_slug {
                        self.allow(self.names[page], edition, Fate::Must);
                    }
                }
            }
            let part = Part { owner, lang, is_open: seen };
            let mut out = String::from("---\n");
            self.front(part, &text, &mut out);
            out.push_str("---\n");
            self.body(part, &text, &mut out);
            self.put(&path, out.as_bytes());
        }
    }

    fn body(&mut self, part: Part, text: &Text, out: &mut String) {
        if self.site.is_script(part.owner) {
            return self.call(part, text, out);
        }
        let gate = match part.owner {
            Owner::Page(page) => self.site.pages[page].gate.clone(),
            Owner::Section(_) => None,
        };
        self.blocks(part, &text.open, out);
        let Some(gate) = gate else { return };
        if !gate.has_divider && !self.files.is_empty() {
            return self.blocks(part, &text.gated, out);
        }
        // Colleagues are not asked for a form.
        let gated = Part { is_open: [false, part.is_open[TEAM]], ..part };
        out.push_str("<!-- gate -->\n\n");
        self.blocks(gated, &[&[Block::Words][..], &text.gated].concat(), out);
        if gate.ends {
            out.push_str("<!-- /gate -->\n\n");
            self.blocks(part, &text.after, out);
        }
    }

    /// A word of a text.
    fn write_word(&mut self, part: Part, what: &str) -> String {
        self.write_word_with(part, what, Fate::Must)
    }

    fn write_word_with(&mut self, part: Part, what: &str, fate: Fate) -> String {
        let path = self.path(part.owner, part.lang);
        let word = self.plant(&format!("{what} of {path}"), Fate::Never);
        for edition in [PUBLIC, TEAM] {
            if part.is_open[edition] {
                self.allow(word, edition, fate);
            }
        }
        spelt(word)
    }

    /// A word that is for authors alone.
    fn hush(&mut self, part: Part, what: &str) -> String {
        self.write_word_with(part, what, Fate::Never)
    }

    fn menu(&mut self) {
        for (page, word) in MENU.into_iter().enumerate() {
            for edition in [PUBLIC, TEAM] {
                for lang in 0..2 {
                    if self.site.is_seen(Owner::Page(page), lang, edition) {
                        self.allow(word, edition, if lang == 0 { Fate::Must } else { Fate::May });
                    }
                }
            }
        }
    }

    /// Notes that a part of a text names a file.
    fn name_file(&mut self, part: Part, file: usize) {
        for edition in [PUBLIC, TEAM] {
            let is_seen = self.site.is_seen(part.owner, part.lang, edition);
            let named = &mut self.files[file].named[edition];
            match (is_seen, part.is_open[edition]) {
                (true, true) => named.in_open = true,
                (true, false) => named.in_gated = true,
                (false, _) => named.in_hidden = true,
            }
        }
    }

    /// A file is published where an open text names it, or where the nearest page above it is open and the file is not
    /// that of a text which the edition doesn't have.
    fn decide_files(&mut self) {
        for file in std::mem::take(&mut self.files) {
            for edition in [PUBLIC, TEAM] {
                let named = file.named[edition];
                let goes_with = file.page.is_some_and(|page| self.site.is_open(page, edition));
                let fate = match named.in_open || goes_with && !named.in_hidden {
                    false => continue,
                    true if named.in_open || !named.in_gated => Fate::Must,
                    true => Fate::May,
                };
                self.allow_path(&file.path, edition);
                for word in &file.words {
                    self.allow(*word, edition, fate);
                }
            }
        }
    }

    /// A form is read where it is shown. The team's report names those that nothing leads to.
    fn decide_forms(&mut self) {
        for form in std::mem::take(&mut self.forms) {
            for edition in [PUBLIC, TEAM] {
                for word in form.words.iter().chain([&form.name]) {
                    self.allow(*word, edition, form.fates[edition]);
                }
            }
            // Its page of thanks is there for a form behind a gate, too, without its words.
            self.allow(form.name, PUBLIC, if form.is_gated { Fate::May } else { Fate::Never });
            self.allow(form.name, TEAM, Fate::May);
        }
    }
}

impl Spelling {
    fn of(self, name: &str) -> String {
        let letter = name.find(|c: char| c.is_ascii_alphabetic()).unwrap_or_default();
        match self {
            Self::Small => name.into(),
            Self::Capitals => name.to_uppercase(),
            Self::Capitalized => {
                let (before, rest) = name.split_at(letter);
                format!("{before}{}{}", rest[..1].to_uppercase(), &rest[1..])
            }
        }
    }
}

/// The site as one can read it.
pub(crate) fn readable(files: &BTreeMap<String, Vec<u8>>) -> String {
    let mut out = String::new();
    for (path, bytes) in files.iter().filter(|(path, _)| *path != "ringback.yaml") {
        let _ = writeln!(out, "--- {path}\n{}", String::from_utf8_lossy(bytes));
    }
    out
}
