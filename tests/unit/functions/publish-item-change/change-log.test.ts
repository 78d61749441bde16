import {
  type AttributeValue,
  type DynamoDBClient,
  paginateQuery,
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ChangeLog, changeLog } from '../../../../functions/publish-item-change/change-log.ts';
import { MAX_ROW_BYTES } from '../../../../functions/publish-item-change/chunks.ts';
import { logsOf } from '../../../../functions/publish-item-change/logs-of.ts';
import { loggedIds } from '../../../../proof/rehearsal/stage.ts'; // part: validated-items
import { type Engine, startEngine } from '../harness/dynamodb-engine.ts';
import { item, order, report } from '../harness/records.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.stop());

const NOW = Date.parse('2026-03-01T12:00:00Z');
const open = (now: () => number = () => NOW): ChangeLog => changeLog(engine.client, 'Changes', now);

/** All of them: a page of DynamoDB has 1 MB. */
async function rowsOf(log: string): Promise<Record<string, AttributeValue>[]> {
  const query = {
    TableName: 'Changes',
    KeyConditionExpression: '#log = :log',
    ExpressionAttributeNames: { '#log': 'log' },
    ExpressionAttributeValues: { ':log': { S: log } },
    ConsistentRead: true,
  };
  const rows: Record<string, AttributeValue>[] = [];
  for await (const { Items } of paginateQuery({ client: engine.client }, query)) {
    rows.push(...(Items ?? []));
  }
  return rows;
}
const valuesOf = async (log: string, name: 'position' | 'prior') =>
  (await rowsOf(log)).map((row) => row[name]?.S);

/** The changes of all rows of a log, and their positions. */
async function changesOf(log: string): Promise<Logged[]> {
  const lines = (await rowsOf(log)).flatMap((row) => row['changes']!.S!.split('\n'));
  return lines.map((line) => ({
    position: line.split(' ')[0]!,
    ...(JSON.parse(line.slice(line.indexOf('{'))) as Omit<Logged, 'position'>),
  }));
}
interface Logged {
  position: string;
  order: string;
  owner: string;
  payloadOmitted: boolean;
  item?: object;
}
const ordersOf = async (log: string) => (await changesOf(log)).map((change) => change.order);

let lastOwner = 0;
/** An owner nobody else has in these tests, so that its log is its own. */
const newOwner = (): string => `owner-${(lastOwner += 1)}`;
const reportsOf = (owner: string, count: number, first = 1) =>
  Array.from({ length: count }, (_, index) =>
    report({ owner, id: `item-${owner}`, order: order(first + index) }),
  );

describe('the logs of a change', () => {
  test("nobody's go to one of four open logs by their id, always the same", () => {
    const logs = Array.from({ length: 200 }, (_, index) => logsOf({ id: `id-${index}`, owner: '' }));

    expect([...new Set(logs.flat())].sort()).toEqual(['open#0', 'open#1', 'open#2', 'open#3']);
    expect(logs.every(({ length }) => length === 1)).toBe(true);
    expect(logsOf({ id: 'id-7', owner: '' })).toEqual(logs[7]);
  });

  test('owned ones go to one of four for all, and to that of their owner', () => {
    expect(logsOf({ id: 'a', owner: 'alice' })).toEqual([
      expect.stringMatching(/^owned#[0-3]$/),
      'owner#alice',
    ]);
  });

  test('an owner whose name makes no key has no log of its own', () => {
    expect(logsOf({ id: 'a', owner: 'x'.repeat(2034) })).toHaveLength(2);
    expect(logsOf({ id: 'a', owner: 'x'.repeat(2035) })).toHaveLength(1);
  });

  test.each([2034, 2035, 2048])('one of %i bytes is in the logs that it has', async (bytes) => {
    const change = { id: `a-${bytes}`, owner: 'x'.repeat(bytes) };

    expect([...(await open().append([report(change)]))]).toEqual([]);
    for (const log of logsOf(change)) {
      expect((await changesOf(log)).map(({ owner }) => owner)).toContain(change.owner);
    }
  });
});

test('changes of one append are a row, positions begin with the time, and each row names the one before it', async () => {
  const owner = newOwner();
  const log = open();

  const failures = await log.append(reportsOf(owner, 2));
  await log.append(reportsOf(owner, 1, 3));

  expect(failures.size).toBe(0);
  expect((await changesOf(`owner#${owner}`)).map(({ position }) => position)).toEqual([
    `${NOW}000`,
    `${NOW}001`,
    `${NOW}002`,
  ]);
  expect(await valuesOf(`owner#${owner}`, 'position')).toEqual([`${NOW}001`, `${NOW}002`]);
  expect(await valuesOf(`owner#${owner}`, 'prior')).toEqual(['', `${NOW}001`]);
  expect(await ordersOf(`owner#${owner}`)).toEqual([order(1), order(2), order(3)]);
});

test('a clock that is behind, and a restart, do not put a change before another', async () => {
  const owner = newOwner();

  await open().append(reportsOf(owner, 1));
  await open(() => NOW - 60_000).append(reportsOf(owner, 1, 2));
  await open(() => NOW + 5).append(reportsOf(owner, 1, 3));

  expect(await valuesOf(`owner#${owner}`, 'position')).toEqual([`${NOW}000`, `${NOW}001`, `${NOW + 5}000`]);
});

test('what this environment has appended it does not append again', async () => {
  const owner = newOwner();
  const log = open();
  const reports = reportsOf(owner, 3);

  await log.append(reports.slice(0, 2));
  await log.append(reports);

  expect(await ordersOf(`owner#${owner}`)).toEqual([order(1), order(2), order(3)]);
});

test('more than a row holds go in several, in order', async () => {
  const owner = newOwner();
  const [small, large] = [reportsOf(owner, 250), { S: 'x'.repeat(MAX_ROW_BYTES) }];

  await open().append(small);
  await open().append([
    ...reportsOf(owner, 1, 300),
    report({ owner, order: order(301), item: item({ payload: large }) }),
    ...reportsOf(owner, 1, 302),
  ]);

  const orders = await ordersOf(`owner#${owner}`);
  const [positions, priors] = [
    await valuesOf(`owner#${owner}`, 'position'),
    await valuesOf(`owner#${owner}`, 'prior'),
  ];
  expect(orders).toEqual([
    ...small.map(({ change }) => change.order),
    ...[300, 301, 302].map((n) => order(n)),
  ]);
  expect(priors).toEqual(['', ...positions.slice(0, -1)]);
  const inRow = Math.floor(MAX_ROW_BYTES / small[0]!.bytes);
  expect(inRow).toBeGreaterThan(10);
  // The large one has its own row, between those of the others.
  expect(positions).toHaveLength(Math.ceil(250 / inRow) + 3);
});

test('so do large ones', async () => {
  const owner = newOwner();
  const text = { S: 'x'.repeat(200_000) };
  const reports = Array.from({ length: 25 }, (_, index) =>
    report({ owner, order: order(index), item: item({ payload: text }) }),
  );

  const failures = await open().append(reports);

  expect(reports.every(({ input }) => !input.payloadOmitted)).toBe(true);
  expect([...failures]).toEqual([]);
});

test('of what fits a frame, DynamoDB takes even what is largest in its own form', async () => {
  const digits = { L: Array.from({ length: 119_500 }, () => ({ N: '1' })) };
  const largest = report({ item: item({ payload: digits }) });

  const failures = await open().append([largest]);

  expect(largest.input.payloadOmitted).toBe(false);
  expect([...failures]).toEqual([]);
});

test('a payload is in the log as JSON, with every digit', async () => {
  const owner = newOwner();
  const payload = {
    M: {
      number: { N: '12345678901234567890123456789012345678' },
      bytes: { B: 'AAH/' },
      sets: { L: [{ NS: ['9007199254740993'] }, { BS: ['3q0='] }, { SS: ['Grüße …'] }] },
      ['__proto__']: { M: { constructor: { NULL: true } } },
    },
  };

  await open().append([report({ owner, item: item({ payload }) })]);

  const [row] = await rowsOf(`owner#${owner}`);
  expect(row!['changes']!.S).toContain(
    '"payload":{"number":12345678901234567890123456789012345678,"bytes":"AAH/",' +
      '"sets":[[9007199254740993],["3q0="],["Grüße …"]],"__proto__":{"constructor":null}}',
  );
});

test('several environments that append to one log at once lose nothing and keep the chain', async () => {
  const owner = newOwner();

  const failures = await Promise.all(
    [0, 1, 2, 3].map(async (environment) => {
      const log = open();
      for (let round = 0; round < 5; round += 1) {
        const failed = await log.append(reportsOf(owner, 3, 100 * environment + 3 * round));
        if (failed.size > 0) {
          return failed;
        }
      }
      return new Map<string, string>();
    }),
  );

  const positions = await valuesOf(`owner#${owner}`, 'position');
  expect(failures.flatMap((failed) => [...failed])).toEqual([]);
  expect(positions).toHaveLength(20);
  expect((await ordersOf(`owner#${owner}`)).sort()).toEqual(
    [0, 1, 2, 3].flatMap((environment) =>
      Array.from({ length: 15 }, (_, index) => order(100 * environment + index)),
    ),
  );
  expect(await valuesOf(`owner#${owner}`, 'prior')).toEqual(['', ...positions.slice(0, -1)]);
});

describe('when DynamoDB does not take it', () => {
  /** The engine's client, but for transactions that are to fail. */
  const clientThat = (fail: (actions: readonly TransactWriteItem[]) => Error | undefined): DynamoDBClient =>
    ({
      send(command: { input: object }) {
        const error =
          command instanceof TransactWriteItemsCommand ? fail(command.input.TransactItems!) : undefined;
        return error ? Promise.reject(error) : engine.client.send(command as never);
      },
    }) as unknown as DynamoDBClient;

  /** One whose transactions answer these first. */
  const failing = (...errors: Error[]) => clientThat(() => errors.shift());
  const cancelled = (...codes: string[]) =>
    new TransactionCanceledException({
      $metadata: {},
      message: 'secret',
      CancellationReasons: codes.map((Code) => ({ Code })),
    });
  const named = (name: string) => Object.assign(new Error('secret'), { name });

  test('a conflict and throttling are tried again', async () => {
    const owner = newOwner();
    const client = failing(
      cancelled('TransactionConflict', 'None'),
      named('ThrottlingException'),
      cancelled('None', 'ThrottlingError'),
    );

    const failures = await changeLog(client, 'Changes').append([report({ owner })]);

    expect([...failures]).toEqual([]);
    expect(await rowsOf(`owner#${owner}`)).toHaveLength(1);
  });

  test('anything else is a failure of that change and of what follows it in its log, reported without values', async () => {
    const owner = newOwner();
    const reports = reportsOf(owner, 200);
    const errors = [named('ResourceNotFoundException'), cancelled('None', 'AccessDenied')];

    const failures = await changeLog(failing(...errors), 'Changes').append(reports);

    expect([...failures.keys()].sort()).toEqual(reports.map(({ change }) => change.order));
    expect([...new Set(failures.values())].every((reason) => /^append: [\w: ]+$/.test(reason))).toBe(true);
    expect([...failures.values()].join()).not.toContain('secret');
    expect(await rowsOf(`owner#${owner}`)).toEqual([]);
  });

  /** One that refuses rows with such a text in them, each in another way. */
  const refusing = (text: string) =>
    clientThat((actions) => {
      const odd = actions.findIndex((action) => JSON.stringify(action).includes(text));
      if (odd < 0) {
        return undefined;
      }
      return actions.length % 2 === 0
        ? named('ValidationException')
        : cancelled(...actions.map((_, index) => (index === odd ? 'ValidationError' : 'None')));
    });

  test.each<[string, object, object | undefined]>([
    ['payload', { payload: { S: 'poison' } }, { id: 'odd' }],
    ['item', { createdAt: 'poison' }, undefined],
  ])(
    'a change whose %s it refuses is appended without it, and keeps no other waiting',
    async (_, odd, kept) => {
      const owner = newOwner();
      const reports = reportsOf(owner, 9).map((one, index) =>
        index === 5 ? report({ ...one.change, id: 'odd', item: item({ id: 'odd', ...odd }) }) : one,
      );

      const failures = await changeLog(refusing('poison'), 'Changes').append(reports);

      const changes = await changesOf(`owner#${owner}`);
      expect([...failures]).toEqual([]);
      expect(changes.map((one) => one.order)).toEqual(reports.map(({ change }) => change.order));
      expect(changes.map((one) => one.payloadOmitted)).toEqual(reports.map((__, index) => index === 5));
      expect(changes[5]!.item).toEqual(kept && (expect.objectContaining(kept) as object));
    },
  );

  test('one that it refuses in any form is a failure, and what follows it in its log waits', async () => {
    const owner = newOwner();
    const reports = reportsOf(owner, 9).map((one, index) =>
      index === 5 ? report({ ...one.change, id: 'poison' }) : one,
    );

    const failures = await changeLog(refusing('poison'), 'Changes').append(reports);

    expect([...failures.keys()].sort()).toEqual(reports.slice(5).map(({ change }) => change.order));
    expect(await ordersOf(`owner#${owner}`)).toEqual(reports.slice(0, 5).map(({ change }) => change.order));
  });

  test('and is appended when it comes again, to the log that lacks it alone', async () => {
    const owner = newOwner();
    const one = report({ owner });
    let refuses = true;
    const client = clientThat((actions) =>
      refuses && actions.some(({ Put }) => Put?.Item?.['log']?.S === `owner#${owner}`)
        ? named('ValidationException')
        : undefined,
    );
    const log = changeLog(client, 'Changes');
    const countOf = async () => {
      const changes = await Promise.all(logsOf({ id: 'a', owner }).map(changesOf));
      return changes.flat().filter((change) => change.owner === owner).length;
    };

    const failures = await log.append([one]);
    const before = await countOf();
    refuses = false;
    await log.append([one]);

    expect([...failures]).toEqual([[one.change.order, 'append: ValidationException']]);
    expect([before, await countOf()]).toEqual([1, 2]);
  });

  test('a log that stays busy does not hold up the others of its batch', async () => {
    const [busy, free] = [newOwner(), newOwner()];
    const client = clientThat((actions) =>
      actions.some(({ Put }) => Put?.Item?.['log']?.S === `owner#${busy}`)
        ? cancelled(...actions.map(() => 'ThrottlingError'))
        : undefined,
    );
    const reports = [report({ owner: busy, order: order(1) }), report({ owner: free, order: order(2) })];

    const failures = await changeLog(client, 'Changes').append(reports);

    expect([...failures]).toEqual([
      [order(1), 'append: failed after 15 attempts, because other writers change the same log'],
    ]);
    expect(await rowsOf(`owner#${busy}`)).toEqual([]);
    expect(await rowsOf(`owner#${free}`)).toHaveLength(1);
  });
});

describe('one transaction', () => {
  /** The engine's client, and the actions of each transaction that it was asked for. */
  function noting() {
    const transactions: (readonly TransactWriteItem[])[] = [];
    const client = {
      send(command: { input: object }) {
        if (command instanceof TransactWriteItemsCommand) {
          transactions.push(command.input.TransactItems!);
        }
        return engine.client.send(command as never);
      },
    } as unknown as DynamoDBClient;
    return { client, transactions };
  }
  const bytesOf = (actions: readonly TransactWriteItem[]): number => JSON.stringify(actions).length;

  test('takes the changes of a batch to all their logs', async () => {
    const { client, transactions } = noting();
    const owners = [newOwner(), newOwner(), newOwner()];
    const owned = owners.map((owner, index) => report({ owner, id: `id-${index}`, order: order(index) }));
    const open = report({ order: order(9) });

    const failures = await changeLog(client, 'Changes').append([...owned, open]);

    expect([...failures]).toEqual([]);
    expect(transactions).toHaveLength(1);
    const logs = [...new Set([...owned, open].flatMap(({ change }) => logsOf(change)))];
    expect(transactions[0]!.filter(({ Update }) => Update)).toHaveLength(logs.length);
    for (const [index, owner] of owners.entries()) {
      expect(await ordersOf(`owner#${owner}`)).toEqual([order(index)]);
    }
  });

  test('has at most 100 actions; a batch of many owners goes in as few as it fits', async () => {
    const { client, transactions } = noting();
    const reports = Array.from({ length: 100 }, (_, index) =>
      report({ owner: newOwner(), id: `id-${index}`, order: order(index) }),
    );

    const failures = await changeLog(client, 'Changes').append(reports);

    expect([...failures]).toEqual([]);
    // A row and a counter of each owner, and two rows and a counter of each of the other four logs.
    expect(transactions.map(({ length }) => length).reduce((sum, length) => sum + length)).toBe(212);
    expect(transactions).toHaveLength(3);
    expect(transactions.every(({ length }) => length <= 100)).toBe(true);
  });

  test('has at most 100 actions, if all are for one log', async () => {
    const { client, transactions } = noting();
    const owner = newOwner();
    const own = item({ payload: { S: 'x'.repeat(MAX_ROW_BYTES) } });
    const reports = reportsOf(owner, 150).map(({ change }) => report({ ...change, item: own }));

    const failures = await changeLog(client, 'Changes').append(reports);

    expect([...failures]).toEqual([]);
    expect(await rowsOf(`owner#${owner}`)).toHaveLength(150);
    expect(transactions.map(({ length }) => length)).toEqual([100, 100, 52, 52]);
  });

  test('has less than 4 MB', async () => {
    const { client, transactions } = noting();
    const text = { S: 'x'.repeat(200_000) };
    const reports = Array.from({ length: 30 }, (_, index) =>
      report({ owner: newOwner(), order: order(index), item: item({ payload: text }) }),
    );

    const failures = await changeLog(client, 'Changes').append(reports);

    expect([...failures]).toEqual([]);
    expect(transactions.every((actions) => bytesOf(actions) < 4_000_000)).toBe(true);
  });

  test('is tried again with the counters that others have moved, and what it wrote follows theirs', async () => {
    const owners = [newOwner(), newOwner()];
    const both = (number: number) =>
      owners.map((owner, index) => report({ owner, order: order(2 * number + index) }));
    const { client, transactions } = noting();
    const log = changeLog(client, 'Changes', () => NOW);
    await log.append(both(0));
    await open().append([both(1)[0]!]);
    transactions.length = 0;

    const failures = await log.append(both(2));

    expect([...failures]).toEqual([]);
    expect(transactions).toHaveLength(2);
    expect(await ordersOf(`owner#${owners[0]}`)).toEqual([order(0), order(2), order(4)]);
    expect(await ordersOf(`owner#${owners[1]}`)).toEqual([order(1), order(5)]);
    expect(await valuesOf(`owner#${owners[0]}`, 'prior')).toEqual(['', `${NOW}000`, `${NOW}001`]);
  });
});

// part: validated-items
test('rows are read by the rehearsals of a deployment, which npm test does not run', async () => {
  const owner = newOwner();
  await open().append(reportsOf(owner, 3));

  const calls = { items: () => rowsOf(`owner#${owner}`) };

  expect(await loggedIds({ calls, named: () => 'Changes' })).toEqual(Array(3).fill(`item-${owner}`));
});
// end: validated-items
