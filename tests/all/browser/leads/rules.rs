//! One set of rules in two languages: what a page takes for an answer, the relay takes, and what it refuses, that refuses,
//! for the same reason.

use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use proptest::strategy::ValueTree as _;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use ringback::config::Localized;
use ringback::content::form::{Choice, Field, FieldKind, Limits};
use ringback::leads::forms::answers;
use serde_json::{Value, json};

use super::super::{Browser, Options, Serve, Server};

/// Asks the page's own code, with inputs as templates make them.
const ASK: &str = "const { answer } = await import('/leads/forms/client/validate.js');
    return arguments[0].map(({ field, input, typed }) => {
        const place = document.createElement('div');
        const add = (name, type, value) => {
            const control = place.appendChild(document.createElement(name));
            if (type) control.type = type;
            control.value = value;
            return control;
        };
        if (field.type === 'checkbox') add('input', 'checkbox', 'yes').checked = typed.length > 0;
        else if (field.type === 'choice' && input === 'select') {
            const list = place.appendChild(document.createElement('select'));
            list.add(new Option('–', ''));
            field.options.forEach((id) => list.add(new Option(id, id)));
            list.value = typed[0] ?? '';
        } else if (field.type.startsWith('choice')) {
            const kind = field.type === 'choice' ? 'radio' : 'checkbox';
            for (const id of field.options) Object.assign(add('input', kind, id), { name: 'x', checked: typed.includes(id) });
        } else if (field.type === 'textarea') add('textarea', '', typed[0]);
        else add('input', input, typed[0]);
        const first = place.firstElementChild, { value, wrong } = answer(field, place);
        return { value, wrong: wrong || null, shown: first.value };
    });";

/// A field, the browser's input for it, and what somebody does there.
#[derive(Debug, Clone)]
struct Case {
    field: Field,
    input: &'static str,
    typed: Vec<String>,
}

/// A country, and how it dials, as pages are told.
const COUNTRIES: [(&str, Option<&str>); 6] = [
    ("SE", Some("46:0")),
    ("NO", Some("47:8")),
    ("US", Some("1:10")),
    ("GB", Some("44:0")),
    ("IT", Some("39:10")),
    ("", None),
];

impl Case {
    /// As the page has it.
    fn json(&self) -> Value {
        let Field { id, kind, required, limits, country, .. } = &self.field;
        let own = COUNTRIES.iter().find(|(code, _)| Some(*code) == country.as_deref());
        let options: Vec<&str> = self.field.options.iter().map(|option| option.id.value.as_str()).collect();
        json!({
            "field": {
                "id": id.value, "type": kind.name(), "required": required, "dial": own.and_then(|own| own.1),
                "min": limits.min, "max": limits.max, "min_length": limits.min_length,
                "max_length": limits.max_length, "options": options,
            },
            "input": self.input, "typed": self.typed,
        })
    }
}

fn emails() -> BoxedStrategy<String> {
    let start = select(vec!["", "mailto:", "MAILTO:mailto:", " ", "\u{feff}"]);
    let local = select(vec!["kim", "Kim.Berg", "k+1", "å", "", "a b", "\"a\"", "kim@x", "a\u{300}", "😀"]);
    let host = select(vec![
        "fjord.example",
        "FJORD.Example",
        "bücher.example",
        "localhost",
        "1.2.3.4",
        "a..b.no",
        "fjord.example.",
        "xn--bcher-kva.example",
        "xn--a.example",
        "a_b.example",
        "例え.テスト",
        "ex%41mple.com",
        "a.b",
        "a.c1",
        "-fjord.example",
        "fjord-.example",
        "[::1]",
        "fjord.example:80",
        "faß.de",
        "ﬁord.no",
        "",
    ]);
    let end = select(vec!["", "?subject=Hi", " ", "\u{200b}", "/", "\r\nBcc: all@fjord.example"]);
    let made =
        (start, local, host, end).prop_map(|(start, local, host, end)| format!("{start}{local}@{host}{end}"));
    prop_oneof![4 => made, 1 => "\\PC{0,30}"].boxed()
}

fn phones() -> BoxedStrategy<String> {
    let fixed = select(vec![
        "070-123 45 67",
        "+46 (0)70 123 45 67",
        "0046701234567",
        "08-465 004 10 ankn 12",
        "tel:+4722000000",
        "08-4650041008-46500410",
        "１２３４５６７",
        "030/123 45 67",
        "030 / 0123",
        "+46 00 70 12",
        "22 00 00 00 (9-17)",
        "(08) 465 004 10",
        "08 465 (1234)",
        "+46+47 12345",
        "12",
        "+0123456",
        "46701234567",
    ]);
    prop_oneof![
        1 => fixed.prop_map(str::to_string),
        2 => "(\\+|00|\\(\\+)?(46|47|1|0)?[0-9 ]{3,16}",
        2 => "[0-9+()/. \\-–\u{2212}x]{0,26}",
        1 => "([0-9]{7,8})",
    ]
    .boxed()
}

fn urls() -> BoxedStrategy<String> {
    let start =
        select(vec!["", "https://", "HTTP://", "ftp://", "httpx://", "mailto:", "//", "javascript://"]);
    let host = select(vec![
        "fjord.example",
        "Bücher.example",
        "localhost",
        "127.1",
        "[::1]",
        "kim:word@fjord.example:8080",
        "xn--a.example",
        "a b.no",
        "fjord.example:99999",
        "..",
        "0x7f.1",
        "fjord。example",
    ]);
    let rest = select(vec!["", "/", "/a b?q=å#x", "/%zz", "\\x", "/../..", "?\u{1}"]);
    (start, host, rest).prop_map(|(start, host, rest)| format!("{start}{host}{rest}")).boxed()
}

fn days() -> BoxedStrategy<String> {
    let any = (0..11_000_u32, 0..14_u32, 0..33_u32).prop_map(|(y, m, d)| format!("{y:04}-{m:02}-{d:02}"));
    let near = (2025..2028_u32, 1..13_u32, 1..32_u32).prop_map(|(y, m, d)| format!("{y}-{m:02}-{d:02}"));
    prop_oneof![2 => near, 2 => any, 1 => select(vec!["22.11.2026", "2026-2-3", "tomorrow", "20261122"]).prop_map(str::to_string)]
        .boxed()
}

fn lengths() -> impl Strategy<Value = Limits> {
    (proptest::option::weighted(0.3, 0..25_i64), proptest::option::weighted(0.3, 0..40_i64)).prop_map(
        |(least, more)| {
            let max_length = more.map(|more| least.unwrap_or_default() + more);
            Limits { min_length: least, max_length, ..Limits::default() }
        },
    )
}

fn field(kind: FieldKind, required: bool, limits: Limits) -> Field {
    Field { kind, required, limits, value: None, ..Field::hidden("asked", "") }
}

fn texts(kind: FieldKind, input: &'static str, typed: BoxedStrategy<String>) -> BoxedStrategy<Case> {
    (any::<bool>(), lengths(), select(COUNTRIES.to_vec()), typed)
        .prop_map(move |(required, limits, (country, _), typed)| {
            let country =
                Some(country.to_string()).filter(|country| kind == FieldKind::Tel && !country.is_empty());
            Case { field: Field { country, ..field(kind, required, limits) }, input, typed: vec![typed] }
        })
        .boxed()
}

fn choices() -> BoxedStrategy<Case> {
    const OPTIONS: [&str; 5] = ["Morning", "After 17", "a  b", "å", "yes, \"please\""];
    let kind = select(vec![FieldKind::Choice, FieldKind::Choices, FieldKind::Checkbox]);
    (kind, any::<bool>(), select(vec!["select", "radio"]), subsequence(OPTIONS.to_vec(), 0..=5))
        .prop_map(|(kind, required, input, chosen)| {
            let most = if kind == FieldKind::Choices { 5 } else { 1 };
            let typed: Vec<String> = chosen.into_iter().take(most).map(str::to_string).collect();
            let options = OPTIONS
                .iter()
                .filter(|_| kind != FieldKind::Checkbox)
                .map(|id| Choice { id: Field::hidden(id, "").id, label: Localized::default() });
            let asked = Field { options: options.collect(), ..field(kind, required, Limits::default()) };
            Case { field: asked, input, typed }
        })
        .boxed()
}

fn numbers() -> BoxedStrategy<Case> {
    let limit =
        || proptest::option::of((-50..200_i32).prop_map(|number| format!("{}", f64::from(number) / 4.0)));
    let typed = prop_oneof![
        (-400..900_i32).prop_map(|number| format!("{}", f64::from(number) / 8.0)),
        any::<f64>()
            .prop_filter("as people write them", |number| number.is_finite())
            .prop_map(|number| number.to_string()),
        select(vec!["", "1e3", "three", "-0", "9007199254740993", "1e999", ".5", "+5", "5."])
            .prop_map(str::to_string),
    ];
    (any::<bool>(), limit(), limit(), typed)
        .prop_map(|(required, min, max, typed)| {
            let limits = Limits { min, max, ..Limits::default() };
            Case { field: field(FieldKind::Number, required, limits), input: "number", typed: vec![typed] }
        })
        .boxed()
}

fn dates() -> BoxedStrategy<Case> {
    // Where a browser has no input for days, it is one for texts.
    (
        any::<bool>(),
        proptest::option::of(days()),
        proptest::option::of(days()),
        days(),
        select(vec!["date", "text"]),
    )
        .prop_map(|(required, min, max, typed, input)| {
            let is_day = |day: &String| day.len() == 10 && day.parse::<jiff::civil::Date>().is_ok();
            let limits = Limits { min: min.filter(is_day), max: max.filter(is_day), ..Limits::default() };
            Case { field: field(FieldKind::Date, required, limits), input, typed: vec![typed] }
        })
        .boxed()
}

fn case() -> impl Strategy<Value = Case> {
    let written =
        || prop_oneof![3 => ".{0,30}", 1 => "[ \\t\\r\\n\u{a0}\u{85}\u{feff}a\u{1b}e\u{301}]{0,12}"].boxed();
    prop_oneof![
        1 => texts(FieldKind::Text, "text", written()),
        1 => texts(FieldKind::Textarea, "", written()),
        2 => texts(FieldKind::Email, "email", emails()),
        3 => texts(FieldKind::Tel, "tel", phones()),
        2 => texts(FieldKind::Url, "text", urls()),
        1 => numbers(),
        1 => dates(),
        1 => choices(),
    ]
}

/// Holds what the page says against what the relay does; how they differ, if they do.
fn difference(case: &Case, page: &Value) -> Option<String> {
    let field = &case.field;
    let is_chosen = matches!(field.kind, FieldKind::Choice | FieldKind::Choices | FieldKind::Checkbox);
    let shown = page["shown"].as_str().unwrap_or_default();
    let posted: Vec<&str> = match field.kind {
        FieldKind::Checkbox => case.typed.iter().map(|_| "yes").collect(),
        _ if is_chosen => case.typed.iter().map(String::as_str).collect(),
        _ => vec![shown],
    };
    let native = answers::typed(field, &posted);
    let words = |found: Result<(), answers::Wrong>| found.err().map(|wrong| wrong.word());
    let wrong = page["wrong"].as_str();
    if !page["value"].is_null() {
        let checked = answers::check(field, &page["value"]);
        if checked.is_err() {
            return Some(format!("what the page sends is refused: {checked:?}"));
        }
        let is_same = match (&native, page["value"].as_f64()) {
            // What comes from the driver is as good as its reader, which may be wrong in the last of sixteen digits.
            (Ok(Some(native)), Some(number)) => {
                native.as_f64().is_some_and(|own| (own - number).abs() <= number.abs() * 1e-14)
            }
            (native, _) => native.as_ref() == Ok(&Some(page["value"].clone())),
        };
        return (!is_same).then(|| format!("without JavaScript it is {native:?}"));
    }
    if native == Ok(None) {
        // Nothing was filled in: nothing is sent, and whoever knows that something has to be says so.
        return (wrong.is_some() != field.required).then(|| "nothing was filled in".to_string());
    }
    let number = || shown.parse::<f64>().ok().map(|number| json!(number));
    let sent = if field.kind == FieldKind::Number { number() } else { Some(json!(shown)) };
    let said = (sent.and_then(|sent| words(answers::check(field, &sent))), words(native.map(|_| ())));
    (said != (wrong, wrong)).then(|| format!("the relay says {said:?}"))
}

#[test]
fn what_a_page_takes_the_relay_takes_and_nothing_else() {
    let sources = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let server = Server::of(&sources, Serve::default());
    let Some(page) = Browser::open(Options::default()) else { return };
    page.goto(&server.url("/leads/forms/client/validate.js"));
    // The same cases each time; others by RINGBACK_SEED.
    let seed = std::env::var("RINGBACK_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(19_u8);
    let random = TestRng::from_seed(RngAlgorithm::ChaCha, &[seed; 32]);
    let mut runner =
        TestRunner::new_with_rng(Config { failure_persistence: None, ..Config::default() }, random);
    let (mut taken, mut refused, mut different) = (0, 0, Vec::new());
    for _ in 0..10 {
        let cases: Vec<Case> =
            (0..400).map(|_| case().new_tree(&mut runner).expect("a case").current()).collect();
        let asked: Vec<Value> = cases.iter().map(Case::json).collect();
        let said: Vec<Value> = serde_json::from_value(page.js_async(ASK, &[json!(asked)])).expect("answers");
        assert_eq!(said.len(), cases.len());
        for (case, said) in cases.iter().zip(&said) {
            different.extend(difference(case, said).map(|how| format!("{how}: {} {said}", case.json())));
            *(if said["wrong"].is_null() { &mut taken } else { &mut refused }) += 1;
        }
    }
    let (count, first) = (different.len(), different.iter().take(20).cloned().collect::<Vec<_>>().join("\n"));
    assert_eq!(count, 0, "{first}");
    // Otherwise the cases say little.
    assert!(taken > 1000 && refused > 1000, "{taken} and {refused}");
}
