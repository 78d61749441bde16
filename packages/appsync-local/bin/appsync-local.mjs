#!/usr/bin/env node
/** The command `appsync-local`. A package has its bundle in `dist/`; the repository makes one of its sources when they have changed. */
import { existsSync } from 'node:fs';
import module from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** What the first word may be, and the module that does it; without one the server starts. */
const COMMANDS = { start: 'cli', token: 'token', check: 'check-code' };

const packaged = fileURLToPath(new URL('../dist', import.meta.url));
const bundle = existsSync(packaged)
  ? packaged
  : await (await import('../build/bundle.mjs')).bundleOfSources();

// Node.js 22.1 and later keep what V8 made of the bundle for the next start.
module.enableCompileCache?.();
const named = Object.hasOwn(COMMANDS, process.argv[2] ?? '') ? process.argv.splice(2, 1)[0] : 'start';
await import(pathToFileURL(join(bundle, `${COMMANDS[named]}.js`)).href);
