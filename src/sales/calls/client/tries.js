// Where a call has reached nobody: which try it was, when the next one is, and when to stop. The plan of follow-ups that the contact is in
// says when; without one, `calls.retry` in ringback.yaml does. Loaded with the player, where an outcome says that nobody was reached.

/** @import { Call } from "./call" */
/** @import { PlayerConfig, UnreachedRule } from "./config" */
/** @import { Contact } from "../../cadences/client/contacts" */
import { own } from "../../../theme/client/attempt.js";
import { contacts, isSame } from "../../cadences/client/contacts.js";
import { after, ahead, dayOf } from "../../cadences/client/plan.js";
import { attemptOf, idsOf } from "./attempts.js";

/** Where nothing says a time of day: the other half of the day. */
const otherHalf = () => (new Date().getHours() < 12 ? "14:00" : "09:00");

/** Who is called, among those that are followed up. @param {Call} call @returns {Contact|undefined} */
const followed = ({ values }) => contacts().find((contact) => !contact.stopped && contact.plan && isSame(contact.values, values));

/** The next call of a plan, when the one that is due is done. @param {Contact} contact @param {UnreachedRule} rules */
function inPlan(contact, rules) {
  const { plan, done } = contact, today = dayOf(new Date());
  if (!plan) return null;
  const [due] = ahead(contact, plan, rules), isNow = due && due.touch.kind === "call" && due.day <= today;
  const rest = ahead({ ...contact, done: isNow ? { ...done, [due.touch.id]: { day: today, how: "done" } } : done }, plan, rules);
  const next = rest.find(({ touch, day }) => touch.kind === "call" && day > today);
  return next ? `${next.day}T${next.touch.time || otherHalf()}` : null;
}

/** @param {number} tries so far @param {UnreachedRule} rules @returns {string} a day and a time */
function byRule(tries, { after: waits, ...rules }) {
  return `${after(dayOf(new Date()), waits[Math.min(tries, waits.length) - 1], "workdays", rules)}T${otherHalf()}`;
}

/** Counts the try, and says what follows: in words, and when the next one is; empty for none. Nothing where somebody was reached.
 * @param {Call} call that has come to an end @param {PlayerConfig} config @param {(name: string, values?: Record<string, string>) => string} say */
export function plan(call, config, say) {
  const rules = config.unreached, how = own(rules?.ends, call.end?.id ?? "");
  if (!rules || !how) return null;
  const n = attemptOf(call, idsOf(call, config.contact)), contact = how === "retry" ? followed(call) : undefined;
  const told = [n ? say(rules.most ? "try_of" : "try", { n: String(n), of: String(rules.most ?? "") }) : say("try_unknown")], title = contact?.title ?? "";
  // However many calls a plan has, the rule says when to leave somebody in peace.
  const isLast = Boolean(n && rules.most && n >= rules.most);
  const next = how === "stop" || isLast ? "" : contact ? inPlan(contact, rules) ?? "" : byRule(n ?? 1, rules);
  if (how === "stop") told.push(say("try_stop"));
  else if (isLast) told.push(say("try_last"));
  else if (contact) told.push(say(next ? "try_plan" : "try_plan_over", { title }));
  return { told: told.join(" "), next };
}
