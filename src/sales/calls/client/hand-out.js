// Who rings, chosen once for all calls of this browser, and the links with their name that they give away.

import { attempt } from "../../../theme/client/attempt.js";
import { copy } from "../../../theme/client/copy.js";
import { find } from "../../../theme/client/find.js";
import { make } from "../../../theme/client/make.js";
import { save, state } from "./call.js";
import { config, part, root, say } from "./page.js";
import { REP, fill, rep } from "./placeholders.js";

/** The list of those who may be the one that rings. The share kit remembers the same. */
export function offerCallers() {
  const list = find(root, "[data-script-caller-is]", HTMLSelectElement);
  part("caller").hidden = !Object.keys(config.reps).length;
  for (const [id, { name }] of Object.entries(config.reps)) list.add(make("option", { value: id, text: name }));
  list.value = rep();
  list.onchange = () => {
    attempt(() => (list.value ? (localStorage[REP] = list.value) : delete localStorage[REP]));
    fill("rep");
  };
}

/** The address of a page for the other one, with whose link it is. @param {HTMLAnchorElement} link @param {string} address */
export async function share(link, address) {
  const url = new URL(address), id = rep(), { title = "" } = link.dataset;
  if (/^[\w-]{1,80}$/.test(id)) url.searchParams.set("via", id);
  let told = link.nextElementSibling;
  if (!told?.matches(".copied")) {
    told = make("span", { className: "copied" }, make("span", { role: "status" }), make("input", { readOnly: true, hidden: true, ariaLabel: title }));
    link.after(told);
  }
  state.call?.handed.push({ title, url: url.href, at: Date.now() });
  save();
  const isCopied = await copy(url.href, find(told, "input", HTMLInputElement));
  find(told, "span", HTMLElement).textContent = say(isCopied ? "copied" : "copy_it", { title, url: url.href });
}
