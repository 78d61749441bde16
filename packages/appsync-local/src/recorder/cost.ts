import { isRecord } from '../ground/record.ts';
import type { AppModel } from '../template/app-model.ts';
import type { RequestTrace } from '../trace/request-trace.ts';
import type { AskTrace } from '../trace/resolver-trace.ts';
import list from './prices.json' with { type: 'json' };
import type { Cost, Units } from './recorded-request.ts';
import { functionOf } from './service-calls.ts';

type PriceName = keyof typeof list.prices;

/** US dollars for one read request unit of DynamoDB, on demand. */
export const READ_UNIT_USD = list.prices.dynamoDbRead.usd / list.prices.dynamoDbRead.per;

/**
 * What a request would cost on AWS. Lambda is counted with the time that it took here and as x86_64; connection minutes, logs and
 * data transfer belong to no request.
 *
 * @param units of DynamoDB
 */
export function costOf(trace: RequestTrace, units: Units, app: AppModel): Cost {
  const asks = trace.resolvers.flatMap(({ steps }) => steps.filter((step) => step.kind === 'ask'));
  const invocations = asks.filter(isInvocation);
  const amounts: [PriceName, number][] = [
    ['appSyncOperation', trace.operation !== null && trace.operation.type !== 'subscription' ? 1 : 0],
    ['appSyncUpdate', trace.deliveries.reduce((sum, { updates }) => sum + updates, 0)],
    ['dynamoDbRead', units.read],
    ['dynamoDbWrite', units.write],
    ['lambdaRequest', invocations.length],
    ['lambdaX8664', invocations.reduce((sum, ask) => sum + gigabyteSeconds(ask, app), 0)],
    ['eventBridgeEvent', asks.reduce((sum, ask) => sum + eventsIn(ask), 0)],
  ];
  const parts = amounts
    .filter(([, amount]) => amount > 0)
    .map(([name, amount]) => {
      const { usd, per, unit } = list.prices[name];
      return { what: `${serviceOf(name)}: ${unit}`, units: amount, usd: (amount * usd) / per };
    });
  const usd = parts.reduce((sum, part) => sum + part.usd, 0);
  return { usd, parts, region: list.region, compiled: list.compiled };
}

function serviceOf(name: PriceName): string {
  switch (name) {
    case 'appSyncOperation':
    case 'appSyncUpdate':
      return 'AppSync';
    case 'dynamoDbRead':
    case 'dynamoDbWrite':
      return 'DynamoDB';
    case 'lambdaRequest':
    case 'lambdaX8664':
      return 'Lambda';
    case 'eventBridgeEvent':
      return 'EventBridge';
  }
}

/** One of the requests of a batch stands for its invocation. */
const isInvocation = ({ unit, batch }: AskTrace): boolean =>
  unit.dataSource?.type === 'AWS_LAMBDA' && (batch?.index ?? 0) === 0;

/** Duration is billed in whole milliseconds (AWS Lambda pricing). */
function gigabyteSeconds({ unit, startedAt, endedAt, batch }: AskTrace, app: AppModel): number {
  const { memoryMb = 128 } = functionOf(app, unit.dataSource!.name) ?? {};
  const ms = (endedAt ?? startedAt) - (batch?.sentAt ?? startedAt);
  return (memoryMb / 1024) * (Math.ceil(Math.max(0, ms)) / 1000);
}

function eventsIn({ unit, request }: AskTrace): number {
  const events = isRecord(request) ? request['events'] : undefined;
  return unit.dataSource?.type === 'AMAZON_EVENTBRIDGE' && Array.isArray(events) ? events.length : 0;
}
