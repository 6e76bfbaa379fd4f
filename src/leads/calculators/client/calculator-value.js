// What a formula comes to. `content/calculator/expression.rs` computes the same; a test compares both.

/** @import { CalculatorConfig } from "./config" */
/** @import { Formula } from "./formula" */
import { own } from "../../../theme/client/attempt.js";

/** By multiplication, so that every browser has the same last digit. @param {number} base @param {number} exponent */
function power(base, exponent) {
  if (!Number.isInteger(exponent) || Math.abs(exponent) > 100) return NaN;
  let product = 1;
  for (let times = 0; times < Math.abs(exponent); times++) product *= base;
  if (exponent >= 0) return product;
  return product === 0 ? NaN : 1 / product;
}

/** @param {boolean} is @param {number} a @param {number} b */
const truth = (is, a, b) => (Number.isNaN(a) || Number.isNaN(b) ? NaN : Number(is));

/** @type {Record<string, (...parts: number[]) => number>} */
const DO = {
  neg: (a = NaN) => -a,
  "+": (a = NaN, b = NaN) => a + b,
  "-": (a = NaN, b = NaN) => a - b,
  "*": (a = NaN, b = NaN) => a * b,
  "/": (a = NaN, b = NaN) => (b === 0 ? NaN : a / b),
  "^": (a = NaN, b = NaN) => power(a, b),
  "<": (a = NaN, b = NaN) => truth(a < b, a, b),
  "<=": (a = NaN, b = NaN) => truth(a <= b, a, b),
  ">": (a = NaN, b = NaN) => truth(a > b, a, b),
  ">=": (a = NaN, b = NaN) => truth(a >= b, a, b),
  "==": (a = NaN, b = NaN) => truth(a === b, a, b),
  min: (...all) => (all.some(Number.isNaN) ? NaN : Math.min(...all)),
  max: (...all) => (all.some(Number.isNaN) ? NaN : Math.max(...all)),
  round: (a = NaN, digits = 0) => Math.floor(a * power(10, digits) + 0.5) / power(10, digits),
  if: (is = NaN, a = NaN, b = NaN) => (Number.isNaN(is) ? NaN : is !== 0 ? a : b),
};

/** @param {Formula} formula @param {Record<string, number>} known @returns {number} */
export function value(formula, known) {
  if (typeof formula === "number") return formula;
  if (typeof formula === "string") return own(known, formula) ?? NaN;
  const [name, ...parts] = formula;
  return own(DO, name)?.(...parts.map((part) => value(part, known))) ?? NaN;
}

/** @typedef {[low: number, high: number]} Range */

/** The results in a year, each from the least to the most that the assumptions allow.
 * @param {CalculatorConfig} config @param {Record<string, number>} inputs @param {number} year @returns {Record<string, Range>} */
export function compute({ assumptions, results }, inputs, year) {
  const ranges = assumptions.filter(({ low, high }) => low < high);
  /** @type {Record<string, Range>} */
  const found = {};
  for (let corner = 0; corner < 2 ** ranges.length; corner++) {
    /** @type {Record<string, number>} */
    const known = { ...inputs, year };
    for (const { id, low } of assumptions) known[id] = low;
    ranges.forEach(({ id, high }, place) => {
      if ((corner >> place) & 1) known[id] = high;
    });
    for (const { id, formula } of results) {
      const now = value(formula, known), [low, high] = found[id] ?? [now, now];
      known[id] = now;
      found[id] = [now < low || Number.isNaN(now) ? now : low, now > high || Number.isNaN(now) ? now : high];
    }
  }
  return found;
}
