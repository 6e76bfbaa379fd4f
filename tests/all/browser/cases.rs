//! Cases of a playbook: several beside each other, by when their steps are due, who ticked what, and what becomes of them.

use serde_json::{Value, json};

use super::{Browser, Options, Screen, Serve, Server};
use crate::support::{CONFIG, NO_ADVICE, Site};

const TEXT: &str = "---\ntitle: Put it right\ncases: true\n---\n\n## Step 1: Stop it (10 min, whoever noticed)\n\n- [ ] Stop the lorry.\n\n\
## Step 2: Ring (10 min, within 24h, case owner)\n\n- [ ] Ring back.\n- [ ] =Say sorry, \"once\".\n\n## Step 3: Tell (day 3, rep)\n\n- [ ] Tell them.\n";

const PATH: &str = "/playbooks/right/";

fn site(text: &str) -> Site {
    let site = Site::empty()
        .with(
            "ringback.yaml",
            format!("{CONFIG}{NO_ADVICE}languages: {{en: {{label: English, locale: en-GB}}}}\n"),
        )
        .with("content/playbooks/right.md", text);
    site.build();
    site
}

impl Browser {
    /// Pages take this for the time at which they are opened.
    #[track_caller]
    pub(super) fn clock_is(&self, at: &str) {
        let fake = format!(
            "{{ const Real = Date, past = Real.now(); const begin = new Real('{at}').getTime(); \
             globalThis.Date = class extends Real {{ constructor(...all) {{ if (all.length) super(...all); else super(Real.now() - past + begin); }} \
             static now() {{ return Real.now() - past + begin; }} }}; }}"
        );
        self.cdp("Page.addScriptToEvaluateOnNewDocument", json!({"source": fake}));
    }
}

fn open(page: &Browser, server: &Server) {
    page.goto("about:blank");
    page.goto(&server.url(PATH));
    page.wait("document.querySelector('[data-cases][data-ready]')");
}

fn begin(page: &Browser, name: &str, by: &str) {
    page.js("document.querySelector('[data-cases-new]').click()", &[]);
    let fill = "for (const [id, text] of [['case-name', arguments[0]], ['case-by', arguments[1]]]) document.getElementById(id).value = text;
        document.querySelector('[data-cases] form button').click()";
    page.js(fill, &[json!(name), json!(by)]);
    page.wait(&format!("document.querySelector('#case-which').selectedOptions[0].text === {}", json!(name)));
}

fn tick(page: &Browser, words: &str) {
    page.js("[...document.querySelectorAll('.task-list label')].find((one) => one.textContent.trim().startsWith(arguments[0])).click()", &[json!(words)]);
}

fn ticks(page: &Browser) -> Value {
    page.js("return [...document.querySelectorAll('[data-task]:checked')].map((box) => [box.closest('label').textContent.trim(), box.closest('li').querySelector('.case-tick')?.textContent.trim() ?? ''])", &[])
}

fn dues(page: &Browser) -> Value {
    page.js(
        "return [...document.querySelectorAll('.case-due')].map((one) => [one.className, one.textContent])",
        &[],
    )
}

fn choose(page: &Browser, name: &str) {
    page.js("const list = document.querySelector('#case-which'); list.value = [...list.options].find((one) => one.text === arguments[0]).value; list.dispatchEvent(new Event('change', {bubbles: true}))", &[json!(name)]);
}

#[test]
fn cases_have_times_and_ticks_of_their_own() {
    let site = site(TEXT);
    let server = Server::of(&site.path("public"), Serve::default());
    let Some(page) = Browser::open(Options::default()) else { return };
    // A Saturday.
    page.clock_is("2026-11-28T14:10:00");
    open(&page, &server);
    tick(&page, "Stop the lorry.");
    begin(&page, "Fjord", "Ola");
    assert_eq!(ticks(&page), json!([]), "a case has none of the ticks before it");
    assert_eq!(
        dues(&page),
        json!([
            ["case-due due", "Due Sunday 14:10 (in 24 hours)"],
            ["case-due due", "Due Tuesday (in 3 days)"]
        ])
    );
    let status = "[data-cases-status]";
    assert_eq!(page.find(status).text(), "Next: “Step 2: Ring”, due Sunday 14:10 (in 24 hours).");
    tick(&page, "Stop the lorry.");
    tick(&page, "Ring back.");
    assert_eq!(
        ticks(&page),
        json!([["Stop the lorry.", "Ola, Saturday 14:10"], ["Ring back.", "Ola, Saturday 14:10"]])
    );
    page.shot("case");
    begin(&page, "<img src=x onerror=alert(1)>", "Bo");
    tick(&page, "Tell them.");
    assert_eq!(ticks(&page), json!([["Tell them.", "Bo, Saturday 14:10"]]));
    choose(&page, "No case: one list for all");
    assert_eq!(ticks(&page), json!([["Stop the lorry.", ""]]));
    assert_eq!(dues(&page), json!([]));
    choose(&page, "Fjord");
    // The next day: a warning while there is time, and then it is late.
    for (at, how, said) in [
        ("2026-11-29T12:00:00", "soon", "Soon: “Step 2: Ring” is due Sunday 14:10 (in 2 hours)."),
        ("2026-11-29T15:20:00", "late", "Late: “Step 2: Ring” was due Sunday 14:10 (1 hour ago)."),
    ] {
        page.clock_is(at);
        open(&page, &server);
        assert_eq!(page.find(status).text(), said);
        assert_eq!(
            page.js("return document.querySelector('[data-cases-status]').className", &[]),
            json!(how)
        );
        assert_eq!(ticks(&page).as_array().map(Vec::len), Some(2), "the case is still open after a reload");
    }
    tick(&page, "=Say sorry");
    assert_eq!(page.find(status).text(), "Next: “Step 3: Tell”, due Tuesday (in 2 days).");
    assert_eq!(dues(&page)[0], json!(["case-due done", "Done; was due Sunday 14:10"]));
    // Both files, safe for a spreadsheet.
    page.js("window.made = []; URL.createObjectURL = (blob) => { blob.text().then((text) => window.made.push(text)); return 'about:blank'; }; HTMLAnchorElement.prototype.click = () => {};", &[]);
    page.js("document.querySelector('[data-cases-csv]').click(); document.querySelector('[data-cases-json]').click()", &[]);
    page.wait("window.made.length === 2");
    let made = page.js("return window.made.sort()", &[]);
    let (table, file) = (made[0].as_str().expect("a table"), made[1].as_str().expect("a file"));
    assert!(
        table.contains("Case,Began,Step,To do,Due,Done,By\r\n")
            && table.contains(",\"'=Say sorry, “once”.\","),
        "{table}"
    );
    let file: Value = serde_json::from_str(file).expect("JSON");
    assert_eq!(
        [&file["case"], &file["tasks"][0]["by"], &file["tasks"][3]["done"]],
        [&json!("Fjord"), &json!("Ola"), &json!("")]
    );
    // Closed, open again, deleted, and back.
    let push = |name: &str| {
        page.js("document.querySelector(`[data-cases-${arguments[0]}]`).click()", &[json!(name)])
    };
    push("close");
    assert!(page.find(status).text().starts_with("Closed Sunday"));
    push("undo");
    assert!(page.find(status).text().starts_with("Next:"));
    push("delete");
    assert_eq!(ticks(&page), json!([["Stop the lorry.", ""]]));
    push("undo");
    assert_eq!(ticks(&page).as_array().map(Vec::len), Some(3));
    // What others have left in the storage is no case.
    page.js("localStorage['ringback.case./playbooks/right/.x'] = '{}'; localStorage['ringback.case./playbooks/right/.y'] = '<'", &[]);
    open(&page, &server);
    assert_eq!(page.js("return document.querySelector('#case-which').options.length", &[]), json!(3));
    page.assert_no_errors();
}

#[test]
fn a_link_with_ticks_is_about_no_case_and_small_phones_cut_nothing() {
    let site = site(TEXT);
    let server = Server::of(&site.path("public"), Serve::default());
    let Some(page) = Browser::open(Options { screen: Screen::Size(320, 640), ..Options::default() }) else {
        return;
    };
    open(&page, &server);
    begin(&page, "A customer with a very long name, and a second one behind it", "Maximiliane-Antoinette");
    tick(&page, "Ring back.");
    assert_eq!(page.js("return document.documentElement.scrollWidth <= innerWidth", &[]), json!(true));
    page.shot("case-small");
    let key = page.js("return document.querySelector('[data-task]').dataset.task", &[]);
    page.goto("about:blank");
    page.goto(&server.url(&format!("{PATH}#ticks={}", key.as_str().expect("a key"))));
    page.wait("document.querySelector('[data-cases][data-ready]')");
    assert_eq!(ticks(&page), json!([["Stop the lorry.", ""]]));
    choose(&page, "A customer with a very long name, and a second one behind it");
    assert_eq!(ticks(&page).as_array().map(Vec::len), Some(1));
    // A playbook without cases loads nothing of it.
    let plain = self::site(&TEXT.replace("cases: true\n", ""));
    let html = plain.read("public/playbooks/right/index.html");
    assert!(
        !html.contains("cases.") && html.contains("data-due=\"within 86400\"") && html.contains("within 24h"),
        "{html}"
    );
    page.assert_no_errors();
}

#[test]
fn the_page_of_today_has_the_cases_that_are_open() {
    let second = TEXT.replace("title: Put it right", "title: Andra saker");
    let site = Site::empty()
        .with(
            "ringback.yaml",
            format!(
                "{CONFIG}{NO_ADVICE}languages: {{en: {{label: English, locale: en-GB}}, sv: {{label: Svenska}}}}\n\
                 editions: {{public: {{output: public, audiences: [public]}}, team: {{output: team, audiences: [public, team]}}}}\n"
            ),
        )
        .with("content/playbooks/right.md", TEXT)
        .with("content/playbooks/right.sv.md", &second);
    site.build();
    assert!(!site.path("public/today/index.html").exists());
    let server = Server::of(&site.path("team"), Serve::default());
    let Some(page) = Browser::open(Options { screen: Screen::Size(320, 640), ..Options::default() }) else {
        return;
    };
    page.clock_is("2026-11-28T14:10:00");
    let today = |path: &str| {
        page.goto("about:blank");
        page.goto(&server.url(path));
        page.wait("document.querySelector('[data-today-cases][data-ready]')");
    };
    let rows = "return [...document.querySelectorAll('[data-today-cases] li')].map((row) => [row.className, row.querySelector('h3').textContent, row.querySelector('.when').textContent])";
    today("/today/");
    assert_eq!(page.js(rows, &[]), json!([]));
    assert!(page.find("[data-today-no-cases]").is_visible());
    open(&page, &server);
    for name in ["Fjord", "Dal", "Closed"] {
        begin(&page, name, "Ola");
    }
    page.js("document.querySelector('[data-cases-close]').click()", &[]);
    choose(&page, "Dal");
    tick(&page, "Ring back.");
    tick(&page, "=Say sorry");
    page.goto("about:blank");
    page.goto(&server.url("/sv/playbooks/right/"));
    page.wait("document.querySelector('[data-cases][data-ready]')");
    begin(&page, "<b>Ås</b>", "Ola");
    today("/today/");
    assert_eq!(
        page.js(rows, &[]),
        json!([
            [
                "",
                "Fjord",
                "Next: “Step 2: Ring”, due Sunday 14:10 (in 24 hours). Put it right · began Saturday 14:10"
            ],
            [
                "",
                "<b>Ås</b>",
                "Next: “Step 2: Ring”, due Sunday 14:10 (in 24 hours). Andra saker · began Saturday 14:10"
            ],
            ["", "Dal", "Next: “Step 3: Tell”, due Tuesday (in 3 days). Put it right · began Saturday 14:10"],
        ])
    );
    page.shot("today-cases");
    // The day after, two are due; a link opens the case that it names, not the one that was open last.
    page.clock_is("2026-11-29T15:20:00");
    today("/sv/today/");
    let said = page.js(rows, &[]);
    assert_eq!([&said[0][0], &said[2][0]], [&json!("due"), &json!("")]);
    assert!(said[0][2].as_str().is_some_and(|text| text.starts_with("Försenat:")), "{said}");
    page.js("document.querySelector('[data-today-cases] a').click()", &[]);
    page.wait("document.querySelector('[data-cases][data-ready]')");
    assert_eq!(
        page.js("return [document.querySelector('#case-which').selectedOptions[0].text, location.hash]", &[]),
        json!(["Fjord", ""])
    );
    assert_eq!(page.js("return document.documentElement.scrollWidth <= innerWidth", &[]), json!(true));
    page.assert_no_errors();
}
