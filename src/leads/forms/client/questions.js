// What a form asks, and what is answered. Nothing else in the page is looked at.

/** @import { Answer } from "./types" */
/** @import { LeadConfig } from "./config" */
/** @import { Found, Question } from "./validate.js" */
import { own } from "../../../theme/client/attempt.js";
import { all, find, maybe } from "../../../theme/client/find.js";
import { fillIn } from "../../../theme/client/words.js";
import { clean } from "./clean.js";
import { answer, controlsOf, isFreeMail } from "./validate.js";

/** A question, and the element around its inputs. @typedef {[question: Question, place: HTMLElement|null]} Asked */
/** @typedef {{fields: Record<string, Answer|undefined>, given: Record<string, boolean>, wrong: HTMLElement[]}} Answers */

/** The words of a question for readers elsewhere: a link is followed by its address. @param {HTMLElement} shown */
function textOf(shown) {
  const copy = /** @type {HTMLElement} */ (shown.cloneNode(true));
  for (const link of all(copy, "a", HTMLAnchorElement)) link.append(` (${link.href})`);
  return clean(copy.textContent ?? "");
}

export class Questions {
  /** @param {HTMLFormElement} form @param {LeadConfig} config @param {Record<string, string>} words */
  constructor(form, config, words) {
    this.form = form;
    this.config = config;
    this.words = words;
  }

  /** What is asked, and where. @returns {Asked[]} */
  all() {
    /** @param {"field"|"consent"} kind @param {{id: string}} asked */
    const place = (kind, { id }) => maybe(this.form, `[data-${kind}="${CSS.escape(id)}"]`, HTMLElement);
    const { fields, consent } = this.config;
    return [
      ...fields.map((field) => /** @type {Asked} */ ([field, place("field", field)])),
      ...consent.map((each) => /** @type {Asked} */ ([{ ...each, type: "consent" }, place("consent", each)])),
    ];
  }

  /** Reads the answers, and says beside each what is wrong with it. @param {(asked: Asked) => boolean} [which]
   * @returns {Promise<Answers>} */
  async check(which = () => true) {
    /** @type {Answers} */
    const read = { fields: Object.create(null), given: Object.create(null), wrong: [] };
    for (const [field, place] of this.all().filter(which)) {
      /** @type {Found} */
      const found = place ? answer(field, place) : { wrong: field.required && field.type };
      const { value } = found, { free_mail: list } = this.config;
      if (typeof value === "string" && field.business_email && list && (await isFreeMail(value, list))) found.wrong = "business_email";
      if (found.wrong) read.wrong.push(place ?? this.form);
      if (field.type === "consent") read.given[field.id] = value === true;
      else read.fields[field.id] = value;
      if (place) this.mark(place, found);
    }
    return read;
  }

  /** @param {HTMLElement} place @param {Found} found */
  mark(place, { wrong, with: values }) {
    const error = find(place, "[data-lead-error]", HTMLElement);
    error.textContent = wrong ? this.word(wrong, values) : "";
    error.hidden = !wrong;
    for (const control of controlsOf(place)) control.ariaInvalid = wrong && control.type !== "radio" ? "true" : null;
    place.toggleAttribute("data-wrong", !!wrong);
  }

  /** @param {string} name @param {Record<string, string|number>} [values] */
  word(name, values) {
    return fillIn(own(this.words, name), values);
  }

  /** The words of the consents by their ids, and what was answered, a line each.
   * @param {Record<string, Answer|undefined>} fields */
  written(fields) {
    /** @type {Record<string, string>} */
    const texts = Object.create(null), lines = [];
    for (const [{ id, type }, place] of this.all()) {
      const text = place ? textOf(find(place, "[data-lead-text]", HTMLElement)) : "";
      if (type === "consent") texts[id] = text;
      else if (fields[id] !== undefined) lines.push(`${text}: ${fields[id]}`);
    }
    return { texts, lines };
  }
}
