// Opens a gate: decrypts what is behind it and puts it in its place. docs/gates.md has the formats, docs/theme.md the markup.
//
// Reads the `Config` of features/gates/mod.rs from the page, and what features/gates/document.rs has sealed.
// The key comes with the page, in a link (`#unlock=`), in the answer that lead.js passes on, or from an earlier visit.

/** @typedef {{gate: string, epoch: number, key: "page"|"answer"|"mail", sealed: string, item: string, token: string|null}} Config */
/** @typedef {{sealed: string, item: string, type: string, name: string, width?: number, height?: number}} File */
/** @typedef {{id: string, text: string, children: Entry[]}} Entry */
/** @typedef {{html: string, toc: Entry[], files: Record<string, File>, download: string|null}} Sealed */

const UNLOCKS = "ringback.unlocks";
const root = document.querySelector("[data-gate]");
const place = root && part("text");
/** @type {Config} */
const config = root && JSON.parse(part("config").textContent);
/** @type {Record<string, string>} */
const words = root && JSON.parse(part("words").textContent);
/** No token is longer: the id of a gate, an epoch and 48 letters. */
const LONGEST_TOKEN = 1000;
let isOpen = false;
/** What the button tries again. */
let again = () => {};

/** @param {string} name @returns {any} */
function part(name) {
  return root.querySelector(`[data-gate-${name}]`);
}

/** @param {string} word @param {() => void} [retry] what may help */
function say(word, retry) {
  part("status").textContent = words[word] ?? "";
  part("retry").hidden = !retry;
  again = retry ?? again;
}

/** A message that leads to a way out: the gate stays shut. */
class Shut extends Error {}

/** @param {string} key @returns {any} null where there is nothing, or storage is refused */
function recall(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

/** @param {string} key @param {any} value null to forget it */
function remember(key, value) {
  try {
    if (value) localStorage.setItem(key, JSON.stringify(value));
    else localStorage.removeItem(key);
  } catch {
    // It opens all the same, for this visit.
  }
}

/** The tokens of earlier visits, by gate. @returns {Record<string, string>} */
function unlocks() {
  const kept = recall(UNLOCKS), isToken = ([, token]) => typeof token === "string" && token.length <= LONGEST_TOKEN;
  return Object.fromEntries(kept && typeof kept === "object" ? Object.entries(kept).filter(isToken).slice(-200) : []);
}

/** The token of this gate. @returns {string|undefined} */
const unlocked = () => new Map(Object.entries(unlocks())).get(config.gate);

/** @param {string|undefined} token nothing forgets it */
const keepUnlock = (token) => remember(UNLOCKS, { ...unlocks(), [config.gate]: token });

/** @param {string} text what follows the `#` of an address, whole or not */
function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

// Keys

const utf8 = new TextEncoder();

/** The key in a token. @param {string} token @returns {Promise<CryptoKey>} */
async function keyIn(token) {
  if (token.length > LONGEST_TOKEN) throw new Shut("wrong");
  const [, gate, epoch, code] = /^(.+)\.(\d+)\.([\w-]+)$/.exec(token) ?? [];
  if (!code) throw new Shut("broken");
  if (gate !== config.gate) throw new Shut("other");
  if (Number(epoch) < config.epoch) throw new Shut("old");
  const bytes = fromBase64(code);
  if (bytes.length < 36) throw new Shut("broken");
  const key = bytes.subarray(0, 32);
  const sum = new Uint8Array(await digest(utf8.encode(`ringback token${gate}\0${epoch}\0`), key));
  const isWhole = bytes.length === 36 && bytes.subarray(32).every((byte, at) => byte === sum[at]);
  if (!isWhole || Number(epoch) !== config.epoch) throw new Shut("wrong");
  return crypto.subtle.importKey("raw", key, "AES-GCM", false, ["decrypt"]);
}

/** @param {string} text @returns {Uint8Array} empty if it is none */
function fromBase64(text) {
  try {
    return Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
  } catch {
    return new Uint8Array();
  }
}

/** @param {...Uint8Array} parts */
const digest = async (...parts) => crypto.subtle.digest("SHA-256", await new Blob(parts).arrayBuffer());

/** @param {CryptoKey} key @param {{sealed: string, item: string}} file */
async function unseal(key, { sealed, item }) {
  let response = await fetch(sealed);
  // Browsers keep these files for a year, and with some hosts the 404, too.
  if (!response.ok) response = await fetch(sealed, { cache: "reload" });
  if (!response.ok) throw new Error(`${response.status} ${sealed}`);
  const file = new Uint8Array(await response.arrayBuffer());
  const additionalData = utf8.encode(`ringback:1:${config.gate}:${config.epoch}:${item}`);
  // A key that once fitted: the secret is another one now, or the key isn't in the page any more.
  const refuse = () => { throw new Shut("wrong"); };
  const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: file.subarray(1, 13), additionalData }, key, file.subarray(13)).catch(refuse);
  return new Uint8Array(plain, 4, new DataView(plain).getUint32(0));
}

// The opened part

/** @param {Record<string, File>} files @param {string} name @returns {File|undefined} */
const fileIn = (files, name) => (Object.hasOwn(files, name) ? files[name] : undefined);

/** @param {CryptoKey} key @param {Sealed} sealed */
function show(key, { html, toc, files, download }) {
  const template = document.createElement("template");
  template.innerHTML = html;
  const pictures = [];
  const paint = () => Promise.all(pictures.map((picture) => picture())).then(() => {
    if (part("status").textContent === words.picture) say("");
  }, () => say("picture", paint));
  for (const image of template.content.querySelectorAll("img")) {
    const file = fileIn(files, image.getAttribute("src"));
    if (file) pictures.push(draw(key, file, image));
  }
  for (const link of template.content.querySelectorAll("a")) offer(key, fileIn(files, link.getAttribute("href")), link);
  place.replaceChildren(template.content);
  if (download) {
    offer(key, files[download], part("download")).append(` ${files[download].name}`);
    part("files").hidden = false;
  }
  place.hidden = false;
  root.dataset.open = "";
  list(toc);
  // Forms in it, and whatever else a theme has.
  document.dispatchEvent(new CustomEvent("ringback:open", { detail: { gate: config.gate } }));
  paint();
}

/** The strict policy has no `blob:` pictures, but a canvas needs no address. Gives what paints it.
 * @param {CryptoKey} key @param {File} file @param {HTMLImageElement} image */
function draw(key, file, image) {
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width: file.width ?? 1, height: file.height ?? 1, className: image.className, title: image.title });
  if (image.alt) Object.assign(canvas, { role: "img", ariaLabel: image.alt });
  else canvas.ariaHidden = "true";
  image.replaceWith(canvas);
  return async () => {
    const bitmap = await createImageBitmap(new Blob([await unseal(key, file)], { type: file.type }));
    Object.assign(canvas, { width: bitmap.width, height: bitmap.height });
    canvas.getContext("2d").drawImage(bitmap, 0, 0);
  };
}

/** Makes a link that saves a sealed file. @param {CryptoKey} key @param {File|undefined} file @param {HTMLAnchorElement} link */
function offer(key, file, link) {
  if (!file) return link;
  Object.assign(link, { href: file.sealed, download: file.name, hidden: false });
  link.onclick = async (event) => {
    event.preventDefault();
    const bytes = await unseal(key, file).catch(() => say("unreachable", () => link.click()));
    if (!bytes) return;
    say("");
    const href = URL.createObjectURL(new Blob([bytes], { type: file.type }));
    Object.assign(document.createElement("a"), { href, download: file.name }).click();
    setTimeout(() => URL.revokeObjectURL(href), 60_000);
  };
  return link;
}

/** Puts the headings into the table of contents, before those that stand behind the gate. @param {Entry[]} toc */
function list(toc) {
  const contents = document.querySelector("[data-toc]");
  if (!contents) return;
  const top = contents.querySelector("ol");
  const isBehind = (item) => {
    const heading = document.getElementById(decode(item.querySelector("a").hash.slice(1)));
    return heading && root.compareDocumentPosition(heading) === Node.DOCUMENT_POSITION_FOLLOWING;
  };
  const next = [...top.children].find(isBehind) ?? null;
  for (const entry of toc) top.insertBefore(item(entry), next);
  contents.hidden = top.children.length < 2;
}

/** @param {Entry} entry @returns {HTMLLIElement} */
function item({ id, text, children }) {
  const made = document.createElement("li");
  const link = made.appendChild(document.createElement("a"));
  link.href = `#${id}`;
  link.textContent = text;
  if (children.length) made.appendChild(document.createElement("ol")).append(...children.map(item));
  return made;
}

// Opening

/** @param {string} token @param {boolean} leads did the visitor just ask for it, so that the focus goes there? */
async function open(token, leads) {
  if (isOpen) return;
  isOpen = true;
  try {
    const key = await keyIn(token);
    const sealed = JSON.parse(new TextDecoder().decode(await unseal(key, config)));
    keepUnlock(token);
    say(leads ? "open" : "");
    show(key, sealed);
    arrive(leads);
  } catch (problem) {
    isOpen = Boolean(place.firstChild);
    if (!(problem instanceof Shut)) {
      // It is out of the address by now, and many try again by loading the page anew.
      keepUnlock(token);
      return say("unreachable", () => open(token, leads));
    }
    if (unlocked() === token) keepUnlock(undefined);
    say(problem.message);
  }
}

/** @param {boolean} leads */
function arrive(leads) {
  const target = location.hash && document.getElementById(decode(location.hash.slice(1)));
  if (target && place.contains(target)) target.scrollIntoView();
  else if (leads) {
    place.focus({ preventScroll: true });
    root.scrollIntoView();
  }
}

/** Takes the token out of the address, so that it isn't passed on by accident. */
function tokenInAddress() {
  const [, token] = /^#unlock=(.*)/.exec(location.hash) ?? [];
  if (token !== undefined) history.replaceState(history.state, "", location.pathname + location.search);
  // Ids of gates may have letters that addresses don't.
  return token && decode(token);
}

/** Whatever a receiver makes of it: `{"unlock": "…"}`, an address with `#unlock=…`, or a sentence with one.
 * @param {any} answer */
function tokenIn(answer) {
  const text = JSON.stringify(answer);
  const at = text.lastIndexOf(`${config.gate}.`);
  return at < 0 ? null : /^.*?\.\d+\.[\w-]+/.exec(text.slice(at))?.[0];
}

/** With what there is by now: a link, what lead.js has received, an earlier visit. */
async function start() {
  const shared = tokenInAddress(), isSecure = globalThis.crypto?.subtle;
  if (!isSecure) say("insecure");
  else if (shared !== undefined) await open(shared, true);
  // Who has followed a link looks for what it opens, and should find why it doesn't.
  if (shared !== undefined && !isOpen) part("status").scrollIntoView({ block: "center" });
  if (!isSecure) return;
  const received = recall(`ringback.answer.${config.gate}`);
  remember(`ringback.answer.${config.gate}`, null);
  const known = tokenIn(received) ?? unlocked();
  if (known) await open(known, false);
}

/** @param {CustomEvent<{gate: string, state: string, answer: any}>} event */
function onLead(event) {
  const { gate, state, answer } = event.detail;
  if (gate !== config.gate || isOpen || !crypto.subtle) return;
  const token = config.token ?? tokenIn(answer);
  if (token) {
    event.preventDefault();
    open(token, true);
  } else {
    say(config.key === "mail" ? "mailed" : state === "waiting" ? "later" : "no_key");
  }
}

if (root) {
  part("retry").onclick = () => again();
  document.addEventListener("ringback:lead", onLead);
  addEventListener("storage", ({ key }) => key === UNLOCKS && start());
  addEventListener("hashchange", start);
  addEventListener("pageshow", ({ persisted }) => persisted && start());
  start();
}
