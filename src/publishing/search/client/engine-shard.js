// A shard: a stretch of the dictionary, with what its terms are found in.

import { gamma, seek, seekBits, slice, varint } from "./engine-bits.js";
import { distance, fold } from "./engine-words.js";

/** `words` as people write them, and folded; each has a term, and each term a number and a place in `postings`. What follows them
 * is a shard of the words' tails, which is read when it is asked for.
 * @typedef {{words: string[], folded: string[], terms: Uint32Array, numbers: number[], starts: Uint32Array, postings: Uint8Array, rest: Uint8Array,
 *   tails?: Shard}} Shard */
/** A word of a shard. @typedef {{shard: Shard, i: number}} Known */

const utf8 = new TextDecoder();

/** @param {Uint8Array} bytes @returns {Shard} */
export function readShard(bytes) {
  seek(0);
  const terms = new Uint32Array(varint(bytes));
  const starts = new Uint32Array(varint(bytes) + 1);
  // All words in one text, because to decode and fold each would take ten times as long.
  let text = new Uint8Array(4096);
  let begin = 0;
  let end = 0;
  for (let i = 0; i < terms.length; i++) {
    const shared = varint(bytes);
    const more = varint(bytes);
    if (end + shared + more >= text.length) {
      const room = new Uint8Array(text.length * 2 + more);
      room.set(text);
      text = room;
    }
    text.copyWithin(end, begin, begin + shared);
    text.set(slice(bytes, more), end + shared);
    begin = end;
    end += shared + more;
    text[end++] = 10;
    terms[i] = varint(bytes);
  }
  let next = varint(bytes);
  const numbers = Array.from(starts.subarray(1), () => {
    const number = next - varint(bytes);
    next = Math.max(next, number + 1);
    return number;
  });
  for (let i = 1; i < starts.length; i++) starts[i] = starts[i - 1] + varint(bytes);
  const words = utf8.decode(text.subarray(0, end));
  const postings = slice(bytes);
  const rest = postings.subarray(starts[starts.length - 1]);
  return { words: words.split("\n").slice(0, -1), folded: fold(words).split("\n").slice(0, -1), terms, numbers, starts, postings, rest };
}

/** In how many texts a word of a shard stands. @param {Known} word */
function frequency({ shard, i }) {
  seekBits(shard.postings, shard.starts[shard.terms[i]]);
  return gamma();
}

/** @param {Known} word */
export const wordOf = ({ shard, i }) => shard.words[i];
/** @param {Known} a @param {Known} b */
export const byFrequency = (a, b) => frequency(b) - frequency(a);

/** Words to offer, one of each term. @param {Known[]} words @param {number} most */
export function offered(words, most) {
  /** @type {Map<number, string>} */
  const terms = new Map();
  for (const one of words) {
    const term = one.shard.terms[one.i];
    if (!terms.has(term)) terms.set(term, wordOf(one));
  }
  return [...terms.values()].slice(0, most);
}

/** What may have been meant: words with one slip, or those that share the longest beginning; else what looks alike.
 * @param {string} folded @param {Shard[]} shards */
export function alike(folded, shards) {
  const all = shards.flatMap((shard) =>
    shard.folded.map((other, i) => {
      let shared = 0;
      while (shared < other.length && other[shared] === folded[shared]) shared++;
      const far = Math.abs(other.length - folded.length) < 3 ? distance(folded, other) : 9;
      return { shard, i, far, shared, factor: far === 1 ? 0.5 : (0.15 * shared) / other.length };
    }),
  );
  // A short word or a number with another letter is another word.
  const slips = folded.length > 3 && !/\d/.test(folded) ? all.filter(({ far }) => far === 1) : [];
  const longest = all.reduce((most, { shared }) => Math.max(most, shared), 0);
  const related = longest > 3 && longest * 2 >= folded.length ? all.filter(({ shared }) => shared === longest) : [];
  /** @param {Known} one */
  const isFound = ({ shard, i }) => slips.some((slip) => slip.shard === shard && shard.terms[slip.i] === shard.terms[i]);
  const close = all.filter((one) => one.far < 4 && one.far * 2 < folded.length && !isFound(one)).sort((a, b) => a.far - b.far || byFrequency(a, b));
  return { slips, related, shared: related.length ? longest : 0, perhaps: offered(close, 4) };
}
