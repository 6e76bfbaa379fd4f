// Shows one part of a section at a time. Without this file, and in print, its parts stand one below the other under their
// headings. https://www.w3.org/WAI/ARIA/apg/patterns/tabs/

/** The tab of a part, named as its heading is. @param {HTMLElement} panel */
function tabOf(panel) {
  const heading = panel.firstElementChild;
  const tab = document.createElement("button");
  tab.type = "button";
  tab.textContent = heading?.textContent ?? "";
  tab.id = `tab:${heading?.id ?? ""}`;
  tab.setAttribute("role", "tab");
  panel.id = `panel:${heading?.id ?? ""}`;
  panel.setAttribute("role", "tabpanel");
  panel.setAttribute("aria-labelledby", tab.id);
  tab.setAttribute("aria-controls", panel.id);
  heading?.classList.add("tab-heading");
  return tab;
}

/** Makes the parts of a section tabs. Their headings become the names of the tabs.
 * @param {HTMLElement} section */
function tabs(section) {
  /** @type {HTMLElement[]} */
  const panels = [...section.querySelectorAll(":scope > .block-part")].filter((part) => part instanceof HTMLElement);
  if (panels.length < 2) return;
  const list = document.createElement("div");
  list.className = "tab-list";
  list.setAttribute("role", "tablist");
  const named = section.firstElementChild?.id;
  if (named) list.setAttribute("aria-labelledby", named);
  const all = panels.map(tabOf);
  list.append(...all);
  /** @param {number} which */
  const show = (which) => {
    for (const [at, tab] of all.entries()) {
      tab.setAttribute("aria-selected", String(at === which));
      tab.tabIndex = at === which ? 0 : -1;
      panels[at].hidden = at !== which;
    }
  };
  list.addEventListener("click", ({ target }) => {
    const at = all.findIndex((tab) => target instanceof Node && tab.contains(target));
    if (at >= 0) show(at);
  });
  list.addEventListener("keydown", (event) => {
    const at = all.findIndex((tab) => tab === document.activeElement);
    const isRtl = getComputedStyle(list).direction === "rtl";
    const step = { ArrowRight: isRtl ? -1 : 1, ArrowLeft: isRtl ? 1 : -1 }[event.key];
    const ends = { Home: 0, End: all.length - 1 }[event.key];
    if (at < 0 || (step === undefined && ends === undefined)) return;
    event.preventDefault();
    const next = ends ?? (at + (step ?? 0) + all.length) % all.length;
    show(next);
    all[next].focus();
  });
  // An address that leads into a part shows it.
  const follow = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const at = target ? panels.findIndex((panel) => panel.contains(target)) : -1;
    if (at < 0) return false;
    show(at);
    list.scrollIntoView({ block: "start" });
    return true;
  };
  panels[0].before(list);
  section.classList.add("tabbed");
  show(0);
  follow();
  addEventListener("hashchange", follow);
  // On paper there are no tabs.
  addEventListener("beforeprint", () => panels.forEach((panel) => (panel.hidden = false)));
  addEventListener("afterprint", () => show(Math.max(0, all.findIndex((tab) => tab.tabIndex === 0))));
}

/** Makes tabs of all sections that ask for it and have none yet. */
function start() {
  for (const section of document.querySelectorAll("[data-tabs]:not(.tabbed)")) if (section instanceof HTMLElement) tabs(section);
}
start();
// What a gate opens comes later.
new MutationObserver(start).observe(document.querySelector("main") ?? document.body, { childList: true, subtree: true });
