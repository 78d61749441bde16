import type {
  IntrospectionField,
  IntrospectionInputTypeRef,
  IntrospectionInputValue,
  IntrospectionOutputTypeRef,
  IntrospectionType,
} from 'graphql';
import type { Introspection } from './introspection.ts';

export type OperationKind = 'mutation' | 'query' | 'subscription';

export interface Sample {
  query: string;
  /** JSON. */
  variables?: string;
}

type Types = Map<string, IntrospectionType>;
type TypeRef = IntrospectionInputTypeRef | IntrospectionOutputTypeRef;

/** Sample operations of any schema: its first mutation, query and subscription, for GraphiQL's tabs. Undefined when it has none. */
export function sampleTabs(schema: Introspection): Sample[] | undefined {
  const kinds: OperationKind[] = ['mutation', 'query', 'subscription'];
  const tabs = kinds.flatMap((kind) => {
    const [field] = fieldsOf(schema, kind);
    return field ? [withHint(kind, sampleOf(schema, kind, field))] : [];
  });
  return tabs.length > 0 ? tabs : undefined;
}

/** The fields of the root type of a kind of operation, in the schema's order. */
export function fieldsOf(schema: Introspection, kind: OperationKind): readonly IntrospectionField[] {
  const root = {
    mutation: schema.mutationType,
    query: schema.queryType,
    subscription: schema.subscriptionType,
  }[kind];
  const type = schema.types.find(({ name }) => name === root?.name);
  return type?.kind === 'OBJECT' ? type.fields : [];
}

/** An operation of one root field, with variables for the required arguments. */
export function sampleOf(schema: Introspection, kind: OperationKind, field: IntrospectionField): Sample {
  return sampleOperation(kind, field, new Map(schema.types.map((type) => [type.name, type])));
}

/** The comment at the top of each sample, for newcomers. */
const HINTS = {
  mutation: 'Press ▶ or Ctrl-Enter to run this mutation.',
  query: 'Press ▶ or Ctrl-Enter to run this query.',
  subscription: 'Press ▶ to listen, then run a mutation\n# in another tab: events appear at the bottom.',
};

const withHint = (kind: OperationKind, sample: Sample): Sample => ({
  ...sample,
  query: `# ${HINTS[kind]}\n${sample.query}`,
});

function sampleOperation(kind: OperationKind, field: IntrospectionField, types: Types): Sample {
  const args = field.args.filter(isRequired);
  const declared = args.map(({ name, type }) => `$${name}: ${typeText(type)}`).join(', ');
  const passed = args.map(({ name }) => `${name}: $${name}`).join(', ');
  const operationName = field.name.charAt(0).toUpperCase() + field.name.slice(1);
  const head = `${kind} ${operationName}${declared && `(${declared})`}`;
  const call = `${field.name}${passed && `(${passed})`}${selectionSet(field.type, types, 1)}`;
  const variables = Object.fromEntries(args.map(({ name, type }) => [name, sampleValue(type, types, 0)]));
  return {
    query: `${head} {\n  ${call}\n}\n`,
    ...(args.length > 0 && { variables: JSON.stringify(variables, null, 2) }),
  };
}

const isRequired = ({ type, defaultValue }: IntrospectionInputValue): boolean =>
  type.kind === 'NON_NULL' && defaultValue == null;

function typeText(type: TypeRef): string {
  if (type.kind === 'NON_NULL') {
    return `${typeText(type.ofType)}!`;
  }
  if (type.kind === 'LIST') {
    return `[${typeText(type.ofType)}]`;
  }
  return type.name;
}

const namedType = (type: TypeRef, types: Types): IntrospectionType =>
  'ofType' in type && type.ofType
    ? namedType(type.ofType, types)
    : types.get((type as { name: string }).name)!;

const isComposite = (
  type: IntrospectionType,
): type is IntrospectionType & { fields: readonly IntrospectionField[] } =>
  type.kind === 'OBJECT' || type.kind === 'INTERFACE';

const DEEPEST = 3;

/** Selects all leaf fields, and those of nested objects to a depth of three, as far as no field needs an argument. */
function selectionSet(type: TypeRef, types: Types, depth: number): string {
  const target = namedType(type, types);
  if (target.kind === 'UNION') {
    return ' { __typename }';
  }
  if (!isComposite(target)) {
    return '';
  }
  const indent = '  '.repeat(depth + 1);
  const lines = target.fields.flatMap((field) => selection(field, types, depth));
  if (lines.length === 0) {
    lines.push('__typename');
  }
  return ` {\n${lines.map((line) => indent + line).join('\n')}\n${'  '.repeat(depth)}}`;
}

function selection(field: IntrospectionField, types: Types, depth: number): string[] {
  if (field.args.some(isRequired)) {
    return [];
  }
  const target = namedType(field.type, types);
  if (!isComposite(target) && target.kind !== 'UNION') {
    return [field.name];
  }
  return depth < DEEPEST ? [field.name + selectionSet(field.type, types, depth + 1)] : [];
}

/** Valid values of AWS scalars; a custom scalar gets a string. */
const SCALARS: Record<string, () => unknown> = {
  Int: () => 1,
  Float: () => 1.5,
  Boolean: () => true,
  ID: () => '1',
  String: () => 'text',
  AWSJSON: () => JSON.stringify({ name: 'sample', size: 1 }),
  AWSDate: () => new Date().toISOString().slice(0, 10),
  AWSTime: () => new Date().toISOString().slice(11),
  AWSDateTime: () => new Date().toISOString(),
  AWSTimestamp: () => Math.floor(Date.now() / 1000),
  AWSEmail: () => 'alice@example.com',
  AWSURL: () => 'https://example.com/',
  AWSPhone: () => '+1 555 555 0100',
  AWSIPAddress: () => '192.0.2.1',
};

function sampleValue(ref: TypeRef, types: Types, depth: number): unknown {
  if (ref.kind === 'NON_NULL') {
    return sampleValue(ref.ofType, types, depth);
  }
  // Inputs can require each other only through a list, so an empty list ends the chain.
  if (ref.kind === 'LIST') {
    return depth < DEEPEST ? [sampleValue(ref.ofType, types, depth)] : [];
  }
  const type = types.get(ref.name)!;
  if (type.kind === 'ENUM') {
    return type.enumValues[0]?.name;
  }
  if (type.kind === 'INPUT_OBJECT') {
    return sampleInput(type.inputFields, types, depth + 1);
  }
  return (SCALARS[type.name] ?? SCALARS['String']!)();
}

/** The required members, and free-form JSON, usually the main content of an input. */
function sampleInput(
  inputFields: readonly IntrospectionInputValue[],
  types: Types,
  depth: number,
): Record<string, unknown> {
  const shown = inputFields.filter(
    (field) => isRequired(field) || ('name' in field.type && field.type.name === 'AWSJSON'),
  );
  return Object.fromEntries(shown.map(({ name, type }) => [name, sampleValue(type, types, depth)]));
}
