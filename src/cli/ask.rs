//! The questions of `ringback init`, where somebody sits at a terminal.

use std::io::{self, BufRead, IsTerminal as _, Write};

use super::flags::InitFlags;
use crate::authoring::scaffold::StarterLanguage;
use crate::authoring::scaffold::colour::Colour;
use crate::authoring::scaffold::questions::{LANGUAGES, Questions};
use crate::authoring::scaffold::site::{self, NewSite, Starter};
use crate::encode::terminal;

/// Is there somebody who can answer?
pub(super) fn somebody() -> bool {
    std::env::var_os("CI").is_none()
        && io::stdin().is_terminal()
        && io::stdout().is_terminal()
        && io::stderr().is_terminal()
}

/// Asks what the flags don't say, and puts the answers into `site`, which has the defaults.
///
/// # Errors
///
/// There is no answer: the terminal was closed, or Ctrl+D pressed.
pub(super) fn ask(site: &mut NewSite, flags: &InitFlags, terminal: &mut Terminal<'_>) -> io::Result<()> {
    if flags.lang.is_empty() {
        let default = of_this_computer(&|name| std::env::var(name).ok());
        site.languages = terminal.until(LANGUAGES, default.code(), |answer| {
            let codes = answer.split([',', ' ']).filter(|code| !code.is_empty());
            let found: Option<Vec<_>> = codes.map(StarterLanguage::exactly).collect();
            found.filter(|found| !found.is_empty()).ok_or_else(|| "en, sv, nb".to_string())
        })?;
    }
    let questions = Questions::new(site.languages.first().copied().unwrap_or_default());
    terminal.say(questions.hint)?;
    if flags.title.is_none() {
        let default = site.title.clone();
        site.title = terminal.until(questions.name, &default, site::title)?;
    }
    if flags.starter.is_none() {
        terminal.say(questions.purpose)?;
        for (index, starter) in Starter::ALL.into_iter().enumerate() {
            terminal.say(&format!("  {}  {}", index + 1, questions.starter(starter)))?;
        }
        let default = Starter::ALL.iter().position(|one| *one == site.starter).unwrap_or_default() + 1;
        site.starter = terminal.until("1-3", &default.to_string(), |answer| {
            let index = answer.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
            index
                .and_then(|index| Starter::ALL.get(index).copied())
                .ok_or_else(|| questions.again.to_string())
        })?;
    }
    if flags.color.is_none() {
        site.colour = terminal.until(questions.colour, questions.no_colour, |answer| match answer {
            same if same == questions.no_colour => Ok(None),
            other => other.parse::<Colour>().map(Some).map_err(|_| questions.colour.to_string()),
        })?;
    }
    terminal.say("")
}

/// Where questions are printed and answers typed.
pub(super) struct Terminal<'a> {
    pub(super) input: &'a mut dyn BufRead,
    pub(super) output: &'a mut dyn Write,
}

impl Terminal<'_> {
    fn say(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.output, "{text}")
    }

    /// Asks until there is an answer that can be read; an empty one is the default.
    fn until<T>(
        &mut self,
        question: &str,
        default: &str,
        read: impl Fn(&str) -> Result<T, String>,
    ) -> io::Result<T> {
        loop {
            write!(self.output, "{question} [{}]: ", terminal::line(default))?;
            self.output.flush()?;
            let mut line = Vec::new();
            if self.input.read_until(b'\n', &mut line)? == 0 {
                self.say("")?;
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            // An old terminal may send å as another byte than UTF-8's; what it meant can't be known.
            let Ok(line) = String::from_utf8(line) else {
                self.say("UTF-8?")?;
                continue;
            };
            let answer = line.trim();
            match read(if answer.is_empty() { default } else { answer }) {
                Ok(value) => return Ok(value),
                Err(why) => self.say(&why)?,
            }
        }
    }
}

/// The language that the system's messages are in, if it is one of ours.
fn of_this_computer(variable: &dyn Fn(&str) -> Option<String>) -> StarterLanguage {
    let set = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(variable);
    let first = set.into_iter().find(|value| !value.is_empty()).unwrap_or_default();
    StarterLanguage::from_code(first.split(['_', '.', '@']).next().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser as _;

    fn asked(arguments: &[&str], typed: &[u8]) -> (io::Result<()>, NewSite, String) {
        let all = ["ringback", "init", "fjord"].iter().chain(arguments);
        let flags = super::super::flags::Flags::try_parse_from(all).unwrap();
        let super::super::flags::Command::Init(flags) = flags.command else { panic!("another command") };
        let mut site = NewSite::new("Fjord", &[], jiff::civil::date(2026, 11, 22));
        let (mut input, mut output) = (typed, Vec::new());
        let done = ask(&mut site, &flags, &mut Terminal { input: &mut input, output: &mut output });
        (done, site, String::from_utf8(output).unwrap())
    }

    #[test]
    fn answers_are_taken_and_wrong_ones_asked_again() {
        let typed = "se\nsv, en\n${HOME}\nÅsa & co\n7\n3\nred\n#7a1f3d\n";
        let (done, site, said) = asked(&[], typed.as_bytes());
        done.unwrap();
        assert_eq!(site.languages, [StarterLanguage::Swedish, StarterLanguage::English]);
        assert_eq!((site.title.as_str(), site.starter), ("Åsa & co", Starter::SalesTeam));
        assert_eq!(site.colour.map(|colour| colour.to_string()).as_deref(), Some("#7a1f3d"));
        // From the second question on, they are in the language that was chosen.
        assert!(said.contains("Webbplatsens namn [Fjord]: ") && said.contains("färg"), "{said}");
        assert!(said.contains("environment variable") && said.contains("från 1 till 3"), "{said}");
        assert!(said.is_ascii() || !said.contains('\u{1b}'), "no colours: {said}");
    }

    #[test]
    fn enter_takes_what_is_in_brackets() {
        let (done, site, _) = asked(&["--lang", "nb"], b"\n\r\n\n");
        done.unwrap();
        assert_eq!((site.title.as_str(), site.starter, site.colour), ("Fjord", Starter::Guide, None));
        let all = ["--lang", "nb", "--name", "X", "--starter", "guide", "--color", "000"];
        assert!(asked(&all, b"").0.is_ok(), "what flags say isn't asked");
    }

    #[test]
    fn a_terminal_that_closes_or_sends_no_utf_8() {
        assert!(asked(&[], b"sv\n").0.is_err());
        let (done, site, said) = asked(&["--lang", "sv"], b"\xc5sa\n\xc3\x85sa\n\n\n");
        done.unwrap();
        assert!(site.title == "Åsa" && said.contains("UTF-8"), "{said}");
    }

    #[test]
    fn the_system_says_its_language() {
        let of = |name: &'static str, value: &'static str| {
            of_this_computer(&|asked| (asked == name).then(|| value.to_string())).code()
        };
        assert_eq!(of("LANG", "sv_SE.UTF-8"), "sv");
        assert_eq!(of("LC_ALL", "nn_NO"), "nb");
        assert_eq!(of("LANG", "C"), "en");
        assert_eq!(of("LANG", "de_DE"), "en");
    }
}
