import { isRecord } from '../ground/record.ts';
import { StartFailure } from '../ground/start-failure.ts';
import type { Asset, Stack } from './assembly.ts';
import { intrinsicName } from './intrinsics.ts';
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
  /**
   * A property of which not everything needs a value here, such as a policy that names resources of other services. What cannot be
   * resolved is null, and only that: a statement keeps its actions when its resource is unknown.
   */
  known(name: string): unknown;
  /** A property as the template has it, with its intrinsic functions. */
  written(name: string): unknown;
  /** The result of `Ref`. */
  ref(): string;
  /** The result of `Fn::GetAtt`. @throws StartFailure when the type lacks the attribute. */
  attribute(name: string): string;
}

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
    written: (name) => properties[name],
    known: (name) => resolveKnown(scope, properties[name], place),
    ref: () => String(scope.resolve({ Ref: logicalId }, place)),
    attribute: (name) => String(scope.resolve({ 'Fn::GetAtt': [logicalId, name] }, place)),
  };
}

function resolveKnown(scope: Scope, expression: unknown, place: string): unknown {
  try {
    return scope.resolve(expression, place);
  } catch (error) {
    if (!(error instanceof StartFailure)) {
      throw error;
    }
    return withoutUnknown(scope, expression, place);
  }
}

function withoutUnknown(scope: Scope, expression: unknown, place: string): unknown {
  if (Array.isArray(expression)) {
    return expression.map((item) => resolveKnown(scope, item, place)).filter((item) => item !== undefined);
  }
  if (!isRecord(expression) || intrinsicName(expression) !== undefined) {
    return null;
  }
  return Object.fromEntries(
    Object.entries(expression).map(([name, member]) => [name, resolveKnown(scope, member, place)]),
  );
}
