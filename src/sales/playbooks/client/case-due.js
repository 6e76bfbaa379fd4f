// By when the steps of a case are due, and how that is said.

/** @import { Next } from "./case-store" */
import { fillIn } from "../../../theme/client/words.js";

const MINUTE = 60_000, HOUR = 60 * MINUTE, DAY = 24 * HOUR;

/** When a step is due: `within 86400` is in seconds, `day 3` the end of that day on this computer's calendar. @param {string} mark `data-due` of a step
 * @param {number} start of the case @returns {{at: number, isDay: boolean}|null} */
export function dueAt(mark, start) {
  const [kind, text] = mark.split(" "), number = Number(text);
  if (!Number.isFinite(number) || number < 0) return null;
  if (kind === "within") return { at: start + number * 1000, isDay: false };
  if (kind !== "day") return null;
  const day = new Date(start);
  return { at: new Date(day.getFullYear(), day.getMonth(), day.getDate() + number, 23, 59, 59).getTime(), isDay: true };
}

/** `late`, `soon` (the last quarter of its time, and at least the last quarter of an hour) or `due`. @param {number} at @param {number} start @param {number} now */
export function urgency(at, start, now) {
  if (now > at) return "late";
  return at - now <= Math.max((at - start) / 4, 15 * MINUTE) ? "soon" : "due";
}

/** A time for people: the day of the week while that is clear, else the date. @param {number} at @param {boolean} isDay @param {string} locale @param {number} now */
export function timeText(at, isDay, locale, now) {
  const isNear = Math.abs(at - now) < 6 * DAY;
  /** @type {Intl.DateTimeFormatOptions} */
  const day = isNear ? { weekday: "long" } : { weekday: "short", day: "numeric", month: "long" };
  return new Intl.DateTimeFormat(locale, isDay ? day : { ...day, hour: "2-digit", minute: "2-digit" }).format(at);
}

/** How long until then, or since: `in 40 minutes`. @param {number} at @param {string} locale @param {number} now */
export function awayText(at, locale, now) {
  const away = at - now, size = Math.abs(away), format = new Intl.RelativeTimeFormat(locale, { numeric: "always" });
  if (size < HOUR) return format.format(Math.round(away / MINUTE), "minute");
  return size < 2 * DAY ? format.format(Math.round(away / HOUR), "hour") : format.format(Math.round(away / DAY), "day");
}

/** Now, as a field for a time wants it. @param {number} time */
export function fieldTime(time) {
  const date = new Date(time), two = (/** @type {number} */ number) => String(number).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** What is due next, in a sentence. @param {Next|null} next @param {number} start of the case @param {Record<string, string>} words @param {string} locale @param {number} now */
export function nextText(next, start, words, locale, now) {
  if (!next) return words.nothing_due;
  const { step, at, isDay } = next, how = urgency(at, start, now);
  return fillIn(words[how === "late" ? "next_late" : how === "soon" ? "next_soon" : "next"], { step, when: timeText(at, isDay, locale, now), away: awayText(at, locale, now) });
}
