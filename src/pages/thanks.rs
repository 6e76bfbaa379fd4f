//! The thank-you page of a form.

use serde::Serialize;

use super::form::words_in;
use super::form_text::FormText;
use super::linked::Edition;
use super::subject::{Subject, generated_page, word};
use crate::config::LangId;
use crate::content::form::FormId;
use crate::leads::forms;
use crate::theme::values::Html;

/// What `thanks.html` gets.
#[derive(Debug, Serialize)]
pub(super) struct ThanksPage<'a> {
    /// What is said when the form has been sent.
    thanks: ThanksView<'a>,
}

/// What a form's thank-you page says.
#[derive(Debug, Serialize)]
struct ThanksView<'a> {
    /// The page's title, from the theme's strings.
    title: String,
    /// What the form says once it has been sent, without links; `null` if the form is only behind gates.
    message: Option<&'a str>,
    /// The same with its links.
    message_html: Option<Html>,
    /// The id of the form that was sent.
    form: &'a str,
}

/// What a thank-you page says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Thanks {
    /// What the form has for those who have sent it.
    InItsWords,
    /// Thanks alone: the form is behind a gate, and so are its words.
    Plain,
}

/// The thank-you page of a form, given by its index, in a language.
pub(super) fn page(
    linked: &Edition,
    form: FormId,
    (lang, says): (LangId, Thanks),
) -> (Subject, ThanksPage<'_>) {
    let site = &linked.site;
    let text = FormText::new(linked, form, lang);
    let form = &site.content.forms[form];
    let title = word(linked, lang, "thank_you", "Thank you");
    let message = Some(&form.thank_you.message).filter(|_| says == Thanks::InItsWords);
    let thanks = ThanksView {
        title: title.clone(),
        message: message.and_then(|message| words_in(site, message, lang)),
        message_html: message.and_then(|message| text.html(message)),
        form: &form.id,
    };
    let view = ThanksPage { thanks };
    (
        generated_page(linked, lang, title, "thanks.html", &|lang| Some(forms::thanks_url(site, form, lang))),
        view,
    )
}
