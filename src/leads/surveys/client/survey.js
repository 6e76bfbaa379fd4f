// A survey that ends as a code: a rating of somebody, or a visit. Theme authors say by `data-su-…` which part is which
// (docs/content/theme.md). Without scripts it can be filled in and printed.

/** @import { SurveyConfig } from "./config" */
import { decode } from "../../../theme/client/attempt.js";
import { copy } from "../../../theme/client/copy.js";
import { all, find, json, maybe } from "../../../theme/client/find.js";
import { LONGEST_MAIL, fillIn } from "../../../theme/client/words.js";
import { SKIPPED, encode } from "./survey-code.js";
import { Kept } from "./survey-kept.js";
import { fill } from "./survey-lead.js";
import { scoreOf } from "./survey-visits.js";

/** No mail program and no form has to take more. */
const LONGEST = 2000;
const LINK = "#rate=";

class Survey {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    /** @type {SurveyConfig} */
    this.config = json(root, "[data-su-config]");
    /** @type {Record<string, string>} */
    this.words = json(root, "[data-su-words]");
    this.form = find(root, "[data-su-form]", HTMLFormElement);
    this.form.noValidate = true;
    this.code = "";
    this.person = maybe(root, "[data-su-person]", HTMLInputElement);
    this.group = find(root, "[data-su-group]", HTMLSelectElement);
    this.date = maybe(root, "[data-su-date]", HTMLInputElement);
    this.kept = new Kept(this.config, "", "");
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.finish();
    });
    this.form.addEventListener("change", ({ target }) => this.take(target));
    this.form.addEventListener("keydown", (event) => this.press(event));
    this.on("change", () => this.ask(true));
    this.on("copy", () => this.copy());
    this.on("print", () => print());
    this.on("forget", () => this.forget());
    addEventListener("hashchange", () => this.begin());
    // Another tab has gone on.
    addEventListener("storage", ({ key }) => {
      if (key !== this.kept.key) return;
      this.kept.read();
      this.restore();
    });
    root.dataset.ready = "";
    this.begin();
  }

  /** @param {string} name @param {() => unknown} action */
  on(name, action) {
    for (const each of all(this.root, `[data-su-${name}]`, HTMLButtonElement)) each.addEventListener("click", action);
  }

  /** @param {string} text */
  note(text) {
    find(this.root, "[data-su-note]", HTMLElement).textContent = text;
  }

  /** Tells statistics, where a site has any. @param {string} step @param {number} [n] */
  tell(step, n) {
    document.dispatchEvent(new CustomEvent("ringback:survey", { detail: { id: this.config.id, step, n } }));
  }

  /** Who is rated, without what doesn't belong to a name. */
  get name() {
    return (this.person?.value ?? "").trim().replace(/\s+/g, " ").slice(0, 100);
  }

  /** The link of a rater says whom they rate and as what; nothing in it is sent to a server. */
  begin() {
    const { hash } = location;
    let said = "";
    if (hash.startsWith(LINK) && this.person) {
      const [group = "", name = ""] = hash.slice(LINK.length).split("~").map(decode);
      if (name && name.length <= 100 && this.config.groups.some(({ id }) => id === group)) {
        this.person.value = name;
        this.group.value = group;
        find(this.root, "[data-su-fields]", HTMLElement).hidden = true;
        const who = find(this.root, "[data-su-who]", HTMLElement);
        who.hidden = false;
        who.textContent = fillIn(this.words.about, { name, group: this.group.selectedOptions[0]?.text });
      } else {
        said = this.words.bad_link ?? "";
      }
    }
    this.kept = this.keptHere();
    this.restore();
    this.ask(false);
    this.note(said || (this.kept.lost > 0 ? (this.words.changed ?? "") : ""));
  }

  /** Those of a rater are kept by person and group; visits are made one after another. */
  keptHere() {
    return this.person ? new Kept(this.config, this.name, this.group.value) : new Kept(this.config, "", "");
  }

  /** Shows what was answered. */
  restore() {
    const { kept, words } = this, { name } = this, isOwn = this.group.value === "self";
    if (this.date) this.date.value = kept.date;
    if (!this.person) this.group.value = kept.place;
    for (const { id, print, text, own } of this.config.questions) {
      const place = this.place(id), answer = kept.answers.get(print);
      find(place, "[data-su-text]", HTMLElement).textContent = fillIn(isOwn && own ? own : text, { name: name || words.somebody });
      for (const input of all(place, "input", HTMLInputElement)) input.checked = input.value === answer;
      for (const input of all(place, "textarea", HTMLTextAreaElement)) input.value = kept.texts.get(print) ?? "";
    }
    this.progress();
  }

  /** @param {string} id */
  place(id) {
    return find(this.form, `[data-su-question="${id}"]`, HTMLElement);
  }

  /** Those of the rated questions that have no answer yet. */
  get open() {
    return this.config.questions.filter(({ points, print }) => points.length && !this.kept.answers.has(print));
  }

  progress() {
    const rated = this.config.questions.filter(({ points }) => points.length).length, done = rated - this.open.length;
    const bar = find(this.root, "[data-su-progress]", HTMLProgressElement);
    [bar.max, bar.value] = [rated, done];
    find(this.root, "[data-su-place]", HTMLElement).textContent = fillIn(this.words.progress, { n: done, all: rated });
    for (const each of all(this.root, "[data-su-forget]", HTMLElement)) each.hidden = !this.kept.isBegun;
  }

  /** Keeps what is answered. @param {EventTarget|null} target */
  take(target) {
    if (target === this.person || (this.person && target === this.group)) {
      this.kept = this.keptHere();
      this.restore();
      return;
    }
    const { kept } = this, isFirst = !kept.isBegun;
    if (this.date) kept.date = this.date.value;
    if (!this.person) kept.place = this.group.value;
    for (const { id, print, points } of this.config.questions) {
      const place = this.place(id);
      if (points.length) {
        const chosen = maybe(place, "input:checked", HTMLInputElement);
        if (chosen) kept.answers.set(print, chosen.value);
      } else {
        const text = find(place, "textarea", HTMLTextAreaElement).value.trim();
        if (text) kept.texts.set(print, text);
        else kept.texts.delete(print);
      }
    }
    if (isFirst && kept.isBegun) this.tell("started");
    this.wrong("");
    this.progress();
    if ((kept.isBegun || kept.date || kept.place) && !kept.keep()) this.note(this.words.not_kept ?? "");
  }

  /** The keys 1 to 9 choose, 0 says that it can't be answered, and the next question comes. @param {KeyboardEvent} event */
  press(event) {
    const { target, key } = event, isChoice = target instanceof HTMLInputElement && target.type === "radio";
    if (!isChoice || event.ctrlKey || event.altKey || event.metaKey || !/^\d$/.test(key)) return;
    const place = target.closest("[data-su-question]"), value = key === "0" ? SKIPPED : String(Number(key) - 1);
    const input = place && maybe(place, `input[value="${value}"]`, HTMLInputElement);
    if (!place || !input) return;
    event.preventDefault();
    input.checked = true;
    this.take(input);
    const places = all(this.form, "[data-su-question]", HTMLElement), next = places[places.indexOf(/** @type {HTMLElement} */ (place)) + 1];
    const first = next && (maybe(next, "input:checked", HTMLInputElement) ?? maybe(next, "input, textarea", HTMLElement));
    (first ?? input).focus();
    next?.scrollIntoView({ block: "nearest" });
  }

  /** @param {string|undefined} text @param {HTMLElement|null} [place] where the focus goes */
  wrong(text, place) {
    find(this.form, "[data-su-wrong]", HTMLElement).textContent = text ?? "";
    place?.focus();
  }

  async finish() {
    const { kept, words, open, name, date } = this, group = this.group.value;
    this.take(null);
    if (this.person && !name) return this.wrong(words.needs_name, this.person);
    if (!group) return this.wrong(words.needs_group, this.group);
    if (date && !date.value) return this.wrong(words.needs_date, date);
    const [first] = open;
    if (first) return this.wrong(fillIn(words.unanswered, { n: open.length }), maybe(this.place(first.id), "input", HTMLInputElement));
    kept.revision++;
    const record = kept.record(name, group);
    const code = await encode(record).catch(() => "");
    if (!code) return this.wrong(words.not_packed);
    if (code.length > LONGEST) return this.wrong(fillIn(words.too_long, { n: code.length - LONGEST }), maybe(this.form, "textarea", HTMLTextAreaElement));
    kept.keep();
    this.code = code;
    this.tell("finished");
    fill(this.root, this.person ? { code } : { code, place: group, date: record.d, score: scoreOf(this.config, record) });
    this.show(code);
    return undefined;
  }

  /** @param {string} code */
  show(code) {
    const { words, config } = this, field = find(this.root, "[data-su-code]", HTMLTextAreaElement);
    field.value = code;
    const mail = find(this.root, "[data-su-mail]", HTMLAnchorElement);
    const link = `mailto:${encodeURIComponent(config.email ?? "").replace("%40", "@")}?subject=${encodeURIComponent(words.subject ?? "")}&body=${encodeURIComponent(code)}`;
    // What mail programs cut off is pasted by hand.
    mail.href = link;
    mail.hidden = link.length > LONGEST_MAIL + 200;
    this.form.hidden = true;
    const done = find(this.root, "[data-su-done]", HTMLElement);
    done.hidden = false;
    find(done, "[data-su-head]", HTMLElement).focus();
  }

  /** @param {boolean} leads does the focus go to the first question? */
  ask(leads) {
    this.form.hidden = false;
    find(this.root, "[data-su-done]", HTMLElement).hidden = true;
    this.note("");
    if (leads) maybe(this.form, "[data-su-question] input", HTMLInputElement)?.focus();
  }

  async copy() {
    const field = find(this.root, "[data-su-code]", HTMLTextAreaElement);
    this.note((await copy(this.code, field)) ? (this.words.copied ?? "") : "");
  }

  /** Deletes the answers; of visits, so that the next one can be written down. */
  forget() {
    this.kept.forget();
    this.restore();
    this.ask(false);
    this.note(this.words.forgotten ?? "");
    find(this.form, "input, select", HTMLElement).focus();
  }
}

const start = () => {
  for (const root of all(document, "[data-survey]:not([data-ready])", HTMLElement)) new Survey(root);
};
// One behind a gate.
document.addEventListener("ringback:open", start);
start();
