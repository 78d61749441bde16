import { getNamedType, type GraphQLOutputType, isObjectType } from 'graphql';
import type { Findings } from '../../findings.ts';
import { apiSchema } from '../../harness/api-schema.ts';
import type { Caller } from '../../harness/callers.ts';

/** Who has asked for which field: a new field that shows an item must not be left out. */
export class Coverage {
  readonly #tried = new Set<string>();

  tried(caller: string, field: string): void {
    this.#tried.add(`${caller} ${field}`);
  }

  /** Reports every field that can show an item and that a caller has not asked for. */
  check(callers: readonly Caller[], findings: Findings): void {
    const fields = fieldsThatShowItems();
    findings.count('fields that show an item', fields.length);
    for (const field of fields) {
      for (const { name } of callers) {
        if (!this.#tried.has(`${name} ${field}`)) {
          findings.problem('wrong', `the matrix leaves out ${field}`, `${name} never asks for it`);
        }
      }
    }
  }
}

function fieldsThatShowItems(): string[] {
  const roots = [apiSchema.getQueryType()!, apiSchema.getMutationType()!, apiSchema.getSubscriptionType()!];
  return roots.flatMap((type) =>
    Object.values(type.getFields())
      .filter((field) => reachesItem(field.type))
      .map(({ name }) => name),
  );
}

function reachesItem(type: GraphQLOutputType): boolean {
  const named = getNamedType(type);
  return (
    named.name === 'Item' ||
    (isObjectType(named) && Object.values(named.getFields()).some((field) => reachesItem(field.type)))
  );
}
