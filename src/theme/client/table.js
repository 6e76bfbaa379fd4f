// Tables for spreadsheets.

/** RFC 4180. What a spreadsheet would take for a formula gets an apostrophe before it: others wrote these texts. @param {string|number} value */
function cell(value) {
  const text = String(value), safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The rows as CSV. Its first sign says to spreadsheets that it is UTF-8. @param {(string|number)[][]} rows */
export const table = (rows) => `\uFEFF${rows.map((row) => `${row.map(cell).join(",")}\r\n`).join("")}`;
