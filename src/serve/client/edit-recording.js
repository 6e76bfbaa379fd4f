// Records changed files in the site's git repository, for those who don't know git: which of them, in what words, and on which branch.

/** @import { ChangedPage, Recordable, Words } from "./editor" */
import { element } from "../../theme/client/make.js";
import { fillIn } from "../../theme/client/words.js";
import { record, recordable } from "./edit-api.js";
import { reason } from "./edit-files.js";

/** A file with a box to tick. @param {Words} words @param {ChangedPage} page @param {boolean} isChosen */
function row(words, { path, change }, isChosen) {
  const box = element("input", { type: "checkbox", value: path, checked: isChosen });
  return element("li", {}, element("label", {}, box, " ", path.replace("content/", ""), " ", element("span", { class: "state" }, words[change])));
}

/** @param {Words} words @param {string} file the one that is open @param {string} title */
export async function showRecording(words, file, title) {
  const dialog = element("dialog", { class: "changes recording", "aria-label": words.record });
  const told = element("p", { role: "status" });
  const close = element("button", { type: "button" }, words.close);
  close.addEventListener("click", () => dialog.close());

  /** @param {Recordable} now */
  const show = ({ head, files }) => {
    const isOwn = files.some(({ written }) => written), message = element("textarea", { id: "record-message", rows: 2, required: true });
    message.value = title;
    const branch = element("input", { id: "record-branch", value: head.branch, required: true, autocomplete: "off", spellcheck: "false" });
    const list = element("ul", { class: "chosen" }, ...files.map((page) => row(words, page, isOwn ? page.written : page.path === file)));
    const button = element("button", { class: "main" }, words.record);
    const form = element("form", {}, element("p", { class: "hint" }, words.record_hint), list,
      element("label", { for: message.id }, words.record_message), message, element("label", { for: branch.id }, words.record_branch), branch,
      element("p", { class: "buttons" }, button, close));
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const chosen = [...list.querySelectorAll("input")].filter((box) => box.checked).map((box) => box.value);
      button.disabled = true;
      try {
        const { commit, branch: on } = await record({ head, files: chosen, message: message.value, branch: branch.value.trim() });
        await begin();
        told.textContent = fillIn(words.recorded, { commit, branch: on });
      } catch (why) {
        told.textContent = reason(words, why);
        button.disabled = false;
      }
    });
    dialog.replaceChildren(element("h2", {}, words.record), ...(files.length ? [form, told] : [element("p", {}, words.nothing_to_record), told, element("p", { class: "buttons" }, close)]));
  };
  const begin = async () => show(await recordable());

  document.body.append(dialog);
  dialog.addEventListener("close", () => dialog.remove());
  try {
    await begin();
  } catch (why) {
    told.textContent = reason(words, why);
    dialog.replaceChildren(element("h2", {}, words.record), told, close);
  }
  dialog.showModal();
}
