//! Editorial checks as a site's settings have them, and what they must not say.

use crate::support::{CONFIG, NO_ADVICE, ORGANIZATION, Site};

/// A page with nothing to fix but what a test puts in.
fn page(title: &str, text: &str) -> String {
    format!("---\ntitle: {title}\ndescription: What it is about.\n---\n\n{text}\n")
}

/// A site whose home page leads to an article with an untold picture.
fn site(checks: &str) -> Site {
    Site::new()
        .with("ringback.yaml", format!("{CONFIG}{ORGANIZATION}{checks}"))
        .with("content/_index.md", page("Fjord", "Begin with [the empty CRM](insights/empty-crm.md)."))
        .with("content/insights/empty-crm.md", page("The empty CRM", "![](desk.png)"))
        .with("content/insights/desk.png", crate::support::png(8, 6))
}

#[test]
fn a_build_gives_no_advice_and_refuses_what_the_site_has_made_an_error() {
    let warned = site("");
    assert!(!warned.build().stderr.contains("image-without-alt"));
    let run = warned.run(&["build", "--deny-warnings"]);
    assert_eq!(run.status, 0, "advice is no warning of a build: {}", run.stderr);
    let run = warned.run(&["check"]);
    assert!(run.status == 0 && run.stderr.contains("warning[image-without-alt]"), "{}", run.stderr);
    assert_eq!(warned.run(&["check", "--deny-warnings"]).status, 0);

    let refused = site("checks: {all: off, image-without-alt: error}\n");
    for command in ["build", "check"] {
        let run = refused.run(&[command]);
        assert!(
            run.status == 1 && run.stderr.contains("error[image-without-alt]"),
            "{command}: {}",
            run.stderr
        );
        assert_eq!(run.stderr.matches("image-without-alt]").count(), 1, "{}", run.stderr);
    }
    assert!(!refused.path("public").exists());

    for off in [NO_ADVICE, "checks: {image-without-alt: off}\n", "checks: {all: off, title-too-long: warn}\n"]
    {
        let run = site(off).run(&["check"]);
        assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{off}");
    }
}

#[test]
fn advice_waits_until_nothing_is_broken() {
    let site = site("").with("content/insights/other.md", page("Other", "[Gone](gone.md)"));
    let run = site.run(&["check"]);
    assert!(run.status == 1 && run.stderr.contains("broken-link"), "{}", run.stderr);
    assert!(
        !run.stderr.contains("image-without-alt") && !run.stderr.contains("orphan-page"),
        "{}",
        run.stderr
    );
}

#[test]
fn what_two_editions_have_is_said_once() {
    let editions = "editions: {public: {audiences: [public]}, team: {audiences: [public, team]}}\n";
    let site = site(editions)
        .with(
            "content/scripts/opener.md",
            page(
                "Opener",
                "# A title\n\n## Start\n\n> Hello.\n\n- They hang up → [Ring again](tel:+4722000000)\n",
            ),
        )
        .with("content/insights/why.md", page("Why nobody fills it in", "It is.\n\n## A\n\n#### B"));
    let run = site.run(&["check"]);
    for code in ["image-without-alt", "title-in-text", "heading-skips-level", "orphan-page"] {
        assert_eq!(run.stderr.matches(&format!("[{code}]")).count(), 1, "{code}: {}", run.stderr);
    }
}

/// The public page must not be told to link to a page that its readers can't open.
#[test]
fn a_public_text_is_not_sent_to_the_team() {
    let editions = "editions: {public: {audiences: [public]}, team: {audiences: [public, team]}}\n";
    let site = site(editions)
        .with(
            "content/playbooks/a.md",
            "---\ntitle: How we ring back quickly\ndescription: How.\naudience: team\n---\n\nAs in the empty CRM, it is said.\n",
        )
        .with("content/_index.md", page("Fjord", "How we ring back quickly. [The empty CRM](insights/empty-crm.md)."));
    let run = site.run(&["check", "--format", "short"]);
    assert!(!run.stderr.contains("content/_index.md"), "{}", run.stderr);
    assert!(run.stderr.contains("content/playbooks/a.md:7:7: warning[unlinked-mention]"), "{}", run.stderr);
}
