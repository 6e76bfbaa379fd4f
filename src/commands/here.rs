//! `doctor --here`: what is missing, old or in the way on a computer, judged by facts that others have gathered.

use jiff::Timestamp;
use serde::Serialize;

use super::doctor::Level;
use crate::project::machine::WatchLimit;

/// Free space below which a build may fail, and below which it is time to make room, in bytes.
const NO_SPACE: u64 = 200 << 20;
const LITTLE_SPACE: u64 = 1 << 30;

/// A cache that is larger is worth a word, in bytes.
const LARGE_CACHE: u64 = 2 << 30;

/// Seconds that a disk's clock may be off the computer's.
const OFF: i64 = 120;

/// No clock that is right shows an earlier time than this program has: 2026-01-01.
const EARLIEST: i64 = 1_767_225_600;

/// What is known of a computer and of the folder in which ringback was called.
#[derive(Debug, Clone)]
pub struct Machine {
    /// The version of this program.
    pub version: &'static str,
    /// The system and processor, such as `linux x86_64`.
    pub system: String,
    /// Versions that the site's CI asks for, with the file that says so.
    pub asked: Vec<(String, String)>,
    /// The folder, as it was named.
    pub folder: String,
    /// Is there a `ringback.yaml`?
    pub is_site: bool,
    /// What writing a file there showed, or why none could be written.
    pub written: Result<Written, String>,
    /// Free bytes on its disk, where the system says so.
    pub free: Option<u64>,
    /// Bytes of `.ringback/`.
    pub cache: u64,
    /// The version of git; `None` where there is no git.
    pub git: Option<String>,
    /// The port that `serve` begins with, and whether it is free.
    pub port: (u16, bool),
    /// Variables that name a proxy, with their values.
    pub proxies: Vec<(String, String)>,
    /// The value of `NO_PROXY`; empty where it isn't set.
    pub no_proxy: String,
    /// The encoding that the terminal is said to have, where it isn't UTF-8.
    pub encoding: Option<String>,
    /// How many folders the system tells of, and how many there are.
    pub watches: Option<WatchLimit>,
    /// What the computer's clock says.
    pub now: Timestamp,
}

/// What writing a file has shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// Is a name in other case the same file?
    pub ignores_case: bool,
    /// Does a name come back in the characters it was given in?
    pub keeps_names: bool,
    /// How many seconds the disk's clock is ahead of the computer's.
    pub ahead: i64,
}

/// Something that was found out about this computer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Its permanent name, for programs.
    pub code: &'static str,
    /// How bad it is.
    pub level: Level,
    /// What was found, as a sentence.
    pub message: String,
    /// What to do about it; `None` where nothing is to be done.
    pub help: Option<String>,
}

impl Finding {
    fn fine(code: &'static str, message: String) -> Self {
        Self { code, level: Level::Fine, message, help: None }
    }

    fn new(code: &'static str, level: Level, message: String, help: impl Into<String>) -> Self {
        Self { code, level, message, help: Some(help.into()) }
    }
}

/// What is to be said of a computer, in a fixed order: one finding or more for each thing that is looked at.
#[must_use]
pub fn judge(machine: &Machine) -> Vec<Finding> {
    let mut found =
        vec![Finding::fine("version", format!("ringback {} on {}", machine.version, machine.system))];
    found.extend(pinned(machine));
    found.push(folder(machine));
    found.extend(disk(machine));
    found.push(git(machine));
    found.push(port(machine));
    found.extend(proxy(machine));
    found.push(terminal(machine));
    if let Ok(written) = &machine.written {
        found.push(names(written));
    }
    found.extend(watches(machine));
    found.push(clock(machine));
    found
}

/// CI builds with one version, and whoever writes looks at another.
fn pinned(machine: &Machine) -> impl Iterator<Item = Finding> {
    let own = machine.version.split(' ').next().unwrap_or_default();
    let others = machine.asked.iter().filter(move |(version, _)| version != own);
    others.map(move |(version, file)| {
        Finding::new(
            "version",
            Level::Note,
            format!("`{file}` builds the site with ringback {version}, and this is {own}"),
            "use the same version in both places, so that a preview shows what will be published",
        )
    })
}

fn folder(machine: &Machine) -> Finding {
    let folder = &machine.folder;
    match &machine.written {
        Err(why) => Finding::new(
            "folder",
            Level::Fix,
            format!("nothing can be written to `{folder}`: {why}"),
            "choose a folder of your own, or ask whoever owns this one",
        ),
        Ok(_) if !machine.is_site => Finding::new(
            "folder",
            Level::Note,
            format!("`{folder}` has no `ringback.yaml`, so it isn't the folder of a site"),
            "go to the site's folder, name it with `--root`, or make a site with `ringback init my-site`",
        ),
        Ok(_) => Finding::fine("folder", format!("the site in `{folder}` can be written to")),
    }
}

fn disk(machine: &Machine) -> Vec<Finding> {
    let mut found = Vec::new();
    if let Some(free) = machine.free {
        let message = format!("{} free on the disk", size(free));
        found.push(match free {
            0..NO_SPACE => Finding::new(
                "disk",
                Level::Fix,
                message,
                "make room: a build needs space for a second copy of the site",
            ),
            NO_SPACE..LITTLE_SPACE => Finding::new("disk", Level::Note, message, "make room before long"),
            _ => Finding::fine("disk", message),
        });
    }
    let message = format!("{} in `.ringback/`, which can be made again", size(machine.cache));
    found.push(match machine.cache {
        LARGE_CACHE.. => {
            Finding::new("cache", Level::Note, message, "delete the folder if you need the space")
        }
        _ => Finding::fine("cache", message),
    });
    found
}

fn git(machine: &Machine) -> Finding {
    match &machine.git {
        Some(version) => Finding::fine("git", version.clone()),
        None => Finding::new(
            "git",
            Level::Note,
            "there is no git".into(),
            "without it, `ringback consent` can't look at texts as they were, and GitHub and GitLab get no site; see https://git-scm.com/",
        ),
    }
}

fn port(machine: &Machine) -> Finding {
    match machine.port {
        (port, true) => Finding::fine("port", format!("port {port} is free for `ringback serve`")),
        (port, false) => Finding::new(
            "port",
            Level::Note,
            format!("another program is using port {port}"),
            "`ringback serve` takes the next one that is free, and says which",
        ),
    }
}

fn proxy(machine: &Machine) -> Vec<Finding> {
    if machine.proxies.is_empty() {
        return vec![Finding::fine("proxy", "no proxy is set".into())];
    }
    let is_spared =
        machine.no_proxy.split(',').any(|host| matches!(host.trim(), "*" | "localhost" | "127.0.0.1"));
    let all = machine.proxies.iter().map(|(name, value)| {
        let shown = crate::network::redaction::url(value);
        // Programs take `proxy:8080` as well.
        let whole = if value.contains("://") { value.clone() } else { format!("http://{value}") };
        let host = whole.split_once("://").map(|(_, rest)| rest.rsplit('@').next().unwrap_or_default());
        let is_address = host.is_some_and(|host| {
            let host = host.split('/').next().unwrap_or_default();
            let port = host.rsplit_once(':').map_or("80", |(_, port)| port.trim_end_matches(']'));
            !host.is_empty()
                && !host.contains(char::is_whitespace)
                && (host.ends_with(']') || port.parse::<u16>().is_ok())
        });
        if !is_address {
            let help = "write it as `http://proxy.example.org:8080`, or unset the variable";
            return Finding::new(
                "proxy",
                Level::Fix,
                format!("`{name}` is `{shown}`, which isn't an address"),
                help,
            );
        }
        let message = format!("`{name}` sends requests through `{shown}`");
        if is_spared {
            return Finding::fine("proxy", message);
        }
        Finding::new(
            "proxy",
            Level::Note,
            message,
            "if your browser doesn't find the preview, set `NO_PROXY=localhost,127.0.0.1`",
        )
    });
    all.collect()
}

fn terminal(machine: &Machine) -> Finding {
    match &machine.encoding {
        None => Finding::fine("terminal", "the terminal takes UTF-8".into()),
        Some(encoding) => Finding::new(
            "terminal",
            Level::Note,
            format!("the terminal is said to take {encoding}: letters such as å may look wrong in messages"),
            "set `LC_ALL=C.UTF-8`, or on Windows run `chcp 65001`; your files and pages are right in any case",
        ),
    }
}

fn names(written: &Written) -> Finding {
    let what = match (written.ignores_case, written.keeps_names) {
        (false, true) => return Finding::fine("names", "the disk keeps names as they are written".into()),
        (true, true) => "takes `A.md` and `a.md` for one file",
        (false, false) => "changes letters such as å in names",
        (true, false) => "takes `A.md` and `a.md` for one file, and changes letters such as å in names",
    };
    Finding::new(
        "names",
        Level::Note,
        format!("the disk {what}, and the one of your CI probably doesn't"),
        "write a link as the file is called, letter by letter; `ringback check` finds those that aren't",
    )
}

fn watches(machine: &Machine) -> Option<Finding> {
    let WatchLimit { limit, folders } = machine.watches?;
    let message = format!("the site has {folders} folders, and the system tells of changes in {limit}");
    Some(if folders < limit {
        Finding::fine("watches", message)
    } else {
        let help = "until then `ringback serve` looks every two seconds: `sudo sysctl fs.inotify.max_user_watches=524288`";
        Finding::new("watches", Level::Note, message, help)
    })
}

fn clock(machine: &Machine) -> Finding {
    let message = format!("it is {} (UTC)", machine.now.strftime("%Y-%m-%d %H:%M"));
    let ahead = machine.written.as_ref().map_or(0, |written| written.ahead);
    if machine.now.as_second() < EARLIEST {
        let help = "set the clock: pages with a date appear and expire by it";
        return Finding::new("clock", Level::Fix, message, help);
    }
    if ahead.abs() > OFF {
        let side = if ahead > 0 { "ahead" } else { "behind" };
        let message = format!("{message}, and the disk's clock is {} s {side}", ahead.abs());
        return Finding::new("clock", Level::Note, message, "set both clocks by the network");
    }
    Finding::fine("clock", message)
}

/// `1.5 GB`: for people, so in thousands.
fn size(bytes: u64) -> String {
    let whole = |unit: u64| format!("{}.{}", bytes / unit, bytes % unit * 10 / unit);
    match bytes {
        1_000_000_000.. => format!("{} GB", whole(1_000_000_000)),
        1_000_000.. => format!("{} MB", bytes / 1_000_000),
        _ => format!("{} kB", bytes / 1000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn good() -> Machine {
        Machine {
            version: "0.1.0 (0123456789ab)",
            system: "linux x86_64".into(),
            asked: vec![("0.1.0".into(), "build.sh".into())],
            folder: ".".into(),
            is_site: true,
            written: Ok(Written { ignores_case: false, keeps_names: true, ahead: 0 }),
            free: Some(50_000_000_000),
            cache: 12_000,
            git: Some("git version 2.47.3".into()),
            port: (4000, true),
            proxies: Vec::new(),
            no_proxy: String::new(),
            encoding: None,
            watches: Some(WatchLimit { limit: 8192, folders: 12 }),
            now: Timestamp::from_second(1_795_000_000).unwrap(),
        }
    }

    /// What isn't fine, as `level[code]`.
    fn problems(machine: &Machine) -> Vec<String> {
        let all = judge(machine);
        assert!(all.iter().all(|one| one.level == Level::Fine || one.help.is_some()), "{all:?}");
        let told = all.into_iter().filter(|one| one.level != Level::Fine);
        told.map(|one| format!("{:?}[{}]", one.level, one.code)).collect()
    }

    #[test]
    fn nothing_is_wrong_with_a_good_one() {
        assert!(problems(&good()).is_empty());
        let codes: Vec<&str> = judge(&good()).iter().map(|one| one.code).collect();
        assert_eq!(
            codes,
            [
                "version", "folder", "disk", "cache", "git", "port", "proxy", "terminal", "names", "watches",
                "clock"
            ]
        );
    }

    #[test]
    fn each_trouble_is_told() {
        let of = |change: &dyn Fn(&mut Machine)| {
            let mut machine = good();
            change(&mut machine);
            problems(&machine).join(" ")
        };
        assert_eq!(of(&|m| m.asked = vec![("0.0.9".into(), "build.sh".into())]), "Note[version]");
        assert_eq!(of(&|m| m.is_site = false), "Note[folder]");
        assert_eq!(of(&|m| m.written = Err("read-only".into())), "Fix[folder]");
        assert_eq!(of(&|m| m.free = Some(1_000_000)), "Fix[disk]");
        assert_eq!(of(&|m| m.free = Some(500_000_000)), "Note[disk]");
        assert_eq!(of(&|m| m.free = None), "");
        assert_eq!(of(&|m| m.cache = 3_000_000_000), "Note[cache]");
        assert_eq!(of(&|m| m.git = None), "Note[git]");
        assert_eq!(of(&|m| m.port.1 = false), "Note[port]");
        assert_eq!(of(&|m| m.encoding = Some("ISO-8859-1".into())), "Note[terminal]");
        for written in [(true, true), (false, false), (true, false)] {
            let (ignores_case, keeps_names) = written;
            assert_eq!(
                of(&|m| m.written = Ok(Written { ignores_case, keeps_names, ahead: 0 })),
                "Note[names]"
            );
        }
        assert_eq!(of(&|m| m.watches = Some(WatchLimit { limit: 10, folders: 12 })), "Note[watches]");
        assert_eq!(of(&|m| m.now = Timestamp::UNIX_EPOCH), "Fix[clock]");
        let ahead = |ahead| Ok(Written { ignores_case: false, keeps_names: true, ahead });
        assert_eq!(of(&|m| m.written = ahead(-600)), "Note[clock]");
        assert_eq!(of(&|m| m.written = ahead(2)), "");
    }

    #[test]
    fn proxies_are_told_without_their_passwords() {
        let mut machine = good();
        for (value, expected) in [
            ("http://proxy.example.org:8080", "Note[proxy]"),
            ("proxy:3128", "Note[proxy]"),
            ("http://kim:hunter2@proxy.example.org:8080/", "Note[proxy]"),
            ("http://[::1]:8080", "Note[proxy]"),
            ("http://", "Fix[proxy]"),
            ("http://proxy:port", "Fix[proxy]"),
        ] {
            machine.proxies = vec![("HTTPS_PROXY".into(), value.into())];
            assert_eq!(problems(&machine), [expected], "{value}");
            assert!(judge(&machine).iter().all(|one| !one.message.contains("hunter2")), "{value}");
        }
        machine.proxies = vec![("HTTPS_PROXY".into(), "http://proxy:8080".into())];
        machine.no_proxy = "example.org, localhost".into();
        assert!(problems(&machine).is_empty());
    }

    #[test]
    fn sizes_are_for_people() {
        assert_eq!([999, 12_345, 3_400_000, 1_550_000_000].map(size), ["0 kB", "12 kB", "3 MB", "1.5 GB"]);
    }
}
