// Placeholders: what they are filled with in this browser. It is text, whatever it is.

import { attempt, decode, own } from "../../../theme/client/attempt.js";
import { all } from "../../../theme/client/find.js";
import { make } from "../../../theme/client/make.js";
import { isMap, isText, recall, remember } from "../../../theme/client/storage.js";
import { MOST_LETTERS, MOST_NAMES, state } from "./call.js";
import { config, here, root } from "./page.js";

export const PLACEHOLDERS = "ringback.placeholders";
const REP = "ringback.rep", LONGEST = 200;
/** The most of what is taken from an address. */
const MOST_ADDRESS = 50_000;

/** One line without what can't be seen, of a length that somebody can say. @param {unknown} value */
const clean = (value) => [...String(value).normalize().replace(/[\p{Cc}\p{Cs}]/gu, " ").trim()].slice(0, LONGEST).join("");
/** What placeholders of this script and others were filled with. @type {Record<string, string>} */
export const values = Object.create(null);
/** Those that the next call begins with. @type {Set<string>} */
export const keep = new Set();
const spans = all(root, "[data-placeholder]", HTMLElement);
const labels = new Map(spans.map((span) => [span, span.textContent]));
/** @typedef {HTMLInputElement|HTMLSelectElement} Field */
/** @type {Field[]} */
export const fields = [...all(root, "input[data-script-fill]", HTMLInputElement), ...all(root, "select[data-script-fill]", HTMLSelectElement)];
export const keepButtons = all(root, "[data-script-keep]", HTMLElement);

/** What this browser keeps of them: texts alone, and no more than there can be. @returns {unknown} the names to keep */
function readKept() {
  const kept = recall(PLACEHOLDERS), map = isMap(kept) ? kept : {};
  for (const [name, value] of Object.entries(isMap(map.values) ? map.values : {}).slice(0, MOST_NAMES)) {
    if (name.length <= LONGEST && isText(value, MOST_LETTERS)) values[name] = clean(value);
  }
  return map.keep;
}
const keptNames = readKept();
for (const name of Array.isArray(keptNames) ? keptNames.slice(0, MOST_NAMES) : ["rep"]) if (isText(name, LONGEST)) keep.add(name);

/** Who rings: the id of one of the reps, which the share kit remembers too; nothing for anybody else. */
export const rep = () => {
  const id = String(attempt(() => localStorage[REP]) ?? "").replaceAll('"', "");
  return /^[\w-]{1,80}$/.test(id) && own(config.reps, id) ? id : "";
};

/** @param {string} name */
const valueOf = (name) => values[name] || (name === "rep" && own(config.reps, rep())) || own(config.defaults, name) || "";

/** @param {string} [only] the placeholder that has changed; all without */
export function fill(only) {
  for (const span of spans) {
    const name = span.dataset.placeholder ?? "", value = valueOf(name);
    if (only && name !== only) continue;
    span.textContent = value || (labels.get(span) ?? "");
    span.classList.toggle("filled", Boolean(value));
  }
  for (const field of fields) if (field !== document.activeElement) showValue(field);
  for (const button of keepButtons) button.ariaPressed = String(keep.has(button.dataset.scriptKeep ?? ""));
}

/** A value that a list doesn't have becomes one of its options. @param {Field} field */
function showValue(field) {
  const value = values[field.dataset.scriptFill ?? ""] ?? "";
  if (field instanceof HTMLSelectElement && ![...field.options].some((option) => option.value === value)) {
    field.add(make("option", { value, text: value }), 1);
  }
  field.value = value;
}

/** @param {string} name @param {unknown} value */
export function put(name, value) {
  values[name] = clean(value);
  if (!values[name]) delete values[name];
  remember(PLACEHOLDERS, { values: { ...values }, keep: [...keep] });
}

/** Forgets the last person. @param {boolean} [all] what is kept for the next call, too */
export function forget(all = false) {
  for (const name of Object.keys(values)) if (all || !keep.has(name)) put(name, "");
}

/** Another tab has filled a placeholder. */
export function refill() {
  for (const name of Object.keys(values)) delete values[name];
  readKept();
  fill();
}

/** What was filled in, of the placeholders that the scripts of a call declare. @param {Record<string, string>} declared @returns {[string, string][]} */
export const filled = (declared) => Object.entries(values).filter(([name]) => Object.hasOwn(declared, name));

/** Placeholders in the address, `#discover&first_name=Kim`: those that the script declares are kept, and all are taken out of
 * it, because whoever made the link may have written anything there. @returns {string} the step in it */
export function readAddress() {
  const hash = location.hash.slice(1, MOST_ADDRESS);
  if (!hash.includes("=") || document.getElementById(hash)) return decode(hash);
  const parts = hash.split("&"), step = parts.find((each) => !each.includes("=")) ?? "";
  if (!state.call) forget();
  // A plus is a space, but for one that begins a number.
  const given = parts.filter((each) => each.includes("=")).map((each) => each.replace(/=\+(?=\d)/, "=%2B"));
  const asked = new URLSearchParams(given.join("&"));
  for (const name of Object.keys(config.labels)) if (asked.has(name)) put(name, asked.getAll(name).at(-1));
  history.replaceState(history.state, "", step ? `#${step}` : here + location.search);
  document.getElementById(step)?.scrollIntoView();
  return step;
}
