//! Placeholders: filled once, used everywhere, from the address or by hand, on this device only, and never anything but text.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{CALL, Caller, Options, Stage, pair};

#[test]
fn placeholders_are_filled_from_the_address_and_by_hand() {
    let stage = Stage::with(pair());
    let Some(caller) = Caller::new(&stage, Options::default()) else { return };
    let page = &caller.page;
    // A step and placeholders together; the names leave the address.
    caller.open("/scripts/call/#discover&first_name=Kim%20Åse+B&rep=Ola&page=+46123&number=1");
    assert_eq!(page.js("return location.hash", &[]), json!("#discover"));
    assert!(caller.text("#opener blockquote").contains("Hello Kim Åse B, Ola here. You read +46123."));
    assert_eq!(
        page.js(&format!("return {CALL}.values"), &[]),
        json!({"first_name": "Kim Åse B", "rep": "Ola", "page": "+46123"}),
        "no other name is taken"
    );
    let asked: String =
        stage.server.requests().iter().map(|request| format!("{}?{}", request.path, request.query)).collect();
    assert!(!asked.contains("Kim") && !asked.contains("Ola"), "no server hears of them: {asked}");
    // By hand, everywhere at once.
    page.find("[data-script-start]").click();
    caller.at("call:before");
    page.js("document.querySelector('[data-script-fill=\"first_name\"]').select()", &[]);
    page.type_text("Bo 1");
    caller.press(&["Escape", "1"]);
    caller.at("opener");
    assert!(caller.text(".on blockquote").contains("Hello Bo 1,"));
    assert!(caller.text(".on .answers").contains("“Yes, Bo 1 here”"), "in answers, too");
    page.js("const list = document.querySelector('select[data-script-fill=\"page\"]'); list.value = 'the list'; list.dispatchEvent(new Event('input', {bubbles: true}))", &[]);
    assert!(caller.text(".on blockquote").contains("You read the list."));
    // The next call is about somebody else; the caller is the same.
    caller.press(&["1", "2"]);
    caller.at("outcome:closed");
    page.find("[data-script-next]").click();
    caller.at("call:before");
    caller.press(&["1"]);
    caller.at("opener");
    assert!(caller.text(".on blockquote").contains("Hello First name, Ola here. You read our site."));
    page.find("[data-script-clear]").click();
    assert!(caller.text(".on blockquote").contains("Your name here"));
    assert_eq!(page.js(&format!("return {CALL}.values"), &[]), json!({}));
    assert_eq!(page.js("return JSON.parse(localStorage['ringback.placeholders']).values", &[]), json!({}));
    page.assert_no_errors();
}

#[test]
fn hostile_values_are_text() {
    let stage = Stage::with(pair());
    let Some(caller) = Caller::new(&stage, Options::default()) else { return };
    let page = &caller.page;
    let long = "x".repeat(10_000);
    for (address, shown) in [
        ("first_name=<img src=x onerror=document.title=1>", "<img src=x onerror=document.title=1>"),
        ("first_name=%3Cscript%3Edocument.title%3D1%3C%2Fscript%3E", "<script>document.title=1</script>"),
        ("first_name=%22%27%3E{{rep}}", "\"'>{{rep}}"),
        ("first_name=%E2%80%AEnomiK &page=%00%01", "\u{202e}nomiK"),
        ("first_name=%FF%ZZ", "\u{fffd}%ZZ"),
        ("first_name=محمد 🌊", "محمد 🌊"),
        (&format!("first_name={long}"), &long[..200]),
        ("__proto__=x&constructor=x&toString=x&first_name=Kim", "Kim"),
    ] {
        caller.open(&format!("/scripts/call/#{}", address.replace(' ', "%20")));
        let seen = page
            .js("return document.querySelector('#opener blockquote [data-placeholder]').textContent", &[]);
        assert_eq!(seen, json!(shown), "{address}");
        caller.begin("/scripts/call/");
        caller.at("opener");
        caller.press(&["1", "1"]);
        caller.at("outcome:callback");
        let state = "return [document.title, document.querySelectorAll('[data-script] :is(img:not(.avatar), script:not([type]))').length, ({}).x === undefined]";
        assert_eq!(page.js(state, &[]), json!(["The call – Fjord", 0, true]), "{address}");
        page.wait("document.querySelector('[data-script-letter]').value");
        assert!(caller.value("[data-script-letter]").contains(shown), "{address}");
        page.js("sessionStorage.clear(); localStorage.clear()", &[]);
    }
    // What others may have left there.
    for kept in
        ["null", "[]", "{\"values\":7,\"keep\":{}}", "{\"values\":{\"first_name\":{\"a\":1}}}", "broken"]
    {
        page.js(
            "localStorage['ringback.placeholders'] = arguments[0]; sessionStorage['ringback.call'] = arguments[0]",
            &[json!(kept)],
        );
        caller.begin("/scripts/call/");
        caller.at("opener");
        page.js("sessionStorage.clear(); localStorage.clear()", &[]);
    }
    page.assert_no_errors();
}

#[test]
fn content_is_sent_in_the_name_of_whoever_rings() {
    let stage = Stage::with(
        pair().with("content/people/ola-dahl.md", "---\ntitle: Ola Dahl\nrep: true\n---\nSells.\n"),
    );
    let Some(caller) = Caller::new(&stage, Options::default()) else { return };
    let page = &caller.page;
    let grant = json!({"permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]});
    page.cdp("Browser.grantPermissions", grant);
    caller.begin("/scripts/call/");
    caller.at("opener");
    let copied = || page.js_async("return await navigator.clipboard.readText()", &[]);
    page.find(".on a.send").click();
    page.wait("document.querySelector('.copied [role=status]').textContent");
    assert_eq!(copied(), json!("https://fjord.example/insights/guide/"), "the page's address for everybody");
    assert!(caller.text(".copied").contains("The guide"));
    page.js("localStorage['ringback.rep'] = 'ola-dahl'", &[]);
    page.find(".on a.send").click();
    page.wait("document.querySelector('.copied').textContent.includes('via=')");
    assert_eq!(copied(), json!("https://fjord.example/insights/guide/?via=ola-dahl"));
    page.reload();
    caller.at("opener");
    assert!(caller.text(".on blockquote").contains("Ola Dahl here"), "who shares is who rings");
    // Without a clipboard the address is there to be copied.
    page.js("navigator.clipboard.writeText = () => Promise.reject(new Error('no')); document.execCommand = () => false", &[]);
    page.find(".on a.send").click();
    page.wait("document.querySelector('.copied input')?.value.endsWith('?via=ola-dahl')");
    let marked = page.js("const field = document.querySelector('.copied input'); return field.selectionEnd - field.selectionStart", &[]);
    assert!(marked.as_u64() > Some(20));
    // Hostile names are nobody's.
    page.js("localStorage['ringback.rep'] = arguments[0]", &[Value::from("<img src=x>&x=1")]);
    page.find(".on a.send").click();
    page.wait("document.querySelector('.copied input')?.value === 'https://fjord.example/insights/guide/'");
    page.assert_no_errors();
}

/// A CRM whose records are flat, so that each value has a name beside all others.
fn flat() -> Stage {
    let site = pair();
    site.write("ringback.yaml", super::CONFIG.replace("{url:", "{kind: form, url:"));
    Stage::with(site)
}

/// What the CRM was told, by its names.
fn crm_fields(stage: &Stage) -> BTreeMap<String, String> {
    let asked = stage.crm.requests().into_iter().rfind(|asked| asked.method == "POST").expect("a call");
    url::form_urlencoded::parse(asked.body.as_bytes()).into_owned().collect()
}

#[test]
fn a_link_changes_nothing_of_what_the_crm_is_told() {
    let stage = flat();
    let Some(caller) = Caller::new(&stage, Options::default()) else { return };
    let page = &caller.page;
    let forged = "outcome_id=meeting&outcome_label=Sold&call_id=call_1&call_type=x&promised=2027-01-01&notes=Yes&note=Yes\
         &duration_s=900&script_url=https://evil.example/&meta_attempt=9&constructor=x&__proto__=x&toString=x\
         &hasOwnProperty=x&rep=Eve&first_name=Kim";
    caller.begin(&format!("/scripts/call/#{forged}"));
    caller.at("opener");
    caller.press(&["1", "2"]);
    caller.at("outcome:closed");
    page.press("Control+Enter");
    caller.wait_for_delivery("confirmed");
    let told = crm_fields(&stage);
    let own: Vec<&str> = told.keys().map(String::as_str).collect();
    let expected = [
        "budget_s",
        "call_id",
        "call_timestamp",
        "call_type",
        "call_version",
        "duration_s",
        "ended",
        "first_name",
        "meta_attempt",
        "meta_queued_ms",
        "note",
        "notes",
        "outcome_id",
        "outcome_label",
        "outcome_text",
        "placeholder_rep",
        "reached",
        "revision",
        "script_key",
        "script_lang",
        "script_title",
        "script_url",
        "spoken_defaults_page",
        "started",
    ];
    assert_eq!(own, expected);
    for (name, value) in [
        ("outcome_id", "closed"),
        ("outcome_label", "Closed"),
        ("call_type", "call.outcome"),
        ("script_url", "https://team.fjord.example/scripts/call/"),
        ("meta_attempt", "1"),
        ("notes", ""),
        ("first_name", "Kim"),
        ("placeholder_rep", "Eve"),
    ] {
        assert_eq!(told[name], value, "{name}");
    }
    assert!(told["call_id"].starts_with("call_") && told["call_id"].len() == 31);
    assert!(told.values().all(|value| !value.contains("native code") && !value.contains("evil.example")));
    page.assert_no_errors();
}

#[test]
fn thousands_of_names_are_none() {
    let stage = flat();
    let Some(caller) = Caller::new(&stage, Options::default()) else { return };
    let page = &caller.page;
    let many: String = (0..3000).map(|n| format!("x{n}=1&")).collect();
    caller.open(&format!("/scripts/call/#{many}first_name=Kim"));
    assert_eq!(page.js(&format!("return Object.keys({CALL}.values)"), &[]), json!(["first_name"]));
    assert_eq!(page.js("return location.hash", &[]), json!(""));
    // Nor are those that another version has left, or that are of other types than they should be.
    page.js(
        "const values = Object.fromEntries(Array.from({length: 3000}, (_, n) => [`x${n}`, '1']));
         Object.assign(values, {outcome_id: 'meeting', first_name: {a: 1}});
         localStorage['ringback.placeholders'] = JSON.stringify({values, keep: ['x1', 7, null]});
         localStorage['ringback.rep'] = 'constructor'",
        &[],
    );
    caller.begin("/scripts/call/");
    caller.at("opener");
    caller.press(&["1", "2"]);
    caller.at("outcome:closed");
    page.press("Control+Enter");
    caller.wait_for_delivery("confirmed");
    let told = crm_fields(&stage);
    assert_eq!(told.keys().filter(|name| name.starts_with('x')).count(), 0);
    assert_eq!((told["outcome_id"].as_str(), told.contains_key("rep")), ("closed", false));
    page.assert_no_errors();
}
