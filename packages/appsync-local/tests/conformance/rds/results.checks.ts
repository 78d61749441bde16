import type { Evidence } from '../check.ts';
import { valueChecks } from '../evaluate/evaluate-code.ts';

const BOOKS = {
  columns: [
    { label: 'author', name: 'author' },
    { label: 'title', name: 'title' },
    { label: 'ISBN-13', name: 'ISBN-13' },
  ],
  records: [
    [
      { stringValue: 'Mark Twain' },
      { stringValue: 'Adventures of Huckleberry Finn' },
      { stringValue: '978-1948132817' },
    ],
    [
      { stringValue: 'Jack London' },
      { stringValue: 'The Call of the Wild' },
      { stringValue: '978-1948132275' },
    ],
  ],
  rows: [
    { author: 'Mark Twain', title: 'Adventures of Huckleberry Finn', 'ISBN-13': '978-1948132817' },
    { author: 'Jack London', title: 'The Call of the Wild', 'ISBN-13': '978-1948132275' },
  ],
};

const selected = { numberOfRecordsUpdated: 0, records: BOOKS.records, columnMetadata: BOOKS.columns };
const changed = { numberOfRecordsUpdated: 1, generatedFields: [] };

/** One row whose columns are `a`, `b`, … */
const oneRow = (...fields: object[]) => ({
  numberOfRecordsUpdated: 0,
  records: [fields],
  columnMetadata: fields.map((_, index) => ({ name: String.fromCharCode(97 + index) })),
});

const recorded = 'localstack/appsync-utils v0.1.5, resolvers.test.js.snap';
const guide =
  'AppSync developer guide, "JavaScript resolver function reference for Amazon RDS", "Retrieving data"';

type Row = [id: string, promise: string, helper: string, results: object[] | string, expected: unknown];

const rows = (source: string, evidence: Evidence, list: Row[]) =>
  list.map(([id, promise, helper, results, expected]) => ({
    id,
    promise,
    source,
    evidence,
    expression: `${helper}(ctx.result)`,
    context: {
      result: typeof results === 'string' ? results : JSON.stringify({ sqlStatementResults: results }),
    },
    expected,
  }));

/** What `toJsonObject` makes of a result of the RDS Data API, and the markers that `typeHint` gives. */
export const resultChecks = valueChecks([
  ...rows(recorded, 'observed', [
    [
      'RDS-401',
      'toJsonObject makes rows with the labels of columns as names',
      'rds.toJsonObject',
      [selected],
      [BOOKS.rows],
    ],
    ['RDS-402', 'util.rds.toJsonObject is the same', 'util.rds.toJsonObject', [selected], [BOOKS.rows]],
    ['RDS-403', 'a change has one row without members', 'rds.toJsonObject', [changed], [[{}]]],
    [
      'RDS-404',
      'each statement has its own rows',
      'rds.toJsonObject',
      [changed, selected],
      [[{}], BOOKS.rows],
    ],
    [
      'RDS-405',
      'numbers and Booleans come as such, bytes as Base64, NULL as no member',
      'rds.toJsonObject',
      [
        oneRow(
          { longValue: 12345 },
          { doubleValue: 12.34 },
          { booleanValue: false },
          { blobValue: 'aGVsbG8=' },
          { isNull: true },
        ),
      ],
      [[{ a: 12345, b: 12.34, c: false, d: 'aGVsbG8=' }]],
    ],
    [
      'RDS-406',
      'lists are lists, also inside lists',
      'rds.toJsonObject',
      [
        oneRow(
          { arrayValue: { stringValues: ['a', 'b'] } },
          { arrayValue: { arrayValues: [{ booleanValues: [true, false] }, { longValues: [1, 2] }] } },
        ),
      ],
      [
        [
          {
            a: ['a', 'b'],
            b: [
              [true, false],
              [1, 2],
            ],
          },
        ],
      ],
    ],
    [
      'RDS-407',
      'the label of a column is preferred to its name',
      'rds.toJsonObject',
      [
        {
          records: [[{ booleanValue: true }]],
          columnMetadata: [{ name: 'is_active', label: 'IS ACTIVE' }],
        },
      ],
      [[{ 'IS ACTIVE': true }]],
    ],
  ]),
  ...rows(guide, 'documented', [
    ['RDS-408', 'text that is not JSON gives null', 'rds.toJsonObject', 'no JSON', null],
    ['RDS-409', 'a result without statements gives null', 'rds.toJsonObject', '{"rows":[]}', null],
  ]),
  {
    id: 'RDS-410',
    promise: 'typeHint.UUID marks text with its type',
    source: recorded,
    evidence: 'observed',
    expression: 'rds.typeHint.UUID(ctx.args.id)',
    context: { arguments: { id: 'abc123' } },
    expected: { type: 'UUID', value: 'abc123' },
  },
  {
    id: 'RDS-411',
    promise: 'typeHint.TIMESTAMP marks text with its type and does not change its form',
    source: recorded,
    evidence: 'observed',
    expression: 'rds.typeHint.TIMESTAMP(ctx.args.id)',
    context: { arguments: { id: '2023-02-01T00:00:00.000Z' } },
    expected: { type: 'TIMESTAMP', value: '2023-02-01T00:00:00.000Z' },
  },
]);
