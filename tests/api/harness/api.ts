import { inject, vi } from 'vitest';
import { createApiClient } from '../../../packages/appsync-local/tests/harness/client.ts';
import { deployedTarget } from '../../../packages/appsync-local/tests/harness/deployed-target.ts';
import { testsNeeding } from '../../../packages/appsync-local/tests/harness/needs.ts';
import type { ApiTarget } from '../../../packages/appsync-local/tests/harness/target.ts';
import { identifyUsers } from '../../../packages/appsync-local/tests/harness/users.ts';
import type { Answered } from '../../../schema/answered.ts';
import { memoryTarget } from './memory-target.ts';

export {
  base64Url,
  nextButKeepAlive,
  type Subscription,
} from '../../../packages/appsync-local/tests/harness/client.ts';
export { newId, newName, own } from '../../../packages/appsync-local/tests/harness/own-items.ts';

Object.assign(process.env, inject('apiEnvironment'));

/** The API under test: the one at `API_URL`, or a local server in this process, for all files that run in it. */
export const target: ApiTarget = process.env.API_URL
  ? deployedTarget(process.env.API_URL)
  : await memoryTarget();

export const client = createApiClient(target);
export const { graphql, fail, subscribe, startOn, connect } = client;

/** The data of an operation that must succeed. */
export const succeed = <Result, Variables>(
  ...asked: Parameters<typeof client.succeed<Result, Variables>>
): Promise<Answered<Result>> => client.succeed(...asked) as Promise<Answered<Result>>;

export const testNeeding = testsNeeding(target);

/** Who `alice`, `bob`, `carol` and `admin` are to this API. */
export const users = await identifyUsers(target);

/** Longest wait, in milliseconds, for what AWS does by and by: an index that lags, a change on its way through the stream. */
const PATIENCE_MS = 30_000;

/**
 * Tries until nothing is thrown any more; once a call has been refused for want of a grant, which no waiting mends, only once.
 * @throws what the last try has thrown
 */
export const eventually = <Result>(attempt: () => Promise<Result>): Promise<Result> =>
  target.lacksGrant?.() ? attempt() : vi.waitFor(attempt, { timeout: PATIENCE_MS, interval: 100 });

/** An item with its payload parsed: the order of an object's members means nothing, and DynamoDB keeps none. */
export const parsed = <Item extends { payload: string | null }>(item: Item | null | undefined) =>
  item ? { ...item, payload: JSON.parse(item.payload ?? 'null') as unknown } : null;
