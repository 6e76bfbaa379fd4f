// The service worker of an edition that is sealed with a passphrase (`Lock` in lock.rs). Once it has the key, it answers
// for every file of the edition with what is sealed in `<file>.sealed`. The key is kept, unreadable for scripts, until no
// page of the edition has been open for half an hour.

const IDLE = 30 * 60 * 1000;
const SUFFIX = ".sealed";
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
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error);
    };
  });
}

const keep = (held) => stored("readwrite", (keys) => keys.put({ ...held, used: Date.now() }, "key"));
const forget = () => stored("readwrite", (keys) => keys.delete("key"));

/** The key, as long as a visit lasts. */
async function held() {
  const held = await stored("readonly", (keys) => keys.get("key"));
  if (!held) return;
  const age = Date.now() - held.used;
  if (age > IDLE && !(await clients.matchAll({ type: "window" })).length) return void (await forget());
  if (age > IDLE / 30) await keep(held);
  return held;
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

/** The file that a host shows at a path of the edition. */
function fileAt(pathname) {
  const path = decodeURIComponent(pathname.slice(root.pathname.length));
  return path === "" || path.endsWith("/") ? `${path}index.html` : path;
}

/** Asks for a sealed file. Pages change under the same name, so the host is asked whether they have. */
function get(file) {
  const path = file.split("/").map(encodeURIComponent).join("/");
  return fetch(new URL(path + SUFFIX, root), { cache: file.startsWith("assets/") ? "default" : "no-cache" });
}

/** The response with what is sealed in it. `undefined` where the key is not the right one. */
async function opened(held, file, response, status = 200) {
  const bytes = await open(held, file, new Uint8Array(await response.arrayBuffer()));
  if (!bytes) return undefined;
  const headers = new Headers(response.headers);
  for (const name of ["Content-Encoding", "Content-Length", "ETag"]) headers.delete(name);
  headers.set("Content-Type", TYPES[file.split(".").pop().toLowerCase()] ?? "application/octet-stream");
  return new Response(bytes, { status, headers });
}

/** The page for addresses that don't exist: the nearest one. */
async function missing(held, file) {
  const folders = file.split("/").slice(0, -1);
  for (let depth = folders.length; depth >= 0; depth--) {
    const name = [...folders.slice(0, depth), "404.html"].join("/");
    const response = await get(name);
    if (response.ok) return opened(held, name, response, 404);
  }
  return undefined;
}

async function answer(request) {
  const key = await held();
  if (!key) return fetch(request);
  const url = new URL(request.url);
  const file = fileAt(url.pathname);
  // What belongs to the theme lies open.
  if (file.startsWith("assets/") && !file.startsWith("assets/search/")) {
    const open = await fetch(request);
    if (open.status !== 404) return open;
  }
  const response = await get(file);
  if (response.ok) {
    const made = await opened(key, file, response);
    if (made) return made;
    // Sealed with another passphrase since: the form asks for it.
    await forget();
    return fetch(request);
  }
  if (response.status !== 404) return response;
  if (request.mode === "navigate") {
    if (!url.pathname.endsWith("/") && (await get(`${file}/index.html`)).ok) return Response.redirect(`${url.pathname}/${url.search}`, 302);
    return (await missing(key, file)) ?? response;
  }
  return fetch(request);
}

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  const isOurs = url.origin === root.origin && url.pathname.startsWith(root.pathname) && request.method === "GET";
  if (isOurs && !url.pathname.endsWith(SUFFIX)) event.respondWith(answer(request));
});

addEventListener("message", (event) => {
  const { key, edition, path } = event.data;
  const file = fileAt(path);
  const reply = async () => {
    let response = await get(file);
    // Any file shows whether the key is right.
    if (response.status === 404) response = await get("index.html");
    if (!response.ok) return "failed";
    const name = decodeURIComponent(new URL(response.url).pathname.slice(root.pathname.length)).slice(0, -SUFFIX.length);
    if (!(await open({ key, edition }, name, new Uint8Array(await response.arrayBuffer())))) return "wrong";
    await keep({ key, edition });
    return "open";
  };
  event.waitUntil(reply().catch(() => "failed").then((answer) => event.ports[0].postMessage(answer)));
});
