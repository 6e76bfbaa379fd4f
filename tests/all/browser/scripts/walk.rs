//! Every answer of every script of the demo, by key, to every outcome, and every outcome to the CRM.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{CALL, Caller, Options, Stage};
use crate::support::fixture;
use crate::support::schema::Schema;

/// Goes through a script, beginning with what is to be done before the call, depth first: each answer is chosen by its key once, and taken back. Gives the
/// answers that lead to other pages and the outcomes, each with the keys that lead there, and what was not met.
const WALK: &str = r#"
const press = (key, more = {}) => document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more }));
const on = () => document.querySelector(".on");
const shown = () => [...document.querySelectorAll(".answers > li > a")].filter((link) => link.checkVisibility());
const replies = () => [...(on().closest("[data-objection]")?.querySelectorAll("[data-script-replies] a") ?? [])];
const seen = new Set(), pressed = new Set(), away = [], ends = {}, wrong = [];
const targetOf = (hash) => {
  const target = document.getElementById(decodeURIComponent(hash.slice(1)));
  return (target.matches("[data-objection]") && target.querySelector("[data-script-step]")) || target;
};
function walk(keys) {
  const step = on();
  if (seen.has(step)) return;
  seen.add(step);
  if (document.querySelectorAll(".on").length !== 1 || !step.checkVisibility()) wrong.push(`${step.id} is not shown alone`);
  if (step.dataset.outcome) return void (ends[step.dataset.outcome] = keys);
  const links = shown();
  if (!links.length || links.length > 9) wrong.push(`${step.id} has ${links.length} answers`);
  links.forEach((link, index) => {
    const key = String(index + 1);
    pressed.add(link);
    if (link.pathname !== location.pathname) return away.push([link.pathname, decodeURIComponent(link.hash.slice(1)), [...keys, key]]);
    press(key);
    if (on() !== targetOf(link.hash)) wrong.push(`${step.id}, ${key} leads to ${on().id}, not ${link.hash}`);
    walk([...keys, key]);
    press("Escape");
    if (on() !== step) wrong.push(`back from ${step.id}, ${key} leads to ${on().id}`);
  });
  const all = replies(), at = all.findIndex((link) => link.ariaCurrent);
  if (at >= 0 && at < all.length - 1) {
    press("ArrowRight");
    if (`#${on().id}` !== all[at + 1].hash) wrong.push(`after ${step.id} comes ${on().id}`);
    walk([...keys, "ArrowRight"]);
    press("ArrowLeft");
    if (on() !== step) wrong.push(`the way back to ${step.id} leads to ${on().id}`);
  }
}
walk([]);
for (const objection of document.querySelectorAll("[data-objection]")) {
  const before = on();
  press("/");
  [...document.querySelectorAll("[data-script-found] a")].find((link) => link.hash === `#${objection.id}`).click();
  walk(["/", objection.id]);
  press("Escape");
  if (on() !== before) wrong.push(`back from ${objection.id} leads to ${on().id}`);
}
[...document.querySelectorAll("[data-script-nobody-is] a")].forEach((link, index) => {
  const before = on(), key = String(index + 1);
  press("x");
  press(key);
  if (on() !== targetOf(link.hash)) wrong.push(`x and ${key} lead to ${on().id}`);
  walk(["x", key]);
  press("Escape");
  if (on() !== before) wrong.push(`back from ${link.hash} leads to ${on().id}`);
});
const steps = [...document.querySelectorAll("[data-script-step]")].filter((step) => !step.querySelector(":scope > [data-script-step]"));
for (const step of steps) if (!seen.has(step)) wrong.push(`${step.id} was never met`);
const links = [...document.querySelectorAll(".answers > li > a")];
for (const link of links) if (!pressed.has(link)) wrong.push(`${link.textContent} was never chosen`);
return { away, ends, wrong, chosen: pressed.size };
"#;

/// Presses keys in a row, as above.
const PRESS: &str = r#"
const press = (key, more = {}) => document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more }));
const follow = (keys) => {
  for (let at = 0; at < keys.length; at++) {
    press(keys[at]);
    if (keys[at] === "/") [...document.querySelectorAll("[data-script-found] a")].find((link) => link.hash === `#${keys[at + 1]}`).click(), at++;
  }
};
"#;

/// Ends the call in each outcome in turn, answers its questions, sends it, and begins the next.
const SEND: &str = r#"
const finish = document.querySelector("[data-script-finish]");
for (const [id, keys] of Object.entries(arguments[0])) {
  follow(keys);
  if (document.querySelector(".on").dataset.outcome !== id) throw new Error(`${keys} leads to ${document.querySelector(".on").id}, not ${id}`);
  for (const field of finish.querySelectorAll("[data-script-asks] textarea")) {
    field.value = `Answer to ${id}`;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  press("Enter", { ctrlKey: true });
  while (finish.dataset.state !== "confirmed") await new Promise((done) => setTimeout(done, 5));
  finish.querySelector("[data-script-next]").click();
}
"#;

#[test]
fn every_branch_of_every_script_leads_to_an_outcome_that_arrives() {
    let stage = Stage::with(fixture::warm_demo());
    let scripts = scripts(&stage);
    assert!(scripts.len() >= 15, "{scripts:?}");
    let Some(caller) = Caller::new(&stage, Options::default()) else { return };
    let page = &caller.page;
    let schema = Schema::of_calls();
    let (mut chosen, mut ends, mut jumps) = (0, 0, BTreeSet::new());
    for script in &scripts {
        page.js("try { sessionStorage.clear(); localStorage.clear() } catch {}", &[]);
        caller.ready(script);
        caller.knows_objections();
        let found = page.js(WALK, &[]);
        assert_eq!(found["wrong"], json!([]), "{script}");
        chosen += found["chosen"].as_u64().expect("a number");
        let before = stage.calls().len();
        page.js_async(&format!("{PRESS}{SEND}"), &[found["ends"].clone()]);
        let calls = stage.calls().split_off(before);
        let expected = found["ends"].as_object().expect("outcomes");
        assert_eq!(calls.len(), expected.len(), "{script}");
        for (call, outcome) in calls.iter().zip(expected.keys()) {
            schema.assert(call);
            assert_eq!(call["data"]["outcome"]["id"], json!(outcome), "{script}");
            for answer in call["data"]["answers"].as_array().expect("answers") {
                assert_eq!(answer["answer"], json!(format!("Answer to {outcome}")));
            }
        }
        ends += calls.len();
        let away = found["away"].as_array().expect("jumps").iter();
        jumps.extend(
            away.map(|jump| (script.clone(), jump[0].to_string(), jump[1].to_string(), jump[2].to_string())),
        );
    }
    // The calls that go on in another script, each once.
    let mut known = BTreeSet::new();
    for (script, target, step, keys) in &jumps {
        if !known.insert((script, target, step)) {
            continue;
        }
        let [target, step, keys] =
            [target, step, keys].map(|json| serde_json::from_str::<Value>(json).expect("JSON"));
        page.js("try { sessionStorage.clear(); localStorage.clear() } catch {}", &[]);
        caller.ready(script);
        caller.knows_objections();
        page.js(
            &format!(
                "{PRESS} follow(arguments[0].slice(0, -1)); setTimeout(() => press(arguments[0].at(-1)))"
            ),
            &[keys],
        );
        page.wait(&format!("location.pathname === {target} && document.querySelector('.on')"));
        let shown = "const step = document.getElementById(arguments[0]), on = document.querySelector('.on');
            return step === on || step.contains(on) || !step";
        assert_eq!(page.js(shown, &[step]), true, "{script}, {target}");
        let trail = page.js(&format!("return {CALL}.trail.length"), &[]);
        assert!(trail.as_u64() >= Some(2), "{script}, {target}");
    }
    println!("{chosen} answers, {ends} outcomes, {} jumps in {} scripts", known.len(), scripts.len());
    assert!(
        chosen > 200 && ends > 40 && known.len() > 5,
        "{chosen} answers, {ends} outcomes, {} jumps",
        known.len()
    );
    page.assert_no_errors();
}

impl Caller<'_> {
    /// Waits for what comes after the first step, and is pressed here as quick as no one is.
    #[track_caller]
    fn knows_objections(&self) {
        self.page.wait("performance.getEntriesByType('resource').some((one) => one.name.includes('/js/call-objections.'))");
        self.page.js_async("await new Promise((done) => setTimeout(done, 50)); return 1", &[]);
    }
}

/// The paths of all scripts, in all languages.
fn scripts(stage: &Stage) -> Vec<String> {
    let pages = stage.site.tree("team").into_iter().filter(|(path, _)| path.ends_with("index.html"));
    let is_script = |html: &[u8]| String::from_utf8_lossy(html).contains("data-script-steps");
    pages
        .filter(|(_, html)| is_script(html))
        .map(|(path, _)| format!("/{}", path.trim_end_matches("index.html")))
        .collect()
}
