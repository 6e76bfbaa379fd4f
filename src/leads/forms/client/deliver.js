// Delivers leads, and keeps each until somebody has confirmed it. `begin` goes through the outbox, and again whenever there may
// be a network. The call player sends its `call.outcome` the same way: `send` and `known` are for it.

/** @import { Delivery, Entry, Lead, Receiver, State, Watcher } from "./types" */
import { attempt } from "../../../theme/client/attempt.js";
import { remember } from "../../../theme/client/storage.js";
import { DAY, HOUR, OUTBOX_AGE, SECOND, isLost, isThere, kindOf, ulid } from "./base.js";
import { bodyFor } from "./bodies.js";
import { alone, drop, entries, isOnlyHere, lastSent, load, open, outcome, save, sentOf } from "./outbox.js";

export { drop, entries, isOnlyHere, lastSent, load, outcome, ulid };

const PATIENCE = 15 * SECOND;

/** Forms of this page that want to know. @type {Set<Watcher>} */
const watchers = new Set();

/** @param {Watcher} watcher */
export const watch = (watcher) => void watchers.add(watcher);

/** Sends a lead to one webhook, once, and notes what is known then. @param {Entry} entry @param {Delivery} delivery
 * @returns {Promise<unknown>} the answer, where a gate may need it */
async function post(entry, delivery) {
  const { hook, tries } = delivery, lead = structuredClone(entry.lead);
  Object.assign(lead.data.meta, { queued_ms: Math.max(0, Date.now() - entry.born), attempt: tries });
  const [type, body] = bodyFor(lead, hook, entry);
  const isOpaque = hook.response === "opaque";
  try {
    const url = hook.proof ? await (await import("./proof.js")).proven(hook) : hook.url;
    const response = await fetch(url, {
      method: "POST", headers: { "Content-Type": type }, body, credentials: "omit",
      mode: isOpaque ? "no-cors" : "cors", signal: AbortSignal.timeout(PATIENCE),
      // Browsers refuse more than 64 KiB of requests that outlive the page, all together.
      keepalive: body.length * 3 * entry.deliveries.length < 60_000,
    });
    if (isOpaque) delivery.state = "sent";
    else judge(entry, delivery, response);
    return delivery.state === "confirmed" && lead.data.gate ? await read(response) : null;
  } catch {
    if (delivery.state === "waiting") later(delivery);
    return null;
  }
}

/** @param {Entry} entry @param {Delivery} delivery @param {Response} response */
function judge({ born }, delivery, { ok, status, redirected, headers }) {
  if (ok) {
    // Most redirects turn a POST into a GET, and a log-in page says 200, too: there, only data is an answer.
    delivery.state = redirected && !headers.get("Content-Type")?.includes("json") ? "sent" : "confirmed";
  } else if (status < 400 || status >= 500 || [408, 425, 429].includes(status)) {
    later(delivery, retryAfter(headers.get("Retry-After")) || (status === 429 ? 30 * SECOND : 0));
  } else {
    // The same lead always gets the same 400; what the owner can put right, such as a 404, is tried again, seldom.
    delivery.state = "refused";
    delivery.next = delivery.floor = [400, 413, 415, 422].includes(status) ? born + OUTBOX_AGE : Date.now() + 6 * HOUR;
  }
}

/** @param {string|null} value seconds or a date */
const retryAfter = (value) => Math.min(Number(value) * SECOND || Date.parse(value ?? "") - Date.now() || 0, DAY);

/** After 2 s, 8 s, 32 s … 1 h, each more or less. @param {Delivery} delivery @param {number} [asked] what the receiver asks for */
function later(delivery, asked = 0) {
  const wait = Math.min(HOUR, 2 * SECOND * 4 ** (delivery.tries - 1)) * (0.5 + Math.random());
  delivery.next = Date.now() + Math.max(wait, asked);
  delivery.floor = Date.now() + (asked || Math.min(wait, 5 * SECOND));
}

/** The beginning of an answer of any size, as JSON if it is. @param {Response} response @returns {Promise<unknown>} */
async function read(response) {
  if (!response.body) return null;
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  while (text.length < 100_000) {
    const { done, value } = await reader.read();
    if (done) break;
    text += value;
  }
  reader.cancel();
  return attempt(() => JSON.parse(text)) ?? text;
}

/** Sends a lead wherever it is due, and tells what came of it. @param {string} id @param {"next"|"floor"} when */
async function deliver(id, when) {
  const entry = load(id);
  const due = entry && navigator.onLine ? open(entry).filter((each) => each[when] <= Date.now()) : [];
  if (!entry || !due.length) return;
  for (const each of due) {
    each.tries++;
    // Should the page go away now, nobody learns what came of it, and it must not be sent again.
    each.state = each.hook.response === "opaque" ? "unsure" : "waiting";
  }
  save(entry);
  const answers = (await Promise.all(due.map((each) => post(entry, each)))).filter(Boolean);
  const state = outcome(entry), { gate } = entry.lead.data;
  // A correction has come while it was on its way: that is what waits now.
  if ((load(id)?.print ?? entry.print) !== entry.print) return;
  if (isThere(state) && !open(entry).length) drop(id);
  else save(entry);
  if (isThere(state)) remember(sentOf(entry.lead), { id, print: entry.print, state, at: Date.now() });
  // gate.js finds it there, even if it was another page that got the answer.
  if (gate && answers.length) remember(`ringback.answer.${gate}`, answers);
  tell(entry.lead, state, answers);
}

/** @param {Lead} lead @param {State} state @param {unknown[]} [answers] */
export function tell(lead, state, answers = []) {
  const { id, data: { form, gate } } = lead;
  const detail = { id, form, gate, state, answer: answers.length > 1 ? answers : answers[0] ?? null };
  // Who has something better to show, as gate.js has, prevents the default and takes the focus.
  const event = new CustomEvent(`ringback:${kindOf(lead)}`, { detail, cancelable: true });
  const isFree = isLost(state) || document.dispatchEvent(event);
  for (const each of watchers) each(lead, state, isFree);
}

/** Keeps it, and sends it now, except where the receiver has asked for time. @param {Entry} entry */
export async function submit(entry) {
  listen();
  for (const each of entry.deliveries) {
    if (isLost(each.state)) Object.assign(each, { state: "waiting", floor: 0 });
  }
  save(entry);
  await alone(entry.lead.id, () => deliver(entry.lead.id, "floor"));
}

/** @type {ReturnType<typeof setTimeout>|undefined} */
let timer;

/** Goes through the outbox. @param {"next"|"floor"} when */
export async function sweep(when) {
  for (const { lead, born } of entries()) if (Date.now() - born > OUTBOX_AGE) drop(lead.id);
  await Promise.all(entries().map(({ lead }) => alone(lead.id, () => deliver(lead.id, when))));
  clearTimeout(timer);
  const wait = Math.min(...entries().flatMap(open).map((each) => each[when])) - Date.now();
  if (wait < Infinity) timer = setTimeout(sweep, Math.max(SECOND, Math.min(wait, HOUR)), when);
}

/** What is to be done for each webhook. @param {Receiver[]} hooks @returns {Delivery[]} */
export const deliveries = (hooks) => hooks.map((hook) => ({ hook, state: "waiting", tries: 0, next: 0, floor: 0 }));

/** A call that is corrected has its id again and the next number; 0 for what can't be. @param {Lead} lead */
const revisionOf = ({ data }) => Number(data.revision ?? 0);

/** Keeps something for a webhook, and sends it at once if it can. What comes of it is told by `ringback:call`.
 * @param {Lead} lead @param {Receiver[]} hooks */
export async function send(lead, hooks) {
  const kept = load(lead.id), print = revisionOf(lead);
  await submit(kept?.print === print ? kept : { lead, print, texts: {}, mail: "", born: Date.now(), deliveries: deliveries(hooks) });
  sweep("next");
}

/** What is known of something that was sent, also by another tab; nothing where nobody remembers.
 * @param {Lead} lead @returns {State|undefined} */
export function known(lead) {
  const entry = load(lead.id), sent = lastSent(sentOf(lead));
  if (entry) return outcome(entry);
  return sent?.id === lead.id && sent.print === revisionOf(lead) ? sent.state : undefined;
}

let isListening = false;

/** Tries again whenever there may be a network. */
function listen() {
  if (isListening) return;
  isListening = true;
  for (const kind of ["online", "pageshow"]) addEventListener(kind, () => sweep("floor"));
}

/** Sends what waits, and gives up what is too old. Forms that show it should have seen it by then. */
export function begin() {
  listen();
  sweep("floor");
}
