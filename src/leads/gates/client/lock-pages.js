// The page that says why there is no other, and the types of files. Both are for `lock-worker.js`.

/** What the service worker says in one language: `Language` in lock.rs.
 * @typedef {{prefix: string, code: string, words: Record<string, string>}} Language */
/** Why a file can't be shown. @typedef {"missing"|"damaged"|"changed"|"unreachable"} Why */

/** @type {Record<string, string>} */
export const TYPES = {
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

/** @type {Record<Why, number>} */
const STATUS = { missing: 404, damaged: 502, changed: 502, unreachable: 503 };

/** @param {string} text */
const escape = (text) => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);

/** A page of our own that says why there is no other. Its policy lets run what stands in it here and nothing else.
 * @param {Request} request @param {Why} why @param {Language} language @param {string} home the path of the edition */
export function failure(request, why, { code, words }, home) {
  const headers = new Headers({ "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff" });
  const init = { status: STATUS[why], headers };
  if (request.mode !== "navigate") {
    headers.set("Content-Type", "text/plain; charset=utf-8");
    return new Response("", init);
  }
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
<p><a href="${escape(home)}">${escape(words.home)}</a></p>
<p><button type="button">${escape(words.lock)}</button></p>
</main>
<script nonce="${nonce}">
document.querySelector("button").addEventListener("click", () => navigator.serviceWorker.controller.postMessage({ lock: true }));
</script>
</html>
`;
  return new Response(html, init);
}
