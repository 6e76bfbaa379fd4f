/**
 * The page of all objections: narrows the list while somebody types what they hear. Every word must begin one of the
 * name or of the ways people say it; where none fits, it may stand within one, and then in the replies, too. Accents
 * count only where somebody types them. `/` goes to the box, the
 * arrow keys choose, Enter opens the objection in its script, Esc shows all again.
 */

const box = /** @type {HTMLInputElement | null} */ (document.querySelector("[data-find]"));
const found = document.querySelector("[data-found]");

/** In small letters, with a space before each word. @param {string} text */
const plain = (text) => ` ${text.toLowerCase().replace(/[^\p{L}\p{M}\p{N}]+/gu, " ")}`;
/** @param {string} text */
const bare = (text) => plain(text).normalize("NFD").replace(/\p{M}/gu, "");

const entries = [...document.querySelectorAll("[data-objection]")].map((element) => {
  const text = element.textContent ?? "";
  const name = element.querySelector("h3")?.textContent ?? "";
  const phrases = element.querySelector(".phrases")?.textContent ?? "";
  return { element: /** @type {HTMLElement} */ (element), both: `${plain(text)} ${bare(text)}`, first: `${plain(name + " " + phrases)} ${bare(name + " " + phrases)}` };
});
let chosen = -1;

const shown = () => entries.filter(({ element }) => !element.hidden);

/** @param {number} index */
const choose = (index) => {
  const list = shown();
  chosen = list.length === 0 ? -1 : Math.max(-1, Math.min(index, list.length - 1));
  for (const { element } of entries) element.classList.toggle("chosen", element === list[chosen]?.element);
  list[chosen]?.element.scrollIntoView({ block: "nearest" });
  if (found) found.textContent = box?.value.trim() && list.length === 0 ? found.getAttribute("data-none") : list[chosen]?.element.querySelector("h3")?.textContent ?? "";
};

const filter = () => {
  const typed = box?.value.trim() ?? "";
  const words = plain(typed).split(" ").filter(Boolean);
  const begin = (/** @type {string} */ text) => words.every((word) => text.includes(` ${word}`));
  const stand = (/** @type {string} */ text) => words.every((word) => text.includes(word));
  /** @type {((entry: typeof entries[0]) => boolean)[]} */
  const ways = [({ first }) => begin(first), ({ first }) => stand(first), ({ both }) => stand(both)];
  const fits = ways.map((way) => entries.filter(way)).find((list) => list.length > 0) ?? [];
  const isNothing = typed && words.length === 0;
  for (const entry of entries) entry.element.hidden = isNothing || !fits.includes(entry);
  for (const group of document.querySelectorAll("[data-group]"))
    /** @type {HTMLElement} */ (group).hidden = !group.querySelector("[data-objection]:not([hidden])");
  choose(words.length > 0 ? 0 : -1);
};

if (box) {
  box.addEventListener("input", filter);
  box.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") choose(chosen + 1);
    else if (event.key === "ArrowUp") choose(chosen - 1);
    else if (event.key === "Enter") /** @type {HTMLElement | null | undefined} */ (shown()[chosen]?.element.querySelector("h3 a"))?.click();
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
