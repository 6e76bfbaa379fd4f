// Elements by the hooks that docs/content/theme.md lists.

/** An element that the page must have. @template {Element} E @param {ParentNode} root @param {string} selector
 * @param {{new (): E, prototype: E}} type @returns {E} */
export function find(root, selector, type) {
  const found = root.querySelector(selector);
  if (found instanceof type) return found;
  throw new Error(`the theme has no ${selector} here`);
}

/** One that may be missing. @template {Element} E @param {ParentNode} root @param {string} selector
 * @param {{new (): E, prototype: E}} type @returns {E|null} */
export function maybe(root, selector, type) {
  const found = root.querySelector(selector);
  return found instanceof type ? found : null;
}

/** All of them. @template {Element} E @param {ParentNode} root @param {string} selector
 * @param {{new (): E, prototype: E}} type @returns {E[]} */
export function all(root, selector, type) {
  /** @param {Element} each @returns {each is E} */
  const isOne = (each) => each instanceof type;
  return [...root.querySelectorAll(selector)].filter(isOne);
}

/** The JSON in a script element. It is whatever the program wrote there, so who calls says what.
 * @param {ParentNode} root @param {string} selector @returns {any} any: the type is the caller's */
export const json = (root, selector) => JSON.parse(find(root, selector, HTMLScriptElement).text);
