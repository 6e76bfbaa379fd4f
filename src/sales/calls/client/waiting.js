// The calls of this browser that wait: their list, and what becomes of a call when a link is about somebody else.

/** @import { Call } from "./call" */
import { own } from "../../../theme/client/attempt.js";
import { find } from "../../../theme/client/find.js";
import { make } from "../../../theme/client/make.js";
import { calls, change, drop, hasNames, isBegun, isDone, isPlaying, newCall, save, state, store } from "./call.js";
import { keep } from "./kept.js";
import { tell } from "./notice.js";
import { hand, isReady, outbox } from "./outcome.js";
import { draw, leave, offer, open, resume, throwAway } from "./player.js";
import { put, who } from "./placeholders.js";
import { date, part, root, say, words } from "./page.js";

/** How long what was sent is kept, for the page of today. */
const WEEK = 7 * 24 * 3_600_000;
const dialog = find(root, "[data-script-other]", HTMLDialogElement);

/** Lists what waits. Calls that were sent are forgotten after a week. */
export async function list() {
  const box = await outbox.loading, others = calls().filter(({ key }) => key !== state.call?.key);
  for (const call of others) {
    if (call.sent && box) call.sent.state = box.known(call.sent.event) ?? call.sent.state;
    if (isDone(call) && Date.now() - Math.max(call.born, Date.parse(call.when) || 0) > WEEK) drop(call);
  }
  const open = others.filter((call) => !isDone(call) && (isBegun(call) || hasNames(call)));
  part("calls").replaceChildren(...open.map(item));
  part("waiting").hidden = !open.length;
}

/** @param {Call} call */
function item(call) {
  const name = who(call.values), when = date(call.started || call.born);
  const go = make("button", { type: "button", onclick: () => open(call) }, make("b", {}, name), make("span", {}, `${call.script.title} · ${when}`));
  const away = make("button", { type: "button", className: "button quiet", onclick: () => throwAway(call, list) }, words.drop);
  away.ariaLabel = `${words.drop}: ${name}`;
  return make("li", {}, go, away);
}

/** A link has names: they are those of this tab's call, or of another one. Then people are asked what becomes of the call that
 * isn't sent. @param {Record<string, string>} given */
export function meet(given) {
  const { call } = state;
  if (!Object.keys(given).length) return;
  if (call && isOther(call, given) && !isDone(call)) return ask(call, given);
  if (call && isDone(call)) another();
  receive(given);
}

/** @param {Call} call @param {Record<string, string>} given */
const isOther = (call, given) =>
  Object.entries(given).some(([name, value]) => {
    const known = own(call.values, name);
    return !keep.has(name) && known !== value && (known !== undefined || isBegun(call));
  });

/** @param {Record<string, string>} given */
function receive(given) {
  for (const [name, value] of Object.entries(given)) put(name, value);
  save();
  draw();
  offer();
  list();
}

/** This tab has another call, which hasn't begun. */
function another() {
  if (isPlaying()) leave();
  return change({ ...newCall(), paused: true });
}

/** @param {Call} call @param {Record<string, string>} given */
function ask(call, given) {
  if (isPlaying()) leave();
  else call.paused = true;
  const names = { who: who(call.values), next: who(given) };
  for (const text of ["other", "other_what"]) find(dialog, `[data-script-${text.replace("_", "-")}-text]`, HTMLElement).textContent = say(text, names);
  find(dialog, "[value=send]", HTMLButtonElement).hidden = !isReady(call);
  dialog.returnValue = "keep";
  dialog.onclose = () => void decide(call, given, dialog.returnValue);
  dialog.showModal();
}

/** @param {Call} call @param {Record<string, string>} given @param {string} what */
async function decide(call, given, what) {
  if (what === "back") {
    store({ ...newCall(), paused: true, values: given });
    return resume();
  }
  const isSent = what === "send" && await hand(call);
  another();
  receive(given);
  if (what === "drop") throwAway(call, list);
  else if (!isSent) tell(say("waits", { who: who(call.values) }), () => open(call));
}
