// A calculator: computes with the reader's numbers, as they are typed. Theme authors say by `data-ca-…` which part is which
// (docs/content/theme.md). Without scripts the page has the numbers that the inputs come with.

/** @import { CalculatorConfig } from "./config" */
/** @import { Range } from "./calculator-value.js" */
import { copy } from "../../../theme/client/copy.js";
import { all, find, json, maybe } from "../../../theme/client/find.js";
import { isMap, recall, remember } from "../../../theme/client/storage.js";
import { fillIn } from "../../../theme/client/words.js";
import { draw } from "./calculator-chart.js";
import { decode, encode, hasNumbers, numberIn } from "./calculator-link.js";
import { compute } from "./calculator-value.js";

class Calculator {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    /** @type {CalculatorConfig} */
    this.config = json(root, "[data-ca-config]");
    /** @type {Record<string, string>} */
    this.words = json(root, "[data-ca-words]");
    this.key = `ringback-calculator:${this.config.id}`;
    /** Have statistics heard that somebody counts? */
    this.isTold = false;
    /** @type {Record<string, number>} */
    this.inputs = Object.fromEntries(this.config.inputs.map(({ id, default: first }) => [id, first]));
    this.take(recall(this.key));
    for (const { id } of this.config.inputs) {
      const field = this.field(id);
      field.addEventListener("input", () => this.change(id, field));
      field.addEventListener("change", () => this.keep());
    }
    for (const [name, action] of /** @type {[string, () => unknown][]} */ ([["copy", () => this.copy()], ["forget", () => this.forget()], ["print", () => print()]])) {
      for (const each of all(root, `[data-ca-${name}]`, HTMLButtonElement)) each.addEventListener("click", action);
    }
    addEventListener("hashchange", () => this.open());
    root.dataset.ready = "";
    this.show();
    this.open();
  }

  /** @param {string} id */
  field(id) {
    return find(this.root, `[data-ca-input="${id}"] input`, HTMLInputElement);
  }

  /** Takes over what was kept or linked, as far as it is allowed. @param {unknown} given */
  take(given) {
    if (!isMap(given)) return false;
    for (const { id, min, max } of this.config.inputs) {
      const number = Object.hasOwn(given, id) ? given[id] : undefined;
      if (typeof number === "number" && number >= min && number <= max) this.inputs[id] = number;
      this.field(id).value = this.written(this.inputs[id] ?? min, 6);
    }
    return true;
  }

  /** Takes the numbers of a link, and tells if some aren't there or can't be. */
  open() {
    const { config, words } = this, { hash } = location;
    if (!hasNumbers(hash)) return;
    const linked = decode(config, hash) ?? {};
    this.take(linked);
    this.show();
    this.note(Object.keys(linked).length < config.inputs.length ? (words.bad_link ?? "") : "");
  }

  /** @param {number} number @param {number} decimals */
  written(number, decimals) {
    return number.toLocaleString(this.config.locale, { maximumFractionDigits: decimals });
  }

  /** @param {string} id @param {HTMLInputElement} field */
  change(id, field) {
    const known = this.config.inputs.find((input) => input.id === id), number = numberIn(field.value, this.config.locale);
    const isFine = known !== undefined && number >= known.min && number <= known.max;
    const wrong = find(this.root, `[data-ca-input="${id}"] [data-ca-wrong]`, HTMLElement);
    field.ariaInvalid = isFine ? null : "true";
    wrong.hidden = isFine;
    wrong.textContent = isFine || !known ? "" : fillIn(this.words.wrong, { min: this.written(known.min, 6), max: this.written(known.max, 6) });
    if (!isFine) return;
    this.inputs[id] = number;
    if (!this.isTold) document.dispatchEvent(new CustomEvent("ringback:calculator", { detail: { id: this.config.id, step: "started" } }));
    this.isTold = true;
    this.show();
  }

  keep() {
    if (!remember(this.key, this.inputs)) this.note(this.words.not_kept ?? "");
  }

  /** @param {string} text */
  note(text) {
    find(this.root, "[data-ca-note]", HTMLElement).textContent = text;
  }

  /** A result in words: from the least to the most. @param {Range|undefined} range @param {number} decimals @param {string} unit */
  said(range, decimals, unit) {
    if (!range || Number.isNaN(range[0]) || Number.isNaN(range[1])) return this.words.nothing ?? "";
    const [low, high] = range.map((each) => this.written(each, decimals));
    return `${low === high ? low : `${low}–${high}`}${unit && ` ${unit}`}`;
  }

  show() {
    const { config, root } = this, found = compute(config, this.inputs, 1);
    for (const { id, decimals, unit } of config.results) {
      for (const each of all(root, `[data-ca-result="${id}"]`, HTMLElement)) each.textContent = this.said(found[id], decimals, unit);
    }
    this.chart();
    const form = maybe(root, "[data-lead]", HTMLElement);
    if (!form) return;
    /** @param {string} name @param {string} text */
    const set = (name, text) => (find(form, `[data-field="${name}"] input`, HTMLInputElement).value = text);
    for (const { id } of config.inputs) set(`input_${id}`, String(this.inputs[id]));
    for (const { id, decimals, step } of config.results) if (!step) set(`result_${id}`, this.said(found[id], decimals, ""));
    set("calculator_link", this.link());
  }

  chart() {
    const { chart, results } = this.config, result = results.find(({ id }) => id === chart?.result);
    const picture = maybe(this.root, "[data-ca-chart]", SVGSVGElement);
    if (!chart || !result || !picture) return;
    const values = Array.from({ length: chart.years }, (_, at) => compute(this.config, this.inputs, at + 1)[chart.result] ?? [NaN, NaN]);
    draw(picture, values);
    all(this.root, "[data-ca-year]", HTMLElement).forEach((cell, at) => (cell.textContent = this.said(values[at], result.decimals, result.unit)));
  }

  link() {
    return location.href.replace(/[?#].*/s, "") + encode(this.config, this.inputs);
  }

  async copy() {
    const field = find(this.root, "[data-ca-link]", HTMLInputElement);
    this.note((await copy(this.link(), field)) ? (this.words.copied ?? "") : "");
  }

  forget() {
    remember(this.key, null);
    this.inputs = Object.fromEntries(this.config.inputs.map(({ id, default: first }) => [id, first]));
    this.take(this.inputs);
    for (const { id } of this.config.inputs) this.change(id, this.field(id));
    this.note(this.words.forgotten ?? "");
  }
}

const start = () => {
  for (const root of all(document, "[data-calculator]:not([data-ready])", HTMLElement)) new Calculator(root);
};
// One behind a gate.
document.addEventListener("ringback:open", start);
start();
