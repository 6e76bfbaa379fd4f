// What is written and not saved yet. It is saved when the hands rest; what can't be is kept in this browser.

/** @import { Change, Opened } from "./editor" */
import { isMap, recall, remember } from "../../theme/client/storage.js";
import { Refusal, save } from "./edit-api.js";

/** So long do the hands rest before it is saved, in milliseconds. */
const REST = 400;
/** So long after nobody answered, it is tried again. */
const AGAIN = 2000;
/** What couldn't be saved is kept under this name and the file's. */
const KEPT = "ringback.editor.";

/** Whom it saves for. @typedef {{ opened: () => Opened, take: (opened: Opened) => void, fail: (why: unknown) => void,
 * state: (state: "saved"|"saving"|"unsaved") => void }} Owner */

export class Saving {
  /** @param {string} file @param {Owner} owner */
  constructor(file, owner) {
    this.file = file;
    this.owner = owner;
    /** @type {Map<string, Change>} by what it changes */
    this.waiting = new Map();
    /** @type {Promise<void>|null} */
    this.running = null;
    this.timer = 0;
  }

  get isIdle() {
    return !this.running && !this.waiting.size;
  }

  /** Changes that an earlier visit couldn't save, and the state that they were made on. @returns {{ version: string, changes: Change[] }|null} */
  kept() {
    const kept = recall(KEPT + this.file);
    return isMap(kept) && Array.isArray(kept.changes) ? { version: String(kept.version), changes: kept.changes } : null;
  }

  /** @param {Change} change */
  add(change) {
    // Who writes the settings themselves has their fields there.
    if (change.change === "front_matter") for (const [key, other] of this.waiting) if ("path" in other) this.waiting.delete(key);
    const key = "path" in change ? JSON.stringify(change.path) : change.change;
    this.waiting.delete(key);
    this.waiting.set(key, change);
    this.owner.state("unsaved");
    this.later(REST);
  }

  /** @param {number} wait */
  later(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), wait);
  }

  forget() {
    this.waiting.clear();
    remember(KEPT + this.file, null);
  }

  /** Saves what waits; what is written meanwhile is saved next. @returns {Promise<void>} */
  save() {
    clearTimeout(this.timer);
    if (this.running) return this.running.then(() => this.save());
    if (!this.waiting.size) return Promise.resolve();
    this.running = this.now().finally(() => (this.running = null));
    return this.running;
  }

  async now() {
    this.owner.state("saving");
    const all = [...this.waiting];
    const why = await this.send(all);
    const problem = why instanceof Refusal ? why.refused?.problem : null;
    // A field that can't be saved keeps no other back.
    if (problem === "cant_be_changed" && all.length > 1) for (const one of all) await this.send([one]);
    remember(KEPT + this.file, this.waiting.size ? { version: this.owner.opened().version, changes: [...this.waiting.values()] } : null);
    this.owner.state(this.waiting.size ? "unsaved" : "saved");
    if (!why) return;
    this.owner.fail(why);
    // Nobody answers, or the disk is full: later it may be otherwise.
    if (!problem || problem === "not_written") this.later(AGAIN);
  }

  /** Gives nothing, or why it wasn't saved. @param {[string, Change][]} some @returns {Promise<unknown>} */
  async send(some) {
    try {
      const opened = await save(this.file, this.owner.opened().version, some.map(([, change]) => change));
      for (const [key, change] of some) if (this.waiting.get(key) === change) this.waiting.delete(key);
      this.owner.take(opened);
      return null;
    } catch (why) {
      return why;
    }
  }
}
