//! Parts of a page with a meaning: key takeaways, the steps of a playbook, what is for one segment.

use super::{Close, Heading, NodeId, PartTarget, Writer, escape_text};

impl Writer<'_> {
    /// Opens the section that a heading begins; it ends where the heading's text does.
    pub(super) fn section(&mut self, heading: &Heading, part: Option<&PartTarget<'_>>) {
        match part {
            // Without a name of their own: a list of landmarks with every step and part in it would hide the others.
            Some(PartTarget::Step { number, due, .. }) => {
                self.push_fmt(format_args!("<section class=\"step\" data-step=\"{number}\""));
                if let Some((_, due)) = due {
                    self.attribute("data-due", due);
                }
            }
            Some(PartTarget::Segment(segment)) => {
                self.out.push_str("<section class=\"segment\"");
                self.attribute("data-segment", segment);
            }
            None => {
                self.out.push_str("<section class=\"takeaways\"");
                self.attribute("aria-labelledby", &heading.id);
            }
        }
        self.out.push_str(">\n");
        let end = self.body.section(heading).end.min(self.limit);
        self.open.push((end, Close::Tag("</section>\n")));
    }

    /// The rest of a step's heading, whose start tag is written: its label apart from its title, without the brackets,
    /// which stand below it.
    pub(super) fn step_heading(&mut self, (id, level): (NodeId, u8), (label, title): (&str, &str)) {
        let mut inside = String::new();
        let mut writer = Writer::new(self.body, self.targets, self.style, &mut inside);
        writer.run(self.body.descendants(id));
        self.out.push_str("<span class=\"step-label\">");
        escape_text(label, self.out);
        if title.is_empty() {
            self.out.push_str("</span>");
        } else {
            self.out.push_str("<span class=\"unseen\">:</span></span> ");
            match between(&inside, label, title) {
                Some(marked_up) => self.out.push_str(marked_up),
                None => escape_text(title, self.out),
            }
        }
        self.push_fmt(format_args!("</h{level}>\n"));
    }

    /// The line below a step's heading.
    pub(super) fn step_facts(&mut self, facts: [(&str, Option<&str>); 3]) {
        if facts.iter().all(|(_, fact)| fact.is_none()) {
            return;
        }
        self.out.push_str("<p class=\"step-facts\">");
        for (class, fact) in facts {
            let Some(fact) = fact else { continue };
            self.push_fmt(format_args!("<span class=\"{class}\">"));
            escape_text(fact, self.out);
            self.out.push_str("</span>");
        }
        self.out.push_str("</p>\n");
    }
}

/// The title with its markup: the part of a heading's HTML between its label and its brackets; `None` where markup
/// stands around more than the title.
fn between<'h>(html: &'h str, label: &str, title: &str) -> Option<&'h str> {
    let rest = html.strip_prefix(escaped(label).as_str())?;
    let rest = rest.trim_start_matches([':', '.', ')', '-', '–', '—', ' ', '\u{a0}']);
    let before_brackets = rest.rsplit_once('(').map_or(rest, |(before, _)| before.trim_end());
    let title = escaped(title);
    [rest, before_brackets].into_iter().find(|part| text_of(part).as_deref() == Some(title.as_str()))
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape_text(text, &mut out);
    out
}

/// HTML without its tags; `None` where not every tag is closed.
fn text_of(html: &str) -> Option<String> {
    let mut out = String::with_capacity(html.len());
    let mut depth = 0_i32;
    let mut rest = html;
    while let Some((text, tag)) = rest.split_once('<') {
        out.push_str(text);
        depth += if tag.starts_with('/') { -1 } else { 1 };
        rest = tag.split_once('>')?.1;
    }
    out.push_str(rest);
    (depth == 0).then_some(out)
}
