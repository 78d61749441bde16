import { expect } from 'vitest';
import { adopt } from './harness/adopt.ts';

const SCHEMA = 'schema/schema.graphql';
const OPERATIONS = 'schema/operations/items.graphql';
const WHO_MAY = 'tests/api/harness/who-may.ts';

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

adopt('a mutation with a Lambda function of its own is a row each', async ({ copy, does, isRefused }) => {
  copy.insertAfter(SCHEMA, /^type Mutation .*\{$/, '  "Says hello."\n  greet(name: String!): String!');
  copy.write(
    OPERATIONS,
    `${copy.read(OPERATIONS)}\nmutation Greet($name: String!) {\n  greet(name: $name)\n}\n`,
  );
  await does('codegen', () => copy.script('codegen'));
  await isRefused(
    'synth',
    () => copy.synth(),
    'Mutation.greet',
    'has no resolver: add resolvers/Mutation.greet.ts',
  );
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
  const test = () =>
    copy.test(
      ['api (memory)', 'infra'],
      'api/permissions.test',
      'infra/items-api.test',
      'infra/items-stack.test',
      'infra/app.test',
      'infra/checks.test',
    );

  const asked = () => copy.test(['api (memory)'], 'api/permissions.test', '--testNamePattern=who may call');

  await does('typecheck', () => copy.script('typecheck'));
  await isRefused('who may', asked, 'who may call `Mutation.greet`?', `say it in ${WHO_MAY}`);
  copy.insertBefore(
    WHO_MAY,
    /^ {2}'Query\.itemKinds'/,
    "  'Mutation.greet': { deed: null, attempts: { '': free(GreetDocument, { name: 'you' }) } },",
  );
  copy.edit(WHO_MAY, /^ {2}GetItemsDocument,$/, (found) => `${found}\n  GreetDocument,`);
  await does('tests', test);

  expect(copy.edited).toEqual(
    [
      SCHEMA,
      OPERATIONS,
      'resolvers/Mutation.greet.ts',
      'functions/greet/handler.ts',
      'infra/lambda-sources.ts',
      'infra/routes.ts',
      WHO_MAY,
    ].sort(),
  );
});
