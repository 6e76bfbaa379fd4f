// All objections of all scripts, found by what people say: with the engine and the index of the search box, of which there is one
// that has nothing but objections. Loaded when somebody first looks for one, by the call player and the page of all objections.

/** @import { Page } from "../../../publishing/search/client/engine" */
import { worker } from "../../../publishing/search/client/search-worker.js";

/** The most that are shown: nobody reads more while somebody waits. */
const MOST = 12;

/** Gets the engine ready. Fails where this browser or this site has none. @param {string} engine the URL of the worker @param {string} index
 * that of the manifest @returns {Promise<(text: string, lang: string, here?: string) => Promise<Page[]>>} finds objections, the best first */
export async function finder(engine, index) {
  const { find } = await worker(engine, index);
  return async (text, lang, here = "") => {
    const found = await find({ text, lang, all: true, facets: new Map(), open: false, set: "objections" });
    const pages = await found.pages(0, 3 * MOST);
    const isOwn = (/** @type {Page} */ { url, full }) => full && url.startsWith(`${here}#`);
    return [...pages.filter(isOwn), ...pages.filter((page) => !isOwn(page))].slice(0, MOST);
  };
}
