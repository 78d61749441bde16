import type { Part } from './part.ts';
import { callers } from './parts/callers/callers.ts';
import { durability } from './parts/durability/durability.ts';
import { inputs } from './parts/inputs/inputs.ts';

/** Every part, in the order in which they run. */
export const parts: readonly Part[] = [durability, inputs, callers];
