// The list of whom to follow up: what is due today first, each with the script, the email or the text that it takes.

/** @import { CadencePlan, Touch } from "./config" */
/** @import { Contact } from "./contacts" */
import { copy } from "../../../theme/client/copy.js";
import { find } from "../../../theme/client/find.js";
import { element, make } from "../../../theme/client/make.js";
import { saveFile } from "../../../theme/client/save-file.js";
import { filled, tracked, writerValues } from "../../mails/client/fill-mail.js";
import { letter } from "../../mails/client/letter.js";
import { contact as stored, contacts, forget, keep, learn, nameOf } from "./contacts.js";
import { ahead, dayOf, plus } from "./plan.js";
import { planFile } from "./plan-file.js";
import { config, dayText, mailWords, part, say, tell, words } from "./today-page.js";

/** @param {Contact} contact @returns {CadencePlan|undefined} its plan, in its language where it is still there */
const planOf = ({ cadence, lang }) => config.cadences.find((each) => each.key === cadence && each.lang === lang) ?? config.cadences.find((each) => each.key === cadence);

/** @param {string} text @param {() => unknown} onclick @param {string} [about] whom it is about, for those who only hear it */
function button(text, onclick, about) {
  const made = make("button", { type: "button", className: "button quiet", textContent: text, onclick: () => void onclick() });
  if (about) made.ariaLabel = `${text}: ${about}`;
  return made;
}

/** Changes what is stored now, which another tab may have changed, and can be taken back.
 * @param {Contact} contact @param {Partial<Contact>} change @param {string} told */
function change(contact, change, told) {
  const before = stored(contact.id) ?? contact, after = { ...before, ...change, sequence: before.sequence + 1 };
  const isKept = keep(after);
  draw();
  tell(isKept ? told : words.unkept, () => {
    keep({ ...before, sequence: after.sequence + 1 });
    draw();
  });
}

/** @param {Contact} contact @param {Touch} touch @param {string} how `done` or `skipped` */
function finish(contact, touch, how) {
  const now = stored(contact.id) ?? contact;
  change(now, { done: { ...now.done, [touch.id]: { day: dayOf(new Date()), how } } }, say(how === "done" ? "did" : "skipped", { who: nameOf(now, words.somebody) }));
}

/** What a touch takes. @param {Contact} contact @param {CadencePlan} plan @param {Touch} touch @param {string} id */
function work(contact, plan, touch, id) {
  const values = { ...writerValues(config), ...contact.values }, made = [];
  const notes = filled(touch.notes, plan, values);
  if (notes) made.push(element("p", { class: "touch-notes" }, notes));
  if (touch.kind === "call") made.push(callLinks(contact, touch));
  if (touch.mail) {
    const { mail } = touch, box = element("details", { class: "mail" }, element("summary", {}, mail.title));
    // Forms of all contacts at once would be thousands of fields.
    box.addEventListener("toggle", () => {
      if (box.children.length < 2) box.append(letter(config, mail, contact.values, { id, words: mailWords }));
    });
    made.push(box);
  }
  if (touch.message) {
    const text = make("textarea", { rows: 5, readOnly: true, value: tracked(filled(touch.message, plan, values), config), ariaLabel: touch.title });
    const told = element("span", { role: "status" });
    const phone = contact.values.phone?.replace(/[^\d+]/g, "");
    made.push(text, element("p", { class: "ways" }, button(words.copy, async () => {
      told.textContent = (await copy(text.value, text)) ? words.copied : words.by_hand;
    }), touch.kind === "text" && phone ? make("a", { className: "button quiet", href: `sms:${phone}?&body=${encodeURIComponent(text.value.toWellFormed?.() ?? text.value)}`, textContent: words.open_text }) : "", told));
  }
  return made;
}

/** The script with the contact's names, which never leave the browser, and the number. @param {Contact} contact @param {Touch} touch */
function callLinks({ values }, { script }) {
  const names = Object.entries(values).map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join("&");
  const phone = values.phone?.replace(/[^\d+]/g, "");
  return element("p", { class: "ways" }, script && make("a", { className: "button", href: `${script}#${names}`, textContent: words.open_script }),
    phone && make("a", { className: "button quiet", href: `tel:${phone}`, textContent: values.phone }));
}

/** @param {Contact} contact @param {CadencePlan|undefined} plan */
function more(contact, plan) {
  const name = nameOf(contact, words.somebody), until = make("input", { type: "date", min: plus(dayOf(new Date()), 1), value: contact.pause });
  const buttons = [];
  if (!contact.stopped) {
    buttons.push(button(words.replied, () => change(contact, { stopped: "replied" }, say("stopped", { who: name })), name),
      button(words.stop, () => change(contact, { stopped: "stopped" }, say("stopped", { who: name })), name),
      element("label", { class: "until" }, words.pause, " ", until), button(words.pause_set, () => change(contact, { pause: until.value }, say(until.value ? "paused_until" : "pause_over", { who: name, day: until.value && dayText(until.value) })), name));
  } else buttons.push(button(words.resume, () => change(contact, { stopped: "" }, say("resumed", { who: name })), name));
  if (plan) buttons.push(button(words.calendar, () => saveFile("follow-up.ics", planFile([{ contact, plan }]), "text/calendar"), name));
  buttons.push(button(words.forget, () => {
    forget(contact.id);
    draw();
    tell(say("forgotten", { who: name }), () => {
      keep(contact);
      draw();
    });
  }, name));
  return element("details", { class: "further" }, element("summary", {}, words.more, element("span", { class: "unseen" }, `: ${name}`)), element("div", { class: "ways" }, ...buttons));
}

/** One contact. @param {Contact} contact @param {string} today */
function item(contact, today) {
  const plan = planOf(contact);
  if (plan) learn(contact, plan);
  const [next] = plan ? ahead(contact, plan, config) : [], name = nameOf(contact, words.somebody);
  const { company } = contact.values, isDue = Boolean(next && next.day <= today);
  const head = element("h3", {}, name, company && company !== name && element("small", {}, ` ${company}`));
  const state = contact.stopped ? words[contact.stopped === "replied" ? "state_replied" : "state_stopped"]
    : !plan ? words.state_gone : !next ? words.state_over
      : `${words[`kind_${next.touch.kind}`]}, ${next.day < today ? say("overdue", { day: dayText(next.day) }) : next.day === today ? words.today : dayText(next.day)}${next.touch.time ? `, ${next.touch.time}` : ""}`;
  const step = plan && next ? say("step", { n: plan.touches.indexOf(next.touch) + 1, of: plan.touches.length }) : "";
  const row = element("li", { class: isDue && "due" }, head, element("p", { class: "when" }, element("b", {}, state), " ", element("span", {}, [contact.title, step].filter(Boolean).join(" · "))));
  if (plan && next) {
    if (isDue) row.append(...work(contact, plan, next.touch, `follow-${contact.id}`));
    row.append(element("p", { class: "ways" }, button(words.done, () => finish(contact, next.touch, "done"), name), button(words.skip, () => finish(contact, next.touch, "skipped"), name)));
  }
  row.append(more(contact, plan));
  return { row, place: contact.stopped || !plan || !next ? "over" : isDue ? "due" : "coming", day: next?.day ?? "", time: next?.touch.time || "24" };
}

/** Shows all of them. */
export function draw() {
  const today = dayOf(new Date()), items = contacts().map((contact) => item(contact, today));
  items.sort((a, b) => (a.day + a.time < b.day + b.time ? -1 : 1));
  for (const place of ["due", "coming", "over"]) {
    const rows = items.filter((each) => each.place === place).map(({ row }) => row);
    find(part(place), "ul", HTMLElement).replaceChildren(...rows);
    part(place).hidden = !rows.length && (place !== "due" || !config.cadences.length);
    find(part(place), "[data-today-count]", HTMLElement).textContent = String(rows.length);
  }
  part("nothing").hidden = items.some(({ place }) => place === "due");
  part("all-calendar").hidden = !items.some(({ place }) => place !== "over");
}

/** Every plan that goes on, in one file; those that were stopped cancel what a calendar has of them. */
export function saveAll() {
  const all = contacts().flatMap((contact) => {
    const plan = planOf(contact);
    return plan ? [{ contact, plan }] : [];
  });
  saveFile("follow-ups.ics", planFile(all), "text/calendar");
}
