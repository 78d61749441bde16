import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fromRoot, root } from '../../infra/paths.ts';
import { bundleResolvers } from '../../infra/resolver-bundles.ts';
import { synthesize } from './harness/synthesized.ts';

/*
 * The app as a program: what `npm start`, the CDK CLI and this process make of the same sources.
 */

const directory = mkdtempSync(join(tmpdir(), 'app-'));
afterAll(() => rmSync(directory, { recursive: true }));

interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

const run = (args: string[], env: Record<string, string> = {}): Promise<Ended> =>
  new Promise((resolve) => {
    const { NODE_ENV: _, ...inherited } = process.env;
    const options = { cwd: root, env: { ...inherited, ...env } };
    execFile(process.execPath, args, options, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, stdout: stdout.trim(), stderr: stderr.trim() }),
    );
  });

/** A module hook that fails the program when it imports this package. */
function forbid(name: string): string[] {
  const hook = `export const resolve = (name, context, next) => {
    if (name === '${name}') throw new Error('${name} was imported');
    return next(name, context);
  }`;
  const url = `data:text/javascript,${encodeURIComponent(hook)}`;
  const boot = `import { register } from 'node:module'; register(${JSON.stringify(url)});`;
  return ['--import', `data:text/javascript,${encodeURIComponent(boot)}`];
}

const templateIn = (outdir: string): string => readFileSync(join(outdir, 'Items.template.json'), 'utf8');

describe('synthesized for npm start', () => {
  const outdir = join(directory, 'start');
  const temporary = join(directory, 'tmp');
  let ended: Ended;

  beforeAll(async () => {
    mkdirSync(temporary);
    ended = await run([...forbid('cdk-nag'), '--import', 'tsx', 'infra/app.ts'], {
      CDK_OUTDIR: outdir,
      CDK_VALIDATION: 'false',
      TMPDIR: temporary,
    });
  });

  test('says nothing and needs no cdk-nag', () => {
    expect(ended).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(readdirSync(outdir)).not.toContain('validation-report.json');
  });

  test('makes the very template that this process makes, in another directory', () => {
    expect(templateIn(outdir) === templateIn(synthesize().outdir)).toBe(true);
  });

  test('leaves nothing behind but the cache of tsx', () => {
    expect(readdirSync(temporary).filter((name) => !name.startsWith('tsx-'))).toEqual([]);
  });

  test('puts no path of this machine into template, assets or source maps', () => {
    const files = readdirSync(outdir, { recursive: true, encoding: 'utf8' }).filter((file) =>
      /^Items\.(template|assets)\.json$|\.m?js$|\.map$/.test(file),
    );
    const found = files.filter((file) => {
      const text = readFileSync(join(outdir, file), 'utf8');
      return [root, directory, tmpdir()].some((path) => text.includes(path));
    });

    expect(files).toEqual(expect.arrayContaining(['Items.template.json', 'Items.assets.json']));
    const functions = files.filter((file) => /^functions\b.*\bhandler\.js$/.test(file));
    expect(functions).not.toEqual([]);
    expect(files.filter((file) => file.endsWith('.map'))).toHaveLength(
      bundleResolvers().size + functions.length,
    );
    expect(found).toEqual([]);
  });
});

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
test.each(['synth', 'deploy'])('npm run %s refuses an app with a warning', async (script) => {
  const { scripts } = JSON.parse(readFileSync(fromRoot('package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const [program, ...args] = scripts[script]!.split(' ');
  const app = join(directory, 'doubtful.mjs');
  writeFileSync(app, DOUBTFUL);

  const { code, stdout, stderr } = await run(
    [
      join(fromRoot('node_modules/aws-cdk/bin'), program!),
      ...args,
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
  const app = new App();
  Annotations.of(new Stack(app, 'Doubtful')).addWarningV2('doubtful', 'is this right?');
  app.synth();
`;

test('a mistake in the context ends it with one line and exit code 1, and no assembly', async () => {
  const outdir = join(directory, 'mistake');
  const ended = await run(['--import', 'tsx', 'infra/app.ts'], {
    CDK_OUTDIR: outdir,
    CDK_CONTEXT_JSON: JSON.stringify({ stage: 'production' }),
  });

  expect(ended).toEqual({ code: 1, stdout: '', stderr: '-c stage=production: use one of dev, prod' });
  expect(readdirSync(outdir)).not.toContain('manifest.json');
});
