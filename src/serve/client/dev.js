// In every page that `ringback serve` shows: reloads it when the site changes, and says what is wrong.
//
// Reads the JSON that `serve/page.rs` puts into the page (`PreviewPage`), and the events of `serve/http/mod.rs`.

/** @import { PreviewPage, Told } from "./preview" */
import { json } from "../../theme/client/find.js";
import { Bar } from "./dev-bar.js";
import { reload, returnToPlace, swapStyles } from "./place.js";

/** @type {PreviewPage} */
const about = json(document, "[id='ringback:dev']");
const bar = new Bar(about);
let { generation } = about;

/** @param {Told} told */
function hear(told) {
  switch (told.type) {
    case "hello":
      if (told.instance !== about.instance || told.generation > generation) return reload();
      bar.leads = told.leads;
      return bar.tell(told.problems);
    case "reload":
      return reload();
    case "styles":
      generation = told.generation;
      return swapStyles(told.urls);
    case "problems":
      return bar.tell(told.problems);
    case "inbox":
      bar.leads = told.leads;
      return bar.draw();
    default:
      return undefined;
  }
}

/** @type {EventSource|null} */
let events = null;

/** A page that nobody sees listens to nothing: browsers keep few connections, and tabs are many. */
function listen() {
  const isSeen = document.visibilityState === "visible";
  if (!isSeen) events?.close();
  if (!isSeen || (events && events.readyState !== EventSource.CLOSED)) return;
  events = new EventSource("/.ringback/events");
  events.onmessage = ({ data }) => hear(JSON.parse(data));
  events.onopen = () => lose(false);
  events.onerror = () => lose(true);
}

/** @param {boolean} isLost does the server not answer any more? */
function lose(isLost) {
  bar.isLost = isLost;
  bar.draw();
}

returnToPlace();
document.addEventListener("visibilitychange", listen);
addEventListener("pagehide", () => events?.close());
addEventListener("pageshow", listen);
listen();
