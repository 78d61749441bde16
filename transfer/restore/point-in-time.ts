import { setTimeout as sleep } from 'node:timers/promises';
import {
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  type DynamoDBClient,
  RestoreTableToPointInTimeCommand,
  type TableDescription,
  UpdateContinuousBackupsCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import type { Pace } from '../pace.ts';
import { TransferFailure } from '../transfer-failure.ts';
import type { Window } from './moment.ts';

/** DynamoDB's own point-in-time recovery, call by call. */
export interface Recovery {
  client: DynamoDBClient;
  pace: Pace;
  /** Between two looks at a table that is not ready. */
  pollMs: number;
}

/** @returns null while recovery is off */
export async function windowOf({ client, pace }: Recovery, table: string): Promise<Window | null> {
  const command = new DescribeContinuousBackupsCommand({ TableName: table });
  const { ContinuousBackupsDescription: found } = await pace
    .call(() => client.send(command))
    .catch(refuseWithoutBackups);
  const { EarliestRestorableDateTime: earliest, LatestRestorableDateTime: latest } =
    found?.PointInTimeRecoveryDescription ?? {};
  return earliest && latest ? { table, earliest, latest } : null;
}

/** The embedded engine keeps no backups. @throws TransferFailure in the place of such a refusal */
export function refuseWithoutBackups(error: unknown): never {
  if ((error as Error).name === 'UnknownOperationException') {
    throw new TransferFailure(
      'the local DynamoDB makes no backups; pass --table NAME --region R of a deployed stage. npm run data -- save NAME saves the data of a local server',
      { cause: error },
    );
  }
  throw error;
}

/** @returns undefined where there is no such table */
export async function describeTable(
  { client, pace }: Recovery,
  TableName: string,
): Promise<TableDescription | undefined> {
  try {
    return (await pace.call(() => client.send(new DescribeTableCommand({ TableName })))).Table;
  } catch (error) {
    if ((error as Error).name === 'ResourceNotFoundException') {
      return undefined;
    }
    throw error;
  }
}

/** Whether a table was restored from another one; its name says of which moment. */
export const isRestored = (table: TableDescription, from: string): boolean =>
  table.RestoreSummary?.SourceTableArn?.endsWith(`/${from}`) === true;

/**
 * Begins to make a table of what another one was at a moment. It is also right where that has begun already: by a call whose response was lost,
 * or by somebody else who restores the same.
 */
export async function beginRestore(
  recovery: Recovery,
  from: string,
  to: string,
  moment: Date,
): Promise<void> {
  const command = new RestoreTableToPointInTimeCommand({
    SourceTableName: from,
    TargetTableName: to,
    RestoreDateTime: moment,
  });
  try {
    await recovery.pace.call(() => recovery.client.send(command));
  } catch (error) {
    const isThere = ['TableAlreadyExistsException', 'TableInUseException'].includes((error as Error).name);
    const there = isThere ? await describeTable(recovery, to) : undefined;
    if (!there || !isRestored(there, from)) {
      throw error;
    }
  }
}

/** Gives a restored table what DynamoDB does not restore: stream, expiry, recovery and protection, as the source has them. */
export async function adoptSettings(recovery: Recovery, from: string, to: string): Promise<void> {
  const { client, pace } = recovery;
  const source = await describeTable(recovery, from);
  const target = await describeTable(recovery, to);
  if (source?.StreamSpecification?.StreamEnabled && !target?.StreamSpecification?.StreamEnabled) {
    await update(recovery, { TableName: to, StreamSpecification: source.StreamSpecification });
  }
  if (source?.DeletionProtectionEnabled && !target?.DeletionProtectionEnabled) {
    await update(recovery, { TableName: to, DeletionProtectionEnabled: true });
  }
  const { TimeToLiveDescription: expiry } = await pace.call(() =>
    client.send(new DescribeTimeToLiveCommand({ TableName: from })),
  );
  const { TimeToLiveDescription: expiryThere } = await pace.call(() =>
    client.send(new DescribeTimeToLiveCommand({ TableName: to })),
  );
  if (expiry?.AttributeName && expiryThere?.AttributeName === undefined) {
    const TimeToLiveSpecification = { Enabled: true, AttributeName: expiry.AttributeName };
    await pace.call(() =>
      client.send(new UpdateTimeToLiveCommand({ TableName: to, TimeToLiveSpecification })),
    );
  }
  await pace.call(() =>
    client.send(
      new UpdateContinuousBackupsCommand({
        TableName: to,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      }),
    ),
  );
}

/** A table takes one change at a time. */
async function update(
  recovery: Recovery,
  change: ConstructorParameters<typeof UpdateTableCommand>[0],
): Promise<void> {
  await recovery.pace.call(() => recovery.client.send(new UpdateTableCommand(change)));
  await untilActive(recovery, [change.TableName!], () => undefined, new AbortController().signal);
}

/**
 * Waits until all tables can be used; a large one takes hours (Developer Guide, "Restoring a table").
 * @param tell receives how many are ready
 */
export async function untilActive(
  recovery: Recovery,
  tables: readonly string[],
  tell: (ready: number) => void,
  stop: AbortSignal,
): Promise<void> {
  for (;;) {
    const found = await Promise.all(tables.map((table) => describeTable(recovery, table)));
    const ready = found.filter((table) => table?.TableStatus === 'ACTIVE').length;
    tell(ready);
    if (ready === tables.length || stop.aborted) {
      return;
    }
    await untilLater(recovery.pollMs, stop);
  }
}

/** Ends early when it is stopped. */
const untilLater = (ms: number, stop: AbortSignal): Promise<void> =>
  sleep(ms, undefined, { signal: stop }).catch(() => undefined);
