//! `cards/card.yaml` and the fonts beside it: how social cards look.
//!
//! What is wrong in it is an error at the very value; where that leaves nothing to draw with, there are no cards.

use sha2::{Digest as _, Sha256};

use super::Layers;
use super::settings::Settings;
use super::settings::palette::{COLORS, LIGHT};
use crate::content::image::ImageSize;
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::encode::bytes::hex;
use crate::encode::colors::{contrast, rgb};
use crate::publishing::cards::canvas::{HEIGHT, INKS, WIDTH};
use crate::publishing::cards::colors::Rgb;
use crate::publishing::cards::design::{
    Anchor, Area, Areas, Design, Ground, INK_NAMES, Part, Place, Portraits, Rect, Shape,
};
use crate::publishing::cards::fonts::{FontFile, Fonts, NoFont};
use crate::publishing::media::{self, Raster};
use crate::yaml::{self, Node, Reader, Spanned};

/// The folder of a theme with what cards are made of. It isn't published.
pub(super) const FOLDER: &str = "cards/";

/// The file that describes them.
const FILE: &str = "cards/card.yaml";

/// Reads the design of cards; mistakes are reported.
pub(super) fn read(layers: &Layers, settings: &Settings, diagnostics: &mut Diagnostics) -> Option<Design> {
    let (source, text) = layers.text(FILE, diagnostics)?;
    let node = yaml::parse(text, 0, source).map_err(|problem| diagnostics.push(*problem)).ok()?;
    let mut colors = LIGHT;
    theme_colors(layers, settings, &mut colors, diagnostics);
    let mut mark = Sha256::new();
    mark.update(text);
    let fonts = fonts(layers, &mut mark, diagnostics);
    let mut reader = Reader { file: source, diagnostics };
    let mut fields = reader.fields(&node)?;
    if let Some(node) = fields.take("colors") {
        own_colors(node, &mut colors, &mut reader);
    }
    mark.update(colors.as_flattened());
    mark.update([u8::from(settings.logo.is_none()), u8::from(settings.has_usual_motif())]);
    let faces = fields.require("faces", "a card", &mut reader);
    let (names, fonts) = faces.map(|node| with_faces(node, fonts, &mut reader)).unwrap_or_default();
    let known = CardContext { faces: &names.iter().map(String::as_str).collect::<Vec<_>>() };
    let shapes = fields.take("shapes").and_then(|node| reader.list(node)).unwrap_or_default();
    let has = |whose: Option<usize>| {
        whose.is_none_or(|whose| [settings.logo.is_none(), settings.has_usual_motif()][whose])
    };
    let shapes = shapes.iter().filter_map(|node| shape(node, &mut reader));
    let shapes: Vec<Shape> = shapes.filter(|(_, whose)| has(*whose)).map(|(shape, _)| shape).collect();
    let areas = fields.require("areas", "a card", &mut reader);
    let (mut areas, room) = areas.map(|node| known.areas(node, &mut reader)).unwrap_or_default();
    if !has(Some(0)) {
        // Nothing is beside the name, so it begins where the title does.
        let title = areas.0.iter().find(|(part, _)| *part == Part::Title).map(|(_, area)| area.rect[0]);
        let beside = areas.0.iter_mut().filter(|(_, area)| area.beside_mark);
        beside.zip(title).for_each(|((_, area), left)| area.rect[0] = area.rect[0].min(left));
    }
    let logo = room.and_then(|room| logo(room, colors[0], settings, (layers, &mut mark), &mut reader));
    if logo.is_some() {
        // It says the name.
        areas.0.retain(|(part, _)| *part != Part::Site);
    }
    let background = fields.take("background").and_then(|node| reader.text(node));
    fields.finish("a card", [], &mut reader);
    let picture = background.and_then(|name| picture(&name, colors[0], (layers, &mut mark), &mut reader));
    if fonts.files.is_empty() || !areas.0.iter().any(|(part, _)| *part == Part::Title) {
        return None;
    }
    let [paper, inks @ ..] = colors;
    let ground = Ground { paper, inks, picture, shapes, logo };
    let mark = hex(&mark.finalize());
    Some(Design::new(mark, fonts, &ground, areas))
}

/// The points of the picture below everything, whose middle fills the card.
fn picture(
    name: &Spanned<String>,
    paper: Rgb,
    (layers, mark): (&Layers, &mut Sha256),
    reader: &mut Reader<'_>,
) -> Option<Vec<Rgb>> {
    let Some((source, bytes)) = layers.0.get(&format!("{FOLDER}{}", name.value)) else {
        let message = format!("there is no image `{}` in `{FOLDER}` of the theme", name.value);
        invalid(reader, name.span, message, "name a JPEG, PNG or WebP file that is there");
        return None;
    };
    mark.update(Sha256::digest(bytes));
    let size = ImageSize { width: WIDTH, height: HEIGHT };
    media::background(source, bytes, (size, paper)).map_err(|problem| reader.diagnostics.push(*problem)).ok()
}

/// The site's logo in its area, at the left and in the middle of its height; on dark paper the one for dark ground.
fn logo(
    [x, y, width, height]: Rect,
    paper: Rgb,
    settings: &Settings,
    (layers, mark): (&Layers, &mut Sha256),
    reader: &mut Reader<'_>,
) -> Option<((u32, u32), Raster)> {
    let is_dark = contrast(paper, [255; 3]) > contrast(paper, [0; 3]);
    let dark = settings.dark_logo.as_ref().filter(|_| is_dark);
    let path = dark.or(settings.logo.as_ref())?;
    let (source, bytes) = layers.0.get(path)?;
    mark.update(Sha256::digest(bytes));
    let drawn = media::fitted(source, bytes, ImageSize { width, height });
    let drawn = drawn.map_err(|problem| reader.diagnostics.push(*problem)).ok()?;
    Some(((x, y + (height - drawn.size.height) / 2), drawn))
}

/// Takes the colours of `theme.yaml`. One that can't be understood is left, and told.
fn theme_colors(
    layers: &Layers,
    settings: &Settings,
    colors: &mut [Rgb; 1 + INKS],
    diagnostics: &mut Diagnostics,
) {
    let Some((source, _)) = layers.0.get("theme.yaml") else { return };
    for (name, known) in COLORS.iter().zip(colors) {
        let Some(written) = settings.light(name) else { continue };
        match rgb(&written.value) {
            Some(color) => *known = color,
            None => diagnostics.push(
                Diagnostic::new(
                    Code::CardColor,
                    format!("social cards don't understand `{}`, so their `{name}` is the built-in one", written.value),
                )
                .at(source.as_str(), written.span)
                .help("write it as `#rrggbb`, or give cards a colour of their own in `cards/card.yaml` of the theme"),
            ),
        }
    }
}

/// The colours that a card has for itself.
fn own_colors(node: &Node, colors: &mut [Rgb; 1 + INKS], reader: &mut Reader<'_>) {
    for (name, node) in reader.entries(node).unwrap_or_default() {
        let Some(known) = COLORS.iter().position(|known| *known == name.value) else {
            let problem = Diagnostic::new(Code::UnknownKey, format!("cards have no colour `{}`", name.value));
            reader.diagnostics.push(problem.at(reader.file, name.span).suggest(&name.value, COLORS));
            continue;
        };
        let Some(text) = reader.text(node) else { continue };
        match rgb(&text.value) {
            Some(color) => colors[known] = color,
            None => invalid(
                reader,
                text.span,
                format!("cards can't have the colour `{}`", text.value),
                "write it as `#rrggbb`",
            ),
        }
    }
}

fn invalid(reader: &mut Reader<'_>, span: Span, message: String, help: &str) {
    reader.diagnostics.push(Diagnostic::new(Code::InvalidValue, message).at(reader.file, span).help(help));
}

/// All fonts in the folder, in the order of their names, and the names of those that can't be used.
fn fonts(layers: &Layers, mark: &mut Sha256, diagnostics: &mut Diagnostics) -> (Vec<FontFile>, Vec<String>) {
    let ending = |path: &str| path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    let is_font = |path: &str| {
        ending(path).is_some_and(|ending| ["ttf", "otf", "woff", "woff2"].contains(&ending.as_str()))
    };
    let (mut fonts, mut broken) = (Vec::new(), Vec::new());
    for (path, (source, bytes)) in
        layers.0.iter().filter(|(path, _)| path.starts_with(FOLDER) && is_font(path))
    {
        mark.update(path);
        mark.update(Sha256::digest(bytes));
        let (message, help) = match FontFile::new(&path[FOLDER.len()..], bytes) {
            Ok(font) => {
                fonts.push(font);
                continue;
            }
            Err(NoFont::Packed) => (
                "this font is packed for browsers, which cards can't be drawn with",
                "use the same font as a `.ttf` or `.otf` file",
            ),
            Err(NoFont::Unreadable) => {
                ("this file isn't a font", "replace it with a `.ttf` or `.otf` file, or remove it")
            }
            Err(NoFont::NoOutlines) => (
                "the letters of this font are images, which cards can't be drawn with",
                "use a font whose letters are outlines, or remove it",
            ),
        };
        broken.push(path[FOLDER.len()..].to_string());
        diagnostics.push(Diagnostic::new(Code::CardFont, message).in_file(source).help(help));
    }
    (fonts, broken)
}

/// The faces by their names: each begins with the files it names, and then has all others.
fn with_faces(
    node: &Node,
    (files, broken): (Vec<FontFile>, Vec<String>),
    reader: &mut Reader<'_>,
) -> (Vec<String>, Fonts) {
    let (mut names, mut faces) = (Vec::new(), Vec::new());
    for (name, node) in reader.entries(node).unwrap_or_default() {
        let mut face: Vec<usize> = Vec::new();
        for wanted in reader.texts(node).unwrap_or_default() {
            match files.iter().position(|file| file.path == wanted.value) {
                Some(file) => face.push(file),
                // One that can't be used has been told.
                None if broken.contains(&wanted.value) => {}
                None => no_font(&wanted, &files, reader),
            }
        }
        face.extend((0..files.len()).filter(|file| !face.contains(file)).collect::<Vec<_>>());
        names.push(name.value.clone());
        faces.push(face);
    }
    (names, Fonts { files, faces })
}

fn no_font(wanted: &Spanned<String>, files: &[FontFile], reader: &mut Reader<'_>) {
    let message = format!("there is no font `{}` in `{FOLDER}` of the theme", wanted.value);
    reader.diagnostics.push(
        Diagnostic::new(Code::InvalidValue, message)
            .at(reader.file, wanted.span)
            .suggest(&wanted.value, files.iter().map(|file| file.path.as_str()))
            .help("name a `.ttf` or `.otf` file that is there"),
    );
}

/// Two or four whole numbers: a place on the card.
fn numbers<const N: usize>(node: &Node, most: [u32; N], reader: &mut Reader<'_>) -> Option<[u32; N]> {
    let items = reader.list(node)?;
    if items.len() != N {
        let wanted = if N == 2 {
            "two numbers, such as `[80, 64]`"
        } else {
            "four numbers, such as `[0, 0, 16, 630]`"
        };
        let message = format!("expected {wanted}, found {}", items.len());
        reader.report(Code::InvalidValue, node.span, message);
        return None;
    }
    let mut found = [0; N];
    for ((item, most), found) in items.iter().zip(most).zip(&mut found) {
        *found = u32::try_from(reader.number(item, 0..=i64::from(most))?).ok()?;
    }
    Some(found)
}

/// A measure that needs no whole number.
fn measure(node: &Node, (least, most): (f32, f32), reader: &mut Reader<'_>) -> Option<f32> {
    let text = reader.text(node)?;
    let found = text.value.parse().ok().filter(|value: &f32| (least..=most).contains(value));
    if found.is_none() {
        let message = format!("expected a number from {least} to {most}, found `{}`", text.value);
        reader.report(Code::InvalidValue, text.span, message);
    }
    found
}

/// The number of an ink.
fn ink(node: &Node, reader: &mut Reader<'_>) -> Option<usize> {
    reader.choice(node, &INK_NAMES)
}

/// The farthest a shape reaches.
const FAR: f32 = 4000.0;

/// Of what a shape is a part, if a site can have that of its own.
const WHOSE: &[&str] = &["mark", "motif"];

/// A shape, and of what it is a part.
fn shape(node: &Node, reader: &mut Reader<'_>) -> Option<(Shape, Option<usize>)> {
    let mut fields = reader.fields(node)?;
    let whose = fields.take("of").and_then(|node| reader.choice(node, WHOSE));
    let rect = fields.take("box").map(|node| numbers(node, [WIDTH, HEIGHT, WIDTH, HEIGHT], reader));
    let far = FAR as u32;
    let circle = fields.take("circle").map(|node| numbers(node, [far, far], reader));
    let disc = fields.take("disc").map(|node| numbers(node, [far, far], reader));
    let strength = fields.take("strength").map_or(Some(100), |node| reader.number(node, 1..=100));
    let strength = strength.map(|percent| percent as f32 / 100.0);
    let color = fields.require("color", "a shape", reader).map(|node| ink(node, reader));
    let made = match (rect, circle, disc) {
        (Some(rect), None, None) => {
            rect.and_then(|rect| Some(Shape::Box { rect, ink: color??, strength: strength? }))
        }
        (None, Some(middle), None) => {
            let radius = fields
                .require("radius", "a circle", reader)
                .and_then(|node| measure(node, (1.0, FAR), reader));
            let width = fields.take("width").map_or(Some(2.0), |node| measure(node, (0.5, FAR), reader));
            middle.and_then(|[x, y]| {
                let middle = (x as f32, y as f32);
                Some(Shape::Circle {
                    middle,
                    radius: radius?,
                    width: width?,
                    ink: color??,
                    strength: strength?,
                })
            })
        }
        (None, None, Some(middle)) => {
            let radius =
                fields.require("radius", "a disc", reader).and_then(|node| measure(node, (1.0, FAR), reader));
            middle.and_then(|[x, y]| {
                let (middle, radius) = ((x as f32, y as f32), radius?);
                // A line as wide as the radius, around half of it, leaves no hole.
                Some(Shape::Circle {
                    middle,
                    radius: radius / 2.0,
                    width: radius,
                    ink: color??,
                    strength: strength?,
                })
            })
        }
        _ => {
            let message = "a shape is one of `box`, `circle` and `disc`";
            reader.report(Code::InvalidValue, fields.span, message);
            return None;
        }
    };
    fields.finish("a shape", [], reader);
    Some((made?, whose))
}

/// The names that areas of a card may use.
struct CardContext<'a> {
    faces: &'a [&'a str],
}

impl CardContext<'_> {
    /// The areas of texts and faces, and that of the logo.
    fn areas(&self, node: &Node, reader: &mut Reader<'_>) -> (Areas, Option<Rect>) {
        let mut areas = Vec::new();
        let Some(mut fields) = reader.fields(node) else { return Default::default() };
        for part in Part::ALL {
            let found = fields.take(part.name()).and_then(|node| self.area(node, reader));
            areas.extend(found.map(|area| (part, area)));
        }
        let author = fields.take("portrait").and_then(|node| portrait_place(node, "a portrait", reader));
        let own = fields.take("face").and_then(|node| portrait_place(node, "a face", reader));
        let logo = fields.take("logo").and_then(|node| room(node, reader));
        fields.require("title", "a card", reader);
        fields.finish("`areas`", [], reader);
        ((areas, Portraits { author, own }), logo)
    }

    fn area(&self, node: &Node, reader: &mut Reader<'_>) -> Option<Area> {
        let mut fields = reader.fields(node)?;
        let at =
            fields.require("at", "an area", reader).and_then(|node| numbers(node, [WIDTH, HEIGHT], reader));
        let size = fields.require("size", "an area", reader);
        let size = size.and_then(|node| numbers(node, [WIDTH, HEIGHT], reader));
        let face = fields.require("face", "an area", reader).and_then(|node| reader.choice(node, self.faces));
        let sizes = fields.require("sizes", "an area", reader).and_then(|node| sizes(node, reader));
        let lines = fields.take("lines").map_or(Some(1), |node| reader.number(node, 1..=20));
        let leading = fields.take("leading").map_or(Some(120), |node| reader.number(node, 80..=300));
        let color = fields.require("color", "an area", reader).and_then(|node| ink(node, reader));
        let anchors = ["top", "middle", "bottom"];
        let anchor = fields.take("anchor").map_or(Some(0), |node| reader.choice(node, &anchors));
        let below = fields.take("below").and_then(|node| reader.choice(node, &Part::ALL.map(Part::name)));
        let gap = fields.take("gap").map_or(Some(0), |node| reader.number(node, 0..=i64::from(HEIGHT)));
        let beside = fields.take("beside").and_then(|node| reader.choice(node, &["portrait", "mark"]));
        fields.finish("an area", [], reader);
        let ([x, y], [width, height]) = (at?, size?);
        Some(Area {
            rect: [x, y, width.min(WIDTH - x), height.min(HEIGHT - y)],
            face: face?,
            sizes: sizes?,
            lines: usize::try_from(lines?).ok()?,
            leading: u32::try_from(leading?).ok()?,
            ink: color?,
            anchor: [Anchor::Top, Anchor::Middle, Anchor::Bottom][anchor?],
            below: below.map(|part| Part::ALL[part]).zip(gap.and_then(|gap| u32::try_from(gap).ok())),
            beside_portrait: beside == Some(0),
            beside_mark: beside == Some(1),
        })
    }
}

/// What a logo has room in.
fn room(node: &Node, reader: &mut Reader<'_>) -> Option<Rect> {
    let mut fields = reader.fields(node)?;
    let at = fields
        .require("at", "a logo", reader)
        .and_then(|node| numbers(node, [WIDTH - 1, HEIGHT - 1], reader));
    let size =
        fields.require("size", "a logo", reader).and_then(|node| numbers(node, [WIDTH, HEIGHT], reader));
    fields.finish("a logo", [], reader);
    let ([x, y], [width, height]) = (at?, size?);
    Some([x, y, width.clamp(1, WIDTH - x), height.clamp(1, HEIGHT - y)])
}

/// Where a face is, all of it on the card.
fn portrait_place(node: &Node, what: &str, reader: &mut Reader<'_>) -> Option<Place> {
    let mut fields = reader.fields(node)?;
    let at = fields.require("at", what, reader).and_then(|node| numbers(node, [WIDTH, HEIGHT], reader));
    let size = fields.require("size", what, reader);
    let size = size.and_then(|node| reader.number(node, 16..=400)).and_then(|size| u32::try_from(size).ok());
    let span = fields.span;
    fields.finish(what, [], reader);
    let ([x, y], size) = (at?, size?);
    if x + size > WIDTH || y + size > HEIGHT {
        let message = format!("{what} of {size} pixels at `[{x}, {y}]` isn't all on the card");
        reader.report(Code::InvalidValue, span, message);
        return None;
    }
    Some((x, y, size))
}

/// Sizes of letters to try, the largest first.
fn sizes(node: &Node, reader: &mut Reader<'_>) -> Option<Vec<u32>> {
    let nodes = match &node.value {
        yaml::Value::List(items) => items.as_slice(),
        _ => std::slice::from_ref(node),
    };
    let sizes = nodes.iter().filter_map(|node| reader.number(node, 8..=400));
    let mut sizes: Vec<u32> = sizes.filter_map(|size| u32::try_from(size).ok()).collect();
    sizes.sort_unstable_by(|a, b| b.cmp(a));
    (!sizes.is_empty()).then_some(sizes)
}
