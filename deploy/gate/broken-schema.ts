import { type Change, CriticalityLevel, diff } from '@graphql-inspector/core';
import type { Api } from './api.ts';
import type { Loss } from './loss.ts';

/** Changes of the schema that fail operations which clients send today. Directives are lost-access.ts's. */
export async function brokenSchema(before: Api, after: Api): Promise<Loss[]> {
  const changes = (await diff(before.schema, after.schema)).filter(isBreaking);
  const paths = new Set(changes.map(pathOf));
  return [...paths].map((path) => ({
    name: `schema:${path}`,
    what: changes
      .filter((change) => pathOf(change) === path)
      .map(describe)
      .join(' '),
    instead:
      'Add the new form beside the old one, mark the old one @deprecated, and remove it when no client uses it.',
  }));
}

const isBreaking = ({ criticality, type }: Change): boolean =>
  criticality.level === CriticalityLevel.Breaking && !String(type).startsWith('DIRECTIVE_USAGE');

const pathOf = ({ path, type }: Change): string => path ?? String(type);

const describe = ({ message }: Change): string => message.replace(/\.?$/, '.');
