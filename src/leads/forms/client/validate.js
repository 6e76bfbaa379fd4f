// Checks of answers: each gives a value, or the name of the words for what is wrong. The relay has the same rules
// (src/leads/forms/answers.rs): what this page sends is never refused there.

/** @import { Answer } from "./types" */
/** @import { LeadField } from "./config" */
import { attempt } from "../../../theme/client/attempt.js";
import { clean } from "./clean.js";

/** What is asked: a field, or a consent.
 * @typedef {Pick<LeadField, "id"|"type"|"required"> & Partial<LeadField>} Question */
/** @typedef {{value?: Answer, wrong?: string|false, with?: Record<string, string|number>}} Found */
/** @typedef {HTMLInputElement|HTMLSelectElement|HTMLTextAreaElement} Control */

/** No answer is longer. */
const LONGEST = 10_000;

/** @param {Element} place @returns {Control[]} */
export const controlsOf = (place) => [...place.querySelectorAll(/** @type {"input"} */ ("input, select, textarea"))];

/** @param {string} text @returns {string|null} */
function webAddress(text) {
  const url = attempt(() => new URL(text.includes("://") ? text : `https://${text}`));
  // Some browsers take a space in a host for a letter of it.
  return /^https?:$/.test(url?.protocol ?? "") && /^[^%]*\.[^%]*$/.test(url?.hostname ?? "") ? url?.href ?? null : null;
}

/** The domain becomes what DNS has; what is before the @ is the receiver's own. A pasted link loses its `mailto:`. @param {string} text */
function email(text) {
  const bare = text.replace(/^mailto:([^?]*).*$/is, "$1");
  const [, local, domain] = /^([^\s@]{1,64})@([^\s@:/?#[\]\\%]+)$/.exec(bare) ?? [];
  const host = webAddress(`http://${domain}`)?.slice(7, -1);
  return host && /^([a-z\d-]+\.)+(xn--[a-z\d-]+|[a-z]{2,})$/.test(host) ? `${local}@${host}` : null;
}

/** E.164 where the number or `dial` tells how, else as it was typed. @param {string} text
 * @param {string|null|undefined} dial the country's code, and the length of its numbers or 0 where they begin with one: `47:8`, `46:0` */
function phone(text, dial) {
  const typed = text.normalize("NFKC").replace(/^tel:|\(0\)/gi, "");
  const digits = typed.replace(/\D/g, ""), [code, length] = dial?.split(":") ?? [];
  if (digits.length < 5 || digits.length > 20) return null;
  if (/^(\d{7,})\1$/.test(digits)) return null;
  // An extension, hours or a second number is never glued to the first.
  const isMore = /\d\D*\(\d*[^\d()]+\d*\)|\d[\s)]*\/\s*[+0]|\d.*\+|\(\d+\)\s*$/.test(typed);
  if (isMore || digits.length > 15 || /[^\d\s+()./\p{Pd}\u2212\p{Cf}]/u.test(typed)) return text;
  const world = /^\W*\+/.test(typed) ? digits : digits.startsWith("00") && digits.slice(2);
  const isZero = length === "0", isHome = isZero ? digits[0] === "0" : digits.length === Number(length);
  // In +46 070 the zero is only dialled at home.
  if (world && !/^[1-9]\d{4,14}$/.test(world)) return null;
  if (world) return "+" + (isZero ? world.replace(RegExp(`^${code}0`), code) : world);
  if (isHome && code) return `+${code}${isZero ? digits.slice(1) : digits}`;
  return code && digits.startsWith(code) && digits.length > (Number(length) || 9) ? `+${digits}` : text;
}

/** @param {Question} field @param {Element} place @returns {Found} */
export function answer(field, place) {
  const controls = controlsOf(place), [first] = controls, { type, required } = field;
  const isChecked = first instanceof HTMLInputElement && first.checked;
  if (type === "consent") return { value: isChecked, wrong: required && !isChecked && type };
  if (type === "checkbox") return isChecked ? { value: true } : { wrong: required && "tick" };
  if (type.startsWith("choice")) {
    const isChosen = (/** @type {Control} */ each) => each.value && (each instanceof HTMLInputElement ? each.checked : true);
    const values = controls.filter(isChosen).map((each) => each.value);
    return values.length ? { value: type === "choices" ? values : values[0] } : { wrong: required && "choose" };
  }
  if (first.validity.badInput) return { wrong: type };
  const text = clean(first.value, type === "textarea");
  return text ? readText(field, text) : { wrong: required && "required" };
}

/** @param {Question} field @param {string} text @returns {Found} */
function readText({ type, dial, min, max, min_length: least, max_length: most }, text) {
  const n = [...text].length, limit = Math.min(most ?? LONGEST, LONGEST);
  if (n > limit) return { wrong: "too_long", with: { n, max: limit } };
  if (n < (least ?? 0)) return { wrong: "too_short", with: { min: least ?? 0 } };
  const made = valueOf(type, text, dial);
  if (made === null || Number.isNaN(made)) return { wrong: type };
  // An address that is too long as computers write it goes as somebody has written it.
  const isFar = typeof made === "string" && ([...made].length > limit || [...made].length < (least ?? 0)), value = isFar ? text : made;
  // Numbers are compared as numbers, and dates, which are as long as each other, as texts.
  if (min != null && (typeof value === "number" ? value < Number(min) : value < min)) return { wrong: "too_small", with: { min } };
  if (max != null && (typeof value === "number" ? value > Number(max) : value > max)) return { wrong: "too_large", with: { max } };
  return { value };
}

/** What is sent, or null for what can't be right. @param {string} type @param {string} text @param {string|null} [dial] */
function valueOf(type, text, dial) {
  if (type === "email") return settled(text, email);
  if (type === "url") return settled(text, webAddress);
  if (type === "tel") return settled(text, (each) => phone(each, dial));
  if (type === "date") return isDay(text) ? text : null;
  return type === "number" ? Number(text) : text;
}

/** What is made of a text, until nothing more is made of that: whoever checks it again finds it as it is.
 * @param {string} text @param {(text: string) => string|null} make @returns {string|null} */
function settled(text, make) {
  const made = make(text);
  return made === null || made === text ? made : settled(made, make);
}

/** Where a browser has no field for days, anything can be typed. @param {string} text */
const isDay = (text) => /^\d{4}-\d\d-\d\d$/.test(text) && attempt(() => new Date(text).toISOString().slice(0, 10)) === text;

/** Can anybody have this address? Without the list nobody is refused. @param {string} address @param {string} list */
export async function isFreeMail(address, list) {
  const domains = await fetch(list).then((response) => response.json()).catch(() => []);
  return Array.isArray(domains) && domains.includes(address.split("@").pop());
}
