// Written by a test of the program, after the types in it.

export type DayPlaybook = { title: string, url: string, };

export type DayCases = { version: number, playbooks: Array<DayPlaybook>, };
