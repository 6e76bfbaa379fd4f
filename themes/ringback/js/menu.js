// Closes an open submenu on Escape, on a click elsewhere, and when focus moves on. Without it, the menu works.
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

// Copies the address of a page, where a reader asks for it.
addEventListener("click", async ({ target }) => {
  const button = target instanceof Element ? target.closest("[data-copy-link]") : null;
  if (!(button instanceof HTMLElement)) return;
  await navigator.clipboard.writeText(button.dataset.copyLink ?? "");
  button.textContent = button.dataset.copied ?? "";
});

// lead.js comes with each form. Elsewhere it is loaded only to deliver a lead that waits in this browser, or to note how the
// visit began, where that may be kept. And rep.js only to show whose link it was: the address says so, or what is kept.
/** @type {HTMLScriptElement|null} */
const script = document.querySelector("script[data-leads]");
const { leads, attribution, rep, parameters } = script?.dataset ?? {};
// Each once: anybody may have written the address.
const CARRIED = /^(via=[\w-]{1,80}|utm_(source|medium|campaign|term|content)=[^&]{0,1000})$/;
const own = parameters?.split(" "), kept = "ringback.touch";
const all = location.search.slice(1, 10_000).split("&").map((each) => [each.split("=")[0], each])
  .filter(([name, each]) => CARRIED.test(each) || (each.length < 1000 && own?.includes(name)));
const carried = [...new Map(all.map(([name, each]) => [name, each])).values()].join("&");
const isLanding = carried || !document.referrer.startsWith(`${location.origin}/`);
try {
  if (rep && (/[?&]via=/.test(location.search) || localStorage[kept]?.includes('"rep"'))) import(rep);
  const waits = Object.keys(localStorage).some((key) => key.startsWith("ringback.outbox."));
  if (leads && (waits || (isLanding && (attribution === "always" || localStorage[kept])))) import(leads);
} catch {
  // Storage is refused: nothing waits there.
}

// Nothing is kept without a word from the visitor, so links inside the site carry on whose link it was, and which button.
if (attribution !== "never" && !navigator.globalPrivacyControl) {
  addEventListener("click", ({ target }) => {
    const link = target instanceof Element ? target.closest("a[href]") : null;
    if (!(link instanceof HTMLAnchorElement) || link.origin !== location.origin) return;
    const { cta } = link.dataset, whose = attribution === "consent" && carried;
    if (link.pathname !== location.pathname) link.search ||= [whose, cta && `cta=${cta}`].filter(Boolean).join("&");
    else if (cta) document.documentElement.dataset.cta = cta;
  });
}
