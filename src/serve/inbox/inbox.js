// The local inbox: shows what the forms of a served site have sent.
//
// Reads `Inbox::json` (serve/inbox/mod.rs) and the events of serve/http.rs.

async function show() {
  const { received } = await fetch("/.ringback/inbox.json").then((response) => response.json());
  document.getElementById("received").replaceChildren(...received.map(({ body }) => {
    const pre = document.createElement("pre");
    pre.textContent = body;
    return pre;
  }));
}

const events = new EventSource("/.ringback/events");
events.onmessage = ({ data }) => ["hello", "inbox"].includes(JSON.parse(data).type) && show();
