import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { fromRoot } from '../../infra/paths.ts';
import { STAGE } from '../../infra/stage-settings.ts';
import { run, templateIn } from './harness/program.ts';
import { synthesize } from './harness/synthesized.ts';

/*
 * `npm run deploy` and `npm run diff` as programs, with an assembly that is there, and a file in place of the deployed stack.
 */

const directory = mkdtempSync(join(tmpdir(), 'deploy-'));
afterAll(() => rmSync(directory, { recursive: true }));

const { outdir } = synthesize();
const lacking = join(directory, 'deployed.json');
writeFileSync(
  lacking,
  templateIn(outdir).replace('getItem(id: ID!): Item', 'getItem(id: ID!): Item\\n  gone: String'),
);

// part: transfer
const items = join(directory, 'items.jsonl');
writeFileSync(
  items,
  '{"id":"pen-1","kind":"product","payload":{"name":"Pen"}}\n{"id":"desk-1","payload":1}\n',
);
// end: transfer

const { scripts } = JSON.parse(readFileSync(fromRoot('package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};

/** Without credentials, and where none can be found. */
const NOBODY = {
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  AWS_EC2_METADATA_DISABLED: 'true',
  CDK_DISABLE_CLI_TELEMETRY: 'true',
  CDK_DISABLE_VERSION_CHECK: 'true',
};

/** A test has no terminal. */
const ASKED_NOBODY = ['--require-approval', 'never'];

const npmRun = (script: string, ...args: string[]) =>
  run([...scripts[script]!.split(' ').slice(1), ...args], NOBODY);

describe('npm run deploy', () => {
  test('refuses what would break clients and stored items, before AWS is asked for anything', async () => {
    const { code, stderr } = await npmRun(
      'deploy',
      ...ASKED_NOBODY,
      ...['--app', outdir, '--against', lacking],
      ...['--items', items], // part: transfer
    );

    expect(code).toBe(1);
    expect(stderr).toContain('appsync-items-dev: refused, because this would be lost or broken:');
    expect(stderr).toContain(
      "schema:Query.gone\n    Field 'gone' was removed from object type 'Query'.\n    Instead: ",
    );
    expect(stderr).toContain('If this is intended: --allow schema:Query.gone');
    // part: transfer
    expect(stderr).toMatch(
      /kind:product\n +1 of 1 stored items of kind product break its rules.*line 1: .*\/payload\/sku/,
    );
    // end: transfer
  });

  test('goes on with what is allowed, and says which permission is not needed', async () => {
    const { code, stderr } = await npmRun(
      'deploy',
      ...ASKED_NOBODY,
      ...['--app', outdir, '--against', lacking, '--allow', 'schema:Query.gone,stream:Other'],
    );

    expect(stderr).toContain('schema:Query.gone is allowed');
    expect(stderr).toContain('--allow stream:Other is not needed: there is no such loss.');
    expect(stderr).toContain('Unable to resolve AWS account'); // says the CDK CLI, whose turn it is
    expect(code).toBe(1);
  });

  test('says before the synth that there are no credentials', async () => {
    const { code, stdout, stderr } = await npmRun('deploy', ...ASKED_NOBODY);

    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr.split('\n')).toEqual([
      expect.stringMatching(/^AWS accepts no credentials from here, in .*Sign in.*--against FILE/),
    ]);
  });

  test.each([
    [['-c', 'satge=prod'], /^-c satge=prod: there is no such setting\. Did you mean stage\?/],
    [['--stage', 'prd'], new RegExp(`^-c stage=prd: use ${STAGE.takes}$`)],
    [[], /^there is no terminal here to ask .*: pass --require-approval never/],
  ])('says before the synth, in one line, what is wrong with %j', async (args, line) => {
    const { code, stdout, stderr } = await npmRun('deploy', ...args);

    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr.split('\n')).toEqual([expect.stringMatching(line)]);
  });
});

test('npm run diff shows the difference and what is lost, and fails', async () => {
  const { code, stdout, stderr } = await npmRun('diff', '--app', outdir, '--against', lacking);

  expect(code).toBe(1);
  expect(`${stdout}${stderr}`).toContain('AWS::AppSync::GraphQLSchema');
  expect(stderr).toContain('If this is intended: --allow schema:Query.gone');
});
