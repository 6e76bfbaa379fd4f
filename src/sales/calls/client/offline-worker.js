// The service worker of an edition for the team: keeps what calls need, so that none ends because the network does. `OFFLINE` stands above
// this text: the files of this build, or nothing where the site wants none; then it forgets what it has kept, and itself.
//
// Whoever is online gets nothing old: pages come from the network, and from here only when there is none. Files whose names say what
// is in them, such as scripts and style sheets, are the same wherever they come from.

/** `version` is made of all the others; `pages` are addresses with a mark that changes when the page does; `files` never change.
 * @typedef {{version: string, pages: [url: string, mark: string][], files: string[]}} Offline */

const PREFIX = "ringback-offline-", PATIENCE = 8000;
const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const list = /** @type {Offline|null} */ (OFFLINE);
const name = (/** @type {Offline} */ { version }) => `${PREFIX}${new URL(worker.registration.scope).pathname}${version}`;
/** Caches of this edition, the oldest first. */
const ours = async () => (await caches.keys()).filter((each) => each.startsWith(PREFIX + new URL(worker.registration.scope).pathname));

/** Is it what somebody asked for, and not a page for logging in? @param {Response} response */
const isIt = (response) => response.ok && !response.redirected && response.type === "basic";

/** What is kept at an address, in the newest cache that has it. @param {string} url */
async function kept(url) {
  for (const each of (await ours()).reverse()) {
    const found = await (await caches.open(each)).match(url);
    if (found) return found;
  }
  return undefined;
}

/** Keeps a file, from the network or as it was kept before. A page that can't be had now is better old than not at all. @param {Cache} cache
 * @param {string} url @param {string} mark of a page; empty for a file that never changes */
async function keep(cache, url, mark) {
  const before = await kept(url), isSame = before && (before.headers.get("X-Mark") ?? "") === mark;
  const response = isSame ? before : await fetch(url, { cache: "no-cache" }).then((response) => (isIt(response) ? marked(response, mark) : before), () => before);
  if (response) await cache.put(url, response);
}

/** @param {Response} response @param {string} mark */
function marked(response, mark) {
  const headers = new Headers(response.headers);
  headers.set("X-Mark", mark);
  return new Response(response.body, { status: response.status, headers });
}

/** Everything, a few at a time: a call may be going on beside it. @param {Offline} offline */
async function keepAll(offline) {
  const cache = await caches.open(name(offline)), rest = [...offline.files.map((url) => [url, ""]), ...offline.pages];
  const next = async () => {
    for (let each = rest.shift(); each; each = rest.shift()) await keep(cache, each[0], each[1]).catch(() => {});
  };
  await Promise.all([next(), next(), next(), next()]);
}

worker.addEventListener("install", (event) => event.waitUntil((list ? keepAll(list) : Promise.resolve()).then(() => worker.skipWaiting())));

worker.addEventListener("activate", (event) => event.waitUntil((async () => {
  // A call that goes on began with the files of the build before this one.
  const stay = list ? [name(list), ...(await ours()).filter((each) => each !== name(list)).slice(-1)] : [];
  await Promise.all((await ours()).filter((each) => !stay.includes(each)).map((each) => caches.delete(each)));
  if (list) await worker.clients.claim();
  else await worker.registration.unregister();
})()));

/** A page: from the network, or as it was kept if there is none. @param {Request} request @param {string} url */
async function page(request, url) {
  try {
    const response = await Promise.race([fetch(request), new Promise((_, fail) => setTimeout(fail, PATIENCE))]);
    return /** @type {Response} */ (response);
  } catch {
    return await kept(url) ?? fetch(request);
  }
}

worker.addEventListener("fetch", (event) => {
  const { request } = event, url = new URL(request.url);
  url.hash = url.search = "";
  if (!list || request.method !== "GET" || url.origin !== location.origin) return;
  if (list.files.includes(url.pathname)) event.respondWith(kept(url.href).then((found) => found ?? fetch(request)));
  else if (list.pages.some(([each]) => each === url.pathname)) event.respondWith(page(request, url.href));
  // A file of the build before, for a page that is open since then.
  else if (request.destination === "script" || request.destination === "style") event.respondWith(fetch(request).then((response) => (response.ok ? response : kept(url.href).then((found) => found ?? response)), async () => await kept(url.href) ?? Response.error()));
});
