//! Pictures on their way from a site to its output: in several sizes, and with nothing in them that readers don't see.

use std::collections::BTreeMap;

use ringback::content::image::{Format, Found, find};
use ringback::leads::gates::key::Key;
use ringback::leads::gates::seal;

use crate::support::{FORM, NO_ADVICE, Site, WEBHOOK, png};

/// A photograph of its size, with noise, a camera's notes, and a place.
pub(crate) fn photo(width: u16, height: u16) -> Vec<u8> {
    let mut seed = u32::from(width);
    let rgb: Vec<u8> = (0..usize::from(width) * usize::from(height) * 3)
        .map(|at| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            ((at / 300) % 200) as u8 + (seed >> 27) as u8
        })
        .collect();
    let mut out = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut out, 90);
    let mut exif =
        b"II*\0\x08\0\0\0\x02\0\x12\x01\x03\0\x01\0\0\0\x01\0\0\0\x25\x88\x04\0\x01\0\0\0\x26\0\0\0".to_vec();
    exif.extend(b"\0\0\0\0\x01\0\x01\0\x02\0\x02\0\0\0N\0\0\0zqcamera");
    encoder.add_exif_metadata(&exif).expect("a segment");
    encoder.add_app_segment(1, b"http://ns.adobe.com/xap/1.0/\0zqplace".to_vec()).expect("a segment");
    encoder.encode(&rgb, width, height, jpeg_encoder::ColorType::Rgb).expect("a segment");
    out
}

fn site() -> Site {
    let text = "---\ntitle: Desks\ndate: 2026-01-05\nimage: {src: cover.jpg, alt: A hall}\n---\n\
        ![First](first.jpg)\n\n![Second](/img/second.jpg)\n\n![Small](small.png)\n\n\
        <img src=\"third.jpg\" alt=\"Third\">\n\n[The whole one](first.jpg) and [a paper](paper.jpg)\n";
    Site::new()
        .with(
            "ringback.yaml",
            format!("title: Test\nbase_url: https://example.org/\n{NO_ADVICE}feeds: {{content: full}}\n"),
        )
        .with("content/insights/desks.md", text)
        .with("content/insights/cover.jpg", photo(1300, 800))
        .with("content/insights/first.jpg", photo(900, 600))
        .with("content/insights/third.jpg", photo(640, 480))
        .with("content/insights/paper.jpg", photo(500, 400))
        .with("content/insights/unused.jpg", photo(500, 300))
        .with("content/insights/small.png", png(40, 30))
        .with("static/img/second.jpg", photo(700, 500))
}

/// The pictures of an output, by path.
fn pictures(site: &Site, output: &str) -> BTreeMap<String, Vec<u8>> {
    let is_picture = |path: &str| [".jpg", ".png", ".webp"].iter().any(|ending| path.ends_with(ending));
    site.tree(output).into_iter().filter(|(path, _)| is_picture(path)).collect()
}

/// Reads every picture of an output, and finds no metadata but a profile.
fn assert_clean(site: &Site, output: &str, at_least: usize) {
    let found = pictures(site, output);
    assert!(found.len() >= at_least, "{:?}", found.keys());
    for (path, bytes) in &found {
        match find(path, bytes) {
            Some(Found::Picture(picture)) => assert!(!picture.has_metadata && !picture.has_place, "{path}"),
            other => panic!("{path}: {other:?}"),
        }
    }
    for (path, bytes) in site.tree(output) {
        for word in ["zqcamera", "zqplace"] {
            assert!(!bytes.windows(word.len()).any(|window| window == word.as_bytes()), "{path}: {word}");
        }
    }
}

#[test]
fn pictures_are_published_in_several_sizes_and_their_files_stay_at_home() {
    let site = site();
    site.build();
    let page = site.read("public/insights/desks/index.html");
    let names: Vec<String> = pictures(&site, "public").into_keys().collect();
    let of = |stem: &str| names.iter().filter(|name| name.contains(&format!("/{stem}-"))).count();
    // 1200 and 1300 are too near: 480, 800, 1300, a JPEG, and 320 of what lists show.
    assert_eq!((of("cover"), of("first"), of("second"), of("third")), (5, 4, 3, 3), "{names:#?}");
    assert_eq!(of("unused"), 0);
    for (file, is_there) in [
        ("insights/first.jpg", true),
        ("insights/paper.jpg", true),
        ("insights/small.png", true),
        ("img/second.jpg", true),
        ("insights/cover.jpg", false),
        ("insights/third.jpg", false),
        ("insights/unused.jpg", false),
    ] {
        assert_eq!(names.iter().any(|name| name == file), is_there, "{file}");
    }
    assert_clean(&site, "public", 16);
    assert!(page.matches("<picture>").count() > 2);
    assert_eq!(page.matches("<picture>").count(), page.matches("</picture>").count(), "{page}");
    let picture = |stem: &str| {
        let at = page
            .find(&format!("srcset=\"/assets/pictures/{stem}-"))
            .unwrap_or_else(|| panic!("{stem}: {page}"));
        page[at..].split("</picture>").next().unwrap().to_string()
    };
    let cover = picture("cover");
    // 16:9 of 1300 x 800.
    assert!(cover.contains("-y35h731-480.webp 480w, ") && cover.contains("-1300.webp 1300w\""), "{cover}");
    assert!(
        cover.contains("width=\"1300\" height=\"731\"") && cover.contains("fetchpriority=\"high\""),
        "{cover}"
    );
    let first = picture("first");
    assert!(first.contains("sizes=\"(min-width: 43rem) 40rem, 92vw\""), "{first}");
    assert!(first.contains(".jpg\" alt=\"First\" width=\"900\" height=\"600\" loading=\"lazy\">"), "{first}");
    assert!(page.contains(
        "<img src=\"/insights/small.png\" alt=\"Small\" width=\"40\" height=\"30\" loading=\"lazy\">"
    ));
    assert!(page.contains("<a href=\"/insights/first.jpg\">"));
    assert!(page.contains("<img src=\"/assets/pictures/third-"), "{page}");
    // Elsewhere, one that everybody can show.
    let head = page.split("</head>").next().unwrap();
    assert!(
        head.contains("property=\"og:image\" content=\"https://example.org/assets/pictures/cover-"),
        "{head}"
    );
    assert!(head.contains("property=\"og:image:width\" content=\"1200\""), "{head}");
    let feed = site.read("public/feed.json");
    assert!(
        feed.contains("https://example.org/assets/pictures/first-") && !feed.contains("srcset"),
        "{feed}"
    );
    // Everything that a page names is there.
    for name in page.split(['"', ' ', ',']).filter(|part| part.starts_with("/assets/pictures/")) {
        assert!(site.path(&format!("public{name}")).exists(), "{name}");
    }
}

#[test]
fn the_first_large_picture_of_a_page_without_a_cover_does_not_wait() {
    let site = site();
    site.write(
        "content/insights/desks.md",
        "---\ntitle: Desks\n---\n![First](first.jpg)\n\n![Third](third.jpg)\n",
    );
    site.build();
    let page = site.read("public/insights/desks/index.html");
    let lines: Vec<&str> = page.lines().filter(|line| line.contains("<picture>")).collect();
    assert!(lines[0].contains("fetchpriority=\"high\"") && !lines[0].contains("lazy"), "{lines:?}");
    assert!(lines[1].contains("loading=\"lazy\"") && !lines[1].contains("fetchpriority"), "{lines:?}");
}

#[test]
fn a_build_takes_what_is_kept_and_nothing_that_is_spoilt() {
    let site = site();
    site.build();
    let first = site.tree("public");
    let kept = site.tree(".ringback/images");
    assert!(kept.len() > 13, "{:?}", kept.keys());
    // Without what the last build remembers of its output, everything is made again, from what is kept.
    let again = |what: &str| {
        std::fs::remove_dir_all(site.path("public")).unwrap();
        site.build();
        crate::support::assert_same(&first, &site.tree("public"), what);
    };
    again("kept");
    // Of another version, half written, and another one's.
    let names: Vec<&String> = kept.keys().filter(|name| name.ends_with(".webp")).collect();
    for (number, name) in names.iter().enumerate() {
        let bytes = &kept[*name];
        let spoilt = match number % 3 {
            0 => [b"ringback0", &bytes[9..]].concat(),
            1 => bytes[..bytes.len() / 2].to_vec(),
            _ => kept[names[0]].clone(),
        };
        site.write(&format!(".ringback/images/{name}"), spoilt);
    }
    again("spoilt");
    let mended = site.tree(".ringback/images");
    assert!(names.iter().all(|name| mended[*name] == kept[*name]));
    std::fs::remove_dir_all(site.path(".ringback")).unwrap();
    again("nothing kept");
}

#[test]
fn what_is_behind_a_gate_is_made_smaller_before_it_is_sealed_and_kept_sealed() {
    let text = "---\ntitle: A\ngate: {form: guide, download: whole.jpg}\n---\nOpen.\n\n<!-- gate -->\n\n\
        ![Desk](desk.jpg) ![Whole](whole.jpg)\n";
    let site = Site::new()
        .with("ringback.yaml", format!("{}{WEBHOOK}{NO_ADVICE}cards: false\n", crate::support::CONFIG))
        .with("content/forms/guide.yaml", FORM)
        .with("content/insights/a.md", text)
        .with("content/insights/desk.jpg", photo(1700, 600))
        .with("content/insights/whole.jpg", photo(900, 600));
    site.build();
    assert!(pictures(&site, "public").is_empty());
    let key = Key::derive(None, "a", 1);
    let sealed: Vec<Vec<u8>> = site.tree("public/sealed").into_values().collect();
    assert_eq!(sealed.len(), 3);
    let opened = |path: &str| {
        let bytes =
            sealed.iter().find_map(|file| seal::open(&key, path, file)).unwrap_or_else(|| panic!("{path}"));
        match find(path, &bytes) {
            Some(Found::Picture(picture)) if !picture.has_metadata => (picture.format, picture.size.width),
            other => panic!("{path}: {other:?}"),
        }
    };
    assert_eq!(opened("content/insights/desk.jpg"), (Format::Webp, 1600));
    // Who gets the file itself sees it, too.
    assert_eq!(opened("content/insights/whole.jpg"), (Format::Jpeg, 900));
    let text = sealed.iter().find_map(|file| seal::open(&key, "/insights/a/", file)).expect("the text");
    let text = String::from_utf8(text).expect("JSON");
    assert!(text.contains("\"type\":\"image/webp\"") && text.contains("\"width\":1600"), "{text}");
    // Nothing that is held back lies beside the site as it is.
    let kept = site.tree(".ringback/images");
    let (held, other): (Vec<_>, Vec<_>) = kept.iter().partition(|(path, _)| path.starts_with("sealed/"));
    assert_eq!(held.len(), 1, "{:?}", kept.keys());
    assert!(other.iter().all(|(path, _)| matches!(path.as_str(), "pruned" | "seen")), "{:?}", kept.keys());
    assert!(held.iter().all(|(_, bytes)| !bytes.windows(4).any(|window| window == b"WEBP")));
    // It is used, and made again where it was changed.
    let first = site.tree("public");
    for spoilt in [held[0].1.clone(), b"ringback1".to_vec()] {
        site.write(&format!(".ringback/images/{}", held[0].0), spoilt);
        std::fs::remove_dir_all(site.path("public")).unwrap();
        site.build();
        crate::support::assert_same(&first, &site.tree("public"), "again");
        assert_eq!(&site.tree(".ringback/images")[held[0].0], held[0].1);
    }
}

#[test]
fn names_that_differ_in_nothing_but_letters_and_pictures_that_are_the_same() {
    let text = "---\ntitle: A\n---\n![One](one.jpg) ![Again](two/one.jpg) ![Other](two/ONE.jpg)\n";
    let site = Site::new()
        .with("ringback.yaml", format!("{}{NO_ADVICE}cards: false\n", crate::support::CONFIG))
        .with("content/insights/a.md", text)
        .with("content/insights/one.jpg", photo(600, 400))
        .with("content/insights/two/one.jpg", photo(600, 400))
        .with("content/insights/two/ONE.jpg", photo(602, 400));
    let run = site.run(&["build"]);
    // The last two can't both be on a Mac's disk, which is told; what is made of them has other names.
    assert_eq!(pictures(&site, "public").len(), if run.status == 0 { 6 } else { 0 }, "{}", run.stderr);
}

/// The addresses of pictures of a page, whose names begin with `stem`.
fn picture_addresses(page: &str, stem: &str) -> Vec<String> {
    let start = format!("/assets/pictures/{stem}-");
    page.split(['"', ' ', ',']).filter(|part| part.starts_with(&start)).map(str::to_string).collect()
}

#[test]
fn covers_and_faces_are_cut_around_what_their_author_means() {
    let article = |image: &str, text: &str| {
        format!("---\ntitle: Desks\ndate: 2026-01-05\nauthors: [anna]\nimage: {image}\n---\n{text}\n")
    };
    let site = Site::new()
        .with("ringback.yaml", format!("{}{WEBHOOK}{NO_ADVICE}cards: false\n", crate::support::CONFIG))
        .with("content/forms/guide.yaml", FORM)
        .with(
            "content/insights/desks.md",
            article("{src: desk.jpg, alt: D, focus: 50% 100%}", "![D](desk.jpg)"),
        )
        .with("content/insights/walls.md", article("{src: wall.jpg, alt: W, ratio: whole}", "Text."))
        .with("content/insights/roofs.md", article("{src: roof.jpg, alt: R, ratio: \"3:2\"}", "Text."))
        .with(
            "content/insights/gated.md",
            "---\ntitle: Gated\ngate: {form: guide}\n---\nOpen.\n\n<!-- gate -->\n\n\
            > [!quote] Anna\n> We call back.\n",
        )
        .with(
            "content/people/anna.md",
            "---\ntitle: Anna\nphoto: {src: anna.jpg, focus: 80% 50%}\n---\nText.\n",
        )
        .with("content/people/ola.md", "---\ntitle: Ola\nphoto: ola.jpg\n---\nText.\n")
        .with("content/people/anna.jpg", photo(900, 600))
        // Too small a file for others to be made of it, but not square.
        .with("content/people/ola.jpg", photo(120, 100))
        .with("content/insights/desk.jpg", photo(1000, 800))
        .with("content/insights/wall.jpg", photo(1000, 800))
        .with("content/insights/roof.jpg", photo(1000, 800));
    site.build();
    assert_clean(&site, "public", 12);
    let desks = site.read("public/insights/desks/index.html");
    // The lower part above the text, the whole image in it.
    let of_desk = picture_addresses(&desks, "desk");
    assert!(of_desk.iter().any(|name| name.contains("-y237h563-1000.webp")), "{of_desk:?}");
    assert!(of_desk.iter().any(|name| name.ends_with("-1000.webp") && !name.contains("-y")), "{of_desk:?}");
    assert!(
        desks.contains("width=\"1000\" height=\"563\"") && desks.contains("width=\"1000\" height=\"800\"")
    );
    // What others see of it is the same part.
    assert!(desks.contains("<meta property=\"og:image:height\" content=\"563\">"), "{desks}");
    // The right part of the face.
    let faces = picture_addresses(&desks, "anna");
    assert!(faces.iter().any(|name| name.contains("-x300w600-200.webp")), "{faces:?}");
    assert!(desks.contains("width=\"600\" height=\"600\""));
    let walls = site.read("public/insights/walls/index.html");
    assert!(walls.contains("width=\"1000\" height=\"800\""), "{walls}");
    let roofs = site.read("public/insights/roofs/index.html");
    assert!(roofs.contains("width=\"1000\" height=\"667\""), "{roofs}");
    // In lists, all have one shape.
    let list = site.read("public/insights/index.html");
    for stem in ["desk", "wall", "roof"] {
        let names = picture_addresses(&list, stem);
        assert!(!names.is_empty() && names.iter().all(|name| name.contains("h563-")), "{stem}: {names:?}");
    }
    let people = site.read("public/people/index.html");
    assert!(people.contains("-x10w100-100.webp 100w"), "{people}");
    assert!(!site.path("public/people/ola.jpg").exists(), "nobody sees the file itself");
    // Who speaks behind a gate is cut, too, and everything that any page names is there.
    let key = Key::derive(None, "gated", 1);
    let sealed: Vec<Vec<u8>> = site.tree("public/sealed").into_values().collect();
    let text = sealed.iter().find_map(|file| seal::open(&key, "/insights/gated/", file)).expect("the text");
    let text = String::from_utf8(text).expect("JSON").replace('\\', "");
    assert!(
        picture_addresses(&text, "anna").iter().any(|name| name.contains("-x300w600-480.webp")),
        "{text}"
    );
    for page in [desks, walls, roofs, list, people, text] {
        for name in page.split(['"', ' ', ',']).filter(|part| part.starts_with("/assets/pictures/")) {
            assert!(site.path(&format!("public{name}")).exists(), "{name}");
        }
    }
}
