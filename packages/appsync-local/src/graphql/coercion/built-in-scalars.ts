import { Kind, type ValueNode } from 'graphql';
import { type Coercion, Unfit } from './coercion.ts';
import { javaText, javaTypeOf } from './java-text.ts';
import { isWholeDecimal, isZeroDecimal, JsonNumber } from './json-number.ts';

/**
 * The five scalars of GraphQL, coerced as graphql-java does up to version 15 (its `Scalars.java`; the Boolean and the String
 * rows were observed in AWS's responses).
 */
export const BUILT_IN_SCALARS: Record<string, Coercion> = {
  Int: scalar('Int', [Kind.INT], toInt),
  Float: scalar('Float', [Kind.INT, Kind.FLOAT], toNumber),
  String: scalar('String', [Kind.STRING], javaText),
  Boolean: scalar('Boolean', [Kind.BOOLEAN], toBoolean),
  ID: scalar('ID', [Kind.STRING, Kind.INT], toId),
};

type Convert = (value: unknown) => string | number | boolean | undefined;

/** @param convert returns undefined for a value that does not fit */
function scalar(name: string, kinds: Kind[], convert: Convert): Coercion {
  const coerce = (value: unknown): unknown => {
    const converted = convert(value);
    if (converted === undefined) {
      throw new Unfit(`Expected type '${name}' but was '${javaTypeOf(value)}'.`);
    }
    return converted;
  };
  return {
    parseValue: coerce,
    parseLiteral: (node) => {
      if (!kinds.includes(node.kind)) {
        throw new Unfit(`Expected type '${name}'.`);
      }
      return coerce(name === 'ID' ? idOf(node) : valueOf(node));
    },
    serialize: coerce,
  };
}

const textOf = (node: ValueNode): unknown => ('value' in node ? node.value : null);

/** Java's BigInteger writes `-0` as 0. */
const idOf = (node: ValueNode): unknown =>
  node.kind === Kind.INT ? String(BigInt(node.value)) : textOf(node);

const valueOf = (node: ValueNode): unknown =>
  node.kind === Kind.INT || node.kind === Kind.FLOAT ? Number(node.value) : textOf(node);

/** Java's BigDecimal accepts these texts; JavaScript's Number() accepts more, such as `0x10` and ` 1`. */
const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** The decimal text of a string, or of a number that JavaScript cannot hold exactly. */
function decimalIn(value: unknown): string | undefined {
  if (value instanceof JsonNumber) {
    return value.written;
  }
  return typeof value === 'string' && DECIMAL.test(value) ? value : undefined;
}

function toNumber(value: unknown): number | undefined {
  const decimal = decimalIn(value);
  const number = decimal === undefined ? value : Number(decimal);
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

function toInt(value: unknown): number | undefined {
  const decimal = decimalIn(value);
  if (decimal !== undefined && !isWholeDecimal(decimal)) {
    return undefined;
  }
  const number = toNumber(value);
  // `| 0` preserves exactly the whole numbers of 32 bits, and turns -0 into 0.
  return number !== undefined && (number | 0) === number ? number | 0 : undefined;
}

function toBoolean(value: unknown): boolean | undefined {
  switch (typeof value) {
    case 'boolean':
      return value;
    case 'string':
      return value.toLowerCase() === 'true';
    case 'number':
      return value !== 0;
    default:
      return value instanceof JsonNumber ? !isZeroDecimal(value.written) : undefined;
  }
}

/** Whole numbers of any length keep every digit (graphql-java 11 accepts Long, 14 BigInteger too); fractions are refused. */
function toId(value: unknown): string | undefined {
  if (typeof value === 'string') {
    return value;
  }
  if (value instanceof JsonNumber) {
    return value.isWhole ? value.toString() : undefined;
  }
  return typeof value === 'number' && Number.isInteger(value) ? String(value) : undefined;
}
