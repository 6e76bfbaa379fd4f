/**
 * The page of all objections: narrows the list while somebody types what they hear. Every word must be found in the
 * name, the ways people say it or the replies; accents count only where somebody types them. `/` goes to the box, the
 * arrow keys choose, Enter opens the objection in its script, Esc shows all again.
 */

const box = /** @type {HTMLInputElement | null} */ (document.querySelector("[data-find]"));
const found = document.querySelector("[data-found]");

/** @param {string} text */
const plain = (text) => text.toLowerCase();
/** @param {string} text */
const bare = (text) => plain(text).normalize("NFD").replace(/\p{M}/gu, "");

const entries = [...document.querySelectorAll("[data-objection]")].map((element) => {
  const text = element.textContent ?? "";
  const name = element.querySelector("h3")?.textContent ?? "";
  const heard = element.querySelector(".heard")?.textContent ?? "";
  return { element: /** @type {HTMLElement} */ (element), both: `${plain(text)} ${bare(text)}`, first: `${plain(name + " " + heard)} ${bare(name + " " + heard)}` };
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
  const words = plain(box?.value ?? "").split(/\s+/u).filter(Boolean);
  const all = (/** @type {string} */ text) => words.every((word) => text.includes(word));
  // What is said in other words only counts where no name and no way of saying it fits.
  const named = entries.filter(({ first }) => all(first));
  for (const entry of entries) entry.element.hidden = named.length > 0 ? !named.includes(entry) : !all(entry.both);
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
