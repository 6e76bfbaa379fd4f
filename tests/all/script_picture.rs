//! The picture of a call script on its page.

use crate::support::Site;

const CONFIG: &str = "title: Test
base_url: https://example.org/blog/
checks: off
editions: {team: {output: team, audiences: [public, team]}}
";

const OPENER: &str = "---
title: Opener
outcomes: {closed: {label: 'Closed <i>&'}}
---
## Opener `<script>alert(1)</script>` \"&\"

> Hello.

- \"Yes\" `</title><b>` → [Fråga](#fraga)
- \"No\" → [Busy](#objection-busy)
- Somebody else → [Voicemail](voicemail.md#voicemail)
- Ja

  > Oh.

  - Well → [Fråga](#fraga)
  - No → [Closed](outcome:closed)

## Fråga

> What happened?

- They tell → [Closed](outcome:closed)
- They ask → [Again](#fraga)

## Objection: Busy

### Reply 1: Later

> When?

- A time → [Closed](outcome:closed)
";

const VOICEMAIL: &str = "---
title: When nobody answers
outcomes: {closed: {label: Closed}}
---
## Voicemail (5s)

> Hello, goodbye.

→ [Closed](outcome:closed)
";

fn page() -> String {
    let site = Site::new()
        .with("ringback.yaml", CONFIG)
        .with("content/scripts/opener.md", OPENER)
        .with("content/scripts/voicemail.md", VOICEMAIL);
    site.build();
    site.read("team/scripts/opener/index.html")
}

fn picture(page: &str) -> &str {
    let start = page.find("<svg class=\"call-map\"").expect("a picture");
    &page[start..start + page[start..].find("</svg>").expect("an end")]
}

/// The values of an attribute.
fn values<'t>(text: &'t str, attribute: &str) -> Vec<&'t str> {
    let before = format!(" {attribute}=\"");
    text.split(before.as_str()).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn no_text_of_a_script_is_markup_in_its_picture() {
    let page = page();
    let picture = picture(&page);
    assert!(picture.contains("&lt;script&gt;alert(1)"), "{picture}");
    assert!(picture.contains("Closed &lt;i&gt;&amp;"), "{picture}");
    for markup in ["<script", "<b>", "<i>", "<style", " style=", " onclick"] {
        assert!(!picture.contains(markup), "{markup} in {picture}");
    }
    // What is opened is closed again, in order.
    let mut open: Vec<&str> = Vec::new();
    for tag in picture.split('<').skip(1) {
        let tag = &tag[..tag.find('>').expect("an end")];
        let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap_or_default();
        if tag.starts_with('/') {
            assert_eq!(open.pop(), Some(name), "{tag}");
        } else if !tag.ends_with('/') {
            open.push(name);
        }
    }
    assert_eq!(open, ["svg"]);
}

#[test]
fn every_card_and_sign_leads_somewhere() {
    let page = page();
    let ids = values(&page, "id");
    let links = values(picture(&page), "href");
    for id in links.iter().filter_map(|link| link.strip_prefix('#')) {
        assert!(ids.contains(&id), "{id} is not in {ids:?}");
    }
    let count = |link: &str| links.iter().filter(|found| **found == link).count();
    assert_eq!(count("/blog/scripts/voicemail/#voicemail"), 1);
    // The card, two answers, and the one that asks again.
    assert_eq!(count("#fraga"), 4);
    assert_eq!(count("#reply-1-later"), 1);
    // Three answers, and the foot.
    assert_eq!(count("#outcome:closed"), 4);
    let lines = picture(&page).matches("<path class=\"line").count();
    assert_eq!((lines, picture(&page).matches("class=\"tip\"").count()), (3, 1));
    assert!(picture(&page).contains(">Voicemail</text>"), "a step of another script has its own name");
}
