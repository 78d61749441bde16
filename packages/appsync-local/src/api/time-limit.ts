/** AppSync quota: the time for a query, a mutation or a `start` (AWS General Reference, AppSync quotas). */
const REQUEST_MS = 30_000;

/** Fails the whole request at AppSync's time limit. Work that its data sources have begun is not undone. */
export function withinTime<Answer>(
  answer: Promise<Answer>,
  timedOut: Answer,
  limitMs = REQUEST_MS,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, limitMs, timedOut);
    const inTime = (value: Answer): void => {
      clearTimeout(timer);
      resolve(value);
    };
    answer.then(inTime, (error: Error) => {
      clearTimeout(timer);
      reject(error);
    });
  });
}
