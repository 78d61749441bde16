import {
  getLocation,
  type GraphQLInputType,
  type GraphQLSchema,
  type GraphQLType,
  typeFromAST,
  type VariableDefinitionNode,
} from 'graphql';
import { isRecord } from '../../ground/record.ts';
import type { GraphQLErrorEntry } from '../request.ts';
import { Unfit } from './coercion.ts';
import { javaTypeOf } from './java-text.ts';
import { JsonNumber } from './json-number.ts';
import { coerceLiteral, defaultOf } from './literals.ts';
import { shapeOf, type TypeShape } from './type-shape.ts';

export type CoercedVariables =
  | { kind: 'coerced'; values: Record<string, unknown> }
  | { kind: 'unfit'; error: GraphQLErrorEntry };

/** An invalid variable; the message is the whole message of the error. */
class VariableUnfit extends Error {
  override name = 'VariableUnfit';
  /** False where AppSync gives no location. */
  readonly located: boolean;

  constructor(message: string, located = true) {
    super(message);
    this.located = located;
  }
}

/**
 * Coerces the variables of an operation as graphql-java 11 does (its `ValuesResolver.java`): stops at the first invalid one; a
 * variable without a value is an absent key.
 */
export function coerceVariables(
  schema: GraphQLSchema,
  definitions: readonly VariableDefinitionNode[],
  given: Record<string, unknown>,
): CoercedVariables {
  // A variable may be called __proto__.
  const values = Object.create(null) as Record<string, unknown>;
  for (const definition of definitions) {
    const name = definition.variable.name.value;
    try {
      coerceVariable(schema, definition, name, given, values);
    } catch (error) {
      if (error instanceof VariableUnfit) {
        return { kind: 'unfit', error: entryOf(error, definition) };
      }
      throw error;
    }
  }
  return { kind: 'coerced', values };
}

function coerceVariable(
  schema: GraphQLSchema,
  definition: VariableDefinitionNode,
  name: string,
  given: Record<string, unknown>,
  values: Record<string, unknown>,
): void {
  const type = typeOf(schema, definition);
  const value = Object.hasOwn(given, name) ? given[name] : undefined;
  if ((value ?? null) === null && definition.defaultValue) {
    values[name] = coerceLiteral(type, definition.defaultValue, {});
  } else if (value !== undefined || shapeOf(type).required) {
    values[name] = coerceValue(type, value ?? null, name, name);
  }
}

const types = new WeakMap<VariableDefinitionNode, GraphQLInputType>();

/** Remembered per definition: a document is prepared for one schema. */
function typeOf(schema: GraphQLSchema, definition: VariableDefinitionNode): GraphQLInputType {
  const known = types.get(definition);
  if (known) {
    return known;
  }
  const type = typeFromAST(schema, definition.type) as GraphQLInputType;
  types.set(definition, type);
  return type;
}

/**
 * @param variable its name appears in errors about a null at any depth (observed, aws/aws-appsync-community#406)
 * @param name of the innermost input field; appears in errors about a value (observed, aws-amplify/amplify-flutter#822)
 */
function coerceValue(type: GraphQLType, value: unknown, variable: string, name: string): unknown {
  const shape = shapeOf(type);
  if ((value ?? null) === null) {
    if (shape.required) {
      throw new VariableUnfit(
        `Variable '${variable}' has coerced Null value for NonNull type '${String(type)}'`,
      );
    }
    return null;
  }
  if (shape.kind === 'list') {
    const elements: unknown[] = Array.isArray(value) ? value : [value];
    return elements.map((element) => coerceValue(shape.elementType, element, variable, name));
  }
  if (shape.kind === 'input object') {
    return coerceObject(shape, value, variable, name);
  }
  if (shape.kind !== 'leaf') {
    throw new TypeError(`${String(type)} is not an input type`);
  }
  try {
    return shape.coercion.parseValue(value);
  } catch (error) {
    throw error instanceof Unfit ? invalid(name, error.message) : error;
  }
}

function coerceObject(
  { type, fields }: TypeShape & { kind: 'input object' },
  value: unknown,
  variable: string,
  name: string,
): Record<string, unknown> {
  if (!isRecord(value) || value instanceof JsonNumber) {
    const reason = `Expected type 'Map' but was '${javaTypeOf(value)}'. Variables for input objects must be an instance of type 'Map'.`;
    throw invalid(name, reason);
  }
  const known = type.getFields();
  if (Object.keys(value).some((key) => !Object.hasOwn(known, key))) {
    // Word for word, including the blank at the end (observed, aws/aws-appsync-community#273).
    throw new VariableUnfit(
      `The variables input contains a field that is not defined for input object type '${type.name}' `,
      false,
    );
  }
  const coerced: Record<string, unknown> = {};
  for (const field of fields) {
    const given = Object.hasOwn(value, field.name);
    const preset = defaultOf(field);
    if (given || preset !== undefined || shapeOf(field.type).required) {
      // In this generation a default replaces a null too.
      const own = given ? (value as Record<string, unknown>)[field.name] : null;
      coerced[field.name] =
        (own ?? null) === null && preset !== undefined
          ? preset
          : coerceValue(field.type, own, variable, field.name);
    }
  }
  return coerced;
}

const invalid = (name: string, reason: string): VariableUnfit =>
  new VariableUnfit(`Variable '${name}' has an invalid value. ${reason}`);

function entryOf({ message, located }: VariableUnfit, { loc }: VariableDefinitionNode): GraphQLErrorEntry {
  const at = located && loc ? getLocation(loc.source, loc.start) : null;
  return {
    path: null,
    locations: at && [{ line: at.line, column: at.column, sourceName: null }],
    message,
  };
}
