// The page of today: its parts, by the hooks that docs/theme.md lists, and its words.

/** @import { TodayConfig } from "./config" */
/** @import { DayCalls } from "./calls-config" */
import { own } from "../../../theme/client/attempt.js";
import { find, json } from "../../../theme/client/find.js";
import { fillIn } from "../../../theme/client/words.js";

export const root = find(document, "[data-today]", HTMLElement);
/** @type {TodayConfig} */
export const config = json(root, "[data-today-config]");
/** @type {DayCalls} */
export const callsConfig = json(root, "[data-today-calls-config]");
/** @type {Record<string, string>} */
export const words = json(root, "[data-today-words]");
/** What is said about emails. @type {Record<string, string>} */
export const mailWords = json(root, "[data-mail-words]");

/** @param {string} name */
export const part = (name) => find(root, `[data-today-${name}]`, HTMLElement);
/** @param {string} name @param {Record<string, string|number>} [values] */
export const say = (name, values) => fillIn(own(words, name), values);

const bar = part("notice"), line = find(bar, "[data-today-told]", HTMLElement), button = find(bar, "[data-today-undo]", HTMLButtonElement);

/** What has happened, in one line, and the button that takes it back. @param {string} [what] nothing takes the line away @param {() => void} [undo] */
export function tell(what = "", undo) {
  bar.hidden = !what;
  button.hidden = !undo;
  line.textContent = what;
  button.onclick = () => {
    tell();
    undo?.();
  };
}

/** A day, `2026-12-01`, for people. @param {string} day */
export const dayText = (day) => new Intl.DateTimeFormat(config.locale, { weekday: "short", day: "numeric", month: "long", timeZone: "UTC" }).format(new Date(`${day}T12:00:00Z`));
