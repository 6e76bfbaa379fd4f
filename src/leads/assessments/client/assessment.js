// An assessment: questions one after another, answers that stay on this device, and what they come to. Theme authors say by
// `data-as-…` which part is which (docs/content/theme.md). Without scripts the page is a form with all questions and all results.

/** @import { AssessmentConfig } from "./config" */
/** @import { Answers } from "./assessment-score.js" */
import { copy } from "../../../theme/client/copy.js";
import { all, find, json, maybe } from "../../../theme/client/find.js";
import { fillIn } from "../../../theme/client/words.js";
import { Kept } from "./assessment-answers.js";
import { fill, whenSent } from "./assessment-lead.js";
import { decode, encode, hasResult } from "./assessment-link.js";
import { levelOf, show } from "./assessment-result.js";
import { scores } from "./assessment-score.js";
import { Walk } from "./assessment-walk.js";

class Assessment {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    /** @type {AssessmentConfig} */
    this.config = json(root, "[data-as-config]");
    /** @type {Record<string, string>} */
    this.words = json(root, "[data-as-words]");
    this.kept = new Kept(this.config);
    this.link = "";
    /** The question that statistics have heard of last. */
    this.told = -1;
    const { kept } = this;
    this.walk = new Walk(root, this.config, this.words, { kept, changed: () => this.keep(), done: () => this.finish() });
    this.walk.restore();
    this.on("begin", () => this.ask(0));
    this.on("continue", () => (kept.isDone ? this.finish() : this.ask(kept.at)));
    this.on("change", () => this.ask(0));
    this.on("forget", () => this.forget());
    this.on("own", () => this.start());
    this.on("copy", () => this.copy());
    this.on("print", () => print());
    maybe(root, "[data-as-open]", HTMLFormElement)?.addEventListener("submit", (event) => {
      event.preventDefault();
      const { value } = find(root, "[data-as-open] input", HTMLInputElement);
      this.open(hasResult(value) ? value : `#result=${value}`);
    });
    whenSent(root, () => {
      if (root.dataset.state !== "form") return;
      kept.isSent = true;
      this.finish();
    });
    addEventListener("hashchange", () => hasResult(location.hash) && this.open(location.hash));
    // Another tab has gone on.
    addEventListener("storage", ({ key }) => {
      if (key !== kept.key) return;
      const { at } = kept;
      kept.read();
      kept.at = at;
      this.walk.restore();
    });
    root.dataset.ready = "";
    if (hasResult(location.hash)) this.open(location.hash);
    else this.start();
  }

  /** @param {string} name @param {() => unknown} action */
  on(name, action) {
    for (const each of all(this.root, `[data-as-${name}]`, HTMLButtonElement)) each.addEventListener("click", action);
  }

  /** What there is to see now: `start`, `asking`, `form` or `result`. @param {string} state */
  state(state) {
    this.root.dataset.state = state;
    for (const each of all(this.root, "[data-as-in]", HTMLElement)) each.hidden = !each.dataset.asIn?.split(" ").includes(state);
  }

  /** @param {string} text */
  note(text) {
    find(this.root, "[data-as-note]", HTMLElement).textContent = text;
  }

  /** Tells statistics, where a site has any. @param {string} step @param {number} [n] */
  tell(step, n) {
    document.dispatchEvent(new CustomEvent("ringback:assessment", { detail: { id: this.config.id, step, n } }));
  }

  start() {
    const { kept, words } = this, { questions } = this.config;
    this.state("start");
    const go = maybe(this.root, "[data-as-continue]", HTMLButtonElement);
    if (go) {
      go.hidden = !kept.isBegun;
      go.textContent = kept.isDone ? (words.see ?? "") : fillIn(words.continue, { n: kept.at + 1, all: questions.length });
    }
    for (const each of all(this.root, "[data-as-forget]", HTMLElement)) each.hidden = !kept.isBegun;
    find(this.root, "[data-as-begin]", HTMLButtonElement).textContent = words[kept.isBegun ? "again" : "begin"] ?? "";
    this.note(kept.lost > 0 && kept.isBegun ? (words.changed ?? "") : "");
  }

  /** @param {number} at */
  ask(at) {
    const { kept } = this;
    if (at === 0 && !kept.isBegun) this.tell("started");
    kept.isDone = false;
    this.note("");
    this.state("asking");
    this.walk.restore();
    this.walk.go(at);
  }

  keep() {
    const { kept, words } = this;
    if (!kept.isBegun) return;
    if (kept.at !== this.told) this.tell("question", kept.at + 1);
    this.told = kept.at;
    if (!kept.keep()) this.note(words.not_kept ?? "");
  }

  /** The last question is answered; one that was passed over, or is new, comes first. */
  finish() {
    const { kept, config } = this;
    const open = config.questions.findIndex(({ kind, print }) => kind !== "text" && !kept.answers.has(print));
    if (open >= 0) {
      this.ask(open);
      this.note(this.words.open_questions ?? "");
      return;
    }
    if (!kept.isDone) this.tell("finished");
    kept.isDone = true;
    this.keep();
    this.result(kept.answers, config.waits_for_form && !kept.isSent ? "form" : "result");
  }

  /** @param {Answers} answers @param {string} state @param {boolean} [isShared] is it somebody else's, who would not want it sent? */
  result(answers, state, isShared = false) {
    const { root, config } = this, found = scores(config, answers);
    const link = location.href.replace(/[?#].*/s, "") + encode(config, answers);
    this.link = link;
    root.toggleAttribute("data-shared", isShared);
    show(root, config, found, this.words);
    fill(root, config, { answers, scores: found, level: levelOf(config, found.overall)?.id ?? "", link });
    for (const each of all(root, "[data-as-forget]", HTMLElement)) each.hidden = !this.kept.isBegun;
    this.state(state);
    find(root, `[data-as-head="${state}"]`, HTMLElement).focus();
  }

  /** Shows the result of a link, whosever it is; the answers on this device stay as they are. @param {string} address */
  open(address) {
    const { config, words } = this, { answers, lost, version, problem } = decode(config, address);
    if (problem || !answers.size) {
      this.start();
      this.note(words[problem || "broken"] ?? "");
      return;
    }
    this.result(answers, "result", true);
    const isOld = version !== config.questions_version;
    this.note([words.shared, isOld && fillIn(words.other_version, { version }), lost > 0 && fillIn(words.lost, { n: lost })].filter(Boolean).join(" "));
  }

  async copy() {
    const field = find(this.root, "[data-as-link]", HTMLInputElement);
    this.note((await copy(this.link, field)) ? (this.words.copied ?? "") : "");
  }

  forget() {
    this.kept.forget();
    this.told = -1;
    this.walk.restore();
    if (hasResult(location.hash)) history.replaceState(null, "", location.pathname + location.search);
    this.start();
    this.note(this.words.forgotten ?? "");
    find(this.root, "[data-as-begin]", HTMLButtonElement).focus();
  }
}

const start = () => {
  for (const root of all(document, "[data-assessment]:not([data-ready])", HTMLElement)) new Assessment(root);
};
// One behind a gate.
document.addEventListener("ringback:open", start);
start();
