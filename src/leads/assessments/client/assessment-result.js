// The result: all its words are in the page; what fits is shown, in the order that fits.

/** @import { AssessmentConfig } from "./config" */
/** @import { Scores } from "./assessment-score.js" */
import { all, find, maybe } from "../../../theme/client/find.js";
import { fillIn } from "../../../theme/client/words.js";

/** The level of a score. @param {AssessmentConfig} config @param {number|null|undefined} score */
export const levelOf = ({ levels }, score) => levels.find(({ from, to }) => score != null && from <= score && score <= to);

/** Corners of a radar: 100 is as far out as its rings, at 100 from the middle of a square of 240.
 * @param {(number|null)[]} values */
const corners = (values) =>
  values.map((value, at) => {
    const angle = (2 * Math.PI * at) / values.length, far = value ?? 0;
    return `${(120 + far * Math.sin(angle)).toFixed(1)},${(120 - far * Math.cos(angle)).toFixed(1)}`;
  }).join(" ");

/** What a dimension is called by its score. @param {AssessmentConfig} config @param {number|null} score */
function standing({ strength_from: strength, gap_below: gap }, score) {
  if (score === null) return "none";
  return score >= strength ? "strength" : score < gap ? "gap" : "between";
}

/** Shows one of several, by the name that each has. @param {ParentNode} place @param {string} attribute @param {string|undefined} name */
function only(place, attribute, name) {
  for (const each of all(place, `[${attribute}]`, HTMLElement)) each.hidden = each.getAttribute(attribute) !== name;
}

/** @param {HTMLElement} root @param {AssessmentConfig} config @param {Scores} scores @param {Record<string, string>} words */
export function show(root, config, scores, words) {
  const { overall } = scores, level = levelOf(config, overall), { dimensions } = config;
  find(root, "[data-as-level-title]", HTMLElement).textContent = level?.title ?? words.nothing ?? "";
  find(root, "[data-as-score]", HTMLElement).textContent = overall === null ? "–" : String(overall);
  only(root, "data-as-level", level?.id);
  maybe(root, "[data-as-shape]", SVGPolygonElement)?.setAttribute("points", corners(scores.dimensions));
  maybe(root, "[data-as-marker]", SVGCircleElement)?.setAttribute("cx", String(8 + (overall ?? 0) * 3.84));
  dimensions.forEach(({ id }, index) => {
    const score = scores.dimensions[index] ?? null, row = find(root, `[data-as-row="${id}"]`, HTMLElement);
    find(row, "[data-as-row-score]", HTMLElement).textContent = score === null ? (words.skipped ?? "") : String(score);
    find(row, "[data-as-row-level]", HTMLElement).textContent = levelOf(config, score)?.title ?? "–";
    find(row, "meter", HTMLMeterElement).value = score ?? 0;
    const card = find(root, `[data-as-card="${id}"]`, HTMLElement);
    only(card, "data-as-when", standing(config, score));
    only(card, "data-as-advice", levelOf(config, score)?.id);
    find(card, "[data-as-card-score]", HTMLElement).textContent = score === null ? "" : fillIn(words.of_100_n, { n: score });
  });
  for (const list of all(root, "[data-as-list]", HTMLElement)) {
    const kind = list.dataset.asList, score = (/** @type {number} */ at) => scores.dimensions[at] ?? -1;
    const inIt = dimensions.map((_, at) => at).filter((at) => standing(config, scores.dimensions[at] ?? null) === kind);
    // What is weakest comes first, and what is strongest among strengths.
    inIt.sort((a, b) => (kind === "strength" ? score(b) - score(a) : score(a) - score(b)) || a - b);
    find(list, "[data-as-cards]", HTMLElement).replaceChildren(...inIt.map((at) => find(root, `[data-as-card="${dimensions[at]?.id}"]`, HTMLElement)));
    list.hidden = !inIt.length;
  }
}
