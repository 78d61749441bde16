import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fromRoot } from '../../infra/paths.ts';
import { type Ended, run, templateIn } from './harness/program.ts';
import { synthesize } from './harness/synthesized.ts';

/*
 * What the CDK CLI makes of the app, and what it refuses.
 */

const directory = mkdtempSync(join(tmpdir(), 'cdk-cli-'));
afterAll(() => rmSync(directory, { recursive: true }));

describe('synthesized by the CDK CLI', () => {
  const outdir = join(directory, 'cli');
  let ended: Ended;

  beforeAll(async () => {
    const cdk = fromRoot('node_modules/aws-cdk/bin/cdk');
    ended = await run([cdk, 'synth', '--quiet', '--strict', '--output', outdir], {
      CDK_DISABLE_CLI_TELEMETRY: 'true',
      CDK_DISABLE_VERSION_CHECK: 'true',
    });
  });

  test('passes cdk-nag and the validation of the template, without a warning', () => {
    expect(ended).toEqual({ code: 0, stdout: '', stderr: '' });
    const { pluginReports } = JSON.parse(readFileSync(join(outdir, 'validation-report.json'), 'utf8'));
    expect(pluginReports.map((report: { pluginName: string }) => report.pluginName)).toContain(
      'AwsSolutions',
    );
  });

  test('makes the same template but for metadata', () => {
    const cli = JSON.parse(templateIn(outdir)) as { Resources: Record<string, { Metadata?: unknown }> };
    for (const resource of Object.values(cli.Resources)) {
      delete resource.Metadata;
    }

    expect(cli).toEqual(JSON.parse(templateIn(synthesize().outdir)));
  });
});

/** Both check the code of resolvers and run cdk-nag, because `infra/app.ts` does unless it is told not to. */
test.each([
  ['synth', []],
  ['deploy', ['--against', 'any.json', '--require-approval', 'never']],
])('npm run %s refuses an app with a warning', async (script, more) => {
  const { scripts } = JSON.parse(readFileSync(fromRoot('package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const [program, ...args] = scripts[script]!.split(' ');
  const app = join(directory, 'doubtful.mjs');
  writeFileSync(app, DOUBTFUL);
  const any = join(directory, 'any.json');
  writeFileSync(any, '{"Resources": {}}');

  const { code, stdout, stderr } = await run(
    [
      ...(program === 'cdk' ? [fromRoot('node_modules/aws-cdk/bin/cdk')] : []),
      ...args,
      ...more.map((argument) => argument.replace('any.json', any)),
      ...['--app', `node ${app}`, '--output', join(directory, `doubtful-${script}`)],
    ],
    { CDK_DISABLE_CLI_TELEMETRY: 'true', CDK_DISABLE_VERSION_CHECK: 'true' },
  );

  expect(code).toBe(1);
  expect(`${stdout}${stderr}`).toContain('--strict mode');
});

const DOUBTFUL = `
  import { createRequire } from 'node:module';
  const { Annotations, App, Stack } = createRequire(${JSON.stringify(fromRoot('package.json'))})('aws-cdk-lib');
  const app = new App({ builtinCloudFormationValidation: false });
  Annotations.of(new Stack(app, 'Doubtful')).addWarningV2('doubtful', 'is this right?');
  app.synth();
`;
