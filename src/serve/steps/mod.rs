//! The first page: ten steps from a new site to one that is found, each ticked as soon as the site shows that it was done.
//!
//! [`Step::ALL`] are the steps, [`done`] looks at the site, and `words` has what they are called in each language.

mod words;

use std::fmt::Write as _;

use self::words::StepsWords;
use super::page::{escaped, with_code};
use super::preview::Preview;
use crate::authoring::leftovers;
use crate::authoring::scaffold::StarterLanguage;
use crate::config::{Audience, Config, EditionConfig};
use crate::content::Document;
use crate::content::PageKind;
use crate::edition::inputs::Inputs;
use crate::project::{PathKind, Project};

/// What a build leaves in its output.
const MANIFEST: &str = ".ringback-manifest";

/// The files of CI that `init --ci` writes, and others that hosts look for.
const CI: &[&str] = &[
    ".github/workflows/site.yaml",
    ".github/workflows/site.yml",
    ".gitlab-ci.yml",
    "netlify.toml",
    "build.sh",
];

/// What is kept when a lead has come in: the inbox itself is forgotten when the server ends.
const LEAD: &str = "first-lead";

/// One of the ten steps, in the order in which they are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// The organization is the owner's.
    Company,
    /// An article that `init` didn't write.
    Article,
    /// One of those has an image.
    Picture,
    /// One of those is gated.
    Gate,
    /// A form was sent to the inbox.
    Lead,
    /// The theme has settings of the site's own.
    Look,
    /// A page is in another language than the site's.
    Language,
    /// A call script that `init` didn't write.
    Script,
    /// A host has files that tell it what to do.
    Host,
    /// The public edition was built.
    Publish,
}

impl Step {
    /// All, in the order in which they are shown.
    pub(super) const ALL: [Self; 10] = [
        Self::Company,
        Self::Article,
        Self::Picture,
        Self::Gate,
        Self::Lead,
        Self::Look,
        Self::Language,
        Self::Script,
        Self::Host,
        Self::Publish,
    ];
}

/// The steps that were done, by what the newest site without mistakes shows; none while there is no such site.
pub(super) fn done(preview: &Preview, leads: usize) -> Vec<Step> {
    let project = preview.project();
    if leads > 0 && project.read_kept(LEAD).is_none() {
        project.keep(LEAD, b"a form was sent");
    }
    let Some(inputs) = preview.inputs() else { return Vec::new() };
    let site = Site::new(&inputs, project);
    Step::ALL.into_iter().filter(|step| site.shows(*step)).collect()
}

/// Is this a site that somebody has just begun: has it values that every new site has?
pub(super) fn is_new(preview: &Preview) -> bool {
    preview.inputs().is_some_and(|inputs| !inputs.content.config.untouched.is_empty())
}

/// The parts of a site by which steps are judged.
struct Site<'a> {
    config: &'a Config,
    project: &'a dyn Project,
    documents: Vec<&'a Document>,
    /// Articles and scripts that are the owner's, each with its text.
    own: Vec<(&'a Document, String)>,
}

impl<'a> Site<'a> {
    fn new(inputs: &'a Inputs, project: &'a dyn Project) -> Self {
        let documents: Vec<&Document> = inputs
            .content
            .documents
            .iter()
            .map(|document| &**document)
            .filter(|document| !document.is_generated)
            .collect();
        let texts = documents
            .iter()
            .filter(|document| matches!(document.place.kind, PageKind::Insight | PageKind::Script));
        let own = texts.filter(|document| !document.meta.draft).filter_map(|document| {
            let text = String::from_utf8(project.read(&document.place.path).ok()?).ok()?;
            (!leftovers::is_starters(&text)).then_some((*document, text))
        });
        Self { config: &inputs.content.config, project, own: own.collect(), documents }
    }

    fn shows(&self, step: Step) -> bool {
        let config = self.config;
        let mut articles = self.own.iter().filter(|(document, _)| document.place.kind == PageKind::Insight);
        let has = |path: &str| self.project.path_kind(path) == PathKind::File;
        match step {
            Step::Company => {
                // Its web address and its webhook can wait until it is published.
                let is_text = |value: &str| !value.starts_with("http");
                config.organization.is_some() && !config.untouched.iter().any(|value| is_text(&value.value))
            }
            Step::Article => articles.next().is_some(),
            Step::Picture => {
                articles.any(|(document, text)| document.meta.image.is_some() || text.contains("!["))
            }
            Step::Gate => articles.any(|(document, _)| document.text.gated().is_some()),
            Step::Lead => self.project.read_kept(LEAD).is_some(),
            Step::Look => has(&format!("themes/{}/theme.yaml", config.theme.value)),
            Step::Language => {
                self.documents.iter().any(|document| document.place.lang != config.default_language)
            }
            Step::Script => self.own.iter().any(|(document, _)| document.place.kind == PageKind::Script),
            Step::Host => CI.iter().any(|path| has(path)),
            Step::Publish => {
                let is_public = |edition: &&EditionConfig| {
                    edition.sees(Audience::Public) && !edition.sees(Audience::Team)
                };
                let public = config.editions.iter().find(is_public);
                public.is_some_and(|edition| has(&format!("{}/{MANIFEST}", edition.output)))
            }
        }
    }
}

/// The page, in the site's first language.
pub(super) fn page(preview: &Preview, leads: usize) -> String {
    let inputs = preview.inputs();
    let config = inputs.as_ref().map(|inputs| &inputs.content.config);
    let code = config.map_or("en", |config| config.languages[config.default_language].code.as_str());
    let language = StarterLanguage::from_code(code);
    let words = StepsWords::new(language);
    let done = done(preview, leads);
    let title = config
        .map_or("ringback", |config| config.title.get(config.default_language, config.default_language));
    let home = preview.everybody().first().map_or_else(|| "/".to_string(), |seen| seen.base_url.path.clone());
    let next = Step::ALL.into_iter().find(|step| !done.contains(step));
    let mut steps = String::new();
    for (index, step) in Step::ALL.into_iter().enumerate() {
        let class = match step {
            step if done.contains(&step) => "done",
            step if Some(step) == next => "next",
            _ => "later",
        };
        let open = if class == "next" { " open" } else { "" };
        let said = words.step(step);
        let state = if class == "done" {
            format!("<span class=\"state\">{}</span>", words.done)
        } else {
            String::new()
        };
        let link = match step {
            Step::Lead => format!("<p><a href=\"/.ringback/inbox\">{}</a></p>", words.inbox),
            Step::Look => format!("<p><a href=\"/.ringback/look\">{}</a></p>", words.look),
            _ => String::new(),
        };
        let _ = write!(
            steps,
            "<li class=\"{class}\"><details{open}><summary><span class=\"number\" aria-hidden=\"true\">{}</span><h2>{}</h2>{state}</summary>\
             <div class=\"how\"><p class=\"why\">{}</p><p>{}</p>{link}</div></details></li>",
            index + 1,
            escaped(said.title),
            escaped(said.why),
            with_code(said.how),
        );
    }
    let count = done.len();
    let all = Step::ALL.len();
    let lead = if count == all { words.all_done } else { words.lead };
    format!(
        "<!doctype html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{heading} – {title}</title>\n\
         <link rel=\"icon\" href=\"/.ringback/icon.svg\">\n<link rel=\"stylesheet\" href=\"/.ringback/steps.css\">\n\
         <script type=\"module\" src=\"/.ringback/steps.js\"></script>\n</head>\n<body>\n<main>\n\
         <header><div><p class=\"site\"><a href=\"{home}\">{title}</a></p><h1>{heading}</h1><p class=\"lead\">{lead}</p></div>\
         <div class=\"ring\"><svg viewBox=\"0 0 120 120\" aria-hidden=\"true\"><circle class=\"track\" cx=\"60\" cy=\"60\" r=\"52\" pathLength=\"{all}\"/>\
         <circle class=\"sum\" cx=\"60\" cy=\"60\" r=\"52\" pathLength=\"{all}\" stroke-dasharray=\"{count} {all}\"/></svg>\
         <p><strong>{count}</strong> <span>{of}</span></p></div></header>\n<ol>{steps}</ol>\n\
         <footer><p>{foot}</p></footer>\n</main>\n</body>\n</html>\n",
        lang = language.code(),
        heading = escaped(words.heading),
        title = escaped(title),
        home = escaped(&home),
        lead = escaped(lead),
        of = escaped(words.of_ten),
        foot = with_code(words.foot),
    )
}
