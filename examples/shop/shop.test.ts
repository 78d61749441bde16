import { type RequestOptions, type Server, start } from 'appsync-local';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dataOf, errorOf } from '../harness/answers.ts';
import { apisOf } from '../harness/apis-of.ts';
import { subscribe } from '../harness/subscribe.ts';

const app = import.meta.dirname;
/** A key of another API: that of every local one. */
const SOME_KEY = { 'x-api-key': 'da2-localdevkey000000000000000' };

let apis: string[];
beforeAll(async () => {
  apis = await apisOf(app);
});

function serve(api: () => string) {
  let server: Server;
  beforeAll(async () => {
    server = await start({ app, api: api() });
  });
  afterAll(() => server?.close());
  const graphql = <Data>(
    document: string,
    variables: Record<string, unknown> = {},
    options?: RequestOptions,
  ) => server.graphql<Data>(document, variables, options);
  return {
    graphql,
    ask: async (...operation: Parameters<typeof graphql>) => dataOf(await graphql(...operation)),
    subscribe: (query: string) => subscribe(server, query),
  };
}

const SAVE = `mutation ($sku: ID!, $name: String!, $cents: Int!, $attributes: AWSJSON) {
  saveProduct(sku: $sku, name: $name, cents: $cents, attributes: $attributes) { sku name cents attributes }
}`;
const REVIEW = `mutation ($sku: ID!, $stars: Int!, $comment: String) {
  review(sku: $sku, stars: $stars, comment: $comment) { sku stars comment }
}`;

describe('a shop in three stacks whose Lambda functions use the AWS SDK of the Lambda runtime', () => {
  const shop = serve(() => apis[0]!);

  it('names its two APIs to choose from', () => {
    expect(apis).toEqual([
      expect.stringMatching(/^shop-api\/Shop[0-9A-F]{8}$/),
      expect.stringMatching(/^shop-api\/Admin[0-9A-F]{8}$/),
    ]);
  });

  it('writes and reads with direct Lambda resolvers', async () => {
    const lamp = { sku: 'lamp', name: 'Lamp', cents: 1900, attributes: '{"watts":40}' };

    const saved = await shop.ask(SAVE, lamp);
    const read = await shop.ask('{ product(sku: "lamp") { sku name cents attributes } }');
    const all = await shop.ask('{ products { sku } missing: product(sku: "none") { sku } }');

    expect(saved).toEqual({ saveProduct: lamp });
    expect(read).toEqual({ product: lamp });
    expect(all).toEqual({ products: [{ sku: 'lamp' }], missing: null });
  });

  it('has a function throw, and tells its name', async () => {
    const { data, errors } = await shop.graphql(SAVE, { sku: 'gift', name: 'Gift', cents: -1 });

    expect(data).toBeNull();
    expect(errors).toMatchObject([{ path: ['saveProduct'], errorType: 'PriceError', message: '-1 cents' }]);
  });

  it('resolves fields of an object, and tells a subscriber what a function has answered', async () => {
    await shop.ask(SAVE, { sku: 'chair', name: 'Chair', cents: 4900 });
    const reviewed = await shop.subscribe('subscription { reviewed(sku: "chair") { stars comment } }');

    for (const stars of [2, 5]) {
      await shop.ask(REVIEW, { sku: 'chair', stars, comment: `${stars} stars` });
    }
    const data = await shop.ask(
      '{ product(sku: "chair") { rating reviews(first: 1) { stars } all: reviews { comment } } }',
    );

    expect(data).toEqual({
      product: {
        rating: 3.5,
        reviews: [{ stars: 5 }],
        all: [{ comment: '5 stars' }, { comment: '2 stars' }],
      },
    });
    expect(await reviewed.next()).toEqual({ data: { reviewed: { stars: 2, comment: '2 stars' } } });
    expect(await reviewed.next()).toEqual({ data: { reviewed: { stars: 5, comment: '5 stars' } } });
    reviewed.close();
  });

  it('asks a function for all objects at once, where the resolver allows batches', async () => {
    for (const sku of ['a1', 'a2', 'secret']) {
      await shop.ask(SAVE, { sku, name: sku, cents: 1 });
    }

    const { data, errors } = await shop.graphql<{ products: { sku: string; popularity: object | null }[] }>(
      '{ products { sku popularity { sku askedTogether } } }',
    );

    const { products } = data!;
    expect(products.length).toBeGreaterThanOrEqual(3);
    expect(products.map(({ popularity }) => popularity)).toEqual(
      products.map(({ sku }) => (sku === 'secret' ? null : { sku, askedTogether: products.length })),
    );
    expect(errors).toMatchObject([{ errorType: 'Secret', message: 'not for sale' }]);
  });
});

describe('the shop’s other API', () => {
  const admin = serve(() => apis[1]!);

  it('takes signed requests', async () => {
    const discontinued = await admin.ask('mutation { discontinue(sku: "lamp") }', {}, { as: 'iam' });
    const stock = await admin.ask('{ stock }', {}, { as: 'iam' });

    expect(discontinued).toEqual({ discontinue: true });
    expect(stock).toEqual({ stock: '{"items":0}' });
  });

  it('takes no API key, and has no field of the first API', async () => {
    const refused = errorOf(await admin.graphql('{ stock }', {}, { as: 'apiKey', headers: SOME_KEY }));
    const unknown = errorOf(await admin.graphql('{ products { sku } }', {}, { as: 'iam' }));

    expect(refused).toMatchObject({ errorType: 'UnauthorizedException' });
    expect(unknown.message).toMatch(/'?products'?/);
  });
});
