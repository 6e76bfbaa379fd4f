// What a search box shows: made once, and filled by `search-box.js`. docs/content/theme.md lists the classes.

/** @import { Facet, Page, Parts } from "./engine" */
/** @import { SearchWords } from "./search-words.js" */
import { all } from "../../../theme/client/find.js";
import { element } from "../../../theme/client/make.js";

/** @param {Parts} parts */
const marked = (parts) => parts.map(([text, isHit]) => (isHit ? element("mark", {}, text) : text));

const COMBOBOX = {
  role: "combobox", "aria-expanded": "false", "aria-controls": "found", "aria-autocomplete": "list", autocomplete: "off",
  autocapitalize: "none", enterkeyhint: "search",
};

export class SearchParts {
  /** @param {HTMLElement} root @param {HTMLInputElement} input @param {SearchWords} words */
  constructor(root, input, words) {
    this.words = words;
    this.isPage = root.tagName !== "DIALOG";
    this.input = input;
    this.list = element("div", { role: "listbox", id: "found", "aria-label": words.say("what"), hidden: true });
    this.notes = element("div", { class: "notes" });
    this.status = element("p", { role: "status", class: "unseen" });
    this.more = element("button", { type: "button", class: "button", hidden: true }, words.say("more"));
    this.rest = element("a", { class: "rest", hidden: true }, words.say("page"));
    this.facetSets = element("div");
    this.filter = element("details", { class: "filter", hidden: true }, element("summary", {}, words.say("filter")), this.facetSets);
    this.all = element("input", { type: "checkbox" });
    this.allLabel = element("label", { class: "all", hidden: true }, this.all, words.say("all"));
    /** The option that Enter follows. @type {HTMLAnchorElement|undefined} */
    this.active = undefined;
    /** @type {ReturnType<typeof setTimeout>|undefined} */
    this.telling = undefined;
    const tools = element("div", { class: "tools" }, this.filter, this.allLabel);
    root.append(element("div", { class: "results" }, tools, this.notes, this.list, element("p", { class: "ways" }, this.more, this.rest)), this.status);
    for (const [name, value] of Object.entries(COMBOBOX)) input.setAttribute(name, value);
  }

  clear() {
    this.list.replaceChildren();
    this.notes.replaceChildren();
    this.pick(undefined);
  }

  /** @param {(Node|string)[]} inside */
  note(...inside) {
    this.notes.append(element("p", {}, ...inside));
  }

  /** Says the notes to those who don't see them, but not at each letter. */
  tell() {
    clearTimeout(this.telling);
    const text = () => [...this.notes.children].map((one) => one.textContent).join(" ");
    this.telling = setTimeout(() => (this.status.textContent = text()), 500);
  }

  /** @param {string} href @param {(Node|string)[]} inside */
  option(href, ...inside) {
    return element("a", { role: "option", href, tabindex: this.isPage ? null : "-1" }, ...inside);
  }

  /** @returns {HTMLAnchorElement[]} */
  options() {
    return all(this.list, "[role=option]", HTMLAnchorElement);
  }

  /** @param {Page} page @param {boolean} isAnyFull */
  addPage(page, isAnyFull) {
    if (!page.full && isAnyFull && !this.list.querySelector(".some")) {
      this.list.append(element("p", { class: "some", role: "presentation" }, this.words.say("partial")));
    }
    const { url, title, excerpt, kind, date, lang, label, sections } = page;
    const id = `hit-${this.list.childElementCount}`;
    const about = [kind, date && this.words.date(date), lang === this.words.lang ? "" : label].filter(Boolean).join(" · ");
    const head = this.option(url, element("span", { class: "title", id }, ...marked(title)), element("span", { class: "fine" }, about), element("span", { class: "excerpt" }, ...marked(excerpt)));
    this.list.append(element("div", { role: "group", "aria-labelledby": id, lang }, head, ...sections.map((section) => this.option(section.url, ...marked(section.title)))));
  }

  /** @param {Facet} facet @param {Set<string>|undefined} chosen */
  drawFacet({ key, label, terms }, chosen) {
    const known = this.facetSets.querySelector(`[name="${CSS.escape(key)}"]`);
    const set = known ?? element("fieldset", { name: key }, element("legend", {}, label));
    if (!known) this.facetSets.append(set);
    for (const { slug, label, count } of terms) {
      const found = all(set, "input", HTMLInputElement).find(({ value }) => value === slug);
      const check = found ?? element("input", { type: "checkbox", value: slug });
      if (!found) set.append(element("label", {}, check, label, element("span", { class: "count" })));
      check.checked = Boolean(chosen?.has(slug));
      const around = check.parentElement;
      if (!around) continue;
      if (around.lastChild) around.lastChild.textContent = this.words.number(count);
      around.hidden = !count && !check.checked;
    }
  }

  /** @param {HTMLAnchorElement|undefined} option */
  pick(option) {
    this.active?.removeAttribute("aria-selected");
    this.active?.removeAttribute("id");
    this.active = option;
    if (!option) return this.input.removeAttribute("aria-activedescendant");
    option.id = "active";
    option.ariaSelected = "true";
    this.input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }
}
