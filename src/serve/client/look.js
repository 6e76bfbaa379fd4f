// The look of the site: what the frames show is loaded again whenever the site has changed, at the place where it was.
//
// Hears the events of serve/http/mod.rs. The colours are those of the page as the server makes it now.

import { all, find } from "../../theme/client/find.js";

async function show() {
  const text = await fetch(location.href).then((response) => response.text());
  const renewed = new DOMParser().parseFromString(text, "text/html");
  const lists = all(renewed, ".colors, footer", HTMLElement);
  for (const [index, list] of all(document, ".colors, footer", HTMLElement).entries()) {
    const other = lists[index];
    if (other) list.replaceWith(document.adoptNode(other));
  }
  for (const frame of all(document, "iframe", HTMLIFrameElement)) frame.contentWindow?.location.reload();
}

/** So wide is the page in a frame, in pixels: that of a laptop. */
const WIDTH = 1280;
const sizes = new ResizeObserver((entries) => {
  for (const { target, contentRect } of entries) {
    if (target instanceof HTMLElement) target.style.setProperty("--of", String(contentRect.width / WIDTH));
  }
});
for (const frame of all(document, ".frame", HTMLElement)) sizes.observe(frame);

let generation = 0;
const events = new EventSource("/.ringback/events");
events.onmessage = (/** @type {MessageEvent<string>} */ { data }) => {
  const news = JSON.parse(data);
  // What is shown at first is as new as the first greeting.
  if (news.type === "hello" && !generation) find(document, "main", HTMLElement).dataset.ready = "";
  else if (["hello", "reload", "styles"].includes(news.type) && news.generation !== generation) show();
  generation = news.generation ?? generation;
};
