import { createHash } from 'node:crypto';
import { copyFileSync, cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { assembliesDirectory } from '../../src/ground/cache-directory.ts';
import { synthesize } from '../../src/template/synthesize.ts';
import { projectRoot, refusalOf } from './harness/command.ts';
import { graphql, putItem, startLocal, temporaryDirectory } from './harness/local-server.ts';

interface Resource {
  Type: string;
  Properties: Record<string, string>;
}
type Resources = Record<string, Resource>;

/** The assembly every start uses; made here if no start has. */
const own = await synthesize(projectRoot, assembliesDirectory(projectRoot), () => undefined);

/** A copy of this project's cloud assembly with other resources. */
function changedAssembly(change: (resources: Resources, directory: string) => void): string {
  const copy = join(temporaryDirectory(), 'cdk.out');
  cpSync(own, copy, { recursive: true });
  const file = join(copy, 'Items.template.json');
  const template = JSON.parse(readFileSync(file, 'utf8')) as { Resources: Resources };
  change(template.Resources, copy);
  writeFileSync(file, JSON.stringify(template));
  return copy;
}

const resolverOf = (resources: Resources, field: string): Resource =>
  Object.values(resources).find(
    ({ Type, Properties }) => Type === 'AWS::AppSync::Resolver' && Properties.FieldName === field,
  )!;

// part: validated-items
interface TableKeys {
  KeySchema: { AttributeName: string }[];
  AttributeDefinitions: { AttributeName: string }[];
  GlobalSecondaryIndexes: { KeySchema: { AttributeName: string }[] }[];
}

/** Takes the index on an attribute away from the items table. */
const withoutIndexOf =
  (attribute: string) =>
  (resources: Resources): void => {
    for (const { Type, Properties } of Object.values(resources)) {
      const { GlobalSecondaryIndexes, AttributeDefinitions, KeySchema } =
        Properties as unknown as Partial<TableKeys>;
      if (Type === 'AWS::DynamoDB::GlobalTable' && GlobalSecondaryIndexes) {
        const left = GlobalSecondaryIndexes.filter(
          (index) => index.KeySchema[0]?.AttributeName !== attribute,
        );
        const keys = [...KeySchema!, ...left.flatMap((index) => index.KeySchema)];
        Object.assign(Properties, {
          GlobalSecondaryIndexes: left,
          AttributeDefinitions: AttributeDefinitions?.filter(({ AttributeName }) =>
            keys.some((key) => key.AttributeName === AttributeName),
          ),
        });
      }
    }
  };
// end: validated-items

describe('--app', () => {
  it('runs any cloud assembly', async () => {
    const copy = changedAssembly((resources) => {
      const api = Object.values(resources).find(({ Type }) => Type === 'AWS::AppSync::GraphQLApi')!;
      api.Properties.Name = 'somebody-elses';
    });

    const server = await startLocal(['--memory', '--app', copy]);

    expect(server.output).toMatch(/^somebody-elses$/m);
    expect(await putItem(server.origin, 'one')).toMatchObject({ version: 1 });
  });

  // part: validated-items
  it('fills an index that is new in the template with the items that were there before', async () => {
    const data = temporaryDirectory();
    const kind = 'product';
    const payload = JSON.stringify({ sku: 'ONE', name: 'One', price: { amountMinor: 1, currency: 'EUR' } });
    const first = await startLocal(['--data', data, '--app', changedAssembly(withoutIndexOf('kind'))]);
    await graphql(
      first.origin,
      'mutation ($input: PutValidatedItemInput!) { putValidatedItem(input: $input) { id } }',
      { input: { id: 'one', kind, payload } },
    );
    await putItem(first.origin, 'without a kind');
    await first.stop();

    const second = await startLocal(['--data', data]);

    const { listItemsByKind } = await graphql<{ listItemsByKind: { items: object[] } }>(
      second.origin,
      'query ($kind: String!) { listItemsByKind(kind: $kind) { items { id version } } }',
      { kind },
    );
    expect(listItemsByKind.items).toEqual([{ id: 'one', version: 1 }]);
  });
  // end: validated-items

  it('refuses a resource it cannot run by its type and logical id where it is told to be strict', async () => {
    const copy = changedAssembly((resources) => {
      resources.Clicks = { Type: 'AWS::Kinesis::Stream', Properties: {} };
    });

    const reason = await refusalOf(['--strict', '--memory', '--port', '0', '--app', copy]);

    expect(reason).toMatch(/AWS::Kinesis::Stream \(logical id Clicks\) is not supported/);
  });

  it.each([
    ['a loop', 'for (;;) {}', /for statements are not supported/i],
    ['a throw', "throw 'late';", /throw statements are not supported/i],
  ])('refuses %s in resolver code by the TypeScript file and line', async (_, statement, problem) => {
    const copy = changedAssembly((resources, directory) => {
      const { Properties } = resolverOf(resources, 'getItem');
      const code = Properties.Code!;
      Properties.Code = code.replace('function request(ctx) {', `$& ${statement}`);
      copyFileSync(sourceMapOf(directory, code), sourceMapOf(directory, Properties.Code));
    });

    const reason = await refusalOf(['--memory', '--port', '0', '--app', copy]);

    expect(reason).toContain(
      `resolver Query.getItem: resolvers/Query.getItem.ts:${lineOf('function request(')}:`,
    );
    expect(reason).toMatch(problem);
  });
});

/** Where the source map of this code lies in a cloud assembly (ADR 22). */
const sourceMapOf = (directory: string, code: string): string =>
  join(directory, 'source-maps', `${createHash('sha256').update(code).digest('hex')}.map`);

/** Where a text stands in the resolver's source, from 1. */
function lineOf(text: string): number {
  const lines = readFileSync(join(projectRoot, 'resolvers', 'Query.getItem.ts'), 'utf8').split('\n');
  return lines.findIndex((line) => line.includes(text)) + 1;
}
