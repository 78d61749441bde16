import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { fromRoot } from '../../infra/paths.ts';

/*
 * What actionlint does not ask of the workflows.
 */

interface Step {
  name?: string;
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

describe('the comment on a pull request', () => {
  const folder = mkdtempSync(join(tmpdir(), 'comment-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const { run } = Object.fromEntries(workflows)['pull-request.yml']!.jobs['comment']!.steps.at(-1)!;

  /** The comment's text, with a program in the place of `gh`. */
  function comment(files: Record<string, string>): string {
    writeFileSync(join(folder, 'gh'), '#!/bin/sh\nexit 0\n', { mode: 0o755 });
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(join(folder, name, '..'), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    const path = `${folder}:${process.env.PATH}`;
    const env = { ...process.env, PATH: path, REPOSITORY: 'owner/name', NUMBER: '7' };
    const { status } = spawnSync('bash', ['-e', '-c', run!], { cwd: folder, env, encoding: 'utf8' });
    expect(status).toBe(0);
    return readFileSync(join(folder, 'comment.md'), 'utf8');
  }

  test('has what would be lost before a diff of any length, and fits', () => {
    const text = comment({
      'diff-dev/losses.txt': 'refused\nIf this is intended: --allow index:A.b',
      'diff-dev/diff.txt': 'line\n'.repeat(50_000),
      'diff-prod/losses.txt': 'x'.repeat(50_000),
      'diff-prod/diff.txt': 'y'.repeat(50_000),
    });

    const [before, after] = text.split('<details>');
    expect(before).toContain('    If this is intended: --allow index:A.b');
    expect(after).toContain('    line\n');
    expect(text.length).toBeLessThan(65_536);
  });

  test('shows what a program printed as text, whatever it is', () => {
    const text = comment({
      'diff-dev/losses.txt': 'a\r</details><img src=x>\r\n\n\u001b[31m# b\u001b[0m\n@team',
      'diff-dev/diff.txt': '</details>\r# c\n',
    });
    const printed = text.split('\n').filter((line) => /img|# b|# c|@team/.test(line));

    expect(text).not.toMatch(/[\r\u001b]/);
    expect(printed).toHaveLength(4);
    expect(printed.filter((line) => !line.startsWith('    '))).toEqual([]);
  });
});
