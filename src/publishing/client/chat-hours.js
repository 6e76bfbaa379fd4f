// When somebody answers a chat: by the hours of the people who do, wherever the visitor is.

/** @import { DeskConfig } from "./config" */

const DAY = 24 * 3600 * 1000;

/** The day and the minute there, at a moment here. The day is one of a calendar without time zones.
 * @param {string} zone @param {number} now */
function there(zone, now) {
  const format = new Intl.DateTimeFormat("en-GB", { timeZone: zone, hourCycle: "h23",
    year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" });
  const part = Object.fromEntries(format.formatToParts(now).map(({ type, value }) => [type, Number(value)]));
  return { day: Date.UTC(part.year, part.month - 1, part.day), minute: part.hour * 60 + part.minute };
}

/** The times of a day: none on a holiday. @param {DeskConfig} desk @param {number} day */
function times({ week, holidays }, day) {
  const date = new Date(day), written = date.toISOString().slice(0, 10);
  if (holidays.includes(written) || holidays.includes(written.slice(5))) return [];
  return week[(date.getUTCDay() + 6) % 7];
}

/** @param {DeskConfig} desk @param {number} now */
export function isOpen(desk, now) {
  const { day, minute } = there(desk.zone, now);
  return times(desk, day).some(([from, until]) => minute >= from && minute < until);
}

/** When it opens next, in words of a language; nothing if it doesn't within four weeks.
 * @param {DeskConfig} desk @param {number} now */
export function opens(desk, now) {
  const { day, minute } = there(desk.zone, now);
  for (let ahead = 0; ahead < 28; ahead++) {
    const next = times(desk, day + ahead * DAY).find(([from]) => ahead > 0 || from > minute);
    if (!next) continue;
    const at = day + ahead * DAY + next[0] * 60_000;
    /** @param {Intl.DateTimeFormatOptions} options */
    const say = (options) => new Intl.DateTimeFormat(desk.locale, { timeZone: "UTC", ...options }).format(at);
    const near = new Intl.RelativeTimeFormat(desk.locale, { numeric: "auto" });
    const name = ahead < 2 ? near.format(ahead, "day") : say(ahead < 7 ? { weekday: "long" } : { weekday: "long", day: "numeric", month: "long" });
    return { day: name, time: say({ hour: "numeric", minute: "2-digit" }) };
  }
  return undefined;
}
