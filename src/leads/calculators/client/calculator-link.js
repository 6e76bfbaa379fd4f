// The inputs as the end of an address, behind `#`, which browsers send to nobody: `#count=calls~40~~wage~350`.

/** @import { CalculatorConfig } from "./config" */
import { decode as decoded } from "../../../theme/client/attempt.js";

const NAME = "count=";
const LONGEST = 2000;

/** A number as people write it: with spaces, points or commas between thousands, and a comma or a point before its decimals.
 * What could be either is what it is in the page's language. @param {string} text @param {string} locale @returns {number} */
export function numberIn(text, locale) {
  const plain = text.trim().replace(/[\s\u00a0\u202f'’]/g, "").replace(/−/g, "-"), [sign, ...more] = plain.match(/[.,]/g) ?? [];
  const isGrouped = /^-?[1-9]\d{0,2}([.,]\d{3})+$/.test(plain), isDecimal = new Intl.NumberFormat(locale).format(1.5).includes(sign ?? "");
  let decimal = sign;
  // 1.234,5 and 1,234.5: the last one is that of the decimals. 1.234.567 has none; 1.234 has three in English, and none in Swedish.
  if (more.some((each) => each !== sign)) decimal = more.at(-1);
  else if (isGrouped && (more.length || !isDecimal)) decimal = undefined;
  const bare = [...plain].filter((each) => each === decimal || !/[.,]/.test(each)).join("").replace(",", ".");
  return /^-?\d{1,13}(\.\d{1,9})?$|^-?\.\d{1,9}$/.test(bare) ? Number(bare) : NaN;
}

/** @param {CalculatorConfig} config @param {Record<string, number>} inputs */
export const encode = ({ inputs: all }, inputs) => `#${NAME}${all.map(({ id }) => `${id}~${inputs[id]}`).join("~~")}`;

/** Are there numbers in an address? @param {string} address */
export const hasNumbers = (address) => address.startsWith(`#${NAME}`);

/** What an address holds of the inputs, each within its bounds; null where it has none.
 * @param {CalculatorConfig} config @param {string} address @returns {Record<string, number>|null} */
export function decode({ inputs }, address) {
  const at = address.indexOf(`#${NAME}`);
  if (at < 0 || address.length - at > LONGEST) return null;
  const given = new Map(decoded(address.slice(at + 1 + NAME.length)).replace(/\s/g, "").split("~~").map((each) => {
    const [id = "", text = ""] = each.split("~");
    return [id, text ? Number(text) : NaN];
  }));
  /** @type {Record<string, number>} */
  const found = {};
  for (const { id, min, max } of inputs) {
    const number = given.get(id) ?? NaN;
    if (number >= min && number <= max) found[id] = number;
  }
  return Object.keys(found).length ? found : null;
}
