// What raters said of people. `leads/surveys/people.rs` explains the rule of three, and does the same; a test compares both.

/** @import { SurveyConfig, SurveyQuestion } from "./config" */
/** @import { SurveyRecord } from "./survey-code.js" */
import { answerOf } from "./survey-code.js";

/** @typedef {{mean: number, spread: number|null}} Cell what a set of raters said: the mean and the standard deviation */
/** @typedef {{own: number|null, cells: (Cell|null)[], others: Cell|null, gap: number|null, view: "blind"|"hidden"|null}} Row */
/** @typedef {{question: number, own: string|null, others: string[]}} Comments */
/** @typedef {{name: string, own: boolean, sets: {groups: number[], raters: number}[], withheld: number[], questions: Row[], themes: Row[], comments: Comments[]}} PersonReport */

export const SELF = "self";
/** So many have to have said something before it is shown. */
const FEWEST = 3;

/** @param {number[]} values */
const mean = (values) => (values.length ? values.reduce((sum, value) => sum + value, 0) / values.length : null);

/** @param {number[]} values @returns {Cell|null} */
function cell(values) {
  const middle = mean(values);
  if (values.length < FEWEST || middle === null) return null;
  return { mean: middle, spread: Math.sqrt(mean(values.map((value) => (value - middle) * (value - middle))) ?? 0) };
}

/** @template T @param {T|null|undefined} value @returns {value is T} */
const isThere = (value) => value != null;

/** @param {SurveyConfig} config @param {number|null} own @param {(Cell|null)[]} cells @param {Cell|null} others @returns {Row} */
function compared({ questions, blind_spot: share }, own, cells, others) {
  const all = questions.flatMap(({ points }) => points), gap = own === null || !others ? null : own - others.mean;
  const isFar = gap !== null && Math.abs(gap) + 1e-9 >= ((Math.max(...all) - Math.min(...all)) * share) / 100;
  return { own, cells, others, gap, view: !isFar ? null : gap > 0 ? "blind" : "hidden" };
}

/** FNV-1a of the bytes of a text. @param {string} text */
const fnv = (text) => new TextEncoder().encode(text).reduce((sum, byte) => Math.imul(sum ^ byte, 0x01000193) >>> 0, 0x811c9dc5);

/** @param {SurveyConfig} config @param {string} name @param {SurveyRecord[]} records @returns {PersonReport} */
function person(config, name, records) {
  const { groups, questions, themes } = config, selves = records.filter(({ g }) => g === SELF);
  // More than one is none: nobody knows which is theirs.
  const self = selves.length === 1 ? selves[0] : undefined;
  /** @type {PersonReport["sets"]} */
  const sets = [];
  /** @type {SurveyRecord[][]} */
  const members = [];
  const small = { groups: /** @type {number[]} */ ([]), raters: 0 };
  /** @type {SurveyRecord[]} */
  const pooled = [];
  /** @type {number[]} */
  let withheld = [];
  groups.forEach(({ id }, index) => {
    if (id === SELF) return;
    const found = records.filter(({ g }) => g === id), raters = found.length;
    if (raters >= FEWEST) {
      sets.push({ groups: [index], raters });
      members.push(found);
    } else if (raters) {
      small.groups.push(index);
      small.raters += raters;
      pooled.push(...found);
    } else withheld.push(index);
  });
  if (small.raters >= FEWEST) {
    sets.push(small);
    members.push(pooled);
  } else withheld = [...withheld, ...small.groups].sort((a, b) => a - b);

  /** @param {SurveyQuestion} question @param {SurveyRecord} record */
  const pointsOf = ({ print, points }, record) => points[answerOf(record, print) ?? -1];
  const rows = questions.map((question) => {
    const values = members.map((set) => set.map((record) => pointsOf(question, record)).filter(isThere));
    const known = values.filter((each) => each.length >= FEWEST).flat();
    return compared(config, self ? (pointsOf(question, self) ?? null) : null, values.map(cell), cell(known));
  });
  /** @param {(number|null|undefined)[]} values @returns {Cell|null} */
  const ofMeans = (values) => {
    const middle = mean(values.filter(isThere));
    return middle === null ? null : { mean: middle, spread: null };
  };
  const ofThemes = themes.map((_, theme) => {
    const own = rows.filter((__, at) => questions[at]?.theme === theme);
    return compared(config, mean(own.map((row) => row.own).filter(isThere)), sets.map((__, set) => ofMeans(own.map((row) => row.cells[set]?.mean))), ofMeans(own.map((row) => row.others?.mean)));
  });
  return { name, own: self !== undefined, sets, withheld, questions: rows, themes: ofThemes, comments: comments(questions, self, members) };
}

/** @param {SurveyQuestion[]} questions @param {SurveyRecord|undefined} self @param {SurveyRecord[][]} members @returns {Comments[]} */
function comments(questions, self, members) {
  /** @param {SurveyRecord|undefined} record @param {string} print */
  const text = (record, print) => (record && Object.hasOwn(record.t, print) ? record.t[print]?.trim() : "") || null;
  return questions.flatMap(({ points, print }, question) => {
    if (points.length) return [];
    const written = members.flat().map((record) => text(record, print)).filter(isThere);
    // By a number that has nothing to do with who wrote it, or when it came.
    written.sort((a, b) => fnv(a) - fnv(b) || (a < b ? -1 : a > b ? 1 : 0));
    return [{ question, own: text(self, print), others: written.length < FEWEST ? [] : written }];
  });
}

/** A report for each person, by name. @param {SurveyConfig} config @param {SurveyRecord[]} records */
export function people(config, records) {
  /** @type {Map<string, {name: string, records: SurveyRecord[]}>} */
  const byName = new Map();
  for (const record of records) {
    const name = record.p.trim().split(/\s+/u).join(" "), key = name.toLowerCase(), known = byName.get(key);
    if (known) known.records.push(record);
    else byName.set(key, { name, records: [record] });
  }
  return [...byName].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, found]) => person(config, found.name, found.records));
}

/** What raters said of several people together; null for fewer than three, in which each could be found.
 * @param {SurveyConfig} config @param {PersonReport[]} reports */
export function together(config, reports) {
  if (reports.length < FEWEST) return null;
  /** @param {(number|null|undefined)[]} values */
  const enough = (values) => {
    const known = values.filter(isThere);
    return known.length < FEWEST ? null : mean(known);
  };
  /** @param {(Row|undefined)[]} rows */
  const ofAll = (rows) => {
    const others = enough(rows.map((row) => row?.others?.mean));
    return compared(config, enough(rows.map((row) => row?.own)), [], others === null ? null : { mean: others, spread: null });
  };
  return {
    people: reports.length,
    questions: config.questions.map((_, at) => ofAll(reports.map(({ questions }) => questions[at]))),
    themes: config.themes.map((_, at) => ofAll(reports.map(({ themes }) => themes[at]))),
  };
}
