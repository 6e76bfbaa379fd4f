//! Tests of what forms say; what is wrong with them is tested word for word in `tests/diagnostics/`.

use super::*;

use crate::config::LangId;

fn config(languages: &str) -> Config {
    let text = format!(
        "title: T\nbase_url: https://example.org/\nlanguages: {{{languages}}}\nwebhooks: {{crm: {{url: \"https://crm.example.org/\"}}}}\n"
    );
    config::read(&text, &|_| None, &mut Diagnostics::new()).unwrap()
}

fn read_in(languages: &str, forms: &[(&str, &str)]) -> (Vec<Form>, Vec<String>) {
    let mut diagnostics = Diagnostics::new();
    let source = |(id, text): &(&str, &str)| (format!("content/forms/{id}.yaml"), text.as_bytes().to_vec());
    let sources: Vec<Source> = forms.iter().map(source).collect();
    let forms = read(&sources, &config(languages), &mut diagnostics);
    (forms, diagnostics.sorted().into_iter().map(|found| found.message).collect())
}

fn read_one(text: &str) -> Form {
    let (mut forms, said) = read_in("en: {}, sv: {}", &[("guide", text)]);
    assert_eq!(said, Vec::<String>::new(), "{text}");
    forms.remove(0)
}

fn ids(form: &Form) -> Vec<&str> {
    form.fields.iter().map(|field| field.id.value.as_str()).collect()
}

#[test]
fn every_built_in_form_is_whole_in_every_language() {
    let languages = ["da", "de", "en", "es", "fi", "fr", "it", "nb", "nl", "pt", "sv"];
    let all: Vec<String> = languages.iter().map(|code| format!("{code}: {{}}")).collect();
    for preset in ["contact", "ring-me-back", "newsletter", "lead"] {
        let (forms, said) = read_in(&all.join(", "), &[("x", &format!("extends: {preset}\nwebhook: crm\n"))]);
        assert_eq!(said, Vec::<String>::new());
        let form = &forms[0];
        // Whoever asks to be answered or called has to agree to nothing.
        let asks = ["newsletter", "lead"].contains(&preset);
        assert!(form.is_valid && asks != form.consent.is_empty(), "{preset}");
        let labels = form.fields.iter().map(|field| &field.label.words);
        let options = form.fields.iter().flat_map(|field| &field.options).map(|option| &option.label);
        let consents = form.consent.iter().map(|consent| &consent.text.words);
        let whole = [&form.title, &form.submit, &form.thank_you.message.words];
        for text in labels.chain(options).chain(consents).chain(whole) {
            for (lang, code) in languages.iter().enumerate() {
                let lang = LangId::new(lang);
                assert!(
                    text.has(lang) && !text.get(lang, LangId::new(0)).is_empty(),
                    "{preset} in {code}: {text:?}"
                );
            }
        }
    }
}

#[test]
fn built_in_words_are_in_the_languages_of_the_site() {
    let text = "extends: lead\nwebhook: crm\n";
    let label = |languages: &str, lang: usize| {
        let (forms, said) = read_in(languages, &[("x", text)]);
        assert_eq!(said, Vec::<String>::new());
        forms[0].fields[0].label.get(LangId::new(lang), LangId::new(0)).to_string()
    };
    assert_eq!(label("pt-br: {}", 0), "Nome");
    assert_eq!(label("en: {}, nn: {}", 1), "Navn");
    // No word of Polish: English, and not that of another language by chance.
    assert_eq!(label("pl: {}", 0), "Name");
}

#[test]
fn a_form_is_merged_with_what_it_extends() {
    let form = read_one(
        "extends: lead\nwebhook: crm\ntitle: Ours\nfields:\n  - {id: phone, required: true, help: Day or night}\n  \
         - {id: company, remove: true}\n  - {id: budget, type: number, min: 1}\nconsent:\n  - {id: contact, version: 2026-11}\n",
    );
    assert_eq!(ids(&form), ["name", "email", "phone", "budget"]);
    let phone = &form.fields[2];
    assert_eq!(
        (phone.kind, phone.required, phone.help.get(LangId::new(0), LangId::new(0))),
        (FieldKind::Tel, true, "Day or night")
    );
    assert_eq!(form.title, Localized::in_all_languages("Ours"));
    assert_eq!(form.consent[0].version.as_deref(), Some("2026-11"));
    assert!(!form.consent[0].required && form.consent[0].text.has(LangId::new(1)));
}

#[test]
fn forms_of_the_site_can_be_extended_too() {
    let forms = [
        ("contact", "extends: contact\nwebhook: crm\nfields: [{id: role}]\n"),
        ("short", "extends: contact\nfields: [{id: message, remove: true}]\n"),
    ];
    let (forms, said) = read_in("en: {}", &forms);
    assert_eq!(said, Vec::<String>::new());
    assert_eq!(ids(&forms[0]), ["name", "email", "phone", "message", "role"]);
    assert_eq!(ids(&forms[1]), ["name", "email", "phone", "role"]);
    assert_eq!(forms[1].webhooks[0].value, "crm");
}

#[test]
fn what_is_not_said_is_known() {
    let form = read_one(
        "webhook: crm\nfields:\n  - {id: first_name}\n  - {id: mail, type: email}\n  - {id: best_time, type: choice, options: [After 17, {id: x, label: {en: X, sv: Ö}}]}\n",
    );
    let [first, mail, time] = form.fields.as_slice() else { panic!("three fields") };
    assert_eq!(
        (first.label.get(LangId::new(1), LangId::new(0)), first.autocomplete.as_deref()),
        ("Förnamn", Some("given-name"))
    );
    assert_eq!(
        (mail.label.get(LangId::new(1), LangId::new(0)), mail.autocomplete.as_deref()),
        ("Mail", Some("email"))
    );
    assert_eq!(time.label.get(LangId::new(0), LangId::new(0)), "Best time");
    let options: Vec<_> = time
        .options
        .iter()
        .map(|option| (option.id.value.as_str(), option.label.get(LangId::new(1), LangId::new(0))))
        .collect();
    assert_eq!(options, [("After 17", "After 17"), ("x", "Ö")]);
    assert_eq!(
        (
            form.submit.get(LangId::new(1), LangId::new(0)),
            form.thank_you.message.get(LangId::new(0), LangId::new(0))
        ),
        ("Skicka", "Thank you. We will be in touch.")
    );
}

#[test]
fn a_mistake_in_one_form_leaves_it_its_name() {
    let (forms, said) = read_in(
        "en: {}",
        &[("a", "fields: [\n"), ("b", "extends: a\n"), ("c", "extends: lead\nwebhook: crm\n")],
    );
    let states: Vec<_> = forms.iter().map(|form| (form.id.as_str(), form.is_valid)).collect();
    assert_eq!(states, [("a", false), ("b", false), ("c", true)]);
    assert_eq!(said.len(), 1, "{said:?}");
}
