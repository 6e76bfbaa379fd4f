// When the touches of a plan are due. Days are texts, `2026-12-01`, so that no time zone and no summer time moves one.

/** @import { CadencePlan, TodayConfig } from "./config" */
/** @import { Contact } from "./contacts" */

/** Days that are looked at for one to work on: where all are holidays, the day stays as it is. */
const FARTHEST = 400, DAY = 86_400_000;

/** @param {Date} date @returns {string} the day on this computer's calendar */
export const dayOf = (date) => [String(date.getFullYear()).padStart(4, "0"), String(date.getMonth() + 1).padStart(2, "0"), String(date.getDate()).padStart(2, "0")].join("-");

/** @param {unknown} day @returns {day is string} */
export const isDay = (day) => typeof day === "string" && /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(Date.parse(`${day}T12:00:00Z`));

/** @param {string} day @param {number} days */
export const plus = (day, days) => new Date(Date.parse(`${day}T12:00:00Z`) + days * DAY).toISOString().slice(0, 10);

/** @typedef {Pick<TodayConfig, "workdays"|"holidays">} Rules */

/** @param {string} day @param {Rules} rules */
export function isWorkday(day, { workdays, holidays }) {
  const week = new Date(`${day}T12:00:00Z`).getUTCDay() || 7;
  return workdays.includes(week) && !holidays.includes(day) && !holidays.includes(day.slice(5));
}

/** The day itself, or the next one to work on. @param {string} day @param {Rules} rules */
export function workday(day, rules) {
  for (let ahead = 0; ahead <= FARTHEST; ahead += 1) if (isWorkday(plus(day, ahead), rules)) return plus(day, ahead);
  return day;
}

/** So many counted days after a day. @param {string} from @param {number} days @param {CadencePlan["count"]} count @param {Rules} rules */
export function after(from, days, count, rules) {
  if (count === "calendar") return workday(plus(from, days), rules);
  let day = workday(from, rules);
  for (let left = days; left > 0; left -= 1) day = workday(plus(day, 1), rules);
  return day;
}

/** What of a plan is still to be done, with its days: none before the plan says, before what was done last has had its time, or before the
 * end of a pause. @template {{id: string, day: number}} T @param {Pick<Contact, "start"|"done"|"pause"|"stopped">} contact @param {{count: CadencePlan["count"], touches: T[]}} plan @param {Rules} rules
 * @returns {{touch: T, day: string}[]} */
export function ahead(contact, plan, rules) {
  const { start, done, pause } = contact, isDone = (/** @type {T} */ touch) => Object.hasOwn(done, touch.id);
  const open = plan.touches.filter((touch) => !isDone(touch));
  if (!open.length || contact.stopped) return [];
  const last = plan.touches.filter(isDone).reduce((/** @type {T|null} */ latest, touch) => (!latest || touch.day >= latest.day ? touch : latest), null);
  let { day: offset } = open[0], base = after(start, offset, plan.count, rules);
  if (last && last.day <= offset) {
    const since = after(done[last.id].day, offset - last.day, plan.count, rules);
    if (since > base) base = since;
  }
  if (pause > base) base = workday(pause, rules);
  // What a plan has before what was done already is due with the first.
  offset = Math.min(...open.map(({ day }) => day), offset);
  return open.map((touch) => ({ touch, day: after(base, Math.max(0, touch.day - offset), plan.count, rules) }));
}
