//! `publish`: what a host needs, and the command of its own tool that uploads a site. Nothing is run here.

/// Where a site can be published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Destination {
    /// GitHub Pages, by GitHub Actions.
    Github,
    /// GitLab Pages, by GitLab CI.
    Gitlab,
    /// Netlify, by its program `netlify`.
    Netlify,
    /// Cloudflare Pages, by its program `wrangler`.
    Cloudflare,
    /// A bucket of Amazon S3, or of a service with the same interface.
    S3,
    /// A folder on a server.
    Rsync,
}

/// What is uploaded, and where to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    /// The host that it goes to.
    pub to: Destination,
    /// The folder with the finished site.
    pub folder: String,
    /// The project, bucket or folder there, as far as somebody has named it.
    pub target: Option<String>,
    /// What happens to files there that the site no longer has.
    pub old: OldFiles,
}

/// What happens to files on the host that the site no longer has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OldFiles {
    /// They stay on the host.
    Keep,
    /// They are deleted on the host.
    Delete,
}

/// A program with its arguments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Command {
    /// Its name, as it is found on the path.
    pub program: &'static str,
    /// Its arguments: texts, not shell.
    pub arguments: Vec<String>,
}

impl Destination {
    /// All, in the order in which they are shown.
    pub const ALL: [Self; 6] =
        [Self::Github, Self::Gitlab, Self::Netlify, Self::Cloudflare, Self::S3, Self::Rsync];

    /// Its name, as the flag has it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Github => "github",
            Self::Gitlab => "gitlab",
            Self::Netlify => "netlify",
            Self::Cloudflare => "cloudflare",
            Self::S3 => "s3",
            Self::Rsync => "rsync",
        }
    }

    /// The name of the host's own program, as a shell finds it.
    #[must_use]
    pub fn tool(self) -> &'static str {
        match self {
            Self::Github => "gh",
            Self::Gitlab => "glab",
            Self::Netlify => "netlify",
            Self::Cloudflare => "wrangler",
            Self::S3 => "aws",
            Self::Rsync => "rsync",
        }
    }

    /// How to get that tool, and to log in: a sentence.
    #[must_use]
    pub fn how_to_get_it(self) -> &'static str {
        match self {
            Self::Github => "install it from https://cli.github.com/, and log in with `gh auth login`",
            Self::Gitlab => "install it from https://docs.gitlab.com/cli/, and log in with `glab auth login`",
            Self::Netlify => "`npm install --global netlify-cli`, and log in with `netlify login`",
            Self::Cloudflare => "`npm install --global wrangler`, and log in with `wrangler login`",
            Self::S3 => "install it from https://aws.amazon.com/cli/, and log in with `aws configure`",
            Self::Rsync => "install it with your system's package manager; it logs in by SSH",
        }
    }

    /// Does the host build the site itself, from what is pushed to it?
    #[must_use]
    pub fn builds(self) -> bool {
        matches!(self, Self::Github | Self::Gitlab)
    }

    /// What is done without the tool, or once before it: a sentence a line.
    #[must_use]
    pub fn by_hand(self) -> &'static [&'static str] {
        match self {
            Self::Github => &[
                "Commit the site, and push it to the branch `main` of a repository on GitHub.",
                "In the repository's settings, under Pages, choose \"GitHub Actions\" as the source.",
            ],
            Self::Gitlab => &[
                "Commit the site, and push it to the default branch of a project on GitLab.",
                "Its address is then under Deploy, Pages.",
            ],
            Self::Netlify => &["Without the tool: drag the folder to https://app.netlify.com/drop."],
            Self::Cloudflare => &[
                "Without the tool: in Cloudflare, under Workers & Pages, create a Pages project and upload the folder.",
            ],
            Self::S3 => &[
                "In AWS, put CloudFront in front of the bucket: pages are files called `index.html` in folders.",
            ],
            Self::Rsync => &["Let the web server show `404.html` for what isn't there."],
        }
    }
}

/// The command that uploads.
///
/// # Errors
///
/// There is no target, or none that the tool could take; the text says what to write.
pub fn command(upload: &Upload) -> Result<Command, String> {
    let to = upload.to;
    let target = match &upload.target {
        // It would be taken for a flag.
        Some(target) if target.starts_with('-') || target.trim().is_empty() => {
            return Err(format!("`{target}` can't be a target: {}", target_format(to)));
        }
        other => other.as_deref(),
    };
    let folder = format!("{}/", upload.folder.trim_end_matches(['/', '\\']));
    let deletes = upload.old == OldFiles::Delete;
    let needed = || target.ok_or_else(|| format!("say where to with `--target`: {}", target_format(to)));
    let arguments: Vec<String> = match to {
        Destination::Github => texts(&["workflow", "run", "site.yaml"]),
        Destination::Gitlab => texts(&["ci", "run"]),
        Destination::Netlify => {
            let mut all = texts(&["deploy", "--prod", "--no-build", "--dir", &folder]);
            all.extend(target.map(|site| texts(&["--site", site])).unwrap_or_default());
            all
        }
        Destination::Cloudflare => {
            texts(&["pages", "deploy", &folder, "--project-name", needed()?, "--branch", "main"])
        }
        Destination::S3 => {
            let target = needed()?;
            if !target.starts_with("s3://") {
                return Err(format!("`{target}` isn't a bucket: {}", target_format(to)));
            }
            let mut all = texts(&["s3", "sync", &folder, target, "--exclude", ".ringback-manifest"]);
            all.extend(deletes.then(|| "--delete".to_string()));
            all
        }
        Destination::Rsync => {
            let target = needed()?;
            let mut all = texts(&["--archive", "--compress", "--exclude", ".ringback-manifest"]);
            all.extend(deletes.then(|| "--delete-after".to_string()));
            all.extend(texts(&["--", &folder, target]));
            all
        }
    };
    Ok(Command { program: to.tool(), arguments })
}

fn texts(all: &[&str]) -> Vec<String> {
    all.iter().map(ToString::to_string).collect()
}

/// How a target of this host is written, as a sentence of help.
fn target_format(to: Destination) -> &'static str {
    match to {
        Destination::Github | Destination::Gitlab => "this host needs none",
        Destination::Netlify => "the name or id of the project, such as `fjord`",
        Destination::Cloudflare => "the name of the Pages project, such as `fjord`",
        Destination::S3 => "a bucket, such as `s3://www.fjord.example`",
        Destination::Rsync => "a folder on a server, such as `kim@fjord.example:/var/www/fjord/`",
    }
}

impl Command {
    /// The command as somebody would type it, with quotes where a shell wants them.
    #[must_use]
    pub fn command_line(&self) -> String {
        let words = self.arguments.iter().map(|argument| {
            let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./:=@+,".contains(c);
            match !argument.is_empty() && argument.chars().all(is_plain) {
                true => argument.clone(),
                false => format!("'{}'", argument.replace('\'', "'\\''")),
            }
        });
        std::iter::once(self.program.to_string()).chain(words).collect::<Vec<_>>().join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn upload(to: Destination, target: Option<&str>, old: OldFiles) -> Result<String, String> {
        let upload =
            Upload { to, folder: "vår sida/public".into(), target: target.map(str::to_string), old };
        command(&upload).map(|command| command.command_line())
    }

    #[test]
    fn each_host_has_its_command() {
        let of = |to, target| upload(to, target, OldFiles::Keep).unwrap();
        assert_eq!(of(Destination::Github, None), "gh workflow run site.yaml");
        assert_eq!(of(Destination::Gitlab, None), "glab ci run");
        assert_eq!(
            of(Destination::Netlify, None),
            "netlify deploy --prod --no-build --dir 'vår sida/public/'"
        );
        assert!(of(Destination::Netlify, Some("fjord")).ends_with(" --site fjord"));
        assert_eq!(
            of(Destination::Cloudflare, Some("fjord")),
            "wrangler pages deploy 'vår sida/public/' --project-name fjord --branch main"
        );
        assert!(
            of(Destination::S3, Some("s3://fjord/x"))
                .starts_with("aws s3 sync 'vår sida/public/' s3://fjord/x")
        );
        assert!(of(Destination::Rsync, Some("kim@f:/x/")).ends_with(" -- 'vår sida/public/' kim@f:/x/"));
    }

    #[test]
    fn nothing_is_deleted_unless_somebody_says_so() {
        for (to, target) in [(Destination::S3, "s3://fjord"), (Destination::Rsync, "kim@fjord:/var/www/")] {
            assert!(!upload(to, Some(target), OldFiles::Keep).unwrap().contains("delete"));
            assert!(upload(to, Some(target), OldFiles::Delete).unwrap().contains(" --delete"));
        }
    }

    #[test]
    fn a_target_is_never_a_flag() {
        for to in Destination::ALL {
            for bad in ["--exec=rm", "-e sh", "", "  "] {
                assert!(upload(to, Some(bad), OldFiles::Keep).is_err(), "{to:?} {bad}");
            }
        }
        for to in [Destination::Cloudflare, Destination::S3, Destination::Rsync] {
            assert!(upload(to, None, OldFiles::Keep).unwrap_err().contains("--target"), "{to:?}");
        }
        assert!(upload(Destination::S3, Some("fjord"), OldFiles::Keep).unwrap_err().contains("s3://"));
        let quoted = Command { program: "x", arguments: texts(&["it's", "$HOME", ""]) };
        assert_eq!(quoted.command_line(), "x 'it'\\''s' '$HOME' ''");
    }
}
