// Opens a gate: decrypts what is behind it, and puts its text, pictures, files and headings in their places. gate.js loads this
// when there is a key. docs/content/gates.md has the formats.

/** @import { Opened, SealedFile, TocEntry } from "./sealed" */
/** @import { GatePage } from "./gate-page.js" */
import { decode, own } from "../../../theme/client/attempt.js";
import { all, find, maybe } from "../../../theme/client/find.js";
import { make } from "../../../theme/client/make.js";
import { Shut, keyIn, unseal } from "./unseal.js";

/** What is shown in the end, or the name of the words for why it can't be: those lead to a way out.
 * @param {GatePage} page @param {string} token @returns {Promise<{why: string}|{show: () => void}>} */
export async function open(page, token) {
  const { config } = page;
  try {
    const key = await keyIn(token, config);
    /** @type {Opened} */
    const opened = JSON.parse(new TextDecoder().decode(await unseal(key, config, config)));
    return { show: () => show(page, key, opened) };
  } catch (problem) {
    if (problem instanceof Shut) return { why: problem.message };
    throw problem;
  }
}

/** @param {GatePage} page @param {CryptoKey} key @param {Opened} opened */
function show(page, key, { html, toc, files, download }) {
  const template = make("template");
  template.innerHTML = html;
  /** @type {(() => Promise<void>)[]} */
  const pictures = [];
  /** @returns {Promise<void>} */
  const paint = () => Promise.all(pictures.map((picture) => picture())).then(() => {
    if (page.status.textContent === page.words.picture) page.say("");
  }, () => page.say("picture", paint));
  for (const image of all(template.content, "img", HTMLImageElement)) {
    const file = own(files, image.getAttribute("src") ?? "");
    if (file) pictures.push(draw(page, key, file, image));
  }
  for (const link of all(template.content, "a", HTMLAnchorElement)) {
    const file = own(files, link.getAttribute("href") ?? "");
    if (file) offer(page, key, file, link);
  }
  page.place.replaceChildren(template.content);
  const given = download ? own(files, download) : undefined;
  if (given) {
    const link = find(page.root, "[data-gate-download]", HTMLAnchorElement);
    offer(page, key, given, link);
    link.append(` ${given.name}`);
    page.part("files").hidden = false;
  }
  page.place.hidden = false;
  page.root.dataset.open = "";
  list(page, toc);
  // Forms in it, and whatever else a theme has.
  document.dispatchEvent(new CustomEvent("ringback:open", { detail: { gate: page.config.gate } }));
  paint();
}

/** The strict policy has no `blob:` pictures, but a canvas needs no address. Gives what paints it.
 * @param {GatePage} page @param {CryptoKey} key @param {SealedFile} file @param {HTMLImageElement} image */
function draw(page, key, file, image) {
  const canvas = make("canvas", { width: file.width ?? 1, height: file.height ?? 1, className: image.className, title: image.title });
  if (image.alt) Object.assign(canvas, { role: "img", ariaLabel: image.alt });
  else canvas.ariaHidden = "true";
  image.replaceWith(canvas);
  return async () => {
    const bitmap = await createImageBitmap(new Blob([await unseal(key, file, page.config)], { type: file.type }));
    Object.assign(canvas, { width: bitmap.width, height: bitmap.height });
    canvas.getContext("2d")?.drawImage(bitmap, 0, 0);
  };
}

/** Makes a link that saves a sealed file. @param {GatePage} page @param {CryptoKey} key @param {SealedFile} file
 * @param {HTMLAnchorElement} link */
function offer(page, key, file, link) {
  Object.assign(link, { href: file.sealed, download: file.name, hidden: false });
  link.onclick = async (event) => {
    event.preventDefault();
    const bytes = await unseal(key, file, page.config).catch(() => page.say("unreachable", () => link.click()));
    if (!bytes) return;
    page.say("");
    const href = URL.createObjectURL(new Blob([bytes], { type: file.type }));
    make("a", { href, download: file.name }).click();
    setTimeout(() => URL.revokeObjectURL(href), 60_000);
  };
}

/** Puts the headings into the table of contents, before those that stand behind the gate. @param {GatePage} page @param {TocEntry[]} toc */
function list({ root }, toc) {
  const contents = maybe(document, "[data-toc]", HTMLElement), top = contents && maybe(contents, "ol", HTMLOListElement);
  if (!contents || !top) return;
  /** @param {Element} item */
  const isBehind = (item) => {
    const link = maybe(item, "a", HTMLAnchorElement);
    const heading = link && document.getElementById(decode(link.hash.slice(1)));
    return heading && root.compareDocumentPosition(heading) === Node.DOCUMENT_POSITION_FOLLOWING;
  };
  const next = [...top.children].find(isBehind) ?? null;
  for (const entry of toc) top.insertBefore(item(entry), next);
  contents.hidden = top.children.length < 2;
}

/** @param {TocEntry} entry @returns {HTMLLIElement} */
function item({ id, text, children }) {
  const made = make("li", {}, make("a", { href: `#${id}` }, text));
  if (children.length) made.append(make("ol", {}, ...children.map(item)));
  return made;
}
