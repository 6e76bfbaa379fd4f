// Keys, and what they open. docs/content/gates.md has the formats.

/** @import { GateConfig } from "./config" */
import { attempt } from "../../../theme/client/attempt.js";

/** No token is longer: the id of a gate, a key version and 48 letters. */
const LONGEST_TOKEN = 1000;

/** A message that leads to a way out: the gate stays shut. */
export class Shut extends Error {}

const utf8 = new TextEncoder();

/** @param {string} text @returns {Uint8Array<ArrayBuffer>} empty if it is none */
const fromBase64 = (text) =>
  attempt(() => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0))) ?? new Uint8Array();

/** @param {...Uint8Array<ArrayBuffer>} parts */
const digest = async (...parts) => crypto.subtle.digest("SHA-256", await new Blob(parts).arrayBuffer());

/** The key in a token. @param {string} token @param {GateConfig} config @returns {Promise<CryptoKey>} */
export async function keyIn(token, config) {
  if (token.length > LONGEST_TOKEN) throw new Shut("wrong");
  const [, gate, key_version, code] = /^(.+)\.(\d+)\.([\w-]+)$/.exec(token) ?? [];
  if (!code) throw new Shut("broken");
  if (gate !== config.gate) throw new Shut("other");
  if (Number(key_version) < config.key_version) throw new Shut("old");
  const bytes = fromBase64(code);
  if (bytes.length < 36) throw new Shut("broken");
  const key = bytes.subarray(0, 32);
  const sum = new Uint8Array(await digest(utf8.encode(`ringback token${gate}\0${key_version}\0`), key));
  const isWhole = bytes.length === 36 && bytes.subarray(32).every((byte, at) => byte === sum[at]);
  if (!isWhole || Number(key_version) !== config.key_version) throw new Shut("wrong");
  return crypto.subtle.importKey("raw", key, "AES-GCM", false, ["decrypt"]);
}

/** @param {CryptoKey} key @param {{sealed: string, item: string}} file @param {GateConfig} config */
export async function unseal(key, { sealed, item }, config) {
  let response = await fetch(sealed);
  // Browsers keep these files for a year, and with some hosts the 404, too.
  if (!response.ok) response = await fetch(sealed, { cache: "reload" });
  if (!response.ok) throw new Error(`${response.status} ${sealed}`);
  const file = new Uint8Array(await response.arrayBuffer());
  const additionalData = utf8.encode(`ringback:1:${config.gate}:${config.key_version}:${item}`);
  // A key that once fitted: the secret is another one now, or the key isn't in the page any more.
  const refuse = () => { throw new Shut("wrong"); };
  const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: file.subarray(1, 13), additionalData }, key, file.subarray(13)).catch(refuse);
  return new Uint8Array(plain, 4, new DataView(plain).getUint32(0));
}
