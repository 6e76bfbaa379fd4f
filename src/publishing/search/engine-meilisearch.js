// An engine of the search box that asks a Meilisearch server. Its documents are the lines of
// `ringback index --format jsonl`; docs/search.md says how to set it up. `search.js` loads this module instead of
// `engine-static.js` where a site names such a server.

const BEGIN = "\u0001";
const END = "\u0002";
const PAGE = 40; // documents a request: several may be of one page

const quoted = (text) => JSON.stringify(String(text));

function filters({ lang, all, facets }, keys) {
  const chosen = keys.filter((key) => facets.has(key));
  const anyOf = (key) => [...facets.get(key)].map((value) => `${key} = ${quoted(value)}`);
  return [...(all ? [] : [`lang = ${quoted(lang)}`]), ...chosen.map(anyOf)];
}

/** @returns {import("./search.js").Parts} */
function parts(text = "") {
  return text.split(BEGIN).flatMap((piece, i) => {
    const [hit, rest] = i ? piece.split(END) : ["", piece];
    return [[hit, true], [rest ?? "", false]].filter(([text]) => text);
  });
}

/** Addresses come from a server: only those of web pages are followed. */
function address(url) {
  const { href, protocol } = new URL(url, location.href);
  return /^https?:$/.test(protocol) ? href : "";
}

/** @param {{url: string, index: string, key?: string, facets?: Record<string, string>}} settings
 *    `facets`: what can be filtered by, with labels
 *  @returns {import("./search.js").Engine} */
export default function engine({ url, index, key, facets = { kind: "kind", category: "category", persona: "persona", stage: "stage" } }) {
  const keys = Object.keys(facets);

  async function post(query, offset) {
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
  }

  function add(pages, { url, kind, date, lang, _formatted: shown }) {
    const [page] = url.split("#");
    if (!pages.has(page)) {
      const made = { url: address(page), title: parts(shown.title), excerpt: parts(shown.text), kind, date, lang, label: lang, full: true, sections: [] };
      pages.set(page, made);
    }
    const { sections } = pages.get(page);
    if (page !== url && sections.length < 3) sections.push({ url: address(url), title: parts(shown.heading) });
  }

  return {
    ready: async () => ({ facets: keys.length > 0, languages: true }),
    async find(query) {
      const first = await post(query, 0);
      const pages = new Map();
      let read = 0;
      const take = (answer) => {
        for (const hit of answer.hits) add(pages, hit);
        read += answer.hits.length;
        // The server counts documents; how many pages they are is known when all have been read.
        found.total = found.count = answer.hits.length < PAGE ? pages.size : Math.max(pages.size + 1, answer.estimatedTotalHits ?? 0);
      };
      const found = {
        total: 0,
        count: 0,
        failed: false,
        notes: [],
        facets: keys.map((key) => ({
          key,
          label: facets[key],
          terms: Object.entries(first.facetDistribution?.[key] ?? {}).map(([slug, count]) => ({ slug, label: slug, count })),
        })),
        async pages(from, to) {
          while (pages.size < to && found.total > pages.size) {
            const answer = await post(query, read);
            take(answer);
          }
          return [...pages.values()].slice(from, to);
        },
      };
      take(first);
      return found;
    },
  };
}
