/**
 * A text after somebody changed it in Sveltia's rich text: lines that say what they said before are left as their author wrote them.
 *
 * Sveltia writes each text anew as soon as it is open: `*word*` becomes `_word_`, spaces that don't break become others, tables lose
 * their alignment, lists inside lists are indented further. What is in that form and says the same as before isn't a change.
 */

const SEPARATOR = /^\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?$/;
const ITEM = /^(\s*)(?:[-*+]|\d+[.)])\s/;
const PLAIN_SPACES = /[\u00a0\u202f]/g;

/** The most lines of which all are compared with all; of longer ones, the middle is taken as changed. */
const MOST = 3000;

/** How deep in lists each line is. @param {string[]} lines */
function depths(lines) {
  /** @type {number[]} */
  let open = [];
  return lines.map((line) => {
    const indent = line.search(/\S/);
    const isItem = ITEM.test(line);
    if (indent === 0 && !isItem) open = [];
    if (!isItem) return 0;
    while (open.length && /** @type {number} */ (open.at(-1)) > indent) open.pop();
    if (open.at(-1) !== indent) open.push(indent);
    return open.length;
  });
}

/** What a line says, however it is written. @param {string} line @param {number} depth */
function said(line, depth) {
  const text = line.replace(PLAIN_SPACES, " ").trim();
  if (text.includes("|") && SEPARATOR.test(text)) return `separator ${text.split("-|").length + text.split("- |").length + text.split(":|").length + text.split(": |").length}`;
  const isRow = text.startsWith("|");
  const cells = isRow ? text.replace(/\s*\|\s*/g, "|") : text;
  return `${depth} ${cells.replaceAll("*", "_").replace(/\s+/g, " ")}`;
}

/** Is this a line as Sveltia writes it? Then it may be that nobody touched it. @param {string} line */
function isSveltias(line) {
  if (line.search(PLAIN_SPACES) >= 0) return false;
  if (line.includes("|") && SEPARATOR.test(line.trim())) return /^\| ---(?: \| ---)* \|$/.test(line.trim());
  return !/(?<![\\*\w])\*(?![*\s])[^*]*[^*\s\\]\*(?!\*)/.test(line.replace(ITEM, ""));
}

/** Does a line of Sveltia's say what the line of an author says? It puts a `\` before stars that it doesn't understand. @param {{ text: string, depth: number }} author @param {{ text: string, depth: number }} sveltia */
function isKept(author, sveltia) {
  if (author.text === sveltia.text) return true;
  if (!isSveltias(sveltia.text)) return false;
  const isEscaped = /\\[*_]/.test(author.text);
  const other = isEscaped ? sveltia.text : sveltia.text.replace(/\\([*_])/g, "$1");
  return said(author.text, author.depth) === said(other, sveltia.depth);
}

/** Words that were joined by a space that doesn't break, and stars, as their author has them. @param {string} line @param {string} before */
function likeBefore(line, before) {
  const joined = [...before.matchAll(/(?<=(\S+))[\u00a0\u202f](?=(\S+))/g)];
  let text = joined.reduce((all, [space, left, right]) => all.replaceAll(`${left} ${right}`, `${left}${space}${right}`), line);
  const hasStars = /(?<![\\*])\*(?![*\s])/.test(before.replace(ITEM, ""));
  if (hasStars && !/_/.test(before)) text = text.replace(/(?<![\w\\])_(?=\S)([^_]*[^_\s])_(?!\w)/g, "*$1*");
  return text;
}

/** The lines of a text, and how deep in lists each is. @param {string} text */
function linesOf(text) {
  const lines = text.split("\n");
  const deep = depths(lines);
  return lines.map((line, index) => ({ text: line, depth: deep[index] }));
}

/** The text, where it says what it said before in its author's bytes. @param {string} before @param {string} after @returns {string} */
export function kept(before, after) {
  const [old, next] = [linesOf(before), linesOf(after)];
  let start = 0;
  while (start < old.length && start < next.length && isKept(old[start], next[start])) start += 1;
  let end = 0;
  while (end < old.length - start && end < next.length - start && isKept(old[old.length - 1 - end], next[next.length - 1 - end])) end += 1;
  const middle = changed(old.slice(start, old.length - end), next.slice(start, next.length - end));
  const texts = (/** @type {{ text: string }[]} */ lines) => lines.map((line) => line.text);
  return [...texts(old.slice(0, start)), ...middle, ...texts(old.slice(old.length - end))].join("\n");
}

/** Lines between those that are the same at both ends. @param {{ text: string, depth: number }[]} old @param {{ text: string, depth: number }[]} next */
function changed(old, next) {
  if (old.length > MOST || next.length > MOST) return next.map((line) => line.text);
  // The longest row of lines that are in both, from the end to the beginning.
  const width = next.length + 1;
  const best = new Uint16Array((old.length + 1) * width);
  const same = new Uint8Array(best.length);
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = next.length - 1; j >= 0; j -= 1) {
      const at = i * width + j;
      same[at] = isKept(old[i], next[j]) ? 1 : 0;
      best[at] = same[at] ? best[at + width + 1] + 1 : Math.max(best[at + width], best[at + 1]);
    }
  }
  /** @type {string[]} */
  const lines = [];
  let [i, j] = [0, 0];
  /** @type {string[]} */
  let gone = [];
  while (j < next.length) {
    const at = i * width + j;
    if (i < old.length && same[at] && best[at] === best[at + width + 1] + 1) {
      lines.push(old[i].text);
      [i, j, gone] = [i + 1, j + 1, []];
    } else if (i < old.length && best[at + width] >= best[at + 1]) {
      gone.push(old[i].text);
      i += 1;
    } else {
      lines.push(likeBefore(next[j].text, gone.shift() ?? ""));
      j += 1;
    }
  }
  return lines;
}
