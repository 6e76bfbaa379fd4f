// At an old URL: on to the new one, with the query and the fragment of the link that was followed.
//
// Reads `data-to` of its own script element, which redirect.html of the theme writes.

const script = document.querySelector("script[data-to]");
const to = new URL(script?.getAttribute("data-to") ?? "/", location.href);
to.search = location.search;
to.hash = location.hash;
location.replace(to);
