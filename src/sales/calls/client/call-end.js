// What is only needed at the end of a call: the note for a CRM, the event for a webhook (docs/call.schema.json), the appointment, and fields for
// what is still missing. All of it works on what it is handed, and is loaded when the first step is there.

/** @import { Call } from "./call" */
/** @import { AskedField, PlayerConfig } from "./config" */
/** @import { Lead } from "../../../leads/forms/client/types" */
import { own } from "../../../theme/client/attempt.js";
import { copy } from "../../../theme/client/copy.js";
import { make } from "../../../theme/client/make.js";
import { saveFile } from "../../../theme/client/save-file.js";
import { attemptOf, idsOf } from "./attempts.js";
import { appointment } from "./calendar.js";

/** Copies the note. */
export const copyNote = copy;
/** Makes the file for calendars. @param {Call} call @param {Date} time @param {string} name */
export const saveCalendar = (call, time, name) => saveFile("call.ics", appointment(call, time, name), "text/calendar");

/** The id of what is to be done before the call. */
const READY = "call:before";
const seconds = (/** @type {number} */ ms) => Math.max(0, Math.round(ms / 1000));
const iso = (/** @type {Date|number} */ time) => new Date(time).toISOString().replace(/\.\d+/, "");

/** What of a call was filled in: of placeholders the texts, of fields what they are. @param {Call} call */
function known({ values, labels, asks }) {
  const all = Object.entries(values).filter(([name]) => Object.hasOwn(labels, name)), isField = (/** @type {string} */ name) => Object.hasOwn(asks, name);
  const typed = (/** @type {string} */ name, /** @type {string} */ value) => (asks[name]?.type === "number" && Number.isFinite(Number(value)) ? Number(value) : value);
  return {
    placeholders: Object.fromEntries(all.filter(([name]) => !isField(name))),
    fields: Object.fromEntries(all.filter(([name]) => isField(name)).map(([name, value]) => [name, typed(name, value)])),
  };
}

/** Objections that came up, each with the reply after which the call went on, and what was said to it. @param {Call} call */
const objections = ({ trail }) => trail.flatMap(({ objection, script, id, name, said, at }) =>
  (objection ? [{ script, ...objection, reply: id === objection.id ? null : { id, title: name }, answer: said, at_s: seconds(at) }] : []));

/** What was given away: links to pages, and emails of the team. @param {Call} call */
const sent = ({ handed, started }) => handed.map(({ title, url, at }) => ({ kind: url ? "page" : "email", title, url: url || null, at_s: started ? seconds(at - started) : 0 }));

/** What the webhook gets. @param {Call} call @param {string} id @param {{rep: string, config: PlayerConfig, promised: Date|null}} more who
 * rings, and what was promised @returns {Lead} */
export function eventOf(call, id, { rep, config, promised }) {
  const owner = own(config.reps, rep), contact = idsOf(call, config.contact), unreached = own(config.unreached?.ends, call.end?.id ?? "");
  const { end } = call, answers = own(call.asked, end?.id ?? "") ?? [], path = call.trail.filter(({ id }) => id !== READY);
  return {
    type: "call.outcome", version: 1, id, timestamp: iso(Date.now()),
    data: {
      script: call.script,
      outcome: { id: end?.id ?? "", label: end?.label ?? "", text: call.trail.at(-1)?.said ?? "" },
      answers: (end?.questions ?? []).map((question, index) => ({ question: question ?? "", answer: (answers[index] ?? "").trim() })),
      path: path.map(({ script, id, name, said, at }) => ({ script, step: id, title: name, answer: said, at_s: seconds(at) })),
      objections: objections(call), sent: sent(call),
      score: call.scored ? { value: call.scored.value, band: call.scored.band || null, label: call.scored.name || null } : null,
      ...known(call), spoken_defaults: call.spoken, notes: call.notes.trim(), rep: rep || null,
      owner: owner ? { id: rep, ...owner } : null, contact_ids: contact, attempt: attemptOf(call, contact), attempt_of: (unreached && config.unreached?.most) || null, reached: !unreached,
      recommended_by: call.recommended ?? null, referral: call.referral?.id ?? null, revision: call.revision ?? 1,
      started: iso(call.started || Date.now()), ended: iso(call.ended || Date.now()), duration_s: seconds(call.ended - call.started), budget_s: call.budget || null,
      promised: promised && iso(promised), note: call.letter, meta: {},
    },
  };
}

/** What a CRM takes as it is. @param {Call} call @param {{words: Record<string, string>, time: Date|null, when: string, date: (time: Date|number) => string,
 * minutes: (ms: number) => string}} tools the words of the page, what was promised and what that is called, and how times are written */
export function letterOf(call, { words, time, when, date, minutes }) {
  const { end, asks, labels, scored } = call, known = own(call.asked, end?.id ?? "") ?? [];
  const answered = (end?.questions ?? []).flatMap((question, index) => (known[index]?.trim() ? [question, known[index].trim(), ""] : []));
  const inWords = (/** @type {string} */ name, /** @type {string} */ value) => own(asks, name)?.options.find(([id]) => id === value)?.[1] ?? value;
  const filled = Object.entries(call.values).filter(([name]) => Object.hasOwn(labels, name)).map(([name, value]) => `${labels[name]}: ${inWords(name, value)}`);
  const way = call.trail.filter(({ id }) => id !== READY).map(({ name, said }) => (said && said !== name ? `${name}: ${said}` : name));
  return [
    `${end?.label} (${call.script.title})`,
    `${date(call.started || Date.now())}, ${minutes(call.ended - call.started)} min`,
    ...(call.told ? [call.told] : []), ...(time ? [`${when}: ${date(time)}`] : []), ...(call.recommended ? [`${words.recommended_by}: ${call.recommended.name}`] : []),
    ...(call.referral?.name || call.referral?.phone ? [`${words.referral_to}: ${[call.referral.name, call.referral.phone, call.referral.email].filter(Boolean).join(", ")}`] : []), "",
    ...(filled.length ? [...filled, ""] : []), ...(scored ? [`${scored.label}: ${scored.value} ${scored.name}`.trim(), ""] : []), ...answered,
    ...(call.notes.trim() ? [words.notes, call.notes.trim(), ""] : []), words.path, ...way,
  ].join("\n");
}

/** @type {Record<string, string>} */
const TYPES = { number: "number", date: "date", email: "email", tel: "tel", url: "url" };

/** Fields for what is still missing. @param {HTMLElement} place @param {[string, AskedField][]} open @param {(name: string, value: string) => void} keep */
export const askMissing = (place, open, keep) =>
  place.replaceChildren(...open.map(([name, ask]) => field(ask, `call:missing:${name}`, (value) => keep(name, value))));

/** A field for what is still missing. @param {AskedField} ask @param {string} id @param {(value: string) => void} keep */
function field({ label, type, options }, id, keep) {
  const control = options.length
    ? make("select", { id }, make("option", { value: "" }, "…"), ...options.map(([value, text]) => make("option", { value }, text)))
    : make("input", { id, type: own(TYPES, type) ?? "text", autocomplete: "off" });
  control.oninput = () => keep(control.value);
  return make("div", { className: "field" }, make("div", { className: "asks" }, make("label", { htmlFor: id }, label)), control);
}
