// Words, as the index cuts and compares them.

import { RUN, pairs } from "./engine-scripts.js";

/** @type {Record<string, string>} */
const LETTERS = { æ: "ae", ø: "o", œ: "oe", ß: "ss", đ: "d", ð: "d", þ: "th", ł: "l", ı: "i" };

/** @param {string} text */
export const fold = (text) => text.normalize("NFD").replace(/\p{M}+/gu, "").replace(/[æøœßđðþłı]/g, (letter) => LETTERS[letter]);

export const WORD = /[\p{L}\p{N}_](\S*[\p{L}\p{M}\p{N}_])?/gu;
export const PART = /[\p{L}\p{M}\p{N}_]+/gu;

/** A word of a query: the whole; its parts in one; its parts, where there are several. Pairs of letters have the number of the stretch that
 * they were cut from. @typedef {{whole: string, joined: string, parts: string[], run?: number}} Piece */

/** The words of a text as the index cuts them. What has signs inside has parts, too, and these in one.
 * @param {string} text @returns {Piece[]} */
export function cut(text) {
  const clean = text.normalize("NFC").replace(/[\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, "").toLowerCase();
  return clean.split(RUN).flatMap((between, run) => {
    if (run % 2) return pairs(between).map((pair) => ({ whole: pair, joined: pair, parts: [], run }));
    const wholes = between.replace(/[\u2019\u02bc]/g, "'").replace(/[\u2010-\u2013]/g, "-").match(WORD);
    return (wholes ?? []).map((whole) => {
      const parts = whole.match(PART) ?? [];
      return { whole: whole.slice(0, 64), joined: parts.join("").slice(0, 64), parts: parts.length > 1 ? [...parts] : [] };
    });
  });
}

/** How many letters to add, leave out, change or swap with a neighbour to get from one word to the other.
 * @param {string} a @param {string} b */
export function distance(a, b) {
  /** @type {number[]} */
  let last = [];
  let row = Array.from(b + " ", (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(next[j - 1] + 1, row[j] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) next[j] = Math.min(next[j], last[j - 2] + 1);
    }
    [last, row] = [row, next];
  }
  return row[b.length];
}

/** The first place in a sorted list whose entry is not before the key. @param {string[]} list @param {string} key */
export function place(list, key) {
  let low = 0;
  for (let high = list.length; low < high; ) {
    const middle = (low + high) >> 1;
    if (list[middle] < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
