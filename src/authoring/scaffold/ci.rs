//! The files that let a host or CI build and publish a site.
//!
//! Lines between `%only ready%` or `%only source%` and `%all%` are for one kind of [`Program`].

use super::{Files, fill, only};

/// The service that builds and publishes a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Host {
    /// GitHub Actions, to GitHub Pages.
    Github,
    /// GitLab CI, to GitLab Pages.
    Gitlab,
    /// Netlify, which builds and publishes.
    Netlify,
    /// Cloudflare Pages, which builds and publishes.
    Cloudflare,
}

/// Where a host gets ringback from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Program {
    /// A ready program of this version, from npm, which every host has.
    Ready,
    /// Source in a repository of the site's owner, which the host compiles.
    Source,
}

/// The version that writes the files, and that they ask for.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Was this program made by the release workflow, which names its commit? Then what the files ask for is published. A
/// program that somebody compiled can't know.
const IS_RELEASE: bool = env!("RINGBACK_VERSION").len() > VERSION.len();

impl Host {
    /// Its name, as flags have it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Github => "github",
            Self::Gitlab => "gitlab",
            Self::Netlify => "netlify",
            Self::Cloudflare => "cloudflare",
        }
    }

    /// What is left to do by hand, once: a sentence a line.
    #[must_use]
    pub fn by_hand(self, program: Program) -> Vec<String> {
        let source = match (program, self) {
            (Program::Ready, _) if IS_RELEASE => format!("The files get ringback {VERSION} from npm."),
            (Program::Ready, _) => format!(
                "The files get ringback {VERSION} from npm. Use them once its makers have published it there: until then anyone could take that name, so write them with `--compile`."
            ),
            (Program::Source, Self::Github) => {
                "In .github/workflows/site.yaml, say where ringback's source is, in two places: `repository:`.".into()
            }
            (Program::Source, Self::Gitlab) => {
                "In .gitlab-ci.yml, say where ringback's source is: `RINGBACK_SOURCE`.".into()
            }
            (Program::Source, Self::Netlify | Self::Cloudflare) => {
                "Set RINGBACK_SOURCE there to the URL of ringback's source, a git repository.".into()
            }
        };
        let others: &[&str] = match self {
            Self::Github => {
                &["In the repository's settings, under Pages, choose \"GitHub Actions\" as the source."]
            }
            Self::Gitlab => &[
                "Mask and protect the secret variables, and limit them to the environment `pages`.",
                "Under Build, Pipeline schedules, add a daily one, so that pages with a date appear and expire.",
            ],
            Self::Netlify => &[
                "In Netlify, give secrets only to the context \"Production\"; previews get their own values, or none.",
                "Add a build hook and call it once a day, so that pages with a date appear and expire.",
            ],
            Self::Cloudflare => &[
                "In Cloudflare Pages: build command `bash build.sh`, output directory `public`.",
                "Give secrets only to \"Production\"; previews get their own values, or none.",
                "Add a deploy hook and call it once a day, so that pages with a date appear and expire.",
            ],
        };
        std::iter::once(source).chain(others.iter().map(ToString::to_string)).collect()
    }
}

/// The files for a host.
#[must_use]
pub fn files(host: Host, program: Program) -> Files {
    let all: &[(&str, &str)] = match host {
        Host::Github => &[(".github/workflows/site.yaml", include_str!("ci/github.yaml"))],
        Host::Gitlab => &[(".gitlab-ci.yml", include_str!("ci/gitlab.yaml"))],
        Host::Netlify => {
            &[("netlify.toml", include_str!("ci/netlify.toml")), ("build.sh", include_str!("ci/build.sh"))]
        }
        Host::Cloudflare => &[("build.sh", include_str!("ci/build.sh"))],
    };
    let kind = match program {
        Program::Ready => "ready",
        Program::Source => "source",
    };
    let marks = [("%version%", VERSION), ("%host%", host.name())];
    all.iter().map(|(path, text)| ((*path).to_string(), fill(&only(text, kind), &marks))).collect()
}
