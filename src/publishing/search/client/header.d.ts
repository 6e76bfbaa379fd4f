// Written by a test of the program, after the types in it.

export type Header = { 
/**
 * The version of the format: [`VERSION`].
 */
version: number, 
/**
 * The code of the language.
 */
lang: string, 
/**
 * The number of pages, or of objections in an index of these.
 */
pages: number, 
/**
 * The number of documents that pages are cut into.
 */
documents: number, 
/**
 * How much titles and headings count.
 */
boosts: Boosts, 
/**
 * The names of kinds, which facets have as indexes of this list.
 */
kinds: Array<string>, 
/**
 * The words that the analysis leaves out.
 */
stop: Array<string>, 
/**
 * Whether words are looked for inside others.
 */
inside?: boolean, 
/**
 * The names of the shards of the dictionary.
 */
shards: ShardNames, 
/**
 * The names of the blocks of the store.
 */
store: StoreNames, 
/**
 * The hash of the file of facets; `None` where there are none, or they are in the entry.
 */
facets?: string, 
/**
 * The sizes of what follows, on a small site.
 */
inline?: Inline, };

export type Boosts = { 
/**
 * How many times the text a page's title counts.
 */
title: number, 
/**
 * How many times the text a heading counts.
 */
heading: number, };

export type ShardNames = { 
/**
 * The folded beginning of each shard, in order.
 */
from: Array<string>, 
/**
 * The hashes, each of [`TOGETHER`] shards.
 */
files: Array<string>, };

export type StoreNames = { 
/**
 * How many pages a block has.
 */
pages: number, 
/**
 * The hashes, each of [`TOGETHER`] blocks.
 */
files: Array<string>, };

export type Inline = { 
/**
 * The size of each shard.
 */
shards: Array<number>, 
/**
 * Of each block of the store.
 */
store: Array<number>, 
/**
 * Of the facets; 0 where there are none.
 */
facets: number, };
