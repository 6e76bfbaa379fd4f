// An appointment for the caller's own calendar: RFC 5545.

/** @import { Call } from "./call" */

const MINUTE = 60_000;
/** What is set aside in the calendar. @type {Record<string, number>} */
const LENGTHS = { callback: 15 * MINUTE, meeting: 60 * MINUTE };

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

/** @param {Call} call that has ended @param {Date} time that it promised @param {string} name of who is met; nothing where it isn't known */
export function appointment(call, time, name) {
  const title = call.end?.label ?? "", names = name ? [title, name] : [title];
  return [
    "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//ringback//call//EN", "BEGIN:VEVENT", `UID:${call.key}@${location.hostname}`,
    `DTSTAMP:${stamp(Date.now())}`, `DTSTART:${stamp(time)}`, `DTEND:${stamp(time.getTime() + (LENGTHS[call.end?.promise ?? ""] ?? 0))}`,
    `SUMMARY:${escape(names.join(": "))}`, `DESCRIPTION:${escape(call.letter)}`,
    `URL:${call.script.url}`, "BEGIN:VALARM", "ACTION:DISPLAY", `DESCRIPTION:${escape(title)}`, "TRIGGER:-PT5M", "END:VALARM",
    "END:VEVENT", "END:VCALENDAR", "",
  ].map(fold).join("\r\n");
}
