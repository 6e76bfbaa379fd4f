// Loads services, once something may be loaded, and tells them what was chosen.

/** @import { ServiceConfig } from "./config" */
/** @import { Given } from "./choice.js" */
import { globals, gtag } from "./service-globals.js";
import { STARTS, modes } from "./service-starts.js";

/** @param {string} src @param {Record<string, string>} [attributes] @param {() => void} [then] */
function add(src, attributes = {}, then) {
  const script = document.createElement("script");
  script.async = true;
  for (const [name, value] of Object.entries(attributes)) script.setAttribute(name, value);
  if (then) script.onload = then;
  script.src = src;
  document.head.append(script);
}

/** @param {ServiceConfig[]} services @param {Given} given
 * @param {boolean} [isPressed] has the visitor just pressed a button for a chat? */
export async function load(services, given, isPressed = false) {
  for (const service of services) {
    const start = Object.hasOwn(STARTS, service.name) ? STARTS[service.name] : undefined;
    if (start) {
      const { src, attributes, then } = start(service, given, isPressed);
      if (src) add(src, attributes, then);
    } else if (service.src) {
      add(service.src, service.attributes);
    }
  }
  const counting = services.filter(({ name, purpose }) => purpose === "statistics" || name === "google_tag_manager");
  if (counting.length) (await import("./events.js")).hear(counting.map(({ name }) => name));
}

/** Tells those that run what is chosen now. @param {Given} given */
export function update(given) {
  if (globals.dataLayer) gtag("consent", "update", modes(given));
}
