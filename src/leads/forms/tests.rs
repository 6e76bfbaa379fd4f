//! Tests of forms on whole sites: where they are shown, what goes into the page, what no other file has.

use serde_json::Value;

use crate::pages::linked::Edition;
use crate::project::MemoryProject;
use crate::testing;

const WEBHOOKS: &str = "\
webhooks:
  crm: {url: \"https://crm.example.org/leads\", map: {name: full_name}, add: {source: web}}
  post: {kind: form, url: \"https://post.example.org/f\", map: {email: _replyto, redirect: _next}, add: {_subject: Lead}}
  hub:
    kind: hubspot
    portal: 77
    form: {guide: 319478e5-e5fd-4d39-9d13-fc1f90bf46da}
    subscriptions: {news: 4567, other: 1}
  force: {kind: salesforce, oid: 00D000000000001}
";

/// A configuration with these webhooks instead of its own.
fn with_webhooks(config: &str) -> String {
    let kept = config.lines().filter(|line| !line.starts_with("webhooks:"));
    kept.flat_map(|line| [line, "\n"]).collect::<String>() + WEBHOOKS
}

const GUIDE: &str = "\
title: {en: Get the guide, sv: Få guiden}
webhook: WEBHOOK
fields:
  - {id: name, required: true}
  - {id: email, type: email, required: true, business_email: true}
  - {id: company, required: true}
  - {id: phone, type: tel}
  - {id: when, type: choice, label: When, options: [Morning, After 17]}
consent:
  - {id: news, version: 2, text: {en: \" <Send> me news. \", sv: Skicka nytt.}}
thank_you: {message: {en: Thank you & welcome., sv: Tack.}}
";

fn project(webhook: &str, config: &str) -> MemoryProject {
    testing::project(|text| with_webhooks(text) + config)
        .with("content/forms/guide.yaml", GUIDE.replace("WEBHOOK", webhook))
        .with(
            "content/insights/a.md",
            "---\ntitle: A </script> & b\ndate: 2026-03-01\n---\nText.\n\n[form:guide]\n\n## Form guide 2\n\nMore.\n\n[form:guide]\n",
        )
        .with("content/insights/a.sv.md", "---\ntitle: Å\ndate: 2026-03-01\n---\n[form:guide]\n")
}

fn page(linked: &Edition) -> String {
    testing::file(linked, "insights/a/index.html").unwrap()
}

/// The JSON of each form on a page.
fn configs(html: &str) -> Vec<Value> {
    let scripts = html.split("data-lead-config>").skip(1);
    scripts.map(|rest| serde_json::from_str(rest.split("</script>").next().unwrap()).unwrap()).collect()
}

#[test]
fn the_same_form_twice_has_ids_of_its_own() {
    let html = page(&testing::linked(&project("crm", ""), "public"));
    // The heading between has taken the id that would have come next.
    for id in ["form-guide", "form-guide-2", "form-guide-3", "form-guide_email", "form-guide-3_email"] {
        assert_eq!(html.matches(&format!(" id=\"{id}\"")).count(), 1, "{id}");
    }
    assert!(!html.contains("form-guide-2_"));
}

#[test]
fn form_js_learns_what_it_needs() {
    let html = page(&testing::linked(&project("[crm, hub, force]", ""), "public"));
    let config = &configs(&html)[0];
    assert_eq!(config["form"], "guide");
    assert_eq!(config["page"]["title"], "A </script> & b");
    assert_eq!(config["page"]["url"], "https://example.org/insights/a/");
    assert_eq!(config["page"]["section"], "insights");
    assert_eq!(config["fields"][1]["business_email"], true);
    assert_eq!(config["fields"][3]["dial"], "47:8");
    assert_eq!(config["follow_up"], Value::Null);
    assert_eq!(config["free_mail"], super::free_mail::url());
    assert_eq!(config["consent"][0]["text_sha256"], super::lead::text_hash("<Send> me news."));
    assert_eq!(config["consent"][0]["version"], "2");
    let [crm, hub, force] = config["webhooks"].as_array().unwrap().as_slice() else {
        panic!("three webhooks")
    };
    assert_eq!(
        (&crm["url"], &crm["map"]["name"]),
        (&"https://crm.example.org/leads".into(), &"full_name".into())
    );
    assert_eq!(
        (&crm["add"]["source"], &crm["response"], &crm["portal"]),
        (&"web".into(), &"readable".into(), &Value::Null)
    );
    let guid = "319478e5-e5fd-4d39-9d13-fc1f90bf46da";
    let url = format!("https://api.hsforms.com/submissions/v3/integration/submit/77/{guid}");
    assert_eq!((&hub["url"], &hub["guid"]), (&url.into(), &guid.into()));
    assert_eq!(hub["map"], serde_json::json!({"name": "firstname"}));
    assert_eq!(hub["subscriptions"], serde_json::json!({"news": 4567}));
    assert_eq!(force["map"], serde_json::json!({"name": "last_name"}));
    assert_eq!((&force["response"], &force["oid"]), (&"opaque".into(), &"00D000000000001".into()));
    assert_eq!(force["return"], "https://example.org/thanks/guide/");
}

#[test]
fn browsers_post_by_themselves_where_the_receiver_takes_it() {
    let html = page(&testing::linked(&project("[crm, post]", ""), "public"));
    for part in [
        "method=\"post\" action=\"https:&#x2F;&#x2F;post.example.org&#x2F;f\"",
        "name=\"_replyto\"",
        "name=\"_next\" value=\"https:&#x2F;&#x2F;example.org&#x2F;thanks&#x2F;guide&#x2F;\"",
        "name=\"_subject\" value=\"Lead\"",
        "name=\"consent_news\"",
    ] {
        let plain = part.replace("&#x2F;", "/");
        assert!(html.contains(part) || html.contains(&plain), "{part}");
    }
    let html = page(&testing::linked(&project("crm", ""), "public"));
    assert!(html.contains("method=\"dialog\"") && !html.contains(" action=") && html.contains("<noscript>"));
}

#[test]
fn an_edition_sends_leads_elsewhere_or_nowhere() {
    let config = |team: &str| {
        let own = format!("  team: {{output: team, audiences: [public, team], webhooks: {{crm: {team}}}}}\n");
        let project = testing::project(|text| {
            with_webhooks(text).replace("  team: {output: team, audiences: [public, team]}\n", &own)
        });
        let project = project
            .with("content/forms/guide.yaml", GUIDE.replace("WEBHOOK", "crm"))
            .with("content/insights/a.md", "---\ntitle: A\n---\n[form:guide]\n")
            .with("content/insights/a.sv.md", "---\ntitle: Å\n---\nText.\n");
        page(&testing::linked(&project, "team"))
    };
    let html = config("https://hooks.slack.com/services/T/B/x");
    assert_eq!(configs(&html)[0]["webhooks"][0]["url"], "https://hooks.slack.com/services/T/B/x");
    let html = config("none");
    assert!(!html.contains("<form") && html.contains("id=\"form-guide\""));
}

#[test]
fn the_page_of_thanks_is_found_by_nobody_else() {
    let linked = testing::linked(&project("crm", ""), "public");
    let html = testing::file(&linked, "sv/thanks/guide/index.html").unwrap();
    assert!(html.contains("Tack.") && html.contains("content=\"noindex\""));
    assert!(testing::file(&linked, "thanks/guide/index.html").unwrap().contains("Thank you &amp; welcome."));
    for path in ["sitemap.xml", "a-z/index.html", "index.html"] {
        assert!(!testing::file(&linked, path).unwrap().contains("thanks/"), "{path}");
    }
}

#[test]
fn a_form_that_no_page_shows_leaves_nothing() {
    let project = project("crm", "").with("content/forms/other.yaml", "extends: lead\nwebhook: crm\n");
    let linked = testing::linked(&project, "public");
    assert_eq!(testing::file(&linked, "thanks/other/index.html"), None);
    let project = testing::project(with_webhooks)
        .with("content/forms/guide.yaml", GUIDE.replace("WEBHOOK", "crm"))
        .with("content/scripts/a.md", "---\ntitle: A\n---\n[form:guide]\n");
    let linked = testing::linked(&project, "public");
    assert!(
        !linked
            .plan
            .iter()
            .any(|(path, _)| path.as_str().contains("guide") || path.as_str().contains("free-mail"))
    );
    assert!(testing::file(&testing::linked(&project, "team"), "thanks/guide/index.html").is_some());
}

#[test]
fn feeds_have_a_link_in_the_place_of_a_form() {
    let linked = testing::linked(&project("crm", "feeds: {content: full}\n"), "public");
    let feed = testing::file(&linked, "insights/feed.json").unwrap();
    let link = "<p><a href=\\\"https://example.org/insights/a/#form-guide\\\">Get the guide</a></p>";
    assert!(feed.contains(link) && !feed.contains("form:guide") && !feed.contains("<form"), "{feed}");
    for (path, artifact) in linked.plan.iter() {
        let bytes = crate::edition::artifact::bytes(&MemoryProject::new(), &linked, artifact).unwrap();
        assert!(!String::from_utf8_lossy(&bytes).contains("[form:"), "{path:?}");
    }
}

#[test]
fn a_next_step_can_be_a_form_but_not_one_that_is_there_already() {
    let config = "journey: {calls_to_action: {convert: {form: guide, label: {en: Shall we?, sv: Ska vi?}}, close: {page: insights/a}}}\n";
    let project = project("crm", config).with("content/insights/b.md", "---\ntitle: B\n---\nText.\n");
    let linked = testing::linked(&project, "public");
    let html = testing::file(&linked, "insights/b/index.html").unwrap();
    assert!(html.contains("Shall we?") && html.contains("<form") && html.contains("id=\"form-guide\""));
    assert_eq!(configs(&html)[0]["page"]["url"], "https://example.org/insights/b/");
    let list = testing::file(&linked, "a-z/index.html").unwrap();
    assert_eq!(configs(&list)[0]["page"]["url"], "https://example.org/a-z/");
    // On the page with the form, the next stage's step comes; but that is the page itself.
    assert_eq!(configs(&page(&linked)).len(), 2);
    let thanks = testing::file(&linked, "thanks/guide/index.html").unwrap();
    assert!(!thanks.contains("<form") && thanks.contains("/insights/a/"));
}

#[test]
fn after_a_form_comes_the_page_that_it_names() {
    let project = project("crm", "")
        .with(
            "content/forms/guide.yaml",
            GUIDE.replace("WEBHOOK", "crm").replace("thank_you: {", "thank_you: {page: pages/thanks, "),
        )
        .with("content/pages/thanks.md", "---\ntitle: Thanks\nslug: well-done\n---\nText.\n");
    let linked = testing::linked(&project, "public");
    assert_eq!(configs(&page(&linked))[0]["follow_up"], "/well-done/");
    assert_eq!(testing::file(&linked, "thanks/guide/index.html"), None);
    // It is found by nobody who hasn't sent the form.
    let follow_up = |linked: &Edition| testing::file(linked, "well-done/index.html").unwrap();
    assert!(follow_up(&linked).contains("content=\"noindex\""));
    for path in ["sitemap.xml", "a-z/index.html"] {
        assert!(!testing::file(&linked, path).unwrap().contains("well-done"), "{path}");
    }
    // Unless its author says so, or a menu leads there.
    let is_found = |linked: &Edition| {
        let places = ["sitemap.xml", "a-z/index.html"].map(|path| testing::file(linked, path).unwrap());
        !follow_up(linked).contains("noindex") && places.iter().all(|text| text.contains("well-done"))
    };
    let open = "---\ntitle: Thanks\nslug: well-done\nlisted: true\nnoindex: false\n---\nText.\n";
    assert!(is_found(&testing::linked(&project.clone().with("content/pages/thanks.md", open), "public")));
    let config =
        String::from_utf8(crate::project::Project::read(&project, "ringback.yaml").unwrap()).unwrap();
    let menu = format!("{config}menus: {{main: [{{page: pages/thanks}}]}}\n");
    assert!(is_found(&testing::linked(&project.with("ringback.yaml", menu), "public")));
}

#[test]
fn at_a_gate_visitors_stay_with_what_it_opens() {
    let project = project("crm", "")
        .with(
            "content/forms/guide.yaml",
            GUIDE.replace("WEBHOOK", "crm").replace("thank_you: {", "thank_you: {page: pages/thanks, "),
        )
        .with("content/pages/thanks.md", "---\ntitle: Thanks\n---\nText.\n")
        .with(
            "content/insights/gated.md",
            "---\ntitle: G\ngate: {form: guide}\n---\nOpen.\n\n<!-- gate -->\n\nMore.\n",
        );
    let html = testing::file(&testing::linked(&project, "public"), "insights/gated/index.html").unwrap();
    assert_eq!(configs(&html)[0]["follow_up"], Value::Null);
}

#[test]
fn a_page_can_end_without_a_next_step_and_one_with_a_form_has_no_second() {
    let other = "title: Ring me\nwebhook: crm\nfields: [{id: email, type: email}]\n";
    let config = "journey: {calls_to_action: {convert: {form: other}, close: none}}\n";
    let project = project("crm", config)
        .with("content/forms/other.yaml", other)
        .with("content/insights/none.md", "---\ntitle: N\ncall_to_action: none\n---\nText.\n")
        .with("content/insights/close.md", "---\ntitle: C\nstage: close\n---\nText.\n")
        .with(
            "content/insights/own.md",
            "---\ntitle: O\ncall_to_action: {form: other}\n---\nText.\n\n[form:guide]\n",
        )
        .with("content/insights/plain.md", "---\ntitle: P\n---\nText.\n");
    let linked = testing::linked(&project, "public");
    let forms = |path: &str| -> Vec<Value> {
        let html = testing::file(&linked, &format!("insights/{path}/index.html")).unwrap();
        configs(&html).iter().map(|config| config["form"].clone()).collect()
    };
    assert_eq!(forms("a"), ["guide", "guide"]);
    assert_eq!(forms("own"), ["guide", "other"]);
    assert_eq!(forms("plain"), ["other"]);
    // Not even how else to reach somebody is there.
    let has_end = |path: &str| {
        testing::file(&linked, &format!("insights/{path}/index.html")).unwrap().contains("id=\"next-step\"")
    };
    assert_eq!(["none", "close", "plain"].map(has_end), [false, false, true]);
    assert!(forms("none").is_empty() && forms("close").is_empty());
}

#[test]
fn texts_of_forms_have_links() {
    let consent = "{en: 'You may email me, see the [privacy & policy](../pages/privacy.md#why). Ask [us](mailto:us@fjord.example).', \
        sv: 'Ni får mejla mig, se [integritetspolicyn](pages/privacy).'}";
    let form = format!(
        "title: Guide\nwebhook: crm\nintro: 'See [terms](/terms.pdf) or [this](https://other.example/?a=1&b).'\n\
         fields: [{{id: email, type: email, help: 'Never [shared](/pages/privacy.md).'}}, {{id: ok, type: checkbox, label: '[Terms](/terms.pdf)'}}]\n\
         consent: [{{id: contact, text: {consent}}}]\nthank_you: {{message: 'Thanks. [Next](/insights/a/)'}}\n"
    );
    let page = |title: &str| format!("---\ntitle: {title}\n---\n## Why {{#why}}\n\nText.\n\n[form:guide]\n");
    let project = testing::project(|config| config.replace("example.org/\n", "example.org/blog/\n"))
        .with("content/forms/guide.yaml", form)
        .with("static/terms.pdf", "%PDF")
        .with("content/pages/privacy.md", page("Privacy"))
        .with("content/pages/privacy.sv.md", page("Integritet"))
        .with("content/insights/a.md", page("A"));
    let linked = testing::linked(&project, "public");
    let english = testing::file(&linked, "insights/a/index.html").unwrap();
    for part in [
        "<span data-lead-text>You may email me, see the <a href=\"/blog/privacy/#why\">privacy &amp; policy</a>. \
         Ask <a href=\"mailto:us@fjord.example\" rel=\"noopener\">us</a>.</span>",
        "<p>See <a href=\"/blog/terms.pdf\">terms</a> or <a href=\"https://other.example/?a=1&amp;b\" rel=\"noopener\">this</a>.</p>",
        "Never <a href=\"/blog/privacy/\">shared</a>.",
        "<span data-lead-text><a href=\"/blog/terms.pdf\">Terms</a></span>",
        "<template data-lead-message>Thanks. <a href=\"/blog/insights/a/\">Next</a></template>",
        "\"confirmed\": \"Thanks. Next\"",
        &super::lead::text_hash("You may email me, see the privacy & policy. Ask us."),
    ] {
        assert!(english.contains(part), "{part}: {english}");
    }
    let swedish = testing::file(&linked, "sv/privacy/index.html").unwrap();
    assert!(swedish.contains("se <a href=\"/blog/sv/privacy/\">integritetspolicyn</a>."), "{swedish}");
    let thanks = testing::file(&linked, "thanks/guide/index.html").unwrap();
    assert!(thanks.contains("Thanks. <a href=\"/blog/insights/a/\">Next</a></p>"), "{thanks}");
    let form = &linked.site.content.forms[crate::content::form::FormId::new(0)];
    let plain = crate::pages::form_text::FormText::new(
        &linked,
        crate::content::form::FormId::new(0),
        crate::config::LangId::new(0),
    )
    .plain(&form.consent[0].text);
    assert_eq!(
        plain,
        "You may email me, see the privacy & policy (https://example.org/blog/privacy/#why). Ask us (mailto:us@fjord.example)."
    );
}
