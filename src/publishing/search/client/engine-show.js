// What is shown of a page: where words were found, the stretch around them, and which pages the chosen terms leave.

/** @import { Facet, Parts } from "./engine" */
/** @import { Facets } from "./index" */
/** @import { Match } from "./engine-index.js" */
import { HEAD } from "./engine-inside.js";
import { RUN, lettersOf } from "./engine-scripts.js";
import { PART, WORD, cut, fold } from "./engine-words.js";

const WINDOW = 190;

/** How far from where it would best be a stretch may begin or end, so that it does at a space. */
const NEAR = 30;

/** `whole` is how many words that are cut into pairs have all of them in one place.
 * @typedef {{page: number, score: number, full: boolean, whole: number}} Hit */

/** Leaves only the pages that have the chosen terms, and counts for each term the pages that it would leave.
 * @param {Hit[]} hits @param {Facets} facets @param {Map<string, Set<string>>} chosen @returns {{hits: Hit[], facets: Facet[]}} */
export function narrow(hits, facets, chosen) {
  const misses = facets.map(({ key, terms, pages }) => {
    const slugs = chosen.get(key);
    return (/** @type {Hit} */ { page }) => slugs !== undefined && !pages[page].some((term) => slugs.has(terms[term][0]));
  });
  /** @param {Hit} hit @param {number} [but] */
  const fits = (hit, but) => misses.every((miss, i) => i === but || !miss(hit));
  const full = hits.filter((hit) => hit.full);
  const counted = facets.map(({ key, label, terms, pages }, number) => {
    const counts = terms.map(() => 0);
    for (const hit of full.length ? full : hits) if (fits(hit, number)) for (const term of pages[hit.page]) counts[term]++;
    return { key, label, terms: terms.map(([slug, label], i) => ({ slug, label, count: counts[i] })) };
  });
  return { hits: hits.filter((hit) => fits(hit)), facets: counted };
}

/** Cuts a text at words of the matched terms, and words that begin as the query's.
 * @param {Match[]} matches @returns {(text: string) => Parts} */
export function marker(matches) {
  /** @type {Set<string>} */
  const known = new Set();
  for (const [shard, terms] of matches.flatMap(({ sets }) => [...sets])) shard.folded.forEach((word, i) => terms.has(shard.terms[i]) && known.add(word));
  /** @param {string} folded */
  const isKnown = (folded) =>
    known.has(folded) || matches.some(({ typed, within, folded: own }) => (typed && folded.startsWith(own)) || (within && folded.includes(within, HEAD)));
  /** @type {Map<string, boolean>} */
  const seen = new Map();
  /** @param {string} piece */
  const isHit = (piece) => {
    const is = seen.get(piece) ?? cut(piece).some(({ whole, joined }) => isKnown(fold(whole)) || isKnown(fold(joined)));
    seen.set(piece, is);
    return is;
  };
  /** Where the pairs of a stretch of letters are that were found, from and to. @param {string} run */
  const inRun = (run) => {
    const letters = lettersOf(run);
    /** @type {[number, number][]} */
    const found = [];
    let at = 0;
    letters.forEach((letter, i) => {
      const pair = letter + (letters[i + 1] ?? "");
      if (isKnown(fold(pair))) {
        const last = found[found.length - 1];
        if (last && last[1] >= at) last[1] = at + pair.length;
        else found.push([at, at + pair.length]);
      }
      at += letter.length;
    });
    return found;
  };
  return (text) => {
    /** @type {Parts} */
    const parts = [];
    let done = 0;
    /** @param {number} from @param {string} piece */
    const take = (from, piece) => {
      parts.push([text.slice(done, from), false], [piece, true]);
      done = from + piece.length;
    };
    let start = 0;
    text.split(RUN).forEach((between, number) => {
      if (number % 2) for (const [from, to] of inRun(between)) take(start + from, between.slice(from, to));
      else {
        for (const { 0: piece, index } of between.matchAll(WORD)) {
          if (isHit(piece)) take(start + index, piece);
          else for (const part of piece.matchAll(PART)) if (part[0] !== piece && isHit(part[0])) take(start + index + part.index, part[0]);
        }
      }
      start += between.length;
    });
    return [...parts, [text.slice(done), false]];
  };
}

/** The stretch of a text in which most of the words were found. @param {Parts} parts @returns {Parts} */
export function stretch(parts) {
  const text = parts.map(([text]) => text).join("");
  if (text.length <= WINDOW) return parts;
  let end = 0;
  const placed = parts.map(([text, isHit]) => ({ text, isHit, start: end, end: (end += text.length) }));
  const hits = placed.filter(({ isHit }) => isHit);
  /** @param {{start: number}} hit */
  const worth = ({ start }) => new Set(hits.filter((hit) => hit.start >= start && hit.end < start + WINDOW - 40).map(({ text }) => fold(text))).size;
  const best = hits.length ? hits.reduce((a, b) => (worth(b) > worth(a) ? b : a)).start : 0;
  const before = Math.min(best - 40, text.length - WINDOW);
  const space = text.indexOf(" ", before) + 1;
  const from = before <= 0 ? 0 : space > 0 && space < before + NEAR ? space : before;
  const last = text.lastIndexOf(" ", from + WINDOW);
  const to = from + WINDOW >= text.length ? text.length : last > from + WINDOW - NEAR ? last : from + WINDOW;
  const shown = placed.map(({ start, end, isHit }) => /** @type {Parts[0]} */ ([text.slice(Math.max(start, from), Math.max(from, Math.min(end, to))), isHit]));
  return [[from ? "…" : "", false], ...shown, [to < text.length ? "…" : "", false]];
}
