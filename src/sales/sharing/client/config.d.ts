// Written by a test of the program, after the types in it.

export type CardColors = { 
/**
 * The colour of the paper.
 */
paper: string, 
/**
 * The colour of the title and other texts.
 */
ink: string, 
/**
 * The colour of lines and numbers.
 */
accent: string, 
/**
 * The colour of what matters less.
 */
muted: string, };

export type ShareImage = { 
/**
 * Its URL, in the edition that the kit is in.
 */
src: string, 
/**
 * Its width in pixels.
 */
width: number, 
/**
 * Its height in pixels.
 */
height: number, 
/**
 * What a rep's name and number are written in.
 */
colors: CardColors, };

export type ShareConfig = { version: number, 
/**
 * The path of the list of reps.
 */
reps: string | null, 
/**
 * What others see of the page.
 */
image: ShareImage | null, 
/**
 * The page's address in the public edition, absolute and without anybody's name.
 */
link: string, 
/**
 * What follows it to open the gate: `#unlock=…`.
 */
unlock: string | null, 
/**
 * The page's title, as plain text.
 */
title: string, 
/**
 * What it is about; empty where nothing says so.
 */
description: string, 
/**
 * Its key takeaways, an item each, as plain text; empty if it has none.
 */
takeaways: Array<string>, 
/**
 * The name of the organization that publishes it, otherwise the site's title.
 */
organization: string, };
