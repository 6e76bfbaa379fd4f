/** The page on which colleagues write: it hands Sveltia CMS what the site has to say, and starts it. */

import { read, write } from "./admin-format.js";

/** @import { AdminData, AdminField } from "./admin" */

/** What of Sveltia is used here. @typedef {object} Sveltia
 * @property {(name: string, ending: string, how: { fromFile: (file: string) => Record<string, unknown>, toFile: (values: Record<string, unknown>) => string }) => void} registerCustomFormat
 * @property {(component: Record<string, unknown>) => void} registerEditorComponent
 * @property {(options: { config: Record<string, unknown> }) => Promise<void>} init */

/** A name that no block of a text has: blocks are put in here, and are text from then on. */
const NEVER = /(?!)/;

/** @param {Sveltia} sveltia @param {AdminData} data */
function begin(sveltia, data) {
  for (const format of data.formats) {
    sveltia.registerCustomFormat(format.name, format.ending, {
      fromFile: (file) => read(file, format),
      toFile: (values) => write(values, format),
    });
  }
  data.blocks.forEach((block, index) => {
    sveltia.registerEditorComponent({
      id: `ringback-block-${index}`,
      label: block.label,
      fields: [{ name: "text", label: data.words.markdown, widget: "text", default: block.text.trim() }],
      pattern: NEVER,
      fromBlock: () => ({}),
      toBlock: (/** @type {{ text?: string }} */ { text }) => text ?? "",
      toPreview: (/** @type {{ text?: string }} */ { text }) => text ?? "",
    });
  });
  return sveltia.init({ config: data.config });
}

/** @param {string} text */
function tell(text) {
  const problem = document.createElement("p");
  problem.className = "ringback-problem";
  problem.setAttribute("role", "alert");
  problem.textContent = text;
  document.body.append(problem);
}

async function start() {
  // Sveltia begins by itself as soon as it is there, and would look for a file of its own.
  Object.assign(window, { CMS_MANUAL_INIT: true });
  const answer = await fetch("ringback.json");
  /** @type {AdminData} */
  const data = await answer.json();
  const script = document.createElement("script");
  script.src = data.script;
  script.addEventListener("error", () => tell(data.words.missing));
  script.addEventListener("load", () => begin(/** @type {{ CMS: Sveltia }} */ (/** @type {unknown} */ (window)).CMS, data));
  document.head.append(script);
}

start().catch((error) => tell(String(error)));
