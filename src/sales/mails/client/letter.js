// An email to fill in and send: fields for what isn't known, subject and text, and the ways on. Nothing is sent from here.

/** @import { MailList, MailTemplate } from "./config" */
import { own } from "../../../theme/client/attempt.js";
import { copy } from "../../../theme/client/copy.js";
import { element, make } from "../../../theme/client/make.js";
import { fillIn } from "../../../theme/client/words.js";
import { filled, mailto, missing, tracked, writerValues } from "./fill-mail.js";

/** What it is shown with: `id` begins the ids of its fields, `changed` hears what is filled in, `used` that the email was opened or
 * copied. @typedef {{id: string, words: Record<string, string>, changed?: (name: string, value: string) => void, used?: () => void}} Options */

/** What is asked for, in a field. @param {string} id @param {MailTemplate["placeholders"][number]} blank @param {string} value */
function field(id, { name, label, options, example, default: usual }, value) {
  const list = options.length ? `${id}-${name}-list` : null;
  const input = /** @type {HTMLInputElement} */ (element("input", { id: `${id}-${name}`, type: name === "email" ? "email" : "text", value, placeholder: usual || example, autocomplete: "off", list }));
  const row = element("p", { class: "mail-field" }, element("label", { for: input.id }, label), input, list && element("datalist", { id: list }, ...options.map((value) => element("option", { value }))));
  return { row, input };
}

/** Subject or text, to read and to copy. @param {HTMLInputElement|HTMLTextAreaElement} box @param {string} id @param {string} label */
function shown(box, id, label) {
  box.id = id;
  box.readOnly = true;
  return element("p", { class: "mail-field" }, element("label", { for: id }, label), box);
}

/** @param {Pick<MailList, "public"|"reps">} list @param {MailTemplate} mail @param {Record<string, string>} known what is filled in already @param {Options} options */
export function letter(list, mail, known, { id, words, changed, used }) {
  const values = { ...writerValues(list), ...known };
  const subject = make("input", { type: "text" }), text = make("textarea", { rows: 12 });
  const status = element("p", { class: "told", role: "status" }), open = make("a", { className: "button", textContent: words.mail_open });
  const blanks = mail.placeholders.some(({ name }) => name === "email") ? mail.placeholders
    : [{ name: "email", label: words.mail_to, options: [], example: "", default: "" }, ...mail.placeholders];
  const fields = blanks.map((blank) => {
    const { row, input } = field(id, blank, own(values, blank.name) ?? "");
    input.oninput = () => {
      values[blank.name] = input.value;
      changed?.(blank.name, input.value);
      show();
    };
    return row;
  });
  function show() {
    subject.value = filled(mail.subject, mail, values);
    text.value = tracked(filled(mail.text, mail, values), list);
    const { href, isWhole } = mailto(own(values, "email") ?? "", subject.value, text.value), open_ = missing(mail, values);
    open.href = href;
    open.dataset.whole = isWhole ? "yes" : "no";
    status.textContent = open_.length ? fillIn(words.mail_missing, { names: open_.join(", ") }) : "";
  }
  /** @param {HTMLInputElement|HTMLTextAreaElement} box @param {string} done */
  const put = async (box, done) => {
    status.textContent = (await copy(box.value, box)) ? done : words.mail_by_hand;
    used?.();
  };
  open.onclick = () => void (open.dataset.whole === "no" ? put(text, words.mail_long) : used?.());
  const buttons = [open, make("button", { type: "button", className: "button quiet", textContent: words.mail_copy, onclick: () => void put(text, words.mail_copied) }),
    make("button", { type: "button", className: "button quiet", textContent: words.mail_copy_subject, onclick: () => void put(subject, words.mail_copied) })];
  show();
  return element("div", { class: "mail-form" }, ...(fields.length ? [element("div", { class: "mail-fields" }, ...fields)] : []),
    shown(subject, `${id}-subject`, words.mail_subject), shown(text, `${id}-text`, words.mail_text), element("p", { class: "ways" }, ...buttons), status);
}
