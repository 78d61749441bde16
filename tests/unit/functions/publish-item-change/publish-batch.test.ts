import { expect, test } from 'vitest';
import type { ChangeLog } from '../../../../functions/publish-item-change/change-log.ts';
import { batchPublisher } from '../../../../functions/publish-item-change/publish-batch.ts';
import type { Outcome } from '../../../../functions/publish-item-change/publish.ts';
import { image, order, record } from '../harness/records.ts';

const inTime = () => false;

/** A publisher whose log and API note what they are asked, with what fails first. */
function start({
  notAppended = {},
  fates = {},
}: { notAppended?: Record<number, string>; fates?: Record<string, Outcome> } = {}) {
  const steps: string[] = [];
  const log: ChangeLog = {
    append(reports) {
      steps.push(...reports.map(({ change }) => `append ${change.order.replace(/^0+/, '')}`));
      const failures = Object.entries(notAppended).map(
        ([number, reason]) => [order(number), reason] as const,
      );
      return Promise.resolve(new Map(failures));
    },
  };
  const publishBatch = batchPublisher(log, ([one]) => {
    const name = one!.change.order.replace(/^0+/, '');
    steps.push(`publish ${name}`);
    return Promise.resolve([fates[name] ?? { type: 'published' }]);
  });
  return { publishBatch, steps, notAppended, fates };
}

const put = (number: number, id = `id-${number}`) =>
  record(null, image({ id: { S: id } }), { number: String(number) });

test('everything is in the log before anything is published', async () => {
  const { publishBatch, steps } = start();

  const { failures, reports } = await publishBatch([put(1), put(2)], inTime);

  expect(steps).toEqual(['append 1', 'append 2', 'publish 1', 'publish 2']);
  expect(failures.size).toBe(0);
  expect(reports).toHaveLength(2);
});

test('a record that cannot be published in full is no failure and holds nothing up', async () => {
  const { publishBatch, steps } = start();
  const partly = record(null, { id: { S: 'x' } }, { number: '2' });
  const untold = record(null, image({ owner: { L: [] } }), { number: '4' });

  const { failures, gaps } = await publishBatch([put(1), partly, put(3), untold], inTime);

  expect([...failures]).toEqual([]);
  expect([...gaps]).toEqual([
    ['2', 'attribute version must be a whole number (N) of at most 2147483647; it is nothing'],
    ['4', 'NoItem: attribute owner must be a text (S); it is L'],
  ]);
  expect(steps.slice(-3)).toEqual(['publish 1', 'publish 2', 'publish 3']);
});

test("a record that is of no table's stream is a failure", async () => {
  const { publishBatch } = start();
  const odd = { dynamodb: { SequenceNumber: '2', ApproximateCreationDateTime: 1 } };

  const { failures } = await publishBatch([put(1), odd], inTime);

  expect([...failures.keys()]).toEqual(['2']);
});

test('what is not in the log is not published, nor what follows it of the same item', async () => {
  const { publishBatch, steps } = start({ notAppended: { 1: 'append: full' } });

  const { failures } = await publishBatch([put(1, 'a'), put(2, 'b'), put(3, 'a')], inTime);

  expect(steps.filter((step) => step.startsWith('publish'))).toEqual(['publish 2']);
  expect([...failures]).toEqual([
    ['1', 'append: full'],
    ['3', 'append: full'],
  ]);
});

test('a batch that comes again is published where it was not', async () => {
  const { publishBatch, steps, fates } = start({ fates: { 1: { type: 'later', reason: 'HTTP 500' } } });
  const records = [put(1), put(2)];

  const first = await publishBatch(records, inTime);
  delete fates['1'];
  steps.length = 0;
  const second = await publishBatch(records, inTime);

  expect([...first.failures]).toEqual([['1', 'publish: HTTP 500']]);
  expect(second.failures.size).toBe(0);
  expect(steps.filter((step) => step.startsWith('publish'))).toEqual(['publish 1']);
});

test('a record of two changes fails when one of them does', async () => {
  const { publishBatch } = start({ fates: { '7#1': { type: 'refused', reason: 'Unauthorized' } } });
  const moved = record(image({ owner: { S: 'alice' } }), image(), { number: '7' });

  const { failures } = await publishBatch([moved], inTime);

  expect([...failures]).toEqual([['7', 'publish: Unauthorized']]);
});
