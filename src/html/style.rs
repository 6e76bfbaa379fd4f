//! How a text is written: the words that its HTML needs in the page's language, and for which readers it is.

use super::WorksheetWords;
use crate::content::blocks::CalloutKind;

/// How wide an image in a text is where the theme doesn't say.
pub const IMAGE_SIZES: &str = "(min-width: 43rem) 40rem, 92vw";

/// For which kind of reader HTML is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Medium {
    /// On the page itself, with its style sheets and scripts.
    Page,
    /// Elsewhere, such as in a feed: nobody knows how it looks.
    Feed,
}

/// The titles of callouts that have none of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CalloutTitles<'a>(
    /// Of a note, a tip, what is important, a warning, a caution, an example, a definition, and a question.
    pub [&'a str; 8],
);

/// What readers are told before something of a service is shown. `{name}` is the service, `{company}` who runs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EmbedWords<'a> {
    /// What it is: of a video, of something to listen to, of a map, of a calendar, and of slides.
    pub what: [&'a str; 5],
    /// Says which data are sent to whom; `{company}` is who gets them.
    pub sent: &'a str,
    /// The button that shows it.
    pub show: &'a str,
    /// The box that says that the service may always be shown.
    pub always: &'a str,
    /// The link to the service.
    pub open: &'a str,
}

impl EmbedWords<'static> {
    /// The words in English.
    pub const ENGLISH: Self = Self {
        what: [
            "Video on {name}",
            "Audio on {name}",
            "Map by {name}",
            "Calendar by {name}",
            "Slides on {name}",
        ],
        sent: "When you show it, {company} learns your IP address and which page you are on, and may set cookies.",
        show: "Show it here",
        always: "Always show {name} on this site",
        open: "Open on {name}",
    };
}

impl<'a> CalloutTitles<'a> {
    /// The title for callouts of a kind; `None` for those that aren't boxes.
    pub(super) fn for_kind(&self, kind: CalloutKind) -> Option<&'a str> {
        Some(
            self.0[match kind {
                CalloutKind::Note => 0,
                CalloutKind::Tip => 1,
                CalloutKind::Important => 2,
                CalloutKind::Warning => 3,
                CalloutKind::Caution => 4,
                CalloutKind::Example => 5,
                CalloutKind::Definition => 6,
                CalloutKind::Question => 7,
                CalloutKind::Stat
                | CalloutKind::Quote
                | CalloutKind::CallToAction
                | CalloutKind::Offer
                | CalloutKind::Other => {
                    return None;
                }
            }],
        )
    }
}

/// The words that the HTML needs in the page's language, and how it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HtmlStyle<'a> {
    /// The page's language: how its section of key takeaways is called.
    pub language: &'a str,
    /// What callouts of each type are headed where the author gives no title.
    pub callouts: CalloutTitles<'a>,
    /// What is said of something that a service shows.
    pub embeds: EmbedWords<'a>,
    /// The link that saves a film or a sound.
    pub download: &'a str,
    /// What stands below questions that readers answer for themselves.
    pub worksheet: WorksheetWords<'a>,
    /// What stands over what is said in a film or a sound.
    pub transcript: &'a str,
    /// The name of the list of its chapters.
    pub chapters: &'a str,
    /// For which kind of reader it is written.
    pub medium: Medium,
    /// What the footnotes at the end are, for screen readers: "Footnotes".
    pub footnotes: &'a str,
    /// What the arrow behind a footnote does: "Back to reference"; the number follows.
    pub footnote_back: &'a str,
    /// Goes before the ids of footnotes, for a page with several bodies; empty otherwise.
    pub footnote_prefix: &'a str,
    /// The address of the page, before the `#` of links from a footnote to its text and back, for readers elsewhere;
    /// empty on the page itself.
    pub page_address: &'a str,
    /// How wide images are on the page (`sizes`).
    pub image_sizes: &'a str,
    /// What a table is, for screen readers: "Table"; its number and columns follow.
    pub table: &'a str,
    /// How many tables the page has before this body.
    pub tables_before: u32,
    /// What a box of a task list without text is, for screen readers: "Task".
    pub task: &'a str,
    /// Is raw HTML written? Else it is left out.
    pub raw_html: bool,
    /// Exactly the output of the CommonMark specification, nothing added, left out or moved?
    pub commonmark: bool,
}

impl HtmlStyle<'static> {
    /// The normal style, in English.
    #[must_use]
    pub fn english() -> Self {
        Self {
            language: "en",
            callouts: CalloutTitles([
                "Note",
                "Tip",
                "Important",
                "Warning",
                "Caution",
                "Example",
                "Definition",
                "Question",
            ]),
            embeds: EmbedWords::ENGLISH,
            download: "Download",
            worksheet: WorksheetWords::ENGLISH,
            transcript: "Transcript",
            chapters: "Chapters",
            medium: Medium::Page,
            footnotes: "Footnotes",
            footnote_back: "Back to reference",
            footnote_prefix: "",
            page_address: "",
            image_sizes: IMAGE_SIZES,
            table: "Table",
            tables_before: 0,
            task: "Task",
            raw_html: true,
            commonmark: false,
        }
    }

    /// Exactly what the CommonMark specification shows.
    #[must_use]
    pub fn commonmark() -> Self {
        Self { commonmark: true, ..Self::english() }
    }
}
