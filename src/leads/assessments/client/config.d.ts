// Written by a test of the program, after the types in it.

export type AssessmentLevel = { id: string, from: number, to: number, title: string, };

export type AssessmentDimension = { id: string, title: string, weight: number, };

export type AssessmentQuestion = { id: string, 
/**
 * Five letters and digits for all that decides what an answer means: links and this device name it so.
 */
print: string, 
/**
 * `one`, `several`, `number` or `text`.
 */
kind: string, 
/**
 * The dimension's index; `null` where nobody scores it.
 */
dimension: number | null, weight: number, skip: boolean, points: Array<number>, 
/**
 * Of a number: what is worth nothing, and what is worth all.
 */
range: [number, number] | null, };

export type AssessmentBenchmark = { title: string, overall: number | null, scores: Array<number | null>, };

export type AssessmentConfig = { version: number, id: string, 
/**
 * The locale of the page's numbers.
 */
locale: string, 
/**
 * Which questions these are, as the author says.
 */
questions_version: string, 
/**
 * Whether the result waits for the form.
 */
waits_for_form: boolean, strength_from: number, gap_below: number, levels: Array<AssessmentLevel>, dimensions: Array<AssessmentDimension>, questions: Array<AssessmentQuestion>, benchmarks: Array<AssessmentBenchmark>, };
