import type { Target } from '../section.ts';

export const isMet = ({ ratio, atMost = Infinity, atLeast = -Infinity }: Target): boolean =>
  ratio <= atMost && ratio >= atLeast;

/** `at most 1.6` */
export const limitText = ({ atMost, atLeast }: Target): string =>
  atMost === undefined ? `at least ${atLeast}` : `at most ${atMost}`;
