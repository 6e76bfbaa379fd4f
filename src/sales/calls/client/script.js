// The call player: shows a script one step at a time, and makes of a call's end a note, an event and an appointment.
//
// Reads the `PlayerConfig` of `pages/call.rs`, and for all that people read the page itself. This file is what people do;
// `player` moves the call on, `call` keeps it, `placeholders` has the names, `outcome` the end.

import { copy } from "../../../theme/client/copy.js";
import { all, find, maybe } from "../../../theme/client/find.js";
import { make } from "../../../theme/client/make.js";
import { recall, remember } from "../../../theme/client/storage.js";
import { PLACEHOLDERS, fields, fill, forget, keep, keepButtons, put, readAddress, refill, rep, values } from "./placeholders.js";
import { calendar } from "./calendar.js";
import { filter, openObjections, steer } from "./call-objections.js";
import { isPlaying, state } from "./call.js";
import { letter, outbox, promised, send, update, write } from "./outcome.js";
import { answersOf, dialog, filterField, finish, here, letterField, notes, root, say, stage, status, stepOf, textOf, timeField, titleOf, words } from "./page.js";
import { anew, back, choose, firstStep, leave, offer, play, show, start, tick } from "./player.js";

const KEYS = "ringback.call-keys";

/** The address of a page for the other one, with whose link it is. @param {HTMLAnchorElement} link @param {string} address */
async function share(link, address) {
  const url = new URL(address), id = rep(), { title = "" } = link.dataset;
  if (/^[\w-]{1,80}$/.test(id)) url.searchParams.set("via", id);
  let told = link.nextElementSibling;
  if (!told?.matches(".copied")) {
    told = make("span", { className: "copied" }, make("span", { role: "status" }), make("input", { readOnly: true, hidden: true, ariaLabel: title }));
    link.after(told);
  }
  const isCopied = await copy(url.href, find(told, "input", HTMLInputElement));
  find(told, "span", HTMLElement).textContent = say(isCopied ? "copied" : "copy_it", { title, url: url.href });
}

/** @param {string} name @param {string} text @param {string} type */
function download(name, text, type) {
  const link = make("a", { href: URL.createObjectURL(new Blob([text], { type })), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

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
  if (isHeld || dialog.open) return;
  if (isTyping(target)) {
    if (isPlaying() && key === "Escape") claim(event, () => target instanceof HTMLElement && target.blur());
    return;
  }
  if (key === "/" && stage.querySelector("[data-objection]")) return claim(event, openObjections);
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
  else if (key === "n") claim(event, () => notes.focus());
}

/** @param {MouseEvent} event */
function click(event) {
  if (!(event.target instanceof Element) || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  const link = event.target.closest("a[href]"), placeholder = event.target.closest("[data-placeholder]");
  if (link instanceof HTMLAnchorElement) {
    if (link.dataset.share) {
      event.preventDefault();
      share(link, link.dataset.share);
    } else if (isPlaying()) follow(event, link);
    else if (dialog.open) dialog.close();
  } else if (isPlaying() && placeholder instanceof HTMLElement) {
    fields.find((field) => field.dataset.scriptFill === placeholder.dataset.placeholder)?.focus();
  }
}

/** @param {MouseEvent} event @param {HTMLAnchorElement} link */
function follow(event, link) {
  const isScript = link.closest(".answers") || (link.pathname === here && link.hash);
  if (!isScript) {
    // Whatever else there is to read opens beside the call, which goes on from the list of all objections.
    if (!dialog.contains(link)) link.target = "_blank";
    return;
  }
  event.preventDefault();
  dialog.close();
  const step = stepOf(link.hash.slice(1));
  if (!link.closest("[data-script-replies]")) choose(link, textOf(maybe(link, ".says", HTMLElement) ?? maybe(link, "b", HTMLElement) ?? link));
  else if (step) show(step);
}

function clear() {
  forget(true);
  notes.value = "";
  fill();
  if (!state.call) return;
  state.call.notes = "";
  write();
}

async function copyLetter() {
  status.textContent = (await copy(letter(), letterField)) ? words.note_copied : words.copy_it;
}

function saveTime() {
  const time = promised();
  if (time) download("call.ics", calendar(time), "text/calendar");
}

/** Buttons by their hooks. @type {Record<string, () => unknown>} */
const BUTTONS = {
  start, anew, leave, back: () => back(), open: openObjections, jot: () => notes.focus(), send, next: anew, clear,
  copy: copyLetter, calendar: saveTime, close: () => dialog.close(),
};

function listen() {
  for (const [name, action] of Object.entries(BUTTONS)) {
    for (const button of all(root, `[data-script-${name}]`, HTMLElement)) button.onclick = () => void action();
  }
  for (const button of keepButtons) {
    const name = button.dataset.scriptKeep ?? "";
    button.onclick = () => {
      if (!keep.delete(name)) keep.add(name);
      put(name, values[name] ?? "");
      fill(name);
    };
  }
  for (const field of fields) {
    const name = field.dataset.scriptFill ?? "";
    field.oninput = () => {
      put(name, field.value);
      fill(name);
      if (state.call) write();
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
  filterField.oninput = filter;
  const keys = find(root, "[data-script-keys]", HTMLInputElement);
  keys.checked = hasKeys();
  keys.onchange = () => remember(KEYS, keys.checked);
  dialog.addEventListener("keydown", steer);
  root.addEventListener("click", click);
  document.addEventListener("keydown", press, true);
  document.addEventListener("ringback:call", update);
  addEventListener("storage", ({ key }) => (key === PLACEHOLDERS ? refill() : update()));
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
    readAddress();
    fill();
  });
}

/** Goes on with a call of this tab. A link to a step, such as one in the list of all objections, goes on with it there.
 * @param {HTMLElement|null} asked */
function goOn(asked) {
  const { call } = state;
  if (!call || call.paused) return;
  const isHere = call.page === here;
  if (isHere || asked) play();
  const known = isHere ? stepOf(call.step) ?? firstStep() : null;
  if (known && (!asked || asked === known)) show(known);
  else if (asked) {
    const { page, step, script } = call;
    call.trail.push({ page, script: script.title, id: step, name: step, said: titleOf(asked), at: call.started ? Date.now() - call.started : 0 });
    show(asked);
  }
  update();
}

listen();
const asked = stepOf(readAddress());
fill();
offer();
setInterval(tick, 1000);
// What ends without a network is kept. And the browser looks for the fragment first, which takes the focus away.
await outbox.loading;
goOn(asked);
root.dataset.ready = "";
