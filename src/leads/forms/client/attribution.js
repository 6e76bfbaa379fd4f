// Where a visit came from: the first and the last touch, as far as the visitor and the site allow.

/** @import { Attribution, Touch } from "./types" */
import { isMap, isText, recall, remember } from "../../../theme/client/storage.js";
import { clean } from "./clean.js";

export const TOUCH = "ringback.touch";
/** The longest of what is noted: addresses, and marks of campaigns. */
const LONGEST_ADDRESS = 2000, LONGEST_MARK = 200, LONGEST = 10_000;
const CAMPAIGN = /^utm_(source|medium|campaign|term|content)$/;
/** Further parameters that the site reads, such as `gclid`. */
const own = document.querySelector("[data-parameters]")?.getAttribute("data-parameters")?.split(" ");
/** Is it a mark of a campaign? @param {string} name */
const isMark = (name) => CAMPAIGN.test(name) || own?.includes(name);

/** First and last touch. What isn't agreed to is neither sent nor kept. Addresses lose what follows the `?`, which may
 * be anything: only names that are known are read.
 * @param {boolean} agreed @param {() => string|undefined} [began] finds where the visit began, if not on this page
 * @returns {Attribution} */
export function attribution(agreed, began) {
  if (!agreed || navigator.globalPrivacyControl) {
    remember(TOUCH, null);
    return {};
  }
  const query = new URLSearchParams(location.search);
  const [referrer, host] = /^https?:\/\/([^/?#]+)[^?#]*/.exec(document.referrer.slice(0, LONGEST_ADDRESS)) ?? [];
  const isInside = host === location.host, landing = isInside ? began?.() : location.origin + location.pathname;
  /** @type {Touch} */
  const touch = {};
  for (const [name, value] of query) {
    if (isMark(name)) touch[name] = [...clean(value.slice(0, LONGEST))].slice(0, LONGEST_MARK).join("");
  }
  if (referrer && !isInside) touch.referrer = referrer;
  const hasSource = Object.keys(touch).length > 0;
  if (landing) touch.landing = landing.slice(0, LONGEST_ADDRESS);
  const kept = recall(TOUCH), known = isMap(kept) ? kept : {}, rep = repIn(query.get("via"));
  const first = touchIn(known.first), last = touchIn(known.last);
  const isNew = !first || !last || rep || hasSource;
  const all = { rep: rep ?? repIn(known.rep), first: first ?? touch, last: isNew ? touch : last };
  remember(TOUCH, all);
  return all;
}

/** @param {unknown} value @returns {string|undefined} the id of a rep */
const repIn = (value) => (isText(value) && /^[\w-]{1,80}$/.test(value) ? value : undefined);

/** @param {unknown} value @returns {value is string} */
const isAddress = (value) => isText(value, LONGEST_ADDRESS) && /^https?:\/\/\S+$/.test(value);

/** A touch as it was kept, with nothing else in it; undefined if it is none.
 * @param {unknown} kept @returns {Touch|undefined} */
function touchIn(kept) {
  if (!isMap(kept) || (Object.hasOwn(kept, "landing") && !isAddress(kept.landing))) return undefined;
  /** @type {Touch} */
  const touch = {};
  for (const [name, value] of Object.entries(kept)) {
    const isPlace = name === "landing" || name === "referrer";
    if (isPlace && isAddress(value)) touch[name] = value;
    if (isMark(name) && isText(value, 2 * LONGEST_MARK)) touch[name] = value;
  }
  return Object.keys(touch).length > 0 ? touch : undefined;
}
