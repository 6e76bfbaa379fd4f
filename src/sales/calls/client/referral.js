// Whom somebody recommends at the end of a call: a lead of its own, which says who recommended it. It becomes a call that waits, in this
// browser, and an event of its own (docs/referral.schema.json) when the call is sent. Loaded where an outcome asks for it.

/** @import { Call } from "./call" */
/** @import { PlayerConfig } from "./config" */
/** @import { Lead } from "../../../leads/forms/client/types" */
import { ulid } from "../../../leads/forms/client/base.js";
import { own } from "../../../theme/client/attempt.js";
import { all, find } from "../../../theme/client/find.js";

/** What the player does with calls. @typedef {object} Tools
 * @property {(page: string) => Call} newCall
 * @property {(key: string) => Call|null} stored
 * @property {(call: Call) => unknown} store
 * @property {(call: Call) => unknown} drop
 * @property {(values: Record<string, string>) => string} who
 * @property {() => void} write stores the call that goes on */

/** The most letters of a name. */
const LONGEST = 200;

/** Is there enough to call somebody? @param {Call} call */
const isOne = ({ referral }) => Boolean(referral?.name || referral?.phone);
/** The call that waits for it. @param {{key: string}} call */
export const keyOf = ({ key }) => `${key}-r`;

/** Asks, where the end of the call is one that does. @param {Call} call @param {HTMLElement} place @param {boolean} isAsked @param {Tools} tools */
export function ask(call, place, isAsked, tools) {
  place.hidden = !isAsked;
  if (!isAsked) return;
  const button = find(place, "[data-script-referred]", HTMLElement);
  for (const field of all(place, "input", HTMLInputElement)) {
    field.value = own(/** @type {Record<string, string>} */ (call.referral ?? {}), field.name) ?? "";
    field.oninput = () => {
      call.referral = { ...call.referral, [field.name]: field.value.trim().slice(0, LONGEST) };
      keep(call, tools);
      button.hidden = !isOne(call);
      tools.write();
    };
  }
  button.hidden = !isOne(call);
}

/** Their call, which waits until somebody makes it. One that has begun stays as it is. @param {Call} call @param {Tools} tools */
function keep(call, { newCall, stored, store, drop, who }) {
  const known = stored(keyOf(call)), { name = "", phone = "", email = "" } = call.referral ?? {};
  if (known?.started) return;
  call.id ??= `call_${ulid()}`;
  if (!isOne(call)) return void (known && drop(known));
  const [first = "", ...rest] = name.split(" "), [begun] = call.trail, by = who(call.values);
  const values = { first_name: first, last_name: rest.join(" "), phone, email, referrer: by };
  const made = newCall(begun?.page ?? call.page);
  Object.assign(made.values, Object.fromEntries(Object.entries(values).filter(([, value]) => value)));
  store({ ...made, key: keyOf(call), script: call.script, budget: call.budget, spot: null, paused: true, recommended: { name: by, call: call.id }, born: known?.born ?? made.born });
}

/** What the webhook gets of them; nothing where nobody is recommended. @param {Call} call that is sent
 * @param {string} rep who rings @param {PlayerConfig} config @param {string} by who recommended them @returns {Lead|null} */
export function eventOf(call, rep, config, by) {
  if (!isOne(call) || !call.referral) return null;
  call.id ??= `call_${ulid()}`;
  call.referral.id ??= `call_${ulid()}`;
  const { id, ...fields } = call.referral, owner = own(config.reps, rep);
  return {
    type: "call.referral", version: 1, id, timestamp: new Date().toISOString().replace(/\.\d+/, ""),
    data: {
      fields: Object.fromEntries(Object.entries(fields).filter(([, value]) => value)),
      recommended_by: { name: by, call: call.id, contact_ids: Object.fromEntries(config.contact.flatMap((name) => (own(call.values, name) ? [[name, call.values[name]]] : []))) },
      notes: call.notes.trim(), script: call.script, rep: rep || null, owner: owner ? { id: rep, ...owner } : null, revision: call.revision ?? 1, meta: {},
    },
  };
}
