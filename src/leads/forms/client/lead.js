// What a page with a form begins with, and any page in whose browser a lead waits: notes how the visit began, delivers what
// waits, and loads form.js when a form comes near or somebody uses it.

import { find } from "../../../theme/client/find.js";
import { recall } from "../../../theme/client/storage.js";
import { attempt } from "../../../theme/client/attempt.js";
import { TOUCH, attribution } from "./attribution.js";
import { OUTBOX } from "./base.js";

const opened = Date.now();
/** Forms that a person has used before form.js was there. @type {WeakSet<HTMLElement>} */
const used = new WeakSet();
/** Forms that were sent when form.js could not be had. @type {WeakSet<HTMLElement>} */
const isAlone = new WeakSet();
/** Forms that are looked after. @type {WeakSet<HTMLElement>} */
const expected = new WeakSet();
/** Forms that wait for form.js, or have it. @type {WeakMap<HTMLElement, Promise<void>>} */
const started = new WeakMap();

const hasWaiting = () => attempt(() => Object.keys(localStorage).some((key) => key.startsWith(OUTBOX))) ?? false;

/** Makes a form one that sends leads, once. @param {HTMLElement} root */
function prepare(root) {
  near.unobserve(root);
  const known = started.get(root);
  if (known) return known;
  // form.js imports the other one: asked for together, they come together.
  const loading = Promise.all([import("./form.js"), import("./deliver.js")]);
  const starting = loading.then(([{ start }]) => start(root, { opened, isHuman: used.has(root) }));
  started.set(root, starting);
  starting.catch(() => started.delete(root));
  return starting;
}

/** Somebody was quicker than the network. A form that can't be prepared is sent as forms are without scripts.
 * @param {HTMLElement} root @param {SubmitEvent} event */
async function early(root, event) {
  if (root.dataset.ready !== undefined || isAlone.has(root)) return;
  event.preventDefault();
  event.stopPropagation();
  const form = find(root, "form", HTMLFormElement);
  try {
    await prepare(root);
  } catch (problem) {
    console.warn(problem);
    isAlone.add(root);
  }
  // A field may have that name.
  HTMLFormElement.prototype.requestSubmit.call(form);
}

/** One screen ahead. */
const near = new IntersectionObserver((seen) => {
  for (const { isIntersecting, target } of seen) {
    if (isIntersecting && target instanceof HTMLElement) prepare(target).catch(console.warn);
  }
}, { rootMargin: "100% 0%" });

/** @param {HTMLElement} root */
function expect(root) {
  if (expected.has(root)) return;
  expected.add(root);
  for (const kind of ["focusin", "keydown", "pointerdown", "input", "click"]) {
    root.addEventListener(kind, ({ isTrusted }) => {
      if (kind !== "focusin" && isTrusted) used.add(root);
      prepare(root).catch(console.warn);
    }, { once: true, passive: true });
  }
  root.addEventListener("submit", (event) => early(root, event), { capture: true });
  near.observe(root);
}

const forms = () => [...document.querySelectorAll("[data-lead]")].filter((each) => each instanceof HTMLElement);

/** Forms first: they say what is known of what waits, also of what is given up now. */
async function deliver() {
  if (!hasWaiting()) return;
  await Promise.allSettled(forms().map(prepare));
  try {
    (await import("./deliver.js")).begin();
  } catch (problem) {
    console.warn(problem);
  }
}

function start() {
  for (const root of forms()) expect(root);
  deliver();
}

document.addEventListener("ringback:open", start);
for (const kind of ["online", "pageshow"]) addEventListener(kind, deliver);
start();
const mode = document.querySelector("[data-attribution]")?.getAttribute("data-attribution");
attribution(mode === "always" || (mode === "consent" && recall(TOUCH) !== null));
