import { describe, expect, it } from 'vitest';
import { type StoredItem, toItem } from '../../../../model/item.ts';
import { admin, ALICE, alice, ANYBODY, apiKey, EVERYTHING, iam } from '../harness/callers.ts';
import { evaluate } from '../harness/evaluate.ts';
import { explain, NOT_ALLOWED } from '../harness/refused-write.ts';
import { stored } from '../harness/stored.ts';

/* The writes of one item, without a Lambda function. */
describe.each(['Mutation.putItem', 'Mutation.updateItem', 'Mutation.deleteItem'])('%s', (name) => {
  const begin = (input: object, identity: unknown = apiKey) =>
    evaluate(name, { identity, arguments: { input: { id: 'a', ...input } } });

  it.each([
    ['an API key', apiKey, ANYBODY],
    ['a user', alice, ALICE],
    ['an admin', admin, EVERYTHING],
    ['IAM', iam, EVERYTHING],
  ])('hands the rights of %s to its steps', (_, identity, caller) => {
    const { result, stash } = begin({ expectedVersion: 2 }, identity);

    expect(result).toEqual({});
    expect(stash).toEqual({
      id: 'a',
      caller,
      expectedVersion: 2,
      phase: 'write',
      current: null,
      answer: null,
    });
  });

  it('refuses a blank id', () => {
    expect(begin({ id: ' ' }).error).toMatchObject({ message: 'id is required', errorInfo: { field: 'id' } });
  });

  it('refuses a negative version', () => {
    expect(begin({ expectedVersion: -1 }).error).toMatchObject({
      message: 'expectedVersion is -1; it must be 0 (create only) or a version',
      errorInfo: { field: 'expectedVersion' },
    });
  });

  it.each([[{ id: 'a' }], [null]])('answers %j, which a step has kept', (answer) => {
    const { result } = evaluate(name, { prev: { result: {} }, stash: { answer, phase: 'done' } }, 'response');

    expect(result).toEqual(answer);
  });
});

/* The steps that explain a refused write. */
describe.each(['recreate-item', 'replace-payload', 'explain-delete'])('%s', (name) => {
  const step = `pipeline/${name}`;

  it("says nothing of somebody else's item but that it is not the caller's", () => {
    const { error } = explain(step, stored({ owner: 'bob' }), { caller: ALICE, expectedVersion: 1 });

    expect(error).toEqual(NOT_ALLOWED);
  });

  it.each([
    ['done', 'END'],
    ['batch', 'NEXT'],
  ])('has nothing to do in phase %s', (phase, skipTo) => {
    expect(explain(step, stored(), { phase })).toMatchObject({ result: {}, skipTo });
  });

  it('hands back the current item when the version differs', () => {
    const { error } = explain(step, stored(), { expectedVersion: 2 });

    expect(error).toEqual({
      message: 'item a was expected at version 2, but it is at version 3',
      errorType: 'Conflict',
      data: toItem(stored() as StoredItem),
      errorInfo: { code: 'version_differs', retryable: false, expectedVersion: 2, currentVersion: 3 },
    });
  });
});
