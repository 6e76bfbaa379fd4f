// What every page has of the search: a link to the search page, which opens a dialog instead, as do `/` and Ctrl+K. The dialog is
// there at once, and what makes it a search box follows (`search-box.js`): until then, its form leads to the search page.
// docs/content/theme.md lists the hooks in a theme's HTML.

import { element } from "../../../theme/client/make.js";

/** Where there is no script to load, or an old browser, the link leads to the search page, and that to the list of all pages.
 * @param {DOMStringMap} data */
function canAsk({ engine, index }) {
  if (!engine) return false;
  if (!index) return true;
  try {
    return Boolean(new DecompressionStream("deflate-raw"));
  } catch {
    return false;
  }
}

/** Makes a form a search box. @param {HTMLElement} root a dialog, or the part of the search page @param {DOMStringMap} data */
async function prepare(root, data) {
  try {
    const { start } = await import("./search-box.js");
    start(root, data);
  } catch (problem) {
    console.warn(problem);
  }
}

/** Builds the dialog when it is first asked for. @param {HTMLAnchorElement} link */
function dialog(link) {
  const { what, close: closing = "" } = link.dataset;
  // It has the focus before the rest is there, so what it is has to be said at once.
  const role = { role: "combobox", "aria-expanded": "false" };
  const input = element("input", { type: "search", name: "q", "aria-label": what, placeholder: what, ...role });
  const close = element("button", { type: "button", class: "button" }, closing);
  const form = element("form", { role: "search", action: link.href }, input, close);
  const made = element("dialog", { class: "search", "aria-label": what }, form);
  close.addEventListener("click", () => made.close());
  made.addEventListener("click", (event) => event.target === made && made.close());
  document.body.append(made);
  prepare(made, link.dataset);
  return made;
}

/** @param {HTMLAnchorElement} link */
function start(link) {
  if (!canAsk(link.dataset)) return;
  const page = document.querySelector("[data-search-page]");
  let made = page instanceof HTMLElement ? page : undefined;
  if (made) prepare(made, link.dataset);
  /** @param {Event} event */
  const open = (event) => {
    event.preventDefault();
    made ??= dialog(link);
    if (made instanceof HTMLDialogElement && !made.open) made.showModal();
    const input = made.querySelector("[name=q]");
    if (!(input instanceof HTMLInputElement)) return;
    input.focus();
    input.select();
  };
  link.addEventListener("click", (event) => event.ctrlKey || event.metaKey || event.shiftKey || open(event));
  addEventListener("keydown", (event) => {
    const { target } = event;
    const isTyping = target instanceof HTMLElement && (target.isContentEditable || target.closest("input, textarea, select"));
    const isSlash = event.key === "/" && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey;
    const isK = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    if (isSlash || isK) open(event);
  });
}

const link = document.querySelector("a[data-engine]");
if (link instanceof HTMLAnchorElement) start(link);
