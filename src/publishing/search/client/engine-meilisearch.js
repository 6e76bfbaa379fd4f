// An engine of the search box that asks a Meilisearch server. Its documents are the lines of
// `ringback export-search --format jsonl`; docs/content/search.md says how to set it up. `search.js` loads this module instead of
// `engine-static.js` where a site names such a server.

/** @import { Engine, Found, Page, Parts, Query } from "./engine" */

const BEGIN = "\u0001";
const END = "\u0002";
const PAGE = 40; // documents a request: several may be of one page

/** What is read of an answer. @typedef {{url: string, kind: string, date: string, lang: string,
 *   _formatted: {title?: string, heading?: string, text?: string}}} Document */
/** @typedef {{hits: Document[], estimatedTotalHits?: number, facetDistribution?: Record<string, Record<string, number>>}} Answer */
/** `facets`: what can be filtered by, with labels.
 * @typedef {{url: string, index: string, key?: string, facets?: Record<string, string>}} Settings */

/** @param {string} text */
const quoted = (text) => JSON.stringify(text);

/** @param {Query} query @param {string[]} keys */
function filters({ lang, all, facets }, keys) {
  const chosen = keys.filter((key) => facets.has(key));
  const anyOf = (/** @type {string} */ key) => [...(facets.get(key) ?? [])].map((value) => `${key} = ${quoted(value)}`);
  return [...(all ? [] : [`lang = ${quoted(lang)}`]), ...chosen.map(anyOf)];
}

/** @param {string} [text] @returns {Parts} */
function parts(text = "") {
  return text.split(BEGIN).flatMap((piece, i) => {
    const [hit, rest] = i ? piece.split(END) : ["", piece];
    /** @type {Parts} */
    const both = [[hit, true], [rest ?? "", false]];
    return both.filter(([text]) => text);
  });
}

/** Addresses come from a server: only those of web pages are followed. @param {string} url */
function address(url) {
  const { href, protocol } = new URL(url, location.href);
  return /^https?:$/.test(protocol) ? href : "";
}

/** @param {Map<string, Page>} pages @param {Document} document */
function add(pages, { url, kind, date, lang, _formatted: shown }) {
  const [page] = url.split("#");
  const known = pages.get(page);
  const made = known ?? { url: address(page), title: parts(shown.title), excerpt: parts(shown.text), kind, date, lang, label: lang, full: true, sections: [] };
  if (!known) pages.set(page, made);
  if (page !== url && made.sections.length < 3) made.sections.push({ url: address(url), title: parts(shown.heading) });
}

/** Asks for documents from one on. @param {Settings} settings @param {string[]} keys @returns {(query: Query, offset: number) => Promise<Answer>} */
const asking = ({ url, index, key }, keys) => async (query, offset) => {
  const response = await fetch(`${url.replace(/\/$/, "")}/indexes/${encodeURIComponent(index)}/search`, {
    method: "POST",
    headers: { "Content-Type": "application/json", ...(key && { Authorization: `Bearer ${key}` }) },
    body: JSON.stringify({
      q: query.text.slice(0, 200),
      offset,
      limit: PAGE,
      filter: filters(query, keys),
      facets: keys,
      attributesToHighlight: ["title", "heading", "text"],
      attributesToCrop: ["text"],
      cropLength: 30,
      highlightPreTag: BEGIN,
      highlightPostTag: END,
    }),
  });
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response.json();
};

/** @param {Settings} settings @returns {Engine} */
export default function engine(settings) {
  const facets = settings.facets ?? { kind: "kind", category: "category", persona: "persona", stage: "stage" };
  const keys = Object.keys(facets), post = asking(settings, keys);
  return {
    ready: async () => ({ facets: keys.length > 0, languages: true }),
    async find(query) {
      const first = await post(query, 0);
      /** @type {Map<string, Page>} */
      const pages = new Map();
      let read = 0;
      /** @param {Answer} answer */
      const take = (answer) => {
        for (const hit of answer.hits) add(pages, hit);
        read += answer.hits.length;
        // The server counts documents; how many pages they are is known when all have been read.
        found.total = found.count = answer.hits.length < PAGE ? pages.size : Math.max(pages.size + 1, answer.estimatedTotalHits ?? 0);
      };
      /** @type {Found} */
      const found = {
        total: 0,
        count: 0,
        failed: false,
        notes: [],
        facets: Object.entries(facets).map(([key, label]) => ({
          key,
          label,
          terms: Object.entries(first.facetDistribution?.[key] ?? {}).map(([slug, count]) => ({ slug, label: slug, count })),
        })),
        async pages(from, to) {
          while (pages.size < to && found.total > pages.size) take(await post(query, read));
          return [...pages.values()].slice(from, to);
        },
      };
      take(first);
      return found;
    },
  };
}
