import { useEffect, useState } from 'react';
import type { RecordedRequest } from '../../../../recorder/recorded-request.ts';
import { localJson } from '../../api/local-route.ts';
import { joined, type Known, latestOf, NOTHING, type RequestList } from './list.ts';

/** Milliseconds between two looks at what came since. */
const AGAIN_MS = 1_000;

/** The server's last requests and, while the room is shown, those that come. */
export function useRequests(isShown: boolean): { known: Known; problem: string | undefined } {
  const [known, setKnown] = useState(NOTHING);
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isOver = !isShown;
    let mine = known;
    const look = async (): Promise<void> => {
      try {
        mine = document.hidden ? mine : await next(mine);
        setProblem(undefined);
      } catch (error) {
        setProblem(reasonOf(error));
      }
      if (!isOver) {
        setKnown(mine);
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
  }, [isShown]);
  return { known, problem };
}

async function next(known: Known): Promise<Known> {
  const list = await localJson<RequestList>(`/_local/requests?after=${latestOf(known)}`);
  return joined(known, list) ?? next(NOTHING);
}

/** A request with all its steps, and why there is none. */
export interface Detail {
  request?: RecordedRequest;
  problem?: string;
}

/** @param id `x-amzn-RequestId` */
export function useDetail(id: string): Detail {
  const [detail, setDetail] = useState<Detail>({});
  useEffect(() => {
    let isOver = false;
    const set = (value: Detail): void => void (isOver || setDetail(value));
    localJson<RecordedRequest>(`/_local/requests/${encodeURIComponent(id)}`).then(
      (request) => set({ request }),
      (error: unknown) => set({ problem: reasonOf(error) }),
    );
    return () => {
      isOver = true;
    };
  }, [id]);
  return detail;
}

/** A server without a recorder knows no such path. */
function reasonOf(error: unknown): string {
  const { message } = error as Error;
  if (message.includes('is unknown here')) {
    return 'This server records no requests; start it without --no-recorder.';
  }
  return error instanceof TypeError ? 'The server does not answer.' : message;
}
