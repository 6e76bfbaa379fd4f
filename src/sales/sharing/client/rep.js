// Shows who shared the link that the visitor followed: a card with a face, a number and a mail address.
//
// Reads the `Reps` that sales/sharing/reps.rs writes, one file a language. The theme loads this file only where the
// address has a `via`, or this browser may remember one: see `ringback.touch` in the forms' attribution.js. docs/content/theme.md has
// the markup.

/** @import { CardWords, Rep, Reps } from "./reps" */
import { attempt } from "../../../theme/client/attempt.js";
import { make } from "../../../theme/client/make.js";
import { sheet } from "../../../theme/client/sheet.js";
import { isMap, recall, remember } from "../../../theme/client/storage.js";

const TOUCH = "ringback.touch";
/** The id of whose card was closed, for this visit: whoever closes a card wants to read. */
const CLOSED = "ringback.card";

/** Whose link it was. What the address says goes before what may be remembered; whoever has said no to all sites is
 * not remembered. @returns {unknown} */
function follow() {
  const named = new URLSearchParams(location.search).get("via");
  if (named !== null || navigator.globalPrivacyControl) return named;
  const touch = recall(TOUCH);
  return isMap(touch) ? touch.rep : undefined;
}

/** Can it be somebody's id at all? It comes out of an address, or out of the storage. @param {unknown} id @returns {id is string} */
const isName = (id) => typeof id === "string" && /^[\w-]{1,80}$/.test(id);

/** @param {Rep} rep */
function face({ photo, initials }) {
  if (!photo) return make("span", { className: "avatar", ariaHidden: "true" }, initials);
  const { src, width, height } = photo;
  return make("img", { className: "avatar", src, alt: "", width: width ?? 48, height: height ?? 48 });
}

/** @param {string} id @param {Rep} rep @param {CardWords} words */
function card(id, rep, words) {
  const close = make("button", { type: "button", className: "rep-close", ariaLabel: words.close });
  const ways = [];
  if (rep.tel) ways.push(make("a", { className: "button", href: rep.tel }, make("span", {}, words.ring), ` ${rep.phone}`));
  if (rep.email) ways.push(make("a", { className: "button quiet", href: `mailto:${rep.email}` }, words.write));
  if (rep.booking) ways.push(make("a", { className: "button quiet", href: rep.booking, rel: "external" }, words.book));
  const shown = make("aside", { className: "rep-card", ariaLabel: words.label },
    face(rep),
    make("div", { className: "rep-who" },
      make("p", { className: "fine" }, words.label),
      make("p", { className: "name" }, make("a", { href: rep.url }, rep.name)),
      make("p", { className: "fine rep-role" }, rep.role ?? "")),
    make("p", { className: "rep-ways" }, ...ways),
    close);
  close.onclick = () => {
    attempt(() => (sessionStorage[CLOSED] = id));
    shown.remove();
  };
  return shown;
}

/** A name that is nobody's goes no further: not to the next page, and not along with a lead. */
function forget() {
  const url = new URL(location.href);
  url.searchParams.delete("via");
  history.replaceState(history.state, "", url);
  const touch = recall(TOUCH);
  if (!isMap(touch)) return;
  delete touch.rep;
  remember(TOUCH, touch);
}

const id = follow();
if (id && id !== attempt(() => sessionStorage[CLOSED])) {
  const address = document.querySelector("script[data-reps]")?.getAttribute("data-reps") ?? "";
  const styled = sheet(new URL("../css/rep.css", import.meta.url));
  /** Nobody by that name, or no list: then there is no card, and nothing is said. @type {Reps|null} */
  const list = await fetch(address).then((response) => response.json()).catch(() => null);
  if (list && isName(id) && Object.hasOwn(list.reps, id)) {
    const shown = card(id, list.reps[id], list.words);
    await styled;
    document.querySelector("main")?.before(shown);
  } else if (list) forget();
}
