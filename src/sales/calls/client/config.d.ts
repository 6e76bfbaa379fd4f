// Written by a test of the program, after the types in it.

import type { CallHook } from "../../../leads/forms/client/config";

export type PlayerConfig = { version: number, 
/**
 * The script as an event names it.
 */
page: CallPage, 
/**
 * Seconds that the call may take; 0 for any time.
 */
budget: number, 
/**
 * The language's locale as a BCP 47 tag, by which `Intl` writes dates: `en-GB`.
 */
locale: string, 
/**
 * What the placeholders and fields are called.
 */
labels: { [key in string]: string }, 
/**
 * What is to be found out, by its name.
 */
fields: { [key in string]: AskedField }, 
/**
 * What the answers add up to.
 */
score: CallScore | null, 
/**
 * Do answers depend on what is known, or add up? Then `call-logic.js` is loaded.
 */
logic: boolean, 
/**
 * What placeholders are until somebody fills them in.
 */
defaults: { [key in string]: string }, 
/**
 * What outcomes promise at a time, by their ids: `callback` or `meeting`; `retry` for another try.
 */
promised: { [key in string]: string }, 
/**
 * What follows where nobody was reached; then `tries.js` is loaded.
 */
unreached: UnreachedRule | null, 
/**
 * Does an outcome ask whom else they recommend? Then `referral.js` is loaded.
 */
referrals: boolean, 
/**
 * Those who ring, by the ids that the share kit remembers.
 */
reps: { [key in string]: Caller }, 
/**
 * Names of the CRM's ids for a contact, which a link may bring along.
 */
contact: Array<string>, 
/**
 * URL of the worker that keeps calls for times without a network.
 */
offline: string | null, 
/**
 * Who hears of calls, as `deliver.js` posts to it.
 */
webhook: CallHook | null, };

export type CallPage = { url: string, title: string, lang: string, 
/**
 * Its path in `content/` without the ending: the same in all languages.
 */
key: string, };

export type UnreachedRule = { 
/**
 * The outcomes in which nobody was reached, by their ids: `retry`, or `stop` if they aren't tried again.
 */
ends: { [key in string]: string }, 
/**
 * The most tries; `null` for any number.
 */
most: number | null, 
/**
 * Workdays to wait after the first, the second … try; the last holds for all that follow.
 */
after: Array<number>, 
/**
 * Days of the week on which the team works: 1 for Monday to 7 for Sunday.
 */
workdays: Array<number>, 
/**
 * Days off: `2027-03-26`, or `12-25` for every year.
 */
holidays: Array<string>, };

export type AskedField = { label: string, 
/**
 * A kind of field in a form: `text`, `choice`, `number`, `date`, `email`, `tel`, `url`.
 */
type: string, 
/**
 * What can be chosen: ids, each with its label.
 */
options: Array<[string, string]>, 
/**
 * Is it missed, if it is empty at the end?
 */
required: boolean, 
/**
 * Was it asked for? At first it is, if no step wants to know it; then the player notes the steps that were shown.
 */
asked: boolean, };

export type Caller = { name: string, 
/**
 * For the CRM alone: where none hears of calls, it isn't here.
 */
email: string | null, };

export type CallScore = { 
/**
 * The `key` of the script whose answers count.
 */
key: string, label: string, 
/**
 * The lowest first; `from` is `null` for everything below the next.
 */
bands: Array<CallBand>, };

export type CallBand = { id: string, label: string, from: number | null, };

export type AnswerCondition = { 
/**
 * A field; `null` for the score.
 */
field: string | null, 
/**
 * `is`, `not`, `over`, `under`, `least`, `most`, `known`, `unknown`; `otherwise` if no other condition of the step is true.
 */
test: string, 
/**
 * The id of an option or a band, or a number.
 */
value: string, };
