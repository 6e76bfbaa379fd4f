//! `ringback doctor --here`: gathers what the computer says of itself, and prints what it means.

use std::net::TcpListener;
use std::path::Path;

use serde::Serialize;

use super::{CACHE, Status, print, print_json};
use crate::commands::doctor::Level;
use crate::commands::here::{self, Finding, Machine, Written};
use crate::diag::emit::Format;
use crate::encode::terminal::line as plain;
use crate::output;
use crate::project::{CONFIG_FILE, DiskProject, PathKind, Project as _, machine};

/// The port that `serve` begins with.
const PORT: u16 = 4000;

/// Variables that name a proxy.
const PROXIES: &[&str] =
    &["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];

/// What `ringback doctor --here` prints for programs.
#[derive(Serialize)]
struct Report {
    version: u8,
    /// The worst level of all findings.
    level: Level,
    here: Vec<Finding>,
}

/// Looks at this computer, and at the folder `root` on it.
pub(super) fn here(root: &Path, format: Format) -> Status {
    let found = here::judge(&gathered(root));
    let level = found.iter().map(|one| one.level).max().unwrap_or(Level::Fine);
    let status = if level < Level::Fix { Status::Fine } else { Status::Content };
    if format == Format::Json {
        print_json(&Report { version: 1, level, here: found });
        return status;
    }
    let mut text = String::new();
    for one in &found {
        text += &format!("{:<5}{:<9} {}\n", level_name(one.level), one.code, plain(&one.message));
        if let Some(help) = &one.help {
            text += &format!("     = help: {}\n", plain(help));
        }
    }
    let to_fix = found.iter().filter(|one| one.level == Level::Fix).count();
    text += &match to_fix {
        0 => "Nothing to fix on this computer.\n".to_string(),
        count => format!("{count} to fix on this computer.\n"),
    };
    print(&text);
    status
}

fn level_name(level: Level) -> &'static str {
    match level {
        Level::Fine => "fine",
        Level::Note => "note",
        Level::Unsure => "unsure",
        Level::Fix => "fix",
    }
}

fn gathered(root: &Path) -> Machine {
    let project = DiskProject::new(root, None);
    let variable = |name: &str| project.variable(name).filter(|value| !value.is_empty());
    let written = output::probe(root).map(|probe| {
        let output::Probe { ignores_case, keeps_names, ahead } = probe;
        Written { ignores_case, keeps_names, ahead }
    });
    Machine {
        version: env!("RINGBACK_VERSION"),
        system: format!("{} {}", std::env::consts::OS, std::env::consts::ARCH),
        asked: machine::ci_versions(root),
        folder: root.display().to_string(),
        is_site: project.path_kind(CONFIG_FILE) == PathKind::File,
        written,
        free: machine::free(root),
        cache: machine::size(&root.join(CACHE)),
        git: machine::git(),
        port: (PORT, TcpListener::bind(("127.0.0.1", PORT)).is_ok()),
        proxies: PROXIES.iter().filter_map(|name| Some(((*name).to_string(), variable(name)?))).collect(),
        no_proxy: variable("NO_PROXY").or_else(|| variable("no_proxy")).unwrap_or_default(),
        encoding: encoding(&variable),
        watches: machine::watches(root),
        now: project.now(),
    }
}

/// The encoding that the system's variables name, where it isn't UTF-8. Windows has no such variables.
fn encoding(variable: &dyn Fn(&str) -> Option<String>) -> Option<String> {
    if cfg!(windows) {
        return None;
    }
    let set = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(variable).unwrap_or_else(|| "C".into());
    let named = set.split_once('.').map_or(set.as_str(), |(_, encoding)| encoding);
    let folded = named.to_ascii_lowercase().replace('-', "");
    let is_plain = folded.starts_with("utf8") || cfg!(target_os = "macos") && !set.contains('.');
    match named {
        _ if is_plain => None,
        "C" | "POSIX" => Some("ASCII alone".into()),
        other => Some(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(target_os = "linux")]
    fn variables_say_the_encoding() {
        let of = |name: &'static str, value: &'static str| {
            encoding(&move |asked| (asked == name).then(|| value.to_string()))
        };
        assert_eq!(of("LANG", "sv_SE.UTF-8"), None);
        assert_eq!(of("LC_ALL", "C.utf8"), None);
        assert_eq!(of("LC_CTYPE", "sv_SE.ISO-8859-1").as_deref(), Some("ISO-8859-1"));
        assert_eq!(of("LANG", "C").as_deref(), Some("ASCII alone"));
        assert!(of("OTHER", "x").is_some());
    }
}
