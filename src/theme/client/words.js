// Sentences with places for values.

import { own } from "./attempt.js";

/** Puts values in the places of their names in braces. @param {string|undefined} text
 * @param {Record<string, string|number|undefined>} [values] what isn't there leaves nothing */
export const fillIn = (text, values = {}) => (text ?? "").replace(/\{(\w+)\}/g, (_, name) => String(own(values, name) ?? ""));
