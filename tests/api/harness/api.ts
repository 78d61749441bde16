import { afterAll } from 'vitest';
import { createApiClient } from './client.ts';
import { deployedTarget } from './deployed-target.ts';
import { memoryTarget } from './memory-target.ts';
import { portTarget } from './port-target.ts';
import type { ApiTarget } from './target.ts';

export { base64Url, nextButKeepAlive, type Subscription } from './client.ts';

/**
 * The API under test: `API_TARGET=memory` (default) or `port` start a local server for the file, `API_URL` names a
 * deployed one.
 */
export const target: ApiTarget = process.env.API_URL
  ? await deployedTarget(process.env.API_URL)
  : process.env.API_TARGET === 'port'
    ? await portTarget()
    : await memoryTarget();

afterAll(() => target.close());

export const { graphql, succeed, fail, subscribe, connect } = createApiClient(target);

/** True where the server is ours, so that a test may rely on its clock and its keys. */
export const isLocal = !process.env.API_URL;

/** Ids of this run only, so that a deployed API's items are left alone. */
const run = Math.random().toString(36).slice(2, 8);
let count = 0;
export const newId = (name = 'item'): string => `${name}-${run}-${(count += 1)}`;

/** An item with its payload parsed: the order of an object's members means nothing, and DynamoDB keeps none. */
export const parsed = <Item extends { payload: string | null }>(item: Item | null | undefined) =>
  item ? { ...item, payload: JSON.parse(item.payload ?? 'null') as unknown } : null;
