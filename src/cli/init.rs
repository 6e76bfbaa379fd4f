//! `ringback init`: a new site in a folder of its own, or CI for a site that is there. A folder with anything else in it
//! is left alone, unless `--merge` asks to add what isn't there.

use std::io;
use std::path::Path;

use jiff::civil::Date;

use super::ask::{self, Terminal};
use super::flags::{CiHost, InitFlags, LanguageFlag, StarterFlag};
use super::{Status, complain, print};
use crate::authoring::scaffold::StarterLanguage;
use crate::authoring::scaffold::ci::{self, Host, Program};
use crate::authoring::scaffold::site::{self, NewSite, Starter};
use crate::output;
use crate::project::{CONFIG_FILE, DiskProject, Project as _};

/// So many names of files are told when a folder is not empty.
const NAMED: usize = 5;

/// Makes the site and says what to do next.
pub(super) fn init(flags: &InitFlags) -> Result<Status, String> {
    let folder = flags.folder.as_path();
    let there = output::occupants(folder).map_err(|failure| failure.to_string())?;
    let host = flags.ci.map(|host| match host {
        CiHost::Github => Host::Github,
        CiHost::Gitlab => Host::Gitlab,
        CiHost::Netlify => Host::Netlify,
        CiHost::Cloudflare => Host::Cloudflare,
    });
    let program = if flags.compile { Program::Source } else { Program::Ready };
    let is_site = there.iter().any(|name| name == CONFIG_FILE);
    if let Some(host) = host.filter(|_| is_site && is_only_ci(flags)) {
        return add_ci(folder, host, program);
    }
    if is_site || !there.is_empty() && !flags.merge {
        complain!("error: the folder `{}` is not empty: it contains {}", folder.display(), list_some(&there));
        let other = "choose a new folder, such as `ringback init my-site`";
        let ci = if is_site { ", or add CI to the site that is there with `--ci` alone" } else { "" };
        let merge = if is_site { "" } else { ", or keep these files and add the others with `--merge`" };
        complain!("  = help: nothing was changed; {other}{ci}{merge}");
        return Ok(Status::Tool);
    }
    let Some(site) = requested_site(flags)? else {
        complain!("Nothing was made.");
        return Ok(Status::Tool);
    };
    let mut files = site::site(&site);
    files.extend(host.map(|host| ci::files(host, program)).unwrap_or_default());
    let kept = output::already_there(folder, &files);
    files.retain(|path, _| !kept.contains(path));
    output::seed(folder, &files).map_err(|failure| failure.to_string())?;
    let mut text = next_steps(folder, files.len(), host.map(|host| host.by_hand(program)));
    if !kept.is_empty() {
        text.push_str(&format!("Left as it was: {}.\n", kept.join(", ")));
    }
    print(&text);
    Ok(Status::Fine)
}

/// Does nothing in the flags ask for a new site?
fn is_only_ci(flags: &InitFlags) -> bool {
    flags.title.is_none() && flags.lang.is_empty() && flags.starter.is_none() && flags.color.is_none()
}

/// The site that flags and, on a terminal, answers ask for; `None` if somebody ends the questions.
fn requested_site(flags: &InitFlags) -> Result<Option<NewSite>, String> {
    let folder = flags.folder.as_path();
    let mut languages: Vec<StarterLanguage> = Vec::new();
    for lang in &flags.lang {
        let one = match lang {
            LanguageFlag::En => StarterLanguage::English,
            LanguageFlag::Sv => StarterLanguage::Swedish,
            LanguageFlag::Nb => StarterLanguage::Norwegian,
        };
        if !languages.contains(&one) {
            languages.push(one);
        }
    }
    let title = match &flags.title {
        Some(title) => site::title(title).map_err(|why| format!("`--title`: {why}"))?,
        None => named_after(folder),
    };
    let mut site = NewSite::new(&title, &languages, Date::default());
    site.starter = flags.starter.map(starter).unwrap_or_default();
    site.colour = flags.color;
    if !flags.yes && ask::somebody() {
        let mut terminal = Terminal { input: &mut io::stdin().lock(), output: &mut io::stdout() };
        if ask::ask(&mut site, flags, &mut terminal).is_err() {
            return Ok(None);
        }
    }
    let zone = site::time_zone(site.languages.first().copied().unwrap_or_default());
    site.today = DiskProject::new(folder, flags.today).today(&zone);
    Ok(Some(site))
}

fn starter(flag: StarterFlag) -> Starter {
    match flag {
        StarterFlag::CompanyBlog => Starter::CompanyBlog,
        StarterFlag::Guide => Starter::Guide,
        StarterFlag::SalesTeam => Starter::SalesTeam,
    }
}

/// Adds the files of a host to a site that is there. Files of the same names are left alone, and then nothing is added.
fn add_ci(folder: &Path, host: Host, program: Program) -> Result<Status, String> {
    let files = ci::files(host, program);
    let there = output::already_there(folder, &files);
    if !there.is_empty() {
        let (is, them) = if there.len() == 1 { ("is", "it") } else { ("are", "them") };
        complain!("error: {} {is} in the site already", list_some(&there));
        complain!("  = help: nothing was changed; to replace what is there, move {them} away first");
        return Ok(Status::Tool);
    }
    output::seed(folder, &files).map_err(|failure| failure.to_string())?;
    let names: Vec<String> = files.into_keys().collect();
    let mut text =
        format!("Added {} to the site in {}.\n\nLeft to do by hand:\n", list_some(&names), folder.display());
    for line in host.by_hand(program) {
        text.push_str(&format!("{line}\n"));
    }
    print(&text);
    Ok(Status::Fine)
}

fn next_steps(folder: &Path, files: usize, by_hand: Option<Vec<String>>) -> String {
    let shown = folder.display();
    let mut text = format!("Made a site of {files} files in {shown}.\n\nNext:\n");
    if folder != Path::new(".") {
        let quote = if shown.to_string().contains(' ') { "\"" } else { "" };
        text.push_str(&format!("  cd {quote}{shown}{quote}\n"));
    }
    text.push_str(
        "  ringback serve --open               preview it while you write; it begins with ten steps\n",
    );
    text.push_str("  ringback new insight \"Your title\"   start an article\n");
    text.push_str(
        "\nBefore you publish: put your own web address, name, phone number and webhook into ringback.yaml,\n",
    );
    text.push_str("and go through content/pages.\n");
    for line in by_hand.unwrap_or_default() {
        text.push_str(&format!("{line}\n"));
    }
    text
}

/// `a`, `b` and 3 more.
fn list_some(names: &[String]) -> String {
    let (shown, rest) = names.split_at(names.len().min(NAMED));
    let mut quoted: Vec<String> = shown.iter().map(|name| format!("`{name}`")).collect();
    if !rest.is_empty() {
        quoted.push(format!("{} more", rest.len()));
    }
    match quoted.split_last() {
        Some((last, before)) if !before.is_empty() => format!("{} and {last}", before.join(", ")),
        _ => quoted.concat(),
    }
}

/// `my-site` is "My site".
fn named_after(folder: &Path) -> String {
    let whole = std::path::absolute(folder).unwrap_or_else(|_| folder.to_path_buf());
    let name = whole.file_name().map(|name| name.to_string_lossy().replace(['-', '_', '.'], " "));
    let words = name.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
    let words = words.replace("${", "$ {");
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => "My site".into(),
    }
}
