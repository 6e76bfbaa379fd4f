// Written by a test of the program, after the types in it.

import type { MailPlaceholder, MailTemplate, Sender } from "../../mails/client/config";

export type Touch = { id: string, day: number, 
/**
 * `call`, `email`, `linkedin`, `text` or `task`.
 */
kind: string, 
/**
 * `09:00`; empty for any time of the day.
 */
time: string, title: string, 
/**
 * What is sent; empty where it is no message.
 */
message: string, notes: string, 
/**
 * URL of the script of a call; empty where there is none.
 */
script: string, 
/**
 * The template of an email.
 */
mail: MailTemplate | null, };

export type CadencePlan = { 
/**
 * Its path in `content/` without the ending: the same in all languages.
 */
key: string, lang: string, title: string, url: string, 
/**
 * Which days it counts: `workdays` or `calendar`.
 */
count: string, placeholders: Array<MailPlaceholder>, touches: Array<Touch>, };

export type TodayConfig = { version: number, 
/**
 * The language of the page, and the locale of its dates.
 */
lang: string, locale: string, 
/**
 * Where the site for everybody is: addresses there say who shares them.
 */
public: string, 
/**
 * Those who may be the one that writes, by the ids that the share kit remembers.
 */
reps: { [key in string]: Sender }, 
/**
 * Days of the week on which the team works: 1 for Monday to 7 for Sunday.
 */
workdays: Array<number>, 
/**
 * Days off: `2027-03-26`, or `12-25` for every year.
 */
holidays: Array<string>, 
/**
 * The plans of all languages, those of the page's own first.
 */
cadences: Array<CadencePlan>, };
