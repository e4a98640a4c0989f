#!/usr/bin/env node
// Runs the binary of this platform, which npm put beside this package. Nothing is downloaded, at installation or later.
"use strict";

const { spawnSync } = require("node:child_process");

const platform = `${process.platform}-${process.arch}`;
const name = process.platform === "win32" ? "coseal.exe" : "coseal";

let binary;
try {
  binary = require.resolve(`@coseal/${platform}/${name}`);
} catch {
  console.error(`coseal: there is no binary for ${platform}: install without --no-optional, or with cargo or pip`);
  process.exit(4);
}

const ended = spawnSync(binary, process.argv.slice(2), { stdio: "inherit" });
if (ended.error) {
  console.error(`coseal: failed to start the binary (${ended.error.code})`);
  process.exit(4);
}
if (ended.signal) process.kill(process.pid, ended.signal);
process.exit(ended.status ?? 70);
