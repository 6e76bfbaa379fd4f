// The first ten steps: the page as the server makes it now, whenever the site or the inbox has changed.
//
// Hears the events of serve/http/mod.rs. What somebody has opened stays open, and the keyboard stays where it is.

import { all, find } from "../../theme/client/find.js";

/** @param {ParentNode} root */
const steps = (root) => all(root, "li", HTMLLIElement);

let last = "";

async function show() {
  const text = await fetch(location.href).then((response) => response.text());
  if (text === last) return;
  last = text;
  const main = find(new DOMParser().parseFromString(text, "text/html"), "main", HTMLElement);
  const focused = steps(document).findIndex((step) => step.contains(document.activeElement));
  for (const [index, step] of steps(document).entries()) {
    const details = find(step, "details", HTMLDetailsElement);
    const renewed = steps(main)[index];
    // A step that was just done closes; the next one opens.
    if (renewed && renewed.className === step.className) find(renewed, "details", HTMLDetailsElement).open = details.open;
  }
  find(document, "main", HTMLElement).replaceWith(document.adoptNode(main));
  const again = steps(document)[focused];
  if (again) find(again, "summary", HTMLElement).focus();
}

const events = new EventSource("/.ringback/events");
events.onmessage = (/** @type {MessageEvent<string>} */ { data }) => {
  if (["hello", "inbox", "reload", "styles"].includes(JSON.parse(data).type)) show();
};
