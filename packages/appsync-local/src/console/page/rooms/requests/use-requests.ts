import { useEffect, useState } from 'react';
import type { RecordedRequest } from '../../../../recorder/recorded-request.ts';
import { localFailure } from '../../api/local-failure.ts';
import { localJson } from '../../api/local-route.ts';
import { useRepeated } from '../../parts/use-repeated.ts';
import { joined, type Known, latestOf, NOTHING, type RequestList } from './list.ts';

/** The server's last requests and, while the room is shown, those that come. */
export const useRequests = (isShown: boolean): { known: Known; problem: string | undefined } =>
  useRepeated(isShown, NOTHING, next, reasonOf);

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

const reasonOf = (error: unknown): string =>
  localFailure(error, 'This server records no requests; start it without --no-recorder.');
