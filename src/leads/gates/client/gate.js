// Opens a gate: decrypts what is behind it and puts it in its place. docs/content/gates.md has the formats, docs/content/theme.md the markup.
//
// Reads the `GateConfig` of leads/gates/mod.rs from the page, and what leads/gates/document.rs has sealed.
// The key comes with the page, in a link (`#unlock=`), in the answer that deliver.js passes on, or from an earlier visit.

import { decode } from "../../../theme/client/attempt.js";
import { maybe } from "../../../theme/client/find.js";
import { isMap, isText, recall, remember } from "../../../theme/client/storage.js";
import { GatePage } from "./gate-page.js";

const UNLOCKS = "ringback.unlocks";
const MOST_UNLOCKS = 200;
/** No token is longer: the id of a gate, a key version and 48 letters. */
const LONGEST_TOKEN = 1000;

/** The tokens of earlier visits, by gate. @returns {[gate: string, token: string][]} */
function unlocks() {
  const kept = recall(UNLOCKS);
  return Object.entries(isMap(kept) ? kept : {}).flatMap(([gate, token]) =>
    (isText(token, LONGEST_TOKEN) ? [/** @type {[string, string]} */ ([gate, token])] : [])).slice(-MOST_UNLOCKS);
}

/** Takes the token out of the address, so that it isn't passed on by accident. */
function tokenInAddress() {
  const [, token] = /^#unlock=(.*)/.exec(location.hash) ?? [];
  if (token !== undefined) history.replaceState(history.state, "", location.pathname + location.search);
  // Ids of gates may have letters that addresses don't.
  return token && decode(token);
}

class Gate {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.page = new GatePage(root);
    this.config = this.page.config;
    this.isOpen = false;
  }

  /** The token of this gate. */
  unlocked() {
    return new Map(unlocks()).get(this.config.gate);
  }

  /** @param {string|undefined} token nothing forgets it */
  keepUnlock(token) {
    remember(UNLOCKS, { ...Object.fromEntries(unlocks()), [this.config.gate]: token });
  }

  /** @param {string} token @param {boolean} leads did the visitor just ask for it, so that the focus goes there? */
  async open(token, leads) {
    if (this.isOpen) return;
    this.isOpen = true;
    const { page } = this;
    try {
      const { open } = await import("./opened.js");
      const opened = await open(page, token);
      if ("show" in opened) {
        this.keepUnlock(token);
        page.say(leads ? "open" : "");
        opened.show();
        return this.arrive(leads);
      }
      this.isOpen = false;
      if (this.unlocked() === token) this.keepUnlock(undefined);
      return page.say(opened.why);
    } catch (problem) {
      console.warn(problem);
      this.isOpen = Boolean(page.place.firstChild);
      // It is out of the address by now, and many try again by loading the page anew.
      this.keepUnlock(token);
      return page.say("unreachable", () => this.open(token, leads));
    }
  }

  /** @param {boolean} leads */
  arrive(leads) {
    const { root, place } = this.page;
    const target = location.hash ? document.getElementById(decode(location.hash.slice(1))) : null;
    if (target && place.contains(target)) target.scrollIntoView();
    else if (leads) {
      place.focus({ preventScroll: true });
      root.scrollIntoView();
    }
  }

  /** Whatever a receiver makes of it: `{"unlock": "…"}`, an address with `#unlock=…`, or a sentence with one.
   * @param {unknown} answer */
  tokenIn(answer) {
    const text = JSON.stringify(answer ?? null);
    const at = text.lastIndexOf(`${this.config.gate}.`);
    return at < 0 ? null : /^.*?\.\d+\.[\w-]+/.exec(text.slice(at))?.[0];
  }

  /** With what there is by now: a link, what deliver.js has received, an earlier visit. */
  async start() {
    const { page, config } = this;
    const shared = tokenInAddress(), isSecure = globalThis.crypto?.subtle !== undefined;
    if (!isSecure) page.say("insecure");
    else if (shared !== undefined) await this.open(shared, true);
    // Who has followed a link looks for what it opens, and should find why it doesn't.
    if (shared !== undefined && !this.isOpen) page.status.scrollIntoView({ block: "center" });
    if (!isSecure) return;
    const key = `ringback.answer.${config.gate}`, received = recall(key);
    remember(key, null);
    const known = this.tokenIn(received) ?? this.unlocked();
    if (known) await this.open(known, false);
  }

  /** @param {Event} event of deliver.js */
  onLead(event) {
    if (!(event instanceof CustomEvent) || this.isOpen || globalThis.crypto?.subtle === undefined) return;
    /** @type {{gate: string, state: string, answer: unknown}} */
    const { gate, state, answer } = event.detail, { config, page } = this;
    if (gate !== config.gate) return;
    const token = config.token ?? this.tokenIn(answer);
    if (token) {
      event.preventDefault();
      this.open(token, true);
    } else {
      page.say(config.key === "email" ? "mailed" : state === "waiting" ? "later" : "no_key");
    }
  }
}

const root = maybe(document, "[data-gate]", HTMLElement);
if (root) {
  const gate = new Gate(root);
  document.addEventListener("ringback:lead", (event) => gate.onLead(event));
  addEventListener("storage", ({ key }) => key === UNLOCKS && gate.start());
  addEventListener("hashchange", () => gate.start());
  addEventListener("pageshow", ({ persisted }) => persisted && gate.start());
  gate.start();
}
