import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import type { FailureDestinationModel } from '../template/app-model.ts';

/** Where messages to a queue or topic are kept: no SQS or SNS runs locally. */
export interface FailureStore {
  /** @returns where the message is, for people; null when it is not kept */
  keep(destination: FailureDestinationModel, message: object): Promise<string | null>;
}

const FOLDERS = { queue: 'queues', topic: 'topics' } as const;

/** Says for people where what mappings give up goes; null where none has a destination. */
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

/** The whole line or nothing: half of one, on a full disk, would spoil the next. */
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
