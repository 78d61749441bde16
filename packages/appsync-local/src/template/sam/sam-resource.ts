import { isRecord } from '../../ground/record.ts';
import { StartFailure } from '../../ground/start-failure.ts';
import type { ResourceDefinition } from '../assembly.ts';
import { objectsOf } from '../json.ts';
import type { JsonObject } from '../json.ts';
import type { Problems } from '../problems.ts';

/** One resource of an `AWS::Serverless::` type, with the properties of `Globals` merged in. */
export interface SamResource {
  logicalId: string;
  properties: JsonObject;
  /** Whether it has `Connectors`, which grant its role more. */
  hasConnectors: boolean;
  /** Receives what SAM would refuse of one part, while the others are read. */
  problems: Problems;
  /** What every resource that it becomes has as well: `Condition`, `Metadata`. */
  attributes: Partial<ResourceDefinition>;
}

/** What a SAM resource becomes, by logical id. */
export type Resources = Record<string, ResourceDefinition>;

/** What the transform adds to a template besides resources. */
export interface Additions {
  /** References that SAM replaces: `Greet.Alias` by the logical id of the alias. */
  references: Map<string, string>;
  /** Things worth knowing, one sentence each. */
  notes: string[];
}

export type Expand = (resource: SamResource, additions: Additions) => Resources;

export const reference = (logicalId: string): JsonObject => ({ Ref: logicalId });

export const attribute = (logicalId: string, name: string): JsonObject => ({
  'Fn::GetAtt': [logicalId, name],
});

/** A resource with the attributes of the SAM resource that it comes from. Properties that are undefined are left out. */
export const made = (
  { attributes }: SamResource,
  type: string,
  properties: JsonObject,
): ResourceDefinition => ({ ...attributes, Type: type, Properties: defined(properties) });

export const defined = (members: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined && value !== null));

/** The named properties, where they are given. */
export const pick = (properties: JsonObject, ...names: string[]): JsonObject =>
  Object.fromEntries(names.map((name) => [name, properties[name]]));

/** A member that is an object; empty when absent. @throws StartFailure for anything else */
export function section({ logicalId, properties }: SamResource, name: string): JsonObject {
  const value = properties[name] ?? {};
  if (!isRecord(value)) {
    throw refusal(logicalId, `${name} must be an object`);
  }
  return value;
}

/** The members of an object that are objects themselves. */
export const sections = (value: JsonObject): [string, JsonObject][] => Object.entries(objectsOf(value));

/** The resources of all parts; what SAM would refuse of one is a problem, and the others follow. */
export const attemptAll = ({ problems }: SamResource, parts: (() => Resources)[]): Resources =>
  Object.fromEntries(parts.flatMap((part) => Object.entries(problems.attempt(part) ?? {})));

export const refusal = (logicalId: string, reason: string): StartFailure =>
  new StartFailure(`SAM resource ${logicalId}: ${reason}`);
