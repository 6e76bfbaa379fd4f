//! What a page is about, in the words of its template: what the graph says is what readers see.

use crate::config::LangId;
use crate::site::PageId;

/// The page or list that a graph of structured data is about.
#[derive(Debug, Clone, Copy)]
pub enum Subject<'a> {
    /// A page: the home page, a section, a person, or something to read.
    Page(PageId),
    /// A list that ringback makes by itself.
    List {
        /// The title of the list, as plain text.
        title: &'a str,
        /// A sentence about it; may be empty.
        description: &'a str,
        /// The absolute URL of the list.
        permalink: &'a str,
        /// The language of the list.
        lang: LangId,
    },
}

/// The image that stands for a page; of a person, the photo.
#[derive(Debug, Clone, Copy)]
pub struct Image<'a> {
    /// Its URL, absolute.
    pub url: &'a str,
    /// Width and height in pixels, where they are known.
    pub size: Option<(u32, u32)>,
    /// What is written below it; may be empty.
    pub caption: &'a str,
    /// Who made it; `None` where nobody says.
    pub credit: Option<&'a str>,
}

/// An image in a page's text that names who made it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreditedImage {
    /// Its URL, absolute.
    pub url: String,
    /// Width and height in pixels, where they are known.
    pub size: Option<(u32, u32)>,
    /// What is written below it; may be empty.
    pub caption: String,
    /// Who made it, as its caption says.
    pub credit: String,
}

/// What is known of a page from elsewhere.
#[derive(Debug, Clone, Default)]
pub struct Shown<'a> {
    /// The image that stands for it.
    pub image: Option<Image<'a>>,
    /// Its steps, where it has some.
    pub how_to: Option<HowTo>,
    /// The questions that its open text answers.
    pub faq: Vec<Answered>,
    /// The images in its text whose makers are named.
    pub figures: Vec<CreditedImage>,
}

/// The steps of a playbook, in the words of schema.org a `HowTo`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HowTo {
    /// The steps in their order.
    pub steps: Vec<HowToStep>,
    /// How long all of them take together, where each says so.
    pub seconds: Option<u32>,
}

/// A question with its answer, in the words of schema.org a `Question`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// The question, as plain text.
    pub name: String,
    /// The id of the answer.
    pub id: String,
    /// The answer, as plain text.
    pub text: String,
}

/// One step of a way to do something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HowToStep {
    /// The step's title, as plain text.
    pub name: String,
    /// The id of its heading.
    pub id: String,
    /// What is to be done, as plain text.
    pub text: String,
}
