//! The look of a site on one screen, while somebody changes it.

use super::super::Screen;
use super::{Desk, Site};

/// What a frame shows: the colour of the page, or of the links of its text.
fn of_frame(frame: usize, selector: &str, property: &str) -> String {
    format!(
        "(() => {{ const inside = document.querySelectorAll('iframe')[{frame}]?.contentDocument; \
         const found = inside?.readyState === 'complete' && inside.querySelector({selector:?}); \
         return found ? inside.defaultView.getComputedStyle(found)[{property:?}] : '' }})()"
    )
}

#[test]
fn a_setting_is_seen_in_both_schemes_while_it_is_written() {
    let site = Site::empty();
    assert_eq!(site.run(&["init", ".", "--lang", "nb", "--title", "Fjord & Fjell"]).status, 0);
    let Some(desk) = Desk::of(site, &[]) else { return };
    let page = &desk.page;
    page.goto(&desk.served.url("/.ringback/look"));
    let background = |frame| of_frame(frame, "body", "backgroundColor");
    page.wait(&format!("{} === 'rgb(251, 248, 241)'", background(0)));
    page.wait(&format!("{} === 'rgb(17, 23, 20)'", background(3)));
    // An article with all that a text can have.
    page.wait(&format!("{} !== ''", of_frame(4, ".block-faq details", "display")));
    page.wait(&format!("{} !== ''", of_frame(1, ".lead-form form", "display")));
    page.shot("serve-look");
    desk.site.write(
        "themes/ringback/theme.yaml",
        "colors: {light: {paper: white, accent: '#7a1f3d'}}\nhero: centered\nradius: 14px\n",
    );
    page.wait(&format!("{} === 'rgb(255, 255, 255)'", background(0)));
    page.wait(&format!("{} === 'rgb(122, 31, 61)'", of_frame(1, ".text p a, .text li a", "color")));
    page.wait("document.querySelector('.light .colors').textContent.includes('#7a1f3d')");
    // Dark follows from light, and can be read.
    page.wait(&format!("{} === 'rgb(22, 22, 22)'", background(3)));
    assert_eq!(page.js("return document.querySelectorAll('.poor').length", &[]), 0);
    page.shot("serve-look-changed");
    page.screen(Screen::Phone);
    page.shot("serve-look-phone");
    assert_eq!(page.js("return document.documentElement.scrollWidth - innerWidth", &[]), 0);
    page.assert_no_errors();
}
