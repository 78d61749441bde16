import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, inject } from 'vitest';
import { removeOwnItems } from '../../../packages/appsync-local/tests/harness/own-items.ts';
import { client, target } from './api.ts';
import { testBegins } from './test-began.ts';

beforeEach(testBegins); // part: change-feed

/** Files share an API, with each other and perhaps with people: each takes away what it has put there. */
afterAll(() => removeOwnItems(client));

/** Which grants the requests of this process needed so far (grants-setup.ts). */
afterAll(() => {
  const directory = inject('grantsDirectory');
  if (directory !== undefined && target.grants) {
    writeFileSync(join(directory, `${process.pid}.json`), JSON.stringify(target.grants()));
  }
});

/** A resolver hides a missing grant as an internal error, which a test may expect for another reason. */
afterAll(() => {
  const refusals = target.refusals?.() ?? [];
  if (refusals.length > 0) {
    throw new Error(`A role of infra/ lacks a grant:\n${refusals.join('\n')}`);
  }
});
