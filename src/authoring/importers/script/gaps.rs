//! Gaps in words to say, however they are written: `[First name]`, `(product)`, `{name}`, `<name>`, `____`. Each becomes a placeholder of
//! ours; one whose name nobody says gets a number, and is asked about.

use std::collections::BTreeMap;

use super::words::ScriptWords;

/// The gaps of a script.
pub(super) struct Gaps<'a> {
    words: &'a ScriptWords,
    /// Labels by names, in the order of names.
    pub(super) found: BTreeMap<String, String>,
    /// Names of those that nobody names, with the words around them.
    pub(super) unsure: Vec<(String, String)>,
    /// What stands in round brackets more than once.
    repeated: Vec<String>,
}

impl<'a> Gaps<'a> {
    /// For a script with this text.
    pub(super) fn new(words: &'a ScriptWords, text: &str) -> Self {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for inner in text.split('(').skip(1).filter_map(|rest| rest.split_once(')').map(|(inner, _)| inner)) {
            *counts.entry(inner.trim().to_lowercase()).or_default() += 1;
        }
        let repeated = counts
            .into_iter()
            .filter(|(inner, count)| *count > 1 && inner.split(' ').count() < 4 && !inner.is_empty());
        Self {
            words,
            found: BTreeMap::new(),
            unsure: Vec::new(),
            repeated: repeated.map(|(inner, _)| inner).collect(),
        }
    }

    /// Words with placeholders in the place of gaps. What is no gap stays, so that no sign of it means something else.
    pub(super) fn fill(&mut self, text: &str) -> String {
        let mut out = String::with_capacity(text.len() + 16);
        let mut rest = text;
        while let Some(at) = rest.find(['[', '(', '{', '<', '_', '%']) {
            out.push_str(&rest[..at]);
            rest = &rest[at..];
            let (new, length) = self.gap(rest, &out);
            match new {
                Some(name) => out.push_str(&format!("{{{{{name}}}}}")),
                None => escaped(&rest[..length], &mut out),
            }
            rest = &rest[length..];
        }
        out.push_str(rest);
        out
    }

    /// The name of the gap at the beginning, if there is one, and how long it is.
    fn gap(&mut self, text: &str, before: &str) -> (Option<String>, usize) {
        let lines = text.len() - text.trim_start_matches('_').len();
        if lines > 0 {
            return if lines < 3 {
                (None, lines)
            } else {
                (Some(self.unnamed(before, &text[lines..])), lines)
            };
        }
        let first = text.as_bytes().first().copied().unwrap_or_default();
        let (open, close) = match first {
            _ if text.starts_with("{{") => ("{{", "}}"),
            b'[' => ("[", "]"),
            b'(' => ("(", ")"),
            b'{' => ("{", "}"),
            b'<' => ("<", ">"),
            _ => ("%", "%"),
        };
        let Some(inner) = text[open.len()..].split_once(close).map(|(inner, _)| inner) else {
            return (None, 1);
        };
        let length = inner.len() + open.len() + close.len();
        let bare = inner.trim().trim_end_matches(['.', '…', ':']).trim();
        let is_short =
            !bare.is_empty() && bare.split_whitespace().count() <= 4 && !bare.contains(['[', '{', '<', '\n']);
        if bare.chars().all(|c| matches!(c, '.' | '…' | '_' | ' ' | 'x' | 'X'))
            && first != b'('
            && inner.len() < 20
        {
            return (Some(self.unnamed(before, &text[length..])), length);
        }
        let known = self.known_placeholder(bare);
        let is_gap = match first {
            b'(' => known.is_some() || self.repeated.contains(&bare.to_lowercase()),
            b'%' => bare.len() > 2 && bare.chars().all(|c| c.is_uppercase() || c == '_'),
            _ => true,
        };
        if !is_short || !is_gap {
            return (None, 1);
        }
        let name = known.unwrap_or_else(|| placeholder_name(bare));
        if name.is_empty() {
            return (None, 1);
        }
        let label = bare.replace('_', " ");
        let label = if label.chars().any(char::is_lowercase) { label } else { label.to_lowercase() };
        let mut chars = label.chars();
        let label = chars
            .next()
            .map(|first| first.to_uppercase().chain(chars).collect::<String>())
            .unwrap_or_default();
        self.found.entry(name.clone()).or_insert(label);
        (Some(name), length)
    }

    /// The placeholder that a word of the language means, or of English.
    fn known_placeholder(&self, text: &str) -> Option<String> {
        let text = text.to_lowercase().replace('_', " ");
        let english = super::words::LANGUAGES[0].gaps;
        let found = self.words.gaps.iter().chain(english).find(|(word, _)| *word == text);
        found.map(|(_, name)| (*name).to_string())
    }

    fn unnamed(&mut self, before: &str, after: &str) -> String {
        let name = format!("gap_{}", self.unsure.len() + 1);
        let last: Vec<&str> = before.split_whitespace().rev().take(2).collect();
        let last: Vec<&str> = last.into_iter().rev().collect();
        let around = match last.is_empty() {
            true => format!("… {}", after.split_whitespace().take(2).collect::<Vec<_>>().join(" ")),
            false => format!("{} …", last.join(" ")),
        };
        let around: String = around
            .chars()
            .filter(|c| !matches!(c, '"' | '{' | '}' | '[' | ']' | '<' | '>' | '_' | '*' | '`'))
            .collect();
        self.found.insert(name.clone(), around.trim().to_string());
        self.unsure.push((name.clone(), around.trim().to_string()));
        name
    }
}

/// A name of ours for a gap.
fn placeholder_name(text: &str) -> String {
    let name: String = crate::encode::slug::slug(text).replace('-', "_");
    let is_plain = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    if is_plain { name } else { String::new() }
}

/// Signs that would mean something.
fn escaped(text: &str, out: &mut String) {
    for c in text.chars() {
        if matches!(c, '[' | '<' | '_' | '{') {
            out.push('\\');
        }
        out.push(c);
    }
}

#[cfg(test)]
mod tests {
    use super::super::words::of_code;
    use super::*;

    #[test]
    fn gaps_of_all_kinds_are_placeholders() {
        let text = "Hi [First name], {name} of (our firm) here about (product), <date> and %PRICE%. In ____ you said (laughs) _so_ [1]. (our firm)";
        let words = of_code("en").unwrap();
        let mut gaps = Gaps::new(words, text);
        assert_eq!(
            gaps.fill(text),
            "Hi {{first_name}}, {{name}} of {{our_firm}} here about {{product}}, {{date}} and {{price}}. In {{gap_1}} you said (laughs) \\_so\\_ \\[1]. {{our_firm}}"
        );
        assert_eq!(gaps.unsure, [("gap_1".to_string(), "price. In …".to_string())]);
        assert_eq!(gaps.found["first_name"], "First name");
        let mut swedish = Gaps::new(of_code("sv").unwrap(), "");
        assert_eq!(swedish.fill("Hej [förnamn] på [Företag AB]"), "Hej {{first_name}} på {{foretag_ab}}");
    }
}
