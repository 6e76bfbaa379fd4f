// A satisfaction survey whose first answer comes with the link: `#recommend=9` in an email chooses it. It is sent with the form, and
// not before: programs that open links of emails to look at them answer nothing.

import { all, maybe } from "../../../theme/client/find.js";

const start = () => {
  const [, name, answer] = /^#([a-z][a-z0-9_]{0,39})=(\d{1,2})$/.exec(location.hash) ?? [];
  for (const root of name ? all(document, "[data-survey-first]", HTMLElement) : []) {
    const input = maybe(root, `[data-field="answer_${name}"] input[value="${answer}"]`, HTMLInputElement);
    if (!input) continue;
    input.checked = true;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    const form = input.form, open = form ? all(form, "[data-field]", HTMLElement).filter((each) => !each.contains(input)) : [];
    // What is asked next has the focus.
    const next = open.map((each) => maybe(each, "input:not([type=hidden]), textarea, select", HTMLElement)).find(Boolean);
    next?.focus({ preventScroll: true });
    root.scrollIntoView({ block: "start" });
    root.dataset.first = answer;
  }
};
addEventListener("hashchange", start);
// One behind a gate.
document.addEventListener("ringback:open", start);
start();
