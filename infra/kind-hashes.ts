import { createHash } from 'node:crypto';
import { kindSchemas } from '../schema/read-kinds.ts';

/**
 * A hash of each kind's JSON Schema, by the kind's name. The template carries them, so that a comparison with the deployed one
 * tells which kinds a deployment would change.
 */
export const kindHashes = (): Record<string, string> =>
  Object.fromEntries(
    [...kindSchemas()].map(([kind, schema]) => [
      kind,
      createHash('sha256').update(JSON.stringify(schema)).digest('hex').slice(0, 16),
    ]),
  );
