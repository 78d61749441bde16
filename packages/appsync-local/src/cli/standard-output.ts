/**
 * Ends a command whose standard output takes no more, which console.log ignores: without a word when its reader has gone, as that of
 * `trace --follow | head -1`; for a full disk with the reason.
 */
export function endWithOutput(): void {
  process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => {
    if (code !== 'EPIPE') {
      console.error(`standard output cannot be written (${code})`);
    }
    process.exit(1);
  });
}

/** Keeps a server running whose lines nobody reads any longer, or whose log has filled the disk. */
export function outliveOutput(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', () => undefined);
  }
}
