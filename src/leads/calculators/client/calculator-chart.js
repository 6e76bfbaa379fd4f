// A result over years: a bar for each, drawn in the SVG of the page, whose table has the same numbers.

const WIDTH = 400, HEIGHT = 180, BASE = 160;

/** @typedef {[low: number, high: number]} Range */

/** @param {SVGSVGElement} picture @param {Range[]} values */
export function draw(picture, values) {
  const highs = values.map(([, high]) => Math.abs(high)), lows = values.map(([low]) => Math.abs(low));
  const most = Math.max(...highs, ...lows) || 1, step = WIDTH / values.length;
  /** @param {string} tag @param {Record<string, string|number>} attributes @param {string} [text] */
  const made = (tag, attributes, text = "") => {
    const one = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, each] of Object.entries(attributes)) one.setAttribute(name, String(each));
    one.textContent = text;
    return one;
  };
  const bars = values.flatMap(([low, high], at) => {
    if (Number.isNaN(low) || Number.isNaN(high)) return [];
    const size = (/** @type {number} */ value) => Math.round((Math.max(0, value) / most) * (BASE - 10) * 10) / 10;
    const place = { x: Math.round(at * step + step * 0.15), width: Math.round(step * 0.7), rx: 2 };
    return [
      made("rect", { ...place, class: "ca-high", y: BASE - size(high), height: size(high) }),
      made("rect", { ...place, class: "ca-low", y: BASE - size(low), height: size(low) }),
      made("text", { x: at * step + step / 2, y: HEIGHT - 4 }, String(at + 1)),
    ];
  });
  picture.replaceChildren(made("line", { x1: 0, y1: BASE, x2: WIDTH, y2: BASE }), ...bars);
}
