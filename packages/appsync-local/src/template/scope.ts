import { isRecord } from '../ground/record.ts';
import { StartFailure } from '../ground/start-failure.ts';
import type { ResourceDefinition, Stack } from './assembly.ts';
import { dynamicReferences } from './dynamic-references.ts';
import { identityOf, isUnlisted } from './identity/identities.ts';
import type { Named } from './identity/identity.ts';
import { callIntrinsic, intrinsicName, NO_VALUE, OnlyOnAws, Unresolvable } from './intrinsics.ts';
import type { Surroundings } from './intrinsics.ts';
import { quoted, shown } from './json.ts';
import { NotRunHere } from './not-run-here.ts';
import { Once } from './once.ts';
import { parameterValue } from './parameters.ts';
import { pseudoParameter } from './pseudo-parameters.ts';
import type { OtherStacks, Scope } from './scope.types.ts';

/** The scope of one stack; computes conditions, names and outputs once. */
export class StackScope implements Scope {
  readonly stack: Stack;
  readonly #others: OtherStacks;
  readonly #once = new Once();

  constructor(stack: Stack, others: OtherStacks) {
    this.stack = stack;
    this.#others = others;
  }

  resolve(expression: unknown, place: string): unknown {
    const value = this.#resolveMember(expression, place);
    return value === NO_VALUE ? undefined : value;
  }

  isPresent(logicalId: string): boolean {
    return this.holds(this.stack.template.Resources[logicalId]?.Condition, `resource ${logicalId}`);
  }

  holds(name: string | undefined, place: string): boolean {
    return name === undefined || this.#located({ Condition: name }, place, () => this.#condition(name));
  }

  output(name: string): unknown {
    const { Outputs: outputs } = this.stack.template;
    const definition = Object.hasOwn(outputs, name) ? outputs[name] : undefined;
    if (definition === undefined) {
      throw new Unresolvable(
        `stack ${this.stack.name} has no output '${name}'; it has ${quoted(Object.keys(outputs))}`,
      );
    }
    return this.#once.read(`output ${name}`, () => this.resolve(definition.Value, `output ${name}`));
  }

  /** @returns NO_VALUE for a member to leave out */
  #resolveMember(expression: unknown, place: string): unknown {
    if (typeof expression === 'string') {
      return this.#located(expression, place, () => this.#settled(expression));
    }
    if (Array.isArray(expression)) {
      return expression.map((item) => this.#resolveMember(item, place)).filter((item) => item !== NO_VALUE);
    }
    if (!isRecord(expression)) {
      return expression;
    }
    const name = intrinsicName(expression);
    if (name !== undefined) {
      return this.#located(expression, place, () =>
        this.#settled(callIntrinsic(name, expression[name], this.#surroundings(place))),
      );
    }
    const members = Object.entries(expression).map(
      ([key, member]) => [key, this.#resolveMember(member, place)] as const,
    );
    return Object.fromEntries(members.filter(([, member]) => member !== NO_VALUE));
  }

  #settled(value: unknown): unknown {
    return typeof value === 'string' ? dynamicReferences(value, this.#others.ssmParameter) : value;
  }

  /** Adds stack, place and expression to the reason why there is no value. */
  #located<T>(expression: unknown, place: string, read: () => T): T {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof Unresolvable)) {
        throw error;
      }
      const failure = new StartFailure(
        `stack ${this.stack.name}, ${place}: cannot resolve ${shown(expression)}: ${error.message}`,
      );
      throw error instanceof OnlyOnAws ? new NotRunHere(failure.message) : failure;
    }
  }

  #surroundings(place: string): Surroundings {
    return {
      region: this.stack.region,
      mappings: this.stack.template.Mappings,
      resolve: (expression) => this.#resolveMember(expression, place),
      isInvented: (value) => this.#others.invented.has(value),
      ref: (name) => this.#ref(name),
      attribute: (logicalId, name) => this.#attribute(logicalId, name),
      condition: (name) => this.#condition(name),
      exported: this.#others.exported,
      stackOutput: this.#others.stackOutput,
    };
  }

  #ref(name: string): unknown {
    if (name.startsWith('AWS::')) {
      return pseudoParameter(name, this.stack);
    }
    if (Object.hasOwn(this.stack.template.Parameters, name)) {
      return this.#once.read(`parameter ${name}`, () => parameterValue(name, this.stack, this.#others));
    }
    return this.#once.read(`Ref ${name}`, () => {
      const { Type: type } = this.#present(name);
      return this.#noted(isUnlisted(type), identityOf(type).ref(this.#named(name)));
    });
  }

  #attribute(logicalId: string, name: string): unknown {
    const { Type: type } = this.#present(logicalId);
    if (type === 'AWS::CloudFormation::Stack') {
      return this.#nestedOutput(logicalId, name);
    }
    const { attributes, otherAttribute } = identityOf(type);
    const isListed = Object.hasOwn(attributes, name);
    const read = isListed ? attributes[name] : otherAttribute?.(name);
    if (read !== undefined) {
      return this.#once.read(`${logicalId}.${name}`, () =>
        this.#noted(!isListed, read(this.#named(logicalId))),
      );
    }
    throw new Unresolvable(
      `the local server does not support attribute '${name}' of ${type}; it knows ${quoted(Object.keys(attributes))}`,
    );
  }

  #noted(isInvented: boolean, value: unknown): unknown {
    if (isInvented) {
      this.#others.invented.add(value);
    }
    return value;
  }

  #nestedOutput(logicalId: string, name: string): unknown {
    const nested = this.stack.nested.get(logicalId);
    if (nested === undefined) {
      throw new Unresolvable('the template of that nested stack is not an asset of the assembly');
    }
    if (!name.startsWith('Outputs.')) {
      throw new Unresolvable(`a nested stack has no attribute '${name}'`);
    }
    return this.#others.scopeOf(nested).output(name.slice('Outputs.'.length));
  }

  #condition(name: string): boolean {
    const { Conditions: conditions } = this.stack.template;
    if (!Object.hasOwn(conditions, name)) {
      throw new Unresolvable(
        `there is no condition '${name}'; the template has ${quoted(Object.keys(conditions))}`,
      );
    }
    return this.#once.read(`condition ${name}`, () => {
      const expression = conditions[name];
      const alias = isRecord(expression) ? expression['Condition'] : undefined;
      return typeof alias === 'string'
        ? this.#condition(alias)
        : this.#resolveMember(expression, `condition ${name}`) === true;
    });
  }

  /** @throws Unresolvable when the template lacks the resource, or its condition is false */
  #present(logicalId: string): ResourceDefinition {
    const { Resources: resources } = this.stack.template;
    const resource = Object.hasOwn(resources, logicalId) ? resources[logicalId] : undefined;
    if (resource === undefined) {
      throw new Unresolvable(`there is no resource or parameter '${logicalId}' in the template`);
    }
    if (this.isPresent(logicalId)) {
      return resource;
    }
    throw new Unresolvable(
      `resource ${logicalId} is absent because its condition ${resource.Condition} is false`,
    );
  }

  #named(logicalId: string): Named {
    const { Type: type, Properties: properties = {} } = this.stack.template.Resources[logicalId]!;
    return {
      logicalId,
      type,
      stackName: this.stack.name,
      region: this.stack.region,
      accountId: this.stack.accountId,
      options: this.#others.options,
      property: (name) => this.resolve(properties[name], `resource ${logicalId}`),
    };
  }
}
