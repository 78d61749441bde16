import { expect, it } from 'vitest';
import { evaluate } from '../harness/evaluate.ts';
import { BUSY } from '../harness/refused-write.ts';
import { stored } from '../harness/stored.ts';

it('ends the pipeline after a write that was not refused', () => {
  const context = { stash: { phase: 'done' } };

  expect(evaluate('pipeline/read-item', context)).toMatchObject({ result: {}, skipTo: 'END' });
});

it('gives up a write that met a transaction at every try', () => {
  expect(evaluate('pipeline/read-item', { stash: { phase: 'write' } }).error).toMatchObject(BUSY);
});

it('reads the item after a refusal, and keeps it for the next step', () => {
  const { result } = evaluate('pipeline/read-item', { stash: { phase: 'read', id: 'a' } });
  const { stash } = evaluate('pipeline/read-item', { result: stored() }, 'response');

  expect(result).toEqual({ operation: 'GetItem', key: { id: { S: 'a' } }, consistentRead: true });
  expect(stash).toEqual({ current: stored(), phase: 'explain' });
});
