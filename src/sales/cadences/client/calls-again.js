// Calls after which somebody is to be called again: at the time that was promised, or with the next try.

/** @import { Kept } from "./calls-kept" */
import { isSame } from "./contacts.js";
import { dayOf } from "./plan.js";

/** When the next call is, where this one has promised or planned one that nobody has made since. @param {Kept} call @param {Kept[]} all
 * @returns {Date|null} */
export function againAt(call, all) {
  const time = call.end && call.ended && ["callback", "retry"].includes(call.end.promise) && call.when ? new Date(call.when) : null;
  if (!time || !Number.isFinite(time.getTime())) return null;
  const isMade = all.some((other) => other.started > call.started && other.key !== call.key && isSame(other.values, call.values));
  return isMade ? null : time;
}

/** Is it for today, or was it? @param {Date|null} time */
export const isDueToday = (time) => Boolean(time && dayOf(time) <= dayOf(new Date()));

/** The script with the names of the contact, which never leave the browser: a new call. @param {Kept} call */
export const againLink = ({ page, trail: [first], values }) =>
  `${first?.page ?? page}#${Object.entries(values).filter(([name]) => name !== "rep" && name !== "attempt").map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join("&")}`;
