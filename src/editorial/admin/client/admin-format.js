/**
 * Files as Sveltia gets and gives them: the fields that it shows, the text, and the file as it was read.
 *
 * Sveltia would write the whole file anew, without comments and in its own style. So the file goes along as a hidden value, and
 * what comes back is put into it where it differs.
 */

import { kept } from "./admin-lines.js";
import { isSame, ofMap, withValues } from "./admin-write.js";
import { readMap } from "./admin-yaml.js";

/** @import { AdminField, Format } from "./admin" */

/** The hidden field with the file as it was read. */
const SOURCE = "ringback_source";

/** The hidden field with the language in which somebody has just begun to write: empty for what was read. */
const LANGUAGE = "ringback_language";

const FRONT_MATTER = /^(---[ \t]*\n)([\s\S]*?\n)??---[ \t]*(?:\n|$)/;

/** Where the keys are, and where the text begins. @param {string} file @param {string} ending @returns {{ range: [number, number], body: number }} */
function parts(file, ending) {
  if (ending === "yaml") return { range: [0, file.length], body: file.length };
  const [whole, head, keys = ""] = FRONT_MATTER.exec(file) ?? ["", ""];
  return { range: [head?.length ?? 0, (head?.length ?? 0) + keys.length], body: whole.length };
}

/** What Sveltia shows of a file. @param {string} file @param {Format} format @returns {Record<string, unknown>} */
export function read(file, { ending, fields }) {
  const { range, body } = parts(file, ending);
  const values = ofMap(file, readMap(file, ...range), fields);
  if (ending === "md") values.body = file.slice(body).replace(/^\s*\n/, "");
  return { ...values, [SOURCE]: file, [LANGUAGE]: "" };
}

/** The file with what Sveltia gives back. @param {Record<string, unknown>} values @param {Format} format @returns {string} */
export function write(values, format) {
  const { ending, fields } = format;
  const known = typeof values[SOURCE] === "string" ? String(values[SOURCE]) : "";
  const hasKeys = ending === "yaml" || FRONT_MATTER.test(known);
  const file = hasKeys ? known : `---\n---\n${known === "" ? "" : "\n"}${known}`;
  const { range, body } = parts(file, ending);
  const head = withValues(file.slice(0, body), range, fields, known === "" ? values : ofItsOwn(values, known, format));
  if (ending === "yaml") return head;
  const [gap] = /^\s*\n|/.exec(file.slice(body)) ?? [""];
  const before = file.slice(body + gap.length);
  const after = trimmed(String(values.body ?? ""));
  const text = after === trimmed(before) ? before : kept(trimmed(before), after);
  if (text === "" && before === "") return head;
  return `${head}${gap === "" && before === "" ? "\n" : gap}${text}`;
}

/**
 * A translation begins as its original, with the original's file: what is of one page alone goes, unless it was written anew.
 * @param {Record<string, unknown>} values @param {string} original @param {Format} format @returns {Record<string, unknown>}
 */
function ofItsOwn(values, original, format) {
  if (!values[LANGUAGE]) return values;
  const before = read(original, format);
  return Object.fromEntries(Object.entries(values).filter(([key, value]) => !format.own.includes(key) || !isSame(before[key], value)));
}

/** A text without empty lines around it. @param {string} text */
const trimmed = (text) => text.replace(/^(?:[ \t]*\n)+|\s+$/g, "");
