import { gtin } from './gtin.ts';
import type { Rule } from './rule.ts';

/** The rules a kind may name in `x-rules`, one file each. */
export const rules: Readonly<Record<string, Rule>> = { gtin };
