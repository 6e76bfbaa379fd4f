//! The page on which visitors confirm their address: in each language, by keyboard, without scripts, on a phone and in the dark.

use serde_json::json;

use super::super::{Browser, Options, Screen, Scripts};
use crate::relay::{FORM, Kept, hash, lead, post_to};
use crate::relay_confirm::{Post, link};

#[test]
fn visitors_confirm_in_their_language_by_keyboard_and_without_scripts() {
    let mut post = Post::start(&Kept::File, &format!("confirm: email\n{FORM}"));
    let config = post.site.read("ringback.yaml");
    post.site.write("ringback.yaml", config.replace("sv: {}}", "sv: {}, nb: {}}"));
    // A language is one of the site's where it has a page.
    post.site.write("content/pages/guide.nb.md", "---\ntitle: Guiden\n---\n\nEn linje.\n\n[form:guide]\n");
    let form = post.site.read("content/forms/guide.yaml");
    post.site
        .write("content/forms/guide.yaml", form.replace("sv: Ring mig.}", "sv: Ring mig., nb: Ring meg.}"));
    post.restart();
    let Some(page) = Browser::open(Options { scripts: Scripts::Off, ..Options::default() }) else { return };
    let languages = [
        (
            "en",
            "You may ring me.",
            "Is this your email address?",
            "Thank you. Your email address is confirmed",
        ),
        ("sv", "Ring mig.", "Är det här din e-postadress?", "Tack. Din e-postadress är bekräftad"),
        ("nb", "Ring meg.", "Er dette e-postadressen din?", "Takk. E-postadressen din er bekreftet"),
    ];
    for (number, (lang, consent, title, done)) in languages.into_iter().enumerate() {
        let mut asks = lead(number);
        asks["data"]["page"]["lang"] = json!(lang);
        asks["data"]["consent"][0]["text_sha256"] = json!(hash(consent));
        assert_eq!(post_to(post.relay(), &asks).status, 200);
        let email = post.emails(number + 1).remove(number);
        if let Some(folder) = std::env::var_os("RINGBACK_SHOTS") {
            let _ = std::fs::write(std::path::Path::new(&folder).join(format!("confirm-{lang}.txt")), &email);
        }
        page.goto(&post.relay().url(&link(&email)));
        assert!(page.find("h1").text().starts_with(title), "{lang}: {}", page.find("h1").text());
        assert_eq!(page.js("return document.documentElement.lang", &[]), lang);
        page.shot(&format!("confirm-{lang}"));
        page.screen(Screen::Size(320, 640));
        assert_eq!(page.js("return document.documentElement.scrollWidth > innerWidth", &[]), false, "{lang}");
        page.screen(Screen::Phone);
        page.media("prefers-color-scheme", "dark");
        page.shot(&format!("confirm-{lang}-phone-dark"));
        page.press("Tab");
        assert_eq!(page.focused().role(), "button", "{lang}");
        page.press("Enter");
        page.wait("!document.querySelector('form')");
        assert!(page.find("h1").text().starts_with(done), "{lang}: {}", page.find("h1").text());
        page.shot(&format!("confirm-{lang}-done"));
        page.media("prefers-color-scheme", "light");
        page.screen(Screen::Desktop);
    }
    post.wait_for_crm(3);
    page.assert_no_errors();
    page.goto(&post.relay().url("/confirm?lead=lead_01JD0000000000000000000000&lang=nb&sign=00"));
    page.shot("confirm-gone");
}
