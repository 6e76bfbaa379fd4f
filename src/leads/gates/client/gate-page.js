// The gate in the page: its parts, by the hooks that docs/content/theme.md lists, and its words.

/** @import { GateConfig } from "./config" */
import { own } from "../../../theme/client/attempt.js";
import { find, json } from "../../../theme/client/find.js";

/** A gate in the page. */
export class GatePage {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    /** @type {GateConfig} */
    this.config = json(root, "[data-gate-config]");
    /** @type {Record<string, string>} */
    this.words = json(root, "[data-gate-words]");
    this.place = this.part("text");
    this.status = this.part("status");
    this.retry = this.part("retry");
    /** What the button tries again. */
    this.again = () => {};
    this.retry.onclick = () => this.again();
  }

  /** @param {string} name */
  part(name) {
    return find(this.root, `[data-gate-${name}]`, HTMLElement);
  }

  /** @param {string} word @param {() => void} [retry] what may help */
  say(word, retry) {
    this.status.textContent = own(this.words, word) ?? "";
    this.retry.hidden = !retry;
    this.again = retry ?? this.again;
  }
}
