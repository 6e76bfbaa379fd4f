// What was changed in a page since it was opened, the way back, and what is wrong with it.

/** @import { Opened, Words } from "./editor" */
/** @import { Problem } from "./preview" */
import { element } from "../../theme/client/make.js";
import { changes, undo } from "./edit-api.js";

/** A page that is open: the state to which everything can be undone, and the one before that was done (or nothing).
 * @typedef {{ opened: Opened, first: string, before: string, take: (opened: Opened) => void, drawFields: () => void }} Desk */

/** Line by line, with a button that undoes it all, and then one that brings it back. @param {Words} words @param {Desk} desk */
export async function showChanges(words, desk) {
  const { file } = desk.opened;
  const dialog = element("dialog", { class: "changes", "aria-label": words.changes });
  const show = async () => {
    const lines = await changes(file, desk.first).catch(() => []);
    const isUndone = lines.length === 0 && desk.before !== "";
    const back = element("button", { type: "button", "data-undo": true }, isUndone ? words.restore : words.undo);
    back.addEventListener("click", async () => {
      const to = isUndone ? desk.before : desk.first;
      desk.before = isUndone ? "" : desk.opened.version;
      desk.take(await undo(file, desk.opened.version, to));
      desk.drawFields();
      await show();
      dialog.querySelector("button")?.focus();
    });
    const close = element("button", { type: "button", class: "main" }, words.close);
    close.addEventListener("click", () => dialog.close());
    const said = isUndone ? words.undone : words.no_changes;
    /** @type {Record<string, "ins"|"del"|"span">} */
    const tags = { added: "ins", removed: "del", same: "span" };
    dialog.replaceChildren(element("h2", {}, words.changes),
      lines.length ? element("pre", { tabindex: "0" }, ...lines.map(([kind, text]) => element(tags[kind] ?? "span", {}, `${text}\n`))) : element("p", {}, said),
      element("p", { class: "buttons" }, close, ...(lines.length || isUndone ? [back] : [])));
  };
  document.body.append(dialog);
  dialog.addEventListener("close", () => dialog.remove());
  await show();
  dialog.showModal();
}

/** @param {Words} words @param {number} line @param {(line: number) => void} goTo */
function lineButton(words, line, goTo) {
  const button = element("button", { type: "button", class: "line", "aria-label": `${words.go_to_line} ${line}` }, `:${line}`);
  button.addEventListener("click", () => goTo(line));
  return button;
}

/** What is to be fixed on a page, with what to do; each leads to its line. @param {Words} words @param {Problem[]} problems @param {(line: number) => void} goTo */
export const problemList = (words, problems, goTo) => element("div", {}, element("h2", {}, words.wrong),
  element("ul", {}, ...problems.map(({ severity, message, line, help }) => element("li", { class: severity },
    element("p", {}, message.replaceAll("`", ""), line ? " " : null, line ? lineButton(words, line, goTo) : null),
    ...help.map((each) => element("p", { class: "hint" }, each.replaceAll("`", "")))))));
