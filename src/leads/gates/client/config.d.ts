// Written by a test of the program, after the types in it.

export type GateConfig = { version: number, gate: string, key_version: number, key: string, sealed: string, item: string, token: string | null, };
