// What the editor asks the server for, and what it is answered.

/** @import { Change, FileRow, Opened, Outline, PastedText, Recordable, Recorded, RecordRequest, Refused } from "./editor" */

const PATH = "/.ringback/edit";

/** Why something isn't done: what the server says, or that it doesn't answer (`null`). */
export class Refusal extends Error {
  /** @param {Refused|null} refused */
  constructor(refused) {
    super(refused?.problem ?? "no answer");
    this.refused = refused;
  }
}

/** @param {string} path @param {RequestInit} [options] @returns {Promise<any>} any: the type is the caller's */
async function ask(path, options) {
  const response = await fetch(PATH + path, options).catch(() => {
    throw new Refusal(null);
  });
  const body = await response.json().catch(() => null);
  if (response.ok && body !== null) return body;
  throw new Refusal(body ?? { problem: "not_written", reason: `HTTP ${response.status}` });
}

/** @param {Record<string, string>} values */
const query = (values) => `?${new URLSearchParams(values)}`;

/** @param {string} path @param {unknown} body */
const post = (path, body) => ask(path, { method: "POST", body: JSON.stringify(body) });

/** @param {string} file @returns {Promise<Opened>} */
export const open = (file) => ask(`/document${query({ file })}`);

/** What can be written in a file. @param {string} file @returns {Promise<Outline>} */
export const outline = (file) => ask(`/outline${query({ file })}`);

/** @returns {Promise<FileRow[]>} */
export const pages = () => ask("/pages");

/** @param {string} file @param {string} version @param {Change[]} changes @returns {Promise<Opened>} */
export const save = (file, version, changes) => post("/save", { file, version, changes });

/** @param {string} file @param {string} version @param {string} to @returns {Promise<Opened>} */
export const undo = (file, version, to) => post("/undo", { file, version, to });

/** @param {string} file @param {string} from @returns {Promise<["same"|"added"|"removed", string][]>} */
export const changes = (file, from) => ask(`/changes${query({ file, from })}`);

/** @param {{kind?: string, title: string, language: string, of?: string}} wanted @returns {Promise<{file: string}>} */
export const begin = (wanted) => post("/new", wanted);

/** What of the site isn't recorded in its repository. @returns {Promise<Recordable>} */
export const recordable = () => ask("/record");

/** @param {RecordRequest} wanted @returns {Promise<Recorded>} */
export const record = (wanted) => post("/record", wanted);

/** The largest picture that the server takes, in bytes. */
const MOST = 64 * 1024 * 1024;

/** Puts a picture beside a page; gives its name. @param {string} file @param {File} picture @returns {Promise<{name: string}>} */
export async function addPicture(file, picture) {
  // A server that hangs up in the middle of it would look like one that has stopped.
  if (picture.size > MOST) throw new Refusal({ problem: "too_large", reason: "" });
  return ask(`/picture${query({ file, name: picture.name })}`, { method: "POST", body: picture });
}

/** A text of another program as Markdown; its pictures are put beside the page. @param {string} file @param {string} html @returns {Promise<PastedText>} */
export const converted = (file, html) => ask(`/paste${query({ file })}`, { method: "POST", body: html });

/** Where a picture of the site is shown, by its path. @param {string} path */
export const pictureUrl = (path) => `${PATH}/picture${query({ path })}`;

/** The address of the editor of a file. @param {string} file */
export const address = (file) => `${PATH}${query({ file })}`;
