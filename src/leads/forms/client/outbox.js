// Where leads wait: one key of localStorage for each, so that tabs don't overwrite each other's.

/** @import { Delivery, Entry, Lead, Sent, State } from "./types" */
import { attempt } from "../../../theme/client/attempt.js";
import { isMap, isText, recall, remember } from "../../../theme/client/storage.js";
import { OUTBOX, OUTBOX_AGE, SECOND, SENT, STATES, kindOf, ulid } from "./base.js";
import { isKind } from "./bodies.js";

/** A visitor leaves a few leads, a salesperson without a network has a day of calls. */
const MOST = { lead: 20, call: 200 };
const LEASE = "ringback.lease.", LEASE_TIME = 30 * SECOND;

/** Where storage is refused or full, leads wait here while the page is open. @type {Map<string, Entry>} */
const memory = new Map();

/** Does it wait only as long as the page is open? @param {string} id */
export const isOnlyHere = (id) => memory.has(id);

/** @param {unknown} id @returns {id is string} */
const isId = (id) => isText(id, 40) && /^(lead|call)_[0-9A-Z]{26}$/.test(id);

/** @param {unknown} state @returns {state is State} */
const isState = (state) => STATES.some((known) => known === state);

/** @returns {Entry[]} */
export function entries() {
  const keys = attempt(() => Object.keys(localStorage)) ?? [];
  const kept = keys.filter((key) => key.startsWith(OUTBOX)).map((key) => recall(key));
  return [...memory.values(), ...kept].filter(isEntry);
}

/** Whatever else is in the storage is no lead of ours. @param {unknown} entry @returns {entry is Entry} */
function isEntry(entry) {
  const { lead, born, deliveries } = isMap(entry) ? entry : {};
  if (!isMap(lead) || !isId(lead.id) || !isText(lead.type) || !/^(lead|call)\.\w+$/.test(lead.type)) return false;
  if (!isMap(lead.data) || !isMap(lead.data.meta)) return false;
  return Number.isFinite(born) && Array.isArray(deliveries) && deliveries.every(isDelivery);
}

/** @param {unknown} each */
function isDelivery(each) {
  return isMap(each) && isState(each.state) && isMap(each.hook) && isText(each.hook.url) && isKind(each.hook.kind);
}

/** @param {string} id */
export function load(id) {
  const kept = memory.get(id) ?? recall(OUTBOX + id);
  return isEntry(kept) ? kept : undefined;
}

/** @param {Entry} entry */
export function save(entry) {
  const { id, type } = entry.lead, others = entries().filter(({ lead }) => lead.id !== id && lead.type === type);
  if (others.length < MOST[kindOf(entry.lead)] && remember(OUTBOX + id, entry)) memory.delete(id);
  else memory.set(id, entry);
}

/** @param {string} id */
export function drop(id) {
  memory.delete(id);
  remember(OUTBOX + id, null);
}

/** Does `work` unless this or another tab is at the same lead. @param {string} id @param {() => Promise<void>} work */
export async function alone(id, work) {
  if (navigator.locks) {
    await navigator.locks.request(OUTBOX + id, { ifAvailable: true }, async (lock) => {
      if (lock) await work();
    });
  } else if (await lease(id)) {
    await work().finally(() => remember(LEASE + id, null));
  }
}

/** Who has a lead, and until when. @param {string} id */
function holder(id) {
  const kept = recall(LEASE + id), { until, by } = isMap(kept) ? kept : {};
  return { until: typeof until === "number" ? until : 0, by };
}

/** There are no locks on plain http: whoever still stands in the lease after a moment has it. @param {string} id */
async function lease(id) {
  const mine = { until: Date.now() + LEASE_TIME, by: ulid() }, { until } = holder(id);
  if (until > Date.now() && until <= mine.until) return false;
  if (!remember(LEASE + id, mine)) return true;
  await new Promise((done) => setTimeout(done, 50 + 50 * Math.random()));
  return holder(id).by === mine.by;
}

/** The best that is known. @param {Entry} entry @returns {State} */
export const outcome = ({ deliveries }) => STATES.find((state) => deliveries.some((each) => each.state === state)) ?? "unsure";

/** Where it may be sent unasked. @param {Entry} entry @returns {Delivery[]} */
export const open = ({ born, deliveries }) =>
  deliveries.filter(({ state, next }) => state === "waiting" || (state === "refused" && next < born + OUTBOX_AGE));

/** Where it is remembered what the last of a form was, or the last call. @param {Lead} lead */
export const sentOf = ({ type, data }) => SENT + (data.form ?? type);

/** @param {string} key @returns {Sent|undefined} */
export function lastSent(key) {
  const kept = recall(key), { id, print, state, at } = isMap(kept) ? kept : {};
  return isId(id) && isState(state) ? { id, print: Number(print), state, at: Number(at) } : undefined;
}
