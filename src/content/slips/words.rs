//! Words that stand for others, which somebody forgot to write.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use memchr::{memchr2, memmem};

/// What placeholders are called, in English, Swedish and Norwegian. The first list is also meant in round brackets.
const SURE: &[&str] = &[
    "first name",
    "firstname",
    "last name",
    "lastname",
    "surname",
    "full name",
    "your name",
    "company name",
    "customer name",
    "your company",
    "förnamn",
    "efternamn",
    "ditt namn",
    "företagsnamn",
    "kundens namn",
    "ert företag",
    "ditt företag",
    "fornavn",
    "etternavn",
    "navnet ditt",
    "ditt navn",
    "firmanavn",
    "bedriftsnavn",
    "kundens navn",
    "insert name",
    "insert text",
    "infoga namn",
    "infoga text",
    "sett inn navn",
    "sett inn tekst",
];

/// The same, for square brackets only.
const BRACKETED: &[&str] = &[
    "name",
    "company",
    "customer",
    "client",
    "phone",
    "phone number",
    "email",
    "your email",
    "your phone",
    "date",
    "time",
    "day",
    "city",
    "town",
    "product",
    "price",
    "amount",
    "industry",
    "title",
    "role",
    "number",
    "competitor",
    "namn",
    "företag",
    "företaget",
    "kund",
    "kunden",
    "telefon",
    "telefonnummer",
    "e post",
    "epost",
    "datum",
    "tid",
    "dag",
    "stad",
    "ort",
    "produkt",
    "pris",
    "belopp",
    "bransch",
    "titel",
    "roll",
    "konkurrent",
    "navn",
    "bedrift",
    "bedriften",
    "firma",
    "selskap",
    "selskapet",
    "kunde",
    "kunden",
    "telefonnummer",
    "dato",
    "by",
    "sted",
    "beløp",
    "bransje",
    "tittel",
    "rolle",
    "produktet",
];

/// What stands around a word. Round ones are often around words that are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Brackets {
    Round,
    Other,
}

/// Is this what a placeholder is called?
pub(super) fn is_field(inner: &str, brackets: Brackets) -> bool {
    let in_square_brackets = brackets == Brackets::Other;
    let name = inner.trim().to_lowercase().replace(['_', '-'], " ");
    let is_one = |name: &str| SURE.contains(&name) || in_square_brackets && BRACKETED.contains(&name);
    let articles = [
        "the ",
        "your ",
        "their ",
        "prospect's ",
        "customer's ",
        "insert ",
        "ditt ",
        "din ",
        "ert ",
        "er ",
        "infoga ",
        "sett inn ",
        "kundens ",
        "mottakerens ",
        "mottagarens ",
    ];
    is_one(&name)
        || in_square_brackets && articles.iter().any(|one| name.strip_prefix(one).is_some_and(is_one))
}

/// Words that nobody means to publish, with their places.
pub(super) fn unfinished(text: &str) -> Vec<(usize, &str)> {
    static WORDS: LazyLock<AhoCorasick> = LazyLock::new(|| {
        let words = ["XXX", "TODO", "FIXME", "TBD", "lorem ipsum", "Lorem ipsum"];
        AhoCorasick::new(words).expect("a handful of words is not too much")
    });
    // Each of them has one of these in it, which are rare.
    if memchr2(b'X', b'D', text.as_bytes()).is_none() && memmem::find(text.as_bytes(), b"ipsum").is_none() {
        return Vec::new();
    }
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    let (mut found, mut from) = (Vec::new(), 0);
    for word in WORDS.find_iter(text) {
        let (at, mut end) = (word.start(), word.end());
        if at < from {
            continue;
        }
        if text[at..end].starts_with('X') {
            end += text[end..].bytes().take_while(|b| *b == b'X').count();
        }
        let is_whole = !text[..at].ends_with(is_part) && !text[end..].starts_with(is_part);
        if is_whole || text[at..end].ends_with("ipsum") {
            found.push((at, &text[at..end]));
        }
        from = end;
    }
    found
}

/// Is it what WordPress, its page builders or forums call a shortcode?
pub(super) fn is_shortcode(name: &str) -> bool {
    const NAMES: &[&str] = &[
        "gallery",
        "caption",
        "wp_caption",
        "contact-form",
        "contact-form-7",
        "playlist",
        "gravityform",
        "wpforms",
        "ninja_form",
        "mc4wp_form",
        "nextpage",
        "url",
        "img",
    ];
    const STARTS: &[&str] = &["vc_", "et_pb_", "fusion_", "su_", "av_", "wpcf7"];
    NAMES.contains(&name) || STARTS.iter().any(|start| name.starts_with(start))
}
