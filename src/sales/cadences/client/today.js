// Today: whom to follow up. Contacts, what was done and when stay in this browser; nothing is sent from here.
//
// Reads the `TodayConfig` of sales/cadences/data.rs. `contacts` keeps who is followed up, `plan` says on which days, `due` shows it.

import { decode } from "../../../theme/client/attempt.js";
import { begin, listenToForm } from "./contact-form.js";
import { isOurs } from "./contacts.js";
import { draw, saveAll } from "./due.js";
import { part, root } from "./today-page.js";

/** What a link brings: `#begin=cadences/new-lead&first_name=Kim`. Names are taken out of the address. */
function readAddress() {
  if (!location.hash.includes("=") || location.hash.length > 20_000) return;
  const pairs = location.hash.slice(1).split("&").map((part) => part.split(/=(.*)/s).slice(0, 2).map((text) => decode(text.replaceAll("+", " "))));
  const given = Object.assign(Object.create(null), Object.fromEntries(pairs));
  history.replaceState(history.state, "", location.pathname + location.search);
  if (typeof given.begin === "string") begin(given.begin, given);
}

listenToForm(draw);
draw();
readAddress();
part("all-calendar").onclick = saveAll;
addEventListener("hashchange", readAddress);
addEventListener("storage", (event) => isOurs(event) && draw());
// A page that stays open overnight.
document.addEventListener("visibilitychange", () => document.hidden || draw());
root.dataset.ready = "";
