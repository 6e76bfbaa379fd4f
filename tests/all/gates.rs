//! Gates: nothing of what is sealed gets out, and what opens them is printed and written nowhere.

use std::collections::BTreeMap;
use std::io::Write as _;

use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};
use ringback::leads::gates::key::{Key, Secret, VARIABLE};
use ringback::leads::gates::seal;
use serde_json::Value;

use crate::support::fixture::{self, GATED, NEVER, TEAM};
use crate::support::leaks::{base64, leaks};
use crate::support::{CONFIG, FORM, SECRET, Site, WEBHOOK};

type Files = BTreeMap<String, Vec<u8>>;

#[test]
fn leaks_are_found_however_they_are_written() {
    let is_found = |bytes: &[u8]| {
        !leaks(&BTreeMap::from([("x".to_string(), bytes.to_vec())]), &[NEVER, TEAM]).is_empty()
    };
    let word = format!("{TEAM}å");
    let ways: Vec<(&str, Vec<u8>)> = vec![
        ("plainly", format!("a {word}").into_bytes()),
        ("in capitals", format!("a {}", word.to_uppercase()).into_bytes()),
        ("backwards", TEAM.chars().rev().collect::<String>().into_bytes()),
        ("as UTF-16", word.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        ("as UTF-16, the other way", word.encode_utf16().flat_map(u16::to_be_bytes).collect()),
        ("as hexadecimal", word.bytes().map(|byte| format!("{byte:02X}")).collect::<String>().into_bytes()),
        ("percent-encoded", word.bytes().map(|byte| format!("%{byte:02x}")).collect::<String>().into_bytes()),
        ("as in JSON", TEAM.bytes().map(|byte| format!("\\u{byte:04X}")).collect::<String>().into_bytes()),
        ("as in HTML", TEAM.bytes().map(|byte| format!("&#{byte};")).collect::<String>().into_bytes()),
        ("as in HTML", TEAM.bytes().map(|byte| format!("&#x{byte:x};")).collect::<String>().into_bytes()),
        ("deflated", deflated(&padded(&word))),
        ("deflated twice", deflated(&deflated(&padded(&word)))),
        ("as gzip", gzipped(&padded(&word))),
        ("as zlib, in something", [b"PNG  iTXt".to_vec(), zlib(&padded(&word)), b"CRC".to_vec()].concat()),
        (
            "deflated JSON",
            deflated(&padded(&TEAM.bytes().map(|b| format!("\\u{b:04x}")).collect::<String>())),
        ),
    ];
    for (how, bytes) in ways {
        assert!(is_found(&bytes), "{how}");
    }
    for before in ["", "a", "ab", "abc", "\"title\":\""] {
        let encoded = base64(format!("{before}{word} and more").as_bytes());
        assert!(is_found(encoded.as_bytes()), "after {before}");
        assert!(is_found(encoded.replace('+', "-").replace('/', "_").as_bytes()), "after {before}");
    }
    assert_eq!(base64(b"any carnal pleas"), "YW55IGNhcm5hbCBwbGVhcw");
    assert!(!is_found(b"zqteamonly word %zz \\u00 &#; \x78\x9c"));
    assert_eq!(leaks(&BTreeMap::from([(format!("a/{TEAM}.png"), Vec::new())]), &[TEAM]).len(), 1);
}

fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).expect("it goes into memory");
    encoder.finish().expect("it goes into memory")
}

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).expect("it goes into memory");
    encoder.finish().expect("it goes into memory")
}

fn zlib(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).expect("it goes into memory");
    encoder.finish().expect("it goes into memory")
}

/// With something around it that compresses, so that the word isn't only stored.
fn padded(text: &str) -> Vec<u8> {
    format!("abcabcabcabcabc {text} abcabcabcabcabc").into_bytes()
}

/// The fixture's public edition, and the token of each of its gates.
fn public() -> (Site, Files, BTreeMap<String, Value>) {
    let site = fixture::on_disk();
    site.build();
    let files = site.tree("public");
    let run = site.run(&["keys", "--format", "json"]);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    let keys: Vec<Value> = serde_json::from_str(&run.stdout).expect("JSON");
    let by_id = |key: Value| (key["gate"].as_str().expect("an id").to_string(), key);
    (site, files, keys.into_iter().map(by_id).collect())
}

/// The JSON in the page that says how its gate is opened.
fn config(files: &Files, page: &str) -> Value {
    let html = String::from_utf8_lossy(&files[page]).into_owned();
    let (_, rest) = html.split_once("data-gate-config>").expect("a gate");
    serde_json::from_str(rest.split("</script>").next().expect("an end")).expect("JSON")
}

fn sealed(files: &Files, at: &Value) -> (String, Vec<u8>) {
    let path = at["sealed"].as_str().expect("a URL").trim_start_matches('/').to_string();
    let bytes = files[&path].clone();
    (path, bytes)
}

/// The sealed files of a page as they would be without sealing, each by itself.
fn with_sealing_switched_off(files: &Files, page: &str, key: &Key) -> Vec<Files> {
    let plain = |at: &Value| {
        let (path, bytes) = sealed(files, at);
        let item = at["item"].as_str().expect("an item");
        (path, seal::open(key, item, &bytes).expect("the key fits"))
    };
    let text = plain(&config(files, page));
    let document: Value = serde_json::from_slice(&text.1).expect("JSON");
    let others: Vec<_> = document["files"].as_object().expect("files").values().map(plain).collect();
    assert!(!others.is_empty());
    [vec![text], others].concat().into_iter().map(|file| Files::from([file])).collect()
}

#[test]
fn the_leak_guard_fails_when_sealing_is_switched_off() {
    let (_, files, _) = public();
    assert_eq!(leaks(&files, &[GATED, TEAM, NEVER]), Vec::<String>::new());
    let secret = Secret::new(SECRET);
    let of_gated = with_sealing_switched_off(
        &files,
        "insights/gated/index.html",
        &Key::derive(secret.as_ref(), "gated", 1),
    );
    let of_folder = with_sealing_switched_off(
        &files,
        "insights/gated-folder/index.html",
        &Key::derive(None, "gated-folder", 1),
    );
    for plain in of_gated.into_iter().chain(of_folder) {
        assert!(!leaks(&plain, &[GATED]).is_empty(), "no planted word is in {:?}", plain.keys());
    }
}

#[test]
fn neither_the_secret_nor_a_key_is_in_any_file() {
    let (site, public, keys) = public();
    let (real, in_page): (Vec<_>, Vec<_>) = keys.values().partition(|key| key["key"] != "page");
    assert!(!real.is_empty() && !in_page.is_empty());
    let words = |keys: Vec<&Value>| -> Vec<String> {
        let code = |key: &Value| {
            let token = key["token"].as_str().expect("a token").to_string();
            token.rsplit('.').next().expect("a code").to_string()
        };
        keys.into_iter().map(code).collect()
    };
    let real = words(real);
    let mut hidden: Vec<&str> = real.iter().map(String::as_str).collect();
    hidden.push(SECRET);
    // The share kit on a gated page of the team has the link that opens it, and nothing else has.
    let mut team = site.tree("team");
    let kits = team.iter_mut().filter(|(path, _)| path.ends_with("/index.html")).map(|(_, page)| {
        let text = String::from_utf8_lossy(page).into_owned();
        let without = keys.values().fold(text.clone(), |text, key| {
            let link = format!(r##""unlock":"#unlock={}""##, key["token"].as_str().expect("a token"));
            text.replacen(&link, "", 1)
        });
        *page = without.clone().into_bytes();
        usize::from(without != text)
    });
    assert!(kits.sum::<usize>() >= real.len(), "the team can hand on what is behind each gate");
    for (name, files) in [("public", public.clone()), ("team", team), ("cache", site.tree(".ringback"))] {
        assert!(!files.is_empty());
        assert_eq!(leaks(&files, &hidden), Vec::<String>::new(), "{name}");
    }
    for code in words(in_page) {
        assert!(!leaks(&public, &[&code]).is_empty(), "the page opens itself");
    }
    let built = site.run(&["build"]);
    assert!(!format!("{}{}", built.stdout, built.stderr).contains(SECRET));
}

#[test]
fn another_secret_is_another_build() {
    let site = fixture::on_disk();
    site.build();
    let before = site.tree("public");
    let other = [(VARIABLE, "Another-Secret-0123456789-abcdefghijk")];
    let run = site.run_with(&["build"], &other);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let after = site.tree("public");
    let sealed =
        |files: &Files| files.keys().filter(|path| path.starts_with("sealed/")).cloned().collect::<Vec<_>>();
    assert_ne!(sealed(&before), sealed(&after));
    assert_eq!(sealed(&before).len(), sealed(&after).len());
    site.build();
    crate::support::assert_same(&before, &site.tree("public"), "the first secret again");
}

#[test]
fn the_links_of_keys_open_the_pages_of_a_build() {
    let (site, files, keys) = public();
    let gated = &keys["gated"];
    assert_eq!(
        (&gated["key"], &gated["key_version"], &gated["form"]),
        (&"webhook".into(), &1.into(), &"guide".into())
    );
    let token = Key::derive(Secret::new(SECRET).as_ref(), "gated", 1).token();
    assert_eq!(gated["token"], token);
    let link = &gated["links"][0];
    assert_eq!(link["url"], format!("https://example.org/insights/gated/#unlock={token}"));
    assert_eq!((&link["edition"], &link["lang"]), (&"public".into(), &"en".into()));
    assert!(files.contains_key("insights/gated/index.html"));
    let shown = site.run(&["keys", "--gate", "gated"]);
    assert!(shown.stdout.contains(&format!("{{\"unlock\": \"{token}\"}}")), "{}", shown.stdout);
    assert!(!shown.stdout.contains("gated-folder"));
    let wrong = site.run(&["keys", "--gate", "gatet"]);
    assert_eq!((wrong.status, wrong.stdout.as_str()), (2, ""));
    assert!(wrong.stderr.contains("did you mean `gated`?"), "{}", wrong.stderr);
}

#[test]
fn without_a_secret_there_are_no_keys_and_no_build() {
    let site = fixture::on_disk();
    for secret in ["", "short", "changemechangemechangemechangeme"] {
        let name = if secret.is_empty() { "no-secret" } else { "weak-secret" };
        for command in ["keys", "build"] {
            let run = site.run_with(&[command], &[(VARIABLE, secret)]);
            assert_eq!((run.status, run.stdout.as_str()), (1, ""), "{command}");
            assert!(
                run.stderr.contains(name) && run.stderr.contains("ringback keys --new"),
                "{}",
                run.stderr
            );
            assert!(secret.is_empty() || !run.stderr.contains(secret), "{}", run.stderr);
        }
    }
    assert!(!site.path("public").exists());
}

#[test]
fn a_new_secret_is_good_and_never_the_same() {
    let site = Site::empty();
    let made: Vec<String> = (0..2).map(|_| site.run(&["keys", "--new"]).stdout.trim().to_string()).collect();
    assert_ne!(made[0], made[1]);
    assert!(!Secret::new(&made[0]).expect("a secret").is_weak());
    assert_eq!(site.tree(""), Files::new());
}

/// The page of thanks of a form is public, and what it says isn't where the form stands behind gates alone.
#[test]
fn a_form_behind_a_gate_says_nothing_in_the_open() {
    let site = |more: &str| {
        Site::empty()
            .with("ringback.yaml", format!("{CONFIG}{WEBHOOK}"))
            .with("content/forms/guide.yaml", FORM)
            .with("content/forms/order.yaml", format!("{FORM}thank_you: {{message: {GATED}message}}\n"))
            .with(
                "content/insights/a.md",
                format!(
                    "---\ntitle: A\ngate: {{form: guide}}\n---\nOpen.\n\n{more}<!-- gate -->\n\n[form:order]\n"
                ),
            )
    };
    let gated = site("");
    gated.build();
    let found = leaks(&gated.tree("public"), &[GATED]);
    assert!(found.is_empty(), "{}", found.join("\n"));
    assert!(gated.path("public/thanks/order/index.html").exists(), "form services lead back to it");
    let open = site("[form:order]\n\n");
    open.build();
    assert!(open.read("public/thanks/order/index.html").contains(&format!("{GATED}message")));
}
