// The call: what was said so far and where it is. It is kept in this tab, because it may go on in another script.

/** @import { CallPage } from "./config" */
/** @import { Lead } from "../../../leads/forms/client/types" */
import { attempt } from "../../../theme/client/attempt.js";
import { isMap, isText, recall, remember } from "../../../theme/client/storage.js";
import { config, here, titleOf } from "./page.js";

/** What was said, oldest first. @typedef {{page: string, script: string, id: string, name: string, said: string, at: number}} Move */
/** `page` and `step`: where it is; times in milliseconds since 1970, 0 for not yet. `sent` is the event and what is known of it.
 * @typedef {{key: string, script: CallPage, budget: number, page: string, step: string, started: number, ended: number,
 *   trail: Move[], notes: string, labels: Record<string, string>, asked: Record<string, (string|null)[]>, when: string,
 *   paused: boolean, sent: {event: Lead, state: string}|null}} Call */

const CALL = "ringback.call", HOUR = 3_600_000;
/** The most of what is kept: names, moves, and letters of a text. */
export const MOST_NAMES = 200;
export const MOST_LETTERS = 200_000;
const MOST_MOVES = 1000;
/** The id of what is to be done before the call. */
export const READY = "call:before";
const session = attempt(() => sessionStorage);

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
export const save = () => remember(CALL, state.call, session);
export const isEnd = () => state.on?.dataset.outcome !== undefined;

/** What this tab keeps. @returns {Call|null} */
function kept() {
  const call = recall(CALL, session);
  return isCall(call) && (!call.started || Date.now() - call.started <= 12 * HOUR) ? call : null;
}

/** @param {unknown} path @returns {path is string} a page of this site */
const isPage = (path) => isText(path, MOST_LETTERS) && /^\/(?![/\\])/.test(path);
/** @param {Record<string, unknown>} map @param {string[]} names */
const areTexts = (map, ...names) => names.every((name) => isText(map[name], MOST_LETTERS));

/** @param {unknown} move @returns {move is Move} */
const isMove = (move) => isMap(move) && isPage(move.page) && Number.isFinite(move.at) && areTexts(move, "script", "id", "name", "said");

/** @param {unknown} list */
const isList = (list) => Array.isArray(list) && list.length <= MOST_NAMES && list.every((each) => each == null || isText(each, MOST_LETTERS));

/** Is it a call as this file keeps it? Its page is one of this site. @param {unknown} kept @returns {kept is Call} */
function isCall(kept) {
  if (!isMap(kept) || !isMap(kept.script) || !isMap(kept.labels) || !isMap(kept.asked) || !Array.isArray(kept.trail)) return false;
  return areTexts(kept, "key", "step", "notes", "when") && isPage(kept.page)
    && [kept.budget, kept.started, kept.ended].every((number) => Number.isFinite(number))
    && areTexts(kept.script, "url", "title", "lang", "key")
    && Object.keys(kept.labels).length <= MOST_NAMES && areTexts(kept.labels, ...Object.keys(kept.labels))
    && Object.values(kept.asked).every(isList) && kept.trail.length <= 2 * MOST_MOVES && kept.trail.every(isMove)
    && (kept.sent === null || isMap(kept.sent) && isMap(kept.sent.event) && areTexts(kept.sent, "state"));
}

/** @param {string} [page] where it begins @returns {Call} */
export const newCall = (page = here) => ({
  key: `${Date.now().toString(36)}${Math.random().toString(36).slice(2, 10)}`, script: config.page, budget: config.budget,
  page, step: "", started: 0, ended: 0, trail: [], notes: "", labels: {}, asked: {}, when: "", paused: false, sent: null,
});

/** Notes where the call is, before it goes on. @param {string} said what makes it go on */
export function note(said) {
  const call = current();
  call.started ||= Date.now();
  if (call.trail.length >= MOST_MOVES) call.trail.shift();
  call.trail.push({ page: here, script: config.page.title, id: step().id, name: titleOf(step()), said, at: Date.now() - call.started });
}

/** The call, and the step that is shown. @type {{call: Call|null, on: HTMLElement|null}} */
export const state = { call: kept(), on: null };
