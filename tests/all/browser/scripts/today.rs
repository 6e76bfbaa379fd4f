//! Plans of follow-ups as people follow them: on the page of today, with a calendar file, in two tabs.

use serde_json::{Value, json};

use super::{CONFIG, Caller, Options, Stage, short};
use crate::support::Site;

const MAIL: &str =
    "---\ntitle: The usual\nsubject: \"For {{first_name}}\"\n---\n\nHello {{first_name}} of {{company}}.\n";
const PLAN: &str = "---\ntitle: A lead\n---\n\n## Day 0: Call (morning)\n\n[Call](../scripts/call.md)\n\nAsk about {{company}}.\n\n## Day 1: Email\n\n[Usual](../mails/usual.md)\n\n## Day 3: Text message (15:30)\n\n> Hello {{first_name}}, \"yes\" or no; a, b?\n";

fn stage() -> Stage {
    let config = format!("{CONFIG}workdays: {{holidays: [2027-03-26, 2027-03-29]}}\n");
    Stage::with(
        Site::empty()
            .with("ringback.yaml", config)
            .with("content/scripts/call.md", short())
            .with("content/insights/guide.md", "---\ntitle: The guide\ndate: 2026-01-01\n---\nText.\n")
            .with(
                "content/scripts/there.md",
                "---\ntitle: There\n---\n\n## Second\n\n> Two.\n\n- Done → [Part](outcome:closed)\n"
                    .replace("title: There", "title: There\noutcomes: {closed: {label: Closed}}"),
            )
            .with("content/mails/usual.md", MAIL)
            .with("content/cadences/lead.md", PLAN),
    )
}

impl Caller<'_> {
    /// Opens the page of today, on a day of its own: 2027-03-24 is a Wednesday before Easter.
    #[track_caller]
    fn today(&self, rest: &str) {
        self.page.goto("about:blank");
        self.page.goto(&self.stage.server.url(&format!("/today/{rest}")));
        self.page.wait("document.querySelector('[data-today][data-ready]')");
    }

    /// Begins the plan for Kim on a day.
    #[track_caller]
    fn begins(&self, day: &str) {
        self.today("#begin=cadences/lead&first_name=Kim&company=Fjord&phone=%2B46%208%20465&evil=%3Cb%3E");
        assert_eq!(self.page.js("return location.hash", &[]), "");
        self.page.js("document.querySelector('#today-start').value = arguments[0]", &[json!(day)]);
        self.page.js("document.querySelector('[data-today-begin] form button').click()", &[]);
        self.page.wait("document.querySelector('.contacts > li')");
    }

    /// What is kept of the contacts.
    #[track_caller]
    fn stored_contacts(&self) -> Value {
        self.page.js("return Object.keys(localStorage).filter((key) => key.startsWith('ringback.follow.')).map((key) => JSON.parse(localStorage[key]))", &[])
    }

    /// Presses the button with these words in the first contact.
    #[track_caller]
    fn push(&self, words: &str) {
        self.page.js("[...document.querySelectorAll('.contacts button')].find((one) => one.textContent === arguments[0]).click()", &[json!(words)]);
    }

    /// What the next calendar file says, without folds.
    #[track_caller]
    fn calendar(&self) -> String {
        self.page.js("window.made = null; URL.createObjectURL = (blob) => { blob.text().then((text) => { window.made = text; }); return 'about:blank'; }; HTMLAnchorElement.prototype.click = () => {};", &[]);
        self.push("Calendar file");
        self.page.wait("window.made");
        let text = self.page.js("return window.made", &[]);
        let text = text.as_str().expect("a text");
        assert!(text.split("\r\n").all(|line| line.len() <= 75 && !line.contains('\n')), "{text}");
        text.replace("\r\n ", "")
    }

    /// The values of one property in a calendar.
    #[track_caller]
    fn lines<'t>(text: &'t str, name: &str) -> Vec<&'t str> {
        text.split("\r\n").filter_map(|line| line.strip_prefix(name)).collect()
    }
}

#[test]
fn a_plan_goes_from_touch_to_touch() {
    let stage = stage();
    let Some(caller) = Caller::new(&stage, Options::default()) else { return };
    let page = &caller.page;
    // The plan's own page leads here, with the plan chosen.
    page.goto(&stage.server.url("/cadences/lead/"));
    page.js("document.querySelector('a[href*=\"begin=\"]').click()", &[]);
    page.wait("document.querySelector('[data-today][data-ready]')");
    let chosen = "return [location.search, document.querySelector('[data-today-begin] details').open, document.querySelector('#today-plan').selectedOptions[0].text]";
    assert_eq!(page.js(chosen, &[]), json!(["", true, "A lead"]));
    // Long ago, so that it is due whatever day it is.
    caller.begins("2026-01-05");
    page.shot("today");
    assert_eq!(caller.text("[data-today-due] h3"), "Kim Fjord");
    assert_eq!(caller.text("[data-today-due] [data-today-count]"), "1");
    assert!(caller.text("[data-today-due] .touch-notes").contains("Ask about Fjord."));
    let script =
        page.js("return document.querySelector('[data-today-due] a.button').getAttribute('href')", &[]);
    assert_eq!(script, "/scripts/call/#first_name=Kim&company=Fjord&phone=%2B46%208%20465");
    assert!(caller.stored_contacts()[0]["values"]["evil"].is_null());
    // The next touch keeps its distance to what was done today: it isn't due any more.
    caller.push("Done");
    page.wait("!document.querySelector('[data-today-due] .contacts > li')");
    assert_eq!(caller.text("[data-today-coming] .when b").split(',').next(), Some("Email"));
    page.find("[data-today-undo]").click();
    page.wait("document.querySelector('[data-today-due] .contacts > li')");
    // An answer ends it, and everything is still there.
    caller.push("They answered");
    page.wait("!document.querySelector('[data-today-over]').hidden");
    assert_eq!(caller.stored_contacts()[0]["stopped"], "replied");
    page.js("document.querySelector('[data-today-over] details').open = true", &[]);
    caller.push("Go on with it");
    page.wait("document.querySelector('[data-today-due] .contacts > li')");
    caller.push("Delete");
    page.wait("!document.querySelector('.contacts > li')");
    page.find("[data-today-undo]").click();
    page.wait("document.querySelector('.contacts > li')");
}

#[test]
fn a_calendar_knows_the_touches_again() {
    let stage = stage();
    let Some(caller) = Caller::new(&stage, Options::default()) else { return };
    caller.begins("2099-03-24");
    let first = caller.calendar();
    let ids = Caller::lines(&first, "UID:");
    assert_eq!(ids.len(), 3, "{first}");
    assert_eq!(Caller::lines(&first, "SEQUENCE:"), ["0", "0", "0"]);
    // A Tuesday; the second has no time, the third is in Friday's afternoon.
    assert_eq!(Caller::lines(&first, "DTSTART;VALUE=DATE:"), ["20990325"]);
    assert_eq!(Caller::lines(&first, "DTEND;VALUE=DATE:"), ["20990326"]);
    assert_eq!(
        Caller::lines(&first, "SUMMARY:"),
        ["Call: Kim\\, Fjord", "Email: Kim\\, Fjord", "Text message: Kim\\, Fjord"]
    );
    assert!(first.contains("Hello Kim\\, “yes” or no\\; a\\, b?\\n\\n+46 8 465"), "{first}");
    assert!(!first.contains("TZID") && first.contains("\r\nDTSTART:20990324T"), "{first}");
    // A pause moves the same entries.
    caller.page.js("document.querySelector('.until input').value = '2099-04-01'", &[]);
    caller.push("Pause");
    caller.page.wait("!document.querySelector('[data-today-notice]').hidden");
    let second = caller.calendar();
    assert_eq!(Caller::lines(&second, "UID:"), ids);
    assert_eq!(Caller::lines(&second, "SEQUENCE:"), ["1", "1", "1"]);
    assert_eq!(Caller::lines(&second, "DTSTART;VALUE=DATE:"), ["20990402"]);
    // And what was stopped is cancelled.
    caller.push("Stop");
    caller.page.js("document.querySelector('[data-today-over] details').open = true", &[]);
    assert_eq!(Caller::lines(&caller.calendar(), "STATUS:"), ["CANCELLED", "CANCELLED", "CANCELLED"]);
}

#[test]
fn workdays_and_holidays_are_kept() {
    let stage = stage();
    let Some(caller) = Caller::new(&stage, Options::default()) else { return };
    // Wednesday, then Thursday, then not Friday, not the weekend, not Monday: Wednesday after Easter.
    caller.begins("2027-03-24");
    caller.page.js("document.querySelector('[data-today-config]')", &[]);
    let calendar = caller.calendar();
    assert_eq!(Caller::lines(&calendar, "DTSTART;VALUE=DATE:"), ["20270325"]);
    let last = Caller::lines(&calendar, "DTSTART:");
    assert!(last[0].starts_with("20270324T") && last[1].starts_with("20270331T"), "{calendar}");
}

#[test]
fn what_is_kept_may_be_anything() {
    let stage = stage();
    let Some(caller) = Caller::new(&stage, Options::default()) else { return };
    caller.today("");
    let bad = "localStorage['ringback.follow.a'] = '{}'; localStorage['ringback.follow.b'] = '<b>'; localStorage['ringback.follow.c'] = JSON.stringify({id: 'c', born: 1, cadence: 'x', lang: 'en', title: '<img src=x onerror=alert(1)>', values: {first_name: '<i>Eve</i>'}, start: '2026-13-45', done: {}, pause: '', stopped: '', sequence: 0}); localStorage['ringback.follow.d'] = JSON.stringify({id: 'd', born: 1, cadence: 'gone', lang: 'en', title: '<img src=x onerror=alert(1)>', values: {first_name: '<i>Eve</i>'}, start: '2026-01-05', done: {}, pause: '', stopped: '', sequence: 0});";
    caller.page.js(bad, &[]);
    caller.today("");
    assert_eq!(caller.page.js("return document.querySelectorAll('.contacts > li').length", &[]), 1);
    assert_eq!(
        caller.page.js("return document.querySelector('.contacts h3').textContent", &[]),
        "<i>Eve</i>"
    );
    // Storage that is full: it goes on as long as the page is open, and says so.
    caller.page.js(
        "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }",
        &[],
    );
    caller.page.js("document.querySelector('#follow-first_name').value = 'Bo'; document.querySelector('[data-today-begin] form button').click()", &[]);
    caller.page.wait("document.querySelector('[data-today-told]').textContent.includes('no room')");
    assert_eq!(caller.page.js("return document.querySelectorAll('.contacts > li').length", &[]), 2);
}

#[test]
fn two_tabs_follow_the_same_people() {
    let stage = stage();
    let Some(caller) = Caller::new(&stage, Options::default()) else { return };
    let page = &caller.page;
    caller.begins("2026-01-05");
    let _other = page.open_tab();
    caller.today("");
    page.wait("document.querySelector('[data-today-due] .contacts > li')");
    caller.push("Skip");
    page.wait("!document.querySelector('[data-today-due] .contacts > li')");
    assert_eq!(caller.stored_contacts()[0]["done"]["call-1"]["how"], "skipped");
}
