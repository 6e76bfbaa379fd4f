// What all scripts of leads agree on.

/** @import { Lead, State } from "./types" */

export const SECOND = 1000;
export const HOUR = 3600 * SECOND;
export const DAY = 24 * HOUR;

/** How long a lead is kept that can't be delivered. */
export const OUTBOX_AGE = 7 * DAY;

/** Where a lead waits, by its id; and what is remembered of the last one of a form. */
export const OUTBOX = "ringback.outbox.";
export const SENT = "ringback.sent.";

/** From the best news to the worst. @type {State[]} */
export const STATES = ["confirmed", "sent", "waiting", "unsure", "refused"];

/** Is there nothing more to send? @param {State} state */
export const isThere = (state) => STATES.indexOf(state) < 2;

/** Did it go wrong, as far as is known? @param {State} state */
export const isLost = (state) => STATES.indexOf(state) > 2;

/** `lead` or `call`. @param {Pick<Lead, "type">} lead @returns {"lead"|"call"} */
export const kindOf = ({ type }) => (type.startsWith("call.") ? "call" : "lead");

/** 48 bits of time and 80 random ones: ids sort by time. */
export function ulid() {
  const time = Array.from(Date.now().toString(32).padStart(10, "0"), (digit) => parseInt(digit, 32));
  const numbers = [...time, ...crypto.getRandomValues(new Uint8Array(16))];
  return numbers.map((number) => "0123456789ABCDEFGHJKMNPQRSTVWXYZ"[number % 32]).join("");
}
