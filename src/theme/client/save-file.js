// Files that a page makes.

import { make } from "./make.js";

/** Gives somebody a file to keep. @param {string} name @param {string} text @param {string} type */
export function saveFile(name, text, type) {
  const link = make("a", { href: URL.createObjectURL(new Blob([text], { type })), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
