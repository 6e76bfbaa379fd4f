// The editor: a page's fields and text beside the page itself. What is written is saved when the hands rest.
//
// Reads what `serve/editor/document.rs` writes, and hears the events of serve/http/mod.rs.

/** @import { Change, EditorPage, FileRow, Opened } from "./editor" */
/** @import { Problem, Told } from "./preview" */
import { all, find, json, maybe } from "../../theme/client/find.js";
import { element } from "../../theme/client/make.js";
import { open, outline, pages as askPages, Refusal } from "./edit-api.js";
import { problemList, showChanges } from "./edit-changes.js";
import { changeTo, head, settings } from "./edit-fields.js";
import { fileList, newPage, reason, translationList } from "./edit-files.js";
import { add } from "./edit-picture.js";
import { showRecording } from "./edit-recording.js";
import { Saving } from "./edit-saving.js";
import { insert, textEditor } from "./edit-text.js";
import { selectLine, yamlEditor } from "./edit-yaml.js";

/** @type {EditorPage} */
const page = json(document, "[id='ringback:editor']");
const { words } = page, main = find(document, "main", HTMLElement);
const file = new URLSearchParams(location.search).get("file") ?? "";

/** @type {Promise<FileRow[]>|null} */
let rows = null;
const pages = () => (rows ??= askPages());
const isYaml = file.endsWith(".yaml");

/** One open file: what is known of it, and what isn't saved yet. */
class Desk {
  /** @param {Opened} opened */
  constructor(opened) {
    /** @type {Opened} */
    this.opened = opened;
    /** What can be written in the file, which is asked for once. */
    this.outline = outline(file);
    /** @type {Problem[]} */
    this.problems = [];
    /** @type {ReturnType<typeof yamlEditor>|null} */
    this.yaml = null;
    /** The state to which everything can be undone, and the one before that was done. */
    this.first = opened.version;
    this.before = "";
    this.state = element("span", { class: "state", role: "status" }, words.saved);
    this.told = element("div", { class: "told", role: "alert" });
    this.wrong = element("section", { class: "problems", hidden: true });
    /** What is to be known until the page is left. */
    this.note = "";
    this.draw();
    this.saving = new Saving(file, {
      opened: () => this.opened, fail: (why) => this.fail(why), state: (state) => (this.state.textContent = words[state]),
      take: (newer) => {
        this.take(newer);
        this.tell(newer.joined ? words.joined : this.note);
      },
    });
    const kept = this.saving.kept();
    if (kept) this.opened = { ...opened, version: kept.version };
    for (const change of kept?.changes ?? []) this.saving.add(change);
  }

  draw() {
    const { opened } = this;
    const onChange = (/** @type {string} */ text) => this.saving?.add({ change: "text", text });
    const yaml = isYaml ? yamlEditor({ words, id: "yaml", label: words.text, text: opened.text, outline: this.outline, onChange }) : null;
    const editor = yaml ?? textEditor({ words, file, text: opened.text, pages, onChange, onFail: (why) => this.fail(why), onTell: (told) => this.tell(this.note = told) });
    this.yaml = yaml;
    this.box = editor.box;
    this.frame = element("iframe", { title: words.page, src: opened.url ?? "about:blank", hidden: !opened.url });
    this.fields = element("div", { class: "settings" });
    this.head = element("div", { class: "heads" });
    const tabs = element("div", { class: "tabs", role: "tablist" });
    /** @type {[id: string, label: string, pane: HTMLElement][]} */
    const panes = [
      ["text", words.text, element("section", { class: "pane text-pane", id: "pane-text" }, this.head, editor.element)],
      ["settings", words.settings, element("section", { class: "pane", id: "pane-settings" }, this.fields)],
      ["page", words.page, element("section", { class: "pane page-pane", id: "pane-page" }, this.frame, !opened.url && element("p", {}, words.not_shown))],
    ];
    for (const [id, label, pane] of panes.filter(([id]) => !isYaml || id !== "settings")) {
      const tab = element("button", { type: "button", role: "tab", id: `tab-${id}`, "aria-controls": pane.id, "aria-selected": String(id === "text") }, label);
      tab.addEventListener("click", () => this.show(id));
      pane.setAttribute("role", "tabpanel");
      pane.setAttribute("aria-labelledby", tab.id);
      tabs.append(tab);
    }
    main.dataset.pane = "text";
    main.replaceChildren(this.bar(), tabs, this.told, this.wrong, element("div", { class: "panes" }, ...panes.map(([, , pane]) => pane)));
    this.drawFields();
  }

  /** @param {string} id */
  show(id) {
    main.dataset.pane = id;
    for (const tab of all(main, "[role=tab]", HTMLElement)) tab.setAttribute("aria-selected", String(tab.id === `tab-${id}`));
  }

  bar() {
    const back = element("a", { href: "/.ringback/edit" }, words.pages);
    const shown = this.opened.url && element("a", { href: this.opened.url, target: "_blank" }, words.open_page);
    const changed = element("button", { type: "button", "data-changes": true }, words.changes);
    changed.addEventListener("click", async () => {
      await this.saving?.save();
      await showChanges(words, this);
    });
    const recorded = element("button", { type: "button", "data-record": true }, words.record);
    recorded.addEventListener("click", async () => {
      await this.saving?.save();
      await showRecording(words, file, String(this.opened.values?.title ?? file));
    });
    return element("header", {}, element("nav", {}, back, shown || null), element("h1", { "aria-label": `${words.heading}: ${file.replace("content/", "")}` }, element("code", {}, file.replace("content/", ""))), this.state, changed, page.has_history && recorded);
  }

  drawFields() {
    const now = () => this.opened;
    const form = {
      words, get opened() { return now(); }, onChange: (/** @type {Change} */ change) => this.saving?.add(change),
      onUpload: (/** @type {string[]} */ path, /** @type {File} */ picture) => this.upload(path, picture),
      onWrite: (/** @type {string[]} */ path) => this.write(path),
    };
    this.head?.replaceChildren(head(form));
    if (isYaml) return;
    const onChange = (/** @type {string} */ text) => this.saving?.add({ change: "front_matter", text });
    this.yaml = yamlEditor({ words, id: "yaml", label: words.yaml, text: this.opened.front, outline: this.outline, onChange });
    this.yaml.mark(this.problems, this.opened.front_line);
    const wasOpen = maybe(main, ".yaml", HTMLDetailsElement)?.open;
    const whole = element("details", { class: "yaml", open: wasOpen || !this.opened.values }, element("summary", {}, words.yaml), element("p", { class: "hint" }, words.yaml_hint), this.yaml.element);
    this.fields?.replaceChildren(settings(form, this.fields), translationList(page, this.opened), ...(this.opened.kind ? [whole] : []));
  }

  /** Leads to where keys are written in the front matter; one that isn't there yet is begun. @param {string[]} path */
  write([key = "", inner = ""]) {
    const box = find(main, "#yaml", HTMLTextAreaElement);
    find(main, ".yaml", HTMLDetailsElement).open = true;
    const place = new RegExp(`^${key}:`, "m").exec(box.value);
    if (place) return selectLine(box, box.value.slice(0, place.index).split("\n").length);
    box.focus();
    const gap = box.value && !box.value.endsWith("\n") ? "\n" : "", begun = `${gap}${key}:${inner ? `\n  ${inner}:` : ""}\n  `;
    box.setSelectionRange(box.value.length, box.value.length);
    return insert(box, begun);
  }

  /** A newer state of the file: what is being written stays. @param {Opened} opened */
  take(opened) {
    const before = this.opened;
    this.opened = opened;
    if (this.frame && opened.url && before.url !== opened.url) Object.assign(this.frame, { src: opened.url, hidden: false });
    if (this.box && !this.saving?.waiting.has("text") && this.box.value !== opened.text) {
      const { selectionStart, selectionEnd, scrollTop } = this.box;
      this.box.value = opened.text;
      this.box.setSelectionRange(selectionStart, selectionEnd);
      this.box.scrollTop = scrollTop;
      if (isYaml) this.yaml?.draw();
    }
    const isTyping = document.activeElement?.closest(".heads, .settings");
    if (!isTyping || opened.joined) this.drawFields();
  }

  /** @param {string} text @param {Node[]} more */
  tell(text, ...more) {
    this.told.replaceChildren(...(text ? [element("p", {}, text), ...more] : []));
  }

  /** @param {unknown} why */
  fail(why) {
    const problem = why instanceof Refusal ? why.refused?.problem : null;
    if (problem !== "conflict" && problem !== "unknown") return this.tell(reason(words, why));
    const theirs = element("button", { type: "button" }, words.take_theirs), mine = element("button", { type: "button" }, words.keep_mine);
    theirs.addEventListener("click", async () => {
      this.saving?.forget();
      this.tell("");
      this.take(await open(file));
      this.state.textContent = words.saved;
    });
    mine.addEventListener("click", async () => {
      this.opened = { ...(await open(file)) };
      this.tell("");
      this.saving?.save();
    });
    return this.tell(reason(words, why), theirs, mine);
  }

  /** @param {string[]} path @param {File} picture */
  async upload(path, picture) {
    try {
      const { name } = await add(file, picture);
      this.saving?.add(changeTo(this.opened, path, name));
      await this.saving?.save();
      this.drawFields();
    } catch (why) {
      this.fail(why);
    }
  }

  /** Leads to a line of the file. @param {number} line */
  goTo(line) {
    const { front_line: front, text_line: text } = this.opened, isFront = !isYaml && line < text;
    this.show(isFront ? "settings" : "text");
    if (isFront) find(main, ".yaml", HTMLDetailsElement).open = true;
    const box = isFront ? find(main, "#yaml", HTMLTextAreaElement) : this.box;
    if (box) selectLine(box, line - (isFront ? front : text) + 1);
  }

  /** What is wrong with this page. @param {Problem[]} every */
  problemsAre(every) {
    this.problems = every.filter((problem) => problem.file === file);
    this.wrong.hidden = !this.problems.length;
    this.wrong.replaceChildren(problemList(words, this.problems, (line) => this.goTo(line)));
    this.yaml?.mark(this.problems, isYaml ? 1 : this.opened.front_line);
  }
}

/** @param {Desk} desk */
function listen(desk) {
  const events = new EventSource("/.ringback/events");
  events.onmessage = async (/** @type {MessageEvent<string>} */ { data }) => {
    /** @type {Told} */
    const told = JSON.parse(data);
    if (told.type === "hello" || told.type === "problems") desk.problemsAre(told.problems.shown);
    if ((told.type === "reload" || told.type === "hello") && desk.saving.isIdle) {
      const now = await open(file).catch(() => null);
      if (now && desk.saving.isIdle && (now.version !== desk.opened.version || now.url !== desk.opened.url)) desk.take(now);
    }
    if (told.type === "hello") desk.saving.save();
  };
}

async function start() {
  if (!file) {
    const create = element("button", { type: "button", class: "main" }, words.new_page);
    create.addEventListener("click", () => newPage(page));
    main.replaceChildren(element("header", { class: "list-head" }, element("h1", {}, words.pages), create), fileList(words, await pages(), file));
    return;
  }
  const desk = new Desk(await open(file));
  listen(desk);
  addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key !== "s") return;
    event.preventDefault();
    desk.saving.save();
  });
  addEventListener("beforeunload", (event) => {
    if (!desk.saving.isIdle) event.preventDefault();
  });
  document.title = `${maybe(main, "#field-title", HTMLTextAreaElement)?.value || file} – ${document.title}`;
}

start().catch((why) => main.replaceChildren(element("p", { class: "wrong", role: "alert" }, reason(words, why)), element("p", {}, element("a", { href: "/.ringback/edit" }, words.pages))));
