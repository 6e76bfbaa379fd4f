// Written by a test of the program, after the types in it.

export type Photo = { 
/**
 * Its URL from the site's root, with the folder that the site is in.
 */
src: string, 
/**
 * Its width in pixels, where it is known.
 */
width: number | null, 
/**
 * Its height in pixels, where it is known.
 */
height: number | null, };

export type Rep = { 
/**
 * Their name: the title of their page.
 */
name: string, 
/**
 * Their role, as their front matter has it.
 */
role: string | null, 
/**
 * URL of their page.
 */
url: string, 
/**
 * Their photo, cut to a square; `None` if they have none.
 */
photo: Photo | null, 
/**
 * The first letters of two names, where there is no photo.
 */
initials: string, 
/**
 * Their number as it is written.
 */
phone: string | null, 
/**
 * The same as the target of a link.
 */
tel: string | null, 
/**
 * Their email address; `None` if they give none.
 */
email: string | null, 
/**
 * Where a meeting with them can be booked.
 */
booking: string | null, };

export type CardWords = { label: string, ring: string, write: string, book: string, close: string, };

export type Reps = { version: number, words: CardWords, reps: { [key in string]: Rep }, };
