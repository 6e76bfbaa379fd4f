//! Forms and gates as people see them, on a phone and a desk, by day and by night. The pictures are for people; that
//! nothing is wider than the screen is for the test.

use super::super::{Options, Screen};
use super::Visitor;
use super::gates::{GUIDE, stage};
use super::receiver::Reply::Status;

#[test]
fn forms_and_gates_fit_every_screen() {
    let stage = stage();
    let Some(visitor) = Visitor::with(&stage, Options { screen: Screen::Phone, ..Options::default() }) else {
        return;
    };
    for (screen, size) in [(Screen::Phone, "phone"), (Screen::Desktop, "desktop")] {
        visitor.page.screen(screen);
        for scheme in ["light", "dark"] {
            visitor.page.media("prefers-color-scheme", scheme);
            let shot = |css: &str, name: &str| {
                visitor.page.js("document.querySelector(arguments[0]).scrollIntoView()", &[css.into()]);
                visitor.page.shot(&format!("leads-{name}-{size}-{scheme}"));
                let wider =
                    "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
                assert_eq!(visitor.page.js(wider, &[]), 0, "{name} on a {size}");
            };
            visitor.open_anew(GUIDE);
            shot("[data-gate]", "gate");
            visitor.send();
            visitor.until("wrong");
            shot("[data-lead]", "gate-wrong");
            visitor.fill();
            visitor.press_send();
            visitor.until_open();
            shot("[data-gate]", "gate-open");
            visitor.open_anew("/contact/");
            shot("[data-lead]", "form");
            stage.receiver.will([Status(503)]);
            visitor.fill();
            visitor.paste("message", "How?");
            visitor.press_send();
            visitor.until("sure");
            shot("[data-lead] [type=submit]", "form-sure");
            visitor.page.find("[data-lead-sure]").click();
            visitor.until("waiting");
            shot("[data-lead]", "form-waiting");
            visitor.open_anew("/contact/");
            stage.receiver.will([Status(400)]);
            visitor.fill();
            visitor.paste("message", "How?");
            visitor.send();
            visitor.until("refused");
            shot("[data-lead] [type=submit]", "form-refused");
            visitor.open("/thanks/contact/");
            shot("body", "thanks");
        }
    }
    visitor.assert_only_the_network_failed();
}
