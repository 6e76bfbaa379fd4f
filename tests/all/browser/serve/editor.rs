//! The editor: pages that are written in the browser, beside the page itself.

use serde_json::json;

use super::{BAR, Desk, Site, file_with};

/// The page beside its text.
const FRAME: &str = "document.querySelector('iframe').contentDocument";

const FILE: &str = "content/insights/article.md";

#[test]
fn a_page_is_written_beside_itself_and_its_file_keeps_the_rest() {
    let before = "---\r\ntitle: 'An article'  # the title\r\ntags: [a,   b] # odd\r\ndate: 2026-01-01\r\n---\r\n\r\nBefore.\r\n\r\n| a | b |\r\n|---|--:|\r\n";
    let site = super::site().with(FILE, before);
    let Some(desk) = Desk::of(site, &[]) else { return };
    let page = &desk.page;
    // From the page itself.
    desk.open("/insights/article/");
    page.js(&format!("{BAR}.querySelector('a[href*=edit]').click()"), &[]);
    page.wait("document.querySelector('.text')");
    page.wait(&format!("{FRAME}?.querySelector('h1')?.textContent.includes('An article')"));
    desk.fill("#field-title", "It's \"new\"");
    page.find(".text").focus();
    page.press("Control+Home");
    page.insert("First. ");
    file_with(&desk, FILE, "First. Before.");
    page.wait(&format!("{FRAME}?.querySelector('main')?.textContent.includes('First. Before.')"));
    let after = file_with(&desk, FILE, "It''s");
    assert_eq!(after, before.replace("'An article'", "'It''s \"new\"'").replace("Before.", "First. Before."));
    page.wait("document.querySelector('header .state').textContent === 'Saved'");
    page.shot("serve-editor");
    // A field that wasn't there, and one that goes.
    page.find("#tab-settings").click();
    page.js("document.querySelector('[data-group=publishing]').open = true", &[]);
    page.find("#field-draft").click();
    let after = file_with(&desk, FILE, "draft: true");
    assert!(after.contains("tags: [a,   b] # odd\r\ndate: 2026-01-01\r\ndraft: true\r\n---\r\n"), "{after}");
    page.find("#field-draft").click();
    page.wait("document.querySelector('header .state').textContent === 'Saved'");
    file_with(&desk, FILE, "date: 2026-01-01\r\n---");
    // What changed, all of it undone, and brought back.
    page.find("[data-changes]").click();
    page.wait("document.querySelectorAll('.changes ins').length === 2");
    page.shot("serve-editor-changes");
    page.find("[data-undo]").click();
    page.wait("!document.querySelector('.changes pre')");
    assert_eq!(desk.site.read(FILE), before);
    page.find("[data-undo]").click();
    page.wait("document.querySelectorAll('.changes ins').length === 2");
    page.press("Escape");
    file_with(&desk, FILE, "First. Before.");
    page.assert_no_errors();
}

#[test]
fn two_editors_of_a_page_lose_nothing() {
    let Some(desk) = Desk::new(&[]) else { return };
    let page = &desk.page;
    desk.edit(FILE);
    // Another program changes another part: it is there at once, and what is written here is joined with it.
    let other = desk.site.read(FILE).replace("Words of part 9.", "Theirs.");
    desk.site.write(FILE, &other);
    page.wait("document.querySelector('.text').value.includes('Theirs.')");
    page.find(".text").focus();
    page.press("Control+Home");
    page.insert("Mine. ");
    let both = file_with(&desk, FILE, "Mine. Before.");
    assert!(both.contains("Theirs."), "{both}");
    page.wait("document.querySelector('header .state').textContent === 'Saved'");
    // Both write the same line before either has seen the other: it is asked, and nothing is lost.
    page.js("window.real = fetch; window.fetch = (path, options) => new Promise((done) => setTimeout(() => done(real(path, options)), options?.method ? 1200 : 0))", &[]);
    page.insert("Again. ");
    desk.site.write(FILE, both.replace("Mine. Before.", "Also theirs."));
    page.wait("document.querySelectorAll('.told button').length === 2");
    page.js("window.fetch = real", &[]);
    assert!(desk.site.read(FILE).contains("Also theirs."));
    assert!(
        page.js("return document.querySelector('.text').value", &[])
            .as_str()
            .is_some_and(|text| text.starts_with("Mine. Again. "))
    );
    page.shot("serve-editor-conflict");
    page.js("document.querySelectorAll('.told button')[1].click()", &[]);
    file_with(&desk, FILE, "Mine. Again. Before.");
    // A reload after the server has stopped, or a full disk: what wasn't saved is still there.
    page.js("window.fetch = () => Promise.reject(new Error('stopped'))", &[]);
    page.insert("Kept. ");
    page.wait("document.querySelector('.told').textContent.includes('stays here')");
    page.js("window.fetch = real", &[]);
    file_with(&desk, FILE, "Kept. ");
    page.wait("document.querySelector('header .state').textContent === 'Saved'");
    page.js("window.fetch = () => Promise.reject(new Error('stopped'))", &[]);
    page.insert("Later. ");
    page.wait("document.querySelector('.told').textContent.includes('stays here')");
    // The tab crashes, and somebody else writes meanwhile.
    page.js(
        "window.stop = addEventListener('beforeunload', (event) => event.stopImmediatePropagation(), true)",
        &[],
    );
    desk.site.write(FILE, desk.site.read(FILE).replace("Words of part 12.", "Twelve."));
    desk.edit(FILE);
    let text = file_with(&desk, FILE, "Later. ");
    assert!(text.contains("Twelve."), "{text}");
}

#[test]
fn what_is_wrong_is_said_and_nothing_is_saved_that_would_change_something_else() {
    let site =
        super::site().with(FILE, "---\ntitle: &t An article\ndescription: *t\n---\n\n[gone](nowhere.md)\n");
    let Some(desk) = Desk::of(site, &[]) else { return };
    let page = &desk.page;
    desk.edit(FILE);
    page.wait("document.querySelector('.problems li')?.textContent.includes('nowhere.md')");
    desk.fill("#field-title", "Another");
    page.wait("document.querySelector('.told').textContent.includes('without changing something else')");
    assert!(desk.site.read(FILE).starts_with("---\ntitle: &t An article\n"), "nothing was written");
    // In the settings as they are written, it can be done.
    page.find("#tab-settings").click();
    page.js("document.querySelector('.yaml').open = true", &[]);
    desk.fill("#yaml", "title: Another\ndescription: An article\n");
    page.js("document.activeElement.blur()", &[]);
    file_with(&desk, FILE, "title: Another\ndescription: An article\n---\n\n[gone]");
}

/// What a word processor puts on the clipboard is dropped on the text as a paste.
const PASTE: &str = "const data = new DataTransfer(); data.setData('text/html', arguments[0]); data.setData('text/plain', 'Notes from the first call');
    document.querySelector('.text').dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}))";

#[test]
fn a_text_of_a_word_processor_is_pasted_as_markdown_and_undone() {
    let before = "---\ntitle: An article\n---\n\nBefore.\n";
    let Some(desk) = Desk::of(super::site().with(FILE, before), &[]) else { return };
    let page = &desk.page;
    desk.edit(FILE);
    page.find(".text").focus();
    page.press("Control+End");
    let word = include_str!("../../../../src/authoring/markup/pasted-word.html");
    page.js(PASTE, &[json!(word)]);
    let text = file_with(&desk, FILE, "| Calls | 3 |");
    assert!(
        text.starts_with("---\ntitle: An article\n---\n\nBefore.\n\n## Notes from the first call\n"),
        "{text}"
    );
    assert!(text.contains("- The CRM is empty\n  - since March\n- Nobody ever asks\n"), "{text}");
    // The picture in the text is a file now, and it is told of the other.
    assert!(text.contains("![The desk](article.png)"), "{text}");
    assert!(desk.site.path("content/insights/article.png").exists());
    page.wait("document.body.innerText.includes('couldn’t be taken along')");
    page.find(".text").focus();
    page.press("Control+z");
    let end = std::time::Instant::now() + std::time::Duration::from_secs(20);
    while desk.site.read(FILE) != before {
        assert!(std::time::Instant::now() < end, "{}", desk.site.read(FILE));
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    // What a program for code copies is its letters.
    page.js(PASTE, &[json!("<div style=\"font-family: monospace;white-space: pre;\"><b>let</b> x</div>")]);
    assert_eq!(page.js("return document.querySelector('.text').value.includes('**')", &[]), json!(false));
    page.assert_no_errors();
}

#[test]
fn an_image_of_eighty_megabytes_is_told_and_not_sent() {
    let Some(desk) = Desk::of(super::site().with(FILE, "---\ntitle: An article\n---\n\nText.\n"), &[]) else {
        return;
    };
    let page = &desk.page;
    desk.edit(FILE);
    page.js(
        "const data = new DataTransfer(); data.items.add(new File([new Uint8Array(80 * 1024 * 1024)], 'x.png', {type: 'image/png'}));
         document.querySelector('.text').dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}))",
        &[],
    );
    page.wait("document.body.innerText.includes('64 MB')");
    assert!(!desk.site.path("content/insights/article-x.png").exists());
    page.assert_no_errors();
}

#[test]
fn what_was_written_is_recorded_in_git_and_nothing_else() {
    let git = |site: &Site, arguments: &[&str]| {
        let mut command = std::process::Command::new("git");
        command.arg("-C").arg(site.path("")).args(arguments);
        let output = command.output().expect("git, which CI has");
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    let site = super::site().with(FILE, "---\ntitle: An article\ndate: 2026-01-01\n---\n\nBefore.\n");
    git(&site, &["init", "--quiet", "--initial-branch=main"]);
    git(&site, &["config", "user.name", "Kim"]);
    git(&site, &["config", "user.email", "kim@fjord.example"]);
    git(&site, &["add", "content", "ringback.yaml"]);
    git(&site, &["commit", "--quiet", "--message", "Begin"]);
    site.write(
        "content/insights/other.md",
        "---\ntitle: Of a colleague\ndate: 2026-01-01\n---\n\nUnfinished.\n",
    );
    let Some(desk) = Desk::of(site, &[]) else { return };
    let page = &desk.page;
    desk.edit(FILE);
    page.find(".text").focus();
    page.press("Control+Home");
    page.insert("First. ");
    file_with(&desk, FILE, "First. Before.");
    page.find("[data-record]").click();
    page.wait("document.querySelector('.recording form')");
    let boxes = "return [...document.querySelectorAll('.recording input[type=checkbox]')].map((box) => [box.value, box.checked, box.closest('label').querySelector('.state').textContent])";
    assert_eq!(
        page.js(boxes, &[]),
        json!([[FILE, true, "changed"], ["content/insights/other.md", false, "new"]])
    );
    page.shot("serve-editor-record");
    assert!(page.find(".recording button[type=button]").is_visible(), "it can be closed");
    desk.fill("#record-message", "Say it first");
    desk.fill("#record-branch", "kim/first words");
    page.find(".recording button.main").click();
    page.wait("document.querySelector('.recording [role=status]').textContent.includes('can\\'t be the name of a branch')");
    desk.fill("#record-branch", "kim/first-words");
    page.find(".recording button.main").click();
    page.wait("document.querySelector('.recording [role=status]').textContent.startsWith('Recorded as ')");
    assert_eq!(
        git(&desk.site, &["log", "-1", "--format=%D|%s|%an"]),
        "HEAD -> kim/first-words|Say it first|Kim\n"
    );
    assert_eq!(git(&desk.site, &["show", "--format=", "--name-only"]), format!("{FILE}\n"));
    // Somebody else records something while the list is open.
    assert_eq!(page.js(boxes, &[]), json!([["content/insights/other.md", false, "new"]]));
    git(&desk.site, &["commit", "--quiet", "--allow-empty", "--message", "Another"]);
    page.js("document.querySelector('.recording input[type=checkbox]').checked = true", &[]);
    page.find(".recording button.main").click();
    page.wait("document.querySelector('.recording [role=status]').textContent.startsWith('Somebody has recorded something else')");
    assert_eq!(git(&desk.site, &["log", "-1", "--format=%s"]), "Another\n");
}

/// No file can be larger than this many bytes: what a full disk does to those who write, without one.
const DISK: usize = 24 * 1024;

#[cfg(unix)]
#[test]
fn a_full_disk_is_told_and_nothing_is_lost() {
    let before = "---\ntitle: An article\ndate: 2026-01-01\n---\n\nBefore.\n";
    // The program is told that it can't write, and not ended.
    let limit = format!("trap '' XFSZ; ulimit -f {}; exec \"$@\"", DISK / 512);
    let by = ["sh", "-c", limit.as_str(), "sh"];
    let Some(desk) = Desk::started_by(&by, super::site().with(FILE, before), &[]) else { return };
    let page = &desk.page;
    desk.edit(FILE);
    page.find(".text").focus();
    page.press("Control+End");
    page.insert("Short. ");
    file_with(&desk, FILE, "Short. ");
    let short = desk.site.read(FILE);
    page.insert(&"long ".repeat(DISK / 4));
    page.wait("document.querySelector('.told').textContent.includes('couldn’t be written')");
    page.wait("document.querySelector('header .state').textContent === 'Not saved'");
    assert_eq!(desk.site.read(FILE), short, "the file is as it was");
    assert!(
        page.js("return document.querySelector('.text').value", &[])
            .as_str()
            .is_some_and(|text| text.contains("long long"))
    );
    // A picture has no room, either, and no half of it is left.
    let drop = "const data = new DataTransfer(); data.items.add(new File([new Uint8Array([0x89, 0x50, 0x4e, 0x47, ...new Uint8Array(60000)])], 'x.png', {type: 'image/png'}));
         document.querySelector('.text').dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}))";
    page.js(drop, &[]);
    page.wait("document.querySelector('.told').textContent.includes('couldn’t be written')");
    let names: Vec<String> = desk
        .site
        .tree("content/insights")
        .into_keys()
        .filter(|name| name.contains("x.png") || name.contains("ringback-new"))
        .collect();
    assert!(names.is_empty(), "{names:?}");
    // There is room again: what was written is saved by itself.
    page.press("Control+a");
    page.insert("There is room.\n");
    file_with(&desk, FILE, "There is room.");
    page.wait("document.querySelector('header .state').textContent === 'Saved'");
}
