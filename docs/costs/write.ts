import { writeFileSync } from 'node:fs';
import { computed, PAGES, pathOf, textOf } from './page.ts';

/* Computes the tables of docs/costs.md and docs/scaling.md anew from docs/prices.json and assumptions.ts. */
for (const page of PAGES) {
  const before = textOf(page);
  const after = await computed(page, before);
  writeFileSync(pathOf(page), after);
  console.log(`docs/${page}: ${after === before ? 'was right' : 'rewritten'}`);
}
