import { expect, test } from 'vitest';
import { lessIfRefused } from '../../../../functions/publish-item-change/publish-less.ts';
import type { Outcome, Publish } from '../../../../functions/publish-item-change/publish.ts';
import { item, report } from '../harness/records.ts';

const REFUSED: Outcome = { type: 'refused', reason: 'Unable to parse' };

/** A publisher that takes what `accepts` says, and notes what it was asked to tell. */
function start(accepts: (form: string, id: string) => Outcome) {
  const asked: string[] = [];
  const publish: Publish = (reports) =>
    Promise.resolve(
      reports.map(({ change, input }) => {
        const form = !input.item ? 'bare' : input.item.payload === null ? 'without payload' : 'whole';
        asked.push(`${change.id} ${form}${input.payloadOmitted ? ', says so' : ''}`);
        return accepts(form, change.id);
      }),
    );
  return { publish: lessIfRefused(publish), asked };
}

test('a change that AppSync accepts is published once', async () => {
  const { publish, asked } = start(() => ({ type: 'published' }));

  expect(await publish([report()])).toEqual([{ type: 'published' }]);
  expect(asked).toEqual(['a whole']);
});

test.each([
  ['without payload', ['a whole', 'a without payload, says so']],
  ['bare', ['a whole', 'a without payload, says so', 'a bare, says so']],
])('one that AppSync accepts only %s is published so', async (taken, expected) => {
  const { publish, asked } = start((form) => (form === taken ? { type: 'published' } : REFUSED));

  expect(await publish([report({ previous: item() })])).toEqual([{ type: 'published' }]);
  expect(asked).toEqual(expected);
});

test('one that AppSync accepts in no form stays refused, and others are not published twice', async () => {
  const { publish, asked } = start((_, id) => (id === 'b' ? { type: 'published' } : REFUSED));

  expect(await publish([report(), report({ id: 'b' })])).toEqual([REFUSED, { type: 'published' }]);
  expect(asked.filter((step) => step.startsWith('b'))).toEqual(['b whole']);
});

test('one that is to be tried again later is left as it is', async () => {
  const later: Outcome = { type: 'later', reason: 'HTTP 500' };
  const { publish, asked } = start(() => later);

  expect(await publish([report()])).toEqual([later]);
  expect(asked).toHaveLength(1);
});
