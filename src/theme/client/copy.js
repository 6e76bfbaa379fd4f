// The clipboard.

import { attempt } from "./attempt.js";

/** Copies a text. Where that isn't allowed, as on plain http, shows it in a field and marks it.
 * @param {string} text @param {HTMLInputElement|HTMLTextAreaElement} field @returns {Promise<boolean>} whether it is copied */
export async function copy(text, field) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    field.hidden = false;
    field.value = text;
    field.focus();
    field.select();
    return attempt(() => document.execCommand("copy")) ?? false;
  }
}
