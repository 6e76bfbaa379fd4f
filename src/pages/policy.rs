//! The policy of each page, and of all pages together: what [`Policy`] needs to know, found in a linked edition.

use std::collections::BTreeMap;

use super::linked::Edition;
use super::newsletter;
use super::subject::Subject;
use crate::config::{Audience, LangId, WebhookKind};
use crate::content::form::Proof;
use crate::findings::Findings;
use crate::leads::forms::lead;
use crate::publishing::integrations;
use crate::publishing::policy::Policy;
use crate::site::foreign::Foreign;
use crate::site::{CtaContext, CtaLink, Site};
use crate::theme::Theme;

/// Where `turnstile.js` loads from, and what that shows.
const TURNSTILE: &str = "https://challenges.cloudflare.com";

/// What every page of an edition may ask. A lead that couldn't be sent waits in the browser and is sent from whichever
/// page is opened next, so that all pages reach the webhooks of all forms.
pub(super) fn of_edition(site: &Site, features: &Findings, theme: &Theme) -> Policy {
    let mut policy = Policy::default();
    policy.allow(&site.config().hosting.policy);
    policy.allow(&integrations::sources(site));
    integrations::receipts(site).into_iter().for_each(|url| policy.connect(url));
    for form in features.forms.shown_forms() {
        lead::receivers(site, &site.content.forms[form]).for_each(|(_, _, url)| policy.connect(url));
    }
    if let Some(server) = &theme.settings.search {
        policy.connect(&server.url);
    }
    policy
}

/// The policy of one page.
pub(super) fn for_page(linked: &Edition, subject: &Subject, standing: CtaContext<'_>) -> Policy {
    match subject.template {
        // It has nothing of the site around it, and everybody can read it.
        "locked.html" => Policy::default(),
        // It sends calls again.
        "today.html" => {
            let mut policy = at(linked, standing, subject.lang);
            call_webhook(&linked.site).into_iter().for_each(|url| policy.connect(url));
            policy
        }
        _ => at(linked, standing, subject.lang),
    }
}

/// The address that hears of calls, in an edition for the team.
fn call_webhook(site: &Site) -> Option<&str> {
    let id = site.config().calls.webhook.as_deref().filter(|_| site.view.edition.sees(Audience::Team))?;
    site.posted_to(id)
}

fn at(linked: &Edition, standing: CtaContext<'_>, lang: LangId) -> Policy {
    let site = &linked.site;
    let mut policy = linked.views.policy.clone();
    let mut forms = Vec::new();
    if let CtaContext::Page(page) = standing {
        policy.load(Foreign::new(page));
        forms = site.forms_on(page);
        // Only the player of a script posts calls, and the page of today.
        let hook = call_webhook(site).filter(|_| linked.features.scripts.on_page(page.id).is_some());
        hook.into_iter().for_each(|url| policy.connect(url));
    }
    if let Some((_, CtaLink::Form(form))) = site.call_to_action(standing, lang) {
        forms.push(form);
    }
    forms.extend(newsletter::form_to_show(linked, standing, lang));
    for form in forms {
        let form_file = &site.content.forms[form];
        if form_file.proof == Proof::Turnstile && lead::relayed(site, form_file).next().is_some() {
            let turnstile = || vec![TURNSTILE.to_string()];
            policy.allow(&BTreeMap::from([("script-src", turnstile()), ("frame-src", turnstile())]));
        }
        let posted = lead::receivers(site, &site.content.forms[form]);
        let posted = posted.filter(|(_, webhook, _)| {
            matches!(webhook.kind, WebhookKind::Form | WebhookKind::Salesforce { .. } | WebhookKind::Relay)
        });
        for (_, _, url) in posted {
            policy.submit(url);
            // The page of thanks that receivers lead back to, also where the pages are tried at another address.
            policy.submit(&site.view.base_url.origin);
        }
    }
    policy
}

/// What all pages of an edition need, for the header that they share. An edition behind a passphrase names nobody there.
pub(crate) fn of_all(linked: &Edition) -> Policy {
    let site = &linked.site;
    let mut all = linked.views.policy.clone();
    for page in site.pages() {
        all.extend(&at(linked, CtaContext::Page(page), page.lang()));
    }
    for lang in site.languages() {
        all.extend(&at(linked, CtaContext::List, lang));
        for series in site.config().series.ids() {
            all.extend(&at(linked, CtaContext::Series(series), lang));
        }
        for form in linked.features.forms.shown_forms() {
            all.extend(&at(linked, CtaContext::Thanks(form), lang));
        }
    }
    if site.view.edition.is_sealed { all.anonymous() } else { all }
}

#[cfg(test)]
mod tests {
    use crate::testing;

    const HOOKS: &str = "webhooks:\n  crm: {url: 'https://crm.example.org/leads'}\n  \
        post: {kind: form, url: 'https://post.example.org/f/abc'}\n  \
        inner: {url: 'https://inner.example.org/secret'}\n";

    /// The policy in a page.
    fn policy(linked: &crate::pages::linked::Edition, path: &str) -> String {
        let html = testing::file(linked, path).unwrap_or_else(|| panic!("{path}"));
        let (_, rest) = html.split_once("<meta http-equiv=\"Content-Security-Policy\" content=\"").unwrap();
        rest.split_once('"').unwrap().0.to_string()
    }

    fn site() -> crate::project::MemoryProject {
        let hooks =
            |config: &str| config.replace("webhooks: {crm: {url: 'https://crm.example.org/leads'}}\n", HOOKS);
        let form = |hook: &str| testing::FORM.replace("webhook: crm", &format!("webhook: {hook}"));
        testing::project(|config| {
            format!("{}hosting: {{policy: {{frame-src: ['https://f.example']}}}}\n", hooks(config))
        })
            .with("content/forms/guide.yaml", form("crm"))
            .with("content/forms/post.yaml", form("post"))
            .with("content/forms/inner.yaml", form("inner"))
            .with("content/pages/plain.md", "---\ntitle: Plain\naliases: [/old/]\n---\nText.\n")
            .with("content/pages/form.md", "---\ntitle: Form\n---\nText.\n\n[form:guide]\n")
            .with("content/pages/post.md", "---\ntitle: Post\n---\nText.\n\n[form:post]\n")
            .with("content/pages/inner.md", "---\ntitle: Inner\naudience: team\n---\nText.\n\n[form:inner]\n")
            .with("content/pages/shown.md", "---\ntitle: Shown\n---\n![x](https://p.example/a.png)\n\n<iframe src=\"https://f.example/e\" title=\"x\"></iframe>\n")
            .with(
                "content/insights/gated.md",
                "---\ntitle: Gated\ngate: {form: guide}\n---\nOpen.\n\n<!-- gate -->\n\n![x](https://hidden.example/a.png)\n",
            )
    }

    #[test]
    fn a_page_may_reach_what_it_uses_and_nothing_else() {
        let linked = testing::linked(&site(), "public");
        let hooks = "connect-src 'self' https://crm.example.org https://post.example.org";
        let rest = "base-uri 'self'; object-src 'none'";
        let start = "default-src 'self'; img-src 'self'";
        let frames = "frame-src 'self' https://f.example";
        for (path, expected) in [
            ("plain/index.html", format!("{start}; {frames}; {hooks}; form-action 'self'; {rest}")),
            ("form/index.html", format!("{start}; {frames}; {hooks}; form-action 'self'; {rest}")),
            (
                "post/index.html",
                format!(
                    "{start}; {frames}; {hooks}; form-action 'self' https://example.org https://post.example.org; {rest}"
                ),
            ),
            (
                "shown/index.html",
                format!("{start} https://p.example; {frames}; {hooks}; form-action 'self'; {rest}"),
            ),
            // What is behind a gate is not named.
            (
                "insights/gated/index.html",
                format!("{start} https:; {frames}; {hooks}; form-action 'self'; {rest}"),
            ),
            ("404.html", format!("{start}; {frames}; {hooks}; form-action 'self'; {rest}")),
            ("old/index.html", format!("{start}; connect-src 'self'; form-action 'self'; {rest}")),
        ] {
            assert_eq!(policy(&linked, path), expected, "{path}");
        }
        let headers = testing::file(&linked, "_headers").unwrap();
        let all = format!(
            "default-src 'self'; img-src 'self' https: https://p.example; frame-src 'self' https://f.example; {hooks}; \
             form-action 'self' https://example.org https://post.example.org; {rest}; frame-ancestors 'none'\n"
        );
        assert!(headers.contains(&all), "{headers}");
        assert!(!headers.contains("inner.example") && !headers.contains("hidden.example"));
    }

    #[test]
    fn integrations_widen_the_policy_of_the_editions_that_load_them() {
        let project = testing::project(|config| {
            let editions = "  team: {output: team, audiences: [public, team]}\n";
            let more = "  ours: {output: ours, audiences: [public, team], integrations: true}\n";
            let statistics =
                "integrations: {plausible: {id: example.org}, matomo: {host: m.example, id: 1}}\n";
            format!("{}{statistics}", config.replace(editions, &format!("{editions}{more}")))
        })
        .with("content/pages/plain.md", "---\ntitle: Plain\naliases: [/old/]\n---\nText.\n");
        let scripts = "script-src 'self' https://m.example https://plausible.io";
        for (edition, loads) in [("public", true), ("team", false), ("ours", true)] {
            let linked = testing::linked(&project, edition);
            for path in ["plain/index.html", "404.html", "index.html"] {
                let policy = policy(&linked, path);
                assert_eq!(policy.contains(scripts), loads, "{edition} {path}: {policy}");
                assert_eq!(policy.contains("m.example"), loads, "{edition} {path}: {policy}");
            }
            assert_eq!(testing::file(&linked, "_headers").unwrap().contains(scripts), loads, "{edition}");
            // Nothing is loaded on the way from an old address.
            assert!(!policy(&linked, "old/index.html").contains("m.example"), "{edition}");
        }
    }

    #[test]
    fn webhooks_of_the_team_are_the_teams() {
        let linked = testing::linked(&site(), "team");
        assert!(policy(&linked, "plain/index.html").contains("https://inner.example.org"));
    }

    #[test]
    fn every_page_has_its_policy_before_anything_that_loads() {
        let linked = testing::linked(&site(), "public");
        let mut pages = 0;
        for (path, _) in linked.plan.iter().filter(|(path, _)| path.as_str().ends_with(".html")) {
            let html = testing::file(&linked, path.as_str()).unwrap();
            let at = html
                .find("http-equiv=\"Content-Security-Policy\"")
                .unwrap_or_else(|| panic!("{}", path.as_str()));
            assert!(!html[..at].contains("src=") && !html[..at].contains("href="), "{}", path.as_str());
            pages += 1;
        }
        assert!(pages > 10, "{pages}");
    }
}
