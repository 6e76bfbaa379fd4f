// An email on its own page. What is known comes with the address, `#first_name=Kim`, which is never sent to a server, and from what
// this browser keeps for every call.
//
// Reads the `MailList` of sales/mails/data.rs, with this email alone.

/** @import { MailList } from "./config" */
import { decode } from "../../../theme/client/attempt.js";
import { find, json } from "../../../theme/client/find.js";
import { isMap, isText, recall } from "../../../theme/client/storage.js";
import { letter } from "./letter.js";

/** @returns {Record<string, string>} */
function given() {
  const kept = recall("ringback.placeholders"), values = isMap(kept) && isMap(kept.values) ? kept.values : {};
  const all = Object.entries(values).flatMap(([name, value]) => (isText(value, 1000) ? [[name, value]] : []));
  const pairs = location.hash.length < 50_000 ? location.hash.slice(1).split("&").filter((part) => part.includes("=")) : [];
  const named = pairs.map((part) => part.split(/=(.*)/s).slice(0, 2).map((text) => decode(text.replaceAll("+", " "))));
  return Object.assign(Object.create(null), Object.fromEntries([...all, ...named]));
}

const root = find(document, "[data-mail]", HTMLElement), place = find(root, "[data-mail-letter]", HTMLElement);
/** @type {MailList} */
const list = json(root, "[data-mail-config]");
const [mail] = list.mails;
if (mail) {
  const show = () => {
    const values = given();
    // Whoever shares the page doesn't share the names.
    if (location.hash.includes("=")) history.replaceState(history.state, "", location.pathname + location.search);
    place.replaceChildren(letter(list, mail, values, { id: "mail", words: json(root, "[data-mail-words]") }));
    place.hidden = false;
  };
  show();
  addEventListener("hashchange", () => location.hash.includes("=") && show());
}
root.dataset.ready = "";
