//! Calculators: numbers as people type them, links with numbers, and what a lead has of them.

use serde_json::json;

use super::super::{Options, Screen, Scripts};
use super::{CONFIG, FORM, Stage, Visitor, assert_valid};
use crate::support::Site;

const COSTS: &str = "title: What it costs
form: crm
inputs:
  - {id: calls, label: Calls a day, unit: calls, measure: call/day, default: 40, min: 1, max: 5000}
  - {id: wage, label: An hour, measure: EUR/h, default: 30, min: 1, max: 1000}
assumptions:
  - {id: minutes, label: Minutes, unit: min, measure: min/call, low: 2, high: 4, source: A study}
  - {id: per_hour, label: An hour in minutes, measure: min/h, value: 60}
results:
  - {id: cost, label: A day costs, unit: EUR, measure: EUR/day, words: Hours by wage., formula: hours * wage}
  - {id: hours, step: true, label: Hours, unit: h, measure: h/day, decimals: 2, words: Calls by minutes., formula: calls * minutes / per_hour}
  - {id: so_far, label: By then, unit: EUR, measure: EUR/day, words: Times the years., formula: cost * year}
chart: {title: Over years, result: so_far, years: 3}
";

fn stage() -> Stage {
    Stage::of(Site::empty(), |site, origin| {
        site.write("ringback.yaml", CONFIG.replace("ORIGIN", origin));
        site.write("content/forms/crm.yaml", FORM.replace("WEBHOOK", "crm"));
        site.write("content/calculators/costs.yaml", COSTS);
        let page = "---\ntitle: Costs\n---\n\nCount.\n\n[calculator:costs]\n";
        site.write("content/pages/costs.md", page);
    })
}

impl Visitor<'_> {
    #[track_caller]
    fn count(&self, path: &str) {
        self.page.goto("about:blank");
        self.open(path);
        self.page.wait("document.querySelector('[data-calculator][data-ready]')");
    }

    /// What a result says.
    #[track_caller]
    fn result(&self, id: &str) -> String {
        let script = "return document.querySelector(`[data-ca-result=${arguments[0]}]`).textContent";
        self.page.js(script, &[json!(id)]).as_str().expect("text").to_string()
    }

    /// Types a number into an input.
    #[track_caller]
    fn types(&self, id: &str, text: &str) {
        let script = "const input = document.querySelector(`[data-ca-input=${arguments[0]}] input`); input.focus(); input.select();";
        self.page.js(script, &[json!(id)]);
        self.page.insert(text);
    }
}

#[test]
fn what_is_typed_is_counted() {
    let stage = stage();
    let Some(visitor) = Visitor::with(&stage, Options { screen: Screen::Phone, ..Options::default() }) else {
        return;
    };
    let page = &visitor.page;
    visitor.count("/costs/");
    page.shot("calculator-phone");
    assert_eq!((visitor.result("cost"), visitor.result("hours")), ("40–80 EUR".into(), "1.33–2.67 h".into()));
    let years =
        "return [...document.querySelectorAll('[data-ca-year]')].map((one) => one.textContent).join()";
    assert_eq!(page.js(years, &[]), "40–80 EUR,80–160 EUR,120–240 EUR");
    assert_eq!(page.js("return document.querySelectorAll('[data-ca-chart] rect').length", &[]), 6);
    // As people write numbers in any language.
    for (text, cost) in [
        ("1 200", "1,200–2,400 EUR"),
        ("1.200,5", "1,201–2,401 EUR"),
        ("1,200.5", "1,201–2,401 EUR"),
        // What the page itself writes is what it reads.
        ("1,200", "1,200–2,400 EUR"),
        ("2,5", "3–5 EUR"),
        ("1.200", "1–2 EUR"),
        ("60", "60–120 EUR"),
    ] {
        visitor.types("calls", text);
        assert_eq!(visitor.result("cost"), cost, "{text}");
    }
    // What isn't allowed is told, and changes nothing.
    for text in ["0", "many", "9e9", "--1", ""] {
        visitor.types("calls", if text.is_empty() { " " } else { text });
        let wrong = "return document.querySelector('[data-ca-input=calls] [data-ca-wrong]').textContent";
        assert_eq!(page.js(wrong, &[]), "Write a number from 1 to 5,000.", "{text}");
        assert_eq!(visitor.result("cost"), "60–120 EUR");
    }
    visitor.types("calls", "90");
    visitor.later(120_000);
    visitor.fill();
    visitor.send();
    visitor.until("confirmed");
    let lead = stage.receiver.only().lead();
    assert_valid(&lead);
    let fields = &lead["data"]["fields"];
    for (field, value) in
        [("calculator", "costs"), ("input_calls", "90"), ("input_wage", "30"), ("result_cost", "90–180")]
    {
        assert_eq!(fields[field], json!(value), "{field}");
    }
    let link = fields["calculator_link"].as_str().expect("a link").to_string();
    let (_, numbers) = link.split_once('#').expect("behind a number sign");
    // They are here again, also from the link alone; what it must not say is left out.
    visitor.count("/costs/");
    assert_eq!(visitor.result("cost"), "90–180 EUR");
    page.js("localStorage.clear()", &[]);
    visitor.count(&format!("/costs/#{numbers}"));
    assert_eq!(visitor.result("cost"), "90–180 EUR");
    for wrong in ["#count=calls~-5~~wage~30", "#count=__proto__~1", "#count=%E0%A4%A", "#count=calls~1e99~~x"]
    {
        page.js("localStorage.clear()", &[]);
        visitor.count(&format!("/costs/{wrong}"));
        assert_eq!(visitor.result("cost"), "40–80 EUR", "{wrong}");
        let note = "return document.querySelector('[data-ca-note]').textContent";
        let note = page.js(note, &[]);
        assert!(
            note.as_str().is_some_and(|note| note.starts_with("This link doesn't have all")),
            "{wrong}: {note}"
        );
    }
    visitor.types("calls", "90");
    page.find("[data-ca-forget]").click();
    assert_eq!(visitor.result("cost"), "40–80 EUR");
    page.screen(Screen::Size(320, 700));
    let beyond =
        "const { scrollWidth, clientWidth } = document.documentElement; return scrollWidth - clientWidth";
    assert_eq!(page.js(beyond, &[]), 0);
    page.assert_no_errors();
}

#[test]
fn thousands_and_decimals_are_those_of_the_language() {
    let stage = Stage::of(Site::empty(), |site, origin| {
        site.write("ringback.yaml", CONFIG.replace("ORIGIN", origin));
        site.write("content/forms/crm.yaml", FORM.replace("WEBHOOK", "crm"));
        site.write("content/calculators/costs.yaml", COSTS.replace("default: 40", "default: 1400"));
        let page = "---\ntitle: Costs\n---\n\nCount.\n\n[calculator:costs]\n";
        site.write("content/pages/costs.md", page);
        site.write("content/pages/costs.nb.md", page);
    });
    let Some(visitor) = Visitor::new(&stage) else { return };
    for (path, typed) in [
        ("/costs/", [("1,200", "1,200–2,400 EUR"), ("1.2", "1–2 EUR")]),
        ("/nb/costs/", [("1.200", "1\u{a0}200–2\u{a0}400 EUR"), ("1,2", "1–2 EUR")]),
    ] {
        visitor.count(path);
        for (text, cost) in typed {
            visitor.types("calls", text);
            assert_eq!(visitor.result("cost"), cost, "{path} {text}");
        }
        // Back to the numbers that it comes with, as the page writes them.
        visitor.page.find("[data-ca-forget]").click();
        let cost = visitor.result("cost").replace(['\u{a0}', ','], "");
        assert_eq!(cost, "1400–2800 EUR", "{path}");
    }
    visitor.page.assert_no_errors();
}

#[test]
fn without_scripts_the_first_numbers_are_counted() {
    let stage = stage();
    let Some(visitor) = Visitor::with(&stage, Options { scripts: Scripts::Off, ..Options::default() }) else {
        return;
    };
    visitor.open("/costs/");
    assert_eq!(visitor.result("cost"), "40–80 EUR");
    let years =
        "return [...document.querySelectorAll('[data-ca-year]')].map((one) => one.textContent).join()";
    assert_eq!(visitor.page.js(years, &[]), "40–80 EUR,80–160 EUR,120–240 EUR");
}
