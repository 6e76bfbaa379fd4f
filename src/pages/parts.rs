//! What many views hold: a link to a page, a date, an image.

use serde::Serialize;

use super::people::widths;

use crate::content::front_matter::ImageMeta;
use crate::html::Widths;
use crate::languages::formats::LocaleFormats;
use crate::links::Shown;
use crate::site::{PageId, Site};
use crate::yaml::dates::PartialDate;

/// A link to a page.
#[derive(Debug, Serialize)]
pub(super) struct Link<'a> {
    /// The page's title, as plain text.
    title: &'a str,
    /// URL of the page without the host, with the folder that the site is in.
    url: String,
}

impl<'a> Link<'a> {
    /// A link to a page of the edition.
    pub(super) fn to(site: &'a Site, page: PageId) -> Self {
        let page = site.page(page);
        Self { title: page.title(), url: site.href(&page.url) }
    }
}

/// A date, for machines and in words.
#[derive(Debug, Clone, Serialize)]
pub(super) struct DateView {
    /// `2026-10-06`; `2026-10` or `2026` if no more is known.
    iso: String,
    /// The date in words, in the page's language.
    text: String,
}

impl DateView {
    /// A day as the language of `tools` writes it.
    pub(super) fn new(tools: &LocaleFormats, date: jiff::civil::Date) -> Self {
        Self { iso: date.to_string(), text: tools.date(date) }
    }

    /// A date of which only the month or the year may be known.
    pub(super) fn rough(tools: &LocaleFormats, date: PartialDate) -> Self {
        let text = match date {
            PartialDate::Day(day) => tools.date(day),
            PartialDate::Month(day) => tools.month_of_year(day),
            PartialDate::Year(year) => year.to_string(),
        };
        Self { iso: date.to_string(), text }
    }
}

/// A language code as its speakers call the language; anything else as it was written.
pub(super) fn language_name(written: &str) -> &str {
    crate::config::own_name(written).unwrap_or(written)
}

/// An image, with the sizes and types that browsers can choose from.
#[derive(Debug, Serialize)]
pub(super) struct Image<'a> {
    /// Its URL: of an image in several widths, one that every browser can show.
    src: String,
    /// Its width in pixels, if it is known.
    width: Option<u32>,
    /// Its height in pixels, if it is known.
    height: Option<u32>,
    /// The same as AVIF in several widths, for `srcset`; empty where the site has [none of it](configuration.md#images).
    avif: String,
    /// The same as WebP in several widths, for `srcset`; empty where there is one file alone. The component `ui.image`
    /// writes all of this.
    webp: String,
    /// What it shows, for those who don't see it.
    alt: &'a str,
    /// What is written below it; empty if there is nothing.
    caption: &'a str,
    /// Who made it, without the word before the name.
    credit: Option<&'a str>,
    /// The word before the name, if the author wrote one: `Illustration:`, `©`. Otherwise the theme's `photo_by` is used.
    credit_label: Option<&'a str>,
}

impl<'a> Image<'a> {
    /// An image as it is shown, with its alternative text.
    pub(super) fn new(
        site: &Site,
        shown: &Shown<'_>,
        (alt, about): (&'a str, Option<&'a ImageMeta>),
    ) -> Self {
        let Widths { avif, webp } = widths(shown, |url| site.href(url));
        let (caption, credit) = about.map(ImageMeta::below).unwrap_or_default();
        Self {
            src: site.href(shown.url),
            width: shown.full.map(|size| size.width),
            height: shown.full.map(|size| size.height),
            avif,
            webp,
            alt,
            caption,
            credit: credit.map(|credit| credit.name),
            credit_label: credit.and_then(|credit| credit.label),
        }
    }
}
