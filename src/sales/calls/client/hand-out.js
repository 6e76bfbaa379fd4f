// Who rings, chosen once for all calls of this browser.

import { attempt } from "../../../theme/client/attempt.js";
import { find } from "../../../theme/client/find.js";
import { make } from "../../../theme/client/make.js";
import { config, part, root } from "./page.js";
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
