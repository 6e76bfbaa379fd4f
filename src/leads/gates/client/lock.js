// The form of an edition that is sealed with a passphrase (`Lock` in lock.rs): it makes the key of what is typed, and
// hands it to the service worker that opens the edition's files, lock-worker.js.

import { find } from "../../../theme/client/find.js";

const form = find(document, "form[data-lock]", HTMLFormElement);
const { worker = "", scope, salt = "", rounds, edition, wait = "", wrong = "", needs = "", failed = "" } = form.dataset;
const says = find(form, "[role=status]", HTMLElement);
const passphrase = find(form, "[name=passphrase]", HTMLInputElement);

/** @param {string} base64url */
const decode = (base64url) => Uint8Array.from(atob(base64url.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0));

/** The key of a passphrase. It can't be taken out of the browser. @param {string} typed */
async function keyOf(typed) {
  const raw = await crypto.subtle.importKey("raw", new TextEncoder().encode(typed.trim().normalize("NFC")), "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt: decode(salt), iterations: Number(rounds) };
  return crypto.subtle.deriveKey(how, raw, { name: "AES-GCM", length: 256 }, false, ["decrypt"]);
}

/** Does the service worker open the edition with the key? It keeps one that does. @param {CryptoKey} key @returns {Promise<string>} */
async function tryKey(key) {
  await navigator.serviceWorker.register(worker, { scope, updateViaCache: "none" });
  const { active } = await navigator.serviceWorker.ready;
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = ({ data }) => resolve(data);
    active?.postMessage({ key, edition }, [port2]);
  });
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  says.textContent = wait;
  try {
    const answer = await tryKey(await keyOf(passphrase.value));
    if (answer === "open") return location.reload();
    says.textContent = answer === "wrong" ? wrong : failed;
    passphrase.setAttribute("aria-invalid", String(answer === "wrong"));
  } catch (problem) {
    console.warn(problem);
    says.textContent = failed;
  }
  passphrase.select();
});

// Browsers have both only on secure pages: https, or this computer.
if (!navigator.serviceWorker || !globalThis.crypto?.subtle) {
  find(form, "fieldset", HTMLFieldSetElement).disabled = true;
  says.textContent = needs;
}
