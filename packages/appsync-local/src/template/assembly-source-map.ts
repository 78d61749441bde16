import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SourceMap, SourceMaps } from './app-model.ts';

/**
 * The source map of uploaded code, of a resolver or a Lambda function, in a cloud assembly: `source-maps/SHA256-OF-THE-CODE.map`, beside
 * the manifest. It is not an asset, so a deployment does not upload it (ADR 22).
 */
export class AssemblySourceMap implements SourceMap {
  /** Absolute; the file need not exist. */
  private readonly file: string;

  /**
   * @param directory of the manifest that lists the stack
   * @param code in its uploaded form; the hash is over its UTF-8, in lower-case hexadecimal
   */
  constructor(directory: string, code: string) {
    this.file = join(directory, 'source-maps', `${createHash('sha256').update(code).digest('hex')}.map`);
  }

  read(): string | undefined {
    try {
      return readFileSync(this.file, 'utf8');
    } catch {
      return undefined;
    }
  }
}

/** The source maps of one cloud assembly. */
export class AssemblySourceMaps implements SourceMaps {
  private readonly directory: string;

  /** @param directory of the manifest that lists the stack */
  constructor(directory: string) {
    this.directory = directory;
  }

  of(code: string): SourceMap {
    return new AssemblySourceMap(this.directory, code);
  }
}
