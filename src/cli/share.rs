//! `ringback share`: the link, the texts and the QR code of one page in somebody's name, to be pasted.

use serde::Serialize;

use super::flags::ShareFlags;
use super::{Settings, Status, print, print_json, print_made, refuse};
use crate::commands::lookup::LookupError;
use crate::commands::share::{ShareRequest, Shared};
use crate::diag::Diagnostics;
use crate::sales::sharing::ShareLink;

/// What is asked for, apart from the site.
pub(super) struct ShareArguments {
    page: String,
    rep: String,
    to: String,
    opens: ShareLink,
    shows: ShareOutput,
}

/// Which part of the share kit is printed.
enum ShareOutput {
    Texts,
    Json,
    Qr,
}

impl From<&ShareFlags> for ShareArguments {
    fn from(flags: &ShareFlags) -> Self {
        let shows = match (flags.qr, flags.json) {
            (true, _) => ShareOutput::Qr,
            (_, true) => ShareOutput::Json,
            _ => ShareOutput::Texts,
        };
        Self {
            page: flags.page.clone(),
            rep: flags.rep.clone(),
            to: flags.to.clone(),
            opens: if flags.unlock { ShareLink::Gate } else { ShareLink::Form },
            shows,
        }
    }
}

impl Settings {
    /// Prints what there is to hand on of a page.
    pub(super) fn share(&self, asked: &ShareArguments) -> Status {
        let mut diagnostics = Diagnostics::new();
        let wanted = ShareRequest { page: &asked.page, rep: &asked.rep, to: &asked.to, opens: asked.opens };
        let shared =
            match crate::commands::share::share(&self.project, &self.options, wanted, &mut diagnostics) {
                None => return self.report(&diagnostics.sorted(), ": nothing was printed"),
                Some(Err(refused)) => return refuse(&refused),
                Some(Ok(shared)) => shared,
            };
        if asked.opens == ShareLink::Gate && shared.unlock.is_none() {
            let message = format!("`{}` has no gate, or its key can't be made here", asked.page);
            let help = "leave out `--unlock`, or set the site's secret as the environment variable `RINGBACK_SECRET`";
            return refuse(&LookupError { message, help: vec![help.into()] });
        }
        match (&asked.shows, &shared.qr) {
            (ShareOutput::Texts, _) => print(&format_shared(&shared)),
            (ShareOutput::Json, _) => print_json(&document(&shared, &asked.to)),
            (ShareOutput::Qr, Some(svg)) => print_made(svg),
            (ShareOutput::Qr, None) => {
                let message = "the address is too long for a QR code".to_string();
                return refuse(&LookupError {
                    message,
                    help: vec!["give the page a shorter `slug:`".into()],
                });
            }
        }
        Status::Fine
    }
}

fn format_shared(shared: &Shared) -> String {
    let Shared { title, lang, name, link, unlock, texts, .. } = shared;
    let unlock = unlock
        .as_ref()
        .map(|link| format!("\nOpens the rest without the form:\n{link}\n"))
        .unwrap_or_default();
    format!(
        "{title} ({lang}), shared by {name}\n\n\
         Link:\n{link}\n{unlock}\n\
         Email, subject:\n{}\n\n\
         Email:\n{}\n\n\
         LinkedIn:\n{}\n\n\
         Text message:\n{}\n",
        texts.subject, texts.email, texts.linkedin, texts.sms
    )
}

/// What `ringback share` prints for programs.
#[derive(Serialize)]
struct SharedPage<'a> {
    page: PageName<'a>,
    rep: RepName<'a>,
    to: &'a str,
    link: &'a str,
    unlock: Option<&'a str>,
    email: Message<'a>,
    linkedin: Message<'a>,
    sms: Message<'a>,
}

#[derive(Serialize)]
struct PageName<'a> {
    title: &'a str,
    lang: &'a str,
}

#[derive(Serialize)]
struct RepName<'a> {
    id: &'a str,
    name: &'a str,
}

/// A text to send, and the address that opens the program for it with the text in place.
#[derive(Serialize)]
struct Message<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    subject: Option<&'a str>,
    text: &'a str,
    href: &'a str,
}

fn document<'a>(shared: &'a Shared, to: &'a str) -> SharedPage<'a> {
    let texts = &shared.texts;
    let message = |text, href| Message { subject: None, text, href };
    SharedPage {
        page: PageName { title: &shared.title, lang: &shared.lang },
        rep: RepName { id: &shared.rep, name: &shared.name },
        to,
        link: &shared.link,
        unlock: shared.unlock.as_deref(),
        email: Message { subject: Some(&texts.subject), ..message(&texts.email, &texts.mailto) },
        linkedin: message(&texts.linkedin, &texts.linkedin_url),
        sms: message(&texts.sms, &texts.sms_href),
    }
}
