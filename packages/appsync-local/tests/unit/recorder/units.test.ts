import { expect, test } from 'vitest';
import { unitsOf } from '../../../src/recorder/units.ts';
import type { CallTrace } from '../../../src/trace/call-trace.ts';

const call = (operation: string, error: Error | null = null): CallTrace => ({
  service: 'DynamoDB',
  operation,
  input: {},
  startedAt: 0,
  endedAt: 1,
  answer: null,
  error,
});
const conditionFailed = Object.assign(new Error('no'), { name: 'ConditionalCheckFailedException' });
const throttled = Object.assign(new Error('no'), { name: 'ThrottlingException' });

test.each([
  ['GetItem', { ConsumedCapacity: { CapacityUnits: 0.5 } }, { read: 0.5, write: 0 }],
  ['Query', { ConsumedCapacity: { CapacityUnits: 3, Table: { CapacityUnits: 1 } } }, { read: 3, write: 0 }],
  ['PutItem', { ConsumedCapacity: { CapacityUnits: 2 } }, { read: 0, write: 2 }],
  ['BatchGetItem', { ConsumedCapacity: [{ CapacityUnits: 1 }, { CapacityUnits: 2 }] }, { read: 3, write: 0 }],
  [
    'TransactWriteItems',
    { ConsumedCapacity: [{ CapacityUnits: 6, ReadCapacityUnits: 2, WriteCapacityUnits: 4 }] },
    { read: 2, write: 4 },
  ],
  ['GetItem', {}, { read: 0, write: 0 }],
  ['GetItem', null, { read: 0, write: 0 }],
])('%s, which is answered by %j, consumes %j', (operation, answer, units) => {
  expect(unitsOf(call(operation), answer)).toEqual(units);
});

test('a write whose condition failed consumes one unit, and one that was throttled none', () => {
  expect(unitsOf(call('UpdateItem', conditionFailed), null)).toEqual({ read: 0, write: 1 });
  expect(unitsOf(call('UpdateItem', throttled), null)).toEqual({ read: 0, write: 0 });
});
