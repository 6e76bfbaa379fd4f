// Style sheets of what comes later than its page.

import { make } from "./make.js";

/** Adds a style sheet of the theme, unless the page has it: after the theme's first, so that those of the site, which may change
 * it, still come later. @param {URL} address @returns {Promise<void>} it is there, or can't be had */
export function sheet({ href }) {
  if ([...document.styleSheets].some((each) => each.href === href)) return Promise.resolve();
  const link = make("link", { rel: "stylesheet", href });
  return new Promise((done) => {
    link.onload = link.onerror = () => done();
    (document.querySelector("link[rel=stylesheet]") ?? document.head.lastElementChild)?.after(link);
  });
}
