// What is asked: a text, chosen terms, all languages or one. On the search page it stands in the address.

const CAMPAIGN = /^(utm_\w+|via)$/;
/** What is read of an address, which anybody may have written: letters of a text, and terms to filter by. */
export const LONGEST = 1000;
const MOST_TERMS = 50;

/** The chosen terms, by facet. @typedef {Map<string, Set<string>>} Chosen */

/** @param {Chosen} facets @param {string} key @param {string} slug */
export const choose = (facets, key, slug) => void facets.set(key, (facets.get(key) ?? new Set()).add(slug));

/** @param {string} page the address of the search page @param {string} text @param {Chosen} facets @param {boolean} all */
export function addressOf(page, text, facets, all) {
  const url = new URL(page);
  if (text) url.searchParams.set("q", text);
  for (const [key, slugs] of facets) for (const slug of slugs) url.searchParams.append(key, slug);
  if (all) url.searchParams.set("lang", "all");
  return url.href;
}

/** What the address says; nothing of a campaign, or of whoever shared the link. */
export function inAddress() {
  /** @type {{text: string|undefined, facets: Chosen, all: boolean|undefined}} */
  const asked = { text: undefined, facets: new Map(), all: undefined };
  let terms = 0;
  for (const [key, value] of new URLSearchParams(location.search)) {
    if (CAMPAIGN.test(key)) continue;
    if (key === "q") asked.text = value.slice(0, LONGEST);
    else if (key === "lang") asked.all = value === "all";
    else if (key.length <= LONGEST && value.length <= LONGEST && terms++ < MOST_TERMS) choose(asked.facets, key, value);
  }
  return asked;
}
