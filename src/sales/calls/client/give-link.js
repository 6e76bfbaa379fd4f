// Links to pages, with the name of who gives them away. Loaded with the player, for scripts that have some.

import { copy } from "../../../theme/client/copy.js";
import { make } from "../../../theme/client/make.js";

/** Copies the address of a page for the other one, with whose link it is. @param {HTMLAnchorElement} link @param {string} address
 * @param {string} rep who gives it @param {(name: string, values?: Record<string, string>) => string} say */
export function share(link, address, rep, say) {
  const url = new URL(address), { title = "" } = link.dataset;
  if (rep) url.searchParams.set("via", rep);
  link.parentElement?.querySelectorAll(".copied").forEach((each) => each.previousElementSibling === link && each.remove());
  const status = make("span", { role: "status" }), field = make("input", { readOnly: true, hidden: true, ariaLabel: title });
  link.after(make("span", { className: "copied" }, status, field));
  copy(url.href, field).then((isCopied) => {
    status.textContent = say(isCopied ? "copied" : "copy_it", { title, url: url.href });
  });
  return { title, url: url.href };
}
