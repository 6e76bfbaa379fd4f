//! What is wrong with a block, told at its place.

use std::collections::BTreeMap;

use super::callouts::{Callout, CalloutKind};
use super::icons;
use super::roles::Role;
use super::{embeds, media};
use crate::config::{OwnBlock, ParameterKind};
use crate::content::PageKind;
use crate::content::body::{Body, Heading, Kind, NodeId, RawLink, WrittenParameter};
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::yaml::listed;

/// Tells what is wrong with the blocks of a text of this kind at `path`.
pub(in crate::content) fn check(
    (path, kind): (&str, PageKind),
    body: &Body,
    own: &BTreeMap<String, OwnBlock>,
    out: &mut Diagnostics,
) {
    let mut checker = BlockChecker { path, body, own, out };
    // The outermost list, quotation or block around the node that is looked at.
    let mut around: Option<NodeId> = None;
    for (id, node) in body.nodes().iter().enumerate() {
        around = around.filter(|above| body.nodes()[*above].end as usize > id);
        match node.kind {
            Kind::Callout(callout) => {
                let callout = &body.callouts[callout as usize];
                // Notes for the caller stand among the answers of a call.
                if let Some(above) = around.filter(|_| kind != PageKind::Script) {
                    checker.check_position(above, callout);
                }
                checker.callout(id, callout);
                around.get_or_insert(id);
            }
            Kind::List(_) | Kind::Quote | Kind::Footnote(_) => {
                around.get_or_insert(id);
            }
            Kind::Image(link) => checker.player(&body.links[link as usize]),
            _ => {}
        }
    }
    for heading in &body.headings {
        checker.role(heading);
        checker.icon(heading);
    }
    for (span, found) in body.foreign_embeds() {
        match found {
            embeds::AddressMatch::Embed(_) => {}
            embeds::AddressMatch::Broken(service) => {
                let message = format!("this isn't the address of anything that {} shows", service.name);
                let help = "copy it from the service's own button for sharing; for a link, write words for it: `[words](address)`";
                checker.report(Code::BrokenEmbed, span, message, help);
            }
            embeds::AddressMatch::Unknown(name) => {
                let message = format!("readers get a bare link: nothing of {name} is shown in a page");
                let help = "say where it leads: `[words](address)`; or show the film from this site, or from YouTube, Vimeo or Loom";
                checker.report(Code::UnknownEmbed, span, message, help);
            }
        }
    }
}

struct BlockChecker<'a> {
    path: &'a str,
    body: &'a Body,
    /// The site's own blocks, by their types.
    own: &'a BTreeMap<String, OwnBlock>,
    out: &'a mut Diagnostics,
}

impl BlockChecker<'_> {
    fn report(&mut self, code: Code, span: Span, message: String, help: &str) {
        self.out.push(Diagnostic::new(code, message).at(self.path, span).help(help));
    }

    /// A callout within something else, the outermost of which is at `above`.
    fn check_position(&mut self, above: NodeId, callout: &Callout) {
        let inside = match self.body.nodes()[above].kind {
            Kind::List(_) => "a list",
            Kind::Callout(_) => "another block",
            Kind::Footnote(_) => "a footnote",
            _ => "a quotation",
        };
        let message = format!("a `[!{}]` block isn't allowed in {inside}", callout.name);
        let help = "begin its lines with a single `>` at the left, with an empty line before and after";
        self.report(Code::MisplacedBlock, callout.span, message, help);
    }

    /// A film or a sound that isn't alone, and so can't be played.
    fn player(&mut self, link: &RawLink) {
        if !link.is_alone && media::media(&link.target).is_some() {
            let message = "a film or a sound isn't allowed here".to_string();
            let help =
                "put it on its own line, with an empty line before and after, outside any list or quotation";
            self.report(Code::MisplacedBlock, link.span, message, help);
        }
    }

    fn callout(&mut self, id: NodeId, callout: &Callout) {
        let (body, own) = (self.body, self.own);
        if let Some(block) = own.get(&*callout.type_name()) {
            return self.parameters(id, callout, block);
        }
        match callout.kind {
            CalloutKind::Other => {
                let message = format!("there is no block `{}`", callout.name);
                let mut known: Vec<&str> = CalloutKind::names().collect();
                known.extend(own.keys().map(String::as_str));
                let help = format!(
                    "choose {}; if readers should see the brackets, put a backslash before the first one",
                    listed(&known)
                );
                let problem = Diagnostic::new(Code::UnknownBlock, message).at(self.path, callout.span);
                self.out.push(problem.suggest(&callout.name.to_lowercase(), known).help(help));
            }
            CalloutKind::Stat => {
                if body.callout_title(id).is_none() {
                    let message = "this block has no number".to_string();
                    let help = "write the number after the brackets, such as `> [!stat] 63 %`";
                    self.report(Code::IncompleteBlock, callout.span, message, help);
                }
                if body.source_of(id).is_none() {
                    let message = "this number has no source".to_string();
                    let help = "end the block with `> — [Who says so](https://…)` after a line with only `>`";
                    self.report(Code::UnsourcedStat, callout.span, message, help);
                }
            }
            CalloutKind::Offer => {
                let message = "this offer isn't only a name".to_string();
                let help = "write its id alone, such as `> [!offer] guide`: what readers see of it comes from `offers`";
                self.report(Code::IncompleteBlock, callout.span, message, help);
            }
            CalloutKind::Quote => self.testimonial(id, callout),
            CalloutKind::CallToAction => {
                let links = body.descendants(id).filter(|id| matches!(body.nodes()[*id].kind, Kind::Link(_)));
                let message = match links.count() {
                    1 => return,
                    0 => "this call to action has no link".to_string(),
                    several => format!(
                        "this call to action has {several} links: readers should have one thing to do"
                    ),
                };
                let help = "write one link in it, such as `> [Book a demo](/contact/)`";
                self.report(Code::IncompleteBlock, callout.span, message, help);
            }
            _ => {}
        }
    }

    /// The parameters of a block of the site's own.
    fn parameters(&mut self, id: NodeId, callout: &Callout, block: &OwnBlock) {
        let mut found: Vec<WrittenParameter> = Vec::new();
        for written in self.body.parameters(id) {
            let name = written.name.to_lowercase();
            let Some(parameter) = block.parameter(&name) else {
                let known = block.parameters.iter().map(|parameter| parameter.name.as_str());
                let known: Vec<&str> = known.collect();
                let message = match name.as_str() {
                    "" => format!(
                        "the parameters of `[!{}]` are `name: value`, each on a line of its own",
                        callout.name
                    ),
                    _ => format!("the block `{}` has no parameter `{}`", callout.name, written.name),
                };
                let problem = Diagnostic::new(Code::UnknownKey, message).at(self.path, written.span);
                let help = match known[..] {
                    [] => "it has none: for a list that readers see, begin with a line of text".to_string(),
                    _ => format!(
                        "it has {}; for a list that readers see, begin with a line of text",
                        listed(&known)
                    ),
                };
                self.out.push(problem.suggest(&name, known).help(help));
                continue;
            };
            if found.iter().any(|before| before.name.eq_ignore_ascii_case(&name)) {
                let message = format!("`{name}` is here twice");
                self.report(Code::DuplicateKey, written.span, message, "keep one of them");
            }
            self.value(&written, &parameter.kind);
            found.push(written);
        }
        let is_missing = |name: &str| {
            !found.iter().any(|written| written.name.eq_ignore_ascii_case(name) && written.has_value())
        };
        for missing in block.parameters.iter().filter(|one| one.required && is_missing(&one.name)) {
            let message = format!("the block `{}` needs `{}`", callout.name, missing.name);
            let help = format!("add a line `> - {}: …` below the title", missing.name);
            self.report(Code::MissingKey, callout.span, message, &help);
        }
    }

    fn value(&mut self, written: &WrittenParameter, kind: &ParameterKind) {
        if !written.has_value() {
            return;
        }
        let wanted = match kind {
            ParameterKind::Link if written.link.is_none() => "a link, such as `[Words](address)`".to_string(),
            ParameterKind::Image if written.image.is_none() => {
                "an image, such as `![What it shows](photo.jpg)`".to_string()
            }
            kind => match kind.check(&written.text) {
                Ok(()) => return,
                Err(wanted) => wanted,
            },
        };
        let message = format!("`{}` isn't what `{}` takes: expected {wanted}", written.text, written.name);
        let help = "correct the value, or remove the line if the block doesn't need it";
        self.report(Code::WrongType, written.span, message, help);
    }

    fn testimonial(&mut self, id: NodeId, callout: &Callout) {
        let body = self.body;
        if body.speaker_of(id).is_none() {
            let message = "nobody is named who said this".to_string();
            let help = "write who said it after the brackets, such as `> [!quote] Kim Berg, CEO, Fjord AS`";
            self.report(Code::NamelessQuote, callout.span, message, help);
        }
        let apart = [body.callout_title(id), body.face_of(id), body.source_of(id)];
        if body
            .children(Some(id))
            .all(|child| apart.contains(&Some(child)) || body.nodes()[child].kind == Kind::CalloutTitle)
        {
            let message = "this testimonial has no words".to_string();
            let help = "write what they said on the lines below the name, each with `>` in front";
            self.report(Code::IncompleteBlock, callout.span, message, help);
        }
    }

    fn role(&mut self, heading: &Heading) {
        let Some((_, value)) = heading.attributes.iter().find(|(key, _)| key == "role") else { return };
        let span = self.body.nodes()[heading.node].span;
        let Some(role) = heading.role else {
            let written = value.as_deref().unwrap_or_default();
            let message = match written {
                "" => "this section's `role` has no value".to_string(),
                _ => format!("there is no role `{written}` for a section"),
            };
            let problem = Diagnostic::new(Code::UnknownBlock, message).at(self.path, span);
            let known: Vec<&str> = Role::names().collect();
            let help = format!("choose {}, or remove it", listed(&known));
            self.out.push(problem.suggest(&written.to_lowercase(), known).help(help));
            return;
        };
        if !heading.top_level {
            let message = format!("the role `{}` isn't allowed in a list or a quotation", role.name());
            let help = "put the heading at the left, outside any list or quotation";
            return self.report(Code::MisplacedBlock, span, message, help);
        }
        if let Some(above) = self.enclosing_role(heading).filter(|_| role.has_style()) {
            let message = format!(
                "a section with the role `{}` isn't allowed in one with the role `{above}`",
                role.name()
            );
            let help = "give it a heading of the same level as the other, or remove one of the roles";
            return self.report(Code::MisplacedBlock, span, message, help);
        }
        let body = self.body;
        let divider = body
            .siblings(body.section(heading))
            .find(|id| matches!(body.comment(*id), Some("gate" | "/gate")));
        if let Some(divider) = divider.filter(|_| role.has_style()) {
            let message = format!("the gate divides a section with the role `{}`", role.name());
            let help = "move the gate line before or after the section, or remove the role";
            self.report(Code::MisplacedBlock, body.nodes()[divider].span, message, help);
        }
        let Some((message, help)) = self.missing(heading, role) else { return };
        self.report(Code::IncompleteBlock, span, message.to_string(), help);
    }

    /// An icon is one of those that there are, at a part of a section that shows it.
    fn icon(&mut self, heading: &Heading) {
        let Some((_, value)) = heading.attributes.iter().find(|(key, _)| key == "icon") else { return };
        let (body, written) = (self.body, value.as_deref().unwrap_or_default());
        let span = body.nodes()[heading.node].span;
        if icons::lines(written).is_none() {
            let message = format!("there is no icon `{written}`");
            let known: Vec<&str> = icons::names().collect();
            let problem = Diagnostic::new(Code::UnknownBlock, message).at(self.path, span);
            let help = format!("choose {}", listed(&known));
            return self.out.push(problem.suggest(&written.to_lowercase(), known).help(help));
        }
        let sections = body.headings.iter().filter(|section| section.role.is_some_and(Role::has_icons));
        let is_part = |section: &Heading| body.parts(section).any(|part| part.node == heading.node);
        if !sections.into_iter().any(is_part) {
            let message = "nothing shows this icon".to_string();
            let help = "icons belong to the parts of a section with the role `benefits` or `columns`";
            self.report(Code::MisplacedBlock, span, message, help);
        }
    }

    /// The role of the section around another one with a role.
    fn enclosing_role(&self, inner: &Heading) -> Option<&'static str> {
        let body = self.body;
        let is_around = |outer: &&Heading| {
            outer.top_level
                && outer.role.is_some_and(Role::has_style)
                && outer.node < inner.node
                && body.section(outer).contains(&inner.node)
        };
        body.headings.iter().find(is_around).and_then(|outer| outer.role).map(Role::name)
    }

    /// What a section lacks for its role, and what to do.
    fn missing(&self, heading: &Heading, role: Role) -> Option<(&'static str, &'static str)> {
        let body = self.body;
        let parts = body.parts(heading).count();
        let has = |wanted: fn(Kind) -> bool| body.section(heading).any(|id| wanted(body.nodes()[id].kind));
        match role {
            Role::Faq if parts == 0 => Some((
                "these questions and answers have no question",
                "write each question as a heading below this one, such as `### What does it cost?`, and its answer as text",
            )),
            Role::Compare | Role::Columns | Role::Benefits | Role::Tabs if parts < 2 => Some((
                "this section needs at least two parts",
                "begin each part with a heading below this one, such as `### Before` and `### After`",
            )),
            Role::Steps if parts == 0 && !has(|kind| matches!(kind, Kind::List(Some(_)))) => Some((
                "these steps have no step",
                "begin each step with a heading below this one, or write a numbered list",
            )),
            Role::Timeline if parts == 0 && !has(|kind| matches!(kind, Kind::List(_))) => Some((
                "this timeline has nothing in it",
                "begin each part with a heading below this one, such as `### 2024`, or write a list",
            )),
            Role::Gallery | Role::Logos if !has(|kind| matches!(kind, Kind::Image(_))) => Some((
                "this section has no image",
                "write the images below the heading, each such as `![What it shows](photo.jpg)`",
            )),
            Role::Questions if parts == 0 && !has(|kind| matches!(kind, Kind::List(_))) => Some((
                "this worksheet has no question",
                "write the questions as a list, or each as a heading below this one",
            )),
            Role::Interview if !body.section(heading).any(|id| body.speaker(id).is_some()) => Some((
                "nobody speaks in this interview",
                "begin the paragraphs with who is speaking, such as `**Kim Berg:** We called nobody.`",
            )),
            _ => None,
        }
    }
}
