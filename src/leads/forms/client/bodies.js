// What each kind of webhook gets of a lead. `doctor` and the inbox of `serve` make the same in Rust (`doctor/lead.rs`); a test
// runs both.

/** @import { Data, Entry, Lead, Receiver } from "./types" */
import { own } from "../../../theme/client/attempt.js";
import { DAY, kindOf } from "./base.js";

/** Keys of a call's own record, and how others of them begin. A placeholder of such a name goes by another, `placeholder_rep`. */
const CALLS_OWN = /^((answers|attempt(_of)?|budget_s|duration_s|ended|fields|note|notes|objections|owner_(email|id|name)|path|promised|re(ached|commended_by|ferral|p|vision)|score|sent|started)$|(call|contact_ids|meta|outcome|placeholder|recommended_by|score|script|spoken_defaults)_)/i;

/** What is needed of an entry. @typedef {Pick<Entry, "born"|"texts">} Kept */
/** Type and body. @typedef {[type: string, body: string]} Body */

/** The body for one webhook. @param {Lead} lead a copy, which may be changed @param {Receiver} hook @param {Kept} entry @returns {Body} */
export function bodyFor(lead, hook, entry) {
  const make = own(BODIES, hook.kind);
  if (!make) throw new Error(`no webhook is of the kind ${hook.kind}`);
  return make(lead, hook, entry);
}

/** Is there a body for this kind? @param {unknown} kind */
export const isKind = (kind) => typeof kind === "string" && Object.hasOwn(BODIES, kind);

/** One name for each value: `email`, `lead_id`, `page_url`, `consent_news`, `attribution_first_landing`; of a call
 * `call_id`, `outcome_id`, `note`, and its placeholders. Lists of objects have no name: a call's note has them in words.
 * What somebody has filled in never stands in the place of what the record says.
 * @param {Lead} lead @param {Receiver} hook @returns {Map<string, string>} */
function flatten({ data, ...lead }, { map, add }) {
  const { fields, placeholders, consent = [], form, gate, ...rest } = data;
  /** @type {Map<string, string>} */
  const flat = new Map();
  /** @param {unknown} value @param {string} [name] */
  const put = (value, name = "") => {
    if (Array.isArray(value)) value = placeholders || typeof value[0] === "object" ? null : value.join(", ");
    if (value && typeof value === "object") for (const [key, each] of Object.entries(value)) put(each, name ? `${name}_${key}` : key);
    else if (value != null) flat.set(own(map, name) ?? name, String(value));
  };
  put({ [kindOf(lead)]: { ...lead, form, gate }, ...rest });
  for (const { id, given, ...receipt } of consent) {
    put(given, `consent_${id}`);
    put(receipt, `consent_${id}`);
  }
  const taken = new Set(flat.keys());
  for (const [id, value] of Object.entries({ ...placeholders, ...fields })) {
    const name = placeholders && CALLS_OWN.test(id) ? `placeholder_${id}` : id;
    if (!taken.has(own(map, name) ?? name)) put(value, name);
  }
  for (const [name, value] of Object.entries(add ?? {})) if (!flat.has(name)) flat.set(name, value);
  return flat;
}

/** The answers under the receiver's names, with what else of the lead `map` names. @param {Lead} lead @param {Receiver} hook */
function mapped(lead, hook) {
  const { map = {}, add = {} } = hook, ids = [...Object.keys(lead.data.fields ?? {}), ...Object.keys(map)];
  const names = new Set([...Object.keys(add), ...ids.map((id) => own(map, id) ?? id)]);
  return [...flatten(lead, hook)].filter(([name]) => names.has(name));
}

/** HubSpot's own cookie tells it which visits somebody made: that is where they came from, too, and needs the same yes.
 * @param {Data} data of a lead */
function hubspotCookie({ attribution }) {
  if (!attribution || !Object.hasOwn(attribution, "first") || navigator.globalPrivacyControl) return undefined;
  return /(?:^|; *)hubspotutk=([\w-]{1,100})(?=;|$)/.exec(document.cookie)?.[1];
}

/** @type {Record<string, (lead: Lead, hook: Receiver, entry: Kept) => Body>} */
const BODIES = {
  json(lead, { map, add, preflight }) {
    const { data } = lead, renamed = (/** @type {typeof data.fields} */ all = {}) => Object.entries(all).map(([id, value]) => [own(map, id) ?? id, value]);
    // What is added to a call is no answer of the other person.
    const name = data.placeholders ? "placeholders" : "fields";
    if (data.placeholders) data.fields = Object.fromEntries(renamed(data.fields));
    data[name] = Object.fromEntries([...Object.entries(add ?? {}), ...renamed(data[name])]);
    return [preflight ? "application/json" : "text/plain", JSON.stringify(lead)];
  },
  form: (lead, hook) => urlEncoded([...flatten(lead, hook)]),
  hubspot(lead, hook, { born, texts }) {
    const { page, consent = [] } = lead.data;
    const typeOf = (/** @type {{id: string}} */ { id }) => own(hook.subscriptions, id);
    const wordsOf = (/** @type {{id: string}} */ { id }) => own(texts, id);
    const given = consent.filter((each) => each.given), basis = given.filter((each) => !typeOf(each));
    const text = (basis.length ? basis : given).map(wordsOf).join(" ");
    const communications = consent.filter(typeOf)
      .map((each) => ({ value: each.given, subscriptionTypeId: typeOf(each), text: wordsOf(each) }));
    return ["application/json", JSON.stringify({
      // A time far back is refused, and clocks may be wrong: what is old is dated on arrival.
      submittedAt: Date.now() - born < DAY ? born : undefined,
      fields: mapped(lead, hook).map(([name, value]) => ({ objectTypeId: "0-1", name, value })),
      context: { hutk: hubspotCookie(lead.data), pageUri: page?.url, pageName: page?.title },
      legalConsentOptions: consent.length ? { consent: { consentToProcess: !!text, text, communications } } : undefined,
    })];
  },
  salesforce(lead, hook) {
    const most = new Map([["last_name", 80], ["company", 40], ["first_name", 40]]);
    const fields = mapped(lead, hook).map(([name, value]) => [name, [...value].slice(0, most.get(name)).join("")]);
    return urlEncoded([["oid", hook.oid ?? ""], ["retURL", hook.return ?? ""], ...fields]);
  },
};

/** @param {string[][]} pairs @returns {Body} */
const urlEncoded = (pairs) => ["application/x-www-form-urlencoded", `${new URLSearchParams(pairs)}`];
