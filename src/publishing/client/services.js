// Loads services, once something may be loaded, and tells them what was chosen.

/** @import { ServiceConfig } from "./config" */
/** @import { Given } from "./choice.js" */
import { STARTS, globals, gtag, modes } from "./service-starts.js";

/** @param {string} src @param {Record<string, string>} [attributes] */
function add(src, attributes = {}) {
  const script = document.createElement("script");
  script.async = true;
  for (const [name, value] of Object.entries(attributes)) script.setAttribute(name, value);
  script.src = src;
  document.head.append(script);
}

/** @param {ServiceConfig[]} services @param {Given} given */
export function load(services, given) {
  for (const service of services) {
    const start = Object.hasOwn(STARTS, service.name) ? STARTS[service.name] : undefined;
    if (start) {
      const { src, attributes } = start(service, given);
      add(src, attributes);
    } else if (service.src) {
      add(service.src, service.attributes);
    }
  }
}

/** Tells those that run what is chosen now. @param {Given} given */
export function update(given) {
  if (globals.dataLayer) gtag("consent", "update", modes(given));
}
