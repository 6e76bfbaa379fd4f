// One step at a time: shows it, goes on, goes back. Start to read at `show` and `choose`.

/** @import { Call, Origin, Spot } from "./call" */
import { decode } from "../../../theme/client/attempt.js";
import { all, find, maybe } from "../../../theme/client/find.js";
import { make } from "../../../theme/client/make.js";
import { fill, fillBy, putAll, who } from "./placeholders.js";
import { READY, change, current, drop, isBegun, isPlaying, newCall, note, save, state, store, stored } from "./call.js";
import { MOST_NAMES } from "./kept.js";
import { tell } from "./notice.js";
import { learn, remindOf } from "./asking.js";
import { askLast, ending } from "./outcome.js";
import { boxes, config, finish, here, isHere, labelOf, minutes, notes, part, root, say, spotOf, stage, stepAt, stepOf, titleOf, words } from "./page.js";

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
  const isEnd = step.dataset.outcome !== undefined;
  Object.assign(call, { page: here, step: step.id, spot: spotOf(step), ended: isEnd ? call.ended || Date.now() : 0 });
  offerReturn(step);
  remindOf(step);
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

/** After an objection that was looked for, and after a step that was asked beside, the call can go back to where it was. @param {HTMLElement} step */
function offerReturn(step) {
  const call = current();
  if (!step.closest("[data-objection]")) call.origin = null;
  const origin = step.dataset.outcome === undefined && (call.origin || call.returns.at(-1));
  part("return").hidden = !origin;
  if (origin) find(part("return"), "b", HTMLElement).textContent = origin.name;
}

/** @param {HTMLElement} step */
const placeOf = (step) => ({ page: here, step: step.id, spot: spotOf(step), name: titleOf(step) });

/** Goes to an objection that was looked for. @param {HTMLAnchorElement} link @param {string} said */
export function meetObjection(link, said) {
  const { on } = state, call = current();
  if (on && !on.closest("[data-objection]")) call.origin = placeOf(on);
  choose(link, said);
}

/** Goes back to where the call was. @param {HTMLAnchorElement} [link] an answer that leads there; where nothing waits, it leads to
 * the first step @param {string} [said] */
export function comeBack(link, said) {
  const call = current(), { returns } = call, place = call.origin || returns.at(-1) || (link && placeOf(firstStep()));
  if (!place || !link && part("return").hidden) return;
  tell();
  if (link && said) answer(link, said);
  else note(say("returned", { step: place.name }));
  if (!call.origin) call.returns = returns.slice(0, -1);
  go(kept(place, returns));
}

/** The last move knows where the call was to come back to before it. @template T @param {T} place @param {Origin[]} returns */
function kept(place, returns) {
  const { trail } = current(), last = trail.at(-1);
  if (last) last.returns = returns;
  return place;
}

/** @param {HTMLAnchorElement} link @param {string} said */
const answer = (link, said) => note(said, fillBy(link), Number(link.dataset.scriptPoints ?? 0));

/** Goes where a link leads, in this script or another. @param {HTMLAnchorElement} link @param {string} said */
export function choose(link, said) {
  if (link.matches(".return")) return comeBack(link, said);
  tell();
  const call = current(), { returns } = call, { dataset } = link, { on } = state;
  answer(link, said);
  if (on && dataset.scriptReturns !== undefined) call.returns = [...returns, placeOf(on)].slice(-20);
  go(kept({ page: link.pathname, step: decode(link.hash.slice(1)) }, returns));
}

/** @param {{page: string, step: string, spot?: Spot|null}} place */
function go(place) {
  const { page, step, spot = null } = place;
  if (isHere(place)) return show(stepAt(place) ?? lost(step));
  Object.assign(current(), { page, step, spot, paused: false });
  save();
  location.assign(step ? `${page}#${encodeURIComponent(step)}` : page);
}

/** Where a call goes on whose step isn't in the script any more. @param {string} step */
function lost(step) {
  if (step && state.call?.started) tell(words.changed);
  return firstStep();
}

/** One step back; from the first one out of the call. What was sent can't be changed. @param {number} [to] a place in the trail */
export function back(to) {
  const { sent, trail } = current(), before = structuredClone(current());
  if (sent) return;
  tell();
  const moves = trail.splice(Math.max(to ?? trail.length - 1, 0)), [move] = moves;
  if (!move) return leave();
  current().returns = move.returns ?? current().returns;
  for (const { filled = {} } of [...moves].reverse()) putAll(filled);
  go({ page: move.page, step: move.id, spot: move.spot });
  if (moves.length > 1 && state.on) tell(say("went_back", { step: titleOf(state.on) }), () => restore(before));
}

/** The call as it was. @param {Call} call */
export function restore(call) {
  state.call = call;
  resume();
}

/** Another call of this browser goes on in this tab. @param {Call} call */
export function open(call) {
  change(call);
  resume();
}

export function play() {
  state.call ??= newCall();
  const { call } = state;
  call.paused = false;
  if (!call.started) Object.assign(call, { script: config.page, budget: config.budget });
  call.labels = Object.fromEntries([...Object.entries(call.labels), ...Object.entries(config.labels)].slice(-MOST_NAMES));
  document.body.classList.add("calling");
  learn(call);
  ending();
  document.dispatchEvent(new Event("ringback:playing"));
  part("desk").hidden = part("dock").hidden = part("clock").hidden = false;
  part("budget").textContent = minutes(call.budget * 1000);
  draw();
  // The button of the browser and the gesture of the phone go back a step, not out of the call.
  if (!history.state?.call) history.pushState({ call: true }, "");
}

/** What the call has, in the fields of the page. */
export function draw() {
  const { notes: said = "", ticks = [] } = state.call ?? {};
  fill();
  notes.value = said;
  for (const box of boxes) box.checked = ticks.includes(labelOf(box));
}

/** The page is to be read again; the call waits. */
export function leave() {
  if (state.call) state.call.paused = true;
  save();
  document.body.classList.remove("calling");
  part("desk").hidden = part("dock").hidden = part("clock").hidden = part("way").hidden = part("return").hidden = part("missing").hidden = finish.hidden = true;
  clearStage();
  state.on = null;
  offer();
  part("start").focus();
}

/** What the button at the top does. */
export function offer() {
  const { call } = state, isOn = Boolean(call && (isBegun(call) || call.step));
  part("start").textContent = isOn ? words.go_on : words.start;
  part("anew").hidden = !isOn;
}

/** Begins the call of this tab, or goes on with it, where it is. */
export function resume() {
  const { call } = state;
  if (call && !isHere(call)) return go(call);
  play();
  const { step } = current();
  show((step && stepAt(current())) || lost(step));
}

/** The next call begins with nothing but what is kept. The last one waits, unless it was sent. */
export function anew() {
  const { trail: [first] = [], key = "" } = state.call ?? {};
  const place = first ? { page: first.page, step: "", spot: first.spot } : { page: here, step: "" };
  const next = newCall(isHere(place) ? here : place.page, key);
  if (!change(next)) next.before = "";
  if (!isHere(place)) return go(place);
  resume();
  tellBefore();
}

/** Says that the call before this one waits, with the way back to it. */
export function tellBefore() {
  const { call } = state, before = call && !call.started && call.before ? stored(call.before) : null;
  if (before) tell(say("waits", { who: who(before.values) }), () => open(before));
}

/** Throws a call away that waits; what was thrown away can be brought back. @param {Call} call @param {() => void} redraw */
export function throwAway(call, redraw) {
  drop(call);
  redraw();
  tell(say("dropped", { who: who(call.values) }), () => {
    store(call);
    redraw();
  });
}

// What stands around the step

export function tick() {
  const { call } = state;
  if (!call || !isPlaying()) return;
  const spent = call.started ? (call.ended || Date.now()) - call.started : 0;
  part("time").textContent = minutes(spent);
  progress.value = Math.min(1, Math.max(0, spent) / (call.budget * 1000 || Infinity));
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
