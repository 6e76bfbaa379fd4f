// The words of the search box, which stand as `data-…` on the link to the search page: docs/content/theme.md lists them.

import { fillIn } from "../../../theme/client/words.js";

export class SearchWords {
  /** @param {DOMStringMap} words */
  constructor(words) {
    this.words = words;
    this.lang = document.documentElement.lang;
    /** Costs more to make than the rest of a result. @type {Intl.DateTimeFormat|undefined} */
    this.dates = undefined;
  }

  /** @param {string} name @param {Record<string, string|number>} [values] */
  say(name, values) {
    return fillIn(this.words[name], values);
  }

  /** As the build writes numbers: the browser's own formatter takes longer to load than a query. @param {number} number */
  number(number) {
    return String(number).replace(/\B(?=(\d{3})+$)/g, this.say("thousands").slice(2, -3));
  }

  /** `3 pages`. @param {number} number */
  pages(number) {
    /** @type {Record<string, string>} */
    const forms = JSON.parse(this.words.count ?? "{}");
    const form = forms[new Intl.PluralRules(this.lang).select(number)] ?? forms.other;
    return (form ?? "").replace("{n}", this.number(number));
  }

  /** @param {string} day */
  date(day) {
    this.dates ??= new Intl.DateTimeFormat(this.words.locale, { dateStyle: "long", timeZone: "UTC" });
    return this.dates.format(new Date(day));
  }
}
