//! Numbers that stand for things in lists. Each kind of thing has a type of its own, so that the compiler finds a language
//! where a taxonomy is meant.

use std::marker::PhantomData;
use std::ops::{Deref, DerefMut, Index, IndexMut};

/// The place of a thing in the list of its kind, an [`IdVec`].
pub trait Id: Copy + Eq {
    /// The thing at this place of the list.
    #[must_use]
    fn new(index: usize) -> Self;

    /// Its place in the list.
    #[must_use]
    fn index(self) -> usize;
}

/// Declares the id of a kind of thing: `id!(/// A language of the site. pub struct LangId);`.
macro_rules! id {
    ($(#[$doc:meta])* $visible:vis struct $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        $visible struct $name(u32);

        impl $name {
            /// The thing at this place of the list.
            #[must_use]
            $visible fn new(index: usize) -> Self {
                Self($crate::ids::number(index))
            }

            /// Its place in the list.
            #[must_use]
            $visible fn index(self) -> usize {
                self.0 as usize
            }
        }

        impl $crate::ids::Id for $name {
            fn new(index: usize) -> Self {
                Self::new(index)
            }

            fn index(self) -> usize {
                self.index()
            }
        }
    };
}

pub(crate) use id;

/// A list whose places have an id. As a slice it can be looked through; at a place, only its own id finds something.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct IdVec<I, T> {
    all: Vec<T>,
    id: PhantomData<fn() -> I>,
}

impl<I: Id, T> IdVec<I, T> {
    /// A list without anything in it.
    #[must_use]
    pub const fn new() -> Self {
        Self { all: Vec::new(), id: PhantomData }
    }

    /// Adds a thing at the end, and gives its id.
    pub fn push(&mut self, thing: T) -> I {
        let id = self.next_id();
        self.all.push(thing);
        id
    }

    /// The id of what is added next.
    #[must_use]
    pub fn next_id(&self) -> I {
        I::new(self.all.len())
    }

    /// The ids of all, in order.
    #[must_use]
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = I> + ExactSizeIterator + Clone + use<I, T> {
        (0..self.all.len()).map(I::new)
    }

    /// Everything in the list with its id, in order; the iterator can begin at either end.
    pub fn each(&self) -> impl DoubleEndedIterator<Item = (I, &T)> + ExactSizeIterator + Clone {
        self.all.iter().enumerate().map(|(index, thing)| (I::new(index), thing))
    }

    /// The first that is so.
    #[must_use]
    pub fn find(&self, is: impl FnMut(&T) -> bool) -> Option<I> {
        self.all.iter().position(is).map(I::new)
    }

    /// The thing with this id, where it may be one of another list.
    #[must_use]
    pub fn get(&self, id: I) -> Option<&T> {
        self.all.get(id.index())
    }

    /// What `make` gives for each: a list whose places have the same ids.
    #[must_use]
    pub fn map<U>(&self, make: impl FnMut((I, &T)) -> U) -> IdVec<I, U> {
        self.each().map(make).collect()
    }
}

impl<I, T> Default for IdVec<I, T> {
    fn default() -> Self {
        Self { all: Vec::new(), id: PhantomData }
    }
}

impl<I, T> FromIterator<T> for IdVec<I, T> {
    fn from_iter<A: IntoIterator<Item = T>>(all: A) -> Self {
        Self { all: all.into_iter().collect(), id: PhantomData }
    }
}

impl<I, T> From<Vec<T>> for IdVec<I, T> {
    fn from(all: Vec<T>) -> Self {
        Self { all, id: PhantomData }
    }
}

impl<I, T> Extend<T> for IdVec<I, T> {
    fn extend<A: IntoIterator<Item = T>>(&mut self, all: A) {
        self.all.extend(all);
    }
}

impl<I, T> IntoIterator for IdVec<I, T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.all.into_iter()
    }
}

impl<'a, I, T> IntoIterator for &'a IdVec<I, T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.all.iter()
    }
}

impl<I, T> Deref for IdVec<I, T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.all
    }
}

impl<I, T> DerefMut for IdVec<I, T> {
    fn deref_mut(&mut self) -> &mut [T] {
        &mut self.all
    }
}

impl<I: Id, T> Index<I> for IdVec<I, T> {
    type Output = T;

    fn index(&self, id: I) -> &T {
        &self.all[id.index()]
    }
}

impl<I: Id, T> IndexMut<I> for IdVec<I, T> {
    fn index_mut(&mut self, id: I) -> &mut T {
        &mut self.all[id.index()]
    }
}

/// How many, or which of many, in half of the room. A computer that could hold a list longer than this type counts
/// would have to have more memory than there is: the largest number stands for all that are larger.
#[must_use]
pub fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    id!(/// A thing.
        struct ThingId);

    #[test]
    fn what_was_added_is_found_by_its_id() {
        let mut all: IdVec<ThingId, &str> = IdVec::new();
        let (a, b) = (all.push("a"), all.push("b"));
        assert_eq!((all[a], all[b], all.len()), ("a", "b", 2));
        assert_eq!(all.ids().collect::<Vec<_>>(), [a, b]);
        assert_eq!(all.each().next_back(), Some((b, &"b")));
        assert_eq!((all.find(|thing| *thing == "b"), all.get(ThingId::new(2))), (Some(b), None));
        assert_eq!(all.map(|(id, thing)| format!("{thing}{}", id.index()))[b], "b1");
        assert_eq!(number(usize::MAX), u32::MAX);
    }
}
