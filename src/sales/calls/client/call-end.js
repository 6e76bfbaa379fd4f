// What is only needed at the end of a call: the event for a webhook (docs/call.schema.json), the appointment, and fields for
// what is still missing. All of it works on what it is handed, and is loaded when the first step is there.

/** @import { Call } from "./call" */
/** @import { AskedField, PlayerConfig } from "./config" */
/** @import { Lead } from "../../../leads/forms/client/types" */
import { own } from "../../../theme/client/attempt.js";
import { make } from "../../../theme/client/make.js";
import { attemptOf } from "./attempts.js";
import { appointment } from "./calendar.js";

/** The file for calendars. */
export const calendar = appointment;

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

/** @param {Record<string, string>} values @param {string[]} names those that are known of these */
const some = (values, names) => Object.fromEntries(names.flatMap((name) => (own(values, name) ? [[name, values[name]]] : [])));

/** Objections that came up, each with the reply after which the call went on, and what was said to it. @param {Call} call */
const objections = ({ trail }) => trail.flatMap(({ objection, script, id, name, said, at }) =>
  (objection ? [{ script, ...objection, reply: id === objection.id ? null : { id, title: name }, answer: said, at_s: seconds(at) }] : []));

/** What the webhook gets. @param {Call} call @param {string} id @param {{rep: string, config: PlayerConfig, promised: Date|null}} more who
 * rings, and what was promised @returns {Lead} */
export function eventOf(call, id, { rep, config, promised }) {
  const owner = own(config.reps, rep), contact = some(call.values, config.contact);
  const { end } = call, answers = own(call.asked, end?.id ?? "") ?? [], path = call.trail.filter((move) => move.id !== "call:before");
  return {
    type: "call.outcome", version: 1, id, timestamp: iso(Date.now()),
    data: {
      script: call.script,
      outcome: { id: end?.id ?? "", label: end?.label ?? "", text: call.trail.at(-1)?.said ?? "" },
      answers: (end?.questions ?? []).map((question, index) => ({ question: question ?? "", answer: (answers[index] ?? "").trim() })),
      path: path.map(({ script, id, name, said, at }) => ({ script, step: id, title: name, answer: said, at_s: seconds(at) })),
      objections: objections(call), sent: call.handed.map(({ title, url, at }) => ({ kind: "page", title, url, at_s: call.started ? seconds(at - call.started) : 0 })),
      score: call.scored ? { value: call.scored.value, band: call.scored.band || null, label: call.scored.name || null } : null,
      ...known(call), spoken_defaults: call.spoken, notes: call.notes.trim(), rep: rep || null,
      owner: owner ? { id: rep, ...owner } : null, contact_ids: contact, attempt: attemptOf(call, contact),
      started: iso(call.started || Date.now()), ended: iso(call.ended || Date.now()), duration_s: seconds(call.ended - call.started), budget_s: call.budget || null,
      promised: promised && iso(promised), note: call.letter, meta: {},
    },
  };
}

/** @type {Record<string, string>} */
const TYPES = { number: "number", date: "date", email: "email", tel: "tel", url: "url" };

/** A field for what is still missing. @param {string} name @param {AskedField} ask @param {(name: string, value: string) => void} keep */
export function field(name, { label, type, options }, keep) {
  const id = `call:missing:${name}`;
  const control = options.length
    ? make("select", { id }, make("option", { value: "" }, "…"), ...options.map(([value, text]) => make("option", { value }, text)))
    : make("input", { id, type: own(TYPES, type) ?? "text", autocomplete: "off" });
  control.oninput = () => keep(name, control.value);
  return make("div", { className: "field" }, make("div", { className: "asks" }, make("label", { htmlFor: id }, label)), control);
}
