// All objections of the script, found while the other one still talks.

import { all } from "../../../theme/client/find.js";
import { make } from "../../../theme/client/make.js";
import { dialog, filterField, part, stage, textOf, titleOf } from "./page.js";

/** @param {string|null} text */
const plain = (text) => (text ?? "").normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const hits = () => all(part("found"), "li:not([hidden]) > a", HTMLAnchorElement);

export function openObjections() {
  if (dialog.open) return;
  part("found").replaceChildren(...all(stage, "[data-objection]", HTMLElement).map((objection) => {
    const phrases = all(objection, "[data-script-phrases] q", HTMLElement).map(textOf);
    const name = titleOf(objection), also = make("span", {}, phrases.join(" · "));
    return make("li", {}, make("a", { href: `#${objection.id}` }, make("b", {}, name), ...(phrases.length ? [" ", also] : [])));
  }));
  filterField.value = "";
  filter();
  dialog.showModal();
  filterField.focus();
}

export function filter() {
  const asked = plain(filterField.value).split(/\s+/);
  for (const item of all(part("found"), "li", HTMLElement)) item.hidden = !asked.every((word) => plain(item.textContent).includes(word));
  part("none").hidden = hits().length > 0;
}

/** The arrow keys choose, Enter takes the first. Escape closes the dialog: in WebKit, a search field takes the key for itself. @param {KeyboardEvent} event */
export function steer(event) {
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
    found[0]?.click();
  }
}
