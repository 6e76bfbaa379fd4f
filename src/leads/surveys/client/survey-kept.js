// The answers of whoever rates somebody or writes down a visit, kept on their device alone.

/** @import { SurveyConfig } from "./config" */
/** @import { SurveyRecord } from "./survey-code.js" */
import { isMap, isText, recall, remember } from "../../../theme/client/storage.js";
import { PRINT, SKIPPED } from "./survey-code.js";

/** Eight letters and digits by chance. */
const byChance = () => [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => (byte % 36).toString(36)).join("");

export class Kept {
  /** @param {SurveyConfig} config @param {string} person @param {string} group */
  constructor(config, person, group) {
    this.config = config;
    this.key = `ringback-survey:${config.id}:${group}:${person.toLowerCase()}`;
    /** By the questions' prints: an index, or x. @type {Map<string, string>} */
    this.answers = new Map();
    /** @type {Map<string, string>} */
    this.texts = new Map();
    /** How many answers belong to questions that are no more. */
    this.lost = this.revision = 0;
    /** The day and the place of a visit. */
    this.rater = this.date = this.place = "";
    this.read();
  }

  /** Takes what is kept: another tab may have gone on. An answer to a question that has changed is asked for again. */
  read() {
    const kept = recall(this.key), it = isMap(kept) ? kept : {};
    const answers = isMap(it.answers) ? it.answers : {}, texts = isMap(it.texts) ? it.texts : {};
    this.answers = new Map();
    this.texts = new Map();
    for (const { print, points } of this.config.questions) {
      const answer = Object.hasOwn(answers, print) ? answers[print] : undefined, text = Object.hasOwn(texts, print) ? texts[print] : undefined;
      if (points.length && isText(answer, 1) && (answer === SKIPPED || Number(answer) < points.length)) this.answers.set(print, answer);
      if (!points.length && isText(text)) this.texts.set(print, text);
    }
    this.lost = Object.keys(answers).length + Object.keys(texts).length - this.answers.size - this.texts.size;
    this.rater = isText(it.rater, 20) ? it.rater : byChance();
    this.revision = Number.isInteger(it.revision) ? Number(it.revision) : 0;
    this.date = isText(it.date, 10) ? it.date : "";
    this.place = isText(it.place, 60) ? it.place : "";
  }

  /** Whether it is kept for the next visit of the page. */
  keep() {
    const { answers, texts, rater, revision, date, place } = this;
    return remember(this.key, { answers: Object.fromEntries(answers), texts: Object.fromEntries(texts), rater, revision, date, place });
  }

  get isBegun() {
    return this.answers.size + this.texts.size > 0;
  }

  forget() {
    remember(this.key, null);
    this.read();
  }

  /** What a code holds of it. @param {string} person @param {string} group @returns {SurveyRecord} */
  record(person, group) {
    const { config, answers, texts, rater, revision, date } = this;
    const given = [...answers].filter(([print]) => print.length === PRINT).map(([print, answer]) => print + answer).join("");
    return { s: config.id, v: config.questions_version, g: group, p: person, r: rater, n: revision, d: date, a: given, t: Object.fromEntries(texts) };
  }
}
