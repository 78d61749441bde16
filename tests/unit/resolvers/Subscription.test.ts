import { describe, expect, it } from 'vitest';
import { admin, alice, apiKey, iam } from './callers.ts';
import { evaluate } from './evaluate.ts';

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
              { fieldName: 'kind', operator: 'eq', value: 'product' },
            ],
          },
        ],
      });
    });

    it.each([
      ['an API key', apiKey],
      ['an admin', admin],
      ['IAM', iam],
    ])('leaves %s to the matching of arguments', (_, identity) => {
      expect(subscribe(identity, { id: 'a' }).effects).toEqual({ invalidations: [], responseHeaders: [] });
    });
  },
);
