// The button that locks an edition behind a passphrase again: `<button data-lock-now hidden>`. The service worker,
// lock-worker.js, forgets the key and leads every open tab to the form. In a preview there is no worker, and no button.

for (const button of document.querySelectorAll("[data-lock-now]")) {
  button.hidden = !navigator.serviceWorker?.controller;
  button.addEventListener("click", () => navigator.serviceWorker.controller?.postMessage({ lock: true }));
}

// Browsers keep pages to go back to, also past the moment when they were locked.
addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
