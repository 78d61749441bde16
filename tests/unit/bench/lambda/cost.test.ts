import { expect, test } from 'vitest';
import { durationAt, operations, perMillion, type Prices } from '../../../../bench/lambda/cost.ts';
import {
  languagesResult,
  RESOLVER,
  ENGINE,
  RUST,
  TYPESCRIPT,
} from '../../../../bench/sections/lambda-languages.ts';
import { resolversResult } from '../../../../bench/sections/resolvers.ts';

const prices: Prices = {
  compiled: '2026-11-24',
  region: 'us-east-1',
  prices: {
    appSyncOperation: { usd: 4, per: 1e6 },
    lambdaRequest: { usd: 0.2, per: 1e6 },
    lambdaArm64: { usd: 0.00001, per: 1 },
    lambdaX8664: { usd: 0.00002, per: 1 },
  },
};

test('only what is not waiting stretches as memory shrinks', () => {
  const duration = { total: 5, waiting: 3 };

  expect(durationAt(duration, 1769)).toBe(5);
  expect(durationAt(duration, 10_000)).toBe(5);
  expect(durationAt(duration, 1769 / 4)).toBe(11);
  expect(durationAt({ total: 2, waiting: 3 }, 128)).toBe(3);
});

test('a million invocations cost their requests and whole milliseconds of memory', () => {
  expect(operations(prices)).toBe(4);
  expect(perMillion(prices, 'lambdaArm64', 1024, 9.2)).toBeCloseTo(0.2 + 0.1);
  expect(perMillion(prices, 'lambdaX8664', 512, 10)).toBeCloseTo(0.2 + 0.1);
});

test('says path by path whether Rust is twice as fast', () => {
  const cold = (answer: number) => [{ answer, init: 10, cpu: undefined, memoryMb: 8 }];
  const code = { directory: '', bytes: 1, zipped: 1 };
  const figures = [
    { name: ENGINE, cold: [], warm: [1], code: null },
    { name: RESOLVER, cold: [], warm: [1.5], code: null },
    { name: TYPESCRIPT, cold: cold(100), warm: [4], code },
    { name: RUST, cold: cold(40), warm: [3], code },
  ];

  const { tables } = languagesResult(figures, prices, []);

  expect(tables[2]!.rows).toEqual([
    ['cold, spawn to answer', 2.5, 'yes'],
    ['cold, init alone', 1, 'no'],
    ['warm p50, DynamoDB included', 4 / 3, 'no'],
    ["warm p50, without DynamoDB's own time", 1.5, 'no'],
    ['warm p99, DynamoDB included', 4 / 3, 'no'],
    ['peak memory', 1, 'no'],
  ]);
  expect(tables[3]!.rows[0]!.slice(1)).toEqual(Array(6).fill(4));
});

test('a handler that never ran has no time, and the largest bundle is held to 70 % of the limit', () => {
  const result = resolversResult([
    { title: 'a', characters: 16_384, request: [1, 3, 2], response: [] },
    { title: 'b', characters: 8_192, request: [], response: [] },
  ]);

  expect(result.tables[0]!.rows[0]).toEqual(['a', 2, '–', 16_384, 50]);
  expect(result.targets[0]).toMatchObject({ ratio: 0.5, atMost: 0.7 });
});
