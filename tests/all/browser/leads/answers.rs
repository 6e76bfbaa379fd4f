//! What may be answered, what is sent of it, and how a visitor is told what is wrong.

use serde_json::{Value, json};

use super::{Stage, Visitor, assert_valid};

/// For a language: its path, and what is said about a name that is missing, an address that is none, one of a free mail
/// service, a consent that is missing, and three of them.
const WORDS: &[(&str, [&str; 5])] = &[
    (
        "/crm/",
        [
            "Please fill this in.",
            "This doesn’t look like an email address. It needs an @ and a domain, such as name@company.com.",
            "Please use your work email. This one is from a free email provider.",
            "Please agree to this so that we can accept your details.",
            "3 answers need another look.",
        ],
    ),
    (
        "/sv/crm/",
        [
            "Fyll i det här.",
            "Det ser inte ut som en e-postadress. Den ska ha ett @ och en domän, till exempel namn@foretag.se.",
            "Använd din adress på jobbet. Den här hör till en gratis e-posttjänst.",
            "Vi behöver ditt ja här innan vi kan ta emot dina uppgifter.",
            "3 av svaren behöver ses över.",
        ],
    ),
    (
        "/nb/crm/",
        [
            "Fyll ut dette.",
            "Dette ser ikke ut som en e-postadresse. Den må ha en @ og et domene, for eksempel navn@bedrift.no.",
            "Bruk adressen din på jobben. Denne hører til en gratis e-posttjeneste.",
            "Vi trenger et ja her før vi kan ta imot opplysningene dine.",
            "3 av svarene må ses på en gang til.",
        ],
    ),
];

#[test]
fn what_is_wrong_is_said_beside_it_in_the_language_of_the_page() {
    let stage = Stage::new();
    let Some(visitor) = Visitor::new(&stage) else { return };
    for (path, [required, email, free_mail, consent, many]) in WORDS {
        visitor.open_anew(path);
        visitor.paste("company", "Fjord");
        visitor.paste("email", "kim(at)fjord");
        visitor.send();
        visitor.until("wrong");
        let said = ["name", "email", "company", "contact"].map(|field| visitor.error(field));
        assert_eq!(said, [required, email, "", consent], "{path}");
        assert_eq!(visitor.status(), *many);
        assert_eq!(visitor.page.find("[data-lead-status]").role(), "status");
        // The first one has the focus, and a screen reader says why.
        let described = "const input = document.activeElement;
            const about = document.getElementById(input.getAttribute('aria-describedby').split(' ').at(-1));
            return [input.name, input.ariaInvalid, about.textContent, about.checkVisibility()]";
        assert_eq!(visitor.page.js(described, &[]), json!(["name", "true", required, true]), "{path}");
        let invalid = "return [...document.querySelectorAll('[data-lead] [aria-invalid=true]')].map((input) => input.name)";
        assert_eq!(visitor.page.js(invalid, &[]), json!(["name", "email", "consent_contact"]), "{path}");

        // What is put right is right at once; what was not asked about yet stays quiet.
        visitor.paste("name", "Kim");
        visitor.page.wait("!document.querySelector('[data-field=name] input').ariaInvalid");
        assert_eq!(visitor.error("name"), "");
        visitor.paste("email", "kim@Gmail.com");
        visitor.page.wait(&format!(
            "document.querySelector('[data-field=email] [data-lead-error]').textContent === {}",
            json!(free_mail)
        ));
        visitor.agree("contact");
        visitor.press_send();
        visitor.page.wait("document.activeElement.name === 'email'");
        assert_eq!(visitor.error("contact"), "");
        visitor.paste("email", "kim@fjord.example");
        visitor.press_send();
        visitor.until("confirmed");
        let lead = stage.receiver.only().lead();
        assert_valid(&lead);
        let lang = path.trim_start_matches('/').split('/').next().filter(|lang| *lang != "crm");
        assert_eq!(lead["data"]["page"]["lang"], lang.unwrap_or("en"));
        assert_eq!(lead["data"]["consent"][0]["lang"], lang.unwrap_or("en"));
    }
    visitor.page.assert_no_errors();
}

#[test]
fn limits_are_told() {
    let stage = Stage::new();
    let Some(visitor) = Visitor::new(&stage) else { return };
    visitor.open_anew("/crm/");
    visitor.fill();
    let wrong = [
        ("seats", "1", "This must be at least 2."),
        ("seats", "501", "This can be at most 500."),
        ("phone", "12", "This doesn’t look like a phone number. With the country code, it starts with +."),
        (
            "phone",
            "+0 123 456",
            "This doesn’t look like a phone number. With the country code, it starts with +.",
        ),
    ];
    for (field, text, words) in wrong {
        visitor.paste(field, text);
        visitor.send();
        visitor.page.wait(&format!(
            "document.querySelector('[data-field={field}] [data-lead-error]').textContent === {}",
            json!(words)
        ));
        assert_eq!(
            (visitor.state().as_str(), visitor.status().as_str()),
            ("wrong", "One answer needs another look.")
        );
        visitor.paste(field, "");
    }
    // Longer than any field may be.
    let long = "å".repeat(10_001);
    visitor.paste("message", &long);
    visitor.press_send();
    visitor.page.wait("document.activeElement.name === 'message'");
    assert_eq!(visitor.error("message"), "That is 10001 characters; the limit is 10000.");
    visitor.paste("message", &long[..20_000]);
    visitor.press_send();
    visitor.until("confirmed");
    assert_eq!(stage.receiver.only().fields()["message"], long[..20_000]);
    visitor.page.assert_no_errors();
}

#[test]
fn addresses_numbers_and_names_are_tidied_and_nothing_more() {
    let stage = Stage::new();
    let Some(visitor) = Visitor::new(&stage) else { return };
    // A number at home begins with a zero in Sweden, where the organization is.
    let numbers = [
        ("070-123 45 67", "+46701234567"),
        ("0701234567", "+46701234567"),
        ("08-465 004 10", "+46846500410"),
        ("+46 70 123 45 67", "+46701234567"),
        ("+46 (0)70-123 45 67", "+46701234567"),
        ("+46 070 123 45 67", "+46701234567"),
        ("0046701234567", "+46701234567"),
        ("tel:+46-70-123-45-67", "+46701234567"),
        ("(070) 123.45.67", "+46701234567"),
        ("+47 22 33 44 55", "+4722334455"),
        ("０７０−１２３ ４５ ６７", "+46701234567"),
        // What can't be told stays as it was typed.
        ("465 004 10", "465 004 10"),
        ("08-465 004 10 ext. 12", "08-465 004 10 ext. 12"),
    ];
    let addresses = [
        ("Kim+News@FJORD.Example", "Kim+News@fjord.example"),
        ("kim@blåbär.example", "kim@xn--blbr-noae.example"),
        ("  kim.o'hara@sub.fjord.example ", "kim.o'hara@sub.fjord.example"),
        ("MAILTO:kim@fjord.example?subject=Hello%20there", "kim@fjord.example"),
    ];
    let names = [
        ("<script>alert(\"1\")</script>", "<script>alert(\"1\")</script>"),
        ("Åsa 🙂👩‍👩‍👧 “Öst” 'O''Neil' & {{ t }}", "Åsa 🙂👩‍👩‍👧 “Öst” 'O''Neil' & {{ t }}"),
        ("A\u{30a}sa\u{a0} \t Berg\u{0}", "Åsa Berg"),
    ];
    let mut rows: Vec<[(&str, &str); 3]> = Vec::new();
    for index in 0..numbers.len() {
        rows.push([names[index % names.len()], addresses[index % addresses.len()], numbers[index]]);
    }
    // One page for all: after each, the visitor fills it in once more.
    visitor.open_anew("/crm/");
    for [name, email, phone] in rows {
        let row = [("name", name), ("email", email), ("phone", phone), ("company", ("Fjord", "Fjord"))];
        for (field, (typed, _)) in row {
            visitor.paste(field, typed);
        }
        visitor.agree("contact");
        visitor.send();
        visitor.until("confirmed");
        let post = stage.receiver.only();
        assert_valid(&post.lead());
        let expected: Value =
            row.iter().map(|(field, (_, sent))| ((*field).to_string(), json!(sent))).collect();
        assert_eq!(post.fields(), expected);
        stage.receiver.forget();
        visitor.page.find("[data-lead-again]").click();
    }
    visitor.page.assert_no_errors();
}

#[test]
fn a_form_that_somebody_has_changed_sends_no_more_than_it_was_made_for() {
    let stage = Stage::new();
    let Some(visitor) = Visitor::new(&stage) else { return };
    visitor.open_anew("/crm/");
    visitor.page.js(
        "const form = document.querySelector('[data-lead] form');
         form.insertAdjacentHTML('beforeend', '<div data-field=admin><input name=admin value=1><p data-lead-error></p></div><input name=extra value=2>');
         for (const input of form.elements) input.removeAttribute('required');",
        &[],
    );
    visitor.fill();
    visitor.send();
    visitor.until("confirmed");
    let expected = json!({"name": "Kim Berg", "email": "kim@fjord-works.example", "company": "Fjord Works"});
    assert_eq!(stage.receiver.only().fields(), expected);

    for gone in ["[data-field=email]", "[data-consent=contact]"] {
        visitor.open_anew("/crm/");
        visitor.fill();
        visitor.page.js("document.querySelector(arguments[0]).remove()", &[json!(gone)]);
        visitor.send();
        visitor.until("wrong");
        assert_eq!(stage.receiver.posts().len(), 0, "{gone}");
    }
    visitor.page.assert_no_errors();
}

#[test]
fn what_looks_like_a_machine_is_asked_once_more() {
    let stage = Stage::new();
    let Some(visitor) = Visitor::new(&stage) else { return };
    let odd: [(&str, &dyn Fn()); 3] = [
        ("quick", &|| {
            visitor.fill();
            visitor.press_send();
        }),
        ("a trap that is filled in", &|| {
            visitor.fill();
            visitor.page.js("document.querySelector('[data-lead-trap]').value = 'x'", &[]);
            visitor.send();
        }),
        ("a script", &|| {
            let answers = json!(super::visitor::ANSWERS);
            visitor.later(60_000);
            visitor.page.js(
                "for (const [name, value] of arguments[0]) document.querySelector(`[name=${name}]`).value = value;
                 document.querySelector('[name=consent_contact]').checked = true;
                 document.querySelector('[data-lead] form').requestSubmit();",
                &[answers],
            );
        }),
    ];
    for (name, fill) in odd {
        visitor.open_anew("/crm/");
        fill();
        visitor.until("sure");
        assert!(visitor.status().starts_with("That was quick."), "{name}: {}", visitor.status());
        assert_eq!(visitor.page.focused().name(), "Yes, send it", "{name}");
        visitor.page.js("document.querySelector('[data-lead-sure]').click()", &[]);
        visitor.wait_for_sending();
        assert_eq!(stage.receiver.posts().len(), 0, "{name}: a script can't answer that");
        visitor.page.press("Enter");
        visitor.until("confirmed");
        assert_valid(&stage.receiver.only().lead());
    }
    // People don't see the trap, and don't come to it with the keyboard.
    visitor.open_anew("/crm/");
    let trap = visitor.page.find("[data-lead-trap]");
    assert_eq!(
        (trap.property("tabIndex"), trap.attribute("autocomplete").as_deref()),
        (json!(-1), Some("off"))
    );
    let seen = "const { left, right, top, bottom, width, height } = document.querySelector('.trap').getBoundingClientRect();
        return right > 0 && bottom > 0 && width > 1 && height > 1 && left < innerWidth";
    assert_eq!(visitor.page.js(seen, &[]), false);
    visitor.page.assert_no_errors();
}
