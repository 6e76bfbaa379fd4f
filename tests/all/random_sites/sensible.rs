//! Takes out of a site at random what no site can have, so that nearly all of them build.

use super::rules::Owner;
use super::site::{FOLDERS, Front, Shape, Site, State};

impl Site {
    /// What is to be had of this site.
    pub(crate) fn sensible(mut self) -> Self {
        // `content/pages/` is published at the root.
        self.sections[7] = [None, None];
        self.pages[0].folder = 1;
        self.pages[1].folder = 5;
        for page in 0..self.pages.len() {
            if page < 2 {
                self.pages[page].shape = Shape::File;
            }
            if self.pages[page].shape == Shape::Inside {
                self.put_inside(page);
            }
            if self.is_script(Owner::Page(page)) || self.is_person(page) {
                self.pages[page].gate = None;
            }
            if self.is_person(page) && matches!(self.pages[page].shape, Shape::Dated(_)) {
                self.pages[page].shape = Shape::File;
            }
            self.let_it_appear_before_it_expires(page);
        }
        self.set_slugs_apart();
        self
    }

    /// A page whose file's name has a day to come can't be gone before that day.
    fn let_it_appear_before_it_expires(&mut self, page: usize) {
        if self.pages[page].shape == Shape::Dated(true) {
            let texts = self.pages[page].texts.iter_mut().flatten();
            texts.filter(|text| text.state == State::Expired).for_each(|text| text.state = State::Scheduled);
        }
    }

    /// A page with files in the folder of an earlier one. A folder that is seen with pages in it would be a section at
    /// the address of the page, so one of the two is not published.
    fn put_inside(&mut self, page: usize) {
        let Some(host) = self.host(page) else {
            self.pages[page].shape = Shape::Folder;
            return;
        };
        self.pages[page].folder = self.pages[host].folder;
        let mut hosts = std::iter::successors(Some(host), |above| {
            self.host(*above).filter(|_| self.pages[*above].shape == Shape::Inside)
        });
        if hosts.any(|host| (0..2).any(|lang| self.is_out(Owner::Page(host), lang))) {
            for text in self.pages[page].texts.iter_mut().flatten() {
                if !matches!(text.state, State::Scheduled | State::Expired) {
                    text.state = State::Draft;
                }
            }
        }
    }

    /// The page in whose folder another one's folder lies.
    pub(crate) fn host(&self, page: usize) -> Option<usize> {
        let is_host = |host: &usize| {
            self.has_folder(*host) && !self.is_script(Owner::Page(*host)) && !self.is_person(*host)
        };
        (0..page).rev().find(is_host)
    }

    /// Sections are found by their addresses, which a slug in one language alone leaves as they are in the other.
    fn set_slugs_apart(&mut self) {
        for texts in &mut self.sections {
            for text in texts.iter_mut().flatten() {
                text.front.retain(|key| !matches!(key, Front::Alias));
            }
        }
    }

    pub(crate) fn has_folder(&self, page: usize) -> bool {
        matches!(self.pages[page].shape, Shape::Folder | Shape::Inside)
    }

    pub(crate) fn is_script(&self, owner: Owner) -> bool {
        matches!(owner, Owner::Page(page) if FOLDERS[self.pages[page].folder].starts_with("scripts"))
    }

    pub(crate) fn is_person(&self, page: usize) -> bool {
        FOLDERS[self.pages[page].folder] == "people"
    }
}
