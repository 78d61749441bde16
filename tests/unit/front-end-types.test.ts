import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { describe, expect, expectTypeOf, it } from 'vitest';
import * as documents from '../../schema/generated/front-end/documents.ts';
import {
  type Conflict,
  isBatchError,
  type ItemsError,
  itemsErrorsOf,
  subscriptionErrorsOf,
} from '../../schema/generated/front-end/errors.ts';
import { inputOf, itemOf, type ItemOf } from '../../schema/generated/front-end/kinds.ts';
import * as strings from '../../schema/generated/front-end/strings.ts';

// What a front end gets of `npm run types`. `npm run typecheck` compares the types: a line below `@ts-expect-error` must not compile.

// Not annotated but asserted, so that a member that an adopter adds to Item need not be listed here.
const item = {
  id: 'se',
  kind: 'product', // part: validated-items
  payload: '{"sku":"A-1","name":"Pen","price":{"amountMinor":199,"currency":"EUR"}}',
  version: 1,
  owner: null,
  createdAt: '2026-11-29T00:00:00.000Z',
  updatedAt: '2026-11-29T00:00:00.000Z',
  expiresAt: null,
} as documents.ItemFieldsFragment;

// part: validated-items
describe('a payload', () => {
  it('is read with the type of its kind’s schema', () => {
    const product = itemOf('product', item)!;

    expect(product.payload.price.amountMinor).toBe(199);
    expectTypeOf(product).toEqualTypeOf<ItemOf<'product', typeof item>>();
    expectTypeOf(product.payload.variants).toEqualTypeOf<
      | { sku: string; attributes?: { [k: string]: string }; price?: typeof product.payload.price }[]
      | undefined
    >();
    expectTypeOf<ItemOf<'country'>['payload']['latlng']>().toEqualTypeOf<[number, number]>();
    expectTypeOf<ItemOf<'country'>['payload']['area']>().toEqualTypeOf<number>();
    // @ts-expect-error no such member
    expect(product.payload.prize).toBeUndefined();
    // @ts-expect-error no such kind
    expect(itemOf('ship', item)).toBeNull();
  });

  it('is null for another kind, and for a change without its payload', () => {
    expect(itemOf('country', item)).toBeNull();
    expect(itemOf('product', { ...item, payload: null })).toBeNull();
    expect(itemOf('product', undefined)).toBeNull();
  });

  it('is written with the type of its kind’s schema', () => {
    const price = { amountMinor: 199, currency: 'EUR' } as const;

    const input = inputOf({ id: 'a', kind: 'product', payload: { sku: 'A-1', name: 'Pen', price } });

    expect(JSON.parse(input.payload)).toEqual({ sku: 'A-1', name: 'Pen', price });
    expectTypeOf(input).toEqualTypeOf<documents.PutValidatedItemInput>();
    // @ts-expect-error name is required
    inputOf({ id: 'a', kind: 'product', payload: { sku: 'A-1', price } });
    // @ts-expect-error no such member
    inputOf({ id: 'a', kind: 'product', payload: { sku: 'A-1', name: 'Pen', price, colour: 'red' } });
    // @ts-expect-error no such currency
    const euros: ItemOf<'product'>['payload']['price'] = { amountMinor: 1, currency: 'EURO' };
    expect(euros).toBeDefined();
    // @ts-expect-error a product is no country
    inputOf({ id: 'a', kind: 'country', payload: { sku: 'A-1', name: 'Pen', price } });
  });
});
// end: validated-items

describe('an operation', () => {
  it('is a typed document for Apollo Client and urql', () => {
    expectTypeOf(documents.GetItemDocument).toExtend<
      TypedDocumentNode<documents.GetItemQuery, documents.GetItemQueryVariables>
    >();
    expectTypeOf<documents.GetItemQueryVariables>().toEqualTypeOf<{ id: string }>();
    expectTypeOf<documents.ItemFieldsFragment['expiresAt']>().toEqualTypeOf<number | null>();
    expectTypeOf<documents.ItemFieldsFragment['payload']>().toEqualTypeOf<string | null>();
  });

  it('is a typed string for Amplify', () => {
    // Never called: loading Amplify takes seconds, and its types are all there is to test.
    const calls = async () => {
      const client = (await import('aws-amplify/api')).generateClient();
      // @ts-expect-error an id is required
      void client.graphql({ query: strings.putItem, variables: { input: {} } });
      const { data } = await client.graphql({ query: strings.putItem, variables: { input: { id: 'a' } } });
      expectTypeOf(data.putItem!.version).toEqualTypeOf<number>();
      // part: change-feed
      client.graphql({ query: strings.onItemChange }).subscribe({
        next: ({ data }) => expectTypeOf(data.onItemChange!.type).toEqualTypeOf<documents.ItemChangeType>(),
      });
      // end: change-feed
    };

    expect(calls).toBeTypeOf('function');
    expect(strings.putItem).toMatch(/^mutation PutItem.*fragment ItemFields on Item/s);
  });
});

const conflict = {
  errorType: 'Conflict',
  message: 'item a was expected at version 4, but it is at version 1',
  path: ['putItem'],
  errorInfo: { code: 'version_differs', retryable: false, expectedVersion: 4, currentVersion: 1 },
  data: item,
} satisfies Conflict<typeof item>;

describe('an error', () => {
  const typed = (error: ItemsError) => {
    switch (error.errorType) {
      case 'Conflict':
        expectTypeOf(error.data).toEqualTypeOf<documents.ItemFieldsFragment | null>();
        expectTypeOf(error.errorInfo.currentVersion).toEqualTypeOf<number>();
        // part: validated-items
        if (error.errorInfo.code === 'referenced') {
          return error.errorInfo.referrers;
        }
        // end: validated-items
        return error.errorInfo.currentVersion;
      // part: validated-items
      case 'ValidationFailed':
        return error.errorInfo.violations[0]?.path;
      // end: validated-items
      case 'Throttled':
        return error.errorInfo.retryAfterMs;
      case 'NotFound':
        return error.errorInfo.id;
      case 'InternalError':
        return error.errorInfo.requestId;
      case 'BadRequest':
        // @ts-expect-error of a bad request there is no version
        return error.errorInfo.currentVersion;
      case 'Unauthorized':
        expectTypeOf(error.data).toEqualTypeOf<null>();
        // @ts-expect-error no such code
        return error.errorInfo.code === 'version_differs';
    }
  };

  it('is known by its errorType and its code', () => {
    expect(typed(conflict)).toBe(1);
  });

  it.each([
    ['an answer, and what Amplify throws', { data: null, errors: [conflict] }],
    ['Apollo’s CombinedGraphQLErrors', Object.assign(new Error('x'), { errors: [conflict] })],
    ['urql’s CombinedError', { graphQLErrors: [Object.assign(new Error('x'), { originalError: conflict })] }],
    ['errors among AppSync’s own', { errors: [{ errorType: 'Unauthorized', errorInfo: null }, conflict] }],
  ])('is found in %s', (_, failure) => {
    expect(itemsErrorsOf(failure)).toEqual([conflict]);
  });

  it.each([null, undefined, 'x', new TypeError('Failed to fetch'), { errors: [{ message: 'x' }] }])(
    'is not found in %o',
    (failure) => {
      expect(itemsErrorsOf(failure)).toEqual([]);
    },
  );

  it('of a batch lists the refused items', () => {
    const { code, retryable } = conflict.errorInfo;
    const refused = { index: 1, id: 'a', errorType: 'Conflict', message: 'x', ...conflict.errorInfo };
    const [error] = itemsErrorsOf({
      errors: [{ ...conflict, errorInfo: { code, retryable, items: [refused] } }],
    });

    expect(isBatchError(error) && error.errorInfo.items[0]?.id).toBe('a');
    expect(isBatchError(conflict)).toBe(false);
  });
});

describe('a refused subscription', () => {
  const refused = {
    errorType: 'Unauthorized',
    message: 'Not Authorized to access onPutItem on type Subscription',
  };
  const payload = { errors: [refused] };
  const hidden = { errors: [{ message: `Connection failed: ${JSON.stringify(payload)}`, extensions: {} }] };
  const connection = { errors: [{ message: 'Connection failed: UnauthorizedException' }] };

  it.each([
    ['the payload of AppSync’s message', payload],
    ['what Amplify reports', hidden],
    ['what Apollo Client 4 reports', Object.assign(new Error('unexpected shape'), { cause: hidden })],
    ['ApiError of live-items', Object.assign(new Error('x'), payload)],
  ])('is explained by %s', (_, failure) => {
    expect(subscriptionErrorsOf(failure)).toEqual([refused]);
  });

  it('has the type of a refused connection, which is all that Amplify and Apollo tell', () => {
    const expected = [{ errorType: 'UnauthorizedException', message: 'UnauthorizedException' }];

    expect(subscriptionErrorsOf(connection)).toEqual(expected);
    expect(subscriptionErrorsOf(new Error('x', { cause: connection }))).toEqual(expected);
  });

  it.each([
    [
      { message: 'Validation error of type FieldUndefined: …' },
      null,
      'Validation error of type FieldUndefined: …',
    ],
    [{ message: 'Connection failed: Timeout disconnect' }, null, 'Timeout disconnect'],
    [{ errorType: 'InternalFailure' }, 'InternalFailure', 'InternalFailure'],
  ])('is explained by %j', (entry, errorType, message) => {
    expect(subscriptionErrorsOf({ errors: [entry] })).toEqual([{ errorType, message }]);
  });

  it('is explained by an object in place of a list, as AppSync has it for too many subscriptions', () => {
    const tooMany = {
      errorType: 'MaxSubscriptionsReachedError',
      message: 'Max number of 200 subscriptions reached',
    };

    expect(subscriptionErrorsOf({ errors: tooMany })).toEqual([tooMany]);
    expect(
      subscriptionErrorsOf({
        errors: [{ message: `Connection failed: ${JSON.stringify({ errors: tooMany })}` }],
      }),
    ).toEqual([tooMany]);
  });

  it.each([null, undefined, 'x', new TypeError('Failed to fetch')])('is not what %o tells', (failure) => {
    expect(subscriptionErrorsOf(failure)).toEqual([]);
  });
});
