// Today: whom to follow up, and the calls that this browser keeps. All of it stays here; nothing is sent unless somebody presses a button.
//
// Reads the `TodayConfig` of sales/cadences/data.rs. `contacts` keeps who is followed up, `plan` says on which days, `due` shows it; `day-calls` has the calls.

import { decode } from "../../../theme/client/attempt.js";
import { begin, listenToForm } from "./contact-form.js";
import { isOurs, keep, nameOf } from "./contacts.js";
import { isOfCalls } from "./calls-kept.js";
import { tickCalls } from "./called.js";
import { drawCalls, listenToCalls } from "./day-calls.js";
import { draw, saveAll } from "./due.js";
import { config, part, root, say, tell, words } from "./today-page.js";

/** What a link brings: `?begin=cadences/new-lead` from the plan's own page, `#begin=cadences/new-lead&first_name=Kim` from a CRM. Names, which
 * no server gets to know, are taken out of the address. */
function readAddress() {
  const brought = location.hash.includes("=") ? location.hash : location.search;
  if (!brought.includes("=") || brought.length > 20_000) return;
  const pairs = brought.slice(1).split("&").map((pair) => pair.split(/=(.*)/s).slice(0, 2).map((text) => decode(text.replaceAll("+", " "))));
  const given = Object.assign(Object.create(null), Object.fromEntries(pairs));
  history.replaceState(history.state, "", location.pathname);
  if (typeof given.begin === "string") begin(given.begin, given);
}

/** What was called since; it can be taken back, and isn't ticked off again for the same call. */
function tick() {
  const ticked = tickCalls();
  draw();
  if (!ticked.length) return;
  tell(say("called", { who: ticked.map(({ after }) => nameOf(after, words.somebody)).join(", ") }), () => {
    for (const { before, after } of ticked) keep({ ...before, calls: after.calls, sequence: after.sequence + 1 });
    draw();
  });
}

/** A site may have scripts and no plan. */
if (!config.cadences.length) for (const name of ["due", "begin"]) part(name).hidden = true;
listenToForm(draw);
tick();
readAddress();
listenToCalls();
part("all-calendar").onclick = saveAll;
addEventListener("hashchange", readAddress);
addEventListener("storage", (event) => {
  if (isOurs(event)) draw();
  if (!isOfCalls(event)) return;
  tick();
  drawCalls();
});
// A page that stays open overnight.
document.addEventListener("visibilitychange", () => {
  if (document.hidden) return;
  tick();
  drawCalls();
});
root.dataset.ready = "";
