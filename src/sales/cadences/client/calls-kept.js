// The calls of this browser, as the player (call.js) stores them: each under its own id, and read with the same distrust.

/** @import { Lead } from "../../../leads/forms/client/types" */
import { attempt } from "../../../theme/client/attempt.js";
import { isMap, isText, recall, remember } from "../../../theme/client/storage.js";

/** What this page reads of a call; the rest is kept as it is.
 * @typedef {{key: string, born: number, started: number, ended: number, page: string, step: string, script: {url: string, title: string, lang: string, key: string},
 *   values: Record<string, string>, labels: Record<string, string>, asked: Record<string, (string|null)[]>, notes: string, when: string, letter: string,
 *   end: {id: string, label: string, questions: (string|null)[], promise: string}|null, sent: {event: Lead, state: string}|null,
 *   trail: {page: string}[], told?: string, revision?: number, recommended?: {name: string, call: string}}} Kept */

const PLACE = "ringback.calls.", LONGEST = 200_000;
const local = attempt(() => localStorage);

/** @param {unknown} map @param {string[]} names */
const areTexts = (map, ...names) => isMap(map) && names.every((name) => isText(map[name], LONGEST));
/** @param {unknown} map */
const isNames = (map) => isMap(map) && Object.values(map).every((value) => isText(value, LONGEST));
/** @param {unknown} list */
const isList = (list) => Array.isArray(list) && list.every((each) => each == null || isText(each, LONGEST));

/** @param {unknown} path */
const isPath = (path) => isText(path, LONGEST) && /^\/(?![/\\])/.test(path);

/** @param {unknown} kept @returns {kept is Kept} */
function isKept(kept) {
  return isMap(kept) && areTexts(kept, "key", "page", "step", "notes", "when", "letter") && isPath(kept.page)
    && [kept.born, kept.started, kept.ended].every((time) => Number.isFinite(time) && Math.abs(Number(time)) < 8e15)
    && areTexts(kept.script, "url", "title", "lang", "key") && isNames(kept.values) && isNames(kept.labels)
    && isMap(kept.asked) && Object.values(kept.asked).every(isList)
    && Array.isArray(kept.trail) && kept.trail.every((move) => isMap(move) && isPath(move.page))
    && (kept.told === undefined || isText(kept.told, LONGEST)) && (kept.recommended === undefined || areTexts(kept.recommended, "name", "call"))
    && (kept.end === null || areTexts(kept.end, "id", "label", "promise") && isMap(kept.end) && isList(kept.end.questions))
    && (kept.sent === null || isMap(kept.sent) && isMap(kept.sent.event) && isMap(kept.sent.event.data) && isText(kept.sent.state, 40));
}

/** Those in which something happened, and those with somebody who was recommended. @returns {Kept[]} */
export function keptCalls() {
  const names = (attempt(() => Object.keys(local ?? {})) ?? []).filter((name) => name.startsWith(PLACE));
  return names.flatMap((name) => {
    const kept = recall(name);
    return isKept(kept) && name === PLACE + kept.key && (kept.started || kept.notes.trim() || kept.recommended) ? [kept] : [];
  });
}

/** @param {Kept} call */
export const keepCall = (call) => remember(PLACE + call.key, call);
/** @param {Kept} call */
export const forgetCall = (call) => remember(PLACE + call.key, null);
/** @param {Kept} call */
export const bringBack = (call) => recall(PLACE + call.key) === null && keepCall(call);

/** @param {Kept} call @param {string} somebody */
export const whoIs = ({ values }, somebody) => ["first_name", "name", "last_name", "company"].map((name) => (Object.hasOwn(values, name) ? values[name] : "")).filter(Boolean).join(" ") || somebody;

/** Has another tab changed one of them? @param {StorageEvent} event */
export const isOfCalls = ({ key }) => key === null || key.startsWith(PLACE);
