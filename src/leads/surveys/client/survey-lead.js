// What a form takes along of a survey: hidden fields, which `content/survey` declares.

import { find, maybe } from "../../../theme/client/find.js";

/** @param {HTMLElement} root @param {Record<string, string|number|null>} values by the ends of their names */
export function fill(root, values) {
  const form = maybe(root, "[data-lead]", HTMLElement);
  if (!form) return;
  for (const [name, value] of Object.entries(values)) {
    find(form, `[data-field="survey_${name}"] input`, HTMLInputElement).value = String(value ?? "");
  }
}
