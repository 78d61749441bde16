import { type StoredItem, toItem } from '../../../../model/item.ts';
import { ALICE, EVERYTHING } from './callers.ts';
import { evaluate } from './evaluate.ts';
import { stored } from './stored.ts';

const env = { ITEMS_TABLE: 'items', CONSTRAINTS_TABLE: 'constraints' };

/** A step that explains a refused write, on the item as it was read. */
export const explain = (name: string, current: unknown, stash: object = {}, input: object = {}) =>
  evaluate(name, {
    env,
    arguments: { input: { id: 'a', payload: { n: 2 }, ...input } },
    stash: { id: 'a', caller: EVERYTHING, expectedVersion: null, phase: 'explain', current, ...stash },
  });

export const CHANGED_MEANWHILE = {
  errorType: 'Conflict',
  message: 'item a was changed by another writer; try again',
  data: toItem(stored() as StoredItem),
  errorInfo: { code: 'race_lost', retryable: true, expectedVersion: null, currentVersion: 3 },
};

export const NOT_ALLOWED = {
  message: 'not allowed to write item a',
  errorType: 'Unauthorized',
  data: null,
  errorInfo: { code: 'not_owner', retryable: false },
};

export const BUSY = {
  errorType: 'Throttled',
  errorInfo: { code: 'transaction_in_the_way', retryable: true, retryAfterMs: 1000 },
};

/** A step's response to a failure, with what the data source knows of the item by now. */
export const respondTo = (
  name: string,
  error: { type: string; message: string } | null,
  result: unknown,
  stash: object = {},
) =>
  evaluate(
    name,
    {
      arguments: { input: { id: 'a', payload: { n: 2 } } },
      info: { fieldName: 'putItem' },
      stash: { id: 'a', caller: ALICE, expectedVersion: null, phase: 'explain', ...stash },
      error,
      result,
    },
    'response',
  );
