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
 * The locale of dates.
 */
locale: string, 
/**
 * What the placeholders are called.
 */
labels: { [key in string]: string }, 
/**
 * What they are until somebody fills them in.
 */
defaults: { [key in string]: string }, 
/**
 * What outcomes promise at a time, by their ids: `callback` or `meeting`.
 */
promised: { [key in string]: string }, 
/**
 * Names of those who ring, by the ids that the share kit remembers.
 */
reps: { [key in string]: string }, 
/**
 * Who hears of calls, as `deliver.js` posts to it.
 */
webhook: CallHook | null, };

export type CallPage = { url: string, title: string, lang: string, 
/**
 * Its path in `content/` without the ending: the same in all languages.
 */
key: string, };
