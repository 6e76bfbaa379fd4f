// The fields of a page: its front matter as a form. Each change is handed on with the keys that lead to it.

/** @import { Change, Field, Opened, PathStep, Words } from "./editor" */
import { all } from "../../theme/client/find.js";
import { element } from "../../theme/client/make.js";
import { isMap } from "../../theme/client/storage.js";
import { focusField, pictureField } from "./edit-picture.js";

/** `opened` is the newest state, whenever it is asked for.
 * @typedef {{ words: Words, readonly opened: Opened, onChange: (change: Change) => void, onUpload: (path: string[], picture: File) => void,
 * onWrite: (path: string[]) => void }} Form */

/** What the front matter says at a place; what is written as one text counts as the first of its keys (`image: desk.jpg`).
 * @param {unknown} values @param {string[]} path @returns {unknown} */
export function valueAt(values, path) {
  const [first, ...rest] = path;
  if (first === undefined) return values;
  if (isMap(values)) return valueAt(values[first], rest);
  return first === "src" && typeof values === "string" ? values : undefined;
}

/** The change that gives a place another value; nothing takes the key away.
 * @param {Opened} opened @param {string[]} path @param {unknown} value @returns {Change} */
export function changeTo(opened, path, value) {
  const outer = path.slice(0, -1), last = path[path.length - 1] ?? "";
  const around = outer.length ? valueAt(opened.values, outer) : null;
  /** @type {(keys: string[]) => PathStep[]} */
  const steps = (keys) => keys;
  if (typeof around === "string") {
    const isFile = opened.fields.some((field) => field.input === "picture" && field.path[0] === path[0]);
    // A word takes the place of keys, and goes for them.
    if (!isFile) return value === null ? { change: "remove", path: steps(outer) } : { change: "set", path: steps(outer), value: { [last]: value } };
    // One text becomes a map, in which there is room for the other key.
    if (last === "src") return value === null ? { change: "remove", path: steps(outer) } : { change: "set", path: steps(outer), value };
    return { change: "set", path: steps(outer), value: { src: around, ...(value === null ? {} : { [last]: value }) } };
  }
  if (value === null && last === "src") return { change: "remove", path: steps(outer) };
  if (value === null && last === "form" && path[0] === "gate") return { change: "remove", path: steps(outer) };
  return value === null ? { change: "remove", path: steps(path) } : { change: "set", path: steps(path), value };
}

/** @param {unknown} value */
const words = (value) => (value === undefined || value === null ? "" : String(value));

/** @param {unknown} value @returns {string[]} */
const texts = (value) => (Array.isArray(value) ? value.map(words) : words(value).split(",").map((part) => part.trim()).filter(Boolean));

/** @typedef {{ id: string, value: unknown, change: (to: unknown) => void }} Control */

/** One of several; what the file says is among them, also where it is none of them.
 * @param {Field} field @param {Control & { none: string }} about */
function choiceControl({ choices }, { id, value, none, change }) {
  const known = choices.some((choice) => choice.value === value) || value === undefined;
  const select = element("select", { id }, element("option", { value: "" }, none),
    ...(known ? choices : [{ value: words(value), label: words(value) }, ...choices])
      .map((choice) => element("option", { value: choice.value, selected: choice.value === value }, choice.label)));
  select.addEventListener("change", () => change(select.value || null));
  return select;
}

/** Several texts, with buttons for those that are known. @param {Field} field @param {Control} about */
function textsControl({ choices }, { id, value, change }) {
  const box = element("input", { id, value: texts(value).join(", "), autocomplete: "off" });
  const toggle = (/** @type {string} */ name) => {
    const now = texts(box.value);
    box.value = (now.includes(name) ? now.filter((each) => each !== name) : [...now, name]).join(", ");
    box.dispatchEvent(new Event("input"));
  };
  const offered = element("div", { class: "offered" }, ...choices.map((choice) => {
    const button = element("button", { type: "button", "aria-pressed": String(texts(value).includes(choice.value)) }, choice.label);
    button.addEventListener("click", () => toggle(choice.value));
    return button;
  }));
  box.addEventListener("input", () => {
    const now = texts(box.value);
    for (const [index, button] of all(offered, "button", HTMLButtonElement).entries()) {
      button.setAttribute("aria-pressed", String(now.includes(choices[index]?.value ?? "")));
    }
    change(now.length ? now : null);
  });
  return element("div", {}, box, offered);
}

/** Several texts that may be anything: one on each line. @param {Control} about */
function linesControl({ id, value, change }) {
  const now = value === undefined || value === null ? [] : Array.isArray(value) ? value.map(words) : [words(value)];
  const area = element("textarea", { id, rows: Math.max(2, now.length) }, now.join("\n"));
  area.addEventListener("input", () => {
    const all = area.value.split("\n").map((line) => line.trim()).filter(Boolean);
    change(all.length ? all : null);
  });
  return area;
}

/** @param {Field} field @param {Form} form */
function control(field, form) {
  const { path, choices } = field;
  const value = valueAt(form.opened.values, path), id = `field-${path.join("-")}`;
  // What has more in it than the field has room for is written as it is.
  const isRoomy = isMap(value) || (Array.isArray(value) && (field.input !== "texts" || value.some((one) => typeof one === "object")));
  const input = isRoomy ? "written" : field.input;
  const change = (/** @type {unknown} */ to) => {
    // A key that isn't there needn't go.
    if (to === null && valueAt(form.opened.values, path) === undefined) return;
    form.onChange(changeTo(form.opened, path, to));
  };
  switch (input) {
    case "truth":
    case "unless": {
      const usual = input === "unless";
      const box = element("input", { type: "checkbox", id, checked: usual ? value !== false : value === true });
      box.addEventListener("change", () => change(box.checked === usual ? null : box.checked));
      return box;
    }
    case "written": {
      const button = element("button", { type: "button", id }, form.words.write_it);
      button.addEventListener("click", () => form.onWrite(path));
      return button;
    }
    case "choice":
      return choiceControl(field, { id, value, none: form.words.none, change });
    case "texts":
      return choices.length ? textsControl(field, { id, value, change }) : linesControl({ id, value, change });
    case "lines": {
      const area = element("textarea", { id, rows: path[0] === "title" ? 1 : 2 }, words(value));
      area.addEventListener("input", () => change(area.value.trim().replace(/\s+/g, " ") || null));
      return area;
    }
    case "picture":
      return pictureField({
        words: form.words, file: form.opened.file, id, src: words(value), names: choices.map((choice) => choice.value),
        onChange: change, onUpload: (picture) => form.onUpload(path, picture),
      });
    case "focus": {
      const src = words(valueAt(form.opened.values, [...path.slice(0, -1), "src"]));
      return src ? focusField({ words: form.words, file: form.opened.file, src, focus: words(value), onChange: change }) : null;
    }
    default: {
      const type = { date: "date", number: "number" }[/** @type {string} */ (input)] ?? "text";
      const box = element("input", { id, type, value: words(value), autocomplete: "off" });
      box.addEventListener("input", () => {
        // A date that is half typed is none yet.
        if (box.validity.badInput) return;
        change(input === "number" && box.value ? Number(box.value) : box.value.trim() || null);
      });
      return box;
    }
  }
}

/** A sentence, in which what is in backticks is written as it is. @param {string} text @returns {(string|Node)[]} */
export const inline = (text) => text.split("`").map((part, index) => (index % 2 ? element("code", {}, part) : part));

/** The sentence below a field. @param {Field} field @param {Words} words @returns {string} */
function hintOf({ path, input, hint, choices }, words) {
  if (input === "focus") return words.focus_hint;
  // It is what everybody knows, and as large as on the page.
  if (path[0] === "title") return "";
  // A box that is ticked says what the value is: the sentence is about the other one, or needs no name for it.
  const [, said, rest = ""] = /^`(true|false)`:? (.*)$/.exec(hint) ?? [];
  if (input === "truth" && said) return (rest[0] ?? "").toUpperCase() + rest.slice(1);
  if (input === "unless" && said) return `${words.otherwise} ${rest}`;
  return input === "texts" && !choices.length ? `${hint} ${words.several_hint}` : hint;
}

/** @param {Field} field @param {Form} form */
function row(field, form) {
  const made = control(field, form);
  if (!made) return null;
  const id = `field-${field.path.join("-")}`;
  const label = field.input === "focus" ? element("span", { class: "label" }, field.label) : element("label", { for: id }, field.label);
  const hint = hintOf(field, form.words);
  const isBox = field.input === "truth" || field.input === "unless";
  const says = hint ? element("p", { class: "hint", id: `${id}-hint` }, ...inline(hint)) : null;
  if (says) made.querySelector("input, select, textarea")?.setAttribute("aria-describedby", says.id);
  if (says && made.id) made.setAttribute("aria-describedby", says.id);
  return element("div", { class: `field ${isBox ? "truth" : field.input}` }, ...(isBox ? [made, label] : [label, made]), says);
}

/** Fields, those of one part in a frame of their own. @param {Field[]} fields @param {Form} form */
function rows(fields, form) {
  /** @type {(Node|null)[]} */
  const all = [];
  for (let at = 0; at < fields.length; at += 1) {
    const { part, path } = fields[at] ?? { part: "", path: [] };
    const end = fields.findIndex((field, index) => index > at && field.path[0] !== path[0]);
    const own = fields.slice(at, part ? (end < 0 ? undefined : end) : at + 1);
    const made = own.map((field) => row(field, form));
    all.push(...(part ? [element("fieldset", {}, element("legend", {}, part), ...made)] : made));
    at += own.length - 1;
  }
  return all;
}

/** The fields above the text. @param {Form} form */
export const head = (form) =>
  element("div", { class: "head" }, ...form.opened.fields.filter(({ group }) => group === "head").map((field) => row(field, form)));

/** All others, in groups. At first, those are open in which something is said, and the first one.
 * @param {Form} form @param {HTMLElement} before what they take the place of */
export function settings(form, before) {
  const wasOpen = new Map(all(before, "[data-group]", HTMLDetailsElement).map((each) => [each.dataset.group, each.open]));
  const inGroup = (/** @type {string} */ id) => form.opened.fields.filter(({ group }) => group === id);
  const groups = form.words.groups.filter(({ id }) => inGroup(id).length).map(({ id, label }, index) => {
    const isUsed = inGroup(id).some(({ path }) => valueAt(form.opened.values, path) !== undefined);
    return element("details", { open: wasOpen.get(id) ?? (index === 0 || (isUsed && id !== "more")), "data-group": id },
      element("summary", {}, label), ...rows(inGroup(id), form));
  });
  return element("div", { class: "groups" }, ...groups);
}
