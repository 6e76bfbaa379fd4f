// Written by a test of the program, after the types in it.

export type Received = { 
/**
 * Counts from 1, for each run.
 */
number: number, 
/**
 * How often it came: what has the id of something that is there is the same.
 */
times: number, 
/**
 * When it came, in UTC as RFC 3339 has it.
 */
at: string, 
/**
 * The webhook that it was for.
 */
hook: string, 
/**
 * The kind of that webhook, if the site has it.
 */
hook_kind: string | null, 
/**
 * `lead.submitted`, `call.outcome`; empty for what is no JSON with a type.
 */
what: string, 
/**
 * What was sent, to the letter.
 */
body: string, 
/**
 * Its type, as the browser says.
 */
content_type: string, 
/**
 * What it was answered with, in words.
 */
answered: string, 
/**
 * Why a relay wouldn't take it, where it wouldn't.
 */
refused: string | null, 
/**
 * What each kind of webhook would have got.
 */
kinds: Array<WebhookPreview>, 
/**
 * The link that the mail of a gate with `key: email` would hold.
 */
mail_link: string | null, };

export type WebhookPreview = { 
/**
 * The kind of webhook, as the configuration has it.
 */
kind: string, 
/**
 * Is it the kind that the webhook has?
 */
is_own: boolean, 
/**
 * Where it would go, if it has this kind.
 */
url: string | null, 
/**
 * The media type of the body.
 */
content_type: string, 
/**
 * The body that it would be sent.
 */
body: string, };
