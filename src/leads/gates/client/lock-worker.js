// The service worker of an edition that is sealed with a passphrase (`Lock` in lock.rs). As long as it has the key, it
// answers for every address of the edition, and only with what it has opened itself or with a page of its own: nothing
// that comes over the network is handed on. Without a key it does nothing, and the form stands at every address.
//
// The key is kept, unreadable for scripts, until somebody locks the edition or no page of it has been open for half an
// hour. It isn't dropped because of what a host answers, or a single bad answer would lock everybody out.
//
// `LANGUAGES` stands above this text, the longest prefix first.

/** @import { Language, Why } from "./lock-pages.js" */
import { TYPES, failure } from "./lock-pages.js";

const IDLE = 30 * 60 * 1000;
const SUFFIX = ".sealed";
/** The file that shows whether a key is right: `CHECK` in lock.rs. */
const CHECK = "lock-check";
/** Headers of the host that hold for what is opened, too: they can only forbid. Others could send readers elsewhere. */
const KEPT = [
  "Content-Security-Policy",
  "Cross-Origin-Embedder-Policy",
  "Cross-Origin-Opener-Policy",
  "Cross-Origin-Resource-Policy",
  "Permissions-Policy",
  "Referrer-Policy",
  "X-Frame-Options",
  "X-Robots-Tag",
];
/** No name of a file has these: they mean something else once more where an address is read a second time. */
const REFUSED = /[/\\\p{Cc}]|%[\da-f]{2}/iu;

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const root = new URL(worker.registration.scope);

/** What is kept of a key. @typedef {{key: CryptoKey, edition: string, used?: number}} Held */
/** What became of a file: its bytes, or why there are none. @typedef {{bytes?: undefined, why: Why, sealed?: boolean}} Unread */
/** @typedef {{bytes: ArrayBuffer, headers: Headers, why?: undefined, sealed?: undefined}} Read */

worker.addEventListener("install", () => worker.skipWaiting());
worker.addEventListener("activate", (event) => event.waitUntil(worker.clients.claim()));

/** One transaction in the browser's own database. @template T @param {IDBTransactionMode} mode
 * @param {(keys: IDBObjectStore) => IDBRequest<T>} act @returns {Promise<T>} */
function stored(mode, act) {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(`ringback-lock ${root.pathname}`);
    opening.onupgradeneeded = () => opening.result.createObjectStore("keys");
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const transaction = opening.result.transaction("keys", mode);
      const request = act(transaction.objectStore("keys"));
      transaction.oncomplete = () => {
        opening.result.close();
        resolve(request.result);
      };
      transaction.onabort = () => {
        opening.result.close();
        reject(transaction.error);
      };
    };
  });
}

/** @param {Held} held */
const keep = (held) => stored("readwrite", (keys) => keys.put({ ...held, used: Date.now() }, "key"));
const forget = () => stored("readwrite", (keys) => keys.delete("key"));

/** Says that the key is in use. In one transaction, so that it doesn't bring back a key that was forgotten meanwhile.
 * @returns {Promise<Held|undefined>} */
function touch() {
  return stored("readwrite", (keys) => {
    /** @type {IDBRequest<Held|undefined>} */
    const request = keys.get("key");
    request.onsuccess = () => request.result && keys.put({ ...request.result, used: Date.now() }, "key");
    return request;
  });
}

/** The key, as long as a visit lasts. @returns {Promise<Held|undefined>} */
async function held() {
  /** @type {Held|undefined} */
  const held = await stored("readonly", (keys) => keys.get("key"));
  if (!held) return undefined;
  const age = Date.now() - (held.used ?? 0);
  if (age > IDLE && !(await worker.clients.matchAll({ type: "window" })).length) {
    await forget();
    return undefined;
  }
  return age > IDLE / 30 ? touch() : held;
}

/** What is sealed in a file: nothing for another key, another path or a file that was changed.
 * @param {Held} held @param {string} path @param {Uint8Array<ArrayBuffer>} file */
async function open({ key, edition }, path, file) {
  const [version, nonce, sealed] = [file[0], file.subarray(1, 13), file.subarray(13)];
  const additionalData = new TextEncoder().encode(`ringback:${version}:${edition}:1:${path}`);
  try {
    const padded = await crypto.subtle.decrypt({ name: "AES-GCM", iv: nonce, additionalData }, key, sealed);
    return padded.slice(4, 4 + new DataView(padded).getUint32(0));
  } catch {
    return undefined;
  }
}

/** One part of a path, decoded once. @param {string} encoded */
function part(encoded) {
  const name = decodeURIComponent(encoded);
  if (["", ".", ".."].includes(name) || REFUSED.test(name)) throw new URIError("no file has this name");
  return name;
}

/** The file that a host shows at a path. `undefined` where no file can be: outside the edition, or by a path that others could read otherwise.
 * @param {string} pathname */
function fileAt(pathname) {
  if (!pathname.startsWith(root.pathname)) return undefined;
  const parts = pathname.slice(root.pathname.length).split("/");
  if (parts.at(-1) === "") parts[parts.length - 1] = "index.html";
  try {
    return parts.map(part).join("/");
  } catch {
    return undefined;
  }
}

/** The address of a file of the edition. @param {string} file @param {string} [ending] */
function addressOf(file, ending = "") {
  const address = new URL(root);
  address.pathname = root.pathname + file.split("/").map(encodeURIComponent).join("/") + ending;
  if (address.origin !== root.origin || !address.pathname.startsWith(root.pathname)) throw new TypeError(`${address} is not ours`);
  return address;
}

/**
 * Opens a file: `{bytes, headers}`, or `{why}` it can't be: "missing", "unreachable" or "damaged", and then whether it
 * looks `sealed` at all. Pages change under the same name, so the host is asked whether they have; assets only
 * where the browser has one that was sealed with another passphrase.
 * @param {Held} held @param {string} file @param {RequestCache} [cache] @returns {Promise<Read|Unread>}
 */
async function read(held, file, cache = file.startsWith("assets/") ? "default" : "no-cache") {
  const address = addressOf(file, SUFFIX);
  try {
    const response = await fetch(address, { cache, mode: "same-origin", credentials: "same-origin", redirect: "error" });
    if (response.status === 404 || response.status === 410) return { why: "missing" };
    const isAnswer = response.status === 200 && response.type === "basic" && !response.redirected && response.url === address.href;
    if (!isAnswer) return { why: "unreachable" };
    const sealed = new Uint8Array(await response.arrayBuffer());
    const bytes = await open(held, file, sealed);
    if (!bytes && cache === "default") return read(held, file, "reload");
    return bytes ? { bytes, headers: response.headers } : { why: "damaged", sealed: sealed[0] === 1 && sealed.length % 1024 === 29 };
  } catch {
    return { why: "unreachable" };
  }
}

/** The response with what was sealed in a file. @param {string} file @param {Read} read @param {number} [status] */
function shown(file, { bytes, headers: sent }, status = 200) {
  const headers = new Headers();
  for (const name of KEPT) if (sent.has(name)) headers.set(name, sent.get(name) ?? "");
  headers.set("Cache-Control", "no-store");
  const ending = file.split(".").pop()?.toLowerCase() ?? "";
  headers.set("Content-Type", Object.hasOwn(TYPES, ending) ? TYPES[ending] : "application/octet-stream");
  headers.set("X-Content-Type-Options", "nosniff");
  return new Response(bytes, { status, headers });
}

/** The page for addresses that don't exist: the nearest one. @param {Held} held @param {string} file @param {Request} request */
async function missing(held, file, request) {
  const folders = file.split("/").slice(0, -1);
  for (let depth = folders.length; depth >= 0; depth--) {
    const name = [...folders.slice(0, depth), "404.html"].join("/");
    const found = await read(held, name);
    if (found.bytes) return shown(name, found, 404);
  }
  return failed(request, file, "missing");
}

/** @param {Request} request @param {string} file @param {Why} why */
function failed(request, file, why) {
  const language = LANGUAGES.find(({ prefix }) => file.startsWith(prefix)) ?? LANGUAGES[LANGUAGES.length - 1];
  return failure(request, why, language, root.pathname);
}

/** @param {Request} request */
async function answer(request) {
  const key = await held();
  if (!key) return fetch(request);
  const url = new URL(request.url);
  const file = fileAt(url.pathname);
  if (!file) return failed(request, "", "missing");
  const found = await read(key, file);
  if (found.bytes) return shown(file, found);
  if (request.mode !== "navigate") return failed(request, file, found.why);
  if (found.why === "missing") {
    const isFolder = !url.pathname.endsWith("/") && (await read(key, `${file}/index.html`)).bytes;
    return isFolder ? Response.redirect(`${addressOf(file, "/")}${url.search}`, 302) : missing(key, file, request);
  }
  const check = found.sealed && file !== CHECK ? await read(key, CHECK) : undefined;
  return failed(request, file, check?.sealed ? "changed" : found.why);
}

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  const isOurs = url.origin === root.origin && url.pathname.startsWith(root.pathname) && request.method === "GET";
  if (isOurs) event.respondWith(answer(request));
});

/** Keeps a key that is right. @param {Held} held */
async function unlock(held) {
  const { bytes, sealed } = await read(held, CHECK);
  if (bytes) await keep(held);
  return bytes ? "open" : sealed ? "wrong" : "failed";
}

/** Forgets the key, and leads every tab to the form. */
async function lock() {
  await forget();
  for (const client of await worker.clients.matchAll({ type: "window" })) {
    // With a place in the page, browsers would only scroll there.
    const url = new URL(client.url);
    url.hash = "";
    await client.navigate(url).catch(() => undefined);
  }
  return "locked";
}

worker.addEventListener("message", (event) => {
  const { key, edition, lock: isLocking } = event.data;
  const done = isLocking ? lock() : unlock({ key, edition });
  event.waitUntil(done.catch(() => "failed").then((answer) => event.ports[0]?.postMessage(answer)));
});
