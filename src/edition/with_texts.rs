//! The shortest way from a save to its page: a site in which nothing but the words of a text has changed needs no linking.

use std::sync::Arc;

use super::inputs::Inputs;
use crate::config::Level;
use crate::diag::{Diagnostic, Diagnostics};
use crate::edition::linking::{cards, jumps};
use crate::findings::Findings;
use crate::pages::linked::Edition;
use crate::project::{Changes, names};
use crate::publishing::search::Search;

/// An edition that was linked before these changes were read, with the new words; `None` where linking it again could
/// give anything else. `said` is what was reported when it was linked, and would be reported again.
#[must_use]
pub fn with_texts(
    linked: &Edition,
    (loaded, changes): (&Inputs, &Changes),
    said: &[Diagnostic],
) -> Option<Edition> {
    // What else than pages has changed may have been sealed.
    let Changes::Paths(paths) = changes else { return None };
    if !paths.iter().all(|path| names::ends_in(path, "md")) {
        return None;
    }
    // Checks that the site has raised to errors read every word.
    if !Arc::ptr_eq(&linked.theme, &loaded.theme) || loaded.content.config.checks.has(Level::Error) {
        return None;
    }
    let others = linked.site.reworded(&loaded.content)?;
    // What is wrong with such a file stands elsewhere in it now.
    let is_named =
        |file: &str| others.iter().any(|index| loaded.content.documents[*index].place.path == file);
    let names_one = |problem: &Diagnostic| {
        let related = problem.related.iter().map(|related| &related.place);
        problem.place.iter().chain(related).any(|place| is_named(&place.file))
    };
    if said.iter().any(names_one) {
        return None;
    }
    let site = linked.site.with_texts(&loaded.content, &others);
    let Findings { links, scripts, share, .. } = &linked.features;
    let words = |lang| loaded.theme.search_words(site.config(), lang);
    let cuts = jumps::cuts(&site, scripts, links);
    // What it has to say has been said.
    let search = Search::collect(&site, &words, cuts, &mut Diagnostics::new());
    let cards = cards(&site, (&**links, &**share), &loaded.theme);
    let features = linked.features.with_texts(search, cards);
    Some(linked.with_texts(site, features))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::build::{self, ReadCache};
    use crate::edition::inputs::Options;
    use crate::edition::linking;
    use crate::site::Unpublished;
    use crate::testing;

    const PATH: &str = "content/insights/a.md";

    #[test]
    fn an_edition_that_somebody_reads_keeps_its_words_and_shares_the_rest() {
        let text = |words: &str| format!("---\ntitle: A\ndate: 2026-01-02\n---\n{words}\n");
        let project = testing::project(str::to_string).with(PATH, text("Before."));
        let mut kept = ReadCache::default();
        let mut diagnostics = Diagnostics::new();
        let loaded = build::reload(&project, &mut kept, &mut diagnostics).unwrap();
        let options = Options { edition: None, base_url: None, unpublished: Unpublished::Hide };
        let edition = &loaded.content.config.editions[0];
        let old = linking::link(&project, &loaded, edition, &options, &mut diagnostics);
        let changes = Changes::Paths(BTreeSet::from([PATH.to_string()]));
        let mut changed = |words: &str| {
            let project = testing::project(str::to_string).with(PATH, words);
            kept.forget(&changes);
            build::reload(&project, &mut kept, &mut Diagnostics::new()).unwrap()
        };
        let loaded = changed(&text("After."));
        let new = with_texts(&old, (&loaded, &changes), &[]).unwrap();
        let page = |edition: &Edition| testing::file(edition, "insights/a/index.html").unwrap();
        assert!(page(&old).contains("Before.") && page(&new).contains("After."));
        assert!(Arc::ptr_eq(&old.plan, &new.plan) && Arc::ptr_eq(&old.features.links, &new.features.links));
        // What others know of a page is more than words.
        for other in ["[After.](/)", "# After"] {
            assert!(with_texts(&old, (&changed(&text(other)), &changes), &[]).is_none(), "{other}");
        }
        assert!(with_texts(&old, (&loaded, &Changes::All), &[]).is_none());
    }
}
