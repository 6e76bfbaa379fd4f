// Answers that depend on what is known, and what answers add up to. Loaded with the player, for scripts that have any of that.

/** @import { Call, Scored } from "./call" */
/** @import { AnswerCondition } from "./config" */
import { own } from "../../../theme/client/attempt.js";
import { all } from "../../../theme/client/find.js";

/** What the answers add up to: of each step of the script that has the score, the last answer counts. @param {Call} call @returns {Scored|null} */
function scoreOf({ score, trail }) {
  if (!score) return null;
  const points = new Map(trail.filter(({ spot }) => spot?.key === score.key).map(({ spot, points = 0 }) => [spot?.index, points]));
  const value = [...points.values()].reduce((sum, each) => sum + each, 0);
  const band = score.bands.findLast(({ from }) => from === null || from <= value) ?? null;
  return { label: score.label, value, band: band?.id ?? "", name: band?.label ?? "" };
}

/** Numbers as people write them. @param {string} text */
const number = (text) => Number.parseFloat(text.replace(",", "."));

/** @type {Record<string, (known: string, value: string) => boolean>} */
const TESTS = {
  is: (known, value) => known.toLowerCase() === value.toLowerCase() || number(known) === number(value) && !/[^\d.,+-]/.test(known + value),
  not: (known, value) => !TESTS.is(known, value),
  over: (known, value) => number(known) > number(value),
  under: (known, value) => number(known) < number(value),
  least: (known, value) => number(known) >= number(value),
  most: (known, value) => number(known) <= number(value),
};

/** Is it so? Undefined where nobody knows yet. @param {AnswerCondition} condition @param {Call} call @returns {boolean|undefined} */
function holds({ field, test, value }, { values, scored }) {
  const known = field === null ? String((/^[-\d.]+$/.test(value) ? scored?.value : scored?.band) ?? "") : own(values, field) ?? "";
  if (test === "known" || test === "unknown") return Boolean(known) === (test === "known");
  return known || field === null ? TESTS[test]?.(known, value) : undefined;
}

/** Marks the answers of a step that aren't so (`untrue`). What can't be known yet stays: then whoever calls decides; and if nothing
 * were left, all of it does. @param {HTMLElement} step @param {Call} call */
function mark(step, call) {
  const answers = all(step, ":scope > .answers > li > a", HTMLAnchorElement);
  const conditions = answers.map(({ dataset: { scriptIf } }) => (scriptIf ? /** @type {AnswerCondition} */ (JSON.parse(scriptIf)) : null));
  const so = conditions.map((condition) => (condition && condition.test !== "otherwise" ? holds(condition, call) : undefined));
  const isAny = so.includes(true), shown = conditions.map((condition, index) => (condition?.test === "otherwise" ? !isAny : so[index] !== false));
  answers.forEach((link, index) => link.parentElement?.classList.toggle("untrue", shown.includes(true) && !shown[index]));
}

/** Adds up, and marks what isn't so. @param {HTMLElement} step that is shown @param {Call} call */
export function apply(step, call) {
  call.scored = scoreOf(call);
  const place = document.querySelector("[data-script-score]"), objection = step.closest("[data-objection]");
  if (place && call.scored) place.textContent = `${call.scored.value}${call.scored.name && ` · ${call.scored.name}`}`;
  for (const each of new Set([step, objection])) if (each instanceof HTMLElement) mark(each, call);
}
