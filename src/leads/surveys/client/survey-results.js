// Where answers are put together: on the device of whoever asked, from codes that they paste, or from files that have codes in them.
// Theme authors say by `data-su-…` which part is which (docs/content/theme.md).

/** @import { SurveyConfig } from "./config" */
/** @import { SurveyRecord } from "./survey-code.js" */
/** @import { PersonReport } from "./survey-people.js" */
import { all, find, json, maybe } from "../../../theme/client/find.js";
import { element } from "../../../theme/client/make.js";
import { saveFile } from "../../../theme/client/save-file.js";
import { isText, recall, remember } from "../../../theme/client/storage.js";
import { table } from "../../../theme/client/table.js";
import { fillIn } from "../../../theme/client/words.js";
import { PRINT, find as findCodes } from "./survey-code.js";
import { offer } from "./survey-links.js";
import { people, together } from "./survey-people.js";
import { Tables } from "./survey-tables.js";
import { tally } from "./survey-visits.js";

class Results {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    /** @type {SurveyConfig} */
    this.config = json(root, "[data-su-config]");
    /** @type {Record<string, string>} */
    this.words = json(root, "[data-su-words]");
    this.key = `ringback-survey-results:${this.config.id}`;
    const { config, words } = this;
    /** @param {number} at */
    const group = (at) => config.groups[at]?.title || words[`group_${config.groups[at]?.id}`] || (config.groups[at]?.id ?? "");
    this.tables = new Tables(config, words, group);
    /** @type {string[]} */
    this.codes = [];
    /** @type {SurveyRecord[]} */
    this.records = [];
    /** @type {PersonReport[]} */
    this.people = [];
    /** What is shown, as rows of a table. @type {(string|number)[][]} */
    this.rows = [];
    if (config.kind === "360") offer(root, config, words, group);
    find(root, "[data-su-collect]", HTMLFormElement).addEventListener("submit", (event) => {
      event.preventDefault();
      void this.collect();
    });
    this.on("forget", () => this.forget());
    this.on("print", () => print());
    this.on("csv", () => saveFile(`${config.id}.csv`, table(this.rows), "text/csv"));
    find(root, "[data-su-whom]", HTMLSelectElement).addEventListener("change", () => this.show());
    root.dataset.ready = "";
    const kept = recall(this.key);
    if (Array.isArray(kept)) void this.add(kept.filter((code) => isText(code)).join("\n"), true);
  }

  /** @param {string} name @param {() => unknown} action */
  on(name, action) {
    for (const each of all(this.root, `[data-su-${name}]`, HTMLButtonElement)) each.addEventListener("click", action);
  }

  /** @param {string} text */
  note(text) {
    find(this.root, "[data-su-note]", HTMLElement).textContent = text;
  }

  /** Takes what is pasted, and what is in files. */
  async collect() {
    const paste = find(this.root, "[data-su-paste]", HTMLTextAreaElement), files = find(this.root, "[data-su-files]", HTMLInputElement);
    const texts = await Promise.all([...(files.files ?? [])].map((file) => file.text()));
    if (!paste.value.trim() && !texts.length) {
      this.note(this.words.nothing_pasted ?? "");
      paste.focus();
      return;
    }
    await this.add([paste.value, ...texts].join("\n"), false);
    paste.value = files.value = "";
  }

  /** Adds the codes in a text to those that are there: each rater's latest once.
   * @param {string} text @param {boolean} isKept was it already here? */
  async add(text, isKept) {
    const { words } = this, before = this.codes.length;
    const { found, broken, others } = await findCodes([...this.codes, text].join("\n"), this.config.id);
    this.codes = found.map(({ code }) => code);
    this.records = found.map(({ record }) => record);
    this.about();
    const isRoom = isKept || remember(this.key, this.codes);
    const said = [isKept ? fillIn(words.here, { n: found.length }) : fillIn(words.added, { n: found.length - before, all: found.length }), broken && fillIn(words.broken, { n: broken }), others && fillIn(words.foreign, { n: others }), this.older(), !isRoom && words.not_kept];
    this.note(said.filter(Boolean).join(" "));
  }

  /** What is said of answers to other versions of the questions. */
  older() {
    const { records, config, words } = this, known = new Set(config.questions.map(({ print }) => print));
    const versions = [...new Set(records.map(({ v }) => v))].filter((version) => version !== config.questions_version).sort();
    /** @param {SurveyRecord} record */
    const lost = ({ a, t }) => (a.match(new RegExp(`.{${PRINT + 1}}`, "gs")) ?? []).filter((each) => !known.has(each.slice(0, PRINT))).length + Object.keys(t).filter((print) => !known.has(print)).length;
    const sum = records.reduce((all, record) => all + lost(record), 0);
    return [versions.length > 0 && fillIn(words.older, { versions: versions.join(", ") }), sum > 0 && fillIn(words.lost, { n: sum })].filter(Boolean).join(" ");
  }

  /** Offers whom the answers are about. */
  about() {
    const { config, words, records, root } = this, whom = find(root, "[data-su-whom]", HTMLSelectElement);
    this.people = config.kind === "360" ? people(config, records) : [];
    const chosen = whom.value;
    whom.replaceChildren(...this.people.map(({ name }, at) => element("option", { value: at }, name)), element("option", { value: "all" }, words.together));
    if ([...whom.options].some(({ value }) => value === chosen)) whom.value = chosen;
    find(root, "[data-su-found]", HTMLElement).hidden = !records.length;
    const choice = maybe(root, "[data-su-choice]", HTMLElement);
    if (choice) choice.hidden = config.kind !== "360";
    for (const each of all(root, "[data-su-forget]", HTMLElement)) each.hidden = !records.length;
    this.show();
  }

  show() {
    const { config, tables, records, root, words } = this, place = find(root, "[data-su-report]", HTMLElement);
    /** @param {(Node|false|null|"")[]} parts */
    const put = (parts) => place.replaceChildren(...parts.filter((part) => part instanceof Node));
    if (config.kind === "visit") {
      const found = tally(config, records);
      put(tables.visits(found));
      this.rows = [[words.place ?? "", words.month ?? "", words.count ?? "", words.score ?? ""], ...found.rows.map((row) => [tables.placeName(row.place), row.month, row.visits, row.score === null ? "" : Math.round(row.score)])];
      return;
    }
    const report = this.people[Number(find(root, "[data-su-whom]", HTMLSelectElement).value)];
    if (report) {
      put(tables.person(report));
      this.rows = tables.sheet(report, tables.heads(report.sets), report.name, report.comments);
      return;
    }
    const found = together(config, this.people);
    put(tables.together(found));
    this.rows = found ? tables.sheet(found, [], words.somebody ?? "") : [];
  }

  forget() {
    remember(this.key, null);
    this.codes = [];
    this.records = [];
    this.about();
    this.note(this.words.forgotten ?? "");
    find(this.root, "[data-su-paste]", HTMLTextAreaElement).focus();
  }
}

const start = () => {
  for (const root of all(document, "[data-survey-results]:not([data-ready])", HTMLElement)) new Results(root);
};
// One behind a gate.
document.addEventListener("ringback:open", start);
start();
