//! Texts, block by block.

use std::fmt::Write as _;

use super::{Fate, PUBLIC, Part, TEAM, Writer};
use crate::random_sites::rules::Owner;
use crate::random_sites::site::{Block, Comment, FOLDERS, Text};
use crate::random_sites::words::spelt;

impl Writer<'_> {
    pub(super) fn blocks(&mut self, part: Part, blocks: &[Block], out: &mut String) {
        for block in blocks {
            let text = self.block(part, *block);
            out.push_str(&text);
            out.push_str("\n\n");
        }
    }

    fn block(&mut self, part: Part, block: Block) -> String {
        let mut w = |what: &str| self.write_word(part, what);
        match block {
            Block::Words => format!("{}.", w("a word")),
            Block::Heading => format!("## {}\n\n{}.", w("a heading"), w("a word below a heading")),
            Block::List => format!("- *{}*\n- [ ] {}", w("an item"), w("a thing to do")),
            Block::Quote => format!("> {}", w("a quotation")),
            Block::Note => format!("> [!TIP]\n> {}", w("a note")),
            Block::Table => format!("| {} |\n|---|\n| {} |", w("a head"), w("a cell")),
            Block::Code => format!("```text\n{}\n```\n\n`{}`", w("code"), w("code in text")),
            Block::Html => format!(
                "<div title=\"{}\">\n<p>{}</p>\n</div>\n\n<b>{}</b>",
                w("an attribute"),
                w("HTML"),
                w("HTML in text")
            ),
            Block::Outside => {
                let [text, host, title] = ["a link", "a host", "a link's title"].map(w);
                format!("[{text}](https://{host}.example/ \"{title}\")")
            }
            Block::Takeaways => format!("## In short {{role=takeaways}}\n\n- {}", w("a takeaway")),
            Block::Footnote | Block::Definition => self.defined(part, block),
            Block::Comment(comment) => self.comment(part, comment),
            Block::Link(_) | Block::File(_) | Block::Picture(_) => self.reference(part, block),
            Block::Form(form) => self.form(part, form),
            Block::Script(script) => self.script(part, script),
        }
    }

    /// What is defined in another place than where it stands.
    fn defined(&mut self, part: Part, block: Block) -> String {
        self.count += 1;
        let label = format!("n{}", self.count);
        let [text, defined] =
            ["a text with a definition", "a definition"].map(|what| self.write_word(part, what));
        if block == Block::Footnote {
            return format!("{text}[^{label}]\n\n[^{label}]: {defined}");
        }
        let unused = self.hush(part, "an unused definition");
        format!(
            "[{text}][{label}]\n\n[{label}]: https://{defined}.example/\n[{unused}]: https://{unused}.example/"
        )
    }

    fn comment(&mut self, part: Part, comment: Comment) -> String {
        let h = self.hush(part, &format!("a comment ({comment:?})"));
        let again = self.hush(part, &format!("the rest of a comment ({comment:?})"));
        let w = self.write_word(part, "a word with a comment");
        match comment {
            Comment::Alone => format!("<!-- {h} -->\n\n{w}"),
            Comment::InText => format!("{w} <!-- {h}\n{again} --> more"),
            Comment::InHeading => format!("## {w} <!-- {h} -->"),
            Comment::InList => format!("- {w} <!-- {h}\n  {again} -->\n- more"),
            Comment::InQuote => format!("> {w}\n>\n> <!-- {h} -->"),
            Comment::InCell => format!("| {w} <!-- {h} --> |\n|---|\n| more |"),
            Comment::InAlt => match self.picture(part, self.count) {
                Some(path) => format!("![{w} <!-- {h} -->]({path})"),
                None => w,
            },
            Comment::InHtml => format!("<div>\n<!-- {h}\n{again} -->\n<p>{w}</p>\n</div>"),
            Comment::TornInHtml => {
                let after = self.write_word_with(part, "a word behind a torn comment", Fate::May);
                format!("{w}\n\n<div>\n<!-- {h}\n\n{again} -->\n<p>{after}</p>\n</div>")
            }
            Comment::Instruction => format!("{w} <?php {h} ?> more\n\n<?php\n{again}\n?>"),
            Comment::TornInstruction => {
                let after = self.write_word_with(part, "a word behind a torn instruction", Fate::May);
                format!("{w}\n\n<div>\n<?php {h}\n\n{again} ?>\n<p>{after}</p>\n</div>")
            }
        }
    }

    /// A link to a page or file, or a picture.
    fn reference(&mut self, part: Part, block: Block) -> String {
        let from = (part.owner, part.lang);
        match block {
            Block::Link(which) => {
                let sections = (0..FOLDERS.len()).map(Owner::Section);
                let all = sections.chain((0..self.site.pages.len()).map(Owner::Page));
                let all = all.flat_map(|owner| [(owner, 0), (owner, 1)]);
                let there: Vec<_> = all.filter(|to| self.site.text(to.0, to.1).is_some()).collect();
                let to = there[which % there.len()];
                let text = self.write_word(part, "a link's text");
                if self.site.may_link(from, to) {
                    format!("[{text}]({})", self.relative(from, &self.path(to.0, to.1)))
                } else {
                    text
                }
            }
            Block::File(which) if !self.files.is_empty() => {
                let file = which % self.files.len();
                self.name_file(part, file);
                let [text, title] =
                    ["a download", "a download's title"].map(|what| self.write_word(part, what));
                format!("[{text}]({} \"{title}\")", self.relative(from, &self.files[file].path))
            }
            Block::Picture(which) => match self.picture(part, which) {
                Some(path) => {
                    let [alt, title] = ["an alt", "a caption"].map(|what| self.write_word(part, what));
                    format!("![{alt}]({path} \"{title}\")")
                }
                None => self.write_word(part, "a word for a picture"),
            },
            _ => self.write_word(part, "a word for a file"),
        }
    }

    /// One of the site's pictures, which is named by this.
    pub(super) fn picture(&mut self, part: Part, which: usize) -> Option<String> {
        let pictures = || (0..self.files.len()).filter(|file| self.files[*file].is_picture);
        let file = pictures().nth(which % pictures().count().max(1))?;
        self.name_file(part, file);
        Some(self.relative((part.owner, part.lang), &self.files[file].path))
    }

    fn form(&mut self, part: Part, which: usize) -> String {
        let is_seen = self.site.is_seen(part.owner, part.lang, PUBLIC);
        let form = &mut self.forms[which % 3];
        form.is_gated |= is_seen && !part.is_open[PUBLIC];
        for edition in [PUBLIC, TEAM] {
            if part.is_open[edition] {
                form.fates[edition] = Fate::Must;
            }
        }
        format!("[form:{}]", spelt(form.name))
    }

    /// A script, in a playbook; everywhere else a word.
    fn script(&mut self, part: Part, which: usize) -> String {
        let site = self.site;
        let in_playbook = matches!(part.owner, Owner::Page(page) if matches!(site.pages[page].folder, 3 | 4));
        let can_show = |page: &usize| {
            let is_out =
                |lang| site.text(Owner::Page(*page), lang).is_none() || site.is_out(Owner::Page(*page), lang);
            site.is_script(Owner::Page(*page)) && *page > 1 && (0..2).all(is_out)
        };
        let scripts: Vec<usize> = (0..site.pages.len()).filter(can_show).collect();
        if !in_playbook || scripts.is_empty() {
            return self.write_word(part, "a word for a script");
        }
        format!("[script:{}]", spelt(self.names[scripts[which % scripts.len()]]))
    }

    /// The text of a call script.
    pub(super) fn call(&mut self, part: Part, text: &Text, out: &mut String) {
        let mut w = |what: &str| self.write_word(part, what);
        let _ = write!(
            out,
            "{}\n\n## {} (10s)\n\n> Hello {{{{who}}}}, {}\n\n- \"{}\" → [{}](#objection-busy)\n\
             - \"No\" → [{}](outcome:done)\n\n> [!NOTE]\n> {}\n\n",
            w("a word before the call"),
            w("a step"),
            w("something to say"),
            w("an answer"),
            w("a jump"),
            w("an end"),
            w("a note to the caller"),
        );
        for block in text
            .open
            .iter()
            .filter(|block| matches!(block, Block::Link(_) | Block::File(_) | Block::Picture(_)))
        {
            let line = self.reference(part, *block);
            let _ = write!(out, "> [!WARNING]\n> {line}\n\n");
        }
        let mut w = |what: &str| self.write_word(part, what);
        let _ = write!(
            out,
            "## Objection: Busy\n\n### Reply 1: {}\n\n> {}\n\n- {} → [{}](outcome:done)\n",
            w("a reply"),
            w("something to say then"),
            w("an answer then"),
            w("an end then"),
        );
    }
}
