// Words inside words: `samtal` in `försäljningssamtal`, for languages that write compounds as one word.

/** @import { Shard } from "./engine-shard.js" */
import { readShard } from "./engine-shard.js";
import { place } from "./engine-words.js";

/** The fewest letters before a word inside another. */
export const HEAD = 2;
/** The fewest letters that are left of a word without its ending, and how long that may be: the likelier first. */
const STEM = 4;
const ENDINGS = [-2, -3];

/** A word in which another is, and what that counts. @typedef {{shard: Shard, i: number, factor: number}} Inside */

/** Nothing shorter is looked for, and no word with signs is looked into. */
const IS_WORD = /^\p{L}{3,}$/u;

/** The words that have this inside, in an index that has all of them at hand. @param {string} part @param {Shard} shard @returns {Inside[]} */
function within(part, shard) {
  return shard.folded.flatMap((word, i) => {
    const at = word.indexOf(part, HEAD);
    return at > 0 && IS_WORD.test(word) ? [{ shard, i, factor: (0.05 * part.length) / (word.length - at) }] : [];
  });
}

/** The tails of a shard's words that begin so. @param {string} part @param {Shard} shard @returns {Inside[]} */
function tails(part, shard) {
  if (!shard.rest.length) return [];
  const own = (shard.tails ??= readShard(shard.rest));
  const found = [];
  for (let i = place(own.folded, part); own.folded[i]?.startsWith(part); i++) found.push({ shard: own, i, factor: (0.05 * part.length) / own.folded[i].length });
  return found;
}

/** What has a word inside it, as it was asked for. @param {string} folded @param {Shard[]} shards @param {boolean} isWhole whether these are all words */
export function inside(folded, shards, isWhole) {
  return IS_WORD.test(folded) ? shards.flatMap((shard) => (isWhole ? within : tails)(folded, shard)) : [];
}

/** What has a word inside it, but for its ending: with the most of it, which is more than so many letters.
 * @param {string} folded @param {Shard[]} shards @param {boolean} isWhole @param {number} shared */
export function insideButEnding(folded, shards, isWhole, shared) {
  const parts = ENDINGS.map((ending) => folded.slice(0, ending)).filter(({ length }) => length >= STEM && length > shared);
  return parts.map((part) => ({ part, found: inside(part, shards, isWhole) })).find(({ found }) => found.length);
}

/** The fewest letters of a word at the end of another, what an ending may differ by, and what such a word counts. */
const LAST = 4, DIFFERENT = 3, LAST_FACTOR = 0.5;

/** The longest known word at the end of one that nobody has written so: `nummer` in `telefonnumret`. What people say has more compounds than any
 * text. @param {string} folded @param {Shard[]} shards @returns {Inside[]} */
export function lastPart(folded, shards) {
  if (!IS_WORD.test(folded)) return [];
  for (let at = HEAD + 1; at + LAST <= folded.length; at++) {
    const part = folded.slice(at), stems = [part, ...ENDINGS.map((ending) => part.slice(0, ending))].filter(({ length }) => length >= LAST);
    for (const stem of stems) {
      const found = shards.flatMap((shard) => {
        const all = [];
        for (let i = place(shard.folded, stem); shard.folded[i]?.startsWith(stem); i++) {
          if (shard.folded[i].length - stem.length <= DIFFERENT) all.push({ shard, i, factor: LAST_FACTOR });
        }
        return all;
      });
      if (found.length) return found;
    }
  }
  return [];
}
