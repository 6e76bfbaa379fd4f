// A playbook for one segment: parts for others are hidden, and their headings in the contents.

import { decode } from "../../../theme/client/attempt.js";
import { all } from "../../../theme/client/find.js";

/** @param {HTMLElement} root @param {string} wanted a segment's id; anything else shows all */
export function showSegment(root, wanted) {
  const radios = all(root, "[name=segment]", HTMLInputElement);
  const chosen = radios.find((radio) => radio.value === wanted) ?? radios[0];
  if (!chosen) return false;
  chosen.checked = true;
  for (const section of all(root, "[data-segment]", HTMLElement)) {
    section.hidden = chosen.value !== "" && section.dataset.segment !== chosen.value;
  }
  const address = new URL(location.href);
  if (chosen.value) address.searchParams.set("segment", chosen.value);
  else address.searchParams.delete("segment");
  if (address.href !== location.href) history.replaceState(history.state, "", address);
  for (const entry of all(root, "[data-toc] a", HTMLAnchorElement)) {
    const target = document.getElementById(decode(entry.hash.slice(1)));
    if (entry.parentElement) entry.parentElement.hidden = isHidden(target);
  }
  return true;
}

/** Is it in a part for another segment? @param {Element|null} element */
export const isHidden = (element) => Boolean(element?.closest("[data-segment][hidden]"));
