//! The relay takes for an answer what the form's page takes, and loses nothing of a page that is older than its form.

use serde_json::{Value, json};

use crate::relay::{KEY, Kept, Stage, hash, lead};
use crate::support::receiver::Reply;
use crate::support::served::Response;

/// A form with every rule that there is.
const FORM: &str = "title: {en: Get the guide, sv: Hämta guiden}\nsubmit: {en: Send, sv: Skicka}\nwebhook: crm\nfields:
  - {id: name, label: {en: Name, sv: Namn}, min_length: 2, max_length: 20}
  - {id: email, type: email, label: {en: Email, sv: E-post}, required: true, business_email: true}
  - {id: phone, type: tel, label: {en: Phone, sv: Telefon}, country: SE}
  - {id: site, type: url, label: {en: Site, sv: Webbplats}}
  - {id: seats, type: number, label: {en: Seats, sv: Platser}, min: 2, max: 500}
  - {id: day, type: date, label: {en: Day, sv: Dag}, min: 2026-01-01, max: 2026-12-31}
  - {id: when, type: choice, label: {en: When, sv: När}, options: [{id: morning, label: {en: M, sv: M}}, {id: evening, label: {en: E, sv: K}}]}
  - {id: topics, type: choices, label: {en: Topics, sv: Ämnen}, options: [crm, calls]}
  - {id: terms, type: checkbox, label: {en: Terms, sv: Villkor}}
consent:
  - {id: contact, required: true, version: \"1\", text: {en: You may ring me., sv: Ring mig.}}
";

/// A relay for a form, which it has read.
fn stage(kept: Kept) -> Stage {
    let mut stage = Stage::start(kept, |_| Reply::open(200, "{}"));
    change(&mut stage, FORM);
    stage
}

/// The site has another form now.
fn change(stage: &mut Stage, form: &str) {
    stage.site.write("content/forms/guide.yaml", form);
    stage.restart();
}

/// The word for the form's rules in its page, as it is built now.
fn rules(stage: &Stage) -> String {
    let run = stage.site.run_with(&["build"], &[("RINGBACK_SECRET", KEY)]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let page = stage.site.read("public/guide/index.html");
    let (_, rest) =
        page.split_once("\"url\":\"http://127.0.0.1:8787/leads?rules=").expect("in the form's settings");
    let word = rest.split('"').next().expect("a word").to_string();
    assert!(page.contains(&format!("action=\"http://127.0.0.1:8787/leads?rules={word}\"")), "{page}");
    word
}

fn post(stage: &Stage, rules: &str, fields: Value, number: usize) -> Response {
    let mut lead = lead(number);
    lead["data"]["fields"] = fields;
    let headers = [("Origin", "https://fjord.example"), ("Content-Type", "application/json")];
    stage.relay().send("POST", &format!("/leads{rules}"), &headers, &lead.to_string())
}

fn native(stage: &Stage, rules: &str, body: &str) -> Response {
    let headers =
        [("Origin", "https://fjord.example"), ("Content-Type", "application/x-www-form-urlencoded")];
    stage.relay().send("POST", &format!("/leads{rules}"), &headers, body)
}

#[test]
fn what_its_page_refuses_the_relay_refuses_with_the_field_and_the_reason() {
    let stage = stage(Kept::File);
    let rules = format!("?rules={}", rules(&stage));
    for (number, (field, answer, why)) in [
        ("name", json!("K"), "`name` needs at least 2 characters"),
        ("name", json!("K".repeat(21)), "`name` has 21 characters, and may have 20"),
        ("name", json!(" "), "`name` is required"),
        ("name", json!(3), "`name` isn't an answer to a field of the type `text`"),
        ("email", json!("kim@fjord"), "`email` isn't an answer"),
        ("email", json!("kim@gmail.com"), "`email` isn't an address at work"),
        ("email", Value::Null, "`email` isn't an answer"),
        ("phone", json!("12"), "`phone` isn't an answer to a field of the type `tel`"),
        ("site", json!("javascript:alert(1)"), "`site` isn't an answer to a field of the type `url`"),
        ("seats", json!(1), "`seats` is less than 2"),
        ("seats", json!(500.5), "`seats` is more than 500"),
        ("seats", json!("3"), "`seats` isn't an answer to a field of the type `number`"),
        ("day", json!("2025-12-31"), "`day` is less than 2026-01-01"),
        ("day", json!("2027-01-01"), "`day` is more than 2026-12-31"),
        ("day", json!("2026-02-30"), "`day` isn't an answer to a field of the type `date`"),
        ("when", json!("night"), "`when` is none of the options"),
        ("topics", json!(["crm", "crm"]), "`topics` is none of the options"),
        ("topics", json!([]), "`topics` is none of the options"),
        ("terms", json!(false), "`terms` isn't an answer to a field of the type `checkbox`"),
    ]
    .into_iter()
    .enumerate()
    {
        let mut fields = json!({"email": "kim@fjord-works.example"});
        fields[field] = answer;
        // Whether or not it says that it is of the page.
        for rules in [rules.as_str(), ""] {
            let response = post(&stage, rules, fields.clone(), number);
            let said: Value = serde_json::from_str(&response.body).expect("JSON");
            assert_eq!((response.status, &said["field"]), (422, &json!(field)), "{fields}: {said}");
            assert!(said["error"].as_str().is_some_and(|error| error.contains(why)), "{why}: {said}");
        }
    }
    assert_eq!(post(&stage, &rules, json!({"name": "Kim"}), 90).status, 422, "the email is required");
    let all = json!({
        "name": "Kim Berg", "email": "kim@fjord-works.example", "phone": "+46701234567", "site": "https://fjord.example/",
        "seats": 500, "day": "2026-12-31", "when": "evening", "topics": ["calls", "crm"], "terms": true,
    });
    assert_eq!(post(&stage, &rules, all.clone(), 91).status, 200);
    // A browser without JavaScript sends the same, as people write it.
    let typed = "name=+Kim++Berg&email=kim%40FJORD-works.example&phone=070-123+45+67&site=fjord.example&seats=500&day=2026-12-31&\
        when=evening&topics=calls&topics=crm&terms=yes&consent_contact=yes&form=guide&page_lang=sv";
    assert_eq!(native(&stage, &rules, typed).status, 303);
    for sent in stage.wait_for("/crm", 2) {
        let sent: Value = serde_json::from_str(&sent.body).expect("JSON");
        let fields = sent["data"]["fields"].as_object().expect("a map");
        for (id, answer) in all.as_object().expect("a map") {
            let name = if id == "name" { "full_name" } else { id };
            assert_eq!(&fields[name], answer, "{id}");
        }
    }
    assert_eq!(stage.stored().iter().filter(|lead| lead["signs"] == "").count(), 2);
}

#[test]
fn without_javascript_a_visitor_reads_which_answer_is_wrong() {
    let stage = stage(Kept::File);
    let typed = "name=Kim&email=kim%40fjord-works.example&consent_contact=yes&form=guide&page_lang=LANG";
    for (lang, more, said) in [
        ("sv", "&seats=1", "Ett av svaren behöver ses över.\n\nPlatser: Det ska vara minst 2.\n"),
        ("en", "&seats=many", "One answer needs another look.\n\nSeats: Please write this as a number.\n"),
        ("en", &format!("&name={}", "x".repeat(21)), ""),
    ] {
        let body = typed.replace("LANG", lang) + more;
        let response =
            native(&stage, "", &body.replace("name=Kim&", if said.is_empty() { "" } else { "name=Kim&" }));
        assert_eq!(response.status, 422, "{response:?}");
        match said {
            "" => assert!(
                response.body.ends_with("Name: That is 21 characters; the limit is 20.\n"),
                "{response:?}"
            ),
            said => assert_eq!(response.body, said),
        }
    }
    let response = native(&stage, "", &typed.replace("LANG", "sv").replace("consent_contact=yes&", ""));
    let said = "Ett av svaren behöver ses över.\n\nRing mig.: Vi behöver ditt ja här innan vi kan ta emot dina uppgifter.\n";
    assert_eq!((response.status, response.body.as_str()), (422, said));
}

/// What a page sends that was opened before the form was changed.
fn a_page_that_is_older_than_its_form_loses_nothing(kept: Kept) {
    let mut stage = stage(kept);
    let old = format!("?rules={}", rules(&stage));
    let changed = FORM
        .replace(", {id: evening, label: {en: E, sv: K}}", "")
        .replace("max: 500", "max: 50")
        .replace(
            "- {id: site,",
            "- {id: company, required: true, label: {en: Company, sv: Företag}}\n  - {id: site,",
        )
        + "  - {id: terms, required: true, version: \"1\", text: {en: I have read the terms., sv: Jag har läst villkoren.}}\n";
    change(&mut stage, &changed);
    let new = format!("?rules={}", rules(&stage));
    assert_ne!(old, new);
    let answers = json!({"email": "kim@fjord-works.example", "when": "evening", "seats": 400});
    assert_eq!(post(&stage, &new, answers.clone(), 1).status, 422);
    assert_eq!(post(&stage, &old, answers.clone(), 1).status, 200);
    let sent: Value = serde_json::from_str(&stage.wait_for("/crm", 1)[0].body).expect("JSON");
    assert_eq!(sent["data"]["fields"]["when"], "evening");
    assert_eq!(sent["data"]["fields"]["seats"], 400);
    let stored = stage.stored().remove(0);
    assert_eq!((&stored["signs"], &stored["score"]), (&json!("older-form"), &json!(1)), "{stored}");
    // What the form takes now has no mark, whichever page it is of.
    let mut fine = lead(2);
    fine["data"]["fields"] = json!({"email": "kim@fjord-works.example", "company": "Fjord"});
    let receipt = json!({"id": "terms", "given": true, "version": "1", "lang": "en", "text_sha256": hash("I have read the terms.")});
    fine["data"]["consent"].as_array_mut().expect("a list").push(receipt);
    let headers = [("Origin", "https://fjord.example"), ("Content-Type", "application/json")];
    let response = stage.relay().send("POST", &format!("/leads{old}"), &headers, &fine.to_string());
    assert_eq!(response.status, 200, "{response:?}");
    stage.wait_for("/crm", 2);
    assert!(stage.stored().iter().any(|lead| lead["signs"] == ""));
    // Rules that the relay has never seen: a visitor's page all the same, perhaps, so a person looks at it.
    let response = post(&stage, "?rules=0123456789ab", answers, 3);
    assert_eq!(response.status, 200, "{response:?}");
    let held = stage.stored().into_iter().find(|lead| lead["signs"] == "other-form").expect("kept");
    assert_eq!(held["deliveries"][0]["state"], "held");
    // Emails go to addresses alone, and an answer is an answer.
    assert_eq!(post(&stage, &old, json!({"email": "kim\r\nBcc: all@fjord.example"}), 4).status, 200);
    let apart = stage.stored().into_iter().find(|lead| lead["extra"].is_object()).expect("kept");
    assert_eq!(apart["extra"]["email"], "kim\r\nBcc: all@fjord.example");
    assert!(apart["lead"]["data"]["fields"].get("email").is_none());
    assert_eq!(post(&stage, &old, json!({"email": "kim@gmail.com"}), 7).status, 200);
    let free =
        stage.stored().into_iter().find(|lead| lead["lead"]["data"]["fields"]["email"] == "kim@gmail.com");
    assert_eq!(free.expect("an address is one")["signs"], "older-form");
    for odd in [json!({"a": 1}), json!(""), json!(false), json!([[]]), json!("x".repeat(10_001))] {
        assert_eq!(post(&stage, &old, json!({"email": odd}), 5).status, 422);
    }
    // Without JavaScript, too.
    let typed = "email=kim%40fjord-works.example&when=evening&seats=400&consent_contact=yes&form=guide";
    assert_eq!([native(&stage, &new, typed).status, native(&stage, &old, typed).status], [422, 303]);
    // Receipts are of words that were on the site, whatever the page says that it is.
    let mut lead = lead(6);
    lead["data"]["consent"][0]["text_sha256"] = json!(old.trim_start_matches("?rules="));
    let response = stage.relay().send("POST", &format!("/leads{old}"), &headers, &lead.to_string());
    assert_eq!(response.status, 422, "{response:?}");
}

in_every_store!(a_page_that_is_older_than_its_form_loses_nothing,);
