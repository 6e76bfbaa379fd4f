// The call player: shows a script one step at a time, and makes of a call's end a note, an event and an appointment.
//
// Reads the `PlayerConfig` of `pages/call.rs`, and for all that people read the page itself. This file is what people do;
// `player` moves the call on, `call` keeps it, `placeholders` has the names, `outcome` the end, `waiting` the calls beside it.

import { all, find, maybe } from "../../../theme/client/find.js";
import { recall, remember } from "../../../theme/client/storage.js";
import { fields, fill, listenToFields, readAddress, rep } from "./placeholders.js";
import { hasMails, mailNow } from "./call-mail.js";
import { changedIn, current, isPlaying, newCall, save, state, stored } from "./call.js";
import { offerCallers } from "./hand-out.js";
import { isKept, readKept, remind, snapshot } from "./kept.js";
import { tell } from "./notice.js";
import { callThem, copyLetter, correct, saveTime } from "./last-buttons.js";
import { outbox, send, update, write } from "./outcome.js";
import { answersOf, boxes, config, dialog, finish, here, isHere, labelOf, notes, root, say, stage, stepAt, stepOf, textOf, timeField, titleOf, words } from "./page.js";
import { anew, back, choose, comeBack, draw, leave, meetObjection, offer, play, restore, resume, show, tellBefore, tick } from "./player.js";
import { tellMissing } from "./asking.js";
import { list, meet } from "./waiting.js";

const KEYS = "ringback.call-keys";
/** The ends of calls that reach nobody. */
const nobody = maybe(root, "[data-script-nobody-is]", HTMLDialogElement);

/** @param {EventTarget|null} target */
const isTyping = (target) =>
  target instanceof HTMLElement && (target.isContentEditable || target.closest("input:not([type=checkbox]), textarea, select") !== null);
const hasKeys = () => recall(KEYS) !== false;

/** Here these keys are the player's, not those of the search. @param {Event} event @param {() => unknown} action */
function claim(event, action) {
  event.preventDefault();
  event.stopPropagation();
  action();
}

/** @param {KeyboardEvent} event */
function press(event) {
  const { key, target } = event, isHeld = event.ctrlKey || event.metaKey || event.altKey;
  if (event.isComposing || event.repeat) return;
  if (isPlaying() && key === "Enter" && (event.ctrlKey || event.metaKey) && !finish.hidden) return claim(event, send);
  if (isHeld) return;
  const asks = document.querySelector("dialog[open]");
  if (asks) return asks === nobody ? all(asks, "a", HTMLAnchorElement)[Number(key) - 1]?.click() : undefined;
  if (isTyping(target)) {
    if (isPlaying() && key === "Escape") claim(event, () => target instanceof HTMLElement && target.blur());
    return;
  }
  if (key === "/" && opener) return claim(event, openObjections);
  if (!isPlaying()) return;
  if (key === "Escape" || key === "Backspace") return claim(event, () => back());
  if (hasKeys()) pressInCall(event);
}

/** @param {KeyboardEvent} event */
function pressInCall(event) {
  const { key } = event, objection = state.on?.closest("[data-objection]");
  const replies = objection ? all(objection, "[data-script-replies] a", HTMLAnchorElement) : [];
  const step = key === "ArrowRight" ? 1 : key === "ArrowLeft" ? -1 : 0;
  const reply = step ? replies[replies.findIndex((link) => link.ariaCurrent) + step] : undefined;
  if (reply) claim(event, () => reply.click());
  else if (key >= "1" && key <= "9") claim(event, () => state.on && answersOf(state.on)[Number(key) - 1]?.click());
  else if (key === "0") claim(event, () => comeBack());
  else if (key === "n") claim(event, () => notes.focus());
  else if (key === "m" && hasMails()) claim(event, mailNow);
  else if (key === "x") claim(event, reachNobody);
}

const opener = document.querySelector("[data-script-open]");
/** @type {typeof import("./call-objections.js")|undefined} */
let objections;
/** What the first step doesn't need: the objections, and links to give away. Some browsers copy only in the moment of the click. */
const load = () => Promise.all([
  opener ? import("./call-objections.js").then((all) => void (objections = all)) : null,
  stage.querySelector("[data-share]") ? import("./give-link.js") : null,
]);
/** Of all scripts; at once, where they are loaded. */
function openObjections() {
  if (objections) return objections.openObjections();
  load().then(() => objections?.openObjections(), () => tell(words.unloaded));
}

/** Asks how a call ends in which nobody is reached. */
const reachNobody = () => finish.hidden && nobody?.showModal();

/** @param {MouseEvent} event */
function click(event) {
  if (!(event.target instanceof Element) || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  const link = event.target.closest("a[href]"), placeholder = event.target.closest("[data-placeholder]");
  if (link instanceof HTMLAnchorElement) {
    if (link.dataset.share) {
      event.preventDefault();
      give(link, link.dataset.share);
    } else if (isPlaying()) follow(event, link);
    else if (dialog.open) dialog.close();
  } else if (isPlaying() && placeholder instanceof HTMLElement) {
    fields.find((field) => field.dataset.scriptFill === placeholder.dataset.placeholder)?.focus();
  }
}

/** @param {MouseEvent} event @param {HTMLAnchorElement} link */
function follow(event, link) {
  const isFound = link.closest("[data-script-found]"), isScript = isFound || link.closest(".answers") || (link.pathname === here && link.hash);
  // The call goes on in another language, or from the list of all objections; whatever else there is to read opens beside it.
  if (!isScript) return void (link.closest(".langs") || dialog.contains(link) || (link.target = "_blank"));
  event.preventDefault();
  dialog.close();
  nobody?.close();
  const step = stepOf(link.hash.slice(1));
  if (isFound) meetObjection(link, textOf(maybe(link, "b", HTMLElement) ?? link));
  else if (!link.closest("[data-script-replies]")) choose(link, textOf(maybe(link, ".says", HTMLElement) ?? maybe(link, "b", HTMLElement) ?? link));
  else if (step) show(step);
}

/** @param {HTMLAnchorElement} link @param {string} address */
async function give(link, address) {
  const giving = await import("./give-link.js").catch(() => null);
  if (!giving) return tell(words.unloaded);
  state.call?.handed.push({ ...giving.share(link, address, rep(), say), at: Date.now() });
  save();
}

/** Names and notes, of this call and those that are kept. */
function clear() {
  const call = current(), before = structuredClone(call), bringBack = snapshot();
  for (const { dataset: { scriptFill: name = "" } } of fields) remind(name, "");
  Object.assign(call, { values: {}, notes: "", ticks: [] });
  draw();
  write();
  tell(words.cleared, () => {
    bringBack();
    restore(before);
  });
}

/** Buttons by their hooks. @type {Record<string, () => unknown>} */
const BUTTONS = {
  start: resume, anew, leave: () => (leave(), list()), back: () => back(), open: openObjections, jot: () => notes.focus(), mail: mailNow, send, resume: () => comeBack(), next: anew, clear,
  copy: copyLetter, calendar: saveTime, correct, referred: callThem, close: () => dialog.close(), nobody: reachNobody,
};

function listen() {
  for (const [name, action] of Object.entries(BUTTONS)) {
    for (const button of all(root, `[data-script-${name}]`, HTMLElement)) button.onclick = () => void action();
  }
  listenToFields(() => {
    if (!isPlaying()) return;
    tellMissing();
    write();
  });
  for (const box of boxes) {
    box.onchange = () => {
      const call = (state.call ??= { ...newCall(), paused: true }), others = call.ticks.filter((tick) => tick !== labelOf(box));
      call.ticks = box.checked ? [...others, labelOf(box)] : others;
      save();
    };
  }
  /** @param {HTMLInputElement|HTMLTextAreaElement} field @param {"notes"|"when"} name */
  const keepText = (field, name) => (field.oninput = () => {
    if (!state.call) return;
    state.call[name] = field.value;
    write();
  });
  keepText(notes, "notes");
  keepText(timeField, "when");
  const keys = find(root, "[data-script-keys]", HTMLInputElement);
  keys.checked = hasKeys();
  keys.onchange = () => remember(KEYS, keys.checked);
  root.addEventListener("click", click);
  document.addEventListener("keydown", press, true);
  document.addEventListener("ringback:call", update);
  document.addEventListener("ringback:playing", () => load().catch(() => {}));
  addEventListener("storage", hear);
  addEventListener("popstate", () => {
    if (!isPlaying()) return;
    history.pushState({ call: true }, "");
    // Only then does the browser look for the fragment, and takes the focus away.
    setTimeout(back);
  });
  // What the browser kept of a page knows nothing of what came later.
  addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
  addEventListener("hashchange", () => {
    if (!location.hash.includes("=")) return;
    meet(readAddress().given);
  });
}

/** Another tab has changed something. @param {StorageEvent} event */
function hear(event) {
  const { call } = state, changed = changedIn(event);
  if (isKept(event)) {
    readKept();
    fill();
  } else if (!call || changed !== null && changed !== call.key) update();
  // All was cleared, in mid-call: this tab still has it.
  else if (changed === null) save();
  else adopt(stored(call.key));
  if (!isPlaying()) list();
}

/** What another tab with the same call has made of it. @param {import("./call").Call|null} call nothing where it threw it away */
function adopt(call) {
  const { call: last } = state;
  if (call) {
    const typed = document.activeElement === notes ? notes.value : call.notes, isMoved = call.step !== last?.step;
    state.call = { ...call, paused: last?.paused ?? true };
    draw();
    notes.value = typed;
    const step = isPlaying() && isMoved ? stepAt(call) : null;
    if (step) show(step);
  } else if (last) {
    if (isPlaying()) leave();
    state.call = null;
    save();
    offer();
    tell(words.gone, () => restore(last));
  }
}

/** Goes on with a call of this tab. A link to a step, such as one in the list of all objections, goes on with it there.
 * @param {HTMLElement|null} asked */
function goOn(asked) {
  const { call } = state;
  if (!call || call.paused) return;
  const known = stepAt(call);
  if (isHere(call) && (!asked || asked === known)) resume();
  else if (asked) {
    const { page, step, script, spot } = call, at = call.started ? Math.max(0, Date.now() - call.started) : 0;
    play();
    call.trail.push({ page, script: script.title, id: step, name: step, said: titleOf(asked), at, ...(spot && { spot }) });
    show(asked);
  }
  tellBefore();
  update();
}

listen();
offerCallers();
const { step, given } = readAddress();
draw();
meet(given);
offer();
setInterval(tick, 1000);
// What ends without a network is kept. And the browser looks for the fragment first, which takes the focus away.
await outbox.loading;
goOn(stepOf(step));
list();
root.dataset.ready = "";
// What it fetches must not get in the way of the first step.
if (config.offline) setTimeout(() => navigator.serviceWorker?.register(config.offline ?? "", { updateViaCache: "none" }).catch(() => {}), 3000);
