use super::*;

/// The pieces that have a class, as `letter:text`.
fn read_as(language: &str, code: &str) -> Vec<String> {
    let pieces = pieces(code, language).unwrap_or_else(|| panic!("{language} isn't known"));
    let mut at = 0;
    let mut found = Vec::new();
    for (length, class) in pieces {
        let text = &code[at..at + length];
        at += length;
        found.extend(class.map(|class| format!("{}:{}", class.letter(), text.trim_end())));
    }
    assert_eq!(at, code.len());
    found
}

#[test]
fn code_is_cut_into_classes() {
    assert_eq!(
        read_as("json", "{\"name\": \"Kim\", \"calls\": 12, \"open\": true}\n"),
        ["p:\"name\"", "s:\"Kim\"", "p:\"calls\"", "n:12", "p:\"open\"", "o:true"]
    );
    let yaml = read_as("yaml", "# Ours\ntitle: Ringback # here\npages: 3\n");
    assert_eq!(yaml[..2], ["c:# Ours", "p:title"]);
    assert!(yaml.contains(&"n:3".to_string()), "{yaml:?}");
    let js = read_as("js", "// Calls\nconst n = call(\"Kim\", 12);\nreturn null;\n");
    for piece in ["c:// Calls", "k:const", "f:call", "s:\"Kim\"", "n:12", "k:return", "o:null"] {
        assert!(js.contains(&piece.to_string()), "{piece}: {js:?}");
    }
    let html = read_as("html", "<a class=\"x\">Å</a>\n");
    for piece in ["g:a", "p:class", "s:\"x\""] {
        assert!(html.contains(&piece.to_string()), "{piece}: {html:?}");
    }
    let diff = read_as("diff", "-old\n+new\n");
    assert_eq!(diff, ["d:-old", "i:+new"]);
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table: what is read, and what it has to come to")]
fn languages_have_many_names() {
    for name in [
        "js",
        "JavaScript",
        "ts",
        "typescript",
        "tsx",
        "jsx",
        "json",
        "jsonc",
        "yaml",
        "yml",
        "toml",
        "html",
        "css",
        "scss",
        "php",
        "python",
        "py",
        "ruby",
        "rb",
        "go",
        "golang",
        "rust",
        "rs",
        "java",
        "kotlin",
        "swift",
        "c",
        "cpp",
        "c++",
        "c#",
        "csharp",
        "sql",
        "bash",
        "sh",
        "shell",
        "zsh",
        "dockerfile",
        "docker",
        "ini",
        "xml",
        "svg",
        "markdown",
        "md",
        "diff",
        "graphql",
        "http",
        "nginx",
        "vue",
        "svelte",
        "liquid",
        "twig",
        "hcl",
        "dotenv",
    ] {
        assert_eq!(find_language(name), KnownLanguage::Yes, "{name}");
    }
    for name in ["", "text", "plain", "console", "Text", "output"] {
        assert_eq!(find_language(name), KnownLanguage::Plain, "{name}");
    }
    for name in ["jvascript", "pyton", "mermaid", "{", "a b"] {
        assert_eq!(find_language(name), KnownLanguage::No, "{name}");
    }
    assert!(names().any(|name| name == "javascript"));
}

#[test]
fn whatever_is_no_code_stays_plain() {
    assert_eq!(pieces("x", "text"), None);
    assert_eq!(pieces("x", "nobody"), None);
    assert_eq!(pieces("", "js"), None);
    assert_eq!(pieces(&format!("let a = \"{}\";", "a".repeat(5_000)), "js"), None);
}

#[test]
fn what_was_kept_is_what_the_code_comes_to() {
    let code = "{\"kept\": [1, 2, \"å\"]}\n";
    let fresh = pieces(code, "json").expect("it is JSON");
    let bytes = memory::worth_keeping().expect("a block is new");
    memory::restore(&bytes);
    memory::restore(&bytes[..bytes.len() - 3]);
    memory::restore(b"anything");
    assert_eq!(pieces(code, "json"), Some(fresh.clone()));
    assert_eq!(memory::get(&memory::key("JSON", code), code), Some(Some(fresh)));
    // What was kept of other code is nothing for this.
    assert_eq!(memory::get(&memory::key("JSON", code), "{}"), None);
}

#[test]
fn the_licences_of_the_languages_come_along() {
    let text = licences();
    assert!(text.contains("Permission is hereby granted") && text.contains("bat"), "{text}");
}
