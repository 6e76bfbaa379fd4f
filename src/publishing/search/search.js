// What visitors see of the search: a dialog on every page, and the same box on the search page. docs/theme.md lists the
// hooks in a theme's HTML. What answers is an engine, a script of its own that is loaded when the box is first used:
// `engine-static.js`, a worker, reads the index that the Rust modules beside this file write.

/**
 * @typedef {{text: string, lang: string, all: boolean, facets: Map<string, Set<string>>, open: boolean}} Query
 *   `all`: in all languages; `facets`: the chosen terms; `open`: is the filter open
 * @typedef {[text: string, isHit: boolean][]} Parts  a text cut where words were found
 * @typedef {{url: string, title: Parts, excerpt: Parts, kind: string, date: string, lang: string, label: string,
 *   full: boolean, sections: {url: string, title: Parts}[]}} Page  `full`: has it all words
 * @typedef {{key: string, label: string, terms: {slug: string, label: string, count: number}[]}} Facet
 * @typedef {{count: number, total: number, pages: (from: number, to: number) => Promise<Page[]>, failed: boolean,
 *   notes: [string, object?][], begin?: string[], perhaps?: string[], facets: Facet[]}} Found
 *   `count`: pages with all words; `notes`: names of strings and what is filled in;
 *   `begin`, `perhaps`: words to offer, because they begin so or look alike
 * @typedef {{ready: (lang: string) => Promise<{facets: boolean, languages: boolean}>,
 *   find: (query: Query) => Promise<Found>}} Engine
 */

const SHOWN = 8;
/** What is read of an address, which anybody may have written: letters of a text, and terms to filter by. */
const LONGEST = 1000, MOST_TERMS = 50;

function el(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value) made.setAttribute(name, value === true ? "" : value);
  made.append(...children);
  return made;
}

const marked = (parts) => parts.map(([text, isHit]) => (isHit ? el("mark", {}, text) : text));

/** Makes a form a search box: what is found is shown below it. */
function box(root, words, load) {
  const isPage = root.tagName !== "DIALOG";
  const { lang } = document.documentElement;
  const form = root.querySelector("form");
  const input = form.elements.q;
  const list = el("div", { role: "listbox", id: "found", "aria-label": words.what, hidden: true });
  const notes = el("div", { class: "notes" });
  const status = el("p", { role: "status", class: "unseen" });
  const more = el("button", { type: "button", class: "button", hidden: true }, words.more);
  const rest = el("a", { class: "rest", hidden: true }, words.page);
  const facetSets = el("div");
  const filter = el("details", { class: "filter", hidden: true }, el("summary", {}, words.filter), facetSets);
  const all = el("input", { type: "checkbox" });
  const allLabel = el("label", { class: "all", hidden: true }, all, words.all);
  const facets = new Map();
  let dates; // costs more to make than the rest of a result
  let engineLoad;
  let turn = 0;
  let timer;
  let telling;
  let running;
  let shown = 0;
  let found;
  let active;

  root.append(el("div", { class: "results" }, el("div", { class: "tools" }, filter, allLabel), notes, list, el("p", { class: "ways" }, more, rest)), status);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-expanded": "false", "aria-controls": "found", "aria-autocomplete": "list", autocomplete: "off", autocapitalize: "none", enterkeyhint: "search" })) input.setAttribute(name, value);

  const say = (name, values) => words[name].replace(/\{(\w+)\}/g, (_, key) => values[key]);
  const note = (...inside) => notes.append(el("p", {}, ...inside));

  // As the build writes numbers: the browser's own formatter takes longer to load than a query.
  const grouped = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, words.thousands.slice(2, -3));

  function count(number) {
    const forms = JSON.parse(words.count);
    const form = forms[new Intl.PluralRules(lang).select(number)] ?? forms.other;
    return form.replace("{n}", grouped(number));
  }

  /** The engine; a load that failed is tried again. */
  function engine() {
    engineLoad ??= load();
    engineLoad.catch(() => (engineLoad = undefined));
    return engineLoad;
  }

  async function prepare() {
    try {
      const has = await (await engine()).ready(lang);
      filter.hidden = !has.facets;
      allLabel.hidden = !has.languages;
    } catch (problem) {
      fail(problem);
    }
  }

  function fail(problem) {
    console.warn(problem);
    notes.replaceChildren(el("p", {}, words.failed));
    tell();
  }

  function address() {
    const url = new URL(form.action);
    if (input.value.trim()) url.searchParams.set("q", input.value.trim());
    for (const [key, slugs] of facets) for (const slug of slugs) url.searchParams.append(key, slug);
    if (all.checked) url.searchParams.set("lang", "all");
    return url.href;
  }

  function readAddress() {
    facets.clear();
    let terms = 0;
    for (const [key, value] of new URLSearchParams(location.search)) {
      // Of a campaign, and of whoever shared the link.
      if (/^(utm_\w+|via)$/.test(key)) continue;
      if (key === "q") input.value = value.slice(0, LONGEST);
      else if (key === "lang") all.checked = value === "all";
      else if (key.length <= LONGEST && value.length <= LONGEST && terms++ < MOST_TERMS) facets.set(key, (facets.get(key) ?? new Set()).add(value));
    }
  }

  async function run() {
    const mine = ++turn;
    const query = { text: input.value.trim().slice(0, LONGEST), lang, all: all.checked, facets, open: filter.open };
    if (isPage) history.replaceState(history.state, "", address());
    list.ariaBusy = true;
    try {
      const next = query.text || facets.size || filter.open ? await (await engine()).find(query) : undefined;
      const pages = mine === turn && (await next?.pages(0, SHOWN));
      if (mine !== turn) return;
      found = next;
      shown = SHOWN;
      draw(pages ?? []);
      if (next && filter.hidden) prepare(); // Where that failed at first.
    } catch (problem) {
      if (mine === turn) fail(problem);
    }
    list.ariaBusy = false;
  }

  /** Asks at once, or when nothing was typed for a moment. */
  function ask(delay = 0) {
    clearTimeout(timer);
    running = new Promise((done) => (timer = setTimeout(() => run().then(done), delay)));
  }

  function draw(pages) {
    const { total = 0, begin, perhaps, facets: sets = [] } = found ?? {};
    list.replaceChildren();
    notes.replaceChildren();
    pick();
    if (found?.failed) note(words.failed);
    for (const [name, values] of found?.notes ?? []) note(say(name, values));
    const isInstead = found?.notes.some(([name]) => name === "instead");
    const offers = total && !isInstead ? [] : begin ?? perhaps ?? [];
    if (total) note(found.count ? count(found.count) : words.partial);
    else if (begin?.length) note(words.begin);
    else if (found && !found.failed && !found.notes.some(([name]) => name === "common")) {
      note(say("nothing", { q: input.value.trim() }), " ", el("a", { href: words.aToZ }, words.letters));
    }
    if (perhaps?.length && offers.length && !begin) note(words.perhaps);
    add(pages);
    for (const word of offers) list.append(option(`${form.action}?q=${encodeURIComponent(word)}`, el("span", { class: "word" }, word)));
    for (const set of sets) drawFacet(set);
    list.hidden = !list.firstChild;
    input.ariaExpanded = String(!list.hidden);
    rest.hidden = isPage || total < 2;
    rest.href = address();
    document.body.classList.toggle("searching", isPage && Boolean(found));
    tell();
  }

  /** Says the notes to those who don't see them, but not at each letter. */
  function tell() {
    clearTimeout(telling);
    telling = setTimeout(() => (status.textContent = [...notes.children].map((one) => one.textContent).join(" ")), 500);
  }

  function add(pages) {
    for (const page of pages) {
      if (!page.full && !list.querySelector(".some") && found.count) list.append(el("p", { class: "some", role: "presentation" }, words.partial));
      list.append(drawPage(page));
    }
    more.hidden = !found || shown >= found.total;
  }

  function drawPage({ url, title, excerpt, kind, date, sections, ...page }) {
    const id = `hit-${list.childElementCount}`;
    const day = date && (dates ??= new Intl.DateTimeFormat(words.locale, { dateStyle: "long", timeZone: "UTC" })).format(new Date(date));
    const about = [kind, day, page.lang === lang ? "" : page.label].filter(Boolean).join(" · ");
    const head = option(url, el("span", { class: "title", id }, ...marked(title)), el("span", { class: "fine" }, about), el("span", { class: "excerpt" }, ...marked(excerpt)));
    return el("div", { role: "group", "aria-labelledby": id, lang: page.lang }, head, ...sections.map((section) => option(section.url, ...marked(section.title))));
  }

  const option = (href, ...inside) => el("a", { role: "option", href, tabindex: isPage ? "" : "-1" }, ...inside);

  function drawFacet({ key, label, terms }) {
    let set = facetSets.querySelector(`[name="${CSS.escape(key)}"]`);
    if (!set) facetSets.append((set = el("fieldset", { name: key }, el("legend", {}, label))));
    for (const { slug, label, count } of terms) {
      let check = [...set.querySelectorAll("input")].find(({ value }) => value === slug);
      if (!check) set.append(el("label", {}, (check = el("input", { type: "checkbox", value: slug })), label, el("span", { class: "count" })));
      check.checked = Boolean(facets.get(key)?.has(slug));
      check.parentElement.lastChild.textContent = grouped(count);
      check.parentElement.hidden = !count && !check.checked;
    }
  }

  function pick(option) {
    active?.removeAttribute("aria-selected");
    active?.removeAttribute("id");
    active = option;
    if (!option) return input.removeAttribute("aria-activedescendant");
    option.id = "active";
    option.ariaSelected = "true";
    input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  // A beginning of a few letters is mostly on its way to more, and would load what nobody wanted.
  input.addEventListener("input", () => ask(input.value.trim().length < 4 ? 250 : 120));
  input.addEventListener("focus", prepare, { once: true });
  all.addEventListener("change", () => ask());
  filter.addEventListener("toggle", () => filter.open && ask());
  facetSets.addEventListener("change", () => {
    facets.clear();
    for (const { value, parentElement } of facetSets.querySelectorAll(":checked")) {
      const key = parentElement.parentElement.name;
      facets.set(key, (facets.get(key) ?? new Set()).add(value));
    }
    ask();
  });
  more.addEventListener("click", async () => {
    const pages = await found.pages(shown, (shown += SHOWN));
    const before = list.childElementCount;
    add(pages);
    list.children[before]?.querySelector("a").focus();
  });
  root.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Escape" && input.value) {
      event.preventDefault();
      input.value = "";
      input.focus();
      ask();
    } else if (event.target === input && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      const options = [undefined, ...list.querySelectorAll("[role=option]")];
      pick(options.at((options.indexOf(active) + (event.key === "ArrowDown" ? 1 : -1)) % options.length));
    }
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const chosen = active;
    if (!chosen) {
      const asked = input.value;
      if (timer) ask();
      await running;
      if (input.value !== asked) return;
    }
    (chosen ?? (isPage ? undefined : list.querySelector("[role=group] a")))?.click();
  });
  list.addEventListener("click", (event) => {
    const option = event.target.closest("a");
    if (!option || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const word = option.querySelector(".word");
    if (!word) return isPage || root.close();
    event.preventDefault();
    input.value = word.textContent;
    input.focus();
    ask();
  });
  if (isPage) {
    const read = () => {
      readAddress();
      filter.open = facets.size > 0;
      if (input.value || facets.size) prepare().then(run);
    };
    addEventListener("popstate", read);
    read();
  }
  return () => {
    if (!isPage && !root.open) root.showModal();
    input.focus();
    input.select();
  };
}

/** Builds the dialog when it is first asked for. */
function dialog(link, words) {
  const input = el("input", { type: "search", name: "q", "aria-label": words.what, placeholder: words.what });
  const close = el("button", { type: "button", class: "button" }, words.close);
  const made = el("dialog", { class: "search", "aria-label": words.what }, el("form", { role: "search", action: link.href }, input, close));
  close.addEventListener("click", () => made.close());
  made.addEventListener("click", (event) => event.target === made && made.close());
  document.body.append(made);
  return made;
}

/**
 * The engine that reads the site's own index, in a worker.
 * @returns {Promise<Engine>}
 */
async function worker(url, manifest) {
  const made = new Worker(url, { type: "module" });
  const waiting = new Map();
  let last = 0;
  const ask = (call, argument) =>
    new Promise((resolve, reject) => {
      waiting.set(++last, { resolve, reject });
      made.postMessage([last, call, argument]);
    });
  made.onmessage = ({ data: [id, value, problem] }) => {
    const { resolve, reject } = waiting.get(id);
    waiting.delete(id);
    if (problem) reject(new Error(problem));
    else resolve(value);
  };
  made.onerror = () => {
    for (const { reject } of waiting.values()) reject(new Error(url));
    waiting.clear();
  };
  await ask("open", manifest);
  return {
    ready: (lang) => ask("ready", lang),
    async find(query) {
      const asking = ask("find", query);
      const of = last;
      const found = await asking;
      found.pages = async (from, to) => {
        const { pages, failed } = await ask("pages", { of, from, to });
        found.failed ||= failed;
        return pages;
      };
      return found;
    },
  };
}

function start(link) {
  const words = link.dataset;
  if (words.index) {
    try {
      new DecompressionStream("deflate-raw");
    } catch {
      return; // An old browser: the link leads to the search page, and that to the list of all pages.
    }
  }
  const page = document.querySelector("[data-search-page]");
  let loads = 0;
  const load = async () => {
    // Browsers remember by its address that a script didn't load.
    const url = words.engine + (loads++ ? `?${loads}` : "");
    return words.index ? worker(url, words.index) : (await import(url)).default(JSON.parse(words.settings));
  };
  let made = page && box(page, words, load);
  const open = (event) => {
    event.preventDefault();
    made ||= box(dialog(link, words), words, load);
    made();
  };
  link.addEventListener("click", (event) => event.ctrlKey || event.metaKey || event.shiftKey || open(event));
  addEventListener("keydown", (event) => {
    const isTyping = event.target.isContentEditable || event.target.closest?.("input, textarea, select");
    const isSlash = event.key === "/" && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey;
    const isK = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    if (isSlash || isK) open(event);
  });
}

const link = document.querySelector("a[data-engine]");
if (link) start(link);
