// What browsers keep between visits, and what comes back: anything, until it is known to be what was kept.

import { attempt } from "./attempt.js";

const local = attempt(() => localStorage);

/** @param {string} key @param {Storage|null} [store] @returns {unknown} null where there is nothing, or storage is refused */
export const recall = (key, store = local) => attempt(() => JSON.parse(store?.getItem(key) ?? "null"));

/** Whether it is kept now. @param {string} key @param {unknown} value nothing forgets it @param {Storage|null} [store] */
export function remember(key, value, store = local) {
  const text = value == null ? null : JSON.stringify(value);
  return attempt(() => {
    if (!store) return false;
    if (text === null) store.removeItem(key);
    else store.setItem(key, text);
    return true;
  }) ?? false;
}

/** @param {unknown} value @returns {value is Record<string, unknown>} */
export const isMap = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/** @param {unknown} value @param {number} [most] the longest that it may be @returns {value is string} */
export const isText = (value, most = 10_000) => typeof value === "string" && value.length <= most;
