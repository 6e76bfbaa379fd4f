// Where a visit began, for a lead that is sent: forms alone need it.

/** The page that a visit began on, of which a link of this site has led here. Nothing is kept for it: the tab itself knows
 * its last pages of this site, and links carry the campaign on, so that all pages of a visit have the same one. Browsers
 * that don't tell, and a link opened in a new tab, leave it unknown. @returns {string|undefined} */
export function began() {
  const { navigation } = window, pages = navigation?.entries().map(({ url }) => url ?? "") ?? [];
  const campaign = (/** @type {string} */ url) => String(url.match(/utm_[^&#]*/g)), own = campaign(location.href);
  const visit = pages.slice(0, (navigation?.currentEntry?.index ?? -1) + 1);
  visit.splice(0, visit.findLastIndex((url) => !url || campaign(url) !== own) + 1);
  const [first, ...others] = visit.map((url) => url.split(/[?#]/)[0]);
  return others.some((page) => page !== first) ? first : undefined;
}
