#!/usr/bin/env node
// The command's entry in a clone too, where what it starts is built by `npm ci`, unless scripts are ignored.
const { existsSync } = require('node:fs');
const path = require('node:path');

const command = path.join(__dirname, '../dist/bin/eu-residency.js');
if (existsSync(command)) require(command);
else {
  console.error("eu-residency isn't built; run: npm ci (or, if npm ignores scripts, npm run build)");
  process.exitCode = 1;
}
