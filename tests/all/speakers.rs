//! What those who invite speakers need, on the page of a person.

use crate::support::{CONFIG, NO_ADVICE, Site};

const ANNA: &str = "---\ntitle: Anna Berg\nbooking: https://booking.example/secret\ntalks:\n\
\x20 - title: Let them ring\n    minutes: [20, 45]\n    languages: [sv, en]\n    events:\n\
\x20     - {name: Sales Day, date: 2999-02-11, place: online}\n\
\x20     - {name: Old Day, date: 2001-02-11, place: Oslo}\n\
bios: {short: A line., long: \"One two.\\n\\nThree.\"}\nphotos: [{src: stage.png, alt: On a stage, credit: Kim Li}]\n\
invite: pages/contact\n---\nWrites.\n";

/// A photo that says where it was taken.
fn photo() -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, 300, 200);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.add_text_chunk("Comment".to_string(), "SECRET place".to_string()).expect("a text");
    let mut writer = encoder.write_header().expect("a size");
    writer.write_image_data(&vec![200; 300 * 200]).expect("pixels");
    writer.finish().expect("an end");
    bytes
}

fn site(anna: &str) -> Site {
    Site::empty()
        .with("ringback.yaml", format!("{CONFIG}{NO_ADVICE}"))
        .with("content/pages/contact.md", "---\ntitle: Contact\n---\nText.\n")
        .with("content/people/stage.png", photo())
        .with("content/people/anna.md", anna)
}

#[test]
fn a_page_has_talks_biographies_and_photos_to_print() {
    let site = site(ANNA);
    site.build();
    let page = site.read("public/people/anna/index.html");
    for part in [
        "<h3>Let them ring</h3>",
        "20 minutes / 45 minutes · Svenska, English",
        "Sales Day, online",
        "Old Day, Oslo",
        "href=\"/contact/\">Invite Anna Berg</a>",
        "One line <span class=\"fine\">2 words</span>",
        "<p>One two.</p>\n<p>Three.</p>",
        "alt=\"On a stage\"",
        "/css/speaker.",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
    assert!(page.find("Sales Day").unwrap() < page.find("Old Day").unwrap());
    // Who is no rep is booked by nobody, and who has no such kit loads nothing for one.
    assert!(!page.contains("booking.example") && !page.contains("One paragraph"));
    let link =
        page.split("<a href=\"").find(|link| link.contains("\" download>")).expect("a link to the photo");
    let (url, _) = link.split_once('"').expect("an address");
    let photo = std::fs::read(site.path(&format!("public{url}"))).expect("the photo");
    assert!(photo.starts_with(b"\x89PNG"));
    assert!(!photo.windows(6).any(|part| part == b"SECRET"), "the photo says where it was taken");
    site.write("content/people/anna.md", "---\ntitle: Anna Berg\n---\nWrites.\n");
    site.build();
    assert!(!site.read("public/people/anna/index.html").contains("speaker"));
}

#[test]
fn a_photo_is_whole_or_in_the_shape_that_its_author_wants() {
    for (keys, size, is_cut) in [
        ("", "width=\"300\" height=\"200\"", false),
        (", ratio: \"1:1\", focus: 10% 50%", "width=\"200\" height=\"200\"", true),
    ] {
        let site = site(&ANNA.replace("credit: Kim Li", &format!("credit: Kim Li{keys}")));
        site.build();
        let page = site.read("public/people/anna/index.html");
        let image = page.split("<img").find(|image| image.contains("On a stage")).expect("the photo");
        let (image, _) = image.split_once('>').expect("its end");
        assert!(image.contains(size), "{image}");
        assert_eq!(image.contains("/assets/pictures/"), is_cut, "{image}");
        // Who prints it gets all of it.
        assert!(page.contains("stage.png\" download>"), "{page}");
    }
}

#[test]
fn what_is_wrong_is_told_at_its_place() {
    for (from, to, told) in [
        ("pages/contact", "pages/contct", "invite"),
        ("place: online", "plce: online", "did you mean `place`"),
        ("2999-02-11", "11.2.2999", "content/people/anna.md:9"),
        ("[20, 45]", "soon", "content/people/anna.md:6"),
        ("stage.png", "stge.png", "missing-file"),
        ("short:", "shrt:", "unknown-key"),
    ] {
        let run = site(&ANNA.replace(from, to)).run(&["check"]);
        assert!(run.stderr.contains(told), "{to}: {}{}", run.stdout, run.stderr);
    }
}
