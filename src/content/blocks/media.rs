//! Films and sound beside a page: an image alone in a paragraph whose file is one, `![How we answer](answer.mp4)`, and the
//! files that belong to it because they are called like it.

/// Whether a file is a film or a sound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Media {
    /// A film, played with a picture.
    Video,
    /// A sound, played without a picture.
    Audio,
}

/// What the file at `path` plays, by its ending: those that browsers of today play.
#[must_use]
pub fn media(path: &str) -> Option<Media> {
    let path = path.split(['?', '#']).next()?;
    let (_, ending) = path.rsplit_once('.')?;
    match &*ending.to_ascii_lowercase() {
        "mp4" | "webm" => Some(Media::Video),
        "mp3" | "m4a" | "ogg" | "oga" | "opus" => Some(Media::Audio),
        _ => None,
    }
}

/// What the film or the sound at `path` is, as browsers and directories of podcasts name it.
#[must_use]
pub fn media_type(path: &str) -> Option<&'static str> {
    let (_, ending) = path.rsplit_once('.')?;
    Some(match &*ending.to_ascii_lowercase() {
        "mp4" => "video/mp4",
        "webm" => "video/webm",
        "mp3" => "audio/mpeg",
        "m4a" => "audio/x-m4a",
        "ogg" | "oga" | "opus" => "audio/ogg",
        _ => return None,
    })
}

/// A file that belongs to a film or a sound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Companion<'p> {
    /// What is said, as captions (`talk.vtt`), perhaps with a language (`talk.sv.vtt`).
    Captions(Option<&'p str>),
    /// What is shown before it begins: `talk.jpg`.
    Poster,
}

/// The files that belong to the film or the sound at `path`, among all `files` of the site, which are sorted: those in the
/// same folder with the same name.
pub fn companions<'f>(path: &str, files: &'f [String]) -> Vec<(&'f str, Companion<'f>)> {
    if media(path).is_none() {
        return Vec::new();
    }
    let found = same_stem(path, files).filter_map(|(file, ending)| {
        let companion = match ending {
            "vtt" => Companion::Captions(None),
            ending if is_still(ending) => Companion::Poster,
            rest => Companion::Captions(Some(
                rest.strip_suffix(".vtt").filter(|code| !code.contains(['.', '/']))?,
            )),
        };
        Some((file, companion))
    });
    found.collect()
}

/// What a path or an address ends with, without what follows the path.
#[must_use]
pub fn file_name(path: &str) -> &str {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    path.rsplit('/').next().unwrap_or_default()
}

/// Is the file at `path` a document for print, by its ending?
#[must_use]
pub fn is_document(path: &str) -> bool {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    path.rsplit_once('.').is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("pdf"))
}

/// What shows the first page of the document at `path`, among all `files` of the site, which are sorted: an image in the same
/// folder with the same name.
#[must_use]
pub fn cover<'f>(path: &str, files: &'f [String]) -> Option<&'f str> {
    same_stem(path, files).find(|(_, ending)| is_still(ending)).map(|(file, _)| file)
}

/// The files in the same folder that are called like the one at `path`, among `files`, which are sorted: each with what
/// follows the name and its dot.
fn same_stem<'f>(path: &str, files: &'f [String]) -> impl Iterator<Item = (&'f str, &'f str)> {
    let start = path.rsplit_once('.').map(|(stem, _)| format!("{stem}."));
    let from = start.as_ref().map_or(files.len(), |start| files.partition_point(|file| file < start));
    files[from..].iter().map_while(move |file| Some((file.as_str(), file.strip_prefix(start.as_ref()?)?)))
}

/// Is it the ending of an image?
fn is_still(ending: &str) -> bool {
    matches!(ending, "jpg" | "jpeg" | "png" | "webp" | "avif")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_known_by_their_endings() {
        assert_eq!(media("a/talk.MP4?x#t=3"), Some(Media::Video));
        assert_eq!(media("talk.m4a"), Some(Media::Audio));
        assert_eq!((media("talk.png"), media("mp4"), media("")), (None, None, None));
    }

    #[test]
    fn a_document_is_covered_by_the_image_of_its_name() {
        let files = ["a/guide-2.jpg", "a/guide.docx", "a/guide.pdf", "a/guide.png"].map(str::to_string);
        assert!(is_document("a/guide.PDF#page=2") && !is_document("a/guide.docx") && !is_document("pdf"));
        assert_eq!(cover("a/guide.pdf", &files), Some("a/guide.png"));
        assert_eq!(cover("a/guid.pdf", &files), None);
    }

    #[test]
    fn what_is_called_alike_belongs_together() {
        let names = [
            "a/talk-2.vtt",
            "a/talk.jpg",
            "a/talk.mp4",
            "a/talk.sv.vtt",
            "a/talk.txt",
            "a/talk.vtt",
            "a/talks.vtt",
        ];
        let files = names.map(str::to_string);
        let found = companions("a/talk.mp4", &files);
        assert_eq!(
            found,
            [
                ("a/talk.jpg", Companion::Poster),
                ("a/talk.sv.vtt", Companion::Captions(Some("sv"))),
                ("a/talk.vtt", Companion::Captions(None)),
            ]
        );
        assert_eq!(companions("a/talk.png", &files), []);
    }
}
