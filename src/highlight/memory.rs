//! What blocks of code came to, by their content: kept while the program runs, and between builds by whoever writes files.
//! It only saves time; what it says of a block is what the block comes to.

use std::collections::BTreeMap;
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};

use sha2::{Digest, Sha256};

use super::{Class, Piece};

/// A block's language and code, hashed.
pub(super) type Key = [u8; 16];

/// How what is kept begins: the form, and the version of what made it. Anything else is forgotten.
const HEAD: &[u8] = b"ringback code 1, two-face 0.5.2\n";

/// More blocks are no longer remembered.
const MOST: usize = 50_000;

#[derive(Default)]
struct Memory {
    /// Each block's pieces, a letter and a length for each; nothing for one that can't be read.
    blocks: BTreeMap<Key, Block>,
}

struct Block {
    pieces: Vec<u8>,
    /// Was it asked for since the program began?
    is_used: bool,
    /// Is it not among what was kept?
    is_new: bool,
}

fn memory() -> MutexGuard<'static, Memory> {
    static MEMORY: LazyLock<Mutex<Memory>> = LazyLock::new(Mutex::default);
    MEMORY.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Takes over what [`worth_keeping`] gave an earlier run.
pub fn restore(bytes: &[u8]) {
    let Some(mut rest) = bytes.strip_prefix(HEAD) else { return };
    let mut memory = memory();
    while let Some((key, after)) = rest.split_first_chunk::<16>()
        && let Some((length, after)) = after.split_first_chunk::<4>()
        && let Some((pieces, after)) = after.split_at_checked(u32::from_le_bytes(*length) as usize)
    {
        let block = Block { pieces: pieces.to_vec(), is_used: false, is_new: false };
        memory.blocks.entry(*key).or_insert(block);
        rest = after;
    }
}

/// What is worth keeping: the blocks that were asked for, if any of them is new. Nothing if it is what was kept before.
#[must_use]
pub fn worth_keeping() -> Option<Vec<u8>> {
    let memory = memory();
    if !memory.blocks.values().any(|block| block.is_new) {
        return None;
    }
    let mut out = HEAD.to_vec();
    for (key, block) in memory.blocks.iter().filter(|(_, block)| block.is_used) {
        out.extend(key);
        out.extend(u32::try_from(block.pieces.len()).unwrap_or_default().to_le_bytes());
        out.extend(&block.pieces);
    }
    Some(out)
}

/// The key of a block of code: a hash of its language's name and its text.
pub(super) fn key(syntax: &str, code: &str) -> Key {
    let mut hash = Sha256::new();
    hash.update(syntax);
    hash.update([0]);
    hash.update(code);
    *hash.finalize().first_chunk().expect("it has 32 bytes")
}

/// What a block came to, if that is known and fits its code. The inner one is missing for what can't be read.
pub(super) fn get(key: &Key, code: &str) -> Option<Option<Vec<Piece>>> {
    let mut memory = memory();
    let block = memory.blocks.get_mut(key)?;
    block.is_used = true;
    if block.pieces.is_empty() {
        return Some(None);
    }
    let mut pieces = Vec::with_capacity(block.pieces.len() / 5);
    let mut at = 0;
    for piece in block.pieces.chunks(5) {
        let (letter, length) = piece.split_first()?;
        let length = u32::from_le_bytes(length.try_into().ok()?) as usize;
        at += length;
        if !code.is_char_boundary(at) {
            return None;
        }
        pieces.push((length, Class::from_letter(*letter)));
    }
    (at == code.len()).then_some(Some(pieces))
}

/// Remembers what a block came to; `None` where its language can't read it.
pub(super) fn put(key: Key, pieces: Option<&[Piece]>) {
    let mut bytes = Vec::new();
    for (length, class) in pieces.unwrap_or_default() {
        bytes.push(class.map_or(b'-', |class| class as u8));
        bytes.extend(u32::try_from(*length).unwrap_or_default().to_le_bytes());
    }
    let mut memory = memory();
    if memory.blocks.len() < MOST {
        memory.blocks.insert(key, Block { pieces: bytes, is_used: true, is_new: true });
    }
}
