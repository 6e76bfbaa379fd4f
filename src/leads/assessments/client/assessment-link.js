// A result as the end of an address, behind `#`, which browsers send to nobody:
// `1~VERSION~PRINT ANSWER.PRINT ANSWER…~CHECKSUM`. Words that somebody has written are never in it.

/** @import { AssessmentConfig } from "./config" */
/** @import { Answers } from "./assessment-score.js" */
import { decode as decoded } from "../../../theme/client/attempt.js";
import { isAnswer } from "./assessment-score.js";

const NAME = "result=";
/** Longer ones are no results: 60 questions have less than half of it. */
const LONGEST = 4000;
const PRINT = 5;

/** FNV-1a, 32 bits. @param {string} text */
const checksum = (text) =>
  ([...text].reduce((sum, letter) => Math.imul(sum ^ letter.charCodeAt(0), 0x01000193), 0x811c9dc5) >>> 0).toString(36);

/** @param {AssessmentConfig} config @param {Answers} answers */
export function encode(config, answers) {
  const said = config.questions.filter(({ kind, print }) => kind !== "text" && answers.has(print));
  const body = `${config.questions_version}~${said.map(({ print }) => print + answers.get(print)).join(".")}`;
  return `#${NAME}1~${body}~${checksum(body)}`;
}

/** Is there a result in an address? @param {string} address */
export const hasResult = (address) => address.includes(`#${NAME}`);

/** What an address holds. Mail programs break lines within it.
 * `problem`: `long`, or `broken`; `lost`: answers to questions that are no more, or have changed.
 * @param {AssessmentConfig} config @param {string} address
 * @returns {{answers: Answers, lost: number, version: string, problem: ""|"long"|"broken"}} */
export function decode({ questions }, address) {
  /** @param {""|"long"|"broken"} problem */
  const nothing = (problem) => ({ answers: new Map(), lost: 0, version: "", problem });
  const text = decoded(address.slice(address.indexOf(NAME) + NAME.length, address.indexOf(NAME) + 3 * LONGEST)).replace(/\s/g, "");
  if (text.length > LONGEST) return nothing("long");
  const [, body = "", version = "", said = "", sum] = /^1~(([\w.-]{1,40})~([\w.]*))~([\da-z]{1,7})$/.exec(text) ?? [];
  if (!sum || sum !== checksum(body)) return nothing("broken");
  const known = new Map(questions.map((question) => [question.print, question])), answers = new Map();
  let lost = 0;
  for (const each of said.split(".").filter(Boolean)) {
    const print = each.slice(0, PRINT), answer = each.slice(PRINT), question = known.get(print);
    if (question && question.kind !== "text" && isAnswer(question, answer)) answers.set(print, answer);
    else lost++;
  }
  return { answers, lost, version, problem: "" };
}
