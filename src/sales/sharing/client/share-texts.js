// The texts that are handed on, filled by the same rules as in `sales/sharing/texts.rs`: a test compares them.

/** @import { ShareConfig } from "./config" */
/** @import { Rep } from "./reps" */
import { LONGEST_MAIL } from "../../../theme/client/words.js";

/** @param {string} text @param {Record<string, string>} values */
function isVoid(text, values) {
  const names = [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
  return names.length > 0 && names.every((name) => values[name] === "");
}

/** Puts values in the places of their names in braces. A line, or a paragraph, in which there are names and all of their
 * values are empty, is left out. @param {string} template @param {Record<string, string>} values */
export function fill(template, values) {
  const line = (/** @type {string} */ text) => text.replace(/\{(\w+)\}/g, (whole, name) => (Object.hasOwn(values, name) ? values[name] : whole));
  const paragraphs = template.trim().split(/\n{2,}/).filter((paragraph) => !isVoid(paragraph, values));
  const lines = (/** @type {string} */ paragraph) => paragraph.split("\n").filter((text) => !isVoid(text, values));
  return paragraphs.map((paragraph) => lines(paragraph).map(line).join("\n")).join("\n\n");
}

/** Everything but letters, digits and `-._~`, so that no program takes a sign for its own. @param {string} text */
const encode = (text) => encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/** Who hands on, to whom, and whether the link opens the gate.
 * @typedef {{id: string, rep?: Pick<Rep, "name"|"role"|"phone"|"email">, to: string, opens: boolean}} Asked */

/** @param {ShareConfig} config @param {Record<string, string>} words @param {Asked} asked */
export function textsOf(config, words, { id, rep, to, opens }) {
  const tracked = id ? `${config.link}?via=${id}` : config.link;
  const link = opens ? tracked + (config.unlock ?? "") : tracked;
  const name = to.trim().replace(/\s+/g, " ");
  /** @param {string} link @param {string} opens */
  const values = (link, opens) => ({
    greeting: fill(words[name ? "share_greeting" : "share_greeting_all"], { to: name }),
    to: name, link, title: config.title, description: config.description, organization: config.organization,
    takeaways: config.takeaways.map((text) => `• ${text}`).join("\n"), opens,
    rep: rep?.name ?? "", role: rep?.role ?? "", phone: rep?.phone ?? "", email: rep?.email ?? "",
  });
  const own = values(link, opens ? words.share_opens : "");
  const [subject, email, sms] = ["email_subject", "email_text", "sms_text"].map((word) => fill(words[`share_${word}`], own));
  // A key in a post opens the gate for everybody.
  const linkedin = fill(words.share_linkedin_text, values(tracked, ""));
  /** @param {string} text */
  const mail = (text) => `mailto:?subject=${encode(subject)}&body=${encode(text.replaceAll("\n", "\r\n"))}`;
  const mailto = mail(email);
  return {
    texts: { link, subject, email, linkedin, sms },
    links: {
      mail: mailto.length > LONGEST_MAIL ? mail(sms) : mailto,
      post: `https://www.linkedin.com/sharing/share-offsite/?url=${encode(tracked)}`,
      message: `sms:?&body=${encode(sms)}`,
    },
    tracked,
  };
}
