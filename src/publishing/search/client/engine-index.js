// The index of one language: what the words of a query stand for, and which pages have them.

/** @import { Counted, Page, Query } from "./engine" */
/** @import { Header } from "./header" */
/** @import { About, Facets, Section, Stored } from "./index" */
/** @import { Hit } from "./engine-show.js" */
/** @import { Inside } from "./engine-inside.js" */
/** @import { Shard } from "./engine-shard.js" */
/** @import { Piece } from "./engine-words.js" */
import { below, gamma, rising, seek, seekBits, slice, varint } from "./engine-bits.js";
import { inflated, json, keep } from "./engine-files.js";
import { inside, insideButEnding, lastPart } from "./engine-inside.js";
import { isLetter, runsOf } from "./engine-scripts.js";
import { alike, byFrequency, offered, readShard, wordOf } from "./engine-shard.js";
import { marker, narrow, stretch } from "./engine-show.js";
import { fold, place } from "./engine-words.js";

const MOST_WORDS = 8;
/** A word of a script without spaces is many pairs. */
const MOST_PIECES = 24;

/** What a word of a query stands for: terms with their factors, by the shards that have them. `near` are the shards that were
 * looked at; `within` is what was found inside words, `instead` what was searched for in its place, `perhaps` what may have been meant.
 * Those of one `run` are pairs of letters of one word. @typedef {{word: string, folded: string, sets: Map<Shard, Map<number, number>>, near: Shard[],
 *   exact: boolean, typed: boolean, run?: number, within?: string, instead?: string, perhaps?: string[]}} Match */
/** What an index has to say. @typedef {Omit<Counted, "count"|"total"> & {lang: string, hits: Hit[], show: (hit: Hit) => Promise<Page>}} Answer */

export class Index {
  /** @param {Uint8Array} bytes @param {About} about @param {"indexes"|"objections"} [set] what it is an index of */
  constructor(bytes, about, set = "indexes") {
    this.isOfTalk = set === "objections";
    const size = new DataView(bytes.buffer).getUint32(0, true);
    this.about = about;
    /** @type {Header} */
    this.header = json(bytes.subarray(4, 4 + size));
    seek(4 + size);
    const { pages, documents, boosts, inline } = this.header;
    this.pages = pages;
    this.documents = documents;
    /** The first document of each page. */
    this.first = new Uint32Array(pages + 1);
    this.titleBoost = new Uint8Array(documents + 1).fill(boosts.heading);
    for (let page = 0; page < pages; page++) {
      this.titleBoost[this.first[page]] = boosts.title;
      this.first[page + 1] = this.first[page] + varint(bytes);
    }
    this.textBoost = Float64Array.from(slice(bytes, documents), (b) => (b < 8 ? b : (4 + (b % 4)) * 2 ** ((b >> 2) - 1)) ** -0.5);
    const cut = (/** @type {number} */ length) => slice(bytes, length);
    this.inline = inline && { shards: inline.shards.map(cut), store: inline.store.map(cut), facets: [cut(inline.facets)] };
    this.list = new Uint32Array(documents);
    this.times = new Uint32Array(documents);
    this.often = new Uint32Array(documents);
  }

  get hasFacets() {
    return Boolean(this.inline ? this.inline.facets[0].length : this.header.facets);
  }

  /** A part of the index: on a small site it stands in the entry.
   * @template T @param {"shards"|"store"|"facets"} kind @param {number} number @param {(bytes: Uint8Array) => T} read */
  part(kind, number, read) {
    const { inline, header, about: { entry } } = this;
    if (inline) return keep(`${entry} ${kind} ${number}`, async () => read(inline[kind][number]));
    const url = entry.replace(/[^/]*$/, `${kind === "facets" ? header.facets : `${header[kind].files[number >> 3]}-${number & 7}`}.bin`);
    return keep(url, async () => read(await inflated(url)));
  }

  /** What a word of the query stands for: terms of one or two shards with their factors. @param {string} word @returns {Promise<Match>} */
  async match(word) {
    const folded = fold(word), { from } = this.header.shards;
    /** @type {Match} */
    const match = { word, folded, sets: new Map(), near: [], exact: false, typed: false };
    /** @type {(shard: Shard, i: number, factor: number) => void} */
    const take = (shard, i, factor) => {
      const terms = match.sets.get(shard) ?? new Map();
      match.sets.set(shard, terms);
      terms.set(shard.terms[i], Math.max(factor, terms.get(shard.terms[i]) ?? 0));
    };
    /** @param {number} number */
    const look = async (number) => {
      const shard = await this.part("shards", number, readShard);
      match.near.push(shard);
      for (let i = place(shard.folded, folded); shard.folded[i]?.startsWith(folded); i++) {
        const other = shard.folded[i];
        match.exact ||= other === folded;
        take(shard, i, shard.words[i] === word ? 1 : other === folded ? 0.9 : (0.15 * folded.length) / other.length);
      }
    };
    const number = place(from, folded), home = from[number] === folded ? number : number - 1;
    if (!from.length) return match;
    await look(home);
    if ((isLetter(folded) || (!match.exact && folded.length > 1)) && from[home + 1]?.startsWith(folded)) await look(home + 1);
    match.typed = match.sets.size > 0;
    if (!match.typed) this.guess(match, take);
    return match;
  }

  /** What a word stands for that nothing begins with: words that have it inside, those with a slip, those with another ending.
   * @param {Match} match @param {(shard: Shard, i: number, factor: number) => void} take */
  guess(match, take) {
    const { folded, near } = match, isWhole = Boolean(this.inline);
    /** @type {(part: string|undefined, found: Inside[]) => void} */
    const hold = (part, found) => {
      match.within = part;
      for (const { shard, i, factor } of found) take(shard, i, factor);
    };
    const compounds = this.header.inside ? inside(folded, near, isWhole) : [];
    if (compounds.length) return hold(folded, compounds);
    if (this.isOfTalk && this.header.inside) for (const { shard, i, factor } of lastPart(folded, near)) take(shard, i, factor);
    const { slips, related, shared, perhaps } = alike(folded, near);
    match.perhaps = perhaps;
    const ended = this.header.inside && !slips.length ? insideButEnding(folded, near, isWhole, shared) : undefined;
    if (ended) return hold(ended.part, ended.found);
    const found = (slips.length ? slips : related).sort(byFrequency);
    hold(undefined, found);
    match.instead = found.map(wordOf)[0];
  }

  /** A compound is what the dictionary knows of it: the whole, else its parts in one, else each part. @param {Piece} piece */
  async compound({ whole, joined, parts, run }) {
    const match = await this.match(whole);
    match.run = run;
    if (match.typed || !parts.length) return [match];
    const inOne = await this.match(joined);
    if (inOne.typed || inOne.within === inOne.folded) return [inOne];
    return Promise.all(parts.filter((part) => part.length > 1 && !this.header.stop.includes(part)).map((part) => this.match(part)));
  }

  /** Adds a term's scores to those of the documents. @param {Uint8Array} postings @param {number} start @param {number} factor
   * @param {Float64Array} scores @param {(document: number) => void} has */
  add(postings, start, factor, scores, has) {
    const { list, times, often, documents } = this;
    seekBits(postings, start);
    for (const isTitle of [false, true]) {
      const count = gamma() - 1;
      if (count > documents) throw new Error("a damaged shard");
      const weight = factor * (1 + Math.log(documents / (count + 1)));
      rising(list, 0, count, 0, documents);
      const repeated = below(count + 1);
      rising(often, 0, repeated, 0, count);
      times.fill(1, 0, count);
      for (let i = 0; i < repeated; i++) times[often[i]] = gamma() + 1;
      for (let i = 0; i < count; i++) {
        const document = list[i];
        const boost = isTitle ? this.titleBoost[document] / Math.sqrt(gamma()) : this.textBoost[document];
        scores[document] += Math.sqrt(times[i]) * weight * boost;
        has(document);
      }
    }
  }

  /** All pages that have some of the words, the best first. @param {Match[]} matches @param {Float64Array} scores @returns {Hit[]} */
  rank(matches, scores) {
    const has = new Uint32Array(this.documents);
    const runs = runsOf(matches);
    matches.forEach(({ sets }, number) => {
      /** @type {Set<number>} */
      const seen = new Set();
      const mark = (/** @type {number} */ document) => void (has[document] |= 1 << number);
      for (const [{ starts, numbers, postings }, terms] of sets) {
        for (const [term, factor] of terms) {
          // A term whose words stand in two shards has its postings in both, and counts once.
          if (seen.has(numbers[term])) continue;
          seen.add(numbers[term]);
          this.add(postings, starts[term], factor, scores, mark);
        }
      }
    });
    const hits = [];
    for (let page = 0; page < this.pages; page++) {
      const first = this.first[page];
      let mask = has[first];
      let best = 0;
      for (let document = first + 1; document < this.first[page + 1]; document++) {
        mask |= has[document];
        if (scores[document] > best) best = scores[document];
      }
      let share = 0;
      for (let bits = mask; bits; bits &= bits - 1) share++;
      if (!share) continue;
      const own = has.subarray(first, this.first[page + 1]);
      const whole = runs.length && runs.filter((run) => own.some((mask) => (mask & run) === run)).length;
      hits.push({ page, score: ((scores[first] + best) * share) / matches.length, full: share === matches.length, whole });
    }
    return hits.sort((a, b) => b.whole - a.whole || b.score - a.score || b.page - a.page);
  }

  /** What this index has to say. @param {Piece[]} pieces @param {Query} query @returns {Promise<Answer>} */
  async ask(pieces, query) {
    const scores = new Float64Array(this.documents);
    /** @type {Answer} */
    const answer = { lang: this.about.lang, notes: [], hits: [], facets: [], failed: false, show: (hit) => this.show(hit, scores, mark) };
    // A word that is cut into pairs is one.
    const isLong = new Set(pieces.map(({ run }, i) => run ?? -i)).size > MOST_WORDS;
    if (isLong) answer.notes.push(["long", { n: MOST_WORDS }]);
    const different = [...new Map(pieces.slice(0, isLong ? MOST_WORDS : MOST_PIECES).map((piece) => [piece.whole, piece])).values()];
    const asked = different.length > 1 ? different.filter(({ whole }) => !this.header.stop.includes(whole)) : different;
    if (pieces.length && !asked.length) answer.notes.push(["common"]);
    const settled = await Promise.allSettled(asked.map((piece) => this.compound(piece)));
    const known = settled.flatMap((one) => (one.status === "fulfilled" ? one.value : []));
    const failed = settled.find((one) => one.status === "rejected");
    if (failed && !known.length) throw failed.reason;
    answer.failed = Boolean(failed);
    // A single letter is a word that is still being typed, unless it is known to be one.
    const matches = known.filter(({ folded, exact }) => folded.length > 1 || exact || isLetter(folded)).slice(0, MOST_PIECES);
    const mark = marker(matches);
    if (known.length && !matches.length) {
      const [{ folded, near }] = known;
      const words = near.flatMap((shard) => shard.folded.flatMap((word, i) => (word.startsWith(folded) ? { shard, i } : [])));
      return { ...answer, begin: offered(words.sort(byFrequency), 8) };
    }
    for (const { word, instead } of matches) if (instead) answer.notes.push(["instead", { found: instead, typed: word }]);
    if (matches.length) answer.hits = this.rank(matches, scores);
    else if (!query.text) for (let page = this.pages; page--; ) answer.hits.push({ page, score: 0, full: true, whole: 0 });
    answer.perhaps = matches.flatMap(({ perhaps }) => perhaps ?? []);
    if (this.hasFacets && (query.open || query.facets.size)) await this.narrow(answer, query);
    return answer;
  }

  /** @param {Answer} answer @param {Query} query */
  async narrow(answer, query) {
    let facets = /** @type {Facets} */ ([]);
    try {
      facets = await this.part("facets", 0, json);
    } catch {
      answer.failed = true;
    }
    Object.assign(answer, narrow(answer.hits, facets, query.facets));
  }

  /** A page as it is shown. @param {Hit} hit @param {Float64Array} scores @param {ReturnType<typeof marker>} mark @returns {Promise<Page>} */
  async show({ page, full }, scores, mark) {
    const { store, kinds } = this.header;
    /** @type {Stored[]} */
    const block = await this.part("store", Math.floor(page / store.pages), json);
    const [url, title, kind, date, ...texts] = block[page % store.pages];
    const documents = texts.map((text) => (typeof text === "string" ? /** @type {Section} */ ([title, text]) : text));
    const score = (/** @type {number} */ i) => scores[this.first[page] + i];
    const best = [...documents.keys()].filter(score).sort((a, b) => score(b) - score(a));
    /** @type {ReturnType<typeof mark>} */
    let parts = [];
    for (const i of [...best, 0]) if ((parts = mark(documents[i][1] ?? "")).some(([, isHit]) => isHit)) break;
    const sections = best.filter(Boolean).slice(0, 3).map((i) => {
      const [heading, , id = fold(heading.toLowerCase()).match(/[a-z0-9]+/g)?.join("-")] = documents[i];
      return { url: `${url}#${id ?? ""}`, title: mark(heading) };
    });
    const { lang, label } = this.about;
    return { url, title: mark(title), excerpt: stretch(parts), kind: kinds[kind] ?? "", date, lang, label, full, sections };
  }
}
