// Texts of other programs: what a word processor or a page puts on the clipboard becomes Markdown.

import { converted } from "./edit-api.js";

const TAGS = /<(?:h[1-6]|ul|ol|li|table|blockquote|b|strong|i|em|a|img|p)\b/i;
/** Programs for code put their text there in colours, and mean the text. */
const CODE = /white-space:\s*pre\s*[;"']/i;

/** The text as HTML, if the clipboard has more than letters. @param {DataTransfer|null} data @returns {string} */
export function marked(data) {
  const html = data?.getData("text/html") ?? "";
  const words = data?.getData("text/plain").trim() ?? "";
  return words !== "" && TAGS.test(html) && !CODE.test(html) ? html : "";
}

/** Puts it in as Markdown, or as its letters where that fails.
 * @param {{ file: string, html: string, plain: string, insert: (text: string) => void, tell: (left: number) => void, fail: (why: unknown) => void }} about */
export async function paste({ file, html, plain, insert, tell, fail }) {
  try {
    const { text, pictures_left } = await converted(file, html);
    insert(text);
    if (pictures_left > 0) tell(pictures_left);
  } catch (why) {
    insert(plain);
    fail(why);
  }
}
