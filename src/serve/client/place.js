// Reloads a page without losing the place where somebody reads.

import { own } from "../../theme/client/attempt.js";
import { all } from "../../theme/client/find.js";
import { isMap, recall, remember } from "../../theme/client/storage.js";

const PLACE = "ringback.dev.place";

/** The heading above what is read, and how far above. What was added before it moves nothing then. */
function place() {
  const headings = all(document, "h1[id], h2[id], h3[id], h4[id]", HTMLElement);
  const above = headings.filter((each) => each.getBoundingClientRect().top <= innerHeight / 3).pop();
  return { path: location.pathname, y: scrollY, id: above?.id, top: above?.getBoundingClientRect().top };
}

export function reload() {
  remember(PLACE, place(), sessionStorage);
  location.reload();
}

export function returnToPlace() {
  const kept = recall(PLACE, sessionStorage);
  remember(PLACE, null, sessionStorage);
  if (!isMap(kept) || kept.path !== location.pathname) return;
  history.scrollRestoration = "manual";
  const heading = typeof kept.id === "string" ? document.getElementById(kept.id) : null;
  const y = Number(heading ? scrollY + heading.getBoundingClientRect().top - Number(kept.top) : kept.y) || 0;
  scrollTo({ top: y, behavior: "instant" });
  addEventListener("pagehide", () => (history.scrollRestoration = "auto"));
}

/** New style sheets in the place of old ones; the old one goes when the new one is there, so that nothing flickers.
 * @param {Record<string, string>} urls */
export function swapStyles(urls) {
  for (const link of all(document, 'link[rel~="stylesheet"]', HTMLLinkElement)) {
    const url = own(urls, new URL(link.href).pathname), next = link.cloneNode();
    if (!url || !(next instanceof HTMLLinkElement)) continue;
    next.href = url;
    next.onload = () => link.remove();
    next.onerror = reload;
    link.after(next);
  }
}
