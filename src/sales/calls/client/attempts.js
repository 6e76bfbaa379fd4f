// Which call to a contact it is: counted in this browser, for ninety days. What is stored has no names: a short hash of the
// contact's id, phone number or address.

/** @import { Call } from "./call" */
import { own } from "../../../theme/client/attempt.js";
import { isMap, recall, remember } from "../../../theme/client/storage.js";

const ATTEMPTS = "ringback.attempts", DAYS = 90 * 86_400_000, MOST = 2000;

/** @param {string} text @returns {string} FNV-1a, 32 bits */
const print = (text) => [...new TextEncoder().encode(text)].reduce((hash, byte) => Math.imul(hash ^ byte, 0x01000193) >>> 0, 0x811c9dc5).toString(36);

/** By what a contact is known again. @param {Call} call @param {Record<string, string>} contact the CRM's ids for them */
function keyOf({ values }, contact) {
  const [id] = Object.entries(contact).map(([name, value]) => `${name}=${value}`);
  const phone = own(values, "phone")?.replace(/\D/g, ""), email = own(values, "email")?.toLowerCase();
  const known = id ?? phone ?? email;
  return known ? print(known) : "";
}

/** What is stored: how often, and when last. @returns {Record<string, [number, number]>} */
function counted() {
  const kept = recall(ATTEMPTS), now = Date.now();
  const fine = Object.entries(isMap(kept) ? kept : {}).flatMap(([key, each]) => {
    const [count, at] = Array.isArray(each) ? each : [];
    return Number.isInteger(count) && count > 0 && now - at < DAYS ? [/** @type {[string, [number, number]]} */ ([key, [count, at]])] : [];
  });
  return Object.fromEntries(fine.sort(([, [, a]], [, [, b]]) => b - a).slice(0, MOST));
}

/** Counts a call to a contact, once. @param {Call} call @param {Record<string, string>} contact @returns {number|null} the first is 1;
 * nothing where nobody can say who it is */
export function attemptOf(call, contact) {
  if (call.attempt) return call.attempt;
  const told = Number(own(call.values, "attempt")), key = keyOf(call, contact);
  const all = counted(), number = told >= 1 && told <= 1000 ? Math.round(told) : key ? (own(all, key)?.[0] ?? 0) + 1 : null;
  if (key && number) remember(ATTEMPTS, { ...all, [key]: [number, Date.now()] });
  call.attempt = number;
  return number;
}

/** The CRM's ids for the contact, of those that are declared. @param {Call} call @param {string[]} names @returns {Record<string, string>} */
export const idsOf = ({ values }, names) => Object.fromEntries(names.flatMap((name) => (own(values, name) ? [[name, values[name]]] : [])));
