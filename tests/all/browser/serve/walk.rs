//! What `docs/content/getting-started.md` says of writing without a text editor, from an empty folder to a site that is built.

use serde_json::json;

use super::super::Screen;
use super::{Desk, Site, file_with};
use crate::support::leaks::base64;

/// The page beside its text.
const FRAME: &str = "document.querySelector('iframe').contentDocument";

#[test]
fn an_article_is_written_gated_illustrated_and_translated_without_another_editor() {
    let site = Site::empty();
    assert_eq!(site.run(&["init", ".", "--lang", "en,sv", "--title", "Fjord"]).status, 0);
    let Some(desk) = Desk::of(site, &[]) else { return };
    let page = &desk.page;
    page.goto(&desk.served.url("/.ringback/edit"));
    page.wait("document.querySelectorAll('.files li').length > 5");
    page.shot("serve-editor-pages");
    page.find(".list-head button").click();
    desk.fill("#new-title", "What the phone is for");
    page.find("dialog .main").click();
    page.wait("location.search.includes('what-the-phone-is-for') && document.querySelector('.text')");
    let file = "content/insights/what-the-phone-is-for.md";
    desk.fill("#field-description", "A call begins where a page ends.");
    desk.fill(".text", "The open part.\n\n<!-- gate -->\n\nThe rest.\n\n");
    file_with(&desk, file, "The rest.");
    // A picture, into the text and as the page's own.
    let drop = "const bytes = Uint8Array.from(atob(arguments[0]), (c) => c.charCodeAt(0));
        const taken = new DataTransfer(); taken.items.add(new File([bytes], 'Min bild.png', { type: 'image/png' }));
        const input = document.querySelector(arguments[1]); input.files = taken.files; input.dispatchEvent(new Event('change'))";
    let png = json!(base64(include_bytes!("../../../hostile.png")));
    page.js(drop, &[png.clone(), json!(".bar input[type=file]")]);
    page.wait("document.querySelector('dialog.ask #alt')");
    desk.fill("#alt", "A phone [old]");
    page.find("dialog .main").click();
    file_with(&desk, file, "![A phone \\[old\\]](what-the-phone-is-for-min-bild.png)");
    page.find("#tab-settings").click();
    page.js("for (const group of document.querySelectorAll('details')) group.open = true", &[]);
    page.js(drop, &[png, json!(".picture input[type=file]")]);
    file_with(&desk, file, "src: what-the-phone-is-for-min-bild.png");
    page.wait(
        "document.querySelector('#field-image-alt') && document.querySelector('.thumb').naturalWidth > 0",
    );
    desk.fill("#field-image-alt", "A phone");
    page.wait("document.querySelector('button.focus img').complete");
    page.find("button.focus").focus();
    page.press("ArrowLeft");
    file_with(&desk, file, "focus: 45% 50%");
    page.js("const form = document.querySelector('#field-gate-form'); form.value = form.options[1].value; form.dispatchEvent(new Event('change'))", &[]);
    file_with(&desk, file, "gate:");
    page.js("document.querySelector('[data-group=publishing]').open = true", &[]);
    page.find("#field-draft").click();
    page.wait("document.querySelector('header .state').textContent === 'Saved'");
    assert!(!desk.site.read(file).contains("draft: true"));
    page.wait(&format!("Boolean({FRAME}?.querySelector('[data-gate], form'))"));
    page.shot("serve-editor-settings");
    // Its translation.
    page.find("[data-translate=sv]").click();
    desk.fill("#new-title", "Vad telefonen är till för");
    page.find("dialog .main").click();
    page.wait("location.search.includes('.sv.md') && document.querySelector('.text')");
    let translated = "content/insights/what-the-phone-is-for.sv.md";
    let text = file_with(&desk, translated, "Vad telefonen");
    assert!(text.contains("<!-- gate -->"), "{text}");
    desk.fill("#field-description", "Ett samtal börjar där en sida slutar.");
    desk.fill(".text", "Den öppna delen.\n\n<!-- gate -->\n\nResten.\n");
    file_with(&desk, translated, "Resten.");
    page.find("#tab-settings").click();
    page.js("document.querySelector('[data-group=publishing]').open = true", &[]);
    if page.find("#field-draft").property("checked") == json!(true) {
        page.find("#field-draft").click();
    }
    page.wait("document.querySelector('header .state').textContent === 'Saved'");
    for screen in [Screen::Phone, Screen::Desktop] {
        page.screen(screen);
        for tab in ["#tab-settings", "#tab-text"] {
            page.find(tab).click();
            assert_eq!(
                page.js("return document.documentElement.scrollWidth <= innerWidth", &[]),
                true,
                "{tab}"
            );
        }
        page.shot(if screen == Screen::Phone { "serve-editor-phone" } else { "serve-editor-translated" });
    }
    page.assert_no_errors();
    // The first lead: the form is sent, the rest opens, and the lead is in the inbox.
    desk.open("/insights/what-the-phone-is-for/");
    page.wait("document.querySelector('[data-lead][data-ready]')");
    page.js("window.readyAt = performance.now()", &[]);
    for (field, text) in [
        ("name", "Kim Berg"),
        ("email", "kim@fjord-works.example"),
        ("company", "Fjord"),
        ("phone", "+46 8 465 004 10"),
    ] {
        let focus = format!(
            "const input = document.querySelector('[data-field={field}] input'); input?.focus(); return Boolean(input)"
        );
        if page.js(&focus, &[]) == json!(true) {
            page.insert(text);
        }
    }
    page.js(
        "for (const box of document.querySelectorAll('[data-consent] input')) if (box.required) box.click()",
        &[],
    );
    // Whoever is quicker than two seconds is asked whether they are sure.
    page.wait("performance.now() - window.readyAt > 2100");
    // Not where the bar of the preview is.
    page.js(
        "document.querySelector('[data-lead] button[type=submit]').scrollIntoView({ behavior: 'instant', block: 'center' })",
        &[],
    );
    page.find("[data-lead] button[type=submit]").click();
    page.wait("document.querySelector('main').textContent.includes('The rest.')");
    page.goto(&desk.served.url("/.ringback/inbox"));
    page.wait("document.querySelector('#received h3')?.textContent === 'Kim Berg'");
    // And the site is built, with both pages and nothing of what is behind the form.
    let run = desk.site.run(&["build", "--base-url", "http://localhost:8000/"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let built = desk.site.tree("public");
    for (folder, open, rest) in
        [("insights/", "The open part.", "The rest."), ("sv/", "Den öppna delen.", "Resten.")]
    {
        let mut pages = built.iter().filter(|(path, _)| path.starts_with(folder) && path.ends_with(".html"));
        let says = |bytes: &[u8], words: &str| String::from_utf8_lossy(bytes).contains(words);
        let page = pages.find(|(_, bytes)| says(bytes, open));
        let (path, bytes) = page.unwrap_or_else(|| panic!("{open} isn't in {folder}"));
        assert!(!says(bytes, rest), "{path} says what is behind the form");
    }
}
