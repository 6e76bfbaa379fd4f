// One step at a time: shows it, goes on, goes back. Start to read at `show` and `choose`.

import { decode } from "../../../theme/client/attempt.js";
import { all, find, maybe } from "../../../theme/client/find.js";
import { make } from "../../../theme/client/make.js";
import { fill, forget } from "./placeholders.js";
import { MOST_NAMES, READY, current, isPlaying, newCall, note, save, state } from "./call.js";
import { askLast } from "./outcome.js";
import { config, finish, here, minutes, notes, part, root, stage, stepOf, words } from "./page.js";

const progress = find(root, "[data-script-spent]", HTMLProgressElement);

/** What to do before the call; for who comes from another script, where this one begins. */
export function firstStep() {
  const link = maybe(stage, ".go a", HTMLAnchorElement);
  return (state.call?.started && stepOf(link?.hash.slice(1))) || find(stage, "[data-script-step]", HTMLElement);
}

function clearStage() {
  for (const each of stage.querySelectorAll(".on, .over")) each.classList.remove("on", "over");
}

/** Shows one step, large, and nothing else; of an objection its first reply. @param {HTMLElement} step */
export function show(step) {
  const call = current();
  step = (step.matches("[data-objection]") && maybe(step, ":scope > [data-script-step]", HTMLElement)) || step;
  clearStage();
  step.classList.add("on");
  for (let above = step.parentElement; above && above !== stage; above = above.parentElement) above.classList.add("over");
  state.on = step;
  const objection = step.closest("[data-objection]");
  for (const link of objection ? all(objection, "[data-script-replies] a", HTMLAnchorElement) : []) {
    link.ariaCurrent = link.hash === `#${step.id}` ? "true" : null;
  }
  call.step = step.id;
  call.page = here;
  const isEnd = step.dataset.outcome !== undefined;
  call.ended = isEnd ? call.ended || Date.now() : 0;
  history.replaceState(history.state, "", `#${step.id}`);
  finish.hidden = !isEnd;
  if (isEnd) askLast();
  drawTrail();
  tick();
  save();
  scrollTo(0, 0);
  const title = find(step, "[data-title]", HTMLElement);
  title.tabIndex = -1;
  title.focus({ preventScroll: true });
}

/** Goes where a link leads, in this script or another. @param {HTMLAnchorElement} link @param {string} said */
export function choose(link, said) {
  note(said);
  go({ page: link.pathname, id: decode(link.hash.slice(1)) });
}

/** @param {{page: string, id: string}} place */
function go({ page, id }) {
  if (page === here) return show(stepOf(id) ?? firstStep());
  Object.assign(current(), { page, step: id });
  save();
  location.assign(id ? `${page}#${encodeURIComponent(id)}` : page);
}

/** One step back; from the first one out of the call. What was sent can't be changed. @param {number} [to] a place in the trail */
export function back(to) {
  const { sent, trail } = current();
  if (sent) return;
  const [move] = trail.splice(Math.max(to ?? trail.length - 1, 0));
  if (move) go(move);
  else leave();
}

export function play() {
  state.call ??= newCall();
  const { call } = state;
  call.paused = false;
  call.labels = Object.fromEntries([...Object.entries(call.labels), ...Object.entries(config.labels)].slice(-MOST_NAMES));
  document.body.classList.add("calling");
  part("desk").hidden = part("dock").hidden = part("clock").hidden = false;
  notes.value = call.notes;
  part("budget").textContent = minutes(call.budget * 1000);
  // The button of the browser and the gesture of the phone go back a step, not out of the call.
  if (!history.state?.call) history.pushState({ call: true }, "");
}

/** The page is to be read again; the call waits. */
export function leave() {
  current().paused = true;
  save();
  document.body.classList.remove("calling");
  part("desk").hidden = part("dock").hidden = part("clock").hidden = part("way").hidden = finish.hidden = true;
  clearStage();
  state.on = null;
  offer();
  part("start").focus();
}

/** What the button at the top does. */
export function offer() {
  part("start").textContent = state.call ? words.go_on : words.start;
  part("anew").hidden = !state.call;
}

export function start() {
  const { call } = state;
  if (call && call.page !== here) return go({ page: call.page, id: call.step });
  play();
  show(stepOf(current().step) ?? firstStep());
}

/** The next call begins with nothing but what is kept. */
export function anew() {
  const { page = here } = state.call?.trail[0] ?? {};
  state.call = null;
  save();
  forget();
  fill();
  if (page !== here) {
    state.call = newCall(page);
    go({ page, id: "" });
  } else {
    play();
    show(firstStep());
  }
}

// What stands around the step

export function tick() {
  const { call } = state;
  if (!call || !isPlaying()) return;
  const spent = call.started ? (call.ended || Date.now()) - call.started : 0;
  part("time").textContent = minutes(spent);
  progress.value = Math.min(1, spent / (call.budget * 1000 || Infinity));
  part("clock").classList.toggle("late", call.budget > 0 && spent > call.budget * 1000);
}

function drawTrail() {
  const trail = part("trail");
  trail.replaceChildren(...current().trail.flatMap(({ id, name, said }, index) => {
    if (id === READY) return [];
    const button = make("button", { type: "button" }, make("b", {}, name), ...(said && said !== name ? [" ", make("span", {}, said)] : []));
    button.onclick = () => back(index);
    return [make("li", {}, button)];
  }));
  part("way").hidden = !trail.firstChild;
  trail.scrollLeft = 1e6;
}
