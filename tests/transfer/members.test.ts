import { join } from 'node:path';
import { expect, test } from 'vitest';
import { LOCAL_CREDENTIALS } from '../../packages/appsync-local/src/ground/local-credentials.ts';
import { HTTP_CONTENT, signedHeaders } from '../../packages/appsync-local/tests/harness/sign.ts';
import {
  startLocal,
  temporaryDirectory,
} from '../../packages/appsync-local/tests/server/harness/local-server.ts';
import {
  DeleteItemDocument,
  GetItemDocument,
  PutItemDocument,
  PutValidatedItemDocument,
} from '../../schema/generated/operations.ts';
import { product } from '../api/harness/product.ts';
import { comparable, valuesFor } from '../harness/item-members.ts';
import { runScript } from './harness/command.ts';

type Item = Record<string, unknown>;

/** Asks by IAM. */
async function dataOf(url: URL, body: string): Promise<Record<string, Item | null>> {
  const headers = { ...HTTP_CONTENT, ...(await signedHeaders(url, body, LOCAL_CREDENTIALS)) };
  const response = await fetch(url, { method: 'POST', headers, body });
  const { data, errors } = (await response.json()) as {
    data: Record<string, Item | null>;
    errors?: object[];
  };
  expect(errors).toBeUndefined();
  return data;
}

/** Whatever members the schema has: an item that leaves in a file comes back as it was. */
test.each(['dynamodb-json', 'jsonl'])(
  'every member of an item is exported and imported, as %s',
  { timeout: 240_000 },
  async (format) => {
    const data = temporaryDirectory();
    const server = await startLocal(['--data', data]);
    const ask = (document: object, variables: Item): Promise<Record<string, Item | null>> =>
      dataOf(new URL(`${server.origin}/graphql`), JSON.stringify({ query: String(document), variables }));
    const read = async (id: string): Promise<Item> =>
      comparable((await ask(GetItemDocument, { id }))['getItem']);
    const file = join(data, 'items');
    await ask(PutItemDocument, { input: { id: 'plain', ...valuesFor('PutItemInput', 1) } });
    const valid = { kind: 'product', payload: JSON.stringify(product()) };
    await ask(PutValidatedItemDocument, {
      input: { id: 'valid', ...valuesFor('PutValidatedItemInput', 2), ...valid },
    });
    const before = [await read('plain'), await read('valid')];

    const exported = await runScript('export', [file, '--format', format, '--data', data]);
    for (const id of ['plain', 'valid']) {
      await ask(DeleteItemDocument, { input: { id } });
    }
    const imported = await runScript('import', [file, '--data', data]);

    expect([exported.code, imported.code], exported.stderr + imported.stderr).toEqual([0, 0]);
    expect(exported.stderr).not.toMatch(/as DynamoDB JSON/);
    expect([await read('plain'), await read('valid')]).toEqual(before);
  },
);
