//! Which pages of a site are articles, which are pages, and which only list others: by what they say of themselves, by their
//! addresses, and by what they consist of.

use super::main_text::MainText;
use super::page::{DeclaredKind, Read};
use crate::authoring::importers::posts::List;
use crate::authoring::markup::tree::{Element, Node};

/// What a page of the old site is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// An article, with a day.
    Article,
    /// A page, outside the articles.
    Page,
    /// A list, which ringback makes itself.
    List(List),
    /// A page about an author.
    Person(String),
}

/// A path without what says its language: `/sv/a/` is `/a/`.
fn without_language<'p>(parts: &[&'p str], langs: &[String]) -> Vec<&'p str> {
    match parts {
        [first, rest @ ..] if langs.iter().any(|lang| lang == first) => rest.to_vec(),
        all => all.to_vec(),
    }
}

/// The list that an address means by itself, in the usual patterns of programs.
pub(super) fn list_of(path: &str, langs: &[String]) -> Option<List> {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    if query
        .split('&')
        .any(|pair| matches!(pair.split('=').next(), Some("page" | "paged" | "offset" | "s" | "q")))
    {
        return Some(List::Articles);
    }
    let path = path.trim_end_matches("index.html").trim_end_matches(".html");
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    let parts = without_language(&parts, langs);
    // What is before the word is the blog's own folder.
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let paged = match parts.as_slice() {
        [above @ .., "page" | "p" | "seite" | "sida" | "side", number] if is_number(number) => {
            Some(above.to_vec())
        }
        _ => None,
    };
    let is_paged = paged.is_some();
    let parts = paged.unwrap_or(parts);
    let found = match parts.as_slice() {
        [.., "tag" | "tags" | "label" | "labels", name] => Some(List::Term("tags", (*name).into())),
        [.., "category" | "categories" | "kategori" | "kategorie", name] => {
            Some(List::Term("category", (*name).into()))
        }
        ["category" | "categories" | "topics", .., name] => Some(List::Term("category", (*name).into())),
        [.., "author" | "authors" | "people", name] => Some(List::Author((*name).into())),
        [.., "archive" | "archives" | "arkiv", year] if is_year(year) => Some(List::Archive((*year).into())),
        [.., "archive" | "archives" | "arkiv", year, month] if is_year(year) && is_number(month) => {
            Some(List::Archive(format!("{year}/{month:0>2}")))
        }
        [.., "archives" | "archive", month] if month.len() > 4 && month.contains('-') => {
            let (one, other) = month.split_once('-').unwrap_or_default();
            match (is_year(one), is_year(other)) {
                (true, _) => Some(List::Archive(format!("{one}/{other:0>2}"))),
                (_, true) => Some(List::Archive(format!("{other}/{one:0>2}"))),
                _ => None,
            }
        }
        [year] if is_year(year) => Some(List::Archive((*year).into())),
        [.., year, month] if is_year(year) && is_number(month) && month.len() <= 2 => {
            Some(List::Archive(format!("{year}/{month:0>2}")))
        }
        [.., year, month, day] if is_year(year) && is_number(month) && is_number(day) && day.len() <= 2 => {
            Some(List::Archive(format!("{year}/{month:0>2}")))
        }
        [.., "archive" | "archives" | "arkiv" | "a-z" | "search" | "tags" | "categories" | "category"] => {
            Some(List::Articles)
        }
        [.., "feed" | "feeds" | "rss" | "rss.xml" | "feed.xml" | "atom.xml" | "index.xml"] => {
            Some(List::Feed("/rss.xml"))
        }
        _ => None,
    };
    found.or_else(|| is_paged.then_some(List::Articles))
}

fn is_year(text: &str) -> bool {
    text.len() == 4 && text.parse().is_ok_and(|year: u16| (1990..2100).contains(&year))
}

/// What a page is, by what it says, where it is, and what it consists of.
pub(super) fn kind(
    read: &Read,
    path: &str,
    (found, element): (&MainText, Option<&Element>),
    langs: &[String],
) -> Kind {
    let listed = list_of(path, langs);
    if read.said == DeclaredKind::Article
        && !matches!(listed, Some(List::Term(..) | List::Articles | List::Archive(_)))
    {
        return Kind::Article;
    }
    if let (DeclaredKind::Person, Some(List::Author(name))) = (read.said, &listed) {
        return Kind::Person(name.clone());
    }
    if let Some(list) = listed {
        return Kind::List(list);
    }
    let is_listing =
        read.said == DeclaredKind::List || element.is_none_or(|element| is_listing(element, found.letters));
    let is_home =
        path.trim_matches('/').is_empty() || langs.iter().any(|lang| path.trim_matches('/') == lang);
    match read.said {
        _ if is_home => Kind::Page,
        DeclaredKind::Person => Kind::Page,
        _ if is_listing => Kind::List(List::Articles),
        DeclaredKind::Nothing if read.date.is_some() && !read.authors.is_empty() => Kind::Article,
        _ => Kind::Page,
    }
}

/// Does a text mostly consist of the titles of other pages?
pub(super) fn is_listing(element: &Element, letters: usize) -> bool {
    let (mut headings, mut linked, mut links) = (0, 0, 0);
    count(&element.children, &mut headings, &mut linked, &mut links);
    headings >= 3 && linked * 5 >= headings * 3 || letters < 200 && links >= 8
}

fn count(nodes: &[Node], headings: &mut usize, linked: &mut usize, links: &mut usize) {
    for element in nodes.iter().filter_map(Node::element) {
        if matches!(element.name.as_str(), "h1" | "h2" | "h3" | "h4") {
            *headings += 1;
            let is_link =
                |inner: &Element| inner.attribute("href").is_some_and(|href| !href.starts_with('#'));
            *linked += usize::from(element.find(&is_link).is_some());
        }
        *links += usize::from(
            element.name == "a" && element.attribute("href").is_some_and(|href| !href.starts_with('#')),
        );
        count(&element.children, headings, linked, links);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_known_by_their_addresses() {
        let cases = [
            ("/tag/the-price/", Some(List::Term("tags", "the-price".into()))),
            ("/blog/category/a/b/", None),
            ("/category/a/b/", Some(List::Term("category", "b".into()))),
            ("/blog/page/3/", Some(List::Articles)),
            ("/blog/tag/x/page/2", Some(List::Term("tags", "x".into()))),
            ("/blog/?page=2", Some(List::Articles)),
            ("/2020/5/", Some(List::Archive("2020/05".into()))),
            ("/blog/archives/05-2020", Some(List::Archive("2020/05".into()))),
            ("/blog/2020/05/07/", Some(List::Archive("2020/05".into()))),
            ("/2020/05/a-post/", None),
            ("/sv/author/kim/", Some(List::Author("kim".into()))),
            ("/feed/", Some(List::Feed("/rss.xml"))),
            ("/about/", None),
            ("/page/about/", None),
        ];
        for (path, expected) in cases {
            assert_eq!(list_of(path, &["sv".to_string()]), expected, "{path}");
        }
    }
}
