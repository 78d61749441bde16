/** Longest wait, in milliseconds, for what must come: only to end what hangs, on a busy machine too. */
export const PATIENCE_MS = 90_000;

/** What did not come. */
export class PatienceLost extends Error {
  override name = 'PatienceLost';
}

/** @throws PatienceLost naming what did not come in time */
export async function inTime<Result>(
  coming: Promise<Result>,
  what: string,
  ms: number = PATIENCE_MS,
): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new PatienceLost(`${what} did not come within ${ms / 1000} s`)), ms);
  });
  try {
    return await Promise.race([coming, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Asks again and again until it holds. @returns false when it does not in time */
export async function eventually(
  holds: () => Promise<boolean> | boolean,
  ms = PATIENCE_MS,
): Promise<boolean> {
  const deadline = Date.now() + ms;
  for (;;) {
    if (await holds()) {
      return true;
    }
    if (Date.now() > deadline) {
      return false;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
