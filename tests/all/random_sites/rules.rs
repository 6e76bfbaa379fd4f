//! Who may read what: the rules as the documentation has them, and not as the program does.

use super::site::{Audience, FOLDERS, Page, Shape, Site, State, Text};

/// The editions, each with those whom it is for.
pub(crate) const EDITIONS: [(&str, Audience); 2] = [("public", Audience::Public), ("team", Audience::Team)];

/// The public edition, as an index.
pub(crate) const PUBLIC: usize = 0;
/// That of the team.
pub(crate) const TEAM: usize = 1;

/// Whose a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Owner {
    Section(usize),
    Page(usize),
}

impl Site {
    pub(crate) fn text(&self, owner: Owner, lang: usize) -> Option<&Text> {
        match owner {
            Owner::Section(folder) => self.sections[folder][lang].as_ref(),
            Owner::Page(page) => self.pages[page].texts[lang].as_ref(),
        }
    }

    /// A section is for whom its nearest `_index.md` says that has a word on it, its own or one above; scripts are for
    /// the team, and everything else for everybody. Of translations the narrowest holds.
    fn audience_of_folder(&self, folder: usize) -> Audience {
        let says = |path: &str| {
            let folder = FOLDERS.iter().position(|known| *known == path)?;
            self.sections[folder].iter().flatten().filter_map(|text| text.audience).max()
        };
        let path = FOLDERS[folder];
        let above = path.rsplit_once('/').map(|(above, _)| above);
        let nearest = says(path).or_else(|| says(above?)).or_else(|| says(""));
        nearest.unwrap_or(if path.starts_with("scripts") { Audience::Team } else { Audience::Public })
    }

    /// A page is for the narrowest audience of all its translations, whatever their state; one that says nothing has
    /// its folder's.
    fn audience(&self, owner: Owner) -> Audience {
        match owner {
            Owner::Section(folder) => self.audience_of_folder(folder),
            Owner::Page(page) => {
                let Page { folder, texts, .. } = &self.pages[page];
                let of = |text: &Text| text.audience.unwrap_or_else(|| self.audience_of_folder(*folder));
                texts.iter().flatten().map(of).max().expect("a text")
            }
        }
    }

    /// No draft, its day has come and its last day has not.
    pub(crate) fn is_out(&self, owner: Owner, lang: usize) -> bool {
        let later = matches!(owner, Owner::Page(page) if self.pages[page].shape == Shape::Dated(true));
        match self.text(owner, lang).map(|text| text.state) {
            Some(State::Undated | State::UntilLater) => !later,
            Some(State::Dated) => true,
            Some(State::Draft | State::Scheduled | State::Expired) | None => false,
        }
    }

    /// Do the readers of an edition see this text?
    pub(crate) fn is_seen(&self, owner: Owner, lang: usize, edition: usize) -> bool {
        self.is_out(owner, lang) && self.audience(owner) <= EDITIONS[edition].1
    }

    /// May the readers of an edition have everything that lies beside a page, its texts in all languages being theirs to
    /// read, without a form?
    pub(crate) fn is_open(&self, page: usize, edition: usize) -> bool {
        let Page { texts, gate, .. } = &self.pages[page];
        let languages = (0..2).filter(|lang| texts[*lang].is_some());
        let mut hidden = languages.filter(|lang| !self.is_seen(Owner::Page(page), *lang, edition));
        hidden.next().is_none() && (gate.is_none() || edition == TEAM)
    }

    /// May a text lead to another one? Whoever reads the first must be able to read the second.
    pub(crate) fn may_link(&self, from: (Owner, usize), to: (Owner, usize)) -> bool {
        [PUBLIC, TEAM]
            .into_iter()
            .all(|edition| !self.is_seen(from.0, from.1, edition) || self.is_seen(to.0, to.1, edition))
    }
}
