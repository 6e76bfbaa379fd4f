// The share kit, for the company's own people: texts in somebody's name, copied with one click, and a QR code.
//
// Reads the `Config` of features/share/kit.rs from the page, and the `Reps` of features/share/reps.rs. It fills the words
// of i18n/ by the same rules as features/share/texts.rs. Who somebody is stays in this browser, whom they write to in this page.

/** @typedef {{version: 1, link: string, unlock: ?string, title: string, description: string, takeaways: string[], organization: string,
 *   reps: ?string}} Config */
/** @typedef {{name: string, role: ?string, phone: ?string, email: ?string}} Rep */

/** The id of the rep who uses this browser. The call player reads it, too. */
const REP = "ringback.rep";
/** The longest `mailto:` that all mail programs take. */
const LONGEST_MAIL = 1900;

/** Null where it throws, as where storage is refused. @param {() => any} action */
function attempt(action) {
  try {
    return action();
  } catch {
    return null;
  }
}

// Texts

/** @param {string} text @param {Record<string, string>} values */
function isVoid(text, values) {
  const names = [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
  return names.length > 0 && names.every((name) => values[name] === "");
}

/** Puts values in the places of their names in braces. A line, or a paragraph, in which there are names and all of their
 * values are empty, is left out. @param {string} template @param {Record<string, string>} values */
export function fill(template, values) {
  const line = (text) => text.replace(/\{(\w+)\}/g, (whole, name) => (Object.hasOwn(values, name) ? values[name] : whole));
  const paragraphs = template.trim().split(/\n{2,}/).filter((paragraph) => !isVoid(paragraph, values));
  const lines = (paragraph) => paragraph.split("\n").filter((text) => !isVoid(text, values));
  return paragraphs.map((paragraph) => lines(paragraph).map(line).join("\n")).join("\n\n");
}

/** @param {Config} config @param {Record<string, string>} words @param {{id: string, rep?: Rep, to: string, opens: boolean}} ask */
function textsOf(config, words, { id, rep, to, opens }) {
  const tracked = id ? `${config.link}?via=${id}` : config.link;
  const link = opens ? tracked + config.unlock : tracked;
  const name = to.trim().replace(/\s+/g, " ");
  const values = (link, opens) => ({
    greeting: fill(words[name ? "share_greeting" : "share_greeting_all"], { to: name }),
    to: name, link, title: config.title, description: config.description, organization: config.organization,
    takeaways: config.takeaways.map((text) => `• ${text}`).join("\n"), opens,
    rep: rep?.name ?? "", role: rep?.role ?? "", phone: rep?.phone ?? "", email: rep?.email ?? "",
  });
  const own = values(link, opens ? words.share_opens : "");
  const [subject, email, sms] = ["email_subject", "email_text", "sms_text"].map((word) => fill(words[`share_${word}`], own));
  // A key in a post opens the gate for everybody.
  const linkedin = fill(words.share_linkedin_text, values(tracked, ""));
  const mail = (text) => `mailto:?subject=${encode(subject)}&body=${encode(text.replaceAll("\n", "\r\n"))}`;
  const mailto = mail(email);
  return {
    texts: { link, subject, email, linkedin, sms },
    links: {
      mail: mailto.length > LONGEST_MAIL ? mail(sms) : mailto,
      post: `https://www.linkedin.com/sharing/share-offsite/?url=${encode(tracked)}`,
      message: `sms:?&body=${encode(sms)}`,
    },
    tracked,
  };
}

/** Everything but letters, digits and `-._~`, so that no program takes a sign for its own. @param {string} text */
const encode = (text) => encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

// The QR code: ISO/IEC 18004, bytes, error correction M

/** Check bytes in a block, and blocks, by version. */
const CHECKS = [0, 10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26, 26, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28];
const BLOCKS = [0, 1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16, 17, 17, 18, 20, 21, 23, 25, 26, 28, 29, 31, 33, 35, 37, 38, 40, 43, 45, 47, 49];
/** Which modules a mask inverts. @type {((x: number, y: number) => boolean)[]} */
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

/** The bits that a version has for data and checks. @param {number} version */
function bitsOf(version) {
  const aligned = Math.floor(version / 7) + 2;
  const room = (16 * version + 128) * version + 64;
  const marks = version > 1 ? (25 * aligned - 10) * aligned - 55 : 0;
  return room - marks - (version > 6 ? 36 : 0);
}

/** Multiplies in GF(2⁸). */
function times(a, b) {
  let product = 0;
  for (let bit = 7; bit >= 0; bit--) product = (product << 1) ^ ((product >>> 7) * 0x11d) ^ (((b >>> bit) & 1) * a);
  return product;
}

/** The check bytes of a block. @param {number[]} data @param {number} count */
function checksOf(data, count) {
  const divisor = [...Array(count - 1).fill(0), 1];
  for (let i = 0, root = 1; i < count; i++, root = times(root, 2)) {
    for (let j = 0; j < count; j++) divisor[j] = times(divisor[j], root) ^ (divisor[j + 1] ?? 0);
  }
  const rest = Array(count).fill(0);
  for (const byte of data) {
    const factor = byte ^ rest.shift();
    rest.push(0);
    divisor.forEach((each, i) => (rest[i] ^= times(each, factor)));
  }
  return rest;
}

/** All bytes of a code in their order, and its version; null where the text is too long for any. @param {Uint8Array} text */
function bytesOf(text) {
  const fits = (version) => text.length + (version < 10 ? 2 : 3) <= (bitsOf(version) >> 3) - CHECKS[version] * BLOCKS[version];
  const version = BLOCKS.findIndex((_, version) => version && fits(version));
  if (version < 0) return null;
  const bytes = bitsOf(version) >> 3, checks = CHECKS[version], count = BLOCKS[version], room = bytes - checks * count;
  const bits = (value, length) => Array.from({ length }, (_, i) => (value >>> (length - 1 - i)) & 1);
  const stream = [...bits(4, 4), ...bits(text.length, version < 10 ? 8 : 16), ...[...text].flatMap((byte) => bits(byte, 8)), 0, 0, 0, 0];
  const data = Array.from({ length: stream.length / 8 }, (_, i) => stream.slice(8 * i, 8 * i + 8).reduce((sum, bit) => 2 * sum + bit));
  for (let pad = 0xec; data.length < room; pad ^= 0xec ^ 0x11) data.push(pad);
  const short = Math.floor(room / count), longer = room % count, blocks = [];
  for (let i = 0, at = 0; i < count; i++) {
    const end = at + short + (i < count - longer ? 0 : 1);
    blocks.push(data.slice(at, end));
    at = end;
  }
  const mixed = (lists) => lists.at(-1).flatMap((_, i) => lists.map((list) => list[i]).filter((byte) => byte !== undefined));
  return { version, all: [...mixed(blocks), ...mixed(blocks.map((block) => checksOf(block, checks)))] };
}

/** What a reader of codes minds: long runs, squares, what looks like a corner, too much of one colour. @param {boolean[][]} grid */
function penalty(grid) {
  const size = grid.length;
  let sum = 0, dark = 0;
  const line = (at) => {
    const runs = [0, 0, 0, 0, 0, 0, 0];
    const add = (run) => (runs.pop(), runs.unshift(runs[0] ? run : run + size));
    const corners = () => {
      const [after, n, a, b, c, d, before] = runs;
      const core = n > 0 && a === n && b === 3 * n && c === n && d === n;
      return 40 * (Number(core && after >= 4 * n && before >= n) + Number(core && before >= 4 * n && after >= n));
    };
    let color = false, run = 0;
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
    if (color) add(run), (run = 0);
    add(run + size);
    sum += corners();
  };
  for (let y = 0; y < size; y++) {
    line((x) => grid[y][x]);
    line((x) => grid[x][y]);
    for (let x = 0; x < size; x++) {
      dark += Number(grid[y][x]);
      if (x && y && [grid[y - 1][x], grid[y][x - 1], grid[y - 1][x - 1]].every((other) => other === grid[y][x])) sum += 3;
    }
  }
  const all = size * size;
  return sum + 10 * (Math.ceil(Math.abs(20 * dark - 10 * all) / all) - 1);
}

/** The modules of a QR code, by rows; null where the text is too long for one. @param {string} text @returns {boolean[][]|null} */
export function qr(text) {
  const made = bytesOf(new TextEncoder().encode(text));
  if (!made) return null;
  const { version, all } = made, size = 17 + 4 * version;
  const grid = Array.from({ length: size }, () => Array(size).fill(false)), fixed = grid.map((row) => [...row]);
  const set = (x, y, dark) => {
    if (grid[y]?.[x] !== undefined) (grid[y][x] = Boolean(dark)), (fixed[y][x] = true);
  };
  /** Squares in each other. */
  const rings = (x, y, radius, dark) => {
    for (let dy = -radius; dy <= radius; dy++) {
      for (let dx = -radius; dx <= radius; dx++) set(x + dx, y + dy, dark(Math.max(Math.abs(dx), Math.abs(dy))));
    }
  };
  for (let i = 0; i < size; i++) set(6, i, i % 2 === 0), set(i, 6, i % 2 === 0);
  for (const [x, y] of [[3, 3], [size - 4, 3], [3, size - 4]]) rings(x, y, 4, (ring) => ring !== 2 && ring !== 4);
  const count = version > 1 ? Math.floor(version / 7) + 2 : 0, step = version === 32 ? 26 : 2 * Math.ceil((size - 13) / (2 * count - 2));
  const places = Array.from({ length: count }, (_, i) => (i ? size - 7 - (count - 1 - i) * step : 6));
  places.forEach((x, i) => places.forEach((y, j) => {
    const isCorner = (i === 0 && j === 0) || (i === 0 && j === count - 1) || (i === count - 1 && j === 0);
    if (!isCorner) rings(x, y, 2, (ring) => ring !== 1);
  }));
  if (version > 6) {
    let rest = version;
    for (let i = 0; i < 12; i++) rest = (rest << 1) ^ ((rest >>> 11) * 0x1f25);
    for (let i = 0; i < 18; i++) {
      const dark = ((version << 12) | rest) >>> i & 1, a = size - 11 + (i % 3), b = Math.floor(i / 3);
      set(a, b, dark), set(b, a, dark);
    }
  }
  const format = (mask) => {
    let rest = mask;
    for (let i = 0; i < 10; i++) rest = (rest << 1) ^ ((rest >>> 9) * 0x537);
    const bit = (i) => (((mask << 10) | rest) ^ 0x5412) >>> i & 1;
    for (let i = 0; i < 15; i++) {
      // Around the first corner, leaving out the lines of dots; then beside the two others.
      if (i < 8) set(8, i < 6 ? i : i + 1, bit(i)), set(size - 1 - i, 8, bit(i));
      else set(i === 8 ? 7 : 14 - i, 8, bit(i)), set(8, size - 15 + i, bit(i));
    }
    set(8, size - 8, true);
  };
  format(0);
  let at = 0;
  for (let right = size - 1; right > 0; right -= right === 8 ? 3 : 2) {
    const isUp = ((right + 1) & 2) === 0;
    for (let i = 0; i < size; i++) {
      for (const x of [right, right - 1]) {
        const y = isUp ? size - 1 - i : i;
        if (fixed[y][x]) continue;
        grid[y][x] = Boolean((all[at >> 3] ?? 0) >>> (7 - (at & 7)) & 1);
        at++;
      }
    }
  }
  const masked = MASKS.map((mask, index) => {
    format(index);
    return grid.map((row, y) => row.map((dark, x) => (fixed[y][x] ? dark : dark !== mask(x, y))));
  });
  const penalties = masked.map(penalty);
  return masked[penalties.indexOf(Math.min(...penalties))];
}

const SVG = "http://www.w3.org/2000/svg";

/** The code as a picture with the white edge that it needs. @param {string} text @param {string} label @returns {SVGElement|null} */
function picture(text, label) {
  const grid = qr(text);
  if (!grid) return null;
  const size = grid.length + 8, element = (name, attributes) => {
    const made = document.createElementNS(SVG, name);
    for (const key in attributes) made.setAttribute(key, attributes[key]);
    return made;
  };
  const runs = grid.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x + 4} ${y + 4}h1v1h-1z` : ""))).join("");
  const made = element("svg", { viewBox: `0 0 ${size} ${size}`, role: "img", "aria-label": label, "shape-rendering": "crispEdges" });
  made.append(element("rect", { width: size, height: size, fill: "#fff" }), element("path", { d: runs, fill: "#000" }));
  return made;
}

// The panel

/** Marks a field and copies what is in it. @param {HTMLInputElement} field @returns {Promise<boolean>} */
async function copy(field) {
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    // On plain http, as inside a company, browsers have the old way alone.
    field.focus();
    field.select();
    return Boolean(attempt(() => document.execCommand("copy")));
  }
}

/** @param {HTMLElement} root */
function start(root) {
  /** @param {string} name @returns {any} */
  const part = (name) => root.querySelector(`[data-share-${name}]`);
  /** @type {Config} */
  const config = JSON.parse(part("config").textContent);
  /** @type {Record<string, string>} */
  const words = JSON.parse(part("words").textContent);
  /** @type {Record<string, Rep>} */
  let reps = {};

  function show() {
    const id = part("rep").value, to = part("to").value, opens = Boolean(part("open")?.checked);
    const { texts, links, tracked } = textsOf(config, words, { id, rep: Object.hasOwn(reps, id) ? reps[id] : undefined, to, opens });
    for (const name in texts) {
      const field = part(`text="${name}"`);
      field.value = texts[name];
      if (field.localName !== "textarea") continue;
      field.style.height = "auto";
      field.style.height = `${field.scrollHeight + 2}px`;
    }
    for (const name in links) part(`go="${name}"`).href = links[name];
    const drawn = picture(tracked, `${words.share_qr}: ${tracked}`);
    part("qr").replaceChildren(...(drawn ? [drawn] : []));
    part("nobody").hidden = Boolean(id);
  }

  /** The list is asked for once, when somebody opens the panel. */
  async function open() {
    if (!root.open || root.dataset.ready !== undefined) return;
    root.dataset.ready = "";
    const list = config.reps && (await fetch(config.reps).then((response) => response.json()).catch(() => null));
    reps = list?.reps ?? {};
    for (const id of Object.keys(reps)) part("rep").append(new Option(reps[id].name, id));
    const known = attempt(() => localStorage[REP]);
    if (known && Object.hasOwn(reps, known)) part("rep").value = known;
    show();
    root.dataset.ready = "yes";
  }

  part("rep").onchange = () => {
    const id = part("rep").value;
    attempt(() => (id ? (localStorage[REP] = id) : delete localStorage[REP]));
    show();
  };
  part("to").oninput = show;
  if (part("open")) part("open").onchange = show;
  for (const button of root.querySelectorAll("[data-share-copy]")) {
    let timer = 0;
    const label = button.querySelector("span");
    button.onclick = async () => {
      const isDone = await copy(part(`text="${button.dataset.shareCopy}"`));
      part("status").textContent = isDone ? words.share_copied : words.share_copy_by_hand;
      if (!isDone) return;
      label.textContent = words.share_copied;
      clearTimeout(timer);
      timer = setTimeout(() => {
        label.textContent = words.share_copy;
        part("status").textContent = "";
      }, 2500);
    };
  }
  part("save").onclick = () => {
    const svg = part("qr").firstElementChild;
    if (!svg) return;
    const file = new Blob([`<svg xmlns="${SVG}" ${svg.outerHTML.slice(5)}`], { type: "image/svg+xml" });
    const href = URL.createObjectURL(file), name = new URL(config.link).pathname.split("/").filter(Boolean).pop() ?? "qr";
    Object.assign(document.createElement("a"), { href, download: `${name}.svg` }).click();
    setTimeout(() => URL.revokeObjectURL(href), 60_000);
  };
  root.addEventListener("toggle", open);
  open();
}

for (const root of document.querySelectorAll("[data-share]")) start(root);
