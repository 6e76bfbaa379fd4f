//! Surveys in other circumstances: as a form, from a link in an email, without scripts, from right to left, and at twice the size.

use serde_json::{Value, json};

use super::super::{Options, Screen, Scripts};
use super::surveys::{FEEDBACK, SATISFACTION, SHORT, stage};
use super::{CONFIG, Stage, Visitor};
use crate::support::Site;

#[test]
fn satisfaction_begins_with_the_link_of_an_email() {
    let stage = stage();
    let Some(visitor) = Visitor::with(&stage, Options { screen: Screen::Phone, ..Options::default() }) else {
        return;
    };
    let page = &visitor.page;
    for (address, chosen) in [
        ("#recommend=9", json!("9")),
        ("#recommend=11", Value::Null),
        ("#nothing=9", Value::Null),
        ("#recommend=9%22", Value::Null),
    ] {
        page.goto("about:blank");
        visitor.open(&format!("/surveys/call/{address}"));
        page.wait("document.querySelector('[data-lead][data-ready]')");
        let value =
            "return document.querySelector('[data-field=answer_recommend] input:checked')?.value ?? null";
        assert_eq!(page.js(value, &[]), chosen, "{address}");
    }
    page.goto("about:blank");
    visitor.open("/surveys/call/#recommend=9");
    page.wait(
        "document.querySelector('[data-lead][data-ready]') && document.activeElement.name === 'answer_easy'",
    );
    page.shot("survey-satisfaction");
    assert_eq!(stage.receiver.posts().len(), 0, "nothing is sent by a link");
    visitor.later(120_000);
    page.press("ArrowRight");
    page.js("document.querySelector('[data-field=answer_reason] textarea').focus()", &[]);
    page.type_text("You rang back");
    visitor.send();
    visitor.until("confirmed");
    let sent = stage.receiver.only().pairs();
    let sent = |name: &str| sent.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str());
    for (field, value) in [
        ("survey", "call"),
        ("survey_version", "2026-11"),
        ("answer_recommend", "9"),
        ("answer_easy", "2"),
        ("answer_reason", "You rang back"),
    ] {
        assert_eq!(sent(field), Some(value), "{field}");
    }
    page.assert_no_errors();
    // The team gets the links for its emails, to the page that everybody sees; nobody else needs them.
    let link = "https://fjord.example/surveys/call/#recommend=10";
    let run = stage.site.run_with(&["build"], &[("CRM_WEBHOOK_URL", "https://crm.example.org/")]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert!(stage.site.read("team/surveys/call/index.html").contains(link));
    assert!(!stage.site.read("public/surveys/call/index.html").contains(link));
}

#[test]
fn without_scripts_satisfaction_is_sent_and_the_others_are_printed() {
    let stage = stage();
    let Some(visitor) = Visitor::with(&stage, Options { scripts: Scripts::Off, ..Options::default() }) else {
        return;
    };
    let page = &visitor.page;
    visitor.open("/surveys/people/");
    page.shot("survey-no-script");
    assert!(visitor.text(".su-alone").starts_with("Without JavaScript"));
    assert!(visitor.text("legend").contains("This person lets others finish."));
    page.find("[data-su-question=finish] .su-answer:nth-of-type(2)").click();
    assert_eq!(visitor.text("[data-su-form] [type=submit]"), "");
    visitor.open("/surveys/call/");
    page.find("[data-field=answer_recommend] label:nth-of-type(11)").click();
    page.find("[data-field=answer_easy] label:nth-of-type(7)").click();
    page.find("[data-lead] [type=submit]").click();
    let sent = stage.receiver.wait_for(1).remove(0).pairs();
    for expected in [("answer_recommend", "10"), ("answer_easy", "7"), ("survey", "call")] {
        assert!(sent.iter().any(|(name, value)| (name.as_str(), value.as_str()) == expected), "{sent:?}");
    }
}

#[test]
fn from_right_to_left_and_at_twice_the_size_nothing_is_cut_off() {
    let stage = Stage::of(Site::empty(), |site, origin| {
        let (start, end) = CONFIG.split_once("languages:").expect("its languages");
        let (_, end) = end.split_once('\n').expect("more lines");
        let config = format!("{start}default_language: ar\nlanguages: {{ar: {{label: العربية}}}}\n{end}");
        site.write("ringback.yaml", config.replace("ORIGIN", origin));
        site.write("content/_index.md", "---\ntitle: Home\n---\nText.\n");
        site.write("content/forms/plain.yaml", SHORT);
        for (kind, name, text) in [
            ("survey", "people", FEEDBACK.to_string()),
            ("survey", "call", SATISFACTION.to_string()),
            ("assessment", "maturity", "title: How far?\nversion: '1'\nlevels: [{id: low, from: 0, to: 50, title: Low}, {id: high, from: 51, to: 100, title: High}]\ndimensions: [{id: team, title: Team}]\nquestions: [{id: a, dimension: team, type: yes-no, text: One}, {id: b, dimension: team, type: yes-no, text: Two}]\n".into()),
            ("calculator", "costs", "title: Costs\ninputs: [{id: calls, label: Calls, default: 4, min: 1, max: 90}]\nresults: [{id: twice, label: Twice, words: Two times., formula: calls * 2}]\n".into()),
        ] {
            site.write(&format!("content/{kind}s/{name}.yaml"), text);
            let page = format!("---\ntitle: A page\n---\n\nOne line.\n\n[{kind}:{name}]\n");
            site.write(&format!("content/pages/{name}.md"), page);
        }
        site.write("content/pages/answers.md", "---\ntitle: A page\n---\n\nOne line.\n\n[results:people]\n");
    });
    let Some(visitor) = Visitor::new(&stage) else { return };
    let page = &visitor.page;
    let codes: Vec<String> =
        (0..3).map(|_| visitor.rate_at("/people/#rate=peers~Kim", ["2", "3"], "Words")).collect();
    for path in ["/people/#rate=peers~Kim", "/call/", "/maturity/", "/costs/", "/answers/"] {
        page.goto("about:blank");
        visitor.open(path);
        page.wait("document.readyState === 'complete'");
        // As a theme for such a language has it.
        page.js("document.documentElement.dir = 'rtl'", &[]);
        match path {
            "/answers/" => drop(visitor.paste_codes("people", &codes.join(" "))),
            "/maturity/" => {
                page.wait("document.querySelector('[data-assessment][data-ready]')");
                page.find("[data-as-begin]").click();
                page.press("1");
                page.wait("document.querySelector('[data-as-question=b]').checkVisibility()");
                page.press("2");
                page.wait("document.querySelector('[data-assessment]').dataset.state === 'result'");
            }
            _ => {}
        }
        // A window of 1,280 pixels at 200 % has 640, and one at 400 % has 320.
        for width in [640, 320] {
            page.screen(Screen::Size(width, 450));
            let beyond = "const { scrollWidth, clientWidth } = document.documentElement; return scrollWidth - clientWidth";
            assert_eq!(page.js(beyond, &[]), 0, "{path} at {width}");
            page.shot(&format!(
                "rtl-{width}{}",
                path.split('#').next().unwrap_or_default().replace('/', "-")
            ));
        }
    }
    page.assert_no_errors();
}
