#!/usr/bin/env node
/** The command `appsync-local`. The package has its bundle in `dist/`; the repository makes one of its sources when they have changed. */
import { existsSync, readFileSync } from 'node:fs';
import module from 'node:module';
import { pathToFileURL } from 'node:url';

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

// Node.js 22.1 and later keep what V8 made of the bundle for the next start.
module.enableCompileCache?.();
await import(new URL(`${command}.js`, bundle));
