// The bytes of a QR code: ISO/IEC 18004, bytes, error correction M.

/** Check bytes in a block, and blocks, by version. */
const CHECKS = [0, 10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26, 26, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28];
const BLOCKS = [0, 1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16, 17, 17, 18, 20, 21, 23, 25, 26, 28, 29, 31, 33, 35, 37, 38, 40, 43, 45, 47, 49];

/** The bits that a version has for data and checks. @param {number} version */
function bitsOf(version) {
  const aligned = Math.floor(version / 7) + 2;
  const room = (16 * version + 128) * version + 64;
  const marks = version > 1 ? (25 * aligned - 10) * aligned - 55 : 0;
  return room - marks - (version > 6 ? 36 : 0);
}

/** Multiplies in GF(2⁸). @param {number} a @param {number} b */
function times(a, b) {
  let product = 0;
  for (let bit = 7; bit >= 0; bit--) product = (product << 1) ^ ((product >>> 7) * 0x11d) ^ (((b >>> bit) & 1) * a);
  return product;
}

/** The check bytes of a block. @param {number[]} data @param {number} count */
function checksOf(data, count) {
  /** @type {number[]} */
  const divisor = [...Array(count - 1).fill(0), 1];
  for (let i = 0, root = 1; i < count; i++, root = times(root, 2)) {
    for (let j = 0; j < count; j++) divisor[j] = times(divisor[j], root) ^ (divisor[j + 1] ?? 0);
  }
  /** @type {number[]} */
  const rest = Array(count).fill(0);
  for (const byte of data) {
    const factor = byte ^ (rest.shift() ?? 0);
    rest.push(0);
    divisor.forEach((each, i) => (rest[i] ^= times(each, factor)));
  }
  return rest;
}

/** The first bytes of all lists, then the second ones; lists may be one shorter. @param {number[][]} lists the longest last */
const mixed = (lists) => (lists.at(-1) ?? []).flatMap((_, i) => lists.map((list) => list[i]).filter((byte) => byte !== undefined));

/** All bytes of a code in their order, and its version; null where the text is too long for any. @param {Uint8Array} text */
export function bytesOf(text) {
  /** @param {number} version */
  const fits = (version) => text.length + (version < 10 ? 2 : 3) <= (bitsOf(version) >> 3) - CHECKS[version] * BLOCKS[version];
  const version = BLOCKS.findIndex((_, version) => version > 0 && fits(version));
  if (version < 0) return null;
  const bytes = bitsOf(version) >> 3, checks = CHECKS[version], count = BLOCKS[version], room = bytes - checks * count;
  /** @param {number} value @param {number} length */
  const bits = (value, length) => Array.from({ length }, (_, i) => (value >>> (length - 1 - i)) & 1);
  const stream = [...bits(4, 4), ...bits(text.length, version < 10 ? 8 : 16), ...[...text].flatMap((byte) => bits(byte, 8)), 0, 0, 0, 0];
  const data = Array.from({ length: stream.length / 8 }, (_, i) => stream.slice(8 * i, 8 * i + 8).reduce((sum, bit) => 2 * sum + bit));
  for (let pad = 0xec; data.length < room; pad ^= 0xec ^ 0x11) data.push(pad);
  const short = Math.floor(room / count), longer = room % count;
  /** @type {number[][]} */
  const blocks = [];
  for (let i = 0, at = 0; i < count; i++) {
    const end = at + short + (i < count - longer ? 0 : 1);
    blocks.push(data.slice(at, end));
    at = end;
  }
  return { version, all: [...mixed(blocks), ...mixed(blocks.map((block) => checksOf(block, checks)))] };
}
