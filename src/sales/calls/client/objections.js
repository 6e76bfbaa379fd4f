/**
 * The page of all objections: finds what somebody hears, among all of them, with the site's search (objection-finder.js). Where
 * that can't be loaded, the list is narrowed instead: every word must begin one of the name or of the ways people say it; where none
 * fits, it may stand within one, and then in the replies, too. `/` goes to the box, the arrow keys choose, Enter opens the objection in its
 * script, Esc shows all again.
 */

/** @import { Page } from "../../../publishing/search/client/engine" */

const box = /** @type {HTMLInputElement | null} */ (document.querySelector("[data-find]"));
const found = document.querySelector("[data-found]");
const hits = /** @type {HTMLElement | null} */ (document.querySelector("[data-hits]"));
const list = /** @type {HTMLElement | null} */ (document.querySelector("[data-entries]"));

/** In small letters, with a space before each word. @param {string} text */
const plain = (text) => ` ${text.toLowerCase().replace(/[^\p{L}\p{M}\p{N}]+/gu, " ")}`;
/** @param {string} text */
const bare = (text) => plain(text).normalize("NFD").replace(/\p{M}/gu, "");

const elements = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-entries] [data-objection]")]);
/** By the link of each. */
const byLink = new Map(elements.map((element) => [element.querySelector("h3 a")?.getAttribute("href"), element]));

/** @type {{element: HTMLElement, both: string, first: string}[]|undefined} */
let read;
/** The texts of all entries, once they are needed. */
const entries = () => (read ??= elements.map((element) => {
  const text = element.textContent ?? "";
  const name = element.querySelector("h3")?.textContent ?? "";
  const phrases = element.querySelector(".phrases")?.textContent ?? "";
  return { element, both: `${plain(text)} ${bare(text)}`, first: `${plain(name + " " + phrases)} ${bare(name + " " + phrases)}` };
}));

/** What can be chosen. @type {HTMLElement[]} */
let shown = elements;
let chosen = -1;

/** @param {number} index */
const choose = (index) => {
  shown[chosen]?.classList.remove("chosen");
  chosen = shown.length === 0 ? -1 : Math.max(-1, Math.min(index, shown.length - 1));
  shown[chosen]?.classList.add("chosen");
  shown[chosen]?.scrollIntoView({ block: "nearest" });
  if (found) found.textContent = box?.value.trim() && shown.length === 0 ? found.getAttribute("data-none") : shown[chosen]?.querySelector("h3")?.textContent ?? "";
};

/** Shows these, and nothing else; without them, all. @param {HTMLElement[]} [these] */
const show = (these) => {
  shown[chosen]?.classList.remove("chosen");
  chosen = -1;
  shown = these ?? elements;
  hits?.replaceChildren(...(these ?? []));
  if (hits) hits.hidden = !these;
  if (list) list.hidden = Boolean(these);
};

/** @param {string} typed */
const narrow = (typed) => {
  const words = plain(typed).split(" ").filter(Boolean);
  const begin = (/** @type {string} */ text) => words.every((word) => text.includes(` ${word}`));
  const stand = (/** @type {string} */ text) => words.every((word) => text.includes(word));
  /** @type {((entry: {both: string, first: string}) => boolean)[]} */
  const ways = [({ first }) => begin(first), ({ first }) => stand(first), ({ both }) => stand(both)];
  const fits = words.length === 0 ? [] : ways.map((way) => entries().filter(way)).find((some) => some.length > 0) ?? [];
  return fits.map(({ element }) => element);
};

/** @type {Promise<((text: string, lang: string) => Promise<Page[]>)|null>|undefined} */
let loading;
/** Loads the finder when somebody first comes to the box. */
const load = () => {
  const { engine, index } = box?.dataset ?? {};
  loading ??= engine && index ? import("./objection-finder.js").then(({ finder }) => finder(engine, index)).catch(() => null) : Promise.resolve(null);
  return loading;
};

let asked = 0;
let last = Promise.resolve();
/** What comes too late is no answer. */
const filter = async () => {
  const number = ++asked, typed = box?.value.trim() ?? "";
  if (!typed) {
    show();
    return choose(-1);
  }
  const pages = await (await load())?.(typed, document.documentElement.lang).catch(() => null);
  if (number !== asked) return;
  const known = pages ? pages.flatMap(({ url }) => byLink.get(url) ?? []) : narrow(typed).slice(0, 50);
  show(known.map((element) => {
    const copy = /** @type {HTMLElement} */ (element.cloneNode(true));
    const { lang = "" } = /** @type {HTMLElement} */ (element.closest("[data-group]"));
    if (lang) copy.lang = lang;
    return copy;
  }));
  choose(0);
};

if (box) {
  box.addEventListener("input", () => void (last = filter()));
  box.addEventListener("focus", load);
  box.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") choose(chosen + 1);
    else if (event.key === "ArrowUp") choose(chosen - 1);
    else if (event.key === "Enter") last.then(() => /** @type {HTMLElement | null | undefined} */ (shown[chosen]?.querySelector("h3 a"))?.click());
    else if (event.key === "Escape") {
      box.value = "";
      filter();
    } else return;
    event.preventDefault();
  });
  // Before the search of the site, which has the same key.
  document.addEventListener(
    "keydown",
    (event) => {
      const target = event.target instanceof Element ? event.target : null;
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || target?.closest("input, textarea, select, [contenteditable], dialog")) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      box.focus();
      box.select();
    },
    true,
  );
  // What the browser kept from before.
  if (box.value) filter();
}
