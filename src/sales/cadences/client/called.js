// A call that a plan asks for is ticked off in it once the call has ended, whether somebody was there or not.

/** @import { Contact } from "./contacts" */
/** @import { Kept } from "./calls-kept" */
import { keptCalls } from "./calls-kept.js";
import { contacts, isSame, keep } from "./contacts.js";
import { ahead, dayOf } from "./plan.js";
import { config } from "./today-page.js";

/** More calls than anybody makes in one plan. */
const MOST = 200;

/** The contact after a call; nothing where no call was due by then, and for calls from before the plan.
 * @param {Contact} contact @param {Kept} call @returns {Contact|null} */
function after(contact, { key, started }) {
  const { calls = [], done } = contact, plan = config.cadences.find((each) => each.key === contact.cadence);
  if (!plan || started < contact.born || calls.includes(key)) return null;
  const [due] = ahead(contact, plan, config), day = dayOf(new Date(started));
  if (due?.touch.kind !== "call" || due.day > day) return null;
  return { ...contact, done: { ...done, [due.touch.id]: { day, how: "done" } }, calls: [...calls, key].slice(-MOST), sequence: contact.sequence + 1 };
}

/** Ticks off what was called. @returns {{before: Contact, after: Contact}[]} those that have changed */
export function tickCalls() {
  const made = keptCalls().filter(({ started, ended, end }) => started && ended && end).sort((a, b) => a.started - b.started);
  return contacts().flatMap((before) => {
    const calls = before.stopped ? [] : made.filter(({ values }) => isSame(values, before.values));
    const last = calls.reduce((contact, call) => after(contact, call) ?? contact, before);
    if (last === before) return [];
    keep(last);
    return [{ before, after: last }];
  });
}
