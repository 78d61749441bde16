import { useEffect, useState } from 'react';

/** Milliseconds between two looks at what came since. */
const AGAIN_MS = 1_000;

/**
 * A value that is asked for again and again while a room is shown, and while the page is not hidden.
 * @param next from what is known to what is known now
 * @param reasonOf what a failure is called on the page
 * @param of what it is of: another one begins anew. @default always of the same
 */
export function useRepeated<T>(
  isShown: boolean,
  initial: T,
  next: (known: T) => Promise<T>,
  reasonOf: (error: unknown) => string,
  of = '',
): { known: T; problem: string | undefined } {
  const [{ known, from }, setKnown] = useState({ known: initial, from: of });
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isOver = !isShown;
    let mine = from === of ? known : initial;
    const look = async (): Promise<void> => {
      let reason: string | undefined;
      try {
        mine = document.hidden ? mine : await next(mine);
      } catch (error) {
        reason = reasonOf(error);
      }
      if (!isOver) {
        setProblem(reason);
        setKnown({ known: mine, from: of });
        timer = setTimeout(() => void look(), AGAIN_MS);
      }
    };
    if (isShown) {
      void look();
    }
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
    // It goes on from what was known when the room was shown.
  }, [isShown, of]);
  return { known: from === of ? known : initial, problem };
}
