import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { type ApiClient, createApiClient } from '../../harness/client.ts';
import { portTarget } from '../../harness/port-target.ts';
import type { ApiTarget } from '../../harness/target.ts';
import { refusalOf } from '../../server/harness/command.ts';

/** A new directory, removed when the test file ends. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'apps-'));
  afterAll(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/**
 * Runs somebody's CDK app as the CDK CLI does, which tells it where to write by CDK_OUTDIR.
 * @param run imports the app's entry file; it can be run once in a test file, as modules are
 */
export async function synthesize(run: () => Promise<unknown>): Promise<string> {
  const outdir = join(temporaryDirectory(), 'cdk.out');
  // Validation takes most of the time, and its findings are for who deploys.
  Object.assign(process.env, { CDK_OUTDIR: outdir, CDK_VALIDATION: 'false' });
  await run();
  return outdir;
}

interface RunningApp extends ApiClient {
  target: ApiTarget;
}

/** Starts `npm start -- …` before the tests and stops it after them. @param options such as `--app DIR`, known by then */
export function serve(options: () => string[]): RunningApp {
  const app = {} as RunningApp;
  beforeAll(async () => {
    const target = await portTarget(...options());
    Object.assign(app, createApiClient(target), { target });
  });
  afterAll(() => app.target?.close());
  return app;
}

/** Titles of the APIs of an assembly, as the refusal to choose one of several lists them for `--api`. */
export async function listedApis(assembly: string): Promise<string[]> {
  const reason = await refusalOf(['--memory', '--port', '0', '--app', assembly]);
  const [, list] =
    /^the cloud assembly has \d+ GraphQL APIs: (.*); choose one with --api$/.exec(reason) ?? [];
  if (list === undefined) {
    throw new Error(`expected a choice of APIs, got: ${reason}`);
  }
  return list.split(', ').map((title) => title.replaceAll("'", ''));
}
