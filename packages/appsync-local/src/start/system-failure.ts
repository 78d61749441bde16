import { StartFailure } from '../ground/start-failure.ts';

/**
 * Turns a system error into a reason not to start, in one line: somebody else's file, a full disk, a folder in place of a file.
 * `EACCES: permission denied, open '/data/pagination.key'` becomes `cannot open /data/pagination.key: permission denied
 * (EACCES); …`.
 *
 * @param advice for people
 * @returns the error itself when it is of another kind
 */
export function explainSystemError(
  error: unknown,
  advice = 'correct that, or pass --data DIR or --memory',
): unknown {
  if (!(error instanceof Error) || error instanceof StartFailure) {
    return error;
  }
  const { code, syscall, path, message } = error as NodeJS.ErrnoException;
  if (code === undefined || syscall === undefined) {
    return error;
  }
  const said = /^\w+: ([^,]+)/.exec(message)?.[1] ?? message;
  return new StartFailure(
    `cannot ${path === undefined ? syscall : `${syscall} ${path}`}: ${said} (${code}); ${advice}`,
    { cause: error },
  );
}
