import type { Caller } from '../../../../src/auth/caller.ts';
import { unauthorizedError } from '../../../../src/graphql/errors.ts';
import { execute } from '../../../../src/graphql/execute.ts';
import type { FieldOutcome } from '../../../../src/graphql/execution.ts';
import { mayAccess } from '../../../../src/graphql/field-access.ts';
import { createPrepare } from '../../../../src/graphql/prepare.ts';
import type { GraphQLResponse } from '../../../../src/graphql/request.ts';
import { loadSchema } from '../../../../src/graphql/schema.ts';
import type { AuthMode } from '../../../../src/template/app-model.ts';

export interface RunOptions {
  variables?: Record<string, unknown>;
  /** By `Type.field`: a value, or a function of arguments and source. */
  resolvers?: Record<string, unknown>;
  caller?: Caller;
  modes?: AuthMode[];
  depthLimit?: number;
}

export const keyHolder: Caller = { mode: 'API_KEY', identity: null, groups: [] };

type Resolve = (args: Record<string, unknown>, source: unknown) => unknown;

/** Runs an operation against a schema with resolvers that are plain functions. */
export async function run(sdl: string, query: string, options: RunOptions = {}): Promise<GraphQLResponse> {
  const { resolvers = {}, caller = keyHolder, modes = [{ type: 'API_KEY' }], depthLimit = 0 } = options;
  const schema = loadSchema(sdl, modes, 'Schema');
  const prepared = createPrepare(schema.schema, true)({ query, variables: options.variables });
  if (prepared.kind === 'invalid') {
    return { data: null, errors: prepared.errors };
  }
  const outcome = async (
    resolver: unknown,
    args: Record<string, unknown>,
    source: unknown,
  ): Promise<FieldOutcome> => {
    const value: unknown =
      typeof resolver === 'function' ? await (resolver as Resolve)(args, source) : resolver;
    return value instanceof Error
      ? {
          value: null,
          errors: [{ message: value.message, errorType: 'Raised', data: value.cause, errorInfo: null }],
        }
      : { value, errors: [] };
  };
  return execute(prepared.operation, prepared.variables, {
    serialized: false,
    depthLimit,
    refusal: ({ parentType, fieldName, coordinate }) =>
      mayAccess(schema.rules, caller, coordinate) ? null : unauthorizedError(fieldName, parentType.name),
    resolve: (plan, source, args) =>
      plan.coordinate in resolvers ? outcome(resolvers[plan.coordinate], args, source) : undefined,
  });
}
