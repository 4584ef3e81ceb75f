#!/usr/bin/env node
// Starts the bundle, or says in one sentence that this Node is too old to read it.
const [major, minor] = process.versions.node.split('.').map(Number);

if (major > 20 || (major === 20 && minor >= 19)) require('../dist/cli.cjs');
else {
  console.error(`create-shipshape needs Node 20.19 or newer, and this is Node ${process.versions.node}.`);
  console.error('Install a newer one from https://nodejs.org, then run the same line again.');
  process.exitCode = 2;
}
