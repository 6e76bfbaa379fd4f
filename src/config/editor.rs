//! `editor:`, the page `/admin/` on which colleagues write in a browser: which edition has it, and where the site's files are kept.

use super::{EditionConfig, Parser};
use crate::diag::{Code, Diagnostic, Span};
use crate::project::CONFIG_FILE as FILE;
use crate::yaml::{Node, Spanned};

/// The program or service at which the repository with the site's files is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeHost {
    /// GitHub, or GitHub Enterprise Server.
    Github,
    /// GitLab, or a GitLab server of one's own.
    Gitlab,
    /// Gitea, or Forgejo, on any server.
    Gitea,
}

impl CodeHost {
    /// The names in `ringback.yaml`, in the order of the variants.
    pub const NAMES: &[&str] = &["github", "gitlab", "gitea"];

    /// As it is written in the configuration.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Github => "github",
            Self::Gitlab => "gitlab",
            Self::Gitea => "gitea",
        }
    }

    /// The server that is meant where none is named.
    #[must_use]
    pub fn server(self) -> &'static str {
        match self {
            Self::Github => "https://github.com",
            Self::Gitlab => "https://gitlab.com",
            Self::Gitea => "https://gitea.com",
        }
    }
}

/// How colleagues sign in, apart from a personal token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignIn {
    /// The address of what signs in at GitHub for the page, without a slash at the end.
    pub url: Option<String>,
    /// The id of an application, at GitLab and Gitea.
    pub app_id: Option<String>,
}

/// Do changes wait until somebody has looked at them?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Review {
    /// A save goes to the branch.
    Direct,
    /// A save becomes a pull request.
    Requests,
}

/// The page on which colleagues write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditorConfig {
    /// Where `editor:` is in the file, for messages.
    pub span: Span,
    /// The edition that has it.
    pub edition: String,
    /// At which kind of service the repository is.
    pub host: CodeHost,
    /// The server, without a slash at the end, where it isn't the host's own.
    pub server: Option<String>,
    /// Its owner and name: `fjord/site`.
    pub repository: String,
    /// The branch; the repository's own where none is named.
    pub branch: Option<String>,
    /// The folder of the site in the repository; empty for its root.
    pub folder: String,
    /// How colleagues sign in, apart from a personal token.
    pub sign_in: Option<SignIn>,
    /// Do changes wait for somebody?
    pub review: Review,
}

impl Parser<'_> {
    /// `editor: {edition: public, host: github, repository: fjord/site}`; `None` where something that it needs is wrong.
    pub(super) fn editor(&mut self, node: &Node, editions: &[EditionConfig]) -> Option<EditorConfig> {
        const WHAT: &str = "`editor`";
        let mut fields = self.reader.fields(node)?;
        let edition = fields.require("edition", WHAT, &mut self.reader);
        let edition = edition.and_then(|node| self.reader.text(node));
        let host = fields.require("host", WHAT, &mut self.reader);
        let host = host.and_then(|node| Some((self.reader.choice(node, CodeHost::NAMES)?, node.span)));
        let repository = fields.require("repository", WHAT, &mut self.reader);
        let repository = repository.and_then(|node| self.repository(node));
        let branch = fields.take("branch").and_then(|node| self.reader.text(node));
        let folder = fields.take("folder").and_then(|node| self.reader.text(node));
        let server = fields.take("server").and_then(|node| self.reader.web(node));
        let sign_in = fields.take("sign_in").and_then(|node| self.sign_in(node));
        let review = fields.take("review");
        let asks = review.and_then(|node| self.reader.truth(node)) == Some(true);
        fields.finish(WHAT, [], &mut self.reader);
        let edition = edition.filter(|edition| self.may_have_editor(edition, editions));
        let (host, _) = host?;
        let host = [CodeHost::Github, CodeHost::Gitlab, CodeHost::Gitea][host];
        if let Some(review) = review.filter(|_| asks && host == CodeHost::Gitea) {
            let problem =
                Diagnostic::new(Code::InvalidValue, "at Gitea, changes can't wait for a review here");
            let help = "take `review` out: each save goes to the branch, which Gitea can protect";
            self.reader.diagnostics.push(problem.at(FILE, review.span).help(help));
        }
        let bare = |url: &str| url.trim_end_matches('/').to_string();
        Some(EditorConfig {
            span: node.span,
            edition: edition?.value,
            host,
            server: server.map(|server| bare(&server.value)),
            repository: repository?,
            branch: branch.map(|branch| branch.value),
            folder: folder.map(|folder| folder.value.trim_matches('/').to_string()).unwrap_or_default(),
            sign_in,
            review: if asks { Review::Requests } else { Review::Direct },
        })
    }

    /// The owner and the name of a repository.
    fn repository(&mut self, node: &Node) -> Option<String> {
        let text = self.reader.text(node)?;
        let is_part = |part: &str| {
            !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
        };
        if text.value.contains('/') && text.value.split('/').all(is_part) {
            return Some(text.value);
        }
        let message = format!("`{}` can't be a repository", text.value);
        let help = "write its owner and its name, as in its address: `fjord/site`";
        self.reader
            .diagnostics
            .push(Diagnostic::new(Code::InvalidValue, message).at(FILE, text.span).help(help));
        None
    }

    fn sign_in(&mut self, node: &Node) -> Option<SignIn> {
        let mut fields = self.reader.fields(node)?;
        let url = fields.take("url").and_then(|node| self.reader.web(node));
        let app_id = fields.take("app_id").and_then(|node| self.reader.text(node));
        fields.finish("`sign_in`", [], &mut self.reader);
        let url = url.map(|url| url.value.trim_end_matches('/').to_string());
        Some(SignIn { url, app_id: app_id.map(|id| id.value) })
    }

    /// Is there such an edition, which everybody who may open it can read?
    fn may_have_editor(&mut self, name: &Spanned<String>, editions: &[EditionConfig]) -> bool {
        let public = EditionConfig::public();
        let known = if editions.is_empty() { std::slice::from_ref(&public) } else { editions };
        let problem = match known.iter().find(|edition| edition.name == name.value) {
            Some(edition) if !edition.is_sealed => return true,
            Some(_) => {
                Diagnostic::new(Code::InvalidValue, "an edition behind a passphrase can't have the editor")
                    .help("name another edition; colleagues sign in at your code host")
            }
            None => Diagnostic::new(Code::InvalidValue, format!("no edition is called `{}`", name.value))
                .suggest(&name.value, known.iter().map(|edition| edition.name.as_str())),
        };
        self.reader.diagnostics.push(problem.at(FILE, name.span));
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Diagnostics;

    fn read(editor: &str) -> (Option<EditorConfig>, Vec<String>) {
        let text = format!(
            "title: T\nbase_url: https://example.org/\neditions: {{public: {{audiences: [public]}}, team: {{audiences: [public, team], seal: passphrase}}}}\neditor: {editor}\n"
        );
        let mut diagnostics = Diagnostics::new();
        let config = super::super::read(&text, &|_| None, &mut diagnostics);
        let messages = diagnostics.into_iter().map(|problem| problem.message).collect();
        (config.and_then(|config| config.editor), messages)
    }

    #[test]
    fn an_editor_says_where_the_files_are() {
        let (editor, messages) = read(
            "{edition: public, host: gitlab, server: 'https://git.example.org/', repository: team/web/site, branch: next, \
             folder: /site/, sign_in: {app_id: abc}, review: true}",
        );
        assert_eq!(messages, Vec::<String>::new());
        let editor = editor.expect("read");
        assert_eq!(editor.server.as_deref(), Some("https://git.example.org"));
        assert_eq!((editor.folder.as_str(), editor.review), ("site", Review::Requests));
        assert_eq!((editor.host.name(), editor.host.server()), ("gitlab", "https://gitlab.com"));
        assert_eq!(editor.sign_in.and_then(|sign_in| sign_in.app_id).as_deref(), Some("abc"));
    }

    #[test]
    fn what_is_wrong_is_told() {
        for (editor, told) in [
            ("{edition: pubic, host: github, repository: a/b}", "no edition is called `pubic`"),
            (
                "{edition: team, host: github, repository: a/b}",
                "an edition behind a passphrase can't have the editor",
            ),
            (
                "{edition: public, host: github, repository: 'https://github.com/a/b'}",
                "`https://github.com/a/b` can't be a repository",
            ),
            (
                "{edition: public, host: gitea, repository: a/b, review: true}",
                "at Gitea, changes can't wait for a review here",
            ),
        ] {
            assert_eq!(read(editor).1, [told], "{editor}");
        }
    }
}
