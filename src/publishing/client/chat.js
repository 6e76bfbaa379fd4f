// The button for a chat with people. While somebody answers, a click on what says where words go is the yes, and loads the
// chat; otherwise, and after a no, the same button offers to call back. docs/content/theme.md lists its parts.

/** @import { ConsentConfig } from "./config" */
import { find } from "../../theme/client/find.js";
import { fillIn } from "../../theme/client/words.js";
import { isOpen, opens } from "./chat-hours.js";

const MINUTE = 60_000;

/** What consent.js knows and can do: has the visitor answered, and what is to happen after a yes.
 * @typedef {{given: () => unknown, start: (isPressed: boolean) => void}} Answers */

/** @param {ConsentConfig} config @param {Answers} answers */
export function offer({ desk }, { given, start }) {
  const template = find(document, "[data-chat]", HTMLTemplateElement);
  const root = find(document.importNode(template.content, true), ".chat", HTMLElement);
  const panel = find(root, ".chat-panel", HTMLElement), button = find(root, "[data-chat-open]", HTMLElement);
  const next = find(root, "[data-chat-next]", HTMLElement), words = next.dataset.chatNext;
  let isStarted = false;
  /** @param {boolean} isShown */
  const show = (isShown) => {
    panel.hidden = !isShown;
    button.ariaExpanded = String(isShown);
  };
  const look = () => {
    const isAttended = !desk || isOpen(desk, Date.now());
    const state = given() === false ? "refused" : isAttended ? "open" : "closed";
    for (const each of root.querySelectorAll(/** @type {"p"} */ ("[data-chat-when]"))) {
      each.hidden = !each.dataset.chatWhen?.split(" ").includes(state);
    }
    const soon = desk && state === "closed" ? opens(desk, Date.now()) : undefined;
    next.textContent = soon ? fillIn(words, soon) : "";
    // Whoever has said yes finds the chat on every page, as long as somebody answers.
    if (state === "open" && given() === true && !isStarted) begin(false);
  };
  /** @param {boolean} isPressed */
  const begin = (isPressed) => {
    isStarted = true;
    root.remove();
    start(isPressed);
  };
  button.onclick = () => {
    look();
    show(panel.hidden);
  };
  find(root, "[data-chat-start]", HTMLElement).onclick = () => begin(true);
  root.onkeydown = ({ key }) => {
    if (key !== "Escape" || panel.hidden) return;
    show(false);
    button.focus();
  };
  document.body.append(root);
  look();
  setInterval(() => isStarted || look(), MINUTE);
  document.addEventListener("ringback:consent", () => isStarted || look());
}
