import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { assemblyOf } from '../../../src/start/app-assembly.ts';
import { projectRoot, refusalOf } from '../../server/harness/command.ts';

/** A new directory, removed when the test file ends. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'apps-'));
  afterAll(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** The cloud assembly of an app of the repository's examples/, which knows nothing of this package's sources. */
export async function assemblyOfExample(name: string): Promise<string> {
  const { directory } = await assemblyOf({ assembly: join(projectRoot, 'examples', name) }, () => undefined);
  return directory;
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
