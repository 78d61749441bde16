import { isRecord } from '../ground/record.ts';
import { shown } from './json.ts';
import type { JsonObject } from './json.ts';
import type { Problems } from './problems.ts';

/** The key of an `Fn::ForEach`, whose value is a list; CloudFormation refuses such a logical id. */
const isLoop = (key: string): boolean => key.startsWith('Fn::');

/**
 * Checks the form of each resource, which everything that reads properties relies on.
 * @param path of the template, for messages
 */
export function checkResources({ Resources }: JsonObject, path: string, problems: Problems): void {
  for (const [logicalId, resource] of Object.entries(isRecord(Resources) ? Resources : {})) {
    if (isLoop(logicalId)) {
      continue;
    }
    if (!isRecord(resource) || typeof resource['Type'] !== 'string') {
      problems.add(`${path}, resource ${logicalId} must be an object with a Type; it is ${shown(resource)}`);
      continue;
    }
    const { Properties: properties = {} } = resource;
    if (!isRecord(properties)) {
      problems.add(
        `${path}, resource ${logicalId} must have an object as Properties, or none; it has ${shown(properties)}`,
      );
    }
  }
}

/** A template without `Fn::ForEach` among its resources, and notes that say so. */
export function withoutLoops(template: JsonObject, path: string): { template: JsonObject; notes: string[] } {
  if (!isRecord(template['Resources'])) {
    return { template, notes: [] };
  }
  const resources = Object.entries(template['Resources']);
  const loops = resources.map(([key]) => key).filter(isLoop);
  if (loops.length === 0) {
    return { template, notes: [] };
  }
  return {
    template: { ...template, Resources: Object.fromEntries(resources.filter(([key]) => !isLoop(key))) },
    notes: [`${loops.join(', ')} of ${path} is not expanded here; its resources are missing.`],
  };
}
