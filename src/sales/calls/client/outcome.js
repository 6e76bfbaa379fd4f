// How a call ends: its questions, the note for a CRM, and the event for a webhook (call-event.js), which goes through the
// outbox of the forms (deliver.js).

/** @import { Call } from "./call" */
/** @import { Lead } from "../../../leads/forms/client/types" */
import { own } from "../../../theme/client/attempt.js";
import { find } from "../../../theme/client/find.js";
import { make } from "../../../theme/client/make.js";
import { putAll, rep, who } from "./placeholders.js";
import { current, drop, newCall, save, state, step, store, stored } from "./call.js";
import { config, date, finish, letterField, minutes, part, questionsOf, say, sendButton, status, timeField, titleOf, words } from "./page.js";

/** What was answered to the questions at its end. @param {Call} call @returns {string[]} */
const answers = ({ asked, end }) => (own(asked, end?.id ?? "") ?? []).map((answer) => answer ?? "");

/** The end that is shown, with its questions and what was answered already. */
export function askLast() {
  const call = current(), shown = step(), id = shown.dataset.outcome ?? "", promise = own(config.promised, id) ?? "";
  call.end = { id, label: titleOf(shown), questions: questionsOf(shown), promise };
  const known = answers(call);
  part("asks").replaceChildren(...call.end.questions.map((question, index) => {
    const field = make("textarea", { id: `call_ask_${index}`, rows: 2, value: known[index] ?? "" });
    field.oninput = () => {
      const all = [...answers(call)];
      all[index] = field.value;
      call.asked = { ...call.asked, [id]: all };
      write();
    };
    const label = make("label", { htmlFor: field.id }, question);
    return make("div", { className: "field" }, make("div", { className: "asks" }, label), field);
  }));
  showTime();
  sendButton.hidden = !config.webhook;
  askMissing();
  plan();
  if (config.referrals) referral().then((other) => other?.ask(call, part("referral"), "referral" in shown.dataset, { newCall, stored, store, drop, who, write }));
  tell();
  write();
  document.dispatchEvent(new CustomEvent("ringback:outcome", { detail: { outcome: id } }));
}

/** What is loaded with the call, if an outcome needs it. */
const tries = () => import("./tries.js").catch(() => null), referral = () => import("./referral.js").catch(() => null);

/** Says which try it was where nobody was reached, and proposes the next one. What somebody has chosen stays. */
async function plan() {
  const call = current(), place = part("tries"), found = config.unreached && !call.sent ? (await tries())?.plan(call, config, say) : null;
  if (call !== state.call) return;
  if (!call.sent) call.told = found?.told ?? "";
  place.textContent = call.told ?? "";
  place.hidden = !call.told;
  if (!found || !call.end) return;
  if (!found.next) call.end.promise = "";
  if (!call.when || call.when === call.planned) call.when = call.planned = found.next;
  showTime();
  write();
}

/** @param {string} promise */
const timeLabel = (promise) => own(words, `when_${promise}`) ?? words.when;

/** The field for the time that was promised. */
export function showTime() {
  const { end, when } = current(), promise = end?.promise ?? "";
  part("when").hidden = !promise;
  find(part("when"), "label", HTMLElement).textContent = timeLabel(promise);
  timeField.value = when;
}

/** The time that was promised, where this outcome promises one. @param {Call} call */
export function promised({ end, when }) {
  const time = end?.promise && when ? new Date(when) : null;
  return time && Number.isFinite(time.getTime()) ? time : null;
}

/** What must be known and isn't: of what this call was to find out, what it has come to. @param {Call} call */
export const missing = ({ asks, values }) => Object.entries(asks).filter(([name, { required, asked }]) => required && asked && !own(values, name));

/** Fields for what is still missing. */
function askMissing() {
  const call = current(), open = missing(call);
  part("unknown").hidden = !open.length;
  if (open.length) ending().then((end) => end?.askMissing(part("unknown-fields"), open, (name, value) => {
    putAll({ [name]: value });
    write();
  }));
}

/** Stores the call, and at its end the note. What was sent stays as it was. */
export function write() {
  const call = current();
  save();
  if (finish.hidden) return;
  part("calendar").hidden = !promised(call);
  ending().then((end) => {
    if (end && !call.sent) call.letter = end.letterOf(call, { words, time: promised(call), when: timeLabel(call.end?.promise ?? ""), date, minutes });
    if (call !== state.call) return;
    letterField.value = call.letter;
    save();
  });
}

/** @type {Promise<typeof import("./call-end.js")|null>|undefined} */
let loading;
/** What is only needed at the end. It is loaded when the call begins, so that it can end without a network, too. */
export async function ending() {
  if (config.unreached) tries();
  if (config.referrals) referral();
  const end = await (loading ??= import("./call-end.js").catch(() => null));
  if (!end) loading = undefined;
  return end;
}

/** Loaded with the player, so that an outcome can be kept without a network. */
const load = () => import("../../../leads/forms/client/deliver.js").then((box) => {
  box.begin();
  return box;
}).catch(() => null);
export const outbox = { loading: config.webhook ? load() : null };

/** Can it be sent as it is? @param {Call} call */
export const isReady = ({ end, ended, sent }) => Boolean(config.webhook && end && ended && (!sent || isOpen(sent.state)));
/** @param {string} state of what was sent */
const isOpen = (state) => ["unsure", "refused"].includes(state);

/** Sends a call that has ended, on whatever page. @param {Call} call @returns {Promise<boolean>} whether the outbox has it */
export async function hand(call) {
  const hook = config.webhook, box = (await outbox.loading) ?? (await (outbox.loading = load())), end = await ending();
  if (!hook || !box || !end) return false;
  const lead = call.referral ? (await referral())?.eventOf(call, rep(), config, who(call.values)) : null;
  call.sent ??= { event: end.eventOf(call, call.id ??= `call_${box.ulid()}`, { rep: rep(), config, promised: promised(call) }), state: "sending" };
  store(call);
  if (call === state.call && !finish.hidden) tell();
  if (lead) box.send(lead, [hook]);
  await box.send(structuredClone(call.sent.event), [hook]);
  call.sent.state = box.known(call.sent.event) ?? call.sent.state;
  store(call);
  return true;
}

export async function send() {
  if (!config.webhook || finish.hidden || sendButton.disabled) return;
  sendButton.disabled = true;
  if (await hand(current())) return update();
  sendButton.disabled = false;
  status.textContent = words.unloaded;
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
  sendButton.disabled = Boolean(known) && !isOpen(known);
  part("correct").hidden = !known || known === "sending";
  for (const field of finish.querySelectorAll(/** @type {"textarea"} */ ("textarea:not([readonly]), input"))) field.disabled = Boolean(known);
}
