// How each service begins: what its own snippet sets up, without a line of script in the page, and which script it loads.
//
// Each is as the service documents it, and does no more: what a service would collect beyond visits and our own events is
// switched off where it can be.

/** @import { ServiceConfig } from "./config" */
/** @import { Given } from "./choice.js" */

import { globals, gtag, list, queue } from "./service-globals.js";

/** What is loaded: a URL, attributes of its script element, and what is done when it has run.
 * @typedef {{src: string, attributes?: Record<string, string>, then?: () => void}} Script */

/** Google's consent mode, version 2: what each purpose stands for there. @param {Given} given */
export const modes = ({ statistics, marketing }) => ({
  analytics_storage: statistics ? "granted" : "denied",
  ad_storage: marketing ? "granted" : "denied",
  ad_user_data: marketing ? "granted" : "denied",
  ad_personalization: marketing ? "granted" : "denied",
});

/** Denied first, as Google asks for, then what was chosen. @param {Given} given */
function google(given) {
  if (list("dataLayer").length) return;
  gtag("consent", "default", modes({}));
  gtag("consent", "update", modes(given));
  gtag("set", "ads_data_redaction", true);
}

/** The element with HubSpot's script. */
const LOADER = "hs-script-loader";

/** By the name of a service. A chat opens if the visitor has just pressed its button.
 * @type {Record<string, (service: ServiceConfig, given: Given, isPressed: boolean) => Script>} */
export const STARTS = {
  plausible({ id, host }) {
    const plausible = queue("plausible");
    if (!id.startsWith("pa-")) return { src: `${host}/js/script.js`, attributes: { "data-domain": id } };
    plausible.init ??= (/** @type {unknown} */ options) => (plausible.o = options ?? {});
    plausible.init();
    return { src: `${host}/js/${id}.js` };
  },
  umami: ({ id, host }) => ({ src: `${host}/script.js`, attributes: { "data-website-id": id } }),
  goatcounter({ host }) {
    const own = host?.endsWith(".goatcounter.com") ? "https://gc.zgo.at" : host;
    return { src: `${own}/count.js`, attributes: { "data-goatcounter": `${host}/count` } };
  },
  matomo({ id, host, asks }) {
    const calls = list("_paq");
    if (!asks) calls.push(["disableCookies"]);
    calls.push(["setTrackerUrl", `${host}/matomo.php`], ["setSiteId", id], ["trackPageView"], ["enableLinkTracking"]);
    return { src: `${host}/matomo.js` };
  },
  google_analytics({ id }, given) {
    google(given);
    gtag("js", new Date());
    gtag("config", id);
    return { src: `https://www.googletagmanager.com/gtag/js?id=${id}` };
  },
  google_tag_manager({ id }, given) {
    google(given);
    list("dataLayer").push({ "gtm.start": Date.now(), event: "gtm.js" });
    return { src: `https://www.googletagmanager.com/gtm.js?id=${id}` };
  },
  linkedin({ id }) {
    globals._linkedin_partner_id = id;
    list("_linkedin_data_partner_ids").push(id);
    queue("lintrk");
    return { src: "https://snap.licdn.com/li.lms-analytics/insight.min.js" };
  },
  meta_pixel({ id }) {
    const fbq = queue("fbq", "queue");
    globals._fbq ??= fbq;
    Object.assign(fbq, { push: fbq, loaded: true, version: "2.0" });
    // Otherwise it reads buttons and forms of the page.
    fbq("set", "autoConfig", false, id);
    fbq("init", id);
    fbq("track", "PageView");
    return { src: "https://connect.facebook.net/en_US/fbevents.js" };
  },
  hubspot({ id, region }) {
    // Its chat is asked for on its own.
    globals.hsConversationsSettings ??= { loadImmediately: false };
    const start = region === "eu1" ? "js-eu1" : "js";
    return { src: `https://${start}.hs-scripts.com/${id}.js`, attributes: { id: LOADER } };
  },
  hubspot_chat(service, given, isPressed) {
    const widget = () => globals.HubSpotConversations.widget.load({ widgetOpen: isPressed });
    if (globals.HubSpotConversations) widget();
    else list("hsConversationsOnReady").push(widget);
    // One script is for both: it is there if visits may be followed, and otherwise it is told not to.
    if (document.getElementById(LOADER)) return { src: "" };
    list("_hsq").push(["doNotTrack"]);
    return STARTS.hubspot(service, given, isPressed);
  },
  intercom({ id, region }, _, isPressed) {
    const start = region === "us" ? "" : `.${region}`;
    const settings = { app_id: id, api_base: `https://api-iam${start}.intercom.io` };
    globals.intercomSettings = settings;
    const intercom = queue("Intercom");
    intercom("boot", settings);
    if (isPressed) intercom("show");
    return { src: `https://widget.intercom.io/widget/${id}` };
  },
  crisp({ id }, _, isPressed) {
    globals.CRISP_WEBSITE_ID = id;
    const calls = list("$crisp");
    if (isPressed) calls.push(["do", "chat:open"]);
    return { src: "https://client.crisp.chat/l.js" };
  },
  zendesk: ({ id }, _, isPressed) => ({
    src: `https://static.zdassets.com/ekr/snippet.js?key=${id}`,
    attributes: { id: "ze-snippet" },
    then: () => isPressed && globals.zE?.("messenger", "open"),
  }),
  tidio({ id }, _, isPressed) {
    if (isPressed) document.addEventListener("tidioChat-ready", () => globals.tidioChatApi?.open());
    return { src: `https://code.tidio.co/${id}.js` };
  },
};
