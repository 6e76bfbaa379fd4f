// All pages of the site, and the beginning of a new one.

/** @import { EditorPage, FileRow, Opened, Words } from "./editor" */
import { element } from "../../theme/client/make.js";
import { address, begin, Refusal } from "./edit-api.js";

/** @param {string} text without accents, in lower case */
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** The rows in which all words are. @param {FileRow[]} rows @param {string} asked */
export function filtered(rows, asked) {
  const words = plain(asked).split(/\s+/).filter(Boolean);
  return rows.filter(({ title, file }) => words.every((word) => plain(`${title} ${file}`).includes(word)));
}

/** What went wrong, in words. @param {Words} words @param {unknown} why */
export function reason(words, why) {
  if (!(why instanceof Refusal) || !why.refused) return words.stopped;
  const { problem, reason: more } = why.refused;
  const known = words.problems.find(([name]) => name === problem)?.[1] ?? problem;
  return more ? `${known} ${more}` : known;
}

/** The list of all pages. @param {Words} words @param {FileRow[]} rows @param {string} current the file that is open */
export function fileList(words, rows, current) {
  const input = element("input", { type: "search", "aria-label": words.search, placeholder: words.search, autocomplete: "off" });
  const list = element("div", { class: "files" });
  const show = () => {
    const some = filtered(rows, input.value);
    const kinds = words.kinds.map(({ name, plural }) => {
      const of = some.filter((row) => row.kind === name);
      return of.length > 0 && element("section", {}, element("h2", {}, plural), element("ul", {}, ...of.map((row) =>
        element("li", {}, element("a", { href: address(row.file), "aria-current": row.file === current && "page" },
          element("b", {}, row.title || row.file), row.draft && element("span", { class: "state" }, words.draft),
          element("code", {}, row.file.replace("content/", "")))))));
    });
    list.replaceChildren(...kinds.filter((each) => each instanceof Node), ...(some.length ? [] : [element("p", {}, words.nothing_found)]));
  };
  input.addEventListener("input", show);
  show();
  return element("div", { class: "all" }, input, list, element("p", { class: "hint" }, words.left_out));
}

/** The beginning of a page, or of a translation of one; leads to the editor of it.
 * @param {EditorPage} page @param {{ of?: string, title?: string, language?: string }} [wanted] */
export function newPage({ words, languages }, wanted = {}) {
  const kinds = words.kinds.filter(({ begins }) => begins);
  const kind = element("select", { id: "new-kind" }, ...kinds.map(({ name, label }) => element("option", { value: name }, label)));
  const title = element("input", { id: "new-title", required: true, autocomplete: "off", value: wanted.title ?? "" });
  const language = element("select", { id: "new-language" },
    ...languages.map(([code, label]) => element("option", { value: code, selected: code === wanted.language }, label)));
  const told = element("p", { class: "wrong", role: "alert" });
  const form = element("form", {},
    element("h2", {}, wanted.of ? words.translate : words.new_page),
    !wanted.of && element("p", {}, element("label", { for: "new-kind" }, words.kind), kind),
    element("p", {}, element("label", { for: "new-title" }, words.title), title),
    languages.length > 1 && element("p", {}, element("label", { for: "new-language" }, words.language_label), language),
    told,
    element("p", { class: "buttons" }, element("button", { class: "main" }, words.create), element("button", { type: "button", class: "cancel" }, words.cancel)));
  const dialog = element("dialog", { class: "ask", "aria-label": words.new_page }, form);
  const cancel = form.querySelector(".cancel");
  cancel?.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    told.textContent = "";
    try {
      const { file } = await begin({ kind: kind.value, title: title.value, language: language.value || languages[0]?.[0] || "", of: wanted.of });
      location.assign(address(file));
    } catch (why) {
      told.textContent = reason(words, why);
    }
  });
  document.body.append(dialog);
  dialog.showModal();
  title.focus();
  title.select();
}

/** The same page in the other languages, and the beginning of those that aren't there. @param {EditorPage} page @param {Opened} opened */
export function translationList(page, { file, language, translations, values }) {
  const others = translations.filter(({ code }) => code !== language);
  return element("details", { open: true, hidden: !others.length }, element("summary", {}, page.words.languages),
    element("ul", {}, ...others.map(({ code, label, file: other }) => {
      if (other) return element("li", {}, element("a", { href: address(other), lang: code }, label));
      const button = element("button", { type: "button", "data-translate": code }, `${page.words.translate} ${label}`);
      button.addEventListener("click", () => newPage(page, { of: file, language: code, title: String(values?.title ?? "") }));
      return element("li", {}, button);
    })));
}
