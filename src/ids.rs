//! Numbers that stand for things in lists.

/// How many, or which of many, in half of the room. A computer that could hold a list longer than this type counts
/// would have to have more memory than there is: the largest number stands for all that are larger.
#[must_use]
pub fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
