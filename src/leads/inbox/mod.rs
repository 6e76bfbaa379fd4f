//! What a page looks like on which the site's own people see leads: the inbox of `serve`, and the relay's page. It has the
//! look of ringback's own theme, whatever the site's is.

/// The style sheet. It loads [`FONT`] from beside itself, as `young-serif.woff2`.
pub const STYLE: &str = include_str!("inbox.css");

/// The font of the headings.
pub const FONT: &[u8] = include_bytes!("../../../themes/ringback/fonts/young-serif.woff2");

/// The lining figures of that font, for numbers that stand alone.
pub const FIGURES: &[u8] = include_bytes!("../../../themes/ringback/fonts/young-serif-figures.woff2");
