//! Steps of playbooks, and boxes that readers tick.

use crate::content::markdown::{Options, parse};
use crate::html::*;

/// A playbook's targets: its steps, parts and boxes; no links.
pub(super) struct Worked<'a>(
    pub(super) AsWritten<'a>,
    pub(super) crate::sales::playbooks::shape::PlaybookOutline,
);

impl Targets for Worked<'_> {
    fn link(&self, link: u32) -> LinkTarget<'_> {
        self.0.link(link)
    }

    fn image(&self, link: u32) -> ImageTarget<'_> {
        self.0.image(link)
    }

    fn embed(&self, embed: u32) -> EmbedTarget<'_> {
        self.0.embed(embed)
    }

    fn part(&self, node: NodeId) -> Option<PartTarget<'_>> {
        if let Some(part) = self.1.part(node) {
            return Some(PartTarget::Segment(&part.segment));
        }
        let step = self.1.step(node)?;
        let time = step.time.as_ref().map(|time| time.text.as_str());
        let (label, title, owner) = (&step.label, &step.title, step.owner.as_deref());
        let due = step.due.as_ref().map(|due| (due.text.as_str(), due.mark()));
        Some(PartTarget::Step { number: step.number, label, title, time, due, owner })
    }

    fn task(&self, node: NodeId) -> Option<&str> {
        self.1.task(node)
    }
}

fn worked(text: &str) -> String {
    let tree = parse(text, 0, &Options::full("en"));
    let shape = crate::sales::playbooks::shape::PlaybookOutline::new(&tree, "en");
    let mut out = String::new();
    body(&tree, &Worked(AsWritten(&tree), shape), &HtmlStyle::english(), &mut out);
    out
}

#[test]
fn a_step_is_a_section_that_says_its_time_and_owner_once() {
    let heading = |heading: &str| {
        let html = worked(&format!("## {heading}\n"));
        html.split_once("</h2>").unwrap().0.split_once('>').unwrap().1.split_once('>').unwrap().1.to_string()
    };
    let label = "<span class=\"step-label\">Step 1<span class=\"unseen\">:</span></span> ";
    assert_eq!(heading("Step 1: Read & *ring* (5 min, you)"), format!("{label}Read &amp; <em>ring</em>"));
    assert_eq!(heading("Step 1: Look (and listen)"), format!("{label}Look (and listen)"));
    assert_eq!(heading("Step 1 – `code` (5 min)"), format!("{label}<code>code</code>"));
    // Markup around more than the title is left out, and never half of it.
    assert_eq!(heading("Step 1: *Read (5 min)*"), format!("{label}Read"));
    assert_eq!(heading("**Step 1:** Read <b>"), format!("{label}Read"));
    assert_eq!(heading("Step 1"), "<span class=\"step-label\">Step 1</span>");
    let html =
        worked("## Step 1: A (5 min, you & me)\n\n### For segment: B\n\nText.\n\n## Key takeaways\n\n- C\n");
    assert_eq!(
        html,
        "<section class=\"step\" data-step=\"1\">\n\
         <h2 id=\"step-1-a\"><span class=\"step-label\">Step 1<span class=\"unseen\">:</span></span> A</h2>\n\
         <p class=\"step-facts\"><span class=\"time\">5 min</span><span class=\"owner\">you &amp; me</span></p>\n\
         <section class=\"segment\" data-segment=\"b\">\n\
         <h3 id=\"for-segment-b\">For segment: B</h3>\n<p>Text.</p>\n</section>\n</section>\n\
         <section class=\"takeaways\" aria-labelledby=\"key-takeaways\">\n<h2 id=\"key-takeaways\">Key takeaways</h2>\n\
         <ul>\n<li>C</li>\n</ul>\n</section>\n"
    );
}

#[test]
fn a_note_in_a_steps_heading_keeps_its_mark() {
    let html = worked("## Step 1: Read[^1] (5 min)\n\n[^1]: Twice.\n");
    assert_eq!(html.matches("id=\"fnref:1\"").count(), 1, "{html}");
}

#[test]
fn a_line_to_tick_is_the_name_of_its_box() {
    let html = worked("- [ ] One *two*\n  - [x] three\n- [ ] four\n\n  More.\n");
    let key = |text: &str| {
        let at = html.find(text).unwrap();
        let start = html[..at].rfind("data-task=\"").unwrap() + 11;
        html[start..start + 8].to_string()
    };
    let (one, three, four) = (key("One"), key("three"), key("four"));
    assert_eq!(
        html,
        format!(
            "<ul class=\"task-list\">\n<li>\n<p><label><input type=\"checkbox\" data-task=\"{one}\"> One <em>two</em></label></p>\n\
             <ul class=\"task-list\">\n<li><label><input type=\"checkbox\" data-task=\"{three}\" checked> three</label></li>\n</ul>\n</li>\n\
             <li>\n<p><label><input type=\"checkbox\" data-task=\"{four}\"> four</label></p>\n<p>More.</p>\n</li>\n</ul>\n"
        )
    );
}
