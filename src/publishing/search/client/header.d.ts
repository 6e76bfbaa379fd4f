// Written by a test of the program, after the types in it.

export type Header = { 
/**
 * [`VERSION`].
 */
version: number, 
/**
 * The language's code.
 */
lang: string, 
/**
 * The number of pages.
 */
pages: number, 
/**
 * The number of documents.
 */
documents: number, 
/**
 * What titles count.
 */
boosts: Boosts, 
/**
 * The names of kinds.
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
 * The dictionary.
 */
shards: ShardNames, 
/**
 * The texts of results.
 */
store: StoreNames, 
/**
 * The file of facets.
 */
facets?: string, 
/**
 * The sizes of what follows, on a small site.
 */
inline?: Inline, };

export type Boosts = { 
/**
 * A page's title.
 */
title: number, 
/**
 * A heading.
 */
heading: number, };

export type ShardNames = { 
/**
 * The folded beginnings.
 */
from: Array<string>, 
/**
 * The hashes, each of [`TOGETHER`] shards.
 */
files: Array<string>, };

export type StoreNames = { 
/**
 * Pages in a block.
 */
pages: number, 
/**
 * The hashes, each of [`TOGETHER`] blocks.
 */
files: Array<string>, };

export type Inline = { 
/**
 * Of each shard.
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
