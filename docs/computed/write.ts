import { writeFileSync } from 'node:fs';
import { computed, PAGES, pathOf, textOf } from './page.ts';

/* Computes the tables of the pages anew from the code, docs/prices.json and docs/costs/assumptions.ts. */
for (const page of PAGES) {
  const before = textOf(page);
  const after = await computed(page, before);
  writeFileSync(pathOf(page), after);
  console.log(`docs/${page}: ${after === before ? 'was right' : 'rewritten'}`);
}
