// The inputs as the end of an address, behind `#`, which browsers send to nobody: `#count=calls~40~~wage~350`.

/** @import { CalculatorConfig } from "./config" */
import { decode as decoded } from "../../../theme/client/attempt.js";

const NAME = "count=";
const LONGEST = 2000;

/** A number as people write it, with a comma or a point before its decimals, and spaces between thousands.
 * @param {string} text @returns {number} */
export function numberIn(text) {
  const plain = text.trim().replace(/[\s\u00a0\u202f'’]/g, "").replace(/−/g, "-");
  // 1.234,5 and 1,234.5: the last sign is that of the decimals.
  const [comma, point] = [plain.lastIndexOf(","), plain.lastIndexOf(".")];
  const bare = comma > point ? plain.replace(/\./g, "").replace(",", ".") : plain.replace(/,/g, "");
  return /^-?\d{1,13}(\.\d{1,9})?$|^-?\.\d{1,9}$/.test(bare) ? Number(bare) : NaN;
}

/** @param {CalculatorConfig} config @param {Record<string, number>} inputs */
export const encode = ({ inputs: all }, inputs) => `#${NAME}${all.map(({ id }) => `${id}~${inputs[id]}`).join("~~")}`;

/** What an address holds of the inputs, each within its bounds; null where it has none.
 * @param {CalculatorConfig} config @param {string} address @returns {Record<string, number>|null} */
export function decode({ inputs }, address) {
  const at = address.indexOf(`#${NAME}`);
  if (at < 0 || address.length - at > LONGEST) return null;
  const given = new Map(decoded(address.slice(at + 1 + NAME.length)).replace(/\s/g, "").split("~~").map((each) => {
    const [id = "", text = ""] = each.split("~");
    return [id, numberIn(text)];
  }));
  /** @type {Record<string, number>} */
  const found = {};
  for (const { id, min, max } of inputs) {
    const number = given.get(id) ?? NaN;
    if (number >= min && number <= max) found[id] = number;
  }
  return Object.keys(found).length ? found : null;
}
