//! The first page of `serve`: ten steps that are ticked by what the site shows.

use crate::support::Site;
use crate::support::served::Served;

const PAGE: &str = "/.ringback/steps";

/// The numbers of the steps that are done.
fn done(html: &str) -> Vec<usize> {
    let steps = html.split("<li class=\"").skip(1).enumerate();
    steps.filter(|(_, step)| step.starts_with("done\"")).map(|(index, _)| index + 1).collect()
}

fn started(lang: &str, starter: &str) -> (Site, Served) {
    let site = Site::empty();
    let run = site.run(&["init", ".", "--lang", lang, "--starter", starter]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let served = Served::start(&site.path(""), &[]);
    (site, served)
}

#[test]
fn each_step_is_ticked_when_the_site_shows_it() {
    let (site, served) = started("en", "guide");
    let first = served.get(PAGE);
    assert_eq!((first.status, done(&first.body)), (200, Vec::new()), "{}", first.body);
    assert!(first.body.contains("class=\"next\"><details open>"), "{}", first.body);
    let waits = |steps: &[usize]| {
        served.wait(PAGE, |page| done(&page.body) == steps);
    };
    // An article that is a draft isn't written yet.
    let article = "---\ntitle: Mine\ndate: 2026-11-01\nauthors: [alex-morgan]\ncategory: calls\npersona: [buyer]\nstage: attract\n";
    site.write("content/insights/mine.md", format!("{article}draft: true\n---\nOurs.\n"));
    site.write("content/insights/seen.md", "---\ntitle: Seen\n---\nAnother.\n");
    waits(&[2]);
    site.remove("content/insights/seen.md");
    waits(&[]);
    site.write("content/insights/mine.md", format!("{article}---\nOurs.\n"));
    waits(&[2]);
    site.write("content/insights/photo.png", crate::support::png(8, 6));
    site.write(
        "content/insights/mine.md",
        format!("{article}image: {{src: photo.png, alt: A desk}}\ngate: {{form: guide}}\n---\nOurs.\n\n<!-- gate -->\n\nMore.\n"),
    );
    waits(&[2, 3, 4]);
    super::init::fill_in(&site);
    waits(&[1, 2, 3, 4]);
    site.write("themes/ringback/theme.yaml", "colors: {light: {accent: \"#7a1f3d\"}}\n");
    waits(&[1, 2, 3, 4, 6]);
    assert_eq!(site.run(&["init", ".", "--ci", "github"]).status, 0);
    let script = site.read("content/scripts/first-call.md").replace("this is {{rep}}", "{{rep}} here");
    site.write("content/scripts/first-call.md", script);
    waits(&[1, 2, 3, 4, 6, 8, 9]);
    // A lead is remembered, also when the inbox is emptied.
    let page = served.wait("/insights/mine/", |page| page.body.contains("data-lead-config>")).body;
    let json_type = [("Content-Type", "application/json")];
    let asks = crate::support::form::lead(&page).to_string();
    let lead = served.send("POST", "/.ringback/hook/crm", &json_type, &asks);
    assert!(lead.status < 300, "{}", lead.body);
    waits(&[1, 2, 3, 4, 5, 6, 8, 9]);
    assert!(served.send("POST", "/.ringback/inbox/clear", &[], "{}").status < 300);
    waits(&[1, 2, 3, 4, 5, 6, 8, 9]);
    let config = site
        .read("ringback.yaml")
        .replace("default_language: en", "languages: {en: {}, sv: {}}\ndefault_language: en");
    site.write("ringback.yaml", config);
    site.write(
        "content/insights/mine.sv.md",
        format!("{article}gate: {{form: guide}}\n---\nVår.\n\n<!-- gate -->\n\nMer.\n"),
    );
    waits(&[1, 2, 3, 4, 5, 6, 7, 8, 9]);
    assert_eq!(site.run(&["build", "--edition", "public"]).status, 0);
    waits(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    assert!(served.get(PAGE).body.contains("That was all of it."));
}

#[test]
fn it_is_in_the_language_of_the_site() {
    for (lang, starter, expected) in [
        ("en", "company-blog", "Your first ten steps"),
        ("sv", "sales-team", "Dina tio första steg"),
        ("nb", "guide", "De ti første stegene"),
        ("sv,en", "guide", "Dina tio första steg"),
    ] {
        let (_site, served) = started(lang, starter);
        let page = served.get(PAGE);
        assert!(
            page.body.contains(expected) && page.body.contains(&format!("<html lang=\"{}\">", &lang[..2]))
        );
        let expected: &[usize] = if lang.contains(',') { &[7] } else { &[] };
        assert_eq!(done(&page.body), expected, "{lang}: what init wrote is nobody's work");
    }
}

#[test]
fn a_title_is_text_and_a_site_with_mistakes_has_its_page() {
    let site = Site::empty();
    assert_eq!(site.run(&["init", ".", "--title", "<b>\"A\" & B</b>"]).status, 0);
    let served = Served::start(&site.path(""), &[]);
    let page = served.get(PAGE);
    assert!(page.body.contains("&lt;b&gt;&quot;A&quot; &amp; B&lt;/b&gt;") && !page.body.contains("<b>"));
    for file in ["steps.css", "steps.js"] {
        assert_eq!(served.get(&format!("/.ringback/{file}")).status, 200);
    }
    let broken = Site::empty().with("ringback.yaml", "title: [\n");
    let served = Served::start(&broken.path(""), &[]);
    let page = served.get(PAGE);
    assert!(page.status == 200 && done(&page.body).is_empty(), "{}", page.body);
}
