import { isRecord } from '../ground/record.ts';
import { StartFailure } from '../ground/start-failure.ts';
import type { ResourceDefinition, Stack } from './assembly.ts';
import { dynamicReferences } from './dynamic-references.ts';
import { identityOf } from './identity/identities.ts';
import type { Named } from './identity/identity.ts';
import { callIntrinsic, intrinsicName, NO_VALUE, Unresolvable } from './intrinsics.ts';
import type { Surroundings } from './intrinsics.ts';
import { quoted, shown } from './json.ts';
import { parameterValue } from './parameters.ts';
import { pseudoParameter } from './pseudo-parameters.ts';
import type { OtherStacks, Scope } from './scope.types.ts';

/** The scope of one stack; conditions, names and outputs are worked out once. */
export function createScope(stack: Stack, others: OtherStacks): Scope {
  const { Resources: resources, Conditions: conditions, Outputs: outputs } = stack.template;
  const once = rememberer();

  const resolveAt = (expression: unknown, place: string): unknown => {
    if (typeof expression === 'string') {
      return located(expression, place, () => settled(expression));
    }
    if (Array.isArray(expression)) {
      return expression.map((item) => resolveAt(item, place)).filter((item) => item !== NO_VALUE);
    }
    if (!isRecord(expression)) {
      return expression;
    }
    const name = intrinsicName(expression);
    if (name !== undefined) {
      return located(expression, place, () =>
        settled(callIntrinsic(name, expression[name], surroundings(place))),
      );
    }
    const members = Object.entries(expression).map(
      ([key, member]) => [key, resolveAt(member, place)] as const,
    );
    return Object.fromEntries(members.filter(([, member]) => member !== NO_VALUE));
  };

  const settled = (value: unknown): unknown =>
    typeof value === 'string' ? dynamicReferences(value, others.ssmParameter) : value;

  const located = <T>(expression: unknown, place: string, read: () => T): T => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof Unresolvable)) {
        throw error;
      }
      throw new StartFailure(
        `stack ${stack.name}, ${place}: cannot resolve ${shown(expression)}: ${error.message}`,
      );
    }
  };

  const surroundings = (place: string): Surroundings => ({
    region: stack.region,
    mappings: stack.template.Mappings,
    resolve: (expression) => resolveAt(expression, place),
    ref,
    attribute,
    condition,
    exported: others.exported,
    stackOutput: others.stackOutput,
  });

  const ref = (name: string): unknown => {
    if (name.startsWith('AWS::')) {
      return pseudoParameter(name, stack);
    }
    if (Object.hasOwn(stack.template.Parameters, name)) {
      return once(`parameter ${name}`, () => parameterValue(name, stack, others));
    }
    return once(`Ref ${name}`, () => identityOf(present(name).Type).ref(named(name)));
  };

  const attribute = (logicalId: string, name: string): unknown => {
    const { Type: type } = present(logicalId);
    if (type === 'AWS::CloudFormation::Stack') {
      return nestedOutput(logicalId, name);
    }
    const { attributes, otherAttribute } = identityOf(type);
    const read = Object.hasOwn(attributes, name) ? attributes[name] : otherAttribute?.(name);
    if (read !== undefined) {
      return once(`${logicalId}.${name}`, () => read(named(logicalId)));
    }
    throw new Unresolvable(
      `the local server knows no attribute '${name}' of ${type}; it knows ${quoted(Object.keys(attributes))}`,
    );
  };

  const nestedOutput = (logicalId: string, name: string): unknown => {
    const nested = stack.nested.get(logicalId);
    if (nested === undefined) {
      throw new Unresolvable('the template of that nested stack is no asset of the assembly');
    }
    if (!name.startsWith('Outputs.')) {
      throw new Unresolvable(`a nested stack has no attribute '${name}'`);
    }
    return others.scopeOf(nested).output(name.slice('Outputs.'.length));
  };

  const present = (logicalId: string): ResourceDefinition => {
    const resource = Object.hasOwn(resources, logicalId) ? resources[logicalId] : undefined;
    if (resource === undefined) {
      throw new Unresolvable(`there is no resource or parameter '${logicalId}' in the template`);
    }
    if (isPresent(logicalId)) {
      return resource;
    }
    throw new Unresolvable(
      `resource ${logicalId} is absent because its condition ${resource.Condition} is false`,
    );
  };

  const holds = (name: string | undefined, place: string): boolean =>
    name === undefined || located({ Condition: name }, place, () => condition(name));

  const isPresent = (logicalId: string): boolean =>
    holds(resources[logicalId]?.Condition, `resource ${logicalId}`);

  const condition = (name: string): boolean => {
    if (!Object.hasOwn(conditions, name)) {
      throw new Unresolvable(
        `there is no condition '${name}'; the template has ${quoted(Object.keys(conditions))}`,
      );
    }
    return once(`condition ${name}`, () => {
      const expression = conditions[name];
      const alias = isRecord(expression) ? expression['Condition'] : undefined;
      return typeof alias === 'string'
        ? condition(alias)
        : resolveAt(expression, `condition ${name}`) === true;
    });
  };

  const named = (logicalId: string): Named => {
    const { Type: type, Properties: properties = {} } = resources[logicalId]!;
    return {
      logicalId,
      type,
      stackName: stack.name,
      region: stack.region,
      accountId: stack.accountId,
      options: others.options,
      property: (name) => scope.resolve(properties[name], `resource ${logicalId}`),
    };
  };

  const output = (name: string): unknown => {
    const definition = Object.hasOwn(outputs, name) ? outputs[name] : undefined;
    if (definition === undefined) {
      throw new Unresolvable(
        `stack ${stack.name} has no output '${name}'; it has ${quoted(Object.keys(outputs))}`,
      );
    }
    return once(`output ${name}`, () => scope.resolve(definition.Value, `output ${name}`));
  };

  const scope: Scope = {
    stack,
    resolve: (expression, place) => {
      const value = resolveAt(expression, place);
      return value === NO_VALUE ? undefined : value;
    },
    isPresent,
    holds,
    output,
  };
  return scope;
}

/** Reads every value once, and finds out when a value is needed to read itself. */
function rememberer() {
  const values = new Map<string, unknown>();
  const underway = new Set<string>();
  return <T>(key: string, read: () => T): T => {
    if (values.has(key)) {
      return values.get(key) as T;
    }
    if (underway.has(key)) {
      throw new Unresolvable(`it refers to itself through ${key}`);
    }
    underway.add(key);
    try {
      const value = read();
      values.set(key, value);
      return value;
    } finally {
      underway.delete(key);
    }
  };
}
