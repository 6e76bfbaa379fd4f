// The text of a page: Markdown in a box, with buttons for those who don't know it.

/** @import { FileRow, Words } from "./editor" */
import { element } from "../../theme/client/make.js";
import { add, askAlt, fileButton } from "./edit-picture.js";
import { filtered } from "./edit-files.js";
import { marked, paste } from "./edit-paste.js";

/** Replaces what is selected, so that the browser can undo it. @param {HTMLTextAreaElement} box @param {string} text */
export function insert(box, text) {
  box.focus();
  // The only way that keeps the browser's own undo; where it is gone, the text comes all the same.
  if (document.execCommand("insertText", false, text)) return;
  box.setRangeText(text, box.selectionStart, box.selectionEnd, "end");
  box.dispatchEvent(new Event("input"));
}

/** Puts signs around what is selected, or takes them away. @param {HTMLTextAreaElement} box @param {string} sign */
function around(box, sign) {
  const { selectionStart: start, selectionEnd: end, value } = box, chosen = value.slice(start, end);
  const isIn = value.slice(start - sign.length, start) === sign && value.slice(end, end + sign.length) === sign;
  if (isIn) {
    box.setSelectionRange(start - sign.length, end + sign.length);
    insert(box, chosen);
    box.setSelectionRange(start - sign.length, end - sign.length);
    return;
  }
  // Spaces stay outside: Markdown wants the signs beside letters.
  const inner = chosen.trim(), before = chosen.slice(0, chosen.indexOf(inner)), after = chosen.slice(before.length + inner.length);
  insert(box, `${before}${sign}${inner}${sign}${after}`);
  const from = start + before.length + sign.length;
  box.setSelectionRange(from, from + inner.length);
}

/** Begins each selected line with signs, or takes them away.
 * @param {HTMLTextAreaElement} box @param {(index: number) => string} sign @param {RegExp} pattern what they look like */
function lines(box, sign, pattern) {
  const { value } = box;
  const start = value.lastIndexOf("\n", box.selectionStart - 1) + 1;
  const next = value.indexOf("\n", Math.max(box.selectionEnd - 1, start));
  const end = next < 0 ? value.length : next, all = value.slice(start, end).split("\n");
  const isAll = all.every((line) => pattern.test(line));
  const text = all.map((line, index) => (isAll ? line.replace(pattern, "") : sign(index) + line.replace(pattern, ""))).join("\n");
  box.setSelectionRange(start, end);
  insert(box, text);
  box.setSelectionRange(start, start + text.length);
}

/** Puts a block between empty lines. @param {HTMLTextAreaElement} box @param {string} text */
function block(box, text) {
  const before = box.value.slice(0, box.selectionEnd), after = box.value.slice(box.selectionEnd);
  const gap = before === "" || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
  const rest = after === "" || after.startsWith("\n") ? "" : "\n";
  box.setSelectionRange(box.selectionEnd, box.selectionEnd);
  insert(box, gap + text + rest);
}

/** The path from one page's file to another's. @param {string} from @param {string} to */
export function relative(from, to) {
  const here = from.split("/").slice(0, -1), there = to.split("/");
  while (here.length && here[0] === there[0]) {
    here.shift();
    there.shift();
  }
  return [...here.map(() => ".."), ...there].join("/");
}

/** Asks where a link leads. @param {Words} words @param {string} file @param {() => Promise<FileRow[]>} pages @returns {Promise<string>} */
async function askLink(words, file, pages) {
  const rows = await pages();
  const input = element("input", { id: "link", autocomplete: "off", placeholder: "https://" });
  const found = element("ul", { class: "found" });
  const dialog = element("dialog", { class: "ask", "aria-label": words.link },
    element("form", { method: "dialog" },
      element("p", {}, element("label", { for: "link" }, words.link_hint), input), found,
      element("p", { class: "buttons" },
        element("button", { value: "insert", class: "main" }, words.insert),
        element("button", { value: "", formnovalidate: true }, words.cancel))));
  const show = () => {
    const isAddress = /^(https?:|mailto:|tel:|\/|#)/.test(input.value.trim());
    const some = isAddress ? [] : filtered(rows, input.value).filter((row) => row.file.endsWith(".md") && row.file !== file).slice(0, 8);
    found.replaceChildren(...some.map((row) => {
      const button = element("button", { type: "button" }, element("b", {}, row.title), " ", element("code", {}, row.file));
      button.addEventListener("click", () => {
        input.value = relative(file, row.file);
        dialog.close("insert");
      });
      return element("li", {}, button);
    }));
  };
  input.addEventListener("input", show);
  show();
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => dialog.addEventListener("close", () => {
    dialog.remove();
    resolve(dialog.returnValue ? input.value.trim() : "");
  }));
}

/** Takes pictures and texts of other programs that are pasted or dropped.
 * @param {HTMLTextAreaElement} box
 * @param {{ file: string, picture: (taken: File) => void, tell: () => void, fail: (why: unknown) => void }} about */
function takeIn(box, { file, picture, tell, fail }) {
  for (const type of ["paste", "drop"]) {
    box.addEventListener(type, (event) => {
      const data = event instanceof ClipboardEvent ? event.clipboardData : event instanceof DragEvent ? event.dataTransfer : null;
      // A word processor puts a picture of the text there, too.
      const html = type === "paste" ? marked(data) : "";
      if (html) {
        event.preventDefault();
        const put = (/** @type {string} */ text) => (text.trimEnd().includes("\n") ? block(box, text) : insert(box, text.trimEnd()));
        paste({ file, html, plain: data?.getData("text/plain") ?? "", insert: put, tell, fail });
        return;
      }
      const taken = [...(data?.files ?? [])].find((each) => each.type.startsWith("image/"));
      if (!taken) return;
      event.preventDefault();
      picture(taken);
    });
  }
}

/** The box and its buttons.
 * @param {{ words: Words, file: string, text: string, onChange: (text: string) => void, onFail: (why: unknown) => void,
 * onTell: (text: string) => void, pages: () => Promise<FileRow[]> }} about */
export function textEditor({ words, file, text, onChange, onFail, onTell, pages }) {
  const box = element("textarea", { class: "text", "aria-label": words.text, spellcheck: "true" });
  box.value = text;
  box.addEventListener("input", () => onChange(box.value));
  const picture = async (/** @type {File} */ taken) => {
    try {
      const { name, url } = await add(file, taken);
      const alt = await askAlt(words, url);
      if (alt !== null) insert(box, `![${alt.replace(/([[\]\\])/g, "\\$1")}](${/[\s()]/.test(name) ? `<${name}>` : name})`);
    } catch (why) {
      onFail(why);
    }
  };
  const link = async () => {
    const chosen = box.value.slice(box.selectionStart, box.selectionEnd), to = await askLink(words, file, pages).catch(onFail);
    if (to) insert(box, `[${chosen || to}](${/[\s()]/.test(to) ? `<${to}>` : to})`);
    else box.focus();
  };
  /** @type {[label: string, sign: string, key: string, action: () => void][]} */
  const buttons = [
    [words.bold, "B", "b", () => around(box, "**")],
    [words.italic, "I", "i", () => around(box, "*")],
    [words.heading_button, "H", "", () => lines(box, () => "## ", /^#{1,6} /)],
    [words.list, "•", "", () => lines(box, () => "- ", /^[-*] /)],
    [words.numbered, "1.", "", () => lines(box, (index) => `${index + 1}. `, /^\d+\. /)],
    [words.quote, "“", "", () => lines(box, () => "> ", /^> ?/)],
    [words.link, "↗", "k", link],
  ];
  const bar = element("div", { class: "bar", role: "toolbar", "aria-label": words.text }, ...buttons.map(([label, sign, key, action]) => {
    const button = element("button", { type: "button", title: key ? `${label} (Ctrl+${key.toUpperCase()})` : label, "aria-label": label, "data-do": label, "data-sign": sign });
    button.addEventListener("click", action);
    return button;
  }));
  const blocks = element("select", { "aria-label": words.blocks_label }, element("option", { value: "" }, words.blocks_label),
    ...words.blocks.map(({ label }, index) => element("option", { value: index }, label)));
  blocks.addEventListener("change", () => {
    const chosen = words.blocks[Number(blocks.value)];
    if (blocks.value && chosen) block(box, chosen.text);
    blocks.value = "";
  });
  bar.append(fileButton(words.picture, picture), blocks);
  box.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    const found = buttons.find(([, , key]) => key === event.key.toLowerCase());
    if (!found) return;
    event.preventDefault();
    found[3]();
  });
  takeIn(box, { file, picture, tell: () => onTell(words.pictures_left), fail: onFail });
  return { box, element: element("div", { class: "writing" }, bar, box, element("p", { class: "hint" }, words.picture_hint)) };
}
