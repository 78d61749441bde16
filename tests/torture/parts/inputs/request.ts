import type { GraphQLField } from 'graphql';
import type { Random } from '../../../../packages/appsync-local/tests/harness/random.ts';
import { apiSchema, selectionOf } from '../../harness/api-schema.ts';
import { literalOf } from '../../hostile/literal.ts';

/** A request for one field. */
export interface FieldRequest {
  field: string;
  args: Record<string, unknown>;
  query: string;
  variables: Record<string, unknown>;
}

/** Every query and mutation there is, mutations twice: most of what can go wrong is in them. */
export const FIELDS = [
  apiSchema.getQueryType()!,
  apiSchema.getMutationType()!,
  apiSchema.getMutationType()!,
].flatMap((type) =>
  Object.values(type.getFields()).map((field) => ({
    field,
    operation: type === apiSchema.getMutationType() ? 'mutation' : 'query',
  })),
);

/** The values as variables, as clients do, or now and then as literals, where they can be written. */
export function requestOf(
  { field, operation }: { field: GraphQLField<unknown, unknown>; operation: string },
  args: Record<string, unknown>,
  random: Random,
): FieldRequest {
  const selection = selectionOf(field.type);
  const literals = random.chance(0.3) ? argumentsText(args, literalOf) : null;
  if (literals !== null) {
    return {
      field: field.name,
      args,
      query: `${operation} { ${field.name}${literals} ${selection} }`,
      variables: {},
    };
  }
  const known = field.args.filter(({ name }) => name in args);
  const parameters = known.map(({ name, type }) => `$${name}: ${String(type)}`).join(', ');
  const passed = argumentsText(
    Object.fromEntries(known.map(({ name }) => [name, name])),
    (name) => `$${String(name)}`,
  );
  return {
    field: field.name,
    args,
    query: `${operation}${parameters && ` (${parameters})`} { ${field.name}${passed} ${selection} }`,
    variables: args,
  };
}

function argumentsText(
  args: Record<string, unknown>,
  write: (value: unknown) => string | null,
): string | null {
  const parts = Object.entries(args).map(([name, value]) => {
    const text = /^[_A-Za-z]\w*$/.test(name) ? write(value) : null;
    return text === null ? null : `${name}: ${text}`;
  });
  if (parts.includes(null)) {
    return null;
  }
  return parts.length > 0 ? `(${parts.join(', ')})` : '';
}
