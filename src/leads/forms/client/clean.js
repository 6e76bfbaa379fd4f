// Texts that people type, or that an address brings along.

/** The same text in one form, without what can't be seen. @param {string} text @param {boolean} [lines] may it have several? */
export function clean(text, lines) {
  const whole = text.replace(/\r\n?/g, "\n").replace(/[^\P{Cc}\n\t]|\p{Cs}/gu, "").normalize();
  return (lines ? whole : whole.replace(/\s+/g, " ")).trim();
}
