// Written by a test of the program, after the types in it.

export type Photo = { 
/**
 * Its URL.
 */
src: string, 
/**
 * Its width in pixels, where it is known.
 */
width: number | null, 
/**
 * Its height.
 */
height: number | null, };

export type Rep = { 
/**
 * Their name.
 */
name: string, 
/**
 * What they do.
 */
role: string | null, 
/**
 * Their page.
 */
url: string, 
/**
 * Their picture.
 */
photo: Photo | null, 
/**
 * What stands in its place.
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
 * Their address.
 */
email: string | null, 
/**
 * Where a meeting with them can be booked.
 */
booking: string | null, };

export type CardWords = { label: string, ring: string, write: string, book: string, close: string, };

export type Reps = { version: number, words: CardWords, reps: { [key in string]: Rep }, };
