import type { Asset, Stack } from './assembly.ts';
import { createReader } from './reader.ts';
import type { Reader } from './reader.ts';
import type { Scope } from './scope.types.ts';

/** One resource whose condition holds. */
export interface Resource {
  type: string;
  logicalId: string;
  stackName: string;
  region: string;
  accountId: string;
  stack: Stack;
  assets: ReadonlyMap<string, Asset>;
  /** Each is resolved when it is first read. */
  properties: Reader;
  /** The result of `Ref`. */
  ref(): string;
  /** The result of `Fn::GetAtt`. @throws StartFailure when the type lacks the attribute. */
  attribute(name: string): string;
}

export const TABLE_TYPES = ['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable'];

export const ofTypes = (resources: Resource[], ...types: string[]): Resource[] =>
  resources.filter(({ type }) => types.includes(type));

/** The present resources of one stack. */
export const resourcesOf = (scope: Scope): Resource[] =>
  Object.entries(scope.stack.template.Resources)
    .filter(([logicalId]) => scope.isPresent(logicalId))
    .map(([logicalId, { Type: type, Properties: properties = {} }]) =>
      createResource(scope, logicalId, type, properties),
    );

function createResource(
  scope: Scope,
  logicalId: string,
  type: string,
  properties: Record<string, unknown>,
): Resource {
  const place = `resource ${logicalId}`;
  const read = new Map<string, unknown>();
  return {
    type,
    logicalId,
    stackName: scope.stack.name,
    region: scope.stack.region,
    accountId: scope.stack.accountId,
    stack: scope.stack,
    assets: scope.stack.assets,
    properties: createReader(`stack ${scope.stack.name}, ${place}`, (name) => {
      if (!read.has(name)) {
        read.set(name, scope.resolve(properties[name], place));
      }
      return read.get(name);
    }),
    ref: () => String(scope.resolve({ Ref: logicalId }, place)),
    attribute: (name) => String(scope.resolve({ 'Fn::GetAtt': [logicalId, name] }, place)),
  };
}
