use crate::build;
use crate::build::Advice;
use crate::diag::Code;
use crate::edition::inputs::Options;
use crate::testing::{FORM, file, linked, project};

fn site(text: &str) -> crate::project::MemoryProject {
    project(str::to_string)
        .with("content/forms/guide.yaml", FORM)
        .with("content/insights/a.md", format!("---\ntitle: A\ngate: {{form: guide}}\n---\n\n{text}"))
}

fn found(text: &str) -> Vec<Code> {
    let options = Options { edition: None, base_url: None, unpublished: crate::site::Unpublished::Hide };
    let found = build::check(&site(text), &options, Advice::ErrorsOnly);
    found.sorted().into_iter().map(|found| found.code).collect()
}

fn public(text: &str) -> String {
    file(&linked(&site(text), "public"), "insights/a/index.html").expect("a page")
}

#[test]
fn what_the_open_text_takes_from_the_gated_part_is_told() {
    for text in [
        "a[^1]\n\n<!-- gate -->\n\nb\n\n[^1]: n\n",
        "a[^A]\n\n<!-- gate -->\n\nb\n\n[^a]: n\n",
        "a[^1]\n\n[^1]: n[^2]\n\n<!-- gate -->\n\nb\n\n[^2]: m\n",
        "a\n\n<!-- gate -->\n\nb\n\n[^1]: n\n\n<!-- /gate -->\n\nc[^1]\n",
        "a [x]\n\n<!-- gate -->\n\nb\n\n[x]: https://x.example/\n",
        "a [ß][]\n\n<!-- gate -->\n\nb\n\n[SS]: https://x.example/\n",
        "a [x][Å  ä]\n\n<!-- gate -->\n\nb\n\n[å Ä]: https://x.example/\n",
        "a ![x][y]\n\n<!-- gate -->\n\nb\n\n[y]: https://x.example/y.png\n",
        "a [![x][y]](https://x.example/)\n\n<!-- gate -->\n\nb\n\n[y]: https://x.example/y.png\n",
        "## A [x]\n\na\n\n<!-- gate -->\n\n- > b\n  >\n  > [x]: https://x.example/\n",
        "> a [x][y\n> z]\n\n<!-- gate -->\n\nb\n\n[y z]: https://x.example/\n",
        "a[^1]\n\n[^1]: n [x]\n\n<!-- gate -->\n\nb\n\n[x]: https://x.example/\n",
    ] {
        let found = found(text);
        assert!(
            !found.is_empty() && found.iter().all(|code| *code == Code::GatedDefinition),
            "{text}: {found:?}"
        );
    }
}

#[test]
fn what_only_the_gated_part_uses_is_nobodys_mistake() {
    for text in [
        "a[^1]\n\n[^1]: n\n\n<!-- gate -->\n\nb[^1]\n",
        "a\n\n[^1]: n\n\n<!-- gate -->\n\nb[^1]\n",
        "a[^1] [x]\n\n<!-- gate -->\n\nb[^1] [x]\n\n<!-- /gate -->\n\n[^1]: n\n\n[x]: https://x.example/\n",
        "a [x]\n\n[x]: https://x.example/\n\n<!-- gate -->\n\nb\n\n[x]: https://y.example/\n",
        "a\n\n[x]: https://x.example/\n\n<!-- gate -->\n\nb [x] [y]\n\n[y]: https://y.example/\n",
    ] {
        let page = public(text);
        assert!(!page.contains("y.example"), "{text}");
        assert_eq!(found(text), [], "{text}");
    }
}
