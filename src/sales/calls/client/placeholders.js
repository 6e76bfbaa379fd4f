// Placeholders: what they are filled with in this call. It is text, whatever it is.

import { attempt, decode, own } from "../../../theme/client/attempt.js";
import { all } from "../../../theme/client/find.js";
import { make } from "../../../theme/client/make.js";
import { newCall, save, state } from "./call.js";
import { clean, keep, keptNames, remind } from "./kept.js";
import { config, here, root, words } from "./page.js";

/** Where the id of whoever rings is kept. */
export const REP = "ringback.rep";
/** A CRM may know better than this browser which call to a contact it is. */
const ATTEMPT = "attempt";
/** The most of what is taken from an address. */
const MOST_ADDRESS = 50_000;

const spans = all(root, "[data-placeholder]", HTMLElement);
const labels = new Map(spans.map((span) => [span, span.textContent]));
/** @typedef {HTMLInputElement|HTMLSelectElement} Field */
/** @type {Field[]} */
export const fields = [...all(root, "input[data-script-fill]", HTMLInputElement), ...all(root, "select[data-script-fill]", HTMLSelectElement)];
const keepButtons = all(root, "[data-script-keep]", HTMLElement);

/** Links that ring somebody. */
const numbers = all(root, "a[data-script-tel]", HTMLAnchorElement);
/** What a phone takes of a number: RFC 3966 has no brackets and spaces. @param {string} number */
const dialled = (number) => number.replace(/\(0\)|[^\d+#*,;]/g, "");

/** Who rings: the id of one of the reps, which the share kit remembers too; nothing for anybody else. */
export const rep = () => {
  const id = String(attempt(() => localStorage[REP]) ?? "").replaceAll('"', "");
  return /^[\w-]{1,80}$/.test(id) && own(config.reps, id) ? id : "";
};

const values = () => state.call?.values ?? keptNames();
/** @param {string} name */
const valueOf = (name) => own(values(), name) || (name === "rep" && own(config.reps, rep())?.name) || own(config.defaults, name) || "";

/** @param {string} [only] the placeholder that has changed; all without */
export function fill(only) {
  for (const span of spans) {
    const name = span.dataset.placeholder ?? "", value = valueOf(name);
    if (only && name !== only) continue;
    span.textContent = inWords(name, value) || (labels.get(span) ?? "");
    span.classList.toggle("filled", Boolean(value));
  }
  for (const field of fields) if (field !== document.activeElement) showValue(field);
  for (const link of numbers) {
    const number = dialled(valueOf(link.dataset.scriptTel ?? ""));
    link.hidden = !number;
    link.href = `tel:${number}`;
  }
  for (const button of keepButtons) button.ariaPressed = String(keep.has(button.dataset.scriptKeep ?? ""));
}

/** What people see of a value: of an option its label. @param {string} name @param {string} value */
const inWords = (name, value) => own(config.fields, name)?.options.find(([id]) => id === value)?.[1] ?? value;

/** A value that a list doesn't have becomes one of its options. @param {Field} field */
function showValue(field) {
  const value = own(values(), field.dataset.scriptFill ?? "") ?? "";
  if (field instanceof HTMLSelectElement && ![...field.options].some((option) => option.value === value)) {
    field.add(make("option", { value, text: value }), 1);
  }
  field.value = value;
}

/** Fills a placeholder of the call, and of the next ones where it is kept. @param {string} name @param {unknown} value */
export function put(name, value) {
  const call = (state.call ??= { ...newCall(), paused: true }), text = clean(value);
  if (text) call.values[name] = text;
  else delete call.values[name];
  if (keep.has(name)) remind(name, text);
}

/** Fills in what an answer says. @param {HTMLAnchorElement} link @returns {Record<string, string>|undefined} what that was before */
export function fillBy({ dataset: { scriptFills } }) {
  if (!scriptFills) return undefined;
  /** @type {Record<string, string>} */
  const all = JSON.parse(scriptFills), before = Object.fromEntries(Object.keys(all).map((name) => [name, own(values(), name) ?? ""]));
  putAll(all);
  return before;
}

/** @param {Record<string, string>} all names with their values */
export function putAll(all) {
  for (const [name, value] of Object.entries(all)) put(name, value);
  fill();
}

/** What people do in the fields. @param {() => void} changed */
export function listenToFields(changed) {
  for (const button of keepButtons) {
    const name = button.dataset.scriptKeep ?? "";
    button.onclick = () => {
      if (!keep.delete(name)) keep.add(name);
      remind(name, own(values(), name) ?? "");
      fill(name);
    };
  }
  for (const field of fields) {
    const name = field.dataset.scriptFill ?? "";
    field.oninput = () => {
      put(name, field.value);
      fill(name);
      save();
      changed();
    };
  }
}

/** Who is on the phone, as far as it is known. @param {Record<string, string>} values */
export const who = (values) =>
  ["first_name", "name", "last_name", "company"].map((name) => own(values, name)).filter(Boolean).join(" ") || words.somebody;

/** Step and placeholders in the address, `#discover&first_name=Kim`. Only those are given that the script declares or that are the CRM's ids, and all are
 * taken out of it, because whoever made the link may have written anything there. */
export function readAddress() {
  const hash = location.hash.slice(1, MOST_ADDRESS);
  if (!hash.includes("=") || document.getElementById(hash)) return { step: decode(hash), given: {} };
  const parts = hash.split("&"), step = parts.find((each) => !each.includes("=")) ?? "";
  // A plus is a space, but for one that begins a number.
  const pairs = parts.filter((each) => each.includes("=")).map((each) => each.replace(/=\+(?=\d)/, "=%2B"));
  const asked = new URLSearchParams(pairs.join("&"));
  const names = [...Object.keys(config.labels), ...config.contact, ATTEMPT].filter((name) => asked.has(name));
  const given = Object.fromEntries(names.map((name) => [name, clean(asked.getAll(name).at(-1))]));
  history.replaceState(history.state, "", step ? `#${step}` : here + location.search);
  document.getElementById(step)?.scrollIntoView();
  return { step, given };
}
