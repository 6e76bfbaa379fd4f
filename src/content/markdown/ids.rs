//! Ids of headings: unique in the page, never empty.

use std::collections::HashMap;

use super::Timed;
use crate::content::body::Heading;
use crate::encode::slug::slug;

/// Gives every heading its id. Ids that the author gave come first, wherever they stand; then the others in order,
/// with `-2`, `-3` behind what is taken. A time in brackets behind the heading is no part of its id.
pub(super) fn assign(headings: &mut [Heading]) {
    let mut taken = Taken::default();
    for heading in headings.iter_mut().filter(|h| h.explicit_id) {
        // `fn:` and `fnref:` are the ids of footnotes.
        let wanted = match heading.id.starts_with("fn") && heading.id.contains(':') {
            true => heading.id.replace(':', "-"),
            false => std::mem::take(&mut heading.id),
        };
        heading.id = taken.unique(wanted);
    }
    for heading in headings.iter_mut().filter(|h| !h.explicit_id) {
        let title = Timed::parse(&heading.text).map_or(heading.text.as_str(), |timed| timed.title);
        let mut wanted = slug(title);
        if wanted.is_empty() {
            wanted.push_str("section");
        }
        heading.id = taken.unique(wanted);
    }
}

/// Ids in use, each with the last number tried behind it: many equal headings must not each count from 2.
#[derive(Default)]
struct Taken(HashMap<String, u32>);

impl Taken {
    fn unique(&mut self, wanted: String) -> String {
        let Some(&last) = self.0.get(&wanted) else {
            self.0.insert(wanted.clone(), 1);
            return wanted;
        };
        let mut number = last + 1;
        let free = loop {
            let candidate = format!("{wanted}-{number}");
            if !self.0.contains_key(&candidate) {
                break candidate;
            }
            number += 1;
        };
        self.0.insert(wanted, number);
        self.0.insert(free.clone(), 1);
        free
    }
}
