import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { packageRoot } from './sources.mjs';

const require = createRequire(join(packageRoot, 'package.json'));

/** @returns where a package is installed */
export function packageFolder(name) {
  const found = require.resolve
    .paths(name)
    .map((place) => join(place, name))
    .find((folder) => existsSync(join(folder, 'package.json')));
  if (found === undefined) {
    throw new Error(`${name} is not installed: run npm ci`);
  }
  return found;
}

/**
 * @param paths files and folders of packages, in any order
 * @returns the licences of the packages that they belong to, each text once
 */
export function licencesOf(paths) {
  const folders = new Set(paths.flatMap((path) => ownerOf(path) ?? []));
  const byText = new Map();
  for (const folder of [...folders].sort()) {
    const text = licenceIn(folder);
    byText.set(text, [...(byText.get(text) ?? []), titleOf(folder)]);
  }
  return [...byText]
    .map(([text, titles]) => `${titles.join('\n')}\n\n${text}\n`)
    .join(`\n${'-'.repeat(80)}\n\n`);
}

/** Of a package within a package it is the inner one. */
const ownerOf = (path) => /^(.*[/\\]node_modules[/\\](?:@[^/\\]+[/\\])?[^/\\]+)/.exec(path)?.[1];

function titleOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return `${name} ${version}: ${license}`;
}

function licenceIn(folder) {
  const file = readdirSync(folder).find((one) => /^(licen[cs]e|copying)/i.test(one));
  return file === undefined ? '' : readFileSync(join(folder, file), 'utf8').trim();
}
