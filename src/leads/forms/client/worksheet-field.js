// A field of a form that takes along what its reader has written into a worksheet. They see it, and can change it.

import { find } from "../../../theme/client/find.js";
import { isOne, latest } from "./worksheet-answers.js";

/** Fills a field in, and again when the answers change, until somebody changes it. @param {HTMLElement} place */
export function fill(place) {
  const field = find(place, "textarea", HTMLTextAreaElement);
  let isOwn = false;
  const update = () => {
    if (isOwn) return;
    field.value = latest();
    place.hidden = !field.value;
    field.rows = Math.min(16, Math.max(4, field.value.split("\n").length + 1));
  };
  field.addEventListener("input", ({ isTrusted }) => (isOwn ||= isTrusted));
  document.addEventListener("ringback:worksheet", update);
  addEventListener("storage", ({ key }) => isOne(key) && update());
  update();
}
