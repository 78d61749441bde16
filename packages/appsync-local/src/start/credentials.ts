import { randomBytes, randomInt } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LOCAL_API_KEY, LOCAL_CREDENTIALS } from '../ground/local-credentials.ts';
import { StartFailure } from '../ground/start-failure.ts';

/** The credentials of an API in the modes API_KEY and AWS_IAM. */
export interface Credentials {
  /** Of the API's first key. */
  apiKey: string;
  accessKeyId: string;
  secretAccessKey: string;
  /** Generated for this server, so that nobody else knows them. */
  areSecret: boolean;
}

const WELL_KNOWN: Credentials = { apiKey: LOCAL_API_KEY, ...LOCAL_CREDENTIALS, areSecret: false };

const FILE = 'credentials.json';

type Kept = Pick<Credentials, 'apiKey' | 'secretAccessKey'>;

/**
 * Returns the well-known credentials for a server that only its own machine can reach; other programs there could read secret
 * ones from the files of the same user anyway. A server that other machines can reach has its own: generated at the first such
 * start and kept, so that clients continue to work after a restart.
 *
 * @param directory null keeps nothing: each start generates new ones
 * @throws StartFailure when the file contains something else
 */
export function openCredentials(isExposed: boolean, directory: string | null): Credentials {
  if (!isExposed) {
    return WELL_KNOWN;
  }
  const kept = directory === null ? made() : (read(directory) ?? keep(directory, made()));
  return { ...kept, accessKeyId: LOCAL_CREDENTIALS.accessKeyId, areSecret: true };
}

const KEY_CHARACTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';
/** After `da2-`, like AppSync's own keys. */
const KEY_LENGTH = 26;
/** An IAM secret access key has 40 characters of base64. */
const SECRET_BYTES = 30;

const made = (): Kept => ({
  apiKey: `da2-${Array.from({ length: KEY_LENGTH }, () => KEY_CHARACTERS[randomInt(KEY_CHARACTERS.length)]).join('')}`,
  secretAccessKey: randomBytes(SECRET_BYTES).toString('base64url'),
});

function read(directory: string): Kept | null {
  const file = join(directory, FILE);
  try {
    const { apiKey, secretAccessKey } = JSON.parse(readFileSync(file, 'utf8')) as Partial<Kept>;
    if (isSecret(apiKey) && isSecret(secretAccessKey)) {
      return { apiKey, secretAccessKey };
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return null;
    }
    if (!(error instanceof SyntaxError)) {
      throw error;
    }
  }
  throw new StartFailure(`${file} holds no credentials; delete it and start again to generate new ones`);
}

const isSecret = (value: unknown): value is string => typeof value === 'string' && value.length >= KEY_LENGTH;

/** Writes to a temporary file and renames it, so that no reader sees half of it. */
function keep(directory: string, credentials: Kept): Kept {
  const file = join(directory, FILE);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  writeFileSync(`${file}.new`, JSON.stringify(credentials), { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return credentials;
}
