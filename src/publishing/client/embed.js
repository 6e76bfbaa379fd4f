// Shows what a service has, in a frame, when the reader asks for it. Before that, nothing is asked of the service. Which
// services the reader always wants to see stays in this browser.

import { isText, recall, remember } from "../../theme/client/storage.js";

const ALWAYS = "ringback.embeds";

/** The services that may always be shown. @returns {string[]} */
function always() {
  const kept = recall(ALWAYS);
  return Array.isArray(kept) ? kept.filter((each) => isText(each, 40)) : [];
}

/** Puts the frame in the place of the question. @param {HTMLElement} figure @param {boolean} isAsked by a click just now */
function show(figure, isAsked) {
  const { frame: address, title } = figure.dataset;
  const ask = figure.querySelector(".embed-ask");
  if (!address || !ask) return;
  const frame = document.createElement("iframe");
  frame.src = address;
  frame.title = title ?? "";
  frame.loading = isAsked ? "eager" : "lazy";
  frame.allow = "fullscreen; picture-in-picture; encrypted-media";
  frame.allowFullscreen = true;
  frame.referrerPolicy = "strict-origin-when-cross-origin";
  ask.replaceWith(frame);
  if (isAsked) frame.focus();
}

/** Readies what the page has and hasn't been readied yet. */
function start() {
  const known = always();
  for (const figure of document.querySelectorAll("[data-embed]:not([data-ready])")) {
    if (!(figure instanceof HTMLElement)) continue;
    figure.dataset.ready = "";
    const service = figure.dataset.embed ?? "";
    const box = figure.querySelector("[data-embed-always]");
    figure.querySelector("[data-embed-show]")?.addEventListener("click", () => show(figure, true));
    if (box instanceof HTMLInputElement) {
      box.checked = known.includes(service);
      box.addEventListener("change", () => {
        const others = always().filter((each) => each !== service);
        remember(ALWAYS, box.checked ? [...others, service] : others.length > 0 ? others : null);
      });
    }
    if (known.includes(service)) show(figure, false);
  }
}
start();
// What a gate opens comes later.
new MutationObserver(start).observe(document.querySelector("main") ?? document.body, { childList: true, subtree: true });
