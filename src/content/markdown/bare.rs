//! Web and mail addresses that stand bare in a text, as GitHub Flavored Markdown finds them (GFM 0.29, section 6.9,
//! "Autolinks (extension)").

use std::ops::Range;

use memchr::memchr3_iter;

use crate::encode::mail;

/// An address in a text, and where it leads.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Bare {
    pub(super) place: Range<usize>,
    pub(super) target: String,
}

/// The addresses in a text that `before` and `behind` touch.
pub(super) fn find(text: &str, before: Option<char>, behind: Option<char>) -> Vec<Bare> {
    let mut found: Vec<Bare> = Vec::new();
    if !has_sign(text.as_bytes()) {
        return found;
    }
    let (mut last, mut from) = (before, 0);
    for (at, c) in text.char_indices() {
        let bare = match c {
            _ if at < from => None,
            'h' | 'H' | 'w' | 'W' if can_precede(last) => web(text, at),
            '@' => email(text, at, from, before),
            _ => None,
        };
        last = Some(c);
        // What goes on in another node (`--`, of which typography makes a dash) would be cut off.
        let is_cut = |bare: &Bare| {
            bare.place.end == text.len()
                && behind.is_some_and(|c| matches!(c, '-' | '.' | '&' | '\\' | '_' | '*'))
        };
        if let Some(bare) = bare.filter(|bare| !is_cut(bare)) {
            from = bare.place.end;
            found.push(bare);
        }
    }
    found
}

/// Is there what every address has, `@`, `://` or `www.`? All texts are looked at, and most have none.
fn has_sign(text: &[u8]) -> bool {
    memchr3_iter(b'@', b':', b'.', text).any(|at| match text[at] {
        b'.' => at >= 3 && text[at - 3..at].eq_ignore_ascii_case(b"www"),
        b':' => text[at + 1..].starts_with(b"//"),
        _ => true,
    })
}

fn can_precede(c: Option<char>) -> bool {
    c.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '/' | '@' | '.' | '-' | '=' | '&' | '?' | '\\'))
}

fn web(text: &str, at: usize) -> Option<Bare> {
    let begins =
        |start: &str| text.get(at..at + start.len()).is_some_and(|there| there.eq_ignore_ascii_case(start));
    let (skip, scheme) = match () {
        () if begins("https://") => (8, ""),
        () if begins("http://") => (7, ""),
        () if begins("www.") => (0, "http://"),
        () => return None,
    };
    let rest = &text[at + skip..];
    let host = &rest
        [..rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_' | '.'))).unwrap_or(rest.len())];
    let host = host.trim_end_matches(['.', '_', '-']);
    let parts: Vec<&str> = host.split('.').collect();
    let is_host = parts.len() > 1
        && parts.iter().all(|part| !part.is_empty())
        && !parts.iter().rev().take(2).any(|part| part.contains('_'));
    if !is_host {
        return None;
    }
    let is_end = |c: char| c.is_whitespace() || matches!(c, '<' | '“' | '”' | '«' | '»');
    let all = &text[at..];
    let all = without_end(&all[..all.find(is_end).unwrap_or(all.len())]);
    Some(Bare { place: at..at + all.len(), target: format!("{scheme}{all}") })
}

/// An address without the punctuation of the sentence that it is in, and the brackets that it stands in.
fn without_end(mut all: &str) -> &str {
    loop {
        let shorter = all.trim_end_matches(['?', '!', '.', ',', ':', '*', '_', '~', '\'', '"', '’', '…']);
        let shorter = match shorter.strip_suffix(')') {
            Some(less) if shorter.matches(')').count() > shorter.matches('(').count() => less,
            _ => shorter,
        };
        let shorter = match shorter.strip_suffix(';') {
            Some(less) => less.rfind('&').map_or(less, |start| {
                let is_name = less[start + 1..].bytes().all(|b| b.is_ascii_alphanumeric());
                if is_name { &less[..start] } else { less }
            }),
            None => shorter.strip_suffix(']').filter(|less| !less.contains('[')).unwrap_or(shorter),
        };
        if shorter.len() == all.len() {
            return all;
        }
        all = shorter;
    }
}

/// The address around the `@` at the byte `at`, which doesn't begin before `from`.
fn email(text: &str, at: usize, from: usize, before: Option<char>) -> Option<Bare> {
    let is_local = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '+');
    let local = text[from..at].chars().rev().take_while(|c| is_local(*c)).count();
    let start = at - local;
    let last = text[..start].chars().next_back().or(before);
    let rest = &text[at + 1..];
    let is_host = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    let host = &rest[..rest.find(|c| !is_host(c)).unwrap_or(rest.len())];
    let whole = host.trim_end_matches('.');
    let is_whole = whole.split('.').count() > 1
        && whole.split('.').all(|part| !part.is_empty())
        && !whole.ends_with(['-', '_'])
        && !rest[host.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '@');
    let is_free = last.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '/' | '@' | '\\'));
    let address = &text[start..at + 1 + whole.len()];
    (local > 0 && is_whole && is_free)
        .then(|| Bare { place: start..start + address.len(), target: mail::to(address) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_end_where_readers_think_they_do() {
        for (text, expected) in [
            ("at https://a.example/list, day", "https://a.example/list"),
            ("(https://a.example/x_(y)).", "https://a.example/x_(y)"),
            ("Www.fjord.example!", "http://Www.fjord.example"),
            ("https://a.example/?q=1&b=2&amp;", "https://a.example/?q=1&b=2"),
            ("se http://å.example/väg?", "http://å.example/väg"),
            ("”https://a.example/”", "https://a.example/"),
            ("write to kim.b+x@fjord.example.", "mailto:kim.b+x@fjord.example"),
        ] {
            let found = find(text, None, None);
            assert_eq!(found.iter().map(|one| &*one.target).collect::<Vec<_>>(), [expected], "{text}");
        }
        for text in [
            "https://",
            "http://localhost/",
            "xhttps://a.example",
            "@kim",
            "a@b",
            "www.",
            "3@4.5@6",
            "wwwx.y",
        ] {
            assert_eq!(find(text, None, None), [], "{text}");
        }
        assert_eq!(find("https://a.example/x", None, Some('-')), []);
    }
}
