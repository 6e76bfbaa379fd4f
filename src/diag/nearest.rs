//! The name that somebody who wrote another one most likely meant.

/// Known names, prepared to be compared with others. A site that lost a folder has thousands of broken links, each of
/// which could have meant any page.
#[derive(Debug, Default)]
pub struct Names<'a>(Vec<Name<'a>>);

#[derive(Debug)]
struct Name<'a> {
    name: &'a str,
    lower: String,
    /// How many letters it has.
    length: usize,
    counts: Counts,
}

/// How often each letter is in a text, some taken together.
type Counts = [u8; 64];

impl<'a> FromIterator<&'a str> for Names<'a> {
    fn from_iter<I: IntoIterator<Item = &'a str>>(names: I) -> Self {
        Self(names.into_iter().map(Name::new).collect())
    }
}

impl<'a> Name<'a> {
    fn new(name: &'a str) -> Self {
        let lower = name.to_lowercase();
        let mut counts = [0u8; 64];
        for letter in lower.chars() {
            let count = &mut counts[letter as usize % 64];
            *count = count.saturating_add(1);
        }
        Self { name, length: lower.chars().count(), counts, lower }
    }

    /// How far the two are from each other, if one can be meant by the other.
    fn distance(&self, other: &Name<'_>) -> Option<usize> {
        let (short, long) = (self.length.min(other.length), self.length.max(other.length));
        let is_cut = || {
            let is_beginning = other.lower.starts_with(&self.lower) || self.lower.starts_with(&other.lower);
            short > 3 && 2 * short >= long && is_beginning
        };
        let most = (long / 3).clamp(1, 4);
        // Most names have other letters altogether, which is seen much sooner than how far they are. Another letter
        // makes a difference of two.
        let differences = || {
            let pairs = self.counts.iter().zip(&other.counts);
            pairs.map(|(a, b)| u16::from(a.abs_diff(*b))).sum::<u16>()
        };
        let may_be_near = long - short <= most && usize::from(differences()) <= 2 * most;
        let is_cut = is_cut();
        if !may_be_near && !is_cut {
            return None;
        }
        let far = strsim::damerau_levenshtein(&self.lower, &other.lower);
        (far <= most || is_cut).then_some(far)
    }
}

impl<'a> Names<'a> {
    /// The index of the name that `found` was most likely meant to be, among those that `is_meant` accepts; `None` when
    /// none is close: at most a third of the longer one's letters and never more than four differ
    /// (Damerau-Levenshtein), or one is the beginning of the other and at least half of it. Of names as close as each
    /// other, the first by the alphabet.
    pub fn nearest_of(&self, found: &str, is_meant: impl Fn(usize) -> bool) -> Option<usize> {
        let found = Name::new(found);
        let near = |(index, name): (usize, &Name<'a>)| {
            let far = found.distance(name)?;
            is_meant(index).then_some((far, name.name, index))
        };
        self.0.iter().enumerate().filter_map(near).min().map(|(.., index)| index)
    }

    /// The name that `found` was most likely meant to be, where one is close, as [`Names::nearest_of`] has it.
    #[must_use]
    pub fn nearest(&self, found: &str) -> Option<&'a str> {
        self.nearest_of(found, |_| true).map(|index| self.0[index].name)
    }
}

/// The one of these names that `found` was most likely meant to be, where one is close, as [`Names::nearest_of`] has it.
#[must_use]
pub fn nearest<'a>(found: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known.into_iter().collect::<Names<'a>>().nearest(found)
}
