import ts from 'typescript';
import { lambdaSources } from '../../../infra/lambda-sources.ts';
import type { Copy } from '../harness/copy.ts';
import { OPERATIONS, SCHEMA } from './schema.ts';
import { importDocument, insertRow } from './who-may.ts';

const LAUNCH = '.vscode/launch.json';

const RESOLVER = `import type { Context, LambdaRequest } from '@aws-appsync/utils';
import type { MutationGreetArgs } from '../schema/generated/schema.ts';
import { raiseDataSourceError } from './shared/data-source-error.ts';

export function request(ctx: Context<MutationGreetArgs>): LambdaRequest {
  return { operation: 'Invoke', payload: { name: ctx.args.name } };
}

export function response(ctx: Context<MutationGreetArgs>): string {
  if (ctx.error) {
    raiseDataSourceError(ctx.error);
  }
  return ctx.result as string;
}
`;

const HANDLER = `/** The Lambda function. */
export async function handler({ name }: { name: string }): Promise<string> {
  return \`Hello, \${name}\`;
}
`;

/** A mutation `greet`, of which only the schema knows. */
export function addMutation(copy: Copy): void {
  copy.insertAfter(SCHEMA, /^type Mutation .*\{$/, '  "Says hello."\n  greet(name: String!): String!');
  copy.append(OPERATIONS, 'mutation Greet($name: String!) {\n  greet(name: $name)\n}\n');
}

/** Its resolver, and a Lambda function of its own. */
export function resolveMutation(copy: Copy): void {
  copy.write('resolvers/Mutation.greet.ts', RESOLVER);
  copy.write('functions/greet/handler.ts', HANDLER);
  copy.insertBefore(
    'infra/lambda-sources.ts',
    '} satisfies Record<string, LambdaSource>;',
    "  Greet: { folder: 'greet', timeoutSeconds: 5, memorySize: 128, tables: {} },",
  );
  copy.insertBefore(
    'infra/routes.ts',
    /^ {2}'Mutation\.putItems'/,
    "  'Mutation.greet': { dataSource: 'Greet' },",
  );
  debugMutation(copy);
}

interface LaunchFile {
  configurations: { name: string; port: number }[];
  compounds: { configurations: string[] }[];
}

/** Attaches the debugger to its function, which in the template comes after those of other data sources and before the publisher. */
function debugMutation(copy: Copy): void {
  const launch = ts.parseConfigFileTextToJson(LAUNCH, copy.read(LAUNCH)).config as LaunchFile;
  const { configurations, compounds } = launch;
  const others = configurations.filter(({ name }) => name === 'Resolvers' || name in lambdaSources).length;
  configurations.splice(others, 0, { ...configurations[0]!, name: 'Greet' });
  configurations.forEach((each, index) => (each.port = configurations[0]!.port + index));
  compounds[0]!.configurations = configurations.map(({ name }) => name);
  copy.write(LAUNCH, JSON.stringify(launch, null, 2));
}

export function expectMutation(copy: Copy): void {
  insertRow(
    copy,
    /^ {2}'Mutation\.putItems'/,
    "  'Mutation.greet': { deed: null, attempts: { '': free(GreetDocument, { name: 'you' }) } },",
  );
  importDocument(copy, 'GreetDocument');
}
