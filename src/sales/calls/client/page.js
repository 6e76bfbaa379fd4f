// The page of a script: its parts, by the hooks that docs/content/theme.md lists, and its words.

/** @import { PlayerConfig } from "./config" */
import { own } from "../../../theme/client/attempt.js";
import { all, find, json, maybe } from "../../../theme/client/find.js";
import { fillIn } from "../../../theme/client/words.js";

export const root = find(document, "[data-script]", HTMLElement);
/** @type {PlayerConfig} */
export const config = json(root, "[data-script-config]");
/** @type {Record<string, string>} */
export const words = json(root, "[data-script-words]");
export const here = location.pathname;

/** @param {string} name */
export const part = (name) => find(root, `[data-script-${name}]`, HTMLElement);

export const stage = part("steps");
export const finish = part("finish");
export const status = part("status");
export const dialog = find(root, "[data-script-objections]", HTMLDialogElement);
export const sendButton = find(root, "[data-script-send]", HTMLButtonElement);
export const notes = find(root, "[data-script-notes]", HTMLTextAreaElement);
export const letterField = find(root, "[data-script-letter]", HTMLTextAreaElement);
/** The time that was promised. */
export const timeField = find(root, "[data-script-at]", HTMLInputElement);

/** @param {string} name @param {Record<string, string>} [values] */
export const say = (name, values) => fillIn(own(words, name), values);
/** @param {Node|null|undefined} element */
export const textOf = (element) => (element?.textContent ?? "").replace(/\s+/g, " ").trim();
/** @param {number} ms */
export const minutes = (ms) => `${Math.floor(Math.max(0, ms) / 60_000)}:${String(Math.floor(Math.max(0, ms) / 1000) % 60).padStart(2, "0")}`;
/** Boxes to tick. */
export const boxes = all(stage, "input[type=checkbox]:not(:disabled)", HTMLInputElement);
/** @param {HTMLInputElement} box */
export const labelOf = (box) => textOf(box.closest("label"));
/** @param {Date|number} time */
export const date = (time) => new Intl.DateTimeFormat(config.locale, { dateStyle: "full", timeStyle: "short" }).format(time);

/** @param {HTMLElement} step */
export const titleOf = (step) => textOf(maybe(step, "[data-name]", HTMLElement) ?? maybe(step, "[data-title]", HTMLElement));

/** The step that something with this id is in. @param {string|undefined} id */
export function stepOf(id) {
  const step = id ? document.getElementById(id)?.closest("[data-script-step]") : null;
  return step instanceof HTMLElement ? step : null;
}

const steps = all(stage, "[data-script-step]", HTMLElement);

/** Where a step is, in this script and in its translations. @param {HTMLElement} step */
export const spotOf = (step) => ({ key: config.page.key, index: steps.indexOf(step), steps: steps.length });

/** The step of a place in a call, if it is on this page: by its id, and in a translation that has as many, by its number.
 * @param {{page: string, step: string, spot?: {key: string, index: number, steps: number}|null}} place @returns {HTMLElement|null} */
export function stepAt({ page, step, spot }) {
  if (page !== here && spot?.key !== config.page.key) return null;
  return stepOf(step) ?? (page !== here && spot?.steps === steps.length ? steps[spot.index] ?? null : null);
}

/** Is it a place of this page, or of one of its translations? @param {{page: string, spot?: {key: string}|null}} place */
export const isHere = ({ page, spot }) => page === here || spot?.key === config.page.key;

/** The questions of an outcome. @param {HTMLElement|null} step */
export const questionsOf = (step) => (step ? all(step, "[data-script-questions] li", HTMLElement) : []).map(textOf);

/** Those of a step, after what its objection answers by itself. @param {HTMLElement} step */
export const answersOf = (step) => [step.closest("[data-objection]:not(.on)"), step].flatMap((each) =>
  (each ? all(each, ".answers > li > a", HTMLAnchorElement) : []).filter((link) => link.closest("[data-script-step]") === each && !link.parentElement?.matches(".untrue")));
