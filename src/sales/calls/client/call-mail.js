// "Email it now": the team's emails, filled in with what the call knows. Loaded when somebody first asks for them.

import { maybe } from "../../../theme/client/find.js";
import { current, save, state } from "./call.js";
import { fill, put } from "./placeholders.js";
import { tell } from "./notice.js";
import { notes, root, words } from "./page.js";
import { write } from "./outcome.js";

/** Are there any? */
export const hasMails = () => maybe(root, "[data-mail-now]", HTMLDialogElement) !== null;

/** The note and the event say what was sent: whoever reads it in a CRM can't see the mail program. @param {string} title */
function used(title) {
  const call = state.call, line = `${words.mail_noted}: ${title}`;
  if (!call || call.sent || call.notes.includes(line)) return;
  call.handed.push({ title, url: "", at: Date.now() });
  call.notes = notes.value = [call.notes.trimEnd(), line].filter(Boolean).join("\n");
  write();
}

export async function mailNow() {
  const now = await import("../../mails/client/mail-now.js").catch(() => null);
  if (!now) return tell(words.unloaded);
  await now.openMails({
    values: () => current().values,
    fill: (name, value) => {
      put(name, value);
      fill(name);
      save();
    },
    used,
  });
}
