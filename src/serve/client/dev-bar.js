// The bar at the foot of a page in the preview: what is wrong with the site, and who sees the page. It is in a shadow tree, so
// that neither the page nor this has a say in how the other looks.

/** @import { PreviewPage, Problem, Problems } from "./preview" */
import { attempt } from "../../theme/client/attempt.js";
import { element } from "../../theme/client/make.js";

const CLOSED = "ringback.dev.closed";

/** @type {Record<string, string>} */
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

const LAST = "The site can’t be built like this. Until it is fixed, you see the last good pages; then this panel closes automatically.";

/** The bar at the foot of the page, and the panel over it. */
export class Bar {
  /** @param {PreviewPage} about */
  constructor(about) {
    this.about = about;
    this.host = element("div", { id: "ringback:dev:bar" });
    this.root = this.host.attachShadow({ mode: "open" });
    /** @type {Problems} */
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
    // The editor says all of it beside the page.
    if (self === top) document.body.append(this.host);
    this.host.addEventListener("keydown", (event) => event.key === "Escape" && this.close());
    this.draw();
  }

  /** @param {Problems} told */
  tell(told) {
    // What keeps this page from being shown is known to nobody else.
    const known = new Set(told.shown.map((each) => JSON.stringify(each)));
    const own = (this.about.problems?.shown ?? []).filter((each) => !known.has(JSON.stringify(each)));
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

  /** @param {Problems} problems */
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
    const button = this.root.querySelector("[data-problems]");
    if (button instanceof HTMLElement) button.focus();
  }

  /** Whose eyes it is seen with. */
  choice() {
    const select = element("select", { "aria-label": "See the site as" },
      ...this.about.readers.map(({ url, label, current }) => element("option", { value: url + location.search + location.hash, selected: current }, label)));
    select.addEventListener("change", () => location.assign(select.value));
    return select;
  }

  /** @param {string} counts @param {boolean} isWrong */
  button(counts, isWrong) {
    const button = element("button", {
      type: "button", "data-problems": true, class: isWrong ? "wrong" : "", "aria-expanded": String(this.isOpen),
    }, counts);
    button.addEventListener("click", () => {
      this.isOpen = !this.isOpen;
      if (this.isOpen) this.draw();
      else this.close();
    });
    return button;
  }

  draw() {
    const { shown: all, more } = this.problems, errors = this.errors().length, warnings = all.length - errors + more;
    const { state, readers, file } = this.about, current = readers.find((each) => each.current);
    const counts = [errors && counted(errors, "mistake"), warnings && counted(warnings, "warning")].filter(Boolean).join(", ");
    const parts = [
      element("span", { class: "name" }, "Preview"),
      state && element("span", { class: "state", title: STATES[state] }, state),
      current && readers.length > 1 && element("label", {}, element("span", { class: "as" }, "as "), this.choice()),
      file && element("a", { href: `/.ringback/edit?file=${encodeURIComponent(file)}`, target: "_top" }, "✎ Edit"),
      element("a", { href: "/.ringback/inbox", target: "ringback-inbox" }, "Inbox", this.leads > 0 && element("b", {}, this.leads)),
      counts && this.button(counts, errors > 0),
      this.isLost && element("span", { class: "lost" }, "ringback serve has stopped"),
    ];
    this.bar.replaceChildren(...parts.filter((each) => each instanceof Node));
    this.panel.hidden = !this.isOpen;
    this.drawPanel(all, more, errors ? `${counted(errors, "mistake")} to fix` : counted(warnings, "warning"));
  }

  /** @param {Problem[]} all @param {number} more @param {string} title */
  drawPanel(all, more, title) {
    const isShown = this.about.readers.some((each) => each.current);
    const close = element("button", { type: "button", class: "close" }, "Close");
    close.addEventListener("click", () => this.close());
    this.panel.replaceChildren(
      element("header", {}, element("h2", { id: "title" }, title), close),
      ...(this.errors().length && isShown ? [element("p", {}, LAST)] : []),
      element("ol", {}, ...all.map(shown)),
      ...(more ? [element("p", {}, `… and ${more} more: \`ringback check\` lists them all.`)] : []),
    );
  }
}
