// Keeps what was ticked in a playbook, and shows it for one segment. docs/playbooks.md says what users see, docs/theme.md
// the markup.
//
// Reads the attributes that html/mod.rs writes from the `Shape` of sales/playbooks/shape.rs: `data-task` has the key
// of a line, made from its words; `data-step` and `data-segment` are on sections. Ticks stay in this browser, under
// `data-playbook`. A link has them behind `#`, which browsers never send.

/** @typedef {"count"|"step"|"none"|"all"|"copied"|"link"|"cleared"|"lost_one"|"lost_many"|"taken"} Word */

const root = /** @type {HTMLElement} */ (document.querySelector("[data-playbook]"));
const STORE = `ringback.playbook.${root?.dataset.playbook}`;
/** More than any list has, so that a forged link costs no time. */
const MOST = 2000;

/** @type {Record<Word, string>} */
const words = root && JSON.parse(part("words").textContent);
/** Ticks of a link that wait for an answer. @type {Set<string>|null} */
let shared = null;

/** @param {string} name @returns {any} */
function part(name) {
  return root.querySelector(`[data-ticks-${name}]`);
}

/** @returns {HTMLInputElement[]} also those of a gate that has opened */
const boxes = () => [...root.querySelectorAll("input[data-task]")];
const isShown = (box) => !box.closest("[data-segment][hidden]");
const ticked = () => boxes().filter((box) => box.checked).map((box) => box.dataset.task);

/** @param {Word} word @param {Record<string, number>} [numbers] */
function fill(word, numbers = {}) {
  return Object.entries(numbers).reduce((text, [name, number]) => text.replace(`{${name}}`, String(number)), words[word]);
}

/** @param {string} text @param {() => void} [undo] */
function say(text, undo) {
  part("link").hidden = true;
  part("note").textContent = text;
  part("undo").hidden = !undo;
  part("undo").onclick = () => {
    undo?.();
    say("");
    part("clear").focus();
  };
}

// What is kept: `{done: [keys], segment: id}`. Without a key for `done`, nothing was ever ticked here.

/** Is it the key of a line? */
const isKey = (key) => typeof key === "string" && /^[0-9a-z]{8}$/.test(key);

/** @returns {{done?: string[], segment?: string}} */
function recall() {
  try {
    const kept = JSON.parse(localStorage.getItem(STORE));
    return {
      done: Array.isArray(kept?.done) ? kept.done.filter(isKey).slice(0, MOST) : undefined,
      segment: typeof kept?.segment === "string" ? kept.segment : undefined,
    };
  } catch {
    return {};
  }
}

/** @param {{done?: string[], segment?: string}} change */
function remember(change) {
  try {
    localStorage.setItem(STORE, JSON.stringify({ ...recall(), ...change }));
  } catch {
    // Storage is refused or full: it lasts as long as the page.
  }
}

/** @param {Iterable<string>} keys */
function tick(keys) {
  const done = new Set(keys);
  for (const box of boxes()) box.checked = done.has(box.dataset.task);
  count();
}

function count() {
  const all = boxes().filter(isShown);
  const done = all.filter((box) => box.checked).length;
  part("bar").max = all.length || 1;
  part("bar").value = done;
  part("count").textContent = fill(done === 0 ? "none" : done === all.length ? "all" : "count", { n: done, of: all.length });
  part("clear").hidden = done === 0;
  for (const step of root.querySelectorAll("[data-step]")) {
    const own = [...step.querySelectorAll("input[data-task]")].filter(isShown);
    const ready = own.filter((box) => box.checked).length;
    const isDone = own.length > 0 && ready === own.length;
    step.toggleAttribute("data-done", isDone);
    const entry = root.querySelector(`[data-toc] a[href="#${CSS.escape(step.querySelector("h2").id)}"]`)?.parentElement;
    entry?.toggleAttribute("data-done", isDone);
    const told = entry?.querySelector("[data-ticks-step]");
    if (told) told.textContent = ready ? fill("step", { n: ready, of: own.length }) : "";
  }
}

// A link with ticks

function onTick() {
  // Ticks of a link become one's own only when the reader says so.
  if (!shared) remember({ done: ticked() });
  say("");
  count();
}

/** @returns {string} */
function link() {
  const address = new URL(location.href);
  address.hash = `ticks=${ticked().join(".")}`;
  return address.href;
}

async function share() {
  const address = link();
  try {
    await navigator.clipboard.writeText(address);
    say(words.copied);
  } catch {
    // An old browser, or one that was told not to: the reader copies it.
    say(words.link);
    const field = part("link");
    field.hidden = false;
    field.value = address;
    field.select();
  }
}

/** The keys in the address, which is cleaned so that loading it anew asks nothing. @returns {string[]|null} */
function inAddress() {
  const [, keys] = /^#ticks=(.*)$/s.exec(location.hash) ?? [];
  if (keys === undefined) return null;
  history.replaceState(history.state, "", location.pathname + location.search);
  return keys.split(".", MOST).filter(isKey);
}

/** @param {string[]} keys from a link */
function receive(keys) {
  const known = new Set(boxes().map((box) => box.dataset.task));
  const found = keys.filter((key) => known.has(key));
  const own = recall().done ?? [];
  const isSame = own.length === found.length && own.every((key) => found.includes(key));
  if (own.length && !isSame) {
    shared = new Set(found);
    part("shared").hidden = false;
    part("keep").focus();
  } else {
    remember({ done: found });
  }
  tick(found);
  if (!shared) say(isSame ? "" : words.taken);
  if (keys.length > found.length) lost(keys.length - found.length);
}

/** @param {number} n ticks whose lines aren't there any more */
function lost(n) {
  say(fill(n === 1 ? "lost_one" : "lost_many", { n }));
}

/** @param {Iterable<string>} keys what counts from now on */
function decide(keys) {
  shared = null;
  part("shared").hidden = true;
  remember({ done: [...keys] });
  tick(keys);
  root.querySelector("h1")?.scrollIntoView({ block: "nearest" });
  part("share").focus({ preventScroll: true });
}

function clear() {
  const before = ticked();
  const keep = () => {
    if (!shared) remember({ done: ticked() });
  };
  tick([]);
  keep();
  part("share").focus();
  say(words.cleared, () => {
    tick(before);
    keep();
  });
}

// Segments

/** @param {string} wanted a segment's id; anything else shows all */
function choose(wanted) {
  const radios = /** @type {HTMLInputElement[]} */ ([...root.querySelectorAll("[name=segment]")]);
  const chosen = radios.find((radio) => radio.value === wanted) ?? radios[0];
  if (!chosen) return;
  chosen.checked = true;
  for (const section of root.querySelectorAll("[data-segment]")) {
    section.hidden = chosen.value !== "" && section.dataset.segment !== chosen.value;
  }
  const address = new URL(location.href);
  if (chosen.value) address.searchParams.set("segment", chosen.value);
  else address.searchParams.delete("segment");
  if (address.href !== location.href) history.replaceState(history.state, "", address);
  for (const entry of root.querySelectorAll("[data-toc] a")) {
    const target = document.getElementById(decode(entry.hash.slice(1)));
    entry.parentElement.hidden = Boolean(target?.closest("[data-segment][hidden]"));
  }
  count();
}

/** Is the target of the address in a part that is hidden? Then all parts are shown. */
function arrive() {
  const target = location.hash.length > 1 && document.getElementById(decode(location.hash.slice(1)));
  if (!target || !target.closest("[data-segment][hidden]")) return;
  choose("");
  target.scrollIntoView();
}

/** @param {string} text */
function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function start() {
  const kept = recall();
  if (kept.done) tick(kept.done);
  else count();
  const keys = inAddress();
  if (keys) return receive(keys);
  const known = new Set(boxes().map((box) => box.dataset.task));
  const gone = (kept.done ?? []).filter((key) => !known.has(key)).length;
  // What is behind a gate isn't gone.
  if (gone && !document.querySelector("[data-gate]:not([data-open])")) {
    lost(gone);
    remember({ done: ticked() });
  }
}

if (root) {
  root.addEventListener("change", ({ target }) => {
    if (target.matches("input[data-task]")) onTick();
    if (target.name === "segment") {
      choose(target.value);
      remember({ segment: target.value });
    }
  });
  part("share").onclick = share;
  part("clear").onclick = clear;
  part("print").onclick = () => print();
  part("keep").onclick = () => decide(ticked());
  part("back").onclick = () => decide(recall().done ?? []);
  addEventListener("hashchange", () => {
    const keys = inAddress();
    if (keys) receive(keys);
    else arrive();
  });
  // Another tab, or the page as the browser kept it when the reader went on.
  addEventListener("storage", ({ key }) => key === STORE && !shared && tick(recall().done ?? []));
  addEventListener("pageshow", ({ persisted }) => persisted && !shared && tick(recall().done ?? ticked()));
  document.addEventListener("ringback:open", () => {
    part("tools").hidden = !boxes().length;
    if (recall().done) tick([...recall().done, ...ticked()]);
    else count();
  });
  part("tools").hidden = !boxes().length;
  if (part("segments")) part("segments").hidden = false;
  choose(new URLSearchParams(location.search).get("segment") ?? recall().segment ?? "");
  start();
  arrive();
}
