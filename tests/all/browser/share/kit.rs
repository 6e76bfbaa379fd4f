//! The kit: who shares is chosen once, and what is copied is what `ringback share` prints.

use ringback::sales::sharing::qr;
use serde_json::{Value, json};

use super::super::{Browser, Options, Scripts};
use super::{ARTICLE, GUIDE, serve};
use crate::support::Site;

/// Opens the panel of the page that is open.
fn open(page: &Browser) {
    // Nothing is clicked while it still scrolls.
    page.media("prefers-reduced-motion", "reduce");
    page.find("[data-share] > summary").click();
    page.wait("document.querySelector('[data-share-rep]').options.length > 1");
}

fn choose(page: &Browser, rep: &str) {
    let change = "const select = document.querySelector('[data-share-rep]');
        select.value = arguments[0]; select.dispatchEvent(new Event('change'))";
    page.js(change, &[rep.into()]);
}

fn text(page: &Browser, name: &str) -> Value {
    page.find(&format!("[data-share-text={name}]")).property("value")
}

/// What the command line gives.
fn printed(site: &Site, arguments: &[&str]) -> Value {
    let run = site.run(&[&["share", "--rep", "ola-dahl", "--to", "Kim", "--json"], arguments].concat());
    serde_json::from_str(&run.stdout).unwrap_or_else(|_| panic!("{}", run.stderr))
}

/// What is on the page, as the command line shows it.
fn read_kit(page: &Browser) -> Value {
    let href = |name: &str| page.find(&format!("[data-share-go={name}]")).attribute("href");
    json!({
        "email": {"subject": text(page, "subject"), "text": text(page, "email"), "href": href("mail")},
        "linkedin": {"text": text(page, "linkedin"), "href": href("post")},
        "sms": {"text": text(page, "sms"), "href": href("message")},
    })
}

#[test]
fn texts_are_those_of_the_command_line_in_every_language() {
    let (site, server) = serve("team");
    let Some(page) = Browser::open(Options::default()) else { return };
    for path in [
        ARTICLE,
        GUIDE,
        "/sv/insights/a-crm-people-want-to-fill-in/",
        "/nb/insights/objections-are-questions/",
        "/contact/",
    ] {
        let path = if site.path(&format!("team{path}index.html")).exists() { path } else { continue };
        page.goto(&server.url(path));
        open(&page);
        choose(&page, "ola-dahl");
        page.find("[data-share-to]").focus();
        page.js("document.querySelector('[data-share-to]').value = ''", &[]);
        page.type_text(" Kim ");
        let mut expected = printed(site, &[path]);
        assert_eq!(text(&page, "link"), expected["link"], "{path}");
        let unlock = expected["unlock"].clone();
        for key in ["page", "rep", "to", "link", "unlock"] {
            expected.as_object_mut().expect("an object").remove(key);
        }
        assert_eq!(read_kit(&page), expected, "{path}");
        let has_gate = !page.find_all("[data-share-open]").is_empty();
        assert_eq!(has_gate, unlock.is_string(), "{path}");
        if has_gate {
            page.find("[data-share-open]").click();
            assert_eq!(text(&page, "link"), unlock, "{path}");
            let expected = printed(site, &[path, "--unlock"]);
            assert_eq!(read_kit(&page)["email"], expected["email"], "{path}");
            assert_eq!(read_kit(&page)["linkedin"], expected["linkedin"], "{path}");
        }
    }
    page.assert_no_errors();
}

#[test]
fn one_click_copies_and_a_browser_that_refuses_has_it_marked() {
    let (_site, server) = serve("team");
    let Some(page) = Browser::open(Options::default()) else { return };
    page.goto(&server.url(ARTICLE));
    open(&page);
    // Nobody is chosen yet: the link says nothing of anybody.
    assert!(!text(&page, "link").to_string().contains("via"));
    assert!(page.find("[data-share-nobody]").is_visible());
    choose(&page, "anna-berg");
    assert!(!page.find("[data-share-nobody]").is_visible());
    // The words go away again after a moment, perhaps sooner than a slow driver looks.
    let copied = "globalThis.copied = []; globalThis.said = [];
        navigator.clipboard.writeText = async (text) => { copied.push(text) };
        for (const place of document.querySelectorAll('[data-share-status], [data-share-copy]')) {
          new MutationObserver(() => said.push(place.textContent)).observe(place, { childList: true, subtree: true });
        }";
    page.js(copied, &[]);
    for (name, label) in
        [("link", "Link"), ("subject", "Subject"), ("email", "Email"), ("sms", "Text message")]
    {
        page.js("said.length = 0", &[]);
        page.find(&format!("[data-share-copy={name}]")).click();
        page.wait(&format!("copied.at(-1) === document.querySelector('[data-share-text={name}]').value"));
        page.wait(&format!("said.includes('Copied') && said.includes('Copied {label}')"));
    }
    // Plain http has no clipboard, and some browsers not even the old way.
    let refuse = "navigator.clipboard.writeText = () => Promise.reject(); document.execCommand = () => false";
    page.js(refuse, &[]);
    page.find("[data-share-copy=email]").click();
    page.wait("document.querySelector('[data-share-status]').textContent.includes('Ctrl+C')");
    let marked = "const field = document.activeElement; return field.value.slice(field.selectionStart, field.selectionEnd)";
    assert_eq!(page.js(marked, &[]), text(&page, "email"));

    // Remembered for the call player, too, as long as there is such a rep.
    assert_eq!(page.js("return localStorage['ringback.rep']", &[]), "anna-berg");
    page.goto(&server.url(GUIDE));
    open(&page);
    page.wait("document.querySelector('[data-share-rep]').value === 'anna-berg'");
    assert!(text(&page, "link").to_string().contains("?via=anna-berg"));
    for gone in ["kim", "__proto__", "constructor", "\"", ""] {
        page.js("localStorage['ringback.rep'] = arguments[0]", &[gone.into()]);
        page.reload();
        open(&page);
        assert_eq!(page.find("[data-share-rep]").property("value"), "", "{gone}");
        assert!(!text(&page, "link").to_string().contains("via"), "{gone}");
    }
    // Words are never more than words.
    page.find("[data-share-to]").focus();
    page.type_text("<img src=x onerror=alert(1)> {link}");
    assert!(text(&page, "email").to_string().contains("Hi <img src=x onerror=alert(1)> {link},"));
    page.assert_no_errors();
}

#[test]
fn the_image_has_the_face_and_the_number_of_the_rep() {
    let (_site, server) = serve("team");
    let Some(page) = Browser::open(Options::default()) else { return };
    // One with a cover, and one with a card.
    for (path, name) in
        [(ARTICLE, "the-hour-after-a-mistake"), ("/playbooks/first-meeting/", "first-meeting")]
    {
        page.goto(&server.url(path));
        page.js("delete localStorage['ringback.rep']", &[]);
        open(&page);
        assert!(page.find("[data-share-image]").is_visible(), "{path}");
        assert!(page.find_all(".kit-image canvas").is_empty(), "{path}");
        choose(&page, "ola-dahl");
        page.wait("document.querySelector('.kit-image canvas')");
        assert!(!page.find("[data-share-image]").is_visible(), "{path}");
        let label = page.find(".kit-image canvas").attribute("aria-label").unwrap_or_default();
        assert!(label.contains("Ola Dahl – +46 8 465 004 12"), "{label}");
        // Points that aren't paper, where the face, the name and the number are, and beside them.
        let points = "const canvas = document.querySelector('.kit-image canvas');
            const pen = canvas.getContext('2d'), paper = [251, 248, 241];
            const drawn = (place) => {
              const { data } = pen.getImageData(...place);
              let count = 0;
              for (let at = 0; at < data.length; at += 4) count += paper.some((value, channel) => Math.abs(value - data[at + channel]) > 8);
              return count;
            };
            return [canvas.width, canvas.height, ...[[90, 520, 80, 80], [212, 520, 200, 80], [800, 520, 320, 80], [0, 495, 70, 135]].map(drawn)]";
        let found = page.js(points, &[]);
        let numbers: Vec<u64> = found.as_array().expect("numbers").iter().filter_map(Value::as_u64).collect();
        let [1200, 630, face, name_drawn, number, beside] = numbers[..] else { panic!("{path}: {found}") };
        assert!(face > 4_000 && name_drawn > 800 && number > 1_500, "{path}: {found}");
        assert_eq!(beside, 0, "{path}: {found}");
        // It is kept under a name that says whose it is.
        let hook = "globalThis.kept = []; HTMLAnchorElement.prototype.click = function () { kept.push(this.download, this.href) }";
        page.js(hook, &[]);
        page.find("[data-share-image-save]").click();
        page.wait("globalThis.kept.length === 2");
        let kept = page.js("return kept[0]", &[]).to_string();
        assert!(kept.starts_with(&format!("\"{name}-ola-dahl.")), "{kept}");
        choose(&page, "");
        page.wait("!document.querySelector('.kit-image canvas')");
        assert!(page.find("[data-share-image]").is_visible(), "{path}");
    }
    page.assert_no_errors();
}

#[test]
fn the_code_in_the_browser_is_that_of_the_command_line() {
    let (_site, server) = serve("team");
    let Some(page) = Browser::open(Options::default()) else { return };
    page.goto(&server.url(ARTICLE));
    let draw = "const { qr } = await import(document.querySelector('script[src*=\"js/share.\"]').src);
        return qr(arguments[0])?.map((row) => row.map(Number).join('')) ?? null";
    let long = "https://svarton.example/å/?via=ola-dahl&x=".repeat(60);
    // Each length needs another size of code, up to the largest.
    for length in [0, 14, 15, 60, 122, 213, 400, 1_000, 1_700, 2_331] {
        let end = (0..=length).rev().find(|end| long.is_char_boundary(*end)).expect("0 is one");
        let text = &long[..end];
        let rows = qr::modules(text).expect("it fits");
        let rows = rows
            .iter()
            .map(|row| row.iter().map(|dark| char::from(b'0' + u8::from(*dark))).collect::<String>());
        assert_eq!(page.js_async(draw, &[text.into()]), json!(rows.collect::<Vec<_>>()), "{length} bytes");
    }
    assert_eq!(page.js_async(draw, &["x".repeat(2_332).into()]), Value::Null);
    open(&page);
    choose(&page, "ola-dahl");
    let label = page.find("[data-share-qr] svg").attribute("aria-label").expect("a label");
    assert!(label.ends_with("/insights/the-hour-after-a-mistake/?via=ola-dahl"), "{label}");
    page.assert_no_errors();
}

#[test]
fn without_scripts_the_texts_are_there_in_nobodys_name() {
    let (_site, server) = serve("team");
    let Some(page) = Browser::open(Options { scripts: Scripts::Off, ..Options::default() }) else { return };
    page.goto(&server.url(ARTICLE));
    page.find("[data-share] > summary").click();
    let email = page.find("[data-share-text=email]");
    assert!(
        email.is_visible() && email.text().contains("svarton.example/insights/the-hour-after-a-mistake/")
    );
    assert!(
        !page.find("[data-share-rep]").is_visible() && !page.find("[data-share-copy=email]").is_visible()
    );
    page.assert_no_errors();
}
