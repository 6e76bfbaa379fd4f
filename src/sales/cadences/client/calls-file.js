// Calls as files to keep: a table for spreadsheets, and what a webhook would get.

/** @import { Kept } from "./calls-kept" */
import { table } from "../../../theme/client/table.js";

/** @param {number} time */
const iso = (time) => (time ? new Date(time).toISOString().replace(/\.\d+/, "") : "");

/** A row a call, with a column for each name that one of them has.
 * @param {Kept[]} calls @param {Record<string, string>} words */
export function callsTable(calls, words) {
  const names = [...new Set(calls.flatMap(({ values }) => Object.keys(values)))];
  const label = (/** @type {string} */ name) => calls.map(({ labels }) => (Object.hasOwn(labels, name) ? labels[name] : "")).find(Boolean) ?? name;
  const head = [words.csv_started, words.csv_seconds, words.csv_script, words.csv_outcome, ...names.map(label), words.csv_answers, words.csv_notes, words.csv_state];
  const rows = calls.map((call) => {
    const answers = (call.end?.questions ?? []).map((question, index) => [question, call.asked[call.end?.id ?? ""]?.[index]]).filter(([, answer]) => answer);
    return [iso(call.started || call.born), call.ended && call.started ? Math.max(0, Math.round((call.ended - call.started) / 1000)) : "", call.script.title, call.end?.label ?? "",
      ...names.map((name) => (Object.hasOwn(call.values, name) ? call.values[name] : "")), answers.map(([question, answer]) => `${question}: ${answer}`).join("\n"), call.notes.trim(), call.sent?.state ?? ""];
  });
  return table([head, ...rows]);
}

/** The events that were sent, and of the other calls what would be in one. @param {Kept[]} calls */
export const callsFile = (calls) => JSON.stringify(calls.map((call) => call.sent?.event ?? {
  id: call.key, script: call.script, outcome: call.end, started: iso(call.started || call.born), ended: iso(call.ended), placeholders: call.values, notes: call.notes, note: call.letter, sent: false,
}), null, 2);
