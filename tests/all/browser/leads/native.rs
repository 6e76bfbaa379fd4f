//! Forms and gates without JavaScript.

use super::super::{Options, Scripts};
use super::gates::{self, GUIDE};
use super::{Stage, Visitor};

#[test]
fn without_scripts_forms_are_posted_by_the_browser_and_end_on_the_page_of_thanks() {
    let stage = Stage::new();
    // The addresses that receivers lead back to are those of the site.
    let address = stage.server.url("/");
    let run = stage.site.run(&["build", "--edition", "public", "--base-url", &address]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let Some(visitor) = Visitor::with(&stage, Options { scripts: Scripts::Off, ..Options::default() }) else {
        return;
    };
    for (path, thanks) in [("/plain/", "/thanks/plain/"), ("/salesforce/", "/thanks/salesforce/")] {
        stage.receiver.forget();
        visitor.open(path);
        visitor.press_send();
        assert_eq!(visitor.page.url(), stage.server.url(path), "the browser itself asks for what is missing");
        assert_eq!(stage.receiver.posts().len(), 0);
        visitor.fill();
        visitor.paste("phone", "08-465 004 10");
        assert!(visitor.page.find_all(".needs-script").iter().all(|each| !each.is_visible()));
        visitor.page.shot(&format!("leads-native{}", path.replace('/', "-")));
        visitor.press_send();
        let post = stage.receiver.wait_for(1).remove(0);
        visitor.page.wait(&format!("location.pathname === '{thanks}' && document.readyState === 'complete'"));
        assert_eq!(visitor.page.find("h1").text(), "Thank you");
        assert!(visitor.page.find(".standfirst").text().contains("We will be in touch"));
        visitor.page.shot(&format!("leads-thanks{}", path.replace('/', "-")));
        assert_eq!(post.header("content-type"), Some("application/x-www-form-urlencoded"));
        let pairs = post.pairs();
        let value = |name: &str| pairs.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str());
        assert_eq!(value("email"), Some("kim@fjord-works.example"));
        assert_eq!(value("phone"), Some("08-465 004 10"));
        let back = stage.server.url(thanks);
        if path == "/plain/" {
            assert_eq!((value("full_name"), value("lead_source")), (Some("Kim Berg"), Some("website")));
            assert_eq!((value("form"), value("_next")), (Some("plain"), Some(back.as_str())));
            assert_eq!(
                (value("page_url"), value("page_lang")),
                (Some(stage.server.url(path).as_str()), Some("en"))
            );
            assert_eq!((value("consent_contact"), value("consent_news")), (Some("yes"), None));
        } else {
            assert_eq!((value("last_name"), value("company")), (Some("Kim Berg"), Some("Fjord Works")));
            assert_eq!((value("oid"), value("retURL")), (Some("00D000000000001"), Some(back.as_str())));
            assert_eq!(value("lead_source"), Some("Web"));
        }
    }
    // Where the browser can't post, a person can be reached.
    for path in ["/crm/", "/hubspot/"] {
        visitor.open(path);
        assert!(!visitor.page.find("[data-lead] [type=submit]").is_visible());
        let said = visitor.page.find("[data-lead]").text();
        for part in ["This form needs JavaScript.", "hello@fjord.example", "+46 8 465 004 10"] {
            assert!(said.contains(part), "{path}: {said}");
        }
    }
    visitor.page.assert_no_errors();
}

#[test]
fn without_scripts_a_gate_says_how_the_rest_comes() {
    let stage = gates::stage();
    let Some(visitor) = Visitor::with(&stage, Options { scripts: Scripts::Off, ..Options::default() }) else {
        return;
    };
    visitor.open(GUIDE);
    let said = visitor.page.find("[data-gate]").text();
    for part in ["The rest is encrypted, and it takes JavaScript to open it.", "hello@svarton.example"] {
        assert!(said.contains(part), "{said}");
    }
    visitor.page.js("document.querySelector('[data-gate]').scrollIntoView({ behavior: 'instant' })", &[]);
    visitor.page.shot("leads-gate-without-scripts");
    visitor.page.assert_no_errors();
}
