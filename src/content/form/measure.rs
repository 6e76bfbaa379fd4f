//! Questions about satisfaction that others ask, too: their scales are fixed, so that answers can be compared.

use serde::{Deserialize, Serialize};

/// Well-known questions about satisfaction, whose scales and sums have fixed rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Measure {
    /// Net Promoter Score: how likely somebody is to recommend, from 0 to 10.
    Nps,
    /// Customer satisfaction, from 1 to 5.
    Csat,
    /// Customer effort: how easy something was, from 1 to 7.
    Ces,
}

impl Measure {
    /// All of them, as files name them.
    pub const ALL: [(&str, Self); 3] = [("nps", Self::Nps), ("csat", Self::Csat), ("ces", Self::Ces)];

    /// As the file names it.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL[self as usize].0
    }

    /// The lowest and the highest answer.
    #[must_use]
    pub fn range(self) -> (u32, u32) {
        match self {
            Self::Nps => (0, 10),
            Self::Csat => (1, 5),
            Self::Ces => (1, 7),
        }
    }
}
