// What may throw, and what may be missing.

/** Null where it throws, as where storage is refused.
 * @template T @param {() => T} action @returns {T|null} */
export function attempt(action) {
  try {
    return action();
  } catch {
    return null;
  }
}

/** What an object has of its own under a name: not what all objects have, such as `constructor`.
 * @template T @param {Record<string, T>|null|undefined} object @param {string} name @returns {T|undefined} */
export const own = (object, name) => (object && Object.hasOwn(object, name) ? object[name] : undefined);

/** A place in an address, decoded if it can be. @param {string} text */
export const decode = (text) => attempt(() => decodeURIComponent(text)) ?? text;
