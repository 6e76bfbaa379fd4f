//! Search: an index that a browser reads in pieces, so that a query stays small however large the site is.
//!
//! The files are specified in `docs/content/search-index.md`, and `search.js` reads them. `documents` cuts pages at their
//! headings, `analysis` makes terms of their words, `postings` notes which document has which, `tails` what is inside words,
//! `encode` and `store` write the files, and `export` writes the documents for other engines. Start with [`Search::collect`].

mod analysis;
mod bits;
mod documents;
mod encode;
mod export;
mod hits;
mod pieces;
mod postings;
mod scripts;
mod store;
mod tails;
mod varint;

use std::sync::OnceLock;

use serde::Serialize;

pub use documents::{Cuts, ListedObjection, Section};
pub use export::json_lines;

use crate::config::LangId;
use crate::content::PageKind;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::encode::json;
use crate::ids::IdVec;
use crate::plan::{
    Artifact, ClientFile, Origin, OutPath, Planned, Route, SearchFileId, Warrant, client_files,
};
use crate::project::CONFIG_FILE;
use crate::site::Site;
use documents::{Objections, Pages};
use encode::{
    Boosts, File, HEADING_BOOST, Header, Inline, Shard, ShardNames, StoreNames, TITLE_BOOST, VERSION,
};
use postings::Index;
use store::Store;

/// The manifest's URL from the site's root: what pages point to.
pub const MANIFEST: &str = "/search/index.json";

/// The browser code: the search box, and what answers it.
pub const CLIENT: &[ClientFile] = client_files!("src/publishing/search/client":
    Entry "search", Entry "search-box", Entry "engine-static", Entry "engine-meilisearch",
    Part "engine-bits", Part "engine-words", Part "engine-shard", Part "engine-files", Part "engine-show",
    Part "engine-inside", Part "engine-scripts",
    Part "engine-index", Part "search-parts", Part "search-query", Part "search-words",
    Helper "search-worker");

/// The kinds of pages, in the order in which the index numbers them.
const KINDS: &[PageKind] = &[
    PageKind::Insight,
    PageKind::Playbook,
    PageKind::Script,
    PageKind::Mail,
    PageKind::Cadence,
    PageKind::Page,
    PageKind::Person,
    PageKind::Section,
    PageKind::Term,
];

/// An index whose files have this many bytes together is one file.
const ONE_FILE: usize = 64_000;

/// The words of one language that the index carries: the theme has them.
#[derive(Debug, Clone)]
pub struct SearchLabels {
    /// What the facet of kinds is called.
    pub kind: String,
    /// The names of kinds, in the order of [`SearchLabels::KINDS`]; empty for one that results don't name.
    pub kinds: Vec<String>,
    /// What the facet of stages is called.
    pub stage: String,
    /// The names of the journey's stages.
    pub stages: Vec<String>,
}

impl SearchLabels {
    /// The kinds whose names are wanted.
    pub const KINDS: &[PageKind] = KINDS;
}

/// The search of an edition. Its files are made when the first of them is asked for: they are the most work that a site
/// takes, and whoever looks at one page of it needs none.
#[derive(Debug, Default)]
pub struct Search {
    /// The languages, the default one first, with the theme's words; none after an error.
    languages: Vec<(LangId, SearchLabels)>,
    /// The pages that are cut in another way than at their headings.
    cuts: Cuts,
    made: OnceLock<Made>,
}

/// Where the index of a language begins.
#[derive(Serialize)]
struct Entrance<'a> {
    entry: String,
    label: &'a str,
    lang: &'a str,
}

/// What the script of the search reads first: `docs/content/search-index.md`.
#[derive(Serialize)]
struct Manifest<'a> {
    indexes: Vec<Entrance<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    objections: Vec<Entrance<'a>>,
    version: u32,
}

/// The files of a language's index, made once.
#[derive(Debug)]
struct Made {
    manifest: String,
    /// All files but the manifest, each once, by their names.
    files: IdVec<SearchFileId, File>,
}

impl Search {
    /// Finds the languages that have an index; `words` gives the theme's words for one. After an error there is none:
    /// nothing will be written.
    #[must_use]
    pub fn collect(
        site: &Site,
        words: &dyn Fn(LangId) -> SearchLabels,
        cuts: Cuts,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let default = site.config().default_language;
        let mut languages: Vec<LangId> = site.languages().collect();
        languages.sort_by_key(|lang| *lang != default);
        let codes = languages.iter().map(|lang| site.config().languages[*lang].code.as_str());
        diagnostics.extend(codes.filter(|code| !analysis::is_supported(code)).map(unsupported));
        if diagnostics.has_errors() {
            return Self::default();
        }
        let languages = languages.into_iter().map(|lang| (lang, words(lang))).collect();
        Self { languages, cuts, made: OnceLock::new() }
    }

    fn built_files(&self, site: &Site) -> &Made {
        self.made.get_or_init(|| self.make(site))
    }

    fn make(&self, site: &Site) -> Made {
        let mut files: Vec<File> = Vec::new();
        let mut indexes = Vec::new();
        for (lang, words) in &self.languages {
            let language = &site.config().languages[*lang];
            let (own, parts) = files_of(site, *lang, words, &self.cuts);
            let entry = site.href(&url(&own.name));
            indexes.push(Entrance { entry, label: &language.label, lang: &language.code });
            files.extend(parts);
            files.push(own);
        }
        let mut objections = Vec::new();
        for (lang, _) in &self.languages {
            let language = &site.config().languages[*lang];
            let Some(listed) = self.cuts.objections.get(lang).filter(|listed| !listed.is_empty()) else {
                continue;
            };
            let made = file_of_objections(&language.code, listed);
            let entry = site.href(&url(&made.name));
            objections.push(Entrance { entry, label: &language.label, lang: &language.code });
            files.push(made);
        }
        files.sort_by(|a, b| a.name.cmp(&b.name));
        files.dedup();
        let manifest = json::text(&Manifest { indexes, objections, version: VERSION });
        Made { manifest, files: files.into() }
    }

    /// The manifest, the files it leads to, and the page with the box.
    #[must_use]
    pub fn artifacts(&self, site: &Site) -> Vec<Planned> {
        let files = self.built_files(site).files.each();
        let files = files.map(|(id, file)| Planned {
            path: OutPath::of_url(&url(&file.name)),
            artifact: Artifact::SearchFile(id),
            origin: Origin::generated("the search index"),
            warrant: Warrant::edition(site),
        });
        files.chain(self.entrances(site)).collect()
    }

    /// The manifest and the page with the box: all that can be planned without making the files.
    #[must_use]
    pub fn entrances(&self, site: &Site) -> Vec<Planned> {
        let manifest = Planned {
            path: OutPath::of_url(MANIFEST),
            artifact: Artifact::SearchManifest,
            origin: Origin::generated("the search index"),
            warrant: Warrant::edition(site),
        };
        let pages = site.languages().map(|lang| Planned {
            path: OutPath::of_url(&site.search_url(lang)),
            artifact: Artifact::Page(Route::SearchPage { lang }),
            origin: Origin::generated("the search page"),
            warrant: Warrant::edition(site),
        });
        std::iter::once(manifest).chain(pages).collect()
    }

    /// The file at a path of the output, where only [`Search::entrances`] were planned.
    #[must_use]
    pub fn file_at(&self, site: &Site, path: &OutPath) -> Option<Artifact> {
        let name = path.as_str().strip_prefix(FOLDER.trim_start_matches('/'))?.strip_suffix(ENDING)?;
        let index =
            self.built_files(site).files.binary_search_by(|file| file.name.as_str().cmp(name)).ok()?;
        Some(Artifact::SearchFile(SearchFileId::new(index)))
    }

    /// The list of indexes by language, as JSON.
    #[must_use]
    pub fn emit_manifest(&self, site: &Site) -> String {
        self.built_files(site).manifest.clone()
    }

    /// The bytes of a file.
    #[must_use]
    pub fn emit(&self, site: &Site, file: SearchFileId) -> &[u8] {
        &self.built_files(site).files[file].bytes
    }
}

/// Where files lie, from the site's root, and what their names end with.
const FOLDER: &str = "/assets/search/";
const ENDING: &str = ".bin";

/// The URL of a file from the site's root.
fn url(name: &str) -> String {
    format!("{FOLDER}{name}{ENDING}")
}

fn unsupported(code: &str) -> Diagnostic {
    let message = format!("search knows no stop words or word endings in the language `{code}`");
    Diagnostic::new(Code::SearchLanguage, message)
        .in_file(CONFIG_FILE)
        .help("its words are found as they are written, and by how they begin")
}

/// The files of one language; the entry comes last.
/// The index of a language: its entry, and the files that this names.
fn files_of(site: &Site, lang: LangId, words: &SearchLabels, cuts: &Cuts) -> (File, Vec<File>) {
    let pages = documents::pages(site, lang);
    let code = &site.config().languages[lang].code;
    let shelf = Pages { site, pages: &pages, cuts };
    let index = Index::new(&shelf, code);
    let store = Store::new(&shelf, index.lengths.len());
    let facets = store::facets(site, lang, &pages, words);
    let content = Content { code, kinds: &words.kinds, index, store, facets };
    content.one_file().map_or_else(|| content.many_files(), |entry| (entry, Vec::new()))
}

/// The objections in one language. They are one file, however many there are: it is loaded once, and then every key finds them without
/// a network.
fn file_of_objections(code: &str, all: &[ListedObjection]) -> File {
    let mut scripts: Vec<String> = all.iter().map(|objection| objection.script.clone()).collect();
    scripts.sort();
    scripts.dedup();
    let shelf = Objections { all, scripts: &scripts };
    let index = Index::new(&shelf, code);
    let store = Store::new(&shelf, index.lengths.len());
    Content { code, kinds: &scripts, index, store, facets: None }.entry_with_all()
}

/// What the index of a language holds, before it is divided into files.
struct Content<'a> {
    code: &'a str,
    kinds: &'a [String],
    index: Index,
    store: Store,
    facets: Option<Vec<u8>>,
}

impl Content<'_> {
    fn is_compounding(&self) -> bool {
        analysis::is_compounding(self.code)
    }

    fn header<'a>(&'a self, shards: &'a [Shard]) -> Header<'a> {
        Header {
            version: VERSION,
            lang: self.code,
            pages: self.index.documents.len(),
            documents: self.index.lengths.len(),
            boosts: Boosts { title: TITLE_BOOST, heading: HEADING_BOOST },
            kinds: self.kinds,
            stop: self.index.stop_words.iter().map(String::as_str).collect(),
            inside: self.is_compounding().then_some(true),
            shards: ShardNames {
                from: shards.iter().map(|shard| shard.from.as_str()).collect(),
                files: Vec::new(),
            },
            store: StoreNames { pages: self.store.pages, files: Vec::new() },
            facets: None,
            inline: None,
        }
    }

    /// The shards, the store's blocks and the facets, in the order in which an entry has them.
    fn parts<'a>(&'a self, shards: &'a [Shard]) -> Vec<&'a [u8]> {
        let shards = shards.iter().map(|shard| shard.content.as_slice());
        shards.chain(self.store.blocks.iter().map(Vec::as_slice)).chain(self.facets.as_deref()).collect()
    }

    /// All in the entry, where that is small enough to be loaded at once. The dictionary is not cut then, so that a
    /// misspelt word meets all others.
    fn one_file(&self) -> Option<File> {
        // What has this many documents can't be compressed to what is wanted, so it need not be tried.
        if self.index.lengths.len() > ONE_FILE / 64 {
            return None;
        }
        Some(self.entry_with_all()).filter(|file| file.bytes.len() <= ONE_FILE)
    }

    /// The whole index in the entry, for a small site.
    fn entry_with_all(&self) -> File {
        // Whatever is inside a word is found in the words themselves.
        let shards = encode::shards(&self.index, &encode::postings(&self.index), &[], usize::MAX);
        let inline = Inline {
            shards: shards.iter().map(|shard| shard.content.len()).collect(),
            store: self.store.blocks.iter().map(Vec::len).collect(),
            facets: self.facets.as_ref().map_or(0, Vec::len),
        };
        let mut entry = encode::entry(&self.index, &Header { inline: Some(inline), ..self.header(&shards) });
        self.parts(&shards).into_iter().for_each(|part| entry.extend_from_slice(part));
        File::compressed(&entry)
    }

    /// The entry, and the file for each part, which it names.
    fn many_files(&self) -> (File, Vec<File>) {
        let postings = encode::postings(&self.index);
        let tails = if self.is_compounding() { tails::tails(&self.index, &postings) } else { Vec::new() };
        let shards = encode::shards(&self.index, &postings, &tails, encode::SHARD);
        let mut header = self.header(&shards);
        let contents: Vec<&[u8]> = shards.iter().map(|shard| shard.content.as_slice()).collect();
        let mut files;
        (header.shards.files, files) = File::compress_together(&contents);
        let contents: Vec<&[u8]> = self.store.blocks.iter().map(Vec::as_slice).collect();
        let blocks;
        (header.store.files, blocks) = File::compress_together(&contents);
        files.extend(blocks);
        let facets = self.facets.as_deref().map(File::compressed);
        header.facets = facets.as_ref().map(|file| file.name.clone());
        files.extend(facets);
        (File::compressed(&encode::entry(&self.index, &header)), files)
    }
}

#[cfg(test)]
mod tests;
