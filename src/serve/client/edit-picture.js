// Pictures: chosen, taken along from the computer, and what must not be lost of them.

/** @import { Words } from "./editor" */
import { element } from "../../theme/client/make.js";
import { addPicture, pictureUrl } from "./edit-api.js";

const TYPES = "image/jpeg,image/png,image/webp,image/avif,image/gif,image/svg+xml";

/** Where a picture is that a page calls by this name. @param {string} file the page's @param {string} src */
export function pathOf(file, src) {
  if (src.startsWith("/")) return `static${src}`;
  return new URL(src, `https://x/${file}`).pathname.slice(1).split("/").map(decodeURIComponent).join("/");
}

/** A button that asks for a file and hands it on. @param {string} label @param {(file: File) => void} take */
export function fileButton(label, take) {
  const input = element("input", { type: "file", accept: TYPES, class: "visually-hidden" });
  input.addEventListener("change", () => {
    const picture = input.files?.[0];
    if (picture) take(picture);
    input.value = "";
  });
  return element("label", { class: "button" }, label, input);
}

/** Asks what a picture shows before it is put into a text. @param {Words} words @param {string} url @returns {Promise<string|null>} */
export function askAlt(words, url) {
  const input = element("input", { id: "alt", autocomplete: "off" });
  const dialog = element("dialog", { class: "ask", "aria-label": words.picture },
    element("form", { method: "dialog" },
      element("img", { src: url, alt: "" }),
      element("p", {}, element("label", { for: "alt" }, words.alt), input),
      element("p", { class: "buttons" },
        element("button", { value: "insert", class: "main" }, words.insert),
        element("button", { value: "", formnovalidate: true }, words.cancel))));
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue ? input.value.trim() : null);
    });
  });
}

/** Puts a picture beside a page. @param {string} file @param {File} picture */
export async function add(file, picture) {
  const { name } = await addPicture(file, picture);
  return { name, url: pictureUrl(pathOf(file, name)) };
}

/** The field of a picture: what it looks like, what else there is, and one from the computer.
 * @param {{ words: Words, file: string, id: string, src: string, names: string[], onChange: (src: string|null) => void,
 * onUpload: (picture: File) => void }} about */
export function pictureField({ words, file, id, src, names, onChange, onUpload }) {
  const select = element("select", { id },
    element("option", { value: "" }, words.none),
    ...[...new Set([...names, src])].filter(Boolean).map((name) => element("option", { value: name, selected: name === src }, name)));
  select.addEventListener("change", () => onChange(select.value || null));
  const shown = src && element("img", { src: pictureUrl(pathOf(file, src)), alt: "", class: "thumb" });
  return element("div", { class: "picture" }, shown || null, element("div", {}, select, fileButton(words.upload, onUpload)));
}

/** A picture on which a click says what must not be lost: `30% 20%`.
 * @param {{ words: Words, file: string, src: string, focus: string, onChange: (focus: string) => void }} about */
export function focusField({ words, file, src, focus, onChange }) {
  const [x = "50", y = "50"] = (focus || "50% 50%").split(" ").map((part) => part.replace("%", ""));
  const point = element("span", { class: "point", hidden: !focus });
  const place = (/** @type {number} */ left, /** @type {number} */ top) => {
    point.style.left = `${left}%`;
    point.style.top = `${top}%`;
    point.hidden = false;
  };
  place(Number(x), Number(y));
  point.hidden = !focus;
  const image = element("img", { src: pictureUrl(pathOf(file, src)), alt: "" });
  const button = element("button", { type: "button", class: "focus", "aria-label": words.focus_hint }, image, point);
  let [left, top] = [Number(x), Number(y)];
  const choose = () => {
    place(left, top);
    onChange(`${left}% ${top}%`);
  };
  button.addEventListener("click", (event) => {
    // A key has no place.
    if (event.detail === 0) return;
    const box = image.getBoundingClientRect();
    left = Math.round(Math.min(100, Math.max(0, (100 * (event.clientX - box.left)) / box.width)));
    top = Math.round(Math.min(100, Math.max(0, (100 * (event.clientY - box.top)) / box.height)));
    choose();
  });
  button.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: [-5, 0], ArrowRight: [5, 0], ArrowUp: [0, -5], ArrowDown: [0, 5] }[event.key];
    if (!step) return;
    event.preventDefault();
    left = Math.min(100, Math.max(0, left + (step[0] ?? 0)));
    top = Math.min(100, Math.max(0, top + (step[1] ?? 0)));
    choose();
  });
  return button;
}
