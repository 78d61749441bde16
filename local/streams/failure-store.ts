import { appendFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { FailureDestinationModel } from '../template/model.ts';

/** Where messages to a queue or topic are kept: no SQS or SNS runs locally. */
export interface FailureStore {
  /** @returns where the message is, for people; null when it is not kept */
  keep(destination: FailureDestinationModel, message: object): Promise<string | null>;
}

const FOLDERS = { queue: 'queues', topic: 'topics' } as const;

/** @param directory null keeps nothing */
export const createFailureStore = (directory: string | null): FailureStore => ({
  async keep({ kind, name }, message) {
    if (directory === null) return null;
    const folder = join(directory, FOLDERS[kind]);
    const file = join(folder, `${name}.jsonl`);
    await mkdir(folder, { recursive: true });
    await appendFile(file, `${JSON.stringify(message)}\n`);
    return file;
  },
});
