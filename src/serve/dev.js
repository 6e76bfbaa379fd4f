// In every page that `ringback serve` shows: reloads it when the site changes, and says what is wrong.
//
// Reads the JSON that `serve/page.rs` puts into the page (`About`), and the events of `serve/http.rs`. Everything that it
// shows is in a shadow tree, so that neither the page nor this has a say in how the other looks.

/** @typedef {{id: string, label: string, url: string, current: boolean}} Reader */
/** @typedef {{code: string, severity: string, message: string, file: string|null, line: number|null, column: number|null,
 *   help: string[], snippet: string}} Problem */

const about = JSON.parse(document.getElementById("ringback:dev").textContent);
const PLACE = "ringback.dev.place", CLOSED = "ringback.dev.closed";

/** Null where it throws, as where storage is refused. @param {() => any} action */
function attempt(action) {
  try {
    return action();
  } catch {
    return null;
  }
}

/** An element with attributes and content. @param {string} name @param {Record<string, any>} [attributes] */
function element(name, attributes = {}, ...content) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value === true) made.setAttribute(key, "");
    else if (value !== false && value != null) made.setAttribute(key, value);
  }
  made.append(...content.filter((each) => each != null));
  return made;
}

// Reloading without losing the place

/** The heading above what is read, and how far above. What was added before it moves nothing then. */
function place() {
  const headings = [...document.querySelectorAll("h1[id], h2[id], h3[id], h4[id]")];
  const above = headings.filter((each) => each.getBoundingClientRect().top <= innerHeight / 3).pop();
  return { path: location.pathname, y: scrollY, id: above?.id, top: above?.getBoundingClientRect().top };
}

function reload() {
  attempt(() => (sessionStorage[PLACE] = JSON.stringify(place())));
  location.reload();
}

function returnToPlace() {
  const kept = attempt(() => JSON.parse(sessionStorage[PLACE]));
  attempt(() => delete sessionStorage[PLACE]);
  if (!kept || kept.path !== location.pathname) return;
  history.scrollRestoration = "manual";
  const heading = kept.id && document.getElementById(kept.id);
  const y = Number(heading ? scrollY + heading.getBoundingClientRect().top - kept.top : kept.y) || 0;
  scrollTo({ top: y, behavior: "instant" });
  addEventListener("pagehide", () => (history.scrollRestoration = "auto"));
}

/** New style sheets in the place of old ones; the old one goes when the new one is there, so that nothing flickers.
 * @param {Record<string, string>} urls */
function swapStyles(urls) {
  for (const link of document.querySelectorAll('link[rel~="stylesheet"]')) {
    const path = new URL(link.href).pathname, url = Object.hasOwn(urls, path) ? urls[path] : null;
    if (!url) continue;
    const next = link.cloneNode();
    next.href = url;
    next.onload = () => link.remove();
    next.onerror = reload;
    link.after(next);
  }
}

// What is wrong, and who sees the page

const STATES = {
  draft: "Draft: a build leaves this page out.",
  scheduled: "Scheduled: a build leaves this page out until its day.",
  expired: "Expired: a build leaves this page out.",
};

/** `1 mistake`, `2 mistakes`. @param {number} n @param {string} word */
const counted = (n, word) => `${n} ${word}${n === 1 ? "" : "s"}`;

/** Lines of a snippet; those that mark a place stand out. @param {string} text */
function snippet(text) {
  const pre = element("pre", { tabindex: "0", role: "region", "aria-label": "The lines in question" });
  for (const line of text.split("\n")) {
    const isMark = /^\s*[|…]?\s*\|?\s*[\^-]+/.test(line) && /\^|-{2}/.test(line);
    pre.append(element("span", { class: isMark ? "mark" : "line" }, line + "\n"));
  }
  return pre;
}

/** @param {Problem} problem */
function shown({ severity, code, message, file, line, column, help, snippet: text }) {
  const where = file && [file, line, column].filter(Boolean).join(":");
  return element("li", { class: severity },
    element("h3", {}, ...inCode(message)),
    where && element("p", { class: "where" }, element("code", {}, where)),
    text && snippet(text),
    help.length ? element("ul", { class: "help" }, ...help.map((each) => element("li", {}, ...inCode(each)))) : null,
    element("p", { class: "code" }, element("code", {}, `ringback explain ${code}`), " says more."),
  );
}

/** What stands in backticks is code. @param {string} text */
const inCode = (text) => text.split("`").map((part, index) => (index % 2 ? element("code", {}, part) : part));

/** The bar at the foot of the page, and the panel over it. */
class Bar {
  constructor() {
    this.host = element("div", { id: "ringback:dev:bar" });
    this.root = this.host.attachShadow({ mode: "open" });
    this.problems = { shown: [], more: 0 };
    this.leads = 0;
    this.isLost = false;
    this.isOpen = false;
    const style = element("link", { rel: "stylesheet", href: "/.ringback/dev.css" });
    this.panel = element("section", { class: "panel", hidden: true, "aria-labelledby": "title" });
    this.live = element("p", { class: "said", role: "status" });
    this.bar = element("nav", { class: "bar", "aria-label": "Preview" });
    this.root.append(style, this.panel, this.live, this.bar);
    // Nothing is seen before it has its look.
    this.host.hidden = true;
    style.onload = style.onerror = () => (this.host.hidden = false);
    document.body.append(this.host);
    this.root.addEventListener("keydown", (event) => event.key === "Escape" && this.close());
    this.draw();
  }

  /** @param {{shown: Problem[], more: number}} told */
  tell(told) {
    // What keeps this page from being shown is known to nobody else.
    const known = new Set(told.shown.map((each) => JSON.stringify(each)));
    const own = (about.problems?.shown ?? []).filter((each) => !known.has(JSON.stringify(each)));
    const problems = { shown: [...own, ...told.shown], more: told.more };
    const before = this.print(this.problems);
    this.problems = problems;
    const errors = this.errors().length;
    // What was closed stays closed until something else is wrong.
    if (errors && this.print(problems) !== attempt(() => sessionStorage[CLOSED])) this.isOpen = true;
    if (!problems.shown.length || (!errors && before !== this.print(problems))) this.isOpen = false;
    if (before !== this.print(problems)) {
      this.live.textContent = errors ? `${counted(errors, "mistake")} to fix.` : before === "[]" ? "" : "Fixed.";
    }
    this.draw();
  }

  print({ shown }) {
    return JSON.stringify(shown.filter(({ severity }) => severity === "error"));
  }

  errors() {
    return this.problems.shown.filter(({ severity }) => severity === "error");
  }

  close() {
    this.isOpen = false;
    attempt(() => (sessionStorage[CLOSED] = this.print(this.problems)));
    this.draw();
    this.root.querySelector("[data-problems]")?.focus();
  }

  draw() {
    const { shown: all, more } = this.problems, errors = this.errors().length, warnings = all.length - errors + more;
    const current = about.readers.find((each) => each.current);
    const counts = [errors && counted(errors, "mistake"), warnings && counted(warnings, "warning")].filter(Boolean).join(", ");
    const choice = element("select", { "aria-label": "See the site as", onchange: (event) => location.assign(event.target.value) },
      ...about.readers.map(({ url, label, current }) => element("option", { value: url + location.search + location.hash, selected: current }, label)));
    this.bar.replaceChildren(...[
      element("span", { class: "name" }, "Preview"),
      about.state && element("span", { class: "state", title: STATES[about.state] }, about.state),
      current && about.readers.length > 1 ? element("label", {}, element("span", { class: "as" }, "as "), choice) : null,
      element("a", { href: "/.ringback/inbox", target: "ringback-inbox" }, "Inbox", this.leads ? element("b", {}, this.leads) : null),
      counts && element("button", {
        type: "button", "data-problems": true, class: errors ? "wrong" : "", "aria-expanded": String(this.isOpen),
        onclick: () => ((this.isOpen = !this.isOpen), this.isOpen ? this.draw() : this.close()),
      }, counts),
      this.isLost && element("span", { class: "lost" }, "ringback serve has stopped"),
    ].filter(Boolean));
    this.panel.hidden = !this.isOpen;
    const title = errors ? `${counted(errors, "mistake")} to fix` : counted(warnings, "warning");
    const last = errors && current ? element("p", {}, "The site can’t be built like this. Until it is fixed, you see the last good pages; then this panel closes automatically.") : null;
    this.panel.replaceChildren(
      element("header", {}, element("h2", { id: "title" }, title),
        element("button", { type: "button", class: "close", onclick: () => this.close() }, "Close")),
      ...[last].filter(Boolean),
      element("ol", {}, ...all.map(shown)),
      ...(more ? [element("p", {}, `… and ${more} more: \`ringback check\` lists them all.`)] : []),
    );
  }
}

// What is told

const bar = new Bar();
let instance = about.instance, generation = about.generation;

const HEAR = {
  hello({ instance: now, generation: newest, problems, leads }) {
    if (now !== instance || newest > generation) return reload();
    bar.leads = leads;
    bar.tell(problems);
  },
  reload,
  styles({ urls, generation: newest }) {
    generation = newest;
    swapStyles(urls);
  },
  problems: ({ problems }) => bar.tell(problems),
  inbox({ leads }) {
    bar.leads = leads;
    bar.draw();
  },
};

/** @type {EventSource|null} */
let events = null;

/** A page that nobody sees listens to nothing: browsers keep few connections, and tabs are many. */
function listen() {
  const isSeen = document.visibilityState === "visible";
  if (!isSeen) events?.close();
  if (!isSeen || (events && events.readyState !== EventSource.CLOSED)) return;
  events = new EventSource("/.ringback/events");
  events.onmessage = ({ data }) => {
    const event = JSON.parse(data);
    if (Object.hasOwn(HEAR, event.type)) HEAR[event.type](event);
  };
  events.onopen = () => ((bar.isLost = false), bar.draw());
  events.onerror = () => ((bar.isLost = true), bar.draw());
}

returnToPlace();
document.addEventListener("visibilitychange", listen);
addEventListener("pagehide", () => events?.close());
addEventListener("pageshow", listen);
listen();
