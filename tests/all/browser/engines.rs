//! What visitors and salespeople do most, in Firefox and in WebKit as well: the same tests, run again by this binary.

use std::env;
use std::io::Write as _;
use std::process::Command;

use super::programs::{ENGINE, Engine};
use crate::support::shared::{DEMO, demo};

/// The tests that run there: search, a form with its outbox, a gate, the edition behind a passphrase, a call, the share kit and
/// the preview. They use nothing that only Chromium's driver can do.
const SMOKE: &[&str] = &[
    "browser::leads::everywhere::a_gate_opens_and_stays_open",
    "browser::leads::everywhere::a_lead_waits_for_its_endpoint_and_then_arrives",
    "browser::lock::the_passphrase_opens_the_whole_edition_once_a_visit",
    "browser::scripts::call::a_call_is_led_by_the_keyboard",
    "browser::search::finding::escape_ends_a_search_in_every_browser",
    "browser::search::finding::the_team_finds_what_to_say_to_somebody_who_is_too_busy",
    "browser::search::finding::words_are_found_as_people_write_them",
    "browser::serve::pages::a_page_follows_its_file_and_keeps_its_place",
    "browser::share::kit::texts_are_those_of_the_command_line_in_every_language",
];

/// Runs them all in `engine`, or says what is missing here. Every one of them has to be found and to pass.
fn run_in(engine: Engine) {
    if let Err(missing) = engine.find() {
        assert!(env::var_os("CI").is_none_or(|value| value.is_empty()), "{missing}");
        let _ = writeln!(std::io::stderr(), "SKIPPED {}: {missing}", engine.name());
        return;
    }
    let output = Command::new(env::current_exe().expect("this binary"))
        .args(["--exact", "--test-threads=1"])
        .args(SMOKE)
        .env(ENGINE, engine.name())
        .env(DEMO, demo().path(""))
        .output()
        .expect("this binary runs");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let all = format!("{} passed; 0 failed; 0 ignored", SMOKE.len());
    assert!(output.status.success() && said.contains(&all), "in {}:\n{said}", engine.name());
}

#[test]
fn firefox_does_what_visitors_need() {
    run_in(Engine::Firefox);
}

#[test]
fn webkit_does_what_visitors_need() {
    run_in(Engine::WebKit);
}
