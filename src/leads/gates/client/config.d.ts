// Written by a test of the program, after the types in it.

export type GateConfig = { version: number, gate: string, epoch: number, key: string, sealed: string, item: string, token: string | null, };
