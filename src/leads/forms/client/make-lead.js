// A lead, made of the answers of a form.

/** @import { Answer, Entry } from "./types" */
/** @import { LeadConfig } from "./config" */
/** @import { Questions } from "./questions.js" */
import { attribution } from "./attribution.js";
import { began, pressed } from "./visit.js";
import { ulid } from "./base.js";
import { deliveries } from "./deliver.js";

/** Tells contents apart. @param {unknown} content */
export const fingerprint = (content) =>
  [...JSON.stringify(content)].reduce((sum, letter) => Math.imul(sum ^ (letter.codePointAt(0) ?? 0), 0x9e3779b1), 1);

/** A letter with the answers. Mail programs cut addresses beyond 2,000 characters.
 * @param {string} to @param {string} subject @param {string[]} lines */
function letter(to, subject, lines) {
  const start = `mailto:${to}?subject=${encodeURIComponent(subject)}&body=`;
  let body = [...lines.join("\r\n")];
  while (start.length + encodeURIComponent(body.join("")).length > 1900) body = body.slice(0, body.length * 0.9);
  return start + encodeURIComponent(body.join(""));
}

/** @typedef {{id: string|undefined, print: number, opened: number, follows: boolean}} Facts
 *   `id`: of the same lead, sent before; `opened`: when the page was; `follows`: may it be said where the visitor came from */

/** @param {LeadConfig} config @param {Questions} questions
 * @param {{fields: Record<string, Answer|undefined>, given: Record<string, boolean>}} answers @param {Facts} facts @returns {Entry} */
export function makeLead(config, questions, { fields, given }, { id, print, opened, follows }) {
  const { form, gate, page, consent, webhooks, mail } = config, born = Date.now();
  const { texts, lines } = questions.written(fields), way = attribution(follows, began);
  const cta = way.last && pressed();
  if (cta) way.cta = cta;
  const lead = {
    type: "lead.submitted", version: 1, id: id ?? `lead_${ulid()}`,
    timestamp: new Date(born).toISOString().replace(/\.\d+/, ""),
    data: {
      form, gate, fields, page,
      consent: consent.map(({ required, ...each }) => ({ ...each, given: given[each.id] })),
      attribution: way,
      meta: { elapsed_ms: born - opened },
    },
  };
  const written = mail ? letter(mail, page.title, [...lines, "", page.url, lead.id]) : "";
  return { lead, print, texts, born, mail: written, deliveries: deliveries(webhooks) };
}
