import { isRecord } from '../../ground/record.ts';
import type { ResourceDefinition } from '../assembly.ts';
import { objectsOf } from '../json.ts';
import type { JsonObject } from '../json.ts';
import type { Problems } from '../problems.ts';
import { expandApplication, expandFunction, expandLayerVersion, expandSimpleTable } from './function.ts';
import { globalsFor, withGlobals } from './globals.ts';
import { expandGraphqlApi } from './graphql-api.ts';
import type { Additions, Expand, SamResource } from './sam-resource.ts';

const PREFIX = 'AWS::Serverless::';

export const isSamType = (type: unknown): type is string =>
  typeof type === 'string' && type.startsWith(PREFIX);

/** By the part of the type after `AWS::Serverless::`. Resources of other types stay, and are named as not emulated. */
const EXPAND: Record<string, Expand> = {
  Application: expandApplication,
  Function: expandFunction,
  GraphQLApi: expandGraphqlApi,
  LayerVersion: expandLayerVersion,
  SimpleTable: expandSimpleTable,
};

/**
 * Applies the transform `AWS::Serverless-2016-10-31`: turns SAM's resources into those that CloudFormation would create.
 * @param problems receives what SAM would refuse
 * @returns the template, and things worth knowing
 */
export function transformSam(
  template: JsonObject,
  problems: Problems,
): { template: JsonObject; notes: string[] } {
  const additions: Additions = { references: new Map(), notes: [] };
  const globals = objectsOf(template['Globals']);
  const given = objectsOf(template['Resources']);
  const hasConnectors = Object.values(given).some(({ Type }) => Type === `${PREFIX}Connector`);
  const resources = Object.entries(given).flatMap(([logicalId, resource]): [string, unknown][] => {
    const kind = isSamType(resource['Type']) ? resource['Type'].slice(PREFIX.length) : '';
    const expand = Object.hasOwn(EXPAND, kind) ? EXPAND[kind] : undefined;
    if (expand === undefined) {
      return [[logicalId, resource]];
    }
    const sam = samResource(logicalId, resource, globals[kind], problems);
    sam.hasConnectors ||= hasConnectors;
    return Object.entries(problems.attempt(() => expand(sam, additions)) ?? {});
  });
  const expanded = { ...template, Resources: Object.fromEntries(resources) };
  return { template: withReferences(expanded, additions.references), notes: additions.notes };
}

function samResource(
  logicalId: string,
  resource: JsonObject,
  globals: unknown,
  problems: Problems,
): SamResource {
  const { Condition, Metadata, Properties, IgnoreGlobals } = resource as Partial<ResourceDefinition> &
    JsonObject;
  return {
    logicalId,
    properties: withGlobals(globalsFor(globals, IgnoreGlobals), isRecord(Properties) ? Properties : {}),
    hasConnectors: resource['Connectors'] !== undefined,
    problems,
    attributes: { ...(Condition && { Condition }), ...(Metadata && { Metadata }) },
  };
}

function withReferences(template: JsonObject, references: ReadonlyMap<string, string>): JsonObject {
  return references.size === 0 ? template : (rewritten(template, references) as JsonObject);
}

/** Replaces `Greet.Alias` by its logical id in `Ref`, and in the texts of `Fn::Sub`. */
function rewritten(value: unknown, references: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => rewritten(item, references));
  }
  if (!isRecord(value)) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => {
      switch (key) {
        case 'Ref':
          return [key, references.get(String(member)) ?? member];
        case 'Fn::Sub':
          return [key, rewritten(substituted(member, references), references)];
        default:
          return [key, rewritten(member, references)];
      }
    }),
  );
}

function substituted(sub: unknown, references: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(sub)) {
    return [substituted(sub[0], references), ...(sub as unknown[]).slice(1)];
  }
  return typeof sub === 'string'
    ? sub.replaceAll(/\$\{([^}!]+)\}/g, (whole, name: string) => {
        const logicalId = references.get(name.trim());
        return logicalId === undefined ? whole : `\${${logicalId}}`;
      })
    : sub;
}
