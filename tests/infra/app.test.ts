import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../../infra/paths.ts';
import { bundleResolvers } from '../../infra/resolver-bundles.ts';
import { STAGE } from '../../infra/stage-settings.ts';
import { type Ended, run, templateIn } from './harness/program.ts';
import { synthesize } from './harness/synthesized.ts';

/*
 * The app as a program: what `npm start` and this process make of the same sources. The CDK CLI: cdk-cli.test.ts.
 */

const directory = mkdtempSync(join(tmpdir(), 'app-'));
afterAll(() => rmSync(directory, { recursive: true }));

/** A module hook that fails the program when it imports this package. */
function forbid(name: string): string[] {
  const hook = `export const resolve = (name, context, next) => {
    if (name === '${name}') throw new Error('${name} was imported');
    return next(name, context);
  }`;
  const url = `data:text/javascript,${encodeURIComponent(hook)}`;
  const boot = `import { register } from 'node:module'; register(${JSON.stringify(url)});`;
  // `registerHooks` takes its place since Node.js 22; the oldest Node.js that is supported lacks it.
  const quiet = '--disable-warning=DEP0205';
  return [quiet, '--import', `data:text/javascript,${encodeURIComponent(boot)}`];
}

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
    expect(functions).not.toEqual([]); // part: validated-items
    expect(files.filter((file) => file.endsWith('.map'))).toHaveLength(
      bundleResolvers().size + functions.length,
    );
    expect(found).toEqual([]);
  });
});

test('a mistake in the context ends it with one line and exit code 1, and no assembly', async () => {
  const outdir = join(directory, 'mistake');
  const ended = await run(['--import', 'tsx', 'infra/app.ts'], {
    CDK_OUTDIR: outdir,
    CDK_CONTEXT_JSON: JSON.stringify({ stage: 'production' }),
  });

  expect(ended).toEqual({ code: 1, stdout: '', stderr: `-c stage=production: use ${STAGE.takes}` });
  expect(readdirSync(outdir)).not.toContain('manifest.json');
});
