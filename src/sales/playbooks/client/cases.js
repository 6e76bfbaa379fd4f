// Several cases of one playbook: a customer each, with a beginning, times by which steps are due, and who ticked what and when. All of it
// stays in this browser. docs/content/theme.md has the hooks; `playbook.js` does the ticking, in the store that it is handed here.

/** @import { Case } from "./case-store" */
import { all, find, json, maybe } from "../../../theme/client/find.js";
import { element } from "../../../theme/client/make.js";
import { saveFile } from "../../../theme/client/save-file.js";
import { isText, recall, remember } from "../../../theme/client/storage.js";
import { table } from "../../../theme/client/table.js";
import { fillIn } from "../../../theme/client/words.js";
import { awayText, dueAt, fieldTime, nextText, timeText, urgency } from "./case-due.js";
import { Cases } from "./case-store.js";

const BY = "ringback.case-by";
const root = find(document, "[data-playbook]", HTMLElement), place = find(root, "[data-cases]", HTMLElement), playbook = root.dataset.playbook ?? "";
/** @type {Record<string, string>} */
const words = json(place, "[data-cases-words]");
const cases = new Cases(playbook), locale = place.dataset.locale || document.documentElement.lang;
/** @param {string} name */
const part = (name) => find(place, `[data-cases-${name}]`, HTMLElement);
const which = find(place, "[data-cases-which]", HTMLSelectElement), form = find(place, "form", HTMLFormElement), status = part("status");
/** @param {string} name */
const field = (name) => find(form, `[name=${name}]`, HTMLInputElement);
const line = part("told"), undo = find(place, "[data-cases-undo]", HTMLButtonElement);

/** The case that is open. @type {string} */
let open = "";
const current = () => (open ? cases.find(open) : null);
const by = () => String(recall(BY) ?? "");

/** @param {string} text @param {() => void} [back] */
function tell(text, back) {
  line.textContent = text;
  undo.hidden = !back;
  undo.onclick = () => {
    tell("");
    back?.();
  };
}

/** Lines of the playbook in their order, each with its step. */
const lines = () => all(root, "input[data-task]", HTMLInputElement).map((box) => ({
  key: box.dataset.task ?? "", text: (box.closest("label")?.textContent ?? box.ariaLabel ?? "").trim(), step: box.closest("[data-step]"), box,
}));

/** @param {Element|null} step */
const titleOf = (step) => (step?.querySelector("h2")?.textContent ?? "").replace(/\s+/g, " ").trim();

/** What is still due, the first at the top. @param {Case} kept */
function due(kept) {
  const steps = all(root, "[data-step][data-due]", HTMLElement).flatMap((step) => {
    const time = dueAt(step.dataset.due ?? "", kept.start), keys = all(step, "input[data-task]", HTMLInputElement).filter((box) => box.checkVisibility()).map((box) => box.dataset.task ?? "");
    return time ? [{ step, ...time, isDone: keys.length > 0 && keys.every((key) => Object.hasOwn(kept.done, key)) }] : [];
  });
  return steps.sort((a, b) => a.at - b.at);
}

/** Writes when each step is due, and who ticked what. */
function draw() {
  const kept = current(), now = Date.now();
  for (const each of all(root, ".case-due, .case-tick", HTMLElement)) each.remove();
  part("open").hidden = !kept;
  part("print").textContent = kept ? `${kept.name} · ${fillIn(words.began, { when: timeText(kept.start, false, locale, now) })}` : "";
  if (!kept) return void (status.textContent = "");
  const steps = due(kept);
  for (const { step, at, isDay, isDone } of steps) {
    const how = isDone ? "done" : urgency(at, kept.start, now), when = timeText(at, isDay, locale, now);
    const told = element("span", { class: `case-due ${how}` }, fillIn(words[how === "late" ? "late" : how === "done" ? "was_due" : "due"], { when, away: awayText(at, locale, now) }));
    step.querySelector(".step-facts")?.append(told);
  }
  for (const { key, box } of lines()) {
    const tick = Object.hasOwn(kept.done, key) ? kept.done[key] : null, item = box.closest("li");
    const text = tick ? [tick.by, timeText(tick.at, false, locale, now)].filter(Boolean).join(", ") : "";
    if (text) (maybe(item ?? root, ":scope > label", HTMLElement) ?? box).after(element("small", { class: "case-tick" }, ` ${text}`));
  }
  const step = steps.find(({ isDone }) => !isDone), next = step ? { step: titleOf(step.step), at: step.at, isDay: step.isDay } : null;
  cases.learn(kept, next);
  const text = kept.closed ? fillIn(words.is_closed, { when: timeText(kept.closed, false, locale, now) }) : nextText(next, kept.start, words, locale, now);
  if (status.textContent !== text) status.textContent = text;
  status.className = !kept.closed && next ? urgency(next.at, kept.start, now) : "";
  part("close").textContent = words[kept.closed ? "reopen" : "close"];
}

/** The cases to choose from. */
function list() {
  const known = cases.all();
  which.replaceChildren(new Option(words.none, ""), ...known.map(({ id, name, closed }) => new Option(closed ? `${name} (${words.closed})` : name, id)));
  if (!known.some(({ id }) => id === open)) open = "";
  which.value = open;
}

/** Opens a case, or the list that belongs to none. @param {string} id */
function choose(id) {
  open = cases.find(id) ? id : "";
  remember(cases.open, open || null);
  list();
  root.dispatchEvent(new CustomEvent("ringback:ticks", { detail: open ? cases.ticks(open, {}, by) : null }));
  draw();
}

/** Changes the case that is open; what it was can be brought back. @param {Partial<Case>} change @param {string} told */
function change(change, told) {
  const before = current();
  if (!before) return;
  const isKept = cases.keep({ ...before, ...change });
  choose(before.id);
  tell(isKept ? told : words.unkept, () => {
    cases.keep(before);
    choose(before.id);
  });
}

function remove() {
  const before = current();
  if (!before) return;
  cases.forget(before.id);
  choose("");
  which.focus();
  tell(fillIn(words.deleted, { name: before.name }), () => {
    cases.keep(before);
    choose(before.id);
  });
}

/** @param {number} time */
const iso = (time) => (time ? new Date(time).toISOString().replace(/\.\d+/, "") : "");

/** A row a line, for spreadsheets, or the same as JSON. @param {"csv"|"json"} ending */
function save(ending) {
  const kept = current();
  if (!kept) return;
  const dues = new Map(due(kept).map(({ step, at }) => [step, at]));
  const rows = lines().map(({ key, text, step }) => ({
    step: titleOf(step), task: text, due: iso((step instanceof HTMLElement && dues.get(step)) || 0), done: iso(Object.hasOwn(kept.done, key) ? kept.done[key].at : 0), by: Object.hasOwn(kept.done, key) ? kept.done[key].by : "",
  }));
  const { name, start, closed } = kept, file = `case-${new Date().toISOString().slice(0, 10)}.${ending}`;
  if (ending === "json") return saveFile(file, JSON.stringify({ version: 1, case: name, playbook: location.href.split("#")[0], started: iso(start), closed: iso(closed) || null, tasks: rows }, null, 2), "application/json");
  const head = [words.csv_case, words.csv_started, words.csv_step, words.csv_task, words.csv_due, words.csv_done, words.csv_by];
  saveFile(file, table([head, ...rows.map(({ step, task, due, done, by }) => [name, iso(start), step, task, due, done, by])]), "text/csv;charset=utf-8");
}

/** @param {SubmitEvent} event */
function begin(event) {
  event.preventDefault();
  const name = field("name").value.trim(), start = new Date(field("start").value).getTime();
  if (!name || !Number.isFinite(start)) return;
  remember(BY, field("by").value.trim().slice(0, 200) || null);
  const made = cases.make(name, start), isKept = cases.keep(made);
  form.hidden = true;
  choose(made.id);
  which.focus();
  tell(isKept ? fillIn(words.begun, { name }) : words.unkept);
}

function listen() {
  which.onchange = () => choose(which.value);
  form.onsubmit = begin;
  part("new").onclick = () => {
    form.hidden = !form.hidden;
    field("name").value = "";
    field("start").value = fieldTime(Date.now());
    field("by").value = by();
    if (!form.hidden) field("name").focus();
  };
  part("close").onclick = () => change({ closed: current()?.closed ? 0 : Date.now() }, current()?.closed ? "" : words.did_close);
  part("delete").onclick = remove;
  part("csv").onclick = () => save("csv");
  part("json").onclick = () => save("json");
  root.addEventListener("ringback:ticked", draw);
  addEventListener("storage", ({ key }) => {
    if (key !== null && !key.startsWith(cases.place)) return;
    list();
    draw();
  });
  setInterval(draw, 30_000);
}

listen();
place.hidden = false;
const [, asked] = /^#case=([0-9a-z]{1,50})$/.exec(location.hash) ?? [];
// The page of today links to one of them.
if (asked) history.replaceState(history.state, "", location.pathname + location.search);
const last = asked ?? recall(cases.open);
// A link with ticks is about no case.
choose("linked" in root.dataset || !isText(last, 50) ? "" : last);
place.dataset.ready = "";
