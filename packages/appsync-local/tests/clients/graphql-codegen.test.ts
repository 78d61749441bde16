import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generate } from '@graphql-codegen/cli';
import { expect, it } from 'vitest';
import { LOCAL_API_KEY } from '../../src/ground/local-credentials.ts';
import { projectRoot } from '../server/harness/command.ts';
import { serverForClients } from './harness/server.ts';

const server = serverForClients();

type Schema = string | Record<string, { headers: Record<string, string> }>;

/** The models and the typed operations of this project's own documents, made from a schema wherever it is. */
async function generated(...schema: Schema[]): Promise<string> {
  const [file] = (await generate(
    {
      cwd: projectRoot,
      silent: true,
      schema,
      documents: ['schema/operations/*.graphql', 'schema/generated/fragments.graphql'],
      generates: {
        'types.ts': { plugins: ['typescript', 'typescript-operations', 'typed-document-node'] },
      },
    },
    false,
  )) as { content: string }[];
  return file!.content;
}

/** The schema files without the AWS scalars that nothing in the API has, for an API does not tell of those. */
function schemaFiles(): Schema[] {
  const [schema, aws] = ['schema.graphql', 'aws.graphql'].map((name) =>
    readFileSync(join(projectRoot, 'schema', name), 'utf8'),
  ) as [string, string];
  const used = aws.replaceAll(/^scalar (\w+)$/gm, (line, name) =>
    new RegExp(`: \\[?${name}\\b`).test(schema) ? line : '',
  );
  return [schema, used];
}

it('GraphQL Code Generator makes the same types from the running server as from the schema files', async () => {
  const running = { [server.graphqlUrl()]: { headers: { 'x-api-key': LOCAL_API_KEY } } };

  const fromServer = await generated(running);

  expect(fromServer).toContain('export type PutItemMutationVariables');
  expect(fromServer).toBe(await generated(...schemaFiles()));
});

it('GraphQL Code Generator is refused without credentials', async () => {
  const refused = generated(server.graphqlUrl());

  await expect(refused).rejects.toThrow('Valid authorization header not provided.');
});
