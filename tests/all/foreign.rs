//! Two folders of Markdown as other programs write it, a hundred files each, made of every oddity in `tests/foreign` in
//! three languages: no file is skipped and no sign is published raw without a message at its line, and fixing loses no word.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::support::html::{decode, inside};
use crate::support::{CONFIG, NO_ADVICE, Site, png};

/// What exports of Jekyll, Hugo and WordPress leave in texts, and what notes of Obsidian, Notion and Word have in them.
/// `⍽` is a no-break space and `⇥` a tab.
const FOLDERS: [(&str, &str); 2] =
    [("exported", include_str!("../foreign/exported.txt")), ("notes", include_str!("../foreign/notes.txt"))];
const FILES: usize = 100;

/// What readers should never see without somebody having been told.
const SIGNS: &[&str] = &[
    "{{", "}}", "{%", "{#", "{/", "{$", "{:", "[[", "]]", "](", "][", "**", "[ ]", "[]", "<!--", "-->", "–>",
    "=>", "<%", "%%", "==", "[!", "[^", "[/", "[caption", "[gallery", "[vc_", "[First", "[Your", "[Company",
    "[@", "`", ":::", ".. note", "!!!", "*|", "TODO", "XXX", "ipsum", "##", "] (", "·", "•", "^abc",
    "status::", "*[",
];

const WORDS: [[&str; 2]; 3] = [
    ["We call back the same day.", "It costs less than a lunch."],
    ["Vi ringer tillbaka samma dag.", "Det kostar mindre än en lunch på stan."],
    ["Vi ringer tilbake samme dag.", "Det koster mindre enn en lunsj på byen."],
];

fn oddities(text: &str) -> Vec<String> {
    let blocks = text.split("=== ").skip(1).map(|block| {
        let (_, block) = block.split_once('\n').expect("a name and a text");
        block.trim_end_matches('\n').replace('⍽', "\u{a0}").replace('⇥', "\t")
    });
    blocks.collect()
}

/// The path of a file and its bytes, by its number.
fn file(folder: &str, number: usize, oddities: &[String]) -> (String, String) {
    let (language, [before, after]) = (["", ".sv", ".nb"][number % 3], WORDS[number % 3]);
    let (name, ending) = match number % 10 {
        3 => (format!("A\u{30a}r {number}"), "md"),
        5 => (format!("Page-{number}"), "MD"),
        7 => (format!("2024-01-05-page-{number}"), "md"),
        _ => (format!("page-{number}"), "md"),
    };
    let front = match number % 6 {
        1 => "date: 2024-01-05 08:30:00 +0100\n",
        2 => "tags: a, b\n",
        3 => "date: 2024-01-05T08:30:00Z\ntags: [\"a\", \"b\"]\n",
        4 => "tags:\n  - a\n  - 'b'\n",
        _ => "",
    };
    let odd = |index: usize| &oddities[(3 * number + index) % oddities.len()];
    let text = format!(
        "---\ntitle: {}\ndescription: {before}\n{front}---\n\n{before}\n\n{}\n\n{after}\n\n{}\n\n## Terms\n\n{}\n\n{after}\n",
        title(folder, number),
        odd(0),
        odd(1),
        odd(2),
    );
    let text = if number % 8 == 1 { format!("\u{feff}{}", text.replace('\n', "\r\n")) } else { text };
    (format!("content/insights/{name}{language}.{ending}"), text)
}

fn title(folder: &str, number: usize) -> String {
    format!("Page {number} of {folder}")
}

/// A site with a folder, and what its texts name.
fn site(folder: &str, oddities: &[String]) -> (Site, BTreeMap<String, usize>) {
    let languages = "languages: {en: {}, sv: {}, nb: {}}\ntaxonomies: {tags: {}}\n";
    let site = Site::empty()
        .with("ringback.yaml", format!("{CONFIG}{NO_ADVICE}{languages}"))
        .with("content/insights/desk.png", png(4, 3))
        .with("content/insights/plan.pdf", "%PDF-1.4")
        .with("content/insights/The plan.md", "---\ntitle: The plan\n---\nText.\n");
    for ending in ["", ".sv", ".nb"] {
        let text = "---\ntitle: Prices\n---\nText.\n\n## Terms\n\nText.\n";
        site.write(&format!("content/insights/prices{ending}.md"), text);
    }
    let mut files = BTreeMap::new();
    for number in 0..FILES {
        let (path, text) = file(folder, number, oddities);
        site.write(&path, text);
        files.insert(path, number);
    }
    (site, files)
}

/// The lines that are told, by file, and the files that can't be published.
fn reported_lines(site: &Site) -> (BTreeMap<String, BTreeSet<usize>>, BTreeSet<String>) {
    let run = site.run(&["check", "--format", "json"]);
    let (mut lines, mut broken) = (BTreeMap::<String, BTreeSet<usize>>::new(), BTreeSet::new());
    for line in run.stdout.lines().chain(run.stderr.lines()).filter(|line| line.starts_with('{')) {
        let problem: Value = serde_json::from_str(line).expect("JSON");
        let Some(file) = problem["file"].as_str() else { continue };
        let number = |key: &str| problem[key].as_u64().and_then(|number| usize::try_from(number).ok());
        let first = number("line").unwrap_or_default();
        lines.entry(file.to_string()).or_default().extend(first..=number("end_line").unwrap_or(first));
        if problem["severity"] == "error" {
            broken.insert(file.to_string());
        }
    }
    (lines, broken)
}

/// What readers see of a text, a line each, without code.
fn visible(html: &str) -> Vec<String> {
    let mut rest = inside(html, "<main", "</main>");
    let mut text = String::new();
    while let Some((before, tag)) = rest.split_once('<') {
        text.push_str(before);
        let name: String = tag.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '/').collect();
        let hidden = ["code", "pre", "script", "style", "template", "nav"];
        rest = match hidden.contains(&name.as_str()) {
            true => tag.split_once(&format!("</{name}>")).map_or("", |(_, behind)| behind),
            false => tag.split_once('>').map_or("", |(_, behind)| behind),
        };
        if ["p", "li", "h1", "h2", "h3", "td", "th", "br", "blockquote", "div"].contains(&name.as_str()) {
            text.push('\n');
        }
    }
    text.push_str(rest);
    decode(&text).lines().map(str::to_string).collect()
}

fn words(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).collect()
}

/// The line of a file that what readers see came from: the one with the most of its words.
fn line_of(text: &str, seen: &str) -> usize {
    let wanted: BTreeSet<&str> = words(seen).into_iter().collect();
    let score = |line: &str| {
        let found: BTreeSet<&str> = words(line).into_iter().collect();
        let is_same = line.contains(seen.trim());
        (wanted.intersection(&found).count(), is_same, std::cmp::Reverse(found.len()))
    };
    let lines = text.lines().enumerate();
    lines
        .max_by_key(|(index, line)| (score(line), std::cmp::Reverse(*index)))
        .map_or(0, |(index, _)| index + 1)
}

#[test]
fn no_sign_of_another_program_is_published_without_a_word() {
    for (folder, text) in FOLDERS {
        let oddities = oddities(text);
        let (site, mut files) = site(folder, &oddities);
        let (lines, mut broken) = reported_lines(&site);
        // What can't be published is told; the others go out without it.
        for _ in 0..3 {
            for file in &broken {
                let found = files.remove(&composed(file)).or_else(|| files.remove(file));
                assert!(found.is_some(), "{file} isn't one of ours");
                site.remove(file);
            }
            broken = reported_lines(&site).1;
        }
        assert_eq!(broken, BTreeSet::new());
        assert!(files.len() > FILES / 2, "{folder}: only {} files are left", files.len());
        site.build();
        let pages: Vec<String> = site
            .tree("public")
            .into_iter()
            .filter(|(path, _)| path.ends_with(".html"))
            .map(|(_, bytes)| String::from_utf8(bytes).expect("UTF-8"))
            .collect();
        let mut raw = Vec::new();
        for (path, number) in &files {
            let heading = format!(">{}</h1>", title(folder, *number));
            let page = pages.iter().find(|page| page.contains(&heading));
            let page = page.unwrap_or_else(|| panic!("{path} has no page"));
            let text = site.read(path);
            let known = lines.get(path).or_else(|| lines.get(&composed(path)));
            for seen in visible(page) {
                let Some(sign) = SIGNS.iter().find(|sign| seen.contains(**sign)) else { continue };
                let line = line_of(&text, &seen);
                let source = text.lines().nth(line - 1).unwrap_or_default();
                let is_meant =
                    sign.chars().next().is_some_and(|first| source.contains(&format!("\\{first}")));
                if !is_meant && !known.is_some_and(|known| known.contains(&line)) {
                    raw.push(format!("{path}:{line}: `{sign}` in {seen:?}, from {source:?}"));
                }
            }
        }
        assert!(raw.is_empty(), "{folder}:\n{}", raw.join("\n"));
    }
}

/// The path as it is compared: a Mac writes Å in two characters.
fn composed(path: &str) -> String {
    path.replace("A\u{30a}", "Å")
}

#[test]
fn fixing_loses_no_word_and_is_done_once() {
    for (folder, text) in FOLDERS {
        let (site, files) = site(folder, &oddities(text));
        let before: BTreeMap<&String, String> = files.keys().map(|path| (path, site.read(path))).collect();
        let run = site.run(&["check", "--fix"]);
        assert!(run.stdout.contains("Fixed "), "{}", run.stdout);
        let mut changed = 0;
        for (path, old) in &before {
            let new = site.read(path);
            // Of all that is fixed, only the code of an emoji is a word, and gone afterwards.
            assert_eq!(words(&new), words(&old.replace(":smile:", "😄")), "{path}");
            changed += usize::from(new != *old);
        }
        assert!(changed > 5, "{folder}: {changed}");
        let fixed = site.tree("content");
        let again = site.run(&["check", "--fix"]);
        assert!(again.stdout.contains("Nothing to fix"), "{}", again.stdout);
        crate::support::assert_same(&fixed, &site.tree("content"), folder);
    }
}

#[test]
fn every_file_ends_as_something() {
    let page = |text: &str| format!("---\ntitle: A page\n---\n{text}\n");
    let site = Site::empty().with("ringback.yaml", format!("{CONFIG}{NO_ADVICE}"));
    let odd = [
        ("a.markdown", page("Text.")),
        ("b.mdx", page("Text.")),
        ("c.md.txt", page("Text.")),
        ("d.rst", "Text".into()),
        ("toml.md", "+++\ntitle = \"A\"\n+++\nText.\n".into()),
        ("json.md", "{\"title\": \"A\"}\n\nText.\n".into()),
        ("empty-line.md", format!("\n{}", page("Text."))),
        ("glued.md", "---\ntitle:A\n---\nText.\n".into()),
        ("tab.md", "---\ntitle: A\ntags:\n\t- a\n---\nText.\n".into()),
        ("open.md", "---\ntitle: A\n\nText.\n".into()),
        ("none.md", "## No title of its own\n\nText.\n".into()),
        ("jekyll.md", "---\nlayout: post\ntitle: A\npermalink: /a/\n---\nText.\n".into()),
        ("archetype.md", "---\ntitle: '{{ replace .Name \"-\" \" \" | title }}'\n---\nText.\n".into()),
        ("entity.md", "---\ntitle: Fish &amp; chips\n---\nText.\n".into()),
        ("comment.md", page("Text.\n\n<!-- without an end\n\nMore.")),
    ];
    for (name, text) in &odd {
        site.write(&format!("content/insights/{name}"), text);
    }
    let (lines, _) = reported_lines(&site);
    for (name, _) in &odd {
        assert!(lines.contains_key(&format!("content/insights/{name}")), "{name} is not told");
        site.remove(&format!("content/insights/{name}"));
    }
    // Capitals, a Mac's characters and a mark of the byte order make no other page.
    site.write("content/insights/LOUD.MD", page("Text."));
    site.write("content/insights/A\u{30a}r.md", format!("\u{feff}{}", page("Text.").replace('\n', "\r\n")));
    assert_eq!(reported_lines(&site).0, BTreeMap::new());
    site.build();
    for path in ["public/insights/loud/index.html", "public/insights/ar/index.html"] {
        assert!(site.read(path).contains("A page"), "{path}");
    }
}
