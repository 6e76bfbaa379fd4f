// A plan for a calendar: RFC 5545. Each touch keeps its id, so that a file of a changed plan changes what a calendar has.

/** @import { CadencePlan } from "./config" */
/** @import { Contact } from "./contacts" */
import { escapeText, fold, stamp } from "../../../theme/client/calendar-lines.js";
import { filled } from "../../mails/client/fill-mail.js";
import { nameOf } from "./contacts.js";
import { ahead, plus } from "./plan.js";
import { config, words } from "./today-page.js";

/** Minutes that are set aside. @type {Record<string, number>} */
const LENGTHS = { call: 15, email: 15, linkedin: 10, text: 5, task: 30 };
const MINUTE = 60_000;

/** @param {string} day @param {string} time @param {string} kind of a touch */
function times(day, time, kind) {
  const plain = (/** @type {string} */ day) => day.replaceAll("-", "");
  if (!time) return [`DTSTART;VALUE=DATE:${plain(day)}`, `DTEND;VALUE=DATE:${plain(plus(day, 1))}`];
  // The time of day on this computer, whatever summer time it is then.
  const [year, month, date] = day.split("-").map(Number), [hour, minute] = time.split(":").map(Number);
  const start = new Date(year, month - 1, date, hour, minute);
  return [`DTSTART:${stamp(start)}`, `DTEND:${stamp(start.getTime() + (LENGTHS[kind] ?? 15) * MINUTE)}`];
}

/** @param {Contact} contact @param {CadencePlan} plan @returns {string[]} its entries, without what is around them */
function entries(contact, plan) {
  const name = nameOf(contact, words.somebody), { company = "", phone = "", email = "" } = contact.values;
  const who = company && company !== name ? `${name}, ${company}` : name;
  const isOver = Boolean(contact.stopped), planned = ahead({ ...contact, stopped: "" }, plan, config);
  return planned.flatMap(({ touch, day }) => {
    const text = [touch.message || touch.notes, phone, email, plan.url && new URL(plan.url, location.href).href].filter(Boolean).join("\n\n");
    return [
      "BEGIN:VEVENT", `UID:${contact.id}-${touch.id}@${location.hostname}`, `DTSTAMP:${stamp(Date.now())}`, `SEQUENCE:${contact.sequence}`,
      ...times(day, touch.time, touch.kind), `SUMMARY:${escapeText(`${words[`kind_${touch.kind}`]}: ${who}`)}`,
      `DESCRIPTION:${escapeText(filled(text, plan, contact.values))}`, `STATUS:${isOver ? "CANCELLED" : "CONFIRMED"}`, "TRANSP:TRANSPARENT", "END:VEVENT",
    ];
  });
}

/** One file with the touches of all that are given. @param {{contact: Contact, plan: CadencePlan}[]} all */
export const planFile = (all) => ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//ringback//follow-up//EN", "METHOD:PUBLISH",
  ...all.flatMap(({ contact, plan }) => entries(contact, plan)), "END:VCALENDAR", ""].map(fold).join("\r\n");
