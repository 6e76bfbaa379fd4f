// The engine of the search box that needs no server: it reads the index that the Rust modules of this feature write.
// docs/content/search-index.md specifies its files, how words are cut, and the ranking. `search.js` starts it as a worker when
// the box is first used, so that typing never waits for it; of the index it loads only what the words of a query need.
//
// This file is what `search.js` asks for: `[id, call, argument]`. The answer is `[id, value, problem]`.

/** @import { Counted, Page, Query } from "./engine" */
/** @import { About } from "./index" */
/** @import { Answer } from "./engine-index.js" */
/** @import { Hit } from "./engine-show.js" */
import { get, inflated, keep, manifest } from "./engine-files.js";
import { Index } from "./engine-index.js";
import { cut } from "./engine-words.js";

const HELD = 4;
/** By the id of its question: what further pages are asked of. @type {Map<number, (() => Promise<Page>)[]>} */
const answered = new Map();

/** @param {string} lang @param {boolean} all @param {"indexes"|"objections"} [set] */
async function indexes(lang, all, set = "indexes") {
  /** @type {{indexes: About[], objections?: About[]}} */
  const { [set]: indexes = [] } = await keep(manifest.url, async () => (await get(manifest.url)).json());
  const own = indexes.filter((about) => about.lang === lang);
  const others = indexes.filter((about) => about.lang !== lang);
  const wanted = all || !own.length ? [...own, ...others] : own;
  const open = wanted.map((about) => keep(about.entry, async () => new Index(await inflated(about.entry), about, set)));
  return { count: indexes.length, open };
}

/** @param {string} lang */
async function ready(lang) {
  const { count, open } = await indexes(lang, false);
  return { facets: (await open[0]).hasFacets, languages: count > 1 };
}

/** Those in the reader's language by their score, which knows how many of the words were found: somebody who talks uses more words than an
 * objection has. Then those in others. @param {Answer[]} answers @param {string} lang */
function byScore(answers, lang) {
  const own = answers.filter((answer) => answer.lang === lang), others = answers.filter((answer) => answer.lang !== lang);
  /** @type {(of: Answer[], fits?: (hit: Hit) => boolean) => (() => Promise<Page>)[]} */
  const shown = (of, fits = () => true) => of.flatMap(({ hits, show }) => hits.filter(fits).map((hit) => () => show(hit)));
  return [...shown(own), ...shown(others, ({ full }) => full), ...shown(others, ({ full }) => !full)];
}

/** @param {Query} query @param {number} id @returns {Promise<Counted>} */
async function find(query, id) {
  const pieces = cut(query.text.slice(0, 200));
  const { open } = await indexes(query.lang, query.all, query.set);
  const settled = await Promise.allSettled(open.map(async (index) => (await index).ask(pieces, query)));
  const answers = settled.flatMap((one) => (one.status === "fulfilled" ? one.value : []));
  const problem = settled.find((one) => one.status === "rejected");
  if (!answers.length) throw problem?.reason;
  /** @param {boolean} full */
  const shown = (full) => answers.flatMap(({ hits, show }) => hits.filter((hit) => hit.full === full).map((hit) => () => show(hit)));
  const every = shown(true);
  const hits = query.set === "objections" ? byScore(answers, query.lang) : every.concat(shown(false));
  answered.set(id, hits);
  const oldest = answered.keys().next().value;
  if (answered.size > HELD && oldest !== undefined) answered.delete(oldest);
  const { notes, begin, perhaps, facets } = answers.find(({ hits }) => hits.length) ?? answers[0];
  const failed = answers.length < open.length || answers.some(({ failed }) => failed);
  return { notes, begin, perhaps, facets, failed, total: hits.length, count: every.length };
}

/** @param {{of: number, from: number, to: number}} which */
async function pages({ of, from, to }) {
  const settled = await Promise.allSettled((answered.get(of) ?? []).slice(from, to).map((show) => show()));
  const pages = settled.flatMap((one) => (one.status === "fulfilled" ? one.value : []));
  return { pages, failed: pages.length < settled.length };
}

/** @param {[id: number, call: string, argument: any]} question any: what the call takes, as search-worker.js sends it */
function answer([id, call, argument]) {
  if (call === "ready") return ready(argument);
  if (call === "find") return find(argument, id);
  if (call === "pages") return pages(argument);
  manifest.url = argument;
  return undefined;
}

onmessage = async ({ data }) => {
  try {
    postMessage([data[0], await answer(data)]);
  } catch (problem) {
    postMessage([data[0], undefined, String(problem)]);
  }
};
