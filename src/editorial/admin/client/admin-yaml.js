/**
 * YAML as authors write it, read with the place of every value, so that a change can be put exactly there.
 *
 * What is rare (anchors, tags, keys of several lines) isn't read: such a key stays as it is written. The same text read by the
 * program (`src/yaml`) says the same; a test compares them.
 */

import { Scalars, Unread } from "./admin-scalars.js";

/** @import { YamlEntry, YamlNode } from "./admin-scalars.js" */

const KEY = /(?:"(?:[^"\\\n]|\\.)*"|'(?:[^'\n]|'')*'|(?:[^\s\-?:,[\]{}#&*!|>'"%@`]|[-?:](?=\S))[^\n]*?)[ \t]*:(?=[ \n]|$)/y;

/** Reads maps and lists that are set out in lines, too. */
class Reader extends Scalars {
  /** @returns {string | undefined} The key that begins here, with its colon, as it is written. */
  key() {
    KEY.lastIndex = this.at;
    const [found] = KEY.exec(this.text) ?? [];
    return found === undefined || (/ #/.test(found) && !/^["']/.test(found)) ? undefined : found;
  }

  /**
   * @param {number} column Where the keys begin.
   * @returns {YamlNode} The map that begins here.
   */
  map(column) {
    const start = this.at;
    /** @type {YamlEntry[]} */
    const entries = [];
    let end = start;
    for (;;) {
      const key = this.key();
      if (key === undefined) throw new Unread("a key");
      const entry = { key: this.name(key), start: this.at };
      this.at += key.length;
      const node = this.value(column, false);
      entries.push({ ...entry, node });
      end = node.end;
      this.skip();
      if (this.at >= this.text.length || this.column() < column) break;
      if (this.column() > column) throw new Unread("its indentation");
    }
    return this.node("map", start, { entries, end });
  }

  /** @param {string} key A key, as it is written. */
  name(key) {
    const written = key.replace(/[ \t]*:$/, "");
    return /^["']/.test(written) ? new Reader(written, 0, written.length).quoted().text : written;
  }

  /**
   * @param {number} column Where the dashes are.
   * @returns {YamlNode} The list that begins here.
   */
  list(column) {
    const start = this.at;
    /** @type {YamlNode[]} */
    const items = [];
    while (this.at < this.text.length && this.column() === column && this.isItem()) {
      this.at += 1;
      items.push(this.value(column, true));
      this.skip();
    }
    if (this.at < this.text.length && this.column() > column) throw new Unread("its indentation");
    return this.node("list", start, { items, end: items.at(-1)?.end ?? start });
  }

  /**
   * @param {number} column Where that begins to which it belongs.
   * @param {boolean} isInList Does it follow a dash?
   * @returns {YamlNode} The value of a key or of an item.
   */
  value(column, isInList) {
    const before = this.at;
    while (this.text[this.at] === " ") this.at += 1;
    const isHere = this.at < this.lineEnd() && !this.isComment();
    if (!isHere) this.skip();
    const own = this.column();
    const isBelow = own > column || (own === column && !isInList && this.isItem());
    if (this.at >= this.text.length || (!isHere && !isBelow)) {
      this.at = before;
      return this.node("none", before);
    }
    if ((!isHere || isInList) && this.isItem()) return this.list(own);
    if ((!isHere || isInList) && this.key() !== undefined) return this.map(own);
    const node = this.scalar(column);
    this.at = node.end;
    const rest = this.text.slice(node.end, this.lineEnd());
    if (!/^\s*$|^\s+#/.test(rest) && node.style !== "|") throw new Unread("the end of a value");
    return node;
  }
}

/**
 * Reads the keys of a map that begins at the edge of the page. One that can't be read is `unread`, and the others are read
 * nonetheless.
 *
 * @param {string} text The file.
 * @param {number} start Where the map begins.
 * @param {number} end Where it ends.
 * @returns {YamlEntry[]} Its keys, in their order.
 */
export function readMap(text, start, end) {
  const begins = [...text.slice(start, end).matchAll(/^[^\s#-].*$/gm)].map((line) => start + line.index);
  const isKey = (/** @type {number} */ at) => new Reader(text, at, end).key() !== undefined;
  const places = begins.filter(isKey);
  return places.map((place, index) => {
    const until = places[index + 1] ?? end;
    const reader = new Reader(text, place, until);
    const key = reader.key() ?? "";
    try {
      return reader.map(0).entries[0];
    } catch (error) {
      if (!(error instanceof Unread)) throw error;
      const whole = text.slice(place, until).trimEnd();
      reader.at = place + whole.length;
      return { key: reader.name(key), start: place, node: reader.node("unread", place + key.length) };
    }
  });
}
