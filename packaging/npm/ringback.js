#!/usr/bin/env node
// Runs the program that was installed for this machine, as if it had been called itself.
"use strict";

const { spawn } = require("node:child_process");
const { constants } = require("node:os");

const machine = `${process.platform}-${process.arch}`;
const file = process.platform === "win32" ? "ringback.exe" : "ringback";

let program;
try {
  program = require.resolve(`@ringback/${machine}/bin/${file}`);
} catch {
  console.error(`ringback: there is no program for ${machine} here.

If npm was told to leave out optional dependencies, or the folder node_modules comes from another machine,
install again on this one: npm install --include=optional
Otherwise, see the other ways to install ringback: docs/content/getting-started.md`);
  process.exit(1);
}

const child = spawn(program, process.argv.slice(2), { stdio: "inherit" });
// A terminal tells both; a process manager only this one.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
child.on("error", ({ message }) => {
  console.error(`ringback: ${program} can't be run: ${message}`);
  process.exit(1);
});
child.on("exit", (status, signal) => process.exit(status ?? 128 + constants.signals[signal]));
