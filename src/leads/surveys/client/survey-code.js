// Result codes: what answers look like on their way from whoever gave them to whoever asked. `leads/surveys/code.rs` reads the
// same: `rbs1.DATA.SUM.`, where DATA is JSON, compressed and in letters, and SUM is a checksum of these letters.

import { isMap, isText } from "../../../theme/client/storage.js";

/** Somebody's answers: the survey and its version; the group or the place; who is rated; letters by chance that stay the same when
 * answers are changed, and how often that was; the day of a visit; each answer as five signs and one; words by their question.
 * @typedef {{s: string, v: string, g: string, p: string, r: string, n: number, d: string, a: string, t: Record<string, string>}} SurveyRecord */

/** The letters of a question's name in answers. */
export const PRINT = 5;
/** Says that a question doesn't apply, or that somebody can't answer it. */
export const SKIPPED = "x";

const START = "rbs1.";
/** Longer ones are no codes: 60 questions with comments have a quarter of it. */
const LONGEST = 8000;
/** No code holds more than this, unpacked. */
const MOST = 65_536;

/** FNV-1a, 32 bits, in seven digits. @param {string} text */
const checksum = (text) =>
  ([...text].reduce((sum, letter) => Math.imul(sum ^ letter.charCodeAt(0), 0x01000193), 0x811c9dc5) >>> 0).toString(36).padStart(7, "0");

/** Compresses, or the opposite of it; stops where it gets too much. @param {Uint8Array<ArrayBuffer>} bytes
 * @param {CompressionStream|DecompressionStream} stream */
async function pass(bytes, stream) {
  const writer = stream.writable.getWriter(), reader = stream.readable.getReader(), nothing = () => {};
  // Straight into it: a Blob on the way costs ten times as much. What is wrong with the bytes, the reader is told.
  writer.write(bytes).catch(nothing);
  writer.close().catch(nothing);
  /** @type {number[]} */
  const found = [];
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    if (found.length + next.value.length > MOST) throw new Error("too long");
    for (const byte of next.value) found.push(byte);
  }
  return Uint8Array.from(found);
}

/** @param {SurveyRecord} record */
export async function encode(record) {
  const packed = await pass(new TextEncoder().encode(JSON.stringify(record)), new CompressionStream("deflate-raw"));
  const letters = btoa(String.fromCharCode(...packed)).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
  return `${START}${letters}.${checksum(letters)}.`;
}

/** @param {unknown} it @returns {it is SurveyRecord} */
const isRecord = (it) =>
  isMap(it) && ["s", "v", "g", "p", "r", "d", "a"].every((name) => isText(it[name], 4000)) && Number.isInteger(it.n) &&
  isMap(it.t) && Object.values(it.t).every((text) => isText(text));

/** @param {string} letters @returns {Promise<SurveyRecord|null>} */
async function decode(letters) {
  try {
    const bytes = Uint8Array.from(atob(letters.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
    const record = JSON.parse(new TextDecoder().decode(await pass(bytes, new DecompressionStream("deflate-raw"))));
    return isRecord(record) ? record : null;
  } catch {
    return null;
  }
}

/** Finds the codes of a survey in any text, each rater's latest once; mail programs break lines in codes, and quote them.
 * `broken`: codes of which a part is missing or wrong; `others`: codes of other surveys.
 * @param {string} text @param {string} survey */
export async function find(text, survey) {
  const plain = text.replace(/[\s>=\u00ad\u200b-\u200d\u2060\ufeff]/g, "");
  /** By what they hold: one that was pasted twice is one. @type {Map<string, string>} */
  const codes = new Map();
  let broken = 0, others = 0;
  for (let at = plain.indexOf(START); at >= 0; ) {
    const [code = START, data = "", sum] = /^rbs1\.([\w-]+)\.([\da-z]{7})\./.exec(plain.slice(at, at + LONGEST)) ?? [];
    const isWhole = sum === checksum(data);
    if (isWhole) codes.set(data, code);
    else broken++;
    at = plain.indexOf(START, at + (isWhole ? code.length : START.length));
  }
  /** @type {Map<string, {record: SurveyRecord, code: string}>} */
  const latest = new Map(), records = await Promise.all([...codes.keys()].map(decode));
  [...codes.values()].forEach((code, at) => {
    const record = records[at];
    if (!record) broken++;
    else if (record.s !== survey) others++;
    else if ((latest.get(record.r)?.record.n ?? -1) < record.n) latest.set(record.r, { record, code });
  });
  return { found: [...latest.values()], broken, others };
}

/** What was chosen, as an index; undefined where it doesn't apply or isn't answered. @param {SurveyRecord} record @param {string} print */
export function answerOf({ a: given }, print) {
  for (let at = 0; at + PRINT < given.length; at += PRINT + 1) {
    if (given.startsWith(print, at)) return /\d/.test(given[at + PRINT] ?? "") ? Number(given[at + PRINT]) : undefined;
  }
  return undefined;
}
