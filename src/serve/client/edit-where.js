// Where in YAML somebody writes, and what can be written there: by its lines alone, so that it is known of half a file, too.

/** @import { Key, Named, Outline, Shape } from "./editor" */

/** A place: the keys that lead to it (`null` for an item of a list), what is written so far, where that begins, and whether it stands in brackets.
 * @typedef {{ path: (string|null)[], prefix: string, from: number, column: number, isFlow: boolean, present: string[] }} Place */

/** What is there to write: a key with its words, or a value.
 * @typedef {{ text: string, label: string, help: string, isRequired: boolean }} Offer */

const KEY = /^("[^"]*"|'[^']*'|[^\s:#'"{}[\],&*!|>%@`-][^:#]*?)[ \t]*:(?=\s|$)/;
const BLOCK = /^[ \t]*[|>][+-]?\d*[ \t]*$/;

/** @typedef {{ column: number, step: string|null }} Level */

/** Leaves what is further in, or as far in: a key's siblings, and the item before this one. @param {Level[]} stack @param {number} column @param {boolean} isItem */
function leave(stack, column, isItem) {
  for (let last = stack.at(-1); last && (last.column > column || (last.column === column && (!isItem || last.step === null))); last = stack.at(-1)) stack.pop();
}

/** @param {string} written */
const bare = (written) => written.replace(/^["']|["']$/g, "");

/** What is open in brackets at the end of a text, and what is written there.
 * @param {string} text @returns {{ path: (string|null)[], prefix: string, present: string[] }|null} nothing where no bracket is open */
function brackets(text) {
  /** @type {{ isMap: boolean, key: string, present: string[] }[]} */
  const open = [];
  let word = "";
  for (const [part] of text.matchAll(/"(?:[^"\\]|\\.)*"?|'(?:[^']|'')*'?|./gs)) {
    const last = open.at(-1);
    if (part === "{" || part === "[") open.push({ isMap: part === "{", key: "", present: [] });
    else if (part === "}" || part === "]") open.pop();
    else if (part === "," && last) last.key = "";
    else if (part === ":" && last?.isMap && !last.key) {
      last.key = bare(word.trim());
      last.present.push(last.key);
    } else {
      word += part;
      continue;
    }
    word = "";
  }
  const last = open.at(-1);
  if (!last) return null;
  const outer = open.map(({ isMap, key }) => (isMap ? key : null));
  return { path: last.isMap && !last.key ? outer.slice(0, -1) : outer, prefix: word.trimStart(), present: last.present };
}

/** The keys beside a place, before it and after it. @param {string[]} lines @param {number} at its line @param {number} column */
function beside(lines, at, column) {
  /** @type {string[]} */
  const found = [];
  const look = (/** @type {number} */ from, /** @type {1|-1} */ by) => {
    for (let index = from; index >= 0 && index < lines.length; index += by) {
      const [, blanks = "", dashes = "", rest = ""] = /^( *)((?:- +)*)(.*)$/.exec(lines[index] ?? "") ?? [];
      if (!rest || rest.startsWith("#")) continue;
      const own = blanks.length + dashes.length, [, key] = KEY.exec(rest) ?? [];
      // An item that begins here has the keys that follow; one after this place has others.
      if (own < column || (by > 0 && dashes && blanks.length < column)) break;
      if (own === column && key) found.push(bare(key));
      if (by < 0 && dashes && blanks.length < column) break;
    }
  };
  // What begins an item has nothing before it.
  if (!/^ *- /.test(lines[at] ?? "")) look(at - 1, -1);
  look(at + 1, 1);
  return found;
}

/** Where somebody writes; nothing in the lines of a long text and in comments. @param {string} text @param {number} offset @returns {Place|null} */
export function where(text, offset) {
  const lines = text.slice(0, offset).split("\n"), last = lines.length - 1, all = text.split("\n");
  /** @type {Level[]} */
  const stack = [];
  let block = -1, flow = "";
  for (const [index, line] of lines.entries()) {
    const indent = line.length - line.trimStart().length, isLast = index === last;
    if (flow) flow += `\n${line}`;
    else if (line.trim() || isLast) {
      const isInside = block >= 0 && (indent > block || !line.trim());
      if (isInside || line.trimStart().startsWith("#")) {
        if (isLast) return null;
        continue;
      }
      block = -1;
      let column = indent, rest = line.slice(indent);
      for (let dash = /^-(?: +|$)/.exec(rest); dash; dash = /^-(?: +|$)/.exec(rest)) {
        leave(stack, column, true);
        stack.push({ column, step: null });
        column += Math.max(dash[0].length, 2);
        rest = rest.slice(dash[0].length);
      }
      const found = KEY.exec(rest), value = found ? rest.slice(found[0].length) : rest;
      if (found || isLast) leave(stack, column, false);
      if (found) stack.push({ column, step: bare(found[1] ?? "") });
      if (BLOCK.test(value) && found) block = column;
      if (/^\s*[{[]/.test(value)) flow = value;
      else if (isLast) {
        const prefix = value.trimStart();
        return { path: stack.map(({ step }) => step), prefix, from: offset - prefix.length, column, isFlow: false, present: found ? [] : beside(all, index, column) };
      }
    }
    const inside = flow ? brackets(flow) : null;
    if (flow && isLast) {
      return inside && { path: [...stack.map(({ step }) => step), ...inside.path], prefix: inside.prefix, from: offset - inside.prefix.length, column: 0, isFlow: true, present: inside.present };
    }
    if (!inside) flow = "";
  }
  return null;
}

/** What can be written at the end of a path. @param {Outline} outline @param {(string|null)[]} path @returns {{ shape: Shape|null, key: Key|null }} key: the innermost that is known */
export function shapeAt(outline, path) {
  /** @type {Shape|null} */
  let shape = { is: "map", map: outline.root };
  /** @type {Key|null} */
  let key = null;
  for (const step of path) {
    /** @type {Shape|null} */
    let next = null;
    if (step === null) next = shape?.is === "list" ? shape.items : shape?.is === "texts" ? { is: "choice", values: shape.values } : null;
    else if (shape?.is === "map") {
      /** @type {Key|null} */
      const found = outline.maps[shape.map]?.find(({ name }) => name === step) ?? null;
      key = found ?? key;
      next = found?.shape ?? null;
    } else if (shape?.is === "entries") next = shape.values;
    shape = next;
  }
  return { shape, key };
}

/** @param {Named} value @returns {Offer} */
const choice = ({ value, label }) => ({ text: value, label: label === value ? value : `${label} (${value})`, help: "", isRequired: false });

/** How a key begins. @param {Key} key @param {Place} place */
function begun({ name, shape }, { column, isFlow }) {
  const inner = `\n${" ".repeat(column + 2)}`;
  if (isFlow) return `${name}: `;
  if (shape.is === "list") return `${name}:${inner}- `;
  return shape.is === "map" || shape.is === "entries" ? `${name}:${inner}` : `${name}: `;
}

/** What can be written at a place. @param {Outline} outline @param {Place} place @returns {Offer[]} */
export function offers(outline, place) {
  const { shape } = shapeAt(outline, place.path), { prefix } = place;
  const begins = (/** @type {string[]} */ ...texts) => texts.some((text) => text.toLowerCase().startsWith(prefix.toLowerCase()));
  switch (shape?.is) {
    case "map": {
      const keys = (outline.maps[shape.map] ?? []).filter(({ name, label }) => !place.present.includes(name) && begins(name, label));
      return keys.map((key) => ({ text: begun(key, place), label: key.label, help: key.help, isRequired: key.is_required }));
    }
    case "list":
      return prefix || place.isFlow ? [] : [{ text: "- ", label: "-", help: "", isRequired: false }];
    case "choice":
    case "texts":
      return shape.values.filter(({ value, label }) => value !== prefix && begins(value, label)).map(choice);
    case "truth":
      return ["true", "false"].filter((value) => value !== prefix && begins(value)).map((value) => choice({ value, label: value }));
    case "localized":
      return prefix || place.isFlow || shape.languages.length < 2 ? [] : [choice({ value: `{${shape.languages.map((code) => `${code}: ""`).join(", ")}}`, label: shape.languages.join(", ") })];
    default:
      return [];
  }
}
