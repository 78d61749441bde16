import { readFileSync } from 'node:fs';

/**
 * Replaces `node:fs/promises` in the bundle of a Lambda function. The SDK looks once for its configuration files, which a
 * function rarely has. `node:fs/promises` loads `readline` for that, and starts a pool of threads.
 */
export async function readFile(path: string, encoding?: 'utf8'): Promise<string | Buffer> {
  return readFileSync(path, encoding);
}

// eslint-disable-next-line import/no-default-export -- the SDK imports it as the built-in module's default
export default { readFile };
