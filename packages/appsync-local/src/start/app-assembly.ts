import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { assembliesDirectory } from '../ground/cache-directory.ts';
import { synthesize } from '../template/synthesize.ts';

/**
 * Returns the cloud assembly to run or to check.
 *
 * @param app a cloud assembly, or the folder of a CDK app. @default the CDK app of the working directory
 * @param report receives one line when synthesizing begins
 * @throws StartFailure when the CDK app fails
 */
export async function assemblyOf(app: string | undefined, report: (line: string) => void): Promise<string> {
  return app === undefined || isCdkApp(app) ? synthesize(app ?? '.', assembliesDirectory(app), report) : app;
}

const isCdkApp = (folder: string): boolean =>
  existsSync(join(folder, 'cdk.json')) && !existsSync(join(folder, 'manifest.json'));
