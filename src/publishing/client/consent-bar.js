// The bar that asks what may be loaded from others, and shows what was answered. docs/content/theme.md lists its parts.
//
// It takes no focus unless the visitor has opened it, and covers nothing that has it.

/** @import { Given } from "./choice.js" */
import { find } from "../../theme/client/find.js";

/** @type {HTMLElement|undefined} */
let shown;
/** Where the focus goes when it is closed. @type {HTMLElement|undefined} */
let back;

const { style } = document.documentElement;
/** How high it is, for what may not be behind it. */
const watcher = new ResizeObserver(() => {
  if (shown) style.setProperty("--consent", `${shown.offsetHeight}px`);
  uncover();
});

/** Scrolls until what has the focus is above the bar. */
function uncover() {
  const focused = document.activeElement;
  if (!shown?.isConnected || !focused || focused === document.body || shown.contains(focused)) return;
  const bar = shown.getBoundingClientRect(), place = focused.getBoundingClientRect();
  const isBeside = place.right <= bar.left || place.left >= bar.right;
  // Of what is higher than the room above the bar, the beginning is seen.
  const hidden = Math.min(place.bottom - bar.top, place.top);
  if (!isBeside && hidden > 0) scrollBy({ top: hidden + 16, behavior: "instant" });
}

function close() {
  watcher.disconnect();
  shown?.remove();
  shown = undefined;
  style.removeProperty("--consent");
  back?.focus();
  back = undefined;
}

/** @param {Given} given what was answered before @param {(given: Given) => void} answer
 * @param {(purpose: string) => boolean} isDenied has the browser answered for all sites?
 * @param {HTMLElement} [opener] what the visitor has pressed for it */
export function show(given, answer, isDenied, opener) {
  if (!shown?.isConnected) {
    const bar = find(document, "[data-consent]", HTMLTemplateElement).content.cloneNode(true);
    document.querySelector(".skip")?.after(bar);
    shown = find(document, ".consent", HTMLElement);
    fill(shown, given, answer, isDenied);
  }
  back = opener;
  if (!opener) return;
  find(shown, "details", HTMLDetailsElement).open = true;
  shown.focus();
}

/** @param {HTMLElement} bar @param {Given} given @param {(given: Given) => void} answer
 * @param {(purpose: string) => boolean} isDenied */
function fill(bar, given, answer, isDenied) {
  const boxes = [...bar.querySelectorAll("input")];
  for (const box of boxes) {
    box.disabled = isDenied(box.name);
    box.checked = given[box.name] === true && !box.disabled;
  }
  /** @param {string} name @param {(box: HTMLInputElement) => boolean} is */
  const answers = (name, is) => {
    const button = find(bar, `[data-consent-${name}]`, HTMLElement);
    button.onclick = () => {
      close();
      answer(Object.fromEntries(boxes.map((box) => [box.name, !box.disabled && is(box)])));
    };
    return button;
  };
  answers("no", () => false);
  answers("save", ({ checked }) => checked);
  answers("yes", () => true).hidden = boxes.every(({ disabled }) => disabled);
  find(bar, "[data-consent-gpc]", HTMLElement).hidden = !boxes.some(({ disabled }) => disabled);
  // Nothing is answered: it comes back on the next page.
  bar.onkeydown = ({ key }) => {
    if (key === "Escape") close();
  };
  watcher.observe(bar);
  document.addEventListener("focusin", uncover);
}
