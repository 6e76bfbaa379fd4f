// The questions, one after another. Each is a fieldset of the page.

/** @import { AssessmentConfig, AssessmentQuestion } from "./config" */
/** @import { Answer } from "./assessment-score.js" */
/** @import { Kept } from "./assessment-answers.js" */
import { all, find, maybe } from "../../../theme/client/find.js";
import { fillIn } from "../../../theme/client/words.js";
import { SKIPPED, numberAnswer, numberOf } from "./assessment-score.js";

/** How long a chosen answer is seen before the next question comes. */
const SEEN = 220;

export class Walk {
  /** @param {HTMLElement} root @param {AssessmentConfig} config @param {Record<string, string>} words
   * @param {{kept: Kept, changed: () => void, done: () => void}} to */
  constructor(root, config, words, to) {
    this.root = root;
    this.config = config;
    this.words = words;
    this.to = to;
    /** @type {ReturnType<typeof setTimeout>|undefined} */
    this.timer = undefined;
    this.form = find(root, "[data-as-questions]", HTMLFormElement);
    this.places = all(this.form, "[data-as-question]", HTMLFieldSetElement);
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.next();
    });
    find(this.form, "[data-as-back]", HTMLButtonElement).addEventListener("click", () => this.go(this.to.kept.at - 1));
    this.form.addEventListener("change", () => this.take());
    this.form.addEventListener("keydown", (event) => this.press(event));
    // Where somebody points at an answer, the next question comes; the arrow keys go through the answers first.
    this.form.addEventListener("click", ({ target, detail }) => {
      const isChosen = target instanceof HTMLInputElement && target.type === "radio" && target.checked && detail > 0;
      if (isChosen) this.soon();
    });
  }

  /** @returns {[AssessmentQuestion, HTMLFieldSetElement]} */
  get here() {
    const { at } = this.to.kept, question = this.config.questions[at], place = this.places[at];
    if (!question || !place) throw new Error(`the page has no question ${at + 1}`);
    return [question, place];
  }

  /** Shows what was answered in all of them. */
  restore() {
    this.config.questions.forEach(({ kind, print }, at) => {
      const answer = this.to.kept.answers.get(print), place = this.places[at];
      for (const input of place ? all(place, "input, textarea", HTMLElement) : []) {
        if (input instanceof HTMLTextAreaElement) input.value = answer?.slice(1) ?? "";
        else if (input instanceof HTMLInputElement && input.type === "number") input.value = answer && answer !== SKIPPED ? String(numberOf(answer)) : "";
        else if (input instanceof HTMLInputElement) {
          input.checked = answer !== undefined && (input.value === answer || (kind === "several" && answer !== SKIPPED && answer.includes(input.value)));
        }
      }
    });
  }

  /** What is answered in a question's place. @param {AssessmentQuestion} question @param {HTMLFieldSetElement} place
   * @returns {Answer|null} */
  read({ kind }, place) {
    const chosen = all(place, "input:checked", HTMLInputElement).map(({ value }) => value);
    if (chosen.includes(SKIPPED)) return SKIPPED;
    if (kind === "text") {
      const text = find(place, "textarea", HTMLTextAreaElement).value.trim().slice(0, 2000);
      return text ? `t${text}` : null;
    }
    if (kind === "number") {
      const { value, valueAsNumber } = find(place, "input[type=number]", HTMLInputElement);
      return value !== "" && Math.abs(valueAsNumber) <= 1e9 ? numberAnswer(valueAsNumber) : null;
    }
    return chosen.sort().join("") || null;
  }

  /** Keeps what is answered here. */
  take() {
    const [question, place] = this.here, skip = maybe(place, `input[type=checkbox][value="${SKIPPED}"]`, HTMLInputElement);
    // Whoever ticks that it doesn't apply has no other answer, and the other way round.
    const others = all(place, `input:checked:not([value="${SKIPPED}"])`, HTMLInputElement);
    if (skip?.checked && document.activeElement === skip) for (const each of others) each.checked = false;
    else if (skip && others.length) skip.checked = false;
    this.to.kept.set(question.print, this.read(question, place));
    if (this.to.kept.answers.has(question.print)) this.wrong("");
    this.to.changed();
  }

  /** The keys 1 to 9 choose, and 0 says that it doesn't apply. @param {KeyboardEvent} event */
  press(event) {
    const isWriting = event.target instanceof HTMLTextAreaElement || (event.target instanceof HTMLInputElement && event.target.type === "number");
    if (isWriting || event.ctrlKey || event.altKey || event.metaKey || !/^\d$/.test(event.key)) return;
    const [, place] = this.here, value = event.key === "0" ? SKIPPED : String(Number(event.key) - 1);
    const input = maybe(place, `input[value="${value}"]`, HTMLInputElement);
    if (!input) return;
    event.preventDefault();
    input.focus();
    input.checked = input.type === "radio" || !input.checked;
    this.take();
    if (input.type === "radio") this.soon();
  }

  soon() {
    const { at } = this.to.kept;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.to.kept.at === at && this.next(), SEEN);
  }

  /** @param {string} text */
  wrong(text) {
    find(this.form, "[data-as-wrong]", HTMLElement).textContent = text;
  }

  next() {
    const [question] = this.here, { kept } = this.to;
    clearTimeout(this.timer);
    this.take();
    // Words are asked for, never demanded.
    if (question.kind !== "text" && !kept.answers.has(question.print)) {
      this.wrong(this.words.choose ?? "");
      return;
    }
    if (kept.at + 1 < this.config.questions.length) this.go(kept.at + 1);
    else this.to.done();
  }

  /** Shows a question, and says where it is. @param {number} at */
  go(at) {
    const { kept } = this.to, { questions, dimensions } = this.config;
    kept.at = Math.min(Math.max(0, at), questions.length - 1);
    this.places.forEach((place, index) => (place.hidden = index !== kept.at));
    this.wrong("");
    const [question, place] = this.here, dimension = question.dimension === null ? undefined : dimensions[question.dimension];
    const bar = find(this.form, "[data-as-progress]", HTMLProgressElement);
    [bar.max, bar.value] = [questions.length, kept.at + 1];
    find(this.form, "[data-as-place]", HTMLElement).textContent = fillIn(this.words.place, { n: kept.at + 1, all: questions.length });
    find(this.form, "[data-as-of]", HTMLElement).textContent = dimension?.title ?? "";
    find(this.form, "[data-as-back]", HTMLButtonElement).hidden = kept.at === 0;
    find(this.form, "[data-as-next]", HTMLButtonElement).textContent = this.words[kept.at + 1 < questions.length ? "next" : "finish"] ?? "";
    this.to.changed();
    place.focus({ preventScroll: true });
    this.form.scrollIntoView({ block: "nearest" });
  }
}
