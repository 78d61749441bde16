/** How long a part goes on. */
export interface Extent {
  /** Bounds a run by counts, so that it ends alike on a slow machine and on a fast one. */
  quick: boolean;
  /** Milliseconds for one part. */
  partMs: number;
}

/** Says before each round whether it is to be run. The first always is. */
export type Rounds = (quickRounds: number, share?: number) => Generator<number>;

/** Numbers from 0 on: until the time of the part is over, and in a quick run at most as many as are given. */
export function roundsOf({ quick, partMs }: Extent, now = Date.now): Rounds {
  return function* (quickRounds, share = 1) {
    const end = now() + partMs * share;
    for (let round = 0; round === 0 || now() < end; round += 1) {
      if (quick && round === quickRounds) {
        return;
      }
      yield round;
    }
  };
}
