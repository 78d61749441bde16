import { setTimeout as sleep } from 'node:timers/promises';
import { ProofFailure } from '../proof-failure.ts';

const ATTEMPTS = 60;
const ATTEMPT_MS = 500;

/** @throws ProofFailure unless the value, as JSON, has the text in it */
export function expect(value: unknown, text: string): void {
  const seen = JSON.stringify(value);
  if (!seen.includes(text)) {
    throw new ProofFailure(`${text} is not in ${seen.slice(0, 1500)}`);
  }
}

/** Repeats a check for half a minute until it passes: streams are read by polls. */
export async function eventually(check: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await check();
    } catch (error) {
      if (attempt === ATTEMPTS) {
        throw error;
      }
      await sleep(ATTEMPT_MS);
    }
  }
}
