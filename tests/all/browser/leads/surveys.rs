//! Surveys: rated by keyboard and by finger, handed over as codes, put together, and asked as a form.

use serde_json::{Value, json};

use super::super::{Options, Screen};
use super::{CONFIG, FORM, Stage, Visitor, assert_valid};
use crate::support::Site;

pub(super) const FEEDBACK: &str = "kind: 360
title: How do you see them?
version: 2026-11
email: people@fjord.example
scale: [{points: 1, label: Never}, {points: 2, label: Seldom}, {points: 3, label: Often}, {points: 4, label: Always}]
themes: [{id: listening, title: Listening}]
questions:
  - {id: finish, theme: listening, text: \"{name} lets others finish.\", self: I let others finish.}
  - {id: asks, theme: listening, text: \"{name} asks first.\", self: I ask first.}
  - {id: keep, type: text, text: \"What should {name} keep?\"}
";

const VISIT: &str = "kind: visit
title: The front desk
version: 2026-11
form: crm
places: [{id: oslo, title: Oslo}, {id: bergen, title: Bergen}]
questions:
  - {id: rings, text: Within four rings?, weight: 3}
  - {id: name, text: Did they say their name?}
  - {id: words, type: text, text: What did they say?}
";

pub(super) const SATISFACTION: &str = "kind: satisfaction
title: How was it?
version: 2026-11
form: plain
questions:
  - {id: recommend, type: nps, text: Would you recommend us?}
  - {id: easy, type: ces, text: It was easy.}
  - {id: reason, type: text, text: Why?}
";

/// A form that asks for nothing that has to be filled in.
pub(super) const SHORT: &str = "title: Send it\nwebhook: plain\nfields:\n  - {id: message, type: textarea}\n";

pub(super) fn stage() -> Stage {
    Stage::of(Site::empty(), |site, origin| {
        let editions = "editions:\n  public: {output: public, audiences: [public]}\n  team: {output: team, audiences: [public, team]}\n";
        site.write("ringback.yaml", CONFIG.replace("ORIGIN", origin) + editions);
        site.write("content/forms/crm.yaml", FORM.replace("WEBHOOK", "crm"));
        site.write("content/forms/plain.yaml", SHORT);
        for (name, text) in [("people", FEEDBACK), ("desk", VISIT), ("call", SATISFACTION)] {
            site.write(&format!("content/surveys/{name}.yaml"), text);
            let page = format!("---\ntitle: The survey {name}\n---\n\nAnswer it.\n\n[survey:{name}]\n");
            site.write(&format!("content/surveys/{name}.md"), page);
        }
        let page =
            "---\ntitle: Put them together\n---\n\nPaste them.\n\n[results:people]\n\n[results:desk]\n";
        site.write("content/surveys/answers.md", page);
    })
}

impl Visitor<'_> {
    /// Opens a survey, and waits until it can be answered.
    #[track_caller]
    pub(super) fn survey(&self, path: &str) {
        self.page.goto("about:blank");
        self.open(path);
        self.page
            .wait("document.querySelector('[data-survey][data-ready], [data-survey-results][data-ready]')");
    }

    /// What can be read in the elements that are shown.
    #[track_caller]
    pub(super) fn text(&self, css: &str) -> String {
        let script = "return [...document.querySelectorAll(arguments[0])].filter((one) => one.checkVisibility()).map((one) => one.innerText.trim()).join(' | ')";
        self.page.js(script, &[json!(css)]).as_str().expect("text").to_string()
    }

    /// Puts a value into a field, as somebody would.
    #[track_caller]
    pub(super) fn write(&self, css: &str, value: &str) {
        let script = "const field = document.querySelector(arguments[0]); field.value = arguments[1];
            for (const kind of ['input', 'change']) field.dispatchEvent(new Event(kind, { bubbles: true }));";
        self.page.js(script, &[json!(css), json!(value)]);
    }

    /// Rates somebody through the link of a group, from an empty browser, and gives back the code.
    #[track_caller]
    fn rate(&self, (group, name): (&str, &str), keys: [&str; 2], words: &str) -> String {
        self.rate_at(&format!("/surveys/people/#rate={group}~{name}"), keys, words)
    }

    /// The same through any link.
    #[track_caller]
    pub(super) fn rate_at(&self, link: &str, keys: [&str; 2], words: &str) -> String {
        let page = &self.page;
        page.js("try { localStorage.clear() } catch {}", &[]);
        self.survey(link);
        page.find("[data-su-question=finish] input").focus();
        page.press(keys[0]);
        page.press(keys[1]);
        page.type_text(words);
        page.find("[data-su-form] [type=submit]").click();
        page.wait("document.querySelector('[data-su-code]').value");
        page.js("return document.querySelector('[data-su-code]').value", &[])
            .as_str()
            .expect("a code")
            .to_string()
    }

    /// Pastes codes into the first place for them.
    #[track_caller]
    pub(super) fn paste_codes(&self, place: &str, codes: &str) -> String {
        let page = &self.page;
        self.write(&format!("[id=\"results:{place}:paste\"]"), codes);
        let note = format!("[id=\"results:{place}\"] [data-su-note]");
        page.js("document.querySelector(arguments[0]).textContent = ''", &[json!(note)]);
        page.find(&format!("[id=\"results:{place}\"] [data-su-collect] [type=submit]")).click();
        page.wait(&format!("document.querySelector('{note}').textContent"));
        self.text(&note)
    }
}

#[test]
fn a_rating_ends_as_a_code_and_codes_as_a_report() {
    let stage = stage();
    let Some(visitor) = Visitor::new(&stage) else { return };
    let page = &visitor.page;
    visitor.survey("/surveys/people/#rate=peers~Kim%20%C3%85berg");
    page.shot("survey-360");
    assert_eq!(visitor.text("[data-su-who]"), "This is about Kim Åberg. You answer as: Colleagues.");
    assert_eq!(visitor.text("[data-su-fields]"), "");
    assert!(visitor.text("[data-su-question=finish] legend").ends_with("Kim Åberg lets others finish."));
    // By keyboard: each number answers, and the next question has the focus.
    page.find("[data-su-question=finish] input").focus();
    page.press("4");
    assert_eq!(visitor.text("[data-su-place]"), "1 of 2 answered");
    // Too early: the question without an answer has the focus, and it is said.
    page.find("[data-su-form] [type=submit]").click();
    assert!(visitor.text("[data-su-wrong]").starts_with("Questions without an answer: 1."));
    let focused = "return document.activeElement.closest('[data-su-question]').dataset.suQuestion";
    assert_eq!(page.js(focused, &[]), "asks");
    page.press("0");
    page.type_text("Her questions <b>");
    page.find("[data-su-form] [type=submit]").click();
    page.wait("document.querySelector('[data-su-code]').value");
    page.shot("survey-code");
    assert_eq!(page.js("return document.activeElement.matches('[data-su-head]')", &[]), true);
    let mail = page.js("return document.querySelector('[data-su-mail]').href", &[]);
    assert!(
        mail.as_str().is_some_and(
            |mail| mail.starts_with("mailto:people@fjord.example?subject=My%20answers&body=rbs1.")
        ),
        "{mail}"
    );
    // Somebody comes back: the answers are there, and so they are changed, not given twice.
    visitor.survey("/surveys/people/#rate=peers~Kim%20%C3%85berg");
    assert_eq!(visitor.text("[data-su-place]"), "2 of 2 answered");
    page.find("[data-su-form] [data-su-forget]").click();
    assert_eq!(page.js("return localStorage.length", &[]), 0);

    let mut codes = vec![visitor.rate(("self", "Kim"), ["4", "4"], "Listening")];
    assert!(visitor.text("[data-su-question=finish] legend").is_empty());
    for (group, keys) in [
        ("peers", ["1", "2"]),
        ("peers", ["2", "2"]),
        ("peers", ["3", "0"]),
        ("manager", ["4", "4"]),
        ("reports", ["4", "1"]),
    ] {
        codes.push(visitor.rate((group, "Kim"), keys, "Something of mine"));
    }
    page.js("localStorage.clear()", &[]);
    visitor.survey("/surveys/answers/");
    // As a mail program leaves them, and one of them twice, and one without its end.
    let letters: Vec<char> = codes.join("\n").chars().collect();
    let broken: String =
        letters.chunks(70).map(|line| format!("> {}\r\n", line.iter().collect::<String>())).collect();
    let half = &codes[1][..codes[1].len() / 2];
    let note = visitor.paste_codes("people", &format!("Hello,\n{broken}{}\n{half}", codes[2]));
    assert_eq!(note, "New answers: 6. In all: 6. Incomplete codes, to ask for again: 1.");
    page.shot("survey-report");
    let report = visitor.text("[id='results:people'] [data-su-report]");
    // Three colleagues are shown; one manager and one team member together are two, and in nothing.
    assert!(report.contains("Colleagues (3)") && !report.contains("Manager ("), "{report}");
    assert!(report.contains("fewer than three answers: Manager, Team members, and Customers."), "{report}");
    let row = "return [...document.querySelectorAll('[id=\"results:people\"] tbody tr')].map((row) => [...row.cells].map((cell) => cell.innerText.replace(/\\s+/g, ' ').trim()).join(';'))";
    let rows = page.js(row, &[]);
    assert_eq!(
        rows,
        json!([
            "Listening blind spot;;4.0;2.0;+2.0;2.0",
            "Kim lets others finish. blind spot;;4.0;2.0 ± 0.8;+2.0;2.0 ± 0.8",
            // One of three can't say: the two others are in no number.
            "Kim asks first.;;4.0;–;–;–"
        ])
    );
    assert_eq!(
        visitor.text("[id='results:people'] .su-comments li"),
        "Something of mine | Something of mine | Something of mine"
    );
    // A report over one person is none.
    visitor.write("[id='results:people:whom']", "all");
    assert!(visitor.text("[id='results:people'] [data-su-report]").contains("needs at least three people"));
    // They are here again, until they are deleted.
    visitor.survey("/surveys/answers/");
    page.wait("document.querySelector('[id=\"results:people\"] [data-su-note]').textContent");
    assert_eq!(visitor.text("[id='results:people'] [data-su-note]"), "Answers in this browser: 6.");
    page.find("[id='results:people'] [data-su-forget]").click();
    assert_eq!(page.js("return localStorage.length", &[]), 0);
    assert_eq!(visitor.text("[id='results:people'] [data-su-report]"), "");
    page.assert_no_errors();
}

#[test]
fn no_table_and_no_print_has_what_fewer_than_three_said() {
    let stage = stage();
    let Some(visitor) = Visitor::new(&stage) else { return };
    let page = &visitor.page;
    visitor.survey("/surveys/people/");
    let mut codes = Vec::new();
    for (group, keys, words) in [
        ("peers", ["1", "1"], "=HYPERLINK(\"x\")"),
        ("peers", ["1", "1"], "Two"),
        ("peers", ["1", "1"], "Three"),
        ("manager", ["4", "4"], "The manager's own words"),
        ("customers", ["4", "4"], "The customer's own words"),
    ] {
        codes.push(visitor.rate((group, "Kim"), keys, words));
    }
    // What is saved, instead of being given as a file.
    let watch = "window.saved = []; const make = URL.createObjectURL; URL.createObjectURL = (blob) => { blob.text().then((text) => saved.push(text)); return make.call(URL, blob); };";
    let all = |codes: &[String]| {
        page.js("localStorage.clear()", &[]);
        visitor.survey("/surveys/answers/");
        page.js(watch, &[]);
        visitor.paste_codes("people", &codes.join("\n"));
        page.find("[id='results:people'] [data-su-csv]").click();
        page.wait("window.saved.length");
        let saved = page.js("return saved[0]", &[]).as_str().expect("a table").to_string();
        // All of the page, hidden parts too.
        let html = page
            .js("return document.querySelector('[id=\"results:people\"] [data-su-report]').innerHTML", &[]);
        (saved, html.as_str().expect("HTML").to_string())
    };
    let (table, html) = all(&codes);
    for (what, text) in [("table", &table), ("page", &html)] {
        assert!(!text.contains("own words"), "{what}: {text}");
        assert!(text.contains("Three"), "{what}: {text}");
    }
    // Colleagues say 1; two fours in any number would move it.
    assert!(table.contains("Kim lets others finish.,,1,0,,"), "{table}");
    // It computes nothing.
    assert!(table.contains("\"'=HYPERLINK(\"\"x\"\")\""), "{table}");
    // Without the two, all is the same, to the letter.
    assert_eq!(all(&codes[..3]), (table, html));
    page.assert_no_errors();
}

#[test]
fn answers_to_older_questions_are_named_and_count_where_they_still_hold() {
    let stage = stage();
    let Some(visitor) = Visitor::new(&stage) else { return };
    let page = &visitor.page;
    let mut codes: Vec<String> = [["1", "1"], ["2", "1"]]
        .into_iter()
        .map(|keys| visitor.rate(("peers", "Kim"), keys, "Old words"))
        .collect();
    // Somebody has begun, and the questions change before they are done.
    page.js("localStorage.clear()", &[]);
    visitor.survey("/surveys/people/#rate=peers~Kim");
    page.find("[data-su-question=finish] input").focus();
    page.press("3");
    page.press("1");
    let changed = FEEDBACK.replace("2026-11", "2027-02").replace("id: asks,", "id: asks_first,");
    stage.site.write("content/surveys/people.yaml", changed);
    let origin = stage.receiver.origin();
    let run = stage.site.run_with(&["build"], &[("CRM_WEBHOOK_URL", &format!("{origin}/crm"))]);
    assert_eq!(run.status, 0, "{}{}", run.stdout, run.stderr);
    visitor.survey("/surveys/people/#rate=peers~Kim");
    assert!(
        visitor.text("[data-su-note]").starts_with("Some questions have changed"),
        "{}",
        visitor.text("[data-su-note]")
    );
    // What they said of the other one is still there.
    assert_eq!(visitor.text("[data-su-place]"), "1 of 2 answered");
    page.find("[data-su-question=asks_first] input").focus();
    page.press("2");
    page.find("[data-su-form] [type=submit]").click();
    page.wait("document.querySelector('[data-su-code]').value");
    let code = page.js("return document.querySelector('[data-su-code]').value", &[]);
    codes.push(code.as_str().expect("a code").to_string());
    page.js("localStorage.clear()", &[]);
    visitor.survey("/surveys/answers/");
    let note = visitor.paste_codes("people", &codes.join("\n"));
    assert!(
        note.starts_with("New answers: 3. In all: 3.") && note.contains("2026-11") && note.contains('2'),
        "{note}"
    );
    let rows = "return [...document.querySelectorAll('[id=\"results:people\"] tbody tr')].map((row) => [...row.cells].map((cell) => cell.innerText.replace(/\\s+/g, ' ').trim()).join(';'))";
    let rows = page.js(rows, &[]);
    // All three answered the first question; the second is new, and one answer to it is in no number.
    assert_eq!(rows[1], "Kim lets others finish.;;–;2.0 ± 0.8;–;2.0 ± 0.8");
    assert_eq!(rows[2], "Kim asks first.;;–;–;–;–");
    page.assert_no_errors();
}

/// Codes of a thousand raters of a hundred people, ten each, made as `survey-code.js` makes them.
const A_THOUSAND: &str = "const config = JSON.parse(document.querySelector('[id=\"results:people\"] [data-su-config]').textContent), codes = [];
    for (let at = 0; at < 1000; at++) {
      const given = config.questions.filter(({ points }) => points.length).map(({ print }) => print + (at % 4)).join('');
      const words = Object.fromEntries(config.questions.filter(({ points }) => !points.length).map(({ print }) => [print, `Something of rater ${at}`]));
      const record = { s: config.id, v: config.questions_version, g: at % 10 ? 'peers' : 'self', p: `Person ${Math.floor(at / 10)}`, r: `r${at}`, n: 1, d: '', a: given, t: words };
      const stream = new Blob([JSON.stringify(record)]).stream().pipeThrough(new CompressionStream('deflate-raw'));
      const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
      const letters = btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
      let sum = 0x811c9dc5;
      for (const letter of letters) sum = Math.imul(sum ^ letter.charCodeAt(0), 0x01000193);
      codes.push(`rbs1.${letters}.${(sum >>> 0).toString(36).padStart(7, '0')}.`);
    }
    const root = document.querySelector('[id=\"results:people\"]'), note = root.querySelector('[data-su-note]');
    const times = [];
    for (let round = 0; round < 2; round++) {
      note.textContent = '';
      root.querySelector('[data-su-paste]').value = codes.join('\\n');
      const began = performance.now(), told = new Promise((done) => new MutationObserver(done).observe(note, { childList: true }));
      root.querySelector('[data-su-collect] [type=submit]').click();
      await told;
      times.push(Math.round(performance.now() - began));
    }
    return times";

#[test]
fn a_thousand_codes_are_put_together_at_once() {
    let stage = stage();
    let Some(visitor) = Visitor::new(&stage) else { return };
    let page = &visitor.page;
    visitor.survey("/surveys/answers/");
    let times = page.js_async(A_THOUSAND, &[]);
    println!("a thousand codes in {times} ms, the second time when they are there already");
    let note = visitor.text("[id='results:people'] [data-su-note]");
    assert_eq!(note, "New answers: 0. In all: 1000.");
    let people = "return document.querySelector('[id=\"results:people\"] [data-su-whom]').options.length";
    assert_eq!(page.js(people, &[]), 101, "a hundred, and all together");
    page.assert_no_errors();
}

#[test]
fn links_are_made_and_wrong_ones_are_told() {
    let stage = stage();
    let Some(visitor) = Visitor::with(&stage, Options { screen: Screen::Phone, ..Options::default() }) else {
        return;
    };
    let page = &visitor.page;
    visitor.survey("/surveys/answers/");
    page.find("[id='results:people'] .su-invite summary").click();
    visitor.write("[data-su-invite-name]", "Kim Åberg");
    page.find("[data-su-invite] [type=submit]").click();
    let links = page
        .js("return [...document.querySelectorAll('[data-su-invited] input')].map((one) => one.value)", &[]);
    assert_eq!(links[0], "https://fjord.example/surveys/people/#rate=self~Kim%20%C3%85berg");
    assert_eq!(links.as_array().map(Vec::len), Some(5));
    for wrong in [
        "#rate=",
        "#rate=peers",
        "#rate=nobody~Kim",
        "#rate=__proto__~x",
        "#rate=peers~%E0%A4%A",
        &format!("#rate=peers~{}", "x".repeat(101)),
    ] {
        visitor.survey(&format!("/surveys/people/{wrong}"));
        let is_told = visitor.text("[data-su-note]").starts_with("This link doesn't say whom you rate.");
        assert!(is_told || wrong.contains("%E0"), "{wrong}");
    }
    // Without a link, both are asked for.
    visitor.survey("/surveys/people/");
    page.find("[data-su-form] [type=submit]").click();
    assert_eq!(visitor.text("[data-su-wrong]"), "Write whom it is about.");
    visitor.write("[data-su-person]", "Robin");
    page.find("[data-su-form] [type=submit]").click();
    assert_eq!(visitor.text("[data-su-wrong]"), "Choose one from the list.");
    visitor.write("[data-su-group]", "self");
    assert!(visitor.text("[data-su-question=finish] legend").ends_with("I let others finish."));
    // By finger.
    page.find("[data-su-question=finish] .su-answer:nth-of-type(2)").click();
    page.find("[data-su-question=asks] .su-skip").click();
    page.shot("survey-phone");
    // Another tab goes on with it.
    let elsewhere = "const key = Object.keys(localStorage).find((one) => one.startsWith('ringback-survey:'));
        const kept = JSON.parse(localStorage[key]);
        for (const print of Object.keys(kept.answers)) kept.answers[print] = '3';
        localStorage[key] = JSON.stringify(kept);
        dispatchEvent(new StorageEvent('storage', { key }));
        return document.querySelector('[data-su-question=finish] input:checked').value";
    assert_eq!(page.js(elsewhere, &[]), "3");
    // No room for more.
    page.js(
        "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }",
        &[],
    );
    page.find("[data-su-question=finish] .su-answer:nth-of-type(1)").click();
    assert!(visitor.text("[data-su-note]").contains("until you close the page"));
    for path in ["/surveys/people/", "/surveys/answers/", "/surveys/call/", "/surveys/desk/"] {
        visitor.open(path);
        page.screen(Screen::Size(320, 700));
        let beyond =
            "const { scrollWidth, clientWidth } = document.documentElement; return scrollWidth - clientWidth";
        assert_eq!(page.js(beyond, &[]), 0, "{path}");
    }
    page.assert_no_errors();
}

#[test]
fn a_visit_is_sent_and_tallied() {
    let stage = stage();
    let Some(visitor) = Visitor::new(&stage) else { return };
    let page = &visitor.page;
    let mut codes = Vec::new();
    for (place, date, keys) in [("oslo", "2026-11-03", ["1", "2"]), ("oslo", "2026-12-01", ["2", "2"])] {
        visitor.survey("/surveys/desk/");
        page.find("[data-su-form] [type=submit]").click();
        assert_eq!(visitor.text("[data-su-wrong]"), "Choose one from the list.");
        visitor.write("[data-su-group]", place);
        visitor.write("[data-su-date]", date);
        page.find("[data-su-question=rings] input").focus();
        page.press(keys[0]);
        page.press(keys[1]);
        page.find("[data-su-form] [type=submit]").click();
        page.wait("document.querySelector('[data-su-code]').value");
        codes.push(
            page.js("return document.querySelector('[data-su-code]').value", &[])
                .as_str()
                .expect("a code")
                .to_string(),
        );
        if codes.len() == 1 {
            visitor.later(120_000);
            visitor.fill();
            visitor.send();
            visitor.until("confirmed");
            let lead = stage.receiver.only().lead();
            assert_valid(&lead);
            let fields = &lead["data"]["fields"];
            for (field, value) in [
                ("survey", "desk"),
                ("survey_place", "oslo"),
                ("survey_date", "2026-11-03"),
                ("survey_score", "75"),
                ("survey_code", &codes[0]),
            ] {
                assert_eq!(fields[field], json!(value), "{field}");
            }
        }
        page.find("[data-su-done] [data-su-forget]").click();
        assert_eq!(visitor.text("[data-su-place]"), "0 of 2 answered");
    }
    visitor.survey("/surveys/answers/");
    visitor.paste_codes("desk", &codes.join(" "));
    page.shot("survey-visits");
    let rows = "return [...document.querySelectorAll('[id=\"results:desk\"] tbody tr')].map((row) => [...row.cells].map((cell) => cell.innerText.trim()).join(';'))";
    assert_eq!(
        page.js(rows, &[]),
        json!([
            "Oslo;2026-11;1;75",
            "Oslo;2026-12;1;0",
            "Within four rings?;50 %",
            "Did they say their name?;0 %"
        ])
    );
    // The program counts alike, from the same codes and from leads.
    stage.site.write("visits.txt", codes.join("\n"));
    let run = stage.site.run(&["surveys", "visits.txt", "--json"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let found: Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!(
        found["surveys"][0]["visits"]["rows"][0],
        json!({"place": "oslo", "month": "2026-11", "visits": 1, "score": 75.0})
    );
    page.assert_no_errors();
}
