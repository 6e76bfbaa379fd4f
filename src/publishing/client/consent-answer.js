// Keeps what a visitor has answered, as a receipt; loaded when somebody answers.

/** @import { ConsentConfig } from "./config" */
/** @import { Given } from "./choice.js" */
import { isMap, recall, remember } from "../../theme/client/storage.js";
import { CHOICE } from "./choice.js";

/** Keeps a choice, and tells the site's own webhook of a yes, or of its end. A no is told nobody.
 * @param {ConsentConfig} config @param {Given} given */
export function choose({ version, lang, text_sha256, receipts }, given) {
  const before = recall(CHOICE), last = isMap(before) ? before : {};
  const had = isMap(last.given) && Object.values(last.given).includes(true);
  // Random, and of this browser alone, so that the owner can tell which receipt a later one replaces.
  const id = typeof last.id === "string" ? last.id : `consent_${Math.random().toString(36).slice(2)}${Date.now().toString(36)}`;
  const at = Date.now(), receipt = { version, lang, text_sha256, given };
  remember(CHOICE, { ...receipt, id, at });
  if (!receipts || !(had || Object.values(given).includes(true))) return;
  const body = { type: "consent.changed", version: 1, id, timestamp: new Date(at).toISOString().replace(/\.\d+/, ""),
    data: { ...receipt, page: location.origin + location.pathname } };
  // Plain text needs no preflight; the endpoint reads it as it reads leads.
  fetch(receipts, { method: "POST", mode: "no-cors", keepalive: true, credentials: "omit",
    headers: { "Content-Type": "text/plain" }, body: JSON.stringify(body) }).catch(() => {});
}
