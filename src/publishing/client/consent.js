// Loads what the site's owner has declared from others, as far as the visitor agrees. On every page of a site with
// `integrations:`, and on no other.
//
// Reads the `ConsentConfig` of publishing/integrations.rs. The bar, and what loads, are files of their own: they are
// fetched when somebody has to be asked, and when something may be loaded.

/** @import { ConsentConfig, ServiceConfig } from "./config" */
/** @import { Given } from "./choice.js" */
import { CHOICE, chosen, isDenied, mayLoad } from "./choice.js";

/** @type {ConsentConfig} */
const config = JSON.parse(document.querySelector("[data-integrations]")?.textContent ?? "");
const { services } = config;
/** What runs in this page. A script that runs can't be taken out of it. @type {Set<string>} */
const loaded = new Set();
/** Tells what runs what is chosen now. @type {((given: Given) => void)|undefined} */
let tell;

/** Deletes what services have left with the site: cookies, on whichever of its hosts, and entries of storage.
 * @param {(name: string) => boolean} isOver */
function forget(isOver) {
  const parts = location.hostname.split(".");
  for (const cookie of document.cookie.split("; ")) {
    const [name] = cookie.split("=");
    if (!isOver(name)) continue;
    for (const at of [-1, ...parts.keys()]) {
      document.cookie = `${name}=;path=/;max-age=0${at < 0 ? "" : `;domain=${parts.slice(at).join(".")}`}`;
    }
  }
  for (const which of /** @type {const} */ (["localStorage", "sessionStorage"])) {
    try {
      for (const key of Object.keys(window[which]).filter(isOver)) window[which].removeItem(key);
    } catch {
      // Storage is refused: nothing was kept there.
    }
  }
}

/** Is it one of these? `*` at the end is any ending. @param {string} name @param {string[]} names */
const isIn = (name, names) =>
  names.some((wanted) => (wanted.endsWith("*") ? name.startsWith(wanted.slice(0, -1)) : name === wanted));

/** Loads what may be loaded, and deletes what others have left. @param {Given} given */
async function apply(given) {
  const fine = services.filter((service) => mayLoad(service, given));
  const [kept, all] = [fine, services].map((some) => some.flatMap(({ cookies }) => cookies));
  // A cookie that two services share belongs to the one that may be loaded.
  forget((name) => isIn(name, all) && !isIn(name, kept));
  tell?.(given);
  document.dispatchEvent(new Event("ringback:consent"));
  await start(fine.filter(({ purpose }) => purpose !== "chat"), given);
}

/** Loads services, each once. @param {ServiceConfig[]} some @param {Given} given
 * @param {boolean} [isPressed] has the visitor just pressed a button for them? */
async function start(some, given, isPressed) {
  const next = some.filter(({ name }) => !loaded.has(name));
  for (const { name } of next) loaded.add(name);
  if (!next.length) return;
  const { load, update } = await import("./services.js");
  tell = update;
  load(next, given, isPressed);
}

/** @param {Given} given */
async function answer(given) {
  const { choose } = await import("./consent-answer.js");
  choose(config, given);
  apply(given);
  // What runs goes on until the page is gone.
  if (services.some((service) => loaded.has(service.name) && !mayLoad(service, given))) location.reload();
}

/** @param {HTMLElement} [opener] what the visitor has pressed for it */
async function ask(opener) {
  const { show } = await import("./consent-bar.js");
  show(chosen(config) ?? {}, answer, isDenied, opener);
}

const given = chosen(config);
apply(given ?? {});
if (!given && services.some(({ asks, purpose }) => asks && purpose !== "chat" && !isDenied(purpose))) ask();

const talks = services.filter(({ purpose }) => purpose === "chat");
if (talks.length) {
  const { offer } = await import("./chat.js");
  offer(config, {
    given: () => chosen(config)?.chat,
    async start(isPressed) {
      // The click on a button that says what is sent to whom is the yes.
      if (isPressed) await answer({ ...chosen(config), chat: true });
      start(talks, chosen(config) ?? {}, isPressed);
    },
  });
}

document.addEventListener("click", ({ target }) => {
  const opener = target instanceof HTMLElement && target.closest("[data-consent-open]");
  if (opener instanceof HTMLElement) ask(opener);
});
// Another tab has answered.
addEventListener("storage", ({ key }) => {
  if (key === CHOICE) document.querySelector(".consent")?.remove();
});
