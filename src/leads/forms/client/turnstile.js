// Cloudflare's Turnstile, for forms whose relay asks for its answer. Nothing is loaded from Cloudflare until such a form is sent.

/** @typedef {{render: (place: HTMLElement, options: Record<string, unknown>) => string, remove: (id: string) => void}} Turnstile */

const SCRIPT = "https://challenges.cloudflare.com/turnstile/v0/api.js?render=explicit";
// Somebody may have to tick a box.
const PATIENCE = 120_000;

/** @type {Promise<Turnstile>|undefined} */
let loading;

/** @returns {Promise<Turnstile>} */
const load = () => (loading ??= new Promise((resolve, reject) => {
  const script = document.createElement("script");
  script.src = SCRIPT;
  script.onload = () => resolve(/** @type {{turnstile: Turnstile}} */ (/** @type {unknown} */ (window)).turnstile);
  script.onerror = () => {
    loading = undefined;
    reject(new Error(SCRIPT));
  };
  document.head.append(script);
}));

/** What Turnstile says of this browser, shown where the form has a place for it. @param {string} sitekey @returns {Promise<string>} */
export async function answer(sitekey) {
  const place = document.querySelector("[data-lead-proof]");
  if (!(place instanceof HTMLElement)) throw new Error("there is no place for Turnstile on this page");
  const turnstile = await load();
  let id = "";
  try {
    return await new Promise((resolve, reject) => {
      setTimeout(reject, PATIENCE);
      id = turnstile.render(place, {
        sitekey, language: document.documentElement.lang || "auto", callback: resolve,
        "error-callback": reject, "expired-callback": reject, "timeout-callback": reject,
      });
    });
  } finally {
    if (id) turnstile.remove(id);
  }
}
