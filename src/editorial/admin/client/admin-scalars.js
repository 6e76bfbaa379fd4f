/**
 * Texts, lists and maps in brackets, as YAML has them, with the places where they begin and end.
 */

/** @typedef {{ kind: "map" | "list" | "text" | "none" | "unread", start: number, end: number, isFlow: boolean, style: string, text: string, entries: YamlEntry[], items: YamlNode[] }} YamlNode */
/** @typedef {{ key: string, start: number, node: YamlNode }} YamlEntry */

const ESCAPES = new Map([
  ["n", "\n"],
  ["t", "\t"],
  ["r", "\r"],
  ["0", "\0"],
  ["_", "\u00a0"],
]);

/** Says that something isn't read. */
export class Unread extends Error {}

/** Reads one value after the other, from a place on. */
export class Scalars {
  /**
   * @param {string} text The file.
   * @param {number} at Where to begin.
   * @param {number} end Where to stop.
   */
  constructor(text, at, end) {
    this.text = text.slice(0, end);
    this.at = at;
  }

  /**
   * @param {YamlNode["kind"]} kind What the value is.
   * @param {number} start Where it begins.
   * @param {Partial<YamlNode>} [more] What else it has.
   * @returns {YamlNode} The value that ends here.
   */
  node(kind, start, more = {}) {
    return { kind, start, end: this.at, isFlow: false, style: "", text: "", entries: [], items: [], ...more };
  }

  /** Goes on to the next thing, over blanks, comments and ends of lines. */
  skip() {
    for (;;) {
      while (/[ \n]/.test(this.text[this.at] ?? "")) this.at += 1;
      if (!this.isComment()) return;
      this.at = this.lineEnd();
    }
  }

  isComment() {
    return this.text[this.at] === "#" && (this.at === 0 || /\s/.test(this.text[this.at - 1]));
  }

  lineEnd() {
    const end = this.text.indexOf("\n", this.at);
    return end < 0 ? this.text.length : end;
  }

  column() {
    return this.at - (this.text.lastIndexOf("\n", this.at - 1) + 1);
  }

  isItem() {
    return this.text[this.at] === "-" && /[ \n]|^$/.test(this.text[this.at + 1] ?? "");
  }

  /**
   * @param {number} column Where that begins to which it belongs.
   * @returns {YamlNode} A text, or what stands in brackets.
   */
  scalar(column) {
    const first = this.text[this.at];
    if (first === "[" || first === "{") return this.flow();
    if (first === '"' || first === "'") return this.quoted();
    if (first === "|" || first === ">") return this.block(column);
    if (/[&*!%@`?,\]}]/.test(first) || this.isItem()) throw new Unread(first);
    return this.plain(column);
  }

  /** @param {number} column Where that begins to which it belongs. */
  plain(column) {
    const start = this.at;
    let [text, end, breaks] = ["", start, 0];
    for (;;) {
      const line = this.text.slice(this.at, this.lineEnd());
      const cut = line.search(/\s#/);
      const said = (cut < 0 ? line : line.slice(0, cut)).trimEnd();
      if (/:(?: |$)/.test(said)) throw new Unread("a colon");
      if (text !== "") text += breaks > 1 ? "\n".repeat(breaks - 1) : " ";
      text += said;
      end = this.at + said.length;
      this.at = this.lineEnd();
      if (cut >= 0) break;
      const [gap] = /^(?:[ ]*\n)+[ ]*/.exec(this.text.slice(this.at)) ?? [""];
      this.at += gap.length;
      breaks = gap.split("\n").length - 1;
      const isOver = this.at >= this.text.length || this.text[this.at] === "\n" || this.isComment();
      if (gap === "" || isOver || this.column() <= column) break;
    }
    this.at = end;
    return /^(?:~|null|Null|NULL)$/.test(text) ? this.node("none", start) : this.node("text", start, { text });
  }

  /** @returns {YamlNode} What stands in quotes. */
  quoted() {
    const start = this.at;
    const mark = this.text[start];
    const shape = mark === '"' ? /"((?:[^"\\]|\\[\s\S])*)"/y : /'((?:[^']|'')*)'/y;
    shape.lastIndex = start;
    const found = shape.exec(this.text);
    if (!found) throw new Unread("a quotation mark");
    this.at = start + found[0].length;
    const folded = found[1].replace(/[ \t]*\n(?:[ \t]*\n)*[ \t]*/g, (gap) =>
      gap.split("\n").length > 2 ? "\n".repeat(gap.split("\n").length - 2) : " ",
    );
    if (mark === "'") return this.node("text", start, { style: mark, text: folded.replaceAll("''", "'") });
    const text = folded.replace(/\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|([\s\S]))/g, (whole, x, u, one) => {
      if (one === undefined) return String.fromCharCode(Number.parseInt(x ?? u, 16));
      if (/[nt0r_]/.test(one)) return ESCAPES.get(one) ?? one;
      if (/["\\/ ]/.test(one)) return one;
      throw new Unread(whole);
    });
    return this.node("text", start, { style: mark, text });
  }

  /** @param {number} column Where that begins to which the text of several lines belongs. */
  block(column) {
    const start = this.at;
    const [head, mark, chomp] = /^([|>])([+-]?)[ ]*(?:#[^\n]*)?(?=\n|$)/.exec(this.text.slice(start)) ?? [];
    if (head === undefined) throw new Unread("a text of several lines");
    this.at = start + head.length;
    const lines = [];
    let [indent, end] = [-1, this.at];
    while (this.at < this.text.length) {
      const from = this.at + 1;
      const to = this.text.indexOf("\n", from) < 0 ? this.text.length : this.text.indexOf("\n", from);
      const line = this.text.slice(from, to);
      const own = line.search(/[^ ]/);
      if (own >= 0 && indent < 0) indent = own;
      if (own >= 0 && (own < indent || own <= column)) break;
      lines.push(own < 0 ? "" : line.slice(indent));
      this.at = to;
      if (own >= 0) end = to;
    }
    while (lines.length && lines.at(-1) === "") lines.pop();
    if (mark === ">" && lines.some((line) => /^[ \t]/.test(line))) throw new Unread("a folded text");
    const joined = mark === "|" ? lines.join("\n") : lines.join("\n").replace(/([^\n])\n(?!\n|$)/g, "$1 ").replace(/\n\n/g, "\n");
    this.at = end;
    if (chomp === "+") throw new Unread("lines at the end");
    const text = chomp === "-" || joined === "" ? joined : `${joined}\n`;
    return this.node("text", start, { style: "|", text });
  }

  /** @returns {YamlNode} What stands in brackets. */
  flow() {
    const start = this.at;
    const isMap = this.text[start] === "{";
    const [entries, items] = [/** @type {YamlEntry[]} */ ([]), /** @type {YamlNode[]} */ ([])];
    this.at += 1;
    for (;;) {
      this.skip();
      if (this.text[this.at] === (isMap ? "}" : "]")) break;
      if (!isMap) items.push(this.flowValue());
      else {
        const key = { start: this.at, key: this.flowValue().text };
        this.skip();
        if (this.text[this.at] !== ":") throw new Unread("a key in braces");
        this.at += 1;
        this.skip();
        entries.push({ ...key, node: this.flowValue() });
      }
      this.skip();
      if (this.text[this.at] === ",") this.at += 1;
      else if (!/[}\]]/.test(this.text[this.at] ?? "")) throw new Unread("a comma");
    }
    this.at += 1;
    return this.node(isMap ? "map" : "list", start, { isFlow: true, entries, items });
  }

  flowValue() {
    const first = this.text[this.at] ?? "";
    if (first === "[" || first === "{") return this.flow();
    if (first === '"' || first === "'") return this.quoted();
    if (first === "," || first === "}") return this.node("none", this.at);
    if (first === "" || /[&*!|>%@`?]/.test(first)) throw new Unread(first);
    const start = this.at;
    const [written] = /^[^,[\]{}\n]*?(?=\s*(?:[,[\]{}\n]|:(?:[\s,[\]{}]|$)|\s#|$))/.exec(this.text.slice(start)) ?? [""];
    this.at += written.length;
    return /^(?:~|null)?$/.test(written) ? this.node("none", start) : this.node("text", start, { text: written });
  }
}
