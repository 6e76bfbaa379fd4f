//! `gate:`, which asks for a form before the rest of a text. `docs/content/gates.md` describes it.

use super::Front;
use crate::diag::Span;
use crate::yaml::{Fields, Spanned};

/// A gate: the form that opens the rest of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GateMeta {
    /// The id of the form that opens it.
    pub form: Spanned<String>,
    /// The gate's id, its own or the file's name: pages with the same one are opened together.
    pub id: String,
    /// Where the key comes from.
    pub key: GateKey,
    /// Raised to make old links useless.
    pub key_version: u32,
    /// Where `gate:` stands.
    pub span: Span,
    /// A file that belongs to the gated part.
    pub download: Option<Spanned<String>>,
}

/// Where the key of a gate comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum GateKey {
    /// It is in the page: who fills in the form is let in at once.
    #[default]
    Page,
    /// It is in the response of the webhook.
    Webhook,
    /// It is in a link that is emailed.
    Email,
}

impl GateKey {
    const ALL: [Self; 3] = [Self::Page, Self::Webhook, Self::Email];

    /// Earlier names, and those that they have now.
    const EARLIER: [(&str, &str); 2] = [("answer", "webhook"), ("mail", "email")];

    /// As front matter names it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Webhook => "webhook",
            Self::Email => "email",
        }
    }
}

impl Front<'_> {
    /// What asks for a form. Only kinds whose text can be divided read it: to others, the key is unknown.
    pub(super) fn gate(&mut self, fields: &mut Fields<'_>) -> Option<Box<GateMeta>> {
        let span = fields.key("gate").unwrap_or_default();
        self.meta.places.gate = span;
        let mut fields = self.reader.fields(fields.take("gate")?)?;
        let form = fields.require("form", "a gate", &mut self.reader).and_then(|node| self.reader.text(node));
        let id = fields.take("id").and_then(|node| self.slug(node)).map(|id| id.value);
        let source = fields.take("key").and_then(|node| {
            self.reader.choice_renamed(node, &GateKey::ALL.map(GateKey::name), &GateKey::EARLIER)
        });
        let key_version = fields.take("key_version").and_then(|node| self.reader.number(node, 1..=1_000_000));
        let download = fields.take("download").and_then(|node| self.reader.text(node));
        fields.finish("a gate", [], &mut self.reader);
        Some(Box::new(GateMeta {
            form: form.unwrap_or_default(),
            id: id.unwrap_or_else(|| crate::encode::slug::slug(&self.place.name)),
            key: source.map_or(GateKey::default(), |index| GateKey::ALL[index]),
            key_version: key_version.and_then(|key_version| u32::try_from(key_version).ok()).unwrap_or(1),
            span,
            download,
        }))
    }
}
