// Written by a test of the program, after the types in it.

import type { CallHook } from "../../../leads/forms/client/config";

export type DayCalls = { version: number, 
/**
 * Who hears of calls, as `deliver.js` posts to it.
 */
webhook: CallHook | null, };
