import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { type Grant, unusedGrants } from './grants.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where each server leaves which grants its requests needed. */
    grantsDirectory?: string;
  }
}

/**
 * Fails the run when a role of ours may do what no test of the contract needs. A grant that is missing fails a test by itself, because the
 * local server refuses what AWS would. Only a whole run that has passed can tell.
 */
export function setup(project: TestProject): () => Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'grants-'));
  project.provide('grantsDirectory', directory);
  return async () => {
    try {
      const unused = (await isWhole(project)) ? unusedGrants(readRuns(directory)) : [];
      if (unused.length > 0) {
        // Vitest prints what a teardown throws, and ends as if nothing had been wrong.
        console.error(explain(unused));
        process.exitCode = 1;
      }
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  };
}

const explain = (unused: string[]): string =>
  [
    'Grants that no test of tests/api needs:',
    ...unused.map((line) => `- ${line}`),
    'Take them out of infra/, where `allow` and the rows of lambda-sources.ts grant them, or test what needs them.',
  ].join('\n');

async function isWhole(project: TestProject): Promise<boolean> {
  const { testFiles } = await project.globTestFiles();
  const run = project.vitest.state.getTestModules().filter((module) => module.project === project);
  return (
    !project.config.testNamePattern && run.length === testFiles.length && run.every((module) => module.ok())
  );
}

const readRuns = (directory: string): Grant[][] =>
  readdirSync(directory).map((file) => JSON.parse(readFileSync(join(directory, file), 'utf8')) as Grant[]);
