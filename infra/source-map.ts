import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Code in its uploaded form. */
export interface MappedCode {
  code: string;
  /** JSON, version 3 of the format. Maps a line of the code to its TypeScript line. */
  sourceMap: string;
}

/**
 * Writes the source map of code to the cloud assembly, where the local server looks for it: `source-maps/SHA256-OF-THE-CODE.map`. The file
 * is not an asset, so `cdk deploy` does not upload it (ADR 22).
 */
export function writeSourceMap(assembly: string, { code, sourceMap }: MappedCode): void {
  const directory = join(assembly, 'source-maps');
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, `${createHash('sha256').update(code).digest('hex')}.map`), sourceMap);
}
