import * as byName from 'appsync-local';
import { expect, it } from 'vitest';
import * as sources from '../../src/index.ts';

it('is found by its name in this repository, as its sources', () => {
  expect(byName.start).toBe(sources.start);
});
