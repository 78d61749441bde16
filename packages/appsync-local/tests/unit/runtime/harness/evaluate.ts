import { createRuntime } from '../../../../src/runtime/runtime.ts';
import type { RuntimeOptions } from '../../../../src/runtime/runtime.ts';
import type {
  ContextInit,
  EvaluableModule,
  Evaluation,
  ResolverContext,
} from '../../../../src/runtime/runtime.types.ts';

/** 2018-02-06T19:01:35.750Z, the moment of the recorded time examples. */
export const NOW = 1517943695750;

export const contextInit = (more: Partial<ContextInit> = {}): ContextInit => ({
  arguments: {},
  identity: null,
  source: null,
  request: { headers: {}, domainName: null },
  info: {
    fieldName: 'getItem',
    parentTypeName: 'Query',
    variables: {},
    selectionSetList: ['id'],
    selectionSetGraphQL: '{\n  id\n}',
  },
  env: {},
  ...more,
});

const shared = createRuntime({ now: () => NOW });

export const load = (text: string, options?: RuntimeOptions): EvaluableModule =>
  (options ? createRuntime(options) : shared).load({
    logicalId: 'Code',
    title: 'resolver Query.getItem',
    text,
  });

export const createContext = (init?: Partial<ContextInit>): ResolverContext =>
  shared.createContext(contextInit(init));

/** The first line of code that goes past TypeScript's checker, so that the runtime itself is asked. */
export const UNCHECKED = '// @ts-nocheck\n';

const IMPORTS = `${UNCHECKED}import { util, extensions, runtime } from '@aws-appsync/utils'; import * as ddb from '@aws-appsync/utils/dynamodb';
`;

/** A code unit whose request handler has this body, from line 4 on. No types are checked. */
export const unit = (body: string): string =>
  `${IMPORTS}export function request(ctx) {\n${body}\n}\nexport function response(ctx) { return ctx.result; }\n`;

export const run = (body: string, init?: Partial<ContextInit>): Evaluation =>
  load(unit(body)).request(createContext(init));

/** The value of an expression inside a request handler. */
export function valueOf(expression: string, init?: Partial<ContextInit>): unknown {
  const evaluation = run(`return ${expression};`, init);
  if (evaluation.kind !== 'returned') {
    throw new Error(JSON.stringify(evaluation));
  }
  return evaluation.value;
}

/** The message of what an expression raises. */
export function messageOf(expression: string, init?: Partial<ContextInit>): string {
  const evaluation = run(`return ${expression};`, init);
  if (evaluation.kind !== 'raised') {
    throw new Error(`nothing raised: ${JSON.stringify(evaluation)}`);
  }
  return evaluation.error.message;
}
