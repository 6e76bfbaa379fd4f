//! Which way a visitor came: sent and kept only as far as the site and the visitor agree. And what a consent's receipt says.

use std::fmt::Write as _;

use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::{Stage, Visitor, assert_valid};
use crate::support::Site;

/// The stage with another setting.
fn stage(mode: &str) -> Stage {
    let privacy = format!("privacy: {{attribution: {mode}, parameters: [msclkid, li_fat.id]}}\n");
    Stage::of(Site::empty(), |site, origin| {
        super::forms(site, origin);
        site.write("ringback.yaml", format!("{}{privacy}", site.read("ringback.yaml")));
    })
}

/// The attribution of the lead that is sent now.
fn sent(visitor: &Visitor<'_>) -> Value {
    visitor.fill();
    visitor.send();
    visitor.until("confirmed");
    let lead = visitor.stage.receiver.only().lead();
    assert_valid(&lead);
    lead["data"]["attribution"].clone()
}

const GPC: &str = "Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true })";

#[test]
fn without_a_tick_nothing_is_kept_or_sent() {
    let stage = stage("consent");
    let Some(visitor) = Visitor::new(&stage) else { return };
    visitor.open_anew("/crm/?via=ola-dahl&utm_source=letter");
    assert_eq!(visitor.storage_keys(), Vec::<String>::new());
    assert_eq!(sent(&visitor), json!({}));
    assert_eq!(visitor.storage_keys(), ["ringback.sent.crm"]);
    let box_ = "[data-lead-attribution]";
    visitor
        .open_anew("/crm/?via=ola-dahl&utm_source=letter&utm_campaign=Autumn%20news&gclid=secret#form-crm");
    assert_eq!(visitor.page.find(box_).property("checked"), false);
    visitor.page.find(box_).click();
    assert_eq!(visitor.storage_keys(), Vec::<String>::new(), "only when it is sent");
    let landing = stage.server.url("/crm/");
    let touch = json!({"landing": landing, "utm_source": "letter", "utm_campaign": "Autumn news"});
    assert_eq!(sent(&visitor), json!({"rep": "ola-dahl", "first": touch, "last": touch}));
    assert_eq!(visitor.storage_keys(), ["ringback.sent.crm", "ringback.touch"]);

    // The yes holds: another visit is the last touch, on whatever page.
    stage.receiver.forget();
    visitor.open("/plainly/?utm_source=post&utm_id=7");
    visitor.page.wait("localStorage['ringback.touch'].includes('post')");
    visitor.open("/strict/");
    visitor.page.find(box_).click();
    let last = json!({"landing": stage.server.url("/plainly/"), "utm_source": "post"});
    assert_eq!(sent(&visitor), json!({"rep": "ola-dahl", "first": touch, "last": last}));

    // And the no, too: what was kept is forgotten.
    stage.receiver.forget();
    visitor.open("/crm/");
    visitor.paste("message", "Another question");
    assert_eq!(sent(&visitor), json!({}));
    assert_eq!(visitor.storage_keys(), ["ringback.sent.crm", "ringback.sent.strict"]);

    // Links of the site carry on whose link and which campaign it was, so that nothing need be kept; the visit began where
    // the first of them was.
    visitor.open("/strict/");
    visitor.open_anew("/plainly/?via=ola-dahl&utm_source=letter&other=1&msclkid=A1");
    visitor.page.js(
        "document.querySelector('main, body').insertAdjacentHTML('afterbegin', '<a id=on href=/crm/>On</a>')",
        &[],
    );
    visitor.page.find("#on").click();
    visitor.page.wait("location.pathname === '/crm/' && document.querySelector('[data-ready]')");
    assert_eq!(
        (visitor.page.url(), visitor.storage_keys()),
        (stage.server.url("/crm/?via=ola-dahl&utm_source=letter&msclkid=A1"), vec![])
    );
    visitor.page.find(box_).click();
    let touch = json!({"landing": stage.server.url("/plainly/"), "utm_source": "letter", "msclkid": "A1"});
    assert_eq!(sent(&visitor), json!({"rep": "ola-dahl", "first": touch, "last": touch}));

    // A browser that doesn't tell leaves it out.
    visitor.before("delete window.navigation; delete Window.prototype.navigation");
    visitor.open_anew("/plainly/?utm_source=letter");
    visitor.page.js(
        "document.querySelector('main, body').insertAdjacentHTML('afterbegin', '<a id=on href=/crm/>On</a>')",
        &[],
    );
    visitor.page.find("#on").click();
    visitor.page.wait("location.pathname === '/crm/' && document.querySelector('[data-ready]')");
    visitor.page.find(box_).click();
    let touch = json!({"utm_source": "letter"});
    assert_eq!(sent(&visitor), json!({"first": touch, "last": touch}));

    // Who has said no to all sites is not asked again here.
    visitor.before(GPC);
    visitor.open_anew("/crm/?via=ola-dahl");
    visitor.page.find(box_).click();
    assert_eq!(sent(&visitor), json!({}));
    assert_eq!(visitor.storage_keys(), ["ringback.sent.crm"]);
    visitor.page.assert_no_errors();
}

#[test]
fn a_site_can_always_keep_it_or_never() {
    let always = stage("always");
    let Some(visitor) = Visitor::new(&always) else { return };
    visitor.open_anew("/plainly/?via=ola-dahl&utm_medium=mail");
    visitor.page.wait("localStorage['ringback.touch']");
    visitor.open("/crm/");
    assert_eq!(visitor.page.find_all("[data-lead-attribution]").len(), 0);
    let first = json!({"landing": always.server.url("/plainly/"), "utm_medium": "mail"});
    assert_eq!(sent(&visitor), json!({"rep": "ola-dahl", "first": first, "last": first}));
    // What an advertiser adds, if the site has said so; of others nothing.
    visitor.open_anew("/plainly/?msclkid=Ab%2F1&gclid=no&li_fat.id=7");
    visitor.page.wait("localStorage['ringback.touch']");
    visitor.open("/crm/");
    let touch = json!({"landing": always.server.url("/plainly/"), "msclkid": "Ab/1", "li_fat.id": "7"});
    assert_eq!(sent(&visitor), json!({"first": touch, "last": touch}));
    // Not a name, but somebody trying something.
    visitor.open_anew("/crm/?via=%3Cscript%3E&utm_source=%00%3Cb%3E");
    let touch = json!({"landing": always.server.url("/crm/"), "utm_source": "<b>"});
    assert_eq!(sent(&visitor), json!({"first": touch, "last": touch}));
    visitor.before(GPC);
    visitor.open_anew("/crm/?via=ola-dahl&utm_medium=mail");
    assert_eq!(sent(&visitor), json!({}));
    assert_eq!(visitor.storage_keys(), ["ringback.sent.crm"]);
    visitor.page.assert_no_errors();
    drop(visitor);

    let never = stage("never");
    let Some(visitor) = Visitor::new(&never) else { return };
    visitor.open_anew("/crm/?via=ola-dahl&utm_medium=mail");
    assert_eq!(visitor.page.find_all("[data-lead-attribution]").len(), 0);
    assert_eq!(sent(&visitor), json!({}));
    assert_eq!(visitor.storage_keys(), ["ringback.sent.crm"]);
    visitor.page.assert_no_errors();
}

#[test]
fn a_lead_names_the_button_that_led_to_it() {
    let mode = |mode: &str| {
        Stage::of(Site::empty(), |site, origin| {
            super::forms(site, origin);
            let privacy = format!("privacy: {{attribution: {mode}}}\n");
            site.write("ringback.yaml", format!("{}{privacy}", site.read("ringback.yaml")));
            let buttons = "[Se <b>priserna</b> & mer](crm.md){.button}, [On](plainly.md), \
                           [Se priserna & mer](crm.md#form-crm){.button}\n";
            site.write("content/pages/prices.md", format!("---\ntitle: Prices\n---\n{buttons}"));
            let form = "---\ntitle: Here\n---\n> [!cta] Well\n> [Write](#form-crm)\n\n[form:crm]\n";
            site.write("content/pages/here.md", form);
        })
    };
    let press = |visitor: &Visitor<'_>, button: &str| {
        visitor.page.find(button).focus();
        visitor.page.press("Enter");
    };
    let always = mode("always");
    let Some(visitor) = Visitor::new(&always) else { return };
    let url = |path: &str| always.server.url(path);
    let button = |id: &str, page: &str| json!({"id": id, "page": url(page)});
    for (number, id) in [(1, "se-priserna-mer"), (2, "se-priserna-mer-2")] {
        visitor.open_anew("/prices/");
        press(&visitor, &format!("[data-cta]:nth-of-type({})", 2 * number - 1));
        visitor.page.wait("location.pathname === '/crm/' && document.querySelector('[data-ready]')");
        assert_eq!(sent(&visitor)["cta"], button(id, "/prices/"));
        always.receiver.forget();
    }
    // By another page, too, and with what it was named.
    visitor.open_anew("/prices/");
    press(&visitor, "[data-cta]");
    visitor.page.wait("location.pathname === '/crm/'");
    visitor.open("/strict/");
    assert_eq!(sent(&visitor)["cta"], button("se-priserna-mer", "/prices/"));
    // A button to the form of its own page is the last one.
    always.receiver.forget();
    visitor.open("/here/");
    press(&visitor, ".cta [data-cta]");
    visitor.page.wait("location.hash === '#form-crm' && document.querySelector('[data-ready]')");
    assert_eq!(
        (visitor.page.url(), sent(&visitor)["cta"].clone()),
        (url("/here/#form-crm"), button("write", "/here/"))
    );
    // Not the name of a button.
    always.receiver.forget();
    visitor.open_anew("/crm/?cta=%3Cscript%3E+x&utm_source=a");
    assert_eq!(sent(&visitor)["cta"], Value::Null);
    // In a new tab of a browser that tells little.
    always.receiver.forget();
    visitor.before("delete window.navigation; delete Window.prototype.navigation");
    visitor.open_anew("/crm/?cta=se-priserna-mer");
    assert_eq!(sent(&visitor)["cta"], json!({"id": "se-priserna-mer"}));
    visitor.page.assert_no_errors();
    drop(visitor);

    for (stage, is_ticked) in [(mode("consent"), true), (mode("consent"), false), (mode("never"), false)] {
        let Some(visitor) = Visitor::new(&stage) else { return };
        visitor.open_anew("/prices/");
        press(&visitor, "[data-cta]");
        visitor.page.wait("location.pathname === '/crm/' && document.querySelector('[data-ready]')");
        if is_ticked {
            visitor.page.find("[data-lead-attribution]").click();
        }
        let cta = json!({"id": "se-priserna-mer", "page": stage.server.url("/prices/")});
        assert_eq!(sent(&visitor)["cta"], if is_ticked { cta } else { Value::Null });
        visitor.page.assert_no_errors();
    }
}

/// Somebody whose links are followed.
fn stage_with_rep(mode: &str) -> Stage {
    Stage::of(Site::empty(), |site, origin| {
        super::forms(site, origin);
        let privacy = format!("privacy: {{attribution: {mode}}}\n");
        site.write("ringback.yaml", format!("{}{privacy}", site.read("ringback.yaml")));
        let ola = "---\ntitle: Ola Dahl\nrep: true\nphone: '+47 22 00 00 00'\n---\n";
        site.write("content/people/ola-dahl.md", ola);
        site.write(
            "content/pages/onward.md",
            "---\ntitle: Onward\n---\n[On](crm.md) and [to Ola](../people/ola-dahl.md).\n",
        );
    })
}

/// Follows the link in the text of the page that is open, to the form.
fn follow_on(visitor: &Visitor<'_>) {
    visitor.page.find(".text a").click();
    visitor.page.wait("location.pathname === '/crm/' && document.querySelector('[data-ready]')");
}

fn has_card(visitor: &Visitor<'_>) -> bool {
    // What menu.js loads, it has asked for by the time that another module of the page has run.
    let is_loading = "performance.getEntriesByType('resource').some(({ name }) => name.includes('/rep.'))";
    if visitor.page.js(&format!("return {is_loading}"), &[]) == false {
        return false;
    }
    visitor.page.find(".rep-card");
    true
}

#[test]
fn the_card_goes_as_far_as_the_site_and_the_visitor_allow_and_the_lead_carries_the_rep() {
    let consent = stage_with_rep("consent");
    let Some(visitor) = Visitor::new(&consent) else { return };
    visitor.open_anew("/onward/?via=ola-dahl");
    visitor.page.find(".rep-card");
    follow_on(&visitor);
    assert!(has_card(&visitor), "links carry it on");
    assert_eq!(visitor.storage_keys(), Vec::<String>::new());
    visitor.page.find("[data-lead-attribution]").click();
    assert_eq!(sent(&visitor)["rep"], "ola-dahl");
    // After that yes it is known on the next visit, without a word in the address.
    visitor.open("/plainly/");
    visitor.page.find(".rep-card");
    visitor.before(GPC);
    visitor.open("/plainly/");
    visitor.page.wait("document.readyState === 'complete'");
    assert_eq!(visitor.page.find_all(".rep-card").len(), 0);
    visitor.page.assert_no_errors();
    drop(visitor);

    let never = stage_with_rep("never");
    let Some(visitor) = Visitor::new(&never) else { return };
    visitor.open_anew("/onward/?via=ola-dahl");
    visitor.page.find(".rep-card");
    follow_on(&visitor);
    assert!(!has_card(&visitor));
    assert_eq!(sent(&visitor), json!({}));
    visitor.page.assert_no_errors();
    drop(visitor);

    let always = stage_with_rep("always");
    let Some(visitor) = Visitor::new(&always) else { return };
    visitor.open_anew("/onward/?via=ola-dahl");
    visitor.page.find(".rep-card");
    visitor.page.wait("localStorage['ringback.touch']");
    follow_on(&visitor);
    assert!(has_card(&visitor));
    assert_eq!(sent(&visitor)["rep"], "ola-dahl");
    drop(visitor);

    // A name that is nobody's is kept nowhere, carried nowhere and sent nowhere.
    for (stage, path) in [(&consent, "/onward/?via=nobody"), (&always, "/onward/?via=nobody&utm_source=x")] {
        let Some(visitor) = Visitor::new(stage) else { return };
        visitor.open_anew(path);
        visitor.page.wait("!location.search.includes('via')");
        follow_on(&visitor);
        if std::ptr::eq(stage, &raw const consent) {
            visitor.page.find("[data-lead-attribution]").click();
        }
        let sent = sent(&visitor);
        assert!(sent["first"].is_object() && sent.get("rep").is_none(), "{sent}");
        visitor.page.assert_no_errors();
    }
}

#[test]
fn a_receipt_has_the_hash_of_the_words_that_were_shown() {
    let stage = Stage::new();
    let Some(visitor) = Visitor::new(&stage) else { return };
    for (path, wants_news) in [("/crm/", true), ("/sv/crm/", false), ("/nb/crm/", true)] {
        visitor.open_anew(path);
        let hash = |consent: &str| {
            let shown = visitor.page.find(&format!("[data-consent={consent}] [data-lead-text]")).text();
            assert!(shown.len() > 5, "{shown}");
            Sha256::digest(shown.as_bytes()).iter().fold(String::new(), |mut hex, byte| {
                let _ = write!(hex, "{byte:02x}");
                hex
            })
        };
        let (contact, news) = (hash("contact"), hash("news"));
        assert_ne!(contact, news);
        visitor.fill();
        if wants_news {
            visitor.agree("news");
        }
        visitor.send();
        visitor.until("confirmed");
        let lead = stage.receiver.only().lead();
        let lang = &lead["data"]["page"]["lang"];
        let expected = json!([
            {"id": "contact", "given": true, "version": "2026-11", "lang": lang, "text_sha256": contact},
            {"id": "news", "given": wants_news, "version": "2026-10", "lang": lang, "text_sha256": news},
        ]);
        assert_eq!(lead["data"]["consent"], expected);
    }
    visitor.page.assert_no_errors();
}

/// HubSpot's cookie says which visits somebody has made, so it goes along only where attribution does.
#[test]
fn the_cookie_of_hubspot_needs_the_same_yes() {
    let cookie = "document.cookie = 'hubspotutk=abc123; path=/'";
    let sent = |visitor: &Visitor<'_>, is_ticked: bool| {
        visitor.stage.receiver.forget();
        visitor.open_anew("/hubspot/");
        visitor.page.js(cookie, &[]);
        visitor.fill();
        if is_ticked {
            visitor.page.find("[data-lead-attribution]").click();
        }
        visitor.send();
        visitor.until("confirmed");
        visitor.stage.receiver.only().lead()["context"].get("hutk").cloned()
    };
    for (mode, is_ticked, expected) in [
        ("never", false, None),
        ("consent", false, None),
        ("consent", true, Some(json!("abc123"))),
        ("always", false, Some(json!("abc123"))),
    ] {
        let stage = stage(mode);
        let Some(visitor) = Visitor::new(&stage) else { return };
        assert_eq!(sent(&visitor, is_ticked), expected, "{mode}, ticked {is_ticked}");
        visitor.before(GPC);
        assert_eq!(sent(&visitor, is_ticked), None, "{mode}, and no to all sites");
    }
}

/// What is in the storage may have been left by anybody who could write there: nothing else of it is sent.
#[test]
fn what_is_kept_is_read_with_care() {
    let stage = stage("always");
    let Some(visitor) = Visitor::new(&stage) else { return };
    let landing = json!(stage.server.url("/crm/"));
    for kept in [
        "null",
        "7",
        "{\"rep\":{\"a\":1},\"first\":7,\"last\":[]}",
        "{\"rep\":\"a b\",\"first\":{\"landing\":\"javascript:alert(1)\"},\"last\":{\"landing\":7}}",
        "{\"first\":{\"email\":\"kim@example.org\"},\"last\":{}}",
    ] {
        stage.receiver.forget();
        visitor.open_anew("/crm/");
        visitor.page.js("localStorage['ringback.touch'] = arguments[0]", &[kept.into()]);
        let touch = json!({"landing": landing});
        assert_eq!(sent(&visitor), json!({"first": touch, "last": touch}), "{kept}");
    }
    visitor.page.assert_no_errors();
}
