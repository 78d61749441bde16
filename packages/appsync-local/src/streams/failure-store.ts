import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import type { FailureDestinationModel } from '../template/app-model.ts';

/** Stores messages to a queue or topic: no SQS or SNS runs locally. */
export interface FailureStore {
  /** @returns the place of the message, for people; null when it is not kept */
  keep(destination: FailureDestinationModel, message: object): Promise<string | null>;
}

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
  return `What event source mappings give up is ${place}.`;
}

/** @param directory null keeps nothing */
export const createFailureStore = (directory: string | null): FailureStore => ({
  async keep({ kind, name }, message) {
    if (directory === null) {
      return null;
    }
    const folder = join(directory, FOLDERS[kind]);
    const file = join(folder, `${name}.jsonl`);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await appendLine(file, `${JSON.stringify(message)}\n`);
    return file;
  },
});

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
