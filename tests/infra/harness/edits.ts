import { expect } from 'vitest';
import { lossesOf } from '../../../deploy/gate/gate.ts';
import type { Loss } from '../../../deploy/gate/loss.ts';
import type { Resource, Template } from '../../../deploy/gate/template.ts';
import { synthesize } from './synthesized.ts';

/*
 * Edits of the stack for the gate of `npm run deploy`: the templates are synthesized, and an edit is made in the one that counts as new, as if
 * somebody had changed infra/ or schema/.
 */

export const dev = synthesize().template.toJSON() as Template;
export const prod = synthesize({ stage: 'prod' }).template.toJSON() as Template;

/** The logical id of the only resource whose id begins so, the hash aside. */
export function idOf(name: string): string {
  const ids = Object.keys(dev.Resources).filter((id) => id.replace(/[0-9A-F]{8}$/, '') === name);
  expect(ids).toHaveLength(1);
  return ids[0]!;
}

export const ITEMS = idOf('DataItems');
export const CONSTRAINTS = idOf('DataConstraints');
export const POOL = idOf('UsersUserPool');
export const API = idOf('ItemsApi');
export const KEY = idOf('ItemsApiDefaultApiKey');
export const CLIENT = idOf('UsersUserPoolClient');
export const MAPPING = idOf('ChangeFeedItemsStream'); // part: change-feed
const SCHEMA = Object.entries(dev.Resources).find(
  ([, { Type }]) => Type === 'AWS::AppSync::GraphQLSchema',
)![0];

export type Edit = (resources: Record<string, Resource>) => void;

/** @param given an edit that is deployed already */
export async function after(edit: Edit, before = dev, given: Edit = () => undefined) {
  const deployed = structuredClone(before);
  given(deployed.Resources);
  const edited = structuredClone(deployed);
  edit(edited.Resources);
  return lossesOf(deployed, edited);
}

// Tests name the properties that they change, so CloudFormation's types would add nothing.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export const of = (resources: Record<string, Resource>, id: string): any => resources[id]!.Properties;

export const inSchema =
  (text: string, other: string): Edit =>
  (resources) => {
    const properties = of(resources, SCHEMA);
    expect(properties.Definition).toContain(text);
    properties.Definition = properties.Definition.replace(text, other);
  };

export const GET_ITEM = 'getItem(id: ID!): Item';

/** The API's provider of users. */
export const providerOf = (resources: Record<string, Resource>) =>
  of(resources, API).AdditionalAuthenticationProviders.find(
    ({ UserPoolConfig }: { UserPoolConfig?: unknown }) => UserPoolConfig,
  );

export const recoveryOf = (resources: Record<string, Resource>) =>
  of(resources, ITEMS).Replicas[0].PointInTimeRecoverySpecification;

export const renamed =
  (id: string): Edit =>
  (resources) => {
    resources[`${id}Other`] = resources[id]!;
    delete resources[id];
  };

/** An index of the table of items. */
export const indexOf = (resources: Record<string, Resource>, name: string) =>
  of(resources, ITEMS).GlobalSecondaryIndexes.find(
    ({ IndexName }: { IndexName: string }) => IndexName === name,
  );

export const index = (IndexName: string) => ({
  IndexName,
  KeySchema: [{ AttributeName: 'kind', KeyType: 'HASH' }],
  Projection: { ProjectionType: 'ALL' },
});

/** Names that a test expects, and that each loss has its two sentences. */
export function expectLosses(losses: readonly Loss[], names: readonly string[]): void {
  expect(losses.map(({ name }) => name).sort()).toEqual([...names].sort());
  for (const { what, instead } of losses) {
    expect([what, instead]).toEqual([expect.stringMatching(/^\S.+\.$/s), expect.stringMatching(/^\S.+\.$/s)]);
  }
}
