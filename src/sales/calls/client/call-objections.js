// All objections, found while the other one still talks: at once those of this script, and as soon as something is typed, those of
// all scripts (objection-finder.js). Where that can't be loaded, this script's are narrowed by letters. Loaded when a call begins.

/** @import { Page, Parts } from "../../../publishing/search/client/engine" */
import { all, find, maybe } from "../../../theme/client/find.js";
import { make } from "../../../theme/client/make.js";

/** @param {Node|null|undefined} element */
const textOf = (element) => (element?.textContent ?? "").replace(/\s+/g, " ").trim();
/** @param {HTMLElement} step */
const titleOf = (step) => textOf(maybe(step, "[data-name]", HTMLElement) ?? maybe(step, "[data-title]", HTMLElement));
const root = find(document, "[data-script]", HTMLElement), stage = find(root, "[data-script-steps]", HTMLElement);
/** @param {string} name */
const part = (name) => find(root, `[data-script-${name}]`, HTMLElement);
const dialog = find(root, "[data-script-objections]", HTMLDialogElement), filterField = find(root, "[data-script-filter]", HTMLInputElement);
/** The language of the script, and its path. */
const { lang } = document.documentElement, here = location.pathname;

/** @param {string|null} text */
const plain = (text) => (text ?? "").normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const hits = () => all(part("found"), "li:not([hidden]) > a", HTMLAnchorElement);
/** @param {Parts} parts */
const marked = (parts) => parts.map(([text, isHit]) => (isHit ? make("mark", {}, text) : text));

/** @type {Promise<((text: string, lang: string, here?: string) => Promise<Page[]>)|null>|undefined} */
let loading;
let asked = 0, last = Promise.resolve();

/** Loads the finder, once it is asked for. */
function load() {
  const { engine, index } = dialog.dataset;
  if (!engine || !index) return Promise.resolve(null);
  return import("./objection-finder.js").then(({ finder }) => finder(engine, index)).catch(() => null);
}

export function openObjections() {
  if (dialog.open) return;
  loading ??= load();
  filterField.value = "";
  own();
  dialog.showModal();
  filterField.focus();
}

/** Those of this script. */
function own() {
  list(all(stage, "[data-objection]", HTMLElement).map((objection) => {
    const phrases = all(objection, "[data-script-phrases] q", HTMLElement).map(textOf);
    const also = make("span", {}, phrases.join(" · "));
    return make("li", {}, make("a", { href: `#${objection.id}` }, make("b", {}, titleOf(objection)), ...(phrases.length ? [" ", also] : [])));
  }));
}

/** @param {HTMLElement[]} items */
function list(items) {
  part("found").replaceChildren(...items);
  // A script may have none of its own.
  part("none").hidden = hits().length > 0 || !filterField.value.trim();
}

/** @param {Page} page of an objection; its kind is the title of its script */
function item({ url, title, excerpt, kind, lang: itsLang, label }) {
  const isOwn = url.startsWith(`${here}#`), isForeign = itsLang !== lang;
  const link = make("a", { href: url }, make("b", { lang: itsLang }, ...marked(title)), " ", make("span", { lang: itsLang }, ...marked(excerpt)));
  if (!isOwn) link.append(" ", make("small", {}, isForeign ? `${kind} · ${label}` : kind));
  return make("li", {}, link);
}

/** What is typed is looked for. */
const filter = () => void (last = look());

/** An answer that comes too late is none. */
async function look() {
  const number = ++asked, text = filterField.value.trim(), search = await loading;
  if (number !== asked) return;
  if (!text) return own();
  const found = await search?.(text, lang, here).catch(() => null);
  if (number !== asked) return;
  if (found) return list(found.map(item));
  own();
  const words = plain(text).split(/\s+/);
  for (const each of all(part("found"), "li", HTMLElement)) each.hidden = !words.every((word) => plain(each.textContent).includes(word));
  part("none").hidden = hits().length > 0;
}

/** The arrow keys choose, Enter takes the first. Escape closes the dialog: in WebKit, a search field takes the key for itself. @param {KeyboardEvent} event */
function steer(event) {
  const found = hits(), at = found.findIndex((link) => link === document.activeElement);
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (event.key === "Escape" && !event.isComposing && !event.defaultPrevented) {
    event.preventDefault();
    // In the call, the key goes a step back.
    event.stopPropagation();
    dialog.close();
  } else if (step) {
    event.preventDefault();
    (at + step < 0 ? filterField : found[Math.min(at + step, found.length - 1)])?.focus();
  } else if (event.key === "Enter" && event.target === filterField) {
    event.preventDefault();
    // Whoever types and presses Enter at once means what they typed.
    last.then(() => hits()[0]?.click());
  }
}

filterField.oninput = filter;
dialog.addEventListener("keydown", steer);
