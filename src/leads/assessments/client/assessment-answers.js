// The answers of whoever is here, kept on their device alone.

/** @import { AssessmentConfig } from "./config" */
/** @import { Answer, Answers } from "./assessment-score.js" */
import { isMap, recall, remember } from "../../../theme/client/storage.js";
import { isAnswer } from "./assessment-score.js";

export class Kept {
  /** @param {AssessmentConfig} config */
  constructor(config) {
    this.config = config;
    this.key = `ringback-assessment:${config.id}`;
    /** @type {Answers} */
    this.answers = new Map();
    /** How many answers belong to questions that are no more. */
    this.lost = 0;
    /** Was the last question passed, and the form sent where that is asked for? */
    this.isDone = this.isSent = false;
    /** The question that is asked. */
    this.at = 0;
    this.read();
  }

  /** Takes what is kept: another tab may have gone on. An answer to a question that has changed is asked for again. */
  read() {
    const kept = recall(this.key), given = isMap(kept) && isMap(kept.answers) ? kept.answers : {};
    const { questions } = this.config;
    this.answers = new Map();
    for (const question of questions) {
      const answer = Object.hasOwn(given, question.print) ? given[question.print] : undefined;
      if (isAnswer(question, answer)) this.answers.set(question.print, answer);
    }
    this.lost = Object.keys(given).length - this.answers.size;
    this.isDone = isMap(kept) && kept.done === true;
    this.isSent = isMap(kept) && kept.sent === true;
    const isKnown = isMap(kept) && typeof kept.at === "number" && Number.isInteger(kept.at);
    this.at = isKnown ? Math.min(Math.max(0, Number(kept.at)), questions.length - 1) : 0;
  }

  /** Is there anything to go on with? */
  get isBegun() {
    return this.answers.size > 0;
  }

  /** @param {string} print @param {Answer|null} answer null takes it back */
  set(print, answer) {
    if (answer === null) this.answers.delete(print);
    else this.answers.set(print, answer);
  }

  /** Whether it is kept for the next visit. */
  keep() {
    const { answers, at, isDone: done, isSent: sent } = this;
    return remember(this.key, { version: this.config.questions_version, answers: Object.fromEntries(answers), at, done, sent });
  }

  forget() {
    remember(this.key, null);
    this.read();
  }
}
