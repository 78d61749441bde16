import { describe, expect, it } from 'vitest';
import { admin, alice, apiKey, iam } from '../harness/callers.ts';
import { evaluate } from '../harness/evaluate.ts';

describe.each(['Subscription.onPutItem', 'Subscription.onUpdateItem', 'Subscription.onDeleteItem'])(
  '%s',
  (name) => {
    const subscribe = (identity: unknown, args: Record<string, unknown> = {}) =>
      evaluate(name, { identity, arguments: args }, 'response');

    it('needs no data', () => {
      expect(evaluate(name).result).toEqual({ payload: null });
    });

    it('lets a user hear of its own items only', () => {
      const { result, effects } = subscribe(alice);

      expect(result).toBeNull();
      expect(effects.subscriptionFilter).toEqual({
        filterGroup: [{ filters: [{ fieldName: 'owner', operator: 'eq', value: 'alice' }] }],
      });
    });

    it("repeats a user's arguments, which the filter replaces", () => {
      const { effects } = subscribe(alice, { id: 'a', kind: 'product' });

      expect(effects.subscriptionFilter).toEqual({
        filterGroup: [
          {
            filters: [
              { fieldName: 'owner', operator: 'eq', value: 'alice' },
              { fieldName: 'id', operator: 'eq', value: 'a' },
              { fieldName: 'kind', operator: 'eq', value: 'product' }, // part: validated-items
            ],
          },
        ],
      });
    });

    it('is closed to API keys, whatever the schema says', () => {
      const { error, effects } = subscribe(apiKey, { id: 'a' });

      expect(error).toMatchObject({ errorType: 'Unauthorized' });
      expect(effects.subscriptionFilter).toBeUndefined();
    });

    it('takes an empty argument for one that no item meets, and null for none', () => {
      const filtersOf = (args: Record<string, unknown>) => subscribe(iam, args).effects.subscriptionFilter;

      expect(filtersOf({ id: '', kind: '' })).toEqual({
        filterGroup: [
          {
            filters: [
              { fieldName: 'id', operator: 'eq', value: '' },
              { fieldName: 'kind', operator: 'eq', value: '' }, // part: validated-items
            ],
          },
        ],
      });
      expect(filtersOf({ id: null, kind: null })).toBeUndefined();
    });

    it.each([
      ['an admin', admin],
      ['IAM', iam],
    ])('lets %s hear of all', (_, identity) => {
      expect(subscribe(identity).effects).toEqual({ invalidations: [], responseHeaders: [] });
      expect(subscribe(identity, { id: 'a' }).effects.subscriptionFilter).toEqual({
        filterGroup: [{ filters: [{ fieldName: 'id', operator: 'eq', value: 'a' }] }],
      });
    });
  },
);
