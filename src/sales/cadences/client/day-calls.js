// The calls that this browser keeps, on the page of today: those that aren't sent first. What was sent can be sent again, what wasn't
// is opened in its script; nothing leaves the browser unless somebody presses a button.

/** @import { Kept } from "./calls-kept" */
import { attempt } from "../../../theme/client/attempt.js";
import { copy } from "../../../theme/client/copy.js";
import { find } from "../../../theme/client/find.js";
import { element, make } from "../../../theme/client/make.js";
import { remember } from "../../../theme/client/storage.js";
import { saveFile } from "../../../theme/client/save-file.js";
import { againAt, againLink, isDueToday } from "./calls-again.js";
import { callsFile, callsTable } from "./calls-file.js";
import { bringBack, forgetCall, keptCalls, keepCall, whoIs } from "./calls-kept.js";
import { dayOf, plus } from "./plan.js";
import { callsConfig, config, part, say, tell, words } from "./today-page.js";

/** A call goes on in its script for so long after it began, as the player has it. */
const OPEN_FOR = 12 * 3_600_000;
const choice = find(part("calls"), "select", HTMLSelectElement);

/** Loaded when something is sent again, or is on its way. @type {Promise<typeof import("../../../leads/forms/client/deliver.js")|null>|undefined} */
let loading;
const outbox = () => (loading ??= import("../../../leads/forms/client/deliver.js").catch(() => null));

/** Needs somebody to do something. @param {Kept} call */
const isOpen = ({ sent, end }) => !sent || ["unsure", "refused", "sending"].includes(sent.state) || !end;

/** The calls of the days that are chosen, and those that are due again today. */
function chosen(all = keptCalls()) {
  const from = choice.value === "all" ? "" : plus(dayOf(new Date()), choice.value === "week" ? -6 : 0);
  return all.filter((call) => dayOf(new Date(call.started || call.born)) >= from || isDueToday(againAt(call, all)));
}

/** @param {Kept} call */
function stateOf({ sent, end, ended, started, revision = 1, recommended }) {
  if (recommended && !started) return say("call_recommended", { who: recommended.name });
  if (!end || !ended) return words.call_going;
  if (!sent && revision > 1) return words.call_correcting;
  if (!sent) return callsConfig.webhook ? words.call_unsent : words.call_kept;
  return words[`call_${sent.state}`] ?? words.call_unsent;
}

/** @param {Kept} call */
async function sendAgain(call) {
  const box = await outbox(), hook = callsConfig.webhook;
  if (!box || !hook || !call.sent) return tell(words.call_unloaded);
  await box.send(structuredClone(call.sent.event), [hook]);
  call.sent.state = box.known(call.sent.event) ?? call.sent.state;
  keepCall(call);
  drawCalls();
  tell(stateOf(call));
}

/** Opens the call where it was, in its script. @param {Kept} call */
function open(call) {
  remember("ringback.call", call.key, attempt(() => sessionStorage));
  location.assign(call.step ? `${call.page}#${encodeURIComponent(call.step)}` : call.page);
}

/** @param {string} text @param {() => unknown} onclick @param {string} about */
function button(text, onclick, about) {
  const made = make("button", { type: "button", className: "button quiet", textContent: text, onclick: () => void onclick() });
  made.ariaLabel = `${text}: ${about}`;
  return made;
}

/** When somebody is called again. @param {Kept} call @param {Date} time */
const again = (call, time) => say(call.end?.promise === "retry" ? "call_try" : "call_promise", { when: new Intl.DateTimeFormat(config.locale, { weekday: "short", day: "numeric", month: "short", hour: "numeric", minute: "2-digit" }).format(time) });

/** @param {Kept} call @param {Kept[]} all */
function item(call, all) {
  const name = whoIs(call, words.somebody), at = call.started || call.born;
  const time = new Intl.DateTimeFormat(config.locale, { dateStyle: "medium", timeStyle: "short" }).format(at);
  const length = call.ended && call.started ? Math.max(0, Math.round((call.ended - call.started) / 60_000)) : 0;
  const next = againAt(call, all), isDue = isDueToday(next);
  const row = element("li", { class: (isOpen(call) || isDue) && "due" }, element("h3", {}, name),
    element("p", { class: "when" }, element("b", {}, [call.ended && call.end?.label, stateOf(call), next && again(call, next)].filter(Boolean).join(" · ")), " ", call.told && element("span", {}, `${call.told} `), element("span", {}, [call.script.title, time, length ? say("minutes", { n: length }) : ""].filter(Boolean).join(" · "))));
  /** @type {HTMLElement[]} */
  const ways = [];
  if (next) ways.push(make("a", { className: isDue ? "button" : "button quiet", href: againLink(call), textContent: words.call_next, ariaLabel: `${words.call_next}: ${name}` }));
  if (call.recommended && !call.started) ways.push(button(words.call_new, () => open(call), name));
  else if (isOpen(call) && (!call.started || Date.now() - call.started < OPEN_FOR)) ways.push(button(call.end ? words.call_correct : words.call_open, () => open(call), name));
  else if (call.sent && callsConfig.webhook && Date.now() - call.started < OPEN_FOR) ways.push(button(words.call_mend, () => open(call), name));
  if (call.sent && ["unsure", "refused"].includes(call.sent.state) && callsConfig.webhook) ways.push(button(words.call_again, () => sendAgain(call), name));
  if (call.letter) {
    const text = make("textarea", { rows: 8, readOnly: true, value: call.letter, ariaLabel: `${words.call_note}: ${name}` });
    const told = element("span", { role: "status" });
    row.append(element("details", { class: "further" }, element("summary", {}, words.call_note), text, element("p", { class: "ways" }, button(words.copy, async () => {
      told.textContent = (await copy(text.value, text)) ? words.copied : words.by_hand;
    }, name), told)));
  }
  ways.push(button(words.forget, () => remove([call]), name));
  row.append(element("p", { class: "ways" }, ...ways));
  return row;
}

/** Deletes calls, which can be taken back as long as the page is open. @param {Kept[]} calls */
function remove(calls) {
  for (const call of calls) forgetCall(call);
  drawCalls();
  tell(say("calls_forgotten", { n: calls.length }), () => {
    for (const call of calls) bringBack(call);
    drawCalls();
  });
}

/** How many calls ended how, the most first. @param {Kept[]} calls */
function counts(calls) {
  /** @type {Map<string, number>} */
  const count = new Map();
  for (const { end, ended } of calls) if (end && ended) count.set(end.label, (count.get(end.label) ?? 0) + 1);
  return [...count].sort(([a, x], [b, y]) => y - x || a.localeCompare(b, config.locale)).map(([label, n]) => element("li", {}, `${label}: `, element("b", {}, n)));
}

export function drawCalls() {
  const all = keptCalls(), first = (/** @type {Kept} */ call) => Number(isOpen(call) || isDueToday(againAt(call, all)));
  const calls = chosen(all).sort((a, b) => first(b) - first(a) || (b.started || b.born) - (a.started || a.born));
  find(part("calls"), "[data-today-list]", HTMLElement).replaceChildren(...calls.map((call) => item(call, all)));
  part("counts").replaceChildren(...counts(calls));
  part("no-calls").hidden = calls.length > 0;
  find(part("calls"), "[data-today-count]", HTMLElement).textContent = String(calls.length);
  for (const name of ["csv", "json", "forget"]) part(name).hidden = !calls.length;
}

/** What the outbox knows by now of those that were on their way. */
async function update() {
  const waiting = keptCalls().filter(({ sent }) => sent && ["sending", "waiting"].includes(sent.state));
  const box = waiting.length ? await outbox() : null;
  for (const call of box ? waiting : []) {
    if (!call.sent) continue;
    const known = box?.known(call.sent.event);
    if (!known || known === call.sent.state) continue;
    call.sent.state = known;
    keepCall(call);
  }
  drawCalls();
}

export function listenToCalls() {
  choice.onchange = drawCalls;
  const name = (/** @type {string} */ ending) => `calls-${dayOf(new Date())}.${ending}`;
  part("csv").onclick = () => saveFile(name("csv"), callsTable(chosen(), words), "text/csv;charset=utf-8");
  part("json").onclick = () => saveFile(name("json"), callsFile(chosen()), "application/json");
  part("forget").onclick = () => remove(chosen());
  document.addEventListener("ringback:call", () => void update());
  drawCalls();
  // What waits is sent from here, as from every page; beside a call that somebody sends again, it would get in its way.
  void update().then(async () => loading && (await loading)?.begin());
}
