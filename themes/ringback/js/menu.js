// Closes an open submenu on Escape, on a click elsewhere, and when focus moves on. The menu works without this file.
const open = () => [...document.querySelectorAll(".sub[open]")].filter((menu) => menu instanceof HTMLDetailsElement);
addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of open()) {
    menu.open = false;
    const { firstElementChild: summary } = menu;
    if (menu.contains(document.activeElement) && summary instanceof HTMLElement) summary.focus();
  }
});
for (const kind of ["click", "focusin"]) {
  addEventListener(kind, ({ target }) => {
    for (const menu of open()) if (!(target instanceof Node && menu.contains(target))) menu.open = false;
  });
}

// lead.js comes with each form. Elsewhere it is loaded only where it has something to do: to deliver a lead that waits in
// this browser, or to note how the visit began, where that may be kept.
/** @type {HTMLScriptElement|null} */
const script = document.querySelector("script[data-leads]");
const { leads, attribution, rep, parameters } = script?.dataset ?? {};
/** @param {string} name */
const isKept = (name) => Object.keys(localStorage).some((key) => key.startsWith(name));
// Each once at most: anybody may have written the address.
const CARRIED = /^(via=[\w-]{1,80}|utm_(source|medium|campaign|term|content)=[^&]{0,1000})$/;
const own = parameters?.split(" ");
/** @param {string} each */
const isCarried = (each) => CARRIED.test(each) || (each.length < 1000 && own?.includes(each.split("=")[0]));
const carried = () => {
  const all = location.search.slice(1, 10_000).split("&").filter(isCarried);
  return [...new Map(all.map((each) => [each.split("=")[0], each])).values()].join("&");
};
const isLanding = carried() || !document.referrer.startsWith(`${location.origin}/`);
try {
  const notes = attribution === "always" || isKept("ringback.touch");
  if (leads && ((isLanding && notes) || isKept("ringback.outbox."))) import(leads);
} catch {
  // Storage is refused: nothing can wait there.
}

// The card of the rep whose link it was: the address says whose, or what lead.js was allowed to keep.
try {
  const isShared = /[?&]via=/.test(location.search) || localStorage["ringback.touch"]?.includes('"rep"');
  if (rep && isShared) import(rep);
} catch {
  // Storage is refused: nobody is remembered.
}

// Without a word from the visitor nothing is kept, so links inside the site carry on whose link it was.
if (carried() && attribution === "consent" && !navigator.globalPrivacyControl) {
  addEventListener("click", ({ target }) => {
    const link = target instanceof Element ? target.closest("a[href]") : null;
    if (!(link instanceof HTMLAnchorElement) || link.origin !== location.origin) return;
    if (link.pathname !== location.pathname) link.search ||= carried();
  });
}
