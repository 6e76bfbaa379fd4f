//! A site in a temporary folder and the real binary on it, or a site in memory through the library.

pub(crate) mod fixture;
pub(crate) mod form;
pub(crate) mod html;
pub(crate) mod leaks;
pub(crate) mod place;
#[cfg(unix)]
pub(crate) mod postgresql;
pub(crate) mod receiver;
pub(crate) mod schema;
pub(crate) mod served;
pub(crate) mod shared;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use ringback::build;
use ringback::diag::{Diagnostic, Diagnostics};
use ringback::edition::inputs::Options;
use ringback::leads::gates::key::VARIABLE;
use ringback::project::Project;
use ringback::site::Unpublished;
use tempfile::TempDir;

/// The day on which all tests happen.
pub(crate) const TODAY: &str = "2026-11-22";

/// The secret that all tests have, unless they set another; an empty one is none.
pub(crate) const SECRET: &str = "zqsecret-Dont-Use-This-Elsewhere-4711";

/// The smallest configuration.
pub(crate) const CONFIG: &str = "title: Test\nbase_url: https://example.org/\n";

/// Somebody who gets leads, for a configuration.
pub(crate) const WEBHOOK: &str = "webhooks: {crm: {url: \"https://crm.example.org/leads\"}}\n";

/// Somebody to write to, for a configuration.
pub(crate) const ORGANIZATION: &str = "organization: {name: Fjord AS, email: hello@example.org}\n";

/// No editorial checks, for a configuration.
pub(crate) const NO_ADVICE: &str = "checks: off\n";

/// The smallest form.
pub(crate) const FORM: &str = "title: Get the guide\nwebhook: crm\nfields: [{id: email, type: email}]\n";

/// A site in a temporary folder.
pub(crate) struct Site {
    folder: PathBuf,
    /// Removes the folder with the site.
    _temporary: Option<TempDir>,
}

/// What a run printed, and its exit status.
pub(crate) struct Run {
    pub(crate) status: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Site {
    /// An empty folder.
    pub(crate) fn empty() -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        Self { folder: folder.path().to_path_buf(), _temporary: Some(folder) }
    }

    /// A folder that somebody else keeps.
    pub(crate) fn at(folder: PathBuf) -> Self {
        Self { folder, _temporary: None }
    }

    /// A site with [`CONFIG`].
    pub(crate) fn new() -> Self {
        Self::empty().with("ringback.yaml", CONFIG)
    }

    /// The same with a file more, or another text in it.
    pub(crate) fn with(self, path: &str, text: impl AsRef<[u8]>) -> Self {
        self.write(path, text);
        self
    }

    /// Writes a file.
    pub(crate) fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let place = self.path(path);
        fs::create_dir_all(place.parent().expect("a folder")).expect("folders");
        fs::write(place, text).expect("a file");
    }

    /// A path in the site.
    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.join(path)
    }

    /// A file of the output.
    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Removes a file.
    pub(crate) fn remove(&self, path: &str) {
        fs::remove_file(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    }

    /// All files below a folder of the site.
    pub(crate) fn tree(&self, folder: &str) -> BTreeMap<String, Vec<u8>> {
        tree(&self.path(folder))
    }

    /// Runs `ringback` in the site's folder, on [`TODAY`] for commands that have a day.
    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        self.run_with(arguments, &[])
    }

    /// Runs `ringback` with environment variables.
    pub(crate) fn run_with(&self, arguments: &[&str], variables: &[(&str, &str)]) -> Run {
        let mut command = Command::cargo_bin("ringback").expect("the binary is built");
        // Snippets are cropped to the width of the terminal.
        command
            .current_dir(&self.folder)
            .args(arguments)
            .env_remove("COLUMNS")
            .env(VARIABLE, SECRET)
            .envs(variables.iter().copied());
        // Receivers of tests are on this computer, or nowhere.
        for name in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"] {
            command.env_remove(name);
        }
        let has_day = ["build", "check", "due", "init", "keys", "new", "report", "script", "share"];
        if arguments.first().is_some_and(|first| has_day.contains(first)) && !arguments.contains(&"--today") {
            command.args(["--today", TODAY]);
        }
        let output = command.output().expect("it runs");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
        Run {
            status: output.status.code().unwrap_or(-1),
            stdout: text(output.stdout),
            stderr: text(output.stderr),
        }
    }

    /// Builds, and expects that to work.
    pub(crate) fn build(&self) -> Run {
        let run = self.run(&["build"]);
        assert_eq!(run.status, 0, "{}{}", run.stdout, run.stderr);
        run
    }
}

/// All files below a folder, by path, with their bytes.
pub(crate) fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok) {
        if entry.file_type().is_file() {
            let path = entry.path().strip_prefix(folder).expect("below").to_string_lossy().replace('\\', "/");
            files.insert(path, fs::read(entry.path()).expect("readable"));
        }
    }
    files
}

/// The files of an edition of a site that is not on disk, and what was reported on the way.
pub(crate) fn render(project: &dyn Project, edition: &str) -> (BTreeMap<String, Vec<u8>>, Vec<Diagnostic>) {
    let mut diagnostics = Diagnostics::new();
    let loaded = build::load(project, &mut diagnostics).expect("a configuration");
    let options = Options { edition: None, base_url: None, unpublished: Unpublished::Hide };
    let editions = &loaded.content.config.editions;
    let edition = editions.iter().find(|found| found.name == edition).expect("the edition");
    let linked = ringback::edition::linking::link(project, &loaded, edition, &options, &mut diagnostics);
    let mut files = BTreeMap::new();
    for (path, artifact) in linked.plan.iter() {
        let bytes = ringback::edition::artifact::bytes(project, &linked, artifact);
        files.insert(
            path.as_str().to_string(),
            bytes.unwrap_or_else(|problem| panic!("{path:?}: {problem:?}")),
        );
    }
    (files, diagnostics.sorted())
}

/// A PNG of one colour: so small a file that it is published as it is.
pub(crate) fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Grayscale);
    let mut writer = encoder.write_header().expect("a size");
    writer.write_image_data(&vec![255; (width * height) as usize]).expect("pixels");
    writer.finish().expect("an end");
    bytes
}

/// A PNG whose pixels, stored as they are, are the letters of a word.
pub(crate) fn png_saying(word: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let width = u32::try_from(word.len()).expect("short");
    let mut encoder = png::Encoder::new(&mut bytes, width, 1);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_compression(png::Compression::NoCompression);
    encoder.set_filter(png::Filter::NoFilter);
    let mut writer = encoder.write_header().expect("a size");
    writer.write_image_data(word.as_bytes()).expect("pixels");
    writer.finish().expect("an end");
    bytes
}

/// Says which files differ, instead of showing two sites.
pub(crate) fn assert_same(left: &BTreeMap<String, Vec<u8>>, right: &BTreeMap<String, Vec<u8>>, what: &str) {
    let paths: std::collections::BTreeSet<&String> = left.keys().chain(right.keys()).collect();
    let differs = |path: &&&String| left.get(**path) != right.get(**path);
    let different: Vec<&&String> = paths.iter().filter(differs).collect();
    let show = |files: &BTreeMap<String, Vec<u8>>, path: &String| {
        files.get(path).map_or("(none)".into(), |bytes| String::from_utf8_lossy(bytes).into_owned())
    };
    if let Some(first) = different.first() {
        let (left, right) = (show(left, first), show(right, first));
        let line = left.lines().zip(right.lines()).position(|(a, b)| a != b).unwrap_or_default();
        let line_of =
            |text: &str| text.lines().nth(line).unwrap_or_default().chars().take(400).collect::<String>();
        panic!(
            "{what}: {different:?} differ; {first}, line {}:\n{}\n{}",
            line + 1,
            line_of(&left),
            line_of(&right)
        );
    }
}
