import { expectTypeOf, it } from 'vitest';
import * as surface from '../src/index.ts';

// What others build on. `npm run typecheck` compares the types; the test of the names runs.

it('exports these values and no others', ({ expect }) => {
  expect(Object.keys(surface).sort()).toEqual(
    [
      'ApiError',
      'createItemsStore',
      'createLiveItems',
      'createLiveQuery',
      'createRealtimeClient',
      'createWriteQueue',
      'graphqlRequest',
      'isCursorRefused',
      'itemChanges',
      'withApiKey',
      'withSignature',
      'withToken',
    ].sort(),
  );
});

it('a view is made from where the API is and who calls', () => {
  expectTypeOf(surface.createLiveItems).returns.toEqualTypeOf<surface.LiveItems>();
  expectTypeOf<surface.LiveItems['items']>().toEqualTypeOf<ReadonlyMap<string, surface.Item>>();
  expectTypeOf<surface.LiveItems['ready']>().toEqualTypeOf<Promise<void>>();
  expectTypeOf<{
    url: string;
    authorization: surface.Authorization;
  }>().toExtend<surface.LiveItemsOptions>();
  expectTypeOf<surface.LiveItemsStatus>().toEqualTypeOf<
    'connecting' | 'live' | 'reconnecting' | 'failed' | 'stopped'
  >();
});

it('a listener hears of changes and of why a status came', () => {
  expectTypeOf<NonNullable<surface.LiveItemsOptions['onChange']>>().parameters.toEqualTypeOf<
    [readonly surface.LiveItemsChange[]]
  >();
  expectTypeOf<NonNullable<surface.LiveItemsOptions['onStatus']>>().parameters.toEqualTypeOf<
    [surface.LiveItemsStatus, surface.ApiError?]
  >();
});

it('credentials come from a key, a token that may take its time, or a signer', () => {
  expectTypeOf(surface.withApiKey).toEqualTypeOf<
    (key: string | surface.CredentialSource) => surface.Authorization
  >();
  expectTypeOf(surface.withToken).parameter(0).returns.toEqualTypeOf<string | Promise<string>>();
  expectTypeOf(surface.withSignature).parameter(0).toEqualTypeOf<surface.Signer>();
});

it('a subscription gives its data to a sink of the same type, and what ends it', () => {
  type Data = { onPing: string };
  type Subscribe = surface.RealtimeClient['subscribe'];
  expectTypeOf<Subscribe>().toEqualTypeOf<
    <Data>(operation: surface.Operation, sink: surface.Sink<Data>) => () => void
  >();
  expectTypeOf<Parameters<surface.Sink<Data>['next']>[0]['data']>().toEqualTypeOf<Data>();
});

it('the log of changes is iterated by pages, and a request answers its data', () => {
  expectTypeOf(surface.itemChanges).returns.toEqualTypeOf<AsyncGenerator<surface.ItemChangePage, void>>();
  expectTypeOf(surface.graphqlRequest<{ one: 1 }>).returns.toEqualTypeOf<Promise<{ one: 1 }>>();
});
