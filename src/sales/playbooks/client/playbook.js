// Keeps what was ticked in a playbook, and shows it for one segment. docs/content/playbooks.md says what users see, docs/content/theme.md
// the markup.
//
// Reads the attributes that html/mod.rs writes from the `Shape` of sales/playbooks/shape.rs: `data-task` has the key
// of a line, made from its words; `data-step` and `data-segment` are on sections. Ticks stay in this browser, under
// `data-playbook`. A link has them behind `#`, which browsers never send.

import { decode } from "../../../theme/client/attempt.js";
import { all, find, json, maybe } from "../../../theme/client/find.js";
import { fillIn } from "../../../theme/client/words.js";
import { isHidden, showSegment } from "./segments.js";
import { Store, inAddress } from "./store.js";

/** @typedef {"count"|"step"|"none"|"all"|"copied"|"link"|"cleared"|"lost_one"|"lost_many"|"taken"} Word */

/** @param {HTMLInputElement} box */
const isShown = (box) => !isHidden(box);
/** @param {HTMLInputElement} box */
const keyOf = (box) => box.dataset.task ?? "";

class Playbook {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    /** @type {Pick<Store, "key"|"recall"|"remember">} */
    this.store = new Store(root.dataset.playbook ?? "");
    /** @type {Record<Word, string>} */
    this.words = json(root, "[data-ticks-words]");
    /** Ticks of a link that wait for an answer. @type {Set<string>|null} */
    this.shared = null;
    this.bar = find(root, "[data-ticks-bar]", HTMLProgressElement);
    this.link = find(root, "[data-ticks-link]", HTMLInputElement);
    this.listen();
  }

  /** @param {string} name */
  part(name) {
    return find(this.root, `[data-ticks-${name}]`, HTMLElement);
  }

  /** Also those of a gate that has opened. */
  boxes() {
    return all(this.root, "input[data-task]", HTMLInputElement);
  }

  ticked() {
    return this.boxes().filter((box) => box.checked).map(keyOf);
  }

  /** @param {string} text @param {() => void} [undo] */
  say(text, undo) {
    this.link.hidden = true;
    this.part("note").textContent = text;
    this.part("undo").hidden = !undo;
    this.part("undo").onclick = () => {
      undo?.();
      this.say("");
      this.part("clear").focus();
    };
  }

  /** @param {Iterable<string>} keys */
  tick(keys) {
    const done = new Set(keys);
    for (const box of this.boxes()) box.checked = done.has(keyOf(box));
    this.count();
  }

  count() {
    const { words, bar } = this, shown = this.boxes().filter(isShown);
    const done = shown.filter((box) => box.checked).length;
    bar.max = shown.length || 1;
    bar.value = done;
    this.part("count").textContent = fillIn(words[done === 0 ? "none" : done === shown.length ? "all" : "count"], { n: done, of: shown.length });
    this.part("clear").hidden = done === 0;
    this.root.dispatchEvent(new Event("ringback:ticked"));
    for (const step of all(this.root, "[data-step]", HTMLElement)) this.countStep(step);
  }

  /** @param {HTMLElement} step */
  countStep(step) {
    const own = all(step, "input[data-task]", HTMLInputElement).filter(isShown);
    const ready = own.filter((box) => box.checked).length;
    const isDone = own.length > 0 && ready === own.length;
    step.toggleAttribute("data-done", isDone);
    const id = step.querySelector("h2")?.id ?? "";
    const entry = this.root.querySelector(`[data-toc] a[href="#${CSS.escape(id)}"]`)?.parentElement;
    entry?.toggleAttribute("data-done", isDone);
    const told = entry?.querySelector("[data-ticks-step]");
    if (told) told.textContent = ready ? fillIn(this.words.step, { n: ready, of: own.length }) : "";
  }

  onTick() {
    // Ticks of a link become one's own only when the reader says so.
    if (!this.shared) this.store.remember({ done: this.ticked() });
    this.say("");
    this.count();
  }

  /** Copies a link with the ticks, or shows it, so that the reader copies it. */
  async share() {
    const address = new URL(location.href);
    address.hash = `ticks=${this.ticked().join(".")}`;
    try {
      await navigator.clipboard.writeText(address.href);
      this.say(this.words.copied);
    } catch {
      // An old browser, or one that was told not to.
      this.say(this.words.link);
      this.link.hidden = false;
      this.link.value = address.href;
      this.link.select();
    }
  }

  /** @param {string[]} keys from a link */
  receive(keys) {
    this.root.dataset.linked = "";
    const known = new Set(this.boxes().map(keyOf));
    const found = keys.filter((key) => known.has(key));
    const own = this.store.recall().done ?? [];
    const isSame = own.length === found.length && own.every((key) => found.includes(key));
    if (own.length && !isSame) {
      this.shared = new Set(found);
      this.part("shared").hidden = false;
      this.part("keep").focus();
    } else {
      this.store.remember({ done: found });
    }
    this.tick(found);
    if (!this.shared) this.say(isSame ? "" : this.words.taken);
    if (keys.length > found.length) this.lost(keys.length - found.length);
  }

  /** @param {number} n ticks whose lines aren't there any more */
  lost(n) {
    this.say(fillIn(this.words[n === 1 ? "lost_one" : "lost_many"], { n }));
  }

  /** @param {Iterable<string>} keys what counts from now on */
  decide(keys) {
    this.shared = null;
    this.part("shared").hidden = true;
    this.store.remember({ done: [...keys] });
    this.tick(keys);
    this.root.querySelector("h1")?.scrollIntoView({ block: "nearest" });
    this.part("share").focus({ preventScroll: true });
  }

  clear() {
    const before = this.ticked();
    const keep = () => {
      if (!this.shared) this.store.remember({ done: this.ticked() });
    };
    this.tick([]);
    keep();
    this.part("share").focus();
    this.say(this.words.cleared, () => {
      this.tick(before);
      keep();
    });
  }

  /** @param {Pick<Store, "key"|"recall"|"remember">|null} store of a case */
  change(store) {
    this.store = store ?? new Store(this.root.dataset.playbook ?? "");
    const { done } = this.store.recall();
    this.shared = null;
    this.part("shared").hidden = true;
    this.tick(done ?? this.boxes().filter((box) => box.defaultChecked).map(keyOf));
    this.say("");
  }

  /** @param {string} wanted a segment's id; anything else shows all */
  choose(wanted) {
    if (showSegment(this.root, wanted)) this.count();
  }

  /** Is the target of the address in a part that is hidden? Then all parts are shown. */
  arrive() {
    const target = location.hash.length > 1 ? document.getElementById(decode(location.hash.slice(1))) : null;
    if (!target || !isHidden(target)) return;
    this.choose("");
    target.scrollIntoView();
  }

  start() {
    const kept = this.store.recall();
    if (kept.done) this.tick(kept.done);
    else this.count();
    const keys = inAddress();
    if (keys) return this.receive(keys);
    const known = new Set(this.boxes().map(keyOf));
    const gone = (kept.done ?? []).filter((key) => !known.has(key)).length;
    // What is behind a gate isn't gone.
    if (gone && !document.querySelector("[data-gate]:not([data-open])")) {
      this.lost(gone);
      this.store.remember({ done: this.ticked() });
    }
  }

  listen() {
    const { root } = this;
    // A case keeps its ticks elsewhere; without one, they are the page's own.
    root.addEventListener("ringback:ticks", (event) => event instanceof CustomEvent && this.change(event.detail));
    root.addEventListener("change", ({ target }) => {
      if (!(target instanceof HTMLInputElement)) return;
      if (target.matches("input[data-task]")) this.onTick();
      if (target.name === "segment") {
        this.choose(target.value);
        new Store(root.dataset.playbook ?? "").remember({ segment: target.value });
      }
    });
    this.part("share").onclick = () => this.share();
    this.part("clear").onclick = () => this.clear();
    this.part("print").onclick = () => print();
    this.part("keep").onclick = () => this.decide(this.ticked());
    this.part("back").onclick = () => this.decide(this.store.recall().done ?? []);
    addEventListener("hashchange", () => {
      const keys = inAddress();
      if (keys) this.receive(keys);
      else this.arrive();
    });
    // Another tab, or the page as the browser kept it when the reader went on.
    addEventListener("storage", ({ key }) => key === this.store.key && !this.shared && this.tick(this.store.recall().done ?? []));
    addEventListener("pageshow", ({ persisted }) => persisted && !this.shared && this.tick(this.store.recall().done ?? this.ticked()));
    document.addEventListener("ringback:open", () => {
      const { done } = this.store.recall();
      this.part("tools").hidden = !this.boxes().length;
      if (done) this.tick([...done, ...this.ticked()]);
      else this.count();
    });
    this.part("tools").hidden = !this.boxes().length;
    const segments = maybe(root, "[data-ticks-segments]", HTMLElement);
    if (segments) segments.hidden = false;
    this.choose(new URLSearchParams(location.search).get("segment") ?? this.store.recall().segment ?? "");
  }
}

const root = maybe(document, "[data-playbook]", HTMLElement);
if (root) {
  const playbook = new Playbook(root);
  playbook.start();
  playbook.arrive();
}
