// Tells statistics what visitors do that matters for sales: docs/content/integrations.md lists the events. Loaded only where
// statistics are on.
//
// Nothing that is told is about a person: no names, no addresses, no words that somebody has typed. What is told besides the
// event is an id that the site's authors wrote, or a path of the site.

import { globals, gtag, list } from "./service-globals.js";

/** @typedef {Record<string, string>} About what an event is about, such as `{form: "guide"}` */

/** How each service hears of an event. @type {Record<string, (name: string, about: About) => void>} */
const HEARS = {
  plausible: (name, about) => globals.plausible?.(name, { props: about }),
  umami: (name, about) => globals.umami?.track(name, about),
  goatcounter: (name, about) => globals.goatcounter?.count?.({ path: [name, ...Object.values(about)].join("/"), title: name, event: true }),
  // One name for what an event is about.
  matomo: (name, about) =>
    list("_paq").push(["trackEvent", "ringback", name, Object.values(about).join(" ")].filter(Boolean)),
  google_analytics: (name, about) => gtag("event", name, about),
  google_tag_manager: (name, about) => list("dataLayer").push({ event: name, ...about }),
};

/** Services of this page that hear. @type {Set<string>} */
const listening = new Set();

/** The one place that an event goes through. @param {string} name @param {About} [about] */
function tell(name, about = {}) {
  for (const service of listening) HEARS[service](name, about);
  // For scripts of the site's own.
  document.dispatchEvent(new CustomEvent("ringback:event", { detail: { name, ...about } }));
}

/** What other scripts of the program say on the document: of each, what is an id.
 * @param {string} kind @param {(detail: Record<string, unknown>) => void} hear */
const on = (kind, hear) =>
  document.addEventListener(`ringback:${kind}`, (event) => hear(event instanceof CustomEvent ? event.detail ?? {} : {}));

/** @param {unknown} value */
const id = (value) => (typeof value === "string" ? value.slice(0, 80) : "");

/** Leads and outcomes that were told. @type {Set<unknown>} */
const told = new Set();
/** @type {ReturnType<typeof setTimeout>|undefined} */
let timer;

/** Only where nothing is found, the notes of a search offer the list by letters. Whoever is still typing has not searched
 * in vain. The search itself says nothing of this: it is on every site, and statistics are not. */
function watchSearch() {
  let isVain = false;
  const observer = new MutationObserver(() => {
    const is = document.querySelector(".search .notes a") !== null;
    if (is === isVain) return;
    clearTimeout(timer);
    if (is) timer = setTimeout(tell, 2000, "search_without_result");
    isVain = is;
  });
  /** @param {Element|null} root */
  const follow = (root) => root && observer.observe(root, { childList: true, subtree: true });
  follow(document.querySelector("[data-search-page]"));
  if (document.querySelector(".search .notes a")) timer = setTimeout(tell, 2000, "search_without_result");
  document.addEventListener("input", ({ target }) => {
    const root = target instanceof Element ? target.closest(".search") : null;
    if (!root) return;
    clearTimeout(timer);
    isVain = false;
    follow(root);
  });
}

function watch() {
  on("lead", ({ id: lead, form, state }) => {
    if (told.has(lead) || (state !== "confirmed" && state !== "sent")) return;
    told.add(lead);
    tell("lead", { form: id(form) });
  });
  on("open", ({ gate }) => tell("gate_opened", { gate: id(gate) }));
  on("assessment", ({ id: assessment, step, n }) => {
    const about = { assessment: id(assessment), ...(typeof n === "number" && { n: String(n) }) };
    tell(`assessment_${id(step)}`, about);
  });
  on("calculator", ({ id: calculator, step }) => tell(`calculator_${id(step)}`, { calculator: id(calculator) }));
  on("survey", ({ id: survey, step, n }) => {
    tell(`survey_${id(step)}`, { survey: id(survey), ...(typeof n === "number" && { n: String(n) }) });
  });
  on("outcome", ({ outcome }) => {
    if (told.has(outcome)) return;
    told.add(outcome);
    tell("outcome", { outcome: id(outcome) });
  });
  watchSearch();
  document.addEventListener("click", ({ target }) => {
    const link = target instanceof Element ? target.closest("a") : null;
    if (link?.protocol === "tel:") tell("call_number");
    else if (link?.matches("main a.button[href]") && /^https?:$/.test(link.protocol)) {
      const { cta } = link.dataset, to = link.origin === location.origin ? link.pathname : link.host;
      tell("cta", { to, ...(cta && { button: cta }) });
    }
  });
}

/** Tells these services from now on. @param {string[]} names */
export function hear(names) {
  const isFirst = !listening.size;
  for (const name of names) if (Object.hasOwn(HEARS, name)) listening.add(name);
  if (isFirst) watch();
}
