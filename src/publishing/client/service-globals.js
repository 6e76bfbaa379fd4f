// The names on which services and their scripts agree. They are the page's, so that each script finds the same ones.

/** The globals that services agree on with their scripts.
 * @type {Record<string, any>} any: each service has its own */
export const globals = /** @type {any} any: a window has whatever scripts give it */ (window);

/** A function that keeps what it is called with until the service's script is there.
 * @param {string} name @param {string} [list] where it keeps that */
export function queue(name, list = "q") {
  /** @type {unknown[][]} */
  const waiting = [];
  /** @param {unknown[]} call */
  const wait = (...call) => {
    // Meta's script leaves the function and answers its calls from then on.
    if (globals[name].callMethod) globals[name].callMethod(...call);
    else waiting.push(call);
  };
  return (globals[name] ??= Object.assign(wait, { [list]: waiting }));
}

/** @param {string} name @returns {unknown[]} */
export const list = (name) => (globals[name] ??= []);

/** Google's queue knows a call by its `arguments`. @type {(...call: unknown[]) => void} */
export function gtag() {
  list("dataLayer").push(arguments);
}
