/**
 * A reason to stop that the person at the terminal can act on. Its message is one line: what happened, the value seen,
 * what to do. The command prints it without a stack trace and exits with 1.
 */
export class TransferFailure extends Error {
  override readonly name = 'TransferFailure';
}

/**
 * Turns a system error into a reason to stop: another user's folder, a full disk, a folder in place of a file. `EACCES:
 * permission denied, mkdir '/srv/items.export'` becomes `cannot mkdir /srv/items.export: permission denied (EACCES); …`.
 *
 * @returns the error itself when it names no file
 */
export function explainSystemError(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof TransferFailure) {
    return error;
  }
  const { code, syscall, path, dest, message } = error as NodeJS.ErrnoException & { dest?: string };
  if (code === undefined || syscall === undefined || path === undefined) {
    return error;
  }
  const said = /^\w+: ([^,]+)/.exec(message)?.[1] ?? message;
  const place = dest === undefined ? path : `${path} to ${dest}`;
  return new TransferFailure(
    `cannot ${syscall} ${place}: ${said} (${code}); correct that, or pass another FILE`,
    {
      cause: error,
    },
  );
}
