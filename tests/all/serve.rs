//! `serve`, without sockets and watchers: whatever is edited, what is served is what a fresh build would write.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::{Arc, RwLock};

use jiff::civil::Date;
use jiff::tz::TimeZone;
use ringback::build;
use ringback::diag::{Code, Diagnostic, Diagnostics, Severity};
use ringback::edition::inputs::Options;
use ringback::plan::Artifact;
use ringback::project::Changes;
use ringback::project::{MemoryProject, PathKind, Project};
use ringback::serve::defaults::WithDefaults;
use ringback::serve::preview::{ReloadMessage, Served, Settings};
use ringback::serve::viewers::{Role, Viewer};
use ringback::serve::{Preview, host};
use ringback::site::Unpublished;

use crate::support::png;

const ORIGIN: &str = "http://127.0.0.1:4000";

/// A site that can be edited while it is served.
#[derive(Clone)]
struct Desk(Arc<RwLock<MemoryProject>>);

impl Desk {
    fn new(files: &[(&str, &str)]) -> Self {
        let project =
            files.iter().fold(MemoryProject::new(), |project, (path, text)| project.with(path, text));
        Self(Arc::new(RwLock::new(project)))
    }

    fn edit<T>(&self, work: impl FnOnce(&mut BTreeMap<String, Vec<u8>>) -> T) -> T {
        work(&mut self.0.write().expect("no test panicked").files)
    }

    fn write(&self, path: &str, text: impl AsRef<[u8]>) -> Changes {
        self.edit(|files| files.insert(path.into(), text.as_ref().to_vec()));
        changed(&[path])
    }

    fn state(&self, role: Role) -> Preview {
        let settings = Settings { role, unpublished: Unpublished::Show, origin: ORIGIN.into() };
        Preview::new(WithDefaults::new(self.clone()), settings)
    }
}

impl Project for Desk {
    fn files(&self, diagnostics: &mut Diagnostics) -> Vec<String> {
        self.0.read().expect("no test panicked").files(diagnostics)
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, Box<Diagnostic>> {
        self.0.read().expect("no test panicked").read(path)
    }

    fn path_kind(&self, path: &str) -> PathKind {
        self.0.read().expect("no test panicked").path_kind(path)
    }

    fn today(&self, zone: &TimeZone) -> Date {
        self.0.read().expect("no test panicked").today(zone)
    }

    fn variable(&self, _: &str) -> Option<String> {
        None
    }
}

fn changed(paths: &[&str]) -> Changes {
    Changes::Paths(paths.iter().map(|path| (*path).to_string()).collect())
}

const CONFIG: &str = "\
title: {en: Fjord, sv: Fjärd}
base_url: https://fjord.example/blog/
languages: {en: {label: English}, sv: {label: Svenska}}
pagination: 3
taxonomies:
  tags: {label: Topics}
  persona: {label: For}
webhooks: {crm: {url: \"${CRM_URL}\"}}
organization: {name: Fjord, email: hello@fjord.example}
editions:
  public: {output: public, audiences: [public]}
  team: {output: team, audiences: [public, team], base_url: https://team.fjord.example/}
";

const FORM: &str = "title: Guide\nwebhook: crm\nfields: [{id: email, type: email, required: true}]\n";

fn site() -> Desk {
    let desk = Desk::new(&[
        ("ringback.yaml", CONFIG),
        ("content/_index.md", "---\ntitle: Home\n---\nWelcome.\n"),
        ("content/insights/_index.md", "---\ntitle: Insights\n---\n"),
        ("content/forms/guide.yaml", FORM),
        ("content/people/kim.md", "---\ntitle: Kim Berg\nrole: Editor\n---\nKim.\n"),
        ("content/pages/about.md", "---\ntitle: About\n---\n[Write](../insights/a0.md)\n\n[form:guide]\n"),
        (
            "content/insights/behind.md",
            "---\ntitle: Behind\ngate: {form: guide, key: webhook}\n---\nTeaser.\n\n<!-- gate -->\n\nSealed [link](a0.md).\n",
        ),
        (
            "content/scripts/call.md",
            "---\ntitle: A call\noutcomes: {callback: {label: Ring back}}\n---\n## Opener\n\n> Good morning.\n\n- Yes → [Done](outcome:callback)\n- No → [Done](outcome:callback)\n",
        ),
        ("static/robots-extra.txt", "hello\n"),
    ]);
    for number in 0..8 {
        desk.write(&format!("content/insights/a{number}.md"), article(number, "first"));
    }
    desk.write("content/insights/a0.sv.md", "---\ntitle: Nolla\n---\nText.\n");
    desk
}

fn article(number: usize, words: &str) -> String {
    let day = 1 + number % 28;
    format!(
        "---\ntitle: Article {number} {words}\ndate: 2026-10-{day:02}\ntags: [t{}, t{}]\nauthors: [kim]\n---\n\
         About {words}. See [the one before](../pages/about.md).\n\n## Part\n\nMore {words}.\n",
        number % 3,
        number % 5
    )
}

/// Every address of the site as some of its readers see it, with what a fresh build has there, by their places among
/// all; of one for whom it has errors, the errors.
type Fresh = Vec<Result<BTreeMap<String, Vec<u8>>, Vec<Diagnostic>>>;

fn fresh(desk: &Desk, readers: &[Viewer]) -> Fresh {
    let project = WithDefaults::new(desk.clone());
    let mut diagnostics = Diagnostics::new();
    let loaded = build::load(&project, &mut diagnostics);
    let Some(loaded) = loaded.filter(|_| !diagnostics.has_errors()) else {
        return vec![Err(diagnostics.sorted())];
    };
    readers.iter().map(|seen| fresh_for(&project, &loaded, seen)).collect()
}

fn fresh_for(
    project: &WithDefaults,
    loaded: &ringback::edition::inputs::Inputs,
    seen: &Viewer,
) -> Result<BTreeMap<String, Vec<u8>>, Vec<Diagnostic>> {
    let options =
        Options { edition: None, base_url: Some(seen.base_url.clone()), unpublished: Unpublished::Show };
    let mut diagnostics = Diagnostics::new();
    let linked = ringback::edition::linking::link(project, loaded, &seen.edition, &options, &mut diagnostics);
    if diagnostics.has_errors() {
        return Err(diagnostics.sorted());
    }
    let mut files = BTreeMap::new();
    for (path, artifact) in linked.plan.iter() {
        if matches!(artifact, Artifact::Redirect { .. } | Artifact::HostHeaders | Artifact::HostRedirects) {
            continue;
        }
        let bytes =
            ringback::edition::artifact::bytes(project, &linked, artifact).expect("it can be rendered");
        let path = path.as_str();
        let url = match path.strip_suffix("index.html") {
            Some(folder) if folder.is_empty() || folder.ends_with('/') => folder,
            _ => path,
        };
        files.insert(ringback::encode::percent::path(&format!("/{url}")).into_owned(), bytes);
    }
    Ok(files)
}

fn get(state: &Preview, seen: &Viewer, path: &str) -> (u16, Vec<u8>) {
    match state.answer(&format!("{}{}", seen.base_url.path, path.trim_start_matches('/'))) {
        Served::File { answer, seen: found, .. } => {
            assert_eq!(found.id, seen.id, "{path}");
            (answer.status, answer.body)
        }
        other => panic!("{path}: {other:?}"),
    }
}

/// Everything that is served to somebody.
fn assert_served(state: &Preview, seen: &Viewer, wanted: &BTreeMap<String, Vec<u8>>, what: &str) {
    for (path, bytes) in wanted {
        let (status, body) = get(state, seen, path);
        let is_404 = path.ends_with("404.html");
        assert!(status == 200 || is_404, "{what}: {path} is {status}");
        if body != *bytes {
            let (body, bytes) = (String::from_utf8_lossy(&body), String::from_utf8_lossy(bytes));
            let line = body.lines().zip(bytes.lines()).find(|(a, b)| a != b);
            panic!("{what}: {path} differs as {}: {line:?}", seen.id);
        }
    }
}

/// Numbers that are the same in each run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(sides).expect("small")).expect("small")
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        let index = self.roll(from.len());
        &from[index]
    }
}

/// One edit of some kind; what changed, and in words.
fn edit(desk: &Desk, dice: &mut Dice, step: usize) -> (Changes, String) {
    let pages = |files: &BTreeMap<String, Vec<u8>>| -> Vec<String> {
        files.keys().filter(|path| path.starts_with("content/insights/a")).cloned().collect()
    };
    let articles = desk.edit(|files| pages(files));
    let any =
        if articles.is_empty() { "content/insights/a0.md".to_string() } else { dice.pick(&articles).clone() };
    let number = dice.roll(12);
    match dice.roll(28) {
        0..=3 => (desk.write(&any, article(number, &format!("words{step}"))), format!("text of {any}")),
        4 => {
            let path = format!("content/insights/a{number}.md");
            (desk.write(&path, article(number, "new")), format!("new {path}"))
        }
        5 => {
            desk.edit(|files| files.remove(&any));
            (changed(&[&any]), format!("{any} removed"))
        }
        6 => {
            let to = format!("content/insights/a{number}.md");
            desk.edit(|files| files.remove(&any).map(|text| files.insert(to.clone(), text)));
            (changed(&[&any, &to]), format!("{any} renamed {to}"))
        }
        7 => {
            // A page gets a folder of its own, or another section.
            let folder = dice.pick(&["content/playbooks/", "content/insights/deep/er/", "content/pages/"]);
            let to = format!("{folder}m{number}.md");
            desk.edit(|files| files.remove(&any).map(|text| files.insert(to.clone(), text)));
            (changed(&[&any, &to]), format!("{any} moved {to}"))
        }
        8 => {
            // A folder goes at once: only its own path is told.
            let gone: Vec<String> = desk.edit(|files| {
                let gone: Vec<String> =
                    files.keys().filter(|path| path.starts_with("content/insights/deep/")).cloned().collect();
                gone.iter().for_each(|path| drop(files.remove(path)));
                gone
            });
            (changed(&["content/insights/deep"]), format!("folder of {gone:?} removed"))
        }
        9 => {
            let state = dice.pick(&[
                "draft: true",
                "expires: 2026-01-01",
                "date: 2027-05-05",
                "audience: team",
                "slug: other",
                "aliases: [/old/x/, /old.html]",
                "listed: false",
                "stage: attract",
            ]);
            let text = format!("---\ntitle: Stately {step}\n{state}\n---\nText with [a link](a0.md).\n");
            (desk.write(&any, text), format!("{any} with {state}"))
        }
        10 => {
            let broken = dice.pick(&[
                "---\ntitle: Unclosed\n",
                "---\ntitle: [\n---\n",
                "---\n---\n",
                "",
                "---\ntitle: A\n---\n[broken](nowhere.md)\n",
                "\u{0}\u{1}",
            ]);
            (desk.write(&any, broken), format!("{any} broken"))
        }
        11 => {
            let path = "content/forms/guide.yaml";
            let text = match dice.roll(4) {
                0 => FORM.replace("Guide", &format!("Guide {step}")),
                1 => format!("{FORM}consent: [{{id: contact, required: true, version: \"1\", text: Yes}}]\n"),
                2 => "title: [".to_string(),
                _ => FORM.to_string(),
            };
            (desk.write(path, text), "a form".into())
        }
        12 => {
            let text = match dice.roll(6) {
                0 => CONFIG.replace("pagination: 3", "pagination: 2"),
                1 => CONFIG.replace("title: {en: Fjord", &format!("title: {{en: Fjord {step}")),
                2 => CONFIG
                    .replace("tags: {label: Topics}", "tags: {label: Tags}, industry: {label: Industry}"),
                3 => format!("{CONFIG}nonsense: true\n"),
                4 => "title: [".to_string(),
                _ => CONFIG.to_string(),
            };
            (desk.write("ringback.yaml", text), "the configuration".into())
        }
        13 => {
            (desk.write("themes/ringback/css/extra.css", format!("a {{ order: {step} }}")), "a sheet".into())
        }
        14 => {
            let path = "themes/ringback/templates/partials/state.html";
            let text = dice.pick(&["<p>state</p>", "", "{{ page.title", "<p>{{ page.title }}</p>"]);
            if text.is_empty() {
                desk.edit(|files| files.remove(path));
            } else {
                desk.write(path, text);
            }
            (changed(&[path]), format!("a template: {text}"))
        }
        15 => {
            let path = "themes/ringback/i18n/sv.yaml";
            (desk.write(path, format!("home: Hem {step}\n")), "words".into())
        }
        16 => {
            // An image, and the page that shows it.
            let image = format!("content/insights/p{}.png", dice.roll(2));
            let side = 10 + u32::try_from(step).expect("small");
            desk.write(&image, png(side, 10));
            let name = image.rsplit('/').next().expect("a name");
            desk.write(&any, format!("---\ntitle: Picture {step}\n---\n![A picture]({name})\n"));
            (changed(&[&image, &any]), format!("{image} in {any}"))
        }
        17 => {
            let images: Vec<String> =
                desk.edit(|files| files.keys().filter(|path| path.ends_with(".png")).cloned().collect());
            let Some(image) = images.first() else { return (Changes::none(), "nothing".into()) };
            desk.edit(|files| files.remove(image));
            (changed(&[image]), format!("{image} removed"))
        }
        18..=26 => {
            // What a writer does most of the time.
            let text = desk.edit(|files| files.get(&any).cloned().unwrap_or_default());
            let more = dice.pick(&[
                "\nAnother sentence.\n",
                "\nAnother sentence.\n",
                "\nAn *other* one, with `code`.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n",
                "\n## Key takeaways\n\n- This\n",
                "\n- A list\n",
                "\nA [link](a0.md).\n",
                "\n![Now a picture](p0.png)\n",
                "\n[Only a link](p0.png)\n",
                "\n## Heading\n",
                "\n[form:guide]\n",
                "\n<!-- gate -->\n",
            ]);
            (desk.write(&any, [&text[..], more.as_bytes()].concat()), format!("{more:?} added to {any}"))
        }
        27 => (desk.write("static/robots-extra.txt", format!("step {step}\n")), "a file".into()),
        _ => {
            // Nobody knows what has changed: a checkout.
            let mut text = String::new();
            for number in 0..8 {
                let path = format!("content/insights/a{number}.md");
                let _ = write!(text, "{path} ");
                desk.write(&path, article(number, &format!("checkout{step}")));
            }
            (Changes::All, "a checkout".into())
        }
    }
}

/// The heart of it: nothing that was read before may be seen in what is served after an edit.
fn any_edits_equal_a_fresh_build(seed: u64, edits: usize) {
    let desk = site();
    let state = desk.state(Role::Visitor);
    let first = state.update(&Changes::All);
    assert_eq!(first.problems, [], "the site has no mistakes");
    let mut dice = Dice(seed);
    let mut last: BTreeMap<String, BTreeMap<String, Vec<u8>>> = BTreeMap::new();
    let mut good_files = desk.edit(|files| files.clone());
    let (mut good, mut bad, mut is_bad) = (0, 0, false);
    for step in 0..edits {
        // Whoever made a mistake fixes it, mostly.
        let (changes, what) = if is_bad && dice.roll(4) > 0 {
            (restore(&desk, &good_files), "fixed".to_string())
        } else {
            edit(&desk, &mut dice, step)
        };
        let what = format!("seed {seed}, step {step}, {what}");
        let update = state.update(&changes);
        // The others are looked at now and then, as people do.
        let everybody = state.everybody();
        let readers = if step % 5 == 0 { &everybody[..] } else { &everybody[..1] };
        let found = fresh(&desk, readers);
        is_bad = found[0].is_err();
        for (seen, files) in readers.iter().zip(found) {
            match files {
                Ok(files) => {
                    assert_served(&state, seen, &files, &what);
                    if let Some(before) = last.get(&seen.id) {
                        let gone: BTreeSet<&String> =
                            before.keys().filter(|path| !files.contains_key(*path)).collect();
                        for path in gone {
                            assert_ne!(get(&state, seen, path).0, 200, "{what}: {path} is still served");
                        }
                    }
                    last.insert(seen.id.clone(), files);
                }
                Err(found) if is_bad => {
                    assert!(has_errors(&update.problems), "{what}: {found:?}");
                    assert_eq!(update.reload, ReloadMessage::Nothing, "{what}");
                    // The last good site stays; what is copied is read anew.
                    let pages =
                        last.get(&seen.id).into_iter().flatten().filter(|(path, _)| path.ends_with('/'));
                    let pages = pages.map(|(path, bytes)| (path.clone(), bytes.clone())).collect();
                    assert_served(&state, seen, &pages, &what);
                    break;
                }
                Err(_) => drop(last.remove(&seen.id)),
            }
        }
        if is_bad {
            bad += 1;
        } else {
            good += 1;
            good_files = desk.edit(|files| files.clone());
            // What checks found before, and keep, is what they would find.
            if step % 5 == 0 {
                let anew = desk.state(Role::Visitor);
                anew.update(&Changes::All);
                assert_eq!(state.full_check(), anew.full_check(), "{what}");
            }
        }
    }
    assert!(good > edits / 2 && bad > edits / 20, "{good} good ones and {bad} bad ones of {edits}");
}

/// Puts all files back, and says which were others.
fn restore(desk: &Desk, to: &BTreeMap<String, Vec<u8>>) -> Changes {
    desk.edit(|files| {
        let paths: BTreeSet<String> = files.keys().chain(to.keys()).cloned().collect();
        let changed = paths.into_iter().filter(|path| files.get(path) != to.get(path)).collect();
        files.clone_from(to);
        Changes::Paths(changed)
    })
}

fn has_errors(found: &[Diagnostic]) -> bool {
    found.iter().any(|problem| problem.severity == Severity::Error)
}

#[test]
fn other_words_need_no_linking() {
    let desk = site();
    // It says something about a place that words before it move.
    desk.write("content/insights/old.md", "---\ntitle: Old\n---\nText.\n\n![](p9.png)\n");
    desk.write("content/insights/p9.png", b"no picture");
    let state = desk.state(Role::Visitor);
    let said = state.update(&Changes::All).problems;
    let plan = |state: &Preview| std::sync::Arc::clone(&state.first().expect("a site").plan);
    let before = plan(&state);
    let about = |words: &str| article(1, "first").replace("About first", words);
    let update = state.update(&desk.write("content/insights/a1.md", about("Something else")));
    assert_eq!((update.generation, &update.reload, &update.problems), (2, &ReloadMessage::Page, &said));
    assert!(std::sync::Arc::ptr_eq(&plan(&state), &before), "what was linked is shared");
    let seen = state.everybody().remove(0);
    let page = get(&state, &seen, "/insights/a1/").1;
    assert!(String::from_utf8_lossy(&page).contains("Something else. See"));
    assert_served(
        &state,
        &seen,
        fresh(&desk, std::slice::from_ref(&seen))[0].as_ref().expect("good"),
        "words",
    );
    // Everything else is linked again: a title, a heading, a link, words of which something has been said.
    for (path, text) in [
        ("content/insights/a1.md", about("Something else").replace("title: Article", "title: Articles")),
        ("content/insights/a1.md", about("Something else").replace("## Part", "## Parts")),
        ("content/insights/a1.md", about("Something [else](a2.md)")),
        ("content/insights/old.md", "---\ntitle: Old\n---\nLonger text.\n\n![](p9.png)\n".to_string()),
    ] {
        let before = plan(&state);
        let update = state.update(&desk.write(path, &text));
        assert!(!std::sync::Arc::ptr_eq(&plan(&state), &before), "{text}");
        assert_eq!(update.reload, ReloadMessage::Page);
        let mut found = Diagnostics::new();
        let project = WithDefaults::new(desk.clone());
        let loaded = build::load(&project, &mut found).expect("a site");
        let options =
            Options { edition: None, base_url: Some(seen.base_url.clone()), unpublished: Unpublished::Show };
        let _ = ringback::edition::linking::link(&project, &loaded, &seen.edition, &options, &mut found);
        assert_eq!(update.problems, found.sorted());
    }
    assert_ne!(state.now().1, said, "the place has moved");
}

#[test]
fn fifty_edits_equal_a_fresh_build_1() {
    any_edits_equal_a_fresh_build(0x9e37_79b9, 50);
}

#[test]
fn fifty_edits_equal_a_fresh_build_2() {
    any_edits_equal_a_fresh_build(0x2545_f491, 50);
}

#[test]
fn fifty_edits_equal_a_fresh_build_3() {
    any_edits_equal_a_fresh_build(0x1234_5678_9abc, 50);
}

#[test]
fn fifty_edits_equal_a_fresh_build_4() {
    any_edits_equal_a_fresh_build(0xdead_beef, 50);
}

#[test]
fn a_sheet_alone_reloads_no_page() {
    let desk = site();
    let state = desk.state(Role::Visitor);
    desk.write("themes/ringback/css/extra.css", "a { order: 1 }");
    state.update(&Changes::All);
    let update = state.update(&desk.write("themes/ringback/css/extra.css", "a { order: 2 }"));
    let ReloadMessage::Styles(urls) = update.reload else { panic!("{:?}", update.reload) };
    let (old, new) = urls.iter().next().expect("one sheet");
    assert!(
        old.starts_with("/blog/assets/css/extra.")
            && new.starts_with("/blog/assets/css/extra.")
            && old != new
    );
    assert_eq!(urls.len(), 1);
    let first = &state.everybody()[0];
    assert_eq!(get(&state, first, new.trim_start_matches("/blog")).1, b"a{order:2}");
    // A sheet that is new stands in no page yet.
    assert_eq!(state.update(&desk.write("themes/ringback/css/more.css", "b {}")).reload, ReloadMessage::Page);
}

#[test]
fn everybody_has_an_address_and_links_stay_in_it() {
    let desk = site();
    let state = desk.state(Role::Visitor);
    state.update(&Changes::All);
    let everybody = state.everybody();
    let paths: Vec<(&str, &str)> =
        everybody.iter().map(|seen| (seen.id.as_str(), seen.base_url.path.as_str())).collect();
    assert_eq!(paths, [("visitor", "/blog/"), ("lead", "/~lead/blog/"), ("team", "/~team/")]);
    let text =
        |index: usize, path: &str| String::from_utf8(get(&state, &everybody[index], path).1).expect("UTF-8");
    let (visitor, lead, team) =
        (text(0, "/insights/behind/"), text(1, "/insights/behind/"), text(2, "/insights/behind/"));
    assert!(!visitor.contains("Sealed ") && visitor.contains("/blog/insights/"));
    assert!(lead.contains("Sealed ") && lead.contains("href=\"/~lead/blog/insights/a0/\""));
    assert!(team.contains("Sealed ") && team.contains("href=\"/~team/insights/a0/\""));
    assert_eq!(get(&state, &everybody[0], "/scripts/call/").0, 404);
    assert_eq!(get(&state, &everybody[1], "/scripts/call/").0, 404);
    assert_eq!(get(&state, &everybody[2], "/scripts/call/").0, 200);
    assert!(matches!(state.answer("/"), Served::Elsewhere(to) if to == "/blog/"));
    assert!(matches!(state.answer("/~team"), Served::Elsewhere(to) if to == "/~team/"));
    let team_first = desk.state(Role::Team);
    team_first.update(&Changes::All);
    let paths: Vec<String> = team_first.everybody().into_iter().map(|seen| seen.base_url.path).collect();
    assert_eq!(paths, ["/", "/~visitor/blog/", "/~lead/blog/"]);
}

#[test]
fn forms_are_sent_to_the_inbox_whatever_the_environment_lacks() {
    let desk = site();
    let state = desk.state(Role::Visitor);
    let update = state.update(&Changes::All);
    assert_eq!(update.problems, []);
    assert_eq!(state.project().missing(), ["CRM_URL"]);
    let page = String::from_utf8(get(&state, &state.everybody()[0], "/about/").1).expect("UTF-8");
    assert!(page.contains("\"url\":\"/.ringback/hook/crm\""), "{page}");
    assert!(!page.contains("not-set.example"));
}

#[test]
fn a_host_would_answer_the_same() {
    let desk = site();
    desk.write("content/insights/a1.md", "---\ntitle: Moved\naliases: [/old/x/, /old.html]\n---\nText.\n");
    let state = desk.state(Role::Visitor);
    assert_eq!(state.update(&Changes::All).problems, []);
    let answer = |path: &str| match state.answer(path) {
        Served::File { answer, .. } => *answer,
        other => panic!("{path}: {other:?}"),
    };
    let header = |answer: &host::Answer, name: &str| {
        answer.headers.iter().find(|(found, _)| found == name).map(|(_, value)| value.clone())
    };
    for (path, to) in [
        ("/blog/old/x/", "/blog/insights/a1/"),
        ("/blog/old/x", "/blog/insights/a1/"),
        ("/blog/old.html", "/blog/insights/a1/"),
        ("/blog/insights", "/blog/insights/"),
    ] {
        let answer = answer(path);
        assert_eq!((answer.status, header(&answer, "Location").as_deref()), (301, Some(to)), "{path}");
    }
    let page = answer("/blog/insights/a1/");
    assert_eq!(page.status, 200);
    assert!(
        header(&page, "Content-Security-Policy")
            .is_some_and(|policy| policy.starts_with("default-src 'self'"))
    );
    assert_eq!(header(&page, "Cache-Control"), None);
    let swedish = answer("/blog/sv/nowhere/at/all");
    assert_eq!(swedish.status, 404);
    assert!(String::from_utf8_lossy(&swedish.body).contains("lang=\"sv\""));
    for path in [
        "/blog/_headers",
        "/blog/_redirects",
        "/blog/../../etc/passwd",
        "/blog/%2e%2e/%2e%2e/ringback.yaml",
        "/blog//etc/passwd",
        "/blog/%00",
        "/blog/.ringback-manifest",
        "/blog/ringback.yaml",
    ] {
        assert_eq!(answer(path).status, 404, "{path}");
    }
    let sheet = String::from_utf8(page.body).expect("UTF-8");
    let sheet = sheet.split('"').find(|part| part.ends_with(".css")).expect("a sheet").to_string();
    assert!(header(&answer(&sheet), "Cache-Control").is_some_and(|value| value.contains("immutable")));
    assert_eq!(
        header(&answer("/blog/robots-extra.txt"), "Content-Type").as_deref(),
        Some("text/plain; charset=utf-8")
    );
}

#[test]
fn mistakes_in_other_editions_are_found_when_there_is_time() {
    let desk = site();
    let state = desk.state(Role::Visitor);
    state.update(&Changes::All);
    assert!(!has_errors(&state.full_check().expect("it is the newest")));
    let broken =
        "---\ntitle: A call\n---\n## Opener\n\n> Good morning.\n\n[Nowhere](../insights/nowhere.md)\n";
    let update = state.update(&desk.write("content/scripts/call.md", broken));
    assert!(!has_errors(&update.problems), "{:?}", update.problems);
    let found = state.full_check().expect("it is the newest");
    assert!(found.iter().any(|problem| problem.message.contains("nowhere")), "{found:?}");
}

#[test]
fn a_new_title_is_looked_for_in_texts_that_have_not_changed() {
    let desk = site();
    let titled = |title: &str| format!("---\ntitle: {title}\n---\nText.\n");
    desk.write("content/insights/m1.md", titled("When to ring people back"));
    desk.write("content/insights/m2.md", "---\ntitle: Second\n---\nSee: when to ring people back.\n");
    desk.write("content/insights/m3.md", "---\ntitle: Third\n---\nSee: whom to write a letter.\n");
    let state = desk.state(Role::Visitor);
    state.update(&Changes::All);
    let mentions = || {
        let found = state.full_check().expect("it is the newest");
        let anew = desk.state(Role::Visitor);
        anew.update(&Changes::All);
        assert_eq!(Some(&found), anew.full_check().as_ref());
        let mentions = found.into_iter().filter(|problem| problem.code == Code::UnlinkedMention);
        let files = mentions.filter_map(|problem| Some(problem.place?.file));
        files.map(|file| file.rsplit('/').next().unwrap_or_default().to_string()).collect::<Vec<_>>()
    };
    assert_eq!(mentions(), ["m2.md"]);
    state.update(&desk.write("content/insights/m1.md", titled("Whom to write a letter")));
    assert_eq!(mentions(), ["m3.md"]);
    state.update(&desk.write("content/insights/m4.md", titled("When to ring people back")));
    assert_eq!(mentions(), ["m2.md", "m3.md"]);
    // A page that leads there through a translation of its own, and one that is only for the team.
    state.update(&desk.write("content/insights/m1.sv.md", titled("Vem man skriver brev till")));
    assert_eq!(mentions(), ["m2.md", "m3.md"]);
    let team = titled("When to ring people back").replace("title", "audience: team\ntitle");
    state.update(&desk.write("content/insights/m4.md", &team));
    assert_eq!(mentions(), ["m3.md"]);
}
