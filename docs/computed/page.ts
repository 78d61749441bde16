import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { formatted } from '../../schema/formatted.ts';
import { tables } from './tables.ts';

/** Pages with computed tables, relative to docs/. */
export const PAGES = [
  'operations.md',
  'proof.md',
  'regions.md',
  // part: costs
  'costs.md',
  'scaling.md',
  // end: costs
];

export const pathOf = (page: string): string => fileURLToPath(new URL(`../${page}`, import.meta.url));

export const textOf = (page: string): string => readFileSync(pathOf(page), 'utf8');

/**
 * The page with its tables computed anew, as `npm run format` would write it.
 * @throws Error for a table that nobody computes, with those that are
 */
export async function computed(page: string, text: string): Promise<string> {
  const filled = text.replace(
    /(<!-- computed: (\S+) -->)[\s\S]*?(<!-- end -->)/g,
    (_, start: string, name: string, end: string) => {
      const make = tables[name];
      if (!make) {
        throw new Error(
          `docs/${page} asks for the table '${name}'; there are ${Object.keys(tables).join(', ')}`,
        );
      }
      return `${start}\n\n${make()}\n\n${end}`;
    },
  );
  return formatted(page, filled);
}
