// The form that begins a plan for somebody. What it asks for is what the plan's texts need.

/** @import { CadencePlan } from "./config" */
import { all, find } from "../../../theme/client/find.js";
import { element } from "../../../theme/client/make.js";
import { contacts, keep, newContact } from "./contacts.js";
import { dayOf, isDay } from "./plan.js";
import { config, part, say, tell, words } from "./today-page.js";

const form = find(part("begin"), "form", HTMLFormElement), choice = find(form, "select", HTMLSelectElement);
const start = find(form, "[type=date]", HTMLInputElement), fields = find(form, "[data-today-fields]", HTMLElement);
/** Names that a plan always asks for. */
const ALWAYS = ["first_name", "last_name", "company", "phone", "email"];
/** Those of the one who writes, and of pages, aren't the contact's. */
const NOT_ASKED = ["rep", "rep_phone", "rep_email", "link", "title"];
/** @type {Record<string, {type: string, autocomplete?: string}>} */
const TYPES = { phone: { type: "tel" }, email: { type: "email" } };

/** @returns {CadencePlan|undefined} */
const plan = () => config.cadences[Number(choice.value)];

/** The fields of a plan; what was written in those of another stays. */
function draw() {
  const known = values(), asked = plan()?.placeholders ?? [];
  const names = [...new Set([...ALWAYS, ...asked.map(({ name }) => name)])].filter((name) => !NOT_ASKED.includes(name));
  fields.replaceChildren(...names.map((name) => {
    const blank = asked.find((each) => each.name === name), id = `follow-${name}`;
    const input = element("input", { id, name, type: TYPES[name]?.type ?? "text", autocomplete: "off", maxlength: 500, placeholder: blank?.default || blank?.example, value: known[name] ?? "" });
    return element("p", { class: "mail-field" }, element("label", { for: id }, blank?.label ?? words[`name_${name}`]), input);
  }));
}

/** @returns {Record<string, string>} */
const values = () => Object.fromEntries(all(fields, "input", HTMLInputElement).map(({ name, value }) => [name, value.trim()]).filter(([, value]) => value));

/** @param {string} key @param {Record<string, string>} given what an address brings */
export function begin(key, given) {
  const index = config.cadences.findIndex((each) => each.key === key);
  if (index >= 0) choice.value = String(index);
  draw();
  for (const input of all(fields, "input", HTMLInputElement)) input.value = given[input.name] ?? input.value;
  find(part("begin"), "details", HTMLDetailsElement).open = true;
  find(fields, "input", HTMLInputElement).focus();
}

/** @param {() => void} redraw */
export function listenToForm(redraw) {
  for (const [index, { title, lang }] of config.cadences.entries()) choice.append(new Option(lang === config.lang ? title : `${title} (${lang})`, String(index)));
  start.value = dayOf(new Date());
  draw();
  choice.onchange = draw;
  form.onsubmit = (event) => {
    event.preventDefault();
    const chosen = plan(), known = values();
    if (!chosen) return;
    const first = find(fields, "input", HTMLInputElement);
    if (!known.first_name && !known.last_name && !known.company) {
      first.setCustomValidity(words.who_missing);
      first.reportValidity();
      first.oninput = () => first.setCustomValidity("");
      return;
    }
    const twin = contacts().find((each) => each.cadence === chosen.key && !each.stopped && ALWAYS.every((name) => (each.values[name] ?? "") === (known[name] ?? "")));
    const isKept = keep(twin ?? newContact(chosen, known, isDay(start.value) ? start.value : dayOf(new Date())));
    if (!twin) for (const input of all(fields, "input", HTMLInputElement)) input.value = "";
    find(part("begin"), "details", HTMLDetailsElement).open = false;
    redraw();
    tell(twin ? words.twin : isKept ? say("begun", { title: chosen.title }) : words.unkept);
  };
}
