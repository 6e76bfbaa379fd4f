// Forms in the browser: checks the answers, sends the lead, and keeps it until somebody has confirmed it.
//
// Reads the `Config` that `features/forms` writes into each form as JSON. docs/lead.schema.json describes the lead,
// docs/theme.md the markup. On a page without a form it delivers what waits, and notes how the visit began. The call player
// sends its `call.outcome` through the same outbox: `send` and `known` are for `script.js`.
// Parameters are named after their types: an `entry` is an `Entry`, a `hook` a webhook and a `field` a field of the `Config`.

/** What is known. Only `waiting` is sent again unasked; what became of `unsure` nobody here can know.
 * @typedef {"confirmed"|"sent"|"waiting"|"unsure"|"refused"} State */
/** Back-off sends it at `next`; an event, such as a new visit, may from `floor` on.
 * @typedef {{hook: any, state: State, tries: number, next: number, floor: number}} Delivery */
/** `print` tells contents apart, `texts` are the consents' words, `mail` is a letter that says the same.
 * @typedef {{lead: any, print: number, texts: object, mail: string, born: number, deliveries: Delivery[]}} Entry */

const OUTBOX = "ringback.outbox.", SENT = "ringback.sent.", LEASE = "ringback.lease.", TOUCH = "ringback.touch";
const SECOND = 1000, HOUR = 3600 * SECOND, DAY = 24 * HOUR;
const OUTBOX_AGE = 7 * DAY;
/** A visitor leaves a few leads, a salesperson without a network has a day of calls. */
const OUTBOX_MOST = { lead: 20, call: 200 };
const PATIENCE = 15 * SECOND, LEAST_TIME = 2 * SECOND, LONGEST = 10_000;
/** From the best news to the worst. @type {State[]} */
const STATES = ["confirmed", "sent", "waiting", "unsure", "refused"];
/** The longest of what is only noted: addresses, and marks of campaigns. */
const LONGEST_ADDRESS = 2000, LONGEST_MARK = 200;
const opened = Date.now();

/** Null where it throws, as where storage is refused. @param {() => any} action */
function attempt(action) {
  try {
    return action();
  } catch {
    return null;
  }
}

const isText = (value, most = LONGEST) => typeof value === "string" && value.length <= most;

// Values: each gives what is sent, or null for what can't be right

/** @param {boolean} [lines] */
function clean(text, lines) {
  const whole = text.normalize().replace(/\r\n?/g, "\n").replace(/[^\P{Cc}\n\t]|\p{Cs}/gu, "");
  return (lines ? whole : whole.replace(/\s+/g, " ")).trim();
}

function webAddress(text) {
  const url = attempt(() => new URL(text.includes("://") ? text : `https://${text}`));
  return url?.protocol.startsWith("http") && url.hostname.includes(".") ? url.href : null;
}

/** The domain becomes what DNS has; what stands before the @ is the receiver's own. */
function email(text) {
  const [, local, domain] = /^([^\s@]{1,64})@([^\s@:/?#[\]\\%]+)$/.exec(text) ?? [];
  const host = webAddress(`http://${domain}`)?.slice(7, -1);
  return /^([a-z\d-]+\.)+(xn--[a-z\d-]+|[a-z]{2,})$/.test(host) ? `${local}@${host}` : null;
}

/** E.164 where the number or `dial` tells how, else as it was typed.
 * @param {?string} dial the country's code, and the length of its numbers or 0 where they begin with one: `47:8`, `46:0` */
function phone(text, dial) {
  const typed = text.normalize("NFKC").replace(/^tel:|\(0\)/gi, "");
  const digits = typed.replace(/\D/g, ""), [code, length] = dial?.split(":") ?? [];
  if (digits.length < 5 || digits.length > 20) return null;
  if (/^(\d{7,})\1$/.test(digits)) return null;
  // An extension, hours or a second number is never glued to the first.
  const isMore = /\d\D*\(\d*[^\d()]+\d*\)|\d[\s)]*\/\s*[+0]|\d.*\+|\(\d+\)\s*$/.test(typed);
  if (isMore || digits.length > 15 || /[^\d\s+()./\p{Pd}\u2212\p{Cf}]/u.test(typed)) return text;
  const world = /^\W*\+/.test(typed) ? digits : digits.startsWith("00") && digits.slice(2);
  const isZero = length === "0", isHome = isZero ? digits[0] === "0" : digits.length == length;
  // In +46 070 the zero is only dialled at home.
  if (world && !/^[1-9]\d{4,14}$/.test(world)) return null;
  if (world) return "+" + (isZero ? world.replace(RegExp(`^${code}0`), code) : world);
  if (isHome && code) return `+${code}${isZero ? digits.slice(1) : digits}`;
  return code && digits.startsWith(code) && digits.length > (Number(length) || 9) ? `+${digits}` : text;
}

// Checks: each gives a value, or the name of the words for what is wrong

/** @typedef {{value?: any, wrong?: string|false, with?: object}} Found */

/** @returns {Found} */
function answer(field, place) {
  const controls = controlsOf(place), [first] = controls, { type, required } = field;
  if (type === "consent") return { value: first.checked, wrong: required && !first.checked && type };
  if (type === "checkbox") return first.checked ? { value: true } : { wrong: required && "tick" };
  if (type.startsWith("choice")) {
    const values = controls.filter((each) => each.value && (each.checked || each.selectedOptions)).map((each) => each.value);
    return values.length ? { value: type === "choices" ? values : values[0] } : { wrong: required && "choose" };
  }
  if (first.validity.badInput) return { wrong: type };
  const text = clean(first.value, type === "textarea");
  return text ? readText(field, text) : { wrong: required && "required" };
}

/** @returns {Found} */
function readText({ type, dial, min, max, min_length: least = 0, max_length: most }, text) {
  const n = [...text].length, limit = Math.min(most ?? LONGEST, LONGEST);
  if (n > limit) return { wrong: "too_long", with: { n, max: limit } };
  if (n < least) return { wrong: "too_short", with: { min: least } };
  const read = { email, url: webAddress, tel: (text) => phone(text, dial), number: Number }[type];
  const value = read ? read(text) : text;
  if (value === null || Number.isNaN(value)) return { wrong: type };
  if (min != null && value < min) return { wrong: "too_small", with: { min } };
  if (max != null && value > max) return { wrong: "too_large", with: { max } };
  return { value };
}

/** Can anybody have this address? Without the list nobody is refused. @param {string} address @param {string} list */
async function isFreeMail(address, list) {
  const domains = await fetch(list).then((response) => response.json()).catch(() => []);
  return domains.includes(address.split("@").pop());
}

// Attribution

/** First and last touch. What isn't agreed to is neither sent nor kept. Addresses lose what follows the `?`, which may
 * be anything: only names that are known are read. @param {boolean} agreed */
function attribution(agreed) {
  if (!agreed || navigator.globalPrivacyControl) return forget(TOUCH), {};
  const query = new URLSearchParams(location.search);
  const touch = { landing: (location.origin + location.pathname).slice(0, LONGEST_ADDRESS) };
  for (const [name, value] of query) {
    if (CAMPAIGN.test(name)) touch[name] = [...clean(value.slice(0, LONGEST))].slice(0, LONGEST_MARK).join("");
  }
  const [referrer, host] = /^https?:\/\/([^/?#]+)[^?#]*/.exec(document.referrer.slice(0, LONGEST_ADDRESS)) ?? [];
  if (host && host !== location.host) touch.referrer = referrer;
  const rep = repIn(query.get("via")), known = recall(TOUCH), first = touchIn(known?.first), last = touchIn(known?.last);
  const isNew = !first || !last || rep || Object.keys(touch).length > 1;
  const all = { rep: rep ?? repIn(known?.rep), first: first ?? touch, last: isNew ? touch : last };
  remember(TOUCH, all);
  return all;
}

const CAMPAIGN = /^utm_(source|medium|campaign|term|content)$/;
const repIn = (value) => (isText(value) && /^[\w-]{1,80}$/.test(value) ? value : undefined);

/** A touch as it was kept, with nothing else in it; undefined if it is none. */
function touchIn(kept) {
  const isAddress = (value) => isText(value, LONGEST_ADDRESS) && /^https?:\/\/\S+$/.test(value);
  if (!isAddress(own(kept, "landing"))) return undefined;
  const isKnown = ([name, value]) => (/^(landing|referrer)$/.test(name) ? isAddress(value) : CAMPAIGN.test(name) && isText(value, 2 * LONGEST_MARK));
  return Object.fromEntries(Object.entries(kept).filter(isKnown));
}

// The lead

/** 48 bits of time and 80 random ones: ids sort by time. */
export function ulid() {
  const time = Array.from(Date.now().toString(32).padStart(10, "0"), (digit) => parseInt(digit, 32));
  const numbers = [...time, ...crypto.getRandomValues(new Uint8Array(16))];
  return numbers.map((number) => "0123456789ABCDEFGHJKMNPQRSTVWXYZ"[number % 32]).join("");
}
const fingerprint = (text) => [...text].reduce((sum, letter) => Math.imul(sum ^ letter.codePointAt(0), 0x9e3779b1), 1);

/** Mail programs cut addresses beyond 2,000 characters. @param {string} to @param {string} subject @param {string[]} lines */
function letter(to, subject, lines) {
  const start = `mailto:${to}?subject=${encodeURIComponent(subject)}&body=`;
  let body = [...lines.join("\r\n")];
  while (start.length + encodeURIComponent(body.join("")).length > 1900) body = body.slice(0, body.length * 0.9);
  return start + encodeURIComponent(body.join(""));
}

// What each kind of webhook gets

/** What an object has of its own under a name: not what all objects have, such as `constructor`. */
const own = (object, name) => (object && Object.hasOwn(object, name) ? object[name] : undefined);

/** Keys of a call's own record, and how others of them begin. A blank of such a name goes by another, `blank_rep`. */
const CALLS_OWN = /^((answers|path|notes|rep|started|duration_s|budget_s|promised|note)$|(call|script|outcome|meta|blank)_)/i;

/** One name for each value: `email`, `lead_id`, `page_url`, `consent_news`, `attribution_first_landing`; of a call
 * `call_id`, `outcome_id`, `note`, and its blanks. Lists of objects have no name: a call's note has them in words.
 * What somebody has filled in never stands in the place of what the record says.
 * @returns {Map<string, string>} */
function flatten({ data, ...lead }, { map, add }) {
  const { fields, blanks, consent = [], form, gate, ...rest } = data;
  const flat = new Map();
  const put = (value, name) => {
    if (Array.isArray(value)) value = typeof value[0] === "object" ? null : value.join(", ");
    if (value && typeof value === "object") for (const [key, each] of Object.entries(value)) put(each, name ? `${name}_${key}` : key);
    else if (value != null) flat.set(own(map, name) ?? name, String(value));
  };
  put({ [kindOf(lead)]: { ...lead, form, gate }, ...rest });
  for (const { id, given, ...receipt } of consent) put(given, `consent_${id}`), put(receipt, `consent_${id}`);
  const taken = new Set(flat.keys());
  for (const [id, value] of Object.entries(fields ?? blanks)) {
    const name = blanks && CALLS_OWN.test(id) ? `blank_${id}` : id;
    if (!taken.has(own(map, name) ?? name)) put(value, name);
  }
  for (const [name, value] of Object.entries(add)) if (!flat.has(name)) flat.set(name, value);
  return flat;
}

/** The answers under the receiver's names, with what else of the lead `map` names. */
function mapped(lead, hook) {
  const { map, add } = hook, ids = [...Object.keys(lead.data.fields), ...Object.keys(map)];
  const names = new Set([...Object.keys(add), ...ids.map((id) => own(map, id) ?? id)]);
  return [...flatten(lead, hook)].filter(([name]) => names.has(name));
}

/** HubSpot's own cookie tells it which visits somebody made: that is where they came from, too, and needs the same yes.
 * @param {{attribution?: object}} data of a lead */
function hubspotCookie({ attribution }) {
  if (!own(attribution, "first") || navigator.globalPrivacyControl) return undefined;
  return /(?:^|; *)hubspotutk=([\w-]{1,100})(?=;|$)/.exec(document.cookie)?.[1];
}

/** @type {Record<string, (lead: any, hook: any, entry: Entry) => [string, string]>} type and body */
const BODIES = {
  json(lead, { map, add, preflight }) {
    const name = lead.data.fields ? "fields" : "blanks";
    const given = Object.entries(lead.data[name]).map(([id, value]) => [own(map, id) ?? id, value]);
    lead.data[name] = Object.fromEntries([...Object.entries(add), ...given]);
    return [preflight ? "application/json" : "text/plain", JSON.stringify(lead)];
  },
  form: (lead, hook) => urlEncoded([...flatten(lead, hook)]),
  hubspot(lead, hook, { born, texts }) {
    const { page, consent } = lead.data, typeOf = ({ id }) => own(hook.subscriptions, id), wordsOf = ({ id }) => own(texts, id);
    const given = consent.filter((each) => each.given), basis = given.filter((each) => !typeOf(each));
    const text = (basis.length ? basis : given).map(wordsOf).join(" ");
    const communications = consent.filter(typeOf)
      .map((each) => ({ value: each.given, subscriptionTypeId: typeOf(each), text: wordsOf(each) }));
    return ["application/json", JSON.stringify({
      // A time far back is refused, and clocks may be wrong: what is old is dated on arrival.
      submittedAt: Date.now() - born < DAY ? born : undefined,
      fields: mapped(lead, hook).map(([name, value]) => ({ objectTypeId: "0-1", name, value })),
      context: { hutk: hubspotCookie(lead.data), pageUri: page.url, pageName: page.title },
      legalConsentOptions: consent.length ? { consent: { consentToProcess: !!text, text, communications } } : undefined,
    })];
  },
  salesforce(lead, hook) {
    const most = new Map([["last_name", 80], ["company", 40], ["first_name", 40]]);
    const fields = mapped(lead, hook).map(([name, value]) => [name, [...value].slice(0, most.get(name)).join("")]);
    return urlEncoded([["oid", hook.oid], ["retURL", hook.return], ...fields]);
  },
};

/** `lead` or `call`. */
const kindOf = ({ type }) => type.split(".")[0];

const urlEncoded = (pairs) => ["application/x-www-form-urlencoded", `${new URLSearchParams(pairs)}`];

// Delivery

/** Sends a lead to one webhook, once, and notes what is known then.
 * @returns {Promise<any>} the answer, where a gate may need it */
async function post(entry, delivery) {
  const { hook, tries } = delivery, lead = structuredClone(entry.lead);
  Object.assign(lead.data.meta, { queued_ms: Math.max(0, Date.now() - entry.born), attempt: tries });
  const [type, body] = BODIES[hook.kind](lead, hook, entry);
  const isOpaque = hook.confirm === "opaque";
  try {
    const response = await fetch(hook.url, {
      method: "POST", headers: { "Content-Type": type }, body, credentials: "omit",
      mode: isOpaque ? "no-cors" : "cors", signal: AbortSignal.timeout(PATIENCE),
      // Browsers refuse more than 64 KiB of requests that outlive the page, all together.
      keepalive: body.length * 3 * entry.deliveries.length < 60_000,
    });
    if (isOpaque) delivery.state = "sent";
    else judge(entry, delivery, response);
    if (delivery.state === "confirmed" && lead.data.gate) return await read(response);
  } catch {
    if (delivery.state === "waiting") later(delivery);
  }
}
function judge({ born }, delivery, { ok, status, redirected, headers }) {
  if (ok) {
    // Most redirects turn a POST into a GET, and a log-in page says 200, too: there, only data is an answer.
    delivery.state = redirected && !headers.get("Content-Type")?.includes("json") ? "sent" : "confirmed";
  } else if (status < 400 || status >= 500 || [408, 425, 429].includes(status)) {
    later(delivery, retryAfter(headers.get("Retry-After")) || (status === 429 ? 30 * SECOND : 0));
  } else {
    // The same lead always gets the same 400; what the owner can put right, such as a 404, is tried again, seldom.
    delivery.state = "refused";
    delivery.next = delivery.floor = [400, 413, 415, 422].includes(status) ? born + OUTBOX_AGE : Date.now() + 6 * HOUR;
  }
}

/** @param {string|null} value seconds or a date */
const retryAfter = (value) => Math.min(Number(value) * SECOND || Date.parse(value) - Date.now() || 0, DAY);

/** After 2 s, 8 s, 32 s … 1 h, each more or less. @param {number} asked what the receiver asks for */
function later(delivery, asked = 0) {
  const wait = Math.min(HOUR, 2 * SECOND * 4 ** (delivery.tries - 1)) * (0.5 + Math.random());
  delivery.next = Date.now() + Math.max(wait, asked);
  delivery.floor = Date.now() + (asked || Math.min(wait, 5 * SECOND));
}

/** The beginning of an answer of any size, as JSON if it is. */
async function read(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (let part; text.length < 100_000 && !(part = await reader.read()).done; ) text += part.value;
  reader.cancel();
  return attempt(() => JSON.parse(text)) ?? text;
}

// The outbox: one key of localStorage for each lead, so that tabs don't overwrite each other's

/** Where storage is refused or full, leads wait here while the page is open. @type {Map<string, Entry>} */
const memory = new Map();

const recall = (key) => attempt(() => JSON.parse(localStorage[key]));
const remember = (key, value) => attempt(() => (localStorage[key] = JSON.stringify(value)));
const forget = (key) => attempt(() => delete localStorage[key]);

/** @returns {Entry[]} */
function entries() {
  const keys = attempt(() => Object.keys(localStorage)) ?? [];
  const kept = keys.filter((key) => key.startsWith(OUTBOX)).map(recall);
  return [...memory.values(), ...kept].filter(isEntry);
}

/** Whatever else is in the storage is no lead of ours. @returns {boolean} */
function isEntry(entry) {
  const { lead, born, deliveries } = entry ?? {}, isId = isText(lead?.id, 40) && /^(lead|call)_[0-9A-Z]{26}$/.test(lead.id);
  const isDelivery = (each) => STATES.includes(each?.state) && isText(each.hook?.url) && Object.hasOwn(BODIES, each.hook.kind);
  const isKnown = isId && /^(lead|call)\.\w+$/.test(lead.type) && typeof lead.data === "object" && typeof lead.data?.meta === "object";
  return isKnown && Number.isFinite(born) && Array.isArray(deliveries) && deliveries.every(isDelivery);
}

function load(id) {
  const kept = memory.get(id) ?? recall(OUTBOX + id);
  return isEntry(kept) ? kept : undefined;
}

function save(entry) {
  const { id, type } = entry.lead, others = entries().filter(({ lead }) => lead.id !== id && lead.type === type);
  if (others.length < OUTBOX_MOST[kindOf(entry.lead)] && remember(OUTBOX + id, entry)) memory.delete(id);
  else memory.set(id, entry);
}

function drop(id) {
  memory.delete(id);
  forget(OUTBOX + id);
}

/** Does `work` unless this or another tab is at the same lead. @param {() => Promise<void>} work */
async function alone(id, work) {
  if (navigator.locks) await navigator.locks.request(OUTBOX + id, { ifAvailable: true }, (lock) => lock && work());
  else if (await lease(id)) await work().finally(() => forget(LEASE + id));
}

/** There are no locks on plain http: whoever still stands in the lease after a moment has it. */
async function lease(id) {
  const mine = { until: Date.now() + 2 * PATIENCE, by: ulid() };
  const until = recall(LEASE + id)?.until;
  if (until > Date.now() && until <= mine.until) return false;
  if (!remember(LEASE + id, mine)) return true;
  await new Promise((done) => setTimeout(done, 50 + 50 * Math.random()));
  return recall(LEASE + id)?.by === mine.by;
}

/** The best that is known. @returns {State} */
const outcome = ({ deliveries }) => STATES.find((state) => deliveries.some((each) => each.state === state));

/** Where it may be sent unasked. */
const open = ({ born, deliveries }) =>
  deliveries.filter(({ state, next }) => state === "waiting" || (state === "refused" && next < born + OUTBOX_AGE));

/** Sends a lead wherever it is due, and tells what came of it. @param {"next"|"floor"} when */
async function deliver(id, when) {
  const entry = load(id);
  const due = entry && navigator.onLine ? open(entry).filter((each) => each[when] <= Date.now()) : [];
  if (!due.length) return;
  for (const each of due) {
    each.tries++;
    // Should the page go away now, nobody learns what came of it, and it must not be sent again.
    each.state = each.hook.confirm === "opaque" ? "unsure" : "waiting";
  }
  save(entry);
  const answers = (await Promise.all(due.map((each) => post(entry, each)))).filter(Boolean);
  const state = outcome(entry), { form, gate } = entry.lead.data, isThere = STATES.indexOf(state) < 2;
  if (isThere && !open(entry).length) drop(id);
  else save(entry);
  if (isThere) remember(sentOf(entry.lead), { id, print: entry.print, state, at: Date.now() });
  // gate.js finds it there, even if it was another page that got the answer.
  if (gate && answers.length) remember(`ringback.answer.${gate}`, answers);
  tell(entry.lead, state, answers);
}

/** Where it is remembered what the last of a form was, or the last call. */
const sentOf = ({ type, data }) => SENT + (data.form ?? type);

/** @returns {{id: string, print: number, state: State, at: number}|undefined} */
function lastSent(key) {
  const sent = recall(key);
  return isText(sent?.id, 40) && /^(lead|call)_[0-9A-Z]{26}$/.test(sent.id) && STATES.includes(sent.state) ? sent : undefined;
}

/** @param {any[]} [answers] */
function tell(lead, state, answers = []) {
  const { id, data: { form, gate } } = lead;
  const detail = { id, form, gate, state, answer: answers.length > 1 ? answers : answers[0] ?? null };
  // Who has something better to show, as gate.js has, prevents the default and takes the focus.
  const event = new CustomEvent(`ringback:${kindOf(lead)}`, { detail, cancelable: true });
  const isFree = STATES.indexOf(state) > 2 || document.dispatchEvent(event);
  for (const each of forms) if (each.id === id) each.show(state, isFree && each.isBusy);
}

/** Keeps it, and sends it now, except where the receiver has asked for time. @param {Entry} entry */
async function submit(entry) {
  for (const each of entry.deliveries) {
    if (STATES.indexOf(each.state) > 2) Object.assign(each, { state: "waiting", floor: 0 });
  }
  save(entry);
  await alone(entry.lead.id, () => deliver(entry.lead.id, "floor"));
}

let timer = 0;

/** Goes through the outbox. @param {"next"|"floor"} when */
async function sweep(when) {
  for (const { lead, born } of entries()) if (Date.now() - born > OUTBOX_AGE) drop(lead.id);
  await Promise.all(entries().map(({ lead }) => alone(lead.id, () => deliver(lead.id, when))));
  clearTimeout(timer);
  const wait = Math.min(...entries().flatMap(open).map((each) => each[when])) - Date.now();
  if (wait < Infinity) timer = setTimeout(sweep, Math.max(SECOND, Math.min(wait, HOUR)), when);
}

// The call player's way in

/** Keeps something for a webhook, and sends it at once if it can. What comes of it is told by `ringback:call`.
 * @param {any} lead with an id, and `data.meta` @param {any[]} hooks */
export async function send(lead, hooks) {
  const { id } = lead, deliveries = hooks.map((hook) => ({ hook, state: "waiting", tries: 0, next: 0, floor: 0 }));
  await submit(load(id) ?? { lead, print: 0, texts: {}, mail: "", born: Date.now(), deliveries });
  sweep("next");
}

/** What is known of something that was sent, also by another tab; nothing where nobody remembers.
 * @returns {State|undefined} */
export function known(lead) {
  const entry = load(lead.id), sent = lastSent(sentOf(lead));
  return entry ? outcome(entry) : sent?.id === lead.id ? sent.state : undefined;
}

// The form

/** @returns {HTMLInputElement[]} */
const controlsOf = (place) => [...place.querySelectorAll("input, select, textarea")];

/** @returns {any} */
const part = (root, name) => root.querySelector(`[data-lead-${name}]`);

/** A form on the page; theme authors say by `data-lead-…` which part is which. */
class LeadForm {
  constructor(root) {
    this.root = root;
    this.form = root.querySelector("form");
    this.config = JSON.parse(part(root, "config").textContent);
    this.words = JSON.parse(part(root, "words").textContent);
    /** The lead that is shown. */
    this.id = "";
    this.isBusy = this.isHuman = this.isSure = false;
    this.form.noValidate = true;
    root.dataset.ready = "";
    this.form.onsubmit = (event) => (event.preventDefault(), this.once(() => this.submit()));
    this.form.oninput = ({ target }) => this.check(([, place]) => place?.contains(target) && "wrong" in place.dataset);
    for (const kind of ["keydown", "pointerdown", "input", "click"]) {
      this.form.addEventListener(kind, ({ isTrusted }) => (this.isHuman ||= isTrusted));
    }
    const press = (name, action) => (part(root, name).onclick = (event) => event.isTrusted && this.once(action));
    press("retry", () => this.send(load(this.id)));
    press("again", () => this.reopen());
    press("sure", () => ((this.isSure = true), this.submit()));
    const [last] = this.waiting().sort((a, b) => b.born - a.born);
    if (last) this.id = last.lead.id;
    if (last) this.show(Date.now() - last.born > OUTBOX_AGE ? "refused" : outcome(last));
  }

  /** Two clicks are one. @param {() => any} action */
  async once(action) {
    if (this.isBusy) return;
    this.isBusy = true;
    await Promise.resolve(action()).finally(() => (this.isBusy = false));
  }

  /** @returns {Entry[]} */
  waiting() {
    return entries().filter(({ lead }) => lead.data.form === this.config.form);
  }

  /** What is asked, and where. Nothing else in the page is looked at. @returns {[any, HTMLElement|null][]} */
  questions() {
    const find = (kind, { id }) => this.form.querySelector(`[data-${kind}="${CSS.escape(id)}"]`);
    return [
      ...this.config.fields.map((field) => [field, find("field", field)]),
      ...this.config.consent.map((each) => [{ ...each, type: "consent" }, find("consent", each)]),
    ];
  }

  /** Reads the answers, and says beside each what is wrong with it. @param {(question: any) => boolean} [which] */
  async check(which = () => true) {
    const fields = Object.create(null), given = Object.create(null), wrong = [];
    for (const [field, place] of this.questions().filter(which)) {
      const found = place ? answer(field, place) : { wrong: field.required };
      if (found.value && field.work_only && (await isFreeMail(found.value, this.config.free_mail))) found.wrong = "work_only";
      if (found.wrong) wrong.push(place ?? this.form);
      (field.type === "consent" ? given : fields)[field.id] = found.value;
      if (place) this.mark(place, found);
    }
    return { fields, given, wrong };
  }

  /** @param {Found} found */
  mark(place, { wrong, with: values }) {
    const error = part(place, "error");
    error.textContent = wrong ? this.word(wrong, values) : "";
    error.hidden = !wrong;
    for (const control of controlsOf(place)) control.ariaInvalid = wrong && control.type !== "radio" ? "true" : null;
    place.toggleAttribute("data-wrong", !!wrong);
  }

  async submit() {
    const { fields, given, wrong } = await this.check();
    // A machine is as quick as this, but so are browsers that fill forms in: asking once more loses nobody.
    const isOdd = part(this.form, "trap").value || Date.now() - opened < LEAST_TIME || !this.isHuman;
    if (wrong.length) {
      this.say("wrong", wrong.length > 1 ? "wrong_many" : "wrong_one", { n: wrong.length });
      controlsOf(wrong[0])[0].focus();
    } else if (isOdd && !this.isSure) {
      this.say("sure");
      part(this.root, "sure").focus();
    } else {
      await this.send(this.entry(fields, given));
    }
  }

  /** This content's lead. A reload, the back button or another tab may bring the same again: the id is the same, too.
   * @param {object} fields @param {object} given @returns {Entry|void} none if it is known to have arrived */
  entry(fields, given) {
    const { form, gate, page, consent, webhooks, attribution: mode, mail } = this.config;
    const print = fingerprint(JSON.stringify([gate, fields, given])), waiting = this.waiting();
    const same = waiting.find((entry) => entry.print === print);
    if (same) return same;
    for (const entry of waiting) if (STATES.indexOf(outcome(entry)) > 2) drop(entry.lead.id);
    const sent = lastSent(SENT + form), isSent = sent?.print === print && Date.now() - sent.at < DAY;
    // At a gate somebody asks for the key again.
    if (isSent && !gate) return void ((this.id = sent.id), this.show(sent.state, true));
    const born = Date.now(), texts = Object.create(null), lines = [];
    for (const [{ id, type }, place] of this.questions()) {
      const text = place && clean(part(place, "text").textContent);
      if (type === "consent") texts[id] = text;
      else if (fields[id] !== undefined) lines.push(`${text}: ${fields[id]}`);
    }
    const lead = {
      type: "lead.submitted", version: 1, id: isSent ? sent.id : `lead_${ulid()}`,
      timestamp: new Date(born).toISOString().replace(/\.\d+/, ""),
      data: {
        form, gate, fields, page,
        consent: consent.map(({ required, ...each }) => ({ ...each, given: given[each.id] })),
        attribution: attribution(mode === "always" || (mode === "consent" && part(this.form, "attribution")?.checked)),
        meta: { elapsed_ms: born - opened },
      },
    };
    return {
      lead, print, texts, born, mail: mail && letter(mail, page.title, [...lines, "", page.url, lead.id]),
      deliveries: webhooks.map((hook) => ({ hook, state: "waiting", tries: 0, next: 0, floor: 0 })),
    };
  }

  /** Sends it now, except where the receiver has asked for time. @param {Entry|null|void} entry */
  async send(entry) {
    if (!entry) return;
    const { id } = entry.lead;
    this.id = id;
    this.say("sending");
    await submit(entry);
    // Without a connection, or while another tab sends it, nothing was told.
    if (this.root.dataset.state === "sending") tell(entry.lead, outcome(load(id) ?? entry));
    sweep("next");
  }

  /** The empty form, for another question. */
  reopen() {
    this.say((this.id = ""));
    this.form.hidden = false;
    controlsOf(this.form)[0].focus();
  }

  /** Tells what is known, no more. @param {boolean} [leads] does the focus go there? */
  show(state, leads) {
    this.say(state, state === "waiting" && memory.has(this.id) ? "waiting_here" : state);
    this.form.hidden = state !== "refused";
    if (STATES.indexOf(state) < 2) this.form.reset();
    const mail = load(this.id)?.mail;
    if (mail) part(this.root, "mail").href = mail;
    if (leads) part(this.root, "outcome").focus();
  }

  /** @param {string} state what can be done now is marked with it @param {string} [word] @param {object} [values] */
  say(state, word = state, values) {
    this.root.dataset.state = state;
    part(this.root, "status").textContent = this.word(word, values);
    for (const each of this.root.querySelectorAll("[data-lead-when]")) {
      each.hidden = !each.dataset.leadWhen.split(" ").includes(state);
    }
  }

  /** @param {object} [values] */
  word(name, values) {
    return (own(this.words, name) ?? "").replace(/\{(\w+)\}/g, (_, key) => own(values, key) ?? "");
  }
}

/** @type {LeadForm[]} */
const forms = [];
function start() {
  for (const root of document.querySelectorAll("[data-lead]:not([data-ready])")) forms.push(new LeadForm(root));
}
start();
document.addEventListener("ringback:open", start);
const mode = document.querySelector("[data-attribution]")?.dataset.attribution;
attribution(mode === "always" || (mode === "consent" && recall(TOUCH)));
for (const kind of ["online", "pageshow"]) addEventListener(kind, () => sweep("floor"));
addEventListener("storage", ({ key }) => {
  // Another tab has delivered it.
  const sent = key?.startsWith(SENT) && lastSent(key);
  for (const form of forms) if (sent && form.id === sent.id) form.show(sent.state);
});
sweep("floor");
