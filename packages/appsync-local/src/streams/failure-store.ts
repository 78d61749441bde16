import { mkdir, open, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { FailureDestinationModel } from '../template/app-model.ts';

/** A queue or topic by its name. */
export type Destination = Pick<FailureDestinationModel, 'kind' | 'name'>;

/** Stores messages to a queue or topic: no SQS or SNS runs locally. */
export interface FailureStore {
  /** @returns the place of the message, for people; null when it is not kept */
  keep(destination: FailureDestinationModel, message: object): Promise<string | null>;
  /** The last messages of a destination, the newest first. Those of a store that keeps nothing are of this start of the server. */
  last(destination: Destination): Promise<FailureMessages>;
}

export interface FailureMessages {
  messages: unknown[];
  /** How many there are in all. */
  count: number;
}

/** Messages that `last` returns. */
const MOST_MESSAGES = 100;

const FOLDERS = { queue: 'queues', topic: 'topics' } as const;

/** Says, for people, where the records go that mappings drop; null when no mapping has a destination. */
export function failurePlaces(
  destinations: FailureDestinationModel[],
  directory: string | undefined,
): string | null {
  const folders = [...new Set(destinations.map(({ kind }) => `${join(directory ?? '', FOLDERS[kind])}/`))];
  if (folders.length === 0) {
    return null;
  }
  const place = directory === undefined ? 'printed here and not kept' : `kept in ${folders.join(' and ')}`;
  return `Records that event source mappings drop are ${place}.`;
}

/** @param directory null keeps nothing but the last messages in memory */
export const createFailureStore = (directory: string | null): FailureStore =>
  directory === null ? storeInMemory() : storeIn(directory);

function storeInMemory(): FailureStore {
  const all = new Map<string, FailureMessages>();
  return {
    async keep({ kind, name }, message) {
      const { messages, count } = all.get(`${kind} ${name}`) ?? { messages: [], count: 0 };
      all.set(`${kind} ${name}`, {
        messages: [message, ...messages].slice(0, MOST_MESSAGES),
        count: count + 1,
      });
      return null;
    },
    async last({ kind, name }) {
      return all.get(`${kind} ${name}`) ?? { messages: [], count: 0 };
    },
  };
}

function storeIn(directory: string): FailureStore {
  const fileOf = ({ kind, name }: Destination): string => join(directory, FOLDERS[kind], `${name}.jsonl`);
  return {
    async keep(destination, message) {
      const file = fileOf(destination);
      await mkdir(dirname(file), { recursive: true, mode: 0o700 });
      await appendLine(file, `${JSON.stringify(message)}\n`);
      return file;
    },
    async last(destination) {
      const text = await readFile(fileOf(destination), 'utf8').catch(emptyWhereThereIsNone);
      const lines = text.split('\n').filter((line) => line !== '');
      return { messages: lines.slice(-MOST_MESSAGES).reverse().map(messageOf), count: lines.length };
    },
  };
}

function emptyWhereThereIsNone(error: NodeJS.ErrnoException): string {
  if (error.code === 'ENOENT') {
    return '';
  }
  throw error;
}

/** People edit these files, so a line may be anything. */
function messageOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return line;
  }
}

/** Writes the whole line or nothing: half a line, on a full disk, would spoil the next one. */
async function appendLine(file: string, line: string): Promise<void> {
  const opened = await open(file, 'a', 0o600);
  try {
    const { size } = await opened.stat();
    try {
      await opened.appendFile(line);
    } catch (error) {
      await opened.truncate(size);
      throw error;
    }
  } finally {
    await opened.close();
  }
}
