//! The fonts that cards are drawn with: which letters they have, and the outlines that a text comes to.
//!
//! Nothing of the machine is used: the same files give the same outlines everywhere.

use std::borrow::Cow;

use harfrust::{Buffer, Font, GlyphId, Language, ShapeOptions, ShaperFont};
use unicode_normalization::UnicodeNormalization as _;

/// A font file, read so far that texts can be set in it.
pub struct FontFile {
    /// Its path in the theme.
    pub path: String,
    font: Font,
    has: Letters,
    /// Units of its outlines in the size of a letter.
    units: f32,
}

impl std::fmt::Debug for FontFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("FontFile").field(&self.path).finish()
    }
}

/// Which characters a font has, a bit each, by blocks of 256; most blocks are empty.
#[derive(Default)]
struct Letters(Vec<Option<Box<[u64; 4]>>>);

impl Letters {
    fn insert(&mut self, letter: u32) {
        let (block, bit) = (letter as usize >> 8, letter as usize & 255);
        if self.0.len() <= block {
            self.0.resize_with(block + 1, || None);
        }
        self.0[block].get_or_insert_default()[bit >> 6] |= 1 << (bit & 63);
    }

    fn has(&self, letter: char) -> bool {
        let (block, bit) = (letter as usize >> 8, letter as usize & 255);
        self.0.get(block).and_then(Option::as_deref).is_some_and(|bits| bits[bit >> 6] >> (bit & 63) & 1 == 1)
    }
}

/// Why a file is no font that cards can be drawn with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoFont {
    /// It is one for browsers, packed.
    Packed,
    /// It can't be read as a font.
    Unreadable,
    /// Its letters are pictures, not outlines.
    NoOutlines,
}

impl FontFile {
    /// Reads the file at a path in the theme.
    ///
    /// # Errors
    ///
    /// It is none that letters can be drawn with.
    pub fn new(path: impl Into<String>, bytes: &[u8]) -> Result<Self, NoFont> {
        if bytes.starts_with(b"wOFF") || bytes.starts_with(b"wOF2") {
            return Err(NoFont::Packed);
        }
        let font = Font::new(bytes.to_vec(), 0).ok_or(NoFont::Unreadable)?;
        if font.num_glyphs() == 0 {
            return Err(NoFont::Unreadable);
        }
        let outlines = font.outline_glyphs();
        if outlines.is_empty() {
            return Err(NoFont::NoOutlines);
        }
        let mut has = Letters::default();
        for (letter, glyph) in font.charmap().unicodes() {
            // A letter that is only a picture in colours has no outline.
            if glyph != GlyphId::NOTDEF && outlines.get(glyph).is_some() {
                has.insert(letter);
            }
        }
        if has.0.is_empty() {
            return Err(NoFont::Unreadable);
        }
        let units = f32::from(font.units_per_em());
        Ok(Self { path: path.into(), font, has, units })
    }

    /// How high its capital letters are, in the size of the letters.
    #[must_use]
    pub fn capitals(&self) -> f32 {
        let height = self.font.metrics().cap_height.map(|height| height.to_f64() as f32 / self.units);
        height.filter(|height| (0.3..1.2).contains(height)).unwrap_or(0.7)
    }
}

/// The fonts of a design, by file and by face.
#[derive(Debug, Default)]
pub struct Fonts {
    /// The font files, each once.
    pub files: Vec<FontFile>,
    /// By face, the indexes of its files: the first that has a letter draws it.
    pub faces: Vec<Vec<usize>>,
}

/// A glyph in its place, in the size of the letters.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Glyph {
    /// The file it is from.
    pub file: usize,
    /// The glyph, by its number in the file.
    pub id: GlyphId,
    /// Where its origin is, from the beginning of the text.
    pub x: f32,
    /// How far its origin is above the base line.
    pub y: f32,
    /// The byte of the text that it begins with.
    pub byte: usize,
}

/// A text as glyphs, each in its place.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Shaped {
    /// In the order in which they stand, from left to right.
    pub glyphs: Vec<Glyph>,
    /// How wide it is, in the size of the letters.
    pub width: f32,
}

/// Characters that say something about others and have no shape: joiners, direction, variants of a letter.
#[must_use]
pub fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e0fff}')
        || c.is_control()
}

impl Fonts {
    /// The file of a face that draws a letter; `None` where no font has it.
    #[must_use]
    pub fn file(&self, face: usize, letter: char) -> Option<usize> {
        self.faces[face].iter().copied().find(|file| self.files[*file].has.has(letter))
    }

    /// The letters of a text that no font of a face has, each once.
    #[must_use]
    pub fn missing(&self, face: usize, text: &str) -> Vec<char> {
        let mut missing = Vec::new();
        for letter in text.chars().filter(|c| !c.is_whitespace() && !is_invisible(*c)) {
            if self.drawable(face, letter).is_none() && !missing.contains(&letter) {
                missing.push(letter);
            }
        }
        missing
    }

    /// What is drawn for a letter: itself, else the letters that it is made of (`ﬁ`, `①`).
    fn drawable(&self, face: usize, letter: char) -> Option<String> {
        if self.file(face, letter).is_some() {
            return Some(letter.into());
        }
        let parts: String = letter.nfkc().collect();
        let is_drawn = |part: char| part != letter && self.file(face, part).is_some();
        parts.chars().all(is_drawn).then_some(parts)
    }

    /// A text without the letters that no font of a face has, and without the words that are left empty by that.
    #[must_use]
    pub fn legible<'t>(&self, face: usize, text: &'t str) -> Cow<'t, str> {
        let is_there = |c: char| is_invisible(c) || c.is_whitespace() || self.file(face, c).is_some();
        if text.chars().all(is_there) {
            return Cow::Borrowed(text);
        }
        let words = text.split(' ').map(|word| {
            let drawn = word.chars().map(|c| match is_there(c) {
                true => Some(c.into()),
                false => self.drawable(face, c),
            });
            drawn.flatten().collect::<String>()
        });
        Cow::Owned(words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" "))
    }

    /// A text as glyphs. Letters that no font has are left out.
    #[must_use]
    pub fn shape(&self, face: usize, text: &str, language: &str) -> Shaped {
        let mut runs: Vec<(usize, std::ops::Range<usize>)> = Vec::new();
        for (at, letter) in text.char_indices() {
            let end = at + letter.len_utf8();
            let last = runs.last_mut().filter(|(_, range)| range.end == at);
            // What has no shape of its own, and a space, goes with the letters before it.
            let follows = |file: usize| {
                letter.is_whitespace() || is_invisible(letter) || self.is_first(face, file, letter)
            };
            match last {
                Some((file, range)) if follows(*file) => range.end = end,
                _ => {
                    let file = if letter.is_whitespace() || is_invisible(letter) {
                        self.faces[face].first().copied()
                    } else {
                        self.file(face, letter)
                    };
                    runs.extend(file.map(|file| (file, at..end)));
                }
            }
        }
        let mut shaped = Shaped::default();
        for (file, range) in runs {
            self.shape_run(file, (text, range), language, &mut shaped);
        }
        shaped
    }

    /// Is it just this file that draws the letter?
    fn is_first(&self, face: usize, file: usize, letter: char) -> bool {
        self.file(face, letter) == Some(file)
    }

    fn shape_run(
        &self,
        file: usize,
        (text, range): (&str, std::ops::Range<usize>),
        language: &str,
        shaped: &mut Shaped,
    ) {
        let FontFile { font, units, .. } = &self.files[file];
        let mut buffer = Buffer::new();
        buffer.push_str(&text[range.clone()]);
        buffer.set_language(Language::new(language));
        buffer.guess_segment_properties();
        // A text without a direction has nothing to show, either.
        if harfrust::shape(&ShaperFont::new(font), &mut buffer, ShapeOptions::new()).is_err() {
            return;
        }
        for (info, position) in buffer.glyph_infos().iter().zip(buffer.glyph_positions()) {
            let id = GlyphId::from(info.glyph_id);
            if id != GlyphId::NOTDEF {
                shaped.glyphs.push(Glyph {
                    file,
                    id,
                    x: shaped.width + position.x_offset as f32 / units,
                    y: position.y_offset as f32 / units,
                    byte: range.start + info.cluster as usize,
                });
                shaped.width += position.x_advance as f32 / units;
            }
        }
    }

    /// Draws a glyph in letters of this size; the sink gets pixels, with the base line at 0 and up as positive.
    pub fn draw(&self, glyph: &Glyph, size: f32, sink: &mut dyn harfrust::font::glyph::outline::PathSink) {
        use harfrust::font::glyph::outline::{DrawMemory, DrawOptions};
        let options = DrawOptions::new().with_ppem(Some(size));
        let outlines = self.files[glyph.file].font.outline_glyphs();
        if let Some(outline) = outlines.get(glyph.id) {
            // An outline that is broken draws nothing; the rest of the text does.
            let _ = outline.draw(&options, DrawMemory::default(), sink);
        }
    }
}
