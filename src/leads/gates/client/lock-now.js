// The button of `partials/lock_now.html`. In a preview there is no worker to lock, and no button.

import { all } from "../../../theme/client/find.js";

for (const button of all(document, "[data-lock-now]", HTMLButtonElement)) {
  button.hidden = !navigator.serviceWorker?.controller;
  button.addEventListener("click", () => navigator.serviceWorker.controller?.postMessage({ lock: true }));
}

// Browsers keep pages to go back to, also past the moment when they were locked.
addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
