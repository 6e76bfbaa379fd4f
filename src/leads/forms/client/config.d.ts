// Written by a test of the program, after the types in it.

export type LeadConfig = { version: number, form: string, 
/**
 * The gate that the form opens.
 */
gate: string | null, page: LeadPage, fields: Array<LeadField>, consent: Array<LeadConsent>, webhooks: Array<Hook>, attribution: string, 
/**
 * How else to reach a person.
 */
mail: string | null, phone: string | null, 
/**
 * The path of the page that the form's `thank_you` leads to. At a gate and in an assessment visitors stay, with what it
 * opens.
 */
follow_up: string | null, 
/**
 * The path of the list of free mail services, where a field refuses them.
 */
free_mail: string | null, };

export type LeadPage = { 
/**
 * Its absolute URL, as visitors of this edition see it.
 */
url: string, 
/**
 * Its title, as plain text.
 */
title: string, 
/**
 * The code of its language, such as `sv`.
 */
lang: string, 
/**
 * Its section by the folder: `insights`.
 */
section: string | null, 
/**
 * Its stage of the journey.
 */
stage: string | null, 
/**
 * The personas it is for.
 */
persona: Array<string>, 
/**
 * Of a series' page with parts to come, the series.
 */
series?: string, 
/**
 * And the part to come that comes first, unless the visitor has chosen another.
 */
part?: number, };

export type LeadField = { id: string, type: string, required: boolean, business_email: boolean, 
/**
 * How numbers are dialled in that country: its code, then how many digits they have, or 0.
 */
dial: string | null, min: string | null, max: string | null, min_length: number | null, max_length: number | null, };

export type LeadConsent = { id: string, required: boolean, version: string | null, lang: string, text_sha256: string, };

export type Hook = { id: string, kind: string, url: string, response: string, preflight: boolean, 
/**
 * Every field and consent that goes under another name there.
 */
map: { [key in string]: string }, add: { [key in string]: string }, portal: string | null, guid: string | null, subscriptions: { [key in string]: number }, oid: string | null, return: string | null, 
/**
 * What the form asks of browsers before they send to it.
 */
proof?: LeadProof, };

export type LeadProof = { 
/**
 * `work` or `turnstile`.
 */
kind: string, 
/**
 * Where there is something to work for.
 */
url?: string, 
/**
 * The site's key at Turnstile.
 */
key?: string, };

export type CallHook = { id: string, kind: string, url: string, response: string, preflight: boolean, map: { [key in string]: string }, add: { [key in string]: string }, };
