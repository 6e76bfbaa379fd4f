// A worksheet: keeps what its reader writes in this browser, and hands it on. Without this file, it can be filled in and printed.

/** @import { Written } from "./worksheet-answers.js" */
import { copy } from "../../../theme/client/copy.js";
import { all, find } from "../../../theme/client/find.js";
import { element, make } from "../../../theme/client/make.js";
import { LONGEST_MAIL } from "../../../theme/client/words.js";
import { asText, keep, keyOf, load } from "./worksheet-answers.js";

/** @param {HTMLTextAreaElement} field grows with what is in it */
const grow = (field) => {
  while (field.scrollHeight > field.clientHeight && field.rows < 60) field.rows++;
};

/** @param {HTMLElement} section */
function worksheet(section) {
  const tools = find(section, ".worksheet-tools", HTMLElement);
  const heading = find(section, "h1, h2, h3, h4, h5, h6", HTMLHeadingElement);
  const status = find(tools, "[role=status]", HTMLElement), shown = find(tools, "textarea", HTMLTextAreaElement);
  const key = keyOf(heading.id), questionOf = (/** @type {Element} */ field) => field.getAttribute("aria-label") ?? "";
  // A form may be in the section, too.
  const isAnswer = (/** @type {HTMLTextAreaElement} */ field) => !field.form && !tools.contains(field);
  const fields = () => all(section, "textarea", HTMLTextAreaElement).filter(isAnswer);
  /** @returns {Written} */
  const written = () => ({
    title: heading.textContent?.trim() ?? "",
    at: Date.now(),
    answers: Object.fromEntries(fields().map((field) => [questionOf(field), field.value])),
  });
  /** Puts in what is kept; `again`: in the place of what is there, but not where somebody writes. @param {boolean} [again] */
  const put = (again) => {
    const { answers } = load(key), here = fields();
    for (const field of here) {
      const kept = answers[questionOf(field)] ?? "";
      if (again ? field !== document.activeElement : kept) field.value = kept;
      delete answers[questionOf(field)];
      grow(field);
    }
    // A question that is asked in other words now: the answer stays.
    for (const [question, value] of Object.entries(answers)) {
      const field = element("textarea", { rows: 3, "aria-label": question });
      field.value = value;
      tools.before(element("div", { class: "block-part" }, make("p", {}, question), field));
      grow(field);
    }
  };
  const text = () => `${asText(written())}\n\n${location.href.replace(/[?#].*/, "")}#${heading.id}`;
  /** @param {string|undefined} words */
  const say = (words) => (status.textContent = words ?? "");
  /** @param {string} name @param {() => void} action */
  const press = (name, action) => find(tools, `[data-worksheet-${name}]`, HTMLButtonElement).addEventListener("click", action);
  const isCopied = () => copy(text(), shown);
  section.addEventListener("input", ({ target }) => {
    if (!(target instanceof HTMLTextAreaElement) || !isAnswer(target)) return;
    grow(target);
    say("");
    shown.hidden = true;
    keep(key, written());
  });
  press("copy", async () => say((await isCopied()) ? status.dataset.copied : ""));
  press("mail", async () => {
    const subject = `mailto:?subject=${encodeURIComponent(`${heading.textContent} – ${document.title}`)}`;
    const whole = `${subject}&body=${encodeURIComponent(text().replaceAll("\n", "\r\n"))}`, fits = whole.length <= LONGEST_MAIL;
    if (!fits) say((await isCopied()) ? status.dataset.long : "");
    location.href = fits ? whole : subject;
  });
  press("clear", () => {
    for (const field of fields()) field.value = "";
    keep(key, written());
    say("");
    shown.hidden = true;
    fields()[0]?.focus();
  });
  // Another tab.
  addEventListener("storage", (event) => event.key === key && put(true));
  put();
  tools.hidden = false;
}

const ready = new WeakSet();

function start() {
  for (const section of all(document, "[data-worksheet]", HTMLElement)) {
    if (ready.has(section)) continue;
    ready.add(section);
    worksheet(section);
  }
}
start();
// What a gate opens comes later.
document.addEventListener("ringback:open", start);
