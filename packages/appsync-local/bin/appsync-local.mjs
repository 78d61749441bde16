#!/usr/bin/env node
/** The command `appsync-local`. The package has its bundle in `dist/`; the repository makes one of its sources when they have changed. */
import { existsSync, readFileSync } from 'node:fs';
import module from 'node:module';
import { pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';

/** What the first word may be; without one of these the server starts. */
const COMMANDS = new Set(['start', 'token', 'check', 'evaluate', 'trace', 'logs', 'data']);

const command = COMMANDS.has(process.argv[2]) ? process.argv.splice(2, 1)[0] : 'start';
if (command === 'start' && process.argv.includes('--version')) {
  console.log(JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version);
  process.exit();
}

const ofSources = new URL('../build/bundle.mjs', import.meta.url);
const bundle = existsSync(ofSources)
  ? pathToFileURL(`${await (await import(ofSources)).bundleOfSources((line) => console.error(line))}/`)
  : new URL('../dist/', import.meta.url);

// V8 optimizes much that has soon done its work: with six times its budget the type check of 29 code units took 1.2 s of CPU rather than 1.9,
// and the CDK app 1.2 rather than 1.3 (measured 2026-11-30). Node.js 20 alone: later ones have a cheap compiler between. A server that is ready
// takes it back (cli/start.ts).
if (process.versions.node.startsWith('20.')) {
  setFlagsFromString('--interrupt-budget=400000');
}
// Node.js 22.1 and later keep what V8 made of packages for the next start.
module.enableCompileCache?.();
await import(new URL(`${command}.js`, bundle));
