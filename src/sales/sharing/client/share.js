// The share kit, for the company's own people: texts in somebody's name, copied with one click, and a QR code.
//
// Reads the `ShareConfig` of sales/sharing/kit.rs from the page, and the `Reps` of sales/sharing/reps.rs. Who somebody is stays
// in this browser, whom they write to in this page.

/** @import { ShareConfig } from "./config" */
/** @import { Rep, Reps } from "./reps" */
import { attempt } from "../../../theme/client/attempt.js";
import { copy } from "../../../theme/client/copy.js";
import { all, find, json, maybe } from "../../../theme/client/find.js";
import { make } from "../../../theme/client/make.js";
import { picture, qr } from "./qr.js";
import { signed } from "./share-image.js";
import { fill, textsOf } from "./share-texts.js";

// Tests compare them with what the program makes.
export { fill, qr };

/** The id of the rep who uses this browser. The call player reads it, too. */
const REP = "ringback.rep";

/** @typedef {HTMLInputElement|HTMLTextAreaElement} Field */

class Kit {
  /** @param {HTMLDetailsElement} root */
  constructor(root) {
    this.root = root;
    /** @type {ShareConfig} */
    this.config = json(root, "[data-share-config]");
    /** @type {Record<string, string>} */
    this.words = json(root, "[data-share-words]");
    /** @type {Record<string, Rep>} */
    this.reps = {};
    this.rep = find(root, "[data-share-rep]", HTMLSelectElement);
    this.to = find(root, "[data-share-to]", HTMLInputElement);
    this.opens = maybe(root, "[data-share-open]", HTMLInputElement);
    this.status = find(root, "[data-share-status]", HTMLElement);
    this.code = find(root, "[data-share-qr]", HTMLElement);
    this.image = maybe(root, "[data-share-image]", HTMLImageElement);
    /** What the team's own emails come to, where one is chosen. @type {Awaited<ReturnType<typeof import("../../mails/client/share-mails.js").offer>>} */
    this.mail = () => null;
    /** @type {HTMLCanvasElement|null} */
    this.drawn = null;
    this.listen();
    this.open();
  }

  /** The field of a text. @param {string} name @returns {Field} */
  field(name) {
    const selector = `[data-share-text="${name}"]`;
    return maybe(this.root, selector, HTMLTextAreaElement) ?? find(this.root, selector, HTMLInputElement);
  }

  show() {
    const id = this.rep.value, rep = Object.hasOwn(this.reps, id) ? this.reps[id] : undefined;
    const { texts, links, tracked } = textsOf(this.config, this.words, { id, rep, to: this.to.value, opens: Boolean(this.opens?.checked) });
    const own = this.mail({ link: texts.link, title: this.config.title, to: this.to.value.trim(), rep });
    if (own) [texts.subject, texts.email, links.mail] = [own.subject, own.email, own.mail];
    for (const [name, text] of Object.entries(texts)) {
      const field = this.field(name);
      field.value = text;
      if (!(field instanceof HTMLTextAreaElement)) continue;
      field.style.height = "auto";
      field.style.height = `${field.scrollHeight + 2}px`;
    }
    for (const [name, address] of Object.entries(links)) find(this.root, `[data-share-go="${name}"]`, HTMLAnchorElement).href = address;
    const drawn = picture(tracked, `${this.words.share_qr}: ${tracked}`);
    this.code.replaceChildren(...(drawn ? [drawn] : []));
    find(this.root, "[data-share-nobody]", HTMLElement).hidden = Boolean(id);
  }

  /** The list is asked for once, when somebody opens the panel. */
  async open() {
    const { root, config } = this;
    if (!root.open || root.dataset.ready !== undefined) return;
    root.dataset.ready = "";
    /** @type {Reps|null} */
    const list = config.reps ? await fetch(config.reps).then((response) => response.json()).catch(() => null) : null;
    this.reps = list?.reps ?? {};
    for (const id of Object.keys(this.reps)) this.rep.append(new Option(this.reps[id].name, id));
    const known = attempt(() => localStorage[REP]);
    if (known && Object.hasOwn(this.reps, known)) this.rep.value = known;
    this.show();
    if (root.dataset.mails) {
      const { offer } = await import("../../mails/client/share-mails.js");
      this.mail = await offer(root, () => this.show()).catch(() => this.mail);
    }
    await this.sign();
    root.dataset.ready = "yes";
  }

  listen() {
    const { root, rep, to, opens } = this;
    rep.onchange = () => {
      attempt(() => (rep.value ? (localStorage[REP] = rep.value) : delete localStorage[REP]));
      this.show();
      this.sign();
    };
    to.oninput = () => this.show();
    if (opens) opens.onchange = () => this.show();
    for (const button of all(root, "[data-share-copy]", HTMLElement)) this.offerCopy(button);
    find(root, "[data-share-save]", HTMLElement).onclick = () => this.save();
    const image = maybe(root, "[data-share-image-save]", HTMLElement);
    if (image) image.onclick = (event) => this.saveImage(event);
    root.addEventListener("toggle", () => this.open());
  }

  /** @param {HTMLElement} button */
  offerCopy(button) {
    const { words, status } = this, label = find(button, "span", HTMLElement);
    /** @type {ReturnType<typeof setTimeout>|undefined} */
    let timer;
    button.onclick = async () => {
      const field = this.field(button.dataset.shareCopy ?? "");
      const isDone = await copy(field.value, field);
      status.textContent = isDone ? words.share_copied : words.share_copy_by_hand;
      if (!isDone) return;
      label.textContent = words.share_copied;
      clearTimeout(timer);
      timer = setTimeout(() => {
        label.textContent = words.share_copy;
        status.textContent = "";
      }, 2500);
    };
  }

  /** Puts the rep's face and number on the page's image; without a rep it is what everybody sees. */
  async sign() {
    const { image, config, reps } = this, id = this.rep.value;
    if (!image || !config.image) return;
    const rep = Object.hasOwn(reps, id) ? reps[id] : undefined;
    const drawn = rep ? await signed(config.image.src, config.image.colors, rep).catch(() => null) : null;
    // Somebody else may have been chosen meanwhile.
    if (this.rep.value !== id) return;
    this.drawn?.remove();
    this.drawn = drawn;
    image.hidden = Boolean(drawn);
    if (!drawn || !rep) return;
    drawn.setAttribute("role", "img");
    drawn.setAttribute("aria-label", [config.title, rep.name, rep.phone].filter(Boolean).join(" – "));
    image.after(drawn);
  }

  /** The image as it is shown. @param {Event} event */
  saveImage(event) {
    if (!this.drawn) return;
    event.preventDefault();
    // Photos would be several times larger as PNG.
    const [type, ending] = this.config.image?.src.includes(".png") ? ["image/png", "png"] : ["image/jpeg", "jpg"];
    this.drawn.toBlob((blob) => blob && this.keep(blob, `-${this.rep.value}.${ending}`), type, 0.92);
  }

  /** The code as a file of its own. */
  save() {
    const svg = this.code.firstElementChild;
    if (!svg) return;
    const text = new XMLSerializer().serializeToString(svg);
    this.keep(new Blob([text], { type: "image/svg+xml" }), ".svg");
  }

  /** Lets somebody keep a file that is named after the page. @param {Blob} blob @param {string} end */
  keep(blob, end) {
    const href = URL.createObjectURL(blob);
    const name = new URL(this.config.link).pathname.split("/").filter(Boolean).pop() ?? "page";
    make("a", { href, download: `${name}${end}` }).click();
    setTimeout(() => URL.revokeObjectURL(href), 60_000);
  }
}

for (const root of all(document, "[data-share]", HTMLDetailsElement)) new Kit(root);
