// Written by a test of the program, after the types in it.

export type CardColors = { 
/**
 * Of the paper.
 */
paper: string, 
/**
 * Of texts.
 */
ink: string, 
/**
 * Of lines and numbers.
 */
accent: string, 
/**
 * Of what matters less.
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
 * Its height.
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
