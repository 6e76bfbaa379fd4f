// The calls of this browser: each is a record of its own, with its names, notes, ticks, path and times, under its own id. A tab
// has one of them; the others wait until they are sent.

/** @import { AskedField, CallPage, CallScore } from "./config" */
/** @import { Lead } from "../../../leads/forms/client/types" */
import { attempt, own } from "../../../theme/client/attempt.js";
import { all } from "../../../theme/client/find.js";
import { isMap, isText, recall, remember } from "../../../theme/client/storage.js";
import { MOST_LETTERS, MOST_NAMES, keep, keptNames, readKept, texts } from "./kept.js";
import { tell } from "./notice.js";
import { config, here, spotOf, titleOf, words } from "./page.js";

/** Where a step is in its script: the same in all languages of it. @typedef {{key: string, index: number, steps: number}} Spot */
/** What the answers have come to by now: a number, and the band that it is in. @typedef {{label: string, value: number, band: string, name: string}} Scored */
/** What was given away: when, in milliseconds since 1970. @typedef {{title: string, url: string, at: number}} Handed */
/** What was said, oldest first. `filled`: what the answer has filled in, with what it was before; `objection`: the one that was replied to; `returns`: where the
 * call was to come back to before, if that has changed.
 * @typedef {{page: string, script: string, id: string, name: string, said: string, at: number, spot?: Spot, filled?: Record<string, string>,
 *   points?: number, returns?: Origin[], objection?: {id: string, title: string}}} Move */
/** Where the call was when an objection was looked for. @typedef {{page: string, step: string, spot: Spot|null, name: string}} Origin */
/** How it ended, in the words of the script. @typedef {{id: string, label: string, questions: string[], promise: string}} End */
/** `page`, `step` and `spot`: where it is; times in milliseconds since 1970, 0 for not yet. `values` are its names, `labels` what
 * they are called, `asks` what is to be found out, `spoken` defaults that were read out, `handed` pages whose link was copied, `before` is the call that this tab had until then, `origin` where an objection led away from, `returns` where the call comes back to, the next one last. `letter` is the note, `sent` the event and what is known of it.
 * `attempt` is which call to the contact it is, `told` what was said of that, `planned` the next try as it was proposed; `id` and `revision` are those of the event, `referral` is whom they recommend, `recommended` who did.
 * @typedef {{key: string, origin?: Origin|null, returns: Origin[], born: number, before: string, script: CallPage, budget: number, page: string, step: string, spot: Spot|null,
 *   started: number, ended: number, trail: Move[], values: Record<string, string>, ticks: string[], notes: string,
 *   labels: Record<string, string>, asks: Record<string, AskedField>, spoken: Record<string, string>, handed: Handed[],
 *   score?: CallScore|null, scored?: Scored|null, asked: Record<string, (string|null)[]>, when: string, paused: boolean, end: End|null,
 *   letter: string, isCopied: boolean, sent: {event: Lead, state: string}|null, attempt?: number|null, told?: string, planned?: string, id?: string, revision?: number,
 *   referral?: {name?: string, phone?: string, email?: string, id?: string}, recommended?: {name: string, call: string}}} Call */

/** The call of a tab, and how the calls of a browser are stored. */
const TAB = "ringback.call", CALLS = "ringback.calls.", HOUR = 3_600_000, MOST_MOVES = 1000;
/** The id of what is to be done before the call. */
export const READY = "call:before";
const session = attempt(() => sessionStorage), local = attempt(() => localStorage);

/** The call that goes on. */
export function current() {
  if (!state.call) throw new Error("there is no call");
  return state.call;
}

/** The step of the call. */
export function step() {
  if (!state.on) throw new Error("no step is shown");
  return state.on;
}

export const isPlaying = () => document.body.classList.contains("calling");

/** Stores a call; where this browser has no room for it, in its tab. @param {Call} call @returns {boolean} whether it is stored */
export function store(call) {
  const key = CALLS + call.key, isStored = remember(key, call, local);
  return remember(key, isStored ? null : call, session) || isStored;
}

let isTold = false;

/** Stores the call of this tab, and that it is this tab's. */
export function save() {
  const { call } = state;
  remember(TAB, call?.key, session);
  if (!call || store(call) || isTold) return;
  isTold = true;
  tell(words.unkept);
}

/** @param {string} key @returns {Call|null} */
export function stored(key) {
  const kept = recall(CALLS + key, session) ?? recall(CALLS + key, local);
  return isCall(kept) ? kept : null;
}

/** Which call another tab has changed; null for all of them. @param {StorageEvent} event */
export const changedIn = ({ key }) => (key?.startsWith(CALLS) ? key.slice(CALLS.length) : key);

/** @param {Call} call */
export function drop(call) {
  for (const place of [local, session]) remember(CALLS + call.key, null, place);
}

/** Calls that are stored, the newest first. @returns {Call[]} */
export function calls() {
  const names = [local, session].flatMap((place) => attempt(() => Object.keys(place ?? {})) ?? []);
  const keys = new Set(names.filter((name) => name.startsWith(CALLS)).map((name) => name.slice(CALLS.length)));
  return [...keys].flatMap((key) => stored(key) ?? []).sort((a, b) => b.born - a.born);
}

/** Is there something in it that would be missed? @param {Call} call */
export const isBegun = ({ started, notes, ticks }) => Boolean(started || notes.trim() || ticks.length);
/** @param {Call} call */
export const hasNames = ({ values }) => Object.keys(values).some((name) => !keep.has(name));
/** The CRM has it, or will have it from the outbox, or there is none and the note was taken. @param {Call} call */
export const isDone = ({ sent, isCopied }) =>
  sent ? ["confirmed", "sent", "waiting"].includes(sent.state) : isCopied && !config.webhook;

/** The call of this tab is another one now, or none. What would be missed of the last one stays stored, and is given.
 * @param {Call|null} call */
export function change(call) {
  const last = state.call, isWorth = last && (isBegun(last) || hasNames(last)), isMissed = isWorth && !isDone(last);
  // What was sent stays for the page of today.
  if (last && !isWorth) drop(last);
  else if (last) store(last);
  state.call = call;
  save();
  return isMissed ? last : null;
}

/** What this tab has. An earlier version kept the whole call here, and its names beside it. @returns {Call|null} */
function ofTab() {
  const kept = recall(TAB, session);
  const call = isText(kept, 50) ? stored(kept) : isMap(kept) ? adopted({ ...newCall(), ...kept, values: readKept() }) : null;
  return call && (!call.started || Date.now() - call.started <= 12 * HOUR) ? call : null;
}

/** @param {unknown} call */
function adopted(call) {
  if (!isCall(call)) return null;
  store(call);
  remember(TAB, call.key, session);
  return call;
}

/** @param {unknown} path @returns {path is string} a page of this site */
const isPage = (path) => isText(path, MOST_LETTERS) && /^\/(?![/\\])/.test(path);
/** @param {Record<string, unknown>} map @param {string[]} names */
const areTexts = (map, ...names) => names.every((name) => isText(map[name], MOST_LETTERS));
/** @param {unknown} map */
const isNames = (map) => isMap(map) && Object.keys(map).length <= MOST_NAMES && areTexts(map, ...Object.keys(map));
/** @param {unknown} move @returns {move is Move} */
const isMove = (move) => isMap(move) && isPage(move.page) && Number.isFinite(move.at) && areTexts(move, "script", "id", "name", "said")
  && isNames(move.filled ?? {}) && Number.isFinite(move.points ?? 0) && isReturns(move.returns) && (move.objection === undefined || isMap(move.objection) && areTexts(move.objection, "id", "title"));
/** @param {unknown} handed */
const isHanded = (handed) => handed === undefined || Array.isArray(handed) && handed.length <= MOST_NAMES
  && handed.every((each) => isMap(each) && areTexts(each, "title", "url") && Number.isFinite(each.at));
/** @param {unknown} list */
const isList = (list) => Array.isArray(list) && list.length <= MOST_NAMES && list.every((each) => each == null || isText(each, MOST_LETTERS));
/** @param {unknown} score */
const isScore = (score) => score == null || isMap(score) && areTexts(score, "key", "label") && Array.isArray(score.bands)
  && score.bands.every((band) => isMap(band) && areTexts(band, "id", "label") && (band.from === null || Number.isFinite(band.from)));
/** @param {unknown} scored */
const isScored = (scored) => scored == null || isMap(scored) && areTexts(scored, "label", "band", "name") && Number.isFinite(scored.value);
/** @param {unknown} pair an option: its id and its label */
const isPair = (pair) => Array.isArray(pair) && pair.length === 2 && isList(pair);
/** @param {unknown} asks */
const isAsks = (asks) => asks === undefined || isMap(asks) && Object.keys(asks).length <= MOST_NAMES
  && Object.values(asks).every((ask) => isMap(ask) && areTexts(ask, "label", "type") && Array.isArray(ask.options) && ask.options.every(isPair));

/** @param {unknown} end */
const isEnd = (end) => end === null || isMap(end) && areTexts(end, "id", "label", "promise") && isList(end.questions);

/** @param {unknown} origin */
const isOrigin = (origin) => origin == null || isMap(origin) && isPage(origin.page) && areTexts(origin, "step", "name");

/** @param {unknown} list */
const isReturns = (list) => list === undefined || Array.isArray(list) && list.length <= MOST_NAMES && list.every((each) => each && isOrigin(each));

/** Is it a call as this file keeps it? Its page is one of this site. @param {unknown} kept @returns {kept is Call} */
function isCall(kept) {
  if (!isMap(kept) || !isMap(kept.script) || !isMap(kept.asked) || !Array.isArray(kept.trail)) return false;
  const more = ["told", "planned", "id", "attempt", "revision"].filter((name) => kept[name] != null).map((name) => String(kept[name]));
  const isFine = areTexts(kept, "key", "before", "step", "notes", "when", "letter") && isPage(kept.page) && isList(more) && isNames(kept.referral ?? {}) && isNames(kept.recommended ?? {})
    && [kept.budget, kept.born, kept.started, kept.ended].every((number) => Number.isFinite(number))
    && areTexts(kept.script, "url", "title", "lang", "key") && isNames(kept.labels) && isNames(kept.values)
    && isScore(kept.score) && isScored(kept.scored) && isAsks(kept.asks) && isNames(kept.spoken ?? {}) && isHanded(kept.handed) && isList(kept.ticks) && isEnd(kept.end) && isOrigin(kept.origin) && isReturns(kept.returns)
    && Object.values(kept.asked).every(isList) && kept.trail.length <= 2 * MOST_MOVES && kept.trail.every(isMove)
    && (kept.sent === null || isMap(kept.sent) && isMap(kept.sent.event) && areTexts(kept.sent, "state"));
  if (isFine) Object.assign(kept, { values: texts(kept.values), asks: kept.asks ?? {}, spoken: kept.spoken ?? {}, returns: kept.returns ?? [], handed: kept.handed ?? [] });
  return isFine;
}

/** @param {string} [page] where it begins @param {string} [before] the call that came before it @returns {Call} */
export const newCall = (page = here, before = "") => ({
  key: `${Date.now().toString(36)}${Math.random().toString(36).slice(2, 10)}`, born: Date.now(), before, script: config.page,
  budget: config.budget, page, step: "", spot: null, started: 0, ended: 0, trail: [], values: keptNames(), ticks: [], notes: "",
  returns: [], labels: {}, asks: {}, spoken: {}, handed: [], asked: {}, when: "", paused: false, end: null, letter: "", isCopied: false, sent: null,
});

/** Notes where the call is, before it goes on. @param {string} said what makes it go on
 * @param {Record<string, string>} [filled] what that has filled in, as it was before @param {number} [points] */
export function note(said, filled, points) {
  const call = current(), on = step(), objection = on.closest("[data-objection]");
  for (const { dataset: { placeholder: name = "" } } of all(on, ":scope > .text > blockquote [data-placeholder]", HTMLElement)) {
    const standard = own(config.defaults, name);
    if (standard && !own(call.values, name)) call.spoken[name] = standard;
  }
  call.started ||= Date.now();
  if (call.trail.length >= MOST_MOVES) call.trail.shift();
  const at = Math.max(0, Date.now() - call.started);
  call.trail.push({ page: here, script: config.page.title, id: on.id, name: titleOf(on), said, at, spot: spotOf(on), ...(filled && { filled }), ...(points && { points }),
    ...(objection instanceof HTMLElement && { objection: { id: objection.id, title: titleOf(objection) } }) });
}

/** The call, and the step that is shown. @type {{call: Call|null, on: HTMLElement|null}} */
export const state = { call: ofTab(), on: null };
