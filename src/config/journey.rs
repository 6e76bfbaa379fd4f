//! The buyer's journey: the stages that pages belong to, and the call to action of each.

use super::{Localized, Parser, StageId};
use crate::diag::{Code, Diagnostic};
use crate::ids::IdVec;
use crate::project::CONFIG_FILE as FILE;
use crate::yaml::{Fields, Node, Reader, Spanned};

/// One stage of the journey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stage {
    /// The id by which front matter names it: `stage: convert`.
    pub id: String,
    /// What readers see; empty for a named model, whose labels are the theme's strings (`stage_attract`).
    pub label: Localized,
}

/// Where a call to action leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CtaTarget {
    /// The content path of a page (`pages/contact`).
    Page(Spanned<String>),
    /// A form by its id, which is shown on the spot.
    Form(Spanned<String>),
    /// Nowhere: `none`, for a page that ends without one.
    None,
}

/// A call to action: a page or a form, with words of its own where given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallToAction {
    /// The page, section, form or address that a click leads to.
    pub target: CtaTarget,
    /// The file that says so.
    pub file: String,
    /// What the button says, for each language.
    pub label: Localized,
    /// A sentence above the button, by language; may be empty.
    pub text: Localized,
}

impl CtaTarget {
    /// A target that is written as one word: the content path of a page, or `none`.
    #[must_use]
    pub fn of_word(word: Spanned<String>) -> Self {
        if word.value == "none" { Self::None } else { Self::Page(word) }
    }

    /// Takes `page:` or `form:`, whichever is there; not having either is reported, and so is having both.
    pub fn take(fields: &mut Fields<'_>, what: &str, reader: &mut Reader<'_>) -> Option<Self> {
        let Some(node) = fields.take("form") else {
            let page = fields.require("page", what, reader).and_then(|node| reader.text(node));
            return page.map(Self::Page);
        };
        let form = reader.text(node);
        if let Some(page) = fields.take("page") {
            let message = format!("{what} leads to one place, but here are both a page and a form");
            reader.report(Code::InvalidValue, page.span, message);
        }
        form.map(Self::Form)
    }
}

/// The stages, in order, and what follows each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Journey {
    /// The stages from first to last.
    pub stages: IdVec<StageId, Stage>,
    /// The call to action of a stage, by its id.
    pub calls_to_action: Vec<(String, CallToAction)>,
}

/// The named models and their stages: inbound (HubSpot's four), AIDA (Lewis) with and without satisfaction, 4A (Rucker) and 5A (Kotler).
const MODELS: &[(&str, &[&str])] = &[
    ("inbound", &["attract", "convert", "close", "delight"]),
    ("aida", &["attention", "interest", "desire", "action"]),
    ("aidas", &["attention", "interest", "desire", "action", "satisfaction"]),
    ("4a", &["aware", "attitude", "act", "act-again"]),
    ("5a", &["aware", "appeal", "ask", "act", "advocate"]),
];

impl Journey {
    /// The journey of a site that names none.
    #[must_use]
    pub fn inbound() -> Self {
        Self { stages: stages_from_ids(MODELS[0].1), calls_to_action: Vec::new() }
    }

    /// The stage with this id.
    #[must_use]
    pub fn stage(&self, id: &str) -> Option<StageId> {
        self.stages.find(|stage| stage.id == id)
    }
}

fn stages_from_ids(ids: &[&str]) -> IdVec<StageId, Stage> {
    ids.iter().map(|id| Stage { id: (*id).to_string(), label: Localized::default() }).collect()
}

impl Parser<'_> {
    /// Reads `journey:`: a named model, or stages of the site's own.
    pub(super) fn journey(&mut self, node: &Node) -> Journey {
        let mut journey = Journey::inbound();
        let Some(mut fields) = self.reader.fields(node) else { return journey };
        if let Some(model) = fields.take("model") {
            let names: Vec<&str> = MODELS.iter().map(|(name, _)| *name).collect();
            if let Some(found) = self.reader.choice(model, &names) {
                journey.stages = stages_from_ids(MODELS[found].1);
            }
        }
        if let Some(list) = fields.take("stages") {
            let items = self.reader.list(list).unwrap_or_default();
            journey.stages = items.iter().filter_map(|item| self.stage(item)).collect();
        }
        if let Some(next) = fields.take("calls_to_action") {
            for (stage, target) in self.reader.entries(next).unwrap_or_default() {
                if journey.stage(&stage.value).is_none() {
                    let known: Vec<&str> = journey.stages.iter().map(|stage| stage.id.as_str()).collect();
                    self.reader.diagnostics.push(
                        Diagnostic::new(
                            Code::UnknownStage,
                            format!("the journey has no stage `{}`", stage.value),
                        )
                        .at(FILE, stage.span)
                        .suggest(&stage.value, known.iter().copied())
                        .help(format!("its stages are {}", crate::yaml::listed(&known))),
                    );
                } else if let Some(step) = self.next_step(target) {
                    journey.calls_to_action.push((stage.value.clone(), step));
                }
            }
        }
        fields.finish("`journey`", [], &mut self.reader);
        journey
    }

    fn stage(&mut self, node: &Node) -> Option<Stage> {
        if matches!(node.value, crate::yaml::Value::Scalar { .. }) {
            let id = self.reader.text(node)?.value;
            return Some(Stage { id, label: Localized::default() });
        }
        let mut fields = self.reader.fields(node)?;
        let id = fields.require("id", "a stage", &mut self.reader).and_then(|node| self.reader.text(node));
        let label = fields.take("label").and_then(|node| self.localized(node)).unwrap_or_default();
        fields.finish("a stage", [], &mut self.reader);
        Some(Stage { id: id?.value, label })
    }

    fn next_step(&mut self, node: &Node) -> Option<CallToAction> {
        if matches!(node.value, crate::yaml::Value::Scalar { .. }) {
            let target = CtaTarget::of_word(self.reader.text(node)?);
            let (label, text) = Default::default();
            return Some(CallToAction { target, file: FILE.into(), label, text });
        }
        let mut fields = self.reader.fields(node)?;
        let target = CtaTarget::take(&mut fields, "a next step", &mut self.reader);
        let label = fields.take("label").and_then(|node| self.localized(node)).unwrap_or_default();
        let text = fields.take("text").and_then(|node| self.localized(node)).unwrap_or_default();
        fields.finish("a next step", [], &mut self.reader);
        Some(CallToAction { target: target?, file: FILE.to_string(), label, text })
    }
}
