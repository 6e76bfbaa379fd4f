// Written by a test of the program, after the types in it.

export type SurveyTitled = { id: string, 
/**
 * Empty for a group whose words are the theme's.
 */
title: string, };

export type SurveyQuestion = { id: string, 
/**
 * Five letters and digits for all that decides what an answer means: codes and this device name it so.
 */
print: string, 
/**
 * What is asked, of somebody else and of the person themselves.
 */
text: string, own: string, theme: number | null, weight: number, 
/**
 * What each answer is worth; empty for words.
 */
points: Array<number>, };

export type SurveyConfig = { version: number, id: string, 
/**
 * `360` or `visit`.
 */
kind: string, 
/**
 * The locale of the page's numbers and dates.
 */
locale: string, 
/**
 * Which questions these are, as the author says.
 */
questions_version: string, 
/**
 * To whom codes are mailed.
 */
email: string | null, 
/**
 * From which share of the scale on a gap is a blind spot, in percent.
 */
blind_spot: number, 
/**
 * Who can rate a person, the person themselves first; empty but for surveys about people.
 */
groups: Array<SurveyTitled>, 
/**
 * The places that can be visited; empty but for surveys of visits.
 */
places: Array<SurveyTitled>, themes: Array<SurveyTitled>, questions: Array<SurveyQuestion>, };
