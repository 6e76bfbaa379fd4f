//! Captions of films and sound in WebVTT (`https://www.w3.org/TR/webvtt1/`), and the transcript that they make.

use crate::content::markup;
use crate::diag::Span;

/// A pause of so many milliseconds begins a paragraph of a transcript.
const PAUSE: u64 = 2_000;

/// A paragraph of a transcript ends with the first sentence that goes beyond so many bytes.
const LONG: usize = 500;

/// Words that are shown for some seconds of a film or a sound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cue {
    /// When it begins, in milliseconds.
    pub start: u64,
    /// When it ends, in milliseconds.
    pub end: u64,
    /// Who says it, where the captions name somebody.
    pub speaker: Option<String>,
    /// What is said, on one line, without markup.
    pub text: String,
}

/// A paragraph of a transcript.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// Who says it, where it is somebody else than in the one before.
    pub speaker: Option<String>,
    /// What is said, as plain text.
    pub text: String,
}

/// What is wrong with a file of captions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoCaptions {
    /// The place in the file.
    pub span: Span,
    /// What is wrong, as a message.
    pub message: &'static str,
    /// What to do about it.
    pub help: &'static str,
}

/// Reads captions.
///
/// # Errors
///
/// It isn't WebVTT, or one of its times can't be read.
pub fn read(text: &str) -> Result<Vec<Cue>, NoCaptions> {
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    let first = text[start..].lines().next().unwrap_or_default();
    if !first.strip_prefix("WEBVTT").is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t'])) {
        let help = if text.contains("-->") {
            "it looks like SRT: save it as WebVTT in the program that you made it with, or let `WEBVTT` be the first line, an empty line follow, and write times with a point: `00:01:02.500`"
        } else {
            "the first line of a file with captions is `WEBVTT`; export it from the program that you made it with"
        };
        let message = "this file with captions doesn't begin with `WEBVTT`";
        return Err(NoCaptions { span: Span::new(start, start + first.len()), message, help });
    }
    let mut cues: Vec<Cue> = Vec::new();
    let mut at = 0;
    let mut is_cue = false;
    for line in text.split_inclusive('\n') {
        let (from, line) = (at, line.trim_end());
        at += text[at..].split_inclusive('\n').next().map_or(0, str::len);
        if line.is_empty() {
            is_cue = false;
        } else if let Some((start, rest)) = line.split_once("-->") {
            let end = rest.split_whitespace().next().unwrap_or_default();
            let (Some(start), Some(end)) = (time(start.trim()), time(end)) else {
                return Err(NoCaptions {
                    span: Span::new(from, from + line.len()),
                    message: "these times can't be read",
                    help: "write them as `00:01:02.500 --> 00:01:05.000`, with a point before the milliseconds",
                });
            };
            cues.push(Cue { start, end, speaker: None, text: String::new() });
            is_cue = true;
        } else if let Some(cue) = cues.last_mut().filter(|_| is_cue) {
            add(cue, line);
        }
    }
    cues.retain(|cue| !cue.text.is_empty());
    Ok(cues)
}

/// `01:02.500` or `00:01:02.500`, in milliseconds.
fn time(text: &str) -> Option<u64> {
    let (rest, milliseconds) = text.rsplit_once('.')?;
    let number = |text: &str| -> Option<u64> {
        text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok()).flatten()
    };
    let mut parts = rest.rsplit(':');
    let (seconds, minutes) = (number(parts.next()?)?, number(parts.next()?)?);
    let hours = parts.next().map_or(Some(0), number)?;
    let is_whole = parts.next().is_none() && milliseconds.len() == 3 && seconds < 60 && minutes < 60;
    let milliseconds = number(milliseconds).filter(|_| is_whole)?;
    hours
        .checked_mul(3_600)?
        .checked_add(minutes * 60 + seconds)?
        .checked_mul(1_000)?
        .checked_add(milliseconds)
}

/// Adds a line to what is said. `<v Kim>` names who says it; other tags only say how it looks.
fn add(cue: &mut Cue, line: &str) {
    let mut rest = line;
    let mut text = String::with_capacity(line.len());
    while let Some((before, tag)) = rest.split_once('<') {
        text.push_str(before);
        let Some((tag, behind)) = tag.split_once('>') else {
            rest = "";
            break;
        };
        let voice = tag.strip_prefix('v').filter(|name| name.starts_with([' ', '\t', '.']));
        if let Some((_, name)) = voice.and_then(|voice| voice.split_once([' ', '\t'])) {
            cue.speaker.get_or_insert_with(|| name.trim().to_string());
        }
        rest = behind;
    }
    text.push_str(rest);
    let text = markup::unescaped(&text);
    let text = text.trim();
    if !text.is_empty() {
        if !cue.text.is_empty() {
            cue.text.push(' ');
        }
        cue.text.push_str(text);
    }
}

/// What is said, in paragraphs: a new one where somebody else speaks, after a pause, and after a sentence where it gets long.
#[must_use]
pub fn transcript(cues: &[Cue]) -> Vec<Passage> {
    let mut passages: Vec<Passage> = Vec::new();
    let mut before: Option<&Cue> = None;
    for cue in cues {
        let is_other = before.is_none_or(|before| cue.speaker.is_some() && cue.speaker != before.speaker);
        let is_pause = before.is_some_and(|before| cue.start.saturating_sub(before.end) > PAUSE);
        match passages.last_mut() {
            Some(last) if !is_other && !is_pause && !is_full(&last.text) => {
                // Captions that are shown twice are said once.
                if before.is_none_or(|before| before.text != cue.text) {
                    last.text.push(' ');
                    last.text.push_str(&cue.text);
                }
            }
            _ => {
                let speaker = cue.speaker.clone().filter(|_| is_other);
                passages.push(Passage { speaker, text: cue.text.clone() });
            }
        }
        before = Some(cue);
    }
    passages
}

fn is_full(text: &str) -> bool {
    text.len() > LONG && text.ends_with(['.', '?', '!', '…'])
}

#[cfg(test)]
mod tests {
    use super::*;

    const TALK: &str = "\u{feff}WEBVTT - A talk\r\n\r\nNOTE made by hand\n\nSTYLE\n::cue { color: red }\n\nintro\n\
        00:01.000 --> 00:03.500 align:start\n<v Kim Berg>We <i>stopped</i>\ncalling &amp; waited.\n\n\
        00:00:03.500 --> 00:00:05.000\n<v Kim Berg>In June,\n\n00:00:05.000 --> 00:00:07.000\nthe phone rang.\n\n\
        00:00:08.000 --> 00:00:09.000\n<v.loud Ola>And then?\n\n01:00:00.000 --> 01:00:01.000\nThe end.\n";

    #[test]
    fn what_is_said_becomes_paragraphs() {
        let cues = read(TALK).unwrap();
        assert_eq!((cues.len(), cues[0].start, cues[4].start), (5, 1_000, 3_600_000));
        let passages = transcript(&cues);
        let passages: Vec<_> =
            passages.iter().map(|one| (one.speaker.as_deref(), one.text.as_str())).collect();
        assert_eq!(
            passages,
            [
                (Some("Kim Berg"), "We stopped calling & waited. In June, the phone rang."),
                (Some("Ola"), "And then?"),
                (None, "The end."),
            ]
        );
    }

    #[test]
    fn what_is_no_webvtt_is_told() {
        let wrong = |text: &str| read(text).unwrap_err();
        assert!(wrong("1\n00:00:01,000 --> 00:00:02,000\nHello\n").help.contains("SRT"));
        assert!(wrong("Hello\n").help.starts_with("the first line"));
        assert!(wrong("").message.contains("WEBVTT"));
        assert!(wrong("WEBVTTX\n").message.contains("WEBVTT"));
        let times = wrong("WEBVTT\n\n00:00:01,000 --> 00:00:02,000\nHello\n");
        assert_eq!((times.span.range(), times.message), (8..37, "these times can't be read"));
        for time in
            ["00:61.000", "1.000", "00:00:00:00.000", "99999999999999999999:00:00.000", "00:01.5", "a:01.000"]
        {
            let text = format!("WEBVTT\n\n{time} --> 00:02.000\nHello\n");
            assert_eq!(wrong(&text).message, "these times can't be read", "{time}");
        }
        assert_eq!(read("WEBVTT"), Ok(vec![]));
        assert_eq!(read("WEBVTT\n\n00:01.000 --> 00:02.000\n<b<<>\n").unwrap(), []);
    }
}
