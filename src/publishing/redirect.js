// At an old address: on to the new one, with what the link carries.
const script = document.querySelector('script[data-to]');
const to = new URL(script.dataset.to, location.href);
to.search = location.search;
to.hash = location.hash;
location.replace(to);
