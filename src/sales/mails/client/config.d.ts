// Written by a test of the program, after the types in it.

export type MailPlaceholder = { name: string, label: string, options: Array<string>, 
/**
 * What it could be; empty where nothing says so.
 */
example: string, 
/**
 * What it is until somebody fills it in; empty for nothing.
 */
default: string, };

export type Sender = { name: string, phone: string, email: string, };

export type MailTemplate = { 
/**
 * Its path in `content/` without the ending: the same in all languages.
 */
key: string, 
/**
 * What the team calls it.
 */
title: string, url: string, 
/**
 * The id of its stage; empty where it has none.
 */
stage: string, subject: string, text: string, placeholders: Array<MailPlaceholder>, };

export type MailList = { version: number, 
/**
 * Where the site for everybody is: addresses there say who shares them.
 */
public: string, 
/**
 * Those who may be the one that writes, by the ids that the share kit remembers.
 */
reps: { [key in string]: Sender }, 
/**
 * The emails that can be sent in this language, in the order of their titles.
 */
mails: Array<MailTemplate>, };
