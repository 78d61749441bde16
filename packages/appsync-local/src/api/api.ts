import { OperationTypeNode } from 'graphql';
import { RequestRefused } from '../auth/caller.ts';
import { execute } from '../graphql/execute.ts';
import { prepareSubscription } from '../graphql/prepare-subscription.ts';
import { createPrepare } from '../graphql/prepare.ts';
import type { ExecutionResult, GraphQLRequest, RequestOrigin } from '../graphql/request.ts';
import type { SubscribeOutcome } from '../graphql/subscription.ts';
import { announce } from './announce.ts';
import type { ApiParts } from './api-parts.ts';
import { ApiRequestRun } from './request-run.ts';
import { responseHeaders } from './response-headers.ts';
import { withinTime } from './time-limit.ts';

/** A GraphQL API that can execute requests. */
export interface Api {
  /** Runs a query or mutation. @throws RequestRefused for a request that AppSync answers without running it */
  execute(request: GraphQLRequest, origin: RequestOrigin): Promise<ExecutionResult>;
  /** Handles a `start` message: authorization, validation, and the field's own resolver. @throws RequestRefused like `execute` */
  subscribe(request: GraphQLRequest, origin: RequestOrigin): Promise<SubscribeOutcome>;
}

/** The core of the emulator: takes an authorized request through prepare, execute and respond. */
export function createApi(parts: ApiParts): Api {
  const { api, schema, requestMs } = parts;
  const prepare = createPrepare(schema.schema, api.introspectionEnabled);

  return {
    async execute(request, origin) {
      const prepared = prepare(request);
      if (prepared.kind === 'invalid') {
        return { response: { data: null, errors: prepared.errors }, headers: null };
      }
      const { operation, variables } = prepared;
      if (operation.operation.operation === OperationTypeNode.SUBSCRIPTION) {
        throw new RequestRefused(400, 'BadRequestException', OVER_HTTP);
      }
      const { trace } = origin;
      trace?.executing(operation.operation);
      const run = new ApiRequestRun(parts, operation, request, origin);
      const response = await withinTime(execute(operation, variables, run.source), TIMED_OUT, requestMs);
      trace?.executed();
      announce(parts, operation, variables, run, trace);
      return { response, headers: responseHeaders(run.effects) };
    },

    async subscribe(request, origin) {
      const prepared = prepare(request);
      if (prepared.kind === 'invalid') {
        return { kind: 'refused', errors: prepared.errors };
      }
      const { operation, variables } = prepared;
      origin.trace?.executing(operation.operation);
      const run = new ApiRequestRun(parts, operation, request, origin);
      const outcome = prepareSubscription(schema, operation, variables, origin.caller, run);
      return withinTime(outcome, { kind: 'refused', errors: TIMED_OUT.errors }, requestMs);
    },
  };
}

/** AppSync's own words (docs/facts/graphql.md#malformed). */
const OVER_HTTP = 'Subscriptions over MQTT is not supported.';

const TIMED_OUT = {
  data: null,
  errors: [{ path: null, errorType: 'ExecutionTimeout', locations: null, message: 'Execution timed out.' }],
};
