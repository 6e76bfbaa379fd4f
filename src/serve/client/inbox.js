// The local inbox: shows what the forms of a served site have sent, as it comes in, and tells it what to answer.
//
// Reads what `Inbox::json` (serve/inbox/mod.rs) writes, and hears the events of serve/http/mod.rs.

/** @import { Choice, Inbox } from "./inbox-json" */
/** @import { Received, WebhookPreview } from "./received" */
import { attempt, own } from "../../theme/client/attempt.js";
import { all, find } from "../../theme/client/find.js";
import { element } from "../../theme/client/make.js";
import { isMap } from "../../theme/client/storage.js";

/** @type {Record<string, string>} */
const KINDS = { json: "JSON", form: "Form", hubspot: "HubSpot", salesforce: "Salesforce" };

/** @param {string} id */
const byId = (id) => find(document, `#${id}`, HTMLElement);

/** Names and values, side by side. @param {[name: string, value: unknown][]} pairs */
const list = (pairs) => element("dl", {}, ...pairs.flatMap(([name, value]) => [
  element("dt", {}, name),
  element("dd", {}, Array.isArray(value) ? value.join(", ") : String(value)),
]));

/** Leads say themselves which page they come from: what isn't an address of the web becomes no link. @param {unknown} url */
const address = (url) => (typeof url === "string" && /^https?:\/\//.test(url) ? url : null);

/** A text that can be copied. @param {string} label @param {string} text */
const code = (label, text) => element("pre", { tabindex: "0", role: "region", "aria-label": label }, text);

/** What a result of a call says in a word or a number. @param {Record<string, unknown>} data */
const simple = (data) => Object.entries(data).filter(([, value]) => ["string", "number", "boolean"].includes(typeof value));

/** JSON with line breaks, or what it is. @param {string} text */
const pretty = (text) => attempt(() => JSON.stringify(JSON.parse(text), null, 2)) ?? text;

/** What one kind of webhook gets. @param {WebhookPreview} sent @param {Received} received */
function kind(sent, received) {
  const label = own(KINDS, sent.kind) ?? sent.kind;
  const isForm = sent.content_type.includes("urlencoded");
  const about = sent.is_own
    ? `This is what your webhook “${received.hook}” receives, at ${sent.url}.`
    : `This is what a webhook of the kind “${sent.kind}” would receive. Map names to its own in ringback.yaml.`;
  return element("details", { name: `kind-${received.number}` },
    element("summary", {}, label, sent.is_own ? element("span", { class: "own" }, "yours") : null),
    element("p", {}, about),
    element("p", { class: "type" }, "POST, ", element("code", {}, sent.content_type)),
    isForm ? list([...new URLSearchParams(sent.body)]) : null,
    code(`As ${label}`, isForm ? sent.body : pretty(sent.body)),
  );
}

/** @param {unknown} value @returns {Record<string, unknown>} */
const map = (value) => (isMap(value) ? value : {});

/** What was said of consents. @param {unknown} consent @returns {[name: string, value: unknown][]} */
const consentsIn = (consent) => (Array.isArray(consent) ? consent : []).filter(isMap).map(({ id, given, version }) =>
  [String(id), `${given ? "given" : "not given"}${version ? `, wording ${version}` : ""}`]);

/** @param {Received} received @param {Record<string, unknown>|null} posted what was sent, where it is JSON */
function titleOf(received, posted) {
  const data = map(posted?.data), fields = map(data.fields);
  if (posted?.type === "lead.submitted") return fields.name ?? fields.email ?? Object.values(fields)[0] ?? "Somebody";
  if (received.what === "call.referral") return `A recommendation: ${fields.name ?? fields.phone ?? "somebody"}`;
  if (received.what === "call.outcome") return `A call: ${map(data.outcome).label ?? "ended"}`;
  return posted ? "Something else" : "Sent without JavaScript";
}

/** @param {Received} received */
function card(received) {
  const json = attempt(() => JSON.parse(received.body)), posted = isMap(json) ? json : null;
  const data = map(posted?.data), fields = Object.entries(map(data.fields)), consents = consentsIn(data.consent);
  const isLead = posted?.type === "lead.submitted", page = isMap(data.page) ? data.page : null;
  /** @type {[name: string, value: unknown][]} */
  const facts = [["Form", data.form], ["Gate", data.gate], ["Webhook", received.hook], ["Response", received.answered]];
  return element("li", { id: `received-${received.number}`, value: received.number },
    element("article", {},
      element("header", {},
        element("h3", {}, String(titleOf(received, posted))),
        element("time", { datetime: received.at }, new Date(received.at).toLocaleTimeString()),
      ),
      received.refused && element("p", { class: "mail" }, "Not a lead that this site’s forms send: ", received.refused),
      received.times > 1 && element("p", { class: "page" }, `Sent ${received.times} times with the same id: it is one.`),
      page && element("p", { class: "page" }, "on ", element("a", { href: address(page.url) }, String(page.title))),
      element("div", { class: "columns" },
        list(isLead ? fields : posted ? simple(data) : [...new URLSearchParams(received.body)]),
        list(facts.filter(([, value]) => value)),
        consents.length > 0 && element("div", {}, element("h4", {}, "Consent"), list(consents)),
      ),
      received.mail_link
        && element("p", { class: "mail" }, "Your CRM would email this link now: ", element("a", { href: address(received.mail_link) }, "open the gate")),
      element("details", {},
        element("summary", {}, posted ? "The exact JSON" : "Exactly what was sent"),
        code("What was sent", pretty(received.body)),
      ),
      received.kinds.length > 0
        && element("div", { class: "kinds", role: "group", "aria-label": "What each kind of webhook receives" },
          element("h4", {}, "As each kind of webhook receives it"), ...received.kinds.map((sent) => kind(sent, received))),
    ));
}

/** What is open stays open when something new comes in. @type {Map<string, HTMLElement>} */
const shown = new Map();

/** What comes again is another card. @param {Received} received */
const keyOf = ({ number, times }) => `${number}-${times}`;

/** @param {Received} received */
function shownOf(received) {
  const known = shown.get(keyOf(received)) ?? card(received);
  shown.set(keyOf(received), known);
  return known;
}

async function show() {
  /** @type {Inbox} */
  const { answer, answers, received } = await fetch("/.ringback/inbox.json").then((response) => response.json());
  const keys = new Set(received.map(keyOf));
  for (const key of shown.keys()) if (!keys.has(key)) shown.delete(key);
  byId("received").replaceChildren(...received.map(shownOf));
  byId("clear").hidden = !received.length;
  byId("status").textContent = received.length ? "" : "Nothing yet. Send a form on your site, and it appears here.";
  if (!byId("choices").hasChildNodes()) byId("choices").append(...answers.map(choice));
  for (const input of all(document, "[name=answer]", HTMLInputElement)) input.checked = input.value === answer;
  byId("answers").dataset.answer = answer;
  byId("answers").hidden = false;
}

/** @param {Choice} choice */
const choice = ({ id, label, means }) => element("label", {},
  element("input", { type: "radio", name: "answer", value: id, "aria-describedby": `means-${id}` }),
  element("span", {}, element("strong", {}, label), element("small", { id: `means-${id}` }, means)),
);

/** @param {string} path @param {object} [body] */
const post = (path, body = {}) => fetch(`/.ringback/inbox/${path}`, { method: "POST", body: JSON.stringify(body) });

byId("answers").addEventListener("change", ({ target }) => target instanceof HTMLInputElement && post("answer", { answer: target.value }));
byId("clear").addEventListener("click", () => post("clear"));

const events = new EventSource("/.ringback/events");
events.onmessage = (/** @type {MessageEvent<string>} */ { data }) => {
  if (["hello", "inbox"].includes(JSON.parse(data).type)) show();
};
events.onerror = () => (byId("status").textContent = "ringback serve has stopped. Start it again, and this page continues.");
