// The service worker of an edition that is sealed with a passphrase (`Lock` in lock.rs). As long as it has the key, it
// answers for every address of the edition, and only with what it has opened itself or with a page of its own: nothing
// that comes over the network is handed on. Without a key it does nothing, and the form stands at every address.
//
// The key is kept, unreadable for scripts, until somebody locks the edition or no page of it has been open for half an
// hour. It isn't dropped because of what a host answers, or a single bad answer would lock everybody out.
//
// `LANGUAGES` stands above this text: `[{prefix, code, words}]`, the longest prefix first.

const IDLE = 30 * 60 * 1000;
const SUFFIX = ".sealed";
/** The file that shows whether a key is right: `CHECK` in lock.rs. */
const CHECK = "lock-check";
const TYPES = {
  html: "text/html; charset=utf-8",
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  json: "application/json",
  xml: "application/xml",
  txt: "text/plain; charset=utf-8",
  svg: "image/svg+xml",
  png: "image/png",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  gif: "image/gif",
  webp: "image/webp",
  avif: "image/avif",
  ico: "image/x-icon",
  pdf: "application/pdf",
  mp3: "audio/mpeg",
  mp4: "video/mp4",
  woff2: "font/woff2",
};
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

const root = new URL(registration.scope);

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

/** One transaction in the browser's own database. */
function stored(mode, act) {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(`ringback-lock ${root.pathname}`);
    opening.onupgradeneeded = () => opening.result.createObjectStore("keys");
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const transaction = opening.result.transaction("keys", mode);
      const request = act(transaction.objectStore("keys"));
      transaction.oncomplete = () => (opening.result.close(), resolve(request.result));
      transaction.onabort = () => (opening.result.close(), reject(transaction.error));
    };
  });
}

const keep = (held) => stored("readwrite", (keys) => keys.put({ ...held, used: Date.now() }, "key"));
const forget = () => stored("readwrite", (keys) => keys.delete("key"));

/** Says that the key is in use. In one transaction, so that it doesn't bring back a key that was forgotten meanwhile. */
function touch() {
  return stored("readwrite", (keys) => {
    const request = keys.get("key");
    request.onsuccess = () => request.result && keys.put({ ...request.result, used: Date.now() }, "key");
    return request;
  });
}

/** The key, as long as a visit lasts. */
async function held() {
  const held = await stored("readonly", (keys) => keys.get("key"));
  if (!held) return undefined;
  const age = Date.now() - held.used;
  if (age > IDLE && !(await clients.matchAll({ type: "window" })).length) return void (await forget());
  return age > IDLE / 30 ? touch() : held;
}

/** What is sealed in a file: nothing for another key, another path or a file that was changed. */
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

/** One part of a path, decoded once. */
function part(encoded) {
  const name = decodeURIComponent(encoded);
  if (["", ".", ".."].includes(name) || REFUSED.test(name)) throw new URIError("no file has this name");
  return name;
}

/** The file that a host shows at a path. `undefined` where no file can be: outside the edition, or by a path that others could read otherwise. */
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

/** The address of a file of the edition. */
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

/** The response with what was sealed in a file. */
function shown(file, { bytes, headers: sent }, status = 200) {
  const headers = new Headers(KEPT.filter((name) => sent.has(name)).map((name) => [name, sent.get(name)]));
  headers.set("Cache-Control", "no-store");
  const ending = file.split(".").pop().toLowerCase();
  headers.set("Content-Type", Object.hasOwn(TYPES, ending) ? TYPES[ending] : "application/octet-stream");
  headers.set("X-Content-Type-Options", "nosniff");
  return new Response(bytes, { status, headers });
}

/** The page for addresses that don't exist: the nearest one. */
async function missing(held, file, request) {
  const folders = file.split("/").slice(0, -1);
  for (let depth = folders.length; depth >= 0; depth--) {
    const name = [...folders.slice(0, depth), "404.html"].join("/");
    const found = await read(held, name);
    if (found.bytes) return shown(name, found, 404);
  }
  return failure(request, file, "missing");
}

const STATUS = { missing: 404, damaged: 502, changed: 502, unreachable: 503 };
const escape = (text) => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);

/** A page of our own that says why there is no other. Its policy lets run what stands in it here and nothing else. */
function failure(request, file, why) {
  const headers = new Headers({ "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff" });
  const init = { status: STATUS[why], headers };
  if (request.mode !== "navigate") {
    headers.set("Content-Type", "text/plain; charset=utf-8");
    return new Response("", init);
  }
  const { code, words } = LANGUAGES.find(({ prefix }) => file.startsWith(prefix)) ?? LANGUAGES.at(-1);
  const nonce = crypto.randomUUID();
  headers.set("Content-Type", TYPES.html);
  headers.set("Content-Security-Policy", `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`);
  const html = `<!doctype html>
<html lang="${escape(code)}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escape(words.title)}</title>
<style nonce="${nonce}">
:root { color-scheme: light dark; font: 1.125rem/1.5 system-ui, sans-serif; }
body { max-width: 36rem; margin: 15vh auto; padding: 0 1.5rem; }
button { min-height: 2.75rem; padding: .5rem 1.25rem; font: inherit; cursor: pointer; }
</style>
<main>
<h1>${escape(words.title)}</h1>
<p>${escape(words[why])}</p>
<p><a href="${escape(root.pathname)}">${escape(words.home)}</a></p>
<p><button type="button">${escape(words.lock)}</button></p>
</main>
<script nonce="${nonce}">
document.querySelector("button").addEventListener("click", () => navigator.serviceWorker.controller.postMessage({ lock: true }));
</script>
</html>
`;
  return new Response(html, init);
}

async function answer(request) {
  const key = await held();
  if (!key) return fetch(request);
  const url = new URL(request.url);
  const file = fileAt(url.pathname);
  if (!file) return failure(request, "", "missing");
  const found = await read(key, file);
  if (found.bytes) return shown(file, found);
  if (request.mode !== "navigate") return failure(request, file, found.why);
  if (found.why === "missing") {
    const isFolder = !url.pathname.endsWith("/") && (await read(key, `${file}/index.html`)).bytes;
    return isFolder ? Response.redirect(`${addressOf(file, "/")}${url.search}`, 302) : missing(key, file, request);
  }
  const check = found.sealed && file !== CHECK ? await read(key, CHECK) : {};
  return failure(request, file, check.sealed ? "changed" : found.why);
}

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  const isOurs = url.origin === root.origin && url.pathname.startsWith(root.pathname) && request.method === "GET";
  if (isOurs) event.respondWith(answer(request));
});

/** Keeps a key that is right. */
async function unlock(held) {
  const { bytes, sealed } = await read(held, CHECK);
  if (bytes) await keep(held);
  return bytes ? "open" : sealed ? "wrong" : "failed";
}

/** Forgets the key, and leads every tab to the form. */
async function lock() {
  await forget();
  for (const client of await clients.matchAll({ type: "window" })) {
    // With a place in the page, browsers would only scroll there.
    const url = new URL(client.url);
    url.hash = "";
    await client.navigate(url).catch(() => undefined);
  }
  return "locked";
}

addEventListener("message", (event) => {
  const { key, edition, lock: isLocking } = event.data;
  const done = isLocking ? lock() : unlock({ key, edition });
  event.waitUntil(done.catch(() => "failed").then((answer) => event.ports[0]?.postMessage(answer)));
});
