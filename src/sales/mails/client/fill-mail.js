// An email in somebody's name and for somebody: placeholders filled in, links that say who shares them.

/** @import { MailList, MailTemplate } from "./config" */
import { attempt, own } from "../../../theme/client/attempt.js";
import { LONGEST_MAIL } from "../../../theme/client/words.js";

/** The id of the rep who uses this browser, which the share kit keeps. */
const REP = "ringback.rep";

/** @param {Pick<MailList, "public"|"reps">} list @returns {string} the id of the one who writes; nothing for anybody else */
export function writer(list) {
  const id = String(attempt(() => localStorage.getItem(REP)) ?? "").replaceAll('"', "");
  return own(list.reps, id) ? id : "";
}

/** What is known of the one who writes. @param {Pick<MailList, "public"|"reps">} list @returns {Record<string, string>} */
export function writerValues(list) {
  const rep = own(list.reps, writer(list));
  return rep ? { rep: rep.name, rep_phone: rep.phone, rep_email: rep.email } : {};
}

/** @param {Pick<MailTemplate, "placeholders">} mail @param {Record<string, string>} values @param {string} name */
const valueOf = (mail, values, name) => own(values, name)?.trim() || mail.placeholders.find((each) => each.name === name)?.default || "";

/** A text with its placeholders filled in; one that isn't known is its label in brackets.
 * @param {string} text @param {Pick<MailTemplate, "placeholders">} mail @param {Record<string, string>} values */
export const filled = (text, mail, values) => text.replace(/\{\{([^{}]+)\}\}/g, (_, inner) => {
  const name = inner.trim();
  return valueOf(mail, values, name) || `[${mail.placeholders.find((each) => each.name === name)?.label ?? name}]`;
});

/** The labels of what is still to be filled in. @param {Pick<MailTemplate, "placeholders">} mail @param {Record<string, string>} values */
export const missing = (mail, values) => mail.placeholders.filter(({ name }) => !valueOf(mail, values, name)).map(({ label }) => label);

/** Links to the site's own pages, with whose they are. @param {string} text @param {Pick<MailList, "public"|"reps">} list */
export function tracked(text, list) {
  const id = writer(list);
  if (!id || !/^[\w-]{1,80}$/.test(id)) return text;
  return text.replace(/https?:\/\/[^\s<>"]*[^\s<>".,:;!?)\]]/g, (address) => {
    if (!address.startsWith(list.public)) return address;
    const url = attempt(() => new URL(address));
    if (!url || url.searchParams.has("via")) return address;
    url.searchParams.set("via", id);
    return url.href;
  });
}

/** Everything but letters, digits and `-._~`, so that no program takes a sign for its own. @param {string} text */
const encode = (text) => encodeURIComponent(text.toWellFormed?.() ?? text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/** A link that opens the mail program, and whether the text is in it: some programs cut long ones.
 * @param {string} to @param {string} subject @param {string} body */
export function mailto(to, subject, body) {
  // An address is one address, whatever is written there: RFC 6068.
  const address = encode(to.trim()).replaceAll("%40", "@"), start = `mailto:${address}?subject=${encode(subject)}`;
  const whole = `${start}&body=${encode(body.replaceAll("\n", "\r\n"))}`;
  return whole.length > LONGEST_MAIL ? { href: start, isWhole: false } : { href: whole, isWhole: true };
}
