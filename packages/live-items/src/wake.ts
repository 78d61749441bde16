interface Target {
  addEventListener(type: string, listener: () => void): void;
  removeEventListener(type: string, listener: () => void): void;
}

/** The part of a browser that is needed; a worker has no document, and Node.js and React Native have neither. */
type Surroundings = Partial<Target> & { document?: Target & { visibilityState: string } };

/**
 * A page that was hidden for less than this, in milliseconds, keeps its connection: a look at another tab is no reason to
 * reconnect. The value is ours; a page that is hidden longer may have slept.
 */
const HIDDEN_MS = 30_000;

/**
 * Calls back when a connection that seems open may be dead: the network is back, or the page is visible again after a while.
 *
 * @returns a function that stops it
 */
export function onWake(wake: () => void): () => void {
  const surroundings = globalThis as unknown as Surroundings;
  const { document } = surroundings;
  let hiddenAt = Infinity;

  function seenOrHidden(): void {
    if (document?.visibilityState === 'hidden') {
      hiddenAt = Date.now();
      return;
    }
    const wasHiddenMs = Date.now() - hiddenAt;
    hiddenAt = Infinity;
    if (wasHiddenMs >= HIDDEN_MS) {
      wake();
    }
  }

  surroundings.addEventListener?.('online', wake);
  document?.addEventListener('visibilitychange', seenOrHidden);
  return () => {
    surroundings.removeEventListener?.('online', wake);
    document?.removeEventListener('visibilitychange', seenOrHidden);
  };
}
