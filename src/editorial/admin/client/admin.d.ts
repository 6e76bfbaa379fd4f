// Written by a test of the program, after the types in it.

export type AdminData = { 
/**
 * Sveltia's script, beside the page.
 */
script: string, 
/**
 * Sveltia's configuration, in the shape that its documentation has.
 */
config: Record<string, unknown>, formats: Array<Format>, blocks: Array<Block>, words: Words, };

export type Format = { name: string, 
/**
 * `md`, or `yaml` for files that are nothing but keys.
 */
ending: string, fields: Array<AdminField>, 
/**
 * Fields that a new translation doesn't take from its original.
 */
own: Array<string>, };

export type AdminField = { name: string, kind: FieldKind, 
/**
 * The key that is meant where a text is written instead of keys; may be empty.
 */
short: string, fields: Array<AdminField>, };

export type FieldKind = "text" | "truth" | "number" | "texts" | "object" | "list" | "yaml";

export type Words = { 
/**
 * Says that Sveltia's script is missing, and what to do about it.
 */
missing: string, 
/**
 * What a block is written as.
 */
markdown: string, };

export type Block = { 
/**
 * What those who write call the block.
 */
label: string, 
/**
 * Its Markdown, to be filled in.
 */
text: string, };
