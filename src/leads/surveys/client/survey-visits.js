// What mystery shoppers found: a score for each visit, and a tally by place and month. `leads/surveys/visits.rs` does the same.

/** @import { SurveyConfig, SurveyQuestion } from "./config" */
/** @import { SurveyRecord } from "./survey-code.js" */
import { answerOf } from "./survey-code.js";

/** @typedef {{place: string, month: string, visits: number, score: number|null}} VisitRow */

/** @param {(number|null)[]} values */
function mean(values) {
  const known = values.filter((value) => value !== null);
  return known.length ? known.reduce((sum, value) => sum + value, 0) / known.length : null;
}

/** The share of its points that a question got; null where that says nothing. @param {SurveyQuestion} question @param {SurveyRecord} record */
function share({ print, points }, record) {
  const answer = answerOf(record, print), most = Math.max(0, ...points), found = answer === undefined ? undefined : points[answer];
  return found === undefined || !most ? null : found / most;
}

/** The score of a visit, of 100. @param {SurveyConfig} config @param {SurveyRecord} record */
export function scoreOf({ questions }, record) {
  let sum = 0, weights = 0;
  for (const question of questions) {
    const found = share(question, record);
    if (found === null) continue;
    sum += question.weight * found;
    weights += question.weight;
  }
  return weights ? Math.floor((100 * sum) / weights + 0.5) : null;
}

/** @param {SurveyConfig} config @param {SurveyRecord[]} records */
export function tally(config, records) {
  const { places, questions } = config;
  /** @type {Map<string, {at: number, place: string, month: string, records: SurveyRecord[]}>} */
  const rows = new Map();
  for (const record of records) {
    const place = record.g, month = record.d.length === 10 ? record.d.slice(0, 7) : "", index = places.findIndex(({ id }) => id === place);
    const key = `${place}\n${month}`, row = rows.get(key) ?? { at: index < 0 ? places.length : index, place, month, records: [] };
    row.records.push(record);
    rows.set(key, row);
  }
  const sorted = [...rows.values()].sort((a, b) => a.at - b.at || (a.place < b.place ? -1 : a.place > b.place ? 1 : 0) || (a.month < b.month ? -1 : 1));
  return {
    visits: records.length,
    rows: sorted.map(({ place, month, records: all }) => ({ place, month, visits: all.length, score: mean(all.map((record) => scoreOf(config, record))) })),
    questions: questions.map((question) => {
      const found = mean(records.map((record) => share(question, record)));
      return found === null ? null : found * 100;
    }),
  };
}
