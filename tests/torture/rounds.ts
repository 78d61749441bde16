export type Counted = 'quick' | 'brief';

/** How long a part goes on. */
export interface Extent {
  /** Bounds a run by counts, so that it ends alike on a slow machine and on a fast one; those of a brief run are a third. @default by time */
  counted?: Counted;
  /** Milliseconds for one part. */
  partMs: number;
}

/** Says before each round whether it is to be run. The first always is. */
export type Rounds = (quickRounds: number, share?: number) => Generator<number>;

/** Numbers from 0 on: until the time of the part is over, and in a counted run at most as many as are given, or a third. */
export function roundsOf({ counted, partMs }: Extent, now = Date.now): Rounds {
  return function* (quickRounds, share = 1) {
    const most = { quick: quickRounds, brief: Math.ceil(quickRounds / 3) };
    const end = now() + partMs * share;
    for (let round = 0; round === 0 || now() < end; round += 1) {
      if (counted && round === most[counted]) {
        return;
      }
      yield round;
    }
  };
}
