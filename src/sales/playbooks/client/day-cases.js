// Cases of playbooks on the page of today: those that are open in this browser, with what is due next in each. What is due today, or was,
// comes first. Reads the `DayCases` of pages/cadence.rs.

/** @import { DayPlaybook, DayCases } from "./cases-config" */
/** @import { Case } from "./case-store" */
import { find, json } from "../../../theme/client/find.js";
import { element } from "../../../theme/client/make.js";
import { fillIn } from "../../../theme/client/words.js";
import { nextText, timeText, urgency } from "./case-due.js";
import { Cases, isOfCases } from "./case-store.js";

const place = find(document, "[data-today-cases]", HTMLElement), locale = place.dataset.locale || document.documentElement.lang;
/** @type {DayCases} */
const { playbooks } = json(document, "[data-today-cases-config]");
/** @type {Record<string, string>} */
const words = json(document, "[data-today-cases-words]");

/** Is it for today, or was it? @param {Case} kept @param {number} now */
const isDue = ({ next }, now) => Boolean(next && next.at <= new Date(now).setHours(23, 59, 59, 999));

/** @param {Case} kept @param {DayPlaybook} playbook @param {number} now */
function item(kept, { title, url }, now) {
  const { id, name, start, next = null } = kept, how = next ? urgency(next.at, start, now) : "";
  const open = element("a", { class: isDue(kept, now) ? "button" : "button quiet", href: `${url}#case=${id}` }, words.open);
  open.ariaLabel = `${words.open}: ${name}`;
  return element("li", { class: isDue(kept, now) && "due" }, element("h3", {}, name),
    element("p", { class: "when" }, element("b", { class: how }, nextText(next, start, words, locale, now)), " ", element("span", {}, `${title} · ${fillIn(words.began, { when: timeText(start, false, locale, now) })}`)),
    element("p", { class: "ways" }, open));
}

function draw() {
  const now = Date.now(), open = playbooks.flatMap((playbook) => new Cases(playbook.url).all().filter(({ closed }) => !closed).map((kept) => ({ kept, playbook })));
  open.sort(({ kept: a }, { kept: b }) => (a.next?.at ?? Infinity) - (b.next?.at ?? Infinity) || a.start - b.start);
  find(place, "ul", HTMLElement).replaceChildren(...open.map(({ kept, playbook }) => item(kept, playbook, now)));
  find(place, "[data-today-count]", HTMLElement).textContent = String(open.length);
  find(place, "[data-today-no-cases]", HTMLElement).hidden = open.length > 0;
}

draw();
addEventListener("storage", ({ key }) => {
  if (isOfCases(key)) draw();
});
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) draw();
});
setInterval(draw, 60_000);
place.dataset.ready = "";
