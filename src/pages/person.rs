//! A person: as the author of something, and on their own page.

use serde::Serialize;

use super::author::{Author, author};
use super::card::PageView;
use super::linked::Edition;
use super::list::{List, ListPage, More};
use super::parts::{Image, language_name};
use super::speaker::{SpeakerView, speaker};
use super::subject::{Subject, subject};
use super::targets::Addresses;
use super::text;
use crate::content::front_matter::PersonMeta;
use crate::diag::Diagnostic;
use crate::encode::phone;
use crate::publishing::lists;
use crate::site::Page;
use crate::theme::values::{Html, Shared};

/// A person on their own page and in the list of people.
#[derive(Debug, Serialize)]
pub(super) struct Person<'a> {
    /// The person's name: the title of their page.
    name: &'a str,
    /// Their role, as their front matter has it: "Head of sales".
    role: Option<&'a str>,
    /// The organization that they work for, as their front matter has it.
    organization: Option<&'a str>,
    /// Their photo; `null` if they have none.
    photo: Option<Image<'a>>,
    /// The first letters of two names, where there is no photo.
    initials: String,
    /// Whether they work somewhere else than where the site comes from.
    guest: bool,
    /// Their pages elsewhere, in the order of the front matter.
    links: Vec<PersonLink<'a>>,
    /// The languages they speak, each by its own name.
    languages: Vec<&'a str>,
    /// Whether they are a rep whom the share kit and call scripts offer. Only of a rep, the following are known.
    rep: bool,
    /// Their phone number, as it is written.
    phone: Option<&'a str>,
    /// A `tel:` link that dials it.
    phone_href: Option<String>,
    /// Their email address; `null` unless they are a rep.
    email: Option<&'a str>,
    /// Where to book a time with them.
    booking: Option<&'a str>,
}

/// A page of a person on another site.
#[derive(Debug, Serialize)]
struct PersonLink<'a> {
    /// What readers call it, as the front matter names it.
    label: &'a str,
    /// The page's URL, as the front matter has it.
    url: &'a str,
}

/// What `person.html` gets.
#[derive(Debug, Serialize)]
pub(super) struct PersonPage<'a> {
    /// The person's page, as lists show it too.
    page: Shared<PageView<'static>>,
    /// What is known of the person.
    person: Person<'a>,
    /// The biography: the text of the page; `null` if it has none.
    content: Option<Html>,
    /// The pages that they wrote, the newest first, in parts.
    list: List<'a>,
    /// What they offer to those who invite speakers.
    speaker: Option<SpeakerView<'a>>,
}

/// One part of a person's page.
pub(super) fn page<'a>(
    linked: &'a Edition,
    (page, own): (&'a Page, &'a PersonMeta),
    part: usize,
) -> Result<(Subject, PersonPage<'a>), Box<Diagnostic>> {
    let pages = linked.features.listings.listed(&linked.site, page);
    let about = subject(linked, page, "person.html");
    let part = ListPage { url: &page.url, part, per_part: lists::per_part(&linked.site, page) };
    let more = More::described(page.meta().description.as_deref());
    let view = PersonPage {
        page: linked.card(page.id),
        person: person(linked, (page, own)),
        content: Html::or_none(&text::content(linked, page, Addresses::Paths)?),
        list: List::new(linked, page.title(), (&part, pages), more),
        speaker: speaker(linked, page),
    };
    Ok((part.subject(linked, about, pages), view))
}

/// A person with what their page says besides.
pub(super) fn person<'a>(linked: &'a Edition, (page, about): (&'a Page, &'a PersonMeta)) -> Person<'a> {
    let Author { name, role, organization, initials, photo, guest, .. } =
        author(&linked.site, &linked.features.links, page.id);
    let phone = about.phone.as_deref().filter(|_| about.rep);
    let links = about.links.iter().map(|(label, url)| PersonLink { label, url });
    Person {
        name,
        role,
        organization,
        photo,
        initials,
        guest,
        links: links.collect(),
        languages: about.languages.iter().map(|language| language_name(language)).collect(),
        rep: about.rep,
        phone,
        phone_href: phone.and_then(|number| phone::tel(number).ok()),
        email: about.email.as_deref().filter(|_| about.rep),
        booking: about.booking.as_deref().filter(|_| about.rep),
    }
}
