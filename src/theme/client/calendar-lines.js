// What RFC 5545 asks of the lines of a calendar.

/** A time as UTC, so that no calendar needs the rules of a time zone. @param {Date|number} time */
export const stamp = (time) => new Date(time).toISOString().replace(/[-:]|\.\d+/g, "");

/** Section 3.3.11: no control characters but the ends of lines, which are escaped. @param {string} text */
export const escapeText = (text) => text.replace(/[\\;,]/g, "\\$&").replace(/\r\n?|\n/g, "\\n").replace(/[\0-\x1f\x7f]/g, "");

/** Section 3.1: at most 75 bytes, and a letter in one piece. @param {string} line */
export function fold(line) {
  let length = 0, out = "";
  for (const letter of line) {
    const bytes = new TextEncoder().encode(letter).length;
    if (length + bytes > 74) [out, length] = [`${out}\r\n `, 1];
    [out, length] = [out + letter, length + bytes];
  }
  return out;
}
