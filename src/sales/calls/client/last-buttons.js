// What the buttons do that are only there at the end of a call: copy the note, save the appointment, correct what was sent, call
// whom they recommend.

import { current, save, stored } from "./call.js";
import { tell } from "./notice.js";
import { askLast, ending, promised } from "./outcome.js";
import { letterField, status, words } from "./page.js";
import { who } from "./placeholders.js";
import { open, restore } from "./player.js";

export async function copyLetter() {
  const call = current(), isCopied = Boolean(await (await ending())?.copyNote(call.letter, letterField));
  call.isCopied ||= isCopied;
  save();
  status.textContent = isCopied ? words.note_copied : words.copy_it;
}

export async function saveTime() {
  const call = current(), time = promised(call), end = await ending(), name = who(call.values);
  if (time && end) end.saveCalendar(call, time, name === words.somebody ? "" : name);
  else status.textContent = words.unloaded;
}

/** What was sent can be changed, and goes again, with its id and the next number. */
export function correct() {
  const call = current(), before = structuredClone(call), { sent } = call;
  if (!sent) return;
  Object.assign(call, { id: sent.event.id, revision: Number(sent.event.data.revision ?? 1) + 1, sent: null });
  askLast();
  tell(words.correcting, () => restore(before));
}

/** The call with whom they recommend, which `referral.js` keeps. */
export function callThem() {
  const call = stored(`${current().key}-r`);
  if (call) open(call);
}
