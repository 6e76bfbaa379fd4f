// Links for raters: whom they rate and as what is behind `#`, which browsers send to nobody.

/** @import { SurveyConfig } from "./config" */
import { copy } from "../../../theme/client/copy.js";
import { find } from "../../../theme/client/find.js";
import { element } from "../../../theme/client/make.js";
import { fillIn } from "../../../theme/client/words.js";

/** @param {string} page the survey's page @param {string} group @param {string} name */
export const linkOf = (page, group, name) => `${page.replace(/#.*/s, "")}#rate=${group}~${encodeURIComponent(name)}`;

/** Offers a link for each group, as soon as somebody is named. @param {HTMLElement} root @param {SurveyConfig} config
 * @param {Record<string, string>} words @param {(group: number) => string} title */
export function offer(root, { groups }, words, title) {
  const form = find(root, "[data-su-invite]", HTMLFormElement), list = find(root, "[data-su-invited]", HTMLElement);
  const name = find(form, "[data-su-invite-name]", HTMLInputElement), page = find(form, "[data-su-invite-page]", HTMLInputElement);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const who = name.value.trim().replace(/\s+/g, " ").slice(0, 100);
    if (!who) return void name.focus();
    list.replaceChildren(...groups.map(({ id }, at) => {
      const link = element("input", { type: "text", readonly: true, value: linkOf(page.value.trim() || location.href, id, who), "aria-label": fillIn(words.link_for, { group: title(at) }) });
      const button = element("button", { class: "button", type: "button" }, words.copy);
      button.addEventListener("click", async () => (button.textContent = ((await copy(link.value, link)) ? words.copied : words.copy) ?? ""));
      return element("li", {}, element("b", {}, title(at)), link, button);
    }));
    return undefined;
  });
}
