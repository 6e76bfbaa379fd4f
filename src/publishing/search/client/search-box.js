// A search box: asks the engine while somebody types, and shows what it finds. What answers is a script of its own:
// `engine-static.js`, a worker, reads the index that the Rust modules of this feature write.

/** @import { Engine, Found, Page } from "./engine" */
/** @import { Chosen } from "./search-query.js" */
import { all, find } from "../../../theme/client/find.js";
import { element } from "../../../theme/client/make.js";
import { sheet } from "../../../theme/client/sheet.js";
import { SearchParts } from "./search-parts.js";
import { LONGEST, addressOf, choose, inAddress } from "./search-query.js";
import { SearchWords } from "./search-words.js";
import { worker } from "./search-worker.js";

const SHOWN = 8;
/** Comes with the first search over a page; the page of the search has it. */
const styled = sheet(new URL("../css/search.css", import.meta.url));

class SearchBox {
  /** @param {HTMLElement} root a dialog, or the part of the search page @param {SearchWords} words @param {() => Promise<Engine>} load */
  constructor(root, words, load) {
    this.root = root;
    this.words = words;
    this.load = load;
    this.form = find(root, "form", HTMLFormElement);
    this.input = find(this.form, "[name=q]", HTMLInputElement);
    this.parts = new SearchParts(root, this.input, words);
    /** @type {Chosen} */
    this.facets = new Map();
    this.turn = 0;
    this.shown = 0;
    /** @type {Promise<Engine>|undefined} */
    this.loading = undefined;
    /** @type {ReturnType<typeof setTimeout>|undefined} */
    this.timer = undefined;
    /** @type {Promise<void>|undefined} */
    this.running = undefined;
    /** @type {Found|undefined} */
    this.found = undefined;
    this.listen();
    if (this.parts.isPage) {
      addEventListener("popstate", () => this.read());
      this.read();
    } else {
      // It has the focus by now, and somebody may have typed.
      this.prepare();
      if (this.input.value) this.ask();
    }
  }

  /** What the address asks for. */
  read() {
    const { text, facets, all } = inAddress();
    this.facets = facets;
    if (text !== undefined) this.input.value = text;
    if (all !== undefined) this.parts.all.checked = all;
    this.parts.filter.open = facets.size > 0;
    if (this.input.value || facets.size) this.prepare().then(() => this.run());
  }

  close() {
    if (this.root instanceof HTMLDialogElement) this.root.close();
  }

  /** The engine; a load that failed is tried again. */
  engine() {
    this.loading ??= this.load();
    this.loading.catch(() => (this.loading = undefined));
    return this.loading;
  }

  async prepare() {
    try {
      const [has] = await Promise.all([this.engine().then((engine) => engine.ready(this.words.lang)), styled]);
      this.parts.filter.hidden = !has.facets;
      this.parts.allLabel.hidden = !has.languages;
    } catch (problem) {
      this.fail(problem);
    }
  }

  /** @param {unknown} problem */
  fail(problem) {
    console.warn(problem);
    this.parts.notes.replaceChildren(element("p", {}, this.words.say("failed")));
    this.parts.tell();
  }

  address() {
    return addressOf(this.form.action, this.input.value.trim(), this.facets, this.parts.all.checked);
  }

  async run() {
    const mine = ++this.turn, { parts, facets } = this, open = parts.filter.open;
    const query = { text: this.input.value.trim().slice(0, LONGEST), lang: this.words.lang, all: parts.all.checked, facets, open };
    if (parts.isPage) history.replaceState(history.state, "", this.address());
    parts.list.ariaBusy = "true";
    try {
      const next = query.text || facets.size || open ? await (await this.engine()).find(query) : undefined;
      const pages = mine === this.turn ? await next?.pages(0, SHOWN) : undefined;
      await styled;
      if (mine !== this.turn) return;
      this.found = next;
      this.shown = SHOWN;
      this.draw(pages ?? []);
      if (next && parts.filter.hidden) this.prepare(); // Where that failed at first.
    } catch (problem) {
      if (mine === this.turn) this.fail(problem);
    }
    parts.list.ariaBusy = "false";
  }

  /** Asks at once, or when nothing was typed for a moment. @param {number} [delay] */
  ask(delay = 0) {
    clearTimeout(this.timer);
    this.running = new Promise((done) => (this.timer = setTimeout(() => this.run().then(done), delay)));
  }

  /** @param {Page[]} pages */
  draw(pages) {
    const { parts, words, found } = this;
    const { total = 0, count = 0, begin, perhaps, facets = [], notes = [], failed } = found ?? {};
    parts.clear();
    if (failed) parts.note(words.say("failed"));
    for (const [name, values] of notes) parts.note(words.say(name, values));
    const isInstead = notes.some(([name]) => name === "instead");
    const offers = total && !isInstead ? [] : begin ?? perhaps ?? [];
    if (total) parts.note(count ? words.pages(count) : words.say("partial"));
    else if (begin?.length) parts.note(words.say("begin"));
    else if (found && !failed && !notes.some(([name]) => name === "common")) {
      const letters = element("a", { href: words.say("aToZ") }, words.say("letters"));
      parts.note(words.say("nothing", { q: this.input.value.trim() }), " ", letters);
    }
    if (perhaps?.length && offers.length && !begin) parts.note(words.say("perhaps"));
    this.add(pages);
    for (const word of offers) parts.list.append(parts.option(`${this.form.action}?q=${encodeURIComponent(word)}`, element("span", { class: "word" }, word)));
    for (const facet of facets) parts.drawFacet(facet, this.facets.get(facet.key));
    parts.list.hidden = !parts.list.firstChild;
    this.input.ariaExpanded = String(!parts.list.hidden);
    parts.rest.hidden = parts.isPage || total < 2;
    parts.rest.href = this.address();
    document.body.classList.toggle("searching", parts.isPage && Boolean(found));
    parts.tell();
  }

  /** @param {Page[]} pages */
  add(pages) {
    for (const page of pages) this.parts.addPage(page, (this.found?.count ?? 0) > 0);
    this.parts.more.hidden = !this.found || this.shown >= this.found.total;
  }

  async addMore() {
    const from = this.shown, { list } = this.parts;
    this.shown += SHOWN;
    const pages = (await this.found?.pages(from, this.shown)) ?? [];
    const before = list.childElementCount;
    this.add(pages);
    list.children[before]?.querySelector("a")?.focus();
  }

  listen() {
    const { parts, input } = this;
    // A beginning of a few letters is mostly on its way to more, and would load what nobody wanted.
    input.addEventListener("input", () => this.ask(input.value.trim().length < 4 ? 250 : 120));
    if (parts.isPage) input.addEventListener("focus", () => this.prepare(), { once: true });
    parts.all.addEventListener("change", () => this.ask());
    parts.filter.addEventListener("toggle", () => parts.filter.open && this.ask());
    parts.facetSets.addEventListener("change", () => {
      this.facets.clear();
      for (const check of all(parts.facetSets, ":checked", HTMLInputElement)) {
        const key = check.closest("fieldset")?.name;
        if (key) choose(this.facets, key, check.value);
      }
      this.ask();
    });
    parts.more.addEventListener("click", () => this.addMore());
    this.root.addEventListener("keydown", (event) => this.press(event));
    this.form.addEventListener("submit", (event) => this.submit(event));
    parts.list.addEventListener("click", (event) => this.click(event));
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    const { parts, input } = this;
    if (event.isComposing) return;
    if (event.key === "Escape" && input.value) {
      event.preventDefault();
      input.value = "";
      input.focus();
      this.ask();
    } else if (event.key === "Escape" && !parts.isPage && !event.defaultPrevented) {
      // In WebKit, a search field takes the key for itself, and the dialog stays.
      event.preventDefault();
      event.stopPropagation();
      this.close();
    } else if (event.target === input && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      const options = [undefined, ...parts.options()];
      parts.pick(options.at((options.indexOf(parts.active) + (event.key === "ArrowDown" ? 1 : -1)) % options.length));
    }
  }

  /** @param {SubmitEvent} event */
  async submit(event) {
    const { input, parts } = this, chosen = parts.active;
    event.preventDefault();
    if (!chosen) {
      const asked = input.value;
      if (this.timer) this.ask();
      await this.running;
      if (input.value !== asked) return;
    }
    const first = parts.isPage ? undefined : parts.list.querySelector("[role=group] a");
    (chosen ?? (first instanceof HTMLAnchorElement ? first : undefined))?.click();
  }

  /** @param {MouseEvent} event */
  click(event) {
    const option = event.target instanceof Element ? event.target.closest("a") : null;
    if (!option || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const word = option.querySelector(".word");
    if (!word) return this.close();
    event.preventDefault();
    this.input.value = word.textContent ?? "";
    this.input.focus();
    this.ask();
  }
}

/** Loads the engine. @param {DOMStringMap} data @returns {() => Promise<Engine>} */
function loader({ engine = "", index, settings = "{}" }) {
  let loads = 0;
  return async () => {
    // Browsers remember by its address that a script didn't load.
    const url = engine + (loads++ ? `?${loads}` : "");
    return index ? worker(url, index) : (await import(url)).default(JSON.parse(settings));
  };
}

/** @param {HTMLElement} root @param {DOMStringMap} data of the link to the search page */
export const start = (root, data) => void new SearchBox(root, new SearchWords(data), loader(data));
