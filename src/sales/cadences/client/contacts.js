// Whom this browser follows up: each contact and plan is a record under its own id, so that two tabs don't write over each other.

/** @import { CadencePlan } from "./config" */
import { attempt } from "../../../theme/client/attempt.js";
import { isMap, isText, recall, remember } from "../../../theme/client/storage.js";
import { isDay } from "./plan.js";

/** What other pages need of its plan. @typedef {{count: string, touches: {id: string, day: number, kind: string, time: string}[]}} KnownPlan */
/** `start` and `pause` are days; `done` has the touches by id; `stopped` says why no more is done; `sequence` counts the changes of its plan;
 * `plan` has its days, as far as the page of today has met it; `calls` are those that were ticked off in it.
 * @typedef {{id: string, born: number, cadence: string, lang: string, title: string, values: Record<string, string>, start: string,
 *   done: Record<string, {day: string, how: string}>, pause: string, stopped: string, sequence: number, plan?: KnownPlan, calls?: string[]}} Contact */

const PLACE = "ringback.follow.", MOST = 200, LONGEST = 2000;
const local = attempt(() => localStorage);
/** Where nothing can be stored, as long as the page is open. @type {Map<string, Contact>} */
const unstored = new Map();

/** @param {unknown} map @param {(value: unknown) => boolean} is */
const isMapOf = (map, is) => isMap(map) && Object.keys(map).length <= MOST && Object.entries(map).every(([name, value]) => name.length <= 200 && is(value));

/** @param {unknown} plan */
const isPlan = (plan) => plan === undefined || isMap(plan) && isText(plan.count, 20) && Array.isArray(plan.touches) && plan.touches.length <= MOST
  && plan.touches.every((touch) => isMap(touch) && [touch.id, touch.kind, touch.time].every((text) => isText(text, 200)) && Number.isSafeInteger(touch.day) && Math.abs(Number(touch.day)) < 1000);

/** @param {unknown} kept @returns {kept is Contact} */
const isContact = (kept) => isMap(kept) && [kept.id, kept.cadence, kept.lang, kept.title, kept.pause, kept.stopped].every((text) => isText(text, LONGEST))
  && isPlan(kept.plan) && (kept.calls === undefined || Array.isArray(kept.calls) && kept.calls.length <= MOST && kept.calls.every((key) => isText(key, 100))) && isDay(kept.start) && (kept.pause === "" || isDay(kept.pause)) && Number.isFinite(kept.born) && Number.isSafeInteger(kept.sequence)
  && isMapOf(kept.values, (value) => isText(value, LONGEST)) && isMapOf(kept.done, (value) => isMap(value) && isDay(value.day) && isText(value.how, 40));

/** @param {string} id @returns {Contact|null} */
export function contact(id) {
  const kept = unstored.get(id) ?? recall(PLACE + id);
  return isContact(kept) && kept.id === id ? kept : null;
}

/** All of them, the oldest first. @returns {Contact[]} */
export function contacts() {
  const names = attempt(() => Object.keys(local ?? {})) ?? [];
  const ids = new Set([...names.filter((name) => name.startsWith(PLACE)).map((name) => name.slice(PLACE.length)), ...unstored.keys()]);
  return [...ids].flatMap((id) => contact(id) ?? []).sort((a, b) => a.born - b.born || a.id.localeCompare(b.id));
}

/** @param {Contact} kept @returns {boolean} whether this browser has room for it */
export function keep(kept) {
  const isKept = remember(PLACE + kept.id, kept);
  if (isKept) unstored.delete(kept.id);
  else unstored.set(kept.id, kept);
  return isKept;
}

/** Notes the days of its plan, for pages that don't know the plan. @param {Contact} kept @param {CadencePlan} plan */
export function learn(kept, plan) {
  const known = { count: plan.count, touches: plan.touches.map(({ id, day, kind, time }) => ({ id, day, kind, time })) };
  if (JSON.stringify(known) !== JSON.stringify(kept.plan)) keep({ ...kept, plan: known });
}

/** @param {string} id */
export function forget(id) {
  unstored.delete(id);
  remember(PLACE + id, null);
}

/** @param {CadencePlan} plan @param {Record<string, string>} values @param {string} start @returns {Contact} */
export const newContact = (plan, values, start) => ({
  id: `${Date.now().toString(36)}${Math.random().toString(36).slice(2, 10)}`, born: Date.now(), cadence: plan.key, lang: plan.lang, title: plan.title,
  values, start, done: {}, pause: "", stopped: "", sequence: 0,
});

/** Has another tab changed one of them? @param {StorageEvent} event */
export const isOurs = ({ key }) => key === null || key.startsWith(PLACE);

/** Who it is, as far as it is known. @param {Contact} kept @param {string} somebody */
export const nameOf = ({ values }, somebody) => [values.first_name, values.last_name].filter(Boolean).join(" ") || values.company || somebody;

/** @typedef {Record<string, string|undefined>} Values */
/** @param {Values} values */
const phoneOf = ({ phone = "" }) => phone.replace(/\D/g, ""), emailOf = ({ email = "" }) => email.trim().toLowerCase();
/** @param {Values} values */
const namesOf = (values) => [values.first_name ?? values.name, values.last_name, values.company].map((name) => (name ?? "").trim()).join(" ").trim();

/** Are they the same contact? By the phone number or the email address, and only where one of them has neither, by the names.
 * @param {Values} one @param {Values} other */
export function isSame(one, other) {
  const a = { ...one }, b = { ...other };
  if (phoneOf(a) && phoneOf(b) || emailOf(a) && emailOf(b)) return Boolean(phoneOf(a) && phoneOf(a) === phoneOf(b) || emailOf(a) && emailOf(a) === emailOf(b));
  return namesOf(a) !== "" && namesOf(a) === namesOf(b);
}
