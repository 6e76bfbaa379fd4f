//! The languages of code by the names that people call them.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use syntect::parsing::SyntaxSet;

/// Names that `bat`'s collection has in another way, or not at all; in lower case.
const ALIASES: &[(&str, &str)] = &[
    ("c#", "C#"),
    ("csharp", "C#"),
    ("dotnet", "C#"),
    ("docker", "Dockerfile"),
    ("env", "DotENV"),
    ("dotenv", "DotENV"),
    ("golang", "Go"),
    ("hcl", "Terraform"),
    ("http", "HTTP Request and Response"),
    ("ini", "INI"),
    ("javascript", "JavaScript"),
    ("json5", "JSON"),
    ("jsonc", "JSON"),
    ("jsonl", "JSON"),
    ("json-ld", "JSON"),
    ("jsonld", "JSON"),
    ("ndjson", "JSON"),
    ("geojson", "JSON"),
    ("jsx", "TypeScriptReact"),
    ("node", "JavaScript"),
    ("mjs", "JavaScript"),
    ("cjs", "JavaScript"),
    ("mts", "TypeScript"),
    ("cts", "TypeScript"),
    ("tsx", "TypeScriptReact"),
    ("typescript", "TypeScript"),
    ("objc", "Objective-C"),
    ("objectivec", "Objective-C"),
    ("patch", "Diff"),
    ("postgres", "SQL"),
    ("postgresql", "SQL"),
    ("mysql", "SQL"),
    ("pgsql", "SQL"),
    ("sqlite", "SQL"),
    ("python3", "Python"),
    ("py3", "Python"),
    ("shell", "Bourne Again Shell (bash)"),
    ("sh", "Bourne Again Shell (bash)"),
    ("bash", "Bourne Again Shell (bash)"),
    ("zsh", "Bourne Again Shell (bash)"),
    ("svg", "XML"),
    ("atom", "XML"),
    ("rss", "XML"),
    ("vb", "Visual Basic"),
    ("vuejs", "Vue Component"),
    ("yml", "YAML"),
    ("liquid", "HTML"),
    ("django", "HTML"),
    ("handlebars", "HTML"),
    ("hbs", "HTML"),
    ("twig", "HTML (Twig)"),
    ("jinja", "Jinja2"),
    ("astro", "HTML"),
    ("mdx", "Markdown"),
    ("tf", "Terraform"),
];

/// Names of what is no language: nobody means colours by them.
const PLAIN: &[&str] = &[
    "ascii",
    "console",
    "csv",
    "log",
    "nohighlight",
    "none",
    "output",
    "plain",
    "plaintext",
    "prompt",
    "raw",
    "sh-session",
    "shell-session",
    "shellsession",
    "term",
    "terminal",
    "text",
    "tree",
    "tsv",
    "txt",
];

/// Languages that people write about and the collection doesn't have: nothing is wrong with their names.
const UNCOLOURED: &[&str] = &[
    "abap",
    "apex",
    "bicep",
    "cobol",
    "cypher",
    "dax",
    "gherkin",
    "m",
    "powerquery",
    "powershell",
    "prisma",
    "promql",
    "ps1",
    "pwsh",
    "soql",
    "solidity",
    "vba",
    "wasm",
    "wat",
    "zig",
];

/// Names that are no words to suggest: endings of files which nobody has in a text.
const SHORTEST: usize = 2;

/// What is known of a language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KnownLanguage {
    /// It is known, and its code gets colours.
    Yes,
    /// It is no language, as `text`, or one without colours.
    Plain,
    /// It isn't a name that anything here knows.
    No,
}

/// Is this the name of a language?
#[must_use]
pub fn find_language(name: &str) -> KnownLanguage {
    let lower = name.to_lowercase();
    let is_alias = || ALIASES.iter().any(|(alias, _)| *alias == lower);
    if name.is_empty() || PLAIN.contains(&lower.as_str()) {
        KnownLanguage::Plain
    } else if NAMES.contains_key(lower.as_str()) {
        KnownLanguage::Yes
    } else if UNCOLOURED.contains(&lower.as_str()) || is_alias() {
        KnownLanguage::Plain
    } else {
        KnownLanguage::No
    }
}

/// All names, sorted, in lower case.
pub fn names() -> impl Iterator<Item = &'static str> {
    let mut names: Vec<&str> = NAMES.keys().map(String::as_str).collect();
    names.retain(|name| name.len() >= SHORTEST && !name.contains(['/', ' ', '(']));
    names.extend(PLAIN);
    names.sort_unstable();
    names.into_iter()
}

/// The name that the collection has for a language; nothing for what is none.
pub(super) fn find(name: &str) -> Option<&'static str> {
    if find_language(name) != KnownLanguage::Yes {
        return None;
    }
    NAMES.get(&name.to_lowercase()).map(String::as_str)
}

/// The syntaxes of all languages, read once.
pub(super) fn set() -> &'static SyntaxSet {
    static SET: LazyLock<SyntaxSet> = LazyLock::new(two_face::syntax::extra_newlines);
    &SET
}

/// By the names that people use, those of the collection.
static NAMES: LazyLock<FxHashMap<String, String>> = LazyLock::new(|| {
    let mut names = FxHashMap::default();
    // Of several with one ending, the first counts, as in the programs that the collection is from.
    for syntax in set().syntaxes().iter().filter(|syntax| !syntax.hidden && syntax.name != "Plain Text") {
        let endings = syntax.file_extensions.iter().filter(|ending| !ending.starts_with('.'));
        for name in std::iter::once(&syntax.name).chain(endings) {
            names.entry(name.to_lowercase()).or_insert_with(|| syntax.name.clone());
        }
    }
    for (alias, name) in ALIASES {
        if set().find_syntax_by_name(name).is_some() {
            names.insert((*alias).to_string(), (*name).to_string());
        }
    }
    names
});
