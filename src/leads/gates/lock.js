// The form of an edition that is sealed with a passphrase (`Lock` in lock.rs): it makes the key of what is typed, and
// hands it to the service worker that opens the edition's files, lock-worker.js.

const form = document.querySelector("form[data-lock]");
const { worker, scope, salt, rounds, edition, wait, wrong, needs, failed } = form.dataset;
const says = form.querySelector("[role=status]");
const { passphrase } = form.elements;

const decode = (base64url) => Uint8Array.from(atob(base64url.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0));

/** The key of a passphrase. It can't be taken out of the browser. */
async function key(typed) {
  const raw = await crypto.subtle.importKey("raw", new TextEncoder().encode(typed.trim().normalize("NFC")), "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt: decode(salt), iterations: Number(rounds) };
  return crypto.subtle.deriveKey(how, raw, { name: "AES-GCM", length: 256 }, false, ["decrypt"]);
}

/** Does the service worker open the edition with the key? It keeps one that does. */
async function isRight(key) {
  await navigator.serviceWorker.register(worker, { scope, updateViaCache: "none" });
  const { active } = await navigator.serviceWorker.ready;
  const { port1, port2 } = new MessageChannel();
  const answer = new Promise((resolve) => (port1.onmessage = ({ data }) => resolve(data)));
  active.postMessage({ key, edition }, [port2]);
  return answer;
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  says.textContent = wait;
  try {
    const answer = await isRight(await key(passphrase.value));
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
  form.querySelector("fieldset").disabled = true;
  says.textContent = needs;
}
