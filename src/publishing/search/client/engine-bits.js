// Numbers in the files of an index. Where they are read stands in variables: an object for it would double the time of a query.

let at = 0;

/** Where the next `varint` is read. @param {number} place */
export const seek = (place) => void (at = place);

/** The bytes that follow, up to there. @param {Uint8Array} bytes @param {number} [length] all that there are without */
export const slice = (bytes, length = bytes.length - at) => bytes.subarray(at, (at += length));

/** @param {Uint8Array} bytes */
export function varint(bytes) {
  let byte = bytes[at++];
  let value = byte & 127;
  for (let scale = 128; byte > 127; scale *= 128) {
    byte = bytes[at++];
    value += (byte & 127) * scale;
  }
  return value;
}

// Bits, the highest of a byte first

/** @type {Uint8Array} */
let source = new Uint8Array();
let bit = 0;

/** Where the next bits are read. @param {Uint8Array} bytes @param {number} byte */
export function seekBits(bytes, byte) {
  source = bytes;
  bit = byte * 8;
}

/** The next 32 bits, of which at least 25 are there. */
function window() {
  const byte = bit >> 3;
  return ((source[byte] << 24) | (source[byte + 1] << 16) | (source[byte + 2] << 8) | source[byte + 3]) << (bit & 7);
}

/** @param {number} count */
function take(count) {
  if (!count) return 0;
  const value = window() >>> (32 - count);
  bit += count;
  return value;
}

/** A number from 1 on, the small ones short. */
export function gamma() {
  const zeros = Math.clz32(window());
  if (zeros > 24) throw new Error("a damaged shard");
  bit += zeros;
  return take(zeros + 1);
}

/** A number below another one. @param {number} n */
export function below(n) {
  const bits = 31 - Math.clz32(n);
  const short = 2 ** (bits + 1) - n;
  const value = take(bits);
  return value < short ? value : value * 2 + take(1) - short;
}

/** Fills a stretch of a list with numbers from `a` up to `b`: the middle one, then both halves.
 * @param {Uint32Array} list @param {number} from @param {number} count @param {number} a @param {number} b */
export function rising(list, from, count, a, b) {
  if (!count) return;
  const half = count >> 1;
  const middle = a + half + below(b - a - count + 1);
  list[from + half] = middle;
  rising(list, from, half, a, middle);
  rising(list, from + half + 1, count - half - 1, middle + 1, b);
}
