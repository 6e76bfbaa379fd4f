//! Playbooks as people work with them: ticks that stay and are handed on, parts for segments, paper.

use serde_json::{Value, json};

use super::{Browser, Options, Screen, Scripts, Serve, Server, demo};
use crate::support::{CONFIG, FORM, NO_ADVICE, Site, WEBHOOK};

const PLAYBOOK: &str = "/playbooks/lead/";

const TEXT: &str = "---\ntitle: A lead\n---\n\n## Step 1: Read (5 min, salesperson)\n\n- [ ] Read it.\n- [ ] Copy the sentence.\n\n\
## Step 2: Ring (10 min)\n\n- [ ] Ring back.\n\n### For segment: Small firms\n\n- [ ] Ask the owner.\n\n\
### For segment: Councils {#councils}\n\n- [ ] Ask who decides.\n- [ ] Ask when.\n\n## Key takeaways\n\n- Ring.\n";

fn site(text: &str) -> Site {
    let site = Site::empty()
        .with("ringback.yaml", format!("{CONFIG}{WEBHOOK}{NO_ADVICE}"))
        .with("content/forms/guide.yaml", FORM)
        .with("content/playbooks/lead.md", text);
    site.build();
    site
}

/// A playbook that is open.
struct Worker<'a> {
    page: &'a Browser,
    server: &'a Server,
}

impl<'a> Worker<'a> {
    fn new(page: &'a Browser, server: &'a Server) -> Self {
        let worker = Self { page, server };
        worker.open("");
        worker
    }

    /// Opens the playbook with something behind its address, as from a mail: not within the page that is open.
    #[track_caller]
    fn open(&self, rest: &str) {
        self.page.goto("about:blank");
        self.page.goto(&self.server.url(&format!("{PLAYBOOK}{rest}")));
        self.ready();
    }

    #[track_caller]
    fn ready(&self) {
        self.page.wait("document.querySelector('[data-ticks-count]')?.textContent");
    }

    /// Ticks a line, or takes the tick away, by a click on its words.
    #[track_caller]
    fn click(&self, line: &str) {
        let center = "const label = [...document.querySelectorAll('.task-list label')].find((one) => one.textContent.trim() === arguments[0]);
            label.scrollIntoView({ behavior: 'instant', block: 'center' });
            label.click();";
        self.page.js(center, &[line.into()]);
    }

    #[track_caller]
    fn press(&self, button: &str) {
        let css = format!("[data-ticks-{button}]");
        let center =
            "document.querySelector(arguments[0]).scrollIntoView({ behavior: 'instant', block: 'center' })";
        self.page.js(center, &[css.as_str().into()]);
        self.page.find(&css).click();
    }

    /// The lines that are ticked.
    #[track_caller]
    fn ticked(&self) -> Vec<String> {
        let lines = "return [...document.querySelectorAll('[data-task]:checked')].map((box) => box.parentElement.textContent.trim())";
        texts(&self.page.js(lines, &[]))
    }

    #[track_caller]
    fn count(&self) -> String {
        self.page.find("[data-ticks-count]").text()
    }

    #[track_caller]
    fn note(&self) -> String {
        self.page.find("[data-ticks-note]").text()
    }

    /// How many ticks are kept in the browser.
    #[track_caller]
    fn stored_ticks(&self) -> Value {
        self.page.js(
            "return JSON.parse(localStorage.getItem('ringback.playbook./playbooks/lead/'))?.done?.length ?? null",
            &[],
        )
    }

    /// The link that the button copies.
    #[track_caller]
    fn link(&self) -> String {
        self.page.js("navigator.clipboard.writeText = async (text) => { window.copied = text; }", &[]);
        self.press("share");
        self.page.wait("window.copied").as_str().expect("a link").to_string()
    }

    /// What of the steps is to be seen: their headings.
    #[track_caller]
    fn visible_steps(&self) -> Vec<String> {
        let headings = "return [...document.querySelectorAll('.text :is(h2, h3)')].filter((one) => one.checkVisibility()).map((one) => one.textContent)";
        texts(&self.page.js(headings, &[]))
    }
}

fn texts(list: &Value) -> Vec<String> {
    let text = |value: &Value| value.as_str().expect("a text").to_string();
    list.as_array().expect("a list").iter().map(text).collect()
}

#[test]
fn ticks_stay_in_the_browser_and_are_handed_on_in_a_link() {
    let site = site(TEXT);
    let server = Server::of(&site.path("public"), Serve::default());
    let Some(page) = Browser::open(Options::default()) else { return };
    let worker = Worker::new(&page, &server);
    assert_eq!((worker.count().as_str(), worker.stored_ticks()), ("6 to tick off", Value::Null));
    worker.click("Read it.");
    worker.click("Copy the sentence.");
    worker.click("Ring back.");
    assert_eq!(worker.count(), "3 of 6 done");
    let done =
        "[...document.querySelectorAll('[data-step][data-done]')].map((step) => step.dataset.step).join()";
    assert_eq!(page.wait(done), "1");
    page.reload();
    worker.ready();
    assert_eq!(worker.ticked(), ["Read it.", "Copy the sentence.", "Ring back."]);
    let link = worker.link();
    assert!(link.starts_with(&format!("{}#ticks=", server.url(PLAYBOOK))), "{link}");

    // A colleague, who has ticked nothing yet.
    page.js("localStorage.clear()", &[]);
    let rest = link.strip_prefix(&server.url(PLAYBOOK)).expect("this page");
    worker.open(rest);
    assert_eq!(worker.ticked().len(), 3);
    assert_eq!(worker.note(), "These ticks came with the link and are now kept in this browser.");
    assert_eq!((page.url(), worker.stored_ticks()), (server.url(PLAYBOOK), json!(3)));

    // A colleague who has ticks of their own is asked.
    worker.click("Ring back.");
    worker.click("Ask when.");
    let own = ["Read it.", "Copy the sentence.", "Ask when."];
    worker.open(rest);
    assert_eq!(worker.ticked(), ["Read it.", "Copy the sentence.", "Ring back."]);
    assert!(page.find("[data-ticks-shared]").is_visible());
    worker.click("Ask the owner.");
    worker.press("back");
    assert_eq!(worker.ticked(), own);
    page.reload();
    worker.ready();
    assert_eq!(worker.ticked(), own, "nothing was replaced");
    worker.open(rest);
    worker.press("keep");
    page.reload();
    worker.ready();
    assert_eq!(worker.ticked(), ["Read it.", "Copy the sentence.", "Ring back."]);
    assert!(!page.find("[data-ticks-shared]").is_visible());

    // In the page that is open.
    page.js("location.hash = 'ticks='", &[]);
    page.wait("!document.querySelector('[data-ticks-shared]').hidden");
    assert_eq!(worker.ticked(), Vec::<String>::new());
    worker.press("back");

    worker.press("clear");
    assert_eq!((worker.ticked().len(), worker.stored_ticks()), (0, json!(0)));
    worker.press("undo");
    assert_eq!((worker.ticked().len(), worker.stored_ticks()), (3, json!(3)));

    // Where copying is refused, the reader can do it.
    page.js("navigator.clipboard.writeText = () => Promise.reject(new Error('no'))", &[]);
    worker.press("share");
    page.wait("document.querySelector('[data-ticks-link]').value.includes('#ticks=')");
    assert!(page.find("[data-ticks-link]").is_visible());
    let sent =
        |text: &str| server.requests().iter().any(|one| one.path.contains(text) || one.query.contains(text));
    assert!(!sent("ticks") && !sent("done"), "ticks were sent");
    page.assert_no_errors();
}

#[test]
fn a_changed_list_never_moves_a_tick_to_another_line() {
    let site = site(TEXT);
    let server = Server::of(&site.path("public"), Serve::default());
    let Some(page) = Browser::open(Options::default()) else { return };
    let worker = Worker::new(&page, &server);
    worker.click("Copy the sentence.");
    worker.click("Ring back.");
    let changed = TEXT
        .replace("- [ ] Read it.\n", "- [ ] Look who it is.\n- [ ] Read it.\n")
        .replace("- [ ] Ring back.", "- [ ] Ring back before five.");
    site.write("content/playbooks/lead.md", changed);
    site.build();
    worker.open("");
    assert_eq!(worker.ticked(), ["Copy the sentence."]);
    assert_eq!(worker.note(), "One ticked line has changed since then, so its tick is gone.");
    page.reload();
    worker.ready();
    assert_eq!(worker.note(), "", "it is said once");
    page.assert_no_errors();
}

#[test]
fn hostile_links_and_storage_do_nothing() {
    let site = site(TEXT);
    let server = Server::of(&site.path("public"), Serve::default());
    let Some(page) = Browser::open(Options::default()) else { return };
    let worker = Worker::new(&page, &server);
    worker.click("Read it.");
    let long = format!("#ticks={}", "aaaaaaaa.".repeat(20_000));
    for rest in [
        "#ticks=<img src=x onerror=alert(1)>",
        "#ticks=%3Cscript%3Ealert(1)%3C/script%3E",
        "#ticks=........",
        "#ticks=%E0%A4%A",
        "#%E0%A4%A",
        "#ticks=__proto__.constructor.aaaaaaaa",
        &long,
        "?segment=%22%3E%3Cimg%20src=x%3E",
        "?segment=__proto__",
    ] {
        worker.open(rest);
        if rest.starts_with("#ticks") {
            worker.press("back");
        }
        assert_eq!(worker.ticked(), ["Read it."], "{rest}");
        assert_eq!(worker.visible_steps().len(), 5, "{rest}");
        assert_eq!(
            page.js("return document.querySelectorAll('.body img, .body script:not([type])').length", &[]),
            0
        );
        assert!(!page.url().contains("segment") && !page.url().contains("ticks"), "{}", page.url());
    }
    for kept in ["", "null", "[]", "{\"done\":\"Read it.\",\"segment\":7}", "{\"done\":[1,null,{}]}", "{"] {
        page.js("localStorage.setItem('ringback.playbook./playbooks/lead/', arguments[0])", &[kept.into()]);
        worker.open("");
        assert_eq!((worker.ticked().len(), worker.visible_steps().len()), (0, 5), "{kept}");
    }
    worker.click("Read it.");
    page.reload();
    worker.ready();
    assert_eq!(worker.ticked(), ["Read it."]);
    page.assert_no_errors();
}

#[test]
fn a_segment_is_shown_alone_on_the_screen_and_on_paper() {
    let site = site(TEXT);
    let server = Server::of(&site.path("public"), Serve::default());
    let Some(page) = Browser::open(Options::default()) else { return };
    let worker = Worker::new(&page, &server);
    let councils = "For segment: Councils";
    page.find("[name=segment][value=councils]").click();
    page.wait("location.search === '?segment=councils'");
    assert_eq!(worker.visible_steps(), ["Step 1: Read", "Step 2: Ring", councils, "Key takeaways"]);
    assert_eq!(worker.count(), "5 to tick off", "what is for others isn't counted");
    // It is remembered, and the address wins.
    worker.open("");
    assert!(worker.visible_steps().contains(&councils.to_string()) && worker.visible_steps().len() == 4);
    assert!(page.url().ends_with("?segment=councils"));
    worker.open("?segment=small-firms");
    assert!(!worker.visible_steps().contains(&councils.to_string()) && worker.visible_steps().len() == 4);
    // A link to a part that is hidden shows all.
    worker.open("?segment=small-firms#councils");
    page.wait("document.querySelector('#councils').checkVisibility()");
    assert_eq!(worker.visible_steps().len(), 5);

    worker.open("?segment=councils");
    worker.click("Ask when.");
    page.cdp("Emulation.setEmulatedMedia", json!({"media": "print"}));
    assert_eq!(worker.visible_steps(), ["Step 1: Read", "Step 2: Ring", councils, "Key takeaways"]);
    for hidden in [".ticks", ".segments", ".plan", ".shared"] {
        assert!(!page.find(hidden).is_visible(), "{hidden} is on paper");
    }
    assert_eq!(worker.ticked(), ["Ask when."]);
    page.shot("playbook-print");
    page.assert_no_errors();
}

#[test]
fn without_scripts_everything_is_there() {
    let site = site(TEXT);
    let server = Server::of(&site.path("public"), Serve::default());
    let Some(page) = Browser::open(Options { scripts: Scripts::Off, ..Options::default() }) else { return };
    page.goto(&server.url(PLAYBOOK));
    let worker = Worker { page: &page, server: &server };
    assert_eq!(worker.visible_steps().len(), 5);
    for useless in [".ticks", ".segments", ".shared"] {
        assert!(!page.find(useless).is_visible(), "{useless} does nothing");
    }
    worker.click("Read it.");
    assert_eq!(worker.ticked(), ["Read it."]);
    page.js("document.querySelector('.plan a').click()", &[]);
    page.wait("location.hash === '#step-1-read'");
    page.assert_no_errors();
}

#[test]
fn what_a_gate_opens_can_be_ticked_too() {
    let text = TEXT.replace("title: A lead\n", "title: A lead\ngate: {form: guide}\n");
    let site = site(&text.replace("## Step 2", "<!-- gate -->\n\n## Step 2"));
    let server = Server::of(&site.path("public"), Serve::default());
    let Some(page) = Browser::open(Options::default()) else { return };
    let worker = Worker::new(&page, &server);
    assert_eq!(worker.count(), "2 to tick off");
    let run = site.run(&["keys", "--format", "json"]);
    let keys: Value = serde_json::from_str(&run.stdout).unwrap_or_else(|_| panic!("{}", run.stderr));
    let url = keys[0]["links"][0]["url"].as_str().expect("a link");
    worker.open(&format!("#{}", url.split_once('#').expect("a token").1));
    page.wait("document.querySelector('[data-gate][data-open]')");
    page.wait("document.querySelector('[data-ticks-count]').textContent === '6 to tick off'");
    worker.click("Ask when.");
    page.reload();
    page.wait("document.querySelector('[data-ticks-count]').textContent === '1 of 6 done'");
    assert_eq!(worker.ticked(), ["Ask when."]);
    page.assert_no_errors();
}

#[test]
fn a_playbook_fits_every_screen() {
    let site = demo();
    let server = Server::of(&site.path("team"), Serve::default());
    let Some(page) = Browser::open(Options { screen: Screen::Phone, ..Options::default() }) else { return };
    for (screen, size) in [(Screen::Phone, "phone"), (Screen::Desktop, "desktop")] {
        page.screen(screen);
        for scheme in ["light", "dark"] {
            page.media("prefers-color-scheme", scheme);
            page.goto(&server.url("/playbooks/recovery/"));
            page.wait("document.querySelector('[data-ticks-count]')?.textContent");
            page.js("for (const box of [...document.querySelectorAll('[data-task]')].slice(0, 7)) if (!box.checked) box.click()", &[]);
            let shot = |css: &str, name: &str| {
                page.js(
                    "document.querySelector(arguments[0]).scrollIntoView({ behavior: 'instant' })",
                    &[css.into()],
                );
                page.shot(&format!("playbook-{name}-{size}-{scheme}"));
                let wider =
                    "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
                assert_eq!(page.js(wider, &[]), 0, "{name} on a {size}");
            };
            shot(".cols", "top");
            shot("[data-step='2']", "step");
            shot("[data-step='3'] .segment", "segment");
            page.goto(&server.url("/playbooks/recovery/#ticks=kf4acss7"));
            page.wait("!document.querySelector('[data-ticks-shared]').hidden");
            shot("[data-ticks-shared]", "shared");
            page.goto(&server.url("/insights/prepare-ten-calls/"));
            shot(".used-by", "used-by");
        }
    }
    // A finger needs some 44 pixels.
    page.screen(Screen::Phone);
    page.goto(&server.url("/playbooks/recovery/"));
    page.wait("document.querySelector('[data-ticks-count]')?.textContent");
    let small = "return [...document.querySelectorAll('.ticks button, .segments label, .task-list label')]
        .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 38).map((one) => one.outerHTML)";
    assert_eq!(texts(&page.js(small, &[])), Vec::<String>::new());
    page.assert_no_errors();
}
