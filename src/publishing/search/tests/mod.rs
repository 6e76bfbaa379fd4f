//! The index read back as `docs/content/search-index.md` specifies it, by a reader that shares no code with the writer; and the
//! ranking, over the shards that a query loads and over the whole index.

mod ranking;
mod reader;

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use serde_json::{Value, json};

use self::ranking::{LARGE, Whole};
use self::reader::{BitReader, ReadIndex};
use super::postings::{List, Postings, Word};
use super::*;
use crate::edition::{inputs, linking};
use crate::project::{CONFIG_FILE, MemoryProject};
use crate::testing;

/// As `docs/content/search-index.md` says.
fn kept_length(byte: u8) -> f64 {
    let byte = u64::from(byte);
    (if byte < 8 { byte } else { (4 + byte % 4) << (byte / 4 - 1) }) as f64
}

#[test]
fn every_posting_is_read_back() {
    let (index, whole) = &*LARGE;
    let words: Vec<&Word> = index.shards.iter().flat_map(|shard| &shard.words).collect();
    assert_eq!(words, whole.words.iter().collect::<Vec<_>>());
    for (number, postings) in index.shards.iter().flat_map(|shard| &shard.postings) {
        assert_eq!(postings, &whole.postings[*number]);
    }
    // Each shard begins behind the one before it.
    for (from, shard) in index.from.iter().zip(&index.shards).skip(1) {
        let first = shard.words.iter().chain(&shard.tails).map(|word| &word.folded).min().unwrap();
        assert!(first.starts_with(from.as_str()), "{from}");
    }
}

/// What words end with that begins like the query, and the terms of these words, by looking at every word.
fn ends_with_query(whole: &Whole, query: &str) -> BTreeMap<String, BTreeSet<usize>> {
    let mut found: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for word in &whole.words {
        for (at, _) in word.folded.match_indices(query).filter(|(at, _)| *at >= 2) {
            if word.folded[..at].contains(['a', 'e', 'i', 'o', 'u', 'y']) {
                found.entry(word.folded[at..].to_string()).or_default().insert(word.term);
            }
        }
    }
    found
}

#[test]
fn what_is_inside_words_is_found_where_nothing_begins_so() {
    let (index, whole) = &*LARGE;
    assert_eq!(index.header["inside"], true);
    let mut compared = 0;
    for word in whole.words.iter().step_by(7).filter(|word| word.folded.is_ascii()) {
        for (at, length) in [(3, 6), (4, 8), (5, 12)] {
            let Some(query) = word.folded.get(at..at + length) else { continue };
            let is_beginning = |part: &str| {
                let at = whole.words.partition_point(|word| word.folded.as_str() < part);
                whole.words.get(at).is_some_and(|word| word.folded.starts_with(part))
            };
            if is_beginning(query)
                || !is_beginning(&query[..2])
                || !query.contains(['a', 'e', 'i', 'o', 'u', 'y'])
            {
                continue;
            }
            let loaded = index.loaded(query);
            let mut found = BTreeMap::new();
            for shard in &index.shards[loaded.clone()] {
                for tail in shard.tails.iter().filter(|tail| tail.folded.starts_with(query)) {
                    found.insert(tail.text.clone(), &shard.tail_postings[&tail.term]);
                }
            }
            let expected = ends_with_query(whole, query);
            for (tail, postings) in found {
                let terms = expected.get(&tail).expect("some word ends with it");
                let in_text = terms.iter().flat_map(|term| &whole.postings[*term].text.documents);
                let in_text: BTreeSet<u32> = in_text.copied().collect();
                assert!(postings.text.documents.iter().all(|own| in_text.contains(own)), "{tail}");
                compared += 1;
            }
        }
    }
    assert!(compared > 50, "{compared}");
    let numbers: Vec<usize> =
        index.shards.iter().flat_map(|shard| &shard.tails).map(|tail| tail.term).collect();
    assert!(numbers.windows(2).all(|two| two[0] < two[1]), "a tail has a number of its own");
}

#[test]
fn only_languages_with_compounds_have_tails() {
    let linked = testing::linked(&small(), "public");
    let inside = |lang: &str| ReadIndex::new(&linked.features.search, lang).header.get("inside").cloned();
    assert_eq!((inside("en"), inside("sv")), (None, Some(Value::Bool(true))));
}

proptest! {
    #[test]
    fn lists_are_read_back(documents in prop::collection::btree_map(0_u32..5_000, 1_u32..40, 0..300)) {
        let mut list = List::default();
        for (document, frequency) in &documents {
            if *frequency > 1 {
                list.repeated.push(list.documents.len() as u32);
                list.frequencies.push(*frequency);
            }
            list.documents.push(*document);
        }
        let title_lengths: Vec<u32> = list.documents.iter().map(|document| document % 9 + 1).collect();
        let postings = Postings { text: list.clone(), title: list, title_lengths };
        let bytes = postings.bytes(5_000);
        prop_assert_eq!(BitReader { bytes: &bytes, at: 0 }.postings(5_000), postings);
    }
}

/// A small site in two languages with everything that search has to know.
fn small() -> MemoryProject {
    testing::project(|config| format!("{config}journey: {{model: inbound}}\n"))
        .with(
            "content/insights/calls.md",
            "---\ntitle: \"<script>alert(1)</script> & \\\"calls\\\"\"\ndescription: How calls go.\ntags: [crm]\nstage: convert\n\
             authors: [anna]\n---\nBefore all headings.\n\n## First 😀 words\n\nSay hello.\n\n### Deeper\n\nSay more.\n\n## First words\n\nAgain.\n",
        )
        .with(
            "content/insights/gated.md",
            "---\ntitle: The guide\ndescription: A sealed guide.\ngate: {form: guide}\n---\nTeaser words.\n\n<!-- gate -->\n\n## Guarded heading\n\nGUARDED treasure.\n",
        )
        .with("content/insights/hidden.md", "---\ntitle: Unfindable\nlisted: false\n---\nNeedle.\n")
        .with("content/scripts/call.md", "---\ntitle: Internal script\noutcomes: {end: {label: End}}\n---\n## Opening\n> Secretword.\n\n- \"Yes\" → [End](outcome:end)\n- \"No\" → [End](outcome:end)\n")
        .with("content/people/anna.md", "---\ntitle: Anna Berg\nrole: Founder\n---\nShe sells.\n")
        .with("content/insights/samtal.sv.md", "---\ntitle: Samtal\n---\nKalla samtal.\n")
        .with("content/forms/guide.yaml", testing::FORM)
}

fn words_of(index: &ReadIndex) -> BTreeSet<&str> {
    index.shards.iter().flat_map(|shard| &shard.words).map(|word| word.text.as_str()).collect()
}

#[test]
fn a_page_is_cut_at_its_headings() {
    let linked = testing::linked(&small(), "public");
    let index = ReadIndex::new(&linked.features.search, "en");
    let calls = index.store.iter().find(|page| page[0] == "/insights/calls/").unwrap();
    assert_eq!(
        *calls,
        json!([
            "/insights/calls/",
            "<script>alert(1)</script> & \"calls\"",
            0,
            "",
            "How calls go.",
            ["First 😀 words", "Say hello."],
            ["Deeper", "Say more."],
            ["First words", "Again.", "first-words-2"],
        ])
    );
    assert_eq!(index.header["kinds"][0], "Insight");
    assert!(index.header.get("inline").is_some(), "a small site is one file");
}

#[test]
fn what_an_edition_may_not_see_is_in_no_index() {
    let linked = testing::linked(&small(), "public");
    for lang in ["en", "sv"] {
        let index = ReadIndex::new(&linked.features.search, lang);
        let words = words_of(&index);
        for secret in ["guarded", "treasure", "needle", "unfindable", "secretword", "internal"] {
            assert!(!words.contains(secret), "{secret}");
        }
        assert!(!index.store.iter().any(|page| page.to_string().contains("uarded")));
    }
    let index = ReadIndex::new(&linked.features.search, "en");
    let words = words_of(&index);
    assert!(
        ["teaser", "sealed", "guide", "anna", "founder"].iter().all(|word| words.contains(word)),
        "{words:?}"
    );
    let team = testing::linked(&small(), "team");
    assert!(words_of(&ReadIndex::new(&team.features.search, "en")).contains("secretword"));
}

#[test]
fn each_language_has_an_index_of_its_own() {
    let linked = testing::linked(&small(), "public");
    let index = ReadIndex::new(&linked.features.search, "sv");
    assert!(words_of(&index).contains("samtal") && !words_of(&index).contains("calls"));
    assert_eq!(index.header["kinds"][0], "Insikt");
}

#[test]
fn facets_are_what_there_is_a_choice_of() {
    let linked = testing::linked(&small(), "public");
    let facets = ReadIndex::new(&linked.features.search, "en").facets.unwrap();
    let kinds = &facets.as_array().unwrap()[0];
    assert_eq!(kinds["key"], "kind");
    assert_eq!(kinds["terms"], json!([["insight", "Insight"], ["person", "Person"]]));
    // There is only one stage among the pages, so nothing to choose.
    assert!(!facets.as_array().unwrap().iter().any(|facet| facet["key"] == "stage"), "{facets}");
}

#[test]
fn odd_pages_do_no_harm() {
    let project = testing::project(str::to_string)
        .with("content/insights/empty.md", "---\ntitle: Nothing here\n---\n")
        .with("content/insights/long.md", format!("---\ntitle: Long\n---\n{}\n", "x".repeat(100_000)))
        .with("content/insights/emoji.md", "---\ntitle: 🎉🎉\n---\n😀 👍🏽 🇸🇪\n\n## 🎈\n\n🎂\n")
        .with(
            "content/insights/mixed.md",
            "---\ntitle: Mixed\n---\nHallå världen, привет, שלום \u{200f}and 你好.\n",
        );
    let linked = testing::linked(&project, "public");
    let index = ReadIndex::new(&linked.features.search, "en");
    let words = words_of(&index);
    for word in ["nothing", "long", "mixed", "hallå", "världen", "привет", "שלום", "你好", "好"]
    {
        assert!(words.contains(word), "{word}");
    }
    assert!(words.iter().all(|word| word.chars().count() <= 64));
    assert_eq!(index.store.len(), 4);
}

#[test]
fn a_site_without_pages_has_an_index_of_nothing() {
    let linked = testing::linked(
        &testing::project(str::to_string)
            .with("content/insights/a.md", "---\ntitle: A\nlisted: false\n---\n"),
        "public",
    );
    let index = ReadIndex::new(&linked.features.search, "en");
    assert_eq!((index.store.len(), index.shards.len()), (0, 0));
}

#[test]
fn a_language_that_search_does_not_know_is_named() {
    let project = MemoryProject::new()
        .with(CONFIG_FILE, "title: T\nbase_url: https://example.org/\ndefault_language: pl\nlanguages: {pl: {label: Polski}}\n")
        .with("content/insights/a.md", "---\ntitle: Klienci\n---\nRozmowa z klientem.\n");
    let mut diagnostics = Diagnostics::new();
    let loaded = crate::build::load(&project, &mut diagnostics).unwrap();
    let options =
        inputs::Options { edition: None, base_url: None, unpublished: crate::site::Unpublished::Hide };
    let linked =
        linking::link(&project, &loaded, &loaded.content.config.editions[0], &options, &mut diagnostics);
    let found = diagnostics.sorted();
    let warning = found.iter().find(|problem| problem.code == Code::SearchLanguage).unwrap();
    assert!(warning.message.contains("`pl`"));
    assert!(words_of(&ReadIndex::new(&linked.features.search, "pl")).contains("rozmowa"));
}

#[test]
fn the_export_has_a_line_for_each_document() {
    let linked = testing::linked(&small(), "public");
    let lines = json_lines(&linked.site, &linked.features.search);
    let documents: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let deeper = documents.iter().find(|document| document["heading"] == "Deeper").unwrap();
    assert_eq!(deeper["url"], "/insights/calls/#deeper");
    assert_eq!(deeper["text"], "Say more.");
    assert_eq!(deeper["kind"], "insight");
    assert_eq!(deeper["stage"], "convert");
    assert_eq!(deeper["tags"], json!(["The CRM"]));
    let ids: BTreeSet<&str> = documents.iter().map(|document| document["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), documents.len());
    assert!(!lines.contains("GUARDED") && !lines.contains("Secretword"));
}

#[test]
fn engines_know_what_is_in_an_entry() {
    use super::encode::{Boosts, Header, Inline, ShardNames, StoreNames};
    use crate::testing::declaration;
    let types = [
        declaration::<Header<'_>>(),
        declaration::<Boosts>(),
        declaration::<ShardNames<'_>>(),
        declaration::<StoreNames>(),
        declaration::<Inline>(),
    ];
    crate::testing::assert_declared("publishing/search/client/header.d.ts", &types);
}
