//! The files that let a host or CI build and publish a site.

use super::Files;

/// Who builds and publishes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Host {
    /// GitHub Actions, to GitHub Pages.
    Github,
    /// GitLab CI, to GitLab Pages.
    Gitlab,
    /// Netlify.
    Netlify,
    /// Cloudflare Pages.
    Cloudflare,
}

impl Host {
    /// All, for tests and lists.
    pub const ALL: [Self; 4] = [Self::Github, Self::Gitlab, Self::Netlify, Self::Cloudflare];

    /// What is left to do by hand, once: a sentence a line.
    #[must_use]
    pub fn by_hand(self) -> &'static [&'static str] {
        match self {
            Self::Github => &[
                "In .github/workflows/site.yaml, say where ringback's source is, in two places: `repository:`.",
                "In the repository's settings, under Pages, choose \"GitHub Actions\" as the source.",
            ],
            Self::Gitlab => &[
                "In .gitlab-ci.yml, say where ringback's source is: `RINGBACK_SOURCE`.",
                "Mask and protect the secret variables, and limit them to the environment `pages`.",
                "Under Build, Pipeline schedules, add a daily one, so that pages with a date appear and expire.",
            ],
            Self::Netlify => &[
                "In Netlify, set RINGBACK_SOURCE to the URL of ringback's source, a git repository.",
                "Give secrets only to the context \"Production\"; previews get their own values, or none.",
                "Add a build hook and call it once a day, so that pages with a date appear and expire.",
            ],
            Self::Cloudflare => &[
                "In Cloudflare Pages: build command `bash build.sh`, output directory `public`.",
                "Set RINGBACK_SOURCE there to the URL of ringback's source, a git repository.",
                "Give secrets only to \"Production\"; previews get their own values, or none.",
                "Add a deploy hook and call it once a day, so that pages with a date appear and expire.",
            ],
        }
    }
}

/// The files for a host.
#[must_use]
pub fn files(host: Host) -> Files {
    let all: &[(&str, &str)] = match host {
        Host::Github => &[(".github/workflows/site.yaml", include_str!("ci/github.yaml"))],
        Host::Gitlab => &[(".gitlab-ci.yml", include_str!("ci/gitlab.yaml"))],
        Host::Netlify => {
            &[("netlify.toml", include_str!("ci/netlify.toml")), ("build.sh", include_str!("ci/build.sh"))]
        }
        Host::Cloudflare => &[("build.sh", include_str!("ci/build.sh"))],
    };
    all.iter().map(|(path, text)| ((*path).to_string(), (*text).to_string())).collect()
}
