import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { isLoopback } from '../auth/oidc-provider.ts';
import type { ReadyTable } from '../database/create-tables.ts';
import { compilePattern, type EventPattern, PatternProblem } from '../events/event-pattern.ts';
import { StartFailure } from '../ground/start-failure.ts';
import { type InvokeLambda, JsonText } from '../lambda/lambda-result.ts';
import { openCheckpointFile } from '../streams/checkpoint-file.ts';
import type { FailureStore } from '../streams/failure-store.ts';
import { runMapping } from '../streams/run-mapping.ts';
import { createWake } from '../streams/wake.ts';
import type { AppModel, EventSourceMappingModel } from '../template/app-model.ts';
import type { DynamoDb } from './database.ts';
import type { Close, Logs } from './logs.ts';
import type { Roles } from './roles.ts';

/** Milliseconds between polls of a stream without write signals; AWS's Lambda polls four times a second. */
const LOOK_MS = { local: 20, remote: 250 };
/** Linux reports every write (inotify); this is for file systems that do not. */
const LOOK_IN_CASE_MS = 1_000;

const STREAMS = 'streams';
/** The folders that mappings use in the data directory. */
const FOLDERS = [STREAMS, 'queues', 'topics'];

/** Removes everything that mappings have kept. */
export function forgetStreams(directory: string): void {
  for (const folder of FOLDERS) {
    rmSync(join(directory, folder), { recursive: true, force: true });
  }
}

/** @throws StartFailure for a filter or a role that Lambda would refuse */
export function checkMappings(app: AppModel, roles: Roles): void {
  checkRoles(app, roles);
  app.eventSourceMappings.forEach(readFilters);
}

/**
 * Runs the template's event source mappings from now on.
 * @param directory null keeps neither positions nor dropped records
 * @throws StartFailure for a table without a stream; DynamoDbError when a stream cannot be read
 */
export async function openStreams(
  app: AppModel,
  dynamoDb: DynamoDb,
  tables: ReadyTable[],
  invoke: InvokeLambda,
  directory: string | null,
  failures: FailureStore,
  logs: Logs,
  closers: Close[],
): Promise<void> {
  if (app.eventSourceMappings.length === 0) {
    return;
  }
  const report = (line: string): void => logs.line(STREAMS, line);
  const wake = createWake();
  const stopWatching = dynamoDb.watchWrites?.(wake.signal);
  if (stopWatching) {
    closers.push(stopWatching);
  }
  const idleMs = idleMsOf(dynamoDb);
  for (const mapping of app.eventSourceMappings) {
    const running = await runMapping({
      mapping,
      region: app.region,
      localStreamArn: streamOf(mapping, tables),
      call: (operation, input) => dynamoDb.client.call(operation, input),
      invoke: (functionArn, event) =>
        invoke(functionArn, new JsonText(event), 'RequestResponse', { by: `stream of ${mapping.tableName}` }),
      passes: readFilters(mapping),
      checkpoint: openCheckpointFile(checkpointPath(mapping, directory), report),
      failures,
      wake,
      idleMs,
      hindrance: () => dynamoDb.hindrance(),
      report,
    });
    closers.push(() => running.stop());
  }
}

/** What Lambda asks of the execution role when the mapping is made ("Cannot access stream …", Lambda's CreateEventSourceMapping). */
const STREAM_ACTIONS = ['GetRecords', 'GetShardIterator', 'DescribeStream', 'ListStreams'];

/** @throws StartFailure for the first mapping whose function's role may not read the stream, or not send failed records to its destination */
function checkRoles({ eventSourceMappings, lambdaFunctions }: AppModel, roles: Roles): void {
  for (const { functionArn, streamArn, onFailure, logicalId } of eventSourceMappings) {
    const lambda = lambdaFunctions.find(({ arn }) => arn === functionArn);
    const role = lambda && roles.ofFunction(lambda);
    const accesses = [
      // ListStreams has no resource-level permissions (Service Authorization Reference, DynamoDB).
      ...STREAM_ACTIONS.map((action) => ({
        action: `dynamodb:${action}`,
        resource: action === 'ListStreams' ? '*' : streamArn,
      })),
      ...(onFailure
        ? [
            {
              action: onFailure.kind === 'queue' ? 'sqs:SendMessage' : 'sns:Publish',
              resource: onFailure.arn,
            },
          ]
        : []),
    ];
    const refused = accesses.filter((access) => role?.judge(access) !== undefined);
    if (role && refused.length > 0) {
      const missing = refused.map(({ action, resource }) => `${action} on ${resource}`).join(', ');
      throw new StartFailure(
        `event source mapping ${logicalId}: role ${role.model.logicalId} of the Lambda function lacks ${missing}; ` +
          'AWS would refuse to create the mapping. Grant it in the app.',
      );
    }
  }
}

function idleMsOf({ endpoint, watchWrites }: DynamoDb): number {
  if (watchWrites && process.platform === 'linux') {
    return LOOK_IN_CASE_MS;
  }
  return isLoopback(endpoint) ? LOOK_MS.local : LOOK_MS.remote;
}

function streamOf({ tableName, logicalId }: EventSourceMappingModel, tables: ReadyTable[]): string {
  const stream = tables.find((table) => table.tableName === tableName)?.latestStreamArn;
  if (stream !== undefined) {
    return stream;
  }
  throw new StartFailure(
    `event source mapping ${logicalId} needs the stream of table ${tableName}, which is not enabled in this DynamoDB`,
  );
}

function readFilters({ filters, logicalId }: EventSourceMappingModel): EventPattern {
  try {
    const patterns = filters.map(compilePattern);
    return (record) => patterns.length === 0 || patterns.some((matches) => matches(record));
  } catch (error) {
    if (!(error instanceof PatternProblem)) {
      throw error;
    }
    throw new StartFailure(`event source mapping ${logicalId}, FilterCriteria: ${error.message}`);
  }
}

const checkpointPath = (
  { stackName, logicalId }: EventSourceMappingModel,
  directory: string | null,
): string | null => (directory === null ? null : join(directory, STREAMS, `${stackName}-${logicalId}.json`));
