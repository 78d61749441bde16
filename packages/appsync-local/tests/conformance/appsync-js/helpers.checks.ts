import assert from 'node:assert/strict';
import type { Check, Evidence } from '../check.ts';
import { asJson, valueChecks, valueOf, type ValueRow } from '../evaluate/evaluate-code.ts';

type Row = [id: string, promise: string, expression: string, expected: unknown];

const rows = (source: string, evidence: Evidence, list: Row[]): ValueRow[] =>
  list.map(([id, promise, expression, expected]) => ({
    id,
    promise,
    source,
    evidence,
    expression,
    expected,
  }));

/** Helpers whose value differs from call to call; what stays is their form. */
const formChecks: Check[] = (
  [
    [
      'JSR-190',
      'autoId gives a random UUID',
      'util.autoId()',
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    ],
    [
      'JSR-191',
      'autoUlid gives 26 characters of Crockford base32',
      'util.autoUlid()',
      /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/,
    ],
    ['JSR-192', 'autoKsuid gives 27 characters of base62', 'util.autoKsuid()', /^[0-9A-Za-z]{27}$/],
    [
      'JSR-193',
      'nowISO8601 gives a date and a time in UTC',
      'util.time.nowISO8601()',
      /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/,
    ],
    ['JSR-194', 'nowEpochSeconds gives seconds', 'util.time.nowEpochSeconds()', /^\d{10}$/],
    ['JSR-195', 'nowEpochMilliSeconds gives milliseconds', 'util.time.nowEpochMilliSeconds()', /^\d{13}$/],
    [
      'JSR-196',
      'nowFormatted takes a java.time pattern',
      "util.time.nowFormatted('yyyy-MM-dd HH:mm:ssZ')",
      /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\+0000$/,
    ],
    [
      'JSR-197',
      'nowFormatted takes a time zone',
      "util.time.nowFormatted('yyyy-MM-dd HH:mm:ssZ', 'Australia/Perth')",
      /\+0800$/,
    ],
    [
      'JSR-198',
      'randomDouble gives a number from 0 to 1',
      'util.math.randomDouble()',
      /^0(\.\d+)?$|^\d(\.\d+)?e-\d+$/,
    ],
    [
      'JSR-199',
      'randomWithinRange gives an integer of the range',
      'util.math.randomWithinRange(5, 7)',
      /^[567]$/,
    ],
  ] satisfies [string, string, string, RegExp][]
).map(([id, promise, expression, form]) => ({
  id,
  promise,
  source: '@aws-appsync/utils 2.1.1, index.d.ts, time-utils.d.ts, math-utils.d.ts',
  evidence: 'documented',
  async run(api) {
    assert.match(String(await valueOf(api, expression)), form);
  },
}));

const POSTS = `<?xml version="1.0" encoding="UTF-8"?>
<posts>
<post>
  <id>1</id>
  <title>Getting started with GraphQL</title>
</post>
</posts>`;

/** `util` apart from DynamoDB and filters. */
export const helperChecks: Check[] = [
  ...formChecks,
  ...valueChecks([
    ...rows('AppSync developer guide, time-helpers-in-util-time-js', 'documented', [
      [
        'JSR-200',
        'parseISO8601ToEpochMilliSeconds reads an offset',
        "util.time.parseISO8601ToEpochMilliSeconds('2018-02-01T17:21:05.180+08:00')",
        1517476865180,
      ],
      [
        'JSR-201',
        'epochMilliSecondsToSeconds cuts off the milliseconds',
        'util.time.epochMilliSecondsToSeconds(1517943695750)',
        1517943695,
      ],
      [
        'JSR-202',
        'epochMilliSecondsToISO8601 writes UTC with milliseconds',
        'util.time.epochMilliSecondsToISO8601(1517943695758)',
        '2018-02-06T19:01:35.758Z',
      ],
      [
        'JSR-203',
        'epochMilliSecondsToFormatted writes UTC by a pattern',
        "util.time.epochMilliSecondsToFormatted(1517943695758, 'yyyy-MM-dd HH:mm:ssZ')",
        '2018-02-06 19:01:35+0000',
      ],
      [
        'JSR-204',
        'epochMilliSecondsToFormatted writes a time zone',
        "util.time.epochMilliSecondsToFormatted(1517943695758, 'yyyy-MM-dd HH:mm:ssZ', 'Australia/Perth')",
        '2018-02-07 03:01:35+0800',
      ],
      [
        'JSR-205',
        'parseFormattedToEpochMilliSeconds reads a zone in the text',
        "util.time.parseFormattedToEpochMilliSeconds('2018-02-01 17:21:05.180+0800', 'yyyy-MM-dd HH:mm:ss.SSSZ')",
        1517476865180,
      ],
      [
        'JSR-206',
        'parseFormattedToEpochMilliSeconds takes the zone as its third argument',
        "util.time.parseFormattedToEpochMilliSeconds('2018-02-01 17:21:05', 'yyyy-MM-dd HH:mm:ss', 'Australia/Perth')",
        1517476865000,
      ],
    ]),
    ...rows('java.time.format.DateTimeFormatter, which the AppSync developer guide names', 'documented', [
      [
        'JSR-207',
        'patterns quote literals',
        "util.time.epochMilliSecondsToFormatted(1517943695758, \"yyyy-MM-dd'T'HH:mm:ss.SSS'Z'\")",
        '2018-02-06T19:01:35.758Z',
      ],
      [
        'JSR-208',
        'patterns write names of days and months in English',
        "util.time.epochMilliSecondsToFormatted(1517943695758, 'EEE, d MMM yyyy')",
        'Tue, 6 Feb 2018',
      ],
      [
        'JSR-209',
        'patterns write the hour of a half day',
        "util.time.epochMilliSecondsToFormatted(1517943695758, 'hh:mm a')",
        '07:01 PM',
      ],
      [
        'JSR-210',
        'DD is the day of the year, not of the month',
        "util.time.epochMilliSecondsToFormatted(1517943695758, 'yyyy DDD')",
        '2018 037',
      ],
    ]),
    ...rows('@aws-appsync/utils 2.1.1, index.d.ts', 'documented', [
      ['JSR-211', 'base64Encode encodes', "util.base64Encode('hello')", 'aGVsbG8='],
      ['JSR-212', 'base64Decode decodes', "util.base64Decode('aGVsbG8=')", 'hello'],
      ['JSR-213', 'urlEncode percent-encodes UTF-8', "util.urlEncode('a&b=é')", 'a%26b%3D%C3%A9'],
      ['JSR-214', 'urlDecode is its inverse', "util.urlDecode('a%26b%3D%C3%A9')", 'a&b=é'],
      ['JSR-215', 'matches accepts a Java regular expression', "util.matches('a*b', 'aaaaab')", true],
      ['JSR-216', 'matches is false without a match', "util.matches('a*b', 'ccc')", false],
      ['JSR-217', 'roundNum rounds to the nearest integer', 'util.math.roundNum(2.4)', 2],
      ['JSR-218', 'minVal gives the smaller number', 'util.math.minVal(2, 1)', 1],
      ['JSR-219', 'maxVal gives the larger number', 'util.math.maxVal(2, 1)', 2],
      ['JSR-220', 'normalize composes', "util.str.normalize('e\\u0301', 'nfc').length", 1],
      ['JSR-221', 'normalize decomposes', "util.str.normalize('\\u00e9', 'nfd').length", 2],
      ['JSR-222', 'escapeJavaScript escapes quotes', 'util.escapeJavaScript(\'say "hi"\')', 'say \\"hi\\"'],
      [
        'JSR-223',
        'copyHeaders leaves out hop-by-hop headers',
        "util.http.copyHeaders({ 'x-a': '1', host: 'h', connection: 'c', te: 't', 'content-length': '2' })",
        { 'x-a': '1' },
      ],
    ]),
    ...rows('java.net.URLEncoder, as the documented media type implies', 'inferred', [
      ['JSR-224', 'urlEncode writes a space as +', "util.urlEncode('a b')", 'a+b'],
      ['JSR-225', 'urlDecode reads + as a space', "util.urlDecode('a+b')", 'a b'],
      ['JSR-226', 'roundNum rounds a half up', 'util.math.roundNum(-2.5)', -2],
    ]),
    {
      id: 'JSR-227',
      promise: 'toElasticsearchQueryDSL joins fields with must, as the documented example does',
      source: '@aws-appsync/utils 2.1.1, transform-utils.d.ts',
      evidence: 'documented',
      expression:
        "util.transform.toElasticsearchQueryDSL({ upvotes: { ne: 15, range: [10, 20] }, title: { eq: 'hihihi', wildcard: 'h*i' } })",
      read: asJson,
      expected: {
        bool: {
          must: [
            {
              bool: {
                must: [
                  { bool: { must_not: { term: { upvotes: 15 } } } },
                  { range: { upvotes: { gte: 10, lte: 20 } } },
                ],
              },
            },
            { bool: { must: [{ term: { title: 'hihihi' } }, { wildcard: { title: 'h*i' } }] } },
          ],
        },
      },
    },
    {
      id: 'JSR-300',
      promise: 'toElasticsearchQueryDSL has a single operator of a field without a bool, and joins several',
      source: 'amplify-cli elasticsearch-helper.ts, which states it',
      evidence: 'inferred',
      expression:
        "util.transform.toElasticsearchQueryDSL({ upvotes: { gt: 5 }, title: { eq: 'hihihi', wildcard: 'h*i' } })",
      read: asJson,
      expected: {
        bool: {
          must: [
            { range: { upvotes: { gt: 5 } } },
            { bool: { must: [{ term: { title: 'hihihi' } }, { wildcard: { title: 'h*i' } }] } },
          ],
        },
      },
    },
    {
      id: 'JSR-301',
      promise: 'toElasticsearchQueryDSL has a filter on one field without a bool',
      source: 'amplify-cli elasticsearch-helper.ts',
      evidence: 'inferred',
      expression: "util.transform.toElasticsearchQueryDSL({ title: { match: 'hello' } })",
      read: asJson,
      expected: { match: { title: 'hello' } },
    },
    {
      id: 'JSR-302',
      promise: 'toElasticsearchQueryDSL requires one of the alternatives of `or`, and joins those of `and`',
      source: 'amplify-cli elasticsearch-helper.ts',
      evidence: 'inferred',
      expression:
        'util.transform.toElasticsearchQueryDSL({ or: [{ a: { eq: 1 } }, { b: { eq: 2 }, c: { eq: 3 } }], and: [{ d: { lt: 4 } }] })',
      read: asJson,
      expected: {
        bool: {
          must: [
            {
              bool: {
                should: [{ term: { a: 1 } }, { bool: { must: [{ term: { b: 2 } }, { term: { c: 3 } }] } }],
                minimum_should_match: 1,
              },
            },
            { bool: { must: [{ range: { d: { lt: 4 } } }] } },
          ],
        },
      },
    },
    {
      id: 'JSR-303',
      promise: 'toElasticsearchQueryDSL negates the whole of `not`',
      source: 'amplify-cli elasticsearch-helper.ts',
      evidence: 'inferred',
      expression:
        'util.transform.toElasticsearchQueryDSL({ not: { a: { exists: false } }, b: { exists: true } })',
      read: asJson,
      expected: {
        bool: {
          must: [
            { bool: { must_not: { bool: { must_not: { exists: { field: 'a' } } } } } },
            { exists: { field: 'b' } },
          ],
        },
      },
    },
    {
      id: 'JSR-304',
      promise: 'toElasticsearchQueryDSL supports the operators of full-text search',
      source: 'amplify-cli elasticsearch-utils.ts',
      evidence: 'inferred',
      expression:
        "util.transform.toElasticsearchQueryDSL({ t: { match: 'a', matchPhrase: 'b', matchPhrasePrefix: 'c', multiMatch: 'd', regexp: 'e' } })",
      read: asJson,
      expected: {
        bool: {
          must: [
            { match: { t: 'a' } },
            { match_phrase: { t: 'b' } },
            { match_phrase_prefix: { t: 'c' } },
            { multi_match: { t: 'd' } },
            { regexp: { t: 'e' } },
          ],
        },
      },
    },
    {
      id: 'JSR-228',
      promise: 'xml.toMap keeps the root element and makes numeric text a number',
      source: '@aws-appsync/utils 2.1.1, xml-utils.d.ts',
      evidence: 'documented',
      expression: 'util.xml.toMap(ctx.args.xml)',
      context: { arguments: { xml: POSTS } },
      expected: { posts: { post: { id: 1, title: 'Getting started with GraphQL' } } },
    },
    {
      id: 'JSR-229',
      promise: 'xml.toJsonString gives the same as JSON text',
      source: '@aws-appsync/utils 2.1.1, xml-utils.d.ts',
      evidence: 'documented',
      expression: 'util.xml.toJsonString(ctx.args.xml)',
      context: { arguments: { xml: POSTS } },
      read: asJson,
      expected: { posts: { post: { id: 1, title: 'Getting started with GraphQL' } } },
    },
  ]),
];
