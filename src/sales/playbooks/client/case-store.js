// Cases of a playbook: each is a record of its own in this browser, with a name, a beginning, and who ticked what and when.

import { attempt } from "../../../theme/client/attempt.js";
import { isMap, isText, recall, remember } from "../../../theme/client/storage.js";

/** What is due next: the title of a step, and when. @typedef {{step: string, at: number, isDay: boolean}} Next */
/** `done` has the ticks by the keys of their lines; times are in milliseconds since 1970, 0 for not yet. `next` is for pages that don't know the
 * playbook; null where nothing more is due.
 * @typedef {{id: string, name: string, start: number, closed: number, done: Record<string, {at: number, by: string}>, next?: Next|null}} Case */

const PLACE = "ringback.case.", MOST = 2000, LONGEST = 200;
const local = attempt(() => localStorage);

/** @param {unknown} time */
const isTime = (time) => Number.isFinite(time) && Math.abs(Number(time)) < 8e15;
/** @param {unknown} next */
const isNext = (next) => next == null || isMap(next) && isText(next.step) && isTime(next.at) && typeof next.isDay === "boolean";
/** @param {unknown} kept @returns {kept is Case} */
const isCase = (kept) => isMap(kept) && isText(kept.id, 50) && isText(kept.name, LONGEST) && isTime(kept.start) && isTime(kept.closed) && isNext(kept.next) && isMap(kept.done)
  && Object.keys(kept.done).length <= MOST && Object.entries(kept.done).every(([key, tick]) => /^[0-9a-z]{8}$/.test(key) && isMap(tick) && isTime(tick.at) && isText(tick.by, LONGEST));

export class Cases {
  /** @param {string} playbook */
  constructor(playbook) {
    this.place = `${PLACE}${playbook}.`;
    /** Where nothing can be stored, as long as the page is open. @type {Map<string, Case>} */
    this.unstored = new Map();
  }

  /** Where the id of the case that is open is kept. */
  get open() {
    return `${this.place}open`;
  }

  /** @param {string} id @returns {Case|null} */
  find(id) {
    const kept = this.unstored.get(id) ?? recall(this.place + id);
    return isCase(kept) && kept.id === id ? kept : null;
  }

  /** The open ones first, then those that are closed; the newest of each first. @returns {Case[]} */
  all() {
    const names = (attempt(() => Object.keys(local ?? {})) ?? []).filter((name) => name.startsWith(this.place)).map((name) => name.slice(this.place.length));
    const found = [...new Set([...names, ...this.unstored.keys()])].flatMap((id) => this.find(id) ?? []);
    return found.sort((a, b) => Number(a.closed > 0) - Number(b.closed > 0) || b.start - a.start);
  }

  /** Notes what is due next, for pages that don't know the playbook. @param {Case} kept @param {Next|null} next */
  learn(kept, next) {
    if (JSON.stringify(kept.next) !== JSON.stringify(next)) this.keep({ ...kept, next });
  }

  /** @param {Case} kept @returns {boolean} whether this browser has room for it */
  keep(kept) {
    const isKept = remember(this.place + kept.id, kept);
    if (isKept) this.unstored.delete(kept.id);
    else this.unstored.set(kept.id, kept);
    return isKept;
  }

  /** @param {string} id */
  forget(id) {
    this.unstored.delete(id);
    remember(this.place + id, null);
  }

  /** @param {string} name @param {number} start @returns {Case} */
  make(name, start) {
    return { id: `${Date.now().toString(36)}${Math.random().toString(36).slice(2, 10)}`, name: name.slice(0, LONGEST), start, closed: 0, done: {} };
  }

  /** What the ticks of the page are kept in while a case is open: the same as `Store`, with who ticked each and when.
   * @param {string} id @param {{segment?: string}} page what belongs to the page, not to the case @param {() => string} by */
  ticks(id, page, by) {
    return {
      key: this.place + id,
      recall: () => ({ done: Object.keys(this.find(id)?.done ?? {}), segment: page.segment }),
      remember: (/** @type {{done?: string[], segment?: string}} */ change) => {
        const kept = this.find(id);
        if (!kept || !change.done) return;
        const now = { at: Date.now(), by: by() };
        this.keep({ ...kept, done: Object.fromEntries(change.done.slice(0, MOST).map((key) => [key, Object.hasOwn(kept.done, key) ? kept.done[key] : now])) });
      },
    };
  }
}

/** Has another tab changed a case? @param {string|null} key of what was stored */
export const isOfCases = (key) => key === null || key.startsWith(PLACE);
