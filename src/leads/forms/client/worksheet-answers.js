// What readers write into worksheets. It is in their browser alone, until they send it or delete it.

import { attempt } from "../../../theme/client/attempt.js";
import { isMap, isText, recall, remember } from "../../../theme/client/storage.js";

const KEPT = "ringback.worksheet.";
/** What is written elsewhere on the site counts for this long. */
const RECENT = 30 * 86_400_000;

/** What is written into one worksheet: what is above it, when it was last changed, and the answers by their questions.
 * @typedef {{title: string, at: number, answers: Record<string, string>}} Written */

/** What is kept of a worksheet. @param {string} key @returns {Written} */
export function load(key) {
  const kept = recall(key), { title, at, answers } = isMap(kept) ? kept : {};
  const pairs = isMap(answers) ? Object.entries(answers) : [];
  return {
    title: isText(title) ? title : "",
    at: Number(at) || 0,
    answers: Object.fromEntries(pairs.flatMap(([question, answer]) => (isText(answer) ? [[question, answer]] : []))),
  };
}

/** @param {Written} written */
const isFilled = ({ answers }) => Object.values(answers).some((answer) => answer.trim());

/** The key of a worksheet on this page. @param {string} id that of its heading */
export const keyOf = (id) => `${KEPT}${location.pathname}#${id}`;

/** Keeps it, or forgets it where nothing is written. Whether that can be done here. @param {string} key @param {Written} written */
export function keep(key, written) {
  const isKept = remember(key, isFilled(written) ? written : null);
  document.dispatchEvent(new CustomEvent("ringback:worksheet"));
  return isKept;
}

/** @param {string|null} key */
export const isOne = (key) => key?.startsWith(KEPT) === true;

/** What is written, to be read elsewhere. @param {Written} written */
export function asText({ title, answers }) {
  const pairs = Object.entries(answers).filter(([, answer]) => answer.trim());
  return [title, ...pairs.map(([question, answer]) => `${question}\n${answer.trim()}`)].join("\n\n").trim();
}

/** What is written on this page, or else what was last written on another: a form that follows gets it. */
export function latest() {
  const keys = (attempt(() => Object.keys(localStorage)) ?? []).filter(isOne);
  const here = keys.filter((key) => key.startsWith(keyOf(""))).map(load).filter(isFilled);
  const recent = keys.map(load).filter((written) => isFilled(written) && Date.now() - written.at < RECENT);
  const all = here.length ? here : recent.sort((a, b) => b.at - a.at).slice(0, 1);
  return all.map(asText).join("\n\n\n");
}
