//! Social cards: where there is one, what is on it, that nothing closed is, and that none is drawn twice.

use std::collections::BTreeMap;
use std::fs;

use ringback::build;
use ringback::diag::Diagnostics;
use ringback::edition::inputs::Options;
use ringback::edition::linking;
use ringback::pages::linked::Edition;
use ringback::project::MemoryProject;
use ringback::publishing::cards::design::Part;
use ringback::site::Unpublished;

use crate::support::{self, CONFIG, FORM, Site, WEBHOOK};

const ARTICLE: &str = "---\ntitle: The empty CRM\ndate: 2026-01-02\nauthors: [anna]\n---\n\nWords.\n\n\
    ## Key takeaways\n\n- Nobody fills in what nobody reads.\n- Ask.\n";
const ANNA: &str = "---\ntitle: Anna Berg\nrole: Founder\n---\n\nShe sells.\n";

fn site() -> Site {
    Site::new().with("content/insights/crm.md", ARTICLE).with("content/people/anna.md", ANNA)
}

/// The values of Open Graph and of X in a page.
fn metas(html: &str) -> BTreeMap<String, String> {
    let tags = html.split("<meta ").skip(1).filter_map(|tag| {
        let name =
            tag.strip_prefix("property=\"").or_else(|| tag.strip_prefix("name=\""))?.split('"').next()?;
        let value = tag.split("content=\"").nth(1)?.split('"').next()?;
        Some((name.to_string(), value.to_string()))
    });
    tags.collect()
}

/// Width and height of a PNG that is sound from its beginning to its end.
fn size(png: &[u8]) -> (u32, u32) {
    assert!(png.starts_with(b"\x89PNG\r\n\x1a\n") && png.ends_with(b"IEND\xaeB`\x82"));
    let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().expect("four bytes"));
    (number(16), number(20))
}

fn linked(project: &MemoryProject, edition: &str, unpublished: Unpublished) -> Edition {
    let mut diagnostics = Diagnostics::new();
    let loaded = build::load(project, &mut diagnostics).expect("a configuration");
    let options = Options { edition: None, base_url: None, unpublished };
    let edition =
        loaded.content.config.editions.iter().find(|found| found.name == edition).expect("the edition");
    linking::link(project, &loaded, edition, &options, &mut diagnostics)
}

/// The cards of an edition: path of the page, and what is on each.
fn cards(project: &MemoryProject, edition: &str, unpublished: Unpublished) -> BTreeMap<String, String> {
    let linked = linked(project, edition, unpublished);
    let site = &linked.site;
    let text = |text: &ringback::publishing::cards::CardText| {
        let parts = Part::ALL.iter().filter_map(|part| text.part(*part));
        parts.collect::<Vec<_>>().join(" | ")
    };
    let cards = site
        .pages()
        .filter_map(|page| Some((page.url.clone(), text(&linked.features.cards.card(site, page.id)?.text))));
    cards.collect()
}

#[test]
fn a_page_without_an_image_has_a_card() {
    let site = site();
    site.build();
    let metas = metas(&site.read("public/insights/crm/index.html"));
    let address = &metas["og:image"];
    let (path, version) = address.split_once("?v=").expect("a version");
    assert_eq!(path, "https://example.org/cards/insights/crm.png");
    assert_eq!(version.len(), 10, "{version}");
    assert_eq!((metas["og:image:width"].as_str(), metas["og:image:height"].as_str()), ("1200", "630"));
    assert_eq!(metas["og:image:alt"], "The empty CRM – Test");
    assert_eq!(metas["twitter:card"], "summary_large_image");
    let file = fs::read(site.path("public/cards/insights/crm.png")).unwrap();
    assert_eq!(size(&file), (1200, 630));
    assert!(file.len() < 45_000, "{} bytes", file.len());
    // Search engines get it, too; but it is no picture of a person.
    assert!(site.read("public/insights/crm/index.html").contains(&format!("\"url\":\"{address}\"")));
    assert!(!site.read("public/people/anna/index.html").contains("\"image\":"));
    assert!(
        site.path("public/cards/people/anna.png").exists() && site.path("public/cards/index.png").exists()
    );
}

#[test]
fn its_address_stays_and_its_version_changes_with_what_is_on_it() {
    let site = site();
    let version = || {
        site.build();
        metas(&site.read("public/insights/crm/index.html"))["og:image"].clone()
    };
    let first = version();
    // What isn't on it changes nothing.
    site.write("content/insights/crm.md", ARTICLE.replace("Words.", "Other words."));
    assert_eq!(version(), first);
    let changes = [
        ("content/insights/crm.md", ARTICLE.replace("The empty CRM", "The full CRM")),
        ("content/insights/crm.md", ARTICLE.replace("nobody reads", "somebody reads")),
        ("content/people/anna.md", ANNA.replace("Founder", "Owner")),
        ("ringback.yaml", CONFIG.replace("Test", "Another")),
        ("themes/ringback/theme.yaml", "colors: {light: {accent: \"#123456\"}}\n".to_string()),
        ("themes/ringback/cards/card.yaml", card().replace("sizes: [27]", "sizes: [26]")),
    ];
    let mut seen = vec![first];
    for (path, text) in changes {
        site.write(path, text);
        let next = version();
        assert!(!seen.contains(&next), "{path}");
        assert_eq!(next.split('?').next(), seen[0].split('?').next());
        seen.push(next);
    }
}

/// The built-in description of cards.
fn card() -> String {
    fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/themes/ringback/cards/card.yaml"))
        .expect("a file")
}

const RED: [u8; 3] = [200, 40, 40];
const BLUE: [u8; 3] = [40, 60, 200];

/// A photo whose left half is red, and whose right half is blue.
fn halves(width: u16, height: u16) -> Vec<u8> {
    let row = (0..width).flat_map(|x| if x < width / 2 { RED } else { BLUE });
    let rgb: Vec<u8> = (0..height).flat_map(|_| row.clone()).collect();
    let mut out = Vec::new();
    let encoder = jpeg_encoder::Encoder::new(&mut out, 90);
    encoder.encode(&rgb, width, height, jpeg_encoder::ColorType::Rgb).expect("a photo");
    out
}

/// The colour of a point of a card, as the nearest of those that the tests draw.
fn color(site: &Site, card: &str, (x, y): (u32, u32)) -> &'static str {
    let bytes = fs::read(site.path(&format!("public/cards/{card}.png"))).expect("a card");
    assert!(bytes.len() < 60_000, "{card}: {} bytes", bytes.len());
    let mut decoder = png::Decoder::new(std::io::Cursor::new(bytes));
    decoder.set_transformations(png::Transformations::EXPAND);
    let mut reader = decoder.read_info().expect("a PNG");
    let mut pixels = vec![0; reader.output_buffer_size().expect("a size")];
    reader.next_frame(&mut pixels).expect("pixels");
    let at = ((y * 1200 + x) * 3) as usize;
    let far = |color: [u8; 3]| -> u32 {
        color.iter().zip(&pixels[at..at + 3]).map(|(a, b)| u32::from(a.abs_diff(*b))).sum()
    };
    let known = [("red", RED), ("blue", BLUE), ("paper", [0xfb, 0xf8, 0xf1]), ("green", [0x0b, 0x5d, 0x4e])];
    known.into_iter().min_by_key(|(_, color)| far(*color)).expect("a colour").0
}

#[test]
fn the_face_on_a_card_is_what_its_photographer_means() {
    let site = site();
    site.build();
    let version = || metas(&site.read("public/insights/crm/index.html"))["og:image"].clone();
    let (by, own) = ((80 + 30, 488 + 44), (820 + 150, 166 + 150));
    let without =
        (version(), color(&site, "insights/crm", (80 + 70, 488 + 70)), color(&site, "people/anna", own));
    assert_eq!((without.1, without.2), ("paper", "paper"));
    site.write("content/people/anna.jpg", halves(900, 600));
    let anna = |photo: &str| ANNA.replace("role:", &format!("photo: {photo}\nrole:"));
    let mut seen = vec![without.0];
    for (focus, is) in [("0% 50%", "red"), ("100% 50%", "blue")] {
        site.write("content/people/anna.md", anna(&format!("{{src: anna.jpg, focus: {focus}}}")));
        site.build();
        assert_eq!(color(&site, "insights/crm", by), is, "{focus}");
        assert_eq!(color(&site, "people/anna", own), is, "{focus}");
        // It is round.
        assert_eq!(color(&site, "insights/crm", (82, 490)), "paper");
        assert!(!seen.contains(&version()));
        seen.push(version());
    }
    // What is shown of a person elsewhere is their card; search engines get the photo.
    let page = site.read("public/people/anna/index.html");
    assert!(metas(&page)["og:image"].contains("/cards/people/anna.png?v="), "{page}");
    assert!(page.contains("\"url\":\"https://example.org/assets/pictures/anna-"), "{page}");
    // Another photo under the same name is another card, and what is kept is used.
    site.write("content/people/anna.jpg", halves(902, 600));
    site.build();
    assert!(!seen.contains(&version()));
    let first = fs::read(site.path("public/cards/insights/crm.png")).unwrap();
    fs::remove_dir_all(site.path(".ringback")).unwrap();
    fs::remove_dir_all(site.path("public")).unwrap();
    site.build();
    assert!(first == fs::read(site.path("public/cards/insights/crm.png")).unwrap());
    // Nor is there a card where there are none.
    site.write("ringback.yaml", format!("{CONFIG}cards: false\n"));
    site.build();
    let page = site.read("public/people/anna/index.html");
    assert!(metas(&page)["og:image"].contains("/assets/pictures/anna-"), "{page}");
}

#[test]
fn a_card_can_lie_on_a_picture() {
    let site = site();
    let version = || {
        site.build();
        metas(&site.read("public/insights/crm/index.html"))["og:image"].clone()
    };
    let plain = version();
    site.write("themes/ringback/cards/card.yaml", format!("background: wall.jpg\n{}", card()));
    site.write("themes/ringback/cards/wall.jpg", halves(1500, 700));
    let pictured = version();
    assert_ne!(plain, pictured);
    assert_eq!(color(&site, "insights/crm", (60, 20)), "red");
    assert_eq!(color(&site, "insights/crm", (1190, 20)), "blue");
    // What is drawn lies on it, and the file itself isn't published.
    assert_eq!(color(&site, "insights/crm", (4, 300)), "green");
    assert!(!site.tree("public").keys().any(|path| path.contains("wall")));
    site.write("themes/ringback/cards/wall.jpg", halves(1502, 700));
    assert_ne!(version(), pictured);
}

#[test]
fn a_site_and_a_page_can_do_without() {
    let site = site().with("content/insights/plain.md", "---\ntitle: Plain\ncard: false\n---\n\nWords.\n");
    let picture = "---\ntitle: With a picture\nimage: {src: p.png, alt: A phone}\n---\n\nWords.\n";
    site.write("content/insights/picture/index.md", picture);
    site.write("content/insights/picture/p.png", support::png(1200, 630));
    // Others don't show SVG.
    site.write("content/insights/drawn/index.md", picture.replace("p.png", "p.svg"));
    site.write(
        "content/insights/drawn/p.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"/>",
    );
    site.build();
    let image =
        |page: &str| metas(&site.read(&format!("public/insights/{page}/index.html"))).remove("og:image");
    assert_eq!(image("plain"), None);
    assert!(!site.path("public/cards/insights/plain.png").exists());
    assert!(image("picture").unwrap().contains("/insights/picture/p"));
    assert!(!site.path("public/cards/insights/picture.png").exists());
    assert!(image("drawn").unwrap().contains("/cards/insights/drawn.png"));
    site.write("ringback.yaml", format!("{CONFIG}cards: false\n"));
    fs::remove_dir_all(site.path(".ringback")).unwrap();
    site.build();
    assert_eq!(image("crm"), None);
    assert!(!site.path("public/cards").exists() && !site.path(".ringback/cards").exists());
}

#[test]
fn nothing_closed_is_on_a_card() {
    const CLOSED: &str = "zqclosed";
    let gated = format!(
        "---\ntitle: Half of it\ngate: {{form: guide}}\n---\n\nOpen.\n\n<!-- gate -->\n\n## Key takeaways\n\n- {CLOSED} lesson.\n"
    );
    let config = format!(
        "{CONFIG}{WEBHOOK}taxonomies: {{category: {{}}}}\neditions:\n  public: {{output: public, audiences: [public]}}\n  \
         team: {{output: team, audiences: [public, team]}}\n"
    );
    let page = |title: &str, more: &str| format!("---\ntitle: {title}\n{more}\n---\n\nWords.\n");
    let project = MemoryProject::new()
        .with("ringback.yaml", config)
        .with("content/forms/guide.yaml", FORM)
        .with("content/insights/gated.md", gated)
        .with("content/insights/team.md", page(CLOSED, "audience: team"))
        .with("content/insights/draft.md", page(CLOSED, "draft: true"))
        .with("content/insights/later.md", page(CLOSED, "date: 2099-01-01"))
        .with("content/insights/gone.md", page(CLOSED, "expires: 2020-01-01"))
        // An open page of closed people, in a closed section.
        .with("content/people/boss.md", page(CLOSED, &format!("audience: team\nrole: {CLOSED}")))
        .with("content/people/ghost.md", page(CLOSED, &format!("draft: true\nrole: {CLOSED}")))
        .with("content/inside/_index.md", page(CLOSED, "draft: true"))
        .with("content/inside/open.md", page("Open", "authors: [boss, ghost]"));
    for unpublished in [Unpublished::Hide, Unpublished::Show] {
        let cards = cards(&project, "public", unpublished);
        assert!(cards.contains_key("/insights/gated/"), "{cards:?}");
        let leaks: Vec<_> = cards.iter().filter(|(_, text)| text.contains(CLOSED)).collect();
        assert!(leaks.is_empty(), "{unpublished:?}: {leaks:?}");
        // Where the team is, with open gates, there are those that can be handed on, with the same words.
        let handed = self::cards(&project, "team", unpublished);
        assert!(handed.contains_key("/insights/gated/"), "{handed:?}");
        for (page, text) in &handed {
            assert_eq!(cards.get(page), Some(text), "{page}");
        }
        // No page there says that it can be fetched by others.
        let team = linked(&project, "team", unpublished);
        let links = team.site.pages().filter_map(|page| team.features.cards.permalink(&team.site, page.id));
        assert_eq!(links.count(), 0);
    }
}

#[test]
fn a_sealed_edition_has_none() {
    let config =
        format!("{CONFIG}editions: {{public: {{output: public, audiences: [public], seal: passphrase}}}}\n");
    let mut project =
        MemoryProject::new().with("ringback.yaml", config).with("content/insights/crm.md", ARTICLE);
    project.variables.insert("RINGBACK_PASSPHRASE".into(), crate::lock::PASSPHRASE.into());
    assert!(cards(&project, "public", Unpublished::Hide).is_empty());
}

#[test]
fn what_is_on_it_is_what_readers_see() {
    let project = MemoryProject::new()
        .with("ringback.yaml", "title: Test\nbase_url: https://example.org/\n")
        .with("content/insights/_index.md", "---\ntitle: Insights\ndescription: What we know.\n---\n")
        .with("content/insights/crm.md", ARTICLE)
        .with(
            "content/insights/in.md",
            "---\ntitle: Sam's \\\"day\\\"\ncategory: [Calls]\n---\n\nWords.\n".replace("\\\"", "'"),
        )
        .with("content/people/anna.md", ANNA);
    let cards = cards(&project, "public", Unpublished::Hide);
    assert_eq!(
        cards["/insights/crm/"],
        "Test | Insights | The empty CRM | Nobody fills in what nobody reads. | Anna Berg | Founder"
    );
    assert_eq!(cards["/insights/in/"], "Test | Calls | Sam’s 'day'");
    assert_eq!(cards["/insights/"], "Test | Insights | What we know.");
    assert_eq!(cards["/people/anna/"], "Test | People | Anna Berg | Founder");
    assert_eq!(cards["/"], "Test | Test");
}

#[test]
fn letters_that_no_font_has_are_told_and_a_font_can_be_added() {
    let site = Site::new().with("content/insights/a.md", "---\ntitle: Hello 漢 and 🎉\n---\n\nWords.\n");
    site.write("content/insights/b.md", "---\ntitle: 漢字\n---\n\nWords.\n");
    site.write("ringback.yaml", format!("{CONFIG}checks: {{all: off, card-letters: warn}}\n"));
    let said = site.run(&["check"]).stderr;
    assert!(said.contains("the social card of this page is without `漢`, `🎉`"), "{said}");
    assert!(said.contains("no social card, because no font for cards has `漢`, `字`"), "{said}");
    site.build();
    assert!(site.path("public/cards/insights/a.png").exists());
    assert!(!site.path("public/cards/insights/b.png").exists());
    site.write("ringback.yaml", format!("{CONFIG}checks: {{all: off, card-letters: error}}\n"));
    assert_eq!(site.run(&["build"]).status, 1);
    // Any font that has the letters will do: this one of the tests has nothing else.
    site.write("themes/ringback/cards/more.ttf", include_bytes!("../fonts/two-signs.ttf"));
    let run = site.run(&["check"]);
    assert!(run.stderr.contains("without `🎉`") && !run.stderr.contains("`漢`"), "{}", run.stderr);
    site.write("ringback.yaml", CONFIG);
    site.build();
    assert!(site.path("public/cards/insights/b.png").exists());
}

/// The cards that are kept, with their bytes.
fn kept_cards(site: &Site) -> BTreeMap<String, Vec<u8>> {
    let mut kept = site.tree(".ringback/cards");
    kept.remove("index");
    kept
}

#[test]
fn what_was_drawn_is_used_again_and_only_if_it_is_sound() {
    let site = site();
    site.build();
    let first = site.tree("public/cards");
    let cache = kept_cards(&site);
    assert!(!cache.is_empty());
    let rebuild = |what: &str| {
        fs::remove_dir_all(site.path("public")).unwrap();
        site.build();
        support::assert_same(&site.tree("public/cards"), &first, what);
    };
    // Another program's picture under the right name is noticed; so are half a file, and one in another's place.
    let (name, whole) = cache.iter().next().unwrap();
    let (_, other) = cache.iter().next_back().unwrap();
    for forged in [&whole[..whole.len() / 2], &whole[32..], other.as_slice(), b""] {
        site.write(&format!(".ringback/cards/{name}"), forged);
        rebuild("a forged card");
        assert_eq!(kept_cards(&site), cache);
    }
    fs::remove_dir_all(site.path(".ringback")).unwrap();
    rebuild("no cache");
    // Where nothing can be kept, everything is drawn.
    fs::remove_dir_all(site.path(".ringback")).unwrap();
    site.write(".ringback", "a file");
    rebuild("no place for a cache");
}

#[test]
fn a_build_draws_only_what_is_new() {
    let site = site();
    site.build();
    // A card that is there is not even looked for among those that are kept.
    let cache = kept_cards(&site);
    for name in cache.keys() {
        // The file in the output may be the same one under another name.
        fs::remove_file(site.path(&format!(".ringback/cards/{name}"))).unwrap();
        site.write(&format!(".ringback/cards/{name}"), "nothing that could be used");
    }
    site.write("content/insights/new.md", "---\ntitle: A new one\n---\n\nWords.\n");
    site.build();
    let sound = |site: &Site| kept_cards(site).values().filter(|bytes| bytes.len() > 1000).count();
    assert_eq!(sound(&site), 1);
    // One that somebody has changed is made again.
    let mine = site.path("public/cards/insights/crm.png");
    let first = fs::read(&mine).unwrap();
    fs::write(&mine, "not a picture").unwrap();
    site.build();
    assert_eq!(fs::read(&mine).unwrap(), first);
    assert_eq!(sound(&site), 2);
    // Also where what is kept was changed with it.
    fs::write(&mine, "not a picture").unwrap();
    site.build();
    assert_eq!(fs::read(&mine).unwrap(), first);
    assert_eq!(sound(&site), 2);
}

#[test]
fn check_draws_nothing() {
    let site = site();
    assert_eq!(site.run(&["check"]).status, 0);
    assert!(!site.path(".ringback/cards").exists());
}

#[test]
fn the_same_card_whoever_draws_it() {
    let site = site();
    site.build();
    let project = site
        .tree("content")
        .into_iter()
        .fold(MemoryProject::new(), |project, (path, bytes)| project.with(&format!("content/{path}"), bytes));
    let (files, _) = support::render(&project.with("ringback.yaml", CONFIG), "public");
    let drawn: BTreeMap<String, Vec<u8>> = files
        .into_iter()
        .filter_map(|(path, bytes)| Some((path.strip_prefix("cards/")?.to_string(), bytes)))
        .collect();
    support::assert_same(&site.tree("public/cards"), &drawn, "another project");
}

#[test]
fn a_site_with_a_look_of_its_own_has_neither_our_mark_nor_our_motif() {
    let logo = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 100 20\"><rect width=\"100\" height=\"20\"/></svg>";
    // How many points in a part of the card aren't paper.
    let inked = |theme: &str, [left, top, width, height]: [usize; 4]| {
        let site =
            site().with("themes/ringback/theme.yaml", theme).with("themes/ringback/img/logo.svg", logo);
        site.build();
        let cards = support::tree(&site.path("public/cards"));
        let (_, bytes) = cards.iter().find(|(path, _)| path.contains("crm")).expect("a card");
        let mut decoder = png::Decoder::new(std::io::Cursor::new(bytes.clone()));
        decoder.set_transformations(png::Transformations::EXPAND);
        let mut reader = decoder.read_info().expect("a PNG");
        let mut points = vec![0; reader.output_buffer_size().expect("a size")];
        let info = reader.next_frame(&mut points).expect("its points");
        let (row, point) = (info.line_size, info.color_type.samples());
        let at = |x: usize, y: usize| points[y * row + x * point..][..3].to_vec();
        let paper = at(600, 4);
        let places = (top..top + height).flat_map(|y| (left..left + width).map(move |x| (x, y)));
        places.filter(|(x, y)| at(*x, *y) != paper).count()
    };
    let (mark, corner, name) = ([80, 60, 44, 44], [1100, 500, 100, 130], [80, 60, 300, 60]);
    assert!(inked("{}\n", mark) > 100 && inked("{}\n", corner) > 100);
    assert_eq!(inked("motif: none\n", corner), 0);
    assert!(inked("motif: none\n", mark) > 100);
    let own = "logo: img/logo.svg\nmotif: none\n";
    // The logo begins where the mark was.
    assert!(inked(own, name) > 300 && inked(own, [96, 60, 6, 6]) != inked("motif: none\n", [96, 60, 6, 6]));
}

#[test]
fn the_logo_stands_for_the_name_on_the_paper_that_it_is_for() {
    let svg = |color: [u8; 3]| {
        let [red, green, blue] = color;
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 40 10\"><rect width=\"40\" height=\"10\" fill=\"rgb({red} {green} {blue})\"/></svg>"
        )
    };
    let site = site()
        .with("themes/ringback/img/light.svg", svg(RED))
        .with("themes/ringback/img/dark.svg", svg(BLUE))
        .with(
            "themes/ringback/theme.yaml",
            "logo: {light: img/light.svg, dark: img/dark.svg}\nicon: img/light.svg\n",
        );
    site.build();
    // In the middle of its room, 280 wide; the name, which would be beside the mark, isn't there.
    assert_eq!(color(&site, "insights/crm", (220, 81)), "red");
    assert_eq!(color(&site, "insights/crm", (500, 81)), "paper");
    // A phone's home screen has the drawing as an image.
    let page = site.read("public/index.html");
    let icon = page.split("apple-touch-icon\" href=\"/").nth(1).and_then(|rest| rest.split('"').next());
    let icon = fs::read(site.path("public").join(icon.expect("an icon"))).expect("its file");
    assert_eq!(size(&icon), (180, 180));
    assert!(page.contains("light.") && page.contains(".svg\""));
    let first = fs::read(site.path("public/cards/insights/crm.png")).expect("a card");
    // On dark paper it is the other one, and another drawing makes another card.
    site.write(
        "themes/ringback/cards/card.yaml",
        card().replace("faces:", "colors: {paper: \"#102030\", ink: \"#ffffff\"}\nfaces:"),
    );
    site.build();
    assert_eq!(color(&site, "insights/crm", (220, 81)), "blue");
    fs::remove_file(site.path("themes/ringback/cards/card.yaml")).expect("a file");
    site.write("themes/ringback/img/light.svg", svg(BLUE));
    site.build();
    assert_ne!(fs::read(site.path("public/cards/insights/crm.png")).expect("a card"), first);
    // Where it can't be drawn, the name is there, and that is told.
    site.write(
        "themes/ringback/img/light.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 40 10\"><text>Test</text></svg>",
    );
    let output = site.run(&["build"]);
    assert!(output.stderr.contains("warning[undrawn-svg]"), "{}", output.stderr);
    let card = || fs::read(site.path("public/cards/insights/crm.png")).expect("a card");
    let named = card();
    site.write("ringback.yaml", CONFIG.replace("Test", "Another"));
    site.build();
    assert_ne!(card(), named);
    assert_eq!(color(&site, "insights/crm", (220, 81)), "paper");
}
