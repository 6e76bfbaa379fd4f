// What every call of this browser begins with: the names that are kept, such as that of who rings.

import { isMap, isText, recall, remember } from "../../../theme/client/storage.js";

const KEPT = "ringback.placeholders", LONGEST = 200;
/** The most of what is kept: names, and letters of a text. */
export const MOST_NAMES = 200;
export const MOST_LETTERS = 200_000;

/** One line without what can't be seen, of a length that somebody can say. @param {unknown} value */
export const clean = (value) => [...String(value).normalize().replace(/[\p{Cc}\p{Cs}]/gu, " ").trim()].slice(0, LONGEST).join("");

/** The names that are kept. @type {Set<string>} */
export const keep = new Set();
/** What they are. @type {Record<string, string>} */
let values = {};

/** Texts alone, and no more than there can be. @param {unknown} map @returns {Record<string, string>} */
export function texts(map) {
  const all = Object.entries(isMap(map) ? map : {}).slice(0, MOST_NAMES);
  const few = all.filter(([name, value]) => name.length <= LONGEST && isText(value, MOST_LETTERS));
  return Object.assign(Object.create(null), Object.fromEntries(few.map(([name, value]) => [name, clean(value)])));
}

/** Reads them again: another tab may have changed them. @returns {Record<string, string>} all that is stored: an earlier version
 * of this file stored the names of a call here, too */
export function readKept() {
  const kept = recall(KEPT), map = isMap(kept) ? kept : {}, all = texts(map.values);
  keep.clear();
  for (const name of Array.isArray(map.keep) ? map.keep.slice(0, MOST_NAMES) : ["rep"]) if (isText(name, LONGEST)) keep.add(name);
  values = Object.fromEntries(Object.entries(all).filter(([name]) => keep.has(name)));
  return all;
}

/** @param {StorageEvent} event */
export const isKept = ({ key }) => key === KEPT;
/** What a call begins with. @returns {Record<string, string>} */
export const keptNames = () => Object.assign(Object.create(null), values);

/** Remembers a name for the next calls, if it is to be kept, and no longer if not. @param {string} name @param {string} value */
export function remind(name, value) {
  if (keep.has(name) && value) values[name] = value;
  else delete values[name];
  remember(KEPT, { values, keep: [...keep] });
}

/** What brings back all that is kept now. */
export function snapshot() {
  const before = { ...values };
  return () => {
    values = before;
    remember(KEPT, { values, keep: [...keep] });
  };
}

readKept();
