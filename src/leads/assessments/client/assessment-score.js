// What answers come to. `score.rs` computes the same; a test compares both.

/** @import { AssessmentConfig, AssessmentQuestion } from "./config" */

/** An answer as links and this device have it: `3` is the fourth, `02` the first and the third, `n3p5` is 3.5, `nm2` is -2, `x`
 * says that the question doesn't apply, and what follows a `t` is text. @typedef {string} Answer */
/** By the questions' prints. @typedef {Map<string, Answer>} Answers */
/** @typedef {{dimensions: (number|null)[], overall: number|null}} Scores */

export const SKIPPED = "x";

/** A number as it was written, in the form of an answer. @param {number} number @returns {Answer} */
export const numberAnswer = (number) => `n${String(Math.round(number * 1000) / 1000).replace("-", "m").replace(".", "p")}`;

/** @param {Answer} answer */
export const numberOf = (answer) => Number(answer.slice(1).replace("m", "-").replace("p", "."));

/** Is it an answer to this question? @param {AssessmentQuestion} question @param {unknown} answer @returns {answer is Answer} */
export function isAnswer({ kind, points, skip }, answer) {
  if (typeof answer !== "string") return false;
  if (answer === SKIPPED) return skip;
  if (kind === "text") return answer[0] === "t" && answer.length <= 2001;
  if (kind === "number") return /^nm?\d{1,10}(p\d{1,3})?$/.test(answer);
  const digits = [...answer], isSorted = digits.every((digit, at) => !at || digit > (digits[at - 1] ?? ""));
  return /^\d+$/.test(answer) && isSorted && digits.every((digit) => Number(digit) < points.length) && (kind === "several" || digits.length === 1);
}

/** The most points of a question. @param {AssessmentQuestion} question */
const most = ({ kind, points }) => (kind === "several" ? points.reduce((sum, each) => sum + each, 0) : Math.max(0, ...points));

/** Does it count? @param {AssessmentQuestion} question */
export const isScored = (question) => question.dimension !== null && (most(question) > 0 || question.range !== null);

/** Which share of a question's points an answer has; null where it doesn't count.
 * @param {AssessmentQuestion} question @param {Answer|undefined} answer */
function share(question, answer) {
  if (answer === undefined || answer === SKIPPED || !isScored(question)) return null;
  if (question.range) {
    const [none, all] = question.range, found = (numberOf(answer) - none) / (all - none);
    return Math.min(1, Math.max(0, found));
  }
  if (question.kind === "number") return null;
  return [...answer].reduce((sum, digit) => sum + (question.points[Number(digit)] ?? 0), 0) / most(question);
}

/** @param {number} found of 1 */
const score = (found) => Math.floor(found * 100 + 0.5);

/** @param {AssessmentConfig} config @param {Answers} answers @returns {Scores} */
export function scores({ dimensions, questions }, answers) {
  let total = 0, ofAll = 0;
  const each = dimensions.map(({ weight }, index) => {
    let sum = 0, weights = 0;
    for (const question of questions) {
      const found = question.dimension === index ? share(question, answers.get(question.print)) : null;
      if (found === null) continue;
      sum += question.weight * found;
      weights += question.weight;
    }
    if (!weights) return null;
    total += weight * (sum / weights);
    ofAll += weight;
    return score(sum / weights);
  });
  return { dimensions: each, overall: ofAll ? score(total / ofAll) : null };
}
