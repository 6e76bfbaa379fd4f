//! What a site's look can be without a style sheet of its own: `theme.yaml`, menus, and the templates that a page names.

use std::path::Path;

use crate::support::html::inside;
use crate::support::{CONFIG, NO_ADVICE, Site, tree};

fn site() -> Site {
    let menus = "organization: {name: Fjord AS, email: hello@fjord.example, phone: \"+46 8 465 004 10\", same_as: [\"https://no.linkedin.com/company/fjord\", \"https://fjord.social/@us\"]}\n\
                 menus:\n  main: [{page: pages/about}]\n  action: [{page: pages/ask}]\n  footer:\n    - {label: Read, children: [{page: pages/about}]}\n    - {page: pages/ask}\n";
    let form = "title: Ask\nsubmit: Send\nwebhook: crm\nfields: [{id: email, type: email, label: Email, required: true}]\n";
    Site::empty()
        .with("ringback.yaml", format!("{CONFIG}{NO_ADVICE}{menus}webhooks: {{crm: {{kind: json, url: \"https://hooks.example/\"}}}}\n"))
        .with("content/_index.md", "---\ntitle: Home\ndescription: We answer.\n---\n\nWelcome.\n")
        .with("content/forms/ask.yaml", form)
        .with("content/insights/alpha.md", "---\ntitle: Alpha\ndescription: The first.\ndate: 2026-01-02\n---\n\nText.\n")
        .with("content/insights/beta.md", "---\ntitle: Beta\ndescription: The second.\ndate: 2026-01-03\n---\n\nText.\n")
        .with("content/pages/about.md", "---\ntitle: About\ndescription: Who we are.\n---\n\nText.\n")
        .with(
            "content/pages/ask.md",
            "---\ntitle: Ask us\ndescription: An hour.\ntemplate: landing.html\ncall_to_action: {form: ask, label: Ask for it}\n---\n\n## Why {role=columns}\n\n### One\n\nText.\n\n### Two\n\nText.\n",
        )
}

#[test]
fn a_landing_page_has_one_way_on() {
    let site = site();
    site.build();
    let page = site.read("public/ask/index.html");
    assert_eq!(page.matches("<form id=").count(), 1, "{page}");
    assert!(!page.contains("id=\"menu\"") && !page.contains("class=\"call\""), "{page}");
    assert!(page.contains("<a class=\"button action\" href=\"#ask\">Ask for it</a>"), "{page}");
    let form = page.find("<form id=").unwrap();
    assert!(form < page.find("block-columns").unwrap(), "the form is beside the title");
    // Elsewhere, everything is there.
    let about = site.read("public/about/index.html");
    assert!(about.contains("id=\"menu\"") && about.contains("class=\"call\""), "{about}");
}

#[test]
fn the_header_has_one_filled_button_and_the_footer_columns() {
    let site = site();
    site.build();
    let page = site.read("public/about/index.html");
    let (top, foot) = (page.split("<main").next().unwrap(), page.split("<footer").nth(1).unwrap());
    assert_eq!(top.matches("class=\"button action\"").count(), 1, "{top}");
    assert!(top.contains("href=\"/ask/\" data-cta=\"header\">Ask us</a>"), "{top}");
    assert!(top.contains("<a class=\"ring\" href=\"tel:+46846500410\">"), "{top}");
    assert!(foot.contains("<nav aria-label=\"Read\">") && foot.contains(">LinkedIn</a>"), "{foot}");
    assert!(foot.contains(">fjord.social</a>"), "{foot}");
    let config = site.read("ringback.yaml").replace("  action: [{page: pages/ask}]\n", "");
    let site = site.with("ringback.yaml", config);
    site.build();
    let page = site.read("public/about/index.html");
    let top = page.split("<main").next().unwrap();
    assert!(top.contains("<a class=\"ring button action\" href=\"tel:+46846500410\">"), "{top}");
}

#[test]
fn a_brand_needs_no_style_sheet() {
    let theme = "colors: {light: {accent: navy}}\ndark: false\nmotif: none\nwidth: 60rem\nlogo: {light: img/logo.svg, dark: img/white.svg}\n\
                 icon: img/logo.svg\nfonts: {text: fonts/acme.woff2}\nhome: [text, latest]\narticle: {sharing: false, reading_time: false}\n";
    let site = site()
        .with("themes/ringback/theme.yaml", theme)
        .with(
            "themes/ringback/img/logo.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 4 1\"/>",
        )
        .with(
            "themes/ringback/img/white.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 2 1\"/>",
        )
        .with("themes/ringback/fonts/acme.woff2", "wOF2");
    site.build();
    let home = site.read("public/index.html");
    assert!(home.starts_with("<!doctype html>\n<html lang=\"en\" data-scheme=\"light\">"), "{home}");
    assert!(home.contains("<meta name=\"color-scheme\" content=\"light\">"), "{home}");
    assert!(home.contains("rel=\"icon\" href=\"/assets/img/logo."), "{home}");
    assert!(!home.contains("/assets/img/white."), "there is no dark ground for it: {home}");
    assert!(!home.contains("class=\"wrap front") && home.contains("id=\"latest\""), "{home}");
    let preloaded: Vec<&str> = home.lines().filter(|line| line.contains("rel=\"preload\"")).collect();
    assert_eq!(preloaded.len(), 2, "{preloaded:?}");
    assert!(preloaded[0].contains("young-serif.") && preloaded[1].contains("/fonts/acme."), "{preloaded:?}");
    let sheet = home.split("/assets/css/theme.").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    let css = site.read(&format!("public/assets/css/theme.{sheet}"));
    assert!(css.contains("src:url(\"../fonts/acme.") && css.contains("--width:60rem"), "{css}");
    assert!(css.contains("--accent:navy;") && !css.contains("prefers-color-scheme"), "{css}");
    let article = site.read("public/insights/alpha/index.html");
    let head = inside(&article, "<div class=\"byline\">", "</div>");
    assert!(!article.contains("class=\"sharing") && !head.contains("minute"), "{article}");
}

/// A page that invites to something on this day.
fn event(day: &str) -> String {
    format!(
        "---\ntitle: Prices\ndescription: We write, together; bring a quote.\ntemplate: landing.html\n\
         event: {{start: {day} 10:00, minutes: 45, time_zone: Europe/Oslo, speakers: anna, recording: insights/alpha}}\n\
         call_to_action: {{form: ask, label: Keep a place}}\n---\n\n\
         ## What you get {{role=benefits}}\n\n### A page {{icon=document}}\n\nText.\n\n### Words\n\nText.\n"
    )
}

#[test]
fn an_invitation_has_a_time_a_calendar_entry_and_people_until_it_is_over() {
    let site = site()
        .with("content/people/anna.md", "---\ntitle: Anna Berg\nrole: Founder\n---\nWrites.\n")
        .with("content/pages/prices.md", event("2999-07-03"));
    site.build();
    let page = site.read("public/prices/index.html");
    for part in [
        "<time datetime=\"2999-07-03T10:00:00+02:00\"><b>Wednesday July 3, 2999</b>\n<span>10:00–10:45 CEST</span></time>",
        "<a href=\"/prices/event.ics\">Add to your calendar</a>",
        "<a class=\"name\" href=\"/people/anna/\">Anna Berg</a><p class=\"fine\">Founder</p>",
        "\"startDate\":\"2999-07-03T10:00:00+02:00\"",
        "https://schema.org/OnlineEventAttendanceMode",
        "<div class=\"block-part\">\n<svg class=\"icon\" viewBox=\"0 0 24 24\" aria-hidden=\"true\"><path d=\"M6 3.5",
        "/css/event.",
        "<form id=",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
    assert_eq!(page.matches("class=\"icon\"").count(), 1, "{page}");
    let entry = site.read("public/prices/event.ics");
    assert!(entry.contains("\r\nDTSTART:29990703T080000Z\r\nDTEND:29990703T084500Z\r\n"), "{entry}");
    assert!(entry.contains("DESCRIPTION:We write\\, together\\; bring a quote.\\n\\nhttps://"), "{entry}");
    // Afterwards nobody can sign up, and the recording takes the form's place.
    site.write("content/pages/prices.md", event("2001-07-03"));
    site.build();
    let page = site.read("public/prices/index.html");
    assert!(
        page.contains("<a class=\"button action\" href=\"/insights/alpha/\" data-cta=\"recording\">"),
        "{page}"
    );
    assert!(!page.contains("<form id=") && !page.contains("\"@type\":\"Event\""), "{page}");
    assert!(!page.contains("event.ics") && !site.path("public/prices/event.ics").exists(), "{page}");
}

/// A site of `tests/fixtures/companies`, built.
fn company(name: &str) -> Site {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/companies").join(name);
    let files = tree(&folder);
    let theirs = files.keys().filter_map(|path| path.strip_prefix("themes/ringback/"));
    let is_setting =
        |path: &str| path == "theme.yaml" || path.starts_with("img/") || path.starts_with("fonts/");
    assert!(
        theirs.clone().all(is_setting),
        "{name} has more than settings: {:?}",
        theirs.collect::<Vec<_>>()
    );
    let site = files.into_iter().fold(Site::empty(), |site, (path, bytes)| site.with(&path, bytes));
    site.build();
    site
}

#[test]
fn three_companies_need_only_settings_and_texts() {
    let looks = ["halyard", "ovnen", "tallbacken"].map(|name| {
        let site = company(name);
        let home = site.read("public/index.html");
        let sheet = home.split("/assets/css/theme.").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
        let css = site.read(&format!("public/assets/css/theme.{sheet}"));
        (site, home, css)
    });
    let [(halyard, home, css), ..] = &looks;
    assert!(css.contains(".front > div{display:grid;justify-items:center"), "{css}");
    assert!(home.contains("class=\"lead-picture\"") && !home.contains("class=\"lead-story\""), "{home}");
    let at = |part: &str| home.find(part).unwrap_or_else(|| panic!("{part} in {home}"));
    let order = [
        "block-logos",
        "block-benefits",
        "id=\"chosen\"",
        "id=\"latest\"",
        "block-faq",
        "class=\"newsletter\"",
    ];
    assert!(order.is_sorted_by_key(|part| at(part)), "{home}");
    assert_eq!(home.matches("<form id=").count(), 1, "{home}");
    // The footer has the form where the page doesn't: not on a landing page, nor on the form's own page.
    let forms = |path: &str| halyard.read(path).matches("<form id=\"form-letter\"").count();
    let pages =
        ["public/insights/queue/index.html", "public/visit/index.html", "public/thanks/letter/index.html"];
    assert_eq!(pages.map(forms), [1, 0, 0]);
    // One file is every icon.
    let icons: Vec<&str> = home
        .lines()
        .filter(|line| line.starts_with("<link rel=\"icon") || line.starts_with("<link rel=\"apple"))
        .collect();
    assert_eq!(icons.len(), 2, "{icons:?}");
    for (icon, side) in icons.iter().zip([96, 180]) {
        let path = icon.split("href=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
        let file = std::fs::File::open(halyard.path(&format!("public{path}"))).expect("the icon");
        let png = png::Decoder::new(std::io::BufReader::new(file)).read_info().expect("a PNG");
        assert_eq!((png.info().width, png.info().height), (side, side), "{icon}");
    }
    let [_, (_, home, css), (_, last, filled)] = &looks;
    assert!(
        css.contains(".lead-picture{order:-1}") && css.contains(".masthead{justify-content:center"),
        "{css}"
    );
    assert!(
        home.contains("data-scheme=\"light\"") && !css.contains(".top{border-color:transparent"),
        "{home}"
    );
    assert!(
        filled.contains(".top{border-color:transparent") && filled.contains("--heading-weight:700"),
        "{filled}"
    );
    assert!(!last.contains("class=\"entries trio\"") && !last.contains("class=\"blank\""), "{last}");
    // What a word asks for is a part of the one style sheet, and no file of its own.
    assert!(!halyard.path("public/assets/css/shape").exists());
}

#[test]
fn the_theme_plain_has_every_section_at_the_side() {
    let site = site();
    let with_menu = format!("{}theme: plain\n", site.read("ringback.yaml"));
    let without = with_menu.replace("  main: [{page: pages/about}]\n", "");
    let site = site
        .with("ringback.yaml", without)
        .with("themes/ringback/css/custom.css", "h1 { color: red }\n")
        .with("themes/plain/theme.yaml", "contract: 1\nsidebar: true\nradius: 0\n");
    site.build();
    let page = site.read("public/insights/alpha/index.html");
    let side = inside(&page, "<nav id=\"menu\" class=\"side\"", "</nav>");
    for part in [
        "<li><a href=\"/about/\">About</a></li>",
        "<h2><a href=\"/insights/\">Insights</a></h2>",
        "<li><a href=\"/insights/beta/\">Beta</a></li>",
        "<li><a href=\"/insights/alpha/\" aria-current=\"page\">Alpha</a></li>",
    ] {
        assert!(side.contains(part), "{part} in {side}");
    }
    // Pages that ads lead to are none of the site's sections, and have no bar.
    assert!(!side.contains("/ask/"), "{side}");
    assert!(!site.read("public/ask/index.html").contains("class=\"side\""));
    // The theme's sheet follows that of all themes; the site's own has the last word.
    let at = |part: &str| page.find(part).unwrap_or_else(|| panic!("{part} in {page}"));
    let sheets = ["/css/main.", "/css/look.", "/css/theme.", "/css/custom."];
    assert!(sheets.is_sorted_by_key(|sheet| at(sheet)), "{page}");
    // A menu says what belongs there.
    site.write("ringback.yaml", with_menu);
    site.build();
    let page = site.read("public/insights/alpha/index.html");
    let side = inside(&page, "<nav id=\"menu\" class=\"side\"", "</nav>");
    assert!(side.contains("/about/") && !side.contains("/insights/beta/"), "{side}");
    // Without the setting, no template gets it.
    site.write("themes/plain/theme.yaml", "contract: 1\n");
    site.build();
    assert!(!site.read("public/insights/alpha/index.html").contains("<h2><a href=\"/insights/\">"));
}
