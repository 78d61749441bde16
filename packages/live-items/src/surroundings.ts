import { alarm } from './alarm.ts';

interface Target {
  addEventListener(type: string, listener: (event: unknown) => void): void;
  removeEventListener(type: string, listener: (event: unknown) => void): void;
}

/** The part of a browser that is needed; a worker has no document, and Node.js and React Native have neither. */
type Browser = Partial<Target> & { document?: Target & { visibilityState: string } };

export interface SurroundingsEvents {
  /** A connection that seems open may be dead: the network is back, or the page has slept. */
  woke(): void;
  /** The browser has lost its network. */
  offline(): void;
  /** The page runs no timers from now on, or has been out of sight for half a minute. `woke` ends it. */
  slept(reason: string): void;
}

/**
 * How long a page may be hidden, in milliseconds, and keep its connection: a look at another tab is no reason to reconnect. The value
 * is ours.
 */
const HIDDEN_MS = 30_000;

/**
 * Reports what a browser says of the network and of the page (HTML, "pageshow"; Page Lifecycle, "freeze" and "resume"). Where these
 * events do not exist it reports nothing.
 *
 * @returns a function that stops it
 */
export function watchSurroundings({ woke, offline, slept }: SurroundingsEvents): () => void {
  const browser = globalThis as unknown as Browser;
  const { document } = browser;
  let isAsleep = false;
  const hidden = alarm(() => sleep('the page is hidden, so nothing is asked until it is seen again'));

  function sleep(reason: string): void {
    if (!isAsleep) {
      isAsleep = true;
      slept(reason);
    }
  }

  function wake(): void {
    isAsleep = false;
    woke();
  }

  function seenOrHidden(): void {
    if (document?.visibilityState === 'hidden') {
      return hidden.at(Date.now() + HIDDEN_MS);
    }
    const isOverdue = hidden.isOverdue();
    hidden.at(Infinity);
    if (isAsleep || isOverdue) {
      wake();
    }
  }

  const ofWindow: [string, (event: unknown) => void][] = [
    ['online', wake],
    ['offline', offline],
    ['pageshow', (event) => (event as { persisted?: boolean }).persisted && wake()],
  ];
  const ofDocument: [string, (event: unknown) => void][] = [
    ['visibilitychange', seenOrHidden],
    ['freeze', () => sleep('the page is frozen')],
    ['resume', wake],
  ];
  ofWindow.forEach((one) => browser.addEventListener?.(...one));
  ofDocument.forEach((one) => document?.addEventListener(...one));
  if (document?.visibilityState === 'hidden') {
    seenOrHidden();
  }
  return () => {
    hidden.at(Infinity);
    ofWindow.forEach((one) => browser.removeEventListener?.(...one));
    ofDocument.forEach((one) => document?.removeEventListener(...one));
  };
}
