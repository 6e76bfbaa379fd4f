// What a form takes along of an assessment: hidden fields, which `content/assessment` declares.

/** @import { AssessmentConfig } from "./config" */
/** @import { Answers, Scores } from "./assessment-score.js" */
import { find, maybe } from "../../../theme/client/find.js";
import { SKIPPED, numberOf } from "./assessment-score.js";

/** What the lead says of an answer: the number of the one chosen, as people count; several, with commas; a number; words.
 * @param {string} kind @param {string|undefined} answer */
function said(kind, answer) {
  if (answer === undefined) return "";
  if (answer === SKIPPED) return "skipped";
  if (kind === "text") return answer.slice(1);
  return kind === "number" ? String(numberOf(answer)) : [...answer].map((digit) => Number(digit) + 1).join(",");
}

/** @param {HTMLElement} root @param {AssessmentConfig} config @param {{answers: Answers, scores: Scores, level: string, link: string}} result */
export function fill(root, { dimensions, questions }, { answers, scores, level, link }) {
  const form = maybe(root, "[data-lead]", HTMLElement);
  if (!form) return;
  /** @param {string} name @param {string|number|null|undefined} value */
  const set = (name, value) => (find(form, `[data-field="${name}"] input`, HTMLInputElement).value = String(value ?? ""));
  set("assessment_level", level);
  set("assessment_score", scores.overall);
  set("assessment_result", link);
  dimensions.forEach(({ id }, index) => set(`score_${id}`, scores.dimensions[index]));
  for (const { id, kind, print } of questions) set(`answer_${id}`, said(kind, answers.get(print)));
}

/** Calls when the form has been sent, or waits to be. @param {HTMLElement} root @param {() => void} then */
export function whenSent(root, then) {
  const form = maybe(root, "[data-lead]", HTMLElement);
  if (!form) return;
  const look = () => ["confirmed", "sent", "waiting", "unsure"].includes(form.dataset.state ?? "") && then();
  new MutationObserver(look).observe(form, { attributeFilter: ["data-state"] });
}
