/**
 * Builds sample operations for any schema: its first mutation, query and subscription, with variables for the required
 * arguments.
 *
 * @param {object} schema `__schema` of introspection.js
 * @returns {{ query: string, variables?: string }[]} GraphiQL tabs
 */
export function sampleTabs(schema) {
  const types = new Map(schema.types.map((type) => [type.name, type]));
  const roots = [
    ['mutation', schema.mutationType],
    ['query', schema.queryType],
    ['subscription', schema.subscriptionType],
  ];
  const tabs = roots.flatMap(([kind, root]) => {
    const field = root && types.get(root.name).fields[0];
    return field ? [sampleOperation(kind, field, types)] : [];
  });
  return tabs.length > 0 ? tabs : undefined;
}

/** The comment at the top of each sample, for newcomers. */
const HINTS = {
  mutation: 'Press ▶ or Ctrl-Enter to run this mutation.',
  query: 'Press ▶ or Ctrl-Enter to run this query.',
  subscription: 'Press ▶ to listen, then run a mutation\n# in another tab: events appear at the bottom.',
};

function sampleOperation(kind, field, types) {
  const args = field.args.filter(isRequired);
  const declared = args.map(({ name, type }) => `$${name}: ${typeText(type)}`).join(', ');
  const passed = args.map(({ name }) => `${name}: $${name}`).join(', ');
  const operationName = field.name[0].toUpperCase() + field.name.slice(1);
  const head = `${kind} ${operationName}${declared && `(${declared})`}`;
  const call = `${field.name}${passed && `(${passed})`}${selectionSet(field.type, types, 1)}`;
  const variables = Object.fromEntries(args.map(({ name, type }) => [name, sampleValue(type, types, 0)]));
  return {
    query: `# ${HINTS[kind]}\n${head} {\n  ${call}\n}\n`,
    ...(args.length > 0 && { variables: JSON.stringify(variables, null, 2) }),
  };
}

const isRequired = ({ type, defaultValue }) => type.kind === 'NON_NULL' && defaultValue == null;

function typeText(type) {
  if (type.kind === 'NON_NULL') return `${typeText(type.ofType)}!`;
  if (type.kind === 'LIST') return `[${typeText(type.ofType)}]`;
  return type.name;
}

const named = (type) => (type.ofType ? named(type.ofType) : type);

const DEEPEST = 3;

/** Selects all leaf fields, and those of nested objects to a depth of three, as far as no field needs an argument. */
function selectionSet(type, types, depth) {
  const { kind, fields } = types.get(named(type).name);
  if (kind === 'UNION') return ' { __typename }';
  if (!fields) return '';
  const indent = '  '.repeat(depth + 1);
  const lines = fields.flatMap((field) => selection(field, types, depth));
  if (lines.length === 0) lines.push('__typename');
  return ` {\n${lines.map((line) => indent + line).join('\n')}\n${'  '.repeat(depth)}}`;
}

function selection(field, types, depth) {
  if (field.args.some(isRequired)) return [];
  const { fields, kind } = types.get(named(field.type).name);
  const isLeaf = !fields && kind !== 'UNION';
  if (isLeaf) return [field.name];
  return depth < DEEPEST ? [field.name + selectionSet(field.type, types, depth + 1)] : [];
}

/** Valid values of AWS scalars; a custom scalar gets a string. */
const SCALARS = {
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

function sampleValue(type, types, depth) {
  if (type.kind === 'NON_NULL') return sampleValue(type.ofType, types, depth);
  // Inputs can require each other only through a list, so an empty list ends the chain.
  if (type.kind === 'LIST') return depth < DEEPEST ? [sampleValue(type.ofType, types, depth)] : [];
  const { kind, name, enumValues, inputFields } = types.get(type.name);
  if (kind === 'ENUM') return enumValues[0].name;
  if (kind === 'INPUT_OBJECT') return sampleInput(inputFields, types, depth + 1);
  return (SCALARS[name] ?? SCALARS.String)();
}

/** The required members, and free-form JSON, usually the main content of an input. */
function sampleInput(inputFields, types, depth) {
  const shown = inputFields.filter((field) => isRequired(field) || field.type.name === 'AWSJSON');
  return Object.fromEntries(shown.map(({ name, type }) => [name, sampleValue(type, types, depth)]));
}
