// What has happened, in one line, and the button that takes it back.

import { find } from "../../../theme/client/find.js";
import { part } from "./page.js";

const bar = part("notice");
const line = find(bar, "[data-script-told]", HTMLElement), button = find(bar, "[data-script-undo]", HTMLButtonElement);

/** @param {string} [what] nothing takes the line away @param {() => void} [undo] */
export function tell(what = "", undo) {
  bar.hidden = !what;
  button.hidden = !undo;
  line.textContent = what;
  button.onclick = () => {
    tell();
    undo?.();
  };
}
