//! Front matter.

use std::fmt::Write as _;

use super::{Fate, PUBLIC, Part, SERIES, TEAM, TERMS, Writer};
use crate::random_sites::rules::Owner;
use crate::random_sites::site::{Audience, Front, Spelling, State, Text};
use crate::random_sites::words::spelt;

impl Writer<'_> {
    pub(super) fn front(&mut self, part: Part, text: &Text, out: &mut String) {
        let title = self.write_word(part, "the title");
        let _ = writeln!(out, "title: {title}");
        match text.audience {
            Some(Audience::Team) => out.push_str("audience: team\n"),
            Some(Audience::Public) => out.push_str("audience: public\n"),
            None => {}
        }
        out.push_str(match text.state {
            State::Undated => "",
            State::Dated => "date: 2026-01-02\n",
            State::UntilLater => "expires: 2031-01-01\n",
            State::Draft => "draft: true\n",
            State::Scheduled => "date: 2026-11-23\n",
            State::Expired => "expires: 2026-11-22\n",
        });
        let is_plain = match part.owner {
            Owner::Section(_) => false,
            Owner::Page(page) => {
                self.gate(part, page, out);
                !self.site.is_person(page)
            }
        };
        for key in &text.front {
            match key {
                Front::Slug | Front::Alias | Front::Description | Front::Extra | Front::Remark => {
                    self.simple(part, *key, out);
                }
                Front::Image => self.image(part, text.choice, out),
                Front::Unlisted => out.push_str("listed: false\n"),
                _ if is_plain => self.of_pages(part, *key, text.choice, out),
                _ => {}
            }
        }
        if self.site.is_script(part.owner) {
            self.outcomes(part, out);
        }
        if matches!(part.owner, Owner::Page(page) if self.site.is_person(page)) {
            self.person(part, text.choice, out);
        }
    }

    /// What every kind of page may have.
    fn simple(&mut self, part: Part, key: Front, out: &mut String) {
        let _ = match key {
            Front::Slug => match part.owner {
                // The menu and the home page stay where they are.
                Owner::Section(0) | Owner::Page(0 | 1) => Ok(()),
                // An empty section of a language is never shown.
                _ => writeln!(out, "slug: {}", self.write_word(part, "slug")),
            },
            Front::Alias => writeln!(out, "aliases: [/old/{}/]", self.write_word(part, "alias")),
            Front::Description => writeln!(out, "description: {}", self.write_word(part, "description")),
            Front::Extra => {
                writeln!(out, "extra: {{note: {}}}", self.write_word_with(part, "extra", Fate::May))
            }
            _ => writeln!(out, "# {}", self.hush(part, "a remark in front matter")),
        };
    }

    fn gate(&mut self, part: Part, page: usize, out: &mut String) {
        let Some(gate) = self.site.pages[page].gate.clone() else { return };
        let form = self.forms[gate.form].name;
        if part.is_open[PUBLIC] {
            self.forms[gate.form].fates[PUBLIC] = Fate::Must;
        }
        let _ = write!(out, "gate: {{form: {}, key: {}", spelt(form), gate.key);
        if let Some(file) = gate.download.filter(|_| !self.files.is_empty()) {
            let file = file % self.files.len();
            let path = self.relative((part.owner, part.lang), &self.files[file].path);
            let _ = write!(out, ", download: {path}");
            self.name_file(Part { is_open: [false, part.is_open[TEAM]], ..part }, file);
        }
        out.push_str("}\n");
    }

    fn image(&mut self, part: Part, choice: usize, out: &mut String) {
        if matches!(part.owner, Owner::Page(page) if self.site.is_person(page)) {
            return;
        }
        let Some(path) = self.picture(part, choice) else { return };
        let [alt, caption, credit] = ["its image's alt", "its image's caption", "its image's credit"]
            .map(|what| self.write_word_with(part, what, Fate::May));
        let _ = writeln!(out, "image: {{src: {path}, alt: {alt}, caption: {caption}, credit: {credit}}}");
    }

    /// What only articles, playbooks, scripts and plain pages have.
    fn of_pages(&mut self, part: Part, key: Front, choice: usize, out: &mut String) {
        let Owner::Page(page) = part.owner else { return };
        let _ = match key {
            Front::Source => {
                let is_article = matches!(self.site.pages[page].folder, 1 | 2);
                let fate = if is_article { Fate::Must } else { Fate::May };
                writeln!(out, "source: {{name: {}}}", self.write_word_with(part, "source", fate))
            }
            Front::OwnTag => writeln!(out, "tags: [{}, same]", self.write_word(part, "tag")),
            Front::Category => {
                let [name, english, swedish, description] = TERMS[choice % TERMS.len()];
                self.lead_to(part, &[name], &[english, swedish, description]);
                let label = [english, swedish][part.lang];
                self.lead_to(part, &[label], &[]);
                writeln!(out, "category: {}", spelt(name))
            }
            Front::Series => {
                let [name, english, swedish, description, planned] = SERIES[choice % SERIES.len()];
                self.lead_to(part, &[name, [english, swedish][part.lang]], &[english, swedish]);
                self.lead_to(part, &[planned], &[description]);
                writeln!(out, "series: {{id: {}, part: {}}}", spelt(name), page + 1)
            }
            Front::Stage => writeln!(out, "stage: attract"),
            Front::Author | Front::Owner => {
                let persons: Vec<usize> =
                    (0..self.site.pages.len()).filter(|page| self.site.is_person(*page)).collect();
                if persons.is_empty() {
                    return;
                }
                let person = self.names[persons[choice % persons.len()]];
                if key == Front::Author {
                    writeln!(out, "authors: [{}]", spelt(person))
                } else {
                    if part.is_open[TEAM] {
                        self.allow(person, TEAM, Fate::May);
                    }
                    writeln!(out, "owner: {}", spelt(person))
                }
            }
            Front::Next => self.next(part, choice, out),
            _ => Ok(()),
        };
    }

    /// Words of others that are shown where this text is.
    fn lead_to(&mut self, part: Part, must: &[usize], may: &[usize]) {
        for edition in [PUBLIC, TEAM] {
            if part.is_open[edition] {
                must.iter().for_each(|word| self.allow(*word, edition, Fate::Must));
                may.iter().for_each(|word| self.allow(*word, edition, Fate::May));
            }
        }
    }

    fn next(&mut self, part: Part, choice: usize, out: &mut String) -> std::fmt::Result {
        let target = choice % self.site.pages.len();
        // The path names the folder as it is written.
        let is_small = self.site.spellings.iter().all(|spelling| *spelling == Spelling::Small);
        let from = (part.owner, part.lang);
        let reads = |lang| self.site.may_link(from, (Owner::Page(target), lang));
        if !is_small || !(0..2).any(reads) || self.site.has_folder(target) {
            return Ok(());
        }
        let folder = self.folders[target].clone();
        let name = match target {
            0 => "first-insight".into(),
            1 => "first-script".into(),
            _ => spelt(self.names[target]),
        };
        let path = format!("{}/{name}", folder.trim_start_matches("content/"));
        let label = self.write_word_with(part, "the label of its next step", Fate::May);
        let text = self.write_word_with(part, "the text of its next step", Fate::May);
        writeln!(out, "next: {{page: {path}, label: {label}, text: {text}}}")
    }

    fn outcomes(&mut self, part: Part, out: &mut String) {
        let label = self.write_word(part, "an outcome");
        let ask = self.write_word(part, "a question of an outcome");
        let before = self.write_word(part, "what to look up first");
        let placeholder = self.write_word(part, "a placeholder");
        let example = self.write_word_with(part, "an example", Fate::May);
        let heard = self.write_word(part, "what is heard");
        let _ = write!(
            out,
            "outcomes: {{done: {{label: {label}, questions: [{ask}]}}}}\npreparation: [{before}]\n\
             placeholders: {{who: {{label: {placeholder}, example: {example}}}}}\n\
             objections: {{objection-busy: {{phrases: [{heard}]}}}}\n"
        );
    }

    fn person(&mut self, part: Part, choice: usize, out: &mut String) {
        let is_rep = choice.is_multiple_of(3);
        let role = self.write_word(part, "the role");
        let fate = if is_rep { Fate::May } else { Fate::Never };
        let [email, phone, booking] =
            ["the address", "the number", "the booking"].map(|what| self.write_word_with(part, what, fate));
        let _ = write!(
            out,
            "role: {role}\nrep: {is_rep}\nemail: {email}@example.org\nphone: 112 ({phone})\n\
             booking: 'https://{booking}.example/'\n"
        );
    }
}
