import { readFileSync } from 'node:fs';
import { buildASTSchema, concatAST, parse, validate } from 'graphql';
import { describe, expect, test } from 'vitest';
import { documentOf } from '../../../../functions/publish-item-change/document.ts';
import { publisher } from '../../../../functions/publish-item-change/publish.ts';
import { order, report } from '../harness/records.ts';

const root = new URL('../../../../schema/', import.meta.url);
const schema = buildASTSchema(
  concatAST(
    ['aws.graphql', 'schema.graphql'].map((name) => parse(readFileSync(new URL(name, root), 'utf8'))),
  ),
);

const one = report();
const two = report({ id: 'b', order: order(2) });

type Answer = { status: number; body: string } | Error;
const ok: Answer = { status: 200, body: '{"data":{"publishItemChange":{}}}' };
const errors = (...entries: object[]): Answer => ({
  status: 200,
  body: JSON.stringify({ data: null, errors: entries }),
});
const refusedSignature = (message: string): Answer => ({
  status: 400,
  body: JSON.stringify({ errors: [{ errorType: 'BadRequestException', message }] }),
});

/** A publisher to whom these are the answers, the last one again and again, and what it sent. */
function publishing(...answers: Answer[]) {
  const sent: { query: string; variables: Record<string, { id: string }> }[] = [];
  const waits: number[] = [];
  const publish = publisher(
    (body) => {
      sent.push(JSON.parse(body) as never);
      const answer = (answers.length > 1 ? answers.shift() : answers[0])!;
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    },
    (ms) => Promise.resolve(waits.push(ms)),
  );
  return { publish, sent, waits };
}

test.each([1, 3])(
  'the mutation of %i changes is one that the schema knows, with every field of a change',
  (count) => {
    const document = documentOf(count);
    const fieldsOf = (name: string) =>
      Object.keys((schema.getType(name) as never as { getFields(): object }).getFields());

    expect(validate(schema, parse(document))).toEqual([]);
    for (const field of [...fieldsOf('ItemChange'), ...fieldsOf('Item')]) {
      expect(document).toMatch(new RegExp(`\\b${field}\\b`));
    }
  },
);

test('one change has no alias, several have theirs in order', () => {
  expect(documentOf(1)).toContain('\n  publishItemChange(input: $c0)');
  expect(documentOf(2)).toMatch(
    /c0: publishItemChange\(input: \$c0\)[^]*c1: publishItemChange\(input: \$c1\)/,
  );
});

test('a change that AppSync accepted is published', async () => {
  const { publish, sent } = publishing(ok);

  expect(await publish([one])).toEqual([{ type: 'published' }]);
  expect(sent).toEqual([{ query: documentOf(1), variables: { c0: one.input } }]);
});

describe('what passes', () => {
  test.each([
    ['throttling', { status: 429, body: '' }],
    ['a failure of the service', { status: 503, body: '' }],
    ['no answer', new Error('socket hang up')],
    ['throttling as an error', errors({ errorType: 'ThrottlingException', message: 'slow down' })],
    ['no JSON', { status: 200, body: '<html>' }],
    ['a caller whom WAF keeps out', { status: 403, body: '{}' }],
    ['a caller who is not known', { status: 401, body: '{}' }],
    [
      'a signature of another request',
      refusedSignature('The request signature we calculated does not match …'),
    ],
    ['a late signature', refusedSignature('Signature expired: 20261123T095459Z is now earlier than …')],
    ['an early signature', refusedSignature('Signature not yet current: 20261123T100600Z is still later …')],
  ])('is tried again: %s', async (_, answer) => {
    const { publish, sent, waits } = publishing(answer, ok);

    expect(await publish([one])).toEqual([{ type: 'published' }]);
    expect(sent).toHaveLength(2);
    expect(waits).toHaveLength(1);
  });

  test('is left to the mapping after three attempts', async () => {
    const { publish, sent } = publishing({ status: 500, body: '' });

    expect(await publish([one])).toEqual([{ type: 'later', reason: 'HTTP 500' }]);
    expect(sent).toHaveLength(3);
  });
});

describe('what is refused for good is not tried again', () => {
  test.each([
    ['by AppSync', { status: 400, body: '{}' }, 'HTTP 400'],
    ['for its size', { status: 413, body: '' }, 'HTTP 413'],
    [
      'by a resolver',
      errors({ errorType: 'Unauthorized', message: 'x', path: ['publishItemChange'] }),
      'Unauthorized',
    ],
    [
      'because of a value, which is not logged',
      errors({ message: "Variable 'at' has an invalid value: my secret" }),
      'Variable',
    ],
  ])('%s', async (_, answer, reason) => {
    const { publish, sent } = publishing(answer);

    expect(await publish([one])).toEqual([{ type: 'refused', reason }]);
    expect(sent).toHaveLength(1);
  });
});

test('of several, each has its own fate, and only what passes is sent again', async () => {
  const { publish, sent } = publishing(errors({ errorType: 'InternalFailure', path: ['c1'] }), ok);

  expect(await publish([one, two])).toEqual([{ type: 'published' }, { type: 'published' }]);
  expect(sent.map(({ variables }) => Object.values(variables).map(({ id }) => id))).toEqual([
    ['a', 'b'],
    ['b'],
  ]);
});
