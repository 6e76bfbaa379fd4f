// A box for YAML: numbers of lines, those that are wrong among them, and below it what can be written where somebody writes.

/** @import { Outline, Words } from "./editor" */
/** @import { Problem } from "./preview" */
import { all } from "../../theme/client/find.js";
import { element } from "../../theme/client/make.js";
import { inline } from "./edit-fields.js";
import { insert } from "./edit-text.js";
import { offers, shapeAt, where } from "./edit-where.js";

/** So many are offered at once; more are found by their beginning. */
const MOST = 24;

/** Selects a line. @param {HTMLTextAreaElement} box @param {number} line counted from 1 */
export function selectLine(box, line) {
  const lines = box.value.split("\n"), start = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
  box.focus();
  box.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
  const height = Number.parseFloat(getComputedStyle(box).lineHeight) || 22;
  box.scrollTop = Math.max(0, (line - 4) * height);
}

/** A new line begins as far in as this one, or further where a key has its value below. @param {HTMLTextAreaElement} box */
function newLine(box) {
  const line = box.value.slice(box.value.lastIndexOf("\n", box.selectionStart - 1) + 1, box.selectionStart);
  const [blanks = ""] = /^ *(?:- +)?/.exec(line) ?? [];
  insert(box, `\n${" ".repeat(blanks.length)}${/:\s*$/.test(line) ? "  " : ""}`);
}

/** The numbers beside the box. @param {HTMLTextAreaElement} box */
function numbering(box) {
  const numbers = element("pre", { class: "numbers", "aria-hidden": "true" });
  /** @type {Set<number>} */
  let wrong = new Set();
  const draw = () => {
    const count = box.value.split("\n").length;
    numbers.replaceChildren(...Array.from({ length: count }, (_, index) => element("span", { class: wrong.has(index + 1) && "wrong" }, `${index + 1}\n`)));
    numbers.scrollTop = box.scrollTop;
  };
  box.addEventListener("input", draw);
  box.addEventListener("scroll", () => (numbers.scrollTop = box.scrollTop));
  draw();
  return { numbers, draw, mark: (/** @type {Set<number>} */ lines) => {
    wrong = lines;
    draw();
  } };
}

/** What can be written there, as buttons. @param {Words} words @param {HTMLTextAreaElement} box @param {Promise<Outline>} asked */
function suggestions(words, box, asked) {
  const help = element("p", { class: "hint", id: `${box.id}-help` }, words.known_hint), list = element("div", { class: "offered", role: "group", "aria-label": words.known });
  /** @type {Outline|null} */
  let outline = null;
  const show = () => {
    const place = outline && box.selectionStart === box.selectionEnd ? where(box.value, box.selectionStart) : null;
    if (!outline || !place) return list.replaceChildren();
    const { key } = shapeAt(outline, place.path), some = offers(outline, place).slice(0, MOST);
    help.replaceChildren(...(key ? [element("b", {}, key.label), " – ", ...inline(key.help)] : [words.known_hint]));
    return list.replaceChildren(...some.map(({ text, label, help: says, isRequired }) => {
      const button = element("button", { type: "button", title: says.replaceAll("`", "") || null, class: isRequired && "needed" }, label);
      button.addEventListener("click", () => {
        box.focus();
        box.setSelectionRange(place.from, place.from + place.prefix.length);
        const { path } = place, isAfterKey = path.length > 0 && box.value[place.from - 1] === ":";
        insert(box, (isAfterKey ? " " : "") + text);
        show();
      });
      return button;
    }));
  };
  asked.then((found) => {
    outline = found;
    if (document.activeElement === box) show();
  }).catch(() => {});
  for (const type of ["input", "click", "keyup", "focus"]) box.addEventListener(type, show);
  list.addEventListener("keydown", (event) => {
    const buttons = all(list, "button", HTMLButtonElement), at = buttons.findIndex((button) => button === document.activeElement);
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (by) buttons[(at + by + buttons.length) % buttons.length]?.focus();
    else if (event.key === "Escape") box.focus();
    else return;
    event.preventDefault();
  });
  return { element: element("div", { class: "known" }, help, list), focus: () => list.querySelector("button")?.focus() };
}

/** The box, with all that belongs to it.
 * @param {{ words: Words, id: string, label: string, text: string, outline: Promise<Outline>, onChange: (text: string) => void }} about */
export function yamlEditor({ words, id, label, text, outline, onChange }) {
  const box = element("textarea", { id, class: "text", "aria-label": label, "aria-describedby": `${id}-help`, spellcheck: "false", autocapitalize: "off", autocomplete: "off", wrap: "off" });
  box.value = text;
  const { numbers, draw, mark } = numbering(box), known = suggestions(words, box, outline);
  box.addEventListener("input", () => onChange(box.value));
  box.addEventListener("keydown", (event) => {
    const isAsking = event.ctrlKey && event.key === " ", isNew = event.key === "Enter" && !event.ctrlKey && !event.metaKey && !event.isComposing;
    if (!isAsking && !isNew) return;
    event.preventDefault();
    if (isAsking) known.focus();
    else newLine(box);
  });
  /** Marks the lines of problems; the box begins at this line of the file. @param {Problem[]} problems @param {number} first */
  const markAll = (problems, first) => mark(new Set(problems.map(({ line }) => (line ?? 0) - first + 1)));
  return { box, mark: markAll, draw, element: element("div", { class: "yaml-box" }, element("div", { class: "yaml-lines" }, numbers, box), known.element) };
}
