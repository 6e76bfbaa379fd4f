// The engine of the search box that needs no server: it reads the index that the Rust modules beside this file write.
// docs/search-index.md specifies its files, how words are cut, and the ranking. `search.js` starts it as a worker when
// the box is first used, so that typing never waits for it; of the index it loads only what the words of a query need.

const MOST_WORDS = 8;
const WINDOW = 190;

const kept = new Map();
const failed = new Set();
let manifest; // the URL of the list of indexes

/** Makes something once. What failed is tried again at the next query. */
function keep(key, make) {
  if (!kept.has(key)) {
    const value = make();
    kept.set(key, value);
    value.catch(() => {
      kept.delete(key);
      failed.add(key);
    });
  }
  return kept.get(key);
}

async function get(url) {
  // Hosts let browsers keep these files for ever, and with them an answer such as 404.
  const response = await fetch(url, { cache: url === manifest ? "no-cache" : failed.has(url) ? "reload" : "default" });
  if (response.ok) return response;
  // The site was published again and has other files now: a new manifest knows them.
  kept.delete(manifest);
  throw new Error(`${url}: ${response.status}`);
}

async function inflate(response) {
  const stream = response.body.pipeThrough(new DecompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

const utf8 = new TextDecoder();
const json = (bytes) => JSON.parse(utf8.decode(bytes));

let at = 0; // where `varint` reads; an object for it would double the time of a query

function varint(bytes) {
  let byte = bytes[at++];
  let value = byte & 127;
  for (let scale = 128; byte > 127; scale *= 128) {
    byte = bytes[at++];
    value += (byte & 127) * scale;
  }
  return value;
}

// Bits, the highest of a byte first

let source;
let bit = 0;

/** The next 32 bits, of which at least 25 are there. */
function window() {
  const byte = bit >> 3;
  return ((source[byte] << 24) | (source[byte + 1] << 16) | (source[byte + 2] << 8) | source[byte + 3]) << (bit & 7);
}

function take(count) {
  if (!count) return 0;
  const value = window() >>> (32 - count);
  bit += count;
  return value;
}

function gamma() {
  const zeros = Math.clz32(window());
  if (zeros > 24) throw new Error("a damaged shard");
  bit += zeros;
  return take(zeros + 1);
}

function below(n) {
  const bits = 31 - Math.clz32(n);
  const short = 2 ** (bits + 1) - n;
  const value = take(bits);
  return value < short ? value : value * 2 + take(1) - short;
}

/** Fills a stretch of a list with numbers from `a` up to `b`: the middle one, then both halves. */
function rising(list, from, count, a, b) {
  if (!count) return;
  const half = count >> 1;
  const middle = a + half + below(b - a - count + 1);
  list[from + half] = middle;
  rising(list, from, half, a, middle);
  rising(list, from + half + 1, count - half - 1, middle + 1, b);
}

function readShard(bytes) {
  at = 0;
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
    text.set(bytes.subarray(at, (at += more)), end + shared);
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
  return { words: words.split("\n").slice(0, -1), folded: fold(words).split("\n").slice(0, -1), terms, numbers, starts, postings: bytes.subarray(at) };
}

// Words

const LETTERS = { æ: "ae", ø: "o", œ: "oe", ß: "ss", đ: "d", ð: "d", þ: "th", ł: "l", ı: "i" };

const fold = (text) => text.normalize("NFD").replace(/\p{M}+/gu, "").replace(/[æøœßđðþłı]/g, (letter) => LETTERS[letter]);

const WORD = /[\p{L}\p{N}_](\S*[\p{L}\p{M}\p{N}_])?/gu;
const PART = /[\p{L}\p{M}\p{N}_]+/gu;

/** The words of a text as the index cuts them. What has signs inside has parts, too, and these in one. */
function cut(text) {
  const clean = text.normalize("NFC").replace(/[\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, "").toLowerCase();
  const wholes = clean.replace(/[\u2019\u02bc]/g, "'").replace(/[\u2010-\u2013]/g, "-").match(WORD);
  return (wholes ?? []).map((whole) => {
    const parts = whole.match(PART);
    return { whole: whole.slice(0, 64), joined: parts.join("").slice(0, 64), parts: parts.length > 1 ? parts : [] };
  });
}

/** How many letters to add, leave out, change or swap with a neighbour to get from one word to the other. */
function distance(a, b) {
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

/** The first place in a sorted list whose entry is not before the key. */
function place(list, key) {
  let low = 0;
  for (let high = list.length; low < high; ) {
    const middle = (low + high) >> 1;
    if (list[middle] < key) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** In how many texts a word of a shard stands. */
function frequency({ shard, i }) {
  source = shard.postings;
  bit = shard.starts[shard.terms[i]] * 8;
  return gamma();
}

const wordOf = ({ shard, i }) => shard.words[i];
const byFrequency = (a, b) => frequency(b) - frequency(a);

/** Words to offer, one of each term. */
function offered(words, most) {
  const terms = new Map();
  for (const one of words) {
    const term = one.shard.terms[one.i];
    if (!terms.has(term)) terms.set(term, wordOf(one));
  }
  return [...terms.values()].slice(0, most);
}

// The index of one language

class Index {
  constructor(bytes, about) {
    const size = new DataView(bytes.buffer).getUint32(0, true);
    Object.assign(this, about, json(bytes.subarray(4, 4 + size)));
    at = 4 + size;
    this.first = new Uint32Array(this.pages + 1);
    this.titleBoost = new Uint8Array(this.documents + 1).fill(this.boosts.heading);
    for (let page = 0; page < this.pages; page++) {
      this.titleBoost[this.first[page]] = this.boosts.title;
      this.first[page + 1] = this.first[page] + varint(bytes);
    }
    const take = (length) => bytes.subarray(at, (at += length));
    this.textBoost = Float64Array.from(take(this.documents), (b) => (b < 8 ? b : (4 + (b % 4)) * 2 ** ((b >> 2) - 1)) ** -0.5);
    if (this.inline) for (const kind of ["shards", "store", "facets"]) this.inline[kind] = [this.inline[kind]].flat().map(take);
  }

  get hasFacets() {
    return Boolean(this.inline ? this.inline.facets[0].length : this.facets);
  }

  /** A part of the index: on a small site it stands in the entry. */
  part(kind, number, read) {
    if (this.inline) return keep(`${this.entry} ${kind} ${number}`, async () => read(this.inline[kind][number]));
    const url = this.entry.replace(/[^/]*$/, `${kind === "facets" ? this.facets : this[kind].files[number]}.bin`);
    return keep(url, async () => read(await inflate(await get(url))));
  }

  /** What a word of the query stands for: terms of one or two shards with their factors. */
  async match(word) {
    const folded = fold(word);
    const { from } = this.shards;
    const sets = new Map();
    const match = { word, folded, sets, near: [] };
    const take = (shard, i, factor) => {
      if (!sets.has(shard)) sets.set(shard, new Map());
      const terms = sets.get(shard);
      terms.set(shard.terms[i], Math.max(factor, terms.get(shard.terms[i]) ?? 0));
    };
    const look = async (number) => {
      const shard = await this.part("shards", number, readShard);
      match.near.push(shard);
      for (let i = place(shard.folded, folded); shard.folded[i]?.startsWith(folded); i++) {
        const other = shard.folded[i];
        match.exact ||= other === folded;
        take(shard, i, shard.words[i] === word ? 1 : other === folded ? 0.9 : (0.15 * folded.length) / other.length);
      }
    };
    const number = place(from, folded);
    const home = from[number] === folded ? number : number - 1;
    if (!from.length) return match;
    await look(home);
    if (!match.exact && folded.length > 1 && from[home + 1]?.startsWith(folded)) await look(home + 1);
    match.typed = sets.size > 0;
    if (!match.typed) {
      const { found, perhaps } = alike(folded, match.near);
      for (const { shard, i, factor } of found) take(shard, i, factor);
      match.instead = found.sort(byFrequency).map(wordOf)[0];
      match.perhaps = perhaps;
    }
    return match;
  }

  /** A compound is what the dictionary knows of it: the whole, else its parts in one, else each part. */
  async compound({ whole, joined, parts }) {
    const match = await this.match(whole);
    if (match.typed || !parts.length) return [match];
    const inOne = await this.match(joined);
    if (inOne.typed) return [inOne];
    return Promise.all(parts.filter((part) => part.length > 1 && !this.stop.includes(part)).map((part) => this.match(part)));
  }

  /** Adds a term's scores to those of the documents. */
  add(postings, start, factor, scores, has, mask) {
    const list = (this.list ??= new Uint32Array(this.documents));
    const times = (this.times ??= new Uint32Array(this.documents));
    const often = (this.often ??= new Uint32Array(this.documents));
    source = postings;
    bit = start * 8;
    for (const isTitle of [false, true]) {
      const count = gamma() - 1;
      if (count > this.documents) throw new Error("a damaged shard");
      const weight = factor * (1 + Math.log(this.documents / (count + 1)));
      rising(list, 0, count, 0, this.documents);
      const repeated = below(count + 1);
      rising(often, 0, repeated, 0, count);
      times.fill(1, 0, count);
      for (let i = 0; i < repeated; i++) times[often[i]] = gamma() + 1;
      for (let i = 0; i < count; i++) {
        const document = list[i];
        const boost = isTitle ? this.titleBoost[document] / Math.sqrt(gamma()) : this.textBoost[document];
        scores[document] += Math.sqrt(times[i]) * weight * boost;
        has[document] |= mask;
      }
    }
  }

  /** All pages that have some of the words, the best first. */
  rank(matches, scores) {
    const has = new Uint8Array(this.documents);
    matches.forEach(({ sets }, number) => {
      const seen = new Set();
      for (const [{ starts, numbers, postings }, terms] of sets) {
        for (const [term, factor] of terms) {
          // A term whose words stand in two shards has its postings in both, and counts once.
          if (seen.has(numbers[term])) continue;
          seen.add(numbers[term]);
          this.add(postings, starts[term], factor, scores, has, 1 << number);
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
      if (share) hits.push({ page, score: ((scores[first] + best) * share) / matches.length, full: share === matches.length });
    }
    return hits.sort((a, b) => b.score - a.score || b.page - a.page);
  }

  /** What this index has to say. */
  async ask(pieces, query) {
    const answer = { notes: pieces.length > MOST_WORDS ? [["long", { n: MOST_WORDS }]] : [], hits: [], facets: [] };
    const different = [...new Map(pieces.slice(0, MOST_WORDS).map((piece) => [piece.whole, piece])).values()];
    const asked = different.length > 1 ? different.filter(({ whole }) => !this.stop.includes(whole)) : different;
    if (pieces.length && !asked.length) answer.notes.push(["common"]);
    const settled = await Promise.allSettled(asked.map((piece) => this.compound(piece)));
    const failed = settled.find(({ reason }) => reason);
    const known = settled.flatMap(({ value }) => value ?? []);
    if (failed && !known.length) throw failed.reason;
    answer.failed = Boolean(failed);
    // A single letter is a word that is still being typed, unless it is known to be one.
    const matches = known.filter(({ folded, exact }) => folded.length > 1 || exact).slice(0, MOST_WORDS);
    if (known.length && !matches.length) {
      const [{ folded, near }] = known;
      const words = near.flatMap((shard) => shard.folded.flatMap((word, i) => (word.startsWith(folded) ? { shard, i } : [])));
      answer.begin = offered(words.sort(byFrequency), 8);
      return answer;
    }
    for (const { word, instead } of matches) if (instead) answer.notes.push(["instead", { found: instead, typed: word }]);
    const scores = new Float64Array(this.documents);
    if (matches.length) answer.hits = this.rank(matches, scores);
    else if (!query.text) for (let page = this.pages; page--; ) answer.hits.push({ page, full: true });
    answer.perhaps = matches.flatMap(({ perhaps }) => perhaps ?? []);
    if (this.hasFacets && (query.open || query.facets.size)) {
      const facets = await this.part("facets", 0, json).catch(() => (answer.failed = true) && []);
      narrow(answer, facets, query.facets);
    }
    const mark = marker(matches);
    answer.show = (hit) => this.show(hit, scores, mark);
    return answer;
  }

  /** A page as it is shown. */
  async show({ page, full }, scores, mark) {
    const block = await this.part("store", Math.floor(page / this.store.pages), json);
    const [url, title, kind, date, ...texts] = block[page % this.store.pages];
    const documents = texts.map((text, i) => (i ? text : [title, text]));
    const score = (i) => scores[this.first[page] + i];
    const best = [...documents.keys()].filter(score).sort((a, b) => score(b) - score(a));
    let parts;
    for (const i of [...best, 0]) if ((parts = mark(documents[i][1] ?? "")).some(([, isHit]) => isHit)) break;
    const sections = best.filter(Boolean).slice(0, 3).map((i) => {
      const [heading, , id = fold(heading.toLowerCase()).match(/[a-z0-9]+/g)?.join("-")] = documents[i];
      return { url: `${url}#${id ?? ""}`, title: mark(heading) };
    });
    return { url, title: mark(title), excerpt: stretch(parts), kind: this.kinds[kind] ?? "", date, lang: this.lang, label: this.label, full, sections };
  }
}

/** What may have been meant: words with one slip, or those that share the longest beginning; else what looks alike. */
function alike(folded, shards) {
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
  const isFound = ({ shard, i }) => slips.some((slip) => slip.shard === shard && shard.terms[slip.i] === shard.terms[i]);
  const close = all.filter((one) => one.far < 4 && one.far * 2 < folded.length && !isFound(one)).sort((a, b) => a.far - b.far || byFrequency(a, b));
  return { found: slips.length ? slips : related, perhaps: offered(close, 4) };
}

/** Leaves only the pages that have the chosen terms, and counts for each term the pages that it would leave. */
function narrow(answer, facets, chosen) {
  const misses = facets.map(({ key, terms, pages }) => {
    const slugs = chosen.get(key);
    return ({ page }) => slugs && !pages[page].some((term) => slugs.has(terms[term][0]));
  });
  const fits = (hit, but) => misses.every((miss, i) => i === but || !miss(hit));
  const full = answer.hits.filter((hit) => hit.full);
  answer.facets = facets.map(({ key, label, terms, pages }, number) => {
    const counts = terms.map(() => 0);
    for (const hit of full.length ? full : answer.hits) if (fits(hit, number)) for (const term of pages[hit.page]) counts[term]++;
    return { key, label, terms: terms.map(([slug, label], i) => ({ slug, label, count: counts[i] })) };
  });
  answer.hits = answer.hits.filter((hit) => fits(hit));
}

/** Cuts a text at words of the matched terms, and words that begin as the query's. */
function marker(matches) {
  const known = new Set();
  for (const [shard, terms] of matches.flatMap(({ sets }) => [...sets])) shard.folded.forEach((word, i) => terms.has(shard.terms[i]) && known.add(word));
  const isKnown = (folded) => known.has(folded) || matches.some((match) => match.typed && folded.startsWith(match.folded));
  const seen = new Map();
  const isHit = (piece) => {
    if (!seen.has(piece)) seen.set(piece, cut(piece).some(({ whole, joined }) => isKnown(fold(whole)) || isKnown(fold(joined))));
    return seen.get(piece);
  };
  return (text) => {
    const parts = [];
    let done = 0;
    const take = (from, piece) => {
      parts.push([text.slice(done, from), false], [piece, true]);
      done = from + piece.length;
    };
    for (const { 0: piece, index } of text.matchAll(WORD)) {
      if (isHit(piece)) take(index, piece);
      else for (const part of piece.matchAll(PART)) if (part[0] !== piece && isHit(part[0])) take(index + part.index, part[0]);
    }
    return [...parts, [text.slice(done), false]];
  };
}

/** The stretch of a text in which most of the words were found. */
function stretch(parts) {
  const text = parts.map(([text]) => text).join("");
  if (text.length <= WINDOW) return parts;
  let end = 0;
  const placed = parts.map(([text, isHit]) => ({ text, isHit, start: end, end: (end += text.length) }));
  const hits = placed.filter(({ isHit }) => isHit);
  const worth = ({ start }) => new Set(hits.filter((hit) => hit.start >= start && hit.end < start + WINDOW - 40).map(({ text }) => fold(text))).size;
  const best = hits.reduce((a, b) => (worth(b) > worth(a) ? b : a), hits[0] ?? { start: 0 });
  const before = Math.min(best.start - 40, text.length - WINDOW);
  const from = before > 0 ? text.indexOf(" ", before) + 1 : 0;
  const to = from + WINDOW < text.length ? text.lastIndexOf(" ", from + WINDOW) : text.length;
  const shown = placed.map(({ start, end, isHit }) => [text.slice(Math.max(start, from), Math.max(from, Math.min(end, to))), isHit]);
  return [[from ? "…" : "", false], ...shown, [to < text.length ? "…" : "", false]];
}

// What `search.js` asks for: `[id, call, argument]`. The answer is `[id, value, problem]`.

const HELD = 4;
const answered = new Map(); // by the id of its question: what further pages are asked of

async function indexes(lang, all) {
  const { indexes } = await keep(manifest, async () => (await get(manifest)).json());
  const own = indexes.filter((about) => about.lang === lang);
  const others = indexes.filter((about) => about.lang !== lang);
  const wanted = all || !own.length ? [...own, ...others] : own;
  const open = wanted.map((about) => keep(about.entry, async () => new Index(await inflate(await get(about.entry)), about)));
  return { count: indexes.length, open };
}

const calls = {
  async open(url) {
    manifest = url;
  },
  async ready(lang) {
    const { count, open } = await indexes(lang, false);
    return { facets: (await open[0]).hasFacets, languages: count > 1 };
  },
  async find(query, id) {
    const pieces = cut(query.text.slice(0, 200));
    const { open } = await indexes(query.lang, query.all);
    const settled = await Promise.allSettled(open.map(async (index) => (await index).ask(pieces, query)));
    const answers = settled.flatMap(({ value }) => value ?? []);
    if (!answers.length) throw settled[0].reason;
    const shown = (full) => answers.flatMap(({ hits, show }) => hits.filter((hit) => hit.full === full).map((hit) => () => show(hit)));
    const every = shown(true);
    const hits = every.concat(shown(false));
    answered.set(id, hits);
    if (answered.size > HELD) answered.delete(answered.keys().next().value);
    const { notes, begin, perhaps, facets } = answers.find(({ hits }) => hits.length) ?? answers[0];
    const failed = answers.length < open.length || answers.some(({ failed }) => failed);
    return { notes, begin, perhaps, facets, failed, total: hits.length, count: every.length };
  },
  async pages({ of, from, to }) {
    const settled = await Promise.allSettled((answered.get(of) ?? []).slice(from, to).map((show) => show()));
    return { pages: settled.flatMap(({ value }) => value ?? []), failed: settled.some(({ reason }) => reason) };
  },
};

onmessage = async ({ data: [id, call, argument] }) => {
  try {
    postMessage([id, await calls[call](argument, id)]);
  } catch (problem) {
    postMessage([id, undefined, String(problem)]);
  }
};
