// A QR code as squares, and as a picture. `sales/sharing/qr.rs` draws the same on the command line: a test compares them.

import { bytesOf } from "./qr-bytes.js";

/** Rows of squares, and whether each is dark. @typedef {boolean[][]} Grid */

/** Which squares a mask inverts. @type {((x: number, y: number) => boolean)[]} */
const MASKS = [
  (x, y) => (x + y) % 2 === 0,
  (x, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
];

/** What a reader of codes minds in one line: long runs, and what looks like a corner. @param {(i: number) => boolean} at @param {number} size */
function linePenalty(at, size) {
  let sum = 0, color = false, run = 0;
  const runs = [0, 0, 0, 0, 0, 0, 0];
  /** @param {number} run */
  const add = (run) => {
    runs.pop();
    runs.unshift(runs[0] ? run : run + size);
  };
  const corners = () => {
    const [after, n, a, b, c, d, before] = runs;
    const core = n > 0 && a === n && b === 3 * n && c === n && d === n;
    return 40 * (Number(core && after >= 4 * n && before >= n) + Number(core && before >= 4 * n && after >= n));
  };
  for (let i = 0; i < size; i++) {
    if (at(i) === color) {
      run++;
      if (run === 5) sum += 3;
      else if (run > 5) sum++;
    } else {
      add(run);
      if (!color) sum += corners();
      color = at(i);
      run = 1;
    }
  }
  if (color) {
    add(run);
    run = 0;
  }
  add(run + size);
  return sum + corners();
}

/** What a reader of codes minds: also squares, and too much of one colour. @param {Grid} grid */
function penalty(grid) {
  const size = grid.length;
  let sum = 0, dark = 0;
  for (let y = 0; y < size; y++) {
    sum += linePenalty((x) => grid[y][x], size) + linePenalty((x) => grid[x][y], size);
    for (let x = 0; x < size; x++) {
      dark += Number(grid[y][x]);
      if (x && y && [grid[y - 1][x], grid[y][x - 1], grid[y - 1][x - 1]].every((other) => other === grid[y][x])) sum += 3;
    }
  }
  const all = size * size;
  return sum + 10 * (Math.ceil(Math.abs(20 * dark - 10 * all) / all) - 1);
}

/** A code while it is drawn; what is `fixed` is the same with every mask. */
class Drawing {
  /** @param {number} version */
  constructor(version) {
    this.version = version;
    this.size = 17 + 4 * version;
    /** @type {Grid} */
    this.grid = Array.from({ length: this.size }, () => Array(this.size).fill(false));
    this.fixed = this.grid.map((row) => [...row]);
  }

  /** @param {number} x @param {number} y @param {unknown} dark */
  set(x, y, dark) {
    if (this.grid[y]?.[x] === undefined) return;
    this.grid[y][x] = Boolean(dark);
    this.fixed[y][x] = true;
  }

  /** Squares in each other. @param {number} x @param {number} y @param {number} radius @param {(ring: number) => boolean} dark */
  rings(x, y, radius, dark) {
    for (let dy = -radius; dy <= radius; dy++) {
      for (let dx = -radius; dx <= radius; dx++) this.set(x + dx, y + dy, dark(Math.max(Math.abs(dx), Math.abs(dy))));
    }
  }

  /** What readers find a code by. */
  marks() {
    const { version, size } = this;
    for (let i = 0; i < size; i++) {
      this.set(6, i, i % 2 === 0);
      this.set(i, 6, i % 2 === 0);
    }
    for (const [x, y] of [[3, 3], [size - 4, 3], [3, size - 4]]) this.rings(x, y, 4, (ring) => ring !== 2 && ring !== 4);
    const count = version > 1 ? Math.floor(version / 7) + 2 : 0, step = version === 32 ? 26 : 2 * Math.ceil((size - 13) / (2 * count - 2));
    const places = Array.from({ length: count }, (_, i) => (i ? size - 7 - (count - 1 - i) * step : 6));
    places.forEach((x, i) => places.forEach((y, j) => {
      const isCorner = (i === 0 && j === 0) || (i === 0 && j === count - 1) || (i === count - 1 && j === 0);
      if (!isCorner) this.rings(x, y, 2, (ring) => ring !== 1);
    }));
    if (version > 6) this.versionBits();
  }

  versionBits() {
    const { version, size } = this;
    let rest = version;
    for (let i = 0; i < 12; i++) rest = (rest << 1) ^ ((rest >>> 11) * 0x1f25);
    for (let i = 0; i < 18; i++) {
      const dark = (((version << 12) | rest) >>> i) & 1, a = size - 11 + (i % 3), b = Math.floor(i / 3);
      this.set(a, b, dark);
      this.set(b, a, dark);
    }
  }

  /** Says which mask it is, twice. @param {number} mask */
  format(mask) {
    const { size } = this;
    let rest = mask;
    for (let i = 0; i < 10; i++) rest = (rest << 1) ^ ((rest >>> 9) * 0x537);
    const bit = (/** @type {number} */ i) => ((((mask << 10) | rest) ^ 0x5412) >>> i) & 1;
    for (let i = 0; i < 15; i++) {
      // Around the first corner, leaving out the lines of dots; then beside the two others.
      if (i < 8) {
        this.set(8, i < 6 ? i : i + 1, bit(i));
        this.set(size - 1 - i, 8, bit(i));
      } else {
        this.set(i === 8 ? 7 : 14 - i, 8, bit(i));
        this.set(8, size - 15 + i, bit(i));
      }
    }
    this.set(8, size - 8, true);
  }

  /** Puts the bits where nothing is fixed: two columns up, two down. @param {number[]} bytes */
  data(bytes) {
    let at = 0;
    for (let right = this.size - 1; right > 0; right -= right === 8 ? 3 : 2) {
      const isUp = ((right + 1) & 2) === 0;
      for (let i = 0; i < this.size; i++) {
        for (const x of [right, right - 1]) {
          const y = isUp ? this.size - 1 - i : i;
          if (this.fixed[y][x]) continue;
          this.grid[y][x] = Boolean(((bytes[at >> 3] ?? 0) >>> (7 - (at & 7))) & 1);
          at++;
        }
      }
    }
  }

  /** The one with the mask that readers mind least. */
  masked() {
    const all = MASKS.map((mask, index) => {
      this.format(index);
      return this.grid.map((row, y) => row.map((dark, x) => (this.fixed[y][x] ? dark : dark !== mask(x, y))));
    });
    const penalties = all.map(penalty);
    return all[penalties.indexOf(Math.min(...penalties))];
  }
}

/** The squares of a QR code, by rows; null where the text is too long for one. @param {string} text @returns {Grid|null} */
export function qr(text) {
  const made = bytesOf(new TextEncoder().encode(text));
  if (!made) return null;
  const drawing = new Drawing(made.version);
  drawing.marks();
  drawing.format(0);
  drawing.data(made.all);
  return drawing.masked();
}

const SVG = "http://www.w3.org/2000/svg";

/** @param {"svg"|"rect"|"path"} name @param {Record<string, string>} attributes */
function element(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

/** The code as a picture with the white edge that it needs. @param {string} text @param {string} label @returns {Element|null} */
export function picture(text, label) {
  const grid = qr(text);
  if (!grid) return null;
  const size = String(grid.length + 8);
  const runs = grid.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x + 4} ${y + 4}h1v1h-1z` : ""))).join("");
  const made = element("svg", { viewBox: `0 0 ${size} ${size}`, role: "img", "aria-label": label, "shape-rendering": "crispEdges" });
  made.append(element("rect", { width: size, height: size, fill: "#fff" }), element("path", { d: runs, fill: "#000" }));
  return made;
}
