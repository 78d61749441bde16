import { expect, it } from 'vitest';
import { KeptInvocations } from '../../../src/functions/kept-invocations.ts';
import { Cut } from '../../../src/trace/weight.ts';

function begin(kept: KeptInvocations, id: string, functionName = 'put', payload = '{}'): void {
  kept.began({
    id,
    functionName,
    type: 'Event',
    payload,
    cause: { by: 'console', graphqlRequestId: `r-${id}` },
  });
}

it('keeps the newest invocations of each function, so that a busy one leaves the others alone', () => {
  const kept = new KeptInvocations({ perFunction: 2 });
  begin(kept, 'quiet', 'seldom');
  ['a', 'b', 'c'].forEach((id) => begin(kept, id));

  expect(kept.of('put').map(({ id }) => id)).toEqual(['c', 'b']);
  expect(kept.of('seldom').map(({ id }) => id)).toEqual(['quiet']);
  expect(kept.find('a')).toBeUndefined();
  kept.ended('a', { kind: 'answer', payload: 1 });
  expect(kept.ofRequest('r-c').map(({ id }) => id)).toEqual(['c']);
});

it('has what came of it, and counts the attempts of one that is tried again', () => {
  const kept = new KeptInvocations();
  begin(kept, 'a');
  kept.ended('a', { kind: 'function-error', errorType: 'TypeError', errorMessage: 'no' });
  expect(kept.find('a')).toMatchObject({ attempts: 1, error: 'TypeError: no' });
  begin(kept, 'a');
  expect(kept.find('a')).toMatchObject({ attempts: 2, error: null, endedAt: null });
  kept.ended('a', { kind: 'answer', payload: 1 });

  expect(kept.find('a')).toMatchObject({ attempts: 2, error: null, result: { payload: 1 } });
  expect(kept.of('put')).toHaveLength(1);
});

it('cuts events and results that are large, and still has the error', () => {
  const kept = new KeptInvocations({ bytesEach: 100 });
  begin(kept, 'a', 'put', JSON.stringify('x'.repeat(100)));
  kept.ended('a', { kind: 'function-error', errorType: 'Error', errorMessage: 'y'.repeat(200) });

  expect(kept.find('a')).toMatchObject({ payload: expect.any(Cut) as Cut, result: expect.any(Cut) as Cut });
  expect(kept.find('a')!.error).toMatch(/^Error: y+$/);
});
