import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { fromRoot } from '../../infra/paths.ts';

/*
 * What actionlint does not ask of the workflows.
 */

interface Step {
  run?: string;
  uses?: string;
  with?: Record<string, unknown>;
}

interface Job {
  environment?: string;
  permissions?: Record<string, string>;
  steps: Step[];
}

interface Workflow {
  on: Record<string, unknown>;
  permissions: Record<string, string>;
  jobs: Record<string, Job>;
}

const FOLDER = '.github/workflows';
const workflows = readdirSync(fromRoot(FOLDER)).map((file): [string, Workflow] => [
  file,
  parse(readFileSync(fromRoot(`${FOLDER}/${file}`), 'utf8'), { merge: true }) as Workflow,
]);
const { scripts } = JSON.parse(readFileSync(fromRoot('package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};

describe.each(workflows)('%s', (_, { on, permissions, jobs }) => {
  const steps = Object.values(jobs).flatMap((job) => job.steps);
  const granted = Object.entries(jobs).map(([name, job]): [string, Job, Record<string, string>] => [
    name,
    job,
    job.permissions ?? permissions,
  ]);

  test('runs no code of a pull request with the rights of the base', () => {
    expect(Object.keys(on)).not.toEqual(expect.arrayContaining(['pull_request_target']));
    expect(Object.keys(on)).not.toEqual(expect.arrayContaining(['workflow_run']));
  });

  test('gives no text to a shell but in variables', () => {
    expect(steps.filter(({ run }) => run?.includes('${{'))).toEqual([]);
  });

  test('grants writing to jobs alone: comments to one that checks nothing out, tokens to those of environments', () => {
    expect(Object.values(permissions).filter((right) => right !== 'read')).toEqual([]);
    for (const [name, { environment, steps: own }, rights] of granted) {
      const writes = Object.keys(rights).filter((right) => rights[right] !== 'read');
      const checksOut = own.some(({ uses }) => uses?.startsWith('actions/checkout@'));
      expect([name, writes]).toEqual([
        name,
        environment !== undefined ? ['id-token'] : checksOut ? [] : ['pull-requests'],
      ]);
    }
  });

  test('runs scripts that there are', () => {
    const named = steps.flatMap(({ run = '' }) => [...run.matchAll(/npm run (?:-s )?([\w:-]+)/g)]);

    expect(named.map(([, script]) => script!).filter((script) => !(script in scripts))).toEqual([]);
  });
});
