//! Sites at random: whatever is on them, each edition holds exactly the words that its readers may have.
//!
//! [`site`] says what may be on a site, [`text`] writes it with a word of its own in every place, [`rules`] says whose
//! eyes each is for, and [`words`] finds them again in the bytes and names of each edition.
//!
//! `RINGBACK_CASES` is the number of sites (100), `RINGBACK_SEED` makes others of them.

mod elsewhere;
mod rules;
mod sensible;
mod site;
mod text;
mod trouble;
mod words;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use proptest::strategy::Strategy as _;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};
use rayon::prelude::*;
use ringback::build;
use ringback::build::ReadCache;
use ringback::diag::{Diagnostic, Diagnostics};
use ringback::edition::inputs::Options;
use ringback::leads::gates::key::VARIABLE;
use ringback::project::Changes;
use ringback::project::{DiskProject, Project};
use ringback::site::Unpublished;

use crate::support::{SECRET, Site as Folder};
use rules::EDITIONS;
use site::Site;
use text::{Fate, Written};
use words::{Scanner, Word, spelt};

/// A site on disk, whose environment has the secret.
struct Random(DiskProject);

impl Project for Random {
    fn files(&self, diagnostics: &mut Diagnostics) -> Vec<String> {
        self.0.files(diagnostics)
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, Box<Diagnostic>> {
        self.0.read(path)
    }

    fn today(&self, zone: &TimeZone) -> Date {
        self.0.today(zone)
    }

    fn variable(&self, name: &str) -> Option<String> {
        match name {
            VARIABLE => Some(SECRET.into()),
            "RINGBACK_PASSPHRASE" => Some("correct-horse-battery-staple-4711".into()),
            _ => None,
        }
    }
}

/// What stays from one site to the next.
struct Workshop {
    scanner: Scanner,
    /// The theme, for each configuration.
    kept: Vec<ReadCache>,
    /// Files of the theme, which have no words.
    clean: Mutex<BTreeSet<Vec<u8>>>,
}

fn options() -> Options {
    Options { edition: None, base_url: None, unpublished: Unpublished::Hide }
}

impl Workshop {
    fn new() -> Self {
        let kept = text::CONFIGS.iter().map(|_| ReadCache::default()).collect();
        Self { scanner: Scanner::new(), kept, clean: Mutex::default() }
    }

    fn check(&mut self, site: &Site) -> Result<(), String> {
        let written = text::write(site);
        let folder = Folder::empty();
        for (path, bytes) in &written.files {
            folder.write(path, bytes);
        }
        let today = Date::constant(2026, 11, 22);
        let project = Random(DiskProject::new(folder.path(""), Some(today)));
        if site.trouble.is_some() {
            return refused(&project, &folder);
        }
        let kept = &mut self.kept[site.config];
        let mut diagnostics = Diagnostics::new();
        let loaded = build::reload(&project, kept, &mut diagnostics).expect("a configuration");
        kept.forget(&Changes::Paths(["content".into(), "static".into()].into()));
        let mut wrong = Vec::new();
        for (index, (name, _)) in EDITIONS.iter().enumerate() {
            let edition = loaded.content.config.editions.iter().find(|edition| edition.name == *name);
            let edition = edition.expect("the edition");
            let linked =
                ringback::edition::linking::link(&project, &loaded, edition, &options(), &mut diagnostics);
            if diagnostics.has_errors() {
                let errors = diagnostics.clone().sorted().into_iter();
                let errors: Vec<String> = errors
                    .filter(|problem| problem.severity == ringback::diag::Severity::Error)
                    .map(|problem| format!("{problem:?}"))
                    .collect();
                return Err(format!("{name}: {}", errors.join("\n")));
            }
            let plan: Vec<_> = linked.plan.iter().collect();
            let found = plan.into_par_iter().map(|(path, artifact)| {
                let bytes = ringback::edition::artifact::bytes(&project, &linked, artifact)
                    .map_err(|why| format!("{why:?}"))?;
                Ok((self.look(path.as_str(), &bytes), (path.as_str().to_string(), bytes)))
            });
            let files: Vec<_> = found.collect::<Result<_, String>>()?;
            let (found, files): (Vec<BTreeMap<Word, String>>, BTreeMap<_, _>) = files.into_iter().unzip();
            let found = found.into_iter().flatten().collect();
            if site.is_thorough && index == rules::PUBLIC {
                elsewhere::preview(&project, &loaded, &files)?;
            }
            wrong.extend(compare(&written, &found, index));
        }
        if site.is_thorough {
            wrong.extend(elsewhere::documents(&project, &written, &self.scanner));
            elsewhere::sealed(&project, &folder, &self.scanner)?;
        }
        if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n")) }
    }

    /// The words of a file and of its name, each with its place.
    fn look(&self, path: &str, bytes: &[u8]) -> BTreeMap<Word, String> {
        let is_clean = |clean: &Mutex<BTreeSet<Vec<u8>>>| clean.lock().expect("no panic").contains(bytes);
        let mut found = BTreeMap::new();
        if !is_clean(&self.clean) {
            found = self.scanner.words(bytes);
            if found.is_empty() && path.starts_with("assets/") {
                self.clean.lock().expect("no panic").insert(bytes.to_vec());
            }
        }
        found.extend(self.scanner.words(path.as_bytes()).into_keys().map(|word| (word, "its name".into())));
        found.into_iter().map(|(word, how)| (word, format!("{path}: {how}"))).collect()
    }
}

/// What an edition has and mustn't, or must have and hasn't.
fn compare(written: &Written, found: &BTreeMap<Word, String>, edition: usize) -> Vec<String> {
    let name = EDITIONS[edition].0;
    let mut wrong = Vec::new();
    for (word, planted) in written.words.iter().enumerate() {
        match (planted.fates[edition], found.get(&word)) {
            (Fate::Never, Some(place)) => {
                wrong.push(format!("{name} has {} ({}) in {place}", spelt(word), planted.place));
            }
            (Fate::Must, None) => {
                wrong.push(format!("{name} lacks {} ({})", spelt(word), planted.place));
            }
            _ => {}
        }
    }
    wrong.extend(found.keys().filter(|word| **word >= written.words.len()).map(|word| spelt(*word)));
    wrong
}

/// A site with such a page is not built.
fn refused(project: &Random, folder: &Folder) -> Result<(), String> {
    let mut diagnostics = Diagnostics::new();
    let out = folder.path("out");
    let only = Options { edition: Some("public".into()), ..options() };
    let built = build::build(project, &only, &|_| out.clone(), &folder.path("cache"), &mut diagnostics);
    let built = built.map_err(|failure| format!("{failure:?}"))?;
    if built.is_empty() && diagnostics.has_errors() && folder.tree("out").is_empty() {
        Ok(())
    } else {
        Err(format!("this was built: {:?}", folder.tree("out").keys()))
    }
}

fn number(variable: &str, otherwise: u64) -> u64 {
    std::env::var(variable).ok().map_or(otherwise, |value| value.parse().expect("a number"))
}

#[test]
fn each_edition_of_any_site_holds_the_words_of_its_readers() {
    let cases = u32::try_from(number("RINGBACK_CASES", 100)).expect("a number of sites");
    let config = Config { cases, max_shrink_iters: 600, failure_persistence: None, ..Config::default() };
    let mut seed = [0; 32];
    seed[..8].copy_from_slice(&number("RINGBACK_SEED", 2026).to_le_bytes());
    let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &seed));
    let workshop = RefCell::new(Workshop::new());
    let sites = site::sites().prop_map(Site::sensible);
    let outcome = runner.run(&sites, |site| {
        workshop.borrow_mut().check(&site).map_err(|wrong| {
            TestCaseError::fail(format!("{wrong}\n\n{}", text::readable(&text::write(&site).files)))
        })
    });
    if let Err(failure) = outcome {
        panic!("{failure}");
    }
}
