import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_JAVASCRIPT, type Javascript } from '../../src/runtime/javascript.ts';
import { createApiClient } from '../harness/client.ts';
import { deployedTarget } from '../harness/deployed-target.ts';
import { SecretMissing } from '../harness/environment.ts';
import { portTarget } from '../harness/port-target.ts';
import type { ApiTarget } from '../harness/target.ts';
import type { Area, Check, ConformanceApi } from './check.ts';
import { onlyDeclared } from './declared-users.ts';

/** `unlike`: fails and says so. `mended`: says that it fails, and passes. `skipped`: cannot run there. */
export type Verdict = 'passes' | 'fails' | 'unlike' | 'mended' | 'skipped';

export interface CheckResult {
  check: Check;
  verdict: Verdict;
  /** What went wrong; absent when it passes. */
  reason?: string;
}

export interface OpenArea {
  run(check: Check): Promise<CheckResult>;
  close(): Promise<void>;
}

/** A check that hangs fails, and the rest goes on. */
const CHECK_WITHIN_MS = 60_000;

/**
 * Opens the API that an area's checks are run against: the local server with the area's app, or the deployed API at
 * `url` (see `deployedTarget` for its credentials).
 * @param javascript what the local server runs resolvers in
 */
export async function openArea(
  area: Area,
  url?: string,
  javascript: Javascript = DEFAULT_JAVASCRIPT,
): Promise<OpenArea> {
  return url ? opened(deployedTarget(url), url) : openLocal(area, javascript);
}

async function openLocal(area: Area, javascript: Javascript): Promise<OpenArea> {
  const outdir = mkdtempSync(join(tmpdir(), `conformance-${area.name}-`));
  const remove = (): void => rmSync(outdir, { recursive: true, force: true });
  try {
    area.synthesize(outdir);
    const { run, close } = opened(
      onlyDeclared(await portTarget('--app', outdir, '--javascript', javascript), area),
    );
    return {
      run: (check) =>
        check.javascript !== undefined && check.javascript !== javascript
          ? Promise.resolve({ check, verdict: 'skipped', reason: 'plain JavaScript does otherwise' })
          : run(check),
      close: () => close().finally(remove),
    };
  } catch (error) {
    remove();
    throw error;
  }
}

function opened(target: ApiTarget, url?: string): OpenArea {
  const api: ConformanceApi = { ...createApiClient(target), target };
  return {
    run: (check) =>
      url && check.localOnly
        ? Promise.resolve({ check, verdict: 'skipped', reason: 'only the local server can be asked' })
        : runCheck(check, api, url === undefined),
    close: () => target.close(),
  };
}

async function runCheck(check: Check, api: ConformanceApi, local: boolean): Promise<CheckResult> {
  const failure = await failureOf(check, api);
  const expected = local && check.unlike !== undefined;
  if (failure === undefined) {
    return { check, verdict: expected ? 'mended' : 'passes' };
  }
  const { message: reason } = failure;
  if (failure instanceof SecretMissing) {
    return { check, verdict: 'skipped', reason };
  }
  return { check, verdict: expected ? 'unlike' : 'fails', reason };
}

async function failureOf(check: Check, api: ConformanceApi): Promise<Error | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer in ${CHECK_WITHIN_MS} ms`)), CHECK_WITHIN_MS);
  });
  try {
    await Promise.race([check.run(api), late]);
    return undefined;
  } catch (error) {
    return error as Error;
  } finally {
    clearTimeout(timer);
  }
}
