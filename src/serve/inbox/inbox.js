// The local inbox: shows what the forms of a served site have sent, as it comes in, and tells it what to answer.
//
// Reads what `Inbox::json` (serve/inbox/mod.rs) writes, a list of `Received`, and hears the events of serve/http.rs.

/** What a webhook of one kind would have got. @typedef {{kind: string, is_own: boolean, url: string|null,
 *   content_type: string, body: string}} Sent */
/** @typedef {{number: number, at: string, hook: string, hook_kind: string|null, what: string, body: string,
 *   content_type: string, answered: string, kinds: Sent[], mail_link: string|null}} Received */

const KINDS = { json: "JSON", form: "Form", hubspot: "HubSpot", salesforce: "Salesforce" };

const find = (id) => document.getElementById(id);

/** An element with attributes and content. @param {string} name @param {Record<string, any>} [attributes] */
function element(name, attributes = {}, ...content) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(key, "");
    else if (value !== false && value != null) made.setAttribute(key, value);
  }
  made.append(...content.filter((each) => each != null));
  return made;
}

/** Null where it throws. @param {() => any} action */
function attempt(action) {
  try {
    return action();
  } catch {
    return null;
  }
}

/** Names and values, side by side. @param {[string, any][]} pairs */
const list = (pairs) => element("dl", {}, ...pairs.flatMap(([name, value]) => [
  element("dt", {}, name),
  element("dd", {}, Array.isArray(value) ? value.join(", ") : String(value)),
]));

/** Leads say themselves which page they come from: what isn't an address of the web becomes no link. @param {any} url */
const address = (url) => (/^https?:\/\//.test(url) ? url : null);

/** A text that can be copied. @param {string} label */
const code = (label, text) => element("pre", { tabindex: "0", role: "region", "aria-label": label }, text);

/** What a result of a call says in a word or a number. @param {any} data @returns {[string, any][]} */
const simple = (data) => Object.entries(data ?? {}).filter(([, value]) => ["string", "number", "boolean"].includes(typeof value));

/** JSON with line breaks, or what it is. @param {string} text */
const pretty = (text) => attempt(() => JSON.stringify(JSON.parse(text), null, 2)) ?? text;

/** What one kind of webhook gets. @param {Sent} sent @param {Received} received */
function kind(sent, received) {
  const label = KINDS[sent.kind] ?? sent.kind;
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

/** @param {Received} received */
function card(received) {
  const posted = attempt(() => JSON.parse(received.body));
  const data = posted?.data;
  const isLead = posted?.type === "lead.submitted";
  const fields = Object.entries(data?.fields ?? {});
  const plain = posted ? null : [...new URLSearchParams(received.body)];
  const who = data?.fields?.name ?? data?.fields?.email ?? fields[0]?.[1];
  const title = isLead ? who ?? "Somebody" : received.what === "call.outcome" ? `A call: ${data?.outcome?.label ?? "ended"}` : posted ? "Something else" : "Sent without JavaScript";
  const consents = (Array.isArray(data?.consent) ? data.consent : []).filter(Boolean).map(({ id, given, version }) => [id, `${given ? "given" : "not given"}${version ? `, wording ${version}` : ""}`]);
  const at = new Date(received.at);
  const page = data?.page;
  const facts = [
    data?.form && ["Form", data.form],
    data?.gate && ["Gate", data.gate],
    ["Webhook", received.hook],
    ["Response", received.answered],
  ].filter(Boolean);
  return element("li", { id: `received-${received.number}`, value: received.number },
    element("article", {},
      element("header", {},
        element("h3", {}, String(title)),
        element("time", { datetime: received.at }, at.toLocaleTimeString()),
      ),
      page ? element("p", { class: "page" }, "on ", element("a", { href: address(page.url) }, String(page.title))) : null,
      element("div", { class: "columns" },
        list(isLead ? fields : plain ?? simple(data)),
        list(facts),
        consents.length ? element("div", {}, element("h4", {}, "Consent"), list(consents)) : null,
      ),
      received.mail_link
        ? element("p", { class: "mail" }, "Your CRM would email this link now: ", element("a", { href: address(received.mail_link) }, "open the gate"))
        : null,
      element("details", {},
        element("summary", {}, posted ? "The exact JSON" : "Exactly what was sent"),
        code("What was sent", pretty(received.body)),
      ),
      received.kinds.length
        ? element("div", { class: "kinds", role: "group", "aria-label": "What each kind of webhook receives" },
          element("h4", {}, "As each kind of webhook receives it"), ...received.kinds.map((sent) => kind(sent, received)))
        : null,
    ));
}

/** What is open stays open when something new comes in. */
const shown = new Map();

async function show() {
  const { answer, answers, received } = await fetch("/.ringback/inbox.json").then((response) => response.json());
  const list = find("received");
  const numbers = new Set(received.map(({ number }) => number));
  for (const number of shown.keys()) if (!numbers.has(number)) shown.delete(number);
  for (const each of received) if (!shown.has(each.number)) shown.set(each.number, card(each));
  list.replaceChildren(...received.map(({ number }) => shown.get(number)));
  find("clear").hidden = !received.length;
  find("status").textContent = received.length ? "" : "Nothing yet. Send a form on your site, and it appears here.";
  if (!find("choices").hasChildNodes()) find("choices").append(...answers.map(choice));
  for (const input of document.querySelectorAll("[name=answer]")) input.checked = input.value === answer;
  find("answers").dataset.answer = answer;
  find("answers").hidden = false;
}

/** @param {{id: string, label: string, means: string}} answer */
const choice = ({ id, label, means }) => element("label", {},
  element("input", { type: "radio", name: "answer", value: id, "aria-describedby": `means-${id}` }),
  element("span", {}, element("strong", {}, label), element("small", { id: `means-${id}` }, means)),
);

/** @param {string} path @param {object} [body] */
const post = (path, body = {}) => fetch(`/.ringback/inbox/${path}`, { method: "POST", body: JSON.stringify(body) });

find("answers").addEventListener("change", ({ target }) => post("answer", { answer: target.value }));
find("clear").addEventListener("click", () => post("clear"));

const events = new EventSource("/.ringback/events");
events.onmessage = ({ data }) => ["hello", "inbox"].includes(JSON.parse(data).type) && show();
events.onerror = () => (find("status").textContent = "ringback serve has stopped. Start it again, and this page continues.");
