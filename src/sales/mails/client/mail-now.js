// "Email it now", within a call: the team's emails in the script's language, filled in with what the call knows.
//
// Reads the `MailList` of sales/mails/data.rs. The player loads this when somebody first asks for it.

/** @import { MailList, MailTemplate } from "./config" */
import { all, find, json } from "../../../theme/client/find.js";
import { make } from "../../../theme/client/make.js";
import { filled, writerValues } from "./fill-mail.js";
import { letter } from "./letter.js";

/** What the player gives: what the call knows, and who hears what is filled in and which email was used.
 * @typedef {{values: () => Record<string, string>, fill: (name: string, value: string) => void, used: (title: string) => void}} Call */

/** @type {Promise<MailList>|undefined} */
let loading;

/** @param {string} text */
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** Opens the dialog. @param {Call} call */
export async function openMails(call) {
  const dialog = find(document, "[data-mail-now]", HTMLDialogElement), words = json(dialog, "[data-mail-words]");
  const place = find(dialog, "[data-mail-letter]", HTMLElement), names = find(dialog, "[data-mail-names]", HTMLElement);
  const search = find(dialog, "[data-mail-find]", HTMLInputElement), status = find(dialog, "[data-mail-status]", HTMLElement);
  find(dialog, "[data-mail-close]", HTMLButtonElement).onclick = () => dialog.close();
  place.replaceChildren();
  names.hidden = false;
  search.value = status.textContent = "";
  const { look } = dialog.dataset;
  if (look) {
    document.head.append(make("link", { rel: "stylesheet", href: look }));
    delete dialog.dataset.look;
  }
  if (!dialog.open) dialog.showModal();
  loading ??= fetch(dialog.dataset.mails ?? "").then((response) => (response.ok ? response.json() : Promise.reject(response)));
  const list = await loading.catch(() => null);
  if (!list) {
    loading = undefined;
    status.textContent = words.mail_unloaded;
    return;
  }
  /** @param {MailTemplate} mail */
  const choose = (mail) => {
    names.hidden = true;
    place.replaceChildren(make("h2", { textContent: mail.title, tabIndex: -1 }), letter(list, mail, call.values(), {
      id: "call-mail", words, changed: call.fill, used: () => call.used(mail.title),
    }));
    find(place, "h2", HTMLElement).focus();
  };
  names.replaceChildren(...list.mails.map((mail) => make("li", {}, make("button", { type: "button", onclick: () => choose(mail) }, make("b", {}, mail.title), " ", make("span", {}, filled(mail.subject, mail, { ...writerValues(list), ...call.values() }))))));
  search.oninput = () => {
    place.replaceChildren();
    names.hidden = false;
    const asked = plain(search.value).split(/\s+/);
    for (const item of all(names, "li", HTMLElement)) item.hidden = !asked.every((word) => plain(item.textContent ?? "").includes(word));
    status.textContent = all(names, "li:not([hidden])", HTMLElement).length ? "" : words.mail_none;
  };
  search.onkeydown = (event) => {
    if (event.key === "Enter") all(names, "li:not([hidden]) button", HTMLButtonElement)[0]?.click();
  };
  search.focus();
}
