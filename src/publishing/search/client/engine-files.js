// The files of an index, each loaded once.

/** @type {Map<string, Promise<unknown>>} */
const kept = new Map();
/** @type {Set<string>} */
const failed = new Set();
/** The URL of the list of indexes. */
export const manifest = { url: "" };

/** Makes something once. What failed is tried again at the next query.
 * @template T @param {string} key its own, for each kind of thing @param {() => Promise<T>} make @returns {Promise<T>} */
export function keep(key, make) {
  const known = kept.get(key);
  if (known) return /** @type {Promise<T>} */ (known);
  const value = make();
  kept.set(key, value);
  value.catch(() => {
    kept.delete(key);
    failed.add(key);
  });
  return value;
}

/** @param {string} url */
export async function get(url) {
  // Hosts let browsers keep these files for ever, and with them an answer such as 404.
  const response = await fetch(url, { cache: url === manifest.url ? "no-cache" : failed.has(url) ? "reload" : "default" });
  if (response.ok) return response;
  // The site was published again and has other files now: a new manifest knows them.
  kept.delete(manifest.url);
  throw new Error(`${url}: ${response.status}`);
}

/** @param {string} url */
export async function inflated(url) {
  const { body } = await get(url);
  const stream = body?.pipeThrough(new DecompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

const utf8 = new TextDecoder();

/** @param {Uint8Array} bytes @returns {any} any: what docs/content/search-index.md says, as who calls it names */
export const json = (bytes) => JSON.parse(utf8.decode(bytes));
