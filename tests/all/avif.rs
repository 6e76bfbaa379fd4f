//! AVIF: made within a budget, kept, and named by pages once all widths are there.

use std::collections::BTreeMap;

use ringback::content::image::find;

use crate::pictures::photo;
use crate::support::{FORM, NO_ADVICE, Site, WEBHOOK, assert_same};

/// A site whose pictures are published as AVIF, too, with this budget.
fn site(budget: &str) -> Site {
    let text = "---\ntitle: Desks\ndate: 2026-01-05\nimage: {src: cover.jpg, alt: A hall}\n\
        gate: {form: guide}\n---\n![First](first.jpg)\n\n<img src=\"third.jpg\" alt=\"Third\">\n\n\
        <!-- gate -->\n\n![Fourth](fourth.jpg)\n";
    let config = crate::support::CONFIG;
    Site::new()
        .with(
            "ringback.yaml",
            format!(
                "{config}{WEBHOOK}{NO_ADVICE}cards: false\nfeeds: {{content: full}}\n\
                images: {{avif: {{budget: {budget}}}}}\n"
            ),
        )
        .with("content/forms/guide.yaml", FORM)
        .with("content/insights/desks.md", text)
        .with("content/insights/cover.jpg", photo(640, 360))
        .with("content/insights/first.jpg", photo(560, 380))
        .with("content/insights/third.jpg", photo(500, 340))
        .with("content/insights/fourth.jpg", photo(520, 350))
}

/// The AVIF files of a folder.
fn avif(site: &Site, folder: &str) -> BTreeMap<String, Vec<u8>> {
    site.tree(folder).into_iter().filter(|(path, _)| path.ends_with(".avif")).collect()
}

/// The files that a `srcset` of this type names, of the picture whose name begins with `stem`.
fn srcset<'p>(page: &'p str, media_type: &str, stem: &str) -> Option<Vec<&'p str>> {
    let start = format!("<source type=\"{media_type}\" srcset=\"/assets/pictures/{stem}-");
    let at = page.find(&start)?;
    let set = page[at..].split_once("srcset=\"")?.1.split('"').next()?;
    Some(set.split(", ").collect())
}

#[test]
fn pages_name_avif_before_webp_in_the_same_widths() {
    let site = site("unlimited");
    let run = site.build();
    assert!(!run.stdout.contains("AVIF"), "{}", run.stdout);
    let page = site.read("public/insights/desks/index.html");
    for stem in ["cover", "first"] {
        let avif = srcset(&page, "image/avif", stem).unwrap_or_else(|| panic!("{stem}: {page}"));
        let webp = srcset(&page, "image/webp", stem).expect("as before");
        let of_webp: Vec<String> = avif.iter().map(|one| one.replace("v1.avif ", ".webp ")).collect();
        assert_eq!(webp, of_webp);
        for file in avif.iter().map(|one| one.split(' ').next().unwrap()) {
            let bytes = std::fs::read(site.path(&format!("public{file}"))).unwrap();
            let webp = std::fs::metadata(site.path(&format!("public{}", file.replace("v1.avif", ".webp"))));
            assert!((bytes.len() as u64) < webp.unwrap().len(), "{file}");
            assert_eq!(find(file, &bytes), None, "{file} has something in it besides the picture");
        }
    }
    // Lists have the cover, too; feeds, previews and raw HTML take what everybody can show.
    assert!(srcset(&site.read("public/insights/index.html"), "image/avif", "cover").is_some());
    let head = page.split("</head>").next().unwrap();
    assert!(!head.contains(".avif") && !site.read("public/feed.json").contains("avif"));
    assert!(avif(&site, "public").keys().all(|path| !path.contains("third") && !path.contains("fourth")));
    // What is behind a gate isn't kept as it is, in any type.
    let kept = site.tree(".ringback/images");
    assert!(kept.values().all(|bytes| !bytes.windows(8).any(|part| part == b"zqcamera")));
    assert_eq!(avif(&site, ".ringback/images").len(), avif(&site, "public").len());

    // What is kept is taken, and what is spoilt is made again.
    let (first, before) = (site.tree("public"), avif(&site, ".ringback/images"));
    for (number, (name, bytes)) in before.iter().enumerate() {
        let spoilt = if number % 2 == 0 { bytes[..bytes.len() / 2].to_vec() } else { b"AVIF".to_vec() };
        site.write(&format!(".ringback/images/{name}"), spoilt);
    }
    std::fs::remove_dir_all(site.path("public")).unwrap();
    site.build();
    assert_same(&first, &site.tree("public"), "spoilt");
    assert_eq!(avif(&site, ".ringback/images"), before);
}

#[test]
fn builds_go_on_where_the_budget_of_the_last_one_was_used_up() {
    let whole = site("unlimited");
    whole.build();
    // The first of a build always begins, so each adds at least one.
    let site = site("1s");
    let (mut before, mut page) = (0, String::new());
    for _ in 0..20 {
        let run = site.build();
        page = site.read("public/insights/desks/index.html");
        let now = avif(&site, ".ringback/images").len();
        for stem in ["cover", "first"] {
            let widths = srcset(&page, "image/avif", stem).map(|all| all.len());
            let all = srcset(&page, "image/webp", stem).expect("as before").len();
            assert!(widths.is_none_or(|widths| widths == all), "all widths, or none: {page}");
        }
        if !run.stdout.contains("still to come as AVIF: the budget is used up, so build again.") {
            before = usize::MAX;
            break;
        }
        assert!(now > before, "{}", run.stdout);
        before = now;
    }
    assert_eq!(before, usize::MAX, "it comes to an end");
    assert_eq!(page, whole.read("public/insights/desks/index.html"));
    assert_eq!(avif(&site, "public"), avif(&whole, "public"));
    // Then, nothing is left to do.
    assert!(site.build().stdout.contains("0 written, 0 removed"));
}

#[test]
fn nobody_but_a_build_makes_avif_and_nobody_gets_it_unasked() {
    let site = site("unlimited");
    assert_eq!(site.run(&["check"]).status, 0);
    assert!(!site.path(".ringback/images").exists() || avif(&site, ".ringback/images").is_empty());
    site.write("ringback.yaml", format!("{}{WEBHOOK}{NO_ADVICE}cards: false\n", crate::support::CONFIG));
    site.build();
    assert!(avif(&site, "public").is_empty() && avif(&site, ".ringback/images").is_empty());
    assert!(!site.read("public/insights/desks/index.html").contains("avif"));
}

#[test]
fn a_budget_is_a_time_or_unlimited() {
    for (budget, is_fine) in [
        ("60s", true),
        ("5m", true),
        ("unlimited", true),
        ("60", false),
        ("none", false),
        ("0s", false),
        ("25h", false),
    ] {
        let config = format!("{}images: {{avif: {{budget: {budget}}}}}\n", crate::support::CONFIG);
        let site = Site::new()
            .with("ringback.yaml", config)
            .with("content/insights/a.md", "---\ntitle: A\n---\nText.\n");
        let run = site.run(&["check"]);
        assert_eq!(
            !run.stderr.contains("isn't a time that a build can take"),
            is_fine,
            "{budget}: {}",
            run.stderr
        );
        assert_eq!(run.status == 0, is_fine, "{budget}: {}", run.stderr);
    }
}
