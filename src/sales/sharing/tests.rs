//! Kits and reps of small sites, in both editions.

use serde_json::Value;

use super::{ShareLink, ShareOptions, ShareTemplates, qr};
use crate::build;
use crate::diag::{Code, Diagnostics};
use crate::edition::inputs::Options;
use crate::leads::gates::key::VARIABLE;
use crate::pages::linked::Edition;
use crate::project::MemoryProject;
use crate::site::{PageId, Unpublished};
use crate::testing;

const OLA: &str = "---\ntitle: Ola Dahl\nrole: Coach\nrep: true\nphone: '+46 (0)8 465 004 12'\n\
                   email: ola@example.org\nbooking: https://book.example/ola\n---\nBio.\n";

/// A site with a rep, a page behind a gate and pages around them.
fn site() -> MemoryProject {
    let mut project = testing::project(|config| {
        config.replace(
            "  team: {output: team, audiences: [public, team]}",
            "  team: {output: team, audiences: [public, team], base_url: https://team.example.org/in/}",
        )
    })
    .with("content/people/ola-dahl.md", OLA)
    .with("content/people/ola-dahl.sv.md", OLA.replace("Coach", "Säljcoach"))
    .with("content/people/kim.md", "---\ntitle: Kim Vik\nemail: kim@example.org\nphone: '112'\n---\n")
    .with("content/people/eva.md", "---\ntitle: Eva\nrep: true\naudience: team\nemail: eva@example.org\n---\n")
    .with(
        "content/insights/open.md",
        "---\ntitle: Tips {link} & <b>\n---\nA *short* text.\n\n## Key takeaways\n\n- **One** thing\n  - nested\n- Two\n- Three\n- Four\n",
    )
    .with(
        "content/insights/gated.md",
        "---\ntitle: Gated\ngate: {form: guide, key: email}\n---\nThe teaser.\n\n<!-- gate -->\n\nzqhidden text.\n\n## Key takeaways\n\n- zqhidden thing\n",
    )
    .with("content/forms/guide.yaml", testing::FORM)
    .with("content/insights/own.md", "---\ntitle: Own\naudience: team\n---\nText.\n")
    .with("content/inside/_index.md", "---\ntitle: Inside\nslug: zqinside\naudience: team\n---\n")
    .with("content/inside/deep/guest.md", "---\ntitle: Guest\naudience: public\n---\nText.\n");
    project.variables.insert(VARIABLE.into(), "0123456789abcdef0123456789abcdef".into());
    project
}

fn page(linked: &Edition, key: &str) -> PageId {
    linked.site.find(key, crate::config::LangId::new(0)).unwrap()
}

fn kit(linked: &Edition, key: &str) -> Option<super::ShareKit> {
    let page = linked.site.page(page(linked, key));
    linked.features.share.kit(&linked.site, page)
}

#[test]
fn both_editions_hand_on_the_same() {
    let project = site();
    let (public, team) = (testing::linked(&project, "public"), testing::linked(&project, "team"));
    for key in ["insights/open", "insights/gated", "inside/deep/guest"] {
        assert_eq!(kit(&public, key), kit(&team, key), "{key}");
        let page = public.site.page(page(&public, key));
        assert!(public.features.share.kit_here(&public.site, page).is_none(), "{key}");
    }
    assert_eq!(kit(&team, "insights/open").unwrap().link, "https://example.org/insights/open/");
    assert_eq!(kit(&team, "inside/deep/guest").unwrap().link, "https://example.org/inside/deep/guest/");
    for key in ["insights/own", "insights", "people/ola-dahl", ""] {
        assert_eq!(kit(&team, key), None, "{key}");
    }
}

#[test]
fn a_kit_tells_nothing_of_what_is_behind_a_gate() {
    let team = testing::linked(&site(), "team");
    let gated = kit(&team, "insights/gated").unwrap();
    assert_eq!((gated.description.as_str(), gated.takeaways.len()), ("The teaser.", 0));
    let html = testing::file(&team, "insights/gated/index.html").unwrap();
    let (_, panel) = html.split_once("<details class=\"share\"").unwrap();
    let (panel, rest) = panel.split_once("</details>").unwrap();
    assert!(!panel.contains("zqhidden") && rest.contains("zqhidden"));
    assert!(panel.contains("#unlock=gated.1."));
    let public = testing::linked(&site(), "public");
    let html = testing::file(&public, "insights/gated/index.html").unwrap();
    assert!(!html.contains("data-share") && !html.contains("#unlock") && !html.contains("team.css"));
}

#[test]
fn without_a_secret_there_is_no_key_to_hand_on() {
    let mut project = site();
    project.variables.clear();
    let mut diagnostics = Diagnostics::new();
    let loaded = build::load(&project, &mut diagnostics).unwrap();
    let options = Options { edition: None, base_url: None, unpublished: Unpublished::Hide };
    let edition = loaded.content.config.editions.iter().find(|edition| edition.name == "team").unwrap();
    let team = crate::edition::linking::link(&project, &loaded, edition, &options, &mut diagnostics);
    assert!(!diagnostics.has_errors());
    assert_eq!(kit(&team, "insights/gated").unwrap().unlock, None);
}

#[test]
fn texts_are_in_the_name_of_the_rep_and_in_the_pages_language() {
    let team = testing::linked(&site(), "team");
    let share = &team.features.share;
    let words =
        ShareTemplates::new(&|key| team.theme.word(crate::config::LangId::new(0), key).unwrap().to_string());
    let ola = &share.reps(crate::config::LangId::new(0)).unwrap()["ola-dahl"];
    let open = kit(&team, "insights/open").unwrap();
    assert_eq!(open.takeaways, ["One thing", "Two", "Three"]);
    let ask = ShareOptions { rep: Some(("ola-dahl", ola)), to: "  Kim \n Berg ", opens: ShareLink::Gate };
    let texts = open.texts(&words, ask);
    assert_eq!(texts.link, "https://example.org/insights/open/?via=ola-dahl");
    // What stands in a title is no place to fill in.
    assert_eq!(texts.subject, "Tips {link} & <b>");
    let lines = ["Hi Kim Berg,", "• One thing\n• Two\n• Three", &texts.link, "Ola Dahl\nCoach\nFjord AS"];
    for part in lines {
        assert!(texts.email.contains(part), "{part} in {}", texts.email);
    }
    assert!(
        texts
            .mailto
            .starts_with("mailto:?subject=Tips%20%7Blink%7D%20%26%20%3Cb%3E&body=Hi%20Kim%20Berg%2C%0D%0A")
    );
    // Nobody's name, no phone: the lines with them are left out.
    let texts = open.texts(&words, ShareOptions::default());
    assert!(texts.email.starts_with("Hi,\n\n") && texts.email.ends_with("\n\nFjord AS"), "{}", texts.email);
    assert!(!texts.email.contains("call me"));
    // The key goes to one person, and never into a post.
    let gated = kit(&team, "insights/gated").unwrap();
    let texts = gated.texts(&words, ask);
    let link = "https://example.org/insights/gated/?via=ola-dahl#unlock=gated.1.";
    assert!(texts.email.contains(link) && texts.sms.contains(link) && texts.link.starts_with(link));
    assert!(!texts.linkedin.contains("unlock") && !texts.linkedin_url.contains("unlock"));
    assert!(!gated.texts(&words, ShareOptions { opens: ShareLink::Form, ..ask }).email.contains("unlock"));
    let swedish =
        ShareTemplates::new(&|key| team.theme.word(crate::config::LangId::new(1), key).unwrap().to_string());
    assert!(open.texts(&swedish, ask).email.starts_with("Hej Kim Berg!\n"));
    assert_eq!(
        share.reps(crate::config::LangId::new(1)).unwrap()["ola-dahl"].role.as_deref(),
        Some("Säljcoach")
    );
}

#[test]
fn a_mail_that_no_program_takes_becomes_a_short_one() {
    let team = testing::linked(&site(), "team");
    let words =
        ShareTemplates::new(&|key| team.theme.word(crate::config::LangId::new(0), key).unwrap().to_string());
    let mut open = kit(&team, "insights/open").unwrap();
    open.description = "Длинное описание страницы. ".repeat(20);
    let texts = open.texts(&words, ShareOptions::default());
    assert!(texts.mailto.len() < 1_900 && texts.mailto.contains("insights%2Fopen"), "{}", texts.mailto);
    assert!(texts.email.contains(&open.description));
}

#[test]
fn only_reps_are_told_of_and_only_to_those_who_may_know_them() {
    for edition in ["public", "team"] {
        let linked = testing::linked(&site(), edition);
        let url = linked.features.share.reps_url(crate::config::LangId::new(0)).unwrap();
        let json = testing::file(&linked, url.trim_start_matches('/')).unwrap();
        let list: Value = serde_json::from_str(&json).unwrap();
        let reps = list["reps"].as_object().unwrap();
        assert_eq!(reps.keys().collect::<Vec<_>>(), ["ola-dahl"], "{edition}");
        let ola = &reps["ola-dahl"];
        assert_eq!((&ola["tel"], &ola["phone"]), (&"tel:+46846500412".into(), &"+46 (0)8 465 004 12".into()));
        assert_eq!(list["words"]["close"], "Close");
        assert!(testing::file(&linked, "index.html").unwrap().contains(url));
    }
}

#[test]
fn a_site_without_reps_has_no_list_and_loads_nothing() {
    let project =
        testing::project(str::to_string).with("content/insights/a.md", "---\ntitle: A\n---\nText.\n");
    let linked = testing::linked(&project, "public");
    assert_eq!(linked.features.share.reps_url(crate::config::LangId::new(0)), None);
    assert!(!testing::file(&linked, "insights/a/index.html").unwrap().contains("data-rep"));
}

#[test]
fn a_name_that_links_cannot_carry_is_reported() {
    let project = site().with("content/people/анна.md", "---\ntitle: Анна\nrep: true\n---\n");
    let mut diagnostics = Diagnostics::new();
    let loaded = build::load(&project, &mut diagnostics).unwrap();
    let options = Options { edition: None, base_url: None, unpublished: Unpublished::Hide };
    let edition = loaded.content.config.public_edition();
    let linked = crate::edition::linking::link(&project, &loaded, &edition, &options, &mut diagnostics);
    let found: Vec<Code> = diagnostics.sorted().into_iter().map(|found| found.code).collect();
    assert_eq!(found, [Code::InvalidRepId]);
    assert_eq!(linked.features.share.reps(crate::config::LangId::new(0)).unwrap().len(), 1);
}

#[test]
fn a_code_has_its_corners_and_an_edge() {
    let modules = qr::modules("https://example.org/").unwrap();
    assert_eq!(modules.len(), 25);
    let corner: String = modules[0][..8].iter().map(|dark| if *dark { '#' } else { '.' }).collect();
    assert_eq!(corner, "#######.");
    let svg = qr::svg("https://example.org/").unwrap();
    assert!(svg.contains("viewBox=\"0 0 33 33\"") && svg.contains("M4 4h1v1h-1z"));
    assert_eq!(qr::svg(&"x".repeat(2_332)), None);
}
