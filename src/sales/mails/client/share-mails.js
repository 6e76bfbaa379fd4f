// The team's own emails in the share kit: those that have a place for a link, chosen instead of the theme's text.
//
// Reads the `MailList` of sales/mails/data.rs. The share kit loads this when it is opened, where there are emails.

/** @import { MailList, MailTemplate } from "./config" */
import { find } from "../../../theme/client/find.js";
import { filled, mailto } from "./fill-mail.js";

/** What the kit knows. @typedef {{link: string, title: string, to: string, rep?: {name: string, phone?: string|null, email?: string|null}}} Known */

/** @param {MailTemplate} mail */
const hasLink = ({ subject, text }) => /\{\{\s*link\s*\}\}/.test(subject + text);

/** Offers the emails in a list. @param {HTMLElement} root of the kit @param {() => void} changed somebody chose
 * @returns {Promise<(known: Known) => {subject: string, email: string, mail: string}|null>} what is chosen, filled in */
export async function offer(root, changed) {
  const row = find(root, "[data-share-mails]", HTMLElement), choice = find(row, "select", HTMLSelectElement);
  /** @type {MailList} */
  const list = await fetch(root.dataset.mails ?? "").then((response) => response.json());
  const mails = list.mails.filter(hasLink);
  for (const [index, { title }] of mails.entries()) choice.append(new Option(title, String(index)));
  row.hidden = !mails.length;
  choice.onchange = changed;
  return ({ link, title, to, rep }) => {
    const mail = choice.value ? mails[Number(choice.value)] : undefined;
    if (!mail) return null;
    const values = { link, title, first_name: to, rep: rep?.name ?? "", rep_phone: rep?.phone ?? "", rep_email: rep?.email ?? "" };
    const subject = filled(mail.subject, mail, values), email = filled(mail.text, mail, values);
    return { subject, email, mail: mailto("", subject, email).href };
  };
}
