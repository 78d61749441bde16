import { afterAll } from 'vitest';
import { removeOwnItems } from '../../../packages/appsync-local/tests/harness/own-items.ts';
import { client } from './api.ts';

/** Files share an API, with each other and perhaps with people: each takes away what it has put there. */
afterAll(() => removeOwnItems(client));
