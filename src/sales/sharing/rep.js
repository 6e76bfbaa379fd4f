// Shows who shared the link that the visitor followed: a card with a face, a number and a mail address.
//
// Reads the `Reps` that features/share/reps.rs writes, one file a language. The theme loads this file only where the
// address has a `via`, or this browser may remember one: see `ringback.touch` in lead.js. docs/theme.md has the markup.

/** @typedef {{name: string, role: ?string, url: string, photo: ?{src: string, width: ?number, height: ?number}, initials: string,
 *   phone: ?string, tel: ?string, email: ?string, booking: ?string}} Rep */
/** @typedef {{version: 1, words: Record<"label"|"ring"|"write"|"book"|"close", string>, reps: Record<string, Rep>}} Reps */

/** The id of whose card was closed, for this visit: whoever closes a card wants to read. */
const CLOSED = "ringback.card";

/** Null where it throws, as where storage is refused. @param {() => any} action */
function attempt(action) {
  try {
    return action();
  } catch {
    return null;
  }
}

/** Whose link it was. What the address says goes before what may be remembered; whoever has said no to all sites is
 * not remembered. @returns {string|null|undefined} */
function follow() {
  const named = new URLSearchParams(location.search).get("via");
  if (named !== null || navigator.globalPrivacyControl) return named;
  return attempt(() => JSON.parse(localStorage["ringback.touch"]).rep);
}

/** Can it be somebody's id at all? It comes out of an address, or out of the storage. */
const isName = (id) => typeof id === "string" && /^[\w-]{1,80}$/.test(id);

/** @param {string} name @param {object} properties @param {(Node|string)[]} children */
function make(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

/** @param {Rep} rep */
function face({ photo, initials }) {
  if (!photo) return make("span", { className: "avatar", ariaHidden: "true" }, initials);
  const { src, width, height } = photo;
  return make("img", { className: "avatar", src, alt: "", width: width ?? 48, height: height ?? 48 });
}

/** @param {string} id @param {Rep} rep @param {Reps["words"]} words */
function card(id, rep, words) {
  const close = make("button", { type: "button", className: "rep-close", ariaLabel: words.close });
  const ways = [
    rep.tel && make("a", { className: "button", href: rep.tel }, make("span", {}, words.ring), ` ${rep.phone}`),
    rep.email && make("a", { className: "button quiet", href: `mailto:${rep.email}` }, words.write),
    rep.booking && make("a", { className: "button quiet", href: rep.booking, rel: "external" }, words.book),
  ];
  const shown = make("aside", { className: "rep-card", ariaLabel: words.label },
    face(rep),
    make("div", { className: "rep-who" },
      make("p", { className: "fine" }, words.label),
      make("p", { className: "name" }, make("a", { href: rep.url }, rep.name)),
      make("p", { className: "fine rep-role" }, rep.role ?? "")),
    make("p", { className: "rep-ways" }, ...ways.filter(Boolean)),
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
  attempt(() => {
    const { rep, ...touch } = JSON.parse(localStorage["ringback.touch"]);
    localStorage["ringback.touch"] = JSON.stringify(touch);
  });
}

const id = follow();
if (id && id !== attempt(() => sessionStorage[CLOSED])) {
  /** Nobody by that name, or no list: then there is no card, and nothing is said. @type {Reps|null} */
  const list = await fetch(document.querySelector("script[data-reps]").dataset.reps)
    .then((response) => response.json()).catch(() => null);
  if (list && isName(id) && Object.hasOwn(list.reps, id)) document.querySelector("main").before(card(id, list.reps[id], list.words));
  else if (list) forget();
}
