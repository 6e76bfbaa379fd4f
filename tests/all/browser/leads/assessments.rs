//! Assessments: answered by keyboard and by finger, left and taken up again, sent along with a form, opened from links.

use serde_json::{Value, json};

use super::super::{Options, Screen, Scripts};
use super::{CONFIG, FORM, Stage, Visitor, assert_valid};
use crate::support::Site;

const QUESTIONS: &str = "title: How far are you?
version: 2026-11
scale: [{points: 0, label: Never}, {points: 1, label: Often}, {points: 2, label: Always}]
levels:
  - {id: low, from: 0, to: 49, title: By chance, text: It depends.}
  - {id: high, from: 50, to: 100, title: By plan, text: You know.}
dimensions:
  - {id: leads, title: Leads, gap: Nobody asks., strength: They ask., advice: {low: Begin here., high: Go on.}, talk: Ask who asks., script: scripts/call}
  - {id: calls, title: Calls, gap: Nobody calls.}
  - {id: team, title: Team, weight: 2}
questions:
  - {id: l1, dimension: leads, text: Do they ask?, skip: true}
  - {id: l2, dimension: leads, text: Do you answer?}
  - {id: c1, dimension: calls, type: yes-no, text: Do you call?}
  - {id: c2, dimension: calls, type: number, text: How often?, none: 0, all: 10, unit: a week}
  - {id: t1, dimension: team, type: several, text: Who sells?, answers: [{points: 1, label: Kim}, {points: 3, label: Robin}]}
  - {id: t2, dimension: team, text: Do you talk?}
  - {id: more, type: text, text: What else?}
";

const SCRIPT: &str = "---\ntitle: The call\noutcomes: {closed: {label: Closed}}\n---\n\n## Opener\n\n> Good morning.\n\n- \"Yes\" → [Part](outcome:closed)\n- \"No\" → [Part](outcome:closed)\n";

fn stage() -> Stage {
    Stage::of(Site::empty(), |site, origin| {
        let editions = "editions:\n  public: {output: public, audiences: [public]}\n  team: {output: team, audiences: [public, team]}\n";
        let config = CONFIG.replace("ORIGIN", origin);
        site.write("ringback.yaml", config + editions);
        site.write("content/forms/crm.yaml", FORM.replace("WEBHOOK", "strict"));
        site.write("content/scripts/call.md", SCRIPT);
        for (name, access) in [("open", "open"), ("waits", "form")] {
            let text = format!("result: {access}\nform: crm\n{QUESTIONS}");
            site.write(&format!("content/assessments/{name}.yaml"), text);
            let page = format!("---\ntitle: Questions\n---\n\nAnswer them.\n\n[assessment:{name}]\n");
            site.write(&format!("content/assessments/{name}.md"), page);
        }
    })
}

impl Visitor<'_> {
    /// Opens an assessment, and waits until it can be answered.
    #[track_caller]
    fn assess(&self, path: &str) {
        self.page.goto("about:blank");
        self.open(path);
        self.page.wait("document.querySelector('[data-assessment][data-ready]')");
    }

    /// Waits for a question by its id.
    #[track_caller]
    fn wait_for_question(&self, id: &str) {
        self.page.wait(&format!("document.querySelector('[data-as-question={id}]').checkVisibility()"));
    }

    #[track_caller]
    fn wait_for_state(&self, state: &str) {
        self.page.wait(&format!("document.querySelector('[data-assessment]').dataset.state === '{state}'"));
    }

    /// What can be read in an element; nothing where it isn't shown.
    #[track_caller]
    fn reads(&self, css: &str) -> String {
        let script = "return [...document.querySelectorAll(arguments[0])].filter((one) => one.checkVisibility()).map((one) => one.innerText.trim()).join(' | ')";
        self.page.js(script, &[json!(css)]).as_str().expect("text").to_string()
    }

    /// Answers all questions by the keyboard: 2 of 2 points and 1 of 2, yes and 5, the second of two, and nothing.
    #[track_caller]
    fn answer_by_keys(&self) {
        self.answer(["3", "2", "1", "5", "2", "1"]);
    }

    /// Answers all questions by the keyboard, by these keys.
    #[track_caller]
    fn answer(&self, keys: [&str; 6]) {
        let page = &self.page;
        page.find("[data-as-begin]").focus();
        page.press("Enter");
        self.wait_for_question("l1");
        // The question itself has the focus, so that it is read out.
        assert_eq!(page.focused().attribute("data-as-question").as_deref(), Some("l1"));
        page.press(keys[0]);
        self.wait_for_question("l2");
        page.press(keys[1]);
        self.wait_for_question("c1");
        page.press(keys[2]);
        self.wait_for_question("c2");
        page.js("document.querySelector('[data-as-question=c2] input').focus()", &[]);
        page.type_text(keys[3]);
        page.press("Enter");
        self.wait_for_question("t1");
        page.press(keys[4]);
        page.press("Enter");
        self.wait_for_question("t2");
        page.press(keys[5]);
        self.wait_for_question("more");
        page.js("document.querySelector('[data-as-question=more] textarea').focus()", &[]);
        page.type_text("All <b>of it</b>");
        page.find("[data-as-next]").click();
    }
}

#[test]
fn by_keyboard_to_a_result_that_is_kept() {
    let stage = stage();
    let Some(visitor) = Visitor::new(&stage) else { return };
    let page = &visitor.page;
    visitor.assess("/assessments/open/");
    page.shot("assessment-start");
    visitor.answer_by_keys();
    visitor.wait_for_state("result");
    page.shot("assessment-result");
    // Leads (1 + 1/2) / 2, calls (1 + 1/2) / 2, team (3/4 + 0) / 2, which counts twice.
    assert_eq!(visitor.reads("[data-as-row-score]"), "75 | 75 | 38");
    assert_eq!(visitor.reads("[data-as-score]"), "56");
    assert_eq!(visitor.reads("[data-as-level-title]"), "By plan");
    assert_eq!(visitor.reads("[data-as-level]"), "You know.");
    assert_eq!(visitor.reads("[data-as-when]"), "They ask.");
    assert_eq!(visitor.reads("[data-as-advice]"), "Go on.");
    assert!(page.focused().attribute("data-as-head").is_some());
    // What is in the public edition is for everybody.
    assert!(!visitor.stage.site.read("public/assessments/open/index.html").contains("Ask who asks."));
    assert!(visitor.stage.site.read("public/assessments/open/index.html").contains("They ask."));

    // Later, on the same device.
    visitor.assess("/assessments/open/");
    assert_eq!(visitor.reads("[data-as-continue]"), "See your result");
    page.find("[data-as-continue]").click();
    visitor.wait_for_state("result");
    assert_eq!(visitor.reads("[data-as-score]"), "56");
    page.find("[data-as-change]").click();
    visitor.wait_for_question("l1");
    page.press("1");
    visitor.wait_for_question("l2");
    page.find("[data-as-back]").click();
    visitor.wait_for_question("l1");
    let chosen = "return document.querySelector('[data-as-question=l1] input:checked').value";
    assert_eq!(page.js(chosen, &[]), "0");
    visitor.assess("/assessments/open/");
    assert_eq!(visitor.reads("[data-as-continue]"), "Go on with question 1 of 7");
    page.find("[data-as-in=start] [data-as-forget]").click();
    assert_eq!(page.js("return localStorage.length", &[]), 0);
    assert_eq!(visitor.reads("[data-as-note]"), "Your answers are deleted from this browser.");
    page.assert_no_errors();
}

#[test]
fn on_a_phone_the_form_opens_the_result_and_takes_it_along() {
    let stage = stage();
    let Some(visitor) = Visitor::with(&stage, Options { screen: Screen::Phone, ..Options::default() }) else {
        return;
    };
    let page = &visitor.page;
    visitor.assess("/assessments/waits/");
    assert!(visitor.reads(".as-facts").contains("you fill in a form"), "{}", visitor.reads(".as-facts"));
    page.find("[data-as-begin]").click();
    visitor.wait_for_question("l1");
    page.shot("assessment-question");
    // Without an answer it doesn't go on, and says why.
    page.find("[data-as-next]").click();
    assert_eq!(visitor.reads("[data-as-wrong]"), "Choose an answer first.");
    page.find("[data-as-question=l1] .as-skip").click();
    visitor.wait_for_question("l2");
    page.find("[data-as-question=l2] .as-answer:nth-of-type(3)").click();
    visitor.wait_for_question("c1");
    page.find("[data-as-question=c1] .as-answer:nth-of-type(2)").click();
    visitor.wait_for_question("c2");
    page.js("document.querySelector('[data-as-question=c2] input').focus()", &[]);
    page.type_text("2.5");
    page.find("[data-as-next]").click();
    visitor.wait_for_question("t1");
    for answer in [1, 2] {
        page.find(&format!("[data-as-question=t1] .as-answer:nth-of-type({answer})")).click();
    }
    page.find("[data-as-next]").click();
    visitor.wait_for_question("t2");
    page.find("[data-as-question=t2] .as-answer:nth-of-type(1)").click();
    visitor.wait_for_question("more");
    page.find("[data-as-next]").click();
    visitor.wait_for_state("form");
    assert_eq!(visitor.reads("[data-as-score]"), "");
    visitor.later(120_000);
    visitor.fill();
    visitor.send();
    visitor.wait_for_state("result");
    page.shot("assessment-phone-result");
    let lead = stage.receiver.only().lead();
    assert_valid(&lead);
    let fields = &lead["data"]["fields"];
    // Leads 1, calls (0 + 1/4) / 2, team (1 + 0) / 2: (100 + 12.5 + 2 × 50) / 4.
    for (field, value) in [
        ("assessment", "waits"),
        ("assessment_version", "2026-11"),
        ("assessment_level", "high"),
        ("assessment_score", "53"),
        ("score_leads", "100"),
        ("score_calls", "13"),
        ("score_team", "50"),
        ("answer_l1", "skipped"),
        ("answer_l2", "3"),
        ("answer_c1", "2"),
        ("answer_c2", "2.5"),
        ("answer_t1", "1,2"),
        ("answer_t2", "1"),
    ] {
        assert_eq!(fields[field], json!(value), "{field}");
    }
    assert_eq!(fields["answer_more"], Value::Null);
    let link = fields["assessment_result"].as_str().expect("a link").to_string();
    let (_, result) = link.split_once('#').expect("behind a number sign");
    // Narrow, nothing is cut off.
    page.screen(Screen::Size(320, 700));
    let beyond =
        "const { scrollWidth, clientWidth } = document.documentElement; return scrollWidth - clientWidth";
    assert_eq!(page.js(beyond, &[]), 0);

    // Somebody else opens the link: no form, and nothing is kept.
    page.js("localStorage.clear()", &[]);
    visitor.assess(&format!("/assessments/waits/#{result}"));
    visitor.wait_for_state("result");
    assert_eq!(visitor.reads("[data-as-row-score]"), "100 | 13 | 50");
    assert!(visitor.reads("[data-as-note]").starts_with("This is the result of a link."));
    // Nobody sends what somebody else answered.
    assert_eq!(visitor.reads("[data-lead] [type=submit]"), "");
    assert_eq!(page.js("return localStorage.length", &[]), 0);
    page.find("[data-as-own]").click();
    visitor.wait_for_state("start");
    page.assert_no_errors();
}

#[test]
fn links_that_are_no_results_are_told() {
    let stage = stage();
    let Some(visitor) = Visitor::new(&stage) else { return };
    let page = &visitor.page;
    visitor.assess("/assessments/open/");
    visitor.answer_by_keys();
    visitor.wait_for_state("result");
    page.js(
        "navigator.clipboard.writeText = (text) => { window.copied = text; return Promise.resolve(); }",
        &[],
    );
    page.find("[data-as-copy]").click();
    let link = page.wait("window.copied").as_str().expect("a link").to_string();
    let result = link.split_once("#result=").expect("a result").1.to_string();
    // Words that somebody wrote stay on the device.
    assert!(!result.contains("All") && !result.contains("3Cb"), "{result}");
    page.js("localStorage.clear()", &[]);
    let said = |fragment: &str| {
        visitor.assess(&format!("/assessments/open/#result={fragment}"));
        visitor.reads("[data-as-note]")
    };
    let broken = "This link is incomplete, so its result can't be shown. Ask for it again.";
    let last = result.chars().last().expect("a sign");
    let other = if last == '0' { '1' } else { '0' };
    for fragment in [
        "".to_string(),
        result[..result.len() - 3].to_string(),
        format!("{}{other}", &result[..result.len() - 1]),
        "1~2026-11~%3Cimg%20src=x%20onerror=alert(1)%3E~abc".to_string(),
        "__proto__".to_string(),
        "%E0%A4%A".to_string(),
    ] {
        assert_eq!(said(&fragment), broken, "{fragment}");
    }
    assert_eq!(said(&"a".repeat(5000)), "This link is too long to be a result.");
    // A mail program has broken the line.
    let middle = result.len() / 2;
    assert!(
        said(&format!("{}%0A%20{}", &result[..middle], &result[middle..])).starts_with("This is the result")
    );
    assert_eq!(visitor.reads("[data-as-score]"), "56");

    // The questions have changed since: what still holds is shown, and the rest is named.
    let file = format!("result: open\nform: crm\n{QUESTIONS}")
        .replace("all: 10", "all: 20")
        .replace("2026-11", "2027-01");
    stage.site.write("content/assessments/open.yaml", file);
    let origin = stage.receiver.origin();
    let run = stage.site.run_with(&["build"], &[("CRM_WEBHOOK_URL", &format!("{origin}/crm"))]);
    assert_eq!(run.status, 0, "{}{}", run.stdout, run.stderr);
    let note = said(&result);
    assert!(note.contains("2026-11") && note.ends_with("have changed: 1."), "{note}");
    assert_eq!(visitor.reads("[data-as-row-score]"), "75 | 100 | 38");

    // The team opens the link of a lead, and sees what to talk about.
    let team = super::super::Server::of(&stage.site.path("team"), super::super::Serve::default());
    page.goto(&team.url("/assessments/waits/"));
    page.wait("document.querySelector('[data-assessment][data-ready]')");
    let low = "const text = arguments[0]; const input = document.querySelector('[data-as-open] input'); input.value = text; document.querySelector('[data-as-open] button').click();";
    page.js(low, &[json!(link)]);
    visitor.wait_for_state("result");
    assert_eq!(visitor.reads(".as-talk"), "");
    page.goto(&team.url("/assessments/waits/"));
    page.wait("document.querySelector('[data-assessment][data-ready]')");
    visitor.answer(["1", "1", "2", "0", "1", "1"]);
    visitor.wait_for_state("result");
    page.shot("assessment-team");
    assert!(visitor.reads(".as-talk").contains("Ask who asks."), "{}", visitor.reads(".as-talk"));
    let script = page.js("return document.querySelector('.as-talk a').getAttribute('href')", &[]);
    assert_eq!(script, "/scripts/call/");
    page.assert_no_errors();
}

#[test]
fn without_scripts_points_are_added_up() {
    let stage = stage();
    let Some(visitor) = Visitor::with(&stage, Options { scripts: Scripts::Off, ..Options::default() }) else {
        return;
    };
    let page = &visitor.page;
    visitor.open("/assessments/open/");
    page.shot("assessment-no-script");
    assert_eq!(visitor.reads("legend").matches(" | ").count(), 6);
    assert_eq!(visitor.reads("[data-as-begin]"), "");
    for (question, answer) in [("l1", 3), ("l2", 2)] {
        page.find(&format!("[data-as-question={question}] .as-answer:nth-of-type({answer})")).click();
    }
    // The sum is made by the style sheet: three of four points, which is the upper level.
    assert!(
        visitor.reads(".as-sum").starts_with("Your points for “Leads”, of 4:"),
        "{}",
        visitor.reads(".as-sum")
    );
    let counter = "return getComputedStyle(document.querySelector('.as-sum b'), '::after').content";
    assert_eq!(page.js(counter, &[]), "counter(points)");
    assert_eq!(visitor.reads(".as-sum li"), "0–1 By chance | 2–4 By plan");
    assert!(
        visitor.reads(".as-level").contains("It depends.")
            && visitor.reads(".as-level").contains("You know.")
    );
    assert!(visitor.reads("[data-as-when]").contains("Nobody asks."));
}

#[test]
fn answers_outlive_other_tabs_full_storage_and_changed_questions() {
    let stage = stage();
    let Some(visitor) = Visitor::new(&stage) else { return };
    let page = &visitor.page;
    visitor.assess("/assessments/open/");
    page.find("[data-as-begin]").click();
    visitor.wait_for_question("l1");
    page.press("2");
    visitor.wait_for_question("l2");
    // Another tab answers the next one.
    let elsewhere =
        "const key = Object.keys(localStorage).find((one) => one.startsWith('ringback-assessment:'));
        const kept = JSON.parse(localStorage[key]);
        const { questions } = JSON.parse(document.querySelector('[data-as-config]').text);
        kept.answers[questions[1].print] = '0';
        kept.answers.gone0 = '1';
        kept.answers[questions[2].print] = '<b>';
        localStorage[key] = JSON.stringify(kept);
        dispatchEvent(new StorageEvent('storage', { key }));
        return document.querySelector('[data-as-question=l2] input:checked').value";
    assert_eq!(page.js(elsewhere, &[]), "0");
    visitor.assess("/assessments/open/");
    assert_eq!(
        visitor.reads("[data-as-note]"),
        "Some questions have changed since you began. We ask you those again."
    );
    // No room for more.
    page.js(
        "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }",
        &[],
    );
    page.find("[data-as-continue]").click();
    visitor.wait_for_question("l2");
    page.press("3");
    visitor.wait_for_question("c1");
    assert!(visitor.reads("[data-as-note]").contains("until you close the page"));
    page.assert_no_errors();
}
