// Written by a test of the program, after the types in it.

export type ShareConfig = { version: number, 
/**
 * The path of the list of reps.
 */
reps: string | null, 
/**
 * The page's public address.
 */
link: string, 
/**
 * What follows it to open the gate: `#unlock=…`.
 */
unlock: string | null, 
/**
 * Its title.
 */
title: string, 
/**
 * What it is about; empty where nothing says so.
 */
description: string, 
/**
 * What readers should remember.
 */
takeaways: Array<string>, 
/**
 * Who publishes it.
 */
organization: string, };
