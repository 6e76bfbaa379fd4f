// What a relay asks of browsers that send some forms: a moment of work (ALTCHA's open scheme), or an answer of Turnstile. Loaded
// when such a form is sent, by deliver.js and, for the work, as a worker.

/** @import { Receiver } from "./types" */
/** What the relay gives. @typedef {{algorithm: string, challenge: string, maxnumber: number, salt: string, signature: string}} Challenge */

const PATIENCE = 15_000;
const words = (/** @type {number} */ count, /** @type {number} */ power) => {
  /** @type {number[]} */
  const roots = [];
  for (let n = 2; roots.length < count; n++) {
    if (roots.every((_, at) => n % primes[at])) {
      primes[roots.length] = n;
      roots.push((n ** (1 / power) % 1) * 2 ** 32 | 0);
    }
  }
  return roots;
};
/** @type {number[]} */
const primes = [];
// The first digits of the roots of primes (FIPS 180-4, 4.2.2 and 5.3.3).
const K = words(64, 3), START = words(8, 2), W = new Int32Array(64);

/** SHA-256 of a text of ASCII's letters, as hexadecimal digits. @param {string} text */
export function sha256(text) {
  const size = text.length, blocks = new DataView(new ArrayBuffer((size + 72 >> 6) << 6)), hash = [...START];
  for (let at = 0; at < size; at++) blocks.setUint8(at, text.charCodeAt(at));
  blocks.setUint8(size, 128);
  blocks.setUint32(blocks.byteLength - 4, size * 8);
  const turn = (/** @type {number} */ x, /** @type {number} */ by) => x >>> by | x << 32 - by;
  for (let block = 0; block < blocks.byteLength; block += 64) {
    let [a, b, c, d, e, f, g, h] = hash;
    for (let at = 0; at < 64; at++) {
      const x = W[at - 15], y = W[at - 2];
      W[at] = at < 16 ? blocks.getInt32(block + at * 4)
        : (turn(x, 7) ^ turn(x, 18) ^ x >>> 3) + W[at - 7] + (turn(y, 17) ^ turn(y, 19) ^ y >>> 10) + W[at - 16];
      const one = h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + (e & f ^ ~e & g) + K[at] + W[at];
      const two = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + (a & b ^ a & c ^ b & c);
      [h, g, f, e, d, c, b, a] = [g, f, e, d + one | 0, c, b, a, one + two | 0];
    }
    [a, b, c, d, e, f, g, h].forEach((word, at) => (hash[at] = hash[at] + word | 0));
  }
  return hash.map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
}

/** The number that a challenge asks for. @param {Challenge} challenge */
export function solve({ challenge, maxnumber, salt }) {
  for (let number = 0; number <= maxnumber; number++) if (sha256(salt + number) === challenge) return number;
  return undefined;
}

// Here, this file is the worker that it starts.
if (typeof document === "undefined") self.onmessage = ({ data }) => self.postMessage(solve(data));

/** Works apart from the page. @param {string} url @returns {Promise<string>} */
async function work(url) {
  const response = await fetch(url, { credentials: "omit", signal: AbortSignal.timeout(PATIENCE) });
  /** @type {Challenge} */
  const challenge = await response.json();
  const worker = new Worker(import.meta.url, { type: "module" });
  try {
    const number = await new Promise((resolve, reject) => {
      setTimeout(reject, PATIENCE);
      worker.onerror = reject;
      worker.onmessage = ({ data }) => resolve(data);
      worker.postMessage(challenge);
    });
    const { algorithm, salt, signature } = challenge;
    return btoa(JSON.stringify({ algorithm, challenge: challenge.challenge, number, salt, signature }));
  } finally {
    worker.terminate();
  }
}

/** Where a lead is sent to, with what shows that a page sends it. Without that, the relay takes it as well, and a person looks at it
 * first. @param {Receiver} hook @returns {Promise<string>} */
export async function proven({ url, proof }) {
  try {
    const shown = proof?.url ? await work(proof.url) : await (await import("./turnstile.js")).answer(proof?.key ?? "");
    return `${url}${url.includes("?") ? "&" : "?"}proof=${encodeURIComponent(shown)}`;
  } catch (problem) {
    console.warn(problem);
    return url;
  }
}
