// Sentences with places for values, and how long they may be.

import { own } from "./attempt.js";

/** The longest `mailto:` that all mail programs take. */
export const LONGEST_MAIL = 1900;

/** Puts values in the places of their names in braces. @param {string|undefined} text
 * @param {Record<string, string|number|undefined>} [values] what isn't there leaves nothing */
export const fillIn = (text, values = {}) => (text ?? "").replace(/\{(\w+)\}/g, (_, name) => String(own(values, name) ?? ""));
