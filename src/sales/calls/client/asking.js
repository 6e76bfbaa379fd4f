// What a call is to find out, while it goes on: which fields were asked for, what is still missing, and which answers are so.

/** @import { Call } from "./call" */
import { own } from "../../../theme/client/attempt.js";
import { all, find } from "../../../theme/client/find.js";
import { current, state } from "./call.js";
import { missing, write } from "./outcome.js";
import { config, part } from "./page.js";

/** What this script is to find out, the call is, too. @param {Call} call */
export function learn(call) {
  call.score ??= config.score;
  for (const [name, ask] of Object.entries(config.fields)) call.asks[name] = { ...ask, asked: ask.asked || Boolean(own(call.asks, name)?.asked) };
}

/** What this step wants to know is asked now. @param {HTMLElement} step */
export function remindOf(step) {
  const call = current();
  for (const { dataset } of all(step, ":scope > .wanted [data-script-fill]", HTMLElement)) {
    const ask = own(call.asks, dataset.scriptFill ?? "");
    if (ask) ask.asked = true;
  }
  tellMissing();
}

const logic = config.logic ? import("./call-logic.js").catch(() => null) : null;

/** What must be known and isn't, where an answer ends the call; and which answers are so. */
export function tellMissing() {
  logic?.then((logic) => {
    if (!state.on || !logic) return;
    logic.apply(state.on, current());
    write();
  });
  const open = state.on?.querySelector(":scope > .answers > li > .end") ? missing(current()) : [];
  part("missing").hidden = !open.length;
  find(part("missing"), "span", HTMLElement).textContent = open.map(([, { label }]) => label).join(", ");
}
