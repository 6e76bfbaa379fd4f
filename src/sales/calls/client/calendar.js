// An appointment for the caller's own calendar: RFC 5545.

import { filled } from "./placeholders.js";
import { current, step } from "./call.js";
import { letter } from "./outcome.js";
import { titleOf } from "./page.js";

const QUARTER = 15 * 60_000;

/** @param {Date|number} time */
const stamp = (time) => new Date(time).toISOString().replace(/[-:]|\.\d+/g, "");

/** Section 3.3.11: no control characters but the ends of lines, which are escaped. @param {string} text */
const escape = (text) => text.replace(/[\\;,]/g, "\\$&").replace(/\r\n?|\n/g, "\\n").replace(/[\0-\x1f\x7f]/g, "");

/** Lines of at most 75 bytes. @param {string} line */
function fold(line) {
  let length = 0, out = "";
  for (const letter of line) {
    const bytes = new TextEncoder().encode(letter).length;
    if (length + bytes > 74) [out, length] = [`${out}\r\n `, 1];
    [out, length] = [out + letter, length + bytes];
  }
  return out;
}

/** @param {Date} time */
export function calendar(time) {
  const call = current(), known = new Map(filled(call.labels)), title = titleOf(step());
  const who = ["first_name", "name", "last_name", "company"].map((name) => known.get(name)).filter(Boolean).join(" ");
  return [
    "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//ringback//call//EN", "BEGIN:VEVENT", `UID:${call.key}@${location.hostname}`,
    `DTSTAMP:${stamp(Date.now())}`, `DTSTART:${stamp(time)}`, `DTEND:${stamp(time.getTime() + QUARTER)}`,
    `SUMMARY:${escape([title, who].filter(Boolean).join(": "))}`, `DESCRIPTION:${escape(letter())}`,
    `URL:${call.script.url}`, "BEGIN:VALARM", "ACTION:DISPLAY", `DESCRIPTION:${escape(title)}`, "TRIGGER:-PT5M", "END:VALARM",
    "END:VEVENT", "END:VCALENDAR", "",
  ].map(fold).join("\r\n");
}
