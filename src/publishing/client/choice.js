// What a visitor has chosen to have loaded from others, and what that allows.

/** @import { ConsentConfig, ServiceConfig } from "./config" */
import { isMap, recall } from "../../theme/client/storage.js";

/** The choice, with all that a receipt needs. It stays on the device; docs/content/integrations.md describes it. */
export const CHOICE = "ringback.consent";
/** After a year people may think otherwise, whatever they have answered. */
const LONGEST = 365 * 24 * 3600 * 1000;

/** Yes or no, by purpose. @typedef {Record<string, unknown>} Given */

/** Whoever tells all sites that they may not track has answered. Talking with somebody is no tracking.
 * @param {string} purpose */
export const isDenied = (purpose) => navigator.globalPrivacyControl === true && purpose !== "chat";

/** What was chosen, if these services were asked about, and not too long ago.
 * @param {ConsentConfig} config @returns {Given|undefined} */
export function chosen({ version }) {
  const kept = recall(CHOICE), is = isMap(kept) && kept.version === version;
  return is && isMap(kept.given) && Math.abs(Date.now() - Number(kept.at)) < LONGEST ? kept.given : undefined;
}

/** @param {ServiceConfig} service @param {Given|undefined} given */
export const mayLoad = ({ asks, purpose }, given) => !asks || (given?.[purpose] === true && !isDenied(purpose));
