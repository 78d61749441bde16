import { number } from '../helper-arguments.ts';
import type { HelperTree } from '../helper.ts';

/** `util.math`. The random functions are as good as `Math.random`; AppSync promises no more. */
export const math: HelperTree = {
  roundNum: (value: unknown) => Math.round(number(value, 'util.math.roundNum')),
  minVal: (a: unknown, b: unknown) => Math.min(number(a, 'util.math.minVal'), number(b, 'util.math.minVal')),
  maxVal: (a: unknown, b: unknown) => Math.max(number(a, 'util.math.maxVal'), number(b, 'util.math.maxVal')),
  randomDouble: () => Math.random(),
  randomWithinRange: (start: unknown, end: unknown) =>
    randomWithin(
      Math.trunc(number(start, 'util.math.randomWithinRange')),
      Math.trunc(number(end, 'util.math.randomWithinRange')),
    ),
};

/** AppSync does not say whether the upper bound can occur; here it can. */
const randomWithin = (start: number, end: number): number =>
  start + Math.floor(Math.random() * (end - start + 1));
