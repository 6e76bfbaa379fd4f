// Written by a test of the program, after the types in it.

export type CalculatorInput = { id: string, default: number, min: number, max: number, };

export type CalculatorAssumption = { id: string, low: number, high: number, };

export type CalculatorResult = { id: string, decimals: number, step: boolean, unit: string, 
/**
 * The formula: a number, a name, or a list of what is done and its parts.
 */
formula: import("./formula").Formula, };

export type CalculatorChart = { result: string, years: number, };

export type CalculatorConfig = { version: number, id: string, 
/**
 * The locale of the page's numbers.
 */
locale: string, inputs: Array<CalculatorInput>, assumptions: Array<CalculatorAssumption>, 
/**
 * In an order in which each needs only those before it.
 */
results: Array<CalculatorResult>, chart: CalculatorChart | null, };
