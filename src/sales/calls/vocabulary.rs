//! Reads the condition that an answer is, from its words.

use super::condition_words::{ConditionWords, words};
use super::guard::{Condition, Guard, Subject, Test};
use super::script::{CallField, CallFieldId};
use crate::content::form::FieldKind;
use crate::diag::nearest;
use crate::ids::IdVec;

/// A name that a condition can be about, as it is written, in lower case.
struct Name {
    text: String,
    subject: Subject,
}

/// What can be asked for in a script: its fields by id and label, and its score by `score` and its label.
pub(super) struct Vocabulary<'a> {
    fields: &'a IdVec<CallFieldId, CallField>,
    language: &'a str,
    names: Vec<Name>,
}

impl<'a> Vocabulary<'a> {
    /// The names of these fields, and of the score where there is one; `score` is its label.
    pub(super) fn new(
        fields: &'a IdVec<CallFieldId, CallField>,
        score: Option<&str>,
        language: &'a str,
    ) -> Self {
        let mut names = Vec::new();
        let mut add = |text: &str, subject: Subject| names.push(Name { text: text.to_lowercase(), subject });
        for (id, field) in fields.each() {
            add(&field.name, Subject::Field(id));
            add(&field.label, Subject::Field(id));
        }
        if let Some(label) = score {
            add("score", Subject::Score);
            add(label, Subject::Score);
        }
        // The longer name goes first: `budget year` before `budget`.
        names.sort_by_key(|name| std::cmp::Reverse(name.text.len()));
        Self { fields, language, names }
    }

    /// The condition that an answer is.
    pub(super) fn guard(&self, answer: &str) -> Option<Guard> {
        if self.names.is_empty() {
            return None;
        }
        let ends = |c: char| c.is_whitespace() || "\"'“”„«».,:;!".contains(c);
        let text = answer.trim_matches(ends).replace('’', "'");
        let lower = text.to_lowercase();
        words(self.language).find_map(|words| {
            if words.otherwise.contains(&lower.as_str()) {
                return Some(Guard::Otherwise);
            }
            let rest = words.begin.iter().find_map(|begin| after_word(&lower, begin))?;
            self.condition(rest, words).map(Guard::When)
        })
    }

    /// `segment is retail`, in lower case.
    fn condition(&self, text: &str, words: &ConditionWords) -> Option<Condition> {
        let known = self.names.iter().find_map(|name| Some((name, after_word(text, &name.text)?)));
        if let Some((name, rest)) = known {
            let (test, value) = test(rest, words)?;
            let subject = name.subject.clone();
            let value = self.value(&subject, value);
            return (test.is_alone() == value.is_empty()).then_some(Condition { subject, test, value });
        }
        // One word that is nearly a name, or is written as none but names are, was meant to be one.
        let (subject, rest) = text.split_once(' ')?;
        let (test, value) = test(rest, words)?;
        let is_meant = subject.contains('_')
            || nearest(subject, self.names.iter().map(|name| name.text.as_str())).is_some();
        is_meant.then(|| Condition {
            subject: Subject::Unknown(subject.to_string()),
            test,
            value: value.to_string(),
        })
    }

    /// The option that is meant, by its id or its label; else what is written.
    fn value(&self, subject: &Subject, value: &str) -> String {
        let value = value.trim_matches(|c: char| c.is_whitespace() || "\"'“”„«»".contains(c));
        let Subject::Field(field) = subject else { return value.to_string() };
        let field = &self.fields[*field];
        let is_meant =
            |(id, label): &&(String, String)| id.to_lowercase() == value || label.to_lowercase() == value;
        let option = field.options.iter().find(is_meant).map(|(id, _)| id.clone());
        option.unwrap_or_else(|| match field.kind {
            FieldKind::Number => value.replace(',', "."),
            _ => value.to_string(),
        })
    }
}

/// What follows a word at the beginning of a text.
fn after_word<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let rest = text.strip_prefix(word)?;
    (rest.is_empty() || rest.starts_with(char::is_whitespace)).then(|| rest.trim_start())
}

/// The test at the beginning of a text, and what it compares with.
fn test<'t>(text: &'t str, words: &ConditionWords) -> Option<(Test, &'t str)> {
    let found =
        words.tests.iter().filter_map(|(word, test)| Some((word.len(), *test, after_word(text, word)?)));
    found.max_by_key(|(length, ..)| *length).map(|(_, test, rest)| (test, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_are_read_in_all_languages() {
        let choice = |name: &str, label: &str| CallField {
            name: name.into(),
            kind: FieldKind::Choice,
            label: label.into(),
            options: vec![("retail".into(), "Detaljhandel".into()), ("public".into(), "Offentligt".into())],
            required: false,
        };
        let people =
            CallField { kind: FieldKind::Number, options: Vec::new(), ..choice("people", "Anställda") };
        let fields = IdVec::from(vec![choice("segment", "Typ av kund"), people]);
        let read = |text: &str, language: &str| match Vocabulary::new(&fields, Some("Poäng"), language)
            .guard(text)
        {
            Some(Guard::When(Condition { subject, test, value })) => {
                let subject = match subject {
                    Subject::Field(id) => fields[id].name.clone(),
                    Subject::Score => "the score".into(),
                    Subject::Unknown(name) => format!("?{name}"),
                };
                format!("{subject} {} {value}", test.name()).trim_end().to_string()
            }
            Some(Guard::Otherwise) => "otherwise".into(),
            None => String::new(),
        };
        for (text, language, expected) in [
            ("If segment is retail", "en", "segment is retail"),
            ("“If segment isn’t public”", "en", "segment not public"),
            ("If people is at least 2,5", "en", "people least 2.5"),
            ("If people is known", "en", "people known"),
            ("If people is", "en", ""),
            ("If score is hot", "sv", "the score is hot"),
            ("Om segment är retail", "sv", "segment is retail"),
            ("Om typ av kund inte är klar", "sv", ""),
            ("Om Typ av kund är Detaljhandel", "sv", "segment is retail"),
            ("Om poäng är minst 30", "sv", "the score least 30"),
            ("Om anställda är okänt", "sv", "people unknown"),
            ("Hvis segment er ikke offentligt", "nb", "segment not public"),
            ("Hvis people er over 40", "nb", "people over 40"),
            ("Hvis people er mindre end 40", "da", "people under 40"),
            ("Jos people on yli 40", "fi", "people over 40"),
            ("Wenn segment ist nicht retail", "de", "segment not retail"),
            ("Si people dépasse 40", "fr", "people over 40"),
            ("Si segment no es retail", "es", "segment not retail"),
            ("Als people is hoogstens 40", "nl", "people most 40"),
            ("Otherwise", "en", "otherwise"),
            ("Annars", "sv", "otherwise"),
            ("Ellers", "nb", "otherwise"),
            ("If segmnt is retail", "en", "?segmnt is retail"),
            ("If deal_size is large", "en", "?deal_size is large"),
            // What people say is no condition.
            ("If it is a no", "en", ""),
            ("If the price is too high", "en", ""),
            ("If yes", "en", ""),
            ("Yes", "en", ""),
            ("Om segment", "sv", ""),
        ] {
            assert_eq!(read(text, language), expected, "{text}");
        }
        assert_eq!(Vocabulary::new(&IdVec::new(), None, "en").guard("Otherwise"), None);
    }
}
