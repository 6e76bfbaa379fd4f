// What is kept of a playbook: `{done: [keys], segment: id}`. Without a key for `done`, nothing was ever ticked here.

import { isMap, recall as recallAny, remember as rememberAny } from "../../../theme/client/storage.js";

/** More than any list has, so that a forged link costs no time. */
const MOST = 2000;

/** @typedef {{done?: string[], segment?: string}} Kept */

/** Is it the key of a line? @param {unknown} key @returns {key is string} */
const isKey = (key) => typeof key === "string" && /^[0-9a-z]{8}$/.test(key);

export class Store {
  /** @param {string} playbook */
  constructor(playbook) {
    this.key = `ringback.playbook.${playbook}`;
  }

  /** @returns {Kept} */
  recall() {
    const kept = recallAny(this.key), { done, segment } = isMap(kept) ? kept : {};
    return {
      done: Array.isArray(done) ? done.filter(isKey).slice(0, MOST) : undefined,
      segment: typeof segment === "string" ? segment : undefined,
    };
  }

  /** Where storage is refused or full, it lasts as long as the page. @param {Kept} change */
  remember(change) {
    rememberAny(this.key, { ...this.recall(), ...change });
  }
}

/** The keys in the address, which is cleaned so that loading it anew asks nothing. @returns {string[]|null} */
export function inAddress() {
  const [, keys] = /^#ticks=(.*)$/s.exec(location.hash) ?? [];
  if (keys === undefined) return null;
  history.replaceState(history.state, "", location.pathname + location.search);
  return keys.split(".", MOST).filter(isKey);
}
