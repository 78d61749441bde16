import assert from 'node:assert/strict';
import type { Check } from '../check.ts';
import { ask, check, freshId, refusalOf, resultOf } from './ask.ts';
import { atOf, lineKey, linesOf, threeLines } from './lines.ts';
import { LINES } from './names.ts';

const DG = 'AppSync developer guide, js-aws-appsync-resolver-reference-dynamodb';
const INVALID_TOKEN = {
  type: 'DynamoDB:UserIllegalArgumentException',
  message:
    'com.amazonaws.deepdish.common.pagination.InvalidPaginationTokenException: Invalid pagination token given.',
};

/** Query, Scan and pagination tokens. */
export const dynamoDbPageChecks: Check[] = [
  check(
    'DSC-050',
    'Query answers items, nextToken and scannedCount',
    `${DG}-query`,
    'documented',
    async (api) => {
      const result = await resultOf(api, 'lines', linesOf(await threeLines(api)));
      assert.deepEqual(atOf(result), ['1', '2', '3']);
      assert.deepEqual({ ...result, items: [] }, { items: [], nextToken: null, scannedCount: 3 });
    },
  ),
  check('DSC-051', 'Query continues at its nextToken', `${DG}-query`, 'documented', async (api) => {
    const id = await threeLines(api);
    const { nextToken } = await resultOf(api, 'lines', linesOf(id, { limit: 2 }));
    const rest = await resultOf(api, 'lines', linesOf(id, { limit: 2, nextToken }));
    assert.deepEqual([atOf(rest), rest.nextToken], [['3'], null]);
  }),
  check('DSC-052', 'limit counts items read, before the filter', `${DG}-query`, 'documented', async (api) => {
    const filter = { expression: 'n > :n', expressionValues: { ':n': { N: 1 } } };
    const result = await resultOf(api, 'lines', linesOf(await threeLines(api), { limit: 2, filter }));
    assert.deepEqual([atOf(result), result.scannedCount], [['2'], 2]);
  }),
  check('DSC-053', 'scanIndexForward false reads from the end', `${DG}-query`, 'documented', async (api) => {
    const result = await resultOf(api, 'lines', linesOf(await threeLines(api), { scanIndexForward: false }));
    assert.deepEqual(atOf(result), ['3', '2', '1']);
  }),
  check('DSC-054', 'Query reads an index', `${DG}-query`, 'documented', async (api) => {
    const id = await threeLines(api);
    const query = { expression: 'kind = :kind', expressionValues: { ':kind': { S: id } } };
    const result = await resultOf(api, 'lines', { operation: 'Query', index: 'byKind', query });
    assert.deepEqual(atOf(result).sort(), ['1', '2', '3']);
    assert.equal(result.items[0].n, undefined);
  }),
  check('DSC-055', 'Query answers its projection', `${DG}-projections`, 'documented', async (api) => {
    const result = await resultOf(
      api,
      'lines',
      linesOf(await threeLines(api), { projection: { expression: 'n' } }),
    );
    assert.deepEqual(result.items, [{ n: 1 }, { n: 2 }, { n: 3 }]);
  }),
  check(
    'DSC-056',
    'one alias may mean two things in query, filter and projection',
    '@aws-appsync/utils 2.1.1, dynamodb',
    'inferred',
    async (api) => {
      const id = await threeLines(api);
      const result = await resultOf(api, 'lines', {
        operation: 'Query',
        query: {
          expression: '#a = :v',
          expressionNames: { '#a': 'id' },
          expressionValues: { ':v': { S: id } },
        },
        filter: {
          expression: '#a > :v',
          expressionNames: { '#a': 'n' },
          expressionValues: { ':v': { N: 1 } },
        },
        projection: { expression: '#a', expressionNames: { '#a': 'at' } },
      });
      assert.deepEqual(result.items, [{ at: '2' }, { at: '3' }]);
    },
  ),
  check(
    'DSC-057',
    'begins_with on a key distinguishes upper and lower case',
    'DynamoDB API Query',
    'documented',
    async (api) => {
      const id = freshId();
      const items = ['ab', 'AB'].map((at) => lineKey(id, at));
      await resultOf(api, 'lines', { operation: 'BatchPutItem', tables: { [LINES]: items } });
      const expressionValues = { ':id': { S: id }, ':a': { S: 'a' } };
      const query = {
        expression: 'id = :id AND begins_with(#at, :a)',
        expressionNames: { '#at': 'at' },
        expressionValues,
      };
      assert.deepEqual(atOf(await resultOf(api, 'lines', { operation: 'Query', query })), ['ab']);
    },
  ),
  check('DSC-058', 'Scan answers as Query does', `${DG}-scan`, 'documented', async (api) => {
    const id = await threeLines(api);
    const filter = { expression: 'id = :id', expressionValues: { ':id': { S: id } } };
    const result = await resultOf(api, 'lines', { operation: 'Scan', filter, consistentRead: true });
    assert.deepEqual(atOf(result), ['1', '2', '3']);
    assert.deepEqual(Object.keys(result).sort(), ['items', 'nextToken', 'scannedCount']);
  }),
  check('DSC-059', 'the segments of a Scan make up the table', `${DG}-scan`, 'documented', async (api) => {
    const id = await threeLines(api);
    const filter = { expression: 'id = :id', expressionValues: { ':id': { S: id } } };
    const pages = await Promise.all(
      [0, 1].map((segment) =>
        resultOf(api, 'lines', { operation: 'Scan', filter, segment, totalSegments: 2 }),
      ),
    );
    assert.deepEqual(pages.flatMap(atOf).sort(), ['1', '2', '3']);
  }),
  check(
    'DSC-060',
    'a nextToken looks like base64 of JSON that begins with its version',
    'aws-amplify/amplify-js#4880',
    'observed',
    async (api) => {
      const { nextToken } = await resultOf(api, 'lines', linesOf(await threeLines(api), { limit: 1 }));
      assert.match(nextToken, /^eyJ2ZX/);
    },
  ),
  check('DSC-061', 'a nextToken does not reveal the key', `${DG}-query`, 'documented', async (api) => {
    const id = await threeLines(api);
    const { nextToken } = await resultOf(api, 'lines', linesOf(id, { limit: 1 }));
    assert.ok(!Buffer.from(nextToken, 'base64').toString('latin1').includes(id));
  }),
  ...tokenChecks(),
  check(
    'DSC-068',
    'Sync is refused on a data source that is not versioned',
    `${DG}-sync`,
    'inferred',
    async (api) => {
      const { errorType } = await refusalOf(api, 'things', { operation: 'Sync' });
      assert.equal(errorType, 'MappingTemplate');
    },
  ),
];

function tokenChecks(): Check[] {
  const foreign: [
    id: string,
    what: string,
    field: string,
    request: (id: string, nextToken: string) => object,
  ][] = [
    ['DSC-062', 'of another resolver', 'otherLines', (id, nextToken) => linesOf(id, { limit: 1, nextToken })],
    ['DSC-063', 'of another key condition', 'lines', (_, nextToken) => linesOf('x', { limit: 1, nextToken })],
    ['DSC-064', 'of another index', 'lines', (id, nextToken) => linesOf(id, { index: 'byKind', nextToken })],
    [
      'DSC-065',
      'with added characters',
      'lines',
      (id, nextToken) => linesOf(id, { nextToken: `${nextToken}\n` }),
    ],
    ['DSC-066', 'that is garbled', 'lines', (id) => linesOf(id, { nextToken: 'eyJ2ZXJzaW9uIjozfQ==' })],
  ];
  return [
    ...foreign.map(([id, what, field, request]) =>
      check(
        id,
        `a nextToken ${what} is ctx.error, not an exception`,
        'aws-amplify/amplify-cli#3411',
        'observed',
        async (api) => {
          const lines = await threeLines(api);
          const { nextToken } = await resultOf(api, 'lines', linesOf(lines, { limit: 1 }));
          assert.deepEqual((await ask(api, field, request(lines, nextToken))).error, INVALID_TOKEN);
        },
      ),
    ),
    check(
      'DSC-067',
      'a nextToken of another AppSync function of the pipeline is refused',
      `${DG}-query`,
      'documented',
      async (api) => {
        const id = await threeLines(api);
        const by = async (name: string, request: object) => {
          const document = 'query ($f: String!, $r: String!) { linesByFunction(function: $f, request: $r) }';
          const data = await api.succeed(document, { f: name, r: JSON.stringify(request) });
          return JSON.parse((data as { linesByFunction: string }).linesByFunction);
        };
        const { nextToken } = (await by('A', linesOf(id, { limit: 1 }))).result;
        assert.deepEqual((await by('B', linesOf(id, { limit: 1, nextToken }))).error, INVALID_TOKEN);
        assert.deepEqual(atOf((await by('A', linesOf(id, { limit: 1, nextToken }))).result), ['2']);
      },
    ),
  ];
}
