/**
 * Writes what somebody changed in fields into the text of a file, and nothing else: comments, order, quotes and keys that no field
 * shows stay as they are.
 */

import { readMap } from "./admin-yaml.js";

/** @import { AdminField } from "./admin" */
/** @import { YamlEntry, YamlNode } from "./admin-scalars.js" */
/** @typedef {{ start: number, end: number, text: string }} Splice */

/** A value without what is empty in it: no value where nothing is left. @param {unknown} value @returns {unknown} */
function filled(value) {
  if (value === "" || value === null || value === undefined) return undefined;
  if (Array.isArray(value)) {
    const items = value.map(filled).filter((item) => item !== undefined);
    return items.length ? items : undefined;
  }
  if (typeof value === "object") {
    const entries = Object.entries(value).map(([key, item]) => [key, filled(item)]);
    const left = entries.filter(([, item]) => item !== undefined).sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
    return left.length ? Object.fromEntries(left) : undefined;
  }
  return String(value);
}

/** @param {unknown} one @param {unknown} other */
export const isSame = (one, other) => JSON.stringify(filled(one)) === JSON.stringify(filled(other));

/** The value of a field, as the form has it; nothing for what the form can't show. @param {string} file @param {YamlNode | undefined} node @param {AdminField} field @returns {unknown} */
export function shown(file, node, field) {
  if (!node || node.kind === "none" || node.kind === "unread") return undefined;
  const { kind, fields, short } = field;
  if (kind === "yaml") return source(file, node);
  if (kind === "object" || (kind === "list" && node.kind !== "list")) {
    if (kind === "list") return undefined;
    if (node.kind === "text") return short === "" ? undefined : { [short]: node.text };
    return node.kind === "map" ? ofMap(file, node.entries, fields) : undefined;
  }
  if (kind === "list") {
    const one = { ...field, kind: /** @type {const} */ ("object") };
    const items = node.items.map((item) => shown(file, item, one));
    return items.every((item) => item !== undefined) ? items : undefined;
  }
  if (kind === "texts") {
    if (node.kind === "text") return [node.text];
    const isTexts = node.kind === "list" && node.items.every((item) => item.kind === "text");
    return isTexts ? node.items.map((item) => item.text) : undefined;
  }
  if (node.kind !== "text") return undefined;
  if (kind === "number") return /^-?\d{1,15}(?:\.\d{1,9})?$/.test(node.text) ? Number(node.text) : undefined;
  return node.text;
}

/** The values of fields. @param {string} file @param {YamlEntry[]} entries @param {AdminField[]} fields @returns {Record<string, unknown>} */
export function ofMap(file, entries, fields) {
  /** @type {Record<string, unknown>} */
  const values = {};
  for (const field of fields) {
    const value = shown(file, entries.find((entry) => entry.key === field.name)?.node, field);
    if (value !== undefined) values[field.name] = value;
  }
  return values;
}

/** A value as it is written, as if it began at the edge. @param {string} file @param {YamlNode} node */
function source(file, node) {
  const text = file.slice(node.start, node.end);
  const column = node.start - (file.lastIndexOf("\n", node.start - 1) + 1);
  const isBlock = !node.isFlow && (node.kind === "map" || node.kind === "list");
  return isBlock ? text.replaceAll(`\n${" ".repeat(column)}`, "\n") : text;
}

const NOT_PLAIN = /^(?:true|false|yes|no|on|off|null|~)$|^[-+.\d][\d_.,:eE+-]*$|^0[xo]/i;
const DATE = /^\d{4}-\d{2}-\d{2}(?:[ T]\d{2}:\d{2}.*)?$/;

/** A text as YAML, in quotes where it needs them. @param {string} text @param {string} style The quotes that it had @param {boolean} isInBrackets */
function quoted(text, style, isInBrackets) {
  const isControl = [...text].some((letter) => letter < " " || letter === "\u007f" || letter === "\u0085" || letter === "\ufeff");
  if (isControl || style === '"') return JSON.stringify(text).replaceAll("\u007f", "\\u007f").replaceAll("\u0085", "\\u0085").replaceAll("\ufeff", "\\ufeff");
  const isPlain = /^[\p{L}\p{N}(./][^\n]*$/u.test(text) && !/: |:$| #|\s$/.test(text) && !(isInBrackets && /[,[\]{}:]/.test(text));
  if (style === "" && isPlain && (!NOT_PLAIN.test(text) || DATE.test(text))) return text;
  return `'${text.replaceAll("'", "''")}'`;
}

/** A value as YAML. @param {AdminField} field @param {unknown} value @param {{ style: string, indent: string, isInBrackets: boolean }} how @returns {string} */
function yaml(field, value, how) {
  const { kind, fields } = field;
  if (kind === "yaml") return below(String(value), how.indent);
  if (kind === "texts") return `[${list(value).map((item) => quoted(String(item), "", true)).join(", ")}]`;
  if (kind === "object") {
    const inner = /** @type {Record<string, unknown>} */ (filled(value) ?? {});
    const known = fields.filter((each) => inner[each.name] !== undefined);
    return `{${known.map((each) => `${each.name}: ${yaml(each, inner[each.name], { ...how, style: "", isInBrackets: true })}`).join(", ")}}`;
  }
  if (kind === "list") {
    const one = { ...field, kind: /** @type {const} */ ("object") };
    const items = list(value).filter((item) => filled(item) !== undefined);
    return items.map((item) => `\n${how.indent}  - ${yaml(one, item, { ...how, isInBrackets: true })}`).join("");
  }
  const text = String(value).replaceAll("\r\n", "\n");
  if (kind === "number" || kind === "truth") return text;
  if (text.includes("\n") && !how.isInBrackets && /^\S/.test(text) && !/[^\n\P{Cc}]/u.test(text)) {
    return `|${text.endsWith("\n") ? "" : "-"}${below(`\n${text.replace(/\n+$/, "")}`, `${how.indent}  `)}`;
  }
  return quoted(text, how.style === "|" ? "" : how.style, how.isInBrackets);
}

/** @param {unknown} value @returns {unknown[]} */
const list = (value) => (Array.isArray(value) ? value : [value]);

/** @param {string} text @param {string} indent */
const below = (text, indent) => text.replaceAll(/\n(?=[^\n])/g, `\n${indent}`);

/** What changes a file so that its fields have new values. */
class Changes {
  /** @param {string} file */
  constructor(file) {
    this.file = file;
    /** @type {Splice[]} */
    this.splices = [];
  }

  /** @param {number} at */
  lineStart(at) {
    return this.file.lastIndexOf("\n", at - 1) + 1;
  }

  /** @param {number} at */
  lineEnd(at) {
    const end = this.file.indexOf("\n", at);
    return end < 0 ? this.file.length : end;
  }

  /** The keys of a map. @param {YamlNode} map @param {AdminField[]} fields @param {Record<string, unknown>} values */
  map(map, fields, values) {
    /** @type {YamlEntry | undefined} */
    let before = undefined;
    for (const field of fields) {
      const entry = map.entries.find((each) => each.key === field.name);
      const value = values[field.name];
      if (!isSame(shown(this.file, entry?.node, field), value)) {
        if (entry && filled(value) === undefined) this.remove(map, entry);
        else if (entry) this.change(entry.node, field, value, map);
        else this.add(map, before ?? map.entries.at(-1), field, value);
      }
      before = entry ?? before;
    }
  }

  /** @param {YamlNode} map @param {YamlEntry} entry */
  remove(map, entry) {
    const index = map.entries.indexOf(entry);
    if (!map.isFlow) {
      const isFirstOfItem = this.file.slice(this.lineStart(entry.start), entry.start).trim() !== "";
      const next = map.entries[index + 1];
      if (isFirstOfItem && next) this.splices.push({ start: entry.start, end: next.start, text: "" });
      else this.splices.push({ start: this.lineStart(entry.start), end: Math.min(this.lineEnd(entry.node.end) + 1, this.file.length), text: "" });
    } else if (map.entries[index + 1]) this.splices.push({ start: entry.start, end: map.entries[index + 1].start, text: "" });
    else this.splices.push({ start: map.entries[index - 1]?.node.end ?? entry.start, end: entry.node.end, text: "" });
  }

  /** @param {YamlNode} map @param {YamlEntry | undefined} before @param {AdminField} field @param {unknown} value */
  add(map, before, field, value) {
    const column = map.isFlow ? this.indent(map.start) : " ".repeat(map.start - this.lineStart(map.start));
    const text = yaml(field, value, { style: "", indent: column, isInBrackets: map.isFlow });
    const isBelow = field.kind === "yaml" && text.includes("\n") && !/^[[{|>"']/.test(text);
    const written = `${field.name}:${isBelow ? `\n${column}  ${below(text, "  ")}` : text.startsWith("\n") ? text : ` ${text}`}`;
    if (map.isFlow) {
      const at = before?.node.end ?? map.start + 1;
      this.splices.push({ start: at, end: at, text: before ? `, ${written}` : written });
      return;
    }
    const at = before ? Math.min(this.lineEnd(before.node.end), this.file.length) : map.end;
    this.splices.push({ start: at, end: at, text: before ? `\n${column}${written}` : `${written}\n` });
  }

  /** The blanks at the beginning of a line. @param {number} at */
  indent(at) {
    return /^ */.exec(this.file.slice(this.lineStart(at), at))?.[0] ?? "";
  }

  /** @param {YamlNode} node @param {AdminField} field @param {unknown} value @param {YamlNode} map @returns {void} */
  change(node, field, value, map) {
    const inner = /** @type {Record<string, unknown>} */ (value);
    if (field.kind === "object" && node.kind === "map") return this.map(node, field.fields, inner);
    const isPair = field.kind === "object" && node.kind === "text" && field.short !== "";
    if (isPair && Object.keys(/** @type {object} */ (filled(value))).every((key) => key === field.short)) {
      const one = { ...field, kind: /** @type {const} */ ("text") };
      return this.change(node, one, inner[field.short], map);
    }
    const items = list(value);
    if (field.kind === "list" && node.kind === "list" && node.items.length === items.length) {
      const one = { ...field, kind: /** @type {const} */ ("object") };
      return node.items.forEach((item, index) => {
        if (!isSame(shown(this.file, item, one), items[index])) this.change(item, one, items[index] ?? {}, map);
      });
    }
    if (field.kind === "texts" && node.kind === "list" && !node.isFlow && this.texts(node, items.map(String))) return undefined;
    return this.replace(node, field, value, map);
  }

  /** Takes items off a list, or adds some at its end; false where it is more than that. @param {YamlNode} node @param {string[]} values */
  texts(node, values) {
    const kept = node.items.filter((item) => values.includes(item.text));
    const isKept = kept.length > 0 && kept.every((item, index) => item.text === values[index]);
    if (!isKept) return false;
    for (const item of node.items.filter((each) => !kept.includes(each))) {
      this.splices.push({ start: this.lineStart(item.start), end: Math.min(this.lineEnd(item.end) + 1, this.file.length), text: "" });
    }
    const column = " ".repeat(node.start - this.lineStart(node.start));
    const added = values.slice(kept.length).map((text) => `\n${column}- ${quoted(text, "", false)}`).join("");
    const end = this.lineEnd(/** @type {YamlNode} */ (kept.at(-1)).end);
    if (added !== "") this.splices.push({ start: end, end, text: added });
    return true;
  }

  /** @param {YamlNode} node @param {AdminField} field @param {unknown} value @param {YamlNode} map */
  replace(node, field, value, map) {
    const isEmpty = node.kind === "none" && node.start === node.end;
    const isBelow = this.file.slice(this.lineStart(node.start), node.start).trim() === "" && node.kind !== "none";
    const indent = isBelow ? " ".repeat(node.start - this.lineStart(node.start)) : this.indent(map.start);
    const text = yaml(field, value, { style: node.style, indent, isInBrackets: map.isFlow });
    const goesBelow = field.kind === "yaml" && !isBelow && text.includes("\n") && !/^[[{|>"']/.test(text);
    const written = goesBelow ? `\n${indent}  ${below(text, "  ")}` : text;
    const start = written.startsWith("\n") && !isEmpty ? this.file.slice(0, node.start).trimEnd().length : node.start;
    this.splices.push({ start, end: node.end, text: isEmpty && !written.startsWith("\n") ? ` ${written}` : written });
  }

  done() {
    const order = this.splices.map((splice, index) => ({ ...splice, index })).sort((a, b) => b.start - a.start || b.index - a.index);
    return order.reduce((text, { start, end, text: put }) => text.slice(0, start) + put + text.slice(end), this.file);
  }
}

/** The file with the values of its fields in the YAML from `start` to `end`. @param {string} file @param {[number, number]} range @param {AdminField[]} fields @param {Record<string, unknown>} values */
export function withValues(file, [start, end], fields, values) {
  const changes = new Changes(file);
  const entries = readMap(file, start, end);
  changes.map({ kind: "map", start, end, isFlow: false, style: "", text: "", entries, items: [] }, fields, values);
  return changes.done();
}
