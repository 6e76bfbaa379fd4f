// How a call ends: its questions, the note for a CRM, and the event for a webhook, which goes through the outbox of the
// forms (deliver.js). docs/call.schema.json describes the event.

/** @import { Lead } from "../../../leads/forms/client/types" */
import { make } from "../../../theme/client/make.js";
import { filled, rep } from "./placeholders.js";
import { READY, current, save, state, step } from "./call.js";
import { config, date, finish, letterField, minutes, part, questionsOf, say, sendButton, status, timeField, titleOf, words } from "./page.js";

const outcomeId = () => state.on?.dataset.outcome ?? "";

/** @returns {string[]} */
const answers = () => {
  const { asked } = current();
  return (Object.hasOwn(asked, outcomeId()) ? asked[outcomeId()] : []).map((answer) => answer ?? "");
};

/** The questions of an outcome, and what was answered already. */
export function askLast() {
  const id = outcomeId(), known = answers();
  part("asks").replaceChildren(...questionsOf(step()).map((question, index) => {
    const field = make("textarea", { id: `call_ask_${index}`, rows: 2, value: known[index] ?? "" });
    field.oninput = () => {
      const all = [...answers()];
      all[index] = field.value;
      current().asked = { ...current().asked, [id]: all };
      write();
    };
    const label = make("label", { htmlFor: field.id }, question);
    return make("div", { className: "field" }, make("div", { className: "asks" }, label), field);
  }));
  part("when").hidden = !config.promised.includes(id);
  timeField.value = current().when;
  sendButton.hidden = !config.webhook;
  tell();
  write();
  document.dispatchEvent(new CustomEvent("ringback:outcome", { detail: { outcome: id } }));
}

/** The time that was promised, where this outcome promises one. */
export const promised = () => {
  const { when } = current();
  return config.promised.includes(outcomeId()) && when ? new Date(when) : null;
};

const path = () => current().trail.filter(({ id }) => id !== READY);

/** What a CRM takes as it is. */
export function letter() {
  const call = current(), time = promised(), known = answers();
  const answered = questionsOf(step()).flatMap((question, index) => (known[index]?.trim() ? [question, known[index].trim(), ""] : []));
  const placeholders = filled(call.labels).map(([name, value]) => `${call.labels[name]}: ${value}`);
  const way = path().map(({ name, said }) => (said && said !== name ? `${name}: ${said}` : name));
  return [
    `${titleOf(step())} (${call.script.title})`,
    `${date(call.started || Date.now())}, ${minutes(call.ended - call.started)} min`,
    ...(time ? [`${words.when}: ${date(time)}`] : []), "",
    ...(placeholders.length ? [...placeholders, ""] : []), ...answered,
    ...(call.notes.trim() ? [words.notes, call.notes.trim(), ""] : []), words.path, ...way,
  ].join("\n");
}

export function write() {
  save();
  if (finish.hidden) return;
  letterField.value = letter();
  part("calendar").hidden = !promised();
}

/** What the webhook gets. @param {string} id @returns {Lead} */
function outcome(id) {
  const call = current(), known = answers(), time = promised();
  const seconds = (/** @type {number} */ ms) => Math.max(0, Math.round(ms / 1000));
  const iso = (/** @type {Date|number} */ time) => new Date(time).toISOString().replace(/\.\d+/, "");
  return {
    type: "call.outcome", version: 1, id, timestamp: iso(Date.now()),
    data: {
      script: call.script,
      outcome: { id: outcomeId(), label: titleOf(step()), text: call.trail.at(-1)?.said ?? "" },
      answers: questionsOf(step()).map((question, index) => ({ question, answer: (known[index] ?? "").trim() })),
      path: path().map(({ script, id, name, said, at }) => ({ script, step: id, title: name, answer: said, at_s: seconds(at) })),
      placeholders: Object.fromEntries(filled(call.labels)), notes: call.notes.trim(), rep: rep() || null,
      started: iso(call.started || Date.now()), duration_s: seconds(call.ended - call.started), budget_s: call.budget || null,
      promised: time && iso(time), note: letter(), meta: {},
    },
  };
}

/** Loaded with the player, so that an outcome can be kept without a network. */
const load = () => import("../../../leads/forms/client/deliver.js").then((box) => {
  box.begin();
  return box;
}).catch(() => null);
export const outbox = { loading: config.webhook ? load() : null };

export async function send() {
  const hook = config.webhook;
  if (!hook || finish.hidden || sendButton.disabled) return;
  sendButton.disabled = true;
  const box = (await outbox.loading) ?? (await (outbox.loading = load()));
  if (!box) {
    sendButton.disabled = false;
    status.textContent = words.unloaded;
    return;
  }
  const call = current();
  call.sent ??= { event: outcome(`call_${box.ulid()}`), state: "sending" };
  save();
  tell();
  await box.send(structuredClone(call.sent.event), [hook]);
  update();
}

/** What is known by now. */
export async function update() {
  const box = await outbox.loading, sent = state.call?.sent;
  if (!sent || !box) return;
  sent.state = box.known(sent.event) ?? sent.state;
  save();
  if (state.on) tell();
}

function tell() {
  const known = state.call?.sent?.state ?? "";
  finish.dataset.state = known;
  status.textContent = say(known);
  sendButton.disabled = Boolean(known) && !["unsure", "refused"].includes(known);
  for (const field of finish.querySelectorAll(/** @type {"textarea"} */ ("textarea:not([readonly]), input"))) field.disabled = Boolean(known);
}

