//! `ringback import`: a site of another program, as files of ours; and the proof that its addresses have an answer.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::tz::TimeZone;

use super::fetch::{Online, PageStore};
use super::flags::{ExportFlags, FolderFlags, ImportCommand, ImportFlags, IntoFlags, SiteFlags};
use super::{Settings, Status, complain, grouped, print, print_json};
use crate::authoring::importers::blogs::{self, Service};
use crate::authoring::importers::ledger::{self, Ledger, Verdict};
use crate::authoring::importers::markdown::{self, Generator};
use crate::authoring::importers::online::{self, Fetch, Store};
use crate::authoring::importers::web::{self, crawl};
use crate::authoring::importers::{ImportError, Report, Sink, ghost, report, script, wordpress};
use crate::authoring::markup::Weight;
use crate::commands::old_addresses::{self, Answer};
use crate::output::bring;
use crate::project::folder::{self, Folder};
use crate::project::{DiskProject, Project as _};

/// Between two files that an export names.
const PAUSE: Duration = Duration::from_millis(100);

/// The folder of what was fetched, in that of the new site.
const CRAWL: &str = "import-crawl";

/// So many old addresses without an answer are printed.
const SHOWN: usize = 50;

/// Does what was asked for.
///
/// # Errors
///
/// What is asked for can't be read.
pub(super) fn import(flags: ImportFlags) -> Result<Status, String> {
    if let Some(file) = &flags.verify {
        return verify(file, flags.root, flags.out);
    }
    match &flags.source {
        None => Ok(Status::Tool),
        Some(ImportCommand::Wordpress { file, media, fetch, into }) => {
            let today = DiskProject::new(&into.into, into.today).today(&TimeZone::system());
            let fetch = fetch.then(|| fetcher(into));
            let source = wordpress::Source { file, media: media.as_deref(), fetch: fetch.as_ref(), today };
            run("WordPress", into, |sink, report| wordpress::import(&source, sink, report))
        }
        Some(ImportCommand::Hugo(flags)) => generator(Generator::Hugo, flags),
        Some(ImportCommand::Jekyll(flags)) => generator(Generator::Jekyll, flags),
        Some(ImportCommand::Zola(flags)) => generator(Generator::Zola, flags),
        Some(ImportCommand::Ghost(ExportFlags { file, media, fetch, address, into })) => {
            let fetch = fetch.then(|| fetcher(into));
            let source = ghost::Source { file, media: media.as_deref(), address, fetch: fetch.as_ref() };
            run("Ghost", into, |sink, report| ghost::import(&source, sink, report))
        }
        Some(ImportCommand::Eleventy(flags)) => generator(Generator::Eleventy, flags),
        Some(ImportCommand::Astro(flags)) => generator(Generator::Astro, flags),
        Some(ImportCommand::Docusaurus(flags)) => generator(Generator::Docusaurus, flags),
        Some(ImportCommand::Mkdocs(flags)) => generator(Generator::Mkdocs, flags),
        Some(ImportCommand::Medium(flags)) => blog(Service::Medium, flags),
        Some(ImportCommand::Substack(flags)) => blog(Service::Substack, flags),
        Some(ImportCommand::Hubspot(flags)) => blog(Service::Hubspot, flags),
        Some(ImportCommand::Script { file, language, into }) => {
            let langs = languages(&into.into);
            let source = script::Source { file, lang: language.as_deref(), langs: &langs };
            run("a call script", into, |sink, report| script::import(&source, sink, report))
        }
        Some(ImportCommand::Site { source, pause, into }) => run("a site's pages", into, |sink, report| {
            if !source.contains("://") {
                return web::import(Path::new(source), sink, report);
            }
            let place = into.into.join(CRAWL);
            let policy = crawl::CrawlPolicy { pause: Duration::from_millis(*pause) };
            let online = Online::new();
            crawl::crawl(source, (&online, policy), &mut PageStore::new(&place), report)?;
            web::import(&place, sink, report)
        }),
    }
}

/// The codes of the languages of the site in a folder, its own first; none where there is no site yet.
fn languages(root: &Path) -> Vec<String> {
    let project = DiskProject::new(root, None);
    let Some(loaded) = crate::build::load(&project, &mut crate::diag::Diagnostics::new()) else {
        return Vec::new();
    };
    let config = &loaded.content.config;
    let own = config.languages.get(config.default_language).map(|language| language.code.clone());
    let others = config.languages.iter().map(|language| language.code.clone());
    own.iter().cloned().chain(others.filter(|code| Some(code) != own.as_ref())).collect()
}

/// Imports a site of another generator.
fn generator(generator: Generator, FolderFlags { folder, into }: &FolderFlags) -> Result<Status, String> {
    run(generator.name(), into, |sink, report| markdown::import(generator, folder, sink, report))
}

/// What fetches images for an export.
fn fetcher(into: &IntoFlags) -> Fetch {
    let place = online::fetch_folder(&into.into);
    let store = RefCell::new(Box::new(PageStore::new(&place)) as Box<dyn Store>);
    Fetch { web: Box::new(Online::new()), store, place, pause: PAUSE }
}

/// Imports an export of a service for blogs.
fn blog(
    service: Service,
    ExportFlags { file, media, fetch, address, into }: &ExportFlags,
) -> Result<Status, String> {
    let fetch = fetch.then(|| fetcher(into));
    let source = blogs::Source { file, media: media.as_deref(), address, fetch: fetch.as_ref() };
    run(service.name(), into, |sink, report| blogs::import(service, &source, sink, report))
}

/// Imports by one importer, and tells what came of it.
fn run(
    from: &str,
    flags: &IntoFlags,
    importer: impl FnOnce(&mut dyn Sink, &mut Report) -> Result<(), ImportError>,
) -> Result<Status, String> {
    let mode = if flags.dry_run { Mode::Dry } else { Mode::Write };
    let mut disk = Disk::open(&flags.into, mode).map_err(|error| error.message)?;
    let mut report = Report::default();
    if let Err(ImportError { message, help }) = importer(&mut disk, &mut report) {
        complain!("error: {message}");
        complain!("  = help: {help}");
        return Ok(Status::Tool);
    }
    disk.finish(from, &mut report).map_err(|error| error.message)?;
    if flags.json {
        print_json(&report.json());
    } else if flags.dry_run {
        print(&report.markdown(from));
    } else {
        print(&disk.summary(&report));
    }
    let conflicts = disk.verdicts.get(&Verdict::Conflict).copied().unwrap_or_default();
    Ok(if conflicts > 0 || report.number(Weight::Lost) > 0 { Status::Content } else { Status::Fine })
}

/// Whether files are written, or only the report is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    Write,
    Dry,
}

/// The folder of the new site.
struct Disk {
    root: PathBuf,
    mode: Mode,
    earlier: Ledger,
    now: Ledger,
    verdicts: BTreeMap<Verdict, usize>,
    conflicts: Vec<String>,
}

impl Disk {
    fn open(root: &Path, mode: Mode) -> Result<Self, ImportError> {
        let place = root.join(ledger::FILE);
        let kept = folder::read_if_there(&place).map_err(|error| ImportError::unreadable(&place, &error))?;
        let earlier = kept.map(|bytes| Ledger::read(&bytes)).unwrap_or_default();
        let (now, verdicts, conflicts) = Default::default();
        Ok(Self { root: root.to_path_buf(), mode, earlier, now, verdicts, conflicts })
    }

    /// Writes a file, if it may be written.
    fn put(&mut self, path: &str, bytes: &[u8]) -> Result<(), ImportError> {
        let place = self.root.join(path);
        let is = folder::read_if_there(&place).map_err(|error| ImportError::unreadable(&place, &error))?;
        let new = ledger::hash(bytes);
        let verdict = self.earlier.verdict(path, is.as_deref().map(ledger::hash).as_deref(), &new);
        *self.verdicts.entry(verdict).or_default() += 1;
        self.now.note(path, new);
        match verdict {
            Verdict::New | Verdict::Changed => self.write(&place, bytes),
            Verdict::Conflict => {
                self.conflicts.push(path.to_string());
                self.write(&self.root.join(ledger::CONFLICTS).join(path), bytes)
            }
            Verdict::Same | Verdict::Edited => Ok(()),
        }
    }

    fn write(&self, place: &Path, bytes: &[u8]) -> Result<(), ImportError> {
        if self.mode == Mode::Dry {
            return Ok(());
        }
        bring::replace(place, bytes)
            .map_err(|error| ImportError::new(error.to_string(), "check the disk and who may write there"))
    }

    /// Writes the report and what the next import has to know.
    fn finish(&mut self, from: &str, report: &mut Report) -> Result<(), ImportError> {
        for path in &self.conflicts {
            let what = format!(
                "you have edited it, and the source says something else now: the new one is in `{}/`",
                ledger::CONFLICTS
            );
            report.note(Weight::Hand, path, what);
        }
        for path in self.now.removed_since(&self.earlier) {
            report.note(
                Weight::Hand,
                &path,
                "an earlier import made it, and it isn't in the source any more: delete it if it should go",
            );
        }
        let files = [
            (ledger::FILE, self.now.print()),
            (report::FILE, report.markdown(from)),
            (report::JSON_FILE, report.print()),
        ];
        files.iter().try_for_each(|(path, text)| self.write(&self.root.join(path), text.as_bytes()))
    }

    fn summary(&self, report: &Report) -> String {
        let mut out = String::new();
        let words = [
            (Verdict::New, "new"),
            (Verdict::Changed, "changed"),
            (Verdict::Same, "as they were"),
            (Verdict::Edited, "edited by you and left alone"),
            (
                Verdict::Conflict,
                "edited by you, with a newer source: the new ones are in `import-conflicts/`",
            ),
        ];
        for (verdict, word) in words {
            if let Some(number) = self.verdicts.get(&verdict) {
                out.push_str(&format!("{} files {word}\n", grouped(*number)));
            }
        }
        let weights = [
            (Weight::Lost, "lost"),
            (Weight::Hand, "needs a hand"),
            (Weight::Kept, "stays HTML"),
            (Weight::Changed, "said in another way"),
        ];
        let counts = weights.map(|(weight, word)| format!("{} {word}", grouped(report.number(weight))));
        out.push_str(&format!(
            "Findings: {}. `{}` names each.\n",
            counts.join(", "),
            self.root.join(report::FILE).display()
        ));
        out.push_str(&format!("`ringback check --root {}` says what is left to do.\n", self.root.display()));
        out
    }
}

impl Sink for Disk {
    fn text(&mut self, path: &str, text: String) -> Result<(), ImportError> {
        self.put(path, text.as_bytes())
    }

    fn copy(&mut self, path: &str, from: PathBuf) -> Result<(), ImportError> {
        let bytes = folder::read_if_there(&from).map_err(|error| ImportError::unreadable(&from, &error))?;
        self.put(path, &bytes.unwrap_or_default())
    }
}

/// Says for each old address whether the built site answers it.
fn verify(file: &Path, root: PathBuf, out: Option<PathBuf>) -> Result<Status, String> {
    let settings = Settings::resolve(SiteFlags::new(root), None)?;
    let mut ignored = crate::diag::Diagnostics::new();
    let config =
        crate::build::load(&settings.project, &mut ignored).map(|loaded| loaded.content.config.clone());
    let base = config.as_ref().map_or("/", |config| config.public_base_url().path.as_str()).to_string();
    let edition = config.map(|config| config.public_edition());
    let place = match (out, edition) {
        (Some(out), _) => out,
        (None, Some(edition)) => settings.root.join(&edition.output),
        (None, None) => return Ok(settings.report(&ignored.sorted(), ": nothing was verified")),
    };
    let list = folder::read_if_there(file).map_err(|error| error.to_string())?;
    let list = list.ok_or_else(|| format!("`{}` isn't there", file.display()))?;
    let folder = Folder::open(&place)
        .map_err(|error| format!("`{}`: {error}; build the site first", place.display()))?;
    let answers = old_addresses::verify(&String::from_utf8_lossy(&list), &folder, &base);
    let (mut shown, mut moved, mut bad) = (0_usize, 0_usize, Vec::new());
    for (old, answer) in &answers {
        match answer {
            Answer::Shown => shown += 1,
            Answer::Moved(_) => moved += 1,
            Answer::Elsewhere { is, expected } => {
                bad.push(format!("{old} leads to {is} and not to {expected}"))
            }
            Answer::Lost(to) => bad.push(format!("{old} leads to {to}, where nothing is")),
            Answer::None => bad.push(format!("{old} has no answer")),
        }
    }
    bad.iter().take(SHOWN).for_each(|line| complain!("error: {line}"));
    if bad.len() > SHOWN {
        complain!("and {} more", grouped(bad.len() - SHOWN));
    }
    print(&format!(
        "{} old addresses: {} are there, {} lead on, {} have no right answer\n",
        grouped(answers.len()),
        grouped(shown),
        grouped(moved),
        grouped(bad.len())
    ));
    Ok(if bad.is_empty() { Status::Fine } else { Status::Content })
}
