//! Emails: what of Markdown an inbox shows, and which placeholders are known.

use super::*;
use crate::testing;

fn plain(text: &str) -> String {
    let body = crate::content::markdown::parse(text, 0, &crate::content::markdown::Options::full("en"));
    plain_text(&body, &mut |link| Some(body.links[link as usize].target.clone()))
}

#[test]
fn markdown_becomes_what_an_inbox_shows() {
    let cases = [
        ("Hello {{first_name}},\n\nhow *are*\nyou?\n", "Hello {{first_name}},\n\nhow are you?"),
        ("Kind regards  \n{{rep}}\\\n{{rep_phone}}", "Kind regards\n{{rep}}\n{{rep_phone}}"),
        ("Two:\n\n- one\n- **two**\n  - three\n\nEnd", "Two:\n\n• one\n• two\n  • three\n\nEnd"),
        ("3. one\n\n   more\n\n4. two\n", "3. one\n  more\n4. two"),
        ("See [the page](https://a.example/x) now", "See the page: https://a.example/x now"),
        ("<https://a.example/x/> [a.example](https://a.example)", "https://a.example/x/ https://a.example"),
        ("> They said\n>\n> so\n", "> They said\n>\n> so\n>"),
        ("## A title\n\n![a picture](x.png)\n\nText<!-- a note -->", "A title\n\nText"),
        ("| a | b |\n|---|---|\n| c | d |\n", "a: b\nc: d"),
    ];
    for (markdown, text) in cases {
        assert_eq!(plain(markdown), text, "{markdown}");
    }
}

const SCRIPT: &str = "---\ntitle: S\nplaceholders: {topic: {label: Subject}}\noutcomes: {end: {label: End}}\n---\n\n## A (5s)\n\n> About {{topic}}.\n\n- \"Yes\" → [End](outcome:end)\n- \"No\" → [End](outcome:end)\n";

#[test]
fn names_are_an_emails_own_those_of_scripts_and_those_that_everybody_knows() {
    let mail = "---\ntitle: M\nsubject: \"{{own}} {{topic}}\"\nplaceholders: {own: {label: Mine}}\n---\n\n{{company}} {{topic}} {{rep}}, [home](../_index.md) and [elsewhere](https://b.example/)\n";
    let linked = testing::linked(
        &testing::project(|config| config.to_string())
            .with("content/scripts/s.md", SCRIPT)
            .with("content/mails/m.md", mail),
        "team",
    );
    let site = &linked.site;
    let page = site.pages().find(|page| page.meta().mail().is_some()).expect("an email");
    let read = linked.features.mails.of_page(page.id).expect("it is read");
    let names: Vec<(&str, &str)> = read.placeholders.iter().map(|each| (&*each.name, &*each.label)).collect();
    assert_eq!(names, [("own", "Mine"), ("topic", "Subject"), ("company", "Company"), ("rep", "Your name")]);
    assert!(read.text.contains("elsewhere: https://b.example/"), "{}", read.text);
    assert!(read.text.contains("home: https://"), "{}", read.text);
    let list = linked.features.mails.emit(page.lang());
    assert!(list.contains("\"key\":\"mails/m\"") && list.contains("\"label\":\"Subject\""), "{list}");
}
