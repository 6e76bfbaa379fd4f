// Written by a test of the program, after the types in it.

export type ConsentConfig = { 
/**
 * Of what is asked for: another service makes it another, and then visitors are asked again.
 */
version: string, 
/**
 * The language of the words.
 */
lang: string, 
/**
 * SHA-256 of the words that ask, for receipts.
 */
text_sha256: string, 
/**
 * Where a yes is told, if the site has a webhook for it.
 */
receipts: string | null, services: Array<ServiceConfig>, 
/**
 * When somebody answers the chat; `null` is always.
 */
desk: DeskConfig | null, };

export type ServiceConfig = { 
/**
 * What it is called in `ringback.yaml`; of an own script `script:` and its name.
 */
name: string, id: string, 
/**
 * Its server, where it can have different ones.
 */
host: string | null, region: string | null, 
/**
 * `needed`, `statistics`, `marketing` or `chat`.
 */
purpose: string, 
/**
 * Is it loaded only after a yes?
 */
asks: boolean, 
/**
 * What it leaves with the site; `*` at the end is any ending.
 */
cookies: Array<string>, 
/**
 * The URL of an own script.
 */
src: string | null, attributes: { [key in string]: string }, };

export type DeskConfig = { 
/**
 * How days and times are written: `en-GB`.
 */
locale: string, 
/**
 * The time zone of the hours.
 */
zone: string, 
/**
 * Of each day, Monday first, from when until when, in minutes after midnight.
 */
week: Array<Array<[number, number]>>, 
/**
 * Days on which it is closed: `2026-05-15`, and `12-24` in every year.
 */
holidays: Array<string>, };
