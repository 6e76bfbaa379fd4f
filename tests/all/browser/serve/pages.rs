//! Pages that follow what is written.

use serde_json::json;

use super::super::Screen;
use super::{BAR, Desk, article};

#[test]
fn a_page_follows_its_file_and_keeps_its_place() {
    let Some(desk) = Desk::new(&[]) else { return };
    desk.open("/insights/article/");
    let page = &desk.page;
    page.js(
        "document.getElementById('part-20').scrollIntoView({ behavior: 'instant' }); window.isOld = true",
        &[],
    );
    page.wait("scrollY > 500");
    let top = "document.getElementById('part-20').getBoundingClientRect().top";
    let before = page.js(&format!("return [{top}, scrollY]"), &[]);
    // What comes before what is read grows.
    let longer = "A line that was not there.\n\n".repeat(12);
    desk.site.write("content/insights/article.md", article(&format!("After.\n\n{longer}")));
    page.wait("!window.isOld && document.querySelector('main').textContent.includes('After.')");
    page.wait(&format!("Math.abs({top} - {}) < 3", before[0]));
    assert!(page.js("return scrollY", &[]).as_f64() > before[1].as_f64());
    page.assert_no_errors();
}

#[test]
fn a_sheet_changes_without_a_reload() {
    let Some(desk) = Desk::new(&[]) else { return };
    desk.site.write("themes/ringback/css/main.css", "body { color: rgb(1, 2, 3); }");
    desk.open("/insights/article/");
    let page = &desk.page;
    page.wait("getComputedStyle(document.body).color === 'rgb(1, 2, 3)'");
    page.js("window.isOld = true", &[]);
    desk.site.write("themes/ringback/css/main.css", "body { color: rgb(4, 5, 6); }");
    page.wait("getComputedStyle(document.body).color === 'rgb(4, 5, 6)'");
    assert_eq!(page.js("return window.isOld", &[]), true, "it was not loaded again");
    let sheets = "document.querySelectorAll('link[rel=stylesheet][href*=main]').length === 1";
    page.wait(sheets);
    page.assert_no_errors();
}

#[test]
fn what_is_wrong_is_said_over_the_last_good_page_until_it_is_fixed() {
    let Some(desk) = Desk::new(&[]) else { return };
    desk.open("/insights/article/");
    let page = &desk.page;
    let panel = format!("{BAR}?.querySelector('.panel')");
    assert_eq!(page.js(&format!("return {panel}.hidden"), &[]), true);
    desk.site.write("content/insights/article.md", article("Now [broken](nowhere.md)."));
    page.wait(&format!("!{panel}.hidden && {panel}.textContent.includes('1 mistake to fix')"));
    let text = page.js(&format!("return {panel}.textContent"), &[]);
    let text = text.as_str().expect("text");
    assert!(text.contains("content/insights/article.md:5:"), "{text}");
    assert!(text.contains("Now [broken](nowhere.md).") && text.contains("^^^"), "the snippet: {text}");
    assert!(text.contains("ringback explain broken-link"), "{text}");
    page.shot("serve-overlay");
    // The page is there, and can be used.
    assert_eq!(page.js("return document.querySelector('main').textContent.includes('Before.')", &[]), true);
    page.find("header a.brand").click();
    page.wait("location.pathname === '/'");
    page.wait(&format!("{panel} && !{panel}.hidden"));
    // Closed, it stays closed, on other pages too.
    page.js(&format!("{panel}.querySelector('.close').click()"), &[]);
    page.wait(&format!("{panel}.hidden"));
    desk.open("/insights/article/");
    page.wait(&format!("{BAR}.querySelector('.bar [data-problems]')?.textContent === '1 mistake'"));
    assert_eq!(page.js(&format!("return {panel}.hidden"), &[]), true);
    // Something else that is wrong is said again.
    desk.site.write("ringback.yaml", "title: [");
    page.wait(&format!("!{panel}.hidden && {panel}.textContent.includes('ringback.yaml')"));
    page.screen(Screen::Phone);
    page.shot("serve-overlay-phone");
    assert_eq!(page.js("return document.documentElement.scrollWidth - innerWidth", &[]), 0);
    page.screen(Screen::Desktop);
    desk.site.write("content/insights/article.md", article("Fixed."));
    desk.site.write("ringback.yaml", super::CONFIG);
    page.wait("document.querySelector('main').textContent.includes('Fixed.')");
    // Advice may be left.
    page.wait(&format!("{panel}?.hidden && !{BAR}.querySelector('.bar .wrong')"));
    page.assert_no_errors();
}

#[test]
fn a_site_that_is_broken_from_the_start_comes_when_it_is_fixed() {
    let Some(desk) = Desk::new(&[]) else { return };
    drop(desk.served);
    desk.site.write("content/insights/article.md", "---\ntitle: [\n---\n");
    let served = crate::support::served::Served::start(&desk.site.path(""), &[]);
    let page = &desk.page;
    page.goto(&served.url("/insights/article/"));
    page.wait(&format!("{BAR}?.querySelector('.panel')?.textContent.includes('1 mistake to fix')"));
    page.shot("serve-broken");
    desk.site.write("content/insights/article.md", article("There."));
    page.wait("document.querySelector('main').textContent.includes('There.')");
    // The page was an error while the site was broken.
    let errors = page.errors();
    assert!(errors.iter().all(|error| error.text.contains("500")), "{errors:#?}");
}

#[test]
fn the_site_can_be_seen_with_other_eyes() {
    let Some(desk) = Desk::new(&[]) else { return };
    desk.open("/insights/shut/");
    let page = &desk.page;
    let choice = format!("{BAR}.querySelector('select')");
    assert_eq!(
        page.js(&format!("return [...{choice}.options].map((option) => option.label)"), &[]),
        json!(["Visitor", "Lead", "Team"])
    );
    let main = "document.querySelector('main').textContent";
    assert_eq!(page.js(&format!("return {main}.includes('The sealed part.')"), &[]), false);
    let choose = |index: usize| {
        let change = "choice.dispatchEvent(new Event('change'))";
        page.js(&format!("const choice = {choice}; choice.selectedIndex = {index}; {change}"), &[]);
    };
    choose(1);
    page.wait(&format!(
        "location.pathname === '/~lead/insights/shut/' && {main}.includes('The sealed part.')"
    ));
    page.wait(&format!("{BAR}?.querySelector('select')"));
    // Links stay with those eyes.
    page.find("header a.brand").click();
    page.wait("location.pathname === '/~lead/'");
    page.wait(&format!("{BAR}?.querySelector('select')"));
    choose(2);
    page.wait("location.pathname === '/~team/'");
    desk.open("/~team/scripts/call/");
    page.assert_no_errors();
    // What nobody else sees yet says so.
    desk.open("/insights/soon/");
    assert_eq!(page.js(&format!("return {BAR}.querySelector('.state').textContent"), &[]), "draft");
    assert_eq!(page.js(&format!("return {main}.includes('Draft')"), &[]), true);
    page.shot("serve-draft");
    page.assert_no_errors();
}
