// Closes an open submenu on Escape, on a click elsewhere, and when focus moves on. The menu works without this file.
const open = () => document.querySelectorAll(".sub[open]");
addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of open()) {
    menu.open = false;
    if (menu.contains(document.activeElement)) menu.firstElementChild.focus();
  }
});
for (const kind of ["click", "focusin"]) {
  addEventListener(kind, (event) => {
    for (const menu of open()) if (!menu.contains(event.target)) menu.open = false;
  });
}
