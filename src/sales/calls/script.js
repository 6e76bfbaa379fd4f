// The call player: shows a script one step at a time, and makes of a call's end a note, an event and an appointment.
//
// Reads the `Config` of `pages/call.rs`, and for all that people read the page itself: docs/theme.md lists the
// hooks. docs/call.schema.json describes the event, which goes through the outbox of `lead.js`. A call is kept in this tab
// (it may go on in another script), what blanks are filled with in this browser. Start to read at `show` and `choose`.

/** What was said so far, oldest first. @typedef {{page: string, script: string, id: string, name: string, said: string, at: number}} Move */
/** `page` and `step`: where it is; times in milliseconds since 1970, 0 for not yet. `sent` is the event and what is known of it.
 * @typedef {{key: string, script: object, budget: number, page: string, step: string, started: number, ended: number,
 *   trail: Move[], notes: string, labels: Record<string, string>, asked: Record<string, string[]>, when: string,
 *   paused: boolean, sent: {event: object, state: string}|null}} Call */

const CALL = "ringback.call", BLANKS = "ringback.blanks", REP = "ringback.rep", KEYS = "ringback.call-keys";
const HOUR = 3_600_000, LONGEST = 200;
/** The most of what is taken from an address, and of what is kept: names, moves, and letters of a text. */
const MOST_ADDRESS = 50_000, MOST_NAMES = 200, MOST_MOVES = 1000, MOST_LETTERS = 200_000;
/** The id of what is to be done before the call. */
const READY = "call:before";

/** Null where it throws, as where storage is refused. @param {() => any} action */
function attempt(action) {
  try {
    return action();
  } catch {
    return null;
  }
}
const local = attempt(() => localStorage), session = attempt(() => sessionStorage);
/** What an object has of its own under a name: not what all objects have, such as `constructor`. */
const own = (object, name) => (object && Object.hasOwn(object, name) ? object[name] : undefined);
const isText = (value, most = MOST_LETTERS) => typeof value === "string" && value.length <= most;
const isMap = (value) => Boolean(value) && typeof value === "object" && !Array.isArray(value);
const recall = (store, key) => attempt(() => JSON.parse(store[key]));
const remember = (store, key, value) => attempt(() => (store[key] = JSON.stringify(value)));

/** @type {HTMLElement} */
const root = document.querySelector("[data-script]");
/** @returns {any} */
const part = (name, from = root) => from.querySelector(`[data-script-${name}]`);
const config = JSON.parse(part("config").textContent);
const words = JSON.parse(part("words").textContent);
const stage = part("steps"), finish = part("finish"), dialog = part("objections"), status = part("status");
const here = location.pathname;

function el(tag, attributes = {}, ...children) {
  const made = Object.assign(document.createElement(tag), attributes);
  made.append(...children);
  return made;
}
const say = (name, values = {}) => (own(words, name) ?? "").replace(/\{(\w+)\}/g, (_, key) => own(values, key) ?? "");
const textOf = (element) => (element?.textContent ?? "").replace(/\s+/g, " ").trim();
const minutes = (ms) => `${Math.floor(ms / 60_000)}:${String(Math.floor(ms / 1000) % 60).padStart(2, "0")}`;
const date = (ms) => new Intl.DateTimeFormat(config.locale, { dateStyle: "full", timeStyle: "short" }).format(ms);

// Blanks: text, whatever it is

/** One line without what can't be seen, of a length that somebody can say. */
const clean = (value) => [...String(value).normalize().replace(/[\p{Cc}\p{Cs}]/gu, " ").trim()].slice(0, LONGEST).join("");
/** What blanks of this script and others were filled with. @type {Record<string, string>} */
const values = Object.create(null);
/** What this browser keeps of them: texts alone, and no more than there can be. @returns {any} */
function readKept() {
  const kept = recall(local, BLANKS), isEntry = ([name, value]) => name.length <= LONGEST && isText(value);
  const entries = isMap(kept?.values) ? Object.entries(kept.values).filter(isEntry) : [];
  for (const [name, value] of entries.slice(0, MOST_NAMES)) values[name] = clean(value);
  return kept?.keep;
}
const keptNames = readKept();
/** Those that the next call begins with. @type {Set<string>} */
const keep = new Set(Array.isArray(keptNames) ? keptNames.filter((name) => isText(name, LONGEST)).slice(0, MOST_NAMES) : ["rep"]);
const spans = [...root.querySelectorAll("[data-blank]")];
const fields = [...root.querySelectorAll("[data-script-fill]")];
const labels = new Map(spans.map((span) => [span, span.textContent]));

/** Who rings: the id of one of the reps, which the share kit remembers too; nothing for anybody else. */
const rep = () => {
  const id = String(attempt(() => local[REP]) ?? "").replaceAll('"', "");
  return /^[\w-]{1,80}$/.test(id) && own(config.reps, id) ? id : "";
};
const valueOf = (name) => values[name] || (name === "rep" && own(config.reps, rep())) || own(config.defaults, name) || "";

/** @param {string} [only] the blank that has changed; all without */
function fill(only) {
  for (const span of spans) {
    const name = span.dataset.blank, value = valueOf(name);
    if (only && name !== only) continue;
    span.textContent = value || labels.get(span);
    span.classList.toggle("filled", Boolean(value));
  }
  for (const field of fields) if (field !== document.activeElement) showValue(field);
  for (const button of root.querySelectorAll("[data-script-keep]")) button.ariaPressed = String(keep.has(button.dataset.scriptKeep));
}

/** A value that a list doesn't have becomes one of its options. */
function showValue(field) {
  const value = values[field.dataset.scriptFill] ?? "";
  if (field.options && ![...field.options].some((option) => option.value === value)) field.add(el("option", { value, text: value }), 1);
  field.value = value;
}

function put(name, value) {
  values[name] = clean(value);
  if (!values[name]) delete values[name];
  remember(local, BLANKS, { values: { ...values }, keep: [...keep] });
}

/** Forgets the last person. */
function forget(all = false) {
  for (const name of Object.keys(values)) if (all || !keep.has(name)) put(name, "");
}

/** Blanks in the address, `#discover&first_name=Kim`: those that the script declares are kept, and all are taken out of
 * it, because whoever made the link may have written anything there. @returns {string} the step in it */
function readAddress() {
  const hash = location.hash.slice(1, MOST_ADDRESS);
  if (!hash.includes("=") || document.getElementById(hash)) return attempt(() => decodeURIComponent(hash)) ?? hash;
  const parts = hash.split("&"), step = parts.find((each) => !each.includes("=")) ?? "";
  if (!call) forget();
  // A plus is a space, but for one that begins a number.
  const given = parts.filter((each) => each.includes("=")).map((each) => each.replace(/=\+(?=\d)/, "=%2B"));
  const asked = new URLSearchParams(given.join("&"));
  for (const name of Object.keys(config.labels)) if (asked.has(name)) put(name, asked.getAll(name).at(-1));
  history.replaceState(history.state, "", step ? `#${step}` : here + location.search);
  document.getElementById(step)?.scrollIntoView();
  return step;
}

// The call

/** @type {Call|null} */
let call = recall(session, CALL);
if (!isCall(call) || Date.now() - call.started > 12 * HOUR && call.started) call = null;
/** The step that is shown. @type {HTMLElement|null} */
let on = null;
const isPlaying = () => document.body.classList.contains("calling");
const save = () => remember(session, CALL, call ?? undefined);

/** Is it a call as this file keeps it? Its page is one of this site. */
function isCall(kept) {
  if (!isMap(kept) || !isMap(kept.script) || !isMap(kept.labels) || !isMap(kept.asked) || !Array.isArray(kept.trail)) return false;
  const isPage = (path) => isText(path) && /^\/(?![/\\])/.test(path);
  const isMove = (move) => isMap(move) && isPage(move.page) && Number.isFinite(move.at) && ["script", "id", "name", "said"].every((name) => isText(move[name]));
  const isList = (list) => Array.isArray(list) && list.length <= MOST_NAMES && list.every((each) => each == null || isText(each));
  return ["key", "step", "notes", "when"].every((name) => isText(kept[name])) && isPage(kept.page)
    && ["budget", "started", "ended"].every((name) => Number.isFinite(kept[name]))
    && ["url", "title", "lang", "key"].every((name) => isText(kept.script[name]))
    && Object.keys(kept.labels).length <= MOST_NAMES && Object.values(kept.labels).every((label) => isText(label))
    && Object.values(kept.asked).every(isList) && kept.trail.length <= 2 * MOST_MOVES && kept.trail.every(isMove)
    && (kept.sent === null || isMap(kept.sent) && isMap(kept.sent.event) && isText(kept.sent.state));
}

/** @returns {Call} */
const newCall = () => ({
  key: `${Date.now().toString(36)}${Math.random().toString(36).slice(2, 10)}`, script: config.page, budget: config.budget,
  page: here, step: "", started: 0, ended: 0, trail: [], notes: "", labels: {}, asked: {}, when: "", paused: false, sent: null,
});

/** The step that something with this id is in. @returns {HTMLElement|null} */
const stepOf = (id) => (id && document.getElementById(id)?.closest("[data-script-step]")) || null;
/** What to do before the call; for who comes from another script, where this one begins. */
const firstStep = () => (call?.started && stepOf(stage.querySelector(".go a")?.hash.slice(1))) || stage.querySelector("[data-script-step]");
const titleOf = (step) => textOf(step.querySelector("[data-name]") ?? step.querySelector("[data-title]"));
/** Those of a step, after what its objection answers by itself. */
const answersOf = (step) => [step.closest("[data-objection]:not(.on)"), step].flatMap((each) =>
  [...(each?.querySelectorAll(".answers > li > a") ?? [])].filter((link) => link.closest("[data-script-step]") === each));

/** Shows one step, large, and nothing else; of an objection its first reply. @param {HTMLElement} step */
function show(step) {
  step = (step.matches("[data-objection]") && step.querySelector(":scope > [data-script-step]")) || step;
  for (const each of stage.querySelectorAll(".on, .over")) each.classList.remove("on", "over");
  step.classList.add("on");
  for (let above = step.parentElement; above !== stage; above = above.parentElement) above.classList.add("over");
  on = step;
  const objection = step.closest("[data-objection]");
  for (const link of objection?.querySelectorAll("[data-script-replies] a") ?? []) {
    link.ariaCurrent = link.hash === `#${step.id}` ? "true" : null;
  }
  call.step = step.id;
  call.page = here;
  const isEnd = "outcome" in step.dataset;
  call.ended = isEnd ? call.ended || Date.now() : 0;
  history.replaceState(history.state, "", `#${step.id}`);
  finish.hidden = !isEnd;
  if (isEnd) askLast();
  drawTrail();
  tick();
  save();
  scrollTo(0, 0);
  const title = step.querySelector("[data-title]");
  title.tabIndex = -1;
  title.focus({ preventScroll: true });
}

/** Notes where the call is, before it goes on. @param {string} said what makes it go on */
function note(said) {
  call.started ||= Date.now();
  if (call.trail.length >= MOST_MOVES) call.trail.shift();
  call.trail.push({ page: here, script: config.page.title, id: on.id, name: titleOf(on), said, at: Date.now() - call.started });
}

/** Goes where a link leads, in this script or another. @param {HTMLAnchorElement} link @param {string} said */
function choose(link, said) {
  note(said);
  go({ page: link.pathname, id: attempt(() => decodeURIComponent(link.hash.slice(1))) ?? "" });
}

/** @param {{page: string, id: string}} place */
function go({ page, id }) {
  if (page === here) return show(stepOf(id) ?? firstStep());
  Object.assign(call, { page, step: id });
  save();
  location.assign(id ? `${page}#${encodeURIComponent(id)}` : page);
}

/** One step back; from the first one out of the call. What was sent can't be changed. @param {number} [to] a place in the trail */
function back(to = call.trail.length - 1) {
  if (call.sent) return;
  const [move] = call.trail.splice(Math.max(to, 0));
  if (move) go(move);
  else leave();
}

function play() {
  call ??= newCall();
  call.paused = false;
  call.labels = Object.fromEntries([...Object.entries(call.labels), ...Object.entries(config.labels)].slice(-MOST_NAMES));
  document.body.classList.add("calling");
  part("desk").hidden = part("dock").hidden = part("clock").hidden = false;
  part("notes").value = call.notes;
  part("budget").textContent = minutes(call.budget * 1000);
  // The button of the browser and the gesture of the phone go back a step, not out of the call.
  if (!history.state?.call) history.pushState({ call: true }, "");
}

/** The page is to be read again; the call waits. */
function leave() {
  call.paused = true;
  save();
  document.body.classList.remove("calling");
  part("desk").hidden = part("dock").hidden = part("clock").hidden = part("way").hidden = finish.hidden = true;
  for (const each of stage.querySelectorAll(".on, .over")) each.classList.remove("on", "over");
  on = null;
  offer();
  part("start").focus();
}

/** What the button at the top does. */
function offer() {
  part("start").textContent = call ? words.go_on : words.start;
  part("anew").hidden = !call;
}

function start() {
  if (call && call.page !== here) return go({ page: call.page, id: call.step });
  play();
  show(stepOf(call.step) ?? firstStep());
}

/** The next call begins with nothing but what is kept. */
function anew() {
  const { page = here } = call?.trail[0] ?? {};
  call = null;
  save();
  forget();
  fill();
  if (page !== here) {
    call = { ...newCall(), page };
    go({ page, id: "" });
  } else {
    play();
    show(firstStep());
  }
}

// What stands around the step

function tick() {
  if (!call || !isPlaying()) return;
  const spent = call.started ? (call.ended || Date.now()) - call.started : 0;
  part("time").textContent = minutes(spent);
  part("spent").value = Math.min(1, spent / (call.budget * 1000 || Infinity));
  part("clock").classList.toggle("late", call.budget && spent > call.budget * 1000);
}

function drawTrail() {
  part("trail").replaceChildren(...call.trail.flatMap(({ id, name, said }, index) => {
    if (id === READY) return [];
    const button = el("button", { type: "button" }, el("b", {}, name), ...(said && said !== name ? [" ", el("span", {}, said)] : []));
    button.onclick = () => back(index);
    return [el("li", {}, button)];
  }));
  part("way").hidden = !part("trail").firstChild;
  part("trail").scrollLeft = 1e6;
}

/** Copies a text, or marks it where that isn't allowed. @returns {Promise<boolean>} */
async function copy(text, field) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    field.hidden = false;
    field.value = text;
    field.focus();
    field.select();
    return attempt(() => document.execCommand("copy")) ?? false;
  }
}

/** The address of a page for the other one, with whose link it is. @param {HTMLAnchorElement} link */
async function share(link) {
  const url = new URL(link.dataset.share), id = rep(), { title } = link.dataset;
  if (/^[\w-]{1,80}$/.test(id)) url.searchParams.set("via", id);
  let told = link.nextElementSibling;
  if (!told?.matches(".copied")) {
    told = el("span", { className: "copied" }, el("span", { role: "status" }), el("input", { readOnly: true, hidden: true, ariaLabel: title }));
    link.after(told);
  }
  const isCopied = await copy(url.href, told.lastChild);
  told.firstChild.textContent = say(isCopied ? "copied" : "copy_it", { title, url: url.href });
}

// Objections

const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const hits = () => [...part("found").querySelectorAll("li:not([hidden]) > a")];

function openObjections() {
  if (dialog.open) return;
  part("found").replaceChildren(...[...stage.querySelectorAll("[data-objection]")].map((objection) => {
    const heard = [...objection.querySelectorAll("[data-script-heard] q")].map(textOf);
    const name = titleOf(objection), also = el("span", {}, heard.join(" · "));
    return el("li", {}, el("a", { href: `#${objection.id}` }, el("b", {}, name), ...(heard.length ? [" ", also] : [])));
  }));
  part("filter").value = "";
  filter();
  dialog.showModal();
  part("filter").focus();
}

function filter() {
  const asked = plain(part("filter").value).split(/\s+/);
  for (const item of part("found").children) item.hidden = !asked.every((word) => plain(item.textContent).includes(word));
  part("none").hidden = hits().length > 0;
}

function steer(event) {
  const all = hits(), at = all.indexOf(document.activeElement), step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) {
    event.preventDefault();
    (at + step < 0 ? part("filter") : all[Math.min(at + step, all.length - 1)])?.focus();
  } else if (event.key === "Enter" && event.target === part("filter")) {
    event.preventDefault();
    all[0]?.click();
  }
}

// The end

const answers = () => own(call.asked, on.dataset.outcome) ?? [];

/** The questions of an outcome, and what was answered already. */
function askLast() {
  const id = on.dataset.outcome, questions = [...on.querySelectorAll("[data-script-ask] li")];
  part("asks").replaceChildren(...questions.map((question, index) => {
    const field = el("textarea", { id: `call_ask_${index}`, rows: 2, value: answers()[index] ?? "" });
    field.oninput = () => {
      const all = [...answers()];
      all[index] = field.value;
      call.asked = { ...call.asked, [id]: all };
      write();
    };
    const label = el("label", { htmlFor: field.id }, textOf(question));
    return el("div", { className: "field" }, el("div", { className: "asks" }, label), field);
  }));
  part("when").hidden = !config.promised.includes(id);
  part("at").value = call.when;
  part("send").hidden = !config.webhook;
  tell();
  write();
}

const promised = () => (config.promised.includes(on.dataset.outcome) && call.when ? new Date(call.when) : null);
/** What was filled in, of the blanks that the scripts of this call declare. @returns {[string, string][]} */
const filled = () => Object.entries(values).filter(([name]) => Object.hasOwn(call.labels, name));
const path = () => call.trail.filter(({ id }) => id !== READY);

/** What a CRM takes as it is. */
function letter() {
  const time = promised(), asked = [...on.querySelectorAll("[data-script-ask] li")].map(textOf);
  const answered = asked.flatMap((question, index) => (answers()[index]?.trim() ? [question, answers()[index].trim(), ""] : []));
  const known = filled().map(([name, value]) => `${call.labels[name]}: ${value}`);
  const way = path().map(({ name, said }) => (said && said !== name ? `${name}: ${said}` : name));
  return [
    `${titleOf(on)} (${call.script.title})`,
    `${date(call.started || Date.now())}, ${minutes(call.ended - call.started)} min`,
    ...(time ? [`${words.when}: ${date(time)}`] : []), "",
    ...(known.length ? [...known, ""] : []), ...answered,
    ...(call.notes.trim() ? [words.notes, call.notes.trim(), ""] : []), words.path, ...way,
  ].join("\n");
}

function write() {
  save();
  if (finish.hidden) return;
  part("letter").value = letter();
  part("calendar").hidden = !promised();
}

/** What the webhook gets. */
function outcome(id) {
  const seconds = (ms) => Math.max(0, Math.round(ms / 1000)), iso = (ms) => new Date(ms).toISOString().replace(/\.\d+/, "");
  const asked = [...on.querySelectorAll("[data-script-ask] li")].map(textOf);
  return {
    type: "call.outcome", version: 1, id, timestamp: iso(Date.now()),
    data: {
      script: call.script,
      outcome: { id: on.dataset.outcome, label: titleOf(on), text: call.trail.at(-1)?.said ?? "" },
      answers: asked.map((question, index) => ({ question, answer: (answers()[index] ?? "").trim() })),
      path: path().map(({ script, id, name, said, at }) => ({ script, step: id, title: name, answer: said, at_s: seconds(at) })),
      blanks: Object.fromEntries(filled()), notes: call.notes.trim(), rep: rep() || null,
      started: iso(call.started || Date.now()), duration_s: seconds(call.ended - call.started), budget_s: call.budget || null,
      promised: promised() && iso(promised()), note: letter(), meta: {},
    },
  };
}

/** Loaded with the player, so that an outcome can be kept without a network. @returns {Promise<any>} */
const leads = () => import(config.leads);
let outbox = config.webhook && (await leads().catch(() => null));

async function send() {
  if (!config.webhook || finish.hidden || part("send").disabled) return;
  part("send").disabled = true;
  outbox ??= await leads().catch(() => null);
  if (!outbox) return part("send").disabled = false, (status.textContent = words.unloaded);
  call.sent ??= { event: outcome(`call_${outbox.ulid()}`), state: "sending" };
  save();
  tell();
  await outbox.send(structuredClone(call.sent.event), [config.webhook]);
  update();
}

/** What is known by now. */
function update() {
  if (!call?.sent || !outbox) return;
  call.sent.state = outbox.known(call.sent.event) ?? call.sent.state;
  save();
  if (on) tell();
}

function tell() {
  const state = call.sent?.state ?? "";
  finish.dataset.state = state;
  status.textContent = say(state);
  part("send").disabled = Boolean(state) && !["unsure", "refused"].includes(state);
  for (const field of finish.querySelectorAll("textarea:not([readonly]), input")) field.disabled = Boolean(state);
}

/** RFC 5545: lines of at most 75 bytes, with what means something escaped. @param {Date} time */
function calendar(time) {
  const stamp = (ms) => new Date(ms).toISOString().replace(/[-:]|\.\d+/g, "");
  // Section 3.3.11: no control characters but the ends of lines, which are escaped.
  const escape = (text) => text.replace(/[\\;,]/g, "\\$&").replace(/\r\n?|\n/g, "\\n").replace(/[\0-\x1f\x7f]/g, "");
  const fold = (line) => {
    let length = 0, out = "";
    for (const letter of line) {
      const bytes = new TextEncoder().encode(letter).length;
      if (length + bytes > 74) [out, length] = [`${out}\r\n `, 1];
      [out, length] = [out + letter, length + bytes];
    }
    return out;
  };
  const known = new Map(filled());
  const who = ["first_name", "name", "last_name", "company"].map((name) => known.get(name)).filter(Boolean).join(" ");
  return [
    "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//ringback//call//EN", "BEGIN:VEVENT", `UID:${call.key}@${location.hostname}`,
    `DTSTAMP:${stamp(Date.now())}`, `DTSTART:${stamp(time)}`, `DTEND:${stamp(time.getTime() + HOUR / 4)}`,
    `SUMMARY:${escape([titleOf(on), who].filter(Boolean).join(": "))}`, `DESCRIPTION:${escape(letter())}`,
    `URL:${call.script.url}`, "BEGIN:VALARM", "ACTION:DISPLAY", `DESCRIPTION:${escape(titleOf(on))}`, "TRIGGER:-PT5M", "END:VALARM",
    "END:VEVENT", "END:VCALENDAR", "",
  ].map(fold).join("\r\n");
}

function download(name, text, type) {
  const link = el("a", { href: URL.createObjectURL(new Blob([text], { type })), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

// What people do

const isTyping = (target) => target.isContentEditable || target.closest?.("input:not([type=checkbox]), textarea, select");
const hasKeys = () => recall(local, KEYS) !== false;

function press(event) {
  const { key, target } = event, isHeld = event.ctrlKey || event.metaKey || event.altKey;
  if (event.isComposing || event.repeat) return;
  if (isPlaying() && key === "Enter" && (event.ctrlKey || event.metaKey) && !finish.hidden) return claim(event, send);
  if (isHeld || dialog.open) return;
  if (isTyping(target)) return isPlaying() && key === "Escape" && claim(event, () => target.blur());
  if (key === "/" && stage.querySelector("[data-objection]")) return claim(event, openObjections);
  if (!isPlaying()) return;
  if (key === "Escape" || key === "Backspace") return claim(event, () => back());
  if (!hasKeys()) return;
  const replies = [...(on.closest("[data-objection]")?.querySelectorAll("[data-script-replies] a") ?? [])];
  const reply = replies[replies.findIndex((link) => link.ariaCurrent) + { ArrowRight: 1, ArrowLeft: -1 }[key]];
  if (reply) claim(event, () => reply.click());
  else if (key >= "1" && key <= "9") claim(event, () => answersOf(on)[key - 1]?.click());
  else if (key === "n") claim(event, () => part("notes").focus());
}

/** Here these keys are the player's, not those of the search. */
function claim(event, action) {
  event.preventDefault();
  event.stopPropagation();
  action();
}

function click(event) {
  const link = event.target.closest("a[href]"), blank = event.target.closest("[data-blank]");
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  if (link?.dataset.share) return event.preventDefault(), share(link);
  if (!isPlaying()) return dialog.open && link && dialog.close();
  if (!link) return blank && fields.find((field) => field.dataset.scriptFill === blank.dataset.blank)?.focus();
  const isScript = link.closest(".answers") || (link.pathname === here && link.hash);
  // Whatever else there is to read opens beside the call, which goes on from the list of all objections.
  if (!isScript) return dialog.contains(link) || (link.target = "_blank");
  event.preventDefault();
  dialog.close();
  if (link.closest("[data-script-replies]")) show(stepOf(link.hash.slice(1)));
  else choose(link, textOf(link.querySelector(".says") ?? link.querySelector("b") ?? link));
}

/** Buttons by their hooks. @type {Record<string, () => any>} */
const BUTTONS = {
  start, anew, leave, back: () => back(), open: openObjections, jot: () => part("notes").focus(), send, next: anew,
  clear: () => (forget(true), (part("notes").value = ""), call && (call.notes = ""), fill(), write()),
  copy: async () => (status.textContent = (await copy(letter(), part("letter"))) ? words.note_copied : words.copy_it),
  calendar: () => promised() && download("call.ics", calendar(promised()), "text/calendar"),
  close: () => dialog.close(),
};

for (const [name, action] of Object.entries(BUTTONS)) for (const button of root.querySelectorAll(`[data-script-${name}]`)) button.onclick = action;
for (const button of root.querySelectorAll("[data-script-keep]")) {
  const name = button.dataset.scriptKeep;
  button.onclick = () => (keep.delete(name) || keep.add(name), put(name, values[name] ?? ""), fill(name));
}
for (const field of fields) {
  const name = field.dataset.scriptFill;
  field.oninput = () => (put(name, field.value), fill(name), call && write());
}
part("notes").oninput = ({ target }) => ((call.notes = target.value), write());
part("at").oninput = ({ target }) => ((call.when = target.value), write());
part("filter").oninput = filter;
part("keys").checked = hasKeys();
part("keys").onchange = ({ target }) => remember(local, KEYS, target.checked);
dialog.addEventListener("keydown", steer);
root.addEventListener("click", click);
document.addEventListener("keydown", press, true);
document.addEventListener("ringback:call", update);
addEventListener("storage", ({ key }) => (key === BLANKS ? refill() : update()));
addEventListener("popstate", () => {
  if (!isPlaying()) return;
  history.pushState({ call: true }, "");
  // Only then does the browser look for the fragment, and takes the focus away.
  setTimeout(back);
});
// What the browser kept of a page knows nothing of what came later.
addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
addEventListener("hashchange", () => location.hash.includes("=") && (readAddress(), fill()));

/** Another tab has filled a blank. */
function refill() {
  for (const name of Object.keys(values)) delete values[name];
  readKept();
  fill();
}

const asked = stepOf(readAddress());
fill();
offer();
setInterval(tick, 1000);
root.dataset.ready = "";
if (call && !call.paused) {
  // A link to a step, such as one in the list of all objections, goes on with the call there.
  const isHere = call.page === here;
  if (isHere || asked) play();
  const known = isHere && (stepOf(call.step) ?? firstStep());
  if (known && (!asked || asked === known)) show(known);
  else if (asked) {
    const { page, step, script } = call;
    call.trail.push({ page, script: script.title, id: step, name: step, said: titleOf(asked), at: call.started ? Date.now() - call.started : 0 });
    show(asked);
  }
  update();
}
