// What a visit was before a lead is sent: forms alone need it.

/** @import { Button } from "./types" */
import { clean } from "./clean.js";

/** The addresses that this tab has had, up to the page that is open. Browsers that don't tell leave them unknown. */
function visited() {
  const { navigation } = window, pages = navigation?.entries().map(({ url }) => url ?? "") ?? [];
  return pages.slice(0, (navigation?.currentEntry?.index ?? -1) + 1);
}

/** The page that a visit began on, of which a link of this site has led here. Nothing is kept for it: the tab itself knows
 * its last pages of this site, and links carry the campaign on, so that all pages of a visit have the same one. A link
 * opened in a new tab leaves it unknown. @returns {string|undefined} */
export function began() {
  const campaign = (/** @type {string} */ url) => String(url.match(/utm_[^&#]*/g)), own = campaign(location.href);
  const visit = visited();
  visit.splice(0, visit.findLastIndex((url) => !url || campaign(url) !== own) + 1);
  const [first, ...others] = visit.map(plain);
  return others.some((page) => page !== first) ? first : undefined;
}

/** The button that led to the form: one on its page, else the last one that brought the visitor to a page of this tab.
 * @returns {Button|undefined} */
export function pressed() {
  const here = document.documentElement.dataset.cta;
  if (here) return { id: here, page: location.origin + location.pathname };
  const pages = visited(), before = [document.referrer, ...(pages.length > 0 ? pages : [location.href])];
  const at = before.findLastIndex((url, index) => index > 0 && named(url));
  const id = named(before[at]), page = before[at - 1];
  if (!id) return undefined;
  return page?.startsWith(`${location.origin}/`) ? { id, page: plain(page) } : { id };
}

/** @param {string|undefined} url @returns {string|undefined} the button that an address names */
function named(url) {
  const written = url?.match(/^[^#?]*\?([^#]{1,10000})/)?.[1];
  const id = clean(new URLSearchParams(written).get("cta") ?? "");
  return /^[\p{L}\p{N}_-]{1,100}$/u.test(id) ? id : undefined;
}

/** @param {string} url */
const plain = (url) => url.split(/[?#]/)[0].slice(0, 2000);
