//! Leads in CRMs by their own interfaces, against stand-ins that check each field, and in tables.

#![expect(clippy::unwrap_used, reason = "what tests have in common may fail as they do")]

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Instant;

use serde_json::{Value, json};

use crate::relay::{KEY, lead, post_to};
use crate::support::receiver::{Asked, Receiver, Reply};
use crate::support::served::{PATIENCE, Served};
use crate::support::{NO_ADVICE, Site};

const TOKEN: &str = "pat-na1-not-a-real-token";
const FORM: &str = "title: {en: Get the guide, sv: Hämta guiden}\nsubmit: {en: Send, sv: Skicka}\nwebhook: crm\nfields:\n  \
    - {id: name, label: {en: Name, sv: Namn}, required: true}\n  - {id: email, type: email, label: {en: Email, sv: E-post}, required: true}\n  \
    - {id: company, label: {en: Company, sv: Företag}}\n  - {id: seats, type: number, label: {en: Seats, sv: Platser}}\n  \
    - {id: message, type: textarea, label: {en: Message, sv: Meddelande}}\n\
    consent:\n  - {id: contact, required: true, version: \"1\", text: {en: You may ring me., sv: Ring mig.}}\n";

/// A relay with one webhook, and its receiver.
struct Crm {
    site: Site,
    relay: Served,
    receiver: Arc<Receiver>,
}

impl Crm {
    fn start(webhook: &str, reply: impl Fn(&Asked) -> Reply + Send + Sync + 'static) -> Self {
        let receiver = Arc::new(Receiver::start(reply));
        let config = format!(
            "title: Fjord\nbase_url: https://fjord.example/\nlanguages: {{en: {{}}, sv: {{}}}}\n{NO_ADVICE}\
             relay: {{url: \"http://127.0.0.1:8787/\"}}\nwebhooks:\n  crm: {webhook}\n"
        );
        let site = Site::empty()
            .with("ringback.yaml", config)
            .with("content/forms/guide.yaml", FORM)
            .with("content/pages/guide.md", "---\ntitle: The guide\n---\n\nOne line.\n\n[form:guide]\n");
        let relay = Self::run(&site, &receiver);
        Self { site, relay, receiver }
    }

    fn run(site: &Site, receiver: &Receiver) -> Served {
        let url = receiver.url("");
        let variables =
            [("CRM", url.as_str()), ("TOKEN", TOKEN), ("SECRET", "hush-hush"), ("RINGBACK_SECRET", KEY)];
        Served::relay(&site.path(""), &[], &variables)
    }

    /// Sends a lead with these answers.
    fn post(&self, number: usize, fields: Value) {
        let mut asks = lead(number);
        asks["data"]["fields"] = fields;
        let response = post_to(&self.relay, &asks);
        assert_eq!(response.status, 200, "{response:?}");
    }

    fn ask(&self, arguments: &[&str]) -> String {
        let store = self.site.path("relay.db");
        let run = self.site.run(&[&["relay", "--store", store.to_str().unwrap()], arguments].concat());
        run.stdout + &run.stderr
    }

    /// What became of a lead: its state, how often it was tried, and what was said last.
    fn outcome(&self, number: usize) -> (String, u64, String) {
        let lines = self.ask(&["export"]);
        let all = lines.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        let id = lead(number)["id"].clone();
        let found = all.into_iter().find(|one| one["id"] == id).unwrap_or_default();
        let delivery = &found["deliveries"][0];
        let text = |value: &Value| value.as_str().unwrap_or_default().to_string();
        (text(&delivery["state"]), delivery["tries"].as_u64().unwrap_or_default(), text(&delivery["said"]))
    }

    /// Waits until a lead is in a state after so many tries.
    #[track_caller]
    fn wait(&self, number: usize, state: &str, tries: u64) -> String {
        let start = Instant::now();
        loop {
            let (is, tried, said) = self.outcome(number);
            if is == state && tried >= tries {
                return said;
            }
            assert!(start.elapsed() < PATIENCE, "{is} after {tried}: {said} {}", self.relay.printed());
        }
    }

    /// Tries again at once what waits.
    fn again(&self) {
        self.ask(&["resend", "--state", "waiting"]);
    }
}

/// What HubSpot has: its contacts by their addresses, and the notes.
#[derive(Default)]
struct HubSpot {
    contacts: BTreeMap<String, Value>,
    notes: Vec<(String, Value)>,
    asked: usize,
}

impl HubSpot {
    /// As the API answers: who doesn't say who they are, sends something that isn't there, or too much, is told.
    fn answer(&mut self, asked: &Asked) -> Reply {
        self.asked += 1;
        if asked.headers.get("authorization").map(String::as_str) != Some("Bearer pat-na1-not-a-real-token") {
            return Reply::open(401, "{\"status\":\"error\",\"category\":\"INVALID_AUTHENTICATION\"}");
        }
        let body: Value = serde_json::from_str(&asked.body).unwrap_or_default();
        match (asked.method.as_str(), asked.path.as_str(), self.asked) {
            (_, _, 1) => {
                Reply::open(429, "{\"policyName\":\"TEN_SECONDLY_ROLLING\",\"errorType\":\"RATE_LIMIT\"}")
            }
            ("POST", "/crm/v3/objects/contacts/batch/upsert", _) => {
                assert_eq!(body.as_object().unwrap().len(), 1, "{body}");
                let [input] = body["inputs"].as_array().unwrap().as_slice() else { panic!("{body}") };
                assert_eq!(input["idProperty"], "email");
                let properties = input["properties"].as_object().unwrap();
                let known = ["email", "firstname", "lastname", "company", "seat_count", "lifecyclestage"];
                if let Some(unknown) = properties.keys().find(|name| !known.contains(&name.as_str())) {
                    return Reply::open(
                        400,
                        &format!(
                            "{{\"category\":\"VALIDATION_ERROR\",\"message\":\"Property {unknown} does not exist\"}}"
                        ),
                    );
                }
                assert!(properties.values().all(Value::is_string), "{body}");
                let id = input["id"].as_str().unwrap().to_string();
                assert_eq!(properties["email"], id.as_str());
                let is_new = self.contacts.insert(id.clone(), json!(properties)).is_none();
                let number = 500 + self.contacts.keys().position(|email| *email == id).unwrap();
                Reply::open(
                    200,
                    &json!({"status": "COMPLETE", "results": [{"id": number.to_string(), "new": is_new}]})
                        .to_string(),
                )
            }
            ("POST", "/crm/v3/objects/notes", _) => {
                assert_eq!(
                    body["associations"][0]["types"],
                    json!([{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 202}])
                );
                assert!(
                    body["properties"]["hs_timestamp"].as_str().unwrap().parse::<jiff::Timestamp>().is_ok()
                );
                let to = body["associations"][0]["to"]["id"].as_str().unwrap().to_string();
                self.notes.push((to, body["properties"]["hs_note_body"].clone()));
                // It has the first one, and its answer gets lost.
                if self.notes.len() == 1 { Reply::Close } else { Reply::open(201, "{\"id\":\"9\"}") }
            }
            ("GET", "/crm/v4/objects/contacts/500/associations/notes?limit=500", _) => {
                let notes = self.notes.iter().enumerate().filter(|(_, (to, _))| to == "500");
                let notes: Vec<Value> = notes.map(|(at, _)| json!({"toObjectId": at + 1})).collect();
                Reply::open(200, &json!({"results": notes}).to_string())
            }
            ("POST", "/crm/v3/objects/notes/batch/read", _) => {
                assert_eq!(body["properties"], json!(["hs_note_body"]));
                let ids = body["inputs"].as_array().unwrap().iter();
                let notes = ids.map(|one| {
                    let at: usize = one["id"].as_str().unwrap().parse().unwrap();
                    json!({"id": one["id"], "properties": {"hs_note_body": self.notes[at - 1].1}})
                });
                Reply::open(200, &json!({"results": notes.collect::<Vec<_>>()}).to_string())
            }
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn hubspot_has_a_contact_and_one_note_whatever_gets_lost() {
    let hubspot = Arc::new(Mutex::new(HubSpot::default()));
    let kept = Arc::clone(&hubspot);
    let webhook = "{kind: hubspot, token: \"${TOKEN}\", url: \"${CRM}\", map: {seats: seat_count}, add: {lifecyclestage: lead}}";
    let crm = Crm::start(webhook, move |asked| kept.lock().unwrap().answer(asked));
    crm.post(1, json!({"name": "Kim <Berg>", "email": "Kim@FJORD.example", "company": "Fjord", "seats": 3, "message": "Hi.\nCall."}));
    // Too many requests: it waits as long as HubSpot's limit is.
    assert!(crm.wait(1, "waiting", 1).contains("TEN_SECONDLY"));
    let waits = rusqlite::Connection::open(crm.site.path("relay.db")).unwrap();
    let pause: i64 = waits.query_row("SELECT due - at FROM deliveries", [], |row| row.get(0)).unwrap();
    assert!(pause >= 10_000, "{pause}");
    drop(waits);
    crm.again();
    crm.wait(1, "waiting", 1);
    let start = Instant::now();
    while hubspot.lock().unwrap().notes.is_empty() {
        assert!(start.elapsed() < PATIENCE);
    }
    // The note is there, and nobody said so.
    crm.wait(1, "waiting", 1);
    crm.again();
    crm.wait(1, "delivered", 1);
    // Another lead of the same person: the contact is the same one.
    crm.post(2, json!({"name": "Kim Berg", "email": "kim@fjord.example"}));
    crm.wait(2, "delivered", 1);
    let hubspot = hubspot.lock().unwrap();
    let contact = json!({"firstname": "Kim Berg", "email": "kim@fjord.example", "lifecyclestage": "lead"});
    assert_eq!(hubspot.contacts, BTreeMap::from([("kim@fjord.example".to_string(), contact)]));
    let ids: Vec<bool> = [1, 2]
        .map(|number| {
            let id = lead(number)["id"].as_str().unwrap().to_string();
            hubspot.notes.iter().filter(|(_, body)| body.as_str().unwrap().contains(&id)).count() == 1
        })
        .to_vec();
    assert_eq!((ids, hubspot.notes.len()), (vec![true, true], 2), "{:?}", hubspot.notes);
    let note = hubspot.notes[0].1.as_str().unwrap();
    assert!(
        note.starts_with("<p>Get the guide</p><p>Name: Kim &lt;Berg&gt;</p>")
            && note.contains("<p>Message: Hi.<br>Call.</p>"),
        "{note}"
    );
    let said = crm.relay.printed();
    assert!(!said.contains(TOKEN) && !said.to_lowercase().contains("kim"), "{said}");
}

#[test]
fn what_hubspot_refuses_is_kept_and_a_wrong_token_is_for_the_owner() {
    let refused = |asked: &Asked| match asked.headers["authorization"].as_str() {
        "Bearer pat-na1-not-a-real-token" => {
            Reply::open(400, "{\"message\":\"Property seat_count does not exist\"}")
        }
        other => panic!("{other}"),
    };
    let crm = Crm::start(
        "{kind: hubspot, token: \"${TOKEN}\", url: \"${CRM}\", map: {seats: seat_count}}",
        refused,
    );
    crm.post(1, json!({"name": "Kim", "email": "kim@fjord.example", "seats": 3}));
    assert!(crm.wait(1, "dead", 1).contains("seat_count"));
    let crm = Crm::start("{kind: hubspot, token: \"${TOKEN}\", url: \"${CRM}\"}", |_| Reply::open(401, "no"));
    crm.post(1, json!({"name": "Kim", "email": "kim@fjord.example"}));
    crm.wait(1, "waiting", 1);
    // A batch in which nothing was taken is answered as if all were well.
    let none = json!({"status": "COMPLETE", "results": [], "numErrors": 1, "errors": [{"category": "VALIDATION_ERROR"}]});
    let crm = Crm::start("{kind: hubspot, token: \"${TOKEN}\", url: \"${CRM}\"}", move |_| {
        Reply::open(207, &none.to_string())
    });
    crm.post(1, json!({"name": "Kim", "email": "kim@fjord.example"}));
    crm.wait(1, "dead", 1);
}

/// What Salesforce has: leads by their external ids, and which tokens hold.
#[derive(Default)]
struct Salesforce {
    leads: BTreeMap<String, Value>,
    tokens: usize,
    /// How often leads may be sent before the token ends.
    left: usize,
    busy: bool,
}

const REST: &str = "{kind: salesforce, url: \"${CRM}\", client_id: an-apps-key, client_secret: \"${SECRET}\", external_id: Ringback_Id__c, \
    map: {seats: Seats__c}, add: {LeadSource: Website, Company: Not given}}";

impl Salesforce {
    fn answer(&mut self, asked: &Asked) -> Reply {
        if asked.path == "/services/oauth2/token" {
            assert_eq!(
                (asked.method.as_str(), asked.headers["content-type"].as_str()),
                ("POST", "application/x-www-form-urlencoded")
            );
            if asked.body != "grant_type=client_credentials&client_id=an-apps-key&client_secret=hush-hush" {
                return Reply::open(
                    400,
                    "{\"error\":\"invalid_client\",\"error_description\":\"invalid client credentials\"}",
                );
            }
            self.tokens += 1;
            self.left = 2;
            let given = json!({"access_token": format!("00D!{}", self.tokens), "instance_url": "http://plain.example", "token_type": "Bearer"});
            return Reply::open(200, &given.to_string());
        }
        let id =
            asked.path.strip_prefix("/services/data/v62.0/sobjects/Lead/Ringback_Id__c/").expect(&asked.path);
        assert_eq!(
            (asked.method.as_str(), asked.headers["content-type"].as_str()),
            ("PATCH", "application/json")
        );
        assert_eq!(asked.headers["sforce-duplicate-rule-header"], "allowSave=true");
        if asked.headers["authorization"] != format!("Bearer 00D!{}", self.tokens) || self.left == 0 {
            return Reply::open(
                401,
                "[{\"message\":\"Session expired or invalid\",\"errorCode\":\"INVALID_SESSION_ID\"}]",
            );
        }
        self.left -= 1;
        if std::mem::take(&mut self.busy) {
            return Reply::open(
                400,
                "[{\"message\":\"unable to obtain exclusive access\",\"errorCode\":\"UNABLE_TO_LOCK_ROW\"}]",
            );
        }
        let body: Value = serde_json::from_str(&asked.body).unwrap();
        for (name, value) in body.as_object().unwrap() {
            let known = ["LastName", "Email", "Company", "Description", "LeadSource", "Seats__c"];
            if !known.contains(&name.as_str()) {
                return Reply::open(
                    400,
                    &format!("[{{\"message\":\"No such column '{name}'\",\"errorCode\":\"INVALID_FIELD\"}}]"),
                );
            }
            assert!(value.is_string(), "{body}");
        }
        match self.leads.insert(id.to_string(), body) {
            None => Reply::open(
                201,
                &json!({"id": "00Q000000000001", "success": true, "errors": [], "created": true}).to_string(),
            ),
            Some(_) => Reply::open(
                200,
                &json!({"id": "00Q000000000001", "success": true, "errors": [], "created": false})
                    .to_string(),
            ),
        }
    }
}

#[test]
fn salesforce_has_each_lead_once_and_tokens_are_renewed() {
    let salesforce = Arc::new(Mutex::new(Salesforce { busy: true, ..Salesforce::default() }));
    let kept = Arc::clone(&salesforce);
    let crm = Crm::start(REST, move |asked| kept.lock().unwrap().answer(asked));
    crm.post(1, json!({"name": "Kim Berg", "email": "kim@fjord.example", "seats": 3, "message": "Hi."}));
    // A row that somebody else has locked is no reason to give a lead up.
    crm.wait(1, "waiting", 1);
    crm.again();
    crm.wait(1, "delivered", 1);
    for number in 2..=4 {
        crm.post(number, json!({"name": "Bo", "email": format!("bo{number}@fjord.example")}));
        crm.wait(number, "delivered", 1);
    }
    let salesforce = salesforce.lock().unwrap();
    assert_eq!(salesforce.leads.len(), 4);
    assert!((2..=3).contains(&salesforce.tokens), "{}", salesforce.tokens);
    let first = &salesforce.leads[lead(1)["id"].as_str().unwrap()];
    let description = first["Description"].as_str().unwrap();
    assert!(
        description.starts_with("Get the guide\nName: Kim Berg\nEmail: kim@fjord.example\n"),
        "{description}"
    );
    let mut others = first.clone();
    others.as_object_mut().unwrap().remove("Description");
    assert_eq!(
        others,
        json!({"LastName": "Kim Berg", "Email": "kim@fjord.example", "Company": "Not given", "LeadSource": "Website", "Seats__c": "3"})
    );
    // One that wasn't heard is sent again, and is the same one.
    let asked = crm.receiver.requests();
    let signed_in = asked.iter().filter(|asked| asked.path.ends_with("/token")).count();
    assert_eq!(signed_in, salesforce.tokens, "only when it has to");
    let said = crm.relay.printed();
    assert!(!said.contains("hush-hush") && !said.contains("00D!"), "{said}");
}

#[test]
fn an_app_that_salesforce_doesnt_know_keeps_its_leads() {
    let crm = Crm::start(&REST.replace("an-apps-key", "another-apps-key"), |asked| {
        Salesforce::default().answer(asked)
    });
    crm.post(1, json!({"name": "Kim Berg", "email": "kim@fjord.example"}));
    assert!(crm.wait(1, "waiting", 1).contains("invalid"), "it isn't given up");
}

#[test]
fn a_table_has_a_row_for_each_lead_and_computes_nothing() {
    let crm =
        Crm::start("{kind: sheet, path: leads.csv, map: {lead_timestamp: Time}, add: {source: web}}", |_| {
            Reply::Close
        });
    crm.post(1, json!({"name": "=HYPERLINK(\"https://evil.example\",\"Kim\")", "email": "kim@fjord.example", "seats": 3, "message": "Say \"yes\",\r\nplease\u{0}."}));
    crm.wait(1, "delivered", 1);
    crm.post(2, json!({"name": "Bo", "email": "bo@fjord.example"}));
    crm.wait(2, "delivered", 1);
    let id = |number: usize| lead(number)["id"].as_str().unwrap().to_string();
    let rows = crm.site.read("leads.csv");
    assert_eq!(
        rows,
        format!(
            "\u{feff}Time,lead_form,name,email,company,seats,message,consent_contact,page_url,page_lang,attribution_rep,lead_test,lead_id,source\r\n\
             2026-11-22T09:30:00Z,guide,\"'=HYPERLINK(\"\"https://evil.example\"\",\"\"Kim\"\")\",kim@fjord.example,,3,\"Say \"\"yes\"\",\nplease.\",true,https://fjord.example/guide/,en,anna-berg,,{},web\r\n\
             2026-11-22T09:30:00Z,guide,Bo,bo@fjord.example,,,,true,https://fjord.example/guide/,en,anna-berg,,{},web\r\n",
            id(1),
            id(2),
        )
    );
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(crm.site.path("leads.csv")).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "only its owner reads it");
    }
    // A form that asks for more has other columns, and what is there stays as it is.
    crm.site.write(
        "content/forms/guide.yaml",
        FORM.replace(
            "- {id: seats",
            "- {id: phone, type: tel, label: {en: Phone, sv: Telefon}}\n  - {id: seats",
        )
        .replace("You may ring me.", "You may call me."),
    );
    let mut asks = lead(3);
    asks["data"]["fields"] = json!({"name": "Eva", "email": "eva@fjord.example", "phone": "+46 8 123"});
    asks["data"]["consent"][0]["text_sha256"] = json!(crate::relay::hash("You may call me."));
    let response = post_to(&crm.relay, &asks);
    assert_eq!(response.status, 200, "{response:?}");
    crm.wait(3, "delivered", 1);
    let second = crm.site.read("leads-2.csv");
    assert!(second.contains(",email,company,phone,seats,") && second.contains("'+46 8 123"), "{second}");
    assert_eq!(crm.site.read("leads.csv"), rows);
}

#[test]
fn a_form_that_lacks_what_a_crm_needs_is_told() {
    let config = |webhook: &str| {
        format!(
            "title: Fjord\nbase_url: https://fjord.example/\n{NO_ADVICE}relay: {{url: \"http://127.0.0.1:8787/\"}}\nwebhooks: {{crm: {webhook}}}\n"
        )
    };
    let form = "title: A\nsubmit: B\nwebhook: crm\nfields:\n  - {id: name, label: Name}\n  - {id: email, type: email, label: Email}\n";
    let site = Site::empty()
        .with("ringback.yaml", config("{kind: hubspot, token: \"${TOKEN}\"}"))
        .with("content/forms/guide.yaml", form)
        .with("content/pages/a.md", "---\ntitle: A\n---\n\nOne line.\n\n[form:guide]\n");
    let run = site.run(&["check"]);
    assert!(
        run.stderr.contains("HubSpot knows contacts by `email`, which the form `guide` doesn't require"),
        "{}",
        run.stderr
    );
    assert_eq!(run.stderr.matches("error[").count(), 1, "{}", run.stderr);
    site.write("ringback.yaml", config("{kind: salesforce, url: \"https://a.my.salesforce.com\", client_id: \"${A}\", client_secret: \"${B}\", external_id: A__c}"));
    let run = site.run(&["check"]);
    assert!(
        run.stderr.contains("rejects leads without `LastName`") && run.stderr.contains("`Company`"),
        "{}",
        run.stderr
    );
    site.write(
        "ringback.yaml",
        config("{kind: sheet, path: a.csv}").replace("8787/\"}", "8787/\", alerts: [crm]}"),
    );
    let run = site.run(&["check"]);
    assert!(run.stderr.contains("`sheet`, which can't receive alerts"), "{}", run.stderr);
}
