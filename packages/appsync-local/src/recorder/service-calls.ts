import { isRecord } from '../ground/record.ts';
import type { AppModel, DataSourceModel, LambdaFunctionModel } from '../template/app-model.ts';
import type { CallTrace } from '../trace/call-trace.ts';
import type { AskTrace } from '../trace/resolver-trace.ts';
import { Cut } from '../trace/weight.ts';
import type { Show } from './hidden.ts';
import type { RecordedCall, Units } from './recorded-request.ts';
import { rounded } from './rounded.ts';
import { unitsOf } from './units.ts';

/** The Lambda function behind a data source of type AWS_LAMBDA. */
export function functionOf(app: AppModel, dataSource: string): LambdaFunctionModel | undefined {
  const model = app.api.dataSources.find(({ name }) => name === dataSource);
  return model?.type === 'AWS_LAMBDA' ? byArn(app, model.functionArn) : undefined;
}

const byArn = (app: AppModel, functionArn: string): LambdaFunctionModel | undefined =>
  app.lambdaFunctions.find(({ arn }) => arn === functionArn);

/** The calls of services that a request to a data source came to. @param ms turns a time into milliseconds of the request */
export function callsOf(
  ask: AskTrace,
  app: AppModel,
  ms: (at: number) => number,
  show: Show,
): RecordedCall[] {
  if (ask.calls.length > 0) {
    return ask.calls.map((call) => recordedCall(call, app, ms, show));
  }
  const model = app.api.dataSources.find(({ name }) => name === ask.unit.dataSource?.name);
  const call = model && callOf(model, ask.request, app);
  const startedAt = ask.batch?.sentAt ?? ask.startedAt;
  return call ? [{ ...call, startMs: ms(startedAt), ms: lasted(startedAt, ask.endedAt) }] : [];
}

/** Units of all calls of DynamoDB. */
export function unitsOfAsk({ calls }: AskTrace): Units {
  const units = { read: 0, write: 0 };
  for (const call of calls) {
    const { read, write } = unitsOf(call, answerOf(call));
    units.read += read;
    units.write += write;
  }
  return units;
}

/** DynamoDB's answer without the consumed capacity, which is in `units`. */
function recordedCall(call: CallTrace, app: AppModel, ms: (at: number) => number, show: Show): RecordedCall {
  const { service, operation, input, startedAt, endedAt, error } = call;
  const common = {
    service,
    operation,
    startMs: ms(startedAt),
    ms: lasted(startedAt, endedAt),
  };
  const failure = error && { error: show({ type: error.name, message: error.message }) };
  if (service === 'Lambda') {
    const { functionArn, payload } = input as { functionArn: string; payload: unknown };
    const target = byArn(app, functionArn)?.functionName ?? functionArn;
    return { ...common, target, input: show(payload), answer: show(call.answer), ...failure };
  }
  const answer = answerOf(call);
  const { ConsumedCapacity: _consumed, ...rest } = isRecord(answer) ? answer : {};
  return {
    ...common,
    target: tableOf(input),
    input: show(input),
    ...(error ? failure : { answer: isRecord(answer) ? show(rest) : show(answer) }),
    units: unitsOf(call, answer),
  };
}

const lasted = (startedAt: number, endedAt: number | null): number | null =>
  endedAt === null ? null : rounded(endedAt - startedAt);

/** A text that DynamoDB sent was read as JSON then, so it is JSON. */
const answerOf = ({ service, answer }: CallTrace): unknown =>
  service === 'DynamoDB' && typeof answer === 'string' ? (JSON.parse(answer) as unknown) : answer;

/** The table of an operation, or of each part of a batch or transaction. */
function tableOf(input: object): string {
  const { TableName, RequestItems, TransactItems } = input as {
    TableName?: string;
    RequestItems?: object;
    TransactItems?: Record<string, { TableName?: string }>[];
  };
  const names = TransactItems?.flatMap((item) => Object.values(item).map((part) => part.TableName ?? ''));
  return TableName ?? [...new Set(names ?? Object.keys(RequestItems ?? {}))].join(', ');
}

/** What a data source that records no calls did with a request, as far as the request says it. */
function callOf(
  model: DataSourceModel,
  request: unknown,
  app: AppModel,
): Pick<RecordedCall, 'service' | 'operation' | 'target'> | null {
  const members = isRecord(request) && !(request instanceof Cut) ? request : {};
  switch (model.type) {
    case 'AWS_LAMBDA': {
      const target = byArn(app, model.functionArn)?.functionName ?? model.functionArn;
      return { service: 'Lambda', operation: String(members['operation'] ?? 'Invoke'), target };
    }
    case 'HTTP': {
      const path = String(members['resourcePath'] ?? '/');
      return {
        service: 'HTTP',
        operation: String(members['method'] ?? ''),
        target: `${model.endpoint}${path}`,
      };
    }
    case 'AMAZON_EVENTBRIDGE':
      return { service: 'EventBridge', operation: 'PutEvents', target: model.busName };
    case 'AMAZON_DYNAMODB':
    case 'NONE':
    case 'NOT_RUN':
      return null;
  }
}
