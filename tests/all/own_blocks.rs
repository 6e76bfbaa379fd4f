//! Blocks of a site's own: a template in the theme, with declared parameters.

use crate::support::Site;

fn site() -> Site {
    let article = |title: &str, text: &str| format!("---\ntitle: {title}\ndate: 2026-01-05\n---\n{text}\n");
    Site::empty()
        .with("ringback.yaml", "title: Test\nbase_url: https://example.org/\ntheme: fjord\nchecks: off\n")
        .with("themes/ringback/blocks/price.html", "old\n")
        .with("themes/fjord/blocks/price.html", "<b>{{ title }}: {{ amount }}</b>{{ text }}\n")
        .with(
            "themes/fjord/blocks/price.yaml",
            "parameters:\n  amount: {type: number, required: true}\n  per: {type: choice, options: [month, year]}\n  \
             big: {type: boolean}\n  buy: {type: link}\n  photo: {type: image}\n",
        )
        .with("themes/fjord/blocks/price.css", "b { color: red }\n")
        .with("themes/fjord/blocks/plain-one.html", "<i>{{ text }}</i>\n")
        .with("themes/fjord/blocks/tip.html", "<u>{{ title }}</u>")
        .with("themes/fjord/blocks/offer.html", "<s>{{ title }}</s>")
        .with("content/insights/d.md", article("D", "> [!hint] Own\n>\n> More.\n\n> [!TIP]\n> Two.\n\n> [!offer] guide\n"))
        .with("content/insights/a.md", article("A", "> [!PRICE] All\n> - amount: 5\n"))
        .with("content/insights/b.md", article("B", "> [!plain-one]\n> Only text.\n"))
}

/// What `check` tells, a line each: place, code and message.
fn check_messages(site: &Site) -> String {
    let all = site.run(&["check"]).stderr;
    let lines: Vec<&str> = all.lines().collect();
    let pairs = lines.windows(2).filter_map(|pair| Some((pair[0], pair[1].trim().strip_prefix("--> ")?)));
    pairs.map(|(what, place)| format!("{place}: {what}\n")).collect()
}

#[test]
fn the_last_theme_shows_a_block_and_only_its_pages_load_its_style_sheet() {
    let site = site();
    site.build();
    let page = |name: &str| site.read(&format!("public/insights/{name}/index.html"));
    assert!(page("a").contains("<b>All: 5</b>"), "{}", page("a"));
    assert!(page("b").contains("<i><p>Only text.</p></i>"), "{}", page("b"));
    assert!(page("a").contains("/assets/blocks/price.") && !page("b").contains("/assets/blocks/"));
    let replaced = page("d");
    for made in ["<u>Own</u>", "<u></u>", "<s>guide</s>"] {
        assert!(replaced.contains(made), "{made}: {replaced}");
    }
    // Neither templates nor parameters are published.
    let files = std::fs::read_dir(site.path("public/assets/blocks")).expect("a folder");
    assert_eq!(files.count(), 1);
}

#[test]
fn what_is_wrong_in_a_use_of_a_block_is_told_at_its_place() {
    let wrong = |text: &str| {
        let site = site().with("content/insights/c.md", format!("---\ntitle: C\n---\n{text}\n"));
        check_messages(&site)
    };
    for (text, expected) in [
        ("> [!pricee] A\n> - amount: 5\n", &["4:5: warning[unknown-block]: there is no block `pricee`"][..]),
        ("> [!price] A\n", &["4:5: error[missing-key]: the block `price` needs `amount`"]),
        ("> [!price] A\n> - amount:\n", &["4:5: error[missing-key]"]),
        (
            "> [!price] A\n> - amount: five\n",
            &["5:3: error[wrong-type]: `five` isn't what `amount` takes: expected a number"],
        ),
        ("> [!price] A\n> - amount: NaN\n", &["error[wrong-type]"]),
        (
            "> [!price] A\n> - amount: 5\n> - ammount: 6\n",
            &["6:3: error[unknown-key]: the block `price` has no parameter `ammount`"],
        ),
        ("> [!price] A\n> - amount: 5\n> - Amount: 6\n", &["6:3: error[duplicate-key]"]),
        (
            "> [!price] A\n> - amount: 5\n> - something else\n",
            &["6:3: error[unknown-key]: the parameters of `[!price]` are"],
        ),
        (
            "> [!price] A\n> - amount: 5\n> - per: week\n",
            &["6:3: error[wrong-type]: `week` isn't what `per` takes: expected `month` or `year`"],
        ),
        ("> [!price] A\n> - amount: 5\n> - big: yes\n", &["error[wrong-type]"]),
        ("> [!price] A\n> - amount: 5\n> - buy: /x/\n", &["expected a link"]),
        ("> [!price] A\n> - amount: 5\n> - photo: x.png\n", &["expected an image"]),
        (
            "> [!plain-one] A\n> - amount: 5\n",
            &["5:3: error[unknown-key]: the block `plain-one` has no parameter `amount`"],
        ),
        ("> [!price] A\n> - amount: 5\n>\n> Text.\n>\n> - a list: of the author\n", &[]),
        ("> [!plain-one] A\n> Text.\n> - x: 5\n", &[]),
    ] {
        let told = wrong(text);
        assert_eq!(told.lines().count(), expected.len(), "{text}{told}");
        for expected in expected {
            assert!(told.contains(expected), "{text}{told}");
        }
    }
}

#[test]
fn what_is_wrong_with_a_block_is_told_in_its_file() {
    let wrong = |files: &[(&str, &str)]| {
        let site = files
            .iter()
            .fold(site(), |site, (file, text)| site.with(&format!("themes/fjord/blocks/{file}"), *text));
        check_messages(&site)
    };
    for (files, expected) in [
        (
            &[("My Box.html", "x")][..],
            "My Box.html: error[invalid-value]: `My Box` can't be the name of a block",
        ),
        (&[("lone.yaml", "parameters: {}\n")], "lone.yaml: error[missing-file]"),
        (&[("plain-one.yaml", "parameter: {}\n")], "plain-one.yaml:1:1: error[unknown-key]"),
        (
            &[("plain-one.yaml", "parameters: {a: {type: date}}\n")],
            "plain-one.yaml:1:24: error[invalid-value]",
        ),
        (
            &[("plain-one.yaml", "parameters: {title: {}}\n")],
            "plain-one.yaml:1:14: error[invalid-value]: `title`",
        ),
        (&[("plain-one.yaml", "parameters: {a: {type: choice}}\n")], "error[missing-key]"),
        (
            &[("plain-one.yaml", "parameters: {a: {options: [x]}}\n")],
            "error[invalid-value]: only a parameter",
        ),
        (&[("plain-one.yaml", "parameters: {a: {type: number, default: x}}\n")], "1:41: error[wrong-type]"),
        (
            &[("plain-one.yaml", "parameters: {a: {required: true, default: x}}\n")],
            "a required parameter can't have",
        ),
        (&[("plain-one.html", "{{ nothing.at_all }}\n")], "plain-one.html:1:4: error[template-failed]"),
        (&[("plain-one.html", "{% if %}\n")], "plain-one.html:1:7: error[template-syntax]"),
        (
            &[("plain-one.html", "<script src=\"https://a.example/x.js\"></script>\n")],
            "plain-one.html:1:14: error[undeclared-host]",
        ),
    ] {
        let told = wrong(files);
        assert!(told.contains(expected), "{files:?}: {told}");
    }
}
