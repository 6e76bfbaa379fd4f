// An appointment for the caller's own calendar: RFC 5545.

/** @import { Call } from "./call" */
import { escapeText, fold, stamp } from "../../../theme/client/calendar-lines.js";

const MINUTE = 60_000;
/** What is set aside in the calendar. @type {Record<string, number>} */
const LENGTHS = { callback: 15 * MINUTE, retry: 15 * MINUTE, meeting: 60 * MINUTE };

/** @param {Call} call that has ended @param {Date} time that it promised @param {string} name of who is met; nothing where it isn't known */
export function appointment(call, time, name) {
  const title = call.end?.label ?? "", names = name ? [title, name] : [title];
  return [
    "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//ringback//call//EN", "BEGIN:VEVENT", `UID:${call.key}@${location.hostname}`,
    `DTSTAMP:${stamp(Date.now())}`, `DTSTART:${stamp(time)}`, `DTEND:${stamp(time.getTime() + (LENGTHS[call.end?.promise ?? ""] ?? 0))}`,
    `SUMMARY:${escapeText(names.join(": "))}`, `DESCRIPTION:${escapeText(call.letter)}`,
    `URL:${call.script.url}`, "BEGIN:VALARM", "ACTION:DISPLAY", `DESCRIPTION:${escapeText(title)}`, "TRIGGER:-PT5M", "END:VALARM",
    "END:VEVENT", "END:VCALENDAR", "",
  ].map(fold).join("\r\n");
}
