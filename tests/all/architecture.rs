//! The rules of the design that the compiler doesn't hold, read from the source.

use std::collections::BTreeMap;
use std::path::Path;

use crate::support::tree;

/// The stages in the order in which content flows; each uses only those before it. `lib.rs` says what they are for.
const STAGES: &[&str] = &[
    "encode", "diag", "yaml", "discover", "config", "parse", "model", "plan", "features", "render", "write",
    "pipeline", "doctor", "outside", "serve", "starter", "cli",
];

/// What a stage may use of a later one: from, what exactly, and why.
const EXCEPTIONS: &[(&str, &str, &str)] = &[
    ("discover", "config", "only `config::FILE`, the name of the file that makes a folder a site"),
    ("config", "parse::slug::slug", "one rule for names in URLs, a pure function of text"),
];

/// Our own sources, without what is only for tests.
fn sources() -> BTreeMap<String, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let files = tree(&root).into_iter().filter(|(path, _)| path.ends_with(".rs"));
    let is_test = |path: &str| path == "testing.rs" || path.ends_with("tests.rs");
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

/// `features` of `features/links/mod.rs`.
fn stage(path: &str) -> &str {
    path.split(['/', '.']).next().unwrap_or(path)
}

/// Everything of this crate that a line names: `model::paths::part_url` for `crate::model::paths::part_url`.
fn uses(line: &str) -> Vec<&str> {
    let names = line.split("crate::").skip(1);
    names
        .map(|rest| {
            &rest[..rest.find(|c: char| !c.is_alphanumeric() && !"_:".contains(c)).unwrap_or(rest.len())]
        })
        .collect()
}

#[test]
fn a_stage_uses_only_stages_before_it() {
    let mut wrong = Vec::new();
    let mut seen = 0;
    let mut unused: Vec<&(&str, &str, &str)> = EXCEPTIONS.iter().collect();
    for (path, text) in sources() {
        let own = stage(&path);
        if matches!(own, "lib" | "main") {
            continue;
        }
        let Some(rank) = STAGES.iter().position(|stage| *stage == own) else {
            wrong.push(format!("{path}: no stage: where in the flow does it belong?"));
            continue;
        };
        for (number, line) in code(&text) {
            for used in uses(line) {
                seen += 1;
                let used = used.trim_end_matches(':');
                let other = used.split("::").next().unwrap_or(used);
                let is_before =
                    STAGES.iter().position(|stage| *stage == other).is_some_and(|other| other <= rank);
                let is_allowed = EXCEPTIONS.iter().any(|(from, what, _)| *from == own && *what == used);
                unused.retain(|(from, what, _)| !(*from == own && *what == used));
                if !is_before && !is_allowed {
                    wrong.push(format!("src/{path}:{number}: `{own}` uses `{used}`"));
                }
            }
        }
    }
    assert!(seen > 100, "only {seen} uses found");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let names: Vec<&str> = unused.iter().map(|(_, what, _)| *what).collect();
    assert!(names.is_empty(), "exceptions that nobody needs any more: {names:?}");
}

#[test]
fn a_feature_uses_no_other_feature() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let Some(inside) = path.strip_prefix("features/").filter(|inside| *inside != "mod.rs") else {
            continue;
        };
        let own = stage(inside);
        let depth = inside.matches('/').count();
        for (number, line) in code(&text) {
            let others = uses(line)
                .into_iter()
                .filter_map(|used| used.strip_prefix("features"))
                .filter(|other| other.trim_start_matches("::").split("::").next() != Some(own));
            let climbs = line.contains("super::super::") || depth == 0 && line.contains("super::");
            if others.count() > 0 || climbs {
                wrong.push(format!("src/{path}:{number}: {}", line.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Who looks at gated text, and what for. Whatever is made of it must be sealed, or tell nothing of it.
const SEES_GATED_TEXT: &[(&str, &str)] = &[
    ("features/forms/mod.rs", "ids of forms differ from its headings and forms"),
    ("features/links/mod.rs", "its files are sealed, its links checked"),
    ("features/links/resolve.rs", "its links are checked"),
    ("model/foreign.rs", "its pictures make the page's policy wider, without a name"),
    ("model/journey.rs", "its forms have a page of thanks"),
    ("model/mod.rs", "its words are counted"),
    ("render/gated.rs", "it is sealed"),
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

#[test]
fn every_stage_is_named_in_the_crates_documentation_in_its_order() {
    let library =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).expect("readable");
    for stage in STAGES.iter() {
        assert!(
            library.contains(&format!("[`{stage}")) || library.contains(&format!("{stage}::")),
            "{stage} is not in lib.rs"
        );
    }
    let modules: Vec<&str> =
        library.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    let mut sorted = modules.clone();
    sorted.sort_unstable();
    let mut stages = STAGES.to_vec();
    stages.sort_unstable();
    assert_eq!(sorted, stages, "a module of the crate is a stage");
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
                || stage(&path) != "cli" && speaks.iter().any(|word| line.contains(word));
            if is_bad {
                wrong.push(format!("src/{path}:{number}: {}", line.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
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
    ("eprint", &["cli.rs"]),
    ("stdout().write_all", &["cli.rs"]),
];

#[test]
fn only_encode_encodes() {
    let mut wrong = Vec::new();
    for (path, text) in sources().into_iter().filter(|(path, _)| stage(path) != "encode") {
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
    let lines = sources()["pipeline.rs"].lines().count();
    assert!(lines < 125, "{lines} lines: move what is no stage elsewhere");
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
    assert_eq!(uses("use crate::a::{b, c}; crate::d::e(x, crate::f)"), ["a::", "d::e", "f"]);
    let text = "//! x\nuse crate::a;\n// crate::b\n    /// crate::c\n#[cfg(test)]\nmod tests {\n    use crate::d;\n}\n";
    assert_eq!(code(text).flat_map(|(_, line)| uses(line)).collect::<Vec<_>>(), ["a"]);
    assert_eq!(stage("features/links/mod.rs"), "features");
    assert_eq!(stage("plan.rs"), "plan");
}
