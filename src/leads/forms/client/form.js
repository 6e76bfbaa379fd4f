// A form on the page; theme authors say by `data-lead-…` which part is which (docs/content/theme.md).
//
// Loaded by lead.js when a form comes near. Reads the `LeadConfig` that `leads/forms` writes into each form as JSON;
// docs/lead.schema.json describes the lead.

/** @import { Entry, State } from "./types" */
/** @import { LeadConfig } from "./config" */
/** @import { Answers } from "./questions.js" */
import { all, find, json, maybe } from "../../../theme/client/find.js";
import { DAY, OUTBOX_AGE, SECOND, SENT, isLost, isThere } from "./base.js";
import { drop, entries, isOnlyHere, lastSent, load, outcome, submit, sweep, tell, watch } from "./deliver.js";
import { fingerprint, makeLead } from "./make-lead.js";
import { Questions } from "./questions.js";
import { controlsOf } from "./validate.js";

const LEAST_TIME = 2 * SECOND;

/** What lead.js knows of a form before this is there: when the page was opened, and whether a person has used the form.
 * @typedef {{opened: number, isHuman: boolean}} Before */

class LeadForm {
  /** @param {HTMLElement} root @param {Before} before */
  constructor(root, { opened, isHuman }) {
    this.root = root;
    this.opened = opened;
    this.isHuman = isHuman;
    this.isBusy = this.isSure = false;
    this.form = find(root, "form", HTMLFormElement);
    /** @type {LeadConfig} */
    this.config = json(root, "[data-lead-config]");
    this.questions = new Questions(this.form, this.config, json(root, "[data-lead-words]"));
    /** The lead that is shown. */
    this.id = "";
    this.form.noValidate = true;
    const answers = all(this.form, "[data-lead-worksheet]", HTMLElement);
    if (answers.length) import("./worksheet-field.js").then(({ fill }) => answers.forEach(fill), console.warn);
    root.dataset.ready = "";
    this.listen();
    const [last] = this.waiting().sort((a, b) => b.born - a.born);
    if (last) this.id = last.lead.id;
    if (last) this.show(Date.now() - last.born > OUTBOX_AGE ? "refused" : outcome(last));
  }

  listen() {
    this.form.onsubmit = (event) => {
      event.preventDefault();
      this.once(() => this.submit());
    };
    this.form.oninput = ({ target }) => {
      const isIn = (/** @type {HTMLElement|null} */ place) => target instanceof Node && place?.contains(target);
      this.questions.check(([, place]) => isIn(place) === true && place?.dataset.wrong !== undefined);
    };
    for (const kind of ["keydown", "pointerdown", "input", "click"]) {
      this.form.addEventListener(kind, ({ isTrusted }) => (this.isHuman ||= isTrusted));
    }
    /** @param {string} name @param {() => unknown} action */
    const press = (name, action) => this.part(name).addEventListener("click", ({ isTrusted }) => isTrusted && this.once(action));
    press("retry", () => this.send(load(this.id)));
    press("again", () => this.reopen());
    press("sure", () => {
      this.isSure = true;
      return this.submit();
    });
    watch((lead, state, leads) => lead.id === this.id && this.show(state, leads && this.isBusy));
    // Somebody asks for another part of a series.
    if (this.config.page.part) addEventListener("hashchange", () => this.form.hidden && !this.isBusy && this.reopen());
    // Another tab has delivered it.
    addEventListener("storage", ({ key }) => {
      const sent = key?.startsWith(SENT) ? lastSent(key) : undefined;
      if (sent && this.id === sent.id) this.show(sent.state);
    });
  }

  /** @param {string} name */
  part(name) {
    return find(this.root, `[data-lead-${name}]`, HTMLElement);
  }

  /** Two clicks are one. @param {() => unknown} action */
  async once(action) {
    if (this.isBusy) return;
    this.isBusy = true;
    await Promise.resolve(action()).finally(() => (this.isBusy = false));
  }

  waiting() {
    return entries().filter(({ lead }) => lead.data.form === this.config.form);
  }

  async submit() {
    const answers = await this.questions.check(), { wrong } = answers;
    // A machine is as quick as this, but so are browsers that fill forms in: asking once more loses nobody.
    const isOdd = find(this.form, "[data-lead-trap]", HTMLInputElement).value || Date.now() - this.opened < LEAST_TIME || !this.isHuman;
    if (wrong.length) {
      this.say("wrong", wrong.length > 1 ? "wrong_many" : "wrong_one", { n: wrong.length });
      controlsOf(wrong[0])[0].focus();
    } else if (isOdd && !this.isSure) {
      this.say("sure");
      this.part("sure").focus();
    } else {
      await this.send(this.entry(answers));
    }
  }

  /** The page as the lead names it. That of a series has one form for all parts to come: the link to it says which. */
  page() {
    const { page } = this.config, part = /^#tell-(\d{1,4})$/.exec(location.hash)?.[1];
    return page.part && part && document.getElementById(`tell-${part}`) ? { ...page, part: Number(part) } : page;
  }

  /** This content's lead. A reload, the back button or another tab may bring the same again: the id is the same, too.
   * @param {Answers} answers @returns {Entry|undefined} none if it is known to have arrived */
  entry(answers) {
    const { form, gate, attribution: mode } = this.config, { fields, given } = answers, page = this.page();
    const print = fingerprint(page.part ? [gate, fields, given, page.series, page.part] : [gate, fields, given]), waiting = this.waiting();
    const same = waiting.find((entry) => entry.print === print);
    if (same) return same;
    for (const entry of waiting) if (isLost(outcome(entry))) drop(entry.lead.id);
    const last = lastSent(SENT + form), sent = last?.print === print && Date.now() - last.at < DAY ? last : undefined;
    // At a gate somebody asks for the key again.
    if (sent && !gate) {
      this.id = sent.id;
      this.show(sent.state, true);
      return undefined;
    }
    const isAgreed = mode === "consent" && maybe(this.form, "[data-lead-attribution]", HTMLInputElement)?.checked;
    const follows = mode === "always" || isAgreed === true;
    return makeLead({ ...this.config, page }, this.questions, answers, { id: sent?.id, print, opened: this.opened, follows });
  }

  /** Sends it now, except where the receiver has asked for time. @param {Entry|undefined} entry */
  async send(entry) {
    if (!entry) return;
    const { id } = entry.lead;
    this.id = id;
    this.say("sending");
    await submit(entry);
    // Without a connection, or while another tab sends it, nothing was told.
    if (this.root.dataset.state === "sending") tell(entry.lead, outcome(load(id) ?? entry));
    sweep("next");
  }

  /** The empty form, for another question. */
  reopen() {
    this.id = "";
    this.say("");
    this.form.hidden = false;
    controlsOf(this.form)[0].focus();
  }

  /** Tells what is known, no more. @param {State} state @param {boolean} [leads] does the focus go there? */
  show(state, leads) {
    this.say(state, state === "waiting" && isOnlyHere(this.id) ? "waiting_here" : state);
    this.form.hidden = state !== "refused";
    if (isThere(state)) this.form.reset();
    const mail = load(this.id)?.mail, link = maybe(this.root, "[data-lead-mail]", HTMLAnchorElement);
    if (mail && link) link.href = mail;
    if (leads) this.part("outcome").focus();
    if (leads && isThere(state) && this.config.follow_up) location.assign(this.config.follow_up);
  }

  /** @param {string} state what can be done now is marked with it @param {string} [word] @param {Record<string, number>} [values] */
  say(state, word = state, values) {
    this.root.dataset.state = state;
    const linked = word === "confirmed" && maybe(this.root, "[data-lead-message]", HTMLTemplateElement);
    this.part("status").replaceChildren(linked ? linked.content.cloneNode(true) : this.questions.word(word, values));
    for (const each of this.root.querySelectorAll(/** @type {"p"} */ ("[data-lead-when]"))) {
      each.hidden = !each.dataset.leadWhen?.split(" ").includes(state);
    }
  }
}

/** Makes a form one that sends leads. @param {HTMLElement} root @param {Before} before */
export const start = (root, before) => void new LeadForm(root, before);
