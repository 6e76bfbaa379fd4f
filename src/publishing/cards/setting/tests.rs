//! Lines of texts in many languages, in the built-in fonts.

use super::super::fonts::{FontFile, Fonts, NoFont};
use super::*;

const YOUNG_SERIF: &[u8] = include_bytes!("../../../../themes/ringback/cards/young-serif.ttf");
const INTER: &[u8] = include_bytes!("../../../../themes/ringback/cards/inter.ttf");

fn fonts() -> Fonts {
    let files = [("young-serif.ttf", YOUNG_SERIF), ("inter.ttf", INTER)];
    let files = files.map(|(path, bytes)| FontFile::new(path, bytes).unwrap()).into();
    Fonts { files, faces: vec![vec![0, 1], vec![1, 0]] }
}

/// The size that a text gets, and its lines as they are read.
fn set(text: &str, language: &str, sizes: &[u32]) -> (u32, Vec<String>) {
    let fonts = fonts();
    let setter = Setter { fonts: &fonts, face: 0, language };
    let room = Room { sizes, width: 1000, height: 282, lines: 5, leading: 112 };
    let set = setter.set(text, &room);
    for line in &set.lines {
        assert!(line.width * set.size as f32 <= 1000.5, "{text}: {}", line.width * set.size as f32);
        let first = line.glyphs.first().map_or(0.0, |glyph| glyph.x);
        assert!(first.abs() < 0.1, "{text}: a line begins at {first}");
    }
    (set.size, lines(&setter, text, &room))
}

/// The same lines as words: what is set in a size is set again without glyphs.
fn lines(setter: &Setter<'_>, text: &str, room: &Room<'_>) -> Vec<String> {
    let pieces = pieces(text);
    let widths: Vec<f32> = pieces.iter().map(|piece| setter.shape(piece.text).width).collect();
    let measure = Measure { space: setter.shape(" ").width, hyphen: setter.shape("-").width };
    let found = room.sizes.iter().find_map(|size| {
        let width = room.width as f32 / *size as f32;
        measure.lines(&pieces, (&widths, setter.language), width, room.lines_at(*size))
    });
    let words = |start: usize, end: usize| {
        let part =
            pieces[start..end].iter().map(|piece| [piece.text, if piece.space { " " } else { "" }].concat());
        part.collect::<String>().trim_end().to_string()
    };
    let ends = found.unwrap_or_default();
    let starts = std::iter::once(0).chain(ends.iter().copied());
    starts.zip(&ends).map(|(start, end)| words(start, *end)).collect()
}

const SIZES: &[u32] = &[100, 88, 80, 72, 66, 60, 54, 48];

#[test]
fn a_short_title_is_large_and_a_long_one_is_whole() {
    assert_eq!(set("CRM", "en", SIZES), (100, vec!["CRM".into()]));
    let (size, lines) =
        set("Åtta skäl till att kundregistret står tomt och vad ni gör åt vart och ett av dem", "sv", SIZES);
    assert!(size < 80, "{size}");
    assert_eq!(
        lines.join(" "),
        "Åtta skäl till att kundregistret står tomt och vad ni gör åt vart och ett av dem"
    );
    assert!((2..=5).contains(&lines.len()));
}

#[test]
fn lines_are_even_and_do_not_end_with_words_that_lead_on() {
    let (_, lines) = set("What to say to a buyer who thinks that the price is too high", "en", &[72]);
    let ends = lines.iter().rev().skip(1).filter_map(|line| line.split(' ').next_back());
    assert!(ends.clone().all(|word| !leading::leads(word, "en")), "{lines:?}");
    let (_, lines) = set("Det viktigaste du kan göra i ett samtal är att lyssna", "sv", &[80]);
    assert!(
        lines.iter().rev().skip(1).all(|line| !line.ends_with(" är") && !line.ends_with(" i")),
        "{lines:?}"
    );
}

#[test]
fn lines_end_where_a_printer_would_end_them() {
    let texts =
        |text: &str| -> Vec<String> { pieces(text).iter().map(|piece| piece.text.to_string()).collect() };
    // A dash stays with what is before it, and so does what must not stand alone.
    assert_eq!(texts("A call – or two"), ["A", "call –", "or", "two"]);
    assert_eq!(texts("10\u{a0}000 kr"), ["10\u{a0}000", "kr"]);
    assert_eq!(texts("Vraiment ?"), ["Vraiment ?"]);
    assert_eq!(texts("CRM-system and/or e-post"), ["CRM-", "system", "and/", "or", "e-", "post"]);
    assert_eq!(texts("-5 to +5, 2024-2025"), ["-5", "to", "+5,", "2024-2025"]);
    assert_eq!(texts("sam\u{ad}tal"), ["sam", "tal"]);
    assert_eq!(texts("空のCRM、その理由"), ["空", "の", "CRM、", "そ", "の", "理", "由"]);
    assert_eq!(texts("  a   b "), ["a", "b"]);
    assert!(texts("").is_empty());
}

#[test]
fn what_does_not_fit_ends_with_an_ellipsis_after_a_word() {
    let fonts = fonts();
    let setter = Setter { fonts: &fonts, face: 0, language: "en" };
    let room = Room { sizes: &[48], width: 600, height: 110, lines: 2, leading: 112 };
    let text = "Eight reasons, all of them good, why the customer records of most firms are empty";
    let set = setter.set(text, &room);
    assert_eq!(set.lines.len(), 2);
    assert!(setter.set_uncut(text, &room).is_none());
    let ellipsis = setter.shape("…").glyphs[0].id;
    assert_eq!(set.lines[1].glyphs.last().unwrap().id, ellipsis);
    assert!(set.lines[0].glyphs.iter().all(|glyph| glyph.id != ellipsis));
    // The glyph before it is the end of a word that isn't followed by a comma.
    let comma = setter.shape(",").glyphs[0].id;
    let before = set.lines[1].glyphs[set.lines[1].glyphs.len() - 2].id;
    assert_ne!(before, comma);
    assert!(set.lines.iter().all(|line| line.width * 48.0 <= 600.0));
}

#[test]
fn a_word_longer_than_a_line_is_divided_there_alone() {
    let word = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetzentwurfsberatung";
    let fonts = fonts();
    let setter = Setter { fonts: &fonts, face: 0, language: "de" };
    let room = Room { sizes: SIZES, width: 1000, height: 282, lines: 5, leading: 112 };
    let set = setter.set(word, &room);
    assert_eq!(set.size, 48);
    assert!(set.lines.len() == 2 || set.lines.len() == 3, "{}", set.lines.len());
    assert!(set.lines.iter().all(|line| line.width * 48.0 <= 1000.0));
    let hyphen = setter.shape("-").glyphs[0].id;
    let (last, others) = set.lines.split_last().unwrap();
    assert!(others.iter().all(|line| line.glyphs.last().unwrap().id == hyphen));
    assert_ne!(last.glyphs.last().unwrap().id, hyphen);
    // Nothing is lost: as many letters as there were, without the hyphens.
    let letters: usize = set.lines.iter().map(|line| line.glyphs.len()).sum::<usize>() - others.len();
    let whole = setter.shape(word).glyphs.len();
    assert!(letters >= whole && letters <= whole + 3, "{letters} of {whole}");
}

#[test]
fn letters_are_taken_from_the_font_that_has_them() {
    let fonts = fonts();
    let files = |text: &str| -> Vec<usize> {
        fonts.shape(0, text, "en").glyphs.iter().map(|glyph| glyph.file).collect()
    };
    assert_eq!(files("A → B"), [0, 0, 1, 1, 0]);
    assert!(fonts.missing(0, "Łódź, Ţara, Žižek, ẞ, ½, “quotes” and → ₿").contains(&'₿'));
    assert!(fonts.missing(0, "Łódź, Ţara, Žižek, ẞ, ½, “quotes” and →").is_empty());
    assert_eq!(fonts.missing(0, "漢字 🎉 漢"), ['漢', '字', '🎉']);
    assert!(fonts.missing(0, "a\u{200d}\u{fe0f}\u{ad}\u{200e} b").is_empty(), "they have no shape");
    assert_eq!(fonts.legible(0, "ﬁne 漢 day 🎉!"), "fine day !");
    // No glyph is an empty box.
    assert!(fonts.shape(0, "漢字 🎉", "en").glyphs.iter().all(|glyph| glyph.id != harfrust::GlyphId::NOTDEF));
    // Kerning and ligatures come from the font.
    assert!(
        fonts.shape(0, "AV", "en").width < fonts.shape(0, "A", "en").width + fonts.shape(0, "V", "en").width
    );
    assert_eq!(fonts.shape(0, "ff", "en").glyphs.len(), 1);
}

#[test]
fn what_is_no_font_is_refused() {
    let refused = |bytes: &[u8]| FontFile::new("x.ttf", bytes).unwrap_err();
    assert_eq!(refused(b""), NoFont::Unreadable);
    assert_eq!(refused(b"not a font at all, but long enough to be one"), NoFont::Unreadable);
    assert_eq!(refused(b"wOF2\0\x01\0\0"), NoFont::Packed);
    // Half of one, and one with any byte changed, may be refused or draw less, and nothing else.
    let mut state = 1u32;
    for at in (0..YOUNG_SERIF.len()).step_by(YOUNG_SERIF.len() / 60) {
        let _ = FontFile::new("x.ttf", &YOUNG_SERIF[..at]);
        let mut bytes = YOUNG_SERIF.to_vec();
        for _ in 0..8 {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let place = (state as usize >> 8) % bytes.len();
            bytes[place] = state as u8;
        }
        let Ok(file) = FontFile::new("x.ttf", &bytes) else { continue };
        let fonts = Fonts { files: vec![file], faces: vec![vec![0]] };
        let mut canvas = super::super::canvas::Canvas::new([255; 3], [[0; 3]; 5]);
        let mut outline = super::super::canvas::Outline::default();
        for glyph in fonts.shape(0, "Åtta skäl, “quoted” ff – 42", "sv").glyphs {
            outline.begin((100.0 + glyph.x * 80.0, 100.0));
            fonts.draw(&glyph, 80.0, &mut outline);
            outline.paint(&mut canvas, 0);
        }
    }
}

#[test]
fn a_text_from_right_to_left_begins_at_the_right() {
    assert!(is_rtl("שלום CRM") && !is_rtl("CRM שלום") && !is_rtl("42"));
}
