//! The editor of what is nothing but YAML, and of front matter as it is written: what can be written there is offered, and what is wrong is at
//! its line.

use serde_json::json;

use super::super::Screen;
use super::{Desk, file_with};

/// The page that shows what is written, beside it.
const FRAME: &str = "document.querySelector('iframe').contentDocument";

/// A key or a value that is offered, by what it is called.
fn offered(label: &str) -> String {
    format!("[...document.querySelectorAll('.known button')].find((one) => one.textContent === '{label}')")
}

const ASSESSMENT: &str = "content/assessments/first.yaml";

#[test]
fn an_assessment_is_written_with_what_the_schema_offers_beside_its_page() {
    let site = super::site().with(
        "content/insights/asked.md",
        "---\ntitle: Asked\ndate: 2026-01-01\n---\nBefore.\n\n[assessment:first]\n",
    );
    let Some(desk) = Desk::of(site, &[]) else { return };
    let page = &desk.page;
    page.goto(&desk.served.url("/.ringback/edit"));
    page.wait("document.querySelectorAll('.files li').length > 3");
    page.find(".list-head button").click();
    page.js("document.querySelector('#new-kind').value = 'assessment'", &[]);
    desk.fill("#new-title", "First");
    page.find("dialog .main").click();
    page.wait("decodeURIComponent(location.search).includes('assessments/first.yaml') && document.querySelector('#yaml')");
    page.wait(&format!("{FRAME}?.querySelector('main')?.textContent.includes('Before.')"));
    assert_eq!(page.js("return [...document.querySelectorAll('[role=tab]')].length", &[]), json!(2));
    let before = desk.site.read(ASSESSMENT);
    // A key that isn't there yet, and one of its values; both by the keyboard.
    page.find("#yaml").focus();
    page.press("Control+End");
    page.insert("res");
    page.wait(&offered("Result"));
    page.press("Control+ ");
    page.wait("document.activeElement.closest('.known')");
    page.press("Enter");
    page.wait(&offered("form"));
    page.wait("document.querySelector('#yaml-help').textContent.includes('everybody sees the result')");
    page.shot("serve-editor-yaml");
    page.js(&format!("{}.click()", offered("open")), &[]);
    let after = file_with(&desk, ASSESSMENT, "result: open");
    assert_eq!(after, format!("{before}result: open"), "nothing else has changed");
    page.insert("\ngap_below: low\n");
    // What is wrong is at its line, and leads there.
    let line = before.lines().count() + 2;
    page.wait(&format!("document.querySelector('.problems .line')?.textContent === ':{line}'"));
    page.wait(&format!("document.querySelector('.numbers .wrong')?.textContent.trim() === '{line}'"));
    page.shot("serve-editor-yaml-wrong");
    page.find(".problems .line").click();
    assert_eq!(
        page.js("const box = document.querySelector('#yaml'); return box.value.slice(box.selectionStart, box.selectionEnd)", &[]),
        json!("gap_below: low")
    );
    page.insert("gap_below: 40");
    file_with(&desk, ASSESSMENT, "gap_below: 40");
    page.wait("document.querySelector('.problems').hidden && !document.querySelector('.numbers .wrong')");
    // The list has it, and so do what changed and undo.
    page.find("[data-changes]").click();
    page.wait("document.querySelectorAll('.changes ins').length >= 2");
    page.find("[data-undo]").click();
    page.wait("!document.querySelector('.changes pre')");
    assert_eq!(desk.site.read(ASSESSMENT), before);
    page.press("Escape");
    for screen in [Screen::Phone, Screen::Desktop] {
        page.screen(screen);
        assert_eq!(page.js("return document.documentElement.scrollWidth <= innerWidth", &[]), true);
    }
    page.assert_no_errors();
}

#[test]
fn every_file_in_content_that_is_yaml_has_its_keys_and_its_page() {
    let site = crate::support::fixture::warm_demo();
    let Some(desk) = Desk::of(site, &[]) else { return };
    let page = &desk.page;
    page.goto(&desk.served.url("/.ringback/edit"));
    page.wait("document.querySelectorAll('.files li').length > 20");
    let listed = page.js("return [...document.querySelectorAll('.files a')].map((one) => new URL(one.href).searchParams.get('file'))", &[]);
    let listed: Vec<&str> =
        listed.as_array().expect("a list").iter().filter_map(|one| one.as_str()).collect();
    let files: Vec<String> =
        desk.site.tree("content").into_keys().filter(|path| path.ends_with(".yaml")).collect();
    assert!(files.len() > 8, "{files:?}");
    for file in files {
        let file = format!("content/{file}");
        assert!(listed.contains(&file.as_str()), "{file} isn't in the list");
        desk.edit(&file);
        let known = "const [file] = arguments; return (await (await fetch('/.ringback/edit/outline?file=' + file)).json()).root";
        let kind = file.trim_start_matches("content/").split("s/").next().unwrap_or_default();
        assert_eq!(page.js_async(known, &[json!(file)]), json!(kind));
        // Something on the site shows it.
        page.wait(&format!(
            "Boolean({FRAME}?.querySelector('form, [data-assessment], [data-calculator], [data-survey], main'))"
        ));
    }
}

#[test]
fn front_matter_is_written_with_help_and_a_field_leads_to_its_key() {
    let file = "content/scripts/call.md";
    let Some(desk) = Desk::new(&[]) else { return };
    let page = &desk.page;
    desk.edit(file);
    page.find("#tab-settings").click();
    page.js("for (const group of document.querySelectorAll('details')) group.open = true", &[]);
    // What has several parts is written in the file: what is there is selected, what isn't is begun.
    page.find("#field-outcomes").click();
    page.wait("document.activeElement.id === 'yaml'");
    let chosen = "const box = document.querySelector('#yaml'); return box.value.slice(box.selectionStart, box.selectionEnd)";
    assert_eq!(page.js(chosen, &[]), json!("outcomes: {callback: {label: Ring back}}"));
    page.find("#field-placeholders").click();
    page.insert("first_name:\n    ");
    page.wait(&offered("Words that are shown"));
    page.js(&format!("{}.click()", offered("Words that are shown")), &[]);
    page.insert("First name");
    let text = file_with(&desk, file, "label: First name");
    assert!(text.contains("placeholders:\n  first_name:\n    label: First name\n---\n"), "{text}");
    // A mistake is at its line of the file.
    page.press("Control+a");
    page.insert("title: A call\noutcomez: {}\n");
    page.wait("document.querySelector('.numbers .wrong')?.textContent.trim() === '2'");
    page.find("#tab-text").click();
    page.wait("document.querySelector('.problems .line')?.textContent === ':3'");
    page.find(".problems .line").click();
    assert_eq!(page.js(chosen, &[]), json!("outcomez: {}"));
    page.assert_no_errors();
}
