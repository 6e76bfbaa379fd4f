//! Which files get out, as a matter of what a site's author can write, name or link: translations, names, folders,
//! leftovers, symbolic links, outputs.

use crate::support::{Site, WEBHOOK};

const TWO: &str = "languages: {en: {}, sv: {}}\nchecks: off\n\
    editions:\n  team: {output: team, audiences: [public, team]}\n  public: {output: public, audiences: [public]}\n";

fn site() -> Site {
    let site = Site::new();
    site.write("ringback.yaml", format!("{}{WEBHOOK}{TWO}", crate::support::CONFIG));
    site.with("content/insights/hello.md", "---\ntitle: Hello\n---\nHello.\n")
}

/// The files of an output that hold a word.
fn with_word(site: &Site, folder: &str, word: &str) -> Vec<String> {
    let holds = |bytes: &[u8]| bytes.windows(word.len()).any(|window| window == word.as_bytes());
    let found = site.tree(folder).into_iter().filter(|(path, bytes)| path.contains(word) || holds(bytes));
    found.map(|(path, _)| path).collect()
}

#[test]
fn the_narrowest_audience_holds_for_all_translations() {
    let page = |front: &str, word: &str| format!("---\ntitle: {word}\n{front}---\n{word}\n");
    for (first, second) in [
        ("audience: team\n", ""),
        ("", "audience: team\n"),
        ("audience: team\n", "audience: public\n"),
        ("audience: team\ndraft: true\n", ""),
        ("audience: team\nexpires: 2020-01-01\n", ""),
    ] {
        let site = site()
            .with("content/insights/t.md", page(first, "zqfirst"))
            .with("content/insights/t.sv.md", page(second, "zqsecond"));
        let run = site.build();
        assert_eq!(run.stderr.matches("warning[translation-audience]").count(), 1, "{}", run.stderr);
        for word in ["zqfirst", "zqsecond"] {
            assert_eq!(with_word(&site, "public", word), Vec::<String>::new(), "{first} {second}");
        }
        assert!(!with_word(&site, "team", "zqsecond").is_empty());
    }
}

#[test]
fn a_section_is_for_the_same_readers_in_every_language() {
    let site = site()
        .with("content/inside/_index.md", "---\ntitle: Inside\naudience: team\n---\n")
        .with("content/inside/_index.sv.md", "---\ntitle: zqinside\naudience: public\n---\n")
        .with("content/inside/page.sv.md", "---\ntitle: zqinside\n---\n");
    let run = site.build();
    assert!(run.stderr.contains("warning[translation-audience]"), "{}", run.stderr);
    assert_eq!(with_word(&site, "public", "zqinside"), Vec::<String>::new());
}

#[test]
fn a_script_is_public_only_if_all_its_translations_say_so() {
    let script = |front: &str| {
        format!(
            "---\ntitle: zqscript\n{front}outcomes: {{closed: {{label: Closed}}}}\n---\n\n## Hi\n\n> Hi.\n\n- Bye → [End](outcome:closed)\n"
        )
    };
    let site = site()
        .with("content/scripts/s.md", script(""))
        .with("content/scripts/s.sv.md", script("audience: public\n"));
    site.build();
    assert_eq!(with_word(&site, "public", "zqscript"), Vec::<String>::new());
    site.write("content/scripts/s.md", script("audience: public\n"));
    let run = site.build();
    assert_eq!(run.stderr, "");
    assert!(!with_word(&site, "public", "zqscript").is_empty());
}

#[test]
fn a_translation_that_cannot_be_read_is_not_told_twice() {
    let site = site().with("content/forms/guide.yaml", crate::support::FORM).with(
        "content/insights/t.md",
        "---\ntitle: T\naudience: team\ngate: {form: guide}\n---\nA\n\n<!-- gate -->\n\nB\n",
    );
    for broken in
        ["---\ntitle: [\n---\n", "---\ntitle: T\naudience: taem\ngate: yes\n---\n", "no front matter"]
    {
        site.write("content/insights/t.sv.md", broken);
        let run = site.run(&["check"]);
        assert!(run.status == 1 && !run.stderr.contains("translation-"), "{broken}: {}", run.stderr);
    }
}
