//! The shortest way from a save to its page: a site in which nothing but the words of a text has changed needs no linking.

use std::sync::Arc;

use super::inputs::Inputs;
use crate::config::Level;
use crate::diag::{Diagnostic, Diagnostics};
use crate::edition::linking::{cards, jumps};
use crate::pages::linked::Edition;
use crate::project::{Changes, names};
use crate::publishing::search::Search;

/// Shows the new words in a site that was linked before these changes were read, where that gives the same as linking it
/// again; `said` is what was reported then, and would be reported again. Whether it could be done; if not, nothing has
/// changed.
#[must_use]
pub fn reword(linked: &mut Edition, (loaded, changes): (&Inputs, &Changes), said: &[Diagnostic]) -> bool {
    // What else than pages has changed may have been sealed.
    let Changes::Paths(paths) = changes else { return false };
    if !paths.iter().all(|path| names::ends_in(path, "md")) {
        return false;
    }
    // Checks that the site has raised to errors read every word.
    if !Arc::ptr_eq(&linked.theme, &loaded.theme) || loaded.content.config.checks.has(Level::Error) {
        return false;
    }
    let Some(others) = linked.site.reworded(&loaded.content) else { return false };
    // What is wrong with such a file stands elsewhere in it now.
    let is_named = |file: &str| others.iter().any(|index| loaded.content.entries[*index].place.path == file);
    let names_one = |problem: &Diagnostic| {
        let related = problem.related.iter().map(|related| &related.place);
        problem.place.iter().chain(related).any(|place| is_named(&place.file))
    };
    if said.iter().any(names_one) {
        return false;
    }
    linked.site.reword(&loaded.content, &others);
    let words = |lang| loaded.theme.search_words(linked.site.config(), lang);
    let cuts = jumps::cuts(&linked.site, &linked.features.scripts, &linked.features.links);
    // What it has to say has been said.
    linked.features.search = Search::collect(&linked.site, &words, cuts, &mut Diagnostics::new());
    linked.features.cards =
        cards(&linked.site, (&linked.features.links, &linked.features.share), &loaded.theme);
    linked.forget_words();
    true
}
