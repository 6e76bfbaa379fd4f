//! A script from elsewhere as lines: what is a heading, what an item and how deep, whatever program it was written in.

use quick_xml::Reader;
use quick_xml::events::Event;

use super::super::{ImportError, archive};

/// What a line is by its form, whatever its words mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// The title of the whole script.
    Title,
    /// A heading, by its level.
    Heading(usize),
    /// An item of a list, by its depth; with a number of its own or without.
    Item(usize, Sign),
    /// Words that are marked as said.
    Quote,
    /// A paragraph, by how far it is moved in.
    Plain(usize),
}

/// What an item begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    Dot,
    Number,
}

/// A line of the source, without what marks its kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) kind: Kind,
    pub(super) text: String,
    /// Its number in the source, or that of its paragraph.
    pub(super) number: usize,
}

/// The lines of a text or of Markdown.
pub(super) fn of_text(text: &str) -> Vec<Line> {
    let mut out: Vec<Line> = Vec::new();
    let mut was_empty = true;
    let mut indents: Vec<usize> = Vec::new();
    for (index, raw) in text.lines().enumerate() {
        let line = raw.replace('\t', "    ");
        let (bare, number) = (line.trim(), index + 1);
        if bare.is_empty() {
            was_empty = true;
            continue;
        }
        let is_under = bare.len() > 2 && (bare.bytes().all(|b| b == b'=') || bare.bytes().all(|b| b == b'-'));
        if is_under
            && let Some(last) =
                out.last_mut().filter(|last| !was_empty && matches!(last.kind, Kind::Plain(_)))
        {
            last.kind = Kind::Heading(if bare.starts_with('=') { 1 } else { 2 });
            continue;
        }
        let indent = line.len() - line.trim_start().len();
        let (kind, text) = read(bare, indent, &mut indents);
        // A word with a colon says what follows, or who speaks.
        let is_own = text.split_whitespace().take(3).any(|word| word.ends_with(':'));
        let goes_on = !was_empty
            && !is_own
            && matches!(kind, Kind::Plain(_))
            && out.last().is_some_and(|last| match last.kind {
                Kind::Item(..) => indent > 0,
                // A line of its own, if the one before has come to an end.
                Kind::Plain(_) => last.text.ends_with(|c: char| c.is_alphanumeric() || c == ','),
                _ => false,
            });
        match out
            .last_mut()
            .filter(|last| goes_on || !was_empty && kind == Kind::Quote && last.kind == Kind::Quote)
        {
            Some(last) => last.text = format!("{} {text}", last.text),
            None => out.push(Line { kind, text: text.to_string(), number }),
        }
        was_empty = false;
    }
    let is_capitals = |line: &Line| {
        matches!(line.kind, Kind::Plain(0))
            && line.text.chars().filter(|c| c.is_alphabetic()).count() > 2
            && line.text.chars().all(|c| !c.is_lowercase())
            && !line.text.contains("__")
    };
    for line in out.iter_mut().filter(|line| is_capitals(line)) {
        line.kind = Kind::Heading(2);
        let lower = line.text.to_lowercase();
        let mut chars = lower.chars();
        line.text = chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default();
        line.text = line.text.trim_end_matches(':').to_string();
    }
    out
}

/// A line's kind, and its words.
fn read<'t>(bare: &'t str, indent: usize, indents: &mut Vec<usize>) -> (Kind, &'t str) {
    let signs = bare.len() - bare.trim_start_matches('#').len();
    if (1..=6).contains(&signs) && bare[signs..].starts_with(' ') {
        return (Kind::Heading(signs), bare[signs..].trim().trim_end_matches('#').trim_end());
    }
    if let Some(bold) = bare.strip_prefix("**").and_then(|rest| rest.strip_suffix("**"))
        && !bold.contains("**")
        && bold.chars().count() < 80
        && indent == 0
    {
        return (Kind::Heading(3), bold.trim_end_matches(':'));
    }
    if let Some(said) = bare.strip_prefix('>') {
        return (Kind::Quote, said.trim());
    }
    let dot = ["- ", "* ", "+ ", "• ", "– ", "— ", "○ ", "▪ ", "o "]
        .iter()
        .find_map(|sign| bare.strip_prefix(sign));
    let digits = bare.len() - bare.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let letter = bare.as_bytes().first().is_some_and(u8::is_ascii_lowercase) && bare[1..].starts_with(") ");
    let numbered = match (digits, letter) {
        (1..=3, _) => bare[digits..].strip_prefix(['.', ')']).filter(|rest| rest.starts_with(' ')),
        (_, true) => Some(&bare[2..]),
        _ => None,
    };
    let found = dot.map(|text| (Sign::Dot, text)).or(numbered.map(|text| (Sign::Number, text)));
    match found {
        Some((sign, text)) => {
            while indents.last().is_some_and(|last| *last > indent) {
                indents.pop();
            }
            if indents.last().is_none_or(|last| *last < indent) {
                indents.push(indent);
            }
            (Kind::Item(indents.len() - 1, sign), text.trim())
        }
        None => {
            if indent == 0 {
                indents.clear();
            }
            (Kind::Plain(indent), bare)
        }
    }
}

/// The lines of a document of Word, and the code of its language where it says one.
///
/// # Errors
///
/// It is no such document.
pub(super) fn of_word(bytes: &[u8]) -> Result<(Vec<Line>, String), ImportError> {
    let files = archive::read(bytes, &|name| {
        matches!(name, "word/document.xml" | "word/styles.xml" | "word/numbering.xml")
    })?;
    let document = files.get("word/document.xml").ok_or_else(|| {
        ImportError::new(
            "this isn't a document of Word: it has no `word/document.xml`",
            "save it as `.docx`, and import again",
        )
    })?;
    let styles = files
        .get("word/styles.xml")
        .map(|bytes| outline(&String::from_utf8_lossy(bytes)))
        .unwrap_or_default();
    let numbers = files
        .get("word/numbering.xml")
        .map(|bytes| String::from_utf8_lossy(bytes).into_owned())
        .unwrap_or_default();
    let mut word = Word {
        styles,
        has_numbers: numbers.contains("\"decimal\""),
        bullets: bullets(&numbers),
        ..Word::default()
    };
    word.read(&String::from_utf8_lossy(document))?;
    Ok((word.lines, word.lang))
}

/// The levels of headings by the ids of their styles, whatever they are called in the program's language.
fn outline(xml: &str) -> Vec<(String, usize)> {
    let mut found = Vec::new();
    for style in xml.split("<w:style ").skip(1) {
        let id =
            style.split("w:styleId=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default();
        let name = style
            .split("<w:name w:val=\"")
            .nth(1)
            .and_then(|rest| rest.split('"').next())
            .unwrap_or_default();
        let level = style
            .split("<w:outlineLvl w:val=\"")
            .nth(1)
            .and_then(|rest| rest.split('"').next()?.parse::<usize>().ok());
        if name.eq_ignore_ascii_case("title") {
            found.push((id.to_string(), 0));
        } else if let Some(level) = level.filter(|level| *level < 6) {
            found.push((id.to_string(), level + 1));
        }
    }
    found
}

/// The ids of lists whose items have dots.
fn bullets(xml: &str) -> Vec<String> {
    let of = |text: &str, key: &str| {
        text.split(key).nth(1).and_then(|rest| rest.split('"').next()).map(str::to_string)
    };
    let kinds = xml.split("<w:abstractNum ").skip(1).filter_map(|one| {
        let is_bullet = of(one, "<w:numFmt w:val=\"").is_some_and(|format| format == "bullet");
        is_bullet.then(|| of(one, "w:abstractNumId=\"")).flatten()
    });
    let kinds: Vec<String> = kinds.collect();
    let lists = xml.split("<w:num ").skip(1).filter_map(|one| {
        let kind = of(one, "<w:abstractNumId w:val=\"")?;
        kinds.contains(&kind).then(|| of(one, "w:numId=\"")).flatten()
    });
    lists.collect()
}

#[derive(Default)]
struct Word {
    styles: Vec<(String, usize)>,
    bullets: Vec<String>,
    has_numbers: bool,
    lines: Vec<Line>,
    lang: String,
    number: usize,
}

impl Word {
    fn read(&mut self, xml: &str) -> Result<(), ImportError> {
        let broken = || {
            ImportError::new(
                "the document breaks off or isn't XML",
                "open it in Word, save it again, and import that",
            )
        };
        let mut reader = Reader::from_str(xml);
        let mut text = String::new();
        let (mut style, mut level, mut list, mut indent) = (String::new(), None, String::new(), 0_usize);
        let (mut is_text, mut depth) = (false, 0_usize);
        loop {
            match reader.read_event().map_err(|_| broken())? {
                Event::DocType(_) => return Err(broken()),
                event @ (Event::Start(_) | Event::Empty(_)) => {
                    let is_start = matches!(event, Event::Start(_));
                    let (Event::Start(tag) | Event::Empty(tag)) = &event else { continue };
                    depth += usize::from(is_start);
                    let value = |name: &str| {
                        let found = tag.attributes().filter_map(Result::ok).find(|one| one.key.0 == name);
                        found
                            .map(|one| crate::content::markup::unescaped(&one.value).into_owned())
                            .unwrap_or_default()
                    };
                    match tag.name().0 {
                        "w:p" => (style, level, list, indent) = (String::new(), None, String::new(), 0),
                        "w:pStyle" => style = value("w:val"),
                        "w:ilvl" => level = value("w:val").parse::<usize>().ok(),
                        "w:numId" => list = value("w:val"),
                        "w:ind" => indent = value("w:left").parse::<usize>().unwrap_or_default() / 100,
                        "w:lang" if self.lang.is_empty() => self.lang = value("w:val"),
                        "w:t" => is_text = is_start,
                        "w:tab" => text.push(' '),
                        "w:br" => text.push('\n'),
                        _ => {}
                    }
                }
                Event::Text(words) if is_text => text.push_str(&words),
                Event::GeneralRef(reference) if is_text => {
                    let name: &str = &reference;
                    match reference.resolve_char_ref() {
                        Ok(Some(c)) => text.push(c),
                        _ => text
                            .push_str(quick_xml::escape::resolve_predefined_entity(name).unwrap_or_default()),
                    }
                }
                Event::End(tag) => {
                    depth = depth.saturating_sub(1);
                    match tag.name().0 {
                        "w:t" => is_text = false,
                        "w:p" => self.paragraph(&std::mem::take(&mut text), (&style, level, &list), indent),
                        _ => {}
                    }
                }
                Event::Eof if depth == 0 => return Ok(()),
                Event::Eof => return Err(broken()),
                _ => {}
            }
        }
    }

    fn paragraph(&mut self, text: &str, (style, level, list): (&str, Option<usize>, &str), indent: usize) {
        self.number += 1;
        let heading = self.styles.iter().find(|(id, _)| id == style).map(|(_, level)| *level);
        let sign = if !self.has_numbers || self.bullets.iter().any(|id| id == list) {
            Sign::Dot
        } else {
            Sign::Number
        };
        for part in text.split('\n').map(str::trim).filter(|part| !part.is_empty()) {
            let kind = match (heading, level) {
                (Some(0), _) => Kind::Title,
                (Some(level), _) => Kind::Heading(level),
                (None, Some(level)) if list != "0" => Kind::Item(level, sign),
                _ if style.to_lowercase().contains("quote") || style.to_lowercase().contains("citat") => {
                    Kind::Quote
                }
                _ => Kind::Plain(indent),
            };
            // What is typed as a list or a heading is one, too.
            let typed = of_text(part).into_iter().next().filter(|_| matches!(kind, Kind::Plain(_)));
            let (kind, text) = typed.map_or((kind, part.to_string()), |line| match line.kind {
                Kind::Item(_, sign) => (Kind::Item(indent / 7, sign), line.text),
                Kind::Plain(_) => (kind, line.text),
                other => (other, line.text),
            });
            self.lines.push(Line { kind, text, number: self.number });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_told_apart() {
        let lines = of_text(
            "CALL SCRIPT\n\nIntro\n=====\nHello,\nit is me.\n\n- If yes\n    - Deep\n- If no\n1. One\na) Two\n> Said\n**Bold:**\n",
        );
        let kinds: Vec<(Kind, &str)> = lines.iter().map(|line| (line.kind, line.text.as_str())).collect();
        assert_eq!(
            kinds,
            [
                (Kind::Heading(2), "Call script"),
                (Kind::Heading(1), "Intro"),
                (Kind::Plain(0), "Hello, it is me."),
                (Kind::Item(0, Sign::Dot), "If yes"),
                (Kind::Item(1, Sign::Dot), "Deep"),
                (Kind::Item(0, Sign::Dot), "If no"),
                (Kind::Item(0, Sign::Number), "One"),
                (Kind::Item(0, Sign::Number), "Two"),
                (Kind::Quote, "Said"),
                (Kind::Heading(3), "Bold"),
            ]
        );
    }

    #[test]
    fn a_document_of_word_has_the_same_lines() {
        let paragraph = |style: &str, list: &str, text: &str| {
            format!(
                "<w:p><w:pPr>{style}{list}</w:pPr><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>"
            )
        };
        let item =
            |level: u8| format!("<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"3\"/></w:numPr>");
        let body = [
            paragraph("<w:pStyle w:val=\"Rubrik1\"/>", "", "&#214;ppning"),
            paragraph("", "", "Hej &amp; v&#228;lkommen <w:br/>"),
            paragraph("", &item(0), "Om ja"),
            paragraph("", &item(1), "Djup"),
        ];
        let document = format!(
            "<w:document><w:body>{}<w:lang w:val=\"sv-SE\"/></w:body></w:document>",
            body.concat().replace("<w:br/>", "</w:t><w:br/><w:t>")
        );
        let styles = "<w:styles><w:style w:styleId=\"Rubrik1\"><w:name w:val=\"heading 1\"/><w:outlineLvl w:val=\"0\"/></w:style></w:styles>";
        let bytes = archive::archive_of(&[("word/document.xml", &document), ("word/styles.xml", styles)]);
        let (lines, lang) = of_word(&bytes).unwrap();
        let kinds: Vec<(Kind, &str)> = lines.iter().map(|line| (line.kind, line.text.as_str())).collect();
        assert_eq!(
            kinds,
            [
                (Kind::Heading(1), "Öppning"),
                (Kind::Plain(0), "Hej & välkommen"),
                (Kind::Item(0, Sign::Dot), "Om ja"),
                (Kind::Item(1, Sign::Dot), "Djup")
            ]
        );
        assert_eq!(lang, "sv-SE");
        assert!(of_word(&archive::archive_of(&[("x", "y")])).unwrap_err().message.contains("Word"));
        assert!(of_word(&archive::archive_of(&[("word/document.xml", "<w:document><w:p>")])).is_err());
    }
}
