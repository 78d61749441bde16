/**
 * Resolves when the process has nothing left to do, where it would otherwise end: `beforeExit`, on which a CDK app synthesizes that does not
 * do so itself. The channel to the parent does not count.
 */
export function untilIdle(): Promise<void> {
  process.channel?.unref();
  return new Promise((resolve) => {
    const onIdle = (): void => {
      process.channel?.ref();
      resolve();
    };
    // This listener may come before the app's own, so what those start is waited for.
    process.once('beforeExit', () => {
      setImmediate(() => undefined);
      process.once('beforeExit', onIdle);
    });
  });
}
