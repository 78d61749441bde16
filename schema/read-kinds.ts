import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { KindFailure } from './kind-extensions.ts';
import { isObject, type JsonObject } from './local-references.ts';

const DIALECT = 'https://json-schema.org/draft/2020-12/schema';
export const SUFFIX = '.schema.json';
export const KINDS = fileURLToPath(new URL('kinds', import.meta.url));

export interface KindFile {
  kind: string;
  /** Its name in the folder. */
  file: string;
  schema: JsonObject;
}

/**
 * The kinds of a folder, by name.
 *
 * @param directory holds `<kind>.schema.json` files; others are left alone
 * @throws KindFailure naming the file and what is wrong with it
 */
export function readKinds(directory: string = KINDS): KindFile[] {
  const files = readdirSync(directory).filter((file) => file.endsWith(SUFFIX));
  if (files.length === 0) {
    throw new KindFailure(`${directory} has no *${SUFFIX} files: name at least one kind`);
  }
  return files.sort().map((file) => ({
    kind: kindOf(file),
    file,
    schema: parse(textOf(readFileSync(join(directory, file)), file), file),
  }));
}

/** The JSON Schemas of our kinds, by the kinds' names. @throws KindFailure */
export const kindSchemas = (): Map<string, JsonObject> =>
  new Map(readKinds().map(({ kind, schema }) => [kind, schema]));

/** A kind's name is part of keys in the constraints table, whose parts are set apart by `#`. */
export const isKindName = (name: string): boolean => /^[a-z][a-z0-9-]*$/.test(name);

function kindOf(file: string): string {
  const kind = basename(file, SUFFIX);
  if (isKindName(kind)) {
    return kind;
  }
  throw new KindFailure(
    `${file}: a kind is named in lower-case letters, digits and hyphens, not ${JSON.stringify(kind)}`,
  );
}

/** Drops the byte order mark that editors of Windows and PowerShell put before UTF-8. */
const utf8 = new TextDecoder('utf-8', { fatal: true });

/** A character that is replaced would be in no payload: rules that name it could not be kept. */
function textOf(bytes: Uint8Array, file: string): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw new KindFailure(`${file} is not UTF-8; save it with that encoding`);
  }
}

function parse(text: string, file: string): Record<string, unknown> {
  try {
    const schema = JSON.parse(text) as unknown;
    if (isObject(schema) && schema['$schema'] === DIALECT) {
      return schema;
    }
  } catch (error) {
    throw new KindFailure(`${file} is no JSON: ${(error as Error).message}`);
  }
  throw new KindFailure(`${file}: "$schema" must be "${DIALECT}"`);
}
