//! Pictures that come from a browser: they are put beside the page, under a name that addresses can have.

use std::path::Path;

use super::{Editor, Problem, Refused};
use crate::content::image;
use crate::encode::slug::slug;
use crate::output::replace;
use crate::project::{PathKind, Project as _};

/// The largest picture that is taken, in bytes: those of cameras have a tenth of it.
pub(super) const MOST: usize = 64 * 1024 * 1024;

/// So many pictures of one name can be beside a page.
const NAMES: usize = 100;

/// Puts a picture beside a page, and gives the name that the page calls it by. A picture that is there already isn't put
/// there twice.
pub(super) fn add(editor: &Editor, file: &str, name: &str, bytes: &[u8]) -> Result<String, Refused> {
    let page = editor.open(file)?.file;
    let Some((folder, page)) = page.rsplit_once('/') else { return Err(Problem::NoFile.into()) };
    let ending = ending(bytes).ok_or(Problem::NoPicture)?;
    let stem = Path::new(name).file_stem().map(|stem| slug(&stem.to_string_lossy())).unwrap_or_default();
    // Other pages of the folder have pictures, too.
    let page = page.split('.').next().filter(|page| !matches!(*page, "index" | "_index")).unwrap_or_default();
    let stem = [page, &stem].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-");
    let stem = if stem.is_empty() { "picture" } else { &stem };
    for number in 1..=NAMES {
        let name = if number == 1 { format!("{stem}.{ending}") } else { format!("{stem}-{number}.{ending}") };
        let path = format!("{folder}/{name}");
        match editor.disk.path_kind(&path) {
            PathKind::File if editor.disk.read(&path).is_ok_and(|there| there == bytes) => return Ok(name),
            PathKind::Nothing => {
                replace::write(&editor.disk_path(&path), bytes)
                    .map_err(|error| Refused::new(Problem::NotWritten, error))?;
                editor.wrote(&path);
                return Ok(name);
            }
            _ => {}
        }
    }
    Err(Problem::NotWritten.into())
}

/// The bytes of a picture of the site, and its media type; for the form in which it is chosen.
pub(super) fn read(editor: &Editor, path: &str) -> Result<(Vec<u8>, &'static str), Refused> {
    let is_below = ["content/", "static/"].iter().any(|folder| path.starts_with(folder));
    let is_name = |part: &str| !part.is_empty() && !part.starts_with('.') && !part.contains(['\\', '\0']);
    if !is_below || !path.split('/').all(is_name) || !image::is_image(path) {
        return Err(Problem::NoFile.into());
    }
    let bytes = editor.disk.read(path).map_err(|_| Problem::NoFile)?;
    let kind = match ending(&bytes).ok_or(Problem::NoPicture)? {
        "jpg" => "image/jpeg",
        "png" => "image/png",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        _ => "image/svg+xml",
    };
    Ok((bytes, kind))
}

/// The ending that files of this type have, by their first bytes; `None` for what browsers don't show.
fn ending(bytes: &[u8]) -> Option<&'static str> {
    let start = &bytes[..bytes.len().min(1024)];
    match bytes {
        [0xff, 0xd8, 0xff, ..] => Some("jpg"),
        [0x89, b'P', b'N', b'G', ..] => Some("png"),
        [b'G', b'I', b'F', b'8', ..] => Some("gif"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("webp"),
        [_, _, _, _, b'f', b't', b'y', b'p', b'a', b'v', b'i', b'f' | b's', ..] => Some("avif"),
        _ => String::from_utf8_lossy(start).contains("<svg").then_some("svg"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::DiskProject;

    #[test]
    #[allow(clippy::disallowed_methods, reason = "the folder of the test")]
    fn a_picture_is_put_beside_its_page_once() {
        let folder = tempfile::tempdir().expect("a folder");
        for file in ["insights/a.md", "insights/b/index.md"] {
            let place = folder.path().join("content").join(file);
            std::fs::create_dir_all(place.parent().expect("a folder")).expect("made");
            std::fs::write(place, "---\ntitle: A\n---\n").expect("written");
        }
        let editor = Editor::new(DiskProject::new(folder.path(), None));
        let (one, other) = (crate::testing::png(2, 2), crate::testing::png(3, 3));
        let add = |file: &str, name: &str, bytes: &[u8]| {
            super::add(&editor, file, name, bytes).map_err(|refused| refused.problem)
        };
        assert_eq!(add("content/insights/a.md", "Min bild å.JPG", &one), Ok("a-min-bild-a.png".into()));
        assert_eq!(add("content/insights/a.md", "min-bild-a.png", &one), Ok("a-min-bild-a.png".into()));
        assert_eq!(add("content/insights/a.md", "min-bild-a.png", &other), Ok("a-min-bild-a-2.png".into()));
        assert_eq!(add("content/insights/b/index.md", "../../x.png", &one), Ok("x.png".into()));
        assert_eq!(add("content/insights/b/index.md", "", &one), Ok("picture.png".into()));
        assert_eq!(add("content/insights/a.md", "x.png", b"<html>"), Err(Problem::NoPicture));
        assert_eq!(add("content/insights/c.md", "x.png", &one), Err(Problem::NoFile));
        let read = |path: &str| super::read(&editor, path).map_err(|refused| refused.problem);
        assert_eq!(read("content/insights/b/x.png"), Ok((one, "image/png")));
        for path in
            ["content/insights/a.md", "content/../x.png", "ringback.yaml", "content/insights/none.png"]
        {
            assert_eq!(read(path), Err(Problem::NoFile), "{path}");
        }
    }
}
