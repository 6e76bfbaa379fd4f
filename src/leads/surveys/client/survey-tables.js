// The reports, as tables and words. All their numbers come from survey-people.js and survey-visits.js, which keep the rule of three.

/** @import { SurveyConfig } from "./config" */
/** @import { Comments, PersonReport, Row } from "./survey-people.js" */
/** @import { VisitRow } from "./survey-visits.js" */
import { element } from "../../../theme/client/make.js";
import { fillIn } from "../../../theme/client/words.js";

/** @typedef {{visits: number, rows: VisitRow[], questions: (number|null)[]}} Tally */
/** @typedef {{people: number, questions: Row[], themes: Row[]}} GroupReport */

export class Tables {
  /** @param {SurveyConfig} config @param {Record<string, string>} words @param {(group: number) => string} group the title of a group */
  constructor(config, words, group) {
    this.config = config;
    this.words = words;
    this.group = group;
    const points = config.questions.flatMap((question) => question.points);
    this.least = Math.min(...points);
    this.most = Math.max(...points);
    /** Whose report it is: what tells its tables from those of another. */
    this.about = "";
    this.list = new Intl.ListFormat(config.locale, { type: "conjunction" });
  }

  /** @param {number|null|undefined} number @param {number} [digits] @param {"auto"|"exceptZero"} [signDisplay] */
  number(number, digits = 1, signDisplay = "auto") {
    return number == null ? "–" : number.toLocaleString(this.config.locale, { minimumFractionDigits: digits, maximumFractionDigits: digits, signDisplay });
  }

  /** @param {number[]} groups */
  titles(groups) {
    return this.list.format(groups.map(this.group));
  }

  /** What a question asks, of somebody by name. @param {number} at @param {string} name */
  asks(at, name) {
    return fillIn(this.config.questions[at]?.text, { name });
  }

  /** The scale with both views: a ring for oneself, a dot for others. @param {Row} row */
  line({ own, others }) {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg"), wide = this.most - this.least || 1;
    /** @param {string} tag @param {Record<string, string|number>} attributes */
    const draw = (tag, attributes) => {
      const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
      for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
      svg.append(made);
    };
    /** @param {number} value */
    const x = (value) => (8 + (104 * (value - this.least)) / wide).toFixed(1);
    svg.setAttribute("viewBox", "0 0 120 16");
    svg.setAttribute("class", "su-line");
    svg.setAttribute("aria-hidden", "true");
    draw("line", { x1: 8, x2: 112, y1: 8, y2: 8 });
    if (own !== null && others) draw("line", { class: "su-between", x1: x(own), x2: x(others.mean), y1: 8, y2: 8 });
    if (others) draw("circle", { class: "su-others", cx: x(others.mean), cy: 8, r: 5 });
    if (own !== null) draw("circle", { class: "su-own", cx: x(own), cy: 8, r: 6 });
    return svg;
  }

  /** A table in a place that can be scrolled by keyboard. @param {string} title @param {string[]} heads @param {HTMLElement[]} rows */
  frame(title, heads, rows) {
    const head = element("tr", {}, ...heads.map((each) => element("th", { scope: "col" }, each)));
    const table = element("table", {}, element("caption", {}, title), element("thead", {}, head), element("tbody", {}, ...rows));
    return element("div", { class: "su-table", role: "region", "aria-label": `${this.about}: ${title}`, tabindex: 0 }, table);
  }

  /** A mean, with its spread. @param {Row["others"]} cell */
  cell(cell) {
    return element("td", {}, this.number(cell?.mean), cell?.spread != null && element("small", {}, ` ± ${this.number(cell.spread)}`));
  }

  /** @param {string} title @param {Row[]} rows @param {string[]} names @param {string[]} sets */
  rated(title, rows, names, sets) {
    const { words } = this, of = rows.flatMap((row, at) => {
      if (row.own === null && !row.others && names[at] === "") return [];
      const view = row.view && element("b", { class: `su-${row.view}` }, words[row.view]);
      return [element("tr", {}, element("th", { scope: "row" }, names[at], view && " ", view), element("td", {}, this.line(row)), element("td", {}, this.number(row.own)), this.cell(row.others), element("td", {}, this.number(row.gap, 1, "exceptZero")), ...row.cells.map((cell) => this.cell(cell)))];
    });
    return this.frame(title, [words.question ?? "", words.scale ?? "", words.self ?? "", words.others ?? "", words.gap ?? "", ...sets], of);
  }

  /** @param {PersonReport["sets"]} sets */
  heads(sets) {
    return sets.map(({ groups, raters }) => `${this.titles(groups)} (${raters})`);
  }

  /** @param {(at: number) => string} name @param {{questions: Row[], themes: Row[]}} report @param {string[]} sets */
  both(name, { questions, themes }, sets) {
    const { words, config } = this, names = config.questions.map(({ points }, at) => (points.length ? name(at) : ""));
    return [
      themes.length > 0 && this.rated(words.by_theme ?? "", themes, config.themes.map(({ title }) => title), sets),
      this.rated(words.by_question ?? "", questions, names, sets),
    ];
  }

  /** @param {PersonReport} report */
  person(report) {
    const { words } = this, { name, sets, withheld, own } = report;
    this.about = name;
    return [
      element("h3", { tabindex: -1 }, name),
      !sets.length && element("p", { class: "su-hint" }, words.nothing_yet),
      withheld.length > 0 && element("p", { class: "su-hint" }, fillIn(words.withheld, { groups: this.titles(withheld) })),
      !own && element("p", { class: "su-hint" }, words.no_self),
      ...this.both((at) => this.asks(at, name), report, this.heads(sets)),
      ...report.comments.map((comments) => this.comments(comments, name)),
    ];
  }

  /** @param {Comments} comments @param {string} name */
  comments({ question, own, others }, name) {
    const { words } = this;
    return element("section", { class: "su-comments" }, element("h4", {}, this.asks(question, name)),
      others.length ? element("ul", {}, ...others.map((text) => element("li", {}, text))) : element("p", { class: "su-hint" }, words.few_comments),
      own && element("p", {}, element("b", {}, words.self), `: ${own}`));
  }

  /** @param {GroupReport|null} report */
  together(report) {
    const { words } = this;
    this.about = words.together ?? "";
    if (!report) return [element("h3", { tabindex: -1 }, words.together), element("p", { class: "su-hint" }, words.few_people)];
    return [element("h3", { tabindex: -1 }, `${words.together} (${report.people})`), element("p", { class: "su-hint" }, words.together_means), ...this.both((at) => this.asks(at, words.somebody ?? ""), report, [])];
  }

  /** @param {string} id */
  placeName(id) {
    return this.config.places.find((place) => place.id === id)?.title ?? id;
  }

  /** @param {Tally} tally */
  visits({ rows, questions }) {
    const { words, config } = this;
    this.about = words.visits ?? "";
    const months = rows.map(({ place, month, visits, score }) => element("tr", {}, element("th", { scope: "row" }, this.placeName(place)), element("td", {}, month), element("td", {}, visits), element("td", {}, this.number(score, 0))));
    const asked = config.questions.flatMap(({ points, text }, at) => (points.length ? [element("tr", {}, element("th", { scope: "row" }, text), element("td", {}, questions[at] == null ? "–" : `${this.number(questions[at], 0)} %`))] : []));
    return [
      element("h3", { tabindex: -1 }, words.visits),
      this.frame(words.by_month ?? "", [words.place ?? "", words.month ?? "", words.count ?? "", words.score ?? ""], months),
      this.frame(words.by_question ?? "", [words.question ?? "", words.share ?? ""], asked),
    ];
  }

  /** The rows of a table for spreadsheets, with the same numbers. @param {{questions: Row[], themes: Row[]}} report @param {string[]} sets @param {string} name
   * @param {Comments[]} [comments] */
  sheet({ questions, themes }, sets, name, comments = []) {
    const { words, config } = this;
    /** @param {number|null|undefined} number */
    const plain = (number) => (number == null ? "" : String(Math.round(number * 100) / 100));
    /** @param {Row} row @param {string} title */
    const line = (row, title) => [name, title, plain(row.own), plain(row.others?.mean), plain(row.others?.spread), plain(row.gap), row.view ? (words[row.view] ?? "") : "", ...sets.flatMap((_, at) => [plain(row.cells[at]?.mean), plain(row.cells[at]?.spread)])];
    return [
      [words.name ?? "", words.question ?? "", words.self ?? "", words.others ?? "", words.spread ?? "", words.gap ?? "", "", ...sets.flatMap((set) => [set, words.spread ?? ""])],
      ...themes.map((row, at) => line(row, config.themes[at]?.title ?? "")),
      ...questions.flatMap((row, at) => (config.questions[at]?.points.length ? [line(row, this.asks(at, name))] : [])),
      ...comments.flatMap(({ question, own, others }) => [...(own ? [[name, this.asks(question, name), own]] : []), ...others.map((text) => [name, this.asks(question, name), "", text])]),
    ];
  }
}
